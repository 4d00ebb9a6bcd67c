"""Addresses of the law."""

from django.urls import path

from thidua.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("quy-dinh/", views.law, name="law"),
    path("quy-dinh/ma/<str:code>/", views.code, name="code"),
    path("quy-dinh/<str:code>/", views.kind, name="kind"),
]
