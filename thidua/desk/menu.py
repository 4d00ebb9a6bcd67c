"""The menu: the year in the order of the areas (a test compares), then what every year draws on."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cycle
from thidua.organisations.models import AppointmentKind


@dataclass(frozen=True)
class Item:
    """One place of the menu: a page of the year (`of_year`), or `route` where there is no year to stand in.

    `short` puts it on the bar of phones; `kinds` are the appointments that see it, empty for everybody.
    """

    area: str
    title: str
    icon: str
    route: str
    of_year: str = ""
    short: str = ""
    apart: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """An item with its address, for this person and year."""

    title: str
    icon: str
    url: str
    short: str
    apart: bool
    current: bool


AUDITORS = (AppointmentKind.AUDITOR, AppointmentKind.ADMINISTRATOR)
KEEPERS = (AppointmentKind.ADMINISTRATOR, AppointmentKind.STANDING_OFFICER, AppointmentKind.AUDITOR)
RECORD_KEEPERS = (
    AppointmentKind.UNIT_OFFICER,
    AppointmentKind.UNIT_LEADER,
    AppointmentKind.STANDING_OFFICER,
)

MENU = (
    Item("desk", "Việc của tôi", icon="checklist", route="desk:home", short="Việc của tôi"),
    Item(
        "clusters",
        "Khối thi đua",
        icon="users-group",
        route="clusters:list",
        of_year="desk:cycle",
        short="Khối",
    ),
    Item("movements", "Phong trào", icon="flag", route="movements:catalogue", of_year="movements:board"),
    Item("exemplars", "Điển hình", icon="user-check", route="clusters:list", of_year="exemplars:register"),
    Item("results", "Kết quả", icon="clipboard-data", route="clusters:list", of_year="results:list"),
    Item(
        "scoring",
        "Chấm điểm",
        icon="list-numbers",
        route="clusters:list",
        of_year="scoring:overview",
        short="Chấm điểm",
    ),
    Item("conferences", "Hội nghị", icon="gavel", route="clusters:list", of_year="conferences:conferences"),
    Item(
        "nominations",
        "Khen thưởng",
        icon="award",
        route="clusters:list",
        of_year="nominations:index",
        short="Khen thưởng",
    ),
    Item("honours", "Tra cứu", icon="search", route="honours:search", apart=True),
    Item("eligibility", "Xét điều kiện", icon="scale", route="eligibility:index", kinds=RECORD_KEEPERS),
    Item("rulebook", "Quy định", icon="book-2", route="rulebook:law"),
    Item("records", "Hồ sơ theo dõi", icon="folder", route="records:index", kinds=RECORD_KEEPERS),
    Item("documents", "Văn bản", icon="file-text", route="documents:index"),
    Item("organisations", "Đơn vị", icon="building", route="organisations:units", kinds=KEEPERS),
    Item("audit", "Nhật ký", icon="history", route="desk:whole_log", kinds=AUDITORS),
)


def menu_for(by: Actor, cycle: Cycle | None, area: str) -> list[Place]:
    """The menu of this person in this year; what needs a year leads to the list of clusters without one."""
    return [
        Place(item.title, item.icon, _address(item, cycle), item.short, item.apart, item.area == area)
        for item in MENU
        if not item.kinds or by.holds(*item.kinds)
    ]


def _address(item: Item, cycle: Cycle | None) -> str:
    if item.of_year and cycle is not None:
        return reverse(item.of_year, args=[cycle.cluster.address, cycle.address])
    return reverse(item.route)
