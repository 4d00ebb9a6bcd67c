"""What holds for whatever units file, through the database: bounds, caps, order, rankings frozen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.emulation.scoring.test_golden import in_force
from tests.emulation.scoring.test_scoring import layer
from tests.story import TODAY, Story, moment
from thidua.base.accounts.actors import Actor
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.actions import MarkText
from thidua.emulation.scoring.engine import read_filings
from thidua.emulation.scoring.models import LayerKind, Mark, Ranking, Scorecard
from thidua.emulation.scoring.queries import board_of, digest_of, recompute

D = Decimal
UNITS = ("y_te", "van_hoa", "giao_duc")
SYSTEM = Actor(None, moment(TODAY))
TABLE: dict[str, Any] = {
    "total": 60,
    "bonus_cap": 6,
    "penalty_cap": 4,
    "criteria": [
        {"code": "1", "max": 20},
        {"code": "2", "max": 20, "rule": "relative"},
        {
            "code": "3",
            "max": 20,
            "deduction_cap": 5,
            "deductions": [{"code": "3.1", "each": "0,5"}],
            "bonuses": [{"code": "3.2", "each": 1, "cap": 3}],
        },
        {"code": "4", "kind": "bonus", "max": 5},
        {"code": "5", "kind": "penalty", "max": 3},
    ],
}
few = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
number = st.integers(0, 200).map(lambda tens: str(D(tens) / 10))
pair = st.fixed_dictionaries({"actual": number}, optional={"target": st.integers(1, 30).map(str)})
sheet = st.fixed_dictionaries(
    {"1": number, "2": pair, "4": st.integers(0, 5).map(str), "5": st.integers(0, 3).map(str)},
    optional={"3.1": st.integers(0, 30).map(str), "3.2": st.integers(0, 9).map(str)},
)
year_of_sheets = st.fixed_dictionaries(dict.fromkeys(UNITS, sheet))


def send(year: Story, card: Scorecard, unit: str, kind: str, told: dict[str, Any]) -> None:
    """One unit's layer, written and sent by the system."""
    ids = {line.code: line.pk for line in card.criteria.all()}
    marks = {ids[code]: MarkText(value) for code, value in told.items() if code in ids}
    extras = {code: value for code, value in told.items() if code not in ids}
    if extras:
        marks[ids["3"]] = MarkText(extras=extras)
    row = layer(year, unit, kind)
    actions.write_marks(layer=row, marks=marks, by=SYSTEM)
    actions.send_layer(layer=row, by=SYSTEM)


def outcome(
    year: Story, card: Scorecard, filed: dict[str, dict[str, Any]], order: Sequence[str]
) -> tuple[str, dict[int, tuple[Decimal, Decimal, Decimal]]]:
    """Digest, and total, bonus, deduction of each unit that files in this order; taken back at the end."""
    with transaction.atomic():
        for unit in order:
            send(year, card, unit, "self", filed[unit])
        board = board_of(card)
        views = board.views()
        document = board.document()
        transaction.set_rollback(True)
    mark, _ = digest_of(board.table, read_filings(document), LayerKind.SELF.label)
    sheets = {view.sheet.unit_id: view.layers["self"].scored for view in views}
    return mark, {unit: (one.total, one.bonus, one.deducted) for unit, one in sheets.items() if one}


@few
@given(filed=year_of_sheets, order=st.permutations(UNITS))
def test_totals_keep_their_bounds_whoever_files_first(
    year: Story, filed: dict[str, Any], order: Sequence[str]
) -> None:
    with transaction.atomic():
        card = in_force(year, TABLE)
        first, again = outcome(year, card, filed, UNITS), outcome(year, card, filed, UNITS)
        other = outcome(year, card, filed, order)
        transaction.set_rollback(True)
    assert first == again == other
    for total, bonus, deducted in first[1].values():
        assert -4 <= total <= 66
        assert bonus <= 6
        assert deducted <= 4


def test_nought_is_filed_and_scored(year: Story) -> None:
    card = in_force(year, TABLE)
    send(year, card, "y_te", "self", {"1": "0", "2": {"actual": "0", "target": "5"}})
    view = next(v for v in board_of(card).views() if v.sheet.unit_id == year.units["y_te"].pk)
    assert [view.layers["self"].points_of(line) for line in view.leaves][:2] == [D(0), D(0)]
    assert view.unwritten("self") == []


RAW = (
    "UPDATE scoring_ranking SET result = '{}'",
    "UPDATE scoring_ranking SET digest = repeat('0', 64)",
    "DELETE FROM scoring_ranking",
    "UPDATE scoring_mark SET filed = '\"20\"'",
    "DELETE FROM scoring_mark",
    "UPDATE scoring_scorelayer SET submitted_at = NULL",
    "UPDATE scoring_criterion SET max_points = 99",
)


def test_a_frozen_ranking_never_changes_not_even_by_hand(year: Story) -> None:
    card = in_force(year, TABLE)
    for unit in UNITS:
        for kind in ("self", "final"):
            send(year, card, unit, kind, {"1": "10", "2": {"actual": "5", "target": "4"}})
    actions.publish(scorecard=card, by=year.actor("binh"))
    before = Ranking.objects.get()
    for statement in RAW:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    after = Ranking.objects.get()
    assert (after.digest, after.result) == (before.digest, before.result)
    assert recompute(after).digest == before.digest
    assert Mark.objects.filter(criterion__code="1").count() == 6
