"""What changed between two days: each line under its heading, with its article, beside what it replaces."""

from __future__ import annotations

import dataclasses
from datetime import date

from thidua.rulebook.engine import differences as d
from thidua.rulebook.engine.texts import Book, book

EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)


def lines(earlier: date, later: date, kind: str = "", province: str = "") -> list[str]:
    """The lines of the whole book."""
    return d.differences(book(), earlier, later, kind, province)


def under(told: list[str], heading: str) -> list[str]:
    """The lines below one heading."""
    if f"{heading}:" not in told:
        return []
    rest = told[told.index(f"{heading}:") + 1 :]
    return rest[: rest.index("")] if "" in rest else rest


def begun(told: list[str], words: str) -> list[str]:
    """The lines that begin so."""
    return [one for one in told if one.startswith(words)]


def test_what_takes_a_place_stands_below_what_it_replaces() -> None:
    votes = under(lines(EVE, DAY, "CO_CP"), "Tỷ lệ phiếu của Hội đồng")
    assert [one[:9] for one in votes] == ["- trước: ", "+ nay:   "]
    assert votes[0].endswith("(Điều 30 khoản 7 Nghị định 98/2023/NĐ-CP)")
    assert votes[1].endswith("(Điều 33 khoản 5 Nghị định 152/2025/NĐ-CP)")


def test_the_headings_come_in_the_order_of_the_law_and_a_blank_line_between() -> None:
    told = lines(EVE, DAY)
    headings = [one for one in told if one.endswith(":") and not one.startswith((" ", "-", "+"))]
    assert headings[:2] == ["Danh mục:", "Tiêu chuẩn, điều kiện:"]
    assert headings[-1] == "Giữ nguyên, đổi căn cứ:"
    assert told[0] == "Danh mục:"
    assert [told[told.index(one) - 1] for one in headings[1:]] == [""] * (len(headings) - 1)


def test_a_kind_is_told_with_what_is_asked_of_all_and_the_rest_is_counted() -> None:
    told = lines(EVE, DAY, "CO_CP")
    asked = under(told, "Tiêu chuẩn, điều kiện")
    assert begun(asked, "- hết: Cờ Chính phủ: được lấy phiếu tín nhiệm")
    assert begun(asked, "+ Cờ Chính phủ: được so sánh, bình xét, suy tôn")
    assert begun(asked, "+ mọi loại: đơn vị sáp nhập")
    assert "    + không phải đơn vị sáp nhập, chia tách" in asked  # its first part
    assert not begun(asked, "- hết: CSTĐ")
    common = d._common(book(), EVE, DAY, "")
    assert told[-2:] == common
    assert common[1].startswith("Ngoài ra 76 dòng chung")
    assert d._common(book(), DAY, DAY, "") == []
    assert "Ngoài ra" not in lines(EVE, DAY)[-1]


def test_parts_that_differ_are_told_below_and_those_that_stay_are_not() -> None:
    asked = under(lines(EVE, DAY, "BK_TTG"), "Tiêu chuẩn, điều kiện")
    gone = [one.strip() for one in asked if one.startswith("    - ")]
    come = [one.strip() for one in asked if one.startswith("    + ")]
    assert "- từ năm năm liên tục hoàn thành tốt nhiệm vụ trở lên đến thời điểm đề nghị" in gone
    assert "+ từ lần khen trước đến khi đề nghị năm năm trở lên không năm nào dưới hoàn thành tốt" in come
    assert not [one for one in gone + come if "phong trào thi đua từ ba năm" in one]  # the same on both days
    assert not [one for one in gone + come if one.endswith("tiêu chuẩn Bằng khen của Thủ tướng Chính phủ")]


def test_the_same_words_in_another_text_are_not_a_change() -> None:
    same = under(lines(EVE, DAY, "CO_CP"), "Giữ nguyên, đổi căn cứ")
    assert begun(same, "= Cờ Chính phủ: không quá 20% số tập thể dẫn đầu cụm, khối")
    assert all("; trước: " in one for one in same)
    assert not begun(under(lines(EVE, DAY, "CO_CP"), "Chỉ tiêu, tỷ lệ"), "+")


def test_what_becomes_doubtful_is_told_once_and_why() -> None:
    told = lines(date(2026, 9, 30), date(2026, 10, 1), "CSTD_CS")
    doubts = under(told, "Từ nay phải kiểm tra")
    assert begun(doubts, "? mọi loại: thành tích này chưa được khen")
    assert begun(
        doubts, "? CSTĐCS: đạt tiêu chuẩn Lao động tiên tiến"
    )  # the same words in a text nobody read
    assert all(" – " in one for one in doubts)
    assert under(lines(date(2026, 10, 1), date(2026, 10, 2), "CSTD_CS"), "Từ nay phải kiểm tra") == []
    back = under(lines(date(2026, 10, 1), date(2026, 9, 30), "CSTD_CS"), "Từ nay phải kiểm tra")
    assert back == []
    still = lines(date(2025, 9, 1), date(2026, 10, 1), "LDTT")
    assert not [one for one in still if "tuyển dụng" in one]  # unread on both days: nothing changed


def test_a_province_adds_its_own_lines() -> None:
    eve, day = date(2025, 12, 14), date(2025, 12, 15)
    assert begun(under(lines(eve, day, "GK", "bac-ninh"), "Tiêu chuẩn, điều kiện"), "+ GK: ")
    assert lines(eve, day, "GK") == []
    assert lines(eve, day, "GK", "ha-noi") == []


def test_the_catalogue_tells_what_came_went_and_is_named_or_decided_otherwise() -> None:
    told = under(lines(EVE, DAY), "Danh mục")
    assert begun(told, "± tên: Xã, phường, thị trấn tiêu biểu → Xã, phường, đặc khu tiêu biểu")
    assert begun(told, "± thẩm quyền Lao động tiên tiến: ")
    assert not begun(told, "± tên: Lao động tiên tiến")
    new = under(lines(date(2023, 12, 31), date(2024, 1, 1)), "Danh mục")
    assert begun(new, "+ thêm: Xã, phường, thị trấn tiêu biểu (")
    assert begun(new, "- không còn: Huy hiệu của tỉnh")
    one = under(lines(EVE, DAY, "LDTT"), "Danh mục")
    assert len(one) == 1


def test_amounts_are_told_in_words() -> None:
    money = lines(date(2026, 6, 30), date(2026, 7, 1))
    assert any("2.530.000 đồng" in one for one in money)
    assert d._value("ca_nhan", "4.5") == "cá nhân 4,5 lần mức lương cơ sở"
    assert d._value("amount", 1_800_000) == "1.800.000 đồng"
    assert d._value("share", "80%") == "80%"
    assert d.sentence("mức tiền thưởng") == "Mức tiền thưởng"


def test_nothing_changed_is_nothing_told() -> None:
    assert lines(date(2025, 9, 1), date(2025, 9, 2)) == []
    assert lines(date(2025, 9, 1), date(2025, 9, 2), "LDTT") == []


def test_a_row_without_words_is_told_by_its_values() -> None:
    texts = book()
    row = next(one for one in texts.rows if one.topic == "bonuses" and "CSTD_TINH" in one.kinds)
    assert row.says == ""
    assert d._words(row).startswith("CSTĐ tỉnh: cá nhân 3,0 lần mức lương cơ sở (")
    assert d._words(dataclasses.replace(row, kinds=("*",))).startswith("mọi loại: ")
    assert isinstance(texts, Book)
