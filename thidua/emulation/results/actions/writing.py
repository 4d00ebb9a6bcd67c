"""The author writes a report and sends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.files.actions import store
from thidua.base.files.models import StoredFile
from thidua.base.text import moment, normalise
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import members, obstacles_to_changing
from thidua.emulation.results.actions.telling import keep_step, tell_receivers
from thidua.emulation.results.models import (
    WORDS_ALONE,
    Report,
    ReportFigure,
    ReportSection,
    ReportState,
    SectionKey,
    StepKind,
)
from thidua.emulation.results.queries import Figure, figures_of, obstacles_to_submitting, sections_of
from thidua.emulation.results.wording import range_fault

MOST_FILES = 10


@dataclass(frozen=True)
class Draft:
    """The whole text of a report as its author hands it in."""

    sections: Mapping[str, str] = field(default_factory=dict)
    figures: Sequence[Figure] = ()
    papers: Iterable[Paper] = ()


@act("results.save_report", on="report")
def save_report(*, report: Report, draft: Draft, revision: int, by: Actor) -> Report:
    """Keep what is written so far. `revision` is what the page saw, 0 for a report not begun.

    Refuses a report already sent, and a page older than what is kept; the same text saved twice is
    written once.
    """
    kept = _kept(report)
    if not kept.is_open:
        raise Refused(*obstacles_to_submitting(kept))
    return _write(kept, draft, revision)


@act("results.submit_report", on="report")
def submit_report(
    *, report: Report, by: Actor, draft: Draft | None = None, revision: int | None = None
) -> Report:
    """Gửi báo cáo, with the text on the page when it comes along. Sending twice sends once."""
    kept = _kept(report)
    if kept.state == ReportState.SUBMITTED and (draft is None or _says(kept, draft)):
        return kept
    if not kept.is_open:
        raise Refused(f"Báo cáo đã gửi lúc {moment(kept.submitted_at)}. Anh/chị mở lại trang để xem.")
    if draft is not None:
        kept = _write(kept, draft, revision or 0)
    refuse_if(obstacles_to_submitting(kept))
    kept.state, kept.submitted_at = ReportState.SUBMITTED, by.at
    kept.revision += 1
    kept.save()
    tell_receivers(kept, keep_step(kept, StepKind.SUBMITTED, by), by)
    return kept


def _kept(report: Report) -> Report:
    """The report as the database holds it, locked; a new one while the year's row is locked."""
    Cycle.objects.select_for_update().get(pk=report.cycle_id)
    found = Report.objects.filter(cycle=report.cycle_id, unit=report.unit_id, period=report.period)
    kept = found.select_for_update().first() or Report(
        cycle=report.cycle, unit=report.unit, period=report.period, revision=0
    )
    kept.cycle = report.cycle
    refuse_if(obstacles_to_changing(kept.cycle))
    if kept.unit_id is not None and kept.unit_id not in {m.unit_id for m in members(kept.cycle)}:
        raise Refused("Đơn vị không phải thành viên trong năm này.")
    return kept


def _write(kept: Report, draft: Draft, revision: int) -> Report:
    if kept.revision and _says(kept, draft):
        return kept
    if kept.revision != revision:
        raise Stale
    kept.revision += 1
    kept.save()
    write_sections(kept, draft.sections)
    write_figures(kept, draft.figures)
    kept.papers.set(draft.papers)
    return kept


def _says(kept: Report, draft: Draft) -> bool:
    """The report holds these very words already."""
    told = {key: tidy(draft.sections.get(key, "")) for key in SectionKey.values}
    cited = {paper.pk for paper in draft.papers}
    return (
        sections_of(kept) == told
        and figures_of(kept) == list(draft.figures)
        and set(kept.papers.values_list("pk", flat=True)) == cited
    )


def tidy(text: str) -> str:
    """One spelling and one kind of line end; paragraphs stay."""
    return "\n".join(normalise(line) for line in text.replace("\r\n", "\n").split("\n")).strip()


def write_sections(report: Report, sections: Mapping[str, str]) -> None:
    """Replace the text of every section."""
    report.sections.all().delete()
    ReportSection.objects.bulk_create(
        ReportSection(report=report, key=key, text=text)
        for key in SectionKey.values
        if (text := tidy(sections.get(key, "")))
    )


def write_figures(report: Report, figures: Sequence[Figure]) -> None:
    """Replace all figures; a part belongs to the nearest full line above it."""
    report.figures.all().delete()
    whole: ReportFigure | None = None
    listed: list[tuple[ReportFigure, frozenset[int]]] = []
    for position, figure in enumerate(figures, start=1):
        row = _row(report, position, figure, whole)
        row.save(force_insert=True)
        listed.append((row, figure.units))
        whole = whole if figure.is_part else row
    through = ReportFigure.units.through
    through.objects.bulk_create(
        through(reportfigure_id=row.pk, unit_id=unit) for row, units in listed for unit in sorted(units)
    )


def _row(report: Report, position: int, figure: Figure, whole: ReportFigure | None) -> ReportFigure:
    if figure.is_part and whole is None:
        raise Refused(f"“{figure.indicator}” ghi là trong đó, nhưng phía trên chưa có số liệu nào.")
    if figure.qualifier in WORDS_ALONE and figure.value is not None:
        raise Refused(f"“{figure.indicator}”: đã chọn mức ước chừng thì để trống kết quả.")
    if fault := range_fault(figure.qualifier, figure.value, figure.upper):
        raise Refused(f"“{figure.indicator}”: {fault}")
    return ReportFigure(
        report=report,
        parent=whole if figure.is_part else None,
        position=position,
        indicator=figure.indicator,
        qualifier=figure.qualifier,
        value=figure.value,
        upper=figure.upper,
        measure=figure.measure,
        target=figure.target,
        catalogued_id=figure.catalogued,
        note=figure.note,
    )


@act("results.attach_file", on="report")
def attach_file(*, report: Report, upload: File[Any], by: Actor) -> StoredFile:
    """Attach a file to a report still open; at most ten."""
    if not report.is_open:
        raise Refused("Báo cáo đã gửi nên không thêm tệp được nữa.", field="upload")
    if report.attachments.count() >= MOST_FILES:
        raise Refused(f"Mỗi báo cáo kèm nhiều nhất {MOST_FILES} tệp. Anh/chị bỏ bớt tệp cũ.", field="upload")
    readers = [report.unit_id] if report.unit_id else []
    file = store(upload, by=by, owner=report, readers=readers, field="upload")
    report.attachments.add(file)
    return file


@act("results.detach_file", on="report")
def detach_file(*, report: Report, file: StoredFile, by: Actor) -> Report:
    """Leave a file out of a report still open; the file itself stays stored."""
    if not report.is_open:
        raise Refused("Báo cáo đã gửi nên không bỏ tệp được nữa.")
    report.attachments.remove(file)
    return report
