"""Reading the log."""

from __future__ import annotations

from django.db.models import QuerySet

from thidua.base.audit.actions import FIRST
from thidua.base.audit.models import Entry


def first_broken_entry() -> Entry | None:
    """The first entry whose words or place in the chain were changed; None when the chain holds."""
    previous = FIRST
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous_hash != previous or entry.hash != entry.digest():
            return entry
        previous = entry.hash
    return None


def entries_of_cycle(cycle_id: int) -> QuerySet[Entry]:
    """What happened in a cluster's year, newest first."""
    return Entry.objects.filter(cycle_id=cycle_id)
