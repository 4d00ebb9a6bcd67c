"""Check a table and compute scores from files, without a database.

    python -m thidua.emulation.scoring.engine check TABLE [--json]
    python -m thidua.emulation.scoring.engine compute TABLE FILINGS [--layer L] [--json]
    python -m thidua.emulation.scoring.engine read FILE [--total N] > table.yaml

Ends with 0 when all is well, 1 when a table has errors or a filing has faults, 2 when a file cannot be read.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from typing import NoReturn

from thidua.emulation.scoring.engine.adding import Sheet
from thidua.emulation.scoring.engine.checking import ERROR, check_document
from thidua.emulation.scoring.engine.computing import Result, compute
from thidua.emulation.scoring.engine.files import bytes_of, load, write
from thidua.emulation.scoring.engine.intake import read_layout
from thidua.emulation.scoring.engine.numbers import ROUNDING_WORDS, read_number, said
from thidua.emulation.scoring.engine.output import digest, result_data
from thidua.emulation.scoring.engine.reading import read_filings, read_table
from thidua.emulation.scoring.engine.told import BadFile


class Parser(argparse.ArgumentParser):
    """Says in Vietnamese how a command is written."""

    def error(self, message: str) -> NoReturn:
        """Ends with 2, like a file that cannot be read."""
        usage = self.format_usage().removeprefix("usage:").strip()
        self.exit(2, f"Lệnh viết chưa đúng. Cách dùng: {usage}\n")


def main(words: list[str] | None = None) -> int:
    """Read the words of the command line and answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the machine's language is
            stream.reconfigure(encoding="utf-8")
    asked = _parser().parse_args(words)
    try:
        return int(asked.run(asked))
    except BadFile as fault:
        print(f"Không đọc được: {fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the answer has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m thidua.emulation.scoring.engine",
        description="Kiểm tra bảng điểm, tính điểm không cần cơ sở dữ liệu.",
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    computing = commands.add_parser("compute", help="tính điểm các đơn vị và xếp hạng")
    computing.add_argument("table", metavar="BẢNG")
    computing.add_argument("filings", metavar="KẾT_QUẢ")
    computing.add_argument("--layer", default="", help="lớp dùng để xếp hạng; không ghi thì lớp cuối")
    computing.add_argument("--json", action="store_true", help="in ra JSON")
    computing.set_defaults(run=_compute)
    checking = commands.add_parser("check", help="tìm chỗ sai trong bảng điểm")
    checking.add_argument("table", metavar="BẢNG")
    checking.add_argument("--json", action="store_true", help="in ra JSON")
    checking.set_defaults(run=_check)
    reading = commands.add_parser("read", help="đọc bảng điểm trong Word, Excel thành bang-diem-1")
    reading.add_argument("file", metavar="TỆP")
    reading.add_argument("--total", default="", help="thang điểm, khi bảng không ghi dòng tổng")
    reading.add_argument("--sheet", default="", help="chỉ đọc trang tính, bảng mang tên này")
    reading.set_defaults(run=_read)
    return parser


def _read(asked: argparse.Namespace) -> int:
    total = read_number(asked.total) if asked.total else None
    if asked.total and total is None:
        raise BadFile(f"--total: không hiểu số “{asked.total}”.")
    taken = read_layout(bytes_of(asked.file), asked.file, total, asked.sheet)
    print(write(taken.document), end="")
    for remark in taken.remarks:
        print(remark, file=sys.stderr)
    for code, told in taken.understood.items():
        for words, what in told:
            print(f"HIỂU {code}: “{words}” là {what}", file=sys.stderr)
    return 1 if taken.errors else 0


def _check(asked: argparse.Namespace) -> int:
    found = check_document(load(asked.table), asked.table)
    errors = sum(one.level == ERROR for one in found)
    if asked.json:
        print(json.dumps([one._asdict() for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(one)
        print(f"{errors} lỗi, {len(found) - errors} lưu ý")
    return 1 if errors else 0


def _compute(asked: argparse.Namespace) -> int:
    table = read_table(load(asked.table), asked.table)
    filings = read_filings(load(asked.filings), asked.filings)
    if asked.layer and asked.layer not in filings.layers:
        raise BadFile(f"{asked.filings}: không có lớp “{asked.layer}”. Có: {', '.join(filings.layers)}.")
    if not filings.units:
        raise BadFile(f"{asked.filings}: chưa có đơn vị nào ở “units”.")
    result = compute(table, filings, asked.layer)
    if asked.json:
        told = result_data(result) | {"digest": digest(table, filings, result)}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _print(result, digest(table, filings, result))
    return 1 if any(sheet.faults for own in result.sheets.values() for sheet in own.values()) else 0


def _print(result: Result, mark: str) -> None:
    table = result.table
    head = table.title or "Bảng điểm"
    rounding = ROUNDING_WORDS[table.rounding]
    print(f"{head}: thang {said(table.total)}, {table.places} số lẻ, {rounding}")

    for own in result.sheets.values():
        for sheet in own.values():
            _print_sheet(sheet)
    kind = "Xếp hạng TẠM TÍNH" if result.provisional else "Xếp hạng"
    print(f"\n{kind} theo lớp {result.layer}")
    for one in result.ranking:
        print(f"{one.place:>4}  {one.unit}  {said(one.total)}{'  (đồng hạng)' if one.tied else ''}")
    for unit in result.out:
        print(f"   –  {unit}  không xếp loại")
    for waiting in result.provisional:
        print(f"Còn chờ {waiting}")
    for suspicion in result.suspicions:
        print(f"? {suspicion}")
    print(f"Mã kiểm {mark}")


def _print_sheet(sheet: Sheet) -> None:
    print(f"\n{sheet.unit}, lớp {sheet.layer}: {said(sheet.total)} điểm {sheet.class_title}".rstrip())
    if sheet.claimed != sheet.total:
        print(f"  điểm ghi {said(sheet.claimed)}")
    for mark in sheet.marks.values():
        print(f"  {mark.code}: {said(mark.points)}  [{mark.explanation}]")
    for sentence in (*sheet.class_reasons, *sheet.faults):
        print(f"  ! {sentence}")


if __name__ == "__main__":
    sys.exit(main())
