"""Questions about papers. They never write."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.text import day, search_key
from thidua.documents.engine import PaperText
from thidua.documents.engine.layout import laid_out
from thidua.documents.models import UNNUMBERED_KINDS, Paper, PaperDirection, PaperState

FIRST_YEAR = 1990  # no register of ours reaches further back: an earlier year is a slip of the hand


def visible_papers(by: Actor) -> QuerySet[Paper]:
    """Papers of one's own units, those one's units may read once numbered, those open to everyone."""
    papers = Paper.objects.select_related("issuer", "scan")
    if by.is_system:
        return papers
    units = by.units()
    readers = Paper.reader_units.through.objects.filter(paper=OuterRef("pk"), unit__in=units)
    return papers.filter(
        Q(for_everyone=True) | Q(issuer__in=units) | (Exists(readers) & ~Q(state=PaperState.DRAFT))
    )


def register(
    by: Actor, direction: str, *, year: int | None = None, kind: str = "", state: str = "", words: str = ""
) -> QuerySet[Paper]:
    """Sổ văn bản: visible papers of one direction, newest first; words are sought in subject and symbol."""
    papers = visible_papers(by).filter(direction=direction)
    if year:
        papers = papers.filter(Q(year=year) | Q(year__isnull=True, registered_at__year=year))
    if kind:
        papers = papers.filter(kind=kind)
    if state:
        papers = papers.filter(state=state)
    if words.strip():
        papers = papers.filter(Q(search__contains=search_key(words)) | Q(symbol__icontains=words.strip()))
    return papers


def years_of(by: Actor, direction: str) -> list[int]:
    """The years of the register, newest first."""
    found = visible_papers(by).filter(direction=direction, year__isnull=False)
    return [year for year in found.order_by("-year").values_list("year", flat=True).distinct() if year]


def references(by: Actor) -> QuerySet[Paper]:
    """Văn bản chỉ đạo, hướng dẫn that a regulation, plan or report can cite."""
    return visible_papers(by).filter(direction=PaperDirection.REFERENCE)


def readable(text: PaperText) -> dict[str, Any]:
    """The words of a paper for `documents/text.html`, cells of tables with the side they stand on."""
    told = laid_out(text)
    for section in told["sections"]:
        for block in section["blocks"]:
            if block["block"] == "Table":
                sides = [column["align"] for column in block["columns"]]
                block["cells"] = [
                    [{"words": words, "align": side} for words, side in zip(row, sides, strict=True)]
                    for row in block["rows"]
                ]
    return told


def obstacles_to_numbering(paper: Paper, *, dated: date, on: date) -> list[str]:
    """What stands in the way of a number dated `dated`, asked for on the day `on`."""
    obstacles = []
    if paper.direction != PaperDirection.OUTGOING:
        obstacles.append("Văn bản của cơ quan khác giữ số, ký hiệu của cơ quan ấy.")
    elif paper.kind in UNNUMBERED_KINDS:
        obstacles.append(f"{paper.get_kind_display()} không lấy số riêng. Anh/chị kèm vào văn bản có số.")
    if paper.state == PaperState.VOIDED:
        obstacles.append("Số của văn bản này đã hủy. Anh/chị lập dự thảo mới để lấy số khác.")
    if not paper.series_symbol and paper.state == PaperState.DRAFT:
        obstacles.append(
            "Chưa có ký hiệu của nơi ban hành. Anh/chị ghi ký hiệu ở trang đơn vị hoặc trang cụm, khối."
        )
    if dated > on:
        obstacles.append(f"Ngày văn bản không được sau hôm nay ({day(on)}).")
    if dated.year < FIRST_YEAR:
        obstacles.append(f"Năm {dated.year} không phải năm của văn bản. Anh/chị kiểm tra lại ngày.")
    return obstacles


def obstacles_to_sealing(paper: Paper) -> list[str]:
    """What stands in the way of issuing."""
    if paper.state == PaperState.DRAFT:
        return ["Văn bản chưa có số. Anh/chị cấp số trước khi ban hành."]
    if paper.state == PaperState.VOIDED:
        return ["Số của văn bản này đã hủy, không ban hành được nữa."]
    return []


def obstacles_to_voiding(paper: Paper) -> list[str]:
    """What stands in the way of voiding a number."""
    if paper.state == PaperState.SEALED:
        return ["Văn bản đã ban hành. Anh/chị sửa bằng một văn bản khác, không hủy số."]
    if paper.state == PaperState.DRAFT:
        return ["Dự thảo chưa có số để hủy."]
    return []
