"""The half-year and the year-end conference, and what conferences concluded."""

from __future__ import annotations

from datetime import date

from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.text import day
from thidua.emulation.clusters.queries import due
from thidua.emulation.conferences.duties.reading import UNIT, Held, Reply, Task, Year
from thidua.emulation.conferences.models import Answer, Conference, ConferenceKind, ConferenceState

MID_YEAR_CONFERENCE = "mid_year_conference"
YEAR_END_CONFERENCE = "year_end_conference"
ACTION_ITEMS = "action_items"


def mid_year_act(year: Year) -> Act:
    """Sơ kết."""
    return _conference_act(year, MID_YEAR_CONFERENCE, ConferenceKind.MID_YEAR, "Sơ kết 6 tháng")


def year_end_act(year: Year) -> Act:
    """Tổng kết."""
    return _conference_act(year, YEAR_END_CONFERENCE, ConferenceKind.YEAR_END, "Tổng kết năm")


def _conference_act(year: Year, key: str, kind: ConferenceKind, title: str) -> Act:
    when, held = due(year.cycle, key), year.of_kind(kind)
    state, word = state_by_date(when, year.on)
    if held is None:
        plan = year.page("plan") + f"?loai={kind.value}"
        todo = year.for_head(state, f"Lập {kind.label.lower()}", "Chưa lập hội nghị.", plan, "Lập hội nghị")
        url = year.page("conferences")
        return Act(key=key, title=title, due=when, state=state, fact=word, url=url, head_duties=(todo,))
    one = held.conference
    station, fact, next_step = _station(year, one, state)
    waiting = sum(reply.answer == Answer.WAITING for reply in held.replies)
    told = one.state != ConferenceState.PLANNED
    return Act(
        key=key,
        title=title,
        due=when or one.day,
        state=station,
        fact=fact,
        obstacle=f"{waiting} đơn vị chưa cử đại biểu" if waiting and one.state == "invited" else "",
        url=one.page("conference"),
        duties=tuple(_answer_duty(one, reply, year.on) for reply in held.replies) if told else (),
        head_duties=(next_step,) if next_step else (),
    )


def _station(year: Year, one: Conference, by_date: State) -> tuple[State, str, Duty | None]:
    """State, fact and what the head does next, by where the conference stands."""
    url, when = one.page("conference"), day(one.day)
    near, _ = state_by_date(one.day, year.on)
    if one.state == ConferenceState.SEALED:
        return State.DONE, f"Xong, {when}", None
    if one.state == ConferenceState.PLANNED:
        reason = f"{one.title}, ngày {when}."
        return by_date, f"họp {when}", year.for_head(by_date, "Gửi giấy mời", reason, url, "Gửi giấy mời")
    if one.state == ConferenceState.INVITED:
        todo = year.for_head(near, f"Điều hành {one.title}", f"Họp ngày {when}.", url, "Mở hội nghị")
        return (State.DOING if near is State.SOON else near), f"họp {when}", todo
    if one.state == ConferenceState.RUNNING:
        todo = year.for_head(State.DOING, f"Điều hành {one.title}", "Đang họp.", url, "Mở hội nghị")
        return State.DOING, "đang họp", todo
    minutes, title = one.page("minutes"), f"Chốt biên bản {one.title}"
    todo = year.for_head(State.DOING, title, "Hội nghị đã kết thúc.", minutes, "Chốt biên bản")
    return State.DOING, "chờ biên bản", todo


def _answer_duty(one: Conference, reply: Reply, on: date) -> Duty:
    url = one.page("answer", invitation=reply.pk)
    if reply.answer == Answer.DECLINES:
        return Duty(unit_id=reply.unit, state=State.DONE, fact="không dự", url=url)
    if reply.answer == Answer.COMES:
        fact = f"{reply.on:%d/%m}" if reply.on else ""
        return Duty(unit_id=reply.unit, state=State.DONE, fact=fact, url=url)
    if one.state in {ConferenceState.ENDED, ConferenceState.SEALED}:
        return Duty(unit_id=reply.unit, state=State.NOT_APPLICABLE, fact="–")
    state, word = state_by_date(one.day, on)
    return Duty(
        unit_id=reply.unit,
        state=state,
        fact=word,
        title=f"Cử đại biểu dự {one.title}",
        reason=f"Họp ngày {day(one.day)}{f', tại {one.place}' if one.place else ''}.",
        url=url,
        verb="Cử đại biểu",
        due=one.day,
        kinds=UNIT,
    )


def action_items_act(year: Year) -> Act | None:
    """What conferences concluded and is not done: asked of the unit responsible, or of every member."""
    tasks = [(held, task) for held in year.held for task in held.tasks]
    if not tasks:
        return None
    nearest = min((task.due for _, task in tasks if task.due), default=None)
    state, word = state_by_date(nearest, year.on)
    return Act(
        key=ACTION_ITEMS,
        title="Việc theo kết luận",
        due=nearest,
        state=state if state.asks else State.DOING,
        fact=f"{len(tasks)} việc, {word}" if nearest else f"{len(tasks)} việc",
        url=year.page("conferences"),
        head_duties=tuple(
            _task_duty(held.conference, task, unit, year.on)
            for held, task in tasks
            for unit in _responsible(held, task)
        ),
    )


def _responsible(held: Held, task: Task) -> list[int]:
    return [task.unit] if task.unit is not None else [reply.unit for reply in held.replies]


def _task_duty(one: Conference, task: Task, unit: int, on: date) -> Duty:
    """The unit responsible reports; what is asked of all is read by all, and told done by the head."""
    state, word = state_by_date(task.due, on)
    reports = task.unit == unit
    return Duty(
        unit_id=unit,
        state=state,
        fact=word,
        title=task.text,
        reason=f"Kết luận {one.title}.",
        url=one.page("settle_task", task=task.pk) if reports else one.page("conference"),
        verb="Báo kết quả" if reports else "Xem kết luận",
        due=task.due,
        kinds=UNIT,
    )
