"""From the words of a text to its tests. One table of names: what a jurist may write, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from thidua.rulebook.engine import careers, told
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.facts import DISCIPLINES, MEMBERS, OCCUPATIONS, PENDING
from thidua.rulebook.engine.outcomes import EXCLUDED, NOT_YET
from thidua.rulebook.engine.told import BadFile

COMMON = ("code", "says", "point", "article", "fails", "doubt", "doubt_if_fails")
FAILS = {"not_yet": NOT_YET, "excluded": EXCLUDED}


def read_test(values: Mapping[str, Any], place: str) -> c.Test:
    """The one test among the values, with what they say about it."""
    names = [key for key in values if key not in COMMON]
    if len(names) != 1 or names[0] not in READERS:
        raise BadFile(
            f"{place}: cần đúng một phép thử trong {', '.join(READERS)}; đang có {names or 'không'}."
        )
    common = {
        key: told.words(values[key], f"{place}: {key}") for key in COMMON if key in values and key != "fails"
    }
    if "fails" in values:
        common["fails"] = FAILS[told.one_of(values["fails"], FAILS, f"{place}: fails")]  # type: ignore[assignment]
    common.setdefault("code", "")
    place = f"{place}.{names[0]}"
    return READERS[names[0]](values[names[0]], place, common)


Reader = Callable[[Any, str, dict[str, Any]], c.Test]


def _fields(test: type[c.Test], kinds: Mapping[str, Callable[[Any, str], Any]]) -> Reader:
    """A test written as named values."""

    def read(value: Any, place: str, common: dict[str, Any]) -> c.Test:
        values = told.mapping(value, place)
        told.only(values, kinds, place)
        try:
            return test(**common, **{key: kinds[key](one, f"{place}.{key}") for key, one in values.items()})
        except TypeError as fault:
            raise BadFile(f"{place}: thiếu giá trị ({fault}).") from None

    return read


def _value(test: type[c.Test], key: str, read_one: Callable[[Any, str], Any]) -> Reader:
    """A test written as one value."""
    return lambda value, place, common: test(**common, **{key: read_one(value, place)})


def _bare(test: type[c.Test]) -> Reader:
    """A test that needs no value but “true”."""

    def read(value: Any, place: str, common: dict[str, Any]) -> c.Test:
        if value is not True:
            raise BadFile(f"{place}: chỉ ghi true, đang là “{value}”.")
        return test(**common)

    return read


def _group(*, one: bool) -> Reader:
    def read(value: Any, place: str, common: dict[str, Any]) -> c.Test:
        parts = [
            read_test(told.mapping(part, f"{place} {at}"), f"{place} {at}")
            for at, part in enumerate(told.listed(value, place), 1)
        ]
        if not parts:
            raise BadFile(f"{place}: nhóm trống.")
        return c.Group(**common, parts=tuple(parts), one=one)

    return read


def _families(value: Any, place: str) -> tuple[str, ...]:
    return tuple(str(one) for one in (value if isinstance(value, list) else [value]))


def _among(known: Mapping[str, str] | tuple[str, ...]) -> Callable[[Any, str], tuple[str, ...]]:
    return lambda value, place: tuple(told.one_of(one, known, place) for one in told.listed(value, place))


def _flag(value: Any, place: str) -> bool:
    return bool(told.truth(value, place))


def _share(value: Any, place: str, common: dict[str, Any]) -> c.Test:
    values = told.mapping(value, place)
    told.only(values, {"of", "at_least", "above"}, place)
    above = "above" in values
    share = fraction(values["above" if above else "at_least"], place)
    of = told.one_of(values.get("of"), MEMBERS, f"{place}.of")
    return c.Share(**common, of=of, num=share.numerator, den=share.denominator, above=above)


def _number(value: Any, place: str, common: dict[str, Any]) -> c.Test:
    values = told.mapping(value, place)
    told.only(values, {"of", "least", "most"}, place)
    most = "most" in values
    of = told.one_of(values.get("of"), MEMBERS, f"{place}.of")
    return c.Number(
        **common, of=of, bound=told.whole(values.get("most" if most else "least"), place), most=most
    )


def fraction(value: Any, place: str) -> Fraction:
    """A share, written 70% or 2/3."""
    text = str(value).replace(" ", "")
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise BadFile(f"{place}: không hiểu tỷ lệ “{value}”. Ghi như 70% hoặc 2/3.") from None


def _posts(value: Any, place: str, common: dict[str, Any]) -> c.Test:
    values = told.mapping(value, place)
    told.only(values, {"rows", "women", "unless"}, place)
    women = fraction(values.get("women", "1"), place)
    rows = tuple(
        _post(key, one, f"{place}.rows.{key}") for key, one in told.mapping(values.get("rows"), place).items()
    )
    unless = told.words(values.get("unless"), place)
    return careers.Posts(**common, rows=rows, women=(women.numerator, women.denominator), unless=unless)


def _post(post: str, value: Any, place: str) -> tuple[str, int, int]:
    """A row of the career table: years, or years with the limit below which the row applies."""
    if not isinstance(value, dict):
        return post, told.whole(value, place), careers.NO_LIMIT
    told.only(value, {"from", "below"}, place)
    return post, told.whole(value.get("from"), place), told.whole(value.get("below"), place)


def _times(value: Any, place: str) -> tuple[tuple[str, int], ...]:
    return tuple((key, told.whole(one, place)) for key, one in told.mapping(value, place).items())


def _meets(value: Any, place: str, common: dict[str, Any]) -> c.Test:
    return Meets(**common, kind=told.words(value, place))


class Meets(c.Group):
    """Đạt tiêu chuẩn của danh hiệu khác: replaced by that standard's tests when the day is known."""

    kind: str

    def __init__(self, *, kind: str, **common: Any) -> None:
        super().__init__(**common)
        object.__setattr__(self, "kind", kind)


