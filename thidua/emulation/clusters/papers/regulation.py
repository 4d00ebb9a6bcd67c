"""The regulation as a paper."""

from __future__ import annotations

from thidua.base.periods import local_day
from thidua.base.text import date_in_words
from thidua.documents.engine import Article, Block, Bullets, PaperText, Paragraph, SignBlock
from thidua.emulation.clusters.models import Regulation, RegulationState
from thidua.emulation.clusters.wording import Section, sections


def regulation_paper(regulation: Regulation, *, demo: bool = False) -> PaperText:
    """Quy chế hoạt động: one Điều for each thing it settles, signed for the cluster by its head."""
    cluster = regulation.cluster
    adopted_on = local_day(regulation.adopted_at) if regulation.adopted_at else None
    return PaperText(
        kind="QC",
        title="Quy chế",
        subject=f"hoạt động của {cluster.name}",
        issuer=(cluster.authority.name, cluster.name),
        series_symbol=cluster.symbol,
        dated=adopted_on,
        reference=_reference(regulation),
        bases=[line for line in regulation.basis.splitlines() if line.strip()],
        body=_body(regulation),
        signers=[SignBlock(authority=f"TM. {cluster.get_kind_display()}", post=f"Trưởng {cluster.noun}")],
        recipients=[f"Thành viên {cluster.noun}", "Cơ quan thường trực", "Lưu: VT"],
        demo=demo,
    )


def _reference(regulation: Regulation) -> str:
    if regulation.state == RegulationState.DRAFT:
        return f"(Dự thảo bản {regulation.version})"
    assert regulation.effective_from is not None
    return (
        f"(Bản {regulation.version}, thông qua tại {regulation.adopted_by}, "
        f"áp dụng từ {date_in_words(regulation.effective_from)})"
    )


def _body(regulation: Regulation) -> list[Block]:
    blocks: list[Block] = []
    parts = sections(regulation)
    for number, section in enumerate(parts, start=1):
        blocks += [Article(f"Điều {number}. {section.title}"), *_lines(section)]
    blocks.append(Article(f"Điều {len(parts) + 1}. Thi hành"))
    noun = regulation.cluster.noun
    blocks.append(
        Paragraph(f"Các đơn vị thành viên thực hiện Quy chế này. Vướng mắc gửi trưởng {noun} để xem xét.")
    )
    return blocks


def _lines(section: Section) -> list[Block]:
    if section.title == "Hạn các việc trong năm":
        return [Bullets(list(section.lines.values()))]
    if "text" in section.lines:
        return [Paragraph(line) for line in section.lines["text"].splitlines() if line.strip()]
    return [Paragraph(f"{number}. {line}") for number, line in enumerate(section.lines.values(), start=1)]
