"""Kết luận: the answer as a tree of reasons, all in words, so that a stored one prints the same for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.rulebook.engine import told
from thidua.rulebook.engine.outcomes import CODES, OUTCOME_WORDS, SIGNS

FORMAT = "ket-luan-1"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Lý do: one test of one provision, or a group of them."""

    code: str
    status: str  # pass, unknown, needs_review, not_yet, excluded
    says: str  # what the law asks
    article: str = ""
    found: str = ""  # what the facts show
    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    earliest: int | None = None  # the first year in which it can be met
    reading: str = ""  # what would come out without the doubt
    doubt: str = ""
    group: str = ""  # "all" or "any" when it has parts
    margin: int | None = None  # how far above the threshold; 0 is on the edge
    parts: tuple[Reason, ...] = ()

    def walk(self) -> Iterator[Reason]:
        """It and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def as_data(self) -> dict[str, Any]:
        """As JSON: what is empty is left out."""
        values = {key: getattr(self, key) for key in self.__dataclass_fields__ if key != "parts"}
        told_values = {key: list(one) if isinstance(one, tuple) else one for key, one in values.items()}
        data = {key: one for key, one in told_values.items() if one not in ("", [], None)}
        return data | ({"parts": [part.as_data() for part in self.parts]} if self.parts else {})

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Reason:
        """A stored one."""
        lists: dict[str, Any] = {key: tuple(data.get(key, ())) for key in ("counted", "missing")}
        parts = tuple(cls.from_data(part) for part in data.get("parts", ()))
        plain = {key: one for key, one in data.items() if key not in {"counted", "missing", "parts"}}
        return cls(**plain, **lists, parts=parts)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Kết luận về một danh hiệu hay hình thức cho một đối tượng, trong một năm xét.

    Theo luật của một ngày.
    """

    kind: str
    kind_name: str
    subject: str
    recipient: str
    on: date  # the day of decision asked for
    followed: date  # the day whose law was followed
    year: int
    era: str
    era_name: str
    outcome: str  # eligible, not_yet, excluded, needs_review
    reading: str  # the outcome if what is in doubt were settled as entered
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    earliest: int | None = None
    to_judge: tuple[str, ...] = ()  # what those who vote weigh; nothing was stated against it
    notes: tuple[str, ...] = ()
    facts_digest: str = ""
    texts_digest: str = ""

    @property
    def is_eligible(self) -> bool:
        """Đủ điều kiện."""
        return self.outcome == "eligible"

    @property
    def blocking(self) -> tuple[Reason, ...]:
        """The reasons that stand in the way."""
        return tuple(one for one in self.reasons if one.status != "pass")

    def as_data(self) -> dict[str, Any]:
        """As JSON, complete in itself: printing needs no text of the law."""
        data = {key: getattr(self, key) for key in self.__dataclass_fields__ if key != "reasons"}
        for key in ("on", "followed"):
            data[key] = data[key].isoformat()
        data = {key: list(one) if isinstance(one, tuple) else one for key, one in data.items()}
        return {"format": FORMAT, **data, "reasons": [one.as_data() for one in self.reasons]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Verdict:
        """A stored one. Raises `BadFile` for another format."""
        if data.get("format") != FORMAT:
            raise told.BadFile(f"format: phải là “{FORMAT}”, đang là “{data.get('format')}”.")
        plain = {key: one for key, one in data.items() if key not in {"format", "reasons"}}
        for key in ("on", "followed"):
            plain[key] = date.fromisoformat(plain[key])
        for key in ("missing", "to_judge", "notes"):
            plain[key] = tuple(plain[key])
        return cls(**plain, reasons=tuple(Reason.from_data(one) for one in data["reasons"]))

    def as_json(self) -> str:
        """The stored text."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1)

    def lines(self) -> list[str]:
        """The verdict as an officer reads it."""
        who = f"{self.subject}: " if self.subject else ""
        day = f"{self.on:%d/%m/%Y}"
        what = f"{self.kind_name} ({self.kind}), năm xét {self.year}, ngày {day}"
        head = f"{who}{what}: {OUTCOME_WORDS[self.outcome]}"
        lines = [head, f"Theo {self.era_name}" if self.era_name else "Không có văn bản cho ngày này"]
        if self.reading != self.outcome:
            lines.append(f"Nếu quy định đúng như đang ghi: {OUTCOME_WORDS[self.reading]}")
        lines += [f"Lưu ý: {note}" for note in self.notes]
        for reason in self.reasons:
            lines += lines_of(reason, 0)
        if self.missing:
            lines.append(f"Còn thiếu thông tin: {'; '.join(self.missing)}")
        if self.to_judge:
            lines.append(f"Do bình xét quyết định: {'; '.join(self.to_judge)}")
        if self.earliest is not None and self.outcome != "eligible":
            lines.append(f"Sớm nhất có thể đạt: năm {self.earliest}")
        return lines


def lines_of(reason: Reason, depth: int) -> list[str]:
    """A reason and what is below it, one line each."""
    sign = SIGNS[CODES.index(reason.status)]
    middle = {"any": " (một trong các điều sau)", "all": ""}.get(reason.group, "")
    line = f"{'  ' * depth}- [{sign}] {reason.says}{middle}"
    line += f": {reason.found}" if reason.found else ""
    line += f" ({reason.article})" if reason.article else ""
    line += f" – cần kiểm tra: {reason.doubt}" if reason.doubt and reason.status == "needs_review" else ""
    return [line, *(one for part in reason.parts for one in lines_of(part, depth + 1))]
