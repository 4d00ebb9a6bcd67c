"""Tables as officers keep them in Word and Excel come in whole, and nothing is guessed."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.emulation.scoring.engine.layouts import T4_ROWS, TABLES, paper, t1_workbook, t6_rows, workbook
from thidua.emulation.scoring.engine import BadFile, compute, load, parse, read_filings, read_table
from thidua.emulation.scoring.engine.intake import read_layout
from thidua.emulation.scoring.engine.intake.texts import understand
from thidua.emulation.scoring.engine.points import PointsTable

D = Decimal
BELOW = {"from": "60", "below": "80", "points": "3"}


def shape(table: PointsTable) -> list[tuple[str, Decimal]]:
    return [(line.code, line.most) for line in table.lines]


def test_t1_in_excel_comes_in_whole() -> None:
    taken = read_layout(t1_workbook(), "t1.xlsx")
    table, real = read_table(taken.document), read_table(load(f"{TABLES}/t1-tien-giang-2022.yaml"))
    assert shape(table) == shape(real)
    assert table.total == D(100)
    assert taken.document["title"] == "BẢNG ĐIỂM THI ĐUA NĂM 2022"
    found = {(one.level, one.code) for one in taken.remarks}
    assert found >= {("error", "C1"), ("error", "C2"), ("error", "b2.6"), ("error", "4.1.1")}
    assert found >= {("warning", "a.7.1"), ("warning", "2.2.1"), ("warning", "5.2.5")}
    gap = next(one for one in taken.remarks if one.code == "C1")
    assert gap.sentence == "đúng 98 không thuộc mức nào"
    assert gap.place.startswith("dòng ")
    assert any("dấu phẩy và dấu chấm" in one.sentence for one in taken.remarks)


def test_the_town_of_2022_scores_the_same_on_the_table_read_from_excel() -> None:
    table = read_table(read_layout(t1_workbook(), "t1.xlsx").document)
    values = {
        "a.7.1": 4,
        "C1": 99,
        "C2": {"value": 91},
        "d2.3": 4,
        "C5.1": 1,
        "C5.2": 1,
        "4.3.1": 5,
        "b3.1": 1,
    }
    sheet = compute(table, read_filings({"units": [{"unit": "A", "values": values}]})).sheets["A"]["final"]
    marks = {code: sheet.marks[code].points for code in ("a7", "C1", "d2", "4.3", "b3")}
    assert marks == {"a7": 7, "C1": 5, "d2": 9, "4.3": D("2.5"), "b3": D("3.5")}
    assert "d2: d2.3: ghi 4, trần 2" in sheet.faults


@pytest.mark.parametrize("make", [paper, workbook])
def test_t4_in_word_and_excel_is_the_same_table(make: Any) -> None:
    name = "t4.docx" if make is paper else "t4.xlsx"
    taken = read_layout(make(T4_ROWS), name)
    lines = {line["code"]: line for line in taken.document["criteria"]}
    assert list(lines) == [f"0{n}" for n in range(1, 8)]
    assert taken.document["total"] == "100"
    assert lines["01"]["deductions"][0] == {"code": "01.1", "title": "Đăng ký trễ", "each": "2", "cap": "2"}
    assert lines["03"]["rule"] == {"type": "pass_fail"}
    assert lines["04"]["rule"] == {"type": "percent"}
    assert lines["05"]["deductions"][0]["cap"] == "5"
    assert lines["06"]["rule"] == {"type": "count", "each": "2", "cap": "20"}
    assert lines["07"]["note"] == "Hội đồng xem xét từng trường hợp"
    assert "rule" not in lines["07"]
    assert taken.understood["04"] == [("Theo tỷ lệ % hoàn thành kế hoạch", "theo phần trăm hoàn thành")]
    assert taken.errors == []


def test_t6_in_word_tells_the_same_letters_apart() -> None:
    taken = read_layout(paper(t6_rows()), "t6.docx")
    real = read_table(load(f"{TABLES}/t6-cong-an-xa-cum-347.yaml"))
    assert shape(read_table(taken.document)) == shape(real)
    assert taken.errors == []


def test_codes_that_begin_again_under_each_roman_number_keep_their_dots() -> None:
    rows = [["Số TT", "Tiêu chí", "Điểm chuẩn"], ["I.", "Nội dung", "90"], ["1.", "Chuyên môn", "90"]]
    rows += [["1.1.", "Kế hoạch", "50"], ["1.2.", "Thu ngân sách", "40"], ["II.", "Điểm thưởng", "10"]]
    rows += [["1.", "Cờ thi đua", "10"], ["", "TỔNG CỘNG", "90"]]
    codes = [line.code for line in read_table(read_layout(paper(rows), "t2.docx").document).lines]
    assert codes == ["I", "I.1", "I.1.1", "I.1.2", "II", "II.1"]


def test_merged_cells_bands_in_rows_of_their_own_and_parts_without_codes() -> None:
    rows = [
        ["STT", "Nội dung", "Điểm chuẩn", "Minh chứng"],
        ["I", "MÔI TRƯỜNG", "10", ""],
        ["1", "Nước sạch", "5", "Báo cáo"],
        ["", "- Từ 98% trở lên", "5", ""],
        ["", "- Từ 97% đến dưới 98%", "4", ""],
        ["2", "Rác thải", "5,0", ""],
        ["", "- Có kế hoạch", "2", ""],
        ["", "- Có báo cáo", "3", ""],
        ["Tổng điểm", "", "10", ""],
    ]
    taken = read_layout(paper(rows, merged=[(1, 1, 1, 1), (2, 0, 4, 0), (2, 3, 4, 3)]), "a.docx")
    top = taken.document["criteria"][0]
    water, waste = top["children"]
    assert water["rule"] == {
        "type": "bands",
        "bands": [{"from": "98", "points": "5"}, {"from": "97", "below": "98", "points": "4"}],
    }
    assert water["evidence"] == "Báo cáo"
    assert [child["code"] for child in waste["children"]] == ["2.1", "2.2"]
    assert ("notice", "2.1") in {(one.level, one.code) for one in taken.remarks}


def test_bonus_and_penalty_sections_and_columns() -> None:
    rows: list[list[Any]] = [
        ["Mã", "Tiêu chí", "Thang điểm", "Điểm cộng", "Điểm trừ"],
        ["1", "Chuyên môn", 100, 2, "-3"],
        ["2", "Điểm thưởng", "", 5, ""],
        ["3", "Điểm trừ", "", "", 4],
    ]
    first, bonus, penalty = read_layout(workbook(rows), "b.xlsx").document["criteria"]
    assert first["bonuses"][0] | {"code": ""} == {
        "code": "", "title": "Điểm thưởng", "rule": {"type": "direct"}, "cap": "2"
    }  # fmt: skip
    assert first["deductions"][0]["cap"] == "3"
    assert (bonus["kind"], bonus["max"], penalty["kind"], penalty["max"]) == ("bonus", "5", "penalty", "4")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "Từ 98% trở lên được 10 điểm, còn lại 0 điểm",
            {"type": "bands", "bands": [{"from": "98", "points": "10"}], "otherwise": "0"},
        ),
        (
            ">=80% → 4 điểm; 60 - <80%: 3 điểm",
            {"type": "bands", "bands": [{"from": "80", "points": "4"}, BELOW]},
        ),
        ("Đạt: 5 điểm; không đạt: 0 điểm", {"type": "pass_fail"}),
        ("Chấm theo Điều 6 của Quy chế", {"type": "relative"}),
        ("Hội đồng xem xét, quyết định", None),
        ("Hoàn thành tốt 3 điểm, khá 2 điểm", None),
        ("Từ 90% đến 100% thì xem xét", None),
    ],
)
def test_only_what_can_be_read_one_way_becomes_a_rule(text: str, rule: dict[str, Any] | None) -> None:
    assert understand(text).rule == rule


@pytest.mark.parametrize(
    ("text", "each", "cap"),
    [
        ("Mỗi báo cáo trễ trừ 0,5 điểm, tối đa 2 điểm", "0,5", "2"),
        ("Thiếu báo cáo trừ 0.5 điểm/báo cáo", "0.5", None),
        ("Phát động sau ngày 31/01 trừ 1 điểm", "1", "1"),
        ("Cứ giảm 1% trừ 0,5 điểm", "0,5", None),
    ],
)
def test_deductions_in_words(text: str, each: str, cap: str | None) -> None:
    (line,) = understand(text).deductions
    assert (line["each"], line.get("cap")) == (each, cap)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"PK\x03\x04rac", "a.docx", "không mở được"),
        (b"rac", "a.xlsx", "không mở được"),
        (b"rac", "a.pdf", "chỉ đọc được"),
        (workbook([["Họ tên", "Tuổi"], ["An", 3]]), "a.xlsx", "không thấy bảng điểm"),
        (workbook([["STT", "Nội dung", "Điểm"]]), "a.xlsx", "không có tiêu chí"),
    ],
)
def test_a_file_without_a_table_is_told(data: bytes, name: str, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read_layout(data, name)


def test_the_command_writes_a_table_the_other_commands_read(tmp_path: Path) -> None:
    file = tmp_path / "t4.docx"
    file.write_bytes(paper(T4_ROWS))
    command = [sys.executable, "-m", "thidua.emulation.scoring.engine", "read", str(file)]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    assert told.returncode == 0
    assert len(read_table(parse(told.stdout.encode(), "in ra")).leaves) == 7
    assert "HIỂU 04: “Theo tỷ lệ % hoàn thành kế hoạch” là theo phần trăm hoàn thành" in told.stderr
