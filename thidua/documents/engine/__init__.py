"""A paper's words become a file: `PaperText` in, PDF (`render_pdf`) or Word (`render_docx`) out.

Plain Python: it knows neither Django nor what a cluster is. Layout is that of Decree 30/2020/NĐ-CP,
Annex I and III. `python -m thidua.documents.engine paper.json paper.pdf` prints a paper from its JSON.
"""

from thidua.documents.engine.blocks import (
    Appendix,
    Article,
    Ballot,
    Block,
    Bullets,
    Chapter,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    QrCode,
    SignatureGrid,
    Table,
)
from thidua.documents.engine.json_form import digest, from_json, to_json
from thidua.documents.engine.pdf import FontsMissing, render_pdf
from thidua.documents.engine.text import PaperText, SignBlock, number_text
from thidua.documents.engine.word import render_docx

__all__ = [
    "Appendix",
    "Article",
    "Ballot",
    "Block",
    "Bullets",
    "Chapter",
    "Column",
    "FontsMissing",
    "Heading",
    "PageBreak",
    "PaperText",
    "Paragraph",
    "QrCode",
    "SignBlock",
    "SignatureGrid",
    "Table",
    "digest",
    "from_json",
    "number_text",
    "render_docx",
    "render_pdf",
    "to_json",
]
