"""Writing, opening, signing and amending a year's covenant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.notices.actions import tell
from thidua.emulation.clusters.models import (
    Covenant,
    CovenantState,
    CovenantTarget,
    Cycle,
    Qualifier,
    Signature,
)
from thidua.emulation.clusters.queries.clusters import members_now
from thidua.emulation.clusters.queries.covenants import (
    covenant_of,
    draft_covenant_of,
    leading_office,
    obstacles_to_opening,
    obstacles_to_signing,
)
from thidua.emulation.clusters.queries.indicators import indicators_in, matching
from thidua.organisations.models import AppointmentKind, Unit
from thidua.organisations.queries import people_appointed


@dataclass(frozen=True, kw_only=True)
class TargetText:
    """A target as it is written: for all members when `unit` is None. `value` may be left open."""

    indicator: str
    unit: Unit | None = None
    qualifier: str = Qualifier.AT_LEAST
    value: Decimal | None = None
    measure: str = ""
    due: date | None = None


@act("clusters.draft_covenant", on="cycle", keeps=("amendment_reason",))
def draft_covenant(*, cycle: Cycle, by: Actor, amendment_reason: str = "") -> Covenant:
    """Begin a version: empty, or as the one that stands when it is to be amended.

    A draft that is there already is given back. An amendment refuses without its reason.
    """
    if cycle.closed_at is not None:
        raise Refused(f"Năm {cycle.name} đã khép lại.")
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    standing = draft_covenant_of(cycle)
    if standing is not None:
        return standing
    amended = covenant_of(cycle)
    if amended is not None and not amendment_reason.strip():
        raise Refused("Anh/chị ghi lý do sửa đổi giao ước.", field="amendment_reason")
    newest = cycle.covenants.aggregate(newest=Max("version"))["newest"] or 0
    draft = Covenant.objects.create(
        cycle=cycle,
        version=newest + 1,
        text=amended.text if amended else "",
        place=amended.place if amended else "",
        amendment_reason=amendment_reason.strip() if amended else "",
    )
    if amended is not None:
        _copy_targets(amended, draft)
    return draft


def _copy_targets(old: Covenant, new: Covenant) -> None:
    for target in old.targets.all():
        target.pk = None
        target.covenant = new
        target.save(force_insert=True)


@act("clusters.edit_covenant", on="covenant")
def edit_covenant(
    *,
    covenant: Covenant,
    text: str,
    revision: int,
    by: Actor,
    place: str = "",
    amendment_reason: str | None = None,
    targets: Sequence[TargetText] | None = None,
) -> Covenant:
    """Write a draft: its text, place, and all its targets (None leaves them).

    Refuses a version that was opened; Stale when somebody changed it meanwhile.
    """
    draft = Covenant.objects.select_for_update(of=("self",)).get(pk=covenant.pk)
    if draft.state != CovenantState.DRAFT:
        raise Refused("Bản đã mở ký không sửa được. Anh/chị soạn bản sửa đổi.")
    if draft.revision != revision:
        raise Stale
    draft.text, draft.place = text.strip(), place.strip()
    if amendment_reason is not None:
        draft.amendment_reason = amendment_reason.strip()
    draft.revision += 1
    draft.save()
    if targets is not None:
        _write_targets(draft, targets)
    return draft


def _write_targets(draft: Covenant, targets: Sequence[TargetText]) -> None:
    draft.targets.all().delete()
    catalogue = indicators_in(draft.cycle)
    CovenantTarget.objects.bulk_create(
        CovenantTarget(
            covenant=draft,
            position=place,
            unit=target.unit,
            indicator=target.indicator.strip(),
            qualifier=target.qualifier,
            value=target.value,
            measure=target.measure.strip(),
            due=target.due,
            catalogued=matching(catalogue, target.indicator, target.measure),
        )
        for place, target in enumerate(targets, start=1)
    )


@act("clusters.drop_covenant", on="covenant")
def drop_covenant(*, covenant: Covenant, by: Actor) -> None:
    """Throw a draft away. Refuses a version that was opened."""
    draft = Covenant.objects.select_for_update(of=("self",)).get(pk=covenant.pk)
    if draft.state != CovenantState.DRAFT:
        raise Refused("Bản đã mở ký không bỏ được.")
    draft.targets.all().delete()
    draft.delete()


@act("clusters.open_covenant", on="covenant")
def open_covenant(*, covenant: Covenant, by: Actor) -> Covenant:
    """Open a draft for signing; its words are frozen, and the version it amends is replaced only now."""
    Cycle.objects.select_for_update(of=("self",)).get(pk=covenant.cycle_id)
    draft = Covenant.objects.select_for_update(of=("self",)).get(pk=covenant.pk)
    refuse_if(obstacles_to_opening(draft, by.on))
    draft.cycle.covenants.filter(state=CovenantState.OPEN).update(state=CovenantState.REPLACED)
    draft.state, draft.opened_at = CovenantState.OPEN, by.at
    draft.save()
    _tell_leaders(draft, by)
    return draft


def _tell_leaders(covenant: Covenant, by: Actor) -> None:
    """Whoever has to sign hears of it."""
    cycle = covenant.cycle
    units = [m.unit_id for m in members_now(cycle, by.on)]
    tell(
        people=people_appointed([AppointmentKind.UNIT_LEADER], units, on=by.on),
        text=f"Giao ước thi đua năm {cycle.name} của {cycle.cluster} đã mở ký. Anh/chị đọc và ký.",
        url=reverse("clusters:covenant", args=[cycle.cluster.address, cycle.address]),
        key=f"clusters.covenant-opened-{covenant.pk}",
        at=by.at,
    )


@act("clusters.sign_covenant", on="unit")
def sign(*, covenant: Covenant, unit: Unit, by: Actor) -> Signature:
    """Sign for a member unit, as its leader, with the office held on that day. Never taken back.

    Refuses a version that is not open, a unit that is no member that day or signed before, and a
    person without a leading office there.
    """
    opened = (
        Covenant.objects.select_for_update(of=("self",)).select_related("cycle__cluster").get(pk=covenant.pk)
    )
    refuse_if(obstacles_to_signing(opened, unit, by))
    office = leading_office(by, unit)
    assert office is not None
    return Signature.objects.create(
        covenant=opened,
        unit=unit,
        person_name=office.person.full_name,
        office_name=office.office.name,
        signed_at=by.at,
        signed_by=by.user,
    )
