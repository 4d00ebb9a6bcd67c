"""Writing the log."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.text import Truncator

from thidua.base.accounts.actors import Actor
from thidua.base.audit.models import Entry

CHAIN_LOCK = 7_204_001  # any number, the same for all: entries join the chain one after another
FIRST = "0" * 64


def record(*, by: Actor, verb: str, subject: Any, detail: dict[str, Any] | None = None) -> Entry:
    """Add one entry to the end of the chain. Call it inside the transaction of the act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = Entry.objects.order_by("-id").values_list("hash", flat=True).first()
    entry = Entry(
        verb=verb,
        actor=by.user,
        actor_name=by.name,
        at=by.at,
        recorded_at=timezone.now(),
        subject_type=subject._meta.label_lower if hasattr(subject, "_meta") else "",
        subject_id=str(getattr(subject, "pk", "") or ""),
        subject=Truncator(str(subject or "")).chars(300),
        cycle_id=_id_of(subject, "cycle", "emulation_clusters.cycle"),
        unit_id=_id_of(subject, "unit", "organisations.unit"),
        detail=detail or {},
        previous_hash=last or FIRST,
    )
    entry.hash = entry.digest()
    entry.save(force_insert=True)
    return entry


def _id_of(subject: Any, name: str, label: str) -> int | None:
    """The cycle or unit an entry is filed under: the subject itself or the one it belongs to."""
    meta = getattr(subject, "_meta", None)
    if meta is not None and meta.label_lower.rsplit(".", 1)[-1] == label.rsplit(".", 1)[-1]:
        return None if subject.pk is None else int(subject.pk)
    value = getattr(subject, f"{name}_id", None)
    return value if isinstance(value, int) else None
