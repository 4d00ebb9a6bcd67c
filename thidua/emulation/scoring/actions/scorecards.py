"""Writing, issuing and publishing the points table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.movements.models import CycleMovement
from thidua.emulation.scoring.actions.sheets import give_sheets, take_over
from thidua.emulation.scoring.actions.tables import write_lines
from thidua.emulation.scoring.models import (
    Criterion,
    CriterionKind,
    Scorecard,
    ScorecardState,
)
from thidua.emulation.scoring.models.unsaved import LINES
from thidua.emulation.scoring.queries import (
    STANDING_BODY,
    cautions,
    document_of,
    draft_of,
    is_filed,
    obstacles_to_adopting,
    obstacles_to_dropping,
    plain_number,
    scale_of,
    scorecard_of,
    versions_of,
)

OF_ONE_VERSION = ("version", "effective_from")  # words of a table that its copy for another year drops


@dataclass(frozen=True)
class CriterionText:
    """A line of the table as it is typed or read from a file; `rule` None keeps the rule the code has."""

    code: str
    title: str
    max_points: Decimal
    kind: str = "mark"
    parent: str = ""
    guidance: str = ""
    evidence: str = ""
    by_standing_body: bool = False
    rule: Mapping[str, Any] | None = None


@act("scoring.draft_scorecard", on="cycle")
def draft_scorecard(*, cycle: Cycle, movement: CycleMovement | None = None, by: Actor) -> Scorecard:
    """Begin a new version: a copy of the table in force, or an empty one. One draft at a time.

    With a movement of the year, of the table that scores it by itself.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if movement is not None and not cycle.movements.select_for_update().filter(pk=movement.pk).exists():
        raise Refused("Phong trào này không áp dụng cho năm.")
    if draft := draft_of(cycle, movement):
        return draft
    last = versions_of(cycle, movement).first()
    scale, places = scale_of(cycle, by.on)
    plain = {"total": plain_number(scale), "rounding": {"places": str(places), "mode": "half_up"}}
    card = Scorecard.objects.create(
        cycle=cycle,
        movement=movement,
        version=last.version + 1 if last else 1,
        settings=last.settings if last else plain,
        due=last.due if last else None,
    )
    if last:
        write_lines(card, document_of(last)["criteria"])
    return card


@act("scoring.drop_scorecard", on="scorecard")
def drop_scorecard(*, scorecard: Scorecard, revision: int | None = None, by: Actor) -> None:
    """Bỏ dự thảo: throw a draft away. Refuses an issued table, and one somebody wrote since `revision`."""
    card = Scorecard.objects.select_for_update(of=("self",)).filter(pk=scorecard.pk).first()
    if card is None:
        raise Refused("Dự thảo này đã được bỏ.")
    refuse_if(obstacles_to_dropping(card))
    if revision is not None and card.revision != revision:
        raise Stale
    card.delete()


@act("scoring.edit_scorecard", on="scorecard")
def edit_scorecard(
    *, scorecard: Scorecard, lines: Sequence[CriterionText], basis: str, revision: int, by: Actor
) -> Scorecard:
    """Replace the lines of a draft. Refuses a stale page, an issued table and codes used twice."""
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    if card.state != ScorecardState.DRAFT:
        raise Refused("Bảng điểm đã ban hành không sửa được. Anh/chị lập bản mới.")
    if card.revision != revision:
        raise Stale
    codes = [line.code for line in lines]
    refuse_if(f"Mã {code} dùng hơn một lần." for code in sorted({c for c in codes if codes.count(c) > 1}))
    kept = {row.code: row for row in card.criteria.all()}
    told = _nested([_told(line, kept.get(line.code)) for line in lines], lines)
    card.criteria.all().delete()
    write_lines(card, told)
    card.basis, card.revision = basis, F("revision") + 1
    card.save()
    card.unsaved.filter(author=by.user, part=LINES).delete()
    card.refresh_from_db()
    return card


def _told(line: CriterionText, before: Criterion | None) -> dict[str, Any]:
    """A typed line as the document has it; what is not typed here stays as the code had it."""
    told: dict[str, Any] = {"code": line.code, "title": line.title, "max": plain_number(line.max_points)}
    told |= {"note": line.guidance, "evidence": line.evidence}
    if before is not None:
        told |= before.terms | {"scored_by": before.scored_by}
    if line.by_standing_body and STANDING_BODY not in told.get("scored_by", []):
        told["scored_by"] = [*told.get("scored_by", []), STANDING_BODY]
    if line.kind == CriterionKind.GROUP:
        return told | {"children": []}
    rule = line.rule if line.rule is not None else (before.rule if before else {})
    return told | {"kind": line.kind} | ({"rule": dict(rule)} if rule else {})


