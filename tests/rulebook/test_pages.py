"""The law as pages: what is in force on a day, how it changed, what ends soon, what a reason means."""

from __future__ import annotations

from datetime import date

from tests.story import Story
from thidua.rulebook.pages import ending_soon, explanation, history_of_standards, law_of_day, speaks


def test_the_law_of_a_day(year: Story, as_user) -> None:
    an = as_user("an")
    page = an.get("/quy-dinh/", {"ngay": "01/12/2025"}).text
    assert "Chiến sĩ thi đua cơ sở" in page
    assert "Nghị định 152/2025/NĐ-CP" in page
    assert "Nghị định 91/2017/NĐ-CP" in an.get("/quy-dinh/", {"ngay": "01/12/2019"}).text
    assert "chưa có văn bản" in an.get("/quy-dinh/", {"ngay": "01/01/2090"}).text
    for odd in ("", "99/99/9999", "x" * 300):
        assert an.get("/quy-dinh/", {"ngay": odd}).status_code == 200


def test_a_banner_tells_what_ends_within_four_months(year: Story, as_user) -> None:
    assert [one.code for one in ending_soon(date(2026, 12, 1)) if one.code == "ND152"] == ["ND152"]
    assert [one.code for one in ending_soon(date(2026, 10, 30)) if one.code == "ND152"] == []
    assert [one.code for one in ending_soon(date(2027, 3, 1)) if one.code == "ND152"] == []
    page = as_user("an").get("/quy-dinh/", {"ngay": "01/12/2026"}).text
    assert "hết hiệu lực từ ngày 01/03/2027" in page


def test_a_kind_shows_its_standards_and_their_history(year: Story, as_user) -> None:
    an = as_user("an")
    page = an.get("/quy-dinh/CSTD_TINH/", {"ngay": "01/12/2025"}).text
    assert "Điều 22" in page
    assert "/quy-dinh/ma/" in page
    starts = {one.starts.year for one in history_of_standards("CSTD_TINH")}
    assert {2017, 2024} <= starts
    assert an.get("/quy-dinh/HUY_CHUONG_LA/").status_code == 404


def test_a_reason_leads_to_its_page(year: Story, as_user) -> None:
    an = as_user("an")
    assert speaks("CSTDCS_SANG_KIEN")
    assert "Điều 23" in an.get("/quy-dinh/ma/CSTDCS_SANG_KIEN/").text
    assert an.get("/quy-dinh/ma/KHONG_CO/").status_code == 404
    assert explanation("KHONG_CO") == ("", [])
    title, blocks = explanation("BA_CSTDCS")
    assert title == "Ba lần liên tục được tặng Chiến sĩ thi đua cơ sở"
    assert any(block.is_list for block in blocks)
    assert any(block.lead for block in blocks)
    assert "**" not in an.get("/quy-dinh/ma/BA_CSTDCS/").text


def test_every_kind_of_the_day_has_its_page(year: Story, as_user) -> None:
    an = as_user("an")
    for _, kinds in law_of_day(date(2025, 12, 1)).groups:
        for kind, _count in kinds:
            assert an.get(f"/quy-dinh/{kind.code}/", {"ngay": "01/12/2025"}).status_code == 200
