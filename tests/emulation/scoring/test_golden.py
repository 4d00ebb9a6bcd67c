"""The figures known of real tables come out of the database as they come out of the files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from tests.emulation.scoring.test_scoring import layer
from tests.emulation.scoring.test_tables import written
from tests.story import Story, moment
from thidua.emulation.clusters.models import Regulation
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.actions import MarkText
from thidua.emulation.scoring.engine import compute, load, read_filings, read_table
from thidua.emulation.scoring.models import Scorecard
from thidua.emulation.scoring.queries import SheetView, sheet_view

D = Decimal
TABLES = Path("demo/data/tables")
OFFICERS = {"y_te": "an", "van_hoa": "hai", "giao_duc": "giang"}


def in_force(year: Story, document: dict[str, Any]) -> Scorecard:
    """The year's table, issued whatever its cautions."""
    scale = D(str(document["total"]))
    Regulation.objects.create(
        cluster=year.bloc,
        version=2,
        state="adopted",
        effective_from=date(2019, 1, 2),
        adopted_at=moment(date(2019, 1, 2)),
        points_total=scale,
    )
    return actions.adopt_scorecard(
        scorecard=written(year, document), caution_reason="Giữ như văn bản", by=year.actor("binh")
    )


def file(
    year: Story, card: Scorecard, unit: str, kind: str, values: dict[str, Any], reason: str = ""
) -> None:
    """Write values by code as the documents have them; a code that is an extra goes to its criterion."""
    lines = {line.code: line for line in card.criteria.exclude(kind="group")}
    owner = {
        extra["code"]: line
        for line in lines.values()
        for key in ("bonuses", "deductions")
        for extra in line.terms.get(key, [])
    }
    own: dict[int, Any] = {}
    extras: dict[int, dict[str, Any]] = {}
    for code, value in values.items():
        if code in lines:
            own[lines[code].pk] = value
        else:
            line = owner.get(code) or lines[code.split(".")[0]]
            extras.setdefault(line.pk, {})[code] = value
    marks = {pk: MarkText(own.get(pk), reason, extras.get(pk, {})) for pk in {*own, *extras}}
    by = year.actor(OFFICERS[unit] if kind == "self" else "binh")
    actions.write_marks(layer=layer(year, unit, kind), marks=marks, by=by)


def view_of(year: Story, card: Scorecard, unit: str) -> SheetView:
    found = sheet_view(card, year.units[unit].pk)
    assert found is not None
    return found


