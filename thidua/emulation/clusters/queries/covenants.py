"""Questions about the covenant: which version stands, who signed it, what each promised."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.text import day, moment
from thidua.emulation.clusters.models import (
    Covenant,
    CovenantState,
    CovenantTarget,
    Cycle,
    Membership,
    Signature,
)
from thidua.emulation.clusters.queries.clusters import members, members_now
from thidua.organisations.models import AppointmentKind, Tenure, Unit
from thidua.organisations.queries import offices_of


def covenants_of(cycle: Cycle) -> QuerySet[Covenant]:
    """All versions of a year's covenant with their signatures, latest first."""
    signatures = Signature.objects.select_related("unit").order_by("signed_at", "pk")
    return cycle.covenants.prefetch_related(Prefetch("signatures", signatures)).order_by("-version")


def covenant_of(cycle: Cycle) -> Covenant | None:
    """The version that is open for signing, or signed; None before one was opened."""
    return covenants_of(cycle).filter(state=CovenantState.OPEN).first()


def draft_covenant_of(cycle: Cycle) -> Covenant | None:
    """The version being written."""
    return cycle.covenants.filter(state=CovenantState.DRAFT).first()


def targets_of(covenant: Covenant) -> list[CovenantTarget]:
    """All targets of a version, in order, with their units."""
    return list(covenant.targets.select_related("unit"))


def targets_of_unit(cycle: Cycle, unit: int) -> list[CovenantTarget]:
    """What a unit promised: the targets for all, and its own, of the version that stands."""
    found = CovenantTarget.objects.filter(covenant__cycle=cycle, covenant__state=CovenantState.OPEN)
    return [target for target in found.select_related("unit") if target.unit_id in (None, unit)]


def signed_by_unit(covenant: Covenant) -> dict[int, Signature]:
    """The signature of each unit that signed this version."""
    return {signature.unit_id: signature for signature in covenant.signatures.all()}


def signing_units(cycle: Cycle, by: Actor) -> list[Membership]:
    """Members for which the person may sign."""
    led = by.units(AppointmentKind.UNIT_LEADER)
    return [m for m in members_now(cycle, by.on) if m.unit_id in led]


def leading_office(by: Actor, unit: Unit) -> Tenure | None:
    """The leading office the person holds at the unit on that day."""
    if by.person_id is None:
        return None
    held = offices_of(by.person_id, on=by.on, unit=unit)
    return next((tenure for tenure in held if tenure.office.is_leader), None)


def obstacles_to_opening(covenant: Covenant, on: date) -> list[str]:
    """Why a draft cannot be opened for signing."""
    if covenant.state != CovenantState.DRAFT:
        return ["Bản này đã mở ký."]
    found = []
    if not covenant.text.strip():
        found.append("Giao ước chưa có nội dung.")
    if not members_now(covenant.cycle, on):
        found.append("Chưa có đơn vị thành viên nào để ký.")
    found += _targets_without_member(covenant)
    replaces = covenant.cycle.covenants.filter(state=CovenantState.OPEN).exists()
    if replaces and not covenant.amendment_reason.strip():
        found.append("Bản sửa đổi phải ghi lý do sửa đổi.")
    return found


def _targets_without_member(covenant: Covenant) -> list[str]:
    joined = {m.unit_id for m in members(covenant.cycle)}
    named = {t.unit for t in targets_of(covenant) if t.unit is not None and t.unit_id not in joined}
    return [f"Có chỉ tiêu của {unit}, không phải thành viên trong năm." for unit in named]


def obstacles_to_signing(covenant: Covenant, unit: Unit, by: Actor) -> list[str]:
    """Why the person cannot sign this version for a unit now."""
    if covenant.state == CovenantState.DRAFT:
        return ["Giao ước chưa mở ký."]
    if covenant.state == CovenantState.REPLACED:
        return ["Bản này đã thay bằng bản sau. Anh/chị ký bản đang mở."]
    signature = covenant.signatures.filter(unit=unit).first()
    if signature is not None:
        return [f"{unit} đã ký lúc {moment(signature.signed_at)}, người ký: {signature.person_name}."]
    if unit.pk not in {m.unit_id for m in members_now(covenant.cycle, by.on)}:
        return [f"{unit} không phải thành viên vào ngày {day(by.on)}."]
    if leading_office(by, unit) is None:
        return [
            f"Anh/chị chưa có chức vụ lãnh đạo tại {unit} vào ngày {day(by.on)}. "
            "Cơ quan thường trực ghi chức vụ của anh/chị rồi mới ký được."
        ]
    return []
