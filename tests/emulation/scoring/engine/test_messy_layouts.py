"""Word and Excel files as they come: cut into pages, in text boxes, on several sheets, in many words."""

from __future__ import annotations

import copy
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.emulation.scoring.engine.layouts import paper
from thidua.emulation.scoring.engine import BadFile, read_table
from thidua.emulation.scoring.engine.intake import Taken, read_layout

HEAD = ["TT", "Nội dung tiêu chí", "Điểm chuẩn"]
FIRST = [["I", "Chuyên môn", "60"], ["1", "Kinh tế", "40"]]
SECOND = [
    ["2", "Xã hội", "20"],
    ["II", "Phong trào", "40"],
    ["1", "Phát động", "15"],
    ["2", "Tổng kết", "25"],
]
WHOLE = [("I", 60), ("I.1", 40), ("I.2", 20), ("II", 40), ("II.1", 15), ("II.2", 25)]


def shape(taken: Taken) -> list[tuple[str, int]]:
    return [(line.code, int(line.most)) for line in read_table(taken.document).lines]


def told(taken: Taken) -> list[str]:
    return [str(one) for one in taken.remarks]


def saved(document: Any) -> bytes:
    found = BytesIO()
    document.save(found)
    return found.getvalue()


def put(place: Any, rows: list[list[str]]) -> Any:
    table = place.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def book(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    found = BytesIO()
    with xlsxwriter.Workbook(found) as workbook:
        for name, rows in sheets:
            page = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return found.getvalue()


@pytest.mark.parametrize("second", [[HEAD, *SECOND], SECOND], ids=["with its heading again", "without"])
def test_a_table_cut_into_pages_is_one(second: list[list[str]]) -> None:
    document = Document()
    for rows in ([HEAD, *FIRST], second):
        put(document, rows)
        document.add_paragraph("")
    taken = read_layout(saved(document), "a.docx")
    assert (shape(taken), told(taken)) == (WHOLE, [])


BOX = """<w:r {w} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent/></wps:txbx></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:textbox><w:txbxContent/></v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""


def test_a_table_in_a_text_box_is_read_once() -> None:
    document = Document()
    table = put(document, [HEAD, *FIRST, *SECOND])._tbl
    table.getparent().remove(table)
    box = parse_xml(BOX.format(w=nsdecls("w")))
    document.add_paragraph("")._p.append(box)
    for place in box.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}txbxContent"):
        place.append(copy.deepcopy(table))
    taken = read_layout(saved(document), "b.docx")
    assert (shape(taken), told(taken)) == (WHOLE, [])


def test_a_table_in_the_cell_of_another_is_found() -> None:
    document = Document()
    put(put(document, [["PHỤ LỤC"]]).cell(0, 0), [HEAD, *FIRST, *SECOND])
    assert shape(read_layout(saved(document), "c.docx")) == WHOLE


def test_sheets_that_go_on_are_one_table_and_sheets_that_begin_again_are_two() -> None:
    parts = book(("Phần I", [["PHẦN I"], HEAD, *FIRST, SECOND[0]]), ("Phần II", [HEAD, *SECOND[1:]]))
    assert shape(read_layout(parts, "e.xlsx")) == WHOLE
    bureaus = [HEAD, ["1", "Kinh tế", 60], ["2", "Phát động", 40]]
    districts = [HEAD, ["1", "Kinh tế", 50], ["2", "Phát động", 30], ["3", "Nông thôn mới", 20]]
    data = book(("Bìa", [["UBND TỈNH"]]), ("Khối sở", bureaus), ("Khối huyện", districts))
    taken = read_layout(data, "d.xlsx")
    assert shape(taken) == [("1", 50), ("2", 30), ("3", 20)]
    assert told(taken) == ["LƯU Ý Khối sở: còn một bảng khác trong tệp, chưa đọc"]
    assert shape(read_layout(data, "d.xlsx", only="Khối sở")) == [("1", 60), ("2", 40)]
    with pytest.raises(BadFile, match="Có: Bìa, Khối sở, Khối huyện"):
        read_layout(data, "d.xlsx", only="Khối xã")


def test_the_code_1_10_that_excel_keeps_as_1_1_is_read_as_it_was_meant() -> None:
    lines = [[1 + at / 10, f"Việc {at}", 1] for at in range(1, 10)]
    taken = read_layout(book(("S", [HEAD, [1, "Một", 10], *lines, [1.1, "Việc 10", 1]])), "f.xlsx")
    assert [code for code, _ in shape(taken)][-2:] == ["1.9", "1.10"]
    assert told(taken) == ["ĐỌC dòng 12, 1.10: mã 1.1 đọc là 1.10"]


def test_parts_by_letters_hold_roman_numbers_and_a_sum_of_a_part_is_not_the_scale() -> None:
    rows = [
        ["Mục", "Tiêu chí", "Điểm tối đa", "Điểm chuẩn"],
        ["A", "NỘI DUNG", "", "60 điểm"],
        ["I", "Kinh tế (40 điểm)", "", ""],
        ["1", "Báo cáo", "tối đa 10", "0,5đ/báo cáo"],
        ["2", "Mô hình", "0 - 30 đ", "01 mô hình được 5đ; tối đa 30đ"],
        ["II", "Xã hội", "20", ""],
        ["", "Cộng", "60", ""],
        ["B", "PHONG TRÀO", "40", ""],
    ]
    taken = read_layout(paper(rows), "mau.docx")
    assert shape(taken) == [("A", 60), ("I", 40), ("1", 10), ("2", 30), ("II", 20), ("B", 40)]
    reports, models = taken.document["criteria"][0]["children"][0]["children"]
    assert reports["rule"] == {"type": "count", "each": "0,5"}
    assert models["rule"] == {"type": "count", "each": "5", "cap": "30"}
    assert (taken.document["total"], taken.errors) == ("100", [])


def test_points_for_each_case_in_the_columns_of_bonus_and_penalty() -> None:
    rows = [
        ["STT", "Nội dung", "Điểm tối đa", "Điểm thưởng", "Điểm trừ"],
        ["1", "Tham mưu", "60", "+0,5đ/văn bản, tối đa 2đ", "-0,5đ/vụ"],
        ["2", "Chuyển đổi số", "40", "≤ 3", "- 1 đ/lần (không quá 3 đ)"],
    ]
    one, other = read_layout(paper(rows), "a.docx").document["criteria"]
    assert one["bonuses"] == [{"code": "1.1", "title": "Mỗi văn bản", "each": "0.5", "cap": "2"}]
    assert one["deductions"] == [{"code": "1.2", "title": "Mỗi vụ", "each": "0.5"}]
    assert other["bonuses"] == [
        {"code": "2.1", "title": "Điểm thưởng", "rule": {"type": "direct"}, "cap": "3"}
    ]
    assert other["deductions"] == [{"code": "2.2", "title": "Mỗi lần", "each": "1", "cap": "3"}]


def how(words: str) -> dict[str, Any]:
    rows = [["TT", "Tiêu chí", "Thang điểm", "Phương pháp chấm"], ["1", "Việc", "10", words]]
    line: dict[str, Any] = read_layout(paper(rows), "a.docx").document["criteria"][0]
    return line


def test_bands_of_cases_and_bands_with_a_dash_are_read() -> None:
    rule = how("Từ 6 sáng kiến trở lên: 10 điểm; từ 3 đến 5 sáng kiến: 7 điểm; không có: 0 điểm")["rule"]
    assert rule == {
        "type": "bands",
        "bands": [{"from": "6", "points": "10"}, {"from": "3", "to": "5", "points": "7"}],
        "otherwise": "0",
        "whole": True,
    }
    rule = how("Từ 95%: 10 điểm\nTừ 90% - dưới 95%: 6 điểm\nDưới 90%: 0 điểm")["rule"]
    assert rule["bands"][1] == {"from": "90", "below": "95", "points": "6"}


def test_a_scale_understood_in_part_is_not_taken_for_another() -> None:
    words = "Vượt từ 5% trở lên: 10 điểm; vượt dưới 5%: 8 điểm; đạt 100%: 5 điểm"
    line = how(words)
    assert "rule" not in line
    assert line["note"] == words


def test_parts_without_a_code_stand_over_the_first_columns() -> None:
    rows = [
        ["S TT", "NỘI DUNG", "Điểm chuẩn", "CĐCS tự chấm"],
        ["Tiêu chuẩn 1: Bảo vệ quyền lợi", "", "35 đ", ""],
        ["Công tác chính sách", "", "17 đ", ""],
        ["1.", "- Thương lượng.\n- Giám sát.", "2 đ\n1 đ", ""],
        ["2.", "Đối thoại", "14 đ", ""],
        ["Công tác tuyên giáo", "", "18 đ", ""],
        ["3.", "Tổng kết phong trào", "18 đ", ""],
        ["Tiêu chuẩn 2: Xây dựng tổ chức", "", "65 đ", ""],
        ["4.", "Kết nạp đoàn viên", "65 đ", ""],
        ["Tổng cộng", "", "100 đ", ""],
    ]
    taken = read_layout(paper(rows, [(at, 0, at, 1) for at in (1, 2, 5, 7, 9)]), "quan.docx")
    assert shape(taken) == [
        *[("TC1", 35), ("TC1.1", 17), ("1", 3), ("2", 14), ("TC1.2", 18), ("3", 18)],
        *[("TC2", 65), ("4", 65)],
    ]
    assert "ĐỌC hàng 4, 1: “2 đ và 1 đ” đọc là 3" in told(taken)
    assert taken.errors == []
    assert taken.document["title"] == "BẢNG ĐIỂM THI ĐUA", "the words above the table"


def test_a_sum_with_the_bonus_points_is_no_scale() -> None:
    rows = [HEAD, ["I", "Chung", "90"], ["1", "Nhiệm vụ", "90"], ["II", "Điểm thưởng", "10"]]
    rows += [["1", "Sáng kiến", "10"], ["", "Tổng cộng (I+II)", "100"]]
    taken = read_layout(paper(rows), "to.docx")
    assert taken.document["total"] == "90"
    assert taken.errors == []


def test_a_heading_said_again_on_the_same_sheet_is_no_row() -> None:
    rows = [HEAD, *FIRST, SECOND[0], HEAD, *SECOND[1:]]
    taken = read_layout(book(("Bảng", rows)), "lap.xlsx")
    assert shape(taken) == WHOLE
    assert taken.remarks == []


def test_a_thousand_with_its_dot_is_a_thousand() -> None:
    rows = [HEAD, ["I", "Kinh tế", "1.000"], ["1", "Thu", "600"], ["2", "Chi", "400"]]
    taken = read_layout(book(("Bảng", rows)), "nghin.xlsx")
    assert (taken.document["total"], taken.errors) == ("1000", [])
    assert told(taken) == ["ĐỌC dòng 2, I: “1.000” đọc là 1000"]


@pytest.mark.parametrize("title", ["Công tác cán bộ", "Công nghệ số", "Tổng kết phong trào", "Cộng tác viên"])
def test_a_part_whose_name_begins_like_a_sum_is_no_sum(title: str) -> None:
    rows = [HEAD, ["", title, "60"], ["", "Khác", "40"], ["", "Tổng", "100"]]
    taken = read_layout(paper(rows), "ten.docx")
    assert [line.title for line in read_table(taken.document).lines] == [title, "Khác"]


@pytest.mark.parametrize("title", ["Cộng mục I", "Cộng:", "TỔNG CỘNG", "Tổng số điểm", "TONG CONG", "Cộng I"])
def test_a_sum_is_no_criterion(title: str) -> None:
    rows = [HEAD, ["1", "Chuyên môn", "100"], ["", title, "100"]]
    assert shape(read_layout(paper(rows), "tong.docx")) == [("1", 100)]


@pytest.mark.parametrize(
    "head", ["Điểm quy định", "Điểm theo quy định", "Điểm tối đa", "Chuẩn", "Thang điểm"]
)
def test_the_column_of_points_is_known_by_its_words(head: str) -> None:
    rows = [["Số TT", "Nội dung thi đua", head, "Điểm tự chấm"], ["1", "Thu quỹ", "15,5", "9"]]
    assert read_layout(paper(rows), "cot.docx").document["total"] == "15.5"
