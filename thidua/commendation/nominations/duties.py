"""What the package asks of the head and of the standing body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count
from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.commendation.nominations.models import Package, PackageState
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import due, head_unit_id
from thidua.organisations.models import AppointmentKind

NOMINATION = "nomination"
HEAD = (AppointmentKind.HEAD_OFFICER, AppointmentKind.UNIT_LEADER)
STANDING = (AppointmentKind.STANDING_OFFICER,)
ASKED_OF_STANDING = {
    PackageState.SUBMITTED: ("Tiếp nhận hồ sơ trình khen", "Tiếp nhận"),
    PackageState.RECEIVED: ("Thẩm định hồ sơ trình khen", "Thẩm định"),
    PackageState.APPRAISED: ("Ghi quyết định khen thưởng", "Ghi quyết định"),
}


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """The proposal's station, in one query."""
    packages = list(
        Package.objects.filter(cycle=cycle).annotate(lines=Count("nominations")).order_by("number")
    )
    when = due(cycle, NOMINATION)
    by_date, word = state_by_date(when, by.on)
    url = reverse("nominations:index", args=[cycle.cluster.address, cycle.address])
    title = "Trình khen thưởng"
    if not packages:
        todo = _head_duty(cycle, by_date, "Lập hồ sơ trình khen", "Chưa lập hồ sơ.", url, "Lập hồ sơ")
        return [
            Act(key=NOMINATION, title=title, due=when, state=by_date, fact=word, url=url, head_duties=(todo,))
        ]
    told = [_duty(cycle, package, by_date, by.on) for package in packages]
    last = packages[-1]
    lines = sum(package.lines for package in packages)
    return [
        Act(
            key=NOMINATION,
            title=title,
            due=when,
            state=_station(packages, by_date),
            fact=f"{last.get_state_display().lower()}, {lines} đề nghị",
            obstacle=f"Bị trả lại: {last.returned_reason}" if last.state == PackageState.RETURNED else "",
            url=url,
            head_duties=tuple(duty for duty in told if duty is not None),
        )
    ]


def _station(packages: Sequence[Package], by_date: State) -> State:
    """Done once every package went up and was decided; it waits while the standing body has one."""
    states = {package.state for package in packages}
    if PackageState.RETURNED in states:
        return State.RETURNED
    if PackageState.DRAFT in states:
        return by_date if by_date is State.OVERDUE else State.DOING
    return State.DONE if states == {PackageState.DECIDED} else State.WAITING


def _head_duty(cycle: Cycle, state: State, title: str, reason: str, url: str, verb: str) -> Duty:
    return Duty(
        unit_id=head_unit_id(cycle) or 0,
        state=state,
        title=title,
        reason=reason,
        url=url,
        verb=verb,
        kinds=HEAD,
    )


def _duty(cycle: Cycle, package: Package, by_date: State, on: date) -> Duty | None:
    """What one package asks, of whoever has it in hand."""
    where = [cycle.cluster.address, cycle.address, package.number]
    url = reverse("nominations:package", args=where)
    if package.state == PackageState.RETURNED:
        return _head_duty(
            cycle, State.RETURNED, "Bổ sung hồ sơ trình khen", package.returned_reason, url, "Bổ sung hồ sơ"
        )
    if package.state == PackageState.DRAFT:
        state = by_date if by_date.asks else State.DOING
        return _head_duty(cycle, state, "Gửi hồ sơ trình khen", "Hồ sơ đang lập.", url, "Mở hồ sơ")
    asked = ASKED_OF_STANDING.get(PackageState(package.state))
    body = cycle.cluster.standing_body
    if asked is None or body is None:
        return None
    title, verb = asked
    since = package.appraised_at or package.received_at or package.submitted_at
    return Duty(
        unit_id=body.unit_id,
        state=State.DOING,
        title=f"{title}, {cycle.cluster.short_name}",
        reason=f"Từ {since:%d/%m/%Y}, đã {(on - since.date()).days} ngày." if since else "",
        url=url,
        verb=verb,
        kinds=STANDING,
    )
