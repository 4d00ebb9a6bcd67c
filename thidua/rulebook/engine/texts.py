"""The texts as they are written: instruments, provisions, tables, eras, transitions. Read once.

Refused with a place.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from thidua.rulebook.engine import told
from thidua.rulebook.engine.conditions import Group, Test
from thidua.rulebook.engine.nodes import read_test
from thidua.rulebook.engine.told import BadFile

FOLDER = Path(__file__).resolve().parent.parent / "texts"
SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOT_LAW = {"catalogue.yaml", "eras.yaml"}
SETTLED = {"text", "text-q"}
CONFIDENCES = {*SETTLED, "secondary", "memory", "derived", "unread"}
LAYERS = {"national": "toàn quốc", "province": "tỉnh", "ministry": "bộ, ngành", "convention": "quy ước"}
RECIPIENTS = ("ca_nhan", "tap_the", "ho_gia_dinh")


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """Văn bản: one legal instrument as far as it is entered."""

    code: str
    name: str
    layer: str
    starts: date
    ends: date | None
    source: str
    confidence: str
    tenant: str = ""
    doubts: tuple[Doubt, ...] = ()
    delegates: tuple[str, ...] = ()  # what it leaves to a province or ministry: kinds or topics


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """From a day on the instrument may no longer say what is entered."""

    starts: date
    ends: date | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Dated:
    """What holds in a term, with where it stands and how sure it is."""

    instrument: Instrument
    article: str
    starts: date
    ends: date | None
    confidence: str
    source: str
    note: str = ""

    @property
    def cited(self) -> str:
        """Where it stands: “Điều 22 khoản 1 Luật số 06/2022/QH15”."""
        return f"{self.article} {self.instrument.name}"

    def holds_on(self, on: date) -> bool:
        """In force on the day."""
        return self.starts <= on and (self.ends is None or on < self.ends)

    def doubt_on(self, on: date) -> str:
        """Why it cannot be relied on that day; nothing when it is settled."""
        if self.confidence not in SETTLED:
            return self.note or f"mức tin cậy “{self.confidence}”, phải đối chiếu văn bản"
        for doubt in self.instrument.doubts:
            if doubt.starts <= on and (doubt.ends is None or on < doubt.ends):
                return doubt.why
        return ""


@dataclass(frozen=True, kw_only=True)
class Provision(Dated):
    """Tiêu chuẩn, điều kiện: a test that subjects of some kinds must pass."""

    code: str
    kinds: tuple[str, ...]
    recipients: tuple[str, ...]
    test: Test

    def binds(self, kind: str, recipient: str) -> bool:
        """It is asked of this kind for this recipient."""
        return recipient in self.recipients and (kind in self.kinds or "*" in self.kinds)


@dataclass(frozen=True, kw_only=True)
class Row(Dated):
    """A row of a table: thresholds, dossiers, deadlines, multiples."""

    topic: str
    kinds: tuple[str, ...]
    says: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Era:
    """Thời kỳ: a stretch of days under one set of texts."""

    code: str
    name: str
    starts: date
    ends: date

    def holds_on(self, on: date) -> bool:
        """The day lies in it."""
        return self.starts <= on < self.ends


@dataclass(frozen=True, kw_only=True)
class Transition:
    """Chuyển tiếp: which day's law a dossier follows that was received earlier than it is decided."""

    code: str
    cited: str
    received_before: date | None
    year_before: int | None
    decided_from: date
    as_of: date | None  # None: the law of the decision day
    review: str
    says: str

    def reaches(self, received: date | None, year: int) -> bool:
        """A dossier received that day, or judged for that year, falls under it."""
        early = received is not None and self.received_before is not None and received < self.received_before
        return early or (self.year_before is not None and year < self.year_before)


@dataclass(frozen=True)
class Book:
    """All texts together."""

    instruments: tuple[Instrument, ...]
    provisions: tuple[Provision, ...]
    rows: tuple[Row, ...]
    eras: tuple[Era, ...]
    transitions: tuple[Transition, ...]
    aliases: Mapping[str, str]
    pages: Mapping[str, str]


