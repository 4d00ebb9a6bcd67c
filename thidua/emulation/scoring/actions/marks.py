"""Writing marks, sending layers, correcting, explaining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.text import decimal_text
from thidua.emulation.clusters.queries import regulation_of
from thidua.emulation.scoring.engine import (
    NOT_FILED,
    Extra,
    faults_of_filing,
    faults_of_value,
    filing_of,
    read_number,
)
from thidua.emulation.scoring.engine import Criterion as Leaf
from thidua.emulation.scoring.engine.extras import ENDLESS
from thidua.emulation.scoring.engine.single import as_filed
from thidua.emulation.scoring.models import (
    Criterion,
    CriterionKind,
    Mark,
    ScoreLayer,
)
from thidua.emulation.scoring.queries import (
    Filed,
    SheetView,
    hand_words,
    may_mark,
    obstacles_to_sending,
    points_table,
    sheet_view,
)
from thidua.emulation.scoring.queries.hands import appraisers

AMEND = "Muốn sửa, anh/chị ghi điểm đính chính kèm lý do."


@dataclass(frozen=True)
class MarkText:
    """A mark as typed: what is filed for the criterion itself and for its extras; neither takes it away.

    `filed` is points, a result, `{actual, target}`, a list: what section 5 of docs/spec/bang-diem-1.md says.
    """

    filed: Any = None
    reason: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)


def view_of(layer: ScoreLayer) -> SheetView:
    """The layer's sheet, with this layer as far as it is written."""
    view = sheet_view(layer.sheet.scorecard, layer.sheet.unit_id, writing=layer)
    if view is None:  # pragma: no cover  a layer always has its sheet
        raise Refused("Đơn vị chưa có phiếu điểm.")
    return view


def locked_open(layer: ScoreLayer) -> ScoreLayer:
    """The layer, locked; refuses one that was sent."""
    locked = ScoreLayer.objects.select_for_update().get(pk=layer.pk)
    if locked.submitted_at is not None:
        raise Refused(f"Lớp điểm này đã gửi. {AMEND}")
    return locked


def _kept(leaf: Leaf, line: Criterion, mark: MarkText) -> dict[str, Any] | None:
    """What a mark keeps of what was typed; None when nothing was. Refuses what cannot be understood."""
    filed = filing_of(leaf, mark.filed)
    if filed is not None and (faults := faults_of_filing(leaf, filed)):
        raise Refused(f"Tiêu chí {line.code}: {'; '.join(faults)}.", field=field_of(line))
    extras = {code: one for code, value in mark.extras.items() if (one := as_filed(value)) is not None}
    for extra in (*leaf.bonuses, *leaf.deductions):
        if extra.code in extras and (faults := _faults_of_extra(extra, extras[extra.code])):
            raise Refused(f"{extra.code}: {'; '.join(faults)}.", field=field_of(line, extra.code))
    if filed is None and not extras:
        return None
    return {"filed": filed, "extras": extras}


def _faults_of_extra(extra: Extra, filed: Any) -> tuple[str, ...]:
    """An extra may be filed as cases, as `{points: …}`, or as what its own rule takes."""
    if isinstance(filed, Mapping) and "points" in filed:
        return () if read_number(filed["points"]) is not None else ("không hiểu số điểm",)
    return faults_of_value(extra.rule, filed, extra.cap if extra.cap is not None else ENDLESS)


def field_of(line: Criterion, extra: str = "") -> str:
    """The field of the page in which a criterion, or one of its extras, is written."""
    if extra:
        return f"extra_{line.pk}_{extra}"
    return f"{'filed' if line.rule else 'points'}_{line.pk}"


def _refuse_foreign(layer: ScoreLayer, line: Criterion, named: Mapping[int, Criterion], by: Actor) -> None:
    """A group takes no mark; what somebody else is named to score is theirs alone."""
    if line.kind == CriterionKind.GROUP:
        raise Refused(f"{line.code} là mục lớn, điểm do các tiêu chí bên dưới cộng lại.")
    if not may_mark(by, layer.kind, line, named, layer.cycle):
        raise Refused(f"Tiêu chí {line.code}: chỉ {hand_words(line, named) or 'trưởng cụm, khối'} chấm.")


