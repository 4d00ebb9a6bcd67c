"""Files as officers keep them: the layouts of T1, T4 and T6, made as real Word and Excel files."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from docx import Document

from thidua.emulation.scoring.engine import load

TABLES = "demo/data/tables"


def workbook(rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int, str]] = ()) -> bytes:
    """A workbook of one sheet; `merged` are first row, first column, last row, last column, text."""
    found = BytesIO()
    with xlsxwriter.Workbook(found) as book:
        page = book.add_worksheet("Bảng điểm")
        for at, row in enumerate(rows):
            page.write_row(at, 0, [cell if cell is not None else "" for cell in row])
        for top, left, bottom, right, text in merged:
            page.merge_range(top, left, bottom, right, text)
    return found.getvalue()


def paper(rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A Word file with a heading and one table; `merged` cells keep the text of the first."""
    document = Document()
    document.add_paragraph("BẢNG ĐIỂM THI ĐUA")
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        for at, text in enumerate(row):
            cells[at].text = text
    for top, left, bottom, right in merged:
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    found = BytesIO()
    document.save(found)
    return found.getvalue()


def t1_rows() -> list[list[Any]]:
    """T1 with its own row for every bonus and deduction, decimal comma and dot as in the paper."""
    rows: list[list[Any]] = []

    def walk(line: dict[str, Any]) -> None:
        rows.append([line["code"], line["title"], number(line["max"]), "", "", how(line), ""])
        for child in line.get("children", []):
            walk(child)
        for key in ("deductions", "bonuses"):
            for extra in line.get(key, []):
                if "rule" in extra:
                    continue
                cap = f", tối đa {extra['cap']} điểm" if extra.get("cap") else ""
                each = str(extra["each"])
                title = f"{extra['title']} (mỗi trường hợp){cap}"
                cells = (
                    [extra["code"], title, "", each, ""]
                    if key == "bonuses"
                    else [extra["code"], title, "", "", f"-{each}"]
                )
                rows.append([*cells, "", ""])

    for top in load(f"{TABLES}/t1-tien-giang-2022.yaml")["criteria"]:
        walk(top)
    return rows


def number(text: Any) -> Any:
    """Half of an officer's numbers are numbers, half are typed with a comma."""
    return float(text) if "." in str(text) or str(text).isdigit() else text


def how(line: dict[str, Any]) -> str:
    """The words of the paper for what stands in the criterion itself."""
    words = []
    rule = line.get("rule")
    if isinstance(rule, dict) and rule["type"] == "bands":
        words += [band_words(band) for band in rule["bands"]]
    if line.get("deduction_cap"):
        words.append(f"Tổng điểm trừ không quá {line['deduction_cap']} điểm")
    for extra in line.get("bonuses", []):
        if isinstance(extra.get("rule"), dict) and extra["rule"]["type"] == "steps":
            words.append("Trên 92% thưởng 0,1 điểm, cứ thêm 1% thưởng 0,1 điểm, tối đa 0,5 điểm")
    return "\n".join(words)


def band_words(band: dict[str, Any]) -> str:
    low = f"Từ {band['from']}%" if "from" in band else f"Trên {band['over']}%"
    high = f" đến dưới {band['below']}%" if "below" in band else ""
    return f"{low}{high}: {band['points']} điểm"


T1_HEAD = [
    ["UBND TỈNH MẪU", "", "", "", "", "", ""],
    ["BẢNG ĐIỂM THI ĐUA NĂM 2022", "", "", "", "", "", ""],
    ["TT", "Nội dung", "Điểm", "", "", "Cách chấm", "Tài liệu kiểm chứng"],
    ["", "", "Chuẩn", "Thưởng", "Trừ", "", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
]


def t1_workbook() -> bytes:
    """T1 in Excel: the heading over two rows, a row of column numbers, a sum below."""
    rows = [*T1_HEAD, *t1_rows(), ["", "Tổng cộng", 100, "", "", "", ""]]
    rows.append(["", "Ghi chú: điểm thưởng không liên quan đến điểm trừ", "", "", "", "", ""])
    merged = [(1, 0, 1, 6, T1_HEAD[1][0]), (2, 2, 2, 4, "Điểm"), (2, 0, 3, 0, "TT"), (2, 1, 3, 1, "Nội dung")]
    return workbook(rows, merged)


T4_ROWS = [
    ["STT", "Tiêu chí", "Điểm tối đa", "Ghi chú"],
    ["01", "Chia cụm, khối và đăng ký thi đua đúng hạn", "10", "Đăng ký trễ trừ 2 điểm"],
    ["02", "Ký giao ước và tham gia hoạt động cụm", "10", ""],
    ["03", "Kế hoạch phát động, sơ kết, tổng kết", "20", "Đạt/Không đạt"],
    ["04", "Kiểm tra, tự kiểm tra", "10", "Theo tỷ lệ % hoàn thành kế hoạch"],
    ["05", "Báo cáo và dự họp", "10", "Mỗi báo cáo trễ trừ 0,5 điểm, tối đa 5 điểm"],
    ["06", "Mô hình, điển hình", "20", "Mỗi mô hình được 2 điểm, tối đa 20 điểm"],
    ["07", "Khen thưởng đúng quy định", "20", "Hội đồng xem xét từng trường hợp"],
    ["", "Tổng cộng", "100", ""],
]


def t6_rows() -> list[list[str]]:
    """T6: roman, number and letter under each other, the same letters under every number."""
    rows = [["TT", "Nội dung tiêu chí", "Điểm tối đa", "Loại hình chấm"]]

    def walk(line: dict[str, Any], above: str) -> None:
        local = line["code"].removeprefix(above).lstrip(".")
        rows.append([local, line.get("title") or "Nội dung", str(line["max"]), ""])
        for child in line.get("children", []):
            walk(child, line["code"])

    for top in load(f"{TABLES}/t6-cong-an-xa-cum-347.yaml")["criteria"]:
        walk(top, "")
    return rows
