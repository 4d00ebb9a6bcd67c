"""Which conferences one sees, and what stands in the way of each step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, STANDING_KINDS, visible_clusters
from thidua.emulation.conferences.models import (
    ActionItem,
    ActionItemState,
    AgendaItem,
    Conference,
    ConferenceState,
)
from thidua.organisations.models import AppointmentKind, Tenure, Unit
from thidua.organisations.queries import people_appointed


def visible_conferences(by: Actor) -> QuerySet[Conference]:
    """Conferences of the clusters one sees, and congresses of one's own unit or that invite it."""
    found = Conference.objects.select_related(
        "cycle__cluster__standing_body__unit", "cycle__cluster__authority", "unit", "host_unit", "plan"
    )
    if by.is_system or by.holds(AppointmentKind.ADMINISTRATOR):
        return found
    units = by.units(*MEMBER_KINDS)
    return found.filter(
        Q(cycle__cluster__in=visible_clusters(by))
        | Q(unit__in=units)
        | Q(unit__isnull=False, pk__in=_inviting(units))
        | Q(unit__served_by__unit__in=by.units(*STANDING_KINDS))
    ).distinct()


def _inviting(units: Iterable[int]) -> QuerySet[Conference, int]:
    return Conference.objects.filter(invitations__unit__in=list(units)).values_list("pk", flat=True)


def visible_conference(by: Actor, pk: int, cluster: str = "", cycle: str = "") -> Conference:
    """The conference at this address; raises Http404 when there is none or it is not the person's to see."""
    found = visible_conferences(by).filter(pk=pk).first()
    if found is None:
        raise Http404
    year = found.cycle
    at = (year.cluster.address, year.address) if year is not None else ("", "")
    if at != (cluster, cycle):
        raise Http404
    return found


def visible_owner_units(by: Actor) -> QuerySet[Unit]:
    """Units for which the person may hold a congress or an exemplar conference."""
    if by.is_system:
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=by.units(*MEMBER_KINDS, AppointmentKind.STANDING_OFFICER))


def conferences_of(cycle: Cycle) -> QuerySet[Conference]:
    """The year's conferences, latest first."""
    return Conference.objects.filter(cycle=cycle).select_related("cycle__cluster", "host_unit")


def officers_of(units: Iterable[int], on: date) -> QuerySet[User]:
    """Accounts of the officers and leaders of these units on a day: whom an invitation is told."""
    kinds = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER, AppointmentKind.STANDING_OFFICER)
    return people_appointed(kinds, units, on=on)


def leader_in_office(unit_id: int, on: date) -> tuple[str, str]:
    """Name and office of the leader of a unit on a day; two empty words when nobody is known."""
    tenure = (
        Tenure.objects.filter(office__unit=unit_id, office__is_leader=True, term__contains=on)
        .select_related("person", "office")
        .order_by("pk")
        .first()
    )
    return (tenure.person.full_name, tenure.office.name) if tenure else ("", "")


def open_action_items(cycle: Cycle) -> list[ActionItem]:
    """What the year's conferences concluded and is not done yet, nearest due first."""
    found = list(
        ActionItem.objects.filter(conference__cycle=cycle, state=ActionItemState.OPEN)
        .select_related("conference", "unit")
        .order_by("due", "position")
    )
    for item in found:
        item.conference.cycle = cycle  # the year at hand, with its heads and cluster already read
    return found


def _unless(conference: Conference, *states: ConferenceState) -> list[str]:
    if conference.state in states:
        return []
    wanted = " hoặc ".join(f"“{state.label}”" for state in states)
    return [f"Hội nghị ở bước “{conference.get_state_display()}”, việc này làm ở bước {wanted}."]


def obstacles_to_agenda_change(conference: Conference) -> list[str]:
    """Facts, chairs and agenda change until the minutes are sealed."""
    return ["Biên bản đã chốt nên nội dung hội nghị không sửa được nữa."] if conference.is_sealed else []


def obstacles_to_inviting(conference: Conference) -> list[str]:
    """Before the invitation goes out."""
    standing = _unless(conference, ConferenceState.PLANNED, ConferenceState.INVITED)
    if not conference.place and not conference.online:
        standing.append("Chưa ghi địa điểm họp.")
    if conference.starts_at is None:
        standing.append("Chưa ghi giờ khai mạc.")
    if not conference.items.exists():
        standing.append("Chưa có chương trình.")
    if not conference.invitations.exists():
        standing.append("Chưa có thành phần mời.")
    return standing


def obstacles_to_starting(conference: Conference, on: date) -> list[str]:
    """Before the opening; quorum is shown, and asked by each ballot, not by the conference itself."""
    standing = _unless(conference, ConferenceState.PLANNED, ConferenceState.INVITED, ConferenceState.ENDED)
    if on < conference.day:
        standing.append(f"Chưa đến ngày họp ({conference.day:%d/%m/%Y}).")
    if not conference.items.exists():
        standing.append("Chưa có chương trình.")
    if not conference.chairs.exists():
        standing.append("Chưa ghi ai chủ trì.")
    return standing


def obstacles_to_ending(conference: Conference) -> list[str]:
    """Before the close: nothing may still be going on."""
    standing = _unless(conference, ConferenceState.RUNNING)
    running = AgendaItem.objects.filter(
        conference=conference, started_at__isnull=False, ended_at__isnull=True
    )
    return standing + [f"Nội dung “{item.title}” chưa kết thúc." for item in running]
