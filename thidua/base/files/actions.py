"""Taking in files and keeping what the scanner said of them."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Collection, Iterable
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Model
from procrastinate.exceptions import AlreadyEnqueued

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.base.files.inspection.apart import inspect_apart
from thidua.base.files.inspection.kinds import KINDS, FileKind, Unfit, check_size, kind_by_name
from thidua.base.files.models import ScanState, StoredFile
from thidua.base.files.queries import scanner_is_set_up
from thidua.base.text import normalise


def checked(
    upload: File[Any],
    *,
    kinds: Collection[FileKind] = KINDS,
    limit: int | None = None,
    field: str | None = None,
) -> tuple[FileKind, bytes]:
    """The kind and bytes of an upload that may be taken; Refused, beside `field`, for any other.

    `limit` is in bytes and only lowers the kind's own.
    """
    try:
        promised = kind_by_name(upload.name or "")
        if promised not in kinds:
            raise Unfit(f"Ở đây chỉ nhận {' hoặc '.join(kind.word for kind in kinds)}.")
        check_size(promised, upload.size, limit)
        upload.seek(0)
        data = upload.read()
        found = inspect_apart(data)
        if found is not promised:
            raise Unfit(
                f"Nội dung tệp là {found.word}, không phải {promised.word} như tên tệp. Anh/chị kiểm tra lại."
            )
    except Unfit as refusal:
        raise Refused(str(refusal), field=field) from refusal
    return found, data


@act("files.store", on="owner")
def store(
    upload: File[Any],
    *,
    by: Actor,
    owner: Model | None = None,
    readers: Iterable[int] = (),
    kinds: Collection[FileKind] = KINDS,
    limit: int | None = None,
    field: str | None = "file",
) -> StoredFile:
    """Keep an upload after looking at what it holds.

    `owner` is the object it is about; `readers` are units whose people may read it besides the
    uploader. Refused when the content is not what the name says, is too large, or is unsafe.
    """
    kind, data = checked(upload, kinds=kinds, limit=limit, field=field)
    file = StoredFile(
        name=_clean_name(upload.name or "", kind),
        content_type=kind.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        scan=ScanState.PENDING if scanner_is_set_up() else ScanState.UNSCANNED,
        uploader=by.user,
        uploaded_at=by.at,
        about_type=owner._meta.label_lower if owner else "",
        about_id=owner.pk if owner else None,
        reader_unit_ids=sorted(set(readers)),
    )
    file.content.save("", ContentFile(data), save=False)
    file.save(force_insert=True)
    if file.scan == ScanState.PENDING:
        transaction.on_commit(_scan_soon)
    return file


def _clean_name(name: str, kind: FileKind) -> str:
    """The name as it will be offered for download: no folders, no control letters, its own ending."""
    last = re.split(r"[\\/]", name)[-1]
    plain = normalise("".join(letter for letter in last if letter.isprintable()))
    stem = plain.rsplit(".", 1)[0].strip(". ") or "tep"
    return stem[:190] + kind.endings[0]


def _scan_soon() -> None:
    from thidua.base.files.jobs import scan_files

    with contextlib.suppress(AlreadyEnqueued):  # a job that waits will find this file too
        scan_files.defer()


@act("files.record_scan", on="file", keeps=("found",))
def record_scan(*, file: StoredFile, found: str | None, by: Actor) -> StoredFile:
    """Keep the scanner's verdict: `found` names the malware, None is clean. Infected bytes are destroyed."""
    file.scan = ScanState.CLEAN if found is None else ScanState.INFECTED
    file.scanned_at = by.at
    file.save(update_fields=["scan", "scanned_at"])
    if found is not None:
        place, storage = str(file.content.name), file.content.storage
        transaction.on_commit(lambda: storage.delete(place))
    return file
