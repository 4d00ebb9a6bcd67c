"""An import is looked at first, its wrong rows come back in one's own file, and one click undoes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from tests.emulation.results.catalogue import LINES, define, put, the_year
from tests.emulation.results.test_values import _covenant
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.sheets import write_xlsx
from thidua.base.sheets.actions import confirm_import, preview_import, undo_import
from thidua.base.sheets.models import ImportBatch
from thidua.emulation.clusters.actions import TargetText
from thidua.emulation.results.actions import Kind
from thidua.emulation.results.models import Period, Result, Target
from thidua.emulation.results.queries import table_of
from thidua.emulation.results.sheets import values_sheet
from thidua.emulation.results.sheets.values import COLUMNS

BLOC = "Khối thi đua Văn hóa – Xã hội tỉnh Mẫu"
HEADER = "\t".join(column.title for column in COLUMNS)


def _line(
    unit="Sở Y tế", indicator="cooperatives", result="26", *, target="", measure="", period="6 tháng đầu năm"
):
    name = LINES[indicator]["name"]
    return "\t".join([BLOC, "2019", period, unit, name, measure, target, result, "Cục Thống kê", "Số ước"])


def _paste(year, who, *lines):
    return preview_import(kind="values", pasted="\r\n".join([HEADER, *lines]), by=year.actor(who))


def test_nothing_is_kept_until_it_is_confirmed_and_one_click_undoes_it(year, as_user):
    made = define(year)
    put(year, "an", "y_te", made["cooperatives"], "20")
    an = as_user("an")
    pasted = "\n".join([HEADER, _line(), _line(indicator="budget", result="trên 50", target="95")])
    page = an.post("/nhap-excel/so-lieu/", {"pasted": pasted}).url
    assert "Không thấy lỗi" in an.get(page).content.decode()
    assert Result.objects.get().value == 20
    an.post(page, {"confirm": ""})
    kept = {result.indicator_id: result for result in Result.objects.all()}
    assert kept[made["cooperatives"].pk].value == 26
    assert kept[made["budget"].pk].told == "trên 50%"
    assert kept[made["budget"].pk].source == "Cục Thống kê"
    assert Target.objects.get().value == 95
    an.post(page, {"undo": ""})
    kept = {result.indicator_id: result for result in Result.objects.all()}
    assert kept[made["cooperatives"].pk].value == 20
    assert kept[made["budget"].pk].said.is_empty
    assert Target.objects.get().said.is_empty


def test_wrong_rows_come_back_in_one_s_own_file(year, as_user):
    define(year)
    lines = [
        _line(),
        _line(indicator="budget", result="9/10"),
        _line(unit="Sở Công Thương"),
        _line(indicator="revenue", result="1.500", measure="triệu đồng"),
        _line(),
    ]
    batch = _paste(year, "an", *lines)
    assert [(e["row"], e["column"]) for e in batch.errors] == [
        (3, "Kết quả"),
        (4, "Đơn vị"),
        (5, "Đơn vị tính"),
        (6, "Chỉ tiêu"),
    ]
    assert "Trùng với dòng 2" in batch.errors[3]["message"]
    an = as_user("an")
    text = an.get(f"/nhap-excel/luot/{batch.pk}/").content.decode()
    assert "4 dòng có lỗi" in text
    back = an.get(f"/nhap-excel/luot/{batch.pk}/tep-bao-loi/").content
    rows = CalamineWorkbook.from_object(BytesIO(back)).get_sheet_by_index(0).to_python()
    assert rows[0] == [*(column.title for column in COLUMNS), "Lỗi"]
    assert rows[1][-1] == ""
    assert "Anh/chị ghi 90 %" in rows[2][-1]
    assert rows[2][7] == "9/10", "one's own words stand as they were"
    with pytest.raises(Refused):
        confirm_import(batch=batch, by=year.actor("an"))
    assert not Result.objects.exists()


def test_what_is_exported_can_be_imported_again(year):
    made = define(year)
    put(year, "an", "y_te", made["cooperatives"], "26")
    put(year, "an", "y_te", made["budget"], "72.25")
    table = table_of(the_year(year), Period.MID_YEAR, [year.units["y_te"]])
    book = SimpleUploadedFile("so-lieu.xlsx", write_xlsx([values_sheet([table])]))
    batch = preview_import(kind="values", upload=book, by=year.actor("an"))
    assert batch.errors == []
    confirm_import(batch=batch, by=year.actor("an"))
    assert set(Result.objects.values_list("value", "version")) == {(26, 1), (Decimal("72.25"), 1)}


def test_what_the_covenant_says_comes_back_from_excel_without_a_word(year):
    made = define(year)
    _covenant(year, TargetText(indicator=made["budget"].name, value=Decimal(95), measure="%"))
    table = table_of(the_year(year), Period.YEAR_END, [year.units["y_te"]])
    book = SimpleUploadedFile("so-lieu.xlsx", write_xlsx([values_sheet([table])]))
    batch = preview_import(kind="values", upload=book, by=year.actor("an"))
    confirm_import(batch=batch, by=year.actor("an"))
    assert not Target.objects.exists()
    other = _line(indicator="budget", result="", target="90", period="Cả năm")
    [error] = _paste(year, "an", other).errors
    assert error["column"] == "Chỉ tiêu giao"
    assert "Giao ước đã ghi 95" in error["message"] or "Giao ước đã ghi từ 95" in error["message"]


def test_what_the_head_gave_by_an_import_is_taken_back_over_the_covenant(year):
    made = define(year)
    _covenant(year, TargetText(indicator=made["budget"].name, value=Decimal(95), measure="%"))
    put(year, "an", "y_te", made["cooperatives"], "9", kind=Kind.TARGET, period=Period.YEAR_END)
    lines = [
        _line(indicator="budget", result="", target="99", period="Cả năm"),
        _line(result="", target="12", period="Cả năm"),
    ]
    bare = ["\t".join([*line.split("\t")[:-2], "", ""]) for line in lines]  # a head has no results to explain
    batch = confirm_import(batch=_paste(year, "binh", *bare), by=year.actor("binh"))
    assert set(Target.objects.values_list("value", "origin")) == {(99, "plan"), (12, "plan")}
    undo_import(batch=batch, by=year.actor("binh"))
    told = {target.indicator_id: (target.said.text, target.origin) for target in Target.objects.all()}
    assert told[made["cooperatives"].pk] == ("9", "own")
    assert told[made["budget"].pk][0] == ""


def test_a_number_of_excel_keeps_its_decimals(year):
    define(year, "revenue")
    cells = dict(zip((c.key for c in COLUMNS), _line(indicator="revenue").split("\t"), strict=True))
    from thidua.base.sheets import Sheet

    book = write_xlsx([Sheet("Số liệu", COLUMNS, [cells | {"result": Decimal("234.567")}])])
    batch = preview_import(kind="values", upload=SimpleUploadedFile("a.xlsx", book), by=year.actor("an"))
    confirm_import(batch=batch, by=year.actor("an"))
    assert Result.objects.get().value == Decimal("234.567")


def test_nobody_imports_for_another_unit_or_another_cluster(year):
    define(year)
    [error] = _paste(year, "an", _line(unit="Sở Giáo dục và Đào tạo")).errors
    assert "không ghi số liệu thay" in error["message"]
    [error] = _paste(year, "chi", _line()).errors
    assert "mà anh/chị được xem" in error["message"]
    with pytest.raises(NotAllowed):
        _paste(year, "phuc", _line())
    batch = _paste(year, "dung", _line(), _line(unit="Sở GD và ĐT"))
    assert batch.errors == []


def test_a_batch_is_its_maker_s_alone(year, as_user):
    define(year)
    batch = _paste(year, "an", _line())
    for who in ("lan", "binh", "giang", "dung", "chi"):
        assert as_user(who).get(f"/nhap-excel/luot/{batch.pk}/").status_code == 404, who
        with pytest.raises(NotAllowed):
            confirm_import(batch=batch, by=year.actor(who))


def test_an_import_written_over_since_is_not_undone(year):
    made = define(year)
    batch = confirm_import(batch=_paste(year, "an", _line()), by=year.actor("an"))
    put(year, "lan", "y_te", made["cooperatives"], "30", seen=1, day=date(2019, 7, 9))
    with pytest.raises(Refused, match="đã được sửa sau khi nhập"):
        undo_import(batch=batch, by=year.actor("an"))
    assert Result.objects.get().value == 30


@pytest.mark.parametrize("told", [{}, {"pasted": " \n "}, {"pasted": "a\tb"}, {"pasted": '"\t\x00\n'}])
def test_nothing_to_import_is_told(year, as_user, told):
    define(year)
    answer = as_user("an").post("/nhap-excel/so-lieu/", told)
    assert answer.status_code in {200, 302}
    assert not ImportBatch.objects.filter(errors=[]).exists()


def test_a_block_without_its_header_is_read_in_the_order_of_the_columns(year):
    define(year)
    batch = preview_import(kind="values", pasted=_line(), by=year.actor("an"))
    assert batch.errors == []


def test_an_import_asks_as_much_for_one_row_as_for_six(
    year, django_assert_num_queries, django_assert_max_num_queries
):
    define(year)
    with django_assert_max_num_queries(50) as asked:
        confirm_import(batch=_paste(year, "an", _line()), by=year.actor("an"))
    lines = [
        _line(indicator=key, result="96", period="Quý I")
        for key in ("cooperatives", "budget", "revenue", "debt", "disbursed")
    ]
    with django_assert_num_queries(len(asked.captured_queries)):
        confirm_import(batch=_paste(year, "an", *lines), by=year.actor("an"))
