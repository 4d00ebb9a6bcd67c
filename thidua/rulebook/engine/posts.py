"""Posts of the career tables, and which of them an office is, by its name.

The tables name posts as the decrees do (“Vụ trưởng, Giám đốc sở …”); an office stands in a unit's list as
“Giám đốc” of “Sở Y tế”. An office the tables do not name is none of theirs, though it may be held equal to
one: that is for a person to say (`records.Equivalence`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from thidua.base.text.alphabet import search_key
from thidua.rulebook.engine.texts import Row, book

OF_EITHER = re.compile(r"(.+) (\S+) hoặc (\S+) (.+)")  # “Chủ tịch HĐND hoặc UBND tỉnh”


def career_posts() -> dict[str, str]:
    """The posts of leaders in the career tables, highest first, with all that the decrees name for each."""
    return {row.values["post"]: row.says for row in _ranked()}


def _ranked() -> list[Row]:
    return [row for row in book().rows if row.topic == "posts" and row.values.get("ladder")]


@functools.cache
def post_names() -> dict[str, str]:
    """The code of each post by every name the tables give it, without marks; the longest names first."""
    found = {search_key(name): row.values["post"] for row in _ranked() for name in _names(row.says)}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _names(says: str) -> Iterator[str]:
    for part in re.sub(r"\(.*?\)", "", says).split(","):
        either = OF_EITHER.fullmatch(part.strip())
        if either:
            holds, one, other, where = either.groups()
            yield from (f"{holds} {one} {where}", f"{holds} {other} {where}")
        else:
            yield part


def post_of(office: str, unit: str) -> str | None:
    """The post that an office of a unit is; None when the tables do not name it."""
    told = search_key(f"{office} {unit}")
    return next(
        (code for name, code in post_names().items() if told == name or told.startswith(f"{name} ")), None
    )
