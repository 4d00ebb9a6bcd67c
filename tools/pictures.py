"""The pictures of docs/look, made anew from the demonstration.

    python -m tools.pictures

The home and cycle pages show 16 December 2019, the ranking and the count what came after.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import django
from playwright.sync_api import Browser, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "look"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
YEAR = "/cum-thi-dua/khoi-van-hoa-xa-hoi-bac-kan/2019/"
WIDTHS = {"": (1366, 900), "-dien-thoai": (390, 844)}
BEFORE, AFTER = date(2019, 12, 16), None
SHOTS = (  # name, the demonstration's last day, login, address
    ("1-viec-cua-toi", BEFORE, "tttt.cv", "/"),
    ("2-chu-ky", BEFORE, "bhxh.gv", YEAR),
    ("3-cham-diem", AFTER, "bhxh.gv", f"{YEAR}cham-diem/{{tttt}}/?tieu-chi={{line}}"),
    ("5-man-chieu", AFTER, "bhxh.gv", "{room}"),
    ("6-xep-hang", AFTER, "bhxh.gv", f"{YEAR}xep-hang/"),
    ("7-tra-cuu", AFTER, "bk_tdkt.cv", "/tra-cuu/?q=so+thong+tin"),
    ("8-dang-nhap", AFTER, "", "/tai-khoan/dang-nhap/"),
)


def places() -> dict[str, object]:
    """What stands in the addresses and differs from one loading to the next."""
    from thidua.emulation.scoring.models import Criterion
    from thidua.organisations.models import Unit
    from thidua.voting.models import Ballot

    line = Criterion.objects.filter(code="3.2").first()
    ballot = Ballot.objects.first()
    return {
        "tttt": Unit.objects.get(name="Sở Thông tin và Truyền thông").pk,
        "line": line.pk if line else 0,
        "room": f"/bo-phieu/{ballot.pk}/man-chieu/" if ballot else "/",
    }


def take(browser: Browser, site: str, until: date | None) -> None:
    """Every shot of one state of the demonstration, on both widths."""
    from django.test import Client

    from thidua.base.accounts.models import User

    known = places()
    for name, day, login, address in SHOTS:
        if day != until:
            continue
        for suffix, (width, height) in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
            if login:
                client = Client()
                user = User.objects.get(username=login)
                client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
                cookie = client.cookies["sessionid"].value
                context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
            page = context.new_page()
            if name == "5-man-chieu":
                page.set_viewport_size({"width": 1920, "height": 1080})
            page.goto(site + address.format(**known), wait_until="networkidle")
            page.screenshot(path=FOLDER / f"{name}{suffix}.png", full_page=True)
            context.close()


def main() -> int:
    """Both states, one after the other."""
    django.setup()
    from tests.databases import copy_database, migrated
    from tests.journeys.server import load_demonstration, serving

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for until in (BEFORE, AFTER):
            copy_database(migrated(), "pictures")
            load_demonstration("pictures", until)
            with serving("pictures") as site:
                take(browser, site, until)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
