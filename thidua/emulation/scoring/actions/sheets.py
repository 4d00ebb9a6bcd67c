"""Sheets given to members, and what they filed taken over by another version of the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.scoring.engine import Criterion as Leaf
from thidua.emulation.scoring.engine import faults_of_filing
from thidua.emulation.scoring.models import (
    Criterion,
    Evidence,
    Mark,
    Scorecard,
    ScoreLayer,
    ScoreSheet,
    Seat,
    Visit,
)
from thidua.emulation.scoring.queries import LAYERS, Filed, board_of, entries_of


def give_sheets(scorecard: Scorecard, by: Actor) -> None:
    """A sheet of four layers for every member that has none."""
    have = set(scorecard.sheets.values_list("unit_id", flat=True))
    for member in members_now(scorecard.cycle, by.on):
        if member.unit_id not in have:
            sheet = ScoreSheet.objects.create(scorecard=scorecard, unit=member.unit)
            ScoreLayer.objects.bulk_create(ScoreLayer(sheet=sheet, kind=kind) for kind in LAYERS)


def take_over(before: Scorecard, after: Scorecard) -> None:
    """Carry what was filed on one version to the next, by the codes they share.

    A layer that was sent stays sent unless the new version asks for something it does not have: then its
    writer completes it and sends it again. The sheets of the old version stay as they were.
    """
    lines = {line.code: line for line in after.criteria.all()}
    leaves = {leaf.code: leaf for leaf in board_of(after).table.leaves}
    old = (
        ScoreLayer.objects.filter(sheet__scorecard=before)
        .select_related("sheet")
        .prefetch_related("flag_corrections")
    )
    entries = entries_of(before.pk)
    authors = {
        pk: (author, at)
        for pk, author, at in Mark.objects.filter(layer__in=old).values_list("pk", "author", "at")
    }
    new = {
        (layer.sheet.unit_id, layer.kind): layer
        for layer in ScoreLayer.objects.filter(sheet__scorecard=after).select_related("sheet")
    }
    codes = dict(before.criteria.values_list("pk", "code"))
    for layer in old:
        found = new.get((layer.sheet.unit_id, layer.kind))
        if found is not None:
            named = {codes[pk]: entry for pk, entry in entries.get(layer.pk, {}).items()}
            _carry(layer, found, named, lines, leaves, authors)
    _close_what_is_whole(after, {key: layer for layer in old for key in [(layer.sheet.unit_id, layer.kind)]})
    _carry_the_rest(before, after, lines)


def _carry(
    old: ScoreLayer,
    new: ScoreLayer,
    entries: Mapping[str, Filed],
    lines: Mapping[str, Criterion],
    leaves: Mapping[str, Leaf],
    authors: Mapping[int, tuple[int | None, datetime]],
) -> None:
    new.scorer, new.flags = old.scorer, old.flags_now
    new.save()
    Mark.objects.bulk_create(
        Mark(
            layer=new,
            criterion=lines[code],
            filed=entry.filed,
            extras=entry.extras,
            reason=entry.reason,
            author_id=authors[entry.pk][0],
            at=authors[entry.pk][1],
        )
        for code, entry in entries.items()
        if code in leaves and (entry.filed is None or not faults_of_filing(leaves[code], entry.filed))
    )


def _close_what_is_whole(after: Scorecard, old: Mapping[tuple[int, str], ScoreLayer]) -> None:
    for view in board_of(after).views():
        for kind, layer in view.layers.items():
            before = old.get((view.sheet.unit_id, kind))
            if before is not None and before.submitted_at is not None and not view.unwritten(kind):
                layer.layer.submitted_at = before.submitted_at
                layer.layer.submitted_by = before.submitted_by
                layer.layer.save()


def _carry_the_rest(before: Scorecard, after: Scorecard, lines: Mapping[str, Criterion]) -> None:
    """Evidence, teams and visits."""
    sheets = {sheet.unit_id: sheet for sheet in after.sheets.all()}
    Seat.objects.bulk_create(
        Seat(scorecard=after, unit_id=seat.unit_id, team=seat.team) for seat in before.seats.all()
    )
    rows = Evidence.objects.filter(sheet__scorecard=before).select_related("sheet", "criterion")
    Evidence.objects.bulk_create(
        Evidence(
            sheet=sheets[row.sheet.unit_id],
            criterion=lines[row.criterion.code],
            file_id=row.file_id,
            title=row.title,
        )
        for row in rows
        if row.sheet.unit_id in sheets and row.criterion.code in lines
    )
    visits = Visit.objects.filter(sheet__scorecard=before).select_related("sheet")
    for visit in visits:
        if visit.sheet.unit_id in sheets:
            visit.pk, visit.sheet = None, sheets[visit.sheet.unit_id]
            visit.save(force_insert=True)
