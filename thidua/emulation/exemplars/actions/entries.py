"""Entries of the register, and the cluster's headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.text import normalise
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.exemplars.actions.steps import refuse_future
from thidua.emulation.exemplars.models import (
    Consent,
    Exemplar,
    ExemplarCategory,
    ExemplarKind,
    FollowUp,
    Step,
)
from thidua.emulation.exemplars.queries import obstacles_to_entering, obstacles_to_removing

FIRST_STEPS = (Step.FOUND, Step.NURTURED, Step.REGISTERED)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is told when an exemplar is entered: its first step, and the consent if it was asked."""

    day: date
    step: int = Step.REGISTERED
    consent: str = ""
    consent_day: date | None = None
    categories: Iterable[ExemplarCategory] = field(default_factory=tuple)


@act("exemplars.enter_exemplar", on="exemplar")
def enter_exemplar(*, exemplar: Exemplar, entry: Entry, by: Actor) -> Exemplar:
    """Ghi vào sổ: a new exemplar with its first step. Refused when the unit entered it already."""
    refuse_if(obstacles_to_entering(exemplar.cycle, exemplar.unit_id))
    refuse_future(entry.day, by)
    if entry.step not in FIRST_STEPS:
        raise Refused("Bước đầu tiên là phát hiện, bồi dưỡng hoặc đăng ký.", field="step")
    Cycle.objects.select_for_update().get(pk=exemplar.cycle_id)
    exemplar.recorded_by, exemplar.recorded_at = by.user, by.at
    _write(exemplar, entry.categories)
    FollowUp.objects.create(
        exemplar=exemplar, step=entry.step, day=entry.day, recorded_by=by.user, recorded_at=by.at
    )
    if entry.consent:
        day = entry.consent_day or entry.day
        refuse_future(day, by)
        Consent.objects.create(
            exemplar=exemplar, state=entry.consent, day=day, recorded_by=by.user, recorded_at=by.at
        )
    return exemplar


@act("exemplars.revise_exemplar", on="exemplar")
def revise_exemplar(
    *, exemplar: Exemplar, categories: Iterable[ExemplarCategory], revision: int, by: Actor
) -> Exemplar:
    """Correct what is told of it; refused when somebody else did so since `revision` was read."""
    kept = Exemplar.objects.select_for_update(of=("self",)).get(pk=exemplar.pk)
    if kept.revision != revision:
        raise Stale
    refuse_if(obstacles_to_entering(exemplar.cycle, exemplar.unit_id))
    exemplar.revision = revision + 1
    _write(exemplar, categories)
    return exemplar


def _write(exemplar: Exemplar, categories: Iterable[ExemplarCategory]) -> None:
    chosen = list(categories)
    if any(category.cluster_id != exemplar.cycle.cluster_id for category in chosen):
        raise Refused("Nhóm này không phải của cụm, khối.", field="categories")
    exemplar.name, exemplar.deeds = normalise(exemplar.name), exemplar.deeds.strip()
    if not exemplar.deeds:
        raise Refused("Anh/chị ghi việc làm, thành tích của điển hình.", field="deeds")
    if exemplar.kind != ExemplarKind.INDIVIDUAL:
        exemplar.person, exemplar.sex, exemplar.occupation = None, "", ""
    if exemplar.kind != ExemplarKind.COLLECTIVE:
        exemplar.collective = None
    exemplar.name = exemplar.name or str(exemplar.person or exemplar.collective or "")
    if not exemplar.name:
        raise Refused("Anh/chị ghi tên, hoặc chọn trong danh sách.", field="name")
    _refuse_double(exemplar)
    exemplar.save()
    exemplar.categories.set(chosen)


def _refuse_double(exemplar: Exemplar) -> None:
    """The unit's own double, letter for letter, is a slip; likenesses are shown and merged by a person."""
    same = Exemplar.objects.filter(
        cycle=exemplar.cycle_id,
        unit=exemplar.unit_id,
        kind=exemplar.kind,
        name=exemplar.name,
        person=exemplar.person_id,
        merged_into=None,
    )
    if same.exclude(pk=exemplar.pk).exists():
        raise Refused(f"Đơn vị đã ghi “{exemplar}” trong năm này.", field="name")


@act("exemplars.remove_exemplar", on="exemplar")
def remove_exemplar(*, exemplar: Exemplar, by: Actor) -> None:
    """Take an entry made by mistake out of the register; refused once something was done with it."""
    Exemplar.objects.select_for_update(of=("self",)).get(pk=exemplar.pk)
    refuse_if(obstacles_to_removing(exemplar))
    Exemplar.objects.filter(pk=exemplar.pk).delete()


@act("exemplars.add_category", on="cycle")
def add_category(*, cycle: Cycle, name: str, by: Actor) -> ExemplarCategory:
    """Name a heading for the cluster, this year and later."""
    words = normalise(name)
    if not words:
        raise Refused("Anh/chị ghi tên nhóm.", field="name")
    try:
        with transaction.atomic():
            return ExemplarCategory.objects.create(cluster=cycle.cluster, name=words)
    except IntegrityError as fault:
        raise Refused(f"Đã có nhóm “{words}”.", field="name") from fault


@act("exemplars.remove_category", on="cycle")
def remove_category(*, cycle: Cycle, category: ExemplarCategory, by: Actor) -> None:
    """Take away a heading nobody uses."""
    if category.cluster_id != cycle.cluster_id or category.exemplars.exists():
        raise Refused("Nhóm đã có điển hình nên không bỏ được.")
    category.delete()
