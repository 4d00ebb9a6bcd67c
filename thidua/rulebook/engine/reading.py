"""Read facts from JSON: the format su-kien-1 of docs/spec.

A fault says where it stands and what would mend it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from thidua.rulebook import catalogue
from thidua.rulebook.engine import told
from thidua.rulebook.engine.facts import (
    DISCIPLINES,
    GROUNDS,
    LEAVES,
    OCCUPATIONS,
    PENDING,
    RATINGS,
    REACHES,
    RECIPIENTS,
    SEXES,
    WORKS,
    Discipline,
    Facts,
    Honour,
    Initiative,
    Leave,
    Members,
    Pending,
    Position,
)
from thidua.rulebook.engine.opening import load_json
from thidua.rulebook.engine.texts import book
from thidua.rulebook.engine.told import BadFile

FORMAT = "su-kien-1"
QUOTES = "“”‘’\"'"
PLAIN_KEYS = "format recipient id name year sex occupation recruited founded received complete"
KEYS = {
    *PLAIN_KEYS.split(),
    "ratings",
    "registered",
    "honours",
    "initiatives",
    "discipline",
    "pending",
    "positions",
}
KEYS |= {"leave", "members", "statements"}


def load_facts(path: str | Path) -> Facts:
    """The facts of a file. Raises `BadFile`."""
    return read_facts(load_json(path))


def read_facts(data: Any) -> Facts:
    """Facts from a mapping as JSON gives it. Raises `BadFile`."""
    values = told.mapping(data, "sự kiện")
    told.only(values, KEYS, "sự kiện")
    if values.get("format", FORMAT) != FORMAT:
        raise BadFile(f"format: phải là “{FORMAT}”, đang là “{values['format']}”.")
    empty = () if told.truth(values.get("complete"), "complete") else None
    lists = {key: _list(values, key, read, empty) for key, read in LISTS.items()}
    return Facts(
        recipient=_word(values.get("recipient", "ca_nhan"), RECIPIENTS, "recipient"),
        id=told.words(values.get("id"), "id"),
        name=told.words(values.get("name"), "name"),
        year=_maybe(values, "year", told.year),
        sex=_maybe(values, "sex", lambda one, place: _word(one, SEXES, place)),
        occupation=_maybe(values, "occupation", lambda one, place: _word(one, OCCUPATIONS, place)),
        **{key: _maybe(values, key, told.day) for key in ("recruited", "founded", "received")},
        ratings=_ratings(values.get("ratings")),
        registered=_maybe(values, "registered", _years),
        members=_members(values.get("members")),
        statements=_statements(values.get("statements")),
        **lists,
    )


def _maybe(values: Mapping[str, Any], key: str, read: Callable[[Any, str], Any]) -> Any:
    return None if values.get(key) is None else read(values[key], key)


def _list(values: Mapping[str, Any], key: str, read: Callable[[dict[str, Any], str], Any], empty: Any) -> Any:
    if values.get(key) is None:
        return empty
    lines = told.listed(values[key], key)
    return tuple(read(told.mapping(one, f"{key}[{at}]"), f"{key}[{at}]") for at, one in enumerate(lines))


def _word(value: Any, known: Mapping[str, str], place: str) -> str:
    """A code, or the Vietnamese words it stands for, with or without accents."""
    plain = plainly(value) if isinstance(value, str) else ""
    for code, words in known.items():
        if plain in {plainly(code), plainly(words)}:
            return code
    return told.one_of(value, known, place)


def plainly(text: str) -> str:
    """Small letters without accents; spaces and underscores are one."""
    flat = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    flat = "".join(one for one in flat if not unicodedata.combining(one) and one not in QUOTES)
    return re.sub(r"[\s_\-]+", " ", flat)


def kind_word(value: Any, place: str) -> str:
    """The code of a kind: itself, another way of writing it, or its name."""
    if value is None or not str(value).strip():
        raise BadFile(f"{place}: chưa ghi mã hay tên danh hiệu, hình thức nào.")
    text = str(value).strip()
    text = book().aliases.get(text, text)
    known = kind_names()
    return known.get(text) or known.get(plainly(text)) or told.one_of(text, sorted({*known.values()}), place)


@functools.cache
def kind_names() -> dict[str, str]:
    """Every way of writing a kind, plainly, with its code; codes as they are come first."""
    names = {
        plainly(name): one.code
        for one in reversed(catalogue.eras())
        for name in (one.short, one.law_name, one.name, one.code)
        if name
    }
    return names | {one.code: one.code for one in catalogue.eras()}


def _ratings(value: Any) -> dict[int, str]:
    if value is None:
        return {}
    pairs = told.mapping(value, "ratings")
    return {
        told.year(key, "ratings"): _word(one, RATINGS, f"ratings.{key}")
        for key, one in pairs.items()
        if one is not None
    }


def _years(value: Any, place: str) -> tuple[int, ...]:
    return tuple(told.year(one, f"{place}[{at}]") for at, one in enumerate(told.listed(value, place)))


def _statements(value: Any) -> dict[str, bool]:
    pairs = told.mapping(value if value is not None else {}, "statements")
    known = statement_keys()
    told.only(pairs, known, "statements")
    read = {key: told.truth(one, f"statements.{key}") for key, one in pairs.items()}
    return {key: one for key, one in read.items() if one is not None}


@functools.cache
def statement_keys() -> dict[str, str]:
    """What the texts ask to be stated, with their words."""
    keys: dict[str, str] = {}
    for one in book().provisions:
        for test in tests_of(one.test):
            keys |= {test.key: test.says} if hasattr(test, "key") else {}
            keys |= {test.unless: HIGHER_PENSION} if getattr(test, "unless", "") else {}
    return keys


HIGHER_PENSION = "nữ giữ chức vụ có tuổi nghỉ hưu cao hơn, không giảm thời gian"


def tests_of(test: Any) -> list[Any]:
    """A test and all its parts."""
    return [test, *(below for part in getattr(test, "parts", ()) for below in tests_of(part))]


def _honour(values: dict[str, Any], place: str) -> Honour:
    told.only(values, {"kind", "year", "ground", "decision", "date", "from", "to"}, place)
    decided = told.day(values["date"], f"{place}.date") if values.get("date") else None
    return Honour(
        kind=kind_word(values.get("kind"), f"{place}.kind"),
        year=_period_end(values, decided.year if decided else None, place),
        ground=_word(values["ground"], GROUNDS, f"{place}.ground") if values.get("ground") else None,
        decision=told.words(values.get("decision"), f"{place}.decision"),
        decided_on=decided,
    )


def _period_end(values: Mapping[str, Any], decided: int | None, place: str) -> int:
    """The last year of the achievement period: as written, else the year of the decision."""
    years = {
        key: _year_or_day(values[key], f"{place}.{key}") for key in ("from", "to", "year") if values.get(key)
    }
    last = years.get("to", years.get("year", decided))
    if last is None:
        raise BadFile(f"{place}: thiếu năm. Ghi “year” (năm thành tích), “to” (năm cuối của kỳ) hoặc “date”.")
    if years.get("from", last) > last:
        raise BadFile(f"{place}: kỳ thành tích từ {years['from']} đến {last} ghi ngược.")
    return last


def _year_or_day(value: Any, place: str) -> int:
    """A year, or the year of a day."""
    is_day = isinstance(value, str) and ("-" in value or "/" in value)
    return told.day(value, place).year if is_day else told.year(value, place)


def _initiative(values: dict[str, Any], place: str) -> Initiative:
    told.only(values, {"name", "year", "reach", "scope", "work", "used_for"}, place)
    used = told.listed(values.get("used_for") or [], f"{place}.used_for")
    return Initiative(
        year=told.year(values.get("year"), f"{place}.year"),
        reach=_word(values.get("reach", values.get("scope")), REACHES, f"{place}.reach"),
        work=_word(values.get("work", "sang_kien"), WORKS, f"{place}.work"),
        name=told.words(values.get("name"), f"{place}.name"),
        used_for=tuple(kind_word(_used(one), f"{place}.used_for[{at}]") for at, one in enumerate(used)),
    )


def _used(one: Any) -> Any:
    return one.get("kind") if isinstance(one, Mapping) else one


def _discipline(values: dict[str, Any], place: str) -> Discipline:
    told.only(values, {"form", "date", "ends"}, place)
    on, ends = _term(values, "date", "ends", place)
    return Discipline(form=_word(values.get("form"), DISCIPLINES, f"{place}.form"), on=on, ends=ends)


def _term(values: Mapping[str, Any], first: str, last: str, place: str) -> tuple[date, date | None]:
    """Two days in their order; the second may be open."""
    starts = told.day(values.get(first), f"{place}.{first}")
    ends = told.day(values[last], f"{place}.{last}") if values.get(last) else None
    if ends is not None and ends < starts:
        raise BadFile(f"{place}.{last}: ngày {ends:%d/%m/%Y} trước ngày bắt đầu {starts:%d/%m/%Y}.")
    return starts, ends


def _pending(values: dict[str, Any], place: str) -> Pending:
    told.only(values, {"matter", "kind", "from", "to", "cleared"}, place)
    since, until = _term({"from": date.min, **values}, "from", "to", place)
    return Pending(
        matter=_word(values.get("matter", values.get("kind")), PENDING, f"{place}.matter"),
        since=None if since == date.min else since,
        until=until,
        cleared=bool(told.truth(values.get("cleared"), f"{place}.cleared")),
    )


def _position(values: dict[str, Any], place: str) -> Position:
    told.only(values, {"post", "from", "to", "ground"}, place)
    starts, ends = _term(values, "from", "to", place)
    return Position(
        post=_word(values.get("post"), posts(), f"{place}.post"),
        starts=starts,
        ends=None if ends is None or ends == date.max else ends + timedelta(days=1),
        ground=told.words(values.get("ground"), f"{place}.ground"),
    )


@functools.cache
def posts() -> dict[str, str]:
    """The posts the career tables know, and those held equal to them, with their words."""
    return {row.values["post"]: row.says for row in book().rows if row.topic == "posts"}


def _leave(values: dict[str, Any], place: str) -> Leave:
    told.only(values, {"reason", "from", "to"}, place)
    starts, ends = _term(values, "from", "to", place)
    return Leave(reason=_word(values.get("reason"), LEAVES, f"{place}.reason"), starts=starts, ends=ends)


LISTS: dict[str, Callable[[dict[str, Any], str], Any]] = {
    "honours": _honour,
    "initiatives": _initiative,
    "discipline": _discipline,
    "pending": _pending,
    "positions": _position,
    "leave": _leave,
}
COUNTS = {"total", "advanced", "completed", "fighters", "warned", "women"}
WARNED = {"canh_cao", "ha_bac_luong", "giang_chuc", "cach_chuc", "buoc_thoi_viec", "khai_tru"}


def _members(value: Any) -> dict[int, Members]:
    """By year: counts, or a list of people each with titles, rating, discipline."""
    if value is None:
        return {}
    return {
        told.year(key, "members"): _one_year(one, f"members.{key}")
        for key, one in told.mapping(value, "members").items()
    }


def _one_year(value: Any, place: str) -> Members:
    if isinstance(value, list):
        people = [told.mapping(one, f"{place}[{at}]") for at, one in enumerate(value)]
        return _counted(people, place)
    values = told.mapping(value, place)
    told.only(values, COUNTS, place)
    counts = {key: told.whole(one, f"{place}.{key}") for key, one in values.items() if one is not None}
    total = counts.get("total")
    for key, one in counts.items():
        if total is not None and one > total:
            raise BadFile(f"{place}.{key}: {one} người, nhiều hơn tổng số {total} thành viên.")
    return Members(**counts)


def _counted(people: list[dict[str, Any]], place: str) -> Members:
    """Count a list of members; a member of whom nothing is said leaves the count unknown."""
    for at, one in enumerate(people):
        told.only(one, {"id", "name", "sex", "rating", "titles", "discipline"}, f"{place}[{at}]")
    titles = [
        None
        if one.get("titles") is None
        else {kind_word(title, f"{place}[{at}].titles") for title in told.listed(one["titles"], place)}
        for at, one in enumerate(people)
    ]
    ratings = [
        _word(one["rating"], RATINGS, f"{place}[{at}].rating") if one.get("rating") else None
        for at, one in enumerate(people)
    ]
    forms = [_form(one, f"{place}[{at}]") for at, one in enumerate(people)]
    return Members(
        total=len(people),
        advanced=None if None in titles else sum(bool({"LDTT", "CSTT"} & (one or set())) for one in titles),
        fighters=None if None in titles else sum("CSTD_CS" in (one or set()) for one in titles),
        completed=None if None in ratings else sum(one in {"HTNV", "HTTNV", "HTXSNV"} for one in ratings),
        warned=None if None in forms else sum(one in WARNED for one in forms),
    )


def _form(one: Mapping[str, Any], place: str) -> str | None:
    """The discipline of a member: a form, or empty words for none; not said is not known."""
    if one.get("discipline") is None:
        return None
    return _word(one["discipline"], DISCIPLINES, f"{place}.discipline") if one["discipline"] else ""
