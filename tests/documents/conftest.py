from __future__ import annotations

import os
from pathlib import Path

import pytest

from thidua.documents.engine.pdf import BUILT_FONTS


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The folder of the papers' font; without it nothing can be printed and the test says so."""
    folder = Path(os.environ.get("PAPER_FONTS") or BUILT_FONTS)
    assert (folder / "Tinos_400Regular.ttf").exists(), (
        "Phông chữ Tinos chưa được dựng: chạy bước dựng giao diện."
    )
    return folder
