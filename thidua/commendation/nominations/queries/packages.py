"""Packages one sees, their lines beside what was registered, and what stands in the way of each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from thidua.base.accounts.actors import Actor
from thidua.commendation.eligibility.asking import Line, line_of, summary_of, verdict_of
from thidua.commendation.eligibility.models import Answer
from thidua.commendation.nominations.models import Nomination, Package, PackageState
from thidua.commendation.nominations.queries.quotas import quotas_of
from thidua.emulation.clusters.models import (
    ClusterLevel,
    Cycle,
    Membership,
    RegistrationLine,
    RegistrationState,
)
from thidua.emulation.clusters.queries import MEMBER_KINDS, STANDING_KINDS, visible_clusters
from thidua.emulation.scoring.queries import Place, thematic_rankings
from thidua.organisations.models import Unit
from thidua.rulebook.catalogue import HonourKindText, kind, name_of


def visible_packages(by: Actor) -> QuerySet[Package]:
    """Packages of the clusters one sees; what is not sent yet is seen by the cluster's own members only."""
    found = Package.objects.select_related(
        "cycle__cluster__standing_body__unit",
        "cycle__cluster__authority",
        "conference__cycle__cluster",
        "letter",
    )
    if by.is_system:
        return found
    own = Membership.objects.filter(unit__in=by.units(*MEMBER_KINDS)).values("cluster")
    return found.filter(cycle__cluster__in=visible_clusters(by)).filter(
        ~Q(state=PackageState.DRAFT) | Q(cycle__cluster__in=own)
    )


def visible_package(by: Actor, cycle: Cycle, number: int) -> Package:
    """The package with this number in the year; raises Http404 when it is not the person's to see."""
    found = visible_packages(by).filter(cycle=cycle, number=number).first()
    if found is None:
        raise Http404
    found.cycle = cycle
    return found


def inbox(by: Actor) -> QuerySet[Package]:
    """What the standing body has been sent, latest first."""
    bodies = by.units(*STANDING_KINDS)
    found = visible_packages(by).exclude(state=PackageState.DRAFT)
    return found.filter(cycle__cluster__standing_body__unit__in=bodies).order_by("-submitted_at")


def packages_of(cycle: Cycle, by: Actor) -> QuerySet[Package]:
    """The year's packages that one sees, in order."""
    return visible_packages(by).filter(cycle=cycle)


def package_in_hand(cycle: Cycle) -> Package | None:
    """The package the cluster is writing or mending."""
    held = [PackageState.DRAFT, PackageState.RETURNED]
    return Package.objects.filter(cycle=cycle, state__in=held).first()


def suggested_kind(cycle: Cycle) -> str:
    """The flag a leading unit is proposed for, by the level; empty where the cluster chooses itself."""
    if cycle.cluster.level in {ClusterLevel.CENTRAL, ClusterLevel.INTER_PROVINCE}:
        return "CO_CP"
    return "CO_TINH" if cycle.cluster.level in {ClusterLevel.PROVINCE, ClusterLevel.SECTOR} else ""


WARNED = (Answer.NOT_YET, Answer.EXCLUDED)


@dataclass(frozen=True)
class NominationLine:
    """A nomination with its kind's name and what the unit had registered."""

    nomination: Nomination
    kind: HonourKindText | None
    kind_name: str
    registered: str  # “Đã đăng ký”, “Đăng ký Cờ …”, “Không đăng ký”
    thematic: Place | None  # of the unit in the published ranking of the movement it is proposed for
    reasons: Sequence[Line]  # why the rulebook answered so; silent about what not everybody may read
    summary: str

    @property
    def stage(self) -> tuple[str, str]:
        """State mark and word of how far it has come."""
        outcome = getattr(self.nomination, "outcome", None)
        appraisal = getattr(self.nomination, "appraisal", None)
        if outcome is not None:
            return ("done", "Được khen") if outcome.granted else ("none", "Không được khen")
        if appraisal is not None:
            return ("waiting", "Chờ quyết định") if appraisal.agreed else ("none", "Không trình tiếp")
        return ("later", "Đang đề nghị")


def nomination_lines(package: Package) -> list[NominationLine]:
    """The package's lines in order, in a number of queries that does not grow with them."""
    rows = package.nominations.select_related("unit", "appraisal", "outcome__honour", "verdict", "movement")
    registered = _registered(package.cycle)
    last_day, ranked = package.cycle.term.upper, thematic_rankings(package.cycle)
    return [
        _line(row, registered.get((row.unit_id, row.recipient), []), _place(row, ranked), last_day)
        for row in rows
    ]


def _place(row: Nomination, ranked: Mapping[int, Sequence[Place]]) -> Place | None:
    if row.movement_id is None or not row.is_unit:
        return None
    return next((one for one in ranked.get(row.movement_id, []) if one.unit == row.unit_id), None)


