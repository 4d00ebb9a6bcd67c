"""What the ledger tells the rulebook, of many subjects in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from thidua.base.periods import last_day_if_any
from thidua.honours.models import CommendationGround, Honour
from thidua.honours.queries import held_honours
from thidua.rulebook.engine import facts as law

GROUNDS = {
    CommendationGround.MERIT: "cong_trang",
    CommendationGround.SUDDEN: "dot_xuat",
    CommendationGround.MOVEMENT: "phong_trao",
    CommendationGround.CONTRIBUTION: "cong_hien",
    CommendationGround.SENIORITY: "nien_han",
    CommendationGround.FOREIGN: "doi_ngoai",
}


def of_people(people: Collection[int], on: date) -> dict[int, tuple[law.Honour, ...]]:
    """Honours people hold on a day; whoever is not in the ledger holds none."""
    rows = held_honours().filter(person__in=people, decision_date__lte=on)
    return dict.fromkeys(people, ()) | _told(rows, "person_id")


def of_units(units: Collection[int], on: date) -> dict[int, tuple[law.Honour, ...]]:
    """Honours collectives hold on a day."""
    rows = held_honours().filter(unit__in=units, decision_date__lte=on)
    return dict.fromkeys(units, ()) | _told(rows, "unit_id")


def _told(rows: QuerySet[Honour], subject: str) -> dict[int, tuple[law.Honour, ...]]:
    found = defaultdict(list)
    names = (subject, "kind", "year", "achievement", "ground", "decision_symbol", "decision_date")
    for pk, kind, year, achievement, ground, symbol, day in rows.values_list(*names):
        ended = last_day_if_any(achievement)
        found[pk].append(
            law.Honour(
                kind=kind,
                year=ended.year if ended else year,
                ground=GROUNDS[CommendationGround(ground)],
                decision=symbol,
                decided_on=day,
            )
        )
    return {pk: tuple(sorted(told, key=lambda one: (one.year, one.kind))) for pk, told in found.items()}
