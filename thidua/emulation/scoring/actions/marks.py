"""Writing marks, sending layers, correcting, explaining."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.base import File

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.files.actions import store
from thidua.base.text import decimal_text
from thidua.emulation.clusters.queries import members_now, regulation_of
from thidua.emulation.scoring.engine import bounds, worth
from thidua.emulation.scoring.models import (
    Criterion,
    CriterionKind,
    Evidence,
    Explanation,
    LayerKind,
    Mark,
    ScoreLayer,
    ScoreSheet,
)
from thidua.emulation.scoring.queries import (
    SheetView,
    obstacles_to_sending,
    scale_of,
    sheet_view,
    table_of,
)
from thidua.organisations.models import Unit

LONGEST_STEPS = 300  # characters kept of the steps, as the column has


@dataclass(frozen=True)
class MarkText:
    """A mark as typed: points, or the result a rule computes them from; neither takes it away."""

    points: Decimal | None
    reason: str = ""
    filed: str = ""


def _view(layer: ScoreLayer) -> SheetView:
    view = sheet_view(layer.sheet.scorecard, layer.sheet.unit_id)
    if view is None:  # pragma: no cover  a layer always has its sheet
        raise Refused("Đơn vị chưa có phiếu điểm.")
    return view


def _lock(layer: ScoreLayer) -> ScoreLayer:
    locked = ScoreLayer.objects.select_for_update().get(pk=layer.pk)
    if locked.submitted_at is not None:
        raise Refused("Lớp điểm này đã gửi. Muốn sửa, anh/chị ghi điểm đính chính kèm lý do.")
    return locked


def _refuse_out_of_bounds(line: Criterion, points: Decimal) -> None:
    least, most = bounds(next(x for x in table_of([line]).lines))
    if line.kind == CriterionKind.GROUP:
        raise Refused(f"{line.code} là mục lớn, điểm do các tiêu chí bên dưới cộng lại.")
    if not least <= points <= most:
        raise Refused(
            f"Tiêu chí {line.code}: ghi từ {decimal_text(least)} đến {decimal_text(most)}.",
            field=f"points_{line.pk}",
        )


def _worth(line: Criterion, filed: str, places: int) -> dict[str, Any]:
    """What a mark keeps when its criterion has a rule; penalties are kept below nought."""
    made = worth(line.rule, line.max_points, filed, places)
    if made.faults:
        raise Refused(f"Tiêu chí {line.code}: {'; '.join(made.faults)}.", field=f"filed_{line.pk}")
    sign = -1 if line.kind == CriterionKind.PENALTY else 1
    return {"points": made.points * sign, "filed": filed, "steps": made.steps[:LONGEST_STEPS]}


def _kept(line: Criterion, points: Decimal | None, filed: str, places: int) -> dict[str, Any] | None:
    """What a mark keeps of what was typed; None when nothing was."""
    if line.rule:
        return _worth(line, filed, places) if filed else None
    if points is None:
        return None
    _refuse_out_of_bounds(line, points)
    return {"points": points, "filed": "", "steps": ""}


@act("scoring.write_marks", on="layer")
def write_marks(*, layer: ScoreLayer, marks: Mapping[int, MarkText], by: Actor) -> ScoreLayer:
    """Write marks of a layer not yet sent, by id of criterion. Refuses points outside its bounds.

    Where the criterion has a rule, its points are computed from what was filed.
    """
    locked = _lock(layer)
    lines = {line.pk: line for line in locked.sheet.scorecard.criteria.all()}
    _, places = scale_of(locked.cycle, by.on)
    for pk, mark in marks.items():
        line = lines.get(pk)
        if line is None:
            raise Refused("Tiêu chí không thuộc bảng điểm này. Anh/chị mở lại trang.")
        kept = _kept(line, mark.points, mark.filed.strip(), places)
        if kept is None:
            locked.marks.filter(criterion=line).delete()
            continue
        Mark.objects.update_or_create(
            layer=locked,
            criterion=line,
            corrects=None,
            defaults={**kept, "reason": mark.reason, "author": by.user, "at": by.at},
        )
    return locked


@act("scoring.copy_marks", on="layer")
def copy_marks(*, layer: ScoreLayer, by: Actor) -> ScoreLayer:
    """Fill criteria not yet written with the points of the last layer sent before."""
    locked = _lock(layer)
    view = _view(locked)
    before = view.before(locked.kind)
    if before is None:
        raise Refused("Chưa có lớp điểm trước để lấy điểm.")
    Mark.objects.bulk_create(
        Mark(
            layer=locked,
            criterion=line,
            points=found.points,
            filed=found.filed,
            steps=found.steps,
            author=by.user,
            at=by.at,
        )
        for line in view.unwritten(locked.kind)
        if (found := before.marks.get(line.pk))
    )
    return locked


def missing_reasons(view: SheetView, kind: str, threshold: Decimal) -> list[str]:
    """Criteria whose mark differs from the layer before by more than the regulation lets pass unexplained."""
    before = view.before(kind)
    if before is None:
        return []
    found = []
    for line in view.leaves:
        mark, earlier = view.layers[kind].marks.get(line.pk), before.marks.get(line.pk)
        if mark and earlier and not mark.reason and abs(mark.points - earlier.points) > threshold:
            found.append(
                f"Tiêu chí {line.code} khác lớp {before.layer.get_kind_display().lower()} "
                f"({decimal_text(earlier.points)} thành {decimal_text(mark.points)}): ghi lý do."
            )
    return found


@act("scoring.send_layer", on="layer")
def send_layer(*, layer: ScoreLayer, by: Actor) -> ScoreLayer:
    """Send a layer: immutable from now on. Every criterion is written and every larger change explained."""
    locked = _lock(layer)
    view = _view(locked)
    regulation = regulation_of(locked.cycle, by.on)
    threshold = regulation.reason_above if regulation else Decimal(0)
    refuse_if(obstacles_to_sending(view, locked.kind) or missing_reasons(view, locked.kind, threshold))
    locked.submitted_at, locked.submitted_by = by.at, by.name
    locked.save()
    return locked


@act("scoring.correct_mark", on="layer", keeps=("points", "filed", "reason"))
def correct_mark(
    *,
    layer: ScoreLayer,
    criterion: Criterion,
    reason: str,
    by: Actor,
    points: Decimal | None = None,
    filed: str = "",
) -> Mark:
    """Correct a mark of a layer already sent, by a new entry; the old one stays and shows."""
    if not reason.strip():
        raise Refused("Ghi lý do đính chính.", field="reason")
    ScoreLayer.objects.select_for_update().get(pk=layer.pk)
    current = layer.marks.filter(criterion=criterion).order_by("-pk").first()
    if layer.submitted_at is None or current is None:
        raise Refused("Lớp điểm chưa gửi thì sửa thẳng, không cần đính chính.")
    if layer.sheet.scorecard.published_at:
        raise Refused("Kết quả đã công bố, không đính chính được nữa.")
    _, places = scale_of(layer.cycle, by.on)
    kept = _kept(criterion, points, filed.strip(), places)
    if kept is None:
        raise Refused("Ghi điểm, hoặc kết quả để tính điểm.", field="points")
    return Mark.objects.create(
        layer=layer,
        criterion=criterion,
        **kept,
        reason=reason,
        corrects=current,
        author=by.user,
        at=by.at,
    )


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


@act("scoring.explain", on="sheet")
def explain(*, sheet: ScoreSheet, criterion: Criterion, text: str, by: Actor) -> Explanation:
    """The scored unit explains a criterion after others have marked it."""
    if not text.strip():
        raise Refused("Ghi nội dung giải trình.", field="text")
    if not sheet.layers.filter(kind=LayerKind.SELF, submitted_at__isnull=False).exists():
        raise Refused("Đơn vị gửi bảng tự chấm trước, rồi mới giải trình.")
    if sheet.layers.filter(kind=LayerKind.FINAL, submitted_at__isnull=False).exists():
        raise Refused("Điểm đã kết luận, không giải trình thêm được.")
    return Explanation.objects.create(
        sheet=sheet, criterion=criterion, text=text.strip(), author=by.user, at=by.at
    )


@act("scoring.attach_evidence", on="sheet", keeps=("title",))
def attach_evidence(
    *, sheet: ScoreSheet, criterion: Criterion, upload: File[Any], title: str, by: Actor
) -> Evidence:
    """Put a checked file behind a criterion, until the score is concluded."""
    if sheet.layers.filter(kind=LayerKind.FINAL, submitted_at__isnull=False).exists():
        raise Refused("Điểm đã kết luận, không thêm minh chứng được.")
    cluster = sheet.cycle.cluster
    body = [cluster.standing_body.unit_id] if cluster.standing_body else []
    readers = [*(m.unit_id for m in members_now(sheet.cycle, by.on)), *body]
    kept = store(upload, by=by, owner=sheet, readers=readers, field="upload")
    return Evidence.objects.create(
        sheet=sheet, criterion=criterion, file=kept, title=title or upload.name or "Minh chứng"
    )


@act("scoring.remove_evidence", on="sheet")
def remove_evidence(*, sheet: ScoreSheet, evidence: Evidence, by: Actor) -> None:
    """Take a file back before the self-score is sent; afterwards what was shown stays."""
    if sheet.layers.filter(kind=LayerKind.SELF, submitted_at__isnull=False).exists():
        raise Refused("Bảng tự chấm đã gửi, minh chứng giữ nguyên.")
    evidence.delete()
