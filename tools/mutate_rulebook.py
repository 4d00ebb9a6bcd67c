"""Change each number, date and comparison of the texts and the engine; see that a case or test notices.

    python -m tools.mutate_rulebook [--every N] [--only WORDS] [--part K/N]

Each change lives in memory only. A change nobody notices is printed; ends with 1 when there are some.
`--every` takes each Nth change, so that a part can run with the tests; `--part 1/2` half, for two processes.
"""

from __future__ import annotations

import argparse
import copy
import functools
import importlib
import inspect
import io
import re
import signal
import sys
import time
import tokenize
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any
from unittest import mock

from thidua.rulebook import catalogue
from thidua.rulebook.engine import (
    bits,
    careers,
    checking,
    conditions,
    differences,
    facts,
    hoping,
    judging,
    lists,
    nodes,
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
PATIENCE = 20  # seconds; the cases take two
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
ENGINE = (conditions, bits, standards, careers, lists, tables, sight, hoping, judging, facts, nodes, telling)
BESIDE = (register, scanning, differences, checking)  # what no case reaches: only their own tests notice
WITNESSES = {  # the tests asked when no case notices: those without fixtures
    "bits.py": "test_scan_cases",
    "conditions.py": "test_scan_cases",
    "register.py": "test_scan_cases",
    "scanning.py": "test_scan_cases",
    "telling.py": "test_telling",
    "differences.py": "test_differences",
    "checking.py": "test_checking",
    "nodes.py": "test_checking",
}
MUTATED = {f"{one.__name__.rpartition('.')[2]}.py": one for one in (*ENGINE, *BESIDE)}
SIGNS = {">=": ">", "<=": "<", ">": ">=", "<": "<=", "==": "!=", "!=": "==", "&": "|", "<<": ">>", ">>": "<<"}
NAMES = {"and": "or", "or": "and", "min": "max", "max": "min", "any": "all", "all": "any"}
NEXT = {"2/3": ("3/4", "1/2"), "3/4": ("2/3", "4/5")}
CONSTANTS = (int, str, tuple, dict, frozenset)
EQUIVALENT = {  # changes after which the engine answers the same to everything, with the reason
    "bits.py word = word & (word >> step): >> → <<": "a run is found from either of its ends",
    (
        "checking.py if day >= first and not any(one.holds_on(day) for one in own):: >= → >"
    ): "on its first day a provision holds",
    (
        'checking.py long = max(getattr(test, "years", 0), getattr(test, "before", 0)) > SPAN: 0 → 1'
    ): "one year is not too long either",
    (
        "conditions.py spaced: int = 0: 0 → 1"
    ): "read only beside “after”, and every text with “after” writes it",
    (
        "judging.py return None if None in years else earliest((test,), sight, max(1, max(known) "
        "- sight.year)): max → min"
    ): "where the search begins; it ends at the same year",
    ("judging.py return hashlib.sha256(text.encode()).hexdigest()[:16]: 16 → 17"): "a mark one letter longer",
    "judging.py subject=facts.name or facts.id,: or → and": "how the subject is called",
    "register.py NOT_KNOWN = -1: 1 → 2": "any number below zero says not known",
    "register.py founded < 0,: 0 → 1": "nothing was founded in the year 0",
    "register.py founded < 0,: < → <=": "nothing was founded in the year 0",
    (
        "register.py if not kind or kind not in self.register.words:: or → and"
    ): "no award is known, so all years are fresh",
    (
        'register.py made.posts[""] = np.array([NOT_KNOWN if one.positions is None else 0 for '
        "one in people], np.int32): 0 → 1"
    ): "any number below zero says not known",
    "register.py most = np.where(total < 0, MANY, total): 0 → 1": "without members no share is met",
    "register.py most = np.where(total < 0, MANY, total): < → <=": "without members no share is met",
    (
        "register.py np.where((years > 0) & (years % 10 == 0), np.uint8(PASS), np.uint8(fails)),: 0 → 1"
    ): "no anniversary after one year",
    (
        'register.py return any("/" in name for name in register.words): any → all'
    ): "no test is asked for titles and forms alike",
    (
        "register.py return name in self.register.members and bool((self.register.members[name] "
        ">= 0).all()): 0 → 1"
    ): "what is asked twice answers the same, only slower",
    (
        "register.py return name in self.register.members and bool((self.register.members[name] "
        ">= 0).all()): >= → >"
    ): "what is asked twice answers the same, only slower",
    (
        "register.py return self.answered(_among(said, 0), (PASS, PASS, unknown)): 0 → 1"
    ): "disciplined or not, it is known",
    (
        "register.py self.has_resets = resets and register.counted is not None: and → or"
    ): "what is not reset is masked by all years",
    (
        "register.py width = max((len(low) for low, _up in levels), default=1): 1 → 2"
    ): "there is always somebody",
    (
        "register.py width = max((len(low) for low, _up in levels), default=1): max → min"
    ): "all of a family have as many words",
    "telling.py if age is None or sight.facts.founded is None:: or → and": "both are unknown together",
    "telling.py word &= word >> 1: >> → <<": "a run is found from either of its ends",
}
LOAD = texts.load  # as it is when nothing is changed
WIDTHS = ("SPAN =", "ALL =", "OLDEST =", "FAR =", "LEVELS =", "MANY_MONTHS =")  # how far words reach: no law
UNTOUCHED = ("cache", "import", *WIDTHS)


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
        whole = loaded(path)
        for steps, old, new in _values(whole, ()):
            words = f"{'.'.join(_named(whole, steps))}: {old} → {new}"
            yield Change(path.name, words, steps, new, kinds=_kinds(whole, steps))
    for name, module in MUTATED.items():
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        yield from (one for one in _of_source(name, source) if f"{name} {one.what}" not in EQUIVALENT)


def _named(node: Any, steps: tuple[Any, ...]) -> Iterator[str]:
    """The steps to a value; one into a list by what stands there, so that a new line renames no other."""
    for step in steps:
        within, node = node, node[step]
        if isinstance(within, list) and isinstance(node, dict):
            names = [_called(one) for one in within]
            again = names[:step].count(names[step])
            yield f"{names[step]}#{again + 1}" if again else names[step] or str(step)
        else:
            yield str(step)


def _called(node: Any) -> str:
    """A provision, test or row by its code and kinds."""
    return (
        "-".join([*filter(None, [node.get("code")]), *node.get("kinds", [])])
        if isinstance(node, dict)
        else ""
    )


def _kinds(whole: Any, steps: tuple[Any, ...]) -> tuple[str, ...]:
    """The kinds whose cases a change can touch."""
    if isinstance(whole, list):
        return ("*",)
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
    kept = {id(one): one for user in users() for one in vars(user).values() if hasattr(one, "cache_clear")}
    for one in kept.values():
        one.cache_clear()


def _with_text(change: Change, cases: list[Case]) -> bool:
    spoilt = copy.deepcopy(loaded(texts.FOLDER / change.place))
    node = spoilt
    for step in change.steps[:-1]:
        node = node[step]
    node[change.steps[-1]] = change.value

    def spoilt_load(path: Path) -> Any:
        return spoilt if path.name == change.place else loaded(path)

    with ExitStack() as stack:
        for module in (texts, catalogue):
            stack.enter_context(mock.patch.object(module, "load", spoilt_load))
        return _fails(cases, _touched(change, cases))


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
    if change.place in WITNESSES:
        witness(WITNESSES[change.place])
    made: dict[str, Any] = {"__name__": module.__name__}
    try:
        exec(compile(change.source, module.__name__, "exec"), made)  # noqa: S102  # our own source, one sign changed
    except Exception:  # it cannot even be loaded
        return True
    with ExitStack() as stack:
        for name, kept in vars(module).items():
            own = getattr(kept, "__module__", "") == module.__name__ or isinstance(kept, CONSTANTS)
            if own and not name.startswith("__") and name in made:
                for target, field, new in _replacements(name, kept, made[name]):
                    stack.enter_context(mock.patch.object(target, field, new))
        asked = [] if module in BESIDE else cases
        return _fails(cases, asked) or _witnessed(change.place)


@functools.cache
def witness(name: str) -> dict[str, Any]:
    """What a module of tests holds; it is loaded before anything is changed."""
    return vars(importlib.import_module(f"tests.rulebook.{name}"))


def _witnessed(place: str) -> bool:
    """One of the tests of a module of the engine fails."""
    if place not in WITNESSES:
        return False
    tests = witness(WITNESSES[place])
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PATIENCE)
    try:
        for name, test in [*tests.items()]:
            if name.startswith("test_") and not inspect.signature(test).parameters:
                test()
    except Exception:
        return True
    finally:
        signal.alarm(0)
    return False


