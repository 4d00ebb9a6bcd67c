"""The table in the database is a bang-diem-1 document, there and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.story import Story
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.engine import check, load, read_table
from thidua.emulation.scoring.engine.output import plain
from thidua.emulation.scoring.models import Scorecard
from thidua.emulation.scoring.queries import cautions, document_of, obstacles_to_adopting

TABLES = sorted(
    path
    for path in Path("demo/data/tables").glob("*.yaml")
    if "format: bang-diem-1" in path.read_text(encoding="utf-8")
)


def written(year: Story, document: dict[str, Any]) -> Scorecard:
    """A draft that holds this table."""
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    return actions.write_table(scorecard=card, document=document, by=by)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_real_table_comes_back_as_it_was_written(year: Story, path: Path) -> None:
    document = load(path)
    card = written(year, document)
    there = read_table(document_of(card))
    assert plain(there) == plain(read_table(document))
    assert check(there) == check(read_table(document))
    again = actions.write_table(scorecard=card, document=document_of(card), by=year.actor("binh"))
    assert document_of(again) == document_of(card)


def test_a_unit_named_as_scorer_is_the_unit(year: Story) -> None:
    criteria = [
        {"code": "1", "max": 60, "scored_by": "Ban Thi đua – Khen thưởng tỉnh Mẫu"},
        {"code": "2", "max": 40, "scored_by": ["cơ quan thường trực", "phòng chuyên môn"]},
    ]
    card = written(year, {"total": 100, "criteria": criteria})
    first, second = card.criteria.all()
    assert first.owner == year.units["ban_tdkt"]
    assert (second.owner, second.by_standing_body) == (None, True)
    assert document_of(card)["criteria"][1]["scored_by"] == ["cơ quan thường trực", "phòng chuyên môn"]


def test_a_scorer_nobody_knows_is_told_before_the_table_is_issued(year: Story) -> None:
    criteria = [{"code": "1", "max": 100, "scored_by": ["thẩm định", "Sở Chưa có"]}]
    card = written(year, {"total": 100, "criteria": criteria})
    assert cautions(card) == [
        "1: không có đúng một đơn vị tên “Sở Chưa có”, nên tên này không giới hạn ai chấm."
    ]


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        ([], "chưa có tiêu chí"),
        ([{"code": "1", "max": 1}, {"code": "1", "max": 1}], "Mã 1 dùng hơn một lần"),
        ([{"code": "1", "max": "abc"}], "không hiểu số"),
        ([{"code": "1", "max": -1}], "không được âm"),
        ([{"code": "1", "max": "0.0001"}], "hơn ba số lẻ"),
        ([{"code": "1", "max": "9" * 30}], "quá lớn"),
        ([{"code": "1" * 41, "max": 1}], "dài hơn 40 chữ"),
        ([{"code": "1", "max": 1, "rule": "bandz"}], "không có quy tắc"),
    ],
)
def test_what_cannot_be_a_table_is_refused_with_its_place(
    year: Story, criteria: list[dict[str, Any]], said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        written(year, {"total": 1, "criteria": criteria})
    assert any(said in sentence for sentence in refusal.value.reasons)


def test_an_empty_draft_says_what_to_press(year: Story) -> None:
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    assert obstacles_to_adopting(card, by.on) == [
        "Bảng chưa có tiêu chí nào. Bấm “Sửa dự thảo” để ghi, hoặc “Nhập từ tệp”."
    ]


def test_a_table_of_another_scale_is_not_issued_under_this_regulation(year: Story) -> None:
    card = written(year, {"total": 35, "criteria": [{"code": "22", "max": 35, "rule": "relative"}]})
    assert "Thang điểm của bảng là 35, quy chế ghi thang 100." in obstacles_to_adopting(
        card, year.actor("binh").on
    )


def test_the_next_version_and_the_next_year_start_from_the_whole_table(year: Story) -> None:
    document = load("demo/data/tables/t7-can-tho-2025.yaml")
    by = year.actor("binh")
    card = actions.adopt_scorecard(
        scorecard=written(year, document), caution_reason="Theo quyết định của thành phố", by=by
    )
    following = actions.draft_scorecard(cycle=year.cycle, by=by)
    for copy in (card, following):
        assert plain(read_table(document_of(copy))) == plain(read_table(document))


def test_only_who_writes_tables_writes_one_and_never_over_a_newer_page(year: Story) -> None:
    document = load("demo/data/tables/dieu-6.yaml")
    card = written(year, document)
    for name in ("an", "chi", "giang", "son"):
        with pytest.raises(NotAllowed):
            actions.write_table(scorecard=card, document=document, by=year.actor(name))
    with pytest.raises(Stale):
        actions.write_table(
            scorecard=card, document=document, by=year.actor("binh"), revision=card.revision - 1
        )
