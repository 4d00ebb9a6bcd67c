"""What the bloc's other members do meanwhile: the acts of the pages, by the actions behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from demo.steps import whole
from demo.world import moment, read
from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.models import Covenant, Cycle
from thidua.emulation.clusters.queries import RegisteredLine, RegistrationContent, registration_of
from thidua.emulation.conferences import actions as conferences
from thidua.emulation.conferences.models import Conference
from thidua.emulation.movements import actions as movements
from thidua.emulation.movements.models import Adoption
from thidua.emulation.results import actions as results
from thidua.emulation.results.models import Period, Report
from thidua.emulation.scoring import actions as scoring
from thidua.emulation.scoring.actions import MarkText
from thidua.emulation.scoring.models import Criterion, ScoreLayer
from thidua.organisations.models import Unit
from thidua.organisations.queries import actor
from thidua.voting.models import Ballot

FILE = "bac-kan-van-hoa-xa-hoi"
BLOC = "khoi-van-hoa-xa-hoi-bac-kan"
WALKER = "tttt"  # whose acts are done on the pages
CODES = read(FILE)["cluster"]["members"]


def year() -> Cycle:
    """The bloc's 2019."""
    return Cycle.objects.get(cluster__address=BLOC, name="2019")


def by(login: str, day: date, hour: int = 9) -> Actor:
    """The person of a login at an hour of a day."""
    return actor(User.objects.get(username=login), at=moment(day, hour))


def name_of(login: str) -> str:
    """The full name behind a login."""
    return User.objects.get(username=login).full_name


def conference() -> Conference:
    """The year's conference."""
    return Conference.objects.get(cycle=year())


def ballot() -> Ballot:
    """The ballot held at it."""
    return Ballot.objects.get(title__startswith="Suy tôn đơn vị dẫn đầu", owner_unit=unit_of("bhxh"))


def unit_of(code: str) -> Unit:
    """The unit whose officers have this code in their logins."""
    return Unit.objects.get(appointments__person__user__username=f"{code}.cv")


def others() -> Iterator[tuple[str, Unit]]:
    """Every member but the one that walks."""
    return ((code, unit_of(code)) for code in CODES if code != WALKER)


def sign(day: date) -> None:
    """Their leaders sign the covenant."""
    covenant = Covenant.objects.get(cycle=year())
    for code, unit in others():
        clusters.sign(covenant=covenant, unit=unit, by=by(f"{code}.ld", day))


def register(day: date) -> None:
    """They register the flag."""
    for code, unit in others():
        content = RegistrationContent(lines=(RegisteredLine("CO_TINH"),))
        registration = registration_of(year(), unit)
        clusters.submit_registration(
            registration=registration, content=content, revision=0, by=by(f"{code}.cv", day)
        )


def adopt(day: date) -> None:
    """They answer the movement."""
    expected = year().movements.get()
    for code, unit in others():
        adoption = Adoption(expected=expected, unit=unit, adopted_on=day, plan_symbol="1/KH", plan_dated=day)
        movements.adopt_movement(adoption=adoption, by=by(f"{code}.cv", day))


def report(day: date) -> None:
    """They send the year's report, and the head takes it."""
    for code, unit in others():
        mine = Report(cycle=year(), unit=unit, period=Period.YEAR_END)
        draft = results.Draft(sections=whole({"results": f"{unit.short_name} đã hoàn thành kế hoạch năm."}))
        sent = results.submit_report(report=mine, draft=draft, revision=0, by=by(f"{code}.cv", day))
        results.accept_report(report=sent, by=by("bhxh.gv", day, 10))


def layer(unit: Unit, kind: str) -> ScoreLayer:
    """A layer of a unit's sheet."""
    return ScoreLayer.objects.get(sheet__scorecard__cycle=year(), sheet__unit=unit, kind=kind)


def score(kind: str, day: date, login: str = "") -> None:
    """They mark themselves; across by whom they were given to; the rest by one login."""
    for n, (code, unit) in enumerate(others()):
        open_layer = layer(unit, kind)
        scorer = f"{_code_of(open_layer.scorer)}.cv" if kind == "cross" else login or f"{code}.cv"
        if kind == "self":
            lines = year().scorecards.get(state="adopted").criteria.exclude(kind="group")
            marks = {line.pk: _mark(line, line.max_points - Decimal(n) / 2) for line in lines}
            scoring.write_marks(layer=open_layer, marks=marks, by=by(scorer, day))
        else:
            scoring.copy_marks(layer=open_layer, by=by(scorer, day))
        scoring.send_layer(layer=layer(unit, kind), by=by(scorer, day))


def _mark(line: Criterion, points: Decimal) -> MarkText:
    """The points, or the percentage they come of where the criterion has a rule."""
    if not line.rule:
        return MarkText(points)
    return MarkText(f"{points * 100 / line.max_points:f}")


def scorer_of_walker() -> str:
    """The login of whoever scores the walking unit across."""
    return f"{_code_of(layer(unit_of(WALKER), 'cross').scorer)}.cv"


def _code_of(unit: Unit | None) -> str:
    return next(code for code in CODES if unit_of(code) == unit)


def answer(day: date) -> None:
    """They send their leader to vote."""
    for code, unit in others():
        delegate = conferences.DelegateText(
            person_name=name_of(f"{code}.ld"), office_name="Lãnh đạo", is_voter=True
        )
        invitation = conference().invitations.get(unit=unit)
        conferences.answer_invitation(
            invitation=invitation, answer="comes", delegates=[delegate], by=by(f"{code}.cv", day)
        )