@functools.cache
def book(folder: Path = FOLDER) -> Book:
    """The texts of a folder. Raises `BadFile` with the place of the first fault."""
    files = [
        (path.name, told.mapping(load(path), path.name))
        for path in sorted(folder.glob("*.yaml"))
        if path.name not in NOT_LAW
    ]
    instruments = _instruments(files)
    read = [_contents(instruments, name, values) for name, values in files]
    head = told.mapping(load(folder / "eras.yaml"), "eras.yaml")
    told.only(head, {"eras", "transitions", "aliases"}, "eras.yaml")
    return Book(
        instruments=tuple(instruments.values()),
        provisions=tuple(provision for one in read for provision in one[0]),
        rows=tuple(row for one in read for row in one[1]),
        eras=tuple(_era(told.mapping(one, "eras.yaml"), "eras.yaml") for one in head["eras"]),
        transitions=tuple(_transition(told.mapping(one, "eras.yaml")) for one in head["transitions"]),
        aliases={str(key): str(one) for key, one in head["aliases"].items()},
        pages={
            path.stem: path.read_text(encoding="utf-8").strip()
            for path in (folder / "giai-thich").glob("*.md")
        },
    )


def load(path: Path) -> Any:
    """A YAML file, or a refusal with the line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE)  # noqa: S506  # safe, in C where there is one
    except yaml.YAMLError as fault:
        raise BadFile(f"{path.name}: không đọc được YAML: {fault}") from None


HEAD = {"code", "name", "layer", "tenant", "from", "to", "source", "confidence", "doubts", "delegates"}


def _instruments(files: list[tuple[str, dict[str, Any]]]) -> dict[str, Instrument]:
    """The instruments by code; a long one may stand in several files, the others name it with `part_of`."""
    found: dict[str, Instrument] = {}
    for name, values in files:
        part = "part_of" in values
        told.only(values, {*({"part_of"} if part else HEAD), "provisions", "tables"}, name)
        if not part:
            made = _instrument(values, name)
            if made.code in found:
                raise BadFile(
                    f"{name}: mã văn bản “{made.code}” đã có ở tệp khác; ghi “part_of: {made.code}”."
                )
            found[made.code] = made
    return found


def _contents(
    instruments: Mapping[str, Instrument], name: str, values: dict[str, Any]
) -> tuple[list[Provision], list[Row]]:
    """The provisions and rows of a file."""
    code = told.one_of(values.get("part_of") or values.get("code"), instruments, f"{name}: part_of")
    provisions = [
        _provision(instruments[code], told.mapping(one, f"{name} quy định {at}"), f"{name} quy định {at}")
        for at, one in enumerate(values.get("provisions") or (), 1)
    ]
    rows = [
        _row(instruments[code], topic, told.mapping(one, f"{name} {topic} {at}"), f"{name} {topic} dòng {at}")
        for topic, lines in told.mapping(values.get("tables") or {}, name).items()
        for at, one in enumerate(told.listed(lines, f"{name} {topic}"), 1)
    ]
    return provisions, rows


def _instrument(values: dict[str, Any], place: str) -> Instrument:
    return Instrument(
        code=required(values, "code", place),
        name=required(values, "name", place),
        layer=told.one_of(required(values, "layer", place), LAYERS, f"{place}: layer"),
        tenant=told.words(values.get("tenant"), place),
        source=required(values, "source", place),
        confidence=told.one_of(required(values, "confidence", place), CONFIDENCES, f"{place}: confidence"),
        doubts=tuple(_doubt(told.mapping(one, place), place) for one in values.get("doubts") or ()),
        delegates=tuple(str(one) for one in values.get("delegates") or ()),
        **_term(values, place),
    )


def _doubt(values: dict[str, Any], place: str) -> Doubt:
    told.only(values, {"from", "to", "why"}, f"{place} doubts")
    return Doubt(why=required(values, "why", place), **_term(values, place))


def _term(values: Mapping[str, Any], place: str, instrument: Instrument | None = None) -> dict[str, Any]:
    """From its first day to the day after its last; without days of its own those of the instrument."""
    starts = told.day(values["from"], f"{place}: from") if "from" in values else None
    ends = told.day(values["to"], f"{place}: to") if values.get("to") else None
    if instrument is not None:
        starts, ends = starts or instrument.starts, ends or instrument.ends
    if starts is None:
        raise BadFile(f"{place}: thiếu “from”, ngày bắt đầu hiệu lực.")
    if ends is not None and ends <= starts:
        raise BadFile(f"{place}: “to” phải sau “from”.")
    return {"starts": starts, "ends": ends}


DATED = {"article", "clause", "point", "from", "to", "confidence", "source", "note"}


def _dated(instrument: Instrument, values: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The shared part of a provision and a row."""
    article = required(values, "article", place)
    article = article if article.startswith(("Điều", "Mẫu", "Phụ lục", "Mục")) else f"Điều {article}"
    for word, key in (("khoản", "clause"), ("điểm", "point")):
        article += f" {word} {values[key]}" if values.get(key) else ""
    return {
        "instrument": instrument,
        "article": article,
        "confidence": told.one_of(
            values.get("confidence", instrument.confidence), CONFIDENCES, f"{place}: confidence"
        ),
        "source": told.words(values.get("source"), place) or instrument.source,
        "note": told.words(values.get("note"), place),
        **_term(values, place, instrument),
    }


