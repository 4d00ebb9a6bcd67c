"""The law asked from the terminal, without a database. The formats stand in docs/spec/su-kien-1.md.

    python -m thidua.rulebook explain FACTS.json --kind CSTD_TINH --on 2025-12-01 [--beside NGÀY] [--json]
    python -m thidua.rulebook diff --from 2025-06-30 --to 2025-07-01 [KIND]
    python -m thidua.rulebook check
    python -m thidua.rulebook cases [FOLDER]
    python -m thidua.rulebook words [kinds|statements|posts]
    python -m thidua.rulebook scan FACTS.parquet --on 2025-12-01 --out OUT.parquet

Ends with 0 when all went well, 1 when a check found a fault, 2 when a file or an argument cannot be read.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from thidua.rulebook import catalogue
from thidua.rulebook.engine import told
from thidua.rulebook.engine.cases import gaps, run
from thidua.rulebook.engine.checking import faults
from thidua.rulebook.engine.differences import differences
from thidua.rulebook.engine.judging import compare
from thidua.rulebook.engine.reading import kind_word, load_facts, posts, statement_keys
from thidua.rulebook.engine.texts import book
from thidua.rulebook.engine.told import BadFile


def main(words: list[str] | None = None) -> int:
    """Read the words of the command line and answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        asked = _parser().parse_args(words)
        return int(asked.run(asked))
    except ValueError as fault:  # a bad file, or a bad catalogue
        print(f"Không đọc được: {fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


class Parser(argparse.ArgumentParser):
    """One that speaks Vietnamese."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named, add_help=False)
        self._positionals.title, self._optionals.title = "phải ghi", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in lời chỉ dẫn này")

    def format_usage(self) -> str:
        """How the command is written."""
        return super().format_usage().replace("usage:", "Cách viết:", 1)

    def format_help(self) -> str:
        """The same with what each argument means."""
        return super().format_help().replace("usage:", "Cách viết:", 1)

    def error(self, message: str) -> NoReturn:
        """Say which argument, and how the command is written."""
        for english, words in REFUSALS.items():
            message = message.replace(english, words)
        raise BadFile(f"lệnh viết chưa đúng: {message}.\n{self.format_usage().strip()}")


REFUSALS = {
    "the following arguments are required": "còn thiếu",
    "unrecognized arguments": "không có tham số",
    "expected one argument": "phải có một giá trị theo sau",
    "invalid choice": "không hiểu",
    "(choose from '', ": "(dùng một trong: ",
    "(choose from": "(dùng một trong:",
    "argument ": "",
}


WORDS: dict[str, Callable[[], dict[str, str]]] = {
    "kinds": lambda: {one.code: one.name for one in catalogue.eras()},
    "statements": statement_keys,
    "posts": posts,
}


PROVINCE = "quy định của tỉnh, như bac-ninh"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m thidua.rulebook", description="Hỏi quy định về thi đua, khen thưởng.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    explaining = commands.add_parser("explain", help="kết luận cho một đối tượng, với từng lý do")
    explaining.add_argument("facts", metavar="SỰ_KIỆN.json", help="tệp sự kiện, xem docs/spec/su-kien-1.md")
    explaining.add_argument("--kind", metavar="MÃ", required=True, help="mã hoặc tên danh hiệu, hình thức")
    explaining.add_argument("--on", metavar="NGÀY", required=True, help="ngày quyết định, như 2025-12-01")
    beside = "thêm một ngày để đặt cạnh nhau"
    explaining.add_argument("--beside", metavar="NGÀY", action="append", default=[], help=beside)
    explaining.add_argument("--province", metavar="TỈNH", default="", help=PROVINCE)
    explaining.add_argument("--json", action="store_true", help="in ra JSON")
    explaining.set_defaults(run=_explain)
    changing = commands.add_parser("diff", help="quy định đổi gì giữa hai ngày")
    only = "chỉ một danh hiệu, hình thức"
    changing.add_argument("kind", metavar="MÃ", nargs="?", default="", help=only)
    changing.add_argument("--from", metavar="NGÀY", dest="earlier", required=True, help="ngày trước")
    changing.add_argument("--to", metavar="NGÀY", dest="later", required=True, help="ngày sau")
    changing.add_argument("--province", metavar="TỈNH", default="", help=PROVINCE)
    changing.set_defaults(run=_diff)
    checking = commands.add_parser("check", help="soát các văn bản đã nhập")
    checking.set_defaults(run=_check)
    casing = commands.add_parser("cases", help="chạy các trường hợp mẫu")
    casing.add_argument("folder", metavar="THƯ_MỤC", nargs="?", default="tests/rulebook/cases")
    casing.set_defaults(run=_cases)
    wording = commands.add_parser("words", help="các mã dùng trong sự kiện và nghĩa của chúng")
    wording.add_argument("about", nargs="?", default="", choices=["", *WORDS], metavar="|".join(WORDS))
    wording.set_defaults(run=_words)
    scanning = commands.add_parser("scan", help="kết luận cho cả một danh sách")
    scanning.add_argument("facts", metavar="SỰ_KIỆN.parquet", help="mỗi dòng một đối tượng")
    scanning.add_argument("--on", metavar="NGÀY", required=True, help="ngày quyết định")
    scanning.add_argument("--out", metavar="RA.parquet", required=True, help="tệp ghi kết luận")
    scanning.add_argument("--year", metavar="NĂM", default="", help="năm xét")
    scanning.add_argument("--kind", metavar="MÃ", action="append", default=[], help="chỉ các loại này")
    scanning.add_argument("--province", metavar="TỈNH", default="", help=PROVINCE)
    scanning.set_defaults(run=_scan)
    return parser


def _explain(asked: argparse.Namespace) -> int:
    kind = kind_word(asked.kind, "--kind")
    days = [
        told.day(one, place)
        for one, place in ((asked.on, "--on"), *((day, "--beside") for day in asked.beside))
    ]
    facts, province = load_facts(asked.facts), told_province(asked.province)
    verdicts = compare(facts, kind=kind, days=days, province=province)
    if asked.json:
        data = [one.as_data() for one in verdicts]
        print(json.dumps(data if asked.beside else data[0], ensure_ascii=False, indent=1))
    else:
        print("\n\n".join("\n".join(one.lines()) for one in verdicts))
    return 0


def told_province(code: str) -> str:
    """The province, ministry or cluster whose rules are asked for; none when nothing is said."""
    known = sorted({one.tenant for one in book().instruments if one.tenant})
    return told.one_of(code, known, "--province") if code else ""


def _diff(asked: argparse.Namespace) -> int:
    kind = kind_word(asked.kind, "MÃ") if asked.kind else ""
    days = told.day(asked.earlier, "--from"), told.day(asked.later, "--to")
    lines = differences(book(), *days, kind, told_province(asked.province))
    print("\n".join(lines) if lines else "Không có gì đổi.")
    return 0


def _check(asked: argparse.Namespace) -> int:
    texts = book()
    found = faults(texts)
    print(
        "\n".join(
            [*found, f"{len(texts.provisions)} quy định, {len(texts.rows)} dòng bảng, {len(found)} lỗi"]
        )
    )
    return 1 if found else 0


def _cases(asked: argparse.Namespace) -> int:
    folder = Path(asked.folder)
    if not folder.is_dir():
        raise BadFile(f"{folder}: không có thư mục trường hợp này.")
    result = run(folder)
    wrong = [*result.wrong, *gaps(result.covered)]
    print("\n".join([*wrong, f"{result.count} trường hợp, {len(wrong)} sai"]))
    return 1 if wrong else 0


def _words(asked: argparse.Namespace) -> int:
    for about in [asked.about] if asked.about else WORDS:
        print(f"# {about}")
        for code, words in sorted(WORDS[about]().items()):
            print(f"{code}: {words}")
    return 0


def _scan(asked: argparse.Namespace) -> int:
    from thidua.rulebook.engine.parquet import scan_file  # arrays are loaded only when asked for

    on, kinds = told.day(asked.on, "--on"), [kind_word(one, "--kind") for one in asked.kind]
    year = told.year(asked.year, "--year") if asked.year else None
    rows = scan_file(
        asked.facts,
        asked.out,
        on=on,
        year=year,
        kinds=kinds,
        province=told_province(asked.province),
        progress=_progress,
    )
    print(f"\r{rows} dòng → {asked.out}", file=sys.stderr)
    return 0


def _progress(done: int, total: int) -> None:
    print(f"\r{done * 100 // max(total, 1)}%  {done}/{total}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
