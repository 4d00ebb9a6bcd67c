"""Look over the texts: no page, no source, an overlap, a hole, or something that was never delegated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from thidua.rulebook import catalogue
from thidua.rulebook.engine import careers
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.bits import SPAN
from thidua.rulebook.engine.facts import RECIPIENTS
from thidua.rulebook.engine.reading import tests_of
from thidua.rulebook.engine.sight import GRADES, WORK_FAMILIES
from thidua.rulebook.engine.texts import SETTLED, Book, Instrument, Provision, Row
from thidua.rulebook.engine.topics import OF_CLUSTERS, TOPICS

ENGINE_CODES = ("KHONG_CO_VAN_BAN", "SAI_DOI_TUONG", "CHUA_CO_TIEU_CHUAN")
EVERY_DAY = {"base_salary"}  # topics with exactly one row on any day


def faults(texts: Book) -> list[str]:
    """Every fault in the texts, in words, with its place. None when they may be used."""
    known = {one.code for one in catalogue.eras()}
    found = [
        *_eras(texts),
        *(fault for one in texts.provisions for fault in _provision(texts, one, known)),
        *(fault for row in texts.rows for fault in _row(row, known)),
        *(
            f"thiếu trang giải thích giai-thich/{code}.md"
            for code in ENGINE_CODES
            if not texts.pages.get(code)
        ),
        *_beyond(texts),
        *_holes(texts),
        *_unset(texts),
        *_overlaps(texts),
        *_delegation(texts),
        *(fault for one in texts.instruments for fault in _layer(texts, one)),
    ]
    return list(dict.fromkeys(found))


def _eras(texts: Book) -> Iterator[str]:
    for earlier, later in pairwise(texts.eras):
        if earlier.ends != later.starts:
            yield f"eras.yaml: {earlier.code} hết {earlier.ends} nhưng {later.code} bắt đầu {later.starts}"


def _beyond(texts: Book) -> Iterator[str]:
    """Before the first era and after the last no text is in force; the base salary alone has its own days."""
    first, last = texts.eras[0].starts, texts.eras[-1].ends
    for one in texts.instruments:
        topics = {row.topic for row in texts.rows if row.instrument is one}
        if topics != EVERY_DAY and (one.starts < first or (one.ends or last) > last):
            yield f"{one.code}: hiệu lực từ {one.starts} vượt ra ngoài các thời kỳ {first}–{last}"


def _provision(texts: Book, one: Provision, known: set[str]) -> Iterator[str]:
    place = f"{one.instrument.code} {one.code} {one.article}"
    for test in tests_of(one.test):
        yield from _test(texts, test, test.code or one.code, place, known)
    for kind in one.kinds:
        if kind != "*" and kind not in known:
            yield f"{place}: không có danh hiệu, hình thức “{kind}”"
    if not one.source:
        yield f"{place}: thiếu nguồn"


def _test(texts: Book, test: c.Test, code: str, place: str, known: set[str]) -> Iterator[str]:
    if not texts.pages.get(code):
        yield f"{place}: thiếu trang giải thích giai-thich/{code}.md"
    if not test.says:
        yield f"{place}: phép thử {code} thiếu “says”"
    for name in _names(test):
        if name not in {*known, *GRADES, *WORK_FAMILIES, "DANG_KY"}:
            yield f"{place}: không có danh hiệu, hình thức “{name}”"
    long = max(getattr(test, "years", 0), getattr(test, "before", 0)) > SPAN
    if long and not isinstance(test, c.Age | careers.Service):
        yield f"{place}: quá {SPAN} năm"


def _names(test: c.Test) -> tuple[str, ...]:
    return () if isinstance(test, c.Share | c.Number) else test.reads


def _row(row: Row, known: set[str]) -> Iterator[str]:
    place = f"{row.instrument.code} {row.topic} {row.article}"
    if row.topic not in TOPICS:
        yield f"{place}: không có bảng “{row.topic}”"
    for kind in row.kinds:
        if kind != "*" and kind not in known:
            yield f"{place}: không có danh hiệu, hình thức “{kind}”"
    if not row.source:
        yield f"{place}: thiếu nguồn"
    if not row.says and not row.values:
        yield f"{place}: dòng trống"


def _bounds(texts: Book) -> list[date]:
    """The days on which something begins, within the eras."""
    days = {day for one in (*texts.provisions, *texts.rows) for day in (one.starts, one.ends) if day}
    days |= {one.starts for one in texts.eras}
    return sorted(day for day in days if texts.eras[0].starts <= day < texts.eras[-1].ends)


def _holes(texts: Book) -> Iterator[str]:
    """What must stand on every day: a standard once entered, the base salary, the hold."""
    days = _bounds(texts)
    for kind in sorted({one for provision in texts.provisions for one in provision.kinds if one != "*"}):
        for recipient in catalogue.kind(kind).recipients:
            yield from _hole(texts, kind, recipient, days)
    for day in days:
        for topic in sorted(EVERY_DAY):
            if not any(row.topic == topic and row.holds_on(day) for row in texts.rows):
                yield f"{TOPICS[topic]}: ngày {day} không có dòng nào"
        if not any("*" in one.kinds and _holds(one, day) for one in texts.provisions):
            yield f"từ {day} không có quy định về việc đang xem xét"


def _holds(one: Provision, day: date) -> bool:
    return isinstance(one.test, c.NoPending) and one.holds_on(day)


def _hole(texts: Book, kind: str, recipient: str, days: list[date]) -> Iterator[str]:
    own = [one for one in texts.provisions if one.binds(kind, recipient) and kind in one.kinds]
    own = [one for one in own if not one.instrument.tenant]
    if not own or any(kind in one.delegates for one in texts.instruments):
        return
    first = min(one.starts for one in own)
    for day in days:
        if day >= first and not any(one.holds_on(day) for one in own):
            yield f"{kind} ({RECIPIENTS[recipient]}): từ {day} không còn tiêu chuẩn nào"


def _unset(texts: Book) -> Iterator[str]:
    """A kind without a standard in an era has a row that says what is not known and where to look."""
    told = [row for row in texts.rows if row.topic == "unset"]
    for era in texts.eras:
        said = {kind for row in told if row.holds_on(era.starts) for kind in row.kinds}
        for one in catalogue.kinds(era.starts):
            whole = all(_stands(texts, one.code, recipient, era.starts) for recipient in one.recipients)
            if not whole and one.code not in said:
                yield f"{one.code}: {era.code} không có tiêu chuẩn, cũng không có dòng “unset” nói tìm ở đâu"
    for row in told:
        if not row.values.get("look"):
            yield f"{row.cited}: dòng “unset” thiếu “look”, tìm ở đâu"


def _stands(texts: Book, kind: str, recipient: str, on: date) -> bool:
    """Some national provision is about this kind itself that day."""
    return any(
        kind in one.kinds and one.binds(kind, recipient) and one.holds_on(on) and not one.instrument.tenant
        for one in texts.provisions
    )


def _overlaps(texts: Book) -> Iterator[str]:
    """The same provision may not be in force twice on one day.

    Nor two rows of one topic with the same values.
    """
    for day in _bounds(texts):
        seen: dict[tuple[str, str, str, str], Provision] = {}
        for one in texts.provisions:
            for kind in one.kinds if one.holds_on(day) else ():
                for recipient in one.recipients:
                    key = (one.code, kind, recipient, one.instrument.tenant)
                    if key in seen:
                        both = f"{seen[key].cited} và {one.cited}"
                        yield f"{one.code} ({kind}, {RECIPIENTS[recipient]}): chồng nhau ngày {day}: {both}"
                    seen[key] = one
        for topic in ("votes", "bonuses", "base_salary", "quotas"):
            yield from _row_overlaps(texts, topic, day)


def _row_overlaps(texts: Book, topic: str, day: date) -> Iterator[str]:
    seen: dict[tuple[str, ...], Row] = {}
    for row in texts.rows:
        if row.topic != topic or not row.holds_on(day) or row.instrument.tenant:
            continue
        whom = tuple(one for one in RECIPIENTS if one in row.values)
        for key in [
            (kind, str(row.values.get("by", "")), one) for kind in row.kinds for one in whom or ("",)
        ]:
            if key in seen:
                both = f"{seen[key].cited} và {row.cited}"
                yield f"{TOPICS[topic]} ({key[0]}): chồng nhau ngày {day}: {both}"
            seen[key] = row


def _delegation(texts: Book) -> Iterator[str]:
    """A province or ministry fills only what the law leaves to it."""
    left = {
        one
        for instrument in texts.instruments
        if instrument.layer == "national"
        for one in instrument.delegates
    }
    for one in texts.provisions:
        if one.instrument.tenant:
            for kind in one.kinds:
                if kind not in left:
                    yield f"{one.instrument.code} {one.code}: “{kind}” không thuộc phần được giao quy định"
    for row in texts.rows:
        if row.instrument.layer == "convention":
            continue
        if row.instrument.tenant and row.topic not in left:
            topic = TOPICS.get(row.topic, row.topic)
            yield f"{row.instrument.code}: “{topic}” không thuộc phần được giao quy định"


def _layer(texts: Book, one: Instrument) -> Iterator[str]:
    """A national text has no tenant, the others have one; a cluster's regulation sets no standards."""
    if bool(one.tenant) is (one.layer == "national"):
        yield f"{one.code}: tầng “{one.layer}” {'không được có' if one.tenant else 'phải có'} tenant"
    if one.layer == "convention":
        own = [row for row in texts.rows if row.instrument is one]
        if any(provision.instrument is one for provision in texts.provisions):
            yield f"{one.code}: quy chế không đặt tiêu chuẩn (provisions); chỉ điền bảng"
        for topic in sorted({row.topic for row in own} - OF_CLUSTERS):
            yield f"{one.code}: bảng “{topic}” không thuộc quy chế; dùng {', '.join(sorted(OF_CLUSTERS))}"


def unsettled(texts: Book, on: date) -> list[str]:
    """What is in force that day and has to be looked at."""
    return [
        f"{one.cited}: {one.doubt_on(on)}"
        for one in texts.provisions
        if one.holds_on(on) and one.doubt_on(on)
    ]


def expiring(texts: Book, on: date, days: int = 180) -> list[str]:
    """The instruments in force that day which end within so many days."""
    last = on + timedelta(days=days)
    return [
        f"{one.name} hết hiệu lực từ {one.ends:%d/%m/%Y}"
        for one in texts.instruments
        if one.starts <= on and one.ends and on < one.ends <= last
    ]


__all__ = ["SETTLED", "expiring", "faults", "unsettled"]
