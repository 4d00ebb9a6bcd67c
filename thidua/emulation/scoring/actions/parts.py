"""An owner's part of an appraisal, sent by itself; flags put right after a layer was sent."""

from __future__ import annotations

from collections.abc import Sequence

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.emulation.scoring.actions.marks import known_flags, locked_open, missing_reasons, view_of
from thidua.emulation.scoring.models import AppraisalPart, FlagCorrection, LayerKind, ScoreLayer
from thidua.emulation.scoring.queries import obstacles_to_sending_part
from thidua.organisations.models import Unit


@act("scoring.send_part", on="layer", keeps=("owner",))
def send_part(*, layer: ScoreLayer, owner: Unit, by: Actor) -> AppraisalPart:
    """Send what one owner appraised; the layer itself is closed by the head or the standing body."""
    locked = locked_open(layer)
    if not by.is_system and owner.pk not in by.units():
        raise Refused(f"Chỉ {owner.name} gửi phần thẩm định của mình.")
    view = view_of(locked)
    lines = view.owned.get(owner.pk, [])
    refuse_if(
        obstacles_to_sending_part(view, owner) or missing_reasons(view, LayerKind.APPRAISAL, by.on, lines)
    )
    return AppraisalPart.objects.create(
        layer=locked,
        owner=owner,
        criteria=[line.pk for line in lines],
        sent_at=by.at,
        sent_by=by.name,
    )


@act("scoring.correct_flags", on="layer", keeps=("flags", "reason"))
def correct_flags(*, layer: ScoreLayer, flags: Sequence[str], reason: str, by: Actor) -> FlagCorrection:
    """Put the flags of a layer already sent right, by a new entry; what was filed before stays and shows."""
    if not reason.strip():
        raise Refused("Ghi lý do đính chính.", field="reason")
    locked = ScoreLayer.objects.select_for_update().get(pk=layer.pk)
    if locked.submitted_at is None:
        raise Refused("Lớp điểm chưa gửi thì sửa thẳng, không cần đính chính.")
    if locked.sheet.scorecard.published_at:
        raise Refused("Kết quả đã công bố, không đính chính được nữa.")
    told = known_flags(locked, flags)
    if told == locked.flags_now:
        raise Refused("Các trường hợp khống chế vẫn như cũ.", field="flags")
    return FlagCorrection.objects.create(
        layer=locked, flags=told, reason=reason.strip(), author=by.user, at=by.at
    )
