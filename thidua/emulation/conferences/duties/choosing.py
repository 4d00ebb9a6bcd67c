"""The ballot for the leading unit, and the handover of the headship."""

from __future__ import annotations

from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.emulation.clusters.queries import due
from thidua.emulation.conferences.duties.reading import LEADER, Choice, Held, Year
from thidua.emulation.conferences.models import AgendaItem
from thidua.emulation.conferences.queries import ballots_by_item
from thidua.voting.models import BallotState

BALLOT = "ballot"
HANDOVER = "handover"
BALLOT_TITLE = "Suy tôn đơn vị dẫn đầu"


def ballot_act(year: Year) -> Act:
    """Suy tôn: by the item that chose somebody or is nearest to it, the latest conference first."""
    when = due(year.cycle, BALLOT)
    state, word = state_by_date(when, year.on)
    found = [(held, choice) for held in year.held for choice in held.choices]
    begun = [(held, choice) for held, choice in found if choice.begun]
    if not found:
        near = state in {State.SOON, State.OVERDUE}
        return Act(
            key=BALLOT,
            title=BALLOT_TITLE,
            due=when,
            state=State.BLOCKED if near else state,
            fact=word,
            obstacle="Chưa lập hội nghị tổng kết." if near else "",
            url=year.page("conferences"),
        )
    held, choice = (begun or found)[0]
    station, fact, todo = _station(year, held, choice, state)
    return Act(
        key=BALLOT,
        title=BALLOT_TITLE,
        due=when or held.conference.day,
        state=station,
        fact=fact or word,
        url=held.conference.page("conference"),
        head_duties=(todo,) if todo else (),
    )


def _station(year: Year, held: Held, choice: Choice, by_date: State) -> tuple[State, str, Duty | None]:
    one = held.conference
    if choice.is_acclaimed:
        return State.DONE, "đã suy tôn", None
    if choice.ballot_state is None:
        url = one.page("ballot", item=choice.item)
        todo = year.for_head(
            by_date, "Lập cuộc bỏ phiếu suy tôn", f"Tại {one.title}.", url, "Lập cuộc bỏ phiếu"
        )
        return by_date, "", todo
    if choice.ballot_state == BallotState.SIGNED and (one.is_sealed or _is_decided(choice)):
        return State.DONE, "đã bầu", None
    word, url = BallotState(choice.ballot_state).label, one.page("conference")
    title = "Hoàn thành cuộc bỏ phiếu suy tôn"
    return State.DOING, word.lower(), year.for_head(State.DOING, title, f"{word}.", url, "Mở hội nghị")


def _is_decided(choice: Choice) -> bool:
    """The count leaves nothing open; asked only between the count and the sealed minutes."""
    item = AgendaItem(pk=choice.item)
    return not ballots_by_item([item])[choice.item].follows


def handover_act(year: Year) -> Act:
    """Bàn giao: the minutes, both signatures, the next year."""
    when, found = due(year.cycle, HANDOVER), year.giving
    title, url = f"Bàn giao trưởng {year.cycle.cluster.noun}", year.page("handover")
    state, word = state_by_date(when, year.on)
    if found is None:
        todo = year.for_head(state, title, "Chưa lập biên bản bàn giao.", url, "Lập biên bản")
        return Act(key=HANDOVER, title=title, due=when, state=state, fact=word, url=url, head_duties=(todo,))
    following = found.handover.next_cycle
    if following is not None:
        fact = f"{found.handover.incoming.short_name}, năm {following.name}"
        return Act(key=HANDOVER, title=title, due=when, state=State.DONE, fact=fact, url=url)
    signing = tuple(
        Duty(
            unit_id=unit.pk,
            state=state if state.asks else State.DOING,
            title=f"Ký biên bản bàn giao trưởng {year.cycle.cluster.noun}",
            reason=f"{found.handover.outgoing} giao, {found.handover.incoming} nhận.",
            url=url,
            verb="Ký bàn giao",
            kinds=LEADER,
        )
        for unit in found.unsigned
    )
    opening = year.for_head(State.DOING, "Mở năm sau", "Hai bên đã ký.", url, "Mở năm sau")
    waiting = ", ".join(unit.short_name for unit in found.unsigned)
    return Act(
        key=HANDOVER,
        title=title,
        due=when,
        state=state if state is State.OVERDUE else State.DOING,
        fact=f"chờ {waiting} ký" if waiting else "chờ mở năm sau",
        url=url,
        head_duties=signing or (opening,),
    )
