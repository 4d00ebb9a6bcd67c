"""The law as pages: what is in force on a day, how it changed, what ends soon, what a reason means."""

from __future__ import annotations

from datetime import date

from tests.story import Story
from thidua.rulebook.pages import changes, ending_soon, explanation, history_of_standards, law_of_day, speaks


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
    assert "Hết hiệu lực từ ngày 01/03/2027" in page


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


def test_two_days_of_the_law_stand_side_by_side(year: Story, as_user) -> None:
    an = as_user("an")
    told, moved = changes(date(2024, 1, 1), date(2023, 12, 31), "CSTD_CS")
    assert any(one.sign == "hết" and "15%" in one.says for one in told), "whichever day is named first"
    assert {one.sign for one in moved} == {"căn cứ mới"}
    assert not [one for one in told if one.says.startswith(("hết", "mới", "giữ nguyên"))]
    page = an.get("/quy-dinh/CSTD_CS/", {"ngay": "01/01/2024", "so": "31/12/2023"}).text
    assert "<h2>Ngày 31/12/2023</h2>" in page
    assert "có đăng ký tham gia thi đua" in page
    law = an.get("/quy-dinh/", {"ngay": "01/01/2024", "so": "31/12/2023"}).text
    assert "Thay đổi giữa hai ngày" in law
    same = an.get("/quy-dinh/", {"ngay": "02/02/2024", "so": "03/02/2024"}).text
    assert "Không có gì thay đổi" in same
    for odd in ("99/99/9999", "01/01/1900", "01/01/2090", "x"):
        assert an.get("/quy-dinh/", {"so": odd}).status_code == 200
        assert an.get("/quy-dinh/CSTD_CS/", {"so": odd, "ngay": odd}).status_code == 200


def test_parts_that_end_soon_and_the_era_to_come_are_told(year: Story, as_user) -> None:
    day = date(2025, 12, 1)
    found = law_of_day(day)
    assert {one.ends for one, _ in found.expiring} == {date(2026, 1, 1)}, "the fallback of the old decree"
    assert found.coming is not None
    assert found.coming.starts == date(2026, 1, 1)
    page = as_user("an").get("/quy-dinh/", {"ngay": "01/12/2025"}).text
    assert "Sắp hết hiệu lực" in page
    assert "Từ ngày 01/01/2026 theo:" in page
    assert "Sắp hết hiệu lực" not in as_user("an").get("/quy-dinh/", {"ngay": "01/03/2026"}).text
    assert "Hết hiệu lực từ ngày" in as_user("an", on=date(2026, 12, 1)).get(_own(year)).text


def _own(year: Story) -> str:
    return f"/xet-khen/ca-nhan/{year.people['an'].pk}/"
