"""Why something is not accepted, by the code of the specification's check."""

from __future__ import annotations

CODES = tuple(f"V{number:02d}" for number in range(1, 21))


class Refusal(ValueError):
    """Không nhận: the code of the check that failed (section 10) and a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
