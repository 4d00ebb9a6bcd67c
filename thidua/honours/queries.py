"""Questions to the ledger."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua.base.periods import Term
from thidua.base.text import loose_key, search_key
from thidua.honours.models import Honour
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import find_units
from thidua.rulebook.catalogue import eras
from thidua.rulebook.engine.facts import Facts
from thidua.rulebook.engine.standards import choose, era

NO_ERA = "chua-co"  # in an address: entries older than every text
SPOKEN = {  # how officers write kinds besides their names in the catalogue
    "CSTĐ cơ sở": "CSTD_CS",
    "Chiến sĩ thi đua cấp cơ sở": "CSTD_CS",
    "Chiến sĩ thi đua cấp toàn quốc": "CSTD_TQ",
    "Bằng khen Thủ tướng": "BK_TTG",
    "Bằng khen của Thủ tướng": "BK_TTG",
    "BK TTg": "BK_TTG",
    "Bằng khen UBND tỉnh": "BK_TINH",
    "Bằng khen cấp tỉnh": "BK_TINH",
    "Bằng khen của Chủ tịch UBND tỉnh": "BK_TINH",
    "BK tỉnh": "BK_TINH",
    "Cờ thi đua UBND tỉnh": "CO_TINH",
    "Cờ thi đua cấp tỉnh": "CO_TINH",
    "Cờ tỉnh": "CO_TINH",
    "Cờ thi đua Chính phủ": "CO_CP",
}


@functools.cache
def _kinds_by_name() -> dict[str, str]:
    known = {loose_key(word): era.code for era in eras() for word in (era.code, era.short, era.name)}
    return {loose_key(word): code for word, code in SPOKEN.items()} | known


def kind_named(words: str) -> str:
    """The code of the kind these words name, as officers write it; empty when none is."""
    return _kinds_by_name().get(loose_key(words), "")


def era_of(decision_date: date, received: date | None = None) -> str:
    """The era whose law a decision followed: of its day, or the one a transitional rule keeps the dossier in.

    Empty for a day of which no text is entered.
    """
    found = era(choose(Facts(recipient="", received=received), decision_date).on)
    return found.code if found else ""


def honours() -> QuerySet[Honour]:
    """Entries that give something, told apart by `is_revoked`; nor revocations nor what was struck out."""
    taken_back = Honour.objects.filter(revokes=OuterRef("pk"))
    return (
        Honour.objects.filter(revokes__isnull=True)
        .exclude(revocation__is_correction=True)
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
    *, words: str = "", decision: str = "", kind: str = "", era: str = "", year: int | None = None
) -> QuerySet[Honour]:
    """Entries whose recipient holds the words, with or without marks, by decision, kind, era and year.

    A year finds what was given for it, and what was given for a longer time that it belongs to.
    """
    found = honours()
    if words:
        key = search_key(words)
        found = found.filter(Q(search__contains=key) | Q(unit__in=find_units(words).values("pk")))
    if decision:
        found = found.filter(decision_symbol__icontains=decision.strip())
    if kind:
        found = found.filter(kind=kind)
    if era:
        found = found.filter(era="" if era == NO_ERA else era)
    if year is None:
        return found
    whole = Term(date(year, 1, 1), date(year + 1, 1, 1))
    return found.filter(Q(year=year) | Q(achievement__contains=whole))


def obstacles_to_revoke(honour: Honour) -> list[str]:
    """Why an entry cannot be taken back."""
    if honour.revokes_id is not None:
        return ["Đây là dòng ghi việc thu hồi, không thu hồi được lần nữa."]
    if Honour.objects.filter(revokes=honour).exists():
        return ["Danh hiệu, hình thức này đã bị thu hồi."]
    return []


def obstacles_to_strike(rows: Sequence[Honour]) -> list[str]:
    """Why entries cannot be struck out: a revocation or another area stands on one of them."""
    found = {obstacle for row in rows if row.revokes_id is not None for obstacle in obstacles_to_revoke(row)}
    ids = [row.pk for row in rows]
    if Honour.objects.filter(revokes__in=ids).exists():
        found.add("Có dòng đã bị thu hồi hoặc đã đính chính.")
    for relation in Honour._meta.related_objects:  # whoever refers to the ledger, without knowing them
        if relation.related_model is not Honour:
            used = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": ids})
            if used.exists():
                found.add(f"Có dòng đang được {relation.related_model._meta.verbose_name} dùng làm căn cứ.")
    return sorted(found)
