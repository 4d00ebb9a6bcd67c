"""Giving a paper of a cluster's year, or of a unit's congress, its number in the register."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import Refused
from thidua.documents.actions import number_paper, register_paper, seal_paper
from thidua.documents.engine import PaperText
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import LEADS
from thidua.emulation.clusters.queries import head_unit_id, members_now
from thidua.emulation.conferences.models import Conference
from thidua.organisations.models import Unit


def register(text: PaperText, *, of: Cycle | Conference, about: str, about_id: int, by: Actor) -> Paper:
    """Enter, number and issue a paper; dated today. Members and standing body may read a cluster's papers.

    The paperwork is done by the head's unit, or by the deputy's whose people act in its place.
    """
    cycle = of if isinstance(of, Cycle) else of.cycle
    if cycle is None:
        unit = of.unit if isinstance(of, Conference) else None
        if unit is None:  # pragma: no cover  a conference has one owner
            raise Refused("Hội nghị chưa có đơn vị tổ chức.")
        paper = register_paper(issuer=unit, text=text, about_type=about, about_id=about_id, by=by)
    else:
        paper = register_paper(
            issuer=clerk_of(cycle, by),
            text=text,
            owner=f"cluster:{cycle.cluster_id}",
            series_symbol=cycle.cluster.symbol,
            issuer_name=cycle.cluster.name,
            about_type=about,
            about_id=about_id,
            readers=readers_of(cycle, by),
            by=by,
        )
    return seal_paper(paper=number_paper(paper=paper, by=by), by=by)


def clerk_of(cycle: Cycle, by: Actor) -> Unit:
    """The leading unit the person acts for, else the head."""
    leading = {h.unit_id: h.unit for h in cycle.headships.select_related("unit")}
    own = [unit for pk, unit in leading.items() if by.holds(*LEADS, unit=pk)]
    head = leading.get(head_unit_id(cycle) or 0)
    if not own and head is None:
        raise Refused("Năm này chưa có đơn vị trưởng nên chưa lấy được số văn bản.")
    return head if head is not None and (head in own or not own) else own[0]


def readers_of(cycle: Cycle, by: Actor) -> list[int]:
    """Members and the standing body."""
    body = cycle.cluster.standing_body
    units = [member.unit_id for member in members_now(cycle, by.on)]
    return units + ([body.unit_id] if body is not None else [])
