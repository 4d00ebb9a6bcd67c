"""Excel goes out tidy, and nothing in it runs."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.base.sheets.workbooks import sheet_xml
from thidua.base.sheets import Column, Sheet, write_xlsx, xlsx_response
from thidua.base.sheets.writing import FORMULA_LEADS

TEXT = Column("Nội dung", "text")


def back(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("lead", FORMULA_LEADS, ids=["=", "+", "-", "@", "tab", "cr"])
def test_no_lead_makes_a_live_formula(lead: str) -> None:
    words = f'{lead}HYPERLINK("http://a.example","x")'
    data = write_xlsx([Sheet("A", [TEXT], [{"text": words}, {"text": "http://a.example"}])])
    xml = sheet_xml(data)
    assert "<f>" not in xml
    assert "hyperlink" not in xml.lower()
    assert back(data)[1][0].replace("\n", "\r").strip() == words.strip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_words_come_back_as_words(words: str) -> None:
    data = write_xlsx([Sheet("A", [TEXT], [{"text": words}, {"text": "cuối"}])])
    assert "<f>" not in sheet_xml(data)
    assert [row[0] for row in back(data)][1:] == [words, "cuối"]


def test_values_keep_their_kind() -> None:
    columns = [Column("Số", "n", "number"), Column("Ngày", "d", "date"), Column("Có", "b"), TEXT]
    rows = [
        {"n": Decimal("1234.5"), "d": date(2020, 12, 31), "b": True, "text": "007"},
        {"n": None, "d": datetime(2020, 1, 1, 3, tzinfo=UTC), "b": False, "text": ""},
    ]
    table = back(write_xlsx([Sheet("A", columns, rows, total={"n": 3})]))
    assert table[1] == [1234.5, date(2020, 12, 31), "Có", "007"]
    assert table[2][1] == datetime(2020, 1, 1, 10)  # noqa: DTZ001  Excel knows no zone
    assert table[3][0] == 3


def test_the_header_is_frozen_filtered_and_repeated_on_a4() -> None:
    data = write_xlsx([Sheet("Tên: [dài] quá ba mươi mốt chữ cái đấy nhé", [TEXT], [{"text": "a"}])])
    xml = sheet_xml(data)
    assert 'state="frozen"' in xml
    assert "<autoFilter" in xml
    assert 'paperSize="9"' in xml
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert "Print_Titles" in archive.read("xl/workbook.xml").decode()


def test_number_formats_show_the_decimals_there_are() -> None:
    with zipfile.ZipFile(
        BytesIO(
            write_xlsx(
                [Sheet("A", [Column("n", "n")], [{"n": 5}, {"n": Decimal("0.25")}, {"n": Decimal("7.10")}])]
            )
        )
    ) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert "#,##0.0" in styles
    assert "#,##0.00" in styles or 'numFmtId="4"' in styles


def test_the_download_is_named_in_vietnamese() -> None:
    response = xlsx_response("Danh sách đơn vị", [Sheet("A", [TEXT], [])])
    assert "attachment" in response["Content-Disposition"]
    assert "Danh%20s%C3%A1ch" in response["Content-Disposition"]
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
