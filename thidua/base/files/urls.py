"""Addresses of files."""

from django.urls import path

from thidua.base.files import views

app_name = "files"
urlpatterns = [path("tep/<int:pk>/", views.download, name="download")]
