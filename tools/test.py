"""Run pytest on a server of its own, apart from the demonstration's data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """The words after the command go to pytest."""
    os.environ.setdefault("VAR_DIR", str(ROOT / "var" / "test"))
    return int(pytest.main(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
