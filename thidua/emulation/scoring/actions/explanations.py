"""What the scored unit puts behind its points: explanations, their answers, evidence."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.files.actions import store
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.scoring.models import Criterion, Evidence, Explanation, LayerKind, ScoreSheet
from thidua.emulation.scoring.queries import obstacles_to_attaching, obstacles_to_explaining


@act("scoring.explain", on="sheet")
def explain(*, sheet: ScoreSheet, criterion: Criterion, text: str, by: Actor) -> Explanation:
    """The scored unit explains a criterion after others have marked it."""
    if not text.strip():
        raise Refused("Ghi nội dung giải trình.", field="text")
    refuse_if(obstacles_to_explaining(sheet, by.on))
    return Explanation.objects.create(
        sheet=sheet, criterion=criterion, text=text.strip(), author=by.user, at=by.at
    )


@act("scoring.answer_explanation", on="explanation", keeps=("text", "accepted"))
def answer_explanation(*, explanation: Explanation, text: str, accepted: bool, by: Actor) -> Explanation:
    """Answer what a unit explained, once: accepted or not, and why."""
    locked = Explanation.objects.select_for_update(of=("self",)).get(pk=explanation.pk)
    if locked.answered_at is not None:
        raise Refused("Giải trình này đã được trả lời.")
    if not text.strip():
        raise Refused("Ghi nội dung trả lời.", field="text")
    locked.answer, locked.accepted = text.strip(), accepted
    locked.answered_by, locked.answered_at = by.user, by.at
    locked.save()
    return locked


@act("scoring.attach_evidence", on="sheet", keeps=("title",))
def attach_evidence(
    *, sheet: ScoreSheet, criterion: Criterion, upload: File[Any], title: str, by: Actor
) -> Evidence:
    """Put a checked file behind a criterion, until the score is concluded."""
    refuse_if(obstacles_to_attaching(sheet))
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
