"""Where one subject stands, under the law of a day or under that of two days side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from thidua.commendation.eligibility.asking import Judged, Line, ask, kinds_for, line_of, plainly, summary_of
from thidua.commendation.eligibility.gathering import facts_of_people, facts_of_units
from thidua.organisations.models import Person, Unit, UnitKind
from thidua.rulebook.catalogue import HonourKindText
from thidua.rulebook.engine.facts import Facts

NEVER = 9999
SOLDIER = "quan_nhan"
OF_PLACES = {  # titles that are given to localities (Law 06/2022/QH15 Articles 29, 30)
    "XA_TIEU_BIEU": UnitKind.COMMUNE,
    "THON_VH": UnitKind.SUB_UNIT,
}


@dataclass(frozen=True)
class Standing:
    """Where a subject stands for one kind: the answer, one sentence, the tree of reasons."""

    kind: HonourKindText
    judged: Judged
    summary: str
    reasons: Sequence[Line]
    notes: Sequence[str]
    missing: Sequence[str]
    to_judge: Sequence[str]
    earliest: int | None


@dataclass(frozen=True)
class Compared:
    """The same kind under the law of two days; None where that day's law does not give it."""

    kind: HonourKindText
    first: Standing | None
    second: Standing | None

    @property
    def sides(self) -> tuple[Standing | None, Standing | None]:
        """Both, in order."""
        return self.first, self.second

    @property
    def differs(self) -> bool:
        """The answers are not the same, doubts about the texts left aside."""
        return len({one.judged.verdict.reading if one else "" for one in self.sides}) > 1

    @property
    def is_unsure(self) -> bool:
        """They differ in nothing but how sure they are."""
        return not self.differs and len({one.judged.answer if one else "" for one in self.sides}) > 1


def facts_of(unit: Unit, person: Person | None, on: date, year: int | None = None) -> Facts:
    """What the areas know of a person, or of the unit as a collective."""
    if person is not None:
        return facts_of_people([person.pk], on, year)[person.pk]
    return facts_of_units([unit.pk], on, year)[unit.pk]


def judge_one(
    *,
    unit: Unit,
    person: Person | None,
    kind: str,
    on: date,
    year: int | None = None,
    received: date | None = None,
    law: date | None = None,
) -> Judged:
    """Ask about a person, or the unit; `received` is the dossier's day, `law` the day whose law is chosen."""
    facts = replace(facts_of(unit, person, on, year), received=received)
    return ask(facts, kind, on, law)


def standings_of_person(
    person: Person, on: date, *, sees_sensitive: bool, law: date | None = None
) -> list[Standing]:
    """For each title and form of the day, where the person stands and why."""
    facts = facts_of_people([person.pk], on)[person.pk]
    kinds = kinds_for("ca_nhan", law or on, armed=facts.occupation == SOLDIER)
    return _nearest_first(facts, kinds, on, law, sees_sensitive=sees_sensitive)


def standings_of_collective(
    unit: Unit, on: date, *, sees_sensitive: bool, law: date | None = None
) -> list[Standing]:
    """The same of a unit as a collective; what is given to localities is asked of them alone."""
    facts = facts_of_units([unit.pk], on)[unit.pk]
    kinds = kinds_for("tap_the", law or on, armed=unit.kind == UnitKind.ARMED_FORCE)
    kinds = [one for one in kinds if OF_PLACES.get(one.code, unit.kind) == unit.kind]
    return _nearest_first(facts, kinds, on, law, sees_sensitive=sees_sensitive)


def glance(standings: Sequence[Standing]) -> list[tuple[str, list[str]]]:
    """For each answer the kinds it was given for, in short: what the page says first."""
    found: dict[str, list[str]] = {}
    for one in standings:
        found.setdefault(one.judged.answer, []).append(one.kind.short)
    return list(found.items())


def compared(first: Sequence[Standing], second: Sequence[Standing]) -> list[Compared]:
    """Side by side: what differs first, then in the order of the first."""
    other = {one.kind.code: one for one in second}
    pairs = [Compared(one.kind, one, other.pop(one.kind.code, None)) for one in first]
    pairs += [Compared(one.kind, None, one) for one in other.values()]
    return sorted(pairs, key=lambda pair: (not pair.differs, not pair.is_unsure))


def _nearest_first(
    facts: Facts, kinds: Sequence[HonourKindText], on: date, law: date | None, *, sees_sensitive: bool
) -> list[Standing]:
    """What can be had now before what needs a look, then by the year in which it can be reached."""
    found = [standing(facts, kind, on, law, sees_sensitive=sees_sensitive) for kind in kinds]
    order = ("eligible", "needs_review", "not_yet", "excluded")
    return sorted(found, key=lambda one: (order.index(one.judged.answer), one.earliest or NEVER))


def standing(
    facts: Facts, kind: HonourKindText, on: date, law: date | None = None, *, sees_sensitive: bool
) -> Standing:
    """One answer, told to whom may hear it."""
    judged = ask(facts, kind.code, on, law)
    shown = judged.shown(sees_sensitive=sees_sensitive)
    return Standing(
        kind=kind,
        judged=judged,
        summary=summary_of(shown),
        reasons=[line_of(reason) for reason in shown.reasons],
        notes=shown.notes,
        missing=plainly(shown.missing),
        to_judge=shown.to_judge,
        earliest=shown.earliest if judged.answer != "eligible" else None,
    )
