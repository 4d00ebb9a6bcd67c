"""What the law asks of members before titles are considered: everybody's rating of the year."""

from __future__ import annotations

import rules
from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.periods import last_day
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import due, members_now
from thidua.organisations.models import AppointmentKind
from thidua.records.queries import unrated, visible_units

RATINGS = "ratings"
OWN = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER)


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """The station of ratings: how many of each member's people have theirs, in a few queries."""
    year = last_day(cycle.term).year
    when = due(cycle, RATINGS)
    by_date, word = state_by_date(when, by.on)
    members = [member.unit_id for member in members_now(cycle, by.on)]
    seen = set(visible_units(by).filter(pk__in=members).values_list("pk", flat=True))
    duties = [
        _duty(unit, rated, people, by_date, word, year, reverse("records:unit", args=[unit]) * (unit in seen))
        for unit, (rated, people) in unrated(members, year, by.on).items()
    ]
    done = sum(duty.state is State.DONE for duty in duties)
    is_done = bool(duties) and done == len(duties)
    return [
        Act(
            key=RATINGS,
            title="Nhập xếp loại hằng năm",
            short="Xếp loại",
            due=when,
            state=State.DONE if is_done else by_date,
            fact=f"{done}/{len(duties)} đơn vị" if done else word,
            url=reverse("records:index") if rules.has_perm("records.import_records", by, None) else "",
            duties=tuple(duties),
        )
    ]


def _duty(unit: int, rated: int, people: int, by_date: State, word: str, year: int, url: str) -> Duty:
    """A member's; it leads only those who read the unit's records."""
    if not people:
        return Duty(unit_id=unit, state=State.NOT_APPLICABLE, fact="")
    is_done = rated == people
    begun = 0 < rated < people
    late = by_date is State.OVERDUE
    return Duty(
        unit_id=unit,
        state=State.DONE if is_done else State.DOING if begun and not late else by_date,
        fact=f"{rated}/{people}" if rated else word,
        title=f"Nhập xếp loại năm {year}",
        reason=f"Đã có {rated}/{people} người. Xếp loại là căn cứ xét danh hiệu của năm.",
        url=url,
        verb="Nhập xếp loại",
        share=rated / people,
        kinds=OWN,
    )
