"""Addresses, area by area from the ground up."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("allauth.urls")),
    *[path("", include(f"{area}.urls")) for area in settings.AREAS if find_spec(f"{area}.urls")],
]
