"""What the acts are told from, read in two queries however many conferences and members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from thidua.base.duties import Duty, State
from thidua.base.periods import local_day
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import head_unit_id
from thidua.emulation.conferences.models import (
    Acclaim,
    ActionItem,
    ActionItemState,
    AgendaItem,
    Conference,
    Handover,
    HandoverSide,
    HandoverSignature,
    Invitation,
    ItemKind,
)
from thidua.emulation.conferences.queries import BALLOT_ABOUT
from thidua.organisations.models import AppointmentKind, Unit
from thidua.voting.models import Ballot, BallotState

UNIT = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER)
HEAD = (AppointmentKind.HEAD_OFFICER, AppointmentKind.UNIT_LEADER)
LEADER = (AppointmentKind.UNIT_LEADER,)


@dataclass(frozen=True)
class Reply:
    """A member's invitation and what it answered."""

    pk: int
    unit: int
    answer: str
    on: date | None


@dataclass(frozen=True)
class Task:
    """An action item not done yet; for every member without `unit`."""

    pk: int
    text: str
    unit: int | None
    due: date | None


@dataclass(frozen=True)
class Choice:
    """An item that chooses the leading unit, with the state of its latest ballot."""

    item: int
    ballot_state: str | None
    is_acclaimed: bool

    @property
    def begun(self) -> bool:
        """Somebody was chosen, or a ballot is under way."""
        return self.is_acclaimed or self.ballot_state is not None


@dataclass(frozen=True)
class Held:
    """A conference with what its acts need."""

    conference: Conference
    replies: list[Reply]
    tasks: list[Task]
    choices: list[Choice]


@dataclass(frozen=True)
class Giving:
    """The handover, and who of the two has not signed."""

    handover: Handover
    unsigned: list[Unit]


@dataclass(frozen=True)
class Year:
    """The year's conferences, latest first, and its handover."""

    cycle: Cycle
    on: date
    held: Sequence[Held]
    giving: Giving | None

    def of_kind(self, kind: str) -> Held | None:
        """The latest conference of a kind."""
        return next((one for one in self.held if one.conference.kind == kind), None)

    def page(self, name: str) -> str:
        """A page of the year."""
        return reverse(f"conferences:{name}", args=[self.cycle.cluster.address, self.cycle.address])

    def for_head(self, state: State, title: str, reason: str, url: str, verb: str) -> Duty:
        """What the head does next."""
        return Duty(
            unit_id=head_unit_id(self.cycle) or 0,
            state=state,
            title=title,
            reason=reason,
            url=url,
            verb=verb,
            kinds=HEAD,
        )


def read(cycle: Cycle, on: date) -> Year:
    """Everything the acts are told from."""
    found = Conference.objects.filter(cycle=cycle).annotate(
        replies=ArraySubquery(_replies()), tasks=ArraySubquery(_tasks()), choices=ArraySubquery(_choices())
    )
    held = []
    for one in found:
        one.cycle = cycle
        held.append(
            Held(
                conference=one,
                replies=[Reply(r["pk"], r["unit"], r["answer"], _day(r["at"])) for r in one.replies],
                tasks=[Task(t["pk"], t["text"], t["unit"], _day(t["due"])) for t in one.tasks],
                choices=[Choice(c["pk"], c["ballot"], c["acclaimed"]) for c in one.choices],
            )
        )
    return Year(cycle, on, held, _giving(cycle))


def _day(told: str | None) -> date | None:
    """A day, or the day in Vietnam of a moment, as PostgreSQL writes it in JSON."""
    if told is None:
        return None
    return local_day(datetime.fromisoformat(told)) if "T" in told else date.fromisoformat(told)


def _replies() -> QuerySet[Invitation, Any]:
    rows = Invitation.objects.filter(conference=OuterRef("pk"), is_member=True).order_by("position")
    return rows.values(row=JSONObject(pk="pk", unit="unit_id", answer="answer", at="answered_at"))


def _tasks() -> QuerySet[ActionItem, Any]:
    rows = ActionItem.objects.filter(conference=OuterRef("pk"), state=ActionItemState.OPEN).order_by(
        "position"
    )
    return rows.values(row=JSONObject(pk="pk", text="text", unit="unit_id", due="due"))


def _choices() -> QuerySet[AgendaItem, Any]:
    ballots = Ballot.objects.filter(
        about_type=BALLOT_ABOUT, about_id=Cast(OuterRef("pk"), CharField())
    ).exclude(state=BallotState.VOID)
    rows = AgendaItem.objects.filter(conference=OuterRef("pk"), kind=ItemKind.BALLOT).order_by("position")
    return rows.values(
        row=JSONObject(
            pk="pk",
            ballot=Subquery(ballots.order_by("-round").values("state")[:1]),
            acclaimed=Exists(Acclaim.objects.filter(item=OuterRef("pk"))),
        )
    )


def _giving(cycle: Cycle) -> Giving | None:
    signed = HandoverSignature.objects.filter(handover=OuterRef("pk"))
    found = (
        Handover.objects.filter(cycle=cycle)
        .select_related("incoming", "outgoing", "next_cycle")
        .annotate(
            given=Exists(signed.filter(side=HandoverSide.OUTGOING)),
            taken=Exists(signed.filter(side=HandoverSide.INCOMING)),
        )
        .first()
    )
    if found is None:
        return None
    sides = ((found.given, found.outgoing), (found.taken, found.incoming))
    return Giving(found, [unit for done, unit in sides if not done])
