"""Addresses of verdicts."""

from django.urls import path

from thidua.commendation.eligibility.views import lists, subjects, units

app_name = "eligibility"
urlpatterns = [
    path("xet-khen/", units.index, name="index"),
    path("xet-khen/ca-nhan/<int:pk>/", subjects.person, name="person"),
    path("xet-khen/tap-the/<int:pk>/", subjects.collective, name="collective"),
    path("xet-khen/don-vi/<int:pk>/", units.unit, name="unit"),
    path("xet-khen/don-vi/<int:pk>/luu/", subjects.keep, name="keep"),
    path("xet-khen/ket-luan/<int:pk>/", subjects.verdict, name="verdict"),
    path("xet-khen/danh-sach/", lists.lists, name="lists"),
    path("xet-khen/danh-sach/<int:pk>/", lists.check, name="check"),
    path("xet-khen/danh-sach/<int:pk>/bo/", lists.remove, name="remove_check"),
]
