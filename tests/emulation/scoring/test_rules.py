"""Criteria with rules: written in the browser, checked, and computed from what is filed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.emulation.scoring.test_scoring import LINES, layer
from tests.story import Story
from thidua.base.accounts.actors import Actor
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import Refused, Stale
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.actions import MarkText
from thidua.emulation.scoring.engine import compute, read_filings, read_table
from thidua.emulation.scoring.models import Criterion, Mark, Scorecard
from thidua.emulation.scoring.queries import document_of, sheet_view

D = Decimal
COUNT = {"type": "count", "each": "2,5"}
BANDS = "từ 95: 30\ntừ 90 dưới 95: 20\ndưới 90: 0"


def drafted(year: Story) -> Scorecard:
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    return actions.edit_scorecard(scorecard=card, lines=LINES, basis="", revision=1, by=by)


def write_rule(card: Scorecard, code: str, rule: dict[str, Any], by: Actor) -> None:
    """The draft's table again, one of its criteria with another rule."""
    document = document_of(card)
    line = next(one for group in document["criteria"] for one in group["children"] if one["code"] == code)
    line["rule"] = rule
    actions.write_table(scorecard=card, document=document, revision=card.revision, by=by)


def ruled(year: Story) -> Scorecard:
    """The year's table issued by Bình: 1.2 by bands, 2.1 by number of movements, 3.2 by late reports."""
    card, by = drafted(year), year.actor("binh")
    bands = [{"from": "95", "points": "30"}, {"from": "90", "below": "95", "points": "20"}]
    rules: dict[str, dict[str, Any]] = {
        "1.2": {"type": "bands", "bands": [*bands, {"below": "90", "points": "0"}]},
        "2.1": COUNT,
        "3.2": {"type": "count", "each": "0.5"},
    }
    for code, rule in rules.items():
        card.refresh_from_db()
        write_rule(card, code, rule, by)
    return actions.adopt_scorecard(scorecard=card, caution_reason="Theo quy chế khối", by=by)


def revision_on(client: Client, url: str) -> str:
    """What a page of the draft carries to know whether somebody wrote the same part meanwhile."""
    return str(client.get(url).context["form"]["revision"].value())


def test_binh_writes_a_rule_in_the_browser(year: Story, as_user: Callable[..., Client]) -> None:
    card, binh = drafted(year), as_user("binh")
    url = year.address("bang-diem", "soan", "1.2")
    assert "Cách tính" in binh.get(url).content.decode()
    typed = {"type": "bands", "bands": BANDS, "revision": revision_on(binh, url)}
    assert binh.post(url, typed).status_code == 302
    line = card.criteria.get(code="1.2")
    assert line.rule_words == "từ 95: 30 điểm; từ 90 dưới 95: 20 điểm; dưới 90: 0 điểm."
    assert line.rule_words in binh.get(year.address("bang-diem") + "?ban=1").content.decode()
    assert BANDS.splitlines()[1] in binh.get(url).content.decode()
    assert Entry.objects.filter(verb="scoring.write_table", actor__username="binh").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"type": "bands", "bands": "trên 98: 30\ndưới 98: 20"}, "đúng 98 không thuộc mức nào"),
        ({"type": "bands", "bands": "từ 98 đến: 30"}, "Dòng 1: không hiểu"),
        ({"type": "bands", "bands": "từ 0: 31"}, "hơn tối đa 30"),
        ({"type": "bands"}, "Quy tắc này cần mục này"),
        ({"type": "count"}, "Quy tắc này cần mục này"),
        ({"type": "count", "each": "0"}, "không bao giờ cho điểm"),
        ({"type": "steps", "start": "1", "each": "1", "step": "0"}, "bước phải lớn hơn 0"),
    ],
)
def test_a_rule_that_cannot_be_right_is_refused_and_what_was_typed_stays(
    year: Story, as_user: Callable[..., Client], typed: dict[str, str], said: str
) -> None:
    card = drafted(year)
    binh, url = as_user("binh"), year.address("bang-diem", "soan", "1.2")
    page = binh.post(url, {**typed, "revision": revision_on(binh, url)})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert typed.get("bands", "") in page.content.decode()
    assert card.criteria.get(code="1.2").rule == {}


def test_a_stale_page_does_not_overwrite_a_rule(year: Story) -> None:
    card, by = drafted(year), year.actor("binh")
    write_rule(card, "2.1", COUNT, by)
    with pytest.raises(Stale):
        write_rule(card, "2.1", COUNT | {"each": "1"}, by)


def test_editing_the_lines_keeps_their_rules(year: Story) -> None:
    card, by = drafted(year), year.actor("binh")
    write_rule(card, "2.1", COUNT, by)
    card.refresh_from_db()
    lines = [replace(line, title=line.title + " ") for line in LINES]
    actions.edit_scorecard(scorecard=card, lines=lines, basis="", revision=card.revision, by=by)
    assert card.criteria.get(code="2.1").rule == COUNT


def test_a_group_with_a_rule_cannot_be_stored(year: Story) -> None:
    card = drafted(year)
    with pytest.raises(DatabaseError), transaction.atomic():
        Criterion.objects.filter(scorecard=card, code="I").update(rule=COUNT)


