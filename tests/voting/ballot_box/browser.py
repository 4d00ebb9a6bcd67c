"""The browser's code under Node, asked in a batch: one process answers any number of questions."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from thidua.voting.ballot_box.group import Draw
from thidua.voting.ballot_box.hashing import u32
from thidua.voting.ballot_box.package import Package
from tools.front import NODE

SCRIPT = Path(__file__).with_name("answer.mjs")


def ask_all(questions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers in order."""
    lines = "\n".join(json.dumps(question) for question in questions)
    command = [str(NODE / "bin" / "node"), str(SCRIPT)]
    told = subprocess.run(command, check=True, input=lines, capture_output=True, text=True)
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    broken = [answer["stack"] for answer in answers if "stack" in answer]
    assert not broken, broken[0]
    return answers


def ask(name: str, **told: Any) -> dict[str, Any]:
    """One answer."""
    return ask_all([{"ask": name, **told}])[0]


def of_package(package: Package, **more: Any) -> dict[str, Any]:
    """The question what the second verifier says of a package."""
    carried = {} if package.minutes is None else {"minutes": package.minutes.hex()}
    told = {"manifest": package.manifest.hex(), "board": package.board.hex()}
    return {"ask": "verify", **told, **carried, **more}


def stream(seed: bytes) -> Draw:
    """The random bytes of the test vectors: SHA-256(seed ‖ u32 0) ‖ SHA-256(seed ‖ u32 1) ‖ …"""
    kept, number = b"", 0

    def draw(size: int) -> bytes:
        nonlocal kept, number
        while len(kept) < size:
            kept += hashlib.sha256(seed + u32(number)).digest()
            number += 1
        given, kept = kept[:size], kept[size:]
        return given

    return draw
