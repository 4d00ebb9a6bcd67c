"""Giving a paper of a cluster's year, or of a unit's congress, its number in the register."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import Refused
from thidua.documents.actions import register_paper
from thidua.documents.engine import PaperText
from thidua.documents.models import Paper
from thidua.emulation.clusters.actions.registering import enter, issue
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.conferences.models import Conference


def register(text: PaperText, *, of: Cycle | Conference, about: str, about_id: int, by: Actor) -> Paper:
    """Enter, number and issue a paper; dated today."""
    cycle = of if isinstance(of, Cycle) else of.cycle
    if cycle is not None:
        return issue(enter(text, cycle=cycle, about=about, about_id=about_id, by=by), by=by)
    unit = of.unit if isinstance(of, Conference) else None
    if unit is None:  # pragma: no cover  a conference has one owner
        raise Refused("Hội nghị chưa có đơn vị tổ chức.")
    return issue(register_paper(issuer=unit, text=text, about_type=about, about_id=about_id, by=by), by=by)
