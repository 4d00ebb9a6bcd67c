"""What the units filed, read in one query, given to the engine as a document, and computed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection

from thidua.emulation.scoring.engine import Filings, PointsTable, Result, compute, read_filings
from thidua.emulation.scoring.models import Criterion, LayerKind, ScoreLayer, ScoreSheet
from thidua.emulation.scoring.queries.documents import STANDING_BODY

LAYERS = (LayerKind.SELF, LayerKind.CROSS, LayerKind.APPRAISAL, LayerKind.FINAL)
FORMAT = "ket-qua-cham-1"


class Filed(NamedTuple):
    """The current entry of a criterion in a layer; who wrote it and when is read only where it is shown."""

    pk: int
    filed: Any
    extras: Mapping[str, Any]
    reason: str
    corrects_id: int | None

    @property
    def is_correction(self) -> bool:
        """It replaced an earlier one."""
        return self.corrects_id is not None


# one row a layer, its entries in one JSON text: thousands of marks are read several times faster than as rows
ENTRIES = """
    SELECT m.layer_id,
           json_object_agg(m.criterion_id, json_build_array(m.id, m.filed, m.extras, m.reason, m.corrects_id)
                           ORDER BY m.id)::text
    FROM scoring_mark m JOIN scoring_scorelayer l ON l.id = m.layer_id
    JOIN scoring_scoresheet s ON s.id = l.sheet_id
    WHERE s.scorecard_id = %s GROUP BY m.layer_id
"""


def entries_of(scorecard_id: int) -> dict[int, dict[int, Filed]]:
    """Current entries by layer and criterion: the last written counts, corrections included."""
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [scorecard_id])
        return {
            layer: {int(pk): Filed(*entry) for pk, entry in json.loads(told).items()}
            for layer, told in cursor.fetchall()
        }


def names_of(sheets: Iterable[ScoreSheet]) -> dict[int, str]:
    """The units as the documents name them, by id; two of one name are told apart."""
    found: dict[int, str] = {}
    for sheet in sheets:
        name = sheet.unit.name
        found[sheet.unit_id] = name if name not in found.values() else f"{name} ({sheet.unit_id})"
    return found


def filings_document(
    sheets: Iterable[ScoreSheet],
    layers: Mapping[int, Mapping[str, ScoreLayer]],
    entries: Mapping[int, Mapping[int, Filed]],
    criteria: Mapping[int, Criterion],
    writing: ScoreLayer | None = None,
) -> dict[str, Any]:
    """What was sent in each layer as a ket-qua-cham-1 document; `writing`: a layer not sent yet, as well."""
    rows = list(sheets)
    names = names_of(rows)
    hands = sorted({STANDING_BODY, *(word for row in criteria.values() for word in row.scored_by)})
    units = []
    for sheet in rows:
        told: dict[str, Any] = {}
        for kind in LAYERS:
            layer = layers[sheet.pk].get(kind)
            if layer is not None and (layer.submitted_at is not None or layer == writing):
                told[kind.label] = _layer(layer, entries.get(layer.pk, {}), criteria, hands)
        units.append({"unit": names[sheet.unit_id]} | ({"layers": told} if told else {}))
    return {"format": FORMAT, "units": units}


def _layer(
    layer: ScoreLayer, entries: Mapping[int, Filed], criteria: Mapping[int, Criterion], hands: list[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for pk, entry in entries.items():
        if entry.filed is not None:
            values[criteria[pk].code] = entry.filed
        values |= entry.extras
    told: dict[str, Any] = {"values": values}
    if layer.kind == LayerKind.CROSS and layer.scorer is not None:
        told["by"] = layer.scorer.name
    elif layer.kind != LayerKind.SELF and len(hands) > 1:
        told["by"] = hands
    flags = layer.flags_now
    return told if flags is None else told | {"flags": flags}


def computed(table: PointsTable, document: Mapping[str, Any], layer: str = "") -> tuple[Filings, Result]:
    """The filings and what the engine makes of them; ranked by the last layer when none is named."""
    filings = read_filings(document)
    return filings, compute(table, filings, layer)
