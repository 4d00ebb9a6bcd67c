"""Files about the deeds of an exemplar."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.base.files.actions import store
from thidua.base.files.models import StoredFile
from thidua.emulation.exemplars.models import Exemplar
from thidua.emulation.exemplars.queries import evidence_of

MOST_FILES = 10


@act("exemplars.attach_evidence", on="exemplar")
def attach_evidence(*, exemplar: Exemplar, upload: File[Any], by: Actor) -> StoredFile:
    """Minh chứng: keep a file about the deeds; at most ten."""
    if evidence_of(exemplar).count() >= MOST_FILES:
        raise Refused(f"Mỗi điển hình kèm nhiều nhất {MOST_FILES} tệp.", field="upload")
    return store(upload, by=by, owner=exemplar, readers=[exemplar.unit_id], field="upload")


@act("exemplars.detach_evidence", on="exemplar", keeps=("file",))
def detach_evidence(*, exemplar: Exemplar, file: StoredFile, by: Actor) -> StoredFile:
    """Gỡ minh chứng: a file brought by mistake is listed no longer; its bytes and the log stay."""
    if not evidence_of(exemplar).filter(pk=file.pk).exists():
        raise Refused("Tệp này không còn ở điển hình này.")
    exemplar.detached.add(file)
    return file
