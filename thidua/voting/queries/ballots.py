"""Which ballots one sees, and where each stands. The filter stands beside the predicate it equals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from thidua.base.accounts.actors import Actor
from thidua.organisations.models import AppointmentKind
from thidua.voting.models import Ballot, BallotState, Trustee
from thidua.voting.modes.lookups import ballot_asked

LEADS = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)
READS = tuple(kind for kind in AppointmentKind if kind != AppointmentKind.ADMINISTRATOR)


def may_run(by: Actor, ballot: Ballot) -> bool:
    """Leads one of the units that run the ballot."""
    led = by.units(*LEADS)
    return any(unit.pk in led for unit in ballot.managers.all())


def may_count(by: Actor, ballot: Ballot) -> bool:
    """Sits on the counting committee with their own account."""
    return by.user is not None and any(m.user_id == by.user.pk for m in ballot.committee.all())


def may_see(by: Actor, ballot: Ballot) -> bool:
    """Runs it, counts it, holds a key of it, or acts for a unit that may read it.

    The same answer as `visible_ballots`.
    """
    if may_run(by, ballot) or may_count(by, ballot):
        return True
    acting = by.units(*READS)
    return any(unit.pk in acting for unit in ballot.readers.all()) or _holds_key(by, ballot)


def _holds_key(by: Actor, ballot: Ballot) -> bool:
    return by.user is not None and Trustee.objects.filter(election__ballot=ballot, user=by.user).exists()


def visible_ballots(by: Actor) -> QuerySet[Ballot]:
    """The ballots the person runs, counts or may read, with what every page needs."""
    found = Ballot.objects.select_related("owner_unit", "previous", "agreed_entry").prefetch_related(
        "managers", "readers", "committee__unit", "committee__user", "options__unit"
    )
    if by.user is None:
        return found
    seen = Q(managers__in=by.units(*LEADS)) | Q(committee__user=by.user) | Q(readers__in=by.units(*READS))
    holds = Q(pk__in=Trustee.objects.filter(user=by.user).values("election__ballot"))
    return found.filter(pk__in=Ballot.objects.filter(seen | holds).values("pk"))


def visible_ballot(by: Actor, pk: int) -> Ballot:
    """The ballot with this number; raises Http404 when it is not the person's to see."""
    found = visible_ballots(by).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def voted_on(by: Actor, pk: int) -> Ballot:
    """The ballot of whose roll the person's unit is, with its electronic part and nothing else.

    One query, for messages that come by the hundred; the same answer as `may_vote`, else Http404.
    """
    ballot = ballot_asked(pk, by.units(*READS))
    if ballot is None:
        raise Http404
    return ballot


@dataclass(frozen=True)
class BallotStatus:
    """Where a ballot stands, for the area that opened it."""

    state: str  # a value of BallotState
    word: str  # in Vietnamese
    finished: bool  # counted or signed
    void: bool
    url: str


def ballot_state(ballot: Ballot) -> BallotStatus:
    """Where this ballot stands; asks the database nothing."""
    return BallotStatus(
        state=ballot.state,
        word=BallotState(ballot.state).label,
        finished=ballot.has_result,
        void=ballot.state == BallotState.VOID,
        url=ballot.get_absolute_url(),
    )


def ballots_about(about_type: str, ids: Iterable[object]) -> QuerySet[Ballot]:
    """Ballots opened about these things, oldest first, void ones too."""
    return Ballot.objects.filter(about_type=about_type, about_id__in=[str(one) for one in ids])
