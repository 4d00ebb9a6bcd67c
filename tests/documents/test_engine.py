"""The engine: what a paper says, and what it looks like as PDF and Word."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.documents import samples
from thidua.documents.engine import (
    Appendix,
    Bullets,
    Column,
    Heading,
    PaperText,
    Paragraph,
    SignBlock,
    Table,
    digest,
    from_json,
    number_text,
    render_docx,
    render_pdf,
    to_json,
)
from thidua.documents.engine.json_form import cleaned
from thidua.documents.engine.layout import laid_out

NASTY = '#eval("x") $1^2$ *đậm* _x_ @ai <nhãn> </w:t> & "nháy" \'đơn\' \\ // {{ 7*7 }} {% if %}'


def words_of(pdf: bytes) -> str:
    """All words of a PDF on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def words_of_docx(content: bytes) -> str:
    """All words of a Word file, tables too."""
    root = Document(io.BytesIO(content)).element
    return " ".join("".join(text.text or "" for text in p.iter(TEXT)) for p in root.iter(PARAGRAPH))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT, PARAGRAPH = f"{W}t", f"{W}p"


@pytest.mark.parametrize("name", samples.ALL)
def test_every_kind_of_paper_prints_as_pdf_with_our_font_only(name: str, fonts: Path) -> None:
    pdf = PdfReader(io.BytesIO(render_pdf(samples.ALL[name])))

    page = pdf.pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    used = {str(font["/BaseFont"]) for page in pdf.pages for font in _fonts_of(page)}
    assert used
    assert all("Tinos" in font for font in used)


def _fonts_of(page: object) -> list[dict[str, object]]:
    fonts = page["/Resources"].get("/Font", {})  # type: ignore[index]
    return [font.get_object() for font in fonts.values()]


@pytest.mark.parametrize("name", samples.ALL)
def test_every_kind_of_paper_opens_in_word(name: str) -> None:
    made = render_docx(samples.ALL[name])

    document = Document(io.BytesIO(made))
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert round(document.sections[0].left_margin.mm) == 30
    text = words_of_docx(made)
    assert "{{" not in text
    assert "{%" not in text


def test_a_letter_has_the_parts_of_the_decree(fonts: Path) -> None:
    numbered = replace(samples.LETTER, number="05/TTr-KTĐ", dated=date(2020, 2, 5))
    for words in (words_of(render_pdf(numbered)), words_of_docx(render_docx(numbered))):
        for part in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "UBND TỈNH MẪU",
            "Số: 05/TTr-KTĐ",
            "Mẫu, ngày 05 tháng 02 năm 2020",
            "TỜ TRÌNH",
            "Kính gửi: Hội đồng Thi đua – Khen thưởng tỉnh Mẫu",
            "Căn cứ Luật Thi đua, khen thưởng.",
            "I. KẾT QUẢ",
            "trân trọng trình./.",
            "TM. KHỐI THI ĐUA",
            "KHỐI TRƯỞNG",
            "Phạm Văn Hải",
            "- Như trên;",
            "- Lưu: VT.",
            "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
            "Sở Y tế",
        ):
            assert part in words


def test_a_draft_leaves_number_and_date_blank() -> None:
    told = laid_out(samples.LETTER)
    assert told["number"].split() == ["Số:", "/TTr-KTĐ"]
    assert told["date"].split() == ["Mẫu,", "ngày", "tháng", "năm"]


def test_minutes_have_no_date_line_and_the_secretary_signs_on_the_left() -> None:
    told = laid_out(samples.MINUTES)
    assert told["date"] == ""
    assert [signer["name"] for signer in told["secretaries"]] == ["Lê Văn Bình"]
    assert [signer["name"] for signer in told["chairs"]] == ["Phạm Văn Hải"]


