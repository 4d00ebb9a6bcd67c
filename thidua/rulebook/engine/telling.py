"""What each test found, in words: what was counted, what is missing, how far from the edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from thidua.rulebook.catalogue import short_of
from thidua.rulebook.engine import bits, careers
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.facts import DISCIPLINES, OCCUPATIONS, PENDING, RATINGS, Position
from thidua.rulebook.engine.naming import family_name, names, span, years_of
from thidua.rulebook.engine.outcomes import PASS, UNKNOWN
from thidua.rulebook.engine.reading import posts
from thidua.rulebook.engine.sight import GRADES, LEVEL, WORK_FAMILIES, Sight

LONG_AGO = 10  # years: what is older is asked for only where a rule names it


class Told(NamedTuple):
    """What is said about one test."""

    found: str = ""
    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    margin: int | None = None


def tell(test: c.Test, sight: Sight, status: int) -> Told:
    """The words for a test that came out so."""
    return TELLERS[type(test)](test, sight, status)


def missing_of(families: tuple[str, ...], sight: Sight, window: int) -> tuple[str, ...]:
    """The facts nobody stated in the window."""
    lacking = []
    for family in families:
        gap = sight.word(family, upper=True) & ~sight.word(family, upper=False) & window
        if gap:
            lacking.append(lacking_fact(family, sight, gap))
    return tuple(dict.fromkeys(lacking))


def lacking_fact(family: str, sight: Sight, gap: int) -> str:
    """One missing fact in words."""
    if family in GRADES:
        return f"xếp loại năm {span(years_of(gap, sight))}{on_leave(sight, gap)}"
    if family in WORK_FAMILIES:
        return "danh sách sáng kiến, đề tài (initiatives)"
    if family == "DANG_KY":
        return "các năm có đăng ký thi đua (registered)"
    if sight.facts.honours is not None:
        return f"căn cứ khen của {short_of(family)} (ground)"
    return "danh sách khen thưởng đã có (honours)"


def on_leave(sight: Sight, gap: int) -> str:
    """Maternity leave counts as work: the missing rating is made on the time really worked."""
    missing = set(years_of(gap, sight))
    for one in sight.facts.leave or ():
        last = (one.ends or sight.on).year
        if one.reason == "thai_san" and missing & set(range(one.starts.year, last + 1)):
            return (
                " (nghỉ thai sản tính như thời gian làm việc: cần xếp loại theo thời gian làm việc thực tế)"
            )
    return ""


def _run(test: c.Run, sight: Sight, status: int) -> Told:
    have = c.joined(sight, test.of, upper=False)
    if test.until:
        have = bits.ending(have, sight.held(test.until, upper=False))
    if len(test.of) == 1 and test.years == 1 and test.of[0] in GRADES and not test.after:
        return _rating(test, sight, status)
    anchor = bits.nearest(sight.held(test.after, upper=False), test.years) if test.after else 0
    window = bits.following(anchor) if test.after else bits.last(test.years)
    run = bits.unbroken(have & window if test.after and anchor else have).bit_count()
    best = run if not test.anywhere else longest(have & window)
    found = f"{run} năm liên tục đến {sight.year}" if not test.anywhere else f"{best} năm liên tục"
    if test.after:
        since = span(years_of(anchor, sight))
        found += (
            f", tính sau {short_of(test.after)} năm {since}"
            if anchor
            else f"; chưa có {short_of(test.after)} trước đó đủ {test.years} năm"
        )
    counted = tuple(
        f"{names(test.of)}: {year}"
        for year in years_of(have & window & bits.last(bits.SPAN), sight)[-test.years :]
    )
    missing = missing_of(test.of, sight, window or bits.last(test.years)) if status == UNKNOWN else ()
    missing += missing_of((test.after,), sight, bits.ALL) if test.after and status == UNKNOWN else ()
    edge = anchor.bit_length() - 1 if anchor and not test.anywhere else best
    return Told(found, counted, missing, edge - test.years)


def longest(word: int) -> int:
    """The longest run of years."""
    length = 0
    while word:
        word &= word >> 1
        length += 1
    return length


def _rating(test: c.Run, sight: Sight, status: int) -> Told:
    rating = sight.facts.ratings.get(sight.year)
    wanted = GRADES[test.of[0]]
    found = f"năm {sight.year} {RATINGS[rating]}" if rating else f"chưa biết xếp loại năm {sight.year}"
    missing = missing_of(test.of, sight, 1) if status == UNKNOWN else ()
    level = LEVEL[rating or "KXL"]
    return Told(found, (found,) if rating else (), missing, level - wanted if level else None)


def _count(test: c.Count, sight: Sight, status: int) -> Told:
    window = test.window(sight, upper=False)
    total = test.total(sight, upper=False)
    counted = tuple(
        f"{family_name(family)}: {year}"
        for family in test.of
        for level in sight.levels(family, upper=False)
        for year in years_of(level & window, sight)
    )
    found = f"có {total}/{test.times}" + (
        f" ({span(years_of(window, sight))})" if window and window != bits.ALL else ""
    )
    missing = missing_of(test.of, sight, bits.ALL) if status == UNKNOWN else ()
    missing += missing_of(test.during, sight, bits.last(LONG_AGO)) if status == UNKNOWN else ()
    missing += missing_of((test.after,), sight, bits.ALL) if test.after and status == UNKNOWN else ()
    return Told(found, counted, missing, total - test.times)


def _held(test: c.Held, sight: Sight, status: int) -> Told:
    word = test.word(sight, upper=False)
    years = years_of(word, sight)
    found = f"có, năm {span(years)}" if years else _spent(test, sight)
    missing = missing_of(test.of, sight, bits.ALL) if status == UNKNOWN else ()
    since = (bits.newest(word) if test.latest else word).bit_length() - 1
    counted = tuple(f"{names(test.of)}: {year}" for year in years)
    return Told(found, counted, missing, since - test.before)


def _spent(test: c.Held, sight: Sight) -> str:
    """Why nothing held counts: there is nothing, or it served an award since."""
    held = [year for family in test.of for year in years_of(sight.held(family, upper=False), sight)]
    return f"lần năm {span(held)} đã dùng cho {short_of(test.unspent)} trước" if held else "chưa có"


def _apart(test: c.Apart, sight: Sight, status: int) -> Told:
    word = sight.word(test.of, upper=False)
    years = years_of(word, sight)
    gap = years[-1] - years[-2] if len(years) > 1 else None
    found = f"có {short_of(test.of)} năm {span(years)}" if years else f"chưa có {short_of(test.of)}"
    missing = missing_of((test.of,), sight, bits.ALL) if status == UNKNOWN else ()
    counted = tuple(f"{short_of(test.of)}: {year}" for year in years)
    margin = None if gap is None else min(gap - test.years, test.most - gap)
    return Told(found, counted, missing, margin)


MEMBER_WORDS = {
    "total": "thành viên",
    "advanced": "đạt danh hiệu tiên tiến",
    "completed": "hoàn thành nhiệm vụ trở lên",
    "fighters": "đạt CSTĐ cơ sở",
    "warned": "bị kỷ luật từ cảnh cáo trở lên",
    "women": "nữ",
}


def _members(test: c.Share | c.Number, sight: Sight, status: int) -> Told:
    members = sight.facts.members.get(sight.year)
    part = getattr(members, test.of, None)
    total = getattr(members, "total", None)
    shown = f"{'?' if part is None else part}/{'?' if total is None else total}"
    found = f"{shown} người {MEMBER_WORDS[test.of]} năm {sight.year}"
    missing = (f"số người {MEMBER_WORDS[test.of]} năm {sight.year} (members)",) if status == UNKNOWN else ()
    margin = None
    if part is not None:
        margin = _share_margin(test, part, total) if isinstance(test, c.Share) else _number_margin(test, part)
    return Told(found, (found,) if part is not None else (), missing, margin)


def _share_margin(test: c.Share, part: int, total: int | None) -> int | None:
    """How many members above the fewest that are enough."""
    if total is None:
        return None
    least = test.num * total // test.den + 1 if test.above else -(-test.num * total // test.den)
    return part - least


def _number_margin(test: c.Number, part: int) -> int:
    return test.bound - part if test.most else part - test.bound


def _age(test: c.Age, sight: Sight, status: int) -> Told:
    age = sight.age()
    if age is None or sight.facts.founded is None:
        return Told("chưa biết ngày thành lập", (), ("ngày thành lập (founded)",))
    counted = (f"thành lập {sight.facts.founded:%d/%m/%Y}",)
    return Told(f"{age} năm từ ngày thành lập", counted, (), age - test.years)


def _anniversary(test: c.Anniversary, sight: Sight, status: int) -> Told:
    if sight.facts.founded is None:
        return Told("chưa biết ngày thành lập", (), ("ngày thành lập (founded)",))
    age = sight.year - sight.facts.founded.year
    counted = (f"thành lập năm {sight.facts.founded.year}",)
    return Told(f"kỷ niệm {age} năm", counted, (), 0 if age % 10 == 0 else -1)


def _recruited(test: c.Recruited, sight: Sight, status: int) -> Told:
    months = sight.months()
    if months is None:
        return Told("chưa biết ngày tuyển dụng", (), ("ngày tuyển dụng (recruited)",))
    known = sight.facts.recruited
    found = f"tuyển dụng {known:%d/%m/%Y}, {months} tháng" if known else "đã được xếp loại từ năm trước"
    return Told(found, (found,), (), months - test.months if known else None)


def _no_pending(test: c.NoPending, sight: Sight, status: int) -> Told:
    if sight.facts.pending is None:
        return Told("chưa biết", (), ("việc đang xem xét, xác minh (pending)",))
    open_now = [
        PENDING[one.matter]
        for one in sight.facts.pending
        if sight.stands(one.matter in test.matters, one.since, one.until, one.cleared and test.clearing)
    ]
    return Told("; ".join(open_now) or "không có", tuple(open_now))


def _no_discipline(test: c.NoDiscipline, sight: Sight, status: int) -> Told:
    if sight.facts.discipline is None:
        return Told("chưa biết", (), ("kỷ luật (discipline)",))
    had = [f"{DISCIPLINES[one.form]} ngày {one.on:%d/%m/%Y}" for one in sight.discipline_in(test.forms)]
    return Told("; ".join(had) or "không có", tuple(had))


def _counted_from(test: c.CountedFrom, sight: Sight, status: int) -> Told:
    if sight.facts.discipline is None:
        return Told("chưa biết", (), ("kỷ luật (discipline)",))
    if sight.counted == bits.ALL:
        return Told("không có kỷ luật nào chặn thời gian")
    years = sight.counted.bit_count()
    found = (
        f"chỉ tính từ năm {sight.year - years + 1}" if years else "thời hạn kỷ luật chưa hết trước năm xét"
    )
    return Told(found, tuple(f"{DISCIPLINES[one.form]} {one.on:%d/%m/%Y}" for one in sight.facts.discipline))


def _stated(test: Any, sight: Sight, status: int) -> Told:
    said = sight.facts.statements.get(test.key)
    found = {True: "có", False: "không", None: ""}[said]
    if isinstance(test, c.Denied):
        found = found or "không nêu"
    if isinstance(test, c.Claimed):
        found = found or "không nêu"
    ground = sight.facts.grounds.get(test.key, "")
    missing = (f"{test.says} (statements.{test.key})",) if status == UNKNOWN else ()
    return Told(f"{found}, theo văn bản {ground}" if ground else found, (), missing)


def _occupation(test: c.Occupation, sight: Sight, status: int) -> Told:
    return Told(OCCUPATIONS[sight.occupation()])


def _posts(test: careers.Posts, sight: Sight, status: int) -> Told:
    if sight.facts.positions is None:
        return Told("chưa biết", (), ("chức vụ đã giữ (positions)",))
    share = test.women if sight.sex(test.women, test.unless)[0] else (1, 1)
    names = posts()
    served = {post: sight.months_in(post) for post, _years, _below in test.rows if sight.months_in(post)}
    counted = tuple(f"{names[post]} trở lên: {in_years(months)}" for post, months in served.items())
    lacks = [
        years * 12 * share[0] / share[1] - served[post] for post, years, _below in test.rows if post in served
    ]
    margin = None if not lacks else int(-min(lacks, key=abs))
    missing = ("giới tính (sex)",) if status == UNKNOWN else ()
    offices = tuple(_office(one) for one in sight.facts.positions if one.ground and one.starts <= sight.on)
    return Told("; ".join(counted) or "không có chức vụ trong bảng", offices or counted, missing, margin)


def _office(held: Position) -> str:
    """Which office it was, why it counts, from when to when."""
    last = "" if held.ends is None else f" đến {held.ends - timedelta(days=1):%d/%m/%Y}"
    return f"{held.ground} (từ {held.starts:%d/%m/%Y}{last})"


def _service(test: careers.Service, sight: Sight, status: int) -> Told:
    if sight.facts.positions is None:
        return Told("chưa biết", (), ("thời gian công tác (positions)",))
    names = posts()
    counted = tuple(
        f"{names[post]}: {in_years(sight.months_in(post))}" + (f", tính {times} lần" if times > 1 else "")
        for post, times in test.of
        if sight.months_in(post)
    )
    months = sum(sight.months_in(post) * times for post, times in test.of)
    over = f"; từ {test.below} năm thì xét hạng trên" if months >= test.below * 12 else ""
    found = "; ".join(counted) or "chưa có thời gian nào"
    return Told(f"{found}{over}", counted, (), months - test.years * 12)


def in_years(months: int) -> str:
    """Months in years and months."""
    return f"{months // 12} năm {months % 12} tháng"


def _clean_posts(test: c.CleanPosts, sight: Sight, status: int) -> Told:
    if status == UNKNOWN:
        return Told("chưa biết", (), ("kỷ luật (discipline) và chức vụ (positions)",))
    found = (status == PASS) == test.punished
    return Told("có kỷ luật khi giữ chức vụ" if found else "không có")


def _unsettled(test: c.Unsettled, sight: Sight, status: int) -> Told:
    return Told()


Teller = Callable[[Any, Sight, int], Told]
TELLERS: dict[type[c.Test], Teller] = {
    c.Run: _run,
    c.Count: _count,
    c.Held: _held,
    c.Apart: _apart,
    c.Share: _members,
    c.Number: _members,
    c.Age: _age,
    c.Anniversary: _anniversary,
    c.Recruited: _recruited,
    c.NoPending: _no_pending,
    c.NoDiscipline: _no_discipline,
    c.CountedFrom: _counted_from,
    c.Stated: _stated,
    c.Judged: _stated,
    c.Claimed: _stated,
    c.Denied: _stated,
    c.Occupation: _occupation,
    careers.Posts: _posts,
    careers.Service: _service,
    c.CleanPosts: _clean_posts,
    c.Unsettled: _unsettled,
}
