"""What changed in the law between two days: provisions and rows that went, came, or became doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from thidua.rulebook import catalogue
from thidua.rulebook.engine.facts import RECIPIENTS
from thidua.rulebook.engine.reading import tests_of
from thidua.rulebook.engine.standards import in_force
from thidua.rulebook.engine.texts import Book, Dated, Provision, Row
from thidua.rulebook.engine.topics import TOPICS


def differences(texts: Book, earlier: date, later: date, kind: str = "", province: str = "") -> list[str]:
    """One line for each change, with its article."""
    lines = list(_kinds(earlier, later, kind))
    old = [one for one in in_force(texts, earlier, province) if _about(one, kind)]
    new = [one for one in in_force(texts, later, province) if _about(one, kind)]
    old_rows, new_rows = (_rows(texts, day, kind, province) for day in (earlier, later))
    lines += _changes([*old, *old_rows], [*new, *new_rows])
    both: list[Provision | Row] = [*new, *new_rows]
    for one in both:
        if one in (*old, *old_rows) and one.doubt_on(later) and not one.doubt_on(earlier):
            lines.append(f"? cần kiểm tra từ nay: {_words(one)} – {one.doubt_on(later)}")
    return lines


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


def _changes(old: list[Provision | Row], new: list[Provision | Row]) -> Iterator[str]:
    told_old, told_new = {_content(one): one for one in old}, {_content(one): one for one in new}
    for key, one in told_old.items():
        if key not in told_new:
            yield f"- hết: {_words(one)}"
            yield from _parts(one, new, "-")
    for key, one in told_new.items():
        if key not in told_old:
            yield f"+ mới: {_words(one)}"
            yield from _parts(one, old, "+")
        elif one.cited != told_old[key].cited:
            yield f"= giữ nguyên, căn cứ mới: {_words(one)} (trước: {told_old[key].cited})"


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
        return f"{TOPICS.get(one.topic, one.topic)}, {kinds}: {told} ({one.cited})"
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
