"""A report as a paper, by the usual outline."""

from __future__ import annotations

from thidua.base.text import decimal_text
from thidua.documents.engine import Column, Heading, PaperText, Paragraph, SignBlock, Table
from thidua.documents.engine.blocks import Block
from thidua.emulation.clusters.models import Cycle, Qualifier
from thidua.emulation.clusters.queries import head_unit_id
from thidua.emulation.results.models import Period, Report, ReportFigure, SectionKey, figure_text
from thidua.emulation.results.queries import exemplars_told, figures_of, lines_of, sections_of
from thidua.organisations.models import Unit


def report_paper(report: Report, *, demo: bool = False) -> PaperText:
    """Báo cáo sơ kết, tổng kết of a unit or of the cluster, with its figures as a table."""
    cluster = report.cycle.cluster
    unit, issuer = report.unit, report.author
    above = unit.parent.name if unit and unit.parent else cluster.authority.name
    body = cluster.standing_body
    return PaperText(
        kind="BC",
        title="BÁO CÁO",
        subject=_subject(report),
        issuer=(above, issuer),
        series_symbol=unit.symbol if unit else cluster.symbol,
        bases=[
            f"Căn cứ {paper.title} của {paper.issuer_name}: {paper.subject};" for paper in report.papers.all()
        ],
        body=_body(report),
        signers=[_signer(report.cycle, unit)],
        recipients=["Như trên;", *([f"{body.unit.name};"] if body else []), "Lưu: VT."],
        to=_receivers(report),
        demo=demo,
    )


def _subject(report: Report) -> str:
    whose = f" của {report.cycle.cluster.name}" if report.unit is None else ""
    if report.kind is Period.MID_YEAR:
        return f"Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm {report.cycle.name}{whose}"
    if not report.kind.is_usual:
        return f"Công tác thi đua, khen thưởng {report.kind.label} năm {report.cycle.name}{whose}"
    return f"Tổng kết công tác thi đua, khen thưởng năm {report.cycle.name}{whose}"


def _receivers(report: Report) -> list[str]:
    cluster = report.cycle.cluster
    if report.unit is None:
        return [cluster.standing_body.unit.name] if cluster.standing_body else []
    head = head_unit_id(report.cycle)
    names = [headship.unit.name for headship in report.cycle.headships.all() if headship.unit_id == head]
    return [f"{name} (Trưởng {cluster.noun})" for name in names]


def _signer(cycle: Cycle, unit: Unit | None) -> SignBlock:
    if unit is not None:
        return SignBlock(post="THỦ TRƯỞNG ĐƠN VỊ")
    noun = cycle.cluster.noun.upper()
    return SignBlock(authority=f"TM. {noun} THI ĐUA", post=f"TRƯỞNG {noun}")


def _body(report: Report) -> list[Block]:
    sections, lines = sections_of(report), lines_of(report)
    blocks: list[Block] = []
    for key in SectionKey:
        if text := sections[key]:
            blocks += [Heading(1, key.label), *(Paragraph(part) for part in text.split("\n") if part.strip())]
        if key is SectionKey.RESULTS and lines:
            blocks += [Heading(2, "Số liệu chủ yếu"), *_exemplars(report), _table(lines)]
    return blocks


def _exemplars(report: Report) -> list[Block]:
    """The count of exemplars as reports tell it, before the table that lists it."""
    told = exemplars_told(figures_of(report))
    return [Paragraph(f"Điển hình tiên tiến: {told}.")] if told else []


def _table(lines: list[ReportFigure]) -> Table:
    columns = [
        Column("Chỉ tiêu, nội dung", 5),
        Column("Chỉ tiêu giao", 2, "right"),
        Column("Kết quả", 3, "right"),
        Column("Đạt (%)", 1.5, "right"),
        Column("Ghi chú", 4),
    ]
    return Table(columns, [_row(line) for line in lines])


def _row(line: ReportFigure) -> list[str]:
    units = ", ".join(unit.short_name for unit in line.units.all())
    target = figure_text(Qualifier.EQUAL, line.target, line.measure).removesuffix("–")
    percent = decimal_text(line.percent) if line.percent is not None else ""
    name = f"Trong đó: {line.indicator}" if line.parent_id else line.indicator
    said = "" if line.said == "–" else line.said
    return [name, target, said, percent, "; ".join(filter(None, [units, line.note]))]
