"""What somebody types of a draft is kept while it is typed, apart from the draft."""

from __future__ import annotations

from collections.abc import Mapping

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.emulation.scoring.models import Scorecard, ScorecardState, UnsavedPart

ELSEWHERE = (
    "Anh/chị vừa gõ phần này ở cửa sổ hoặc máy khác, nên ở đây chưa giữ. Mở lại trang để thấy bản mới nhất."
)


@act("scoring.keep_unsaved", on="scorecard", keeps=("part",))
def keep_unsaved(
    *, scorecard: Scorecard, part: str, fields: Mapping[str, str], base: str, revision: int, by: Actor
) -> UnsavedPart:
    """Keep what the fields of a part hold. Refuses when the person typed it elsewhere since `revision`."""
    card = Scorecard.objects.select_for_update(of=("self",)).filter(pk=scorecard.pk).first()
    if card is None or card.state != ScorecardState.DRAFT:
        raise Refused("Dự thảo này đã được ban hành hoặc đã bỏ.")
    kept = card.unsaved.filter(author=by.user, part=part).first()
    if (kept.revision if kept else 0) != revision:
        raise Refused(ELSEWHERE)
    kept = kept or UnsavedPart(scorecard=card, author=by.user, part=part)
    kept.author_name, kept.fields, kept.base = by.name, dict(fields), base
    kept.revision, kept.at = revision + 1, by.at
    kept.save()
    return kept


@act("scoring.forget_unsaved", on="scorecard", keeps=("part",))
def forget_unsaved(*, scorecard: Scorecard, part: str, by: Actor) -> None:
    """Throw one's own unsaved typing of a part away."""
    scorecard.unsaved.filter(author=by.user, part=part).delete()
