"""Every defect of a table is found at its place; whatever a file holds is told, never a traceback."""

from __future__ import annotations

import copy
import json
import random
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from thidua.emulation.scoring.engine import (
    BadFile,
    check_document,
    compute,
    digest,
    load,
    parse,
    read_filings,
    read_table,
    result_data,
)

TABLES = Path(__file__).parents[4] / "demo" / "data" / "tables"
HEAD = "total: 10\ncriteria:\n"


def found(text: str) -> list[tuple[str, str, str]]:
    return [(one.level, one.kind, one.code) for one in check_document(parse(text.encode(), "bảng"))]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ('- {code: "1", max: 9}', ("error", "sum", "")),
        ('- {code: "1", max: 10, children: [{code: "1.1", max: 9}]}', ("error", "sum", "1")),
        ('- {code: "1", max: 5}\n- {code: "1", max: 5}', ("error", "code", "1")),
        ('- {code: "5.3", max: 5}\n- {code: "5.5", max: 5}', ("warning", "jump", "5.5")),
        ("- {code: II, max: 5}\n- {code: IV, max: 5}", ("warning", "jump", "IV")),
        ("- {code: b, max: 5}\n- {code: d, max: 5}", ("warning", "jump", "d")),
        ("- {code: a7, max: 5}\n- {code: a.7, max: 5}", ("warning", "code", "a.7")),
        ('- {code: "1", max: 10, least: 11}', ("error", "never", "1")),
        ('- {code: "1", max: 10, floor: 120}', ("error", "floor", "1")),
        ('- {code: "1", max: 10, deduction_cap: 2}', ("warning", "never", "1")),
        (
            '- {code: "1", max: 10, children: [{code: "1.1", max: 10}], bonus_cap: 2}',
            ("error", "never", "1"),
        ),
        (
            '- {code: "1", max: 10, children: [{code: "1.1", max: 5, title: Họp}, '
            '{code: "1.2", max: 5, title: họp}]}',
            ("warning", "title", "1.2"),
        ),
        ('- {code: "1", max: "9,5"}\n- {code: "2", max: 0.5}', ("warning", "decimal", "")),
        (
            "- {code: K, max: 10}\n"
            "- {code: T, kind: bonus, max: 2, children: [{code: T1, max: 2, kind: mark}]}",
            ("error", "kind", "T1"),
        ),
        (
            "- {code: K, max: 10, title: Họp}\n- {code: T, kind: bonus, max: 2, title: họp}",
            ("warning", "title", "T"),
        ),
        ('- {code: "1", max: 1.250}\n- {code: "2", max: 8.75}', ("warning", "decimal", "1")),
        ('- {code: "1", max: "9.5555"}\n- {code: "2", max: "0.4445"}', ("warning", "rounding", "1")),
        (
            '- {code: "1", max: 10, deductions: [{code: "1.1", each: "0,125"}]}',
            ("warning", "rounding", "1.1"),
        ),
    ],
)
def test_a_defect_of_lines_is_found(lines: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in found(HEAD + lines)


def of_rule(rule: str) -> list[tuple[str, str]]:
    text = HEAD + f'- {{code: "1", max: 10, rule: {rule}}}'
    return [(level, kind) for level, kind, code in found(text) if code == "1"]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("{type: bands, bands: [{over: 98, points: 10}, {below: 98, points: 4}]}", ("error", "gap")),
        ("{type: bands, bands: [{from: 98, points: 10}, {to: 98, points: 4}]}", ("error", "overlap")),
        (
            "{type: bands, bands: [{from: 0, to: 100, points: 10}, {from: 10, below: 20, points: 1}]}",
            ("error", "overlap"),
        ),
        (
            "{type: bands, bands: [{from: 99, to: 97, points: 10}, {below: 97, points: 0}]}",
            ("error", "empty"),
        ),
        ("{type: bands, bands: [{from: 50, points: 10}]}", ("warning", "gap")),
        ("{type: bands, bands: [{from: 50, points: 11}, {below: 50, points: 0}]}", ("error", "max")),
        ("{type: bands, bands: [{from: 50, points: 9}, {below: 50, points: 0}]}", ("warning", "max")),
        ("{type: bands, bands: [{from: 50, points: 10}, {below: 50, points: -1}]}", ("error", "negative")),
        (
            "{type: bands, bands: [{from: 9, points: 10}, {from: 5, below: 9, points: 2}, "
            "{below: 5, points: 3}]}",
            ("warning", "order"),
        ),
        ("{type: bands, bands: [{from: 50, points: 0}, {below: 50, points: 0}]}", ("error", "never")),
        ("{type: count, each: 0}", ("error", "never")),
        ("{type: count, each: 1, cap: 12}", ("warning", "cap")),
        ("{type: registered, count: 3, each: 3}", ("error", "sum")),
        ("{type: honours, awards: {CO: 0}}", ("error", "never")),
        ("{type: honours, awards: {CO: 12}}", ("error", "max")),
        (
            "{type: matrix, rows: [{from: 0}], columns: [{from: 0}], points: [[12]]}",
            ("error", "max"),
        ),
        (
            "{type: matrix, rows: [{over: 5}, {below: 5}], columns: [{from: 0}], points: [[1], [2]]}",
            ("error", "gap"),
        ),
        (
            "{type: bands, low: 0, high: 100, bands: [{over: 100, points: 10}, {to: 100, points: 0}]}",
            ("warning", "never"),
        ),
        (
            "{type: bands, bands: [{from: 6, points: 10}, {to: 5, points: 0}]}",
            ("error", "gap"),
        ),
        (
            "{type: bands, whole: true, bands: [{from: 7, points: 10}, {to: 5, points: 0}]}",
            ("error", "gap"),
        ),
        (
            "{type: bands, otherwise: 0, bands: [{over: 98, points: 10}, {from: 97, below: 98, points: 4}]}",
            ("error", "gap"),
        ),
        (
            "{type: bands, otherwise: 7, bands: [{over: 98, points: 10}, {below: 98, points: 4}]}",
            ("warning", "gap"),
        ),
        ("{type: count, each: 1, cap: 9}", ("warning", "max")),
        ("{type: honours, awards: {CO: 9}}", ("warning", "max")),
    ],
)
def test_a_defect_of_a_rule_is_found(rule: str, wanted: tuple[str, str]) -> None:
    assert wanted in of_rule(rule)


