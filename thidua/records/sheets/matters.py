"""Discipline and pending matters as Excel, for those who may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from thidua.base.accounts.actors import Actor
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects
from thidua.records.actions import (
    conclude_matter,
    end_discipline,
    record_discipline,
    remove_discipline,
    remove_matter,
    report_matter,
)
from thidua.records.models import Discipline, DisciplineForm, MatterKind, PendingMatter
from thidua.records.sheets.finding import (
    DAY,
    PERSON,
    SYMBOL,
    UNIT,
    Finder,
    checked,
    refuse_future,
    subject,
    told_of_subject,
)

DISCIPLINE_COLUMNS = (
    UNIT,
    PERSON,
    Column("Hình thức", "form", width=20, required=True, choices={x.label: x.value for x in DisciplineForm}),
    SYMBOL,
    DAY,
    Column("Hiệu lực từ", "starts", "date", 14, required=True),
    Column("Hết thời hạn", "ends", "date", 14, hint="Bỏ trống nếu chưa biết."),
    Column("Ngày hủy bỏ", "annulled_on", "date", 14, hint="Chỉ ghi khi quyết định bị hủy bỏ."),
    Column("Văn bản hủy bỏ", "annulled_by", width=24),
)
VIOLATIONS = {"Không vi phạm": False, "Có vi phạm": True}
MATTER_COLUMNS = (
    UNIT,
    PERSON,
    Column("Việc", "kind", width=40, required=True, choices={x.label: x.value for x in MatterKind}),
    Column("Từ ngày", "since", "date", 14, required=True),
    Column("Cơ quan, người thông báo", "told_by", width=30, required=True),
    Column("Văn bản", "document", width=24),
    Column("Ngày kết luận", "cleared_on", "date", 14, hint="Bỏ trống khi việc còn đang xem xét."),
    Column("Kết luận", "violation", width=16, choices=VIOLATIONS),
    Column("Văn bản kết luận", "conclusion", width=24),
)


def discipline_sheet(rows: Iterable[Discipline]) -> Sheet:
    """Discipline as it can be taken in again."""
    names = ("decision_symbol", "decision_date", "starts", "ends", "annulled_on", "annulled_by")
    told = [
        {
            **told_of_subject(row),
            "form": row.get_form_display(),
            **{name: getattr(row, name) for name in names},
        }
        for row in rows
    ]
    return Sheet("Kỷ luật", DISCIPLINE_COLUMNS, told)


def matters_sheet(rows: Iterable[PendingMatter]) -> Sheet:
    """Pending matters, and those concluded, as they can be taken in again."""
    words = {value: word for word, value in VIOLATIONS.items()}
    names = ("since", "told_by", "document", "cleared_on", "conclusion")
    told = [
        {
            **told_of_subject(row),
            "kind": row.get_kind_display(),
            "violation": words[row.violation] if row.violation is not None else "",
            **{name: getattr(row, name) for name in names},
        }
        for row in rows
    ]
    return Sheet("Việc đang xem xét", MATTER_COLUMNS, told)


def check_discipline(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units and people, one row for a decision."""
    finder = Finder(rows, by, "records.record_discipline")
    taken: set[tuple[Any, ...]] = set(
        Discipline.objects.values_list("unit_id", "person_id", "decision_symbol", "decision_date")
    )

    def check(row: Row) -> None:
        if None in (row["unit"], row["decision_symbol"], row["decision_date"], row["starts"]):
            return
        unit, person = subject(finder, row)
        refuse_future(row["decision_date"], "Ngày", by)
        if row["ends"] and row["ends"] < row["starts"]:
            raise ValueError("Hết thời hạn", "Ngày hết thời hạn đứng trước ngày có hiệu lực.")
        refuse_future(row["annulled_on"], "Ngày hủy bỏ", by)
        if row["annulled_on"] and not row["annulled_by"]:
            raise ValueError("Văn bản hủy bỏ", "Ghi văn bản hủy bỏ quyết định kỷ luật.")
        key = (unit.pk, person and person.pk, row["decision_symbol"], row["decision_date"])
        if key in taken:
            raise ValueError("Số, ký hiệu", "Quyết định kỷ luật này đã ghi.")
        taken.add(key)

    return checked(rows, check, "Đơn vị")


def import_discipline(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the rows in."""
    finder = Finder(rows, by, "records.record_discipline")
    made = []
    for row in rows:
        unit, person = subject(finder, row)
        names = ("form", "decision_symbol", "decision_date", "starts", "ends")
        told = {name: row[name] for name in names}
        discipline = record_discipline(unit=unit, person=person, by=by, **told)
        if row["annulled_on"] is not None:
            end = {name: row[name] for name in ("annulled_on", "annulled_by")}
            end_discipline(discipline=discipline, by=by, **end)
        made.append(discipline.pk)
    return {"disciplines": made}


def undo_discipline(effects: Effects, by: Actor) -> None:
    """Remove them again."""
    for row in Discipline.objects.filter(pk__in=effects["disciplines"]):
        remove_discipline(discipline=row, by=by)


def check_matters(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units and people; a conclusion is whole or not there; the same matter once."""
    finder = Finder(rows, by, "records.report_matter")
    taken: set[tuple[Any, ...]] = set(
        PendingMatter.objects.values_list("unit_id", "person_id", "kind", "since")
    )

    def check(row: Row) -> None:
        if None in (row["unit"], row["kind"], row["since"]):
            return
        unit, person = subject(finder, row)
        refuse_future(row["since"], "Từ ngày", by)
        _check_conclusion(row, by)
        key = (unit.pk, person and person.pk, row["kind"], row["since"])
        if key in taken:
            raise ValueError("Việc", "Việc này đã ghi, từ cùng ngày.")
        taken.add(key)

    return checked(rows, check, "Đơn vị")


def _check_conclusion(row: Row, by: Actor) -> None:
    if row["cleared_on"] is None:
        return
    refuse_future(row["cleared_on"], "Ngày kết luận", by)
    if row["cleared_on"] < row["since"]:
        raise ValueError("Ngày kết luận", "Ngày kết luận đứng trước ngày bắt đầu.")
    if row["violation"] is None:
        raise ValueError("Kết luận", "Ghi “Không vi phạm” hoặc “Có vi phạm”.")
    if not row["conclusion"]:
        raise ValueError("Văn bản kết luận", "Ghi văn bản kết luận.")


def import_matters(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the rows in, concluded ones with their conclusion."""
    finder = Finder(rows, by, "records.report_matter")
    made = []
    for row in rows:
        unit, person = subject(finder, row)
        told = {name: row[name] or "" for name in ("kind", "told_by", "document")}
        matter = report_matter(unit=unit, person=person, since=row["since"], by=by, **told)
        if row["cleared_on"] is not None:
            end = {name: row[name] for name in ("cleared_on", "violation", "conclusion")}
            conclude_matter(matter=matter, by=by, **end)
        made.append(matter.pk)
    return {"matters": made}


def undo_matters(effects: Effects, by: Actor) -> None:
    """Remove them again."""
    for row in PendingMatter.objects.filter(pk__in=effects["matters"]):
        remove_matter(matter=row, by=by)
