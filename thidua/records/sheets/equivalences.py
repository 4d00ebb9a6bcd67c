"""Equal posts as Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import Refused
from thidua.base.periods import Term
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects
from thidua.base.text import loose_key
from thidua.organisations.models import Person, Tenure, Unit
from thidua.records.actions import EqualPost, remove_equivalence, state_equivalence
from thidua.records.models import CareerPost, Equivalence
from thidua.records.queries import obstacles_to_equal
from thidua.records.sheets.finding import DAY, SYMBOL, UNIT, Finder, checked, refuse_future

EQUIVALENCE_COLUMNS = (
    UNIT,
    Column("Họ và tên", "person", width=28, required=True, also=("Cá nhân",)),
    Column("Chức vụ", "office", width=28, required=True, hint="Như đã ghi ở Cá nhân."),
    Column("Tương đương", "post", width=36, required=True, choices={x.label: x.value for x in CareerPost}),
    Column("Cơ quan, người xác định", "decided_by", width=34, required=True),
    SYMBOL,
    DAY,
    Column("Tính từ ngày", "first", "date", 14, hint="Bỏ trống thì tính từ ngày giữ chức vụ."),
    Column("Đến hết ngày", "last", "date", 14, hint="Bỏ trống thì tính đến khi thôi giữ chức vụ."),
)


def equivalences_sheet(rows: Iterable[Equivalence]) -> Sheet:
    """What was stated, as it can be taken in again."""
    told = [
        {
            "unit": row.tenure.office.unit.name,
            "person": row.tenure.person.full_name,
            "office": row.tenure.office.name,
            "post": row.get_post_display(),
            "decided_by": row.decided_by,
            "decision_symbol": row.decision_symbol,
            "decision_date": row.decision_date,
            "first": row.term.lower,
            "last": row.term.upper and row.term.upper - timedelta(days=1),
        }
        for row in rows
    ]
    return Sheet("Chức vụ tương đương", EQUIVALENCE_COLUMNS, told)


def check_equivalences(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units, people and offices; days within the holding; no two papers for one time."""
    finder = Finder(rows, by, "records.state_equivalence")
    taken: dict[int, list[Term]] = {}

    def check(row: Row) -> None:
        needed = ("unit", "person", "office", "post", "decided_by", "decision_symbol", "decision_date")
        if None in [row[name] for name in needed]:
            return  # the cells themselves were found faulty
        refuse_future(row["decision_date"], "Ngày", by)
        if row["first"] and row["last"] and row["last"] < row["first"]:
            raise ValueError("Đến hết ngày", "Ngày cuối đứng trước ngày đầu.")
        tenure = _tenure(finder, row)
        term = _term(tenure, row)
        faults = obstacles_to_equal(tenure, term)
        mine = taken.setdefault(tenure.pk, [])
        if any(_meet(term, other) for other in mine):
            faults = ["Thời gian này trùng với một dòng ở trên."]
        if faults:
            raise ValueError("Tính từ ngày", faults[0])
        mine.append(term)

    return checked(rows, check, "Đơn vị")


def _tenure(finder: Finder, row: Row) -> Tenure:
    """The holding a row means: of the person, at the unit, in the office, on the first day it names."""
    unit = finder.unit(row["unit"])
    person = _person(finder, unit, row["person"])
    held = Tenure.objects.filter(person=person, office__unit=unit).select_related("office__unit", "person")
    found = [one for one in held.order_by("term") if loose_key(one.office.name) == loose_key(row["office"])]
    if not found:
        raise ValueError("Chức vụ", f"{person} không giữ chức vụ “{row['office']}” ở {unit}.")
    if len(found) > 1 and row["first"] is None:
        raise ValueError("Tính từ ngày", f"{person} giữ chức vụ này {len(found)} lần. Ghi tính từ ngày nào.")
    first = row["first"] or found[0].term.lower
    within = [one for one in found if one.term.lower <= first < (one.term.upper or date.max)]
    if not within:
        raise ValueError("Tính từ ngày", "Ngày này không nằm trong thời gian giữ chức vụ.")
    return within[0]


def _person(finder: Finder, unit: Unit, name: str) -> Person:
    try:
        return finder.person(unit, name)
    except ValueError as fault:
        raise ValueError("Họ và tên", str(fault)) from fault


def _term(tenure: Tenure, row: Row) -> Term:
    first = row["first"] or tenure.term.lower
    return Term.through(first, row["last"]) if row["last"] else Term(first, tenure.term.upper)


def _meet(one: Term, other: Term) -> bool:
    first, last = max(one.lower, other.lower), min(one.upper or date.max, other.upper or date.max)
    return bool(first < last)


def import_equivalences(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the rows in."""
    finder = Finder(rows, by, "records.state_equivalence")
    made = []
    for row in rows:
        tenure = _tenure(finder, row)
        names = ("post", "decided_by", "decision_symbol", "decision_date", "first", "last")
        text = EqualPost(**{name: row[name] for name in names})
        made.append(state_equivalence(unit=tenure.office.unit, tenure=tenure, text=text, by=by).pk)
    return {"equivalences": made}


def undo_equivalences(effects: Effects, by: Actor) -> None:
    """Remove them again; refused once one was corrected since."""
    rows = Equivalence.objects.filter(pk__in=effects["equivalences"])
    if rows.filter(events__pgh_label="update").exists():
        raise Refused("Có dòng đã được sửa sau khi nhập nên không hoàn tác cả lượt được.")
    for row in rows.select_related("tenure__office"):
        remove_equivalence(equivalence=row, by=by)
