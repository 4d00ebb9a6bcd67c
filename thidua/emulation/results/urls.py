"""Addresses of figures, and of reports: each of a member (`<int:unit>`) or the cluster's own (`tong-hop`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from thidua.emulation.results import views

app_name = "results"
CYCLE = "cum-thi-dua/<slug:cluster>/<slug:cycle>/"
YEAR = f"{CYCLE}bao-cao/"
FIGURES = f"{CYCLE}so-lieu/"
SPAN = f"{FIGURES}<str:period>/"


def _of_a_report(prefix: str, place: str) -> Iterator[URLPattern]:
    one = f"{YEAR}<str:period>/{place}/"
    yield path(one, views.report, name=f"{prefix}report")
    yield path(f"{one}soan/", views.edit, name=f"{prefix}edit")
    yield path(f"{one}luu/", views.autosave, name=f"{prefix}autosave")
    yield path(f"{one}gui/", views.submit, name=f"{prefix}submit")
    yield path(f"{one}rut/", views.withdraw, name=f"{prefix}withdraw")
    yield path(f"{one}tra-lai/", views.give_back, name=f"{prefix}return")
    yield path(f"{one}tiep-nhan/", views.accept, name=f"{prefix}accept")
    yield path(f"{one}tep/", views.attach, name=f"{prefix}attach")
    yield path(f"{one}tep/<int:file>/bo/", views.detach, name=f"{prefix}detach")
    yield path(f"{one}van-ban/<str:fmt>/", views.paper, name=f"{prefix}paper")


urlpatterns = [
    path(FIGURES, views.values, name="values"),
    path(f"{FIGURES}cac-nam/<int:unit>/", views.trend, name="trend"),
    path(SPAN, views.board, name="board"),
    path(f"{SPAN}excel/", views.values_excel, name="values_excel"),
    path(f"{SPAN}luu/", views.enter, name="enter"),
    path(f"{SPAN}theo-doi/", views.followed, name="followed"),
    path(f"{SPAN}theo-doi/luu/", views.confirm, name="confirm"),
    path(f"{SPAN}<int:unit>/", views.grid, name="grid"),
    path(f"{SPAN}<int:unit>/<int:indicator>/", views.value, name="value"),
    path(f"{SPAN}<int:unit>/<int:indicator>/go-minh-chung/", views.detach_evidence, name="detach_evidence"),
    path(YEAR, views.listing, name="list"),
    path(f"{YEAR}con-no/", views.late, name="late"),
    path(f"{YEAR}<str:period>/so-lieu/excel/", views.figures_excel, name="figures_excel"),
    path(f"{YEAR}<str:period>/tong-hop/gom/", views.gather, name="compile"),
    *_of_a_report("cluster_", "tong-hop"),
    *_of_a_report("", "<int:unit>"),
]
