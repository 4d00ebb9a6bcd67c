"""Publishing the result: the ranking is frozen with everything that made it."""

from __future__ import annotations

import json

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import refuse_if
from thidua.emulation.scoring.engine import read_filings, read_table, result_data
from thidua.emulation.scoring.models import LayerKind, Ranking, Scorecard
from thidua.emulation.scoring.queries import board_of, digest_of, document_of, obstacles_to_publishing


@act("scoring.publish", on="scorecard")
def publish(*, scorecard: Scorecard, by: Actor) -> Scorecard:
    """Publish points and places in the cluster; table, filings, result and digest never change again."""
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    board = board_of(card)
    refuse_if(obstacles_to_publishing(card, board.views(), by.on))
    card.published_at = by.at
    card.save()
    table, filings = document_of(card, board.criteria), board.document()
    layer = LayerKind.FINAL.label
    mark, result = digest_of(read_table(table), read_filings(filings), layer)
    Ranking.objects.create(
        scorecard=card,
        layer=layer,
        table=json.dumps(table, ensure_ascii=False),
        filings=json.dumps(filings, ensure_ascii=False),
        result=json.dumps(result_data(result), ensure_ascii=False),
        digest=mark,
        frozen_at=by.at,
        frozen_by=by.name,
    )
    return card
