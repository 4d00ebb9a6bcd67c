"""Handing over the headship: to whom, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thidua.emulation.clusters.models import Cycle, HeadMode, Membership
from thidua.emulation.clusters.queries import head_unit_id, members_now, regulation_of
from thidua.emulation.conferences.models import Handover, HandoverSide
from thidua.emulation.conferences.queries.ballots import chosen_head
from thidua.organisations.models import Unit


def handover_of(cycle: Cycle) -> Handover | None:
    """The handover of the year, with what its page needs."""
    return (
        Handover.objects.filter(cycle=cycle)
        .select_related(
            "cycle__cluster", "outgoing", "incoming", "next_cycle", "conference__cycle__cluster", "paper"
        )
        .prefetch_related("items", "signatures", "deputies")
        .first()
    )


@dataclass(frozen=True)
class NextHead:
    """Who would head the next year by the regulation's mode, and the words for it."""

    mode: str  # a label of HeadMode, or empty without a regulation
    unit: Unit | None
    deputies: list[Unit]
    ground: str
    needs_decision: bool = False  # a superior appoints or confirms: its symbol belongs in the ground


def proposed_next_head(cycle: Cycle, on: date) -> NextHead:
    """By election: whom the conference chose. By rotation: the member after the present head."""
    regulation = regulation_of(cycle, on)
    mode = regulation.head_mode if regulation else HeadMode.ELECTED
    label = HeadMode(mode).label
    if mode == HeadMode.ROTATION:
        members = members_now(cycle, on)
        unit = _after(members, head_unit_id(cycle))
        deputy = _after(members, unit.pk) if unit and regulation and regulation.deputies else None
        return NextHead(label, unit, [deputy] if deputy else [], "Luân phiên theo thứ tự đơn vị thành viên")
    if mode == HeadMode.APPOINTED:
        return NextHead(label, None, [], "", needs_decision=True)
    chosen = chosen_head(cycle)
    confirmed = mode == HeadMode.ELECTED_CONFIRMED
    if not chosen:
        return NextHead(label, None, [], "", needs_decision=confirmed)
    first, *others = chosen
    return NextHead(label, first.unit, [one.unit for one in others], first.how, needs_decision=confirmed)


def _after(members: list[Membership], unit_id: int | None) -> Unit | None:
    """The member that follows in the cluster's order, the first after the last."""
    if not members:
        return None
    ids = [m.unit_id for m in members]
    return members[(ids.index(unit_id) + 1) % len(ids) if unit_id in ids else 0].unit


def obstacles_to_handing_over(cycle: Cycle) -> list[str]:
    """Before the handover is drawn up."""
    return [] if head_unit_id(cycle) else ["Năm này chưa có đơn vị trưởng nên chưa có gì để bàn giao."]


def obstacles_to_signing_handover(handover: Handover, side: str) -> list[str]:
    """Before a side signs: the list is complete, and it has not signed yet."""
    standing = []
    items = list(handover.items.all())
    if not items:
        standing.append("Chưa có nội dung bàn giao.")
    left = [item.text for item in items if not item.done]
    if left:
        standing.append(f"Còn {len(left)} nội dung chưa giao: {'; '.join(left)}.")
    if any(one.side == side for one in handover.signatures.all()):
        standing.append(f"{HandoverSide(side).label} đã ký.")
    return standing


def obstacles_to_opening_next(handover: Handover) -> list[str]:
    """Before the next year is opened."""
    if handover.next_cycle_id:
        return [f"Đã mở năm {handover.next_cycle.name}." if handover.next_cycle else ""]
    signed = {one.side for one in handover.signatures.all()}
    return [f"{side.label} chưa ký biên bản bàn giao." for side in HandoverSide if side not in signed]


def following_cycle(cycle: Cycle) -> Cycle | None:
    """The year that begins where this one ends, when somebody has opened it already."""
    return Cycle.objects.filter(cluster=cycle.cluster_id, term__startswith=cycle.term.upper).first()
