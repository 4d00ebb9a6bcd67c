"""Change each number, date and comparison of the texts and the engine; see that a case or check notices.

    python -m tools.mutate_rulebook [--every N] [--only WORDS] [--part K/N]

Each change lives in memory only. A change nobody notices is printed; ends with 1 when there are some.
`--every` takes each Nth change, so that a part can run with the tests; `--part 1/2` half, for two processes.
"""

from __future__ import annotations

import argparse
import copy
import functools
import io
import re
import signal
import sys
import tokenize
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import FunctionType
from typing import Any
from unittest import mock

from thidua.rulebook.engine import (
    bits,
    careers,
    checking,
    conditions,
    hoping,
    judging,
    lists,
    register,
    scanning,
    sight,
    standards,
    tables,
    telling,
    texts,
)
from thidua.rulebook.engine.cases import run_cases
from thidua.rulebook.engine.checking import faults
from thidua.rulebook.engine.sentences import Case, read_cases

CASES = Path("tests/rulebook/cases")
PATIENCE = 60  # seconds; the cases take a few
SILENT = {
    "code",
    "says",
    "source",
    "article",
    "clause",
    "point",
    "note",
    "name",
    "doubt",
    "doubt_if_fails",
    "why",
}
WHOLE = {"posts", "initiatives"}  # tables that standards read
MUTATED = {"conditions.py": conditions, "bits.py": bits, "standards.py": standards}
MUTATED |= {
    "careers.py": careers,
    "lists.py": lists,
    "tables.py": tables,
    "sight.py": sight,
    "hoping.py": hoping,
}
ENGINE = (*MUTATED.values(), judging, checking, telling, register, scanning)
SIGNS = {">=": ">", "<=": "<", ">": ">=", "<": "<=", "==": "!=", "!=": "==", "&": "|", "<<": ">>", ">>": "<<"}
NAMES = {"and": "or", "or": "and", "min": "max", "max": "min", "any": "all", "all": "any"}
NEXT = {"2/3": ("3/4", "1/2"), "3/4": ("2/3", "4/5")}
LOAD = texts.load  # as it is when nothing is changed
UNTOUCHED = ("cache", "import", "FAR", "LEVELS =", "SPAN", "MANY_MONTHS", "WIDER", "isinstance")


@dataclass
class Change:
    """One change, and where to make it."""

    place: str
    words: str
    steps: tuple[Any, ...] = ()  # where in a text file
    value: Any = None
    source: str = ""  # a module of the engine
    kinds: tuple[str, ...] = ("*",)  # whose cases can notice it; none: only questions to the tables

    @property
    def what(self) -> str:
        """The change without the line it stands on."""
        return re.sub(r"^dòng \d+: ", "", self.words)


@functools.cache
def loaded(path: Path) -> Any:
    """A text file as it is, read once."""
    return LOAD(path)


def changes() -> Iterator[Change]:
    """Every change of the texts, then of the engine."""
    for path in sorted(texts.FOLDER.glob("*.yaml")):
        if path.name != "catalogue.yaml":
            whole = loaded(path)
            for steps, old, new in _values(whole, ()):
                words = f"{'.'.join(str(one) for one in steps)}: {old} → {new}"
                yield Change(path.name, words, steps, new, kinds=_kinds(whole, steps))
    for name, module in MUTATED.items():
        yield from _of_source(name, Path(str(module.__file__)).read_text(encoding="utf-8"))


def _kinds(whole: Any, steps: tuple[Any, ...]) -> tuple[str, ...]:
    """The kinds whose cases a change can touch."""
    if steps[0] == "provisions" and len(steps) > 1:
        return tuple(whole["provisions"][steps[1]]["kinds"])
    return () if steps[0] == "tables" and steps[1] not in WHOLE else ("*",)


