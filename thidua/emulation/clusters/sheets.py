"""Columns of this area's Excel files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from thidua.base.periods import local_day
from thidua.base.sheets.columns import Column, Sheet
from thidua.emulation.clusters.models import Cluster, Membership, RegistrationLine
from thidua.emulation.clusters.queries import Registrations
from thidua.rulebook import catalogue


def clusters_sheet(clusters: Iterable[Cluster]) -> Sheet:
    """The list of clusters; rows carry the facts `listed_clusters` adds."""
    columns = [
        Column("STT", "number", "number", 6),
        Column("Cụm, khối thi đua", "name", width=48),
        Column("Loại", "kind", width=16),
        Column("Cấp", "level", width=14),
        Column("Cấp tổ chức", "authority", width=30),
        Column("Số thành viên", "members", "number", 14),
        Column("Năm", "year", width=10),
        Column("Trưởng cụm, khối", "head", width=40),
        Column("Quyết định thành lập", "founding", width=36),
    ]
    rows = [_cluster_row(number, cluster) for number, cluster in enumerate(clusters, start=1)]
    total = {"name": "Cộng", "members": sum(row["members"] for row in rows)}
    return Sheet("Cụm, khối thi đua", columns, rows, total)


def _cluster_row(number: int, cluster: Cluster) -> dict[str, Any]:
    facts = cluster.__dict__
    return {
        "number": number,
        "name": cluster.name,
        "kind": cluster.get_kind_display(),
        "level": cluster.get_level_display(),
        "authority": cluster.authority.name,
        "members": facts["members_count"],
        "year": facts["year_name"] or "",
        "head": facts["head_name"] or "",
        "founding": cluster.founding,
    }


def members_sheet(cluster: Cluster, memberships: Iterable[Membership]) -> Sheet:
    """Members of a cluster with their terms."""
    columns = [
        Column("STT", "number", "number", 6),
        Column("Đơn vị", "unit", width=48),
        Column("Tham gia từ", "starts", "date", 14),
        Column("Đến trước ngày", "ends", "date", 14),
        Column("Lý do thay đổi", "reason", width=40),
    ]
    rows = [
        {
            "number": number,
            "unit": m.unit.name,
            "starts": m.term.lower,
            "ends": m.term.upper,
            "reason": m.reason,
        }
        for number, m in enumerate(memberships, start=1)
    ]
    return Sheet(cluster.short_name, columns, rows)


def registration_sheets(seen: Registrations, lines: Iterable[RegistrationLine], on: date) -> list[Sheet]:
    """What members registered: counts by unit and kind, then every line."""
    return [_registration_counts(seen, on), _registration_lines(lines, on)]


def _registration_counts(seen: Registrations, on: date) -> Sheet:
    kinds = seen.kinds
    columns = [
        Column("Đơn vị", "unit", width=44),
        Column("Tình trạng", "state", width=26),
        Column("Ngày gửi", "sent", "date", 14),
        *[Column(catalogue.name_of(kind, on), kind, "number", 16) for kind in kinds],
    ]
    rows = []
    for row in seen.rows:
        kept = row.registration
        facts: dict[str, object] = {
            "unit": row.membership.unit.name,
            "state": kept.get_state_display() if kept else "Chưa soạn",
            "sent": local_day(kept.submitted_at) if kept and kept.submitted_at else None,
        }
        rows.append(facts | {kind: row.counts[kind] for kind in kinds})
    total: dict[str, object] = {"unit": "Cộng"}
    return Sheet("Tổng hợp đăng ký", columns, rows, total | dict(seen.totals))


def _registration_lines(lines: Iterable[RegistrationLine], on: date) -> Sheet:
    columns = [
        Column("STT", "number", "number", 6),
        Column("Đơn vị", "unit", width=44),
        Column("Danh hiệu, hình thức", "kind", width=40),
        Column("Tập thể, cá nhân", "recipient", width=44),
    ]
    rows = [
        {
            "number": number,
            "unit": line.registration.unit.name,
            "kind": catalogue.name_of(line.honour_kind, on),
            "recipient": line.recipient,
        }
        for number, line in enumerate(lines, start=1)
    ]
    return Sheet("Chi tiết đăng ký", columns, rows)
