"""The menu: one item for each area people open, in the order of the areas (a test compares)."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cycle
from thidua.organisations.models import AppointmentKind


@dataclass(frozen=True)
class Item:
    """One place of the menu. `route` is under a cluster's year when `in_year`; `short` puts it on phones."""

    area: str
    title: str
    icon: str
    route: str
    in_year: bool = False
    short: str = ""
    apart: bool = False
    kinds: tuple[str, ...] = ()  # appointment kinds that see it; empty: everybody


@dataclass(frozen=True)
class Place:
    """An item with its address, for this person and year."""

    title: str
    icon: str
    url: str
    short: str
    apart: bool
    current: bool


MENU = (
    Item("desk", "Việc của tôi", icon="checklist", route="desk:home", short="Việc của tôi"),
    Item("clusters", "Khối thi đua", icon="users-group", route="desk:cycle", in_year=True, short="Khối"),
    Item("movements", "Phong trào", icon="flag", route="movements:list"),
    Item("results", "Kết quả", icon="clipboard-data", route="results:index", in_year=True),
    Item("scoring", "Chấm điểm", icon="list-numbers", route="scoring:overview", in_year=True, short="Chấm điểm"),
    Item("conferences", "Hội nghị", icon="gavel", route="conferences:list", in_year=True),
    Item("nominations", "Khen thưởng", icon="award", route="nominations:index", in_year=True, short="Khen thưởng"),
    Item("honours", "Tra cứu", icon="search", route="honours:index", apart=True),
    Item("documents", "Văn bản", icon="file-text", route="documents:index"),
    Item(
        "organisations",
        "Đơn vị",
        icon="building",
        route="organisations:index",
        kinds=(
            AppointmentKind.ADMINISTRATOR,
            AppointmentKind.STANDING_OFFICER,
            AppointmentKind.AUDITOR,
            AppointmentKind.HEAD_OFFICER,
        ),
    ),
)


def menu_for(by: Actor, cycle: Cycle | None, path: str, area: str) -> list[Place]:
    """The menu of this person in this year; what needs a year leads to the list of clusters without one."""
    places = []
    for item in MENU:
        if item.kinds and not by.holds(*item.kinds):
            continue
        url = _address(item, cycle)
        places.append(Place(item.title, item.icon, url, item.short, item.apart, item.area == area))
    return places


def _address(item: Item, cycle: Cycle | None) -> str:
    if not item.in_year:
        return reverse(item.route)
    if cycle is None:
        return reverse("clusters:list")
    return reverse(item.route, args=[cycle.cluster.address, cycle.address])
