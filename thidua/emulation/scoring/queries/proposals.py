"""What the system can count by itself and proposes: late reports, late self-scores, honours of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.base.periods import local_day
from thidua.base.text import day
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import due
from thidua.emulation.results.queries import LateReport, late_reports
from thidua.emulation.scoring.models import Criterion, ScoreLayer
from thidua.honours.queries import held_honours

HONOURS = "honours"


@dataclass(frozen=True)
class Proposal:
    """A line of a unit's sheet: what would be filed, and on which ground."""

    line: Criterion
    code: str  # of the criterion itself, or of a bonus or deduction of it
    title: str
    filed: Any
    ground: str

    @property
    def is_extra(self) -> bool:
        """It stands beside the criterion's own points."""
        return self.code != self.line.code


def proposals_for(cycle: Cycle, criteria: Iterable[Criterion], layer: ScoreLayer, on: date) -> list[Proposal]:
    """What is proposed to a unit's sheet on a day; `layer` is its self-score, which may itself be late.

    What was late in the year costs points on the year's own table, not on a movement's beside it.
    """
    rows = list(criteria)
    unit = layer.sheet.unit_id
    cases: dict[str, list[str]] = {"late_report": [], "missing_report": [], "late_self_score": []}
    of_year = layer.sheet.scorecard.movement_id is None
    asked = {word for line in rows for _, _, words in _asking(line) for word in words if of_year}
    if asked & {"late_report", "missing_report"}:
        for late in late_reports(cycle, on=on):
            if late.unit.pk == unit:
                cases["missing_report" if late.missing else "late_report"].append(_report_words(late))
    if "late_self_score" in asked:
        cases["late_self_score"] += _late_self_score(cycle, layer, on)
    found = []
    for line in rows:
        for code, title, words in _asking(line):
            grounds = [ground for word in words for ground in cases[word]]
            if grounds:
                found.append(Proposal(line, code, title, str(len(grounds)), "; ".join(grounds)))
    return found + list(_of_the_ledger(cycle, rows, unit))


def _asking(line: Criterion) -> Iterator[tuple[str, str, list[str]]]:
    """The criterion and its deductions that say what may be counted for them: code, title, cases."""
    if words := _words(line.terms.get("proposes")):
        yield line.code, line.title, words
    for extra in (*line.terms.get("deductions", []), *line.terms.get("bonuses", [])):
        if words := _words(extra.get("proposes")):
            yield extra["code"], extra.get("title", ""), words


def _words(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else list(given or [])


def _report_words(late: LateReport) -> str:
    if late.missing:
        return f"{late.period.report}, hạn {day(late.due)}: chưa gửi"
    return f"{late.period.report}, hạn {day(late.due)}: gửi chậm {late.days} ngày"


def _late_self_score(cycle: Cycle, layer: ScoreLayer, on: date) -> list[str]:
    last = due(cycle, ActKey.SELF_SCORE)
    sent = local_day(layer.submitted_at) if layer.submitted_at else None
    if last is None or (sent or on) <= last:
        return []
    return [f"Tự chấm điểm, hạn {day(last)}: {f'gửi ngày {day(sent)}' if sent else 'chưa gửi'}"]


def _of_the_ledger(cycle: Cycle, rows: Iterable[Criterion], unit: int) -> Iterator[Proposal]:
    """Honours the unit holds for the year before, or this one, where a criterion gives points for them."""
    lines = [line for line in rows if line.rule.get("type") == HONOURS]
    if not lines:
        return
    codes = {code for line in lines for code in line.rule.get("awards", {})}
    years = [cycle.term.lower.year - 1, cycle.term.lower.year]
    held = list(held_honours().filter(unit=unit, kind__in=codes, year__in=years).order_by("year", "pk"))
    for line in lines:
        mine = [honour for honour in held if honour.kind in line.rule.get("awards", {})]
        if mine:
            ground = "; ".join(f"Sổ khen thưởng: {honour}" for honour in mine)
            filed = list(dict.fromkeys(honour.kind for honour in mine))
            yield Proposal(line, line.code, line.title, filed, ground)


def is_filed_already(proposal: Proposal, filed: Any, extras: Any) -> bool:
    """The layer holds just what is proposed."""
    return bool((extras.get(proposal.code) if proposal.is_extra else filed) == proposal.filed)
