"""Reading the log."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from thidua.base.audit.actions import FIRST
from thidua.base.audit.handing import HANDED_OUT
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
    """What was done in a cluster's year, newest first; who took which file is for those who audit."""
    return Entry.objects.filter(cycle_id=cycle_id).exclude(verb=HANDED_OUT)


def entries(
    *,
    cycle_id: int | None = None,
    what: str = "",
    words: str = "",
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[Entry]:
    """Everything written down, newest first: of one year, of one verb, about words, between two days."""
    found = Entry.objects.all() if cycle_id is None else Entry.objects.filter(cycle_id=cycle_id)
    if what:
        found = found.filter(verb=what)
    if words:
        found = found.filter(Q(actor_name__icontains=words) | Q(subject__icontains=words))
    if first is not None:
        found = found.filter(at__date__gte=first)
    return found if last is None else found.filter(at__date__lte=last)
