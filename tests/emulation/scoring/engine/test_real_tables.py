"""Real tables as files: the figures that are known of them come out, and what is wrong with them is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from thidua.emulation.scoring.engine.checking import check
from thidua.emulation.scoring.engine.computing import Result, compute
from thidua.emulation.scoring.engine.files import load
from thidua.emulation.scoring.engine.points import PointsTable
from thidua.emulation.scoring.engine.reading import read_filings, read_table

TABLES = Path(__file__).parents[4] / "demo" / "data" / "tables"
D = Decimal


def table(name: str) -> PointsTable:
    return read_table(load(TABLES / f"{name}.yaml"))


def scored(of: PointsTable, **units: dict[str, Any]) -> Result:
    lines = [{"unit": unit, "values": values} for unit, values in units.items()]
    return compute(of, read_filings({"units": lines}))


def points(result: Result, code: str) -> dict[str, Decimal]:
    return {unit: own["final"].marks[code].points for unit, own in result.sheets.items()}


def findings(name: str) -> set[tuple[str, str]]:
    return {(one.kind, one.code) for one in check(table(name))}


def test_the_town_of_2022_in_its_three_layers() -> None:
    result = compute(table("t1-tien-giang-2022"), read_filings(load(TABLES / "t1-thi-xa-2022.yaml")))
    own, appraised = (result.sheets["Thị xã"][layer] for layer in ("tự chấm", "thẩm định"))
    assert (own.claimed, own.total) == (D("124.4"), D("119.70"))
    assert (appraised.claimed, appraised.total) == (D("118.4"), D("115.70"))
    assert [own.sums[code] for code in "ab"] == [40, 16]
    assert (appraised.sums["C"], appraised.sums["d"], appraised.sums["1"]) == (D("25.7"), 14, D("91.7"))
    assert appraised.faults == (
        "C2: C2.1: ghi 0,7, trần 0,5",
        "d2: d2.3: ghi 4, trần 2",
        "C4.2: không có trong bảng điểm, 0,5 điểm không tính",
        "Phiếu ghi tổng tự chấm là 118,4, cộng lại là 124,4",
    )
    assert "d2.3: việc ngày 01/11/2022, sau ngày lập phiếu 21/04/2022" in own.faults


def test_more_than_a_criterion_gives_is_a_fault() -> None:
    result = scored(table("t1-tien-giang-2022"), thị_xã={"C5.2": 2})
    assert "C5.2: điểm ghi 2 vượt tối đa 1" in result.sheets["thị_xã"]["final"].faults


def test_every_defect_of_the_table_of_2022_is_found() -> None:
    assert findings("t1-tien-giang-2022") >= {
        ("gap", "C1"),
        ("gap", "C2"),
        ("negative", "b2.6"),
        ("negative", "4.1.1"),
        ("uncapped", "a.7.1"),
        ("uncapped", "2.2.1"),
        ("code", "a.7.1"),
        ("jump", "5.2.5"),
    }
    sentences = {one.code: one.sentence for one in check(table("t1-tien-giang-2022"))}
    assert sentences["C1"] == "đúng 98 không thuộc mức nào"
    assert sentences["C2"] == "đúng 90 không thuộc mức nào"


@pytest.mark.parametrize("name", ["t4-tp-hcm-2008", "t6-cong-an-xa-cum-347", "dieu-6"])
def test_a_sound_table_has_no_finding(name: str) -> None:
    assert check(table(name)) == []


def test_a_unit_that_sent_no_self_score_is_not_ranked() -> None:
    result = compute(table("t1-tien-giang-2022"), read_filings({"units": [{"unit": "Chi"}]}))
    assert (result.ranking, result.out) == ([], ("Chi",))


def test_a_flag_held_adds_to_the_sheet_of_2008() -> None:
    result = scored(
        table("t4-tp-hcm-2008"),
        một={"1": 97, "2": ["CO_TINH"]},
        hai={"1": 97, "2": ["CO_TINH", "CO_CP"]},
        ba={"1": 97},
    )
    assert {unit: own["final"].total for unit, own in result.sheets.items()} == {
        "một": 107,
        "hai": 112,
        "ba": 97,
    }


def pair(actual: str, target: str | None = None) -> dict[str, str]:
    return {"actual": actual} if target is None else {"actual": actual, "target": target}


def test_the_worked_figures_of_article_6() -> None:
    of = table("dieu-6")
    assert points(
        scored(of, a={"31": pair("120", "100")}, b={"31": pair("60", "50")}, c={"31": pair("80", "80")}), "31"
    ) == {
        "a": 10,
        "b": 10,
        "c": 5,
    }
    free = scored(
        of, a={"31": pair("150")}, b={"31": pair("100")}, c={"31": pair("75")}, d={"31": pair("50")}
    )
    assert points(free, "31") == {"a": 10, "b": D("6.67"), "c": 5, "d": D("3.33")}


def test_the_live_figures_of_cluster_347() -> None:
    result = scored(
        table("dieu-6"),
        kim_ngân={"22": pair("1", "0,05")},
        lệ_thủy={"22": pair("66,67", "5"), "28b": pair("5", "1"), "31": pair("5", "1")},
        trường_phú={"22": pair("50", "5"), "28b": pair("3", "1")},
        sen_ngữ={"28b": pair("12", "1")},
        vĩnh_linh={"28b": pair("1", "1"), "31": pair("2", "1")},
    )
    marks = {unit: own["final"].marks for unit, own in result.sheets.items()}
    assert [marks[u]["22"].points for u in ("kim_ngân", "lệ_thủy", "trường_phú")] == [
        20,
        D("16.49"),
        D("14.74"),
    ]
    assert [marks[u]["28b"].points for u in ("sen_ngữ", "lệ_thủy", "trường_phú", "vĩnh_linh")] == [
        5,
        D("3.41"),
        D("2.95"),
        D("2.5"),
    ]
    assert [marks[u]["31"].points for u in ("lệ_thủy", "vĩnh_linh")] == [10, D("6.25")]


def test_a_late_filing_moves_the_others_and_the_steps_say_how() -> None:
    result = scored(
        table("dieu-6"),
        cam_hồng={"31": pair("10", "1")},
        lệ_thủy={"31": pair("5", "1")},
        vĩnh_linh={"31": pair("2", "1")},
    )
    assert points(result, "31") == {"cam_hồng": 10, "lệ_thủy": D("7.22"), "vĩnh_linh": D("5.56")}
    steps = result.sheets["lệ_thủy"]["final"].marks["31"].explanation
    assert steps == "0,5 × 10 + 4/9 × 0,5 × 10 = 7,22"


def test_a_target_of_nought_is_told_not_scored() -> None:
    sheet = scored(table("dieu-6"), a={"22": pair("4", "0")}).sheets["a"]["final"]
    assert sheet.faults == ("22: chỉ tiêu bằng 0: để trống nếu không giao chỉ tiêu",)


@pytest.mark.parametrize(
    ("values", "flags", "title"),
    [
        ({"1": 10, "2": 85}, [], "Hoàn thành xuất sắc nhiệm vụ"),
        ({"1": 10, "2": 75}, [], "Hoàn thành tốt nhiệm vụ"),
        ({"1": 10, "2": 85}, ["khien_trach"], "Hoàn thành tốt nhiệm vụ"),
        ({"1": 10, "2": 85}, ["canh_cao"], "Hoàn thành nhiệm vụ"),
        ({"1": 10, "2": 90}, ["tham_nhung"], "Không hoàn thành nhiệm vụ"),
        ({"1": 0, "2": 80}, [], "Hoàn thành nhiệm vụ"),
        ({"1": 0, "2": 90}, [], ""),
        ({"1": 4, "2": 70}, [], "Không hoàn thành nhiệm vụ"),
    ],
)
def test_the_classes_of_2025(values: dict[str, int], flags: list[str], title: str) -> None:
    filings = read_filings({"units": [{"unit": "An", "values": values, "flags": flags}]})
    assert compute(table("t7-can-tho-2025"), filings).sheets["An"]["final"].class_title == title


def test_bonus_and_penalty_keep_under_the_tables_ceilings() -> None:
    sheet = scored(table("t7-can-tho-2025"), a={"1": 10, "2": 90, "3": 5, "4": 1}).sheets["a"]["final"]
    assert (sheet.total, sheet.bonus, sheet.deducted) == (102, 3, 1)


def test_a_total_with_a_nought_that_fits_no_class_is_found() -> None:
    found = [one.sentence for one in check(table("t7-can-tho-2025")) if one.kind == "class-gap"]
    assert found == ["xếp loại khi có tiêu chí 0 điểm: từ 85 trở lên không có loại nào"]
    sheet = scored(table("t7-can-tho-2025"), a={"1": 0, "2": 90, "3": 3}).sheets["a"]["final"]
    assert sheet.class_reasons == ("93 điểm, tiêu chí 1 bị 0 điểm: không thuộc loại nào của bảng",)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "thidua.emulation.scoring.engine", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_a_command_written_wrongly_is_told_in_vietnamese() -> None:
    for words in ([], ["tính"], ["check"], ["compute", "một"]):
        told = run(*words)
        assert (told.returncode, told.stderr.startswith("Lệnh viết chưa đúng.")) == (2, True)
    narrow = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [sys.executable, "-m", "thidua.emulation.scoring.engine", "check", str(TABLES / "dieu-6.yaml")]
    assert subprocess.run(command, check=True, capture_output=True, env=narrow).stdout.decode() == (
        "0 lỗi, 0 lưu ý\n"
    )


def test_an_auditor_computes_without_a_database() -> None:
    told = run(
        "compute", str(TABLES / "t1-tien-giang-2022.yaml"), str(TABLES / "t1-thi-xa-2022.yaml"), "--json"
    )
    result = json.loads(told.stdout)
    assert told.returncode == 1, "the filings have faults"
    assert result["units"]["Thị xã"]["thẩm định"]["total"] == "115.70"
    assert len(result["digest"]) == 64
    assert run("check", str(TABLES / "t6-cong-an-xa-cum-347.yaml")).stdout == "0 lỗi, 0 lưu ý\n"
    assert run("check", str(TABLES / "t1-tien-giang-2022.yaml"), "--json").returncode == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("total: 100", "chưa có tiêu chí"),
        ("criteria: []", "thiếu “total”"),
        ("total: 1,2,3\ncriteria: []", "không hiểu số"),
        ("- a\n- b", "phải ghi thành các dòng"),
        ("a: [", "không đọc được"),
        ("format: khac\ntotal: 1", "format là “khac”"),
        ("total: 1\ncriteria: [{code: a, max: 1, rule: band}]", "Có phải “bands” không?"),
        ("total: 1\ncriteria: [{code: a, max: 1, ruel: direct}]", "Có phải “rule” không?"),
        (
            "total: 1\ncriteria: [{code: a, max: 1, rule: {type: bands, bands: [{from: 1, over: 2}]}}]",
            "một trong hai",
        ),
        (
            "total: 1\ncriteria: [{code: a, max: 1, rule: {type: steps, start: 1, step: 0, each: 1}}]",
            "bước phải lớn hơn 0",
        ),
        ("total: 1\ncriteria: 5", "phải là danh sách"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_where(tmp_path: Path, text: str, words: str) -> None:
    place = tmp_path / "bang.yaml"
    place.write_text(text, encoding="utf-8")
    told = run("check", str(place))
    assert told.returncode == 2
    assert words in told.stderr
    assert "Traceback" not in told.stderr
    assert run("check", str(tmp_path / "không-có.yaml")).returncode == 2
