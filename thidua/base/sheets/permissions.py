"""An import may be done by those to whom the owning area's permission is given."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.sheets.imports import IMPORTERS
from thidua.base.sheets.models import ImportBatch


@rules.predicate
def may_import(by: Actor, subject: Any) -> bool:
    """The area lets this person import; `subject` is the kind or a batch of it."""
    importer = IMPORTERS.get(subject if isinstance(subject, str) else subject.kind)
    if importer is None or not rules.has_perm(importer.permission, by, None):
        return False
    return importer.shared or isinstance(subject, str) or subject.made_by == by.user


def visible_batches(by: Actor) -> QuerySet[ImportBatch]:
    """Batches of every kind the person may import; of kinds not shared, one's own."""
    kinds = [kind for kind in IMPORTERS if may_import(by, kind)]
    shared = [kind for kind in kinds if IMPORTERS[kind].shared]
    found = ImportBatch.objects.filter(Q(kind__in=shared) | Q(kind__in=kinds, made_by=by.user))
    return found.select_related("file", "made_by")


rules.add_perm("sheets.preview_import", may_import)
rules.add_perm("sheets.confirm_import", may_import)
rules.add_perm("sheets.undo_import", may_import)
