"""Who may write, number, issue and void papers."""

from __future__ import annotations

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.files.models import StoredFile
from thidua.base.files.permissions import let_in
from thidua.documents.models import Paper
from thidua.documents.queries import visible_papers
from thidua.organisations.models import AppointmentKind, Unit

KEEPERS = (
    AppointmentKind.UNIT_OFFICER,
    AppointmentKind.UNIT_LEADER,
    AppointmentKind.HEAD_OFFICER,
    AppointmentKind.STANDING_OFFICER,
)


@rules.predicate
def writes_for_unit(by: Actor, unit: Unit) -> bool:
    """Does the paperwork of the issuing unit."""
    return by.holds(*KEEPERS, unit=unit.pk)


@rules.predicate
def keeps_paper(by: Actor, paper: Paper) -> bool:
    """Does the paperwork of the unit whose paper it is."""
    return paper.issuer_id is not None and by.holds(*KEEPERS, unit=paper.issuer_id)


@rules.predicate
def does_paperwork(by: Actor, _subject: object) -> bool:
    """Does the paperwork of some unit, or looks after the system."""
    return by.holds(*KEEPERS, AppointmentKind.ADMINISTRATOR)


@rules.predicate
def keeps_references(by: Actor, _subject: object) -> bool:
    """Corrects what everybody cites: the standing body, the administrator."""
    return by.holds(AppointmentKind.STANDING_OFFICER, AppointmentKind.ADMINISTRATOR)


@rules.predicate
def sees_paper(by: Actor, paper: Paper) -> bool:
    """The paper is among those the person sees."""
    return visible_papers(by).filter(pk=paper.pk).exists()


def may_read_scan(by: Actor, file: StoredFile) -> bool:
    """Sees the paper the signed copy belongs to."""
    return visible_papers(by).filter(scan=file).exists()


rules.add_perm("documents.view_paper", sees_paper)
rules.add_perm("documents.register_paper", writes_for_unit)
rules.add_perm("documents.rewrite_paper", keeps_paper)
rules.add_perm("documents.number_paper", keeps_paper)
rules.add_perm("documents.seal_paper", keeps_paper)
rules.add_perm("documents.void_number", keeps_paper)
rules.add_perm("documents.discard_draft", keeps_paper)
rules.add_perm("documents.register_reference", does_paperwork)
rules.add_perm("documents.edit_reference", keeps_references)
let_in("documents.paper", may_read_scan)
