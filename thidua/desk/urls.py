"""Addresses of the desk."""

from django.urls import path

from thidua.desk import views

app_name = "desk"
YEAR = "cum-thi-dua/<slug:cluster>/<slug:cycle>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("thong-bao/", views.notices, name="notices"),
    path("nhat-ky/", views.whole_log, name="whole_log"),
    path("ngay-minh-hoa/", views.demo_day, name="demo_day"),
    path(YEAR, views.cycle, name="cycle"),
    path(f"{YEAR}nhac/", views.remind, name="remind"),
    path(f"{YEAR}nhat-ky/", views.log, name="log"),
]
