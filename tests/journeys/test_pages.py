"""Every page anyone can open: found by following links as each kind of user, sound on both screens.

Sound: axe finds no serious barrier, nothing breaks the content policy, no script fails, the page does
not scroll sideways. Pages of the same route are looked at once for each user who is led there first.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.journeys.conftest import SIZES
from tests.journeys.watch import barriers, overflow

PEOPLE = ["cdndt.gv", "cdndt.ld", "tttt.cv", "bk_tdkt.cv", "bk_pct", "bk.ld", "bk.tt", "quantri", "bhxh.gv"]
OF_EVERYBODY = {"home", "notices", "profile", "mfa_index"}  # asked of each kind of user again
BLOC = "khoi-van-hoa-xa-hoi-bac-kan"  # its years are looked at one by one: 2019 is over, 2020 is going on
START = ["/", f"/cum-thi-dua/{BLOC}/2019/", "/gioi-thieu/", "/tai-khoan/lop-thu-hai/", "/thong-bao/"]
FILES = {
    "excel",
    "file",
    "files",
    "download",
    "blank",
    "faults",
    "archive",
    "print",
}  # words in routes of files
MANY = 90  # kinds of page; far fewer mean that the walk was cut short
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"


def kind_of(path: str) -> str:
    """The route of an address, by which alike pages are counted as one; empty when it leads to no page."""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    words = set(re.split(r"[:_]", found.view_name))
    if "fmt" in found.kwargs or words & FILES:
        return ""
    year = found.kwargs.get("cycle", "") if found.kwargs.get("cluster") == BLOC else ""
    return " ".join(word for word in (found.view_name, found.kwargs.get("period"), year) if word)


def walk(page: Page, site: str, seen: set[str]) -> Iterator[str]:
    """Open each new kind of page that links lead to, breadth first, and yield its address."""
    waiting, known = deque(START), set(START)
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if kind in seen:
            continue
        seen.add(kind)
        answer = page.goto(site + path)
        if answer is None or not answer.ok:
            yield f"{path} {answer and answer.status}"
            continue
        yield path
        for link in page.evaluate(LINKS):
            parts = urlsplit(link)
            if link.startswith(site) and parts.path not in known and kind_of(parts.path):
                known.add(parts.path)
                waiting.append(parts.path)


@pytest.mark.parametrize("screen", list(SIZES))
def test_every_page_is_sound(page_as, site, watch, screen) -> None:
    seen: set[str] = set()
    faults: list[str] = []
    for login in PEOPLE:
        page = page_as(login, size=screen)
        seen -= OF_EVERYBODY
        for path in walk(page, site, seen):
            if " " in path:
                faults.append(f"{login}: {path}")
                continue
            faults += [f"{login}: {line}" for line in barriers(page)]
            if wide := overflow(page):
                faults.append(f"{login}: {path} rộng quá {wide} điểm")
            faults += [f"{login} {path}: {fault}" for fault in watch.faults]
            watch.faults.clear()
    print("\n".join(sorted(seen)))  # shown when the test fails
    assert faults == [], "\n".join(faults)
    assert len(seen) > MANY


@pytest.mark.parametrize("where", ["/tra-cuu/", f"/cum-thi-dua/{BLOC}/2020/bang-diem/"])
def test_on_an_upright_sheet_a_table_is_still_a_table(page_as, site, where) -> None:
    page = page_as("cdndt.gv")
    page.goto(f"{site}{where}")
    page.set_viewport_size({"width": 700, "height": 990})
    shown = "getComputedStyle(document.querySelector('table.stack')).display"
    assert page.evaluate(shown) == "block"
    page.emulate_media(media="print")
    assert page.evaluate(shown) == "table"
