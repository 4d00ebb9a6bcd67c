"""Who may hand in and who may read a file.

An area that owns files of its own lets further people in:

    let_in("documents.paper", lambda by, file: …)
"""

from __future__ import annotations

from collections.abc import Callable

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.files.models import StoredFile

Reader = Callable[[Actor, StoredFile], bool]
_READERS: dict[str, Reader] = {}


def let_in(about_type: str, may_read: Reader) -> None:
    """Let an area say who else reads the files about its objects (`about_type` is the model's label)."""
    _READERS[about_type] = may_read


@rules.predicate
def has_an_appointment(by: Actor, _subject: object) -> bool:
    """Is appointed to anything at all."""
    return bool(by.grants)


@rules.predicate
def may_read_file(by: Actor, file: StoredFile) -> bool:
    """Brought it, belongs to a unit it is meant for, or is let in by the area that owns it."""
    if by.user is not None and file.uploader_id == by.user.pk:
        return True
    if by.units() & set(file.reader_unit_ids):
        return True
    reader = _READERS.get(file.about_type)
    return reader is not None and reader(by, file)


@rules.predicate
def nobody(_by: Actor, _subject: object) -> bool:
    """No person: the system itself does this, and is not asked."""
    return False


rules.add_perm("files.store", has_an_appointment)
rules.add_perm("files.download", may_read_file)
rules.add_perm("files.record_scan", nobody)
