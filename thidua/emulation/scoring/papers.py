"""The points table, a unit's sheet and the ranking as papers."""

from __future__ import annotations

from thidua.base.text import day, decimal_text
from thidua.documents.engine import Column, Heading, PaperText, Paragraph, SignBlock, Table
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.models import CriterionKind, Scorecard
from thidua.emulation.scoring.queries import SheetView
from thidua.emulation.scoring.standings import Standings


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
        subject=f"Năm {card.cycle.name}, bản {card.version}",
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
                        ("−" if line.kind == CriterionKind.PENALTY else "") + decimal_text(line.max_points),
                        line.how,
                    ]
                    for line in lines
                ]
                + [["", "Tổng điểm, không kể điểm thưởng", decimal_text(total), ""]],
                total_row=True,
            )
        ],
        demo=card.is_demonstration,
    )


def ranking_paper(table: Standings) -> PaperText:
    """Kết quả chấm điểm, xếp hạng."""
    rows = [
        [
            str(row.place.place) + (" (đồng hạng)" if row.place.tied else ""),
            row.unit.name,
            *[decimal_text(row.groups[g.code], table.places) for g in table.groups],
            decimal_text(row.bonus, table.places),
            decimal_text(row.place.points, table.places),
        ]
        for row in table.rows
    ]
    groups = [Column(g.code, 10, "right") for g in table.groups]
    notes = "; ".join(f"{g.code}: {g.title}, tối đa {decimal_text(g.max_points)}" for g in table.groups)
    return PaperText(
        kind="",
        title="KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG",
        subject=f"Năm {table.cycle.name}",
        issuer=_issuer(table.cycle),
        dated=table.card.published_at.date() if table.card.published_at else None,
        body=[
            Heading(2, "Xếp hạng theo tổng điểm"),
            Table(
                columns=[
                    Column("Hạng", 12),
                    Column("Đơn vị", 40),
                    *groups,
                    Column("Thưởng, trừ", 10, "right"),
                    Column("Tổng điểm", 12, "right"),
                ],
                rows=rows,
            ),
            Paragraph(notes + "."),
        ],
        demo=table.card.is_demonstration,
    )


def visit_paper(view: SheetView) -> PaperText:
    """Biên bản kiểm tra chéo một đơn vị."""
    visit, cycle = view.visit, view.sheet.cycle
    assert visit is not None
    where = f", tại {visit.place}" if visit.place else ""
    return PaperText(
        kind="BB",
        title="BIÊN BẢN",
        subject=f"Kiểm tra chéo {view.sheet.unit.name}, năm {cycle.name}",
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
