"""Giving a paper of a cluster's year its number in the register."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import Refused
from thidua.documents.actions import number_paper, register_paper, seal_paper
from thidua.documents.engine import PaperText
from thidua.documents.models import Paper
from thidua.documents.queries import obstacles_to_numbering
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import LEADS
from thidua.emulation.clusters.queries import head_unit_id, members_now
from thidua.organisations.models import Unit


def enter(text: PaperText, *, cycle: Cycle, about: str, about_id: int, by: Actor) -> Paper:
    """Enter a paper as a draft. Members and standing body may read it once it has a number.

    The paperwork is done by the head's unit, or by the deputy's whose people act in its place.
    """
    return register_paper(
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


def issue(paper: Paper, *, by: Actor) -> Paper:
    """Number a draft and issue it; dated today."""
    return seal_paper(paper=number_paper(paper=paper, by=by), by=by)


def issue_for(text: PaperText, *, cycle: Cycle, about: str, about_id: int, by: Actor) -> Paper:
    """Enter and issue what a member wrote for the cluster, in the head's register; a draft where no number
    can be given yet.
    """
    clerk = Actor(None, by.at)  # the member wrote it, the register is the head's
    paper = enter(text, cycle=cycle, about=about, about_id=about_id, by=clerk)
    blocked = obstacles_to_numbering(paper, dated=by.on, on=by.on)
    return paper if blocked else issue(paper, by=clerk)


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
