"""Handing the headship over: the list, both signatures, the next year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.emulation.clusters.actions import choose_heads, open_cycle
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import head_unit_id, members_now
from thidua.emulation.conferences.models import (
    Conference,
    Handover,
    HandoverItem,
    HandoverSide,
    HandoverSignature,
)
from thidua.emulation.conferences.papers import handover_paper
from thidua.emulation.conferences.permissions import side_of
from thidua.emulation.conferences.queries import (
    following_cycle,
    handover_of,
    leader_in_office,
    obstacles_to_handing_over,
    obstacles_to_opening_next,
    obstacles_to_signing_handover,
)
from thidua.emulation.conferences.registering import register
from thidua.emulation.scoring.actions import carry_over
from thidua.emulation.scoring.queries import scorecard_of, versions_of
from thidua.organisations.models import Unit
from thidua.organisations.queries import offices_of

USUAL_ITEMS = (
    "Quy chế hoạt động đang áp dụng",
    "Bảng điểm, tiêu chí chấm điểm của năm",
    "Giao ước thi đua đã ký",
    "Hồ sơ hội nghị: báo cáo, biên bản, biên bản kiểm phiếu",
    "Hồ sơ trình khen thưởng đã gửi cơ quan thường trực",
    "Sổ theo dõi văn bản đi, đến",
    "Việc theo kết luận hội nghị còn đang làm",
)


@dataclass(frozen=True)
class HandoverLine:
    """Something handed over, as typed."""

    text: str
    count: str = ""
    done: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandoverText:
    """The handover as typed."""

    incoming: Unit
    ground: str
    day: date
    deputies: Sequence[Unit] = ()
    place: str = ""
    note: str = ""
    conference: Conference | None = None
    items: Sequence[HandoverLine] = field(default=())


@act("conferences.prepare_handover", on="cycle")
def prepare_handover(*, cycle: Cycle, text: HandoverText, by: Actor) -> Handover:
    """Draw up the handover, with the usual list where none is given. Asked twice, the first stays."""
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if found := handover_of(cycle):
        return found
    refuse_if(obstacles_to_handing_over(cycle))
    handover = Handover(cycle=cycle, outgoing=Unit.objects.get(pk=head_unit_id(cycle) or 0))
    items = text.items or [HandoverLine(line) for line in USUAL_ITEMS]
    _write(handover, text, items)
    return handover


def _write(handover: Handover, text: HandoverText, items: Sequence[HandoverLine]) -> None:
    members = {m.unit_id for m in members_now(handover.cycle, text.day)}
    if text.incoming.pk not in members:
        raise Refused("Đơn vị nhận phải là thành viên.", field="incoming")
    if text.incoming in text.deputies or any(unit.pk not in members for unit in text.deputies):
        raise Refused("Phó năm sau là thành viên khác đơn vị trưởng.", field="deputies")
    if not text.ground.strip():
        raise Refused("Ghi căn cứ chọn đơn vị trưởng năm sau.", field="ground")
    handover.incoming, handover.ground = text.incoming, text.ground.strip()
    handover.day, handover.place, handover.note = text.day, text.place.strip(), text.note.strip()
    handover.conference = text.conference
    handover.save()
    handover.deputies.set(text.deputies)
    handover.items.all().delete()
    HandoverItem.objects.bulk_create(
        HandoverItem(
            handover=handover,
            position=position,
            text=line.text.strip(),
            count=line.count.strip(),
            done=line.done,
            note=line.note.strip(),
        )
        for position, line in enumerate(items, start=1)
    )


@act("conferences.edit_handover", on="handover", keeps=("revision",))
def edit_handover(*, handover: Handover, text: HandoverText, revision: int, by: Actor) -> Handover:
    """Change the list and its ticks until one side has signed. Refuses a stale page."""
    handover.refresh_from_db(from_queryset=Handover.objects.select_for_update(of=("self",)))
    if handover.signatures.exists():
        raise Refused("Đã có bên ký nên biên bản bàn giao không sửa được nữa.")
    if handover.revision != revision:
        raise Stale
    handover.revision += 1
    _write(handover, text, text.items)
    return handover


@act("conferences.sign_handover", on="handover")
def sign_handover(*, handover: Handover, by: Actor, side: str = "") -> HandoverSignature:
    """A leader in office of one side signs; with the second signature the minutes get their number.

    `side` is needed only by one who leads both, and by the system. Asked twice, signed once.
    """
    handover.refresh_from_db(from_queryset=Handover.objects.select_for_update(of=("self",)))
    mine = side if by.is_system else side_of(by, handover)
    if kept := HandoverSignature.objects.filter(handover=handover, side=mine).first():
        return kept
    refuse_if(obstacles_to_signing_handover(handover, mine))
    unit = handover.outgoing if mine == HandoverSide.OUTGOING else handover.incoming
    name, office = _signer(by, unit)
    signature = HandoverSignature.objects.create(
        handover=handover,
        side=mine,
        unit=unit,
        person_name=name,
        office_name=office,
        signed_at=by.at,
        signed_by=by.user,
    )
    if handover.signatures.count() == len(HandoverSide):
        _number(handover, Actor(None, by.at))  # whoever signs last, the paper is the head's
    return signature


def _signer(by: Actor, unit: Unit) -> tuple[str, str]:
    if by.person_id is None:
        name, office = leader_in_office(unit.pk, by.on)
    else:
        tenure = offices_of(by.person_id, on=by.on, unit=unit).select_related("person").first()
        name, office = (tenure.person.full_name, tenure.office.name) if tenure else ("", "")
    if not name:
        raise Refused(f"Chưa ghi chức vụ của người ký ở {unit}. Anh/chị bổ sung trong trang đơn vị rồi ký.")
    return name, office


def _number(handover: Handover, by: Actor) -> None:
    fresh = handover_of(handover.cycle)
    if fresh is not None:
        text = handover_paper(fresh)
        handover.paper = register(
            text, of=fresh.cycle, about="conferences.handover", about_id=fresh.pk, by=by
        )
        handover.save(update_fields=["paper"])


@act("conferences.open_next_year", on="handover")
def open_next_year(*, handover: Handover, by: Actor) -> Cycle:
    """Open the next year under its new head: members, regulation and due dates by their own dates, the points
    table copied as a draft. What the earlier areas do here is done by the system, on this person's order.
    """
    handover.refresh_from_db(from_queryset=Handover.objects.select_for_update(of=("self",)))
    refuse_if(obstacles_to_opening_next(handover))
    cycle, system = handover.cycle, Actor(None, by.at)
    deputies = list(handover.deputies.all())
    following = following_cycle(cycle)
    if following is None:
        following = open_cycle(cluster=cycle.cluster, head=handover.incoming, deputies=deputies, by=system)
    elif not following.headships.exists():
        choose_heads(cycle=following, head=handover.incoming, deputies=deputies, by=system)
    if scorecard_of(cycle) is not None and not versions_of(following).exists():
        carry_over(from_cycle=cycle, to_cycle=following, by=system)
    handover.next_cycle = following
    handover.save(update_fields=["next_cycle"])
    return following
