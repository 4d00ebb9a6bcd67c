"""Addresses of nominations."""

from django.urls import path

from thidua.emulation.conferences import views

app_name = "nominations"
urlpatterns = [path("cum-thi-dua/<slug:cluster>/<slug:cycle>/de-nghi/", views.conferences, name="list")]
