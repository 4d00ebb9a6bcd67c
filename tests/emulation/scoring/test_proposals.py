"""What the system counts by itself is proposed with its ground and filed with one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.emulation.scoring.test_golden import in_force, view_of
from tests.emulation.scoring.test_scoring import layer
from tests.story import Story, set_due
from thidua.base.audit.refusals import Refused
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.actions import MarkText
from thidua.emulation.scoring.engine import BadFile, load, read_table
from thidua.emulation.scoring.models import Mark, Scorecard
from thidua.honours.actions import record_honour

D = Decimal
TABLE: dict[str, Any] = {
    "total": 100,
    "criteria": [
        {
            "code": "1",
            "title": "Chế độ báo cáo",
            "max": 100,
            "deduction_cap": 3,
            "deductions": [
                {"code": "1.1", "title": "Báo cáo chậm", "each": "0.5", "proposes": "late_report"},
                {"code": "1.2", "title": "Không báo cáo", "each": 1, "proposes": ["missing_report"]},
            ],
        },
        {
            "code": "2",
            "title": "Tự chấm chậm",
            "kind": "penalty",
            "max": 2,
            "rule": {"type": "count", "each": 1},
            "proposes": "late_self_score",
        },
    ],
}


def late(year: Story) -> Scorecard:
    """The year report is missing since 10 December, the self-score since the 12th."""
    card = in_force(year, TABLE)
    set_due(year.cycle, "year_report", date(2019, 12, 10))
    set_due(year.cycle, "self_score", date(2019, 12, 12))
    return card


def test_late_and_missing_work_is_proposed_with_its_ground_and_accepted_with_a_click(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = late(year)
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    dung = as_user("dung")
    page = dung.get(url + "?lop=appraisal").content.decode()
    assert "Không báo cáo: ghi <strong>1</strong>" in page
    assert "hạn 10/12/2019: chưa gửi" in page
    assert "hạn 12/12/2019: gửi ngày 16/12/2019" in page
    for code in ("1.2", "2"):
        assert dung.post(url + "de-xuat/appraisal/", {"code": code}).status_code == 302
    assert "Hệ thống đề xuất" not in dung.get(url + "?lop=appraisal").content.decode()
    actions.send_layer(layer=layer(year, "y_te", "appraisal"), by=year.actor("dung"))
    assert view_of(year, card, "y_te").layers["appraisal"].total == D(98)
    assert "chưa gửi" in Mark.objects.get(criterion__code="1").reason
    with pytest.raises(Refused, match="không còn"):
        actions.accept_proposal(layer=layer(year, "y_te", "final"), code="1.1", by=year.actor("binh"))


def test_in_time_nothing_is_proposed(year: Story, as_user: Callable[..., Client]) -> None:
    in_force(year, TABLE)
    page = as_user("an").get(year.address("cham-diem", str(year.units["y_te"].pk))).content.decode()
    assert "Hệ thống đề xuất" not in page


def test_what_else_stands_on_the_criterion_is_kept(year: Story) -> None:
    card = late(year)
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    row, line = layer(year, "y_te", "appraisal"), card.criteria.get(code="1")
    mark = MarkText(None, "Theo sổ công văn", {"1.1": 2})
    actions.write_marks(layer=row, marks={line.pk: mark}, by=year.actor("dung"))
    actions.accept_proposal(layer=row, code="1.2", by=year.actor("dung"))
    kept = Mark.objects.get(layer=row, criterion=line)
    assert kept.extras == {"1.1": "2", "1.2": "1"}
    assert kept.reason.startswith("Theo sổ công văn; ")


def test_a_flag_in_the_ledger_is_proposed_to_who_holds_it(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = in_force(year, load("demo/data/tables/t4-tp-hcm-2008.yaml"))
    record_honour(
        unit=year.units["y_te"],
        kind="CO_TINH",
        year=2018,
        decision_symbol="12/QĐ-UBND",
        decision_date=date(2019, 1, 9),
        issuer="UBND tỉnh Mẫu",
        by=year.actor("dung"),
    )
    an, url = as_user("an"), year.address("cham-diem", str(year.units["y_te"].pk))
    assert "Sổ khen thưởng" in an.get(url).content.decode()
    assert an.post(url + "de-xuat/self/", {"code": "2"}).status_code == 302
    line = card.criteria.get(code="1")
    actions.write_marks(layer=layer(year, "y_te", "self"), marks={line.pk: MarkText(97)}, by=year.actor("an"))
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    assert view_of(year, card, "y_te").layers["self"].total == D(107)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"rule": {"type": "count", "each": 1}, "proposes": "late_reprot"}, "Có phải “late_report” không?"),
        ({"rule": "pass_fail", "proposes": "late_report"}, "chỉ dùng với quy tắc tính theo số việc"),
    ],
)
def test_what_cannot_be_counted_is_not_proposed(line: dict[str, Any], words: str) -> None:
    with pytest.raises(BadFile, match=words.replace("?", r"\?")):
        read_table({"total": 1, "criteria": [{"code": "1", "max": 1, **line}]})
