"""A file that names persons leaves the system with an entry in the log: every such address, and no other.

Each function that makes a file stands here: with the address to fetch and who fetches it, or among those
whose files name nobody but the offices that sign them.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.matrix.routes import address_of, routes
from tests.matrix.world import World, build
from thidua.base.audit.handing import HANDED_OUT
from thidua.base.audit.models import Entry
from thidua.base.audit.queries import entries_of_cycle

ROOT = Path(__file__).resolve().parent.parent / "thidua"
MAKERS = {"xlsx_response", "workbook_response", "FileResponse", "paper_response", "file_response"}
HEADER = "Content-Disposition"
NAMES_NOBODY = {
    "base.sheets.views:blank",  # a form to fill in
    "desk.views:cycle",  # members and acts
    "documents.views:paper_response",  # makes what others hand out
    "documents.views:file_response",
    "documents.views:_excel",  # numbers and subjects of papers
    "emulation.clusters.views.clusters:cluster_list",
    "emulation.clusters.views.clusters:cluster_page",
    "emulation.clusters.views.covenant:covenant_file",
    "emulation.clusters.views.regulation:regulation_file",
    "emulation.conferences.views.handover:handover_paper",
    "emulation.conferences.views.listing:_excel",
    "emulation.movements.views.catalogue:catalogue_excel",
    "emulation.movements.views.catalogue:statistics_excel",
    "emulation.movements.views.year:board_excel",
    "emulation.results.views.listing:late",  # units that owe a report
    "emulation.results.views.reading:figures_excel",
    "emulation.results.views.reading:paper",  # a unit's report
    "emulation.results.views.values:values_excel",
    "emulation.scoring.views.checks:visit_paper",
    "emulation.scoring.views.overview:_excel",  # points of units
    "emulation.scoring.views.ranking:_excel",
    "emulation.scoring.views.ranking:ranking_files",
    "emulation.scoring.views.ranking:ranking_paper",
    "emulation.scoring.views.scorecards:_file",  # the points table itself
    "emulation.scoring.views.scorecards:scorecard",
    "emulation.scoring.views.scorecards:scorecard_paper",
    "emulation.scoring.views.sheets:_excel",
    "emulation.scoring.views.sheets:sheet_paper",
    "organisations.views.units:units",
}
NAMES_PERSONS: dict[str, tuple[str, str, str]] = {  # function: route, rest of the address, who fetches it
    "base.files.views:download": ("files:download", "", "an"),
    "base.sheets.views:faults": ("sheets:faults", "", "dung"),
    "commendation.eligibility.views.lists:check": ("eligibility:check", "?dang=excel", "an"),
    "commendation.eligibility.views.units:unit": ("eligibility:unit", "?dang=excel", "an"),
    "commendation.nominations.views.packages:_excel": ("nominations:index", "?xuat=excel", "binh"),
    "commendation.nominations.views.packages:archive": ("nominations:archive", "", "binh"),
    "commendation.nominations.views.packages:letter": ("nominations:letter", "", "binh"),
    "documents.views:download": ("documents:download", "", "binh"),
    "emulation.clusters.views.registration:registrations_excel": ("clusters:registrations_excel", "", "binh"),
    "emulation.clusters.views.registration:registrations_file": ("clusters:registrations_paper", "", "binh"),
    "emulation.conferences.views.attendance:_excel": ("conferences:attendance", "?xuat=excel", "binh"),
    "emulation.conferences.views.conference:paper": ("conferences:paper", "", "binh"),
    "emulation.exemplars.views.listing:register_excel": ("exemplars:register_excel", "", "binh"),
    "honours.views:search": ("honours:search", "?dang=excel", "an"),
    "organisations.views.people:people": ("organisations:people", "?dang=excel", "dung"),
    "records.views.units:_excel": ("records:unit", "?dang=excel", "an"),
    "voting.views.printing:print_paper": ("voting:print", "", "binh"),
    "voting.views.wire:package": ("voting:package", "", "an"),
}


def makers_of_files() -> set[str]:
    """Functions of views that make a file, as “area.views:function”."""
    found = set()
    for path in ROOT.rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if "views" not in module.split("."):
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and _makes_a_file(node):
                found.add(f"{module}:{node.name}")
    return found


def _makes_a_file(function: ast.FunctionDef) -> bool:
    nodes = list(ast.walk(function))
    called = {getattr(one.func, "id", "") for one in nodes if isinstance(one, ast.Call)}
    return bool(called & MAKERS) or any(
        isinstance(one, ast.Constant) and one.value == HEADER for one in nodes
    )


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build()


def test_every_file_says_whether_it_names_persons() -> None:
    assert makers_of_files() == NAMES_NOBODY | set(NAMES_PERSONS)
    assert not NAMES_NOBODY & set(NAMES_PERSONS)


def test_each_of_them_leaves_an_entry(world: World, as_user) -> None:
    by_name = {route.key: route for route in routes()}
    for function, (name, rest, who) in NAMES_PERSONS.items():
        address = address_of(by_name[name], world) + rest
        client: Client = as_user(who)
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert answer.status_code == 200, f"{function}: {address}"
        assert HEADER in answer.headers, f"{function}: {address} is a page"
        entry = Entry.objects.order_by("id").last()
        assert entry is not None
        assert entry.verb == HANDED_OUT, function
        assert entry.actor == world.story.people[who].user, function
        assert entry.detail["name"], function


def test_a_look_at_the_head_takes_nothing(world: World, as_user) -> None:
    address = f"/ho-so/{world.story.units['y_te'].pk}/?dang=excel"
    assert HEADER in as_user("an").head(address).headers
    assert not Entry.objects.filter(verb=HANDED_OUT)


def test_the_auditor_reads_who_took_what_and_a_member_does_not(world: World, as_user) -> None:
    unit = world.story.units["y_te"]
    an, son = as_user("an"), as_user("son")
    an.get(f"/ho-so/{unit.pk}/?dang=excel&bang=xep-loai")
    took = "Xếp loại Sở Y tế.xlsx"
    assert took in son.get("/nhat-ky/").text
    only = son.get("/nhat-ky/", {"what": HANDED_OUT, "words": "Nguyễn Văn An", "first": "16/12/2019"})
    assert took in only.text
    assert "Ghi xếp loại hằng năm" not in only.text
    assert took not in son.get("/nhat-ky/", {"words": "Bình"}).text
    assert took not in son.get("/nhat-ky/", {"last": "1/1/2019"}).text
    wrong = son.get("/nhat-ky/", {"first": "hôm qua", "what": "x"})
    assert "Ghi ngày theo dạng" in wrong.text
    assert "hôm qua" in wrong.text
    for name in ("an", "binh", "chi", "dung", "phuc"):
        assert as_user(name).get("/nhat-ky/").status_code == 403
    taken = as_user("binh").get(world.story.address("de-nghi"), {"xuat": "excel"})
    assert HEADER in taken.headers
    year = world.story.address("nhat-ky")
    assert "Tải dữ liệu về" in son.get(year).text
    assert "Tải dữ liệu về" not in an.get(year).text
    assert not entries_of_cycle(world.story.cycle.pk).filter(verb=HANDED_OUT)
