"""Addresses of nominations."""

from django.urls import path

from thidua.commendation.nominations import views

app_name = "nominations"
YEAR = "cum-thi-dua/<slug:cluster>/<slug:cycle>/de-nghi/"
ONE = f"{YEAR}<int:number>/"

urlpatterns = [
    path("de-nghi-khen-thuong/", views.inbox_page, name="inbox"),
    path(YEAR, views.overview, name="index"),
    path(f"{YEAR}lap/", views.prepare, name="prepare"),
    path(ONE, views.package, name="package"),
    path(f"{ONE}to-trinh/", views.edit_package, name="edit_package"),
    path(f"{ONE}to-trinh/<slug:fmt>/", views.letter, name="letter"),
    path(f"{ONE}ho-so/", views.archive, name="archive"),
    path(f"{ONE}xoa/", views.discard, name="discard"),
    path(f"{ONE}them/", views.nominate, name="nominate"),
    path(f"{ONE}dong/<int:nomination>/", views.edit, name="edit"),
    path(f"{ONE}dong/<int:nomination>/bo/", views.withdraw, name="withdraw"),
    path(f"{ONE}gui/", views.submit, name="submit"),
    path(f"{ONE}tiep-nhan/", views.receive, name="receive"),
    path(f"{ONE}tra-lai/", views.return_package, name="return"),
    path(f"{ONE}tham-dinh/", views.appraise, name="appraise"),
    path(f"{ONE}quyet-dinh/", views.decide, name="decide"),
]
