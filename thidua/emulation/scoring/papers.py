"""The points table, a unit's sheet and the ranking as papers."""

from __future__ import annotations

from collections.abc import Sequence

from thidua.base.text import day, decimal_text
from thidua.documents.engine import Block, Column, Heading, PaperText, Paragraph, SignBlock, Table
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.models import Criterion, CriterionKind, Scope, Scorecard
from thidua.emulation.scoring.queries import LAYERS, LayerView, SheetView
from thidua.emulation.scoring.rows import Difference
from thidua.emulation.scoring.standings import Standings


def _of(scope: Scope) -> str:
    """What is scored, as a line of its own: “Năm 2019”."""
    return scope.words[0].upper() + scope.words[1:]


def _issuer(cycle: Cycle) -> tuple[str, str]:
    return (cycle.cluster.authority.name, cycle.cluster.name)


def scorecard_paper(card: Scorecard) -> PaperText:
    """Bảng điểm as an annex that is handed to members."""
    lines = list(card.criteria.all())
    marks = [line for line in lines if line.kind == CriterionKind.MARK]
    total = sum((line.max_points for line in marks), start=marks[0].max_points * 0 if marks else 0)
    return PaperText(
        kind="",
        title="BẢNG ĐIỂM THI ĐUA",
        subject=f"{_of(card.scope)}, bản {card.version}",
        issuer=_issuer(card.cycle),
        dated=card.adopted_at.date() if card.adopted_at else None,
        bases=[card.basis] if card.basis else [],
        body=[
            Table(
                columns=[
                    Column("Mã", 8),
                    Column("Nội dung, tiêu chí", 52),
                    Column("Điểm tối đa", 14, "right"),
                    Column("Cách chấm", 26),
                ],
                rows=[
                    [
                        line.code,
                        line.title,
                        _most(line),
                        line.how,
                    ]
                    for line in lines
                ]
                + [["", "Tổng điểm, không kể điểm thưởng", decimal_text(total), ""]],
                total_row=True,
                bold_rows=_groups(lines),
            )
        ],
        demo=card.is_demonstration,
    )


def ranking_paper(table: Standings) -> PaperText:
    """Kết quả chấm điểm, xếp hạng."""
    rows = [
        [
            str(row.place.place),
            row.unit.name + (" (đồng hạng)" if row.place.tied else ""),
            *[decimal_text(row.groups[g.code], table.places) for g in table.groups],
            decimal_text(row.bonus, table.places),
            decimal_text(row.place.points, table.places),
            *([row.class_title] if table.has_classes else []),
        ]
        for row in table.rows
    ]
    classes = [Column("Xếp loại", 20)] if table.has_classes else []
    groups = [Column(g.code, 10, "right") for g in table.groups]
    notes = "; ".join(f"{g.code}: {g.title}, tối đa {decimal_text(g.max_points)}" for g in table.groups)
    return PaperText(
        kind="",
        title="KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG",
        subject=_of(table.card.scope),
        issuer=_issuer(table.card.cycle),
        dated=table.card.published_at.date() if table.card.published_at else None,
        body=[
            Heading(2, "Xếp hạng theo tổng điểm"),
            Table(
                columns=[
                    Column("Hạng", 8, "right"),
                    Column("Đơn vị", 42),
                    *groups,
                    Column("Thưởng, trừ", 13, "right"),
                    Column("Tổng điểm", 12, "right"),
                    *classes,
                ],
                rows=rows,
            ),
            Paragraph(notes + "."),
            Paragraph(
                f"Mã kiểm: {_in_eights(table.stored.digest)}."
                if table.stored
                else f"Tạm tính theo lớp {table.layer.label.lower()}, chưa công bố.",
                align="left",
            ),
        ],
        demo=table.card.is_demonstration,
    )


