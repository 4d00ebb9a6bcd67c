"""The ledger: only what a decision gave, never changed, searched without marks."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.base.sheets.workbooks import sheet_xml
from tests.story import Story, moment
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.periods import Term
from thidua.base.sheets.actions import confirm_import, preview_import
from thidua.honours.actions import record_honour, revoke_honour, strike_honours
from thidua.honours.models import Honour
from thidua.honours.queries import find_honours, held_honours, honours_of_unit
from thidua.organisations.actions import rename_unit

DECISION = {
    "decision_symbol": "215/QĐ-UBND",
    "decision_date": date(2019, 2, 20),
    "issuer": "Chủ tịch UBND tỉnh Mẫu",
}


def give(story: Story, /, unit: str | None = "y_te", **more) -> Honour:
    told = {
        "unit": story.units.get(unit or ""),
        "kind": "CO_TINH",
        "year": 2018,
        "by": story.actor("dung"),
        **DECISION,
    }
    return record_honour(**{**told, **more})


def take_back(year: Story, honour: Honour, **more) -> Honour:
    told = {
        "reason": "Khai sai thành tích",
        "decision_symbol": "9/QĐ-UBND",
        "decision_date": date(2019, 6, 1),
        "issuer": "Chủ tịch UBND tỉnh Mẫu",
        "by": year.actor("dung"),
    }
    return revoke_honour(honour=honour, **{**told, **more})


def test_the_name_of_the_decision_stays_when_the_unit_is_renamed(year: Story) -> None:
    honour = give(year)
    rename_unit(
        unit=year.units["y_te"],
        name="Sở Sức khỏe",
        short_name="",
        from_day=date(2019, 6, 1),
        by=year.actor("dung"),
    )
    honour.refresh_from_db()
    assert honour.recipient_name == "Sở Y tế"
    assert list(find_honours(words="suc khoe")) == [honour], "found by the new name too"
    assert list(find_honours(words="SO Y TE")) == [honour]


def test_without_a_decision_nothing_is_recorded(year: Story) -> None:
    for change, word in [
        ({"decision_symbol": " "}, "Chưa có quyết định"),
        ({"issuer": ""}, "Chưa có quyết định"),
        ({"decision_date": date(2020, 1, 1)}, "sau hôm nay"),
        ({"kind": "HUY_CHUONG_LA"}, "không có trong danh mục"),
        ({"unit": None}, "ghi tên"),
        ({"person": year.people["an"]}, "một đơn vị hoặc một cá nhân"),
    ]:
        with pytest.raises(Refused, match=word):
            give(year, **change)
    row = {
        "recipient_name": "A",
        "kind": "GK",
        "year": 2018,
        "ground": "merit",
        "recorded_at": moment(date(2019, 1, 1)),
    }
    for missing in ("decision_symbol", "issuer"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Honour.objects.create(**row, **{**DECISION, missing: ""})


def test_the_same_line_is_recorded_once(year: Story) -> None:
    give(year)
    with pytest.raises(Refused, match="đã có trong sổ"):
        give(year)
    give(year, unit="van_hoa")
    assert Honour.objects.count() == 2


def test_entries_are_never_changed_or_removed(year: Story) -> None:
    give(year)
    for change in (lambda: Honour.objects.update(year=2017), lambda: Honour.objects.all().delete()):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()


def test_what_is_taken_back_stays_on_record_but_is_held_no_longer(year: Story) -> None:
    honour = give(year)
    assert list(held_honours()) == [honour]
    with pytest.raises(Refused, match="trước quyết định khen"):
        take_back(year, honour, decision_date=date(2019, 1, 1))
    revocation = take_back(year, honour)
    assert not held_honours().exists()
    assert [row.is_revoked for row in honours_of_unit(year.units["y_te"])] == [True]
    with pytest.raises(Refused, match="đã bị thu hồi"):
        take_back(year, honour, decision_symbol="10/QĐ-UBND")
    with pytest.raises(Refused, match="không thu hồi được"):
        take_back(year, revocation)


def test_only_the_standing_body_in_charge_keeps_the_ledger(year: Story) -> None:
    for name in ("an", "lan", "binh", "chi", "phuc", "quan", "son", "tam"):
        with pytest.raises(NotAllowed):
            give(year, by=year.actor(name))
    honour = give(year)
    with pytest.raises(NotAllowed):
        take_back(year, honour, by=year.actor("lan"))


def test_everyone_signed_in_searches_and_the_public_does_not(year: Story, as_user, client) -> None:
    give(year)
    give(year, unit=None, recipient_name="Hộ ông Triệu Văn Tá", kind="BK_TINH", year=2017)
    an = as_user("an")
    page = an.get("/tra-cuu/").text
    assert "Cờ thi đua của Ủy ban nhân dân tỉnh" in page
    assert "Thu hồi" not in page
    assert "Hộ ông Triệu Văn Tá" in an.get("/tra-cuu/", {"q": "trieu van ta"}).text
    assert "Triệu" not in an.get("/tra-cuu/", {"year": "2018"}).text
    assert "Triệu" not in an.get("/tra-cuu/", {"kind": "CO_TINH"}).text
    assert "Đơn vị khớp" in an.get("/tra-cuu/", {"q": "van hoa"}).text
    assert "215/QĐ-UBND" in an.get("/tra-cuu/", {"decision": "215/qđ"}).text
    assert "Không tìm thấy" in an.get("/tra-cuu/", {"q": "zzz"}).text
    for odd in ({"year": "abc"}, {"kind": "X"}, {"trang": "-1"}, {"year": "9" * 30}):
        assert an.get("/tra-cuu/", odd).status_code == 200
    assert an.get("/tra-cuu/ghi-so/").status_code == 403
    assert client.get("/tra-cuu/").status_code == 302


def test_dung_records_and_revokes_on_the_pages(year: Story, as_user) -> None:
    dung = as_user("dung")
    told = {
        "unit": year.units["y_te"].pk,
        "person": "",
        "recipient_name": "",
        "kind": "BK_TINH",
        "year": "2018",
        "ground": "merit",
        "decision_symbol": "215/QĐ-UBND",
        "decision_date": "20/02/2019",
        "issuer": "Chủ tịch UBND tỉnh Mẫu",
    }
    assert dung.get("/tra-cuu/ghi-so/").status_code == 200
    dung.post("/tra-cuu/ghi-so/", told)
    honour = Honour.objects.get()
    twice = dung.post("/tra-cuu/ghi-so/", told)
    assert "đã có trong sổ" in twice.text
    assert dung.get(f"/tra-cuu/{honour.pk}/thu-hoi/").status_code == 200
    back = {
        "reason": "Khai sai",
        "decision_symbol": "9/QĐ",
        "decision_date": "1/6/2019",
        "issuer": "Chủ tịch",
    }
    assert "Đã ghi việc thu hồi" in dung.post(f"/tra-cuu/{honour.pk}/thu-hoi/", back, follow=True).text
    assert "Đã thu hồi theo 9/QĐ" in as_user("an").get("/tra-cuu/").text


def test_the_ledger_as_excel_runs_nothing(year: Story, as_user) -> None:
    give(year, unit=None, recipient_name="=HYPERLINK(1)", issuer="@SUM(1)")
    data = as_user("an").get("/tra-cuu/", {"dang": "excel"}).content
    assert "<f>" not in sheet_xml(data)
    table = CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert table[1][0] == "=HYPERLINK(1)"
    assert table[1][9] == date(2019, 2, 20)


def test_the_search_asks_the_same_questions_of_one_and_of_many(year: Story, as_user) -> None:
    an = as_user("an")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert an.get("/tra-cuu/").status_code == 200
        return len(asked)

    take_back(year, give(year))
    count()  # the frame around every page learns what it remembers
    few = count()
    take_back(year, give(year, unit="van_hoa"))
    give(year, unit="giao_duc")
    assert count() == few


def test_each_entry_knows_its_era_and_achievement(year: Story, as_user) -> None:
    assert give(year).era == "L2003_ND91"
    late = year.actor("dung", moment(date(2025, 12, 20)))
    told = {"year": 2025, "decision_date": date(2025, 7, 2), "by": late}
    assert give(year, decision_symbol="1/QĐ", **told).era == "L2022_ND152_A"
    early = give(year, decision_symbol="2/QĐ", received=date(2025, 6, 15), **told)
    assert early.era == "L2022_ND98_TT01", "the dossier came under the old decree"
    assert give(year, decision_symbol="3/QĐ", decision_date=date(2016, 5, 1), year=2015).era == ""
    long = Term(date(2021, 1, 1), date(2025, 1, 1))
    with pytest.raises(Refused, match="kết thúc trong năm 2025"):
        give(year, decision_symbol="4/QĐ", achievement=long, **told)
    give(year, decision_symbol="5/QĐ", achievement=Term(date(2021, 1, 1), date(2026, 1, 1)), **told)
    an = as_user("an")
    page = an.get("/tra-cuu/", {"era": "L2022_ND152_A"}).text
    assert "1/QĐ" in page
    assert "2/QĐ" not in page
    assert "01/01/2021 đến 31/12/2025" in page
    assert "3/QĐ" in an.get("/tra-cuu/", {"era": "chua-co"}).text
    assert "5/QĐ" in an.get("/tra-cuu/", {"year": "2023"}).text, "given for a longer time"
    assert an.get("/tra-cuu/", {"era": "thoi-la"}).status_code == 200


def test_the_ledger_goes_out_and_comes_in_again(year: Story, as_user) -> None:
    give(year)
    give(year, unit=None, person=year.people["an"], kind="CSTD_CS", decision_symbol="9/QĐ")
    data = as_user("dung").get("/tra-cuu/", {"dang": "excel"}).content
    table = CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert table[1][-2] == "Luật 15/2003/QH11 (sửa đổi 2005, 2009, 2013) và Nghị định 91/2017/NĐ-CP"
    dung = year.actor("dung")
    strike_honours(rows=list(Honour.objects.all()), reason="thử", by=dung)
    batch = preview_import(kind="honours", upload=SimpleUploadedFile("so.xlsx", data), by=dung)
    assert batch.errors == []
    confirm_import(batch=batch, by=dung)
    assert {(one.recipient_name, one.era) for one in held_honours()} == {
        ("Sở Y tế", "L2003_ND91"),
        ("Nguyễn Văn An", "L2003_ND91"),
    }
