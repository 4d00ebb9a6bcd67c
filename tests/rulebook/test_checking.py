"""A text with a hole, an overlap or something nobody may set is refused, and said where."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from thidua.rulebook.engine import checking, nodes
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.outcomes import EXCLUDED, NOT_YET
from thidua.rulebook.engine.texts import Book, Provision, Row, book
from thidua.rulebook.engine.told import BadFile

ONE_DAY = timedelta(days=1)


def spoilt(
    provision: Callable[[Provision], Provision | None] = lambda one: one,
    row: Callable[[Row], Row | None] = lambda one: one,
    **changed: Any,
) -> list[str]:
    """The faults of the book when something in it is changed or left out."""
    texts: Book = book()
    provisions = tuple(new for one in texts.provisions if (new := provision(one)))
    rows = tuple(new for one in texts.rows if (new := row(one)))
    return checking.faults(dataclasses.replace(texts, **{"provisions": provisions, "rows": rows, **changed}))


def only(code: str, kind: str = "", **changed: Any) -> Callable[[Provision], Provision]:
    """Change the provisions of a code, and of a kind."""
    return lambda one: (
        dataclasses.replace(one, **changed) if one.code == code and (not kind or kind in one.kinds) else one
    )


def has(found: list[str], *words: str) -> bool:
    """Some fault has all these words."""
    return any(all(word in one for word in words) for one in found)


def test_the_book_is_whole_and_a_fault_is_told_once() -> None:
    assert spoilt() == []
    found = spoilt(only("BA_CSTDCS", source=""))
    assert found == ["L2022 BA_CSTDCS Điều 22 khoản 1: thiếu nguồn"] or len(found) == len(set(found))


def test_eras_follow_each_other_without_a_gap() -> None:
    eras = list(book().eras)
    eras[1] = dataclasses.replace(eras[1], starts=eras[1].starts + ONE_DAY)
    found = spoilt(eras=tuple(eras))
    assert has(found, eras[0].code, "nhưng", eras[1].code)
    assert len([one for one in found if one.startswith("eras.yaml")]) == 1


def test_no_text_reaches_beyond_the_eras_but_the_base_salary() -> None:
    texts = book()
    first, last = texts.eras[0].starts, texts.eras[-1].ends
    salary = {row.instrument.code for row in texts.rows if row.topic == "base_salary"}
    for at, one in enumerate(texts.instruments):
        for change in ({"starts": first - ONE_DAY}, {"ends": last + ONE_DAY}):
            new = dataclasses.replace(one, **change)
            rows = tuple(
                dataclasses.replace(row, instrument=new) if row.instrument is one else row
                for row in texts.rows
            )
            kept = tuple(
                dataclasses.replace(it, instrument=new) if it.instrument is one else it
                for it in texts.provisions
            )
            instruments = (*texts.instruments[:at], new, *texts.instruments[at + 1 :])
            whole = dataclasses.replace(texts, rows=rows, provisions=kept, instruments=instruments)
            beyond = [it for it in checking._beyond(whole) if it.startswith(f"{one.code}:")]
            assert bool(beyond) is (one.code not in salary), one.code


def test_a_provision_names_what_there_is() -> None:
    texts = book()
    some = next(one for one in texts.provisions if one.code == "BA_CSTDCS")
    strange = dataclasses.replace(some, kinds=("CSTD_TINH", "ABC", "*"))
    found = [*checking._provision(texts, strange, {"CSTD_TINH", "CSTD_CS"})]
    assert [one for one in found if "“ABC”" in one] == found
    assert len(found) == 1
    test = c.Run(code="BA_CSTDCS", says="ba lần", of=("KHAC",), years=3)
    assert has(spoilt(only("BA_CSTDCS", test=test)), "“KHAC”")
    known = ("CSTD_CS", "HTTNV", "SK_TINH", "DANG_KY")
    test = c.Run(code="BA_CSTDCS", says="ba lần", of=known, years=3)
    assert spoilt(only("BA_CSTDCS", test=test)) == []
    test = dataclasses.replace(test, says="", code="KHONG_CO_TRANG")
    found = spoilt(only("BA_CSTDCS", test=test))
    assert has(found, "thiếu “says”")
    assert has(found, "giai-thich/KHONG_CO_TRANG.md")


def test_no_run_is_longer_than_a_word_of_years() -> None:
    run = c.Run(code="BA_CSTDCS", says="lâu", of=("CSTD_CS",), years=31)
    assert spoilt(only("BA_CSTDCS", test=run)) == []
    assert has(spoilt(only("BA_CSTDCS", test=dataclasses.replace(run, years=32))), "quá 31 năm")
    held = c.Held(code="BA_CSTDCS", says="lâu", of=("CSTD_CS",), before=32)
    assert has(spoilt(only("BA_CSTDCS", test=held)), "quá 31 năm")
    assert spoilt(only("BA_CSTDCS", test=c.Age(code="BA_CSTDCS", says="lâu", years=80))) == []


def test_a_row_stands_in_a_table_and_says_something() -> None:
    def change(**new: Any) -> list[str]:
        chosen = next(one for one in book().rows if one.topic == "publicity" and one.kinds != ("*",))
        return spoilt(row=lambda one: dataclasses.replace(one, **new) if one is chosen else one)

    assert change() == []
    assert has(change(topic="chuyện"), "không có bảng “chuyện”")
    assert has(change(kinds=("ABC",)), "“ABC”")
    assert has(change(source=""), "thiếu nguồn")
    assert has(change(says="", values={}), "dòng trống")
    assert not has(change(says="", values={"days": 1}), "dòng trống")
    assert not has(change(says="có", values={}), "dòng trống")


def test_a_standard_the_base_salary_and_the_hold_stand_on_every_day() -> None:
    gone = spoilt(lambda one: None if one.code == "BA_CSTDCS" and one.instrument.code == "L2022" else one)
    assert not has(gone, "không còn tiêu chuẩn")  # others of the kind still stand
    gone = spoilt(lambda one: None if "CSTD_TINH" in one.kinds and one.instrument.code == "L2022" else one)
    assert has(gone, "CSTD_TINH (cá nhân): từ 2024-01-01 không còn tiêu chuẩn nào")
    assert not has(gone, "CSTD_TINH (cá nhân): từ 2023")
    gone = spoilt(row=lambda one: None if one.topic == "base_salary" and one.starts.year == 2024 else one)
    assert has(gone, "mức lương cơ sở: ngày 2024-07-01") or has(gone, "Mức lương cơ sở: ngày 2024-07-01")
    gone = spoilt(lambda one: None if one.code == "VIEC_DANG_XEM_XET" and one.starts.year == 2025 else one)
    assert has(gone, "từ 2025-07-01 không có quy định về việc đang xem xét")
    assert not has(gone, "từ 2024-01-01 không có quy định")
    gone = spoilt(row=lambda one: None if one.topic == "base_salary" and one.starts.year == 2017 else one)
    assert has(gone, "ngày 2017-10-01")  # the first day there is
    last = date(2026, 10, 1)
    gone = spoilt(
        lambda one: (
            dataclasses.replace(one, ends=last)
            if one.code == "VIEC_DANG_XEM_XET" and one.starts.year == 2025
            else one
        )
    )
    assert has(gone, "từ 2026-10-01 không có quy định")  # the last era
    late = date(2024, 6, 1)
    gone = spoilt(
        lambda one: (
            dataclasses.replace(one, starts=late)
            if "CSTD_TINH" in one.kinds and one.instrument.code == "L2022"
            else one
        )
    )
    assert has(gone, "CSTD_TINH (cá nhân): từ 2024-01-01 không còn tiêu chuẩn nào")
    assert not has(gone, "CSTD_TINH (cá nhân): từ 2024-06-01")


def test_a_kind_without_a_standard_says_where_to_look() -> None:
    gone = spoilt(row=lambda one: None if one.topic == "unset" and "KNC_TINH" in one.kinds else one)
    assert has(gone, "KNC_TINH:", "không có tiêu chuẩn")
    assert not has(gone, "LDTT:")
    blind = spoilt(row=lambda one: dataclasses.replace(one, values={}) if one.topic == "unset" else one)
    assert has(blind, "thiếu “look”")
    gone = spoilt(lambda one: None if "BK_TINH" in one.kinds and one.recipients == ("ho_gia_dinh",) else one)
    assert has(gone, "BK_TINH:")  # one sort of recipients is enough


def test_nothing_stands_twice_on_one_day() -> None:
    texts = book()
    once = next(one for one in texts.provisions if one.code == "BA_CSTDCS")
    found = spoilt(provisions=(*texts.provisions, once))
    assert has(found, "BA_CSTDCS (CSTD_TINH, cá nhân): chồng nhau ngày")
    later = dataclasses.replace(once, starts=date(2023, 1, 1), ends=once.starts)
    again = [one for one in texts.provisions if one.code == "BA_CSTDCS" and one.ends == once.starts]
    assert has(spoilt(provisions=(*texts.provisions, later)), "chồng nhau") is bool(again)
    for topic in ("votes", "bonuses", "quotas"):
        row = next(one for one in texts.rows if one.topic == topic and not one.instrument.tenant)
        assert has(spoilt(rows=(*texts.rows, row)), "chồng nhau ngày"), topic
        own = next((one for one in texts.rows if one.topic == topic and one.instrument.tenant), None)
        if own:
            assert spoilt(rows=(*texts.rows, own)) == []
    row = next(one for one in texts.rows if one.topic == "bonuses" and "BK_TTG" in one.kinds)
    other = dataclasses.replace(row, values={**row.values, "by": "xa"})
    assert spoilt(rows=(*texts.rows, other)) == []  # by somebody else
    for whom in ("ca_nhan", "tap_the"):
        part = dataclasses.replace(row, values={whom: "1.0"})
        assert has(spoilt(rows=(*texts.rows, part)), "chồng nhau") is (whom in row.values)


def test_a_province_fills_what_was_left_to_it_and_a_layer_has_its_tenant() -> None:
    texts = book()
    own = next(one for one in texts.provisions if one.instrument.tenant == "bac-ninh")
    new = dataclasses.replace(own, kinds=("CSTD_TQ",))
    assert has(spoilt(provisions=(*texts.provisions, new)), "“CSTD_TQ” không thuộc phần được giao")
    row = next(one for one in texts.rows if one.instrument.tenant == "bac-ninh")
    assert has(spoilt(rows=(*texts.rows, dataclasses.replace(row, topic="base_salary"))), "không thuộc phần")
    for code, change, words in (
        ("L2022", {"tenant": "x"}, "không được có tenant"),
        ("BN86", {"tenant": ""}, "phải có tenant"),
    ):
        changed = tuple(
            dataclasses.replace(one, **change) if one.code == code else one for one in texts.instruments
        )
        assert has([*checking._layer(texts, next(one for one in changed if one.code == code))], words)
    plain = [one for one in texts.instruments if one.code in {"L2022", "BN86"}]
    assert [fault for one in plain for fault in checking._layer(texts, one)] == []


def test_a_cluster_sets_no_standard_and_fills_its_own_tables() -> None:
    texts = book()
    cluster = next(one for one in texts.instruments if one.layer == "convention")
    assert [*checking._layer(texts, cluster)] == []
    some = next(one for one in texts.provisions if one.code == "BA_CSTDCS")
    new = dataclasses.replace(some, instrument=cluster)
    assert has(spoilt(provisions=(*texts.provisions, new)), "quy chế không đặt tiêu chuẩn")
    row = next(one for one in texts.rows if one.topic == "votes" and not one.instrument.tenant)
    moved = dataclasses.replace(row, instrument=cluster)
    assert has(spoilt(rows=(*texts.rows, moved)), "bảng “votes” không thuộc quy chế")


def test_what_expires_soon_and_what_cannot_be_relied_on() -> None:
    texts = book()
    ends = date(2027, 3, 1)
    assert any("01/03/2027" in one for one in checking.expiring(texts, ends - timedelta(days=180)))
    assert not any("01/03/2027" in one for one in checking.expiring(texts, ends - timedelta(days=181)))
    assert any("01/03/2027" in one for one in checking.expiring(texts, ends - ONE_DAY))
    assert checking.expiring(texts, ends) == []
    assert any("01/07/2025" in one for one in checking.expiring(texts, date(2025, 6, 30), days=1))
    starts = date(2025, 7, 1)
    assert any("Nghị định 152/2025" in one for one in checking.expiring(texts, starts, days=700))
    assert not any(
        "Nghị định 152/2025" in one for one in checking.expiring(texts, starts - ONE_DAY, days=700)
    )
    assert any("Luật 06/2026" in one for one in checking.unsettled(texts, date(2026, 10, 1)))
    assert not any("Luật 06/2026" in one for one in checking.unsettled(texts, date(2026, 9, 30)))


def test_a_share_is_written_in_two_ways() -> None:
    assert nodes.fraction("70%", "x") == Fraction(7, 10)
    assert nodes.fraction("2/3", "x") == Fraction(2, 3)
    assert nodes.fraction(" 100 % ", "x") == 1
    with pytest.raises(BadFile, match="không hiểu tỷ lệ"):
        nodes.fraction("nhiều", "x")


def test_a_test_is_read_from_its_words() -> None:
    read: Callable[[dict[str, Any]], Any] = lambda one: nodes.read_test(one, "x")  # noqa: E731
    assert read({"share": {"of": "advanced", "above": "50%"}}).above is True
    assert read({"share": {"of": "advanced", "at_least": "50%"}}).above is False
    most, least = (
        read({"number": {"of": "warned", "most": 0}}),
        read({"number": {"of": "fighters", "least": 1}}),
    )
    assert (most.most, most.bound, least.most, least.bound) == (True, 0, False, 1)
    assert read({"age": 10, "fails": "excluded"}).fails == EXCLUDED
    assert read({"age": 10}).fails == NOT_YET
    assert read({"any": [{"age": 10}]}).one is True
    assert read({"all": [{"age": 10}]}).one is False
    assert read({"posts": {"rows": {"vu_truong": 6}}}).women == (1, 1)
    assert read({"posts": {"rows": {"vu_truong": {"from": 6, "below": 10}}, "women": "2/3"}}).women == (2, 3)
    bad: list[tuple[dict[str, Any], str]] = [
        ({}, "cần đúng một phép thử"),
        ({"age": 1, "anniversary": True}, "cần đúng một phép thử"),
        ({"tuổi": 1}, "cần đúng một phép thử"),
        ({"any": []}, "nhóm trống"),
        ({"any": ["x"]}, "any 1"),
        ({"any": [{"age": 1}, "x"]}, "any 2"),
        ({"counted_anew": False}, "chỉ ghi true"),
        ({"run": {"years": 1}}, "thiếu giá trị"),
    ]
    for values, words in bad:
        with pytest.raises(BadFile, match=words):
            nodes.read_test(values, "x")