@pytest.mark.parametrize(
    ("extra", "wanted"),
    [
        ("bonuses: [{code: '1.1', each: 1}]", ("warning", "uncapped")),
        ("bonuses: [{code: '1.1', each: -1, cap: 1}]", ("error", "negative")),
        ("deductions: [{code: '1.1', each: -1}]", ("error", "negative")),
        ("deductions: [{code: '1.1', each: 11}]", ("warning", "cap")),
        ("deductions: [{code: '1.1', each: 0}]", ("error", "never")),
        ("bonuses: [{code: '1.1', each: 0, cap: 1}]", ("error", "never")),
        ("bonuses: [{code: '1.1', each: 2, cap: 1}]", ("warning", "cap")),
        ("bonuses: [{code: '1.1', each: 1, cap: 1, needs_clean: true}]", ("warning", "never")),
        ("bonuses: [{code: '1.1', each: 1, cap: 1, one_of: a}]", ("warning", "never")),
        ("bonus_cap: 1, bonuses: [{code: '1.1', each: 1, cap: 2}]", ("warning", "cap")),
        ("bonus_cap: 0, bonuses: [{code: '1', each: 1}]", ("error", "never")),
        ("net: {high: 0}, bonuses: [{code: '1', each: 1}]", ("error", "never")),
        ("net: {low: 0}, deductions: [{code: '1', each: 1}]", ("error", "never")),
        ("least: 10, deductions: [{code: '1', each: 1}]", ("error", "never")),
        ("deduction_cap: 1, deductions: [{code: '1.1', each: 1, cap: 2}]", ("warning", "cap")),
    ],
)
def test_a_defect_of_a_bonus_or_deduction_is_found(extra: str, wanted: tuple[str, str]) -> None:
    text = HEAD + f'- {{code: "1", max: 10, {extra}}}'
    assert wanted in [(level, kind) for level, kind, code in found(text) if code in {"1", "1.1"}]