def test_lowering_a_maximum_below_a_rule_stops_the_adoption(year: Story) -> None:
    card, by = drafted(year), year.actor("binh")
    rule = {"type": "bands", "bands": [{"from": "0", "points": "30"}]}
    write_rule(card, "1.2", rule, by)
    card.refresh_from_db()
    lines = [replace(x, max_points=D(20)) if x.code == "1.2" else x for x in LINES]
    actions.edit_scorecard(scorecard=card, lines=lines, basis="", revision=card.revision, by=by)
    with pytest.raises(Refused) as refusal:
        actions.adopt_scorecard(scorecard=card, caution_reason="Vội", by=by)
    assert any("hơn tối đa 20" in sentence for sentence in refusal.value.reasons)


def test_a_table_with_warnings_is_issued_only_with_a_reason(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card, by, binh = drafted(year), year.actor("binh"), as_user("binh")
    half = {"type": "bands", "bands": [{"from": "0", "points": "10"}]}
    write_rule(card, "1.2", half, by)
    page = binh.post(year.address("bang-diem", "ban-hanh"), {}, follow=True).content.decode()
    assert "không mức nào cho đủ 30 điểm" in page
    assert "ghi lý do vẫn ban hành" in page
    card.refresh_from_db()
    assert card.state == "draft"
    reason = {"caution_reason": "Năm nay khối chỉ giao mức này"}
    assert binh.post(year.address("bang-diem", "ban-hanh"), reason).status_code == 302
    card.refresh_from_db()
    assert (card.state, card.caution_reason) == ("adopted", reason["caution_reason"])


def test_an_files_results_and_the_rules_make_the_points(year: Story, as_user: Callable[..., Client]) -> None:
    card, an = ruled(year), as_user("an")
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    ids = {line.code: line.pk for line in card.criteria.all()}
    typed = {
        f"points_{ids['1.1']}": "50",
        f"filed_{ids['1.2']}": "94,99",
        f"filed_{ids['2.1']}": "6",
        f"points_{ids['3.1']}": "0",
        f"filed_{ids['3.2']}": "1",
    }
    saved = an.post(url + "luu/self/", typed, headers={"HX-Request": "true"}).json()
    assert saved["computed"] == {
        str(ids["1.2"]): "20,00 điểm",
        str(ids["2.1"]): "15,00 điểm",
        str(ids["3.2"]): "−0,50 điểm",
    }
    page = an.get(url + f"?tieu-chi={ids['2.1']}").content.decode()
    assert "6 × 2,5 = 15" in page
    assert an.post(url + "gui/self/", typed).status_code == 302
    view = sheet_view(card, year.units["y_te"].pk)
    assert view is not None
    assert view.layers["self"].points_of(card.criteria.get(code="3.2")) == D("-0.5")


@pytest.mark.parametrize("typed", ["abc", "-3", "1e9", "9" * 40])
def test_a_result_no_rule_understands_is_said_and_kept(
    year: Story, as_user: Callable[..., Client], typed: str
) -> None:
    card = ruled(year)
    name = f"filed_{card.criteria.get(code='2.1').pk}"
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    page = as_user("an").post(url + "luu/self/", {name: typed})
    assert page.status_code == 200
    assert typed in page.content.decode()
    assert not Mark.objects.exists()


def test_a_correction_is_computed_by_the_same_rule(year: Story, as_user: Callable[..., Client]) -> None:
    card, an = ruled(year), year.actor("an")
    ids = {line.code: line.pk for line in card.criteria.all()}
    row = layer(year, "y_te", "self")
    marks = {ids["1.1"]: MarkText(D(50)), ids["3.1"]: MarkText(D(0))}
    filed = {"1.2": "96", "2.1": "4", "3.2": "0"}
    marks |= {ids[code]: MarkText(value) for code, value in filed.items()}
    actions.write_marks(layer=row, marks=marks, by=an)
    actions.send_layer(layer=row, by=an)
    url = year.address("cham-diem", str(year.units["y_te"].pk), "dinh-chinh", "self", str(ids["2.1"]))
    typed = {f"filed_{ids['2.1']}": "5", "reason": "Thêm một phong trào cuối năm"}
    page = as_user("an").post(url, typed)
    assert page.status_code == 302
    last = row.marks.filter(criterion=ids["2.1"]).last()
    assert last is not None
    assert last.filed == "5"
    view = sheet_view(card, year.units["y_te"].pk)
    assert view is not None
    made = view.layers["self"].mark_of(last.criterion)
    assert made is not None
    assert (made.points, made.explanation) == (D("12.5"), "5 × 2,5 = 12,5")


def test_the_files_to_recompute_carry_rules_and_results(year: Story, as_user: Callable[..., Client]) -> None:
    card = ruled(year)
    ids = {line.code: line.pk for line in card.criteria.all()}
    filed = {"1.2": "96", "2.1": "4", "3.2": "1"}
    marks = {ids["1.1"]: MarkText(D(50)), ids["3.1"]: MarkText(D(0))}
    marks |= {ids[code]: MarkText(value) for code, value in filed.items()}
    row = layer(year, "y_te", "self")
    actions.write_marks(layer=row, marks=marks, by=year.actor("an"))
    actions.send_layer(layer=row, by=year.actor("an"))
    answer = as_user("binh").get(year.address("xep-hang", "tep-kiem"))
    with ZipFile(BytesIO(answer.content)) as archive:
        table = read_table(json.loads(archive.read("bang-diem.json")))
        filings = read_filings(json.loads(archive.read("ket-qua.json")))
    sheet = compute(table, filings).sheets[year.units["y_te"].name]["Tự chấm"]
    assert sheet.marks["2.1"].points == D(10)
    assert sheet.total == D("89.5")