def _provision(instrument: Instrument, values: dict[str, Any], place: str) -> Provision:
    place = f"{place} ({values.get('code', '')})"
    shared = {"code", "kinds", "recipients", *DATED}
    return Provision(
        code=required(values, "code", place),
        kinds=tuple(str(one) for one in told.listed(values.get("kinds"), f"{place}: kinds")),
        recipients=tuple(
            told.one_of(one, RECIPIENTS, f"{place}: recipients")
            for one in told.listed(values.get("recipients", list(RECIPIENTS)), f"{place}: recipients")
        ),
        test=read_test(
            {key: one for key, one in values.items() if key not in shared or key == "code"}, place
        ),
        **_dated(instrument, values, place),
    )


def _row(instrument: Instrument, topic: str, values: dict[str, Any], place: str) -> Row:
    return Row(
        topic=topic,
        kinds=tuple(str(one) for one in values.get("kinds") or ("*",)),
        says=told.words(values.get("says"), place),
        values={key: one for key, one in values.items() if key not in {"kinds", "says", *DATED}},
        **_dated(instrument, values, place),
    )


def _era(values: dict[str, Any], place: str) -> Era:
    told.only(values, {"code", "name", "from", "to"}, place)
    return Era(
        code=required(values, "code", place), name=required(values, "name", place), **_term(values, place)
    )


def _transition(values: dict[str, Any]) -> Transition:
    place = "eras.yaml transitions"
    known = {
        "code",
        "cited",
        "received_before",
        "year_before",
        "decided_from",
        "as_of",
        "review",
        "says",
    }
    told.only(values, known, place)
    days = {
        key: told.day(values[key], f"{place}: {key}") if values.get(key) else None
        for key in ("received_before", "as_of")
    }
    return Transition(
        code=required(values, "code", place),
        cited=required(values, "cited", place),
        year_before=values.get("year_before"),
        decided_from=told.day(values["decided_from"], place),
        review=told.words(values.get("review"), place),
        says=required(values, "says", place),
        **days,
    )


def required(values: Mapping[str, Any], key: str, place: str) -> str:
    """A text that must stand there."""
    found = told.words(values.get(key), f"{place}: {key}")
    if not found:
        raise BadFile(f"{place}: thiếu “{key}”.")
    return found


__all__ = ["Book", "Dated", "Era", "Group", "Instrument", "Provision", "Row", "Transition", "book"]
