"""Addresses of the public site."""

from django.urls import path

from thidua.portal import views

app_name = "portal"
urlpatterns = [path("gioi-thieu/", views.front, name="front")]
