"""A file of facts as people save it is read; one that cannot be is refused with its place, in Vietnamese."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thidua.rulebook.__main__ import main

AN: dict[str, Any] = {"name": "Nguyễn Văn An", "year": 2025, "complete": True}
AN |= {"ratings": {"2024": "HTTNV", "2025": "HTTNV"}}
TEXT = json.dumps(AN, ensure_ascii=False, indent=1)
ASK = ["--kind", "LDTT", "--on", "2025-12-01"]


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_any_utf_and_any_line_end(
    name: str, ends: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "an.json"
    file.write_bytes(TEXT.replace("\n", ends).encode(name))
    assert main(["explain", str(file), *ASK]) == 0
    assert "Nguyễn Văn An: Lao động tiên tiến" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tệp trống"),
        (b"{", "dòng 1 cột 2: tên mục phải nằm trong dấu nháy kép"),
        (b'{"year": 2025,}', "dấu phẩy sau mục cuối"),
        (b'{"year" 2025}', "thiếu dấu hai chấm"),
        (b'{"year": 2025 "name": "An"}', "thiếu dấu phẩy"),
        (b'{"year": }', "thiếu một giá trị"),
        (b'{"year": 2025} # An', "sau dấu ngoặc cuối cùng"),
        (b'{"name": "An', "nháy kép đóng"),
        (b'{"name": "An\n"}', "xuống dòng"),
        (b'{"name": "C:\\xa"}', "\\\\"),
        (b'{"year": 2025, "year": 2024}', "“year” ghi hai lần"),
        (b'{"ratings": {"2025": "HTNV", "2025": "HTTNV"}}', "“2025” ghi hai lần"),
        (b'{"year": NaN}', "NaN"),
        (b'{"year": ' + b"9" * 5000 + b"}", "quá dài"),
        (b'{"year": 1e400}', "year"),
        (b"[" * 100_000, "lồng quá nhiều lớp"),
        ("{“year”: 2025}".encode(), "nháy kép"),
        (b'{"name": "Nguy\xea\xden"}', "UTF-8"),
        (b"[]", "đang là danh sách"),
        (b'{"sex": "x"}', "sex: không hiểu “x”"),
        (b'{"recruited": 20200101}', "recruited: không hiểu ngày"),
        ('{"ratings": {"²": "HTNV"}}'.encode(), "ratings"),
        (b'{"honours": [{"year": 2025}]}', "honours[0].kind: chưa ghi"),
        (b'{"honours": [{"kind": "LDTT", "from": 2025, "to": 2024}]}', "ghi ngược"),
        (b'{"honours": [{"kind": "LDTT", "from": "x", "to": 2024}]}', "honours[0].from"),
        (b'{"pending": [{"matter": "ky_luat", "from": "2025-02-01", "to": "2025-01-01"}]}', "pending[0].to"),
        (
            b'{"positions": [{"post": "vu_truong", "from": "2020-01-01", "to": "2019-01-01"}]}',
            "positions[0].to",
        ),
        (b'{"leave": [{"reason": "x", "from": "2020-01-01"}]}', "leave[0].reason"),
        (b'{"ratings": {"2025": "HTTNV", "02025": "HTXSNV"}}', "ratings: năm 2025 ghi hai lần"),
        (b'{"initiatives": [{"year": 2025, "reach": "tinh", "scope": "co_so"}]}', "cùng nói phạm vi"),
        (b'{"initiatives": [{"reach": "tinh"}]}', "initiatives[0].year: chưa ghi năm"),
        (b'{"recipient": ["ca_nhan"]}', "recipient: phải là chữ, đang là danh sách"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(
    data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "an.json"
    file.write_bytes(data)
    assert main(["explain", str(file), *ASK]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["explain"], "còn thiếu"),
        (["explain", "không-có.json", *ASK], "không có tệp này"),
        (["explain", ".", *ASK], "là thư mục, không phải tệp"),
        (["explain", "không-có.json", "--kind", "", "--on", "2025-12-01"], "--kind"),
        (["explain", "không-có.json", "--kind", "LDTT", "--on", "30/02/2025"], "--on: không hiểu ngày"),
        (["diff", "--from", "2025-06-30", "--to", "2025-07-01", "--province", "ha-giang"], "--province"),
        (["giải-thích"], "không hiểu: 'giải-thích'"),
        (["words", "sách"], "dùng một trong: 'kinds'"),
        ([], "còn thiếu"),
    ],
)
def test_a_bad_argument_is_refused_in_vietnamese(
    asked: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked) == 2
    assert words in capsys.readouterr().err


def test_an_achievement_period_may_be_written_in_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "an.json"
    period = {"kind": "BK_TINH", "ground": "cong_trang", "from": "01/01/2017", "to": "31/12/2018"}
    file.write_text(json.dumps(AN | {"honours": [period]}))
    assert main(["explain", str(file), "--kind", "BK_TTG", "--on", "2025-12-01"]) == 0
    assert "có, năm 2018" in capsys.readouterr().out
