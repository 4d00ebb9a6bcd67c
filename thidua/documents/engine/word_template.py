"""The Word template: page, styles, and boxes 1–5 and 9a of Decree 30/2020 Annex I with Jinja marks.

Built once from these lines, so that what the template says can be read and reviewed.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
CENTER = WD_ALIGN_PARAGRAPH.CENTER
LETTERHEAD = (66, 99)  # millimetres, left and right


@functools.lru_cache(maxsize=1)
def template() -> bytes:
    """The template as a .docx file."""
    document = Document()
    _set_styles(document)
    set_page(document.sections[0])
    _letterhead(document)
    _title(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def set_page(section: Section, *, landscape: bool = False) -> None:
    """A4 with the Decree's margins; page numbers in the top margin from the second page on."""
    across, down = (297, 210) if landscape else (210, 297)
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    header = section.header.paragraphs[0]
    header.alignment = CENTER
    header.paragraph_format.first_line_indent = Cm(0)
    _add_page_number(header)


def _add_page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def _set_styles(document: WordDocument) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.line_spacing = 1.1


def bare_table(document: WordDocument, widths: tuple[float, ...], rows: int = 1) -> Table:
    """A table without rules, its columns `widths` millimetres wide."""
    table: Table = document.add_table(rows=rows, cols=len(widths))
    set_widths(table, widths)
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    return table


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Fix the columns in millimetres: programs disagree whether cells or columns decide, so both say it."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def set_margins(table: Table, width: float) -> None:
    """Leave so many millimetres beside the words of every cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(Mm(width).twips)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def put(
    cell: _Cell,
    words: str,
    *,
    size: float = 13,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTER,
    first: bool = False,
) -> Paragraph:
    """One line in a cell; `first` uses the paragraph that is already there."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    return style_line(paragraph, words, size=size, bold=bold, italic=italic, align=align)


def style_line(
    paragraph: Paragraph,
    words: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = CENTER,
) -> Paragraph:
    """Write words into a paragraph in one style, without space after it."""
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1
    return paragraph


def rule_under(paragraph: Paragraph, *, indent: float) -> None:
    """A rule under a short paragraph, drawn in by `indent` millimetres on both sides."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    paragraph.paragraph_format.line_spacing = Pt(4)


def _letterhead(document: WordDocument) -> None:
    left, right = bare_table(document, LETTERHEAD).rows[0].cells
    put(left, "{%p if parent %}", first=True)
    put(left, "{{ parent }}")
    put(left, "{%p endif %}")
    put(left, "{{ issuer }}", bold=True)
    rule_under(put(left, "", size=2), indent=20)
    put(right, "{{ nation }}", size=12.5, bold=True, first=True)
    put(right, "{{ motto }}", size=13.5, bold=True)
    rule_under(put(right, "", size=2), indent=23)
    left, right = bare_table(document, LETTERHEAD).rows[0].cells
    put(left, "{{ number }}", first=True).paragraph_format.space_before = Pt(4)
    put(left, "{%p if kind == 'CV' %}")
    put(left, "V/v {{ subject }}", size=12)
    put(left, "{%p endif %}")
    put(right, "{{ date }}", size=13.5, italic=True, first=True).paragraph_format.space_before = Pt(4)


def _title(document: WordDocument) -> None:
    add = document.add_paragraph
    style_line(add(), "{%p if kind != 'CV' %}")
    style_line(add(), "{{ title }}", bold=True).paragraph_format.space_before = Pt(14)
    style_line(add(), "{%p if subject %}")
    style_line(add(), "{{ subject }}", bold=True)
    rule_under(style_line(add(), "", size=2), indent=55)
    style_line(add(), "{%p endif %}")
    style_line(add(), "{%p endif %}")
    style_line(add(), "{%p if reference %}")
    style_line(add(), "{{ reference }}", italic=True)
    style_line(add(), "{%p endif %}")
    style_line(add(), "{%p if to|length == 1 %}")
    style_line(add(), "{{ to_label }} {{ to[0] }}").paragraph_format.space_before = Pt(8)
    style_line(add(), "{%p elif to %}")
    label = style_line(add(), "{{ to_label }}", align=None)
    label.paragraph_format.left_indent, label.paragraph_format.space_before = Mm(40), Pt(8)
    style_line(add(), "{%p for line in to %}")
    style_line(add(), "{{ line }}", align=None).paragraph_format.left_indent = Mm(58)
    style_line(add(), "{%p endfor %}")
    style_line(add(), "{%p endif %}")
    style_line(add(), "", size=6)
