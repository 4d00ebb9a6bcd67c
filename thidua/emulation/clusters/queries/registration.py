"""Questions about what members register for: titles, forms and their own targets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from thidua.base.periods import local_day
from thidua.base.text import moment
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import (
    Cycle,
    Membership,
    Qualifier,
    Registration,
    RegistrationLine,
    RegistrationState,
)
from thidua.emulation.clusters.queries.clusters import due, members_now
from thidua.organisations.models import Unit

SENT = (RegistrationState.SUBMITTED, RegistrationState.FORWARDED)
OPEN = (RegistrationState.DRAFT, RegistrationState.RETURNED)


@dataclass(frozen=True)
class RegisteredLine:
    """A title or form registered for; without a recipient it is for the unit itself."""

    honour_kind: str
    recipient: str = ""


@dataclass(frozen=True)
class AskedTarget:
    """A target the unit sets itself."""

    indicator: str
    qualifier: str = Qualifier.AT_LEAST
    value: Decimal | None = None
    measure: str = ""


@dataclass(frozen=True)
class RegistrationContent:
    """All that a registration says."""

    lines: tuple[RegisteredLine, ...] = ()
    targets: tuple[AskedTarget, ...] = ()


def registration_of(cycle: Cycle, unit: Unit) -> Registration:
    """The unit's registration of the year; a new one, not kept yet, when it has none."""
    found = Registration.objects.filter(cycle=cycle, unit=unit).first() or Registration(revision=0)
    found.cycle, found.unit = cycle, unit
    return found


def content_of(registration: Registration) -> RegistrationContent:
    """What it says now, in two queries."""
    if not registration.pk:
        return RegistrationContent()
    return RegistrationContent(
        tuple(
            RegisteredLine(line.honour_kind, "" if line.is_unit else line.recipient)
            for line in registration.lines.all()
        ),
        tuple(
            AskedTarget(target.indicator, target.qualifier, target.value, target.measure)
            for target in registration.targets.all()
        ),
    )


def obstacles_to_submitting_registration(
    registration: Registration, content: RegistrationContent | None = None
) -> list[str]:
    """What is missing before it can be sent."""
    if registration.state not in OPEN:
        return [f"Bản đăng ký đã gửi lúc {moment(registration.submitted_at)}."]
    told = content if content is not None else content_of(registration)
    if not told.lines and not told.targets:
        return ["Bản đăng ký chưa có danh hiệu, hình thức hay chỉ tiêu nào."]
    return []


def obstacles_to_withdrawing_registration(registration: Registration) -> list[str]:
    """Why the unit cannot take it back."""
    if registration.state != RegistrationState.SUBMITTED:
        return ["Chỉ rút được bản đăng ký đã gửi mà chưa chuyển cơ quan thường trực."]
    return []


def obstacles_to_returning_registration(registration: Registration) -> list[str]:
    """Why it cannot be returned."""
    return [] if registration.state in SENT else ["Chỉ trả lại được bản đăng ký đã gửi."]


def obstacles_to_forwarding(cycle: Cycle) -> list[str]:
    """Why there is nothing to forward."""
    if not cycle.registrations.filter(state=RegistrationState.SUBMITTED).exists():
        return ["Không có bản đăng ký nào đang chờ chuyển."]
    return []


def registration_days_late(registration: Registration) -> int:
    """Days between the due date and the day it was sent; 0 in time, not sent, or without a due date."""
    last = due(registration.cycle, ActKey.REGISTRATION)
    if last is None or registration.submitted_at is None:
        return 0
    return max((local_day(registration.submitted_at) - last).days, 0)


@dataclass
class MemberRegistration:
    """A member, its registration if begun, and how many it registered of each kind once it was sent."""

    membership: Membership
    registration: Registration | None = None
    counts: Counter[str] = field(default_factory=Counter)


@dataclass
class Registrations:
    """All members' registrations of the year."""

    rows: list[MemberRegistration]

    @property
    def kinds(self) -> list[str]:
        """Codes registered by anybody, in the order in which they are first met."""
        return list(dict.fromkeys(kind for row in self.rows for kind in row.counts))

    @property
    def totals(self) -> Counter[str]:
        """How many of each kind all members registered."""
        return sum((row.counts for row in self.rows), Counter())

    @property
    def missing(self) -> list[Membership]:
        """Members that have not sent theirs."""
        return [
            row.membership
            for row in self.rows
            if row.registration is None or row.registration.state not in SENT
        ]

    @property
    def waiting(self) -> int:
        """How many wait to be forwarded."""
        states = [row.registration.state for row in self.rows if row.registration]
        return states.count(RegistrationState.SUBMITTED)


def registrations(cycle: Cycle, on: date, *, counted: bool = True) -> Registrations:
    """Every member of a day with its registration; two queries however many members there are."""
    found = {row.unit_id: row for row in cycle.registrations.all()}
    rows = []
    for membership in members_now(cycle, on):
        kept = found.get(membership.unit_id)
        if kept is not None:
            kept.cycle, kept.unit = cycle, membership.unit
        rows.append(MemberRegistration(membership, kept))
    if counted:
        _count(cycle, rows)
    return Registrations(rows)


def _count(cycle: Cycle, rows: list[MemberRegistration]) -> None:
    at = {row.membership.unit_id: row for row in rows}
    for kind, unit in registered(cycle).values_list("honour_kind", "registration__unit"):
        if unit in at:
            at[unit].counts[kind] += 1


def registered(cycle: Cycle) -> QuerySet[RegistrationLine]:
    """Every line members sent this year: what a later proposal is compared with."""
    lines = RegistrationLine.objects.filter(registration__cycle=cycle, registration__state__in=SENT)
    return lines.select_related("registration__unit").order_by("registration__unit__order", "position", "pk")
