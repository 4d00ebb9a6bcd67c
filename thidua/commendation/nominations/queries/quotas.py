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
    """Chỉ tiêu of flags or of certificates: how many may be proposed, and how many are."""

    name: str
    prefix: str
    allowed: int
    sum: str  # “20% của 9 đơn vị, làm tròn xuống, là 1”
    proposed: int
    forbids: bool  # over the quota is not allowed, even with a reason

    @property
    def over(self) -> int:
        """How many too many."""
        return max(self.proposed - self.allowed, 0)

    @property
    def sentence(self) -> str:
        """The sum in words, with what is proposed."""
        told = f"{self.name}: {self.sum}; đang đề nghị {self.proposed}"
        return f"{told}, vượt {self.over}." if self.over else f"{told}."

    def holds(self, code: str) -> bool:
        """A kind of this code counts."""
        return code.startswith(self.prefix)


def quotas_of(cycle: Cycle, nominations: Iterable[Nomination], on: date) -> list[Quota]:
    """The quotas of the regulation in force; none for what it does not limit. Only member units count."""
    regulation = regulation_of(cycle, on)
    if regulation is None:
        return []
    units = [one for one in nominations if one.is_unit]
    flags = sum(one.honour_kind.startswith(FLAGS) for one in units)
    merits = sum(one.honour_kind.startswith(MERITS) for one in units)
    members = len(members_now(cycle, on))
    rest = members - flags if regulation.merit_quota_of_rest else members
    found = [
        _quota(regulation, "flag", "Cờ thi đua", FLAGS, members, flags, "đơn vị"),
        _quota(
            regulation,
            "merit",
            "Bằng khen",
            MERITS,
            max(rest, 0),
            merits,
            "đơn vị còn lại" if regulation.merit_quota_of_rest else "đơn vị",
        ),
    ]
    return [one for one in found if one is not None]


def _quota(
    regulation: Regulation, field: str, name: str, prefix: str, base: int, proposed: int, of: str
) -> Quota | None:
    number = getattr(regulation, f"{field}_quota_number")
    top = getattr(regulation, f"{field}_quota_numerator")
    bottom = getattr(regulation, f"{field}_quota_denominator")
    forbids = regulation.over_quota == OverQuota.FORBID
    if number is not None:
        allowed = number_quota(number, base)
        return Quota(name, prefix, allowed, f"quy chế cho {number}", proposed, forbids)
    if top is None or bottom is None:
        return None
    allowed = quota(top, bottom, base, regulation.quota_rounding)
    rounding = QuotaRounding(regulation.quota_rounding).label.lower()
    told = f"{_share(top, bottom)} của {base} {of}, {rounding}, là {allowed}"
    return Quota(name, prefix, allowed, told, proposed, forbids)


def _share(top: int, bottom: int) -> str:
    return f"{top * 100 // bottom}%" if top * 100 % bottom == 0 else f"{top}/{bottom}"