@pytest.mark.parametrize(
    ("tail", "wanted"),
    [
        ("classes: [{title: A, over: 5}, {title: B, below: 5}]", "class-gap"),
        ("classes: [{title: A, from: 5}, {title: B, to: 5}]", "class-overlap"),
        ("classes: [{title: A, from: 5, no_zero: true}, {title: B, below: 5}]", "class-gap"),
        ("classes: [{title: A, from: 5}, {title: A, below: 5}]", "class"),
        ("classes: [{title: A, from: 11}, {title: B, below: 11}]", "never"),
        ("classes: [{title: A, from: 5, floors: true}, {title: B, below: 5}]", "never"),
        ("classes: [{title: B, from: 0}, {title: A, from: 5}]", "never"),
        ("classes: [{title: A, from: 9}, {title: B, from: 5, to: 9}, {title: C, below: 5}]", "class-overlap"),
        ("flags: [{code: x, title: X, at_most: Z}]", "flag"),
        ("flags: [{code: x, title: X}]", "never"),
        ("bonus_cap: 3", "never"),
        ("bonus_cap: 0\n", "never"),
    ],
)
def test_a_defect_of_the_whole_is_found(tail: str, wanted: str) -> None:
    assert wanted in {kind for _, kind, _ in found(HEAD + '- {code: "1", max: 10}\n' + tail)}


@pytest.mark.parametrize(
    "classes",
    [
        "{title: A, from: 9}, {title: B, from: 5}, {title: C}",
        "{title: A, from: 9, no_zero: true}, {title: B, from: 5}, {title: C, from: 0}",
        "{title: A, from: 9, to: 10}, {title: B, from: 5, below: 9}, {title: C, below: 5}",
    ],
)
def test_a_class_without_an_upper_end_takes_what_those_above_it_leave(classes: str) -> None:
    assert found(HEAD + f'- {{code: "1", max: 10}}\nclasses: [{classes}]') == []


def test_values_of_one_point_stand_in_order() -> None:
    bands = "{from: 100, points: 10}, {over: 0, below: 100, points: 4}, {from: 0, to: 0, points: 0}"
    assert of_rule(f"{{type: bands, low: 0, high: 100, bands: [{bands}]}}") == []


def test_a_scale_written_with_its_bonus_points_is_told_what_to_write() -> None:
    lines = '- {code: "1", max: 8}\n- {code: T, kind: bonus, max: 2}'
    sentences = [one.sentence for one in check_document(parse((HEAD + lines).encode(), "bảng"))]
    assert sentences == [
        "các mục lớn cộng lại 8, khác thang điểm 10 (thiếu 2); thang không kể 2 điểm thưởng, ghi 8"
    ]


def test_codes_that_only_look_alike_are_no_defect() -> None:
    lines = "".join(f'- {{code: "{code}", max: 1}}\n' for code in range(1, 10)) + (
        '- {code: "10", max: 1, children: [{code: "10.1", max: "0.5"}, {code: "10.2", max: "0.5"}]}\n'
    )
    assert found(HEAD + lines) == []
    lines = "".join(f"- {{code: {code}, max: 2}}\n" for code in ("a", "b", "c", "d", "đ"))
    assert found(HEAD + lines) == []


def test_a_finding_knows_the_line_of_its_file() -> None:
    told = check_document(load(TABLES / "t1-tien-giang-2022.yaml"))
    lines = (TABLES / "t1-tien-giang-2022.yaml").read_text(encoding="utf-8").splitlines()
    placed = [one for one in told if one.code]
    assert len(placed) > 8
    assert all(f"code: {one.code}" in lines[one.line - 1] for one in placed)
    assert {one.code for one in told if one.kind == "decimal"} == {""}


