"""How many a cluster may propose, by its regulation, told with the sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thidua.commendation.nominations.models import Nomination
from thidua.emulation.clusters.models import Cycle, OverQuota, QuotaRounding, Regulation
from thidua.emulation.clusters.queries import members_now, regulation_of
from thidua.voting.counting import number_quota, quota

FLAGS, MERITS = "CO_", "BK_"  # codes of the catalogue: flags, certificates of merit


@dataclass(frozen=True)
class Quota:
    """Chỉ tiêu of a regulation or of a movement: how many may be proposed, and which are."""

    name: str
    allowed: int
    sum: str  # “20% của 9 đơn vị, làm tròn xuống, là 1”
    counted: tuple[Nomination, ...]
    forbids: bool  # over the quota is not allowed, even with a reason

    @property
    def proposed(self) -> int:
        """How many are proposed."""
        return len(self.counted)

    @property
    def over(self) -> int:
        """How many too many."""
        return max(self.proposed - self.allowed, 0)

    @property
    def sentence(self) -> str:
        """The sum in words, with what is proposed."""
        told = f"{self.name}: {self.sum}; đang đề nghị {self.proposed}"
        return f"{told}, vượt {self.over}." if self.over else f"{told}."


def quotas_of(cycle: Cycle, nominations: Iterable[Nomination], on: date) -> list[Quota]:
    """The quotas of the regulation in force and of each movement that proposals are for."""
    rows = list(nominations)
    yearly = [row for row in rows if row.movement_id is None]
    return [*_of_regulation(cycle, yearly, on), *_of_movements(rows)]


def _of_regulation(cycle: Cycle, rows: list[Nomination], on: date) -> list[Quota]:
    """Only member units count, and only what is proposed for the year's work."""
    regulation = regulation_of(cycle, on)
    if regulation is None:
        return []
    flags = tuple(row for row in rows if row.is_unit and row.honour_kind.startswith(FLAGS))
    merits = tuple(row for row in rows if row.is_unit and row.honour_kind.startswith(MERITS))
    members = len(members_now(cycle, on))
    rest, of_rest = max(members - len(flags), 0), "đơn vị còn lại"
    base, of = (rest, of_rest) if regulation.merit_quota_of_rest else (members, "đơn vị")
    found = [
        _quota(regulation, "flag", "Cờ thi đua", flags, members, "đơn vị"),
        _quota(regulation, "merit", "Bằng khen", merits, base, of),
    ]
    return [one for one in found if one is not None]


def _of_movements(rows: list[Nomination]) -> list[Quota]:
    """What a movement lets be commended: member units as collectives, those named within units as persons."""
    movements = {row.movement_id: row.movement for row in rows if row.movement is not None}
    found = []
    for pk, movement in movements.items():
        bounds = (
            (movement.quota_collectives, True, "tập thể"),
            (movement.quota_individuals, False, "cá nhân"),
        )
        for allowed, is_unit, whom in bounds:
            counted = tuple(row for row in rows if row.movement_id == pk and row.is_unit is is_unit)
            if allowed is not None and counted:
                told = f"phong trào khen nhiều nhất {allowed} {whom}"
                found.append(Quota(f"“{movement.title}”", allowed, told, counted, forbids=False))
    return found


def _quota(
    regulation: Regulation, field: str, name: str, counted: tuple[Nomination, ...], base: int, of: str
) -> Quota | None:
    number = getattr(regulation, f"{field}_quota_number")
    top = getattr(regulation, f"{field}_quota_numerator")
    bottom = getattr(regulation, f"{field}_quota_denominator")
    forbids = regulation.over_quota == OverQuota.FORBID
    if number is not None:
        return Quota(name, number_quota(number, base), f"quy chế cho {number}", counted, forbids)
    if top is None or bottom is None:
        return None
    allowed = quota(top, bottom, base, regulation.quota_rounding)
    rounding = QuotaRounding(regulation.quota_rounding).label.lower()
    told = f"{_share(top, bottom)} của {base} {of}, {rounding}, là {allowed}"
    return Quota(name, allowed, told, counted, forbids)


def _share(top: int, bottom: int) -> str:
    return f"{top * 100 // bottom}%" if top * 100 % bottom == 0 else f"{top}/{bottom}"