def thematic_places(cycle: Cycle) -> list[tuple[str, list[tuple[Place, Unit]]]]:
    """Of every movement with a published table: its title, and the places with their units."""
    ranked = thematic_rankings(cycle)
    titles = dict(cycle.movements.values_list("movement", "movement__title"))
    units = Unit.objects.in_bulk([place.unit for places in ranked.values() for place in places])
    return [(titles[pk], [(one, units[one.unit]) for one in places]) for pk, places in ranked.items()]


def _line(row: Nomination, registered: Sequence[str], place: Place | None, on: date) -> NominationLine:
    try:
        found = kind(row.honour_kind, on)
    except LookupError:
        found = None
    if row.honour_kind in registered:
        told = "Đã đăng ký"
    elif registered:
        told = "Đã đăng ký " + ", ".join(name_of(code, on) for code in registered)
    else:
        told = "Không đăng ký"
    kept = verdict_of(row.verdict.told, sees_sensitive=False) if row.verdict else None
    return NominationLine(
        row,
        found,
        name_of(row.honour_kind, on),
        told,
        place,
        [line_of(reason) for reason in kept.reasons] if kept else [],
        summary_of(kept) if kept else "",
    )


def _registered(cycle: Cycle) -> dict[tuple[int, str], list[str]]:
    """Codes registered in the year, by unit and recipient; the unit itself under its own name."""
    sent = (RegistrationState.SUBMITTED, RegistrationState.FORWARDED)
    lines = RegistrationLine.objects.filter(registration__cycle=cycle, registration__state__in=sent)
    found: dict[tuple[int, str], list[str]] = {}
    for line in lines.select_related("registration__unit"):
        unit = line.registration.unit
        key = (unit.pk, unit.name if line.is_unit else line.recipient)
        found.setdefault(key, []).append(line.honour_kind)
    return found


def _unless(package: Package, *states: PackageState) -> list[str]:
    if package.state in states:
        return []
    wanted = " hoặc ".join(f"“{state.label}”" for state in states)
    return [f"Hồ sơ ở bước “{package.get_state_display()}”, việc này làm ở bước {wanted}."]


def obstacles_to_preparing(cycle: Cycle) -> list[str]:
    """One package is in hand at a time."""
    held = package_in_hand(cycle)
    return [f"{held} chưa gửi. Anh/chị ghi tiếp vào hồ sơ đó."] if held else []


def obstacles_to_submitting(package: Package, on: date) -> list[str]:
    """Before the package goes up: lines, minutes, counts, quota."""
    standing = _unless(package, PackageState.DRAFT, PackageState.RETURNED)
    rows = list(package.nominations.select_related("verdict", "movement"))
    if not rows:
        standing.append("Chưa có đề nghị nào.")
    standing += [
        f"{row.recipient}, {row.verdict.kind_name}: {row.verdict.get_answer_display().lower()} "
        f"theo quy định ngày {row.verdict.on:%d/%m/%Y}. Ghi lý do vẫn đề nghị, hoặc bỏ đề nghị."
        for row in rows
        if row.verdict is not None and row.verdict.answer in WARNED and not row.warning_reason
    ]
    if package.cycle.cluster.standing_body is None:
        standing.append("Cụm, khối chưa có cơ quan thường trực để gửi. Anh/chị ghi ở trang cụm, khối.")
    if package.conference is None:
        standing.append("Chưa chọn hội nghị làm căn cứ.")
    elif not package.conference.is_sealed:
        standing.append("Biên bản hội nghị chưa chốt.")
    others = Nomination.objects.filter(cycle=package.cycle_id).exclude(package=package)
    others = others.select_related("movement")
    for found in quotas_of(package.cycle, [*rows, *others], on):
        mine = [row for row in rows if row in found.counted]
        standing += _over(found.sentence, found.forbids, mine, found.over)
    return standing


def _over(sentence: str, forbids: bool, rows: Sequence[Nomination], over: int) -> list[str]:
    if not over:
        return []
    if forbids:
        return [f"{sentence} Quy chế không cho phép vượt chỉ tiêu."]
    reasoned = sum(bool(row.over_quota_reason) for row in rows)
    return [] if reasoned >= over else [f"{sentence} Ghi lý do vượt chỉ tiêu cho {over - reasoned} đề nghị."]


def obstacles_to_receiving(package: Package) -> list[str]:
    """Before the standing body takes it in."""
    return _unless(package, PackageState.SUBMITTED)


def obstacles_to_returning(package: Package) -> list[str]:
    """Before it goes back: only while nothing is appraised, and while the cluster has no other in hand."""
    standing = _unless(package, PackageState.SUBMITTED, PackageState.RECEIVED)
    held = package_in_hand(package.cycle)
    return [*standing, f"Cụm, khối đang lập {held}; xử lý hồ sơ đó trước."] if held else standing


def obstacles_to_appraising(package: Package) -> list[str]:
    """Before opinions are written."""
    return _unless(package, PackageState.RECEIVED)


def obstacles_to_deciding(package: Package) -> list[str]:
    """Before results are recorded."""
    return _unless(package, PackageState.APPRAISED)