def _replacements(name: str, kept: Any, new: Any) -> Iterator[tuple[Any, str, Any]]:
    """What goes where: methods into their class, functions and constants to those who use them."""
    if isinstance(kept, type):
        own = (FunctionType, staticmethod, property)
        yield from (
            (kept, field, one)
            for field, one in vars(new).items()
            if isinstance(one, own) and field in vars(kept)
        )
    elif callable(kept) or kept != new:
        yield from ((one, name, new) for one in users() if vars(one).get(name) is kept)


def users() -> list[ModuleType]:
    """Every loaded module of the rulebook: each may have taken a function under its own name."""
    own = ("thidua.rulebook.", "tests.rulebook.")
    return [one for name, one in [*sys.modules.items()] if name.startswith(own)]


def _fails(cases: list[Case], touched: list[Case]) -> bool:
    """A fault in the texts, or a case that comes out otherwise.

    That case is asked first about the next change.
    """
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PATIENCE)
    try:
        if faults(texts.book()):
            return True
        found = next((case for case in touched if _otherwise(case)), None)
    except Exception:  # a text that cannot be read
        return True
    finally:
        signal.alarm(0)
    if found:
        cases.insert(0, cases.pop(next(at for at, one in enumerate(cases) if one is found)))
    return found is not None


def _otherwise(case: Case) -> bool:
    """It does not come out as told; whatever breaks it, and a loop without end, is noticed too."""
    try:
        return next(run_cases([case]), None) is not None
    except Exception:
        return True


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
    if _fails(cases, cases):
        print("chưa đổi gì mà đã có văn bản hoặc trường hợp sai; chạy python -m thidua.rulebook cases")
        return 2
    begun, tried, survived = time.monotonic(), 0, 0
    for at, change in enumerate(changes()):
        if at % asked.every or at % parts != part - 1 or asked.only not in f"{change.place} {change.words}":
            continue
        tried += 1
        if not noticed(change, cases):
            survived += 1
            print(f"không ai thấy: {change.place} {change.words}", flush=True)
        if tried % 100 == 0:
            print(f"  {tried} thay đổi, {survived} không ai thấy", file=sys.stderr, flush=True)
    alike = f"{len(EQUIVALENT)} thay đổi không đổi nghĩa được bỏ qua"
    print(f"{tried} thay đổi, {survived} không ai thấy, {alike}, {time.monotonic() - begun:.0f} giây")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
