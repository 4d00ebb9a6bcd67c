"""What the standing body does: receive, return, appraise line by line, record what was decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.notices.actions import tell
from thidua.base.periods import Term, last_day, local_day
from thidua.commendation.nominations.actions.proposing import package_address
from thidua.commendation.nominations.actions.shared import lock
from thidua.commendation.nominations.models import Appraisal, Nomination, Outcome, Package, PackageState
from thidua.commendation.nominations.queries import (
    obstacles_to_appraising,
    obstacles_to_deciding,
    obstacles_to_receiving,
    obstacles_to_returning,
)
from thidua.emulation.clusters.queries import leading_unit_ids
from thidua.emulation.conferences.queries import officers_of
from thidua.honours.actions import record_honour


def _tell_cluster(package: Package, text: str, key: str, by: Actor, units: Collection[int] = ()) -> None:
    tell(
        people=officers_of(set(units) | leading_unit_ids(package.cycle), by.on),
        text=text,
        url=package_address(package),
        key=f"nominations.{key}:{package.pk}:{by.at:%Y%m%d%H%M}",
        at=by.at,
    )


@act("nominations.receive_package", on="package")
def receive_package(*, package: Package, by: Actor) -> Package:
    """Take the package in. Asked twice, done once."""
    if lock(package).state == PackageState.RECEIVED:
        return package
    refuse_if(obstacles_to_receiving(package))
    package.state, package.received_at, package.received_by = PackageState.RECEIVED, by.at, by.name[:160]
    package.save(update_fields=["state", "received_at", "received_by"])
    _tell_cluster(package, f"Đã tiếp nhận {package}.", "received", by)
    return package


@act("nominations.return_package", on="package", keeps=("reason",))
def return_package(*, package: Package, reason: str, by: Actor) -> Package:
    """Send the package back with the reason; the cluster mends it and sends it again under a new letter."""
    refuse_if(obstacles_to_returning(lock(package)))
    if not reason.strip():
        raise Refused("Ghi lý do trả lại và điều cần bổ sung.", field="reason")
    package.state, package.returned_at = PackageState.RETURNED, by.at
    package.returned_reason = reason.strip()
    package.save(update_fields=["state", "returned_at", "returned_reason"])
    _tell_cluster(package, f"{package} bị trả lại: {package.returned_reason}", "returned", by)
    return package


@act("nominations.appraise", on="package", keeps=("symbol",))
def appraise(
    *, package: Package, agreed: Collection[int], cut: Mapping[int, str], by: Actor, symbol: str = ""
) -> Package:
    """Write an opinion on every line (ids): agreed, or cut with its reason; `symbol` of the paper."""
    refuse_if(obstacles_to_appraising(lock(package)))
    rows = list(package.nominations.all())
    left = [row for row in rows if row.pk not in agreed and row.pk not in cut]
    refuse_if(f"Chưa có ý kiến với {row.recipient}." for row in left)
    unexplained = [row for row in rows if row.pk in cut and not cut[row.pk].strip()]
    refuse_if(f"Ghi lý do không đồng ý với {row.recipient}." for row in unexplained)
    Appraisal.objects.bulk_create(
        Appraisal(
            nomination=row,
            agreed=row.pk not in cut,
            reason=cut.get(row.pk, "").strip(),
            symbol=symbol.strip(),
            at=by.at,
            by_name=by.name[:160],
            user=by.user,
        )
        for row in rows
    )
    package.state, package.appraised_at = PackageState.APPRAISED, by.at
    package.save(update_fields=["state", "appraised_at"])
    kept = sum(row.pk not in cut for row in rows)
    _tell_cluster(package, f"Đã thẩm định {package}: đồng ý {kept}/{len(rows)} đề nghị.", "appraised", by)
    return package


@act("nominations.record_decision", on="package", keeps=("decision_symbol", "decision_date"))
def record_decision(
    *,
    package: Package,
    granted: Collection[int],
    refused: Mapping[int, str],
    by: Actor,
    decision_symbol: str = "",
    decision_date: date | None = None,
    issuer: str = "",
) -> Package:
    """Record what a decision granted (ids), and what was not granted with its reason.

    Flags and certificates may come by different decisions: the lines left wait for theirs. What is granted
    enters the ledger of honours. Refuses lines cut before, decided already, and a grant without its decision.
    """
    refuse_if(obstacles_to_deciding(lock(package)))
    rows = {row.pk: row for row in _waiting(package)}
    if not (set(granted) | set(refused)) <= set(rows) or set(granted) & set(refused):
        raise Refused("Có dòng không còn chờ quyết định. Anh/chị mở lại trang.")
    if not granted and not refused:
        raise Refused("Chọn ít nhất một đề nghị.")
    if granted and (not decision_symbol.strip() or decision_date is None or not issuer.strip()):
        raise Refused("Ghi đủ số, ngày và người ký quyết định.", field="decision_symbol")
    refuse_if(f"Ghi lý do không khen {rows[pk].recipient}." for pk, why in refused.items() if not why.strip())
    for pk in granted:
        _grant(rows[pk], decision_symbol.strip(), decision_date or by.on, issuer.strip(), by)
    Outcome.objects.bulk_create(
        Outcome(
            nomination=rows[pk],
            granted=False,
            reason=why.strip(),
            at=by.at,
            by_name=by.name[:160],
            user=by.user,
        )
        for pk, why in refused.items()
    )
    if not _waiting(package):
        package.state, package.decided_at = PackageState.DECIDED, by.at
        package.save(update_fields=["state", "decided_at"])
    units = [rows[pk].unit_id for pk in granted]
    _tell_cluster(package, f"Đã có kết quả khen thưởng theo {package}.", "decided", by, units)
    return package


def _waiting(package: Package) -> list[Nomination]:
    """Lines agreed and not decided yet."""
    rows = package.nominations.filter(appraisal__agreed=True, outcome__isnull=True)
    return list(rows.select_related("unit", "cycle", "package", "verdict__person"))


def _grant(row: Nomination, symbol: str, day: date, issuer: str, by: Actor) -> Outcome:
    term = row.cycle.term
    honour = record_honour(
        unit=row.unit if row.is_unit else None,
        person=row.verdict.person if row.verdict and not row.is_unit else None,
        recipient_name=row.recipient,
        kind=row.honour_kind,
        year=last_day(term).year,
        achievement=Term(term.lower, term.upper),
        ground=row.ground,
        decision_symbol=symbol,
        decision_date=day,
        issuer=issuer,
        received=local_day(row.package.received_at) if row.package.received_at else None,
        by=by,
    )
    return Outcome.objects.create(
        nomination=row,
        granted=True,
        decision_symbol=symbol,
        decision_date=day,
        issuer=issuer,
        honour=honour,
        at=by.at,
        by_name=by.name[:160],
        user=by.user,
    )
