"""Questions to the ledger."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua.base.text import search_key
from thidua.honours.models import Honour
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import find_units


def honours() -> QuerySet[Honour]:
    """Entries that give something, told apart by `is_revoked`; revocations are not among them."""
    taken_back = Honour.objects.filter(revokes=OuterRef("pk"))
    return (
        Honour.objects.filter(revokes__isnull=True)
        .annotate(is_revoked=Exists(taken_back))
        .select_related("unit", "person", "revocation")
    )


def held_honours() -> QuerySet[Honour]:
    """What is held: given and not taken back."""
    return honours().filter(revocation__isnull=True)


def honours_of_unit(unit: Unit) -> QuerySet[Honour]:
    """Everything the unit was given, newest first."""
    return honours().filter(unit=unit)


def honours_of_person(person: Person) -> QuerySet[Honour]:
    """Everything the person was given, newest first."""
    return honours().filter(person=person)


def find_honours(
    *, words: str = "", decision: str = "", kind: str = "", year: int | None = None
) -> QuerySet[Honour]:
    """Entries whose recipient holds the words, with or without marks, by decision, kind and year."""
    found = honours()
    if words:
        key = search_key(words)
        found = found.filter(Q(search__contains=key) | Q(unit__in=find_units(words).values("pk")))
    if decision:
        found = found.filter(decision_symbol__icontains=decision.strip())
    if kind:
        found = found.filter(kind=kind)
    return found if year is None else found.filter(year=year)


def obstacles_to_revoke(honour: Honour) -> list[str]:
    """Why an entry cannot be taken back."""
    if honour.revokes_id is not None:
        return ["Đây là dòng ghi việc thu hồi, không thu hồi được lần nữa."]
    if Honour.objects.filter(revokes=honour).exists():
        return ["Danh hiệu, hình thức này đã bị thu hồi."]
    return []
