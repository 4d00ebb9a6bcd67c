"""Choosing the leading unit and the next head, in the way the regulation says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.text import day, decimal_text
from thidua.emulation.clusters.actions.registering import clerk_of
from thidua.emulation.clusters.models import ChoosingForm, Cycle, Regulation, TieBreak
from thidua.emulation.clusters.queries import leading_unit_ids, members_now
from thidua.emulation.conferences.actions.shared import lock
from thidua.emulation.conferences.models import Acclaim, AcclaimForm, AgendaItem, ItemKind
from thidua.emulation.conferences.queries import (
    BALLOT_ABOUT,
    ballots_by_item,
    modes_of,
    obstacles_to_acclaiming,
    obstacles_to_balloting,
    roll_of,
)
from thidua.emulation.conferences.queries.attendance import regulation_for
from thidua.emulation.scoring.queries import Place, ranking
from thidua.organisations.models import Unit
from thidua.voting.actions import create_ballot, mark_roll
from thidua.voting.counting import Share
from thidua.voting.models import Ballot


@act("conferences.open_ballot_for", on="item", keeps=("seats",))
def open_ballot_for(
    *,
    item: AgendaItem,
    by: Actor,
    seats: int = 1,
    candidates: Sequence[Unit] | None = None,
    mode: str | None = None,
) -> Ballot:
    """Draw up the ballot of an item: roll, form, quorum, threshold, rounds and tie-break from the regulation.

    `mode` is one of the ways the regulation names; without it the first, which needs no device.
    Candidates are all members; where the regulation chooses by points, the equals at the top. Asked twice,
    refused the second time.
    """
    conference = lock(item.conference)
    refuse_if(obstacles_to_balloting(item))
    regulation, cycle = regulation_for(conference), conference.cycle
    if regulation is None or cycle is None:  # pragma: no cover  an obstacle above
        raise Refused("Chưa có quy chế.")
    stand = _candidates(item, cycle, regulation, candidates)
    if not 1 <= seats <= len(stand):
        raise Refused(f"Số đơn vị cần chọn phải từ 1 đến {len(stand)}.", field="seats")
    units = [member.unit for member in members_now(cycle, conference.day)]
    people = list(conference.attendances.all())
    body = cycle.cluster.standing_body
    readers = [*units, cycle.cluster.authority, *([body.unit] if body is not None else [])]
    ballot = create_ballot(
        title=item.title,
        question=_question(regulation, seats),
        held_by=cycle.cluster.name,
        occasion=f"{conference.title}, ngày {day(conference.day)}",
        mode=_mode(regulation, mode),
        about_type=BALLOT_ABOUT,
        about_id=item.pk,
        owner_unit=clerk_of(cycle, by),
        manager_units=Unit.objects.filter(pk__in=leading_unit_ids(cycle)),
        reader_units=readers,
        options=[(unit, unit.name) for unit in stand],
        roll=roll_of(conference, regulation, people),
        seats=seats,
        choices_max=seats,
        threshold=Share(
            regulation.threshold_numerator, regulation.threshold_denominator, regulation.threshold_strict
        ),
        threshold_base=regulation.threshold_base,
        quorum=Share(regulation.quorum_numerator, regulation.quorum_denominator),
        max_rounds=regulation.max_rounds,
        own_unit_allowed=regulation.own_unit_allowed,
        tie_break=TieBreak(regulation.tie_break).label,
        by=by,
    )
    item.about_type, item.about_id = "voting.ballot", str(ballot.pk)
    item.save(update_fields=["about_type", "about_id"])
    return ballot


def _mode(regulation: Regulation, asked: str | None) -> str:
    allowed = modes_of(regulation)
    if asked is None:
        return allowed[0]
    if asked not in allowed:
        raise Refused("Quy chế không có cách bỏ phiếu này.", field="mode")
    return asked


def _question(regulation: Regulation, seats: int) -> str:
    own = "" if regulation.own_unit_allowed else " Không bầu cho đơn vị mình."
    return f"Mỗi phiếu chọn nhiều nhất {seats} đơn vị trong danh sách.{own}"


def top_by_points(cycle: Cycle, on: date) -> list[Place]:
    """The places that share the top of the ranking; refuses while nothing is concluded."""
    places = ranking(cycle, on)
    if not places:
        raise Refused("Quy chế chọn theo điểm, nhưng chưa có kết luận điểm của năm.")
    return [place for place in places if place.place == 1]


def _candidates(
    item: AgendaItem, cycle: Cycle, regulation: Regulation, chosen: Sequence[Unit] | None
) -> list[Unit]:
    units = [member.unit for member in members_now(cycle, item.conference.day)]
    if item.kind == ItemKind.BALLOT and regulation.choosing_form == ChoosingForm.POINTS:
        top = top_by_points(cycle, item.conference.day)
        if len(top) == 1:
            raise Refused(
                "Theo điểm đã có một đơn vị đứng đầu. Ghi kết quả suy tôn theo điểm, không cần bỏ phiếu."
            )
        ids = {place.unit for place in top}
        return [unit for unit in units if unit.pk in ids]
    if chosen is None:
        return units
    ids = {unit.pk for unit in chosen}
    stand = [unit for unit in units if unit.pk in ids]
    if len(stand) < len(ids) or not stand:
        raise Refused("Đơn vị được chọn phải là thành viên.", field="candidates")
    return stand


@act("conferences.acclaim", on="item")
def acclaim(*, item: AgendaItem, units: Sequence[Unit], by: Actor, ground: str = "") -> AgendaItem:
    """Record whom the conference chose without a ballot: by points (no equals at the top) or by consensus."""
    conference = lock(item.conference)
    refuse_if(obstacles_to_acclaiming(item))
    regulation, cycle = regulation_for(conference), conference.cycle
    if regulation is None or cycle is None:  # pragma: no cover  an obstacle above
        raise Refused("Chưa có quy chế.")
    if not units:
        raise Refused("Chọn đơn vị được suy tôn.", field="units")
    members = {member.unit_id for member in members_now(cycle, conference.day)}
    if any(unit.pk not in members for unit in units):
        raise Refused("Đơn vị được suy tôn phải là thành viên.", field="units")
    by_points = item.kind == ItemKind.BALLOT and regulation.choosing_form == ChoosingForm.POINTS
    told = _points_ground(cycle, regulation, units, conference.day) if by_points else ground.strip()
    if not told:
        raise Refused("Ghi căn cứ: hội nghị thống nhất thế nào.", field="ground")
    form = AcclaimForm.POINTS if by_points else AcclaimForm.CONSENSUS
    Acclaim.objects.bulk_create(
        Acclaim(item=item, unit=unit, form=form, ground=told, at=by.at, by_name=by.name[:160])
        for unit in units
    )
    return item


def _points_ground(cycle: Cycle, regulation: Regulation, units: Sequence[Unit], on: date) -> str:
    top = top_by_points(cycle, on)
    if len(top) > 1:
        raise Refused("Có nhiều đơn vị cùng điểm cao nhất. Quy chế yêu cầu bỏ phiếu giữa các đơn vị này.")
    if [unit.pk for unit in units] != [top[0].unit]:
        raise Refused("Đơn vị được chọn không phải là đơn vị cao điểm nhất.", field="units")
    return f"Tổng điểm {decimal_text(top[0].points, regulation.points_places)}, cao nhất"


@act("conferences.mark_roll_present", on="item")
def mark_roll_present(*, item: AgendaItem, by: Actor) -> Ballot:
    """Mark the ballot's voters present as the conference's list has them, once its roll is sealed."""
    ballot = ballots_by_item([item])[item.pk].last
    if ballot is None:
        raise Refused("Chưa lập cuộc bỏ phiếu cho nội dung này.")
    people = item.conference.attendances.filter(present_at__isnull=False, is_voter=True)
    here = {(one.unit_id, one.person_name) for one in people}
    chosen = [
        voter.pk
        for voter in ballot.roll.all()
        if voter.person_name and (voter.unit_id, voter.person_name) in here
    ]
    if not chosen:
        raise Refused("Chưa điểm danh ai được bỏ phiếu.")
    return mark_roll(ballot=ballot, entries=chosen, mark="present", value=True, by=by)
