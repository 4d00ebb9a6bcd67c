"""The law asked from the terminal, without a database. The formats stand in docs/spec/su-kien-1.md.

    python -m thidua.rulebook explain FACTS.json --kind CSTD_TINH --on 2025-12-01 [--beside NGÀY] [--json]

Ends with 0 when all went well, 1 when a check found a fault, 2 when a file or an argument cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys

from thidua.rulebook.engine import told
from thidua.rulebook.engine.judging import compare
from thidua.rulebook.engine.reading import kind_word, load_facts
from thidua.rulebook.engine.told import BadFile


def main(words: list[str] | None = None) -> int:
    """Read the words of the command line and answer."""
    asked = _parser().parse_args(words)
    try:
        return int(asked.run(asked))
    except BadFile as fault:
        print(f"Không đọc được: {fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m thidua.rulebook", description="Hỏi quy định về thi đua, khen thưởng."
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    explaining = commands.add_parser("explain", help="kết luận cho một đối tượng, với từng lý do")
    explaining.add_argument("facts", metavar="SỰ_KIỆN.json")
    explaining.add_argument("--kind", required=True, help="mã hoặc tên danh hiệu, hình thức")
    explaining.add_argument("--on", required=True, help="ngày quyết định, như 2025-12-01")
    explaining.add_argument("--beside", action="append", default=[], help="thêm một ngày để đặt cạnh nhau")
    explaining.add_argument("--province", default="", help="quy định của tỉnh, như bac-ninh")
    explaining.add_argument("--json", action="store_true", help="in ra JSON")
    explaining.set_defaults(run=_explain)
    return parser


def _explain(asked: argparse.Namespace) -> int:
    kind = kind_word(asked.kind, "--kind")
    days = [
        told.day(one, place)
        for one, place in ((asked.on, "--on"), *((day, "--beside") for day in asked.beside))
    ]
    verdicts = compare(load_facts(asked.facts), kind=kind, days=days, province=asked.province)
    if asked.json:
        data = [one.as_data() for one in verdicts]
        print(json.dumps(data if asked.beside else data[0], ensure_ascii=False, indent=1))
    else:
        print("\n\n".join("\n".join(one.lines()) for one in verdicts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
