"""Print a paper from its JSON: python -m thidua.documents.engine paper.json paper.pdf (or paper.docx)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from thidua.documents.engine import from_json, render_docx, render_pdf


def main(source: Path, target: Path) -> None:
    """Write the paper in `source` as the kind of file that the name of `target` says."""
    paper = from_json(json.loads(source.read_text("utf-8")))
    target.write_bytes(render_docx(paper) if target.suffix == ".docx" else render_pdf(paper))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
