"""The minutes as first composed, from what the conference holds. Everything may then be edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from thidua.base.text import date_in_words, day
from thidua.emulation.conferences.models import (
    ActionItem,
    AgendaItem,
    AttendanceRole,
    Conference,
    Opinion,
    OpinionKind,
)
from thidua.emulation.conferences.queries import (
    AttendanceLine,
    ItemBallots,
    attendance_lines,
    ballots_by_item,
    quorum_of,
)


def compose(conference: Conference) -> str:
    """Time and place, who came, each act with its figures and votes, opinions, conclusions, action items."""
    items = list(conference.items.prefetch_related("opinions", "acclaims__unit"))
    ballots = ballots_by_item([item for item in items if item.is_ballot])
    items = _held(items, ballots)
    lines = [
        *_time_and_place(conference),
        *_people(conference),
        "III. Nội dung hội nghị",
        *(line for number, item in enumerate(items, 1) for line in _item(number, item, ballots.get(item.pk))),
        *_conclusions(conference),
    ]
    return "\n".join(lines)


def _held(items: list[AgendaItem], ballots: dict[int, ItemBallots]) -> list[AgendaItem]:
    """Items that took place; all of them where nobody noted when each began."""
    held = [
        item
        for item in items
        if item.started_at
        or item.notes
        or item.opinions.all()
        or item.acclaims.all()
        or (item.pk in ballots and ballots[item.pk].rounds)
    ]
    return held if any(item.started_at for item in items) else items


def _hour(moment: object) -> str:
    local = timezone.localtime(moment)  # type: ignore[arg-type]
    return f"{local:%H} giờ {local:%M} phút, {date_in_words(local.date())}"


def _time_and_place(conference: Conference) -> list[str]:
    lines = ["I. Thời gian, địa điểm"]
    if conference.started_at:
        lines.append(f"Hội nghị khai mạc lúc {_hour(conference.started_at)}.")
    else:
        lines.append(
            f"Hội nghị họp {conference.get_day_part_display().lower()} {date_in_words(conference.day)}."
        )
    if conference.place:
        lines.append(f"Địa điểm: {conference.place}.")
    if conference.online:
        lines.append("Hình thức: trực tuyến.")
    return lines


def _named(name: str, office: str, body: str) -> str:
    return ", ".join(part for part in (name, office, body) if part)


def _people(conference: Conference) -> list[str]:
    lines = ["II. Thành phần", "1. Chủ trì"]
    lines += [
        f"- {_named(c.person_name, c.office_name, c.body_name)}"
        for c in conference.chairs.select_related("unit")
    ]
    groups = attendance_lines(conference)
    people = [one for group in groups for one in group.people]
    secretaries = [one for one in people if one.role == AttendanceRole.SECRETARY and one.present_at]
    if secretaries:
        lines.append("2. Thư ký")
        lines += [f"- {_named(one.person_name, one.office_name, one.body_name)}" for one in secretaries]
    lines.append(f"{3 if secretaries else 2}. Đại biểu dự")
    lines += _present(groups)
    lines.append(f"Tổng số có mặt: {sum(group.present for group in groups)} đại biểu.")
    quorum = quorum_of(conference, people)
    return [*lines, quorum.sentence] if quorum else lines


def _present(groups: Sequence[AttendanceLine]) -> list[str]:
    lines = []
    for group in groups:
        here = [one for one in group.people if one.present_at]
        if here:
            names = "; ".join(
                _named(
                    one.person_name,
                    one.office_name,
                    f"{one.head_count:02d} người" if one.head_count > 1 else "",
                )
                for one in here
            )
            lines.append(f"- {here[0].body_name}: {names}.")
        elif group.invitation is not None and group.invitation.is_member:
            why = f" ({group.invitation.note})" if group.invitation.note else ""
            lines.append(f"- {group.invitation}: vắng{why}.")
    return lines


def _item(number: int, item: AgendaItem, ballots: ItemBallots | None) -> list[str]:
    lines = [f"{number}. {item.title}"]
    if item.presenter:
        lines.append(f"Trình bày, điều hành: {item.presenter}.")
    lines += [line for line in item.notes.splitlines() if line.strip()]
    lines += [_opinion(one) for one in item.opinions.all()]
    lines += [f"- Suy tôn {one.unit}: {one.ground}." for one in item.acclaims.all()]
    return lines + (ballot_lines(ballots) if ballots else [])


def ballot_lines(ballots: ItemBallots) -> list[str]:
    """Each round with its papers, its votes and what it decided."""
    lines: list[str] = []
    for ballot in ballots.rounds:
        entry = ballot.agreed_entry
        if entry is None:
            continue
        if len(ballots.rounds) > 1:
            lines.append(f"Lượt {ballot.round}:")
        lines.append(
            f"{ballot.get_mode_display()}: phát ra {entry.issued}, thu về {entry.returned},"
            f" hợp lệ {entry.valid}, không hợp lệ {entry.invalid}, trống {entry.blank}."
        )
        votes = entry.votes.select_related("option").order_by("-votes", "option__position")
        lines += [f"- {one.option.label}: {one.votes} phiếu." for one in votes]
    return lines + ballots.sentences


def _opinion(one: Opinion) -> str:
    told = one.text.strip().replace("\n", " ")
    return f"- {one.speaker}: {told}" if one.speaker else f"- {told}"


def _conclusions(conference: Conference) -> list[str]:
    opinions = conference.opinions.filter(item__isnull=True)
    loose = [_opinion(one) for one in opinions if one.kind != OpinionKind.CONCLUSION]
    concluded = [_opinion(one) for one in opinions if one.kind == OpinionKind.CONCLUSION]
    tasks = list(conference.action_items.select_related("unit"))
    lines = ["IV. Ý kiến chung", *loose] if loose else []
    lines.append(f"{'V' if loose else 'IV'}. Kết luận")
    lines += [*concluded, *task_lines(tasks)] or ["Hội nghị nhất trí các nội dung trên."]
    if conference.ended_at:
        lines.append(f"Hội nghị bế mạc lúc {_hour(conference.ended_at)}.")
    return lines


def task_lines(tasks: Iterable[ActionItem]) -> list[str]:
    """Action items as the minutes say them."""
    return [
        f"- {task.text} ({task.for_whom}{f', trước ngày {day(task.due)}' if task.due else ''})."
        for task in tasks
    ]