@act("scoring.write_marks", on="layer")
def write_marks(*, layer: ScoreLayer, marks: Mapping[int, MarkText], by: Actor) -> ScoreLayer:
    """Write marks of a layer not yet sent, by id of criterion. Refuses what the table cannot read."""
    locked = locked_open(layer)
    sent = locked.sent_criteria
    lines = {line.pk: line for line in locked.sheet.scorecard.criteria.all()}
    table = points_table(locked.sheet.scorecard, lines.values())
    leaves = {leaf.code: leaf for leaf in table.leaves}
    named = appraisers(lines.values())
    for pk, mark in marks.items():
        line = lines.get(pk)
        if line is None:
            raise Refused("Tiêu chí không thuộc bảng điểm này. Anh/chị mở lại trang.")
        _refuse_foreign(locked, line, named, by)
        if pk in sent:
            raise Refused(f"Tiêu chí {line.code}: phần của {hand_words(line, named)} đã gửi. {AMEND}")
        kept = _kept(leaves[line.code], line, mark)
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
    """Fill criteria not yet written with what the last layer sent before has."""
    locked = locked_open(layer)
    view = view_of(locked)
    sent = locked.sent_criteria
    before = view.before(locked.kind)
    if before is None:
        raise Refused("Chưa có lớp điểm trước để lấy điểm.")
    mine = view.layers[locked.kind].marks
    Mark.objects.bulk_create(
        Mark(
            layer=locked,
            criterion=line,
            filed=found.filed,
            extras=found.extras,
            author=by.user,
            at=by.at,
        )
        for line in view.writable(locked.kind, by)
        if line.pk not in {*mine, *sent} and (found := before.marks.get(line.pk))
    )
    return locked


def missing_reasons(view: SheetView, kind: str, on: date, only: Sequence[Criterion] = ()) -> list[str]:
    """Criteria that differ from the layer before by more than the regulation lets pass unexplained."""
    regulation = regulation_of(view.sheet.cycle, on)
    threshold = regulation.reason_above if regulation else Decimal(0)
    before, layer = view.before(kind), view.layers[kind]
    if before is None:
        return []
    found = []
    for line in only or view.leaves:
        entry, now, earlier = layer.marks.get(line.pk), layer.points_of(line), before.points_of(line)
        if entry is None or entry.reason or now is None or earlier is None:
            continue
        if _changed(entry, before.marks.get(line.pk)) and abs(now - earlier) > threshold:
            found.append(
                f"Tiêu chí {line.code} khác lớp {before.layer.get_kind_display().lower()} "
                f"({decimal_text(earlier)} thành {decimal_text(now)}): ghi lý do."
            )
    return found


def _changed(entry: Filed, before: Filed | None) -> bool:
    """Something else was filed; points may also differ because another unit filed, which nobody explains."""
    return before is None or (entry.filed, entry.extras) != (before.filed, before.extras)


@act("scoring.send_layer", on="layer")
def send_layer(*, layer: ScoreLayer, by: Actor) -> ScoreLayer:
    """Send a layer: immutable from now on. Every criterion is written and every larger change explained."""
    locked = locked_open(layer)
    view = view_of(locked)
    refuse_if(obstacles_to_sending(view, locked.kind) or missing_reasons(view, locked.kind, by.on))
    locked.submitted_at, locked.submitted_by = by.at, by.name
    locked.save()
    return locked


@act("scoring.correct_mark", on="layer", keeps=("filed", "reason"))
def correct_mark(
    *,
    layer: ScoreLayer,
    criterion: Criterion,
    reason: str,
    by: Actor,
    filed: Any = None,
    extras: Mapping[str, Any] | None = None,
) -> Mark:
    """Correct a mark of a layer already sent, by a new entry; the old one stays and shows."""
    if not reason.strip():
        raise Refused("Ghi lý do đính chính.", field="reason")
    ScoreLayer.objects.select_for_update().get(pk=layer.pk)
    current = layer.marks.filter(criterion=criterion).order_by("-pk").first()
    if layer.submitted_at is None and criterion.pk not in layer.sent_criteria:
        raise Refused("Lớp điểm chưa gửi thì sửa thẳng, không cần đính chính.")
    if layer.sheet.scorecard.published_at:
        raise Refused("Kết quả đã công bố, không đính chính được nữa.")
    lines = list(layer.sheet.scorecard.criteria.all())
    _refuse_foreign(layer, criterion, appraisers(lines), by)
    leaf = next(x for x in points_table(layer.sheet.scorecard, lines).leaves if x.code == criterion.code)
    if extras is None:
        extras = current.extras if current else {}
    kept = _kept(leaf, criterion, MarkText(filed, reason, extras))
    if kept is None:
        raise Refused("Ghi điểm, hoặc kết quả để tính điểm.", field=field_of(criterion))
    return Mark.objects.create(
        layer=layer,
        criterion=criterion,
        **kept,
        reason=reason,
        corrects=current,
        author=by.user,
        at=by.at,
    )


@act("scoring.raise_flags", on="layer", keeps=("flags",))
def raise_flags(*, layer: ScoreLayer, flags: Sequence[str], by: Actor) -> ScoreLayer:
    """Say which facts of the table hold the unit's class down, or take it out of the ranking."""
    locked = locked_open(layer)
    locked.flags = known_flags(locked, flags)
    locked.save()
    return locked


def known_flags(layer: ScoreLayer, flags: Sequence[str]) -> list[str]:
    """The flags in one order; refuses one that the table does not name."""
    known = {flag.code for flag in points_table(layer.sheet.scorecard).flags} - {NOT_FILED}
    refuse_if(f"Bảng điểm không nêu trường hợp “{code}”." for code in flags if code not in known)
    return sorted(set(flags))
