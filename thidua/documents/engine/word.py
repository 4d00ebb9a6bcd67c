"""Word by docxtpl: the letterhead from the template, the body as blocks that officers go on editing."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import segno
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docxtpl import DocxTemplate

from thidua.documents.engine.layout import laid_out
from thidua.documents.engine.text import PaperText
from thidua.documents.engine.word_template import (
    bare_table,
    put,
    set_margins,
    set_page,
    set_widths,
    style_line,
    template,
)

Block = dict[str, Any]
ALIGNS = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
CENTER, LEFT = ALIGNS["center"], ALIGNS["left"]
INDENT = Cm(1.27)
CELL_MARGIN = 1  # millimetres; Word's own 1.9 breaks short words of narrow columns
TEXT_WIDTH = {False: 165.0, True: 252.0}  # millimetres between the margins, portrait and landscape


def render_docx(paper: PaperText) -> bytes:
    """The paper as Word, in Times New Roman by name, with the same blocks as the PDF."""
    told = laid_out(paper)
    made = DocxTemplate(io.BytesIO(template()))
    made.render({key: told[key] for key in told if key not in ("sections", "signers")}, autoescape=True)
    document: WordDocument = made.docx
    if told["landscape"]:
        set_page(document.sections[0], landscape=True)
    for base in told["bases"]:
        _paragraph(document, base, italic=True)
    _draw_all(document, told["sections"][0])
    _signatures(document, told)
    for section in told["sections"][1:]:
        _appendix(document, section)
    if told["demo"]:
        _demo_line(document, told["demo"])
    document.core_properties.title = f"{told['title']} {told['subject']}".strip()[:250]
    document.core_properties.author = told["issuer"][:250]
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _paragraph(
    document: WordDocument,
    words: str,
    *,
    lead: str = "",
    bold: bool = False,
    italic: bool = False,
    align: str = "justify",
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGNS[align]
    if align == "justify":
        paragraph.paragraph_format.first_line_indent = INDENT
    if lead:
        paragraph.add_run(f"{lead} ").bold = True
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic


def _heading(document: WordDocument, words: str, *, bold: bool = True, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(words).bold = bold
    paragraph.paragraph_format.keep_with_next = True
    if centred:
        paragraph.alignment = CENTER
    else:
        paragraph.paragraph_format.first_line_indent = INDENT


def _draw_heading(document: WordDocument, block: Block) -> None:
    _heading(document, block["text"], bold=block["level"] <= 2, centred=block["level"] == 0)  # noqa: PLR2004


def _draw_chapter(document: WordDocument, block: Block) -> None:
    _heading(document, block["number"], centred=True)
    _heading(document, block["title"].upper(), centred=True)


def _draw_article(document: WordDocument, block: Block) -> None:
    _heading(document, block["text"])


def _draw_paragraph(document: WordDocument, block: Block) -> None:
    words = {key: block[key] for key in ("lead", "bold", "italic", "align")}
    _paragraph(document, block["text"], **words)


def _draw_bullets(document: WordDocument, block: Block) -> None:
    for line in block["lines"]:
        _paragraph(document, f"- {line}")


def _draw_table(document: WordDocument, block: Block) -> None:
    columns, rows = block["columns"], block["rows"]
    if not columns:
        return
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    width = TEXT_WIDTH[_is_landscape(document)] / sum(column["width"] for column in columns)
    _fill(table.rows[0], [column["title"] for column in columns], ["center"] * len(columns), bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for index, row in enumerate(rows):
        is_total = block["total_row"] and index == len(rows) - 1
        is_bold = is_total or index in block.get("bold_rows", ())
        _fill(table.add_row(), row, [column["align"] for column in columns], bold=is_bold)
    set_widths(table, [width * column["width"] for column in columns])
    set_margins(table, CELL_MARGIN)
    style_line(document.add_paragraph(), "", size=6)


def _is_landscape(document: WordDocument) -> bool:
    section = document.sections[-1]
    return (section.page_width or 0) > (section.page_height or 0)


def _fill(row: _Row, words: Sequence[str], aligns: Sequence[str], *, bold: bool) -> None:
    for cell, text, align in zip(row.cells, words, aligns, strict=True):
        line = put(cell, text, size=12, bold=bold, align=ALIGNS[align], first=True)
        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _mark(row, "w:cantSplit")


def _mark(row: _Row, what: str) -> None:
    """Say of a row that it is not split over pages, or is the head repeated on every page."""
    mark = OxmlElement(what)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _draw_grid(document: WordDocument, block: Block) -> None:
    signers = [
        {
            "above": [line.upper() for line in (unit, post) if line],
            "signed": signed,
            "other_post": "",
            "name": name,
        }
        for unit, post, name, signed in block["rows"]
    ]
    _sign_rows(document, signers)


def _draw_break(document: WordDocument, _block: Block) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _draw_qr(document: WordDocument, block: Block) -> None:
    kept = io.BytesIO()
    segno.make(block["data"], error="m", micro=False).save(kept, kind="png", scale=8, border=2)
    kept.seek(0)
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTER
    paragraph.add_run().add_picture(kept, width=Mm(block["size"]))
    if block["caption"]:
        style_line(document.add_paragraph(), block["caption"], size=12)


def _draw_ballot(document: WordDocument, block: Block) -> None:
    """One ballot to look at or adapt; the papers themselves are printed from the PDF."""
    style_line(document.add_paragraph(), block["question"], bold=True)
    choices = [{"title": choice, "width": 16, "align": "center"} for choice in block["choices"]]
    columns = [
        {"title": "TT", "width": 6, "align": "center"},
        {"title": block["option_title"], "width": 50, "align": "left"},
        *choices,
    ]
    rows = [
        [str(place), option, *("□" for _ in choices)]
        for place, option in enumerate(block["options"], start=1)
    ]
    _draw_table(document, {"columns": columns, "rows": rows, "total_row": False})
    _paragraph(document, block["instruction"], italic=True)


DRAW: dict[str, Callable[[WordDocument, Block], None]] = {
    "Heading": _draw_heading,
    "Chapter": _draw_chapter,
    "Article": _draw_article,
    "Paragraph": _draw_paragraph,
    "Bullets": _draw_bullets,
    "Table": _draw_table,
    "SignatureGrid": _draw_grid,
    "PageBreak": _draw_break,
    "QrCode": _draw_qr,
    "Ballot": _draw_ballot,
}


def _draw_all(document: WordDocument, section: dict[str, Any]) -> None:
    for block in section["blocks"]:
        DRAW[block["block"]](document, block)


def _signatures(document: WordDocument, told: dict[str, Any]) -> None:
    signers = told["signers"]
    if not signers and not told["recipients"]:
        return
    style_line(document.add_paragraph(), "", size=6)
    if told["secretaries"]:
        left, right = bare_table(document, (82, 83)).rows[0].cells
        _stack(left, told["secretaries"])
        _stack(right, told["chairs"])
    elif len(signers) > 1:
        _sign_rows(document, signers)
    else:
        left, right = bare_table(document, (75, 90)).rows[0].cells
        _stack(right, signers)
        _recipients(left, told["recipients"])
        return
    if told["recipients"]:
        _recipients(bare_table(document, (165,)).rows[0].cells[0], told["recipients"])


def _sign_rows(document: WordDocument, signers: Sequence[dict[str, Any]]) -> None:
    """Two signatures side by side: posts, place to sign, names, each on one level."""
    for start in range(0, len(signers), 2):
        heads, places, names = bare_table(document, (82, 83), rows=3).rows
        for index, signer in enumerate(signers[start : start + 2]):
            _posts(heads.cells[index], signer)
            _place_to_sign(places.cells[index], signer, first=True)
            _name(names.cells[index], signer, first=True)
        style_line(document.add_paragraph(), "", size=6)


def _stack(cell: _Cell, signers: Sequence[dict[str, Any]]) -> None:
    """Signatures under one another in one cell."""
    for index, signer in enumerate(signers):
        _posts(cell, signer, first=index == 0)
        _place_to_sign(cell, signer)
        _name(cell, signer)
        cell.paragraphs[-1].paragraph_format.space_after = Pt(8)


def _posts(cell: _Cell, signer: dict[str, Any], *, first: bool = True) -> None:
    for index, line in enumerate(signer["above"]):
        made = put(cell, line, size=13.5, bold=True, first=first and index == 0)
        made.paragraph_format.keep_with_next = True


def _place_to_sign(cell: _Cell, signer: dict[str, Any], *, first: bool = False) -> None:
    gap = put(cell, signer["signed"], size=11.5, italic=True, first=first).paragraph_format
    gap.space_before, gap.space_after, gap.keep_with_next = Pt(24), Pt(24), True


def _name(cell: _Cell, signer: dict[str, Any], *, first: bool = False) -> None:
    if signer["other_post"]:
        other = put(cell, signer["other_post"], size=13.5, bold=True, first=first)
        other.paragraph_format.keep_with_next = True
    put(cell, signer["name"], size=14, bold=True, first=first and not signer["other_post"])


def _recipients(cell: _Cell, lines: Sequence[str]) -> None:
    if not lines:
        return
    label = put(cell, "Nơi nhận:", size=12, bold=True, italic=True, align=LEFT, first=True)
    label.paragraph_format.keep_with_next = True
    for line in lines:
        put(cell, line, size=11, align=LEFT)


def _appendix(document: WordDocument, section: dict[str, Any]) -> None:
    """A section of its own, whose pages are counted from one."""
    page = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(page, landscape=section["landscape"])
    count = OxmlElement("w:pgNumType")
    count.set(qn("w:start"), "1")
    page._sectPr.append(count)
    it = section["appendix"]
    style_line(document.add_paragraph(), it["label"], bold=True)
    style_line(document.add_paragraph(), it["title"].upper(), bold=True)
    if it["reference"]:
        style_line(document.add_paragraph(), it["reference"], italic=True)
    style_line(document.add_paragraph(), "", size=6)
    _draw_all(document, section)


def _demo_line(document: WordDocument, words: str) -> None:
    for section in document.sections:
        for footer in (section.footer, section.first_page_footer):
            footer.is_linked_to_previous = False
            line = style_line(footer.paragraphs[0], words, size=9, italic=True, align=ALIGNS["right"])
            line.runs[0].font.color.rgb = RGBColor(110, 110, 110)
