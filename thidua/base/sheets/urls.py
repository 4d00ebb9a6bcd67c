"""Addresses of imports."""

from django.urls import path

from thidua.base.sheets import views

app_name = "sheets"
urlpatterns = [
    path("nhap-excel/luot/<int:pk>/", views.batch, name="batch"),
    path("nhap-excel/luot/<int:pk>/tep-bao-loi/", views.faults, name="faults"),
    path("nhap-excel/<slug:address>/", views.start, name="start"),
    path("nhap-excel/<slug:address>/tep-mau/", views.blank, name="blank"),
]
