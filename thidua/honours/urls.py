"""Addresses of the ledger."""

from django.urls import path

from thidua.honours import views

app_name = "honours"
urlpatterns = [
    path("tra-cuu/", views.search, name="search"),
    path("tra-cuu/ghi-so/", views.record, name="record"),
    path("tra-cuu/<int:pk>/thu-hoi/", views.revoke, name="revoke"),
    path("tra-cuu/<int:pk>/dinh-chinh/", views.strike, name="strike"),
]
