"""The whole table of a draft, written from a document of the format bang-diem-1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import F

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.emulation.scoring.engine import BadFile, read_number, read_table
from thidua.emulation.scoring.models import Criterion, CriterionKind, Scorecard, ScorecardState
from thidua.emulation.scoring.queries import STANDING_BODY
from thidua.organisations.models import Unit

OWN = ("code", "title", "max", "kind", "children", "rule", "scored_by", "evidence", "note")
LONGEST = {"code": 40, "title": 1000, "evidence": 1000}
LARGEST = Decimal(99999)  # points a criterion may have at most
PLACES = 3  # decimals a maximum may have


@act("scoring.write_table", on="scorecard")
def write_table(
    *,
    scorecard: Scorecard,
    document: Mapping[str, Any],
    by: Actor,
    revision: int | None = None,
    part: str = "",
) -> Scorecard:
    """Replace a draft's whole table by a bang-diem-1 document. Refuses what cannot be read as one.

    `part` names the part that its author was typing and now saves with it.
    """
    card = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
    if card.state != ScorecardState.DRAFT:
        raise Refused("Bảng điểm đã ban hành không sửa được. Anh/chị lập bản mới.")
    if revision is not None and card.revision != revision:
        raise Stale
    told = as_stored(document)
    refuse_if(obstacles_to_writing(told))
    card.criteria.all().delete()
    write_lines(card, told["criteria"])
    card.settings = {key: one for key, one in told.items() if key not in {"format", "criteria"}}
    card.revision = F("revision") + 1
    card.save()
    card.unsaved.filter(author=by.user, part=part).delete()
    card.refresh_from_db()
    return card


def as_stored(value: Any) -> Any:
    """A document as the database keeps it: numbers as text, so that none is ever rounded."""
    if isinstance(value, Mapping):
        return {str(key): as_stored(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [as_stored(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    return repr(value) if isinstance(value, float) else str(value)


def obstacles_to_writing(document: Mapping[str, Any]) -> list[str]:
    """Why a document cannot be stored even as a draft."""
    try:
        table = read_table(document, "bảng điểm")
    except BadFile as fault:
        return [str(fault)]
    codes = [line.code for line in table.lines]
    found = [f"Mã {code} dùng hơn một lần." for code in sorted({c for c in codes if codes.count(c) > 1})]
    found += [f"{line.code}: điểm tối đa không được âm." for line in table.lines if line.most < 0]
    found += [f"{line.code}: điểm tối đa quá lớn." for line in table.lines if line.most > LARGEST]
    found += [
        f"{line.code}: điểm tối đa có hơn ba số lẻ." for line in table.lines if _places(line.most) > PLACES
    ]
    for line in table.lines:
        found += [
            f"{line.code[:20]}: “{name}” dài hơn {most} chữ."
            for name, most in LONGEST.items()
            if len(getattr(line, name)) > most
        ]
    return found


def _places(value: Decimal) -> int:
    return -int(value.normalize().as_tuple().exponent)


def write_lines(card: Scorecard, lines: Iterable[Mapping[str, Any]]) -> None:
    """The criteria of a stored document, in its order."""
    flat: list[tuple[Mapping[str, Any], str | None]] = []

    def walk(line: Mapping[str, Any], above: str | None) -> None:
        flat.append((line, above))
        for child in line.get("children", []):
            walk(child, str(line["code"]).strip())

    for top in lines:
        walk(top, None)
    owners = _owners(line for line, _ in flat)
    made: dict[str | None, Criterion | None] = {None: None}
    for position, (line, above) in enumerate(flat, start=1):
        row = _row(line, owners)
        row.scorecard, row.parent, row.position = card, made[above], position
        row.save()
        made[row.code] = row


def _row(line: Mapping[str, Any], owners: Mapping[str, Unit]) -> Criterion:
    is_group = "children" in line
    names = _names(line)
    terms = {key: one for key, one in line.items() if key not in OWN}
    if is_group and line.get("kind", CriterionKind.MARK) != CriterionKind.MARK:
        terms["kind"] = line["kind"]
    return Criterion(
        code=line["code"].strip(),
        title=line.get("title", "").strip(),
        kind=CriterionKind.GROUP if is_group else line.get("kind", CriterionKind.MARK),
        max_points=read_number(line["max"]) or Decimal(0),
        guidance=line.get("note", ""),
        evidence=line.get("evidence", "").strip(),
        by_standing_body=STANDING_BODY in {name.lower() for name in names},
        scored_by=names,
        owner=next((owners[name] for name in names if name in owners), None),
        rule=_rule(line.get("rule")),
        terms=terms,
    )


def _names(line: Mapping[str, Any]) -> list[str]:
    given = line.get("scored_by", [])
    return [given] if isinstance(given, str) else list(given)


def _rule(given: Any) -> dict[str, Any]:
    """A rule by its name alone is one without parts; none at all is {}."""
    if given is None:
        return {}
    return {"type": given} if isinstance(given, str) else dict(given)


def _owners(lines: Iterable[Mapping[str, Any]]) -> dict[str, Unit]:
    """Units that `scored_by` names; a name that two units share names neither."""
    names = {name for line in lines for name in _names(line)}
    found: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(name__in=names):
        found.setdefault(unit.name, []).append(unit)
    return {name: units[0] for name, units in found.items() if len(units) == 1}
