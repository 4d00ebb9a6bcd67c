"""LibreOffice without a window: how long it takes to open a workbook, compute it and write it out again."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

SETTING = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""
ALWAYS, NEVER = 0, 1


def available() -> bool:
    """Debian's libreoffice-calc is installed."""
    return shutil.which("soffice") is not None


def profile(folder: Path, mode: int) -> Path:
    """A profile of its own that computes opened workbooks anew always or never."""
    own = folder / f"profile-{mode}"
    (own / "user").mkdir(parents=True, exist_ok=True)
    (own / "user" / "registrymodifications.xcu").write_text(SETTING.format(mode=mode))
    return own


def convert(book: Path, folder: Path, mode: int) -> float:
    """Seconds until the workbook is written out as .ods; a first run fills the profile and is not counted."""
    own = profile(folder, mode)
    words = [
        "soffice",
        f"-env:UserInstallation=file://{own}",
        "--headless",
        "--norestore",
        "--convert-to",
        "ods",
        "--outdir",
        str(folder / f"out-{mode}"),
        str(book),
    ]
    began = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True, timeout=600)
    return time.perf_counter() - began
