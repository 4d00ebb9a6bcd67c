"""A Parquet register as other people write it: what is left open is not known, a wrong sort is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from thidua.rulebook.__main__ import main

BAD: list[tuple[dict[str, Any], str]] = [
    ({"total": ["hai mươi"]}, "total: cột này phải là số nguyên"),
    ({"total": [20.5]}, "total: cột này phải là số nguyên"),
    ({"total": [-1]}, "total: có dòng ghi số âm"),
    ({"total": [5], "advanced": [6]}, "advanced: có dòng nhiều người hơn “total”"),
    ({"recruited": [2020]}, "recruited: cột này phải là ngày"),
    ({"founded": ["hôm qua"]}, "founded: cột này phải là ngày"),
    ({"CSTD_CS": [2024]}, "CSTD_CS: cột này phải là danh sách năm"),
    ({"pending": ["ky_luat"]}, "pending: cột này phải là danh sách mã"),
    ({"pending": [["kỷ luật"]]}, "pending: không hiểu “kỷ luật”"),
    ({"tieu_bieu": ["có"]}, "tieu_bieu: cột này phải là đúng/sai"),
    ({"months_vu_truong": ["lâu"]}, "months_vu_truong: cột này phải là số nguyên"),
    ({"id": [[1]]}, "id: cột này phải là chữ"),
    ({"rating_2025": [3]}, "rating_2025: không hiểu “3”"),
    ({"rating_xưa": ["HTTNV"]}, "“xưa” không phải một năm"),
    ({"lương": [1]}, "không có mục “lương”"),
]


def scanned(folder: Path, *kinds: str, on: str = "2025-12-01", **columns: Any) -> list[dict[str, Any]]:
    """The outcomes of a small register."""
    pq.write_table(pa.table(columns), folder / "vào.parquet")
    asked = [word for kind in kinds for word in ("--kind", kind)]
    out = folder / "ra.parquet"
    assert main(["scan", str(folder / "vào.parquet"), "--on", on, "--out", str(out), *asked]) == 0
    return list(pq.read_table(out).to_pylist())


@pytest.mark.parametrize(("columns", "words"), BAD, ids=[words for _columns, words in BAD])
def test_a_column_of_another_sort_is_refused(
    columns: dict[str, Any], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pq.write_table(pa.table({"id": ["an"]} | columns), tmp_path / "vào.parquet")
    asked = [
        "scan",
        str(tmp_path / "vào.parquet"),
        "--on",
        "2025-12-01",
        "--out",
        str(tmp_path / "ra.parquet"),
    ]
    assert main(asked) == 2
    assert words in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pq.write_table(pa.table({"id": ["an"]}), tmp_path / "vào.parquet")
    out = tmp_path / "đâu" / "ra.parquet"
    assert main(["scan", str(tmp_path / "vào.parquet"), "--on", "2025-12-01", "--out", str(out)]) == 2
    assert "không có thư mục này" in capsys.readouterr().err


def test_a_row_that_does_not_say_what_it_is_stands_for_a_person(tmp_path: Path) -> None:
    rows = scanned(tmp_path, "LDTT", "TT_LDTT", recipient=pa.array(["ca_nhan", None, "tap_the"]))
    assert [row["LDTT"] for row in rows] == ["needs_review", "needs_review", "excluded"]
    assert [row["TT_LDTT"] for row in rows] == ["excluded", "excluded", "needs_review"]


def test_an_empty_column_is_not_known(tmp_path: Path) -> None:
    nothing = pa.array([None])
    found = scanned(tmp_path, "CSTD_CS", rating_2025=["HTXSNV"], pending=nothing, CSTD_CS=nothing)
    assert found[0]["CSTD_CS"] == "needs_review"


def test_a_discipline_without_its_day_is_not_known(tmp_path: Path) -> None:
    plain: dict[str, Any] = {
        "rating_2024": ["HTTNV"],
        "rating_2025": ["HTTNV"],
        "pending": pa.array([[]], pa.list_(pa.string())),
    }
    forms = {
        "": "eligible",
        "canh_cao": "needs_review",
    }
    for form, outcome in forms.items():
        assert scanned(tmp_path, "LDTT", discipline_form=[form], **plain)[0]["LDTT"] == outcome
    days = {date(2024, 3, 1): "not_yet", date(2025, 12, 2): "eligible"}  # not over; not yet come
    for day, outcome in days.items():
        found = scanned(tmp_path, "LDTT", discipline_form=["canh_cao"], discipline_date=[day], **plain)
        assert found[0]["LDTT"] == outcome


def test_nobody_disciplined_was_disciplined_in_a_post(tmp_path: Path) -> None:
    plain: dict[str, Any] = {
        "pending": pa.array([[]], pa.list_(pa.string())),
        "months_thu_truong": [60],
        "thong_bao_nghi_huu": [True],
    }
    assert scanned(tmp_path, "HC_LD_1", discipline_form=[""], **plain)[0]["HC_LD_1"] == "eligible"
    found = scanned(
        tmp_path,
        "HC_LD_1",
        discipline_form=["khien_trach"],
        discipline_date=[date(2019, 1, 1)],
        discipline_ends=[date(2019, 4, 1)],
        **plain,
    )
    assert found[0]["HC_LD_1"] == "needs_review"
