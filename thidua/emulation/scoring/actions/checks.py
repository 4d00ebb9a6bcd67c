"""Cross-checking: who scores whom, teams, visits and their minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.emulation.clusters.actions.registering import issue_for
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.scoring.models import LayerKind, Scorecard, ScoreLayer, ScoreSheet, Seat, Visit
from thidua.emulation.scoring.papers import visit_paper
from thidua.emulation.scoring.queries import VISIT, obstacles_to_arranging, sheet_view
from thidua.organisations.models import Unit


@act("scoring.assign_cross", on="sheet")
def assign_cross(*, sheet: ScoreSheet, scorer: Unit, by: Actor) -> ScoreLayer:
    """Say which member scores this unit across. A unit does not score itself."""
    layer = ScoreLayer.objects.select_for_update().get(sheet=sheet, kind=LayerKind.CROSS)
    if layer.submitted_at:
        raise Refused("Đơn vị được phân công đã gửi điểm chấm chéo.")
    if scorer.pk == sheet.unit_id:
        raise Refused("Đơn vị không chấm chéo cho chính mình.", field="scorer")
    if scorer.pk not in {m.unit_id for m in members_now(sheet.cycle, by.on)}:
        raise Refused("Đơn vị chấm phải là thành viên.", field="scorer")
    layer.scorer = scorer
    layer.save()
    return layer


@dataclass(frozen=True)
class Planned:
    """Of one member: the team it sits in, the team that visits it, when and where."""

    team: int | None = None
    visited_by: int | None = None
    on: date | None = None
    place: str = ""


@act("scoring.plan_checks", on="scorecard")
def plan_checks(*, scorecard: Scorecard, plan: Mapping[int, Planned], by: Actor) -> Scorecard:
    """Arrange the cross-check by teams, by id of unit; a visit whose minutes stand is left as it was."""
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    refuse_if(obstacles_to_arranging(card))
    sheets = {sheet.unit_id: sheet for sheet in card.sheets.select_related("unit")}
    refuse_if(obstacles_to_planning(plan, sheets))
    card.seats.all().delete()
    Seat.objects.bulk_create(
        Seat(scorecard=card, unit_id=unit, team=one.team) for unit, one in plan.items() if one.team
    )
    for unit, one in plan.items():
        _plan_visit(sheets[unit], one)
    return card


def obstacles_to_planning(plan: Mapping[int, Planned], sheets: Mapping[int, ScoreSheet]) -> list[str]:
    """A team does not visit its own members, and a team that visits has members."""
    teams = {one.team for one in plan.values() if one.team}
    found = []
    for unit, one in plan.items():
        if unit not in sheets:
            return ["Đơn vị chấm phải là thành viên có phiếu điểm. Anh/chị mở lại trang."]
        name = sheets[unit].unit.short_name
        if one.visited_by and one.visited_by == one.team:
            found.append(f"{name}: tổ {one.team} không kiểm tra chính thành viên của tổ.")
        elif one.visited_by and one.visited_by not in teams:
            found.append(f"{name}: tổ {one.visited_by} chưa có thành viên nào.")
    return found


def _plan_visit(sheet: ScoreSheet, planned: Planned) -> None:
    open_ones = Visit.objects.filter(sheet=sheet, recorded_at__isnull=True)
    if planned.visited_by is None:
        open_ones.delete()
    elif not Visit.objects.filter(sheet=sheet, recorded_at__isnull=False).exists():
        told = {"team": planned.visited_by, "on": planned.on, "place": planned.place}
        Visit.objects.update_or_create(sheet=sheet, defaults=told)
        open_layers = ScoreLayer.objects.filter(sheet=sheet, kind=LayerKind.CROSS, submitted_at__isnull=True)
        open_layers.update(scorer=None)


@act("scoring.record_visit", on="sheet", keeps=("present", "findings"))
def record_visit(*, sheet: ScoreSheet, on: date, place: str, present: str, findings: str, by: Actor) -> Visit:
    """Record the minutes of a visit: who was there, what was found. They never change, and are a paper."""
    visit = Visit.objects.select_for_update(of=("self",)).filter(sheet=sheet).first()
    if visit is None:
        raise Refused("Chưa có lịch kiểm tra đơn vị này.")
    if visit.recorded_at is not None:
        raise Refused("Đã có biên bản kiểm tra đơn vị này.")
    if on > by.on:
        raise Refused("Ngày kiểm tra không sau hôm nay.", field="on")
    for name, text in (("present", present), ("findings", findings)):
        if not text.strip():
            raise Refused("Ghi thành phần, nội dung kiểm tra.", field=name)
    visit.on, visit.place = on, place.strip()
    visit.present, visit.findings = present.strip(), findings.strip()
    visit.recorded_at, visit.recorded_by = by.at, by.name
    visit.save()
    view = sheet_view(sheet.scorecard, sheet.unit_id)
    assert view is not None
    issue_for(visit_paper(view), cycle=sheet.cycle, about=VISIT, about_id=visit.pk, by=by)
    return visit
