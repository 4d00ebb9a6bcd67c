"""Units come, are renamed, moved, merged, split, and end. What was stays on record with its dates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import ProtectedError

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act, allow
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.periods import Term
from thidua.base.text import normalise
from thidua.organisations.actions.endings import end_all_at
from thidua.organisations.models import Succession, SuccessionKind, Unit, UnitPast
from thidua.organisations.queries import (
    began_as_now,
    obstacles_to_change,
    obstacles_to_end,
    obstacles_to_move,
)

FOUNDED_UNKNOWN = date(1945, 9, 2)  # nothing in the system is older: units whose first day nobody wrote down


@act("organisations.create_unit", on="parent")
def create_unit(
    *,
    kind: str,
    name: str,
    short_name: str = "",
    symbol: str = "",
    parent: Unit | None,
    starts: date | None = None,
    ends: date | None = None,
    by: Actor,
) -> Unit:
    """A new unit under `parent`, existing from `starts` until, not including, `ends`.

    Without `starts` it counts as having always been there. Refused when the parent has one of that name.
    """
    name = normalise(name)
    _refuse_same_name(name, parent)
    return Unit.objects.create(
        kind=kind,
        name=name,
        short_name=normalise(short_name) or name[:60],
        symbol=symbol.strip(),
        parent=parent,
        existence=_term(starts or FOUNDED_UNKNOWN, ends),
    )


@act("organisations.edit_unit", on="unit", keeps=("kind", "short_name", "symbol"))
def edit_unit(*, unit: Unit, kind: str, short_name: str, symbol: str, revision: int, by: Actor) -> Unit:
    """Correct what carries no date: kind, short name, symbol of papers. A change of name is `rename_unit`."""
    unit = _locked(unit)
    if unit.revision != revision:
        raise Stale
    unit.kind, unit.short_name, unit.symbol = kind, normalise(short_name), symbol.strip()
    return _saved(unit, "kind", "short_name", "symbol")


@act("organisations.rename_unit", on="unit", keeps=("name", "from_day", "decision"))
def rename_unit(
    *, unit: Unit, name: str, short_name: str, from_day: date, decision: str = "", by: Actor
) -> Unit:
    """A new name from a day on; papers of earlier days go on showing the old one."""
    unit = _locked(unit)
    refuse_if(obstacles_to_change(unit, from_day=from_day, on=by.on), field="from_day")
    _refuse_same_name(normalise(name), unit.parent, besides=unit)
    _keep_past(unit, from_day)
    unit.name, unit.short_name = normalise(name), normalise(short_name) or normalise(name)[:60]
    succession = Succession.objects.create(kind=SuccessionKind.RENAMING, on=from_day, decision=decision)
    succession.predecessors.set([unit])
    succession.successors.set([unit])
    return _saved(unit, "name", "short_name", "search", "order")


@act("organisations.move_unit", on="unit", keeps=("parent", "from_day"))
def move_unit(*, unit: Unit, parent: Unit | None, from_day: date, by: Actor) -> Unit:
    """Another parent from a day on. The actor must manage the new parent too."""
    allow(by, "organisations.create_unit", parent)
    unit = _locked(unit)
    refuse_if(obstacles_to_change(unit, from_day=from_day, on=by.on), field="from_day")
    refuse_if(obstacles_to_move(unit, parent), field="parent")
    _refuse_same_name(unit.name, parent, besides=unit, field="parent")
    _keep_past(unit, from_day)
    unit.parent = parent
    return _saved(unit, "parent")


@act("organisations.end_unit", on="unit", keeps=("ends", "reason"))
def end_unit(*, unit: Unit, ends: date, reason: str = "", by: Actor) -> Unit:
    """The unit no longer exists from `ends` on; offices and rights held there end the same day."""
    unit = _locked(unit)
    refuse_if(obstacles_to_end(unit, on=ends), field="ends")
    unit.existence = _term(unit.existence.lower, ends)
    end_all_at(unit, ends=ends, by=by)
    return _saved(unit, "existence")


@act("organisations.record_succession", on="lead", keeps=("kind", "on", "decision"))
def record_succession(
    *,
    lead: Unit,
    kind: str,
    on: date,
    decision: str,
    predecessors: Collection[Unit],
    successors: Collection[Unit],
    by: Actor,
) -> Succession:
    """From which units came which. `lead` is the unit on whose page it is recorded, one of them.

    Predecessors that are not successors too cease to exist that day.
    """
    if not predecessors or not successors:
        raise Refused("Cần ít nhất một đơn vị trước và một đơn vị sau.", field="successors")
    if lead not in predecessors and lead not in successors:
        raise Refused(f"{lead} phải là một trong các đơn vị trước hoặc sau.", field="predecessors")
    succession = Succession.objects.create(kind=kind, on=on, decision=normalise(decision))
    succession.predecessors.set(predecessors)
    succession.successors.set(successors)
    for unit in predecessors:
        if unit not in successors and unit.existence.upper is None:
            end_unit(unit=unit, ends=on, reason=decision, by=by)
    return succession


@act("organisations.remove_unit", on="unit")
def remove_unit(*, unit: Unit, by: Actor) -> None:
    """Take back a unit entered by mistake; refused once anything stands with it."""
    try:
        Unit.objects.filter(pk=unit.pk).delete()  # the log still needs the unit in hand
    except ProtectedError as fault:
        raise Refused(f"{unit} đã được dùng ở nơi khác nên không lấy lại được.") from fault


def _locked(unit: Unit) -> Unit:
    return Unit.objects.select_for_update().get(pk=unit.pk)


def _saved(unit: Unit, *fields: str) -> Unit:
    unit.revision += 1
    unit.save(update_fields=[*fields, "revision"])
    return unit


def _term(starts: date, ends: date | None) -> Term:
    if ends is not None and ends <= starts:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu.", field="ends")
    return Term(starts, ends)


def _keep_past(unit: Unit, until: date) -> None:
    UnitPast.objects.create(
        unit=unit,
        name=unit.name,
        short_name=unit.short_name,
        parent=unit.parent,
        term=Term(began_as_now(unit), until),
    )


def _refuse_same_name(
    name: str, parent: Unit | None, *, besides: Unit | None = None, field: str = "name"
) -> None:
    same = Unit.objects.filter(name=name, parent=parent)
    if any(unit != besides for unit in same):
        raise Refused(f"Đã có đơn vị tên {name} ở cấp này. Anh/chị tìm trong danh sách.", field=field)