def sheet_paper(view: SheetView, differences: Sequence[Difference]) -> PaperText:
    """Phiếu điểm của một đơn vị, các lớp cạnh nhau, kèm lý do chênh lệch: goes with the minutes."""
    sent = [(kind, view.layers[kind]) for kind in LAYERS if view.layers[kind].sent]
    places = view.table.places
    rows = [
        [
            line.code,
            line.title,
            _most(line),
            *(_points(view, layer, line, places) for _, layer in sent),
        ]
        for line in view.criteria
    ]
    rows.append(["", "Tổng điểm", "", *(decimal_text(layer.total, places) for _, layer in sent)])
    columns = [Column("Mã", 7), Column("Tiêu chí", 56), Column("Tối đa", 9, "right")]
    body: list[Block] = [
        Table(
            columns=[*columns, *(Column(kind.label, 10, "right") for kind, _ in sent)],
            rows=rows,
            total_row=True,
            bold_rows=_groups(view.criteria),
        )
    ]
    if differences:
        body += [
            Heading(2, "Điểm khác nhau giữa các lớp"),
            Table(
                columns=[
                    Column("Tiêu chí", 34),
                    Column("Lớp", 13),
                    Column("Lớp trước", 11, "right"),
                    Column("Lớp này", 11, "right"),
                    Column("Lý do", 31),
                ],
                rows=[
                    [
                        f"{one.line.code}. {one.line.title}",
                        one.kind.label,
                        decimal_text(one.before, places),
                        decimal_text(one.after, places),
                        one.reason,
                    ]
                    for one in differences
                ],
            ),
        ]
    last = view.latest()
    if last and last.scored and last.scored.class_title:
        body.append(Paragraph(f"Xếp loại: {last.scored.class_title}."))
    cycle = view.sheet.cycle
    return PaperText(
        kind="",
        title="PHIẾU ĐIỂM THI ĐUA",
        subject=f"{view.sheet.unit.name}, {view.sheet.scorecard.scope.words}",
        issuer=_issuer(cycle),
        body=body,
        signers=[SignBlock(role="ĐẠI DIỆN ĐƠN VỊ"), SignBlock(role="NGƯỜI CHẤM ĐIỂM")],
        demo=view.sheet.scorecard.is_demonstration,
    )


def _most(line: Criterion) -> str:
    return ("−" if line.kind == CriterionKind.PENALTY else "") + decimal_text(line.max_points)


def _groups(lines: Sequence[Criterion]) -> list[int]:
    """Rows that head the criteria below them."""
    return [at for at, line in enumerate(lines) if line.kind == CriterionKind.GROUP]


def _in_eights(code: str) -> str:
    """A long code in pieces, so that a line may break and an eye can follow."""
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))


def _points(view: SheetView, layer: LayerView, line: Criterion, places: int) -> str:
    if view.is_away(layer, line):
        return "không giao"
    points = layer.points_of(line)
    return "" if points is None else decimal_text(points, places)


def visit_paper(view: SheetView) -> PaperText:
    """Biên bản kiểm tra chéo một đơn vị."""
    visit, cycle = view.visit, view.sheet.cycle
    assert visit is not None
    where = f", tại {visit.place}" if visit.place else ""
    return PaperText(
        kind="BB",
        title="BIÊN BẢN",
        subject=f"Kiểm tra chéo {view.sheet.unit.name}, {view.sheet.scorecard.scope.words}",
        issuer=_issuer(cycle),
        dated=visit.on,
        body=[
            Paragraph(f"Ngày {day(visit.on)}{where}, tổ {visit.team} kiểm tra {view.sheet.unit.name}."),
            Heading(2, "Thành phần"),
            *(Paragraph(line) for line in visit.present.splitlines() if line.strip()),
            Heading(2, "Nội dung, kết quả kiểm tra"),
            *(Paragraph(line) for line in visit.findings.splitlines() if line.strip()),
        ],
        signers=[SignBlock(role="ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA"), SignBlock(role="ĐẠI DIỆN TỔ KIỂM TRA")],
        demo=view.sheet.scorecard.is_demonstration,
    )
