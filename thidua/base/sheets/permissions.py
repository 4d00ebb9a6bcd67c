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
    return isinstance(subject, str) or importer.shared or subject.made_by == by.user


def visible_batches(by: Actor) -> QuerySet[ImportBatch]:
    """Batches of every kind the person may import; of some kinds only their own."""
    kinds = [kind for kind in IMPORTERS if may_import(by, kind)]
    of_all = [kind for kind in kinds if IMPORTERS[kind].shared]
    seen = Q(kind__in=of_all) | Q(kind__in=kinds, made_by=by.user)
    return ImportBatch.objects.filter(seen).select_related("file", "made_by")


rules.add_perm("sheets.preview_import", may_import)
rules.add_perm("sheets.confirm_import", may_import)
rules.add_perm("sheets.undo_import", may_import)
