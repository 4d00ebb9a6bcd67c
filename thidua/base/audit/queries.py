"""Reading the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from thidua.base.audit.actions import FIRST
from thidua.base.audit.handing import HANDED_OUT
from thidua.base.audit.models import Entry


@dataclass(frozen=True)
class Repeated:
    """The same done by the same person to the same thing, in a row on one day; `last` is the newest."""

    last: Entry
    first: Entry
    times: int

    @property
    def how_often(self) -> str:
        """“12 lần, 09:01–09:14”; nothing for what was done once."""
        if self.times == 1:
            return ""
        begun, ended = (localtime(one.at) for one in (self.first, self.last))
        return f"{self.times} lần, {begun:%H:%M}–{ended:%H:%M}"


def in_one_line(entries: Iterable[Entry]) -> list[Repeated]:
    """Neighbours that repeat told as one, newest first as they are read; the log itself keeps each."""
    found = []
    for _, group in groupby(entries, key=_same):
        same = list(group)
        found.append(Repeated(same[0], same[-1], len(same)))
    return found


def _same(entry: Entry) -> tuple[object, ...]:
    about = (entry.subject_type, entry.subject_id, entry.subject, entry.detail.get("name"))
    return entry.actor_id, entry.actor_name, entry.verb, about, localtime(entry.at).date()


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


def narrowed(
    found: QuerySet[Entry],
    *,
    what: str = "",
    words: str = "",
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[Entry]:
    """Of these entries those of one verb, about words, between two days."""
    if what:
        found = found.filter(verb=what)
    if words:
        found = found.filter(Q(actor_name__icontains=words) | Q(subject__icontains=words))
    if first is not None:
        found = found.filter(at__date__gte=first)
    return found if last is None else found.filter(at__date__lte=last)
