"""Excel comes in as officers write it, with faults named by row and column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tests.base.files import samples
from tests.base.sheets.workbooks import upload, workbook
from thidua.base.audit.refusals import Refused
from thidua.base.sheets import Column
from thidua.base.sheets.cells import read_cell
from thidua.base.sheets.reading import from_json, read_checked, read_rows, to_json
from thidua.base.sheets.scanning import column_letters, column_number

COLUMNS = (
    Column("Tên đơn vị", "name", required=True, also=("Đơn vị",)),
    Column("Điểm", "points", "number"),
    Column("Từ ngày", "starts", "date"),
    Column("Lãnh đạo", "leads", choices={"Có": True, "Không": False}),
)
HEADER = ["Tên đơn vị", "Điểm", "Từ ngày", "Lãnh đạo"]


def test_a_table_under_a_heading_with_another_spelling_of_its_header() -> None:
    read = read_rows(
        upload(
            [
                ["DANH SÁCH ĐƠN VỊ"],
                [],
                ["TU NGAY", "  đơn vị (*) ", "diem", "Ghi chú", "lãnh đạo"],
                [date(2020, 1, 5), "Sở Y tế", 97.5, "bỏ qua", "có"],
                [],
                ["05-01-2020", "Sở Nội vụ", "1.234,5", None, "KHONG"],
                [43835, 12, 3, None, None],
            ]
        ),
        COLUMNS,
    )
    assert read.errors == []
    assert [row.number for row in read.rows] == [4, 6, 7]
    assert [row["name"] for row in read.rows] == ["Sở Y tế", "Sở Nội vụ", "12"]
    assert [row["points"] for row in read.rows] == [Decimal("97.5"), Decimal("1234.5"), Decimal(3)]
    assert {row["starts"] for row in read.rows} == {date(2020, 1, 5)}
    assert [row["leads"] for row in read.rows] == [True, False, None]


def test_faults_are_told_by_row_and_column_and_the_rest_is_kept() -> None:
    read = read_rows(
        upload(
            [
                HEADER,
                ["Sở Y tế", "nhiều", "12/31/2020", "chắc có"],
                [None, 5, "31/12/2020", "Có"],
                ["Së Néi vô B¾c K¹n", 1, 99999999, "Có"],
            ]
        ),
        COLUMNS,
    )
    told = [str(error) for error in read.errors]
    assert [(error.row, error.column) for error in read.errors] == [
        (2, "Điểm"),
        (2, "Từ ngày"),
        (2, "Lãnh đạo"),
        (3, "Tên đơn vị"),
        (4, "Tên đơn vị"),
        (4, "Từ ngày"),
    ]
    assert told[0] == "Dòng 2, cột “Điểm”: “nhiều” không phải là số. Anh/chị viết như 1.234,5."
    assert "phông chữ cũ" in told[4]
    assert read.rows[1]["points"] == 5


@pytest.mark.parametrize(
    ("file", "word"),
    [
        (upload([HEADER, ["Sở Y tế", 1]], formula=(1, 1)), "Ô B2 có công thức"),
        (upload([HEADER]), "không có dòng dữ liệu"),
        (upload([["Cột lạ"], ["x"]]), "thiếu cột “Tên đơn vị”"),
        (upload([["Tên đơn vị", "Đơn vị"], ["a", "b"]]), "có hai lần"),
        (upload([HEADER, ["Sở Y tế"] + [None] * 220 + ["xa"]]), "200 cột"),
        (SimpleUploadedFile("a.xlsx", b"x" * (6 * 1024 * 1024)), "5 MB"),
        (SimpleUploadedFile("a.xlsx", samples.docx()), "Word"),
        (SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0"), ".xlsx"),
        (SimpleUploadedFile("a.xlsx", workbook([HEADER])[:-40]), "hỏng"),
        (SimpleUploadedFile("a.xlsx", b""), "rỗng"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(file: SimpleUploadedFile, word: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_rows(file, COLUMNS)
    assert word in refusal.value.reasons[0]
    assert refusal.value.field == "file"


def test_too_many_rows() -> None:
    with pytest.raises(Refused, match=r"20\.000"):
        read_checked(workbook([HEADER] + [["x"]] * 20_030), COLUMNS)


def test_a_cell_at_the_end_of_the_world_needs_no_memory() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    data = samples.repacked(samples.xlsx(), {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(Refused, match=r"20\.000"):
        read_rows(SimpleUploadedFile("a.xlsx", data), COLUMNS)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"]
)
def test_odd_insides_are_refused_never_a_fault(part: str) -> None:
    for content in (b"<a/>", b'<row r="x"><c r="??"/></row>'):
        data = samples.repacked(samples.xlsx(), {part: content})
        with pytest.raises(Refused):
            read_rows(SimpleUploadedFile("a.xlsx", data), COLUMNS)


def test_rows_survive_being_kept() -> None:
    rows = read_checked(workbook([HEADER, ["Sở Y tế", 0.1, date(2020, 1, 5), "Có"]]), COLUMNS).rows
    assert from_json(to_json(rows), COLUMNS) == rows


@given(st.integers(1, 16_384))
def test_columns_are_lettered_as_excel_does(number: int) -> None:
    assert column_number(column_letters(number)) == number


@given(
    st.one_of(
        st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.dates()
    )
)
def test_any_cell_is_read_or_told_wrong(value: object) -> None:
    for column in COLUMNS:
        try:
            read_cell(column, value)
        except ValueError as fault:
            assert str(fault).endswith("."), "a sentence"  # noqa: PT017  each of many values may raise
