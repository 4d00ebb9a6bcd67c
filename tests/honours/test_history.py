"""History comes into the ledger in bulk: looked at first, each thing once, struck out if it was a mistake."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.base.sheets.workbooks import upload
from tests.commendation.nominations import test_nominations as nominations
from tests.honours.test_honours import give, take_back
from tests.story import Story
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.sheets.actions import confirm_import, preview_import, undo_import
from thidua.base.text import loose_key
from thidua.honours.actions import strike_honours
from thidua.honours.models import Honour
from thidua.honours.queries import held_honours, honours, obstacles_to_strike

HEAD = [
    "Tên trong quyết định",
    "Đối tượng",
    "Đơn vị",
    "Danh hiệu, hình thức",
    "Năm",
    "Số, ký hiệu",
    "Ngày quyết định",
    "Người ký",
    "Không trùng",
]
TAIL = ["7/QĐ-UBND", date(2018, 2, 1), "Chủ tịch UBND tỉnh Mẫu"]
AN = ["Nguyễn Văn An", "Cá nhân", "Sở Y tế", "CSTĐ cơ sở", 2017, *TAIL]
SO = ["Sở Y tế", "Tập thể", None, "Cờ thi đua của Ủy ban nhân dân tỉnh", 2017, *TAIL]
HOUSE = ["Hộ ông Triệu Văn Tá", "Hộ gia đình, đối tượng khác", None, "Giấy khen", 2017, *TAIL]


def read(year: Story, *rows: list, by: str = "dung"):
    return preview_import(kind="honours", upload=upload([HEAD, *rows]), by=year.actor(by))


def faults(batch) -> list[tuple[int, str, str]]:
    return [(fault["row"], fault["column"], fault["message"]) for fault in batch.errors]


def test_names_written_differently_meet() -> None:
    same = [
        ("UBND tỉnh Mẫu", "Ủy ban Nhân dân  Tỉnh Mẫu"),
        ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Ông Nguyễn Văn Lý", "nguyễn văn lí"),
        ("đ/c Trần Thị B", "Trần Thị B"),
    ]
    assert [pair for pair in same if loose_key(pair[0]) != loose_key(pair[1])] == []
    different = [("Nguyễn Văn An", "Nguyễn Văn Anh"), ("Xã số 1", "Xã số 2"), ("Bà Triệu", "Ông Triệu")]
    assert [pair for pair in different if loose_key(pair[0]) == loose_key(pair[1])] == []


def test_dung_brings_the_history_and_takes_it_back(year: Story) -> None:
    dung = year.actor("dung")
    batch = read(year, AN, SO, HOUSE)
    assert batch.errors == []
    assert not Honour.objects.exists(), "nothing is taken in by looking"
    confirm_import(batch=batch, by=dung)
    kept = held_honours().get(person=year.people["an"])
    assert (kept.kind, kept.achievement.lower, kept.achievement.upper) == (
        "CSTD_CS",
        date(2017, 1, 1),
        date(2018, 1, 1),
    )
    assert held_honours().get(unit=year.units["y_te"]).kind == "CO_TINH"
    undo_import(batch=batch, by=dung)
    assert not honours().exists(), "struck out lines are held no longer, nor called revoked"
    assert Honour.objects.count() == 6, "but the ledger forgets nothing"
    confirm_import(batch=read(year, AN, SO), by=dung)
    assert honours().count() == 2, "and the same lines may be written again"


def test_what_is_wrong_is_told_by_row(year: Story) -> None:
    late = ["8/QĐ", date(2020, 1, 1), "Chủ tịch"]
    batch = read(
        year,
        ["Người Lạ", *AN[1:]],
        [*AN[:2], None, *AN[3:]],
        [*SO[:3], "Cờ lạ", *SO[4:]],
        ["Sở Lạ", *SO[1:]],
        [*SO[:4], 2025, *TAIL],
        [*SO[:4], 2018, *late],
        [*SO[:5], None, *TAIL[1:]],
    )
    assert [(row, column) for row, column, _ in faults(batch)] == [
        (2, "Tên trong quyết định"),
        (3, "Đơn vị"),
        (4, "Danh hiệu, hình thức"),
        (5, "Tên trong quyết định"),
        (6, "Năm"),
        (7, "Ngày quyết định"),
        (8, "Số, ký hiệu"),
    ]


def test_the_same_thing_under_two_spellings_is_found(year: Story) -> None:
    give(year, decision_symbol="215/QĐ-UBND")
    batch = read(
        year,
        [*SO[:4], 2018, "215 / QĐ-UBND", date(2019, 2, 20), "Chủ tịch"],  # in the ledger
        AN,
        ["NGUYỄN VĂN AN", *AN[1:5], "7 QĐ UBND", *TAIL[1:]],  # in the file
        HOUSE,
        ["Hộ ông Triệu Văn Tạo", *HOUSE[1:]],  # one slip apart
        ["Hộ ông Triệu Văn Tai", *HOUSE[1:], "Có"],  # said to be another
    )
    told = [(row, words.split(":")[0]) for row, _, words in faults(batch)]
    assert told == [(2, "Trùng"), (4, "Trùng"), (6, "Gần giống")]


def test_undo_waits_on_nothing_that_rests_on_the_rows(year: Story) -> None:
    dung = year.actor("dung")
    batch = confirm_import(batch=read(year, SO), by=dung)
    take_back(year, Honour.objects.get())
    with pytest.raises(Refused, match="đã bị thu hồi"):
        undo_import(batch=batch, by=dung)
    package = nominations.received(year)
    ids = list(package.nominations.values_list("pk", flat=True))
    nominations.actions.appraise(package=package, agreed=ids, cut={}, by=dung)
    told = {"decision_symbol": "45/QĐ-UBND", "decision_date": date(2019, 12, 16), "issuer": "Chủ tịch"}
    nominations.actions.record_decision(package=package, granted=ids, refused={}, by=dung, **told)
    granted = Honour.objects.filter(decision_symbol="45/QĐ-UBND")
    assert obstacles_to_strike(granted) == ["Có dòng đang được kết quả đề nghị dùng làm căn cứ."]


def test_a_mistake_is_struck_out_on_the_page(year: Story, as_user) -> None:
    honour = give(year)
    dung = as_user("dung")
    assert dung.get(f"/tra-cuu/{honour.pk}/dinh-chinh/").status_code == 200
    assert "field-wrong" in dung.post(f"/tra-cuu/{honour.pk}/dinh-chinh/", {"reason": ""}).text
    dung.post(f"/tra-cuu/{honour.pk}/dinh-chinh/", {"reason": "Ghi nhầm năm"})
    assert not honours().exists()
    again = give(year)
    assert again.writing == 1
    with pytest.raises(NotAllowed):
        strike_honours(rows=[again], reason="thử", by=year.actor("an"))


def test_a_long_history_asks_few_questions(year: Story) -> None:
    def count(rows: list) -> int:
        with CaptureQueriesContext(connection) as asked:
            confirm_import(batch=read(year, *rows), by=year.actor("dung"))
        return len(asked)

    def house(number: int) -> list:
        name = f"Hộ {'ABCDEFGHIK'[number % 10] * 3}{number} bản {number * 7919}"
        return [name, *HOUSE[1:5], f"{number}/QĐ-UBND", *TAIL[1:]]

    few = count([house(0)])
    assert count([house(number) for number in range(1, 40)]) == few
