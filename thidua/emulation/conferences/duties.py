"""What conferences, the ballot, the handover and the conclusions ask of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.text import day
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import due, head_unit_id
from thidua.emulation.conferences.models import (
    Acclaim,
    ActionItem,
    ActionItemState,
    AgendaItem,
    Answer,
    Conference,
    ConferenceKind,
    Handover,
    HandoverSide,
    HandoverSignature,
    Invitation,
    ItemKind,
)
from thidua.emulation.conferences.queries import BALLOT_ABOUT, ballots_by_item
from thidua.organisations.models import AppointmentKind
from thidua.voting.models import Ballot, BallotState

MID_YEAR_CONFERENCE = "mid_year_conference"
YEAR_END_CONFERENCE = "year_end_conference"
BALLOT = "ballot"
HANDOVER = "handover"
ACTION_ITEMS = "action_items"
UNIT = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER)
HEAD = (AppointmentKind.HEAD_OFFICER, AppointmentKind.UNIT_LEADER)
LEADER = (AppointmentKind.UNIT_LEADER,)


@dataclass(frozen=True)
class _Year:
    """What the acts are told from, read in four queries however many conferences and members."""

    cycle: Cycle
    on: date
    conferences: Sequence[Conference]
    handover: Handover | None

    def of_kind(self, kind: str) -> Conference | None:
        """The latest conference of a kind."""
        return next((one for one in self.conferences if one.kind == kind), None)

    def page(self, name: str) -> str:
        """A page of the year."""
        return reverse(f"conferences:{name}", args=[self.cycle.cluster.address, self.cycle.address])


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """Half-year and year-end conference, the ballot, the handover, and what conferences concluded."""
    year = _read(cycle, by.on)
    told = [
        _conference_act(year, MID_YEAR_CONFERENCE, ConferenceKind.MID_YEAR, "Sơ kết 6 tháng"),
        _conference_act(year, YEAR_END_CONFERENCE, ConferenceKind.YEAR_END, "Tổng kết năm"),
        _ballot_act(year),
        _handover_act(year),
    ]
    concluded = _action_items_act(year)
    return [*told, concluded] if concluded else told


def _read(cycle: Cycle, on: date) -> _Year:
    held = list(
        Conference.objects.filter(cycle=cycle).prefetch_related(
            Prefetch("invitations", Invitation.objects.filter(is_member=True)),
            Prefetch("items", _ballot_items()),
            Prefetch("action_items", ActionItem.objects.filter(state=ActionItemState.OPEN)),
        )
    )
    for one in held:
        one.cycle = cycle
    return _Year(cycle, on, held, _handover(cycle))


def _ballot_items() -> QuerySet[AgendaItem]:
    """Items that choose the leading unit, with the state of their latest ballot."""
    ballots = Ballot.objects.filter(
        about_type=BALLOT_ABOUT, about_id=Cast(OuterRef("pk"), CharField())
    ).exclude(state=BallotState.VOID)
    return AgendaItem.objects.filter(kind=ItemKind.BALLOT).annotate(
        ballot_state=Subquery(ballots.order_by("-round").values("state")[:1]),
        is_acclaimed=Exists(Acclaim.objects.filter(item=OuterRef("pk"))),
    )


def _handover(cycle: Cycle) -> Handover | None:
    signed = HandoverSignature.objects.filter(handover=OuterRef("pk"))
    return (
        Handover.objects.filter(cycle=cycle)
        .select_related("incoming", "outgoing", "next_cycle")
        .annotate(
            given=Exists(signed.filter(side=HandoverSide.OUTGOING)),
            taken=Exists(signed.filter(side=HandoverSide.INCOMING)),
        )
        .first()
    )


def _for_head(year: _Year, state: State, title: str, reason: str, url: str, verb: str) -> Duty:
    return Duty(
        unit_id=head_unit_id(year.cycle) or 0,
        state=state,
        title=title,
        reason=reason,
        url=url,
        verb=verb,
        kinds=HEAD,
    )


def _conference_act(year: _Year, key: str, kind: ConferenceKind, title: str) -> Act:
    when, held = due(year.cycle, key), year.of_kind(kind)
    state, word = state_by_date(when, year.on)
    if held is None:
        plan = year.page("plan") + f"?loai={kind.value}"
        todo = _for_head(year, state, f"Lập {kind.label.lower()}", "Chưa lập hội nghị.", plan, "Lập hội nghị")
        return Act(
            key=key,
            title=title,
            due=when,
            state=state,
            fact=word,
            url=year.page("conferences"),
            head_duties=(todo,),
        )
    duties = tuple(_answer_duty(held, one, year.on) for one in held.invitations.all())
    station, fact, todo_now = _conference_station(year, held, state)
    waiting = sum(one.answer == Answer.WAITING for one in held.invitations.all())
    return Act(
        key=key,
        title=title,
        due=when or held.day,
        state=station,
        fact=fact,
        obstacle=f"{waiting} đơn vị chưa cử đại biểu" if waiting and held.state == "invited" else "",
        url=held.page("conference"),
        duties=duties if held.state != "planned" else (),
        head_duties=(todo_now,) if todo_now else (),
    )


def _conference_station(year: _Year, held: Conference, by_date: State) -> tuple[State, str, Duty | None]:
    """State, fact and what the head does next, by where the conference stands."""
    url, when = held.page("conference"), day(held.day)
    if held.state == "sealed":
        return State.DONE, f"Xong, {when}", None
    if held.state == "planned":
        todo = _for_head(year, by_date, "Gửi giấy mời", f"{held.title}, ngày {when}.", url, "Gửi giấy mời")
        return by_date, f"họp {when}", todo
    state, _ = state_by_date(held.day, year.on)
    late = State.OVERDUE if state is State.OVERDUE else State.DOING
    if held.state == "invited":
        todo = _for_head(year, state, f"Điều hành {held.title}", f"Họp ngày {when}.", url, "Mở hội nghị")
        return (late if state is not State.LATER else State.LATER), f"họp {when}", todo
    if held.state == "running":
        todo = _for_head(year, State.DOING, f"Điều hành {held.title}", "Đang họp.", url, "Mở hội nghị")
        return State.DOING, "đang họp", todo
    minutes = held.page("minutes")
    todo = _for_head(
        year, State.DOING, f"Chốt biên bản {held.title}", "Hội nghị đã kết thúc.", minutes, "Chốt biên bản"
    )
    return State.DOING, "chờ biên bản", todo


def _answer_duty(held: Conference, invitation: Invitation, on: date) -> Duty:
    url = held.page("answer", invitation=invitation.pk)
    unit = invitation.unit_id or 0
    if invitation.answer != Answer.WAITING:
        fact = f"{invitation.answered_at:%d/%m}" if invitation.answered_at else ""
        if invitation.answer == Answer.DECLINES:
            fact = "không dự"
        return Duty(unit_id=unit, state=State.DONE, fact=fact, url=url)
    if held.state in {"ended", "sealed"}:
        return Duty(unit_id=unit, state=State.NOT_APPLICABLE, fact="–")
    state, word = state_by_date(held.day, on)
    return Duty(
        unit_id=unit,
        state=state,
        fact=word,
        title=f"Cử đại biểu dự {held.title}",
        reason=f"Họp ngày {day(held.day)}{f', tại {held.place}' if held.place else ''}.",
        url=url,
        verb="Cử đại biểu",
        due=held.day,
        kinds=UNIT,
    )


def _ballot_act(year: _Year) -> Act:
    when = due(year.cycle, BALLOT)
    state, word = state_by_date(when, year.on)
    held, item = _ballot_item(year)
    if held is None or item is None:
        near = state in {State.SOON, State.OVERDUE}
        return Act(
            key=BALLOT,
            title="Suy tôn đơn vị dẫn đầu",
            due=when,
            state=State.BLOCKED if near else state,
            fact=word,
            obstacle="Chưa lập hội nghị tổng kết." if near else "",
            url=year.page("conferences"),
        )
    found, fact, todo = _ballot_station(year, held, item, state)
    return Act(
        key=BALLOT,
        title="Suy tôn đơn vị dẫn đầu",
        due=when or held.day,
        state=found,
        fact=fact or word,
        url=held.page("conference"),
        head_duties=(todo,) if todo else (),
    )


def _ballot_item(year: _Year) -> tuple[Conference | None, AgendaItem | None]:
    """The item that chose somebody or is nearest to it; the latest conference first."""
    found = [(held, item) for held in year.conferences for item in held.items.all()]
    begun = [(h, i) for h, i in found if i.is_acclaimed or i.ballot_state]  # type: ignore[attr-defined]
    return next(iter(begun or found), (None, None))


def _ballot_station(
    year: _Year, held: Conference, item: AgendaItem, by_date: State
) -> tuple[State, str, Duty | None]:
    item.conference = held
    if item.is_acclaimed:  # type: ignore[attr-defined]
        return State.DONE, "đã suy tôn", None
    state: str | None = item.ballot_state  # type: ignore[attr-defined]
    if state is None:
        url = held.page("ballot", item=item.pk)
        todo = _for_head(
            year, by_date, "Lập cuộc bỏ phiếu suy tôn", f"Tại {held.title}.", url, "Lập cuộc bỏ phiếu"
        )
        return by_date, "", todo
    if state == BallotState.SIGNED and (held.is_sealed or not ballots_by_item([item])[item.pk].follows):
        return State.DONE, "đã bầu", None
    url = held.page("conference")
    word = BallotState(state).label
    todo = _for_head(year, State.DOING, "Hoàn thành cuộc bỏ phiếu suy tôn", f"{word}.", url, "Mở hội nghị")
    return State.DOING, word.lower(), todo


def _handover_act(year: _Year) -> Act:
    when, found = due(year.cycle, HANDOVER), year.handover
    title = f"Bàn giao trưởng {year.cycle.cluster.noun}"
    state, word = state_by_date(when, year.on)
    url = year.page("handover")
    if found is None:
        todo = _for_head(year, state, title, "Chưa lập biên bản bàn giao.", url, "Lập biên bản")
        return Act(key=HANDOVER, title=title, due=when, state=state, fact=word, url=url, head_duties=(todo,))
    if found.next_cycle is not None:
        fact = f"{found.incoming.short_name}, năm {found.next_cycle.name}"
        return Act(key=HANDOVER, title=title, due=when, state=State.DONE, fact=fact, url=url)
    missing = [
        unit
        for signed, unit in ((found.given, found.outgoing), (found.taken, found.incoming))  # type: ignore[attr-defined]
        if not signed
    ]
    signing = tuple(
        Duty(
            unit_id=unit.pk,
            state=state if state.asks else State.DOING,
            title=f"Ký biên bản bàn giao trưởng {year.cycle.cluster.noun}",
            reason=f"{found.outgoing} giao, {found.incoming} nhận.",
            url=url,
            verb="Ký bàn giao",
            kinds=LEADER,
        )
        for unit in missing
    )
    opening = (
        () if missing else (_for_head(year, State.DOING, "Mở năm sau", "Hai bên đã ký.", url, "Mở năm sau"),)
    )
    waiting = ", ".join(unit.short_name for unit in missing)
    return Act(
        key=HANDOVER,
        title=title,
        due=when,
        state=state if state is State.OVERDUE else State.DOING,
        fact=f"chờ {waiting} ký" if missing else "chờ mở năm sau",
        url=url,
        head_duties=(*signing, *opening),
    )


def _action_items_act(year: _Year) -> Act | None:
    """What conferences concluded and is not done: asked of the unit responsible, or of every member."""
    held = {one.pk: one for one in year.conferences}
    items = [item for one in year.conferences for item in one.action_items.all()]
    if not items:
        return None
    nearest = min((item.due for item in items if item.due), default=None)
    state, word = state_by_date(nearest, year.on)
    asked = [
        _item_duty(held[item.conference_id], item, unit, year.on)
        for item in items
        for unit in _responsible(held[item.conference_id], item)
    ]
    return Act(
        key=ACTION_ITEMS,
        title="Việc theo kết luận",
        due=nearest,
        state=state if state.asks else State.DOING,
        fact=f"{len(items)} việc, {word}" if nearest else f"{len(items)} việc",
        url=year.page("conferences"),
        head_duties=tuple(asked),
    )


def _responsible(held: Conference, item: ActionItem) -> list[int]:
    if item.unit_id is not None:
        return [item.unit_id]
    return [one.unit_id for one in held.invitations.all() if one.unit_id is not None]


def _item_duty(held: Conference, item: ActionItem, unit: int, on: date) -> Duty:
    state, word = state_by_date(item.due, on)
    return Duty(
        unit_id=unit,
        state=state,
        fact=word,
        title=item.text,
        reason=f"Kết luận {held.title}.",
        url=held.page("settle_task", task=item.pk),
        verb="Báo kết quả",
        due=item.due,
        kinds=UNIT,
    )
