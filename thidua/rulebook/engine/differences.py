"""What changed in the law between two days: provisions and rows that went, came, or became doubtful."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

from thidua.rulebook import catalogue
from thidua.rulebook.engine.facts import RECIPIENTS
from thidua.rulebook.engine.reading import tests_of
from thidua.rulebook.engine.standards import in_force
from thidua.rulebook.engine.texts import Book, Dated, Provision, Row
from thidua.rulebook.engine.topics import TOPICS

KINDS, STANDARDS, SAME, DOUBTS = (
    "Danh mục",
    "Tiêu chuẩn, điều kiện",
    "Giữ nguyên, đổi căn cứ",
    "Từ nay phải kiểm tra",
)


def differences(texts: Book, earlier: date, later: date, kind: str = "", province: str = "") -> list[str]:
    """What changed, under a heading for each part of the law; each line with its article.

    Of one kind: what names it, and the conditions asked of everything; rules common to all kinds are counted.
    """
    old, new = (_in_force(texts, day, kind, province) for day in (earlier, later))
    found = {KINDS: list(_kinds(earlier, later, kind))}
    for heading, line in _changes(old, new, earlier, later):
        found.setdefault(heading, []).append(line)
    for one in new:
        if one in old and one.doubt_on(later) and not one.doubt_on(earlier):
            found.setdefault(DOUBTS, []).append(f"? {_words(one)} – {one.doubt_on(later)}")
    headings = [KINDS, STANDARDS, *(sentence(words) for words in TOPICS.values()), DOUBTS, SAME]
    lines = [line for name in headings if found.get(name) for line in ("", f"{name}:", *found[name])][1:]
    return lines + (_common(texts, earlier, later, province) if kind else [])


def sentence(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def _in_force(texts: Book, on: date, kind: str, province: str) -> list[Provision | Row]:
    provisions = [one for one in in_force(texts, on, province) if _about(one, kind)]
    rows = [row for row in _rows(texts, on, kind, province) if not kind or kind in row.kinds]
    found: list[Provision | Row] = [*provisions, *rows]
    return [dataclasses.replace(one, kinds=(kind,)) if kind in one.kinds else one for one in found]


def _common(texts: Book, earlier: date, later: date, province: str) -> list[str]:
    """How many rules for all kinds changed beside those of the kind asked for."""
    old, new = (
        {_content(row) for row in _rows(texts, day, "", province) if "*" in row.kinds}
        for day in (earlier, later)
    )
    count = len(old ^ new)
    return (
        ["", f"Ngoài ra {count} dòng chung cho mọi loại đổi: chạy lại không ghi mã để xem."] if count else []
    )


def _about(one: Dated, kind: str) -> bool:
    kinds: tuple[str, ...] = getattr(one, "kinds", ())
    return not kind or kind in kinds or "*" in kinds


def _rows(texts: Book, on: date, kind: str, province: str) -> list[Row]:
    return [
        row
        for row in texts.rows
        if row.holds_on(on)
        and _about(row, kind)
        and row.instrument.tenant in {"", province}
        and row.topic != "posts"
    ]


def _changes(
    old: list[Provision | Row], new: list[Provision | Row], earlier: date, later: date
) -> Iterator[tuple[str, str]]:
    """Each change with its heading; what takes the place of something stands beside it."""
    told_old, told_new = {_content(one): one for one in old}, {_content(one): one for one in new}
    gone = [one for key, one in told_old.items() if key not in told_new]
    for key, one in told_new.items():
        if key in told_old:
            if one.cited != told_old[key].cited:
                yield _same(one, told_old[key], one.doubt_on(later), told_old[key].doubt_on(earlier))
            continue
        before = next((other for other in gone if _place(other) == _place(one)), None)
        if before is None:
            yield _heading(one), f"+ {_words(one)}"
        else:
            gone.remove(before)
            yield _heading(one), f"- trước: {_words(before)}"
            yield from ((_heading(one), line) for line in _parts(before, [*new], "-"))
            yield _heading(one), f"+ nay:   {_words(one)}"
        yield from ((_heading(one), line) for line in _parts(one, old, "+"))
    for one in gone:
        yield _heading(one), f"- hết: {_words(one)}"
        yield from ((_heading(one), line) for line in _parts(one, new, "-"))


def _same(one: Provision | Row, before: Provision | Row, doubt: str, doubted: str) -> tuple[str, str]:
    """The same words in another text: settled as before, or from now on to be looked at."""
    words = f"{_words(one)}; trước: {before.cited}"
    return (DOUBTS, f"? {words} – {doubt}") if doubt and not doubted else (SAME, f"= {words}")


def _heading(one: Provision | Row) -> str:
    return sentence(TOPICS[one.topic]) if isinstance(one, Row) else STANDARDS


def _place(one: Provision | Row) -> tuple[object, ...]:
    """What another text must share to stand in its place."""
    if isinstance(one, Row):
        return (one.topic, one.kinds, tuple(sorted(one.values))) if one.values else (one.topic, id(one))
    return (one.code, one.recipients, type(one.test).__name__)


def _parts(one: Provision | Row, others: list[Provision | Row], sign: str) -> Iterator[str]:
    """The tests below a provision that the other day does not ask in the same way."""
    if isinstance(one, Row) or not getattr(one.test, "parts", ()):
        return
    known = {
        repr(_plain(test))
        for other in others
        if isinstance(other, Provision)
        for test in tests_of(other.test)
    }
    for test in tests_of(one.test)[1:]:
        if not getattr(test, "parts", ()) and repr(_plain(test)) not in known:
            yield f"    {sign} {test.says}" + (f" ({test.article})" if test.article else "")


def _content(one: Provision | Row) -> tuple[str, ...]:
    """What it says, whoever says it."""
    if isinstance(one, Row):
        return (one.topic, ",".join(one.kinds), one.says, repr(sorted(one.values.items())))
    return (
        one.code,
        ",".join(one.kinds),
        ",".join(one.recipients),
        repr([_plain(test) for test in tests_of(one.test)]),
    )


def _plain(test: object) -> dict[str, object]:
    """The numbers of a test, without what it is called and where it stands."""
    silent = {"code", "says", "point", "article", "doubt", "doubt_if_fails", "parts"}
    return {"test": type(test).__name__, **{key: one for key, one in vars(test).items() if key not in silent}}


def _words(one: Provision | Row) -> str:
    kinds = ", ".join(catalogue.short_of(kind) for kind in one.kinds) if "*" not in one.kinds else "mọi loại"
    if isinstance(one, Row):
        told = one.says or "; ".join(_value(key, value) for key, value in one.values.items())
        return f"{kinds}: {told} ({one.cited})"
    return f"{kinds}: {one.test.says} ({one.cited})"


def _value(key: str, value: object) -> str:
    """A value of a table in words: “cá nhân 3,0 lần”, “1.800.000 đồng”."""
    if key in RECIPIENTS:
        return f"{RECIPIENTS[key]} {str(value).replace('.', ',')} lần mức lương cơ sở"
    return f"{value:,} đồng".replace(",", ".") if key == "amount" else str(value)


def _kinds(earlier: date, later: date, kind: str) -> Iterator[str]:
    """Kinds that came, went, or are named or decided otherwise."""
    old = {one.code: one for one in catalogue.kinds(earlier)}
    new = {one.code: one for one in catalogue.kinds(later)}
    for code in [*old, *(code for code in new if code not in old)]:
        if kind and code != kind:
            continue
        if code not in new:
            yield f"- không còn: {old[code].name}"
        elif code not in old:
            yield f"+ thêm: {new[code].name} ({new[code].source})"
        elif old[code].name != new[code].name:
            yield f"± tên: {old[code].name} → {new[code].name} ({new[code].source})"
        elif old[code].decided_by != new[code].decided_by:
            who = f"{old[code].decided_by} → {new[code].decided_by}"
            yield f"± thẩm quyền {new[code].name}: {who} ({new[code].source})"
