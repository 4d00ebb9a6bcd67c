"""PDF by typst. Words reach the template as data, never as typst code."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path

import typst

from thidua.documents.engine.layout import laid_out
from thidua.documents.engine.text import PaperText

TEMPLATES = Path(__file__).parent / "templates"
BUILT_FONTS = Path(__file__).parents[2] / "base/ui/static/dist/papers"  # put there by the front-end build


class FontsMissing(RuntimeError):
    """The papers' font (Tinos, the free twin of Times New Roman) is not where it should be."""


def render_pdf(paper: PaperText) -> bytes:
    """The paper as PDF. Raises FontsMissing when the front end was not built and PAPER_FONTS is not set."""
    template = "ballot.typ" if paper.kind == "PB" else "paper.typ"
    made = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(os.environ.get("PAPER_FONTS") or str(BUILT_FONTS)),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(laid_out(paper), ensure_ascii=False)},
    )
    if not isinstance(made, bytes):  # pragma: no cover  only pictures come in parts
        raise TypeError(type(made))
    return made


@functools.lru_cache(maxsize=4)
def _fonts(folder: str) -> typst.Fonts:
    """The fonts of a folder and no others: a paper looks alike on every machine."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    if "Tinos" not in fonts.families():
        raise FontsMissing(f"Không có phông chữ Tinos trong {folder}. Hãy chạy lại bước dựng giao diện.")
    return fonts
