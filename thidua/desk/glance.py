"""The cluster's year at a glance, beside “Việc của tôi”."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from thidua.base.duties import Act, Duty, State
from thidua.desk.queries import OpenYear
from thidua.emulation.clusters.models import CovenantTarget, Cycle
from thidua.emulation.clusters.queries import targets_of_unit


@dataclass(frozen=True)
class Line:
    """One act ahead: who has done it, and where the person's own unit stands."""

    act: Act
    mine: Duty | None
    today_before: bool

    @property
    def told(self) -> str:
        """How the act stands, and one's own unit in it, in a sentence or two; nothing while it is far off."""
        if self.act.state is State.LATER:
            return ""
        words = [self.act.obstacle or self.act.fact]
        if self.mine is not None and self.mine.state is not State.DONE and self.mine.fact:
            words.append(f"Đơn vị mình: {self.mine.fact}")
        return " ".join(f"{word[0].upper()}{word[1:].rstrip('.')}." for word in words if word)

    @property
    def boxes(self) -> list[str]:
        """One box a member while the act runs: done, one's own, or open."""
        if self.act.state not in {State.DOING, State.OVERDUE, State.SOON} or not self.act.duties:
            return []
        done = sum(duty.state is State.DONE for duty in self.act.duties)
        waits = self.mine is not None and self.mine.state is not State.DONE
        return ["on"] * done + ["mine"] * waits + [""] * (len(self.act.duties) - done - waits)


@dataclass(frozen=True)
class Glance:
    """The acts done, folded into one line, and those ahead."""

    cycle: Cycle
    done: list[Act]
    lines: list[Line]
    today_after_all: bool
    targets: list[CovenantTarget]

    @property
    def done_between(self) -> str:
        """First and last due date of what is done: “26/02 đến 18/07”."""
        days = sorted({act.due for act in self.done if act.due})
        return " đến ".join(f"{day:%d/%m}" for day in (days[:1] + days[1:][-1:]))


def glance(year: OpenYear, *, mine: Set[int], on: date) -> Glance:
    """Lay out one year for a person who acts for the units `mine`."""
    dated = [act for act in year.acts if act.due]
    ahead = [act for act in dated if act.state is not State.DONE]
    first = next((act for act in ahead if act.due and act.due > on), None)
    own = next((m.unit_id for m in year.cycle.cluster.memberships.all() if m.unit_id in mine), None)
    return Glance(
        cycle=year.cycle,
        done=[act for act in dated if act.state is State.DONE],
        lines=[Line(act, _own(act, mine), act is first) for act in ahead],
        today_after_all=bool(ahead) and first is None,
        targets=targets_of_unit(year.cycle, own) if own else [],
    )


def _own(act: Act, mine: Set[int]) -> Duty | None:
    return next((duty for duty in act.duties if duty.unit_id in mine), None)
