"""Addresses of the components' gallery."""

from django.urls import path

from thidua.base.ui import views

app_name = "ui"
urlpatterns = [path("giao-dien/", views.gallery, name="gallery")]
