"""A made-up movement of the illustration cluster, scored by a table of its own; marked as an illustration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from demo.trends import FILE, LAST
from demo.world import World, read
from thidua.base.accounts.actors import Actor
from thidua.base.periods import Term
from thidua.emulation.movements import actions as movements
from thidua.emulation.movements.models import Adoption, CycleMovement, Movement, MovementReview
from thidua.emulation.scoring import actions as scoring
from thidua.emulation.scoring.actions import MarkText
from thidua.emulation.scoring.models import Explanation, Scorecard, ScoreLayer
from thidua.organisations.models import Unit

TOLD: dict[str, Any] = read(FILE)["peak"]
HEAD, BODY = "ttkvhai.ld", "bn_snv.cv"
Steps = Iterator[tuple[date, Callable[[], Any]]]


def steps(world: World) -> Steps:
    """Launched, answered, scored layer after layer, published, summed up."""
    acts = {
        "adopted": _launch,
        "scorecard": _issue,
        "scored": _score,
        "appraised": _appraise,
        "explained": _explain,
        "answered": _answer,
        "concluded": _conclude,
        "published": _publish,
        "reviewed": _review,
    }
    for name, act in acts.items():
        yield TOLD[name], partial(act, world, TOLD[name])


def _units(world: World) -> Iterator[tuple[str, Unit]]:
    return ((code, world.units[code]) for code in TOLD["filings"])


def _expected() -> CycleMovement:
    rows = CycleMovement.objects.select_related("movement", "cycle__cluster")
    return rows.get(movement__title=TOLD["title"])


def _card() -> Scorecard:
    return Scorecard.objects.get(movement=_expected())


def _layer(unit: Unit, kind: str) -> ScoreLayer:
    rows = ScoreLayer.objects.select_related("sheet__scorecard__cycle__cluster")
    return rows.get(sheet__scorecard=_card(), sheet__unit=unit, kind=kind)


def _launch(world: World, day: date) -> None:
    cycle = world.cycles[FILE, LAST]
    drive = Movement(
        title=TOLD["title"],
        level="cluster",
        kind="peak",
        cycle=cycle,
        aims=TOLD["aims"],
        criteria=TOLD["criteria"],
        launched_on=day,
        term=Term.through(TOLD["first"], TOLD["last"]),
    )
    movements.launch_movement(movement=drive, launchers=[world.units["ttkvhai"]], by=world.by(HEAD, day))
    for code, unit in _units(world):
        answer = Adoption(
            expected=_expected(), unit=unit, adopted_on=day, plan_symbol="01/KH-TTYT", plan_dated=day
        )
        movements.adopt_movement(adoption=answer, by=world.by(f"{code}.cv", day, 9))


def _issue(world: World, day: date) -> None:
    by, of = world.by(HEAD, day), _expected()
    card = scoring.draft_scorecard(cycle=of.cycle, movement=of, by=by)
    Scorecard.objects.filter(pk=card.pk).update(is_demonstration=True)
    card = scoring.write_table(scorecard=card, document=TOLD["table"], by=by)
    basis = "Bảng điểm minh họa của đợt thi đua cao điểm"
    scoring.adopt_scorecard(scorecard=card, basis=basis, due=TOLD["due"], by=by)


def _score(world: World, day: date) -> None:
    for code, unit in _units(world):
        marks = {
            line.pk: _mark(TOLD["filings"][code][line.code])
            for line in _card().criteria.exclude(kind="group")
        }
        _write(_layer(unit, "self"), marks, world.by(f"{code}.cv", day, 10))


def _mark(told: Any, reason: str = "") -> MarkText:
    """What is filed of a criterion; cases of deductions stand by their own codes."""
    if isinstance(told, dict) and "actual" not in told:
        return MarkText(None, reason, told)
    return MarkText(told, reason)


def _write(layer: ScoreLayer, marks: dict[int, MarkText], by: Actor) -> None:
    scoring.write_marks(layer=layer, marks=marks, by=by)
    scoring.send_layer(layer=layer, by=by)


def _appraise(world: World, day: date) -> None:
    by = world.by(BODY, day)
    for code, unit in _units(world):
        layer = _layer(unit, "appraisal")
        scoring.copy_marks(layer=layer, by=by)
        changed = TOLD["appraisal"].get(code, {})
        lines = {line.code: line.pk for line in _card().criteria.all()}
        _write(layer, {lines[one]: _mark(*told) for one, told in changed.items()}, by)


def _explain(world: World, day: date) -> None:
    told = TOLD["explanation"]
    sheet = _layer(world.units[told["unit"]], "self").sheet
    line = _card().criteria.get(code=told["code"])
    scoring.explain(sheet=sheet, criterion=line, text=told["text"], by=world.by(f"{told['unit']}.cv", day))


def _answer(world: World, day: date) -> None:
    told = TOLD["explanation"]
    asked = Explanation.objects.select_related("sheet__scorecard__cycle").get(sheet__scorecard=_card())
    scoring.answer_explanation(
        explanation=asked, text=told["answer"], accepted=told["accepted"], by=world.by(BODY, day)
    )


def _conclude(world: World, day: date) -> None:
    by = world.by(HEAD, day)
    for _, unit in _units(world):
        layer = _layer(unit, "final")
        scoring.copy_marks(layer=layer, by=by)
        scoring.send_layer(layer=layer, by=by)


def _publish(world: World, day: date) -> None:
    scoring.publish(scorecard=_card(), by=world.by(HEAD, day))


def _review(world: World, day: date) -> None:
    review = MovementReview(held_on=day, stage="final", text=TOLD["review"])
    movements.review_movement(movement=_expected().movement, review=review, by=world.by(HEAD, day))
