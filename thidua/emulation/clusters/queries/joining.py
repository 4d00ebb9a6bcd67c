"""What stands in the way of joining and leaving a cluster."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from thidua.base.periods import day_after
from thidua.base.text import day
from thidua.emulation.clusters.models import Cluster, Headship, Membership
from thidua.organisations.models import Unit


def obstacles_to_joining(cluster: Cluster, units: Iterable[Unit], starts: date) -> list[str]:
    """Why units cannot join from a day."""
    chosen = list(units)
    found = [] if chosen else ["Anh/chị chọn ít nhất một đơn vị."]
    if starts not in cluster.existence:
        found.append(f"Ngày {day(starts)}, {cluster.noun} chưa thành lập hoặc đã thôi hoạt động.")
    found += [f"{u}: chưa thành lập hoặc đã thôi hoạt động." for u in chosen if starts not in u.existence]
    for m in Membership.objects.filter(cluster=cluster, unit__in=chosen):
        if m.term.upper is None or m.term.upper > starts:
            found.append(f"{m.unit} đã là thành viên từ {day(m.term.lower)}.")
    return found


def obstacles_to_leaving(membership: Membership, last: date) -> list[str]:
    """Why a member cannot leave after a day."""
    found = []
    if last < membership.term.lower:
        found.append(f"Đơn vị tham gia từ {day(membership.term.lower)}; ngày cuối phải từ ngày ấy.")
    leading = Headship.objects.filter(
        cycle__cluster=membership.cluster_id,
        cycle__closed_at__isnull=True,
        cycle__term__endswith__gt=day_after(last),
        unit=membership.unit_id,
    ).select_related("cycle")
    found += [
        f"Đơn vị đang là {h.get_office_display().lower()} năm {h.cycle.name}; anh/chị chọn đơn vị khác trước."
        for h in leading
    ]
    return found