def test_a_finding_knows_its_line_in_json_too() -> None:
    table = {"total": 10, "criteria": [{"code": "1", "max": 4}, {"code": "4", "max": 6, "floor": 120}]}
    text = json.dumps(table, indent=1)
    told = {(one.kind, one.line) for one in check_document(parse(text.encode(), "bảng.json"))}
    line = text.splitlines().index('   "code": "4",')
    assert told == {("jump", line), ("floor", line)}
    with pytest.raises(
        BadFile, match=r"criteria\[4\] \(dòng 8\): thiếu “max”. “maxx” có phải là “max” không"
    ):
        read_table(parse(text.replace('"max": 6', '"maxx": 6').encode(), "bảng.json"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("total: 10\ntotal: 9\n", "“total” ghi hai lần"),
        (
            HEAD + '- {code: "1", max: 10, tittle: A}',
            "dòng 3): không có mục nào tên “tittle”. Có phải “title” không?",
        ),
        (HEAD + "- &a {code: x, max: 5}\n- *a", "Không dùng “*” và “&”"),
        ("title: a: b\n", "ngoặc kép"),
        (HEAD + '- {code: "1", max: 10, scored_by: {a: b}}', "danh sách chữ"),
        ("rounding: {places: 99}\n" + HEAD + '- {code: "1", max: 10}', "số nguyên từ 0 đến 6"),
        (HEAD + '- {code: "1", max: 1' + "0" * 40 + "}", "quá lớn"),
        (HEAD + '- {code: "1", max: 10, rule: {type: matrix, points: 5}}', "danh sách các hàng"),
        (HEAD + '- {code: "1", max: 10, bonuses: [{code: x, rule: pass_fail}]}', "thiếu “cap”"),
    ],
)
def test_what_cannot_be_a_table_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(BadFile) as fault:
        read_table(parse(text.encode(), "bảng.yaml"), "bảng.yaml")
    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tệp trống"),
        (b"  \n\n", "tệp trống"),
        ("total: 10".encode("utf-16"), "UTF-16. Lưu lại với mã hóa UTF-8"),
        (b"\xc4\x90\xff", "không ở dạng UTF-8"),
        (b'{"note": ' + b"[" * 900 + b"]" * 900 + b"}", "lồng nhau hơn 60 cấp"),
        (b'{"note": ' + b"[" * 90_000 + b"]" * 90_000 + b"}", "lồng nhau hơn 60 cấp"),
        (b'{"total": ' + b"9" * 5000 + b"}", "số quá lớn"),
        (b'{"total": 1, "total": 2}', "“total” ghi hai lần"),
        (b"total: 10\n\tx: 1", "dòng 2"),
        ("total: 10".encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04word", "đây là tệp Word, Excel. Đọc bằng lệnh read"),
        (rb'{"title": "a\u0000b", "total": 1}', "ký tự không in được ở “a?b”"),
        (rb'{"units": [{"unit": "\ud800"}]}', "ký tự không in được"),
        (b'{\n"note": {\n"a": 1, "a": 2}}', "“a” ghi hai lần ở phần bắt đầu từ dòng 2"),
    ],
)
def test_bytes_that_hold_no_document_are_told(data: bytes, words: str) -> None:
    with pytest.raises(BadFile) as fault:
        parse(data, "bảng")
    assert words in str(fault.value)


def test_marks_before_the_text_and_letters_in_two_parts_are_read() -> None:
    decomposed = unicodedata.normalize("NFD", HEAD + '- {code: "đ1", max: 10, title: Thưởng}')
    table = read_table(parse(b"\xef\xbb\xbf" + decomposed.encode(), "bảng"))
    assert (table.criteria[0].code, table.criteria[0].title) == ("đ1", "Thưởng")


def test_a_comma_outside_quotes_is_told_with_its_remedy() -> None:
    with pytest.raises(BadFile) as fault:
        read_table(parse(b"total: 10\ncriteria: [{code: a, max: 9,5}]", "bảng"))
    assert "dấu phẩy phải đặt trong ngoặc kép" in str(fault.value)
    table = read_table({"total": 10, "criteria": [{"code": "1", "max": 10}]})
    filings = read_filings(parse(b"units: [{unit: A, values: {1: 9,5}}]", "phiếu"))
    told = compute(table, filings).sheets["A"]["final"].faults
    assert told == ("5: không có trong bảng điểm; trong dòng {…} số có dấu phẩy phải đặt trong ngoặc kép",)


def test_points_written_for_a_group_are_held_against_what_stands_below() -> None:
    below = [{"code": "1.1", "max": 6}, {"code": "1.2", "max": 4}]
    table = read_table({"total": 10, "criteria": [{"code": "1", "max": 10, "children": below}]})
    units = [
        {"unit": "An", "values": {"1": 9, "1.1": 5, "1.2": 3}},
        {"unit": "Bình", "values": {"1": 8, "1.1": 5, "1.2": 3}},
        {"unit": "Chi", "values": {"1": "đạt"}},
    ]
    sheets = compute(table, read_filings({"units": units})).sheets
    assert [sheets[unit]["final"].faults for unit in ("An", "Bình", "Chi")] == [
        ("1: phiếu ghi 9, bên dưới cộng lại 8",),
        (),
        ("1: mục có tiêu chí bên dưới, chỉ ghi ở các tiêu chí đó",),
    ]


