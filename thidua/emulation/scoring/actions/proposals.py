"""Taking over what the system proposes, with its ground as the reason."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.emulation.scoring.actions.marks import MarkText, write_marks
from thidua.emulation.scoring.models import LayerKind, ScoreLayer
from thidua.emulation.scoring.queries import proposals_for

LONGEST_REASON = 500


@act("scoring.accept_proposal", on="layer", keeps=("code",))
def accept_proposal(*, layer: ScoreLayer, code: str, by: Actor) -> ScoreLayer:
    """File in a layer what is proposed for a code; refuses when nothing is, any more."""
    criteria = list(layer.sheet.scorecard.criteria.all())
    own = ScoreLayer.objects.select_related("sheet").get(sheet=layer.sheet, kind=LayerKind.SELF)
    found = proposals_for(layer.cycle, criteria, own, by.on)
    proposal = next((one for one in found if one.code == code), None)
    if proposal is None:
        raise Refused("Đề xuất này không còn. Anh/chị mở lại trang.")
    now = layer.marks.filter(criterion=proposal.line, corrects__isnull=True).first()
    filed, extras = (now.filed, dict(now.extras)) if now else (None, {})
    if proposal.is_extra:
        extras[code] = proposal.filed
    else:
        filed = proposal.filed
    words = [now.reason] if now and now.reason and proposal.ground not in now.reason else []
    reason = "; ".join([*words, proposal.ground])[:LONGEST_REASON]
    mark = MarkText(filed, reason, extras)
    return write_marks(layer=layer, marks={proposal.line.pk: mark}, by=by)
