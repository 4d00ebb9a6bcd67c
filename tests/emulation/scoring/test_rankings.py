"""The ranking: provisional while units file, frozen when it is published, computed again by anyone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.emulation.scoring.test_golden import OFFICERS, file, in_force
from tests.emulation.scoring.test_scoring import layer
from tests.story import Story, set_due
from thidua.base.audit.refusals import Refused
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.engine import load
from thidua.emulation.scoring.models import Mark, Ranking, Scorecard, ScoreLayer
from thidua.emulation.scoring.pictures import years_of
from thidua.emulation.scoring.queries import (
    changes_between,
    document_of,
    effects_of,
    ranking,
    recompute,
    scorecard_of,
)
from thidua.organisations.models import Succession, Unit

D = Decimal
ACTUALS = {"y_te": 5, "giao_duc": 2, "van_hoa": 10}


def filed(year: Story, card: Scorecard, unit: str, kind: str, actual: int) -> None:
    """A unit's criterion 31, against a target of 1; the other two at their targets."""
    even = {"actual": 1, "target": 1}
    values: dict[str, Any] = {"22": even, "28b": even, "31": {"actual": actual, "target": 1}}
    file(year, card, unit, kind, values, "" if kind == "self" else "Theo hồ sơ")
    by = year.actor(OFFICERS[unit] if kind == "self" else "binh")
    actions.send_layer(layer=layer(year, unit, kind), by=by)


def concluded(year: Story, units: tuple[str, ...] = tuple(ACTUALS)) -> Scorecard:
    """The units' three relative criteria filed and concluded."""
    card = in_force(year, load("demo/data/tables/dieu-6.yaml"))
    for unit in units:
        for kind in ("self", "final"):
            filed(year, card, unit, kind, ACTUALS[unit])
    return card


def test_a_ranking_is_provisional_until_it_is_published(year: Story, as_user: Callable[..., Client]) -> None:
    card = concluded(year, ("y_te", "giao_duc"))
    binh, url = as_user("binh"), year.address("xep-hang")
    page = binh.get(url).content.decode()
    assert "Tạm tính" in page
    assert "Chưa có điểm kết luận: Sở VH, TT và DL" in page
    before = {place.unit: place.points for place in ranking(year.cycle, year.actor("binh").on)}
    for kind in ("self", "final"):
        filed(year, card, "van_hoa", kind, ACTUALS["van_hoa"])
    after = {place.unit: place.points for place in ranking(year.cycle, year.actor("binh").on)}
    health = year.units["y_te"].pk
    assert (before[health], after[health]) == (D("22.50"), D("19.72"))