@pytest.mark.parametrize(
    ("number", "kind", "symbol", "said"),
    [
        (5, "TTr", "KTĐ", "05/TTr-KTĐ"),
        (311, "KH", "UBND", "311/KH-UBND"),
        (12, "CV", "UBND-VX", "12/UBND-VX"),
        (1, "QĐ", "HĐTĐKT", "01/QĐ-HĐTĐKT"),
    ],
)
def test_symbols_as_the_decree_writes_them(number: int, kind: str, symbol: str, said: str) -> None:
    assert number_text(number, kind, symbol) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2020, 2, 5), "ngày 05 tháng 02 năm 2020"),
        (date(2020, 3, 12), "ngày 12 tháng 3 năm 2020"),
        (date(2019, 12, 9), "ngày 09 tháng 12 năm 2019"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(day: date, said: str) -> None:
    assert laid_out(replace(samples.LETTER, dated=day))["date"] == f"Mẫu, {said}"


def test_what_people_type_is_printed_and_never_run(fonts: Path) -> None:
    paper = PaperText(
        kind="BC",
        title="Báo cáo",
        subject=NASTY,
        issuer=(NASTY, NASTY),
        place=NASTY,
        to=[NASTY],
        bases=[NASTY],
        body=[
            Heading(2, NASTY),
            Paragraph(NASTY, lead=NASTY),
            Bullets([NASTY]),
            Table([Column(NASTY)], [[NASTY]]),
            Paragraph("Hết."),
        ],
        signers=[SignBlock(NASTY, NASTY, NASTY)],
        recipients=[NASTY],
    )
    plain = NASTY.replace(" ", "")
    in_pdf = words_of(render_pdf(paper)).replace(" ", "")
    in_word = words_of_docx(render_docx(paper)).replace(" ", "")
    assert in_pdf.count(plain) >= 9
    assert in_word.count(plain) >= 9
    assert "49" not in in_pdf + in_word


def test_control_characters_and_split_letters_are_mended(fonts: Path) -> None:
    paper = PaperText("BC", "Báo cáo", "Ho\u0302\u0323i\x00\x0b nghi\u0323\u202e", body=[Paragraph("a\x07b")])
    assert laid_out(paper)["subject"] == "Hội nghị"
    assert "Hội nghị" in words_of_docx(render_docx(paper))
    assert "ab./." in words_of(render_pdf(paper))


@pytest.mark.parametrize(("count", "per_sheet", "sheets"), [(11, 2, 6), (11, 4, 3), (8, 4, 2), (1, 1, 1)])
def test_as_many_ballots_as_asked_all_alike(count: int, per_sheet: int, sheets: int, fonts: Path) -> None:
    pdf = render_pdf(samples.ballots(count, per_sheet))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == sheets
    assert words_of(pdf).count("PHIẾU SUY TÔN") == count
    assert words_of(pdf).count("Sở Y tế") == count


def test_a_long_ballot_still_fits_its_part_of_the_sheet(fonts: Path) -> None:
    paper = samples.ballots(4, 4)
    block = replace(paper.body[0], options=tuple(f"Đơn vị thứ {n}" for n in range(1, 26)))  # type: ignore[type-var]
    pdf = render_pdf(replace(paper, body=(block,)))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert words_of(pdf).count("Đơn vị thứ 25") == 4


def test_pages_are_numbered_from_the_second_and_appendices_on_their_own(fonts: Path) -> None:
    long = replace(samples.LETTER, body=(*[Paragraph("Dài " * 90)] * 12, *samples.LETTER.body))
    pages = [page.extract_text().split() for page in PdfReader(io.BytesIO(render_pdf(long))).pages]
    assert pages[0][0] != "1"
    assert pages[1][0] == "2"
    assert pages[-1][0] == "Phụ"  # the first page of the appendix carries no number


def test_a_table_repeats_its_head_on_every_page(fonts: Path) -> None:
    rows = [[str(n), "Sở Y tế", "1"] for n in range(120)]
    paper = replace(samples.ROLL, body=(replace(samples.LIST, rows=rows, total_row=False),))
    pdf = render_pdf(paper)
    assert words_of(pdf).count("Số phiếu") == len(PdfReader(io.BytesIO(pdf)).pages) == 4
    table = Document(io.BytesIO(render_docx(paper))).tables[2]
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_the_demonstration_says_so_and_real_papers_do_not(fonts: Path) -> None:
    assert "Số liệu minh họa" in words_of(render_pdf(samples.COVENANT))
    assert "Số liệu minh họa" not in words_of(render_pdf(samples.LETTER))
    with zipfile.ZipFile(io.BytesIO(render_docx(samples.COVENANT))) as parts:
        feet = [parts.read(name).decode() for name in parts.namelist() if "footer" in name]
    assert any("Số liệu minh họa" in foot for foot in feet)


def test_a_row_of_a_table_has_all_columns() -> None:
    with pytest.raises(ValueError, match="đủ các cột"):
        Table([Column("Một"), Column("Hai")], [["chỉ một"]])


words = st.text(max_size=30).map(cleaned)
lines = st.lists(words, max_size=3).map(tuple)
body = st.lists(
    st.one_of(
        st.builds(Paragraph, words, bold=st.booleans(), lead=words),
        st.builds(Heading, st.integers(0, 3), words),
        st.builds(Bullets, lines),
        words.map(lambda cell: Table((Column(cell, 2.5, "right"),), ((cell,), (cell,)))),
        st.sampled_from(
            [block for paper in samples.ALL.values() for block in paper.body if block != samples.LIST]
        ),
    ),
    max_size=5,
).map(tuple)
papers = st.builds(
    PaperText,
    kind=st.sampled_from(["BC", "BB", "GU", ""]),
    title=words,
    subject=words,
    issuer=st.tuples(words, words),
    number=st.none() | words,
    place=words,
    dated=st.none() | st.dates(),
    to=lines,
    bases=lines,
    body=body,
    signers=st.lists(st.builds(SignBlock, words, words, words, words), max_size=3).map(tuple),
    recipients=lines,
    demo=st.booleans(),
)


@given(papers)
def test_a_paper_comes_back_from_json_word_for_word(paper: PaperText) -> None:
    assert from_json(json.loads(json.dumps(to_json(paper)))) == paper
    assert digest(from_json(to_json(paper))) == digest(paper)


@given(papers)
@settings(max_examples=25, deadline=None)
def test_whatever_is_written_can_be_printed(fonts: Path, paper: PaperText) -> None:
    assert render_pdf(paper).startswith(b"%PDF")
    assert render_docx(paper).startswith(b"PK")


def test_other_words_have_another_digest() -> None:
    assert digest(samples.LETTER) != digest(replace(samples.LETTER, subject="Khác"))


def test_a_kept_paper_is_printed_again_from_its_json(fonts: Path, tmp_path: Path) -> None:
    kept = tmp_path / "paper.json"
    kept.write_text(json.dumps(to_json(samples.LETTER)), "utf-8")
    for name, begins in (("paper.pdf", b"%PDF"), ("paper.docx", b"PK")):
        command = [sys.executable, "-m", "thidua.documents.engine", str(kept), str(tmp_path / name)]
        subprocess.run(command, check=True)
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_wide_papers_and_appendices_lie_on_their_side(fonts: Path) -> None:
    wide = replace(samples.LETTER, body=(Appendix("Phụ lục", "Bảng", landscape=True), samples.LIST))
    pages = PdfReader(io.BytesIO(render_pdf(wide))).pages
    assert [page.mediabox[2] > page.mediabox[3] for page in pages] == [False, True]
    sections = Document(io.BytesIO(render_docx(wide))).sections
    assert [part.page_width > part.page_height for part in sections] == [False, True]


def test_the_engine_needs_no_django() -> None:
    code = "import sys, thidua.documents.engine; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