def mended() -> dict[str, Any]:
    """The table of 2022 without what keeps it from being issued: gaps at 98 and 90, negative bonuses."""
    text = (TABLES / "t1-tien-giang-2022.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = load(TABLES / "t1-tien-giang-2022.yaml")
    assert "below" in text
    for line in _walk(document["criteria"]):
        for extra in line.get("bonuses", []):
            if str(extra.get("each", "")).startswith("-"):
                extra["each"] = extra["each"][1:]
        rule = line.get("rule")
        if isinstance(rule, dict) and rule.get("type") == "bands":
            for band in rule["bands"]:
                if "over" in band:
                    band["from"] = band.pop("over")
    return document


def _walk(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for line in lines for one in (line, *_walk(line.get("children", [])))]


def test_the_town_of_2022_keeps_its_three_layers(year: Story, as_user: Callable[..., Client]) -> None:
    card = in_force(year, mended())
    told = load(TABLES / "t1-thi-xa-2022.yaml")["units"][0]["layers"]
    file(year, card, "y_te", "self", told["tự chấm"]["values"])
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    actions.copy_marks(layer=layer(year, "y_te", "appraisal"), by=year.actor("dung"))
    file(year, card, "y_te", "appraisal", told["thẩm định"]["values"], "Theo biên bản ngày 9/12/2022")
    actions.send_layer(layer=layer(year, "y_te", "appraisal"), by=year.actor("dung"))
    layers = view_of(year, card, "y_te").layers
    own, appraised = layers["self"].scored, layers["appraisal"].scored
    assert own is not None
    assert appraised is not None
    assert (own.claimed, appraised.claimed, appraised.total) == (D("124.4"), D("118.4"), D("115.70"))
    page = as_user("an").get(year.address("cham-diem", str(year.units["y_te"].pk))).content.decode()
    assert "C2.1: ghi 0,7, trần 0,5" in page
    assert "119,70" in page
    assert "115,70" in page


def test_a_unit_that_holds_a_flag_reaches_107(year: Story) -> None:
    card = in_force(year, load(TABLES / "t4-tp-hcm-2008.yaml"))
    file(year, card, "y_te", "self", {"1": 97, "2": ["CO_TINH"]})
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    assert view_of(year, card, "y_te").layers["self"].total == D(107)


@pytest.mark.parametrize(
    ("values", "flags", "title"),
    [
        ({"1": 10, "2": 85}, [], "Hoàn thành xuất sắc nhiệm vụ"),
        ({"1": 10, "2": 85}, ["khien_trach"], "Hoàn thành tốt nhiệm vụ"),
        ({"1": 10, "2": 90}, ["tham_nhung"], "Không hoàn thành nhiệm vụ"),
        ({"1": 0, "2": 90, "3": 3}, [], ""),
    ],
)
def test_the_classes_of_2025(year: Story, values: dict[str, Any], flags: list[str], title: str) -> None:
    card = in_force(year, load(TABLES / "t7-can-tho-2025.yaml"))
    file(year, card, "y_te", "self", values)
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    final = layer(year, "y_te", "final")
    actions.copy_marks(layer=final, by=year.actor("binh"))
    actions.raise_flags(layer=final, flags=flags, by=year.actor("binh"))
    actions.send_layer(layer=layer(year, "y_te", "final"), by=year.actor("binh"))
    scored = view_of(year, card, "y_te").layers["final"].scored
    assert scored is not None
    assert scored.class_title == title


def test_a_late_filing_moves_the_points_of_the_others(year: Story, as_user: Callable[..., Client]) -> None:
    """5/1 and 2/1 stand at 10 and 6,25 until 10/1 is filed: then 7,22 and 5,56, whoever wrote first."""
    card = in_force(year, load(TABLES / "dieu-6.yaml"))
    target = {"22": {"actual": 1, "target": 1}, "28b": {"actual": 1, "target": 1}}
    line = card.criteria.get(code="31")
    for unit, actual in (("y_te", 5), ("giao_duc", 2)):
        file(year, card, unit, "self", target | {"31": {"actual": actual, "target": 1}})
        actions.send_layer(layer=layer(year, unit, "self"), by=year.actor(OFFICERS[unit]))
    before = [view_of(year, card, unit).layers["self"].points_of(line) for unit in ("y_te", "giao_duc")]
    assert before == [D(10), D("6.25")]
    file(year, card, "van_hoa", "self", target | {"31": {"actual": 10, "target": 1}})
    actions.send_layer(layer=layer(year, "van_hoa", "self"), by=year.actor("hai"))
    after = [view_of(year, card, unit).layers["self"].points_of(line) for unit in ("y_te", "giao_duc")]
    assert after == [D("7.22"), D("5.56")]
    page = as_user("binh").get(year.address("cham-diem", str(year.units["y_te"].pk)) + f"?tieu-chi={line.pk}")
    assert "0,5 × 10 + 4/9 × 0,5 × 10 = 7,22" in page.content.decode()


def test_what_is_taken_home_computes_to_the_same(year: Story, as_user: Callable[..., Client]) -> None:
    card = in_force(year, load(TABLES / "dieu-6.yaml"))
    for unit, actual in (("y_te", "66,67"), ("giao_duc", "50"), ("van_hoa", "không giao")):
        value: Any = actual if unit == "van_hoa" else {"actual": actual, "target": "5"}
        file(year, card, unit, "self", {"22": value, "28b": {"actual": "150"}, "31": {"actual": "1"}})
        actions.send_layer(layer=layer(year, unit, "self"), by=year.actor(OFFICERS[unit]))
    answer = as_user("son").get(year.address("xep-hang", "tep-kiem"))
    with ZipFile(BytesIO(answer.content)) as archive:
        table, filings = (json.loads(archive.read(name)) for name in ("bang-diem.json", "ket-qua.json"))
    result = compute(read_table(table), read_filings(filings))
    for unit in OFFICERS:
        here = view_of(year, card, unit).layers["self"].scored
        there = result.sheets[year.units[unit].name]["Tự chấm"]
        assert here is not None
        assert (here.total, here.excluded) == (there.total, there.excluded)
        assert {c: m.points for c, m in here.marks.items()} == {c: m.points for c, m in there.marks.items()}