def test_a_published_ranking_is_kept_with_all_that_made_it(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = concluded(year)
    actions.publish(scorecard=card, by=year.actor("binh"))
    stored = Ranking.objects.get()
    assert recompute(stored).is_same
    page = as_user("an").get(year.address("xep-hang") + "?tinh-lai=1").content.decode()
    assert stored.digest in page
    assert "Tính lại ra đúng mã này" in page
    assert "Tạm tính" not in page
    with pytest.raises(Refused, match="Kết quả đã công bố"):
        actions.publish(scorecard=card, by=year.actor("binh"))


def test_a_published_ranking_never_changes(year: Story) -> None:
    card = concluded(year)
    actions.publish(scorecard=card, by=year.actor("binh"))
    for change in (
        lambda: Ranking.objects.update(result="{}"),
        lambda: Ranking.objects.all().delete(),
        lambda: Mark.objects.update(filed="0"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    row = layer(year, "y_te", "final")
    line = card.criteria.get(code="31")
    with pytest.raises(Refused, match="đã công bố"):
        actions.correct_mark(
            layer=row,
            criterion=line,
            filed={"actual": 99, "target": 1},
            reason="Muộn",
            by=year.actor("binh"),
        )
    draft = actions.draft_scorecard(cycle=year.cycle, by=year.actor("binh"))
    with pytest.raises(Refused, match="đã công bố"):
        actions.adopt_scorecard(scorecard=draft, caution_reason="Muộn", by=year.actor("binh"))


def test_whoever_takes_the_files_home_gets_the_same_digest(
    year: Story, as_user: Callable[..., Client], tmp_path: Path
) -> None:
    card = concluded(year)
    actions.publish(scorecard=card, by=year.actor("binh"))
    answer = as_user("an").get(year.address("xep-hang", "tep-kiem"))
    with ZipFile(BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-m", "thidua.emulation.scoring.engine", "compute"]
    files = [str(tmp_path / "bang-diem.json"), str(tmp_path / "ket-qua.json")]
    told = subprocess.run([*command, *files, "--json"], check=True, capture_output=True, text=True)
    assert json.loads(told.stdout)["digest"] == Ranking.objects.get().digest


def test_the_order_of_filing_changes_no_digest(year: Story) -> None:
    digests = set()
    for order in (("y_te", "giao_duc", "van_hoa"), ("van_hoa", "y_te", "giao_duc")):
        try:
            with transaction.atomic():
                actions.publish(scorecard=concluded(year, order), by=year.actor("binh"))
                digests.add(Ranking.objects.get().digest)
                raise InterruptedError
        except InterruptedError:
            continue
    assert len(digests) == 1


def test_zero_is_a_score_and_nothing_is_not(year: Story) -> None:
    card = in_force(year, load("demo/data/tables/t7-can-tho-2025.yaml"))
    file(year, card, "y_te", "self", {"2": 90})
    with pytest.raises(Refused, match="Còn 1 tiêu chí chưa ghi điểm: 1"):
        actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    file(year, card, "y_te", "self", {"1": 0})
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    assert layer_total(year, card) == D(90)


def test_computing_again_changes_nothing(year: Story) -> None:
    card = concluded(year)
    first = ranking(year.cycle, year.actor("binh").on)
    assert ranking(year.cycle, year.actor("binh").on) == first
    actions.publish(scorecard=card, by=year.actor("binh"))
    assert ranking(year.cycle, year.actor("binh").on) == first
    stored = Ranking.objects.get()
    assert recompute(stored) == recompute(stored)


def test_after_the_deadline_the_result_no_longer_waits(year: Story) -> None:
    card = concluded(year, ("y_te", "giao_duc"))
    with pytest.raises(Refused, match="Chưa có kết luận điểm của"):
        actions.publish(scorecard=card, by=year.actor("binh"))
    set_due(year.cycle, "final_score", date(2019, 12, 15))
    actions.publish(scorecard=Scorecard.objects.get(pk=card.pk), by=year.actor("binh"))
    assert len(ranking(year.cycle, date(2019, 12, 16))) == 2


def test_a_new_version_says_whose_scores_it_alters_and_takes_over_what_was_filed(
    year: Story, as_user: Callable[..., Client]
) -> None:
    by = year.actor("binh")
    card = in_force(year, load("demo/data/tables/dieu-6.yaml"))
    for unit, actual in ACTUALS.items():
        filed(year, card, unit, "self", actual)
    draft = actions.draft_scorecard(cycle=year.cycle, by=by)
    document = document_of(draft)
    document["criteria"][1]["max"], document["criteria"][2]["max"] = "10", "5"
    draft = actions.write_table(scorecard=draft, document=document, by=by)
    assert [(one.code, one.word) for one in changes_between(card, draft)] == [
        ("28b", "tối đa 5 thành 10"),
        ("31", "tối đa 10 thành 5"),
    ]
    told = {one.unit: (one.before, one.after) for one in effects_of(card, draft)}
    assert told[year.units["y_te"]] == (D("19.72"), D("18.61"))
    binh, url = as_user("binh"), year.address("bang-diem")
    page = binh.get(url + f"?ban={draft.version}").content.decode()
    assert "tối đa 5 thành 10" in page
    assert "18,61" in page
    assert "ghi ngày bản mới" in binh.post(url + "ban-hanh/", {}).content.decode()
    assert binh.post(url + "ban-hanh/", {"effective_from": "1/7/2019"}).status_code == 302
    now = scorecard_of(year.cycle)
    assert now is not None
    assert now.settings["effective_from"] == "2019-07-01"
    sheet = ScoreLayer.objects.get(sheet__scorecard=now, sheet__unit=year.units["y_te"], kind="self")
    assert sheet.submitted_at is not None
    assert layer_total(year, now) == D("18.61")
    assert Mark.objects.filter(layer__sheet__scorecard=card).count() == 9


def layer_total(year: Story, card: Scorecard) -> Decimal:
    """The self-score of Sở Y tế on a version."""
    from thidua.emulation.scoring.queries import sheet_view

    view = sheet_view(card, year.units["y_te"].pk)
    assert view is not None
    return view.layers["self"].total


def test_a_version_that_asks_for_more_opens_the_layer_again(year: Story) -> None:
    by = year.actor("binh")
    card = in_force(year, load("demo/data/tables/dieu-6.yaml"))
    filed(year, card, "y_te", "self", 5)
    draft = actions.draft_scorecard(cycle=year.cycle, by=by)
    document = document_of(draft)
    document["criteria"][0]["max"] = "15"
    document["criteria"].append({"code": "40", "title": "Chuyển đổi số", "max": "5"})
    draft = actions.write_table(scorecard=draft, document=document, by=by)
    assert [one.open_codes for one in effects_of(card, draft)] == [("40",)]
    now = actions.adopt_scorecard(
        scorecard=draft, caution_reason="Mã theo đề án", effective_from=date(2019, 7, 1), by=by
    )
    again = ScoreLayer.objects.get(sheet__scorecard=now, sheet__unit=year.units["y_te"], kind="self")
    assert again.submitted_at is None
    assert again.marks.count() == 3


def test_the_conference_sees_the_ranking_on_the_wall(year: Story, as_user: Callable[..., Client]) -> None:
    card = concluded(year)
    actions.publish(scorecard=card, by=year.actor("binh"))
    page = as_user("giang").get(year.address("xep-hang", "trinh-chieu")).content.decode()
    assert "Đã công bố" in page
    assert page.index("Sở VH, TT và DL") < page.index("Sở Y tế") < page.index("Sở GD và ĐT")
    assert as_user("chi").get(year.address("xep-hang", "trinh-chieu")).status_code == 404


def test_a_unit_sees_itself_against_the_cluster_and_what_would_change_its_place(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = concluded(year)
    an, url = as_user("an"), year.address("xep-hang", "don-vi", str(year.units["y_te"].pk))
    assert an.get(url).status_code == 403
    actions.publish(scorecard=card, by=year.actor("binh"))
    page = an.get(url).content.decode()
    assert "Hạng <strong>2/3</strong>" in page
    assert "Còn kém hạng trên <strong>2,78</strong>" in page
    assert "<strong>lên 1 bậc</strong>" in page
    assert "Năm 2019: <strong>19,72</strong> điểm, hạng 2/3" in page
    assert as_user("chi").get(url).status_code == 404


def test_a_unit_keeps_the_years_of_those_it_came_from(year: Story, as_user: Callable[..., Client]) -> None:
    card = concluded(year)
    actions.publish(scorecard=card, by=year.actor("binh"))
    merged = Unit.objects.create(
        kind="department",
        name="Sở Y tế và Xã hội",
        short_name="Sở YT và XH",
        symbol="SYTXH",
        parent=year.units["tinh"],
        existence=year.units["y_te"].existence,
    )
    told = Succession.objects.create(kind="merger", on=date(2020, 1, 1))
    told.predecessors.add(year.units["y_te"])
    told.successors.add(merged)
    dots = years_of(card, merged.pk)
    assert [(dot.name, dot.total, dot.place, dot.of) for dot in dots] == [("2019", D("19.72"), 2, 3)]
    assert years_of(card, year.units["dan_toc"].pk) == []


def test_the_sheet_is_printed_for_the_minutes(year: Story, as_user: Callable[..., Client]) -> None:
    concluded(year)
    url = year.address("cham-diem", str(year.units["y_te"].pk), "van-ban")
    assert as_user("an").get(url + "pdf/").content.startswith(b"%PDF")
    assert as_user("an").get(url + "docx/").content.startswith(b"PK")
    assert as_user("chi").get(url + "pdf/").status_code == 404