def _nested(told: Sequence[dict[str, Any]], lines: Sequence[CriterionText]) -> list[dict[str, Any]]:
    """The lines under their groups; a group that counts no mark stands beside the scale, like its lines."""
    found: dict[str, dict[str, Any]] = {}
    top: list[dict[str, Any]] = []
    for one, line in zip(told, lines, strict=True):
        above = found.get(line.parent)
        if line.parent and (above is None or "children" not in above):
            raise Refused(f"{line.code}: mục lớn {line.parent} phải đứng trước các tiêu chí của nó.")
        (above["children"] if above is not None else top).append(one)
        found[line.code] = one
    for group in reversed([one for one in found.values() if "children" in one]):
        group["kind"] = _kind_of_group(group)
    return top


def _kind_of_group(group: Mapping[str, Any]) -> str:
    kinds = {str(child["kind"]) for child in group["children"]}
    if not kinds or CriterionKind.MARK in kinds:
        return str(CriterionKind.MARK)
    return str(CriterionKind.BONUS if CriterionKind.BONUS in kinds else CriterionKind.PENALTY)


@act("scoring.adopt_scorecard", on="scorecard", keeps=("basis", "caution_reason", "effective_from", "due"))
def adopt_scorecard(
    *,
    scorecard: Scorecard,
    by: Actor,
    basis: str = "",
    caution_reason: str = "",
    effective_from: date | None = None,
    due: date | None = None,
) -> Scorecard:
    """Issue the table: frozen from now on, and every member gets its sheet.

    What the checks would have looked at again does not stop it, but asks for a reason that is kept. A version
    issued after units have filed says from when it applies, and takes over what they filed. A thematic table
    says by when members score themselves.
    """
    Cycle.objects.select_for_update().get(pk=scorecard.cycle_id)
    scorecard.refresh_from_db()
    refuse_if(obstacles_to_adopting(scorecard, by.on))
    if cautions(scorecard) and not caution_reason.strip():
        raise Refused(
            "Bảng điểm còn chỗ nên xem lại. Sửa, hoặc ghi lý do vẫn ban hành.", field="caution_reason"
        )
    if due is not None and due < by.on:
        raise Refused("Hạn tự chấm đã qua. Anh/chị ghi một ngày từ hôm nay.", field="due")
    before = scorecard_of(*scorecard.scope)
    if before is not None and is_filed(before) and effective_from is None:
        raise Refused("Đã có đơn vị gửi điểm: ghi ngày bản mới bắt đầu áp dụng.", field="effective_from")
    if effective_from is not None:
        scorecard.settings = scorecard.settings | {"effective_from": effective_from.isoformat()}
    scorecard.caution_reason = caution_reason.strip()
    versions_of(*scorecard.scope).filter(state=ScorecardState.ADOPTED).update(state=ScorecardState.REPLACED)
    if scorecard.movement is not None:
        scorecard.due = due or scorecard.due
    scorecard.state, scorecard.adopted_at = ScorecardState.ADOPTED, by.at
    scorecard.basis = basis or scorecard.basis
    scorecard.save()
    scorecard.unsaved.all().delete()
    give_sheets(scorecard, by)
    if before is not None:
        take_over(before, scorecard)
    return scorecard


@act("scoring.open_sheets", on="scorecard")
def open_sheets(*, scorecard: Scorecard, by: Actor) -> Scorecard:
    """Give a sheet to members that have none: those who joined after the table was issued."""
    if scorecard.state != ScorecardState.ADOPTED:
        raise Refused("Bảng điểm chưa ban hành nên chưa lập phiếu điểm được.")
    give_sheets(scorecard, by)
    return scorecard


@act("scoring.carry_over", on="to_cycle")
def carry_over(*, from_cycle: Cycle, to_cycle: Cycle, by: Actor) -> Scorecard:
    """Copy the year's own table into the next as a draft. Refuses when there is nothing to copy."""
    source = scorecard_of(from_cycle)
    if source is None:
        raise Refused(f"Năm {from_cycle.name} chưa có bảng điểm để chuyển sang.")
    if existing := versions_of(to_cycle).first():
        return existing
    card = Scorecard.objects.create(
        cycle=to_cycle,
        basis=f"Chuyển từ bảng điểm năm {from_cycle.name}",
        settings={key: one for key, one in source.settings.items() if key not in OF_ONE_VERSION},
    )
    write_lines(card, document_of(source)["criteria"])
    return card