_count = {
    "of": _families,
    "times": told.whole,
    "years": told.whole,
    "after": told.words,
    "spaced": told.whole,
    "during": _families,
}
_run = {
    "of": _families,
    "years": told.whole,
    "after": told.words,
    "whole": _flag,
    "anywhere": _flag,
    "others": told.words,
    "until": told.words,
    "anew": told.words,
}

READERS: dict[str, Reader] = {
    "run": _fields(c.Run, _run),
    "count": _fields(c.Count, _count),
    "held": _fields(c.Held, {"of": _families, "before": told.whole, "latest": _flag, "unspent": told.words}),
    "apart": _fields(c.Apart, {"of": told.words, "years": told.whole, "most": told.whole}),
    "share": _share,
    "number": _number,
    "age": _value(c.Age, "years", told.whole),
    "anniversary": _bare(c.Anniversary),
    "recruited": _value(c.Recruited, "months", told.whole),
    "no_pending": _fields(c.NoPending, {"matters": _among(PENDING), "clearing": _flag}),
    "no_discipline": _fields(c.NoDiscipline, {"forms": _among(DISCIPLINES), "ever": _flag}),
    "counted_from": _bare(c.CountedFrom),
    "counted_anew": _bare(c.CountedAnew),
    "stated": _value(c.Stated, "key", told.words),
    "judged": _value(c.Judged, "key", told.words),
    "claimed": _value(c.Claimed, "key", told.words),
    "denied": _value(c.Denied, "key", told.words),
    "occupation": _value(c.Occupation, "among", _among(OCCUPATIONS)),
    "posts": _posts,
    "service": _fields(careers.Service, {"of": _times, "years": told.whole, "below": told.whole}),
    "clean_posts": _fields(c.CleanPosts, {"forms": _among(DISCIPLINES), "punished": _flag}),
    "unsettled": _value(c.Unsettled, "doubt", told.words),
    "meets": _meets,
    "all": _group(one=False),
    "any": _group(one=True),
}