def test_a_name_typed_wrongly_in_a_value_does_not_pass_in_silence() -> None:
    table = read_table({"total": 10, "criteria": [{"code": "1", "max": 10, "rule": "relative"}]})
    units = [{"unit": "An", "values": {"1": {"actual": 5, "taget": 10}}}]
    sheet = compute(table, read_filings({"units": units})).sheets["An"]["final"]
    assert sheet.faults == ("1: không hiểu “taget”. Có phải “target” không?",)


def test_units_that_write_one_target_in_three_measures_are_suspected() -> None:
    table = read_table({"total": 10, "criteria": [{"code": "22", "max": 10, "rule": "relative"}]})
    pairs = {"A": ("90", "100"), "B": ("0,9", "1"), "C": ("9", "10"), "D": ("7", "8")}
    units = [{"unit": u, "values": {"22": {"actual": a, "target": t}}} for u, (a, t) in pairs.items()]
    assert compute(table, read_filings({"units": units})).suspicions == (
        "22: chỉ tiêu ghi 1 (B); 10 (C); 100 (A): có cùng đơn vị tính không?",
    )


JUNK: list[Any] = [
    None,
    "",
    "x",
    -1,
    "1,5",
    "1.234,5",
    10**30,
    [],
    {},
    [1],
    {"a": 1},
    True,
    "đạt",
    "9" * 300,
    float("nan"),
]


def broken(told: Any, dice: random.Random) -> Any:
    """The same document with one part of it replaced by something else, dropped, or doubled."""
    told = copy.deepcopy(told)
    places: list[tuple[Any, Any]] = []

    def walk(part: Any) -> None:
        for key in part if isinstance(part, dict) else range(len(part)):
            places.append((part, key))
            if isinstance(part[key], dict | list):
                walk(part[key])

    walk(told)
    part, key = dice.choice(places)
    if isinstance(part, dict) and dice.random() < 0.3:
        part[dice.choice(["max", "rule", "code", "kind", "cap", "each", "xyz"])] = dice.choice(JUNK)
    elif isinstance(part, list) and dice.random() < 0.3:
        part.append(copy.deepcopy(part[key]))
    else:
        part[key] = dice.choice(JUNK)
    return told


@pytest.mark.parametrize("name", ["t1-tien-giang-2022", "t7-can-tho-2025", "t4-tp-hcm-2008", "dieu-6"])
def test_no_table_however_broken_ends_in_a_traceback(name: str) -> None:
    dice, sound = random.Random(7), load(TABLES / f"{name}.yaml")
    filings = read_filings(load(TABLES / "t1-thi-xa-2022.yaml"))
    for _ in range(120):
        with suppress(BadFile):
            told = broken(sound, dice)
            check_document(told)
            table = read_table(told)
            result_data(compute(table, filings))


def test_no_filing_however_broken_ends_in_a_traceback() -> None:
    dice, sound = random.Random(11), load(TABLES / "t1-thi-xa-2022.yaml")
    t1 = read_table(load(TABLES / "t1-tien-giang-2022.yaml"))
    for _ in range(200):
        with suppress(BadFile):
            filings = read_filings(broken(sound, dice))
            digest(t1, filings, compute(t1, filings))
    kinds: dict[str, dict[str, Any]] = {
        "direct": {},
        "full": {},
        "pass_fail": {},
        "percent": {},
        "relative": {},
        "count": {"each": 1},
        "bands": {"bands": [{"from": 0, "points": 1}]},
        "steps": {"start": 1, "step": 1, "each": 1},
        "matrix": {"rows": [{"from": 0}], "columns": [{"from": 0}], "points": [[1]]},
        "registered": {"count": 1, "each": 1},
        "honours": {"awards": {"A": 1}},
    }
    for name, parts in kinds.items():
        table = read_table(
            {"total": 1, "criteria": [{"code": "1", "max": 1, "rule": {"type": name, **parts}}]}
        )
        for junk in [*JUNK, [[1]], [{}], {"actual": "x", "target": []}, {"row": 1, "column": {}}]:
            result_data(compute(table, read_filings({"units": [{"unit": "A", "values": {"1": junk}}]})))
