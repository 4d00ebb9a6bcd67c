"""Import of 5,000 rows with preview: a pasted block and a file, from the posted form to the page of preview.

    python -m benchmarks.importing

A cluster of 25 units with 40 indicators; every unit and indicator in five spans of the year: 5,000 rows, each
with a target, a result, a source and a note. Measured through the pages, in the process, medians of five.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

import django

RUNS = 5
UNITS, INDICATORS = 25, 40
SPANS = ("Quý I", "Quý II", "6 tháng đầu năm", "Quý III", "Cả năm")


def main() -> None:
    """Seed a database of its own, then measure."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEMO": "1", "DEMO_DAY": "2019-12-16"}
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="thidua-bench-"))
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    measure()


def measure() -> None:
    """Paste, file, confirm, undo."""
    client, rows = seed()
    header, *lines = rows
    pasted = "\r\n".join("\t".join(row) for row in rows)
    book = _book(header, lines)
    print(f"{len(lines)} rows, {len(pasted):,} letters pasted, {len(book):,} bytes as a file")
    preview = _median(lambda: _post(client, {"pasted": pasted}))
    print(f"paste, with preview shown   {preview:.2f} s")
    print(f"file, with preview shown    {_median(lambda: _post(client, {'file': _upload(book)})):.2f} s")
    page = _post(client, {"pasted": pasted})
    print(f"confirm                     {_timed(lambda: client.post(page, {'confirm': ''})):.2f} s")
    print(f"undo                        {_timed(lambda: client.post(page, {'undo': ''})):.2f} s")


def _timed(run: Callable[[], Any]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _median(run: Callable[[], Any]) -> float:
    return statistics.median(_timed(run) for _ in range(RUNS))


def _post(client: Any, told: dict[str, Any]) -> str:
    """Post the form and read the page of preview, as the browser does."""
    answer = client.post("/nhap-excel/so-lieu/", told)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    shown = client.get(answer.url).content.decode()
    assert "Không thấy lỗi" in shown
    return str(answer.url)


def _upload(book: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("so-lieu.xlsx", book)


def _book(header: list[str], lines: list[list[str]]) -> bytes:
    from thidua.base.sheets import Column, Sheet, write_xlsx

    columns = [Column(title, title) for title in header]
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    return write_xlsx([Sheet("Số liệu", columns, rows)])


def seed() -> tuple[Any, list[list[str]]]:
    """The cluster, its catalogue, the standing body's officer signed in, and the block of rows."""
    from django.test import Client

    from tests.emulation.results.catalogue import START
    from tests.story import ALWAYS, tell_story
    from thidua.base.accounts.models import User
    from thidua.emulation.clusters import actions
    from thidua.emulation.clusters.actions import IndicatorText
    from thidua.emulation.clusters.models import Membership
    from thidua.emulation.results.sheets.values import COLUMNS
    from thidua.organisations.models import Unit

    story = tell_story()
    names = [f"Đơn vị đo số {n + 1}" for n in range(UNITS)]
    for n, name in enumerate(names, start=10):
        unit = Unit.objects.create(kind="department", name=name, short_name=name, existence=ALWAYS)
        Membership.objects.create(cluster=story.bloc, unit=unit, position=n, term=ALWAYS)
    indicators = [f"Chỉ tiêu đo số {n + 1}" for n in range(INDICATORS)]
    for name in indicators:
        text = IndicatorText(name=name)
        actions.define_indicator(
            cluster=story.bloc, text=text, measure="tỷ đồng", starts=START, by=story.actor("binh")
        )
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.get(username="dung"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    header = [column.title for column in COLUMNS]
    rows = [
        [story.bloc.name, "2019", span, unit, name, "tỷ đồng", "1.200", "1.234,5", "Sở Tài chính", "Ước tính"]
        for span in SPANS
        for unit in names
        for name in indicators
    ]
    return client, [header, *rows]


if __name__ == "__main__":
    main()
