"""Change each number, date and comparison of the law's texts and tests; see that a case or a check notices.

    python -m tools.mutate_rulebook [--every N] [--only WORDS]

Each change lives in memory only. A change nobody notices is printed; ends with 1 when there are some.
`--every` takes each Nth change, so that a part of it can run with the tests.
"""

from __future__ import annotations

import argparse
import copy
import functools
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from thidua.rulebook.engine import bits, conditions, standards, texts
from thidua.rulebook.engine.cases import run_cases
from thidua.rulebook.engine.checking import faults
from thidua.rulebook.engine.sentences import Case, read_cases

CASES = Path("tests/rulebook/cases")
LOADED: list[Any] = []  # the texts as they are, read once
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
ENGINE = ("conditions.py", "bits.py")
COMPARISONS = (
    (">=", ">"),
    ("<=", "<"),
    ("==", "!="),
    ("!=", "=="),
    ("> 0", ">= 0"),
    (">> self", "<< self"),
    ("& ", "| "),
)


@dataclass
class Change:
    """One change, and how to make it."""

    place: str
    words: str
    contents: dict[str, Any] | None = None  # a text file as read
    source: str = ""  # a module of the engine
    kinds: tuple[str, ...] = ()  # whose cases are asked first


def changes() -> Iterator[Change]:
    """Every change of the texts, then of the engine."""
    for path in sorted(texts.FOLDER.glob("*.yaml")):
        if path.name != "catalogue.yaml":
            whole = texts.load(path)
            for steps, old, new in _values(whole, ()):
                spoilt = copy.deepcopy(whole)
                _put(spoilt, steps, new)
                yield Change(
                    path.name,
                    f"{'.'.join(str(one) for one in steps)}: {old} → {new}",
                    contents=spoilt,
                    kinds=_kinds(whole, steps),
                )
    for name in ENGINE:
        code = (Path(conditions.__file__).parent / name).read_text()
        for old, new in COMPARISONS:
            for found in re.finditer(re.escape(old), code):
                line = code.count("\n", 0, found.start()) + 1
                if not _is_words(code.splitlines()[line - 1]):
                    spoilt_code = code[: found.start()] + new + code[found.end() :]
                    yield Change(name, f"dòng {line}: {old} → {new}", source=spoilt_code)


def _kinds(whole: Any, steps: tuple[Any, ...]) -> tuple[str, ...]:
    """The kinds of the provision that was changed."""
    inside = steps[0] == "provisions" and len(steps) > 1
    return tuple(whole["provisions"][steps[1]]["kinds"]) if inside else ()


def _is_words(line: str) -> bool:
    """A docstring, not code."""
    return line.strip().startswith(('"""', "`")) or line.strip().endswith('"""') or "return (1 <<" in line


def _values(node: Any, steps: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    """Each number, share, date and switch below a node with a value beside it."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, one in pairs:
        if key in SILENT or (isinstance(key, str) and key == "tables"):
            continue
        here = (*steps, key)
        if isinstance(one, bool):
            yield here, one, not one
        elif isinstance(one, int):
            yield from ((here, one, one + by) for by in (1, -1) if one + by >= 0)
        elif isinstance(one, date):
            yield from ((here, one, one + timedelta(days=by)) for by in (1, -1))
        elif isinstance(one, str) and re.fullmatch(r"\d+%", one):
            yield from ((here, one, f"{int(one[:-1]) + by}%") for by in (1, -1))
        elif isinstance(one, str) and one == "2/3":
            yield from ((here, one, other) for other in ("3/4", "1/2"))
        else:
            yield from _values(one, here)


def _put(node: Any, steps: tuple[Any, ...], value: Any) -> None:
    for step in steps[:-1]:
        node = node[step]
    node[steps[-1]] = value


def noticed(change: Change, cases: list[Case]) -> bool:
    """A check refuses it, or a case comes out otherwise."""
    cases = sorted(cases, key=lambda case: not any(one.kind in change.kinds for one in case.asked))
    load = functools.cache(texts.load) if not LOADED else LOADED[0]
    LOADED[:] = [load]
    texts.book.cache_clear()
    standards.standard.cache_clear()
    try:
        if change.contents is not None:
            with mock.patch.object(
                texts, "load", lambda path: change.contents if path.name == change.place else load(path)
            ):
                return _fails(cases)
        module = {"conditions.py": conditions, "bits.py": bits}[change.place]
        return _with_source(module, change.source, cases)
    finally:
        texts.book.cache_clear()
        standards.standard.cache_clear()


def _with_source(module: Any, source: str, cases: list[Case]) -> bool:
    """The methods of the module's tests replaced by those of the spoilt source."""
    made: dict[str, Any] = {"__name__": module.__name__}
    exec(compile(source, module.__name__, "exec"), made)  # noqa: S102  # our own source with one sign changed
    with mock.patch.multiple(
        module,
        **{
            name: one
            for name, one in made.items()
            if callable(one) and not isinstance(one, type) and name in vars(module)
        },
    ):
        patched = [
            mock.patch.object(kept, name, vars(made[cls])[name])
            for cls, kept in vars(module).items()
            if isinstance(kept, type) and cls in made and kept.__module__ == module.__name__
            for name in ("so", "plainly", "total", "window", "status")
            if name in vars(made[cls])
        ]
        for one in patched:
            one.start()
        try:
            return _fails(cases)
        finally:
            for one in patched:
                one.stop()


def _fails(cases: list[Case]) -> bool:
    try:
        found = texts.book()
        return bool(next(run_cases(cases), None)) or bool(faults(found))
    except Exception:  # whatever it breaks, it is noticed
        return True


def main(words: list[str] | None = None) -> int:
    """Try the changes and tell which nobody noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    asked = parser.parse_args(words)
    cases = [case for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]
    tried = survived = 0
    for at, change in enumerate(changes()):
        if at % asked.every or asked.only not in f"{change.place} {change.words}":
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
