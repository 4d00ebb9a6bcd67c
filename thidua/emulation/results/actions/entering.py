"""Targets and results are entered: cell by cell, a pasted block, or a whole import, all through here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.files.base import File

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import NotAllowed, Refused, refuse_if
from thidua.base.files.actions import store
from thidua.base.text import moment, normalise
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import (
    indicators_followed,
    indicators_in,
    members,
    obstacles_to_changing,
)
from thidua.emulation.results.models import Confirmation, Origin, Period, Result, Said, Target
from thidua.emulation.results.permissions import enters_results, sets_targets
from thidua.emulation.results.queries import Goal, Place, goals_of, obstacle_of_given

Kept = Target | Result | Confirmation
UPSERT = ("qualifier", "value", "upper", "note", "version", "entered_at", "entered_by", "entered_name")
KEY = ("cycle", "unit", "indicator", "period")
AT_ONCE = 2000


class Kind(StrEnum):
    """Which of the values of a cell."""

    TARGET = "target"
    RESULT = "result"
    CONFIRMED = "confirmed"


def kind_of(value: Kept) -> Kind:
    """Which of a cell's values this is."""
    if isinstance(value, Target):
        return Kind.TARGET
    return Kind.RESULT if isinstance(value, Result) else Kind.CONFIRMED


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One value as it is handed in. `seen` is the version the author looked at, 0 where there was none.

    What is None is left as it stands.
    """

    kind: Kind
    unit: int
    indicator: int
    seen: int
    said: Said | None = None
    note: str | None = None
    source: str | None = None
    origin: Origin | None = None
    restores: bool = False  # an import taken back: what stood there may stand there again

    @property
    def says_something(self) -> bool:
        """More than an empty cell."""
        told = self.said is not None and not self.said.is_empty
        return told or bool(self.note) or bool(self.source)

    @property
    def place(self) -> Place:
        """Unit and indicator."""
        return self.unit, self.indicator


@dataclass(frozen=True)
class NotEntered:
    """A value left as it was, and why; `kept` is what somebody else wrote meanwhile."""

    entry: Entry
    reason: str
    kept: Kept | None = None


@dataclass
class Entered:
    """What came of a batch: every sound value is kept even where another is not."""

    saved: list[Kept] = field(default_factory=list)
    refused: list[NotEntered] = field(default_factory=list)


@act("results.enter_values", on="cycle", keeps=("period",))
def enter_values(*, cycle: Cycle, period: Period, entries: Sequence[Entry], by: Actor) -> Entered:
    """Ghi chỉ tiêu, kết quả of one span: each as a new version with its author; one line in the log.

    The whole batch is refused when the year is closed, a unit is no member or an indicator is not in
    force, and where the person may not write; a single value when somebody else changed it since it was
    seen, or the covenant already says it.
    """
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    refuse_if(obstacles_to_changing(cycle))
    _refuse_strangers(cycle, entries, by)
    done = Entered()
    for kind, model in ((Kind.TARGET, Target), (Kind.RESULT, Result)):
        asked = [entry for entry in entries if entry.kind is kind]
        if asked:
            _enter(model, cycle, period, asked, by, done)
    return done


def _refuse_strangers(cycle: Cycle, entries: Iterable[Entry], by: Actor) -> None:
    joined = {member.unit_id for member in members(cycle)}
    in_force = {indicator.pk for indicator in indicators_in(cycle)}
    for entry in entries:
        if entry.unit not in joined:
            raise Refused("Có đơn vị không phải thành viên trong năm này.")
        if entry.indicator not in in_force:
            raise Refused("Có chỉ tiêu không áp dụng trong năm này. Anh/chị mở lại trang.")
    for kind, unit in {(entry.kind, entry.unit) for entry in entries if entry.kind is not Kind.CONFIRMED}:
        allowed = sets_targets if kind is Kind.TARGET else enters_results
        if not (by.is_system or allowed(by, cycle, unit)):
            raise NotAllowed("Anh/chị không ghi số liệu thay đơn vị này được.")
    followed = {entry.indicator for entry in entries if entry.kind is Kind.CONFIRMED}
    if not by.is_system and followed - {one.pk for one in indicators_followed(cycle, by)}:
        raise NotAllowed("Chỉ cơ quan theo dõi chỉ tiêu mới xác nhận được số liệu.")


@act("results.confirm_values", on="cycle", keeps=("period",))
def confirm_values(*, cycle: Cycle, period: Period, entries: Sequence[Entry], by: Actor) -> Entered:
    """Xác nhận số liệu: the indicator's owner department says what it found of units' results.

    Each is a version of its own beside the unit's figure, which stays; refused as in `enter_values`.
    """
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    refuse_if(obstacles_to_changing(cycle))
    _refuse_strangers(cycle, entries, by)
    done = Entered()
    _enter(Confirmation, cycle, period, entries, by, done)
    return done


def _enter(
    model: type[Kept],
    cycle: Cycle,
    period: Period,
    entries: Sequence[Entry],
    by: Actor,
    done: Entered,
) -> None:
    rows: Any = model._default_manager.filter(
        cycle=cycle, period=period, unit__in={entry.unit for entry in entries}
    )
    kept = {(row.unit_id, row.indicator_id): row for row in rows}
    given = _given(cycle, period, entries) if model is Target else {}
    changed: list[Kept] = []
    for entry in entries:
        old = kept.get(entry.place)
        if old is None and (not entry.says_something or _repeats(entry, given)):
            continue
        if old is not None and _says(old, entry):
            done.saved.append(old)
        elif reason := _reason_against(entry, old, given):
            done.refused.append(NotEntered(entry, reason, old))
        else:
            changed.append(_written(model, cycle, period, entry, old, by))
    _store(model, changed)
    done.saved += changed


def _given(cycle: Cycle, period: Period, entries: Iterable[Entry]) -> dict[Place, Goal]:
    """What the covenant says of these units, and what the plan gives them."""
    named = {entry.unit for entry in entries}
    units = [member.unit for member in members(cycle) if member.unit_id in named]
    goals = goals_of(cycle, period, units, indicators_in(cycle)) if units else {}
    return {place: goal for place, goal in goals.items() if goal.origin is not Origin.OWN}


def _repeats(entry: Entry, given: dict[Place, Goal]) -> bool:
    """A target that says what the covenant says already needs no row of its own."""
    goal = given.get(entry.place)
    return goal is not None and goal.said == entry.said and not entry.note


def _says(old: Kept, entry: Entry) -> bool:
    """The value holds these very words already."""
    origin = entry.origin if entry.origin is not Origin.OWN else None  # the plan's target said again stays it
    asked = {"said": entry.said, "note": entry.note, "source": entry.source, "origin": origin}
    return all(told is None or getattr(old, name, told) == told for name, told in asked.items())


def _reason_against(entry: Entry, old: Kept | None, given: dict[Place, Goal]) -> str:
    if old is not None and old.version != entry.seen:
        told = old.said.text or "để trống"
        return f"{old.entered_name} vừa ghi: {told}, lúc {moment(old.entered_at)}."
    goal = given.get(entry.place)
    if goal is not None and entry.origin is Origin.OWN and entry.said is not None and not entry.restores:
        return obstacle_of_given(goal)
    return ""


def _written(
    model: type[Kept],
    cycle: Cycle,
    period: Period,
    entry: Entry,
    old: Kept | None,
    by: Actor,
) -> Kept:
    new: Any = old or model(
        cycle=cycle, period=period, unit_id=entry.unit, indicator_id=entry.indicator, version=0
    )
    if entry.said is not None:
        new.qualifier, new.value, new.upper = entry.said.qualifier, entry.said.value, entry.said.upper
    if entry.note is not None:
        new.note = normalise(entry.note)
    if entry.source is not None and model is not Target:
        new.source = normalise(entry.source)
    if model is Target:
        new.origin = entry.origin or new.origin or Origin.OWN
    new.version += 1
    new.entered_at, new.entered_by, new.entered_name = by.at, by.user, by.name
    made: Kept = new
    return made


def _store(model: type[Kept], rows: list[Any]) -> None:
    """One statement for new and changed values alike; the database keeps each version."""
    more = ("origin",) if model is Target else ("source",)
    model._default_manager.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=list(KEY),
        update_fields=[*UPSERT, *more],
    )


@act("results.attach_evidence", on="result")
def attach_evidence(*, result: Result, upload: File[Any], by: Actor) -> Result:
    """Minh chứng: the file that shows a result, in place of an earlier one; a new version of the result."""
    refuse_if(obstacles_to_changing(result.cycle))
    kept = Result.objects.select_for_update(of=("self",)).get(pk=result.pk)
    kept.evidence = store(upload, by=by, owner=kept, readers=[kept.unit_id], field="upload")
    kept.version += 1
    kept.entered_at, kept.entered_by, kept.entered_name = by.at, by.user, by.name
    kept.save()
    return kept


@act("results.detach_evidence", on="result")
def detach_evidence(*, result: Result, by: Actor) -> Result:
    """Gỡ minh chứng: the file brought by mistake shows the result no longer; a new version of the result."""
    refuse_if(obstacles_to_changing(result.cycle))
    kept = Result.objects.select_for_update(of=("self",)).get(pk=result.pk)
    if kept.evidence_id is None:
        raise Refused("Kết quả này không còn tệp minh chứng nào.")
    kept.evidence = None
    kept.version += 1
    kept.entered_at, kept.entered_by, kept.entered_name = by.at, by.user, by.name
    kept.save()
    return kept