def _values(node: Any, steps: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    """Each number, share, date and switch below a node with a value beside it."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, one in pairs:
        if key not in SILENT:
            yield from ((((*steps, key)), one, other) for other in beside(one))
            yield from _values(one, (*steps, key))


def beside(value: Any) -> list[Any]:
    """The values next to one: nothing for a text that is no number, share or day."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + by for by in (1, -1) if value + by >= 0]
    if isinstance(value, date):
        return [value + timedelta(days=by) for by in (1, -1)]
    return _beside_text(value) if isinstance(value, str) else []


def _beside_text(value: str) -> list[Any]:
    """The same of a number written as text: “70%”, “4.5”, “12-31”, “2/3”."""
    if re.fullmatch(r"\d+(\.\d+)?%", value):
        return [f"{float(value[:-1]) + by:g}%" for by in (1, -1)]
    if re.fullmatch(r"\d+\.\d+", value):
        return [f"{float(value) + by:g}" for by in (0.05, -0.05)]
    if re.fullmatch(r"\d\d-\d\d", value):
        return [f"{value[:3]}{int(value[3:]) - 1:02d}"]
    return list(NEXT.get(value, ()))


def _of_source(name: str, code: str) -> Iterator[Change]:
    """Each sign, “and”, “min” and number of a module, changed."""
    lines = code.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        new = _other(token)
        row, column = token.start
        if new and not any(word in token.line for word in UNTOUCHED):
            line = lines[row - 1]
            spoilt = [*lines]
            spoilt[row - 1] = line[:column] + new + line[token.end[1] :]
            yield Change(name, f"dòng {row}: {line.strip()}: {token.string} → {new}", source="".join(spoilt))


def _other(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.OP:
        return SIGNS.get(token.string, "")
    if token.type == tokenize.NAME:
        return NAMES.get(token.string, "")
    return str(int(token.string) + 1) if token.type == tokenize.NUMBER and token.string.isdigit() else ""


def noticed(change: Change, cases: list[Case]) -> bool:
    """A check refuses it, or a case comes out otherwise."""
    _forget()
    try:
        return _with_source(change, cases) if change.source else _with_text(change, cases)
    finally:
        _forget()


def _forget() -> None:
    """Nothing read or worked out from the texts is kept."""
    for one in (texts.book, standards.standard, sight.at_least):
        one.cache_clear()


def _with_text(change: Change, cases: list[Case]) -> bool:
    spoilt = copy.deepcopy(loaded(texts.FOLDER / change.place))
    node = spoilt
    for step in change.steps[:-1]:
        node = node[step]
    node[change.steps[-1]] = change.value
    with mock.patch.object(texts, "load", lambda path: spoilt if path.name == change.place else loaded(path)):
        return _fails(_touched(change, cases))


def _touched(change: Change, cases: list[Case]) -> list[Case]:
    """The cases that can come out otherwise: of its kinds and those that meet them, or of tables."""
    if "*" in change.kinds:
        return cases
    kinds = set(change.kinds) | ({"CSTD_CS"} if "LDTT" in change.kinds else set())
    return [
        case for case in cases if any(one.kind in kinds for one in case.asked) or (case.lookups and not kinds)
    ]


def _with_source(change: Change, cases: list[Case]) -> bool:
    """The functions and methods of a module replaced by those of its spoilt source, wherever used."""
    module = MUTATED[change.place]
    made: dict[str, Any] = {"__name__": module.__name__}
    try:
        exec(compile(change.source, module.__name__, "exec"), made)  # noqa: S102  # our own source, one sign changed
    except Exception:  # it cannot even be loaded
        return True
    with ExitStack() as stack:
        for name, kept in vars(module).items():
            if name in made and getattr(kept, "__module__", "") == module.__name__:
                for target, field, new in _replacements(name, kept, made[name]):
                    stack.enter_context(mock.patch.object(target, field, new))
        return _fails(cases)


def _replacements(name: str, kept: Any, new: Any) -> Iterator[tuple[Any, str, Any]]:
    if isinstance(kept, type):
        own = (FunctionType, staticmethod, property)
        yield from (
            (kept, field, one)
            for field, one in vars(new).items()
            if isinstance(one, own) and field in vars(kept)
        )
    elif callable(kept):
        yield from ((one, name, new) for one in ENGINE if vars(one).get(name) is kept)


def _fails(cases: list[Case]) -> bool:
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PATIENCE)
    try:
        found = texts.book()
        return bool(next(run_cases(cases), None)) or bool(faults(found))
    except Exception:  # whatever it breaks, and a loop without end, is noticed
        return True
    finally:
        signal.alarm(0)


def _too_long(number: int, frame: object) -> None:
    raise TimeoutError


def main(words: list[str] | None = None) -> int:
    """Try the changes and tell which nobody noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--part", default="1/1")
    asked = parser.parse_args(words)
    part, parts = (int(one) for one in asked.part.split("/"))
    cases = [case for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]
    tried = survived = 0
    for at, change in enumerate(changes()):
        if at % asked.every or at % parts != part - 1 or asked.only not in f"{change.place} {change.words}":
            continue
        tried += 1
        if not noticed(change, cases):
            survived += 1
            print(f"không ai thấy: {change.place} {change.words}", flush=True)
        if tried % 100 == 0:
            print(f"  {tried} thay đổi, {survived} không ai thấy", file=sys.stderr, flush=True)
    print(f"{tried} thay đổi, {survived} không ai thấy")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
