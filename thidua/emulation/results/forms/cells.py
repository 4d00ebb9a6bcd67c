"""Cells of a table of values as they are posted: `r-7-3` is the result of unit 7 for indicator 3.

`t-` is its target, `n-` its note, `c-` what the owner department says of it; `seen-r-7-3` the version the
page showed. A script sends the cells that changed, a plain form all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django import forms

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Indicator
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.results.actions import Entry, Kind
from thidua.emulation.results.models import Origin
from thidua.emulation.results.wording import Unfit, read_said

NAME = re.compile(r"([trnc])-(\d{1,18})-(\d{1,18})")
LETTERS = {Kind.TARGET: "t", Kind.RESULT: "r", Kind.CONFIRMED: "c"}
VERSION = re.compile(r"\d{1,9}")
LONGEST_NOTE = 500


@dataclass
class Typed:
    """What was typed: sound values, and by cell's name what is not taken and why."""

    entries: list[Entry] = field(default_factory=list)
    faults: dict[str, Unfit] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def cell_name(kind: Kind, unit: int, indicator: int) -> str:
    """The field of a value."""
    return f"{LETTERS[kind]}-{unit}-{indicator}"


def read_typed(posted: Mapping[str, str], indicators: Iterable[Indicator], by: Actor) -> Typed:
    """Read every cell; one that is no cell, or of an indicator not in force, is passed over."""
    known = {indicator.pk: indicator for indicator in indicators}
    typed = Typed()
    results: dict[tuple[int, int], Entry] = {}
    for name, text in posted.items():
        found = NAME.fullmatch(name)
        if found is None or int(found[3]) not in known:
            continue
        typed.texts[name] = text
        unit, indicator = int(found[2]), known[int(found[3])]
        if found[1] == "n":
            _read_note(name, text, unit, indicator, posted, typed, results)
        else:
            _read_value(name, text, unit, indicator, posted, typed, results, by)
    typed.entries += results.values()
    return typed


def _read_value(
    name: str,
    text: str,
    unit: int,
    indicator: Indicator,
    posted: Mapping[str, str],
    typed: Typed,
    results: dict[tuple[int, int], Entry],
    by: Actor,
) -> None:
    try:
        said = read_said(text, indicator)
    except Unfit as fault:
        typed.faults[name] = fault
        return
    if name.startswith("c"):
        seen = _seen(posted, name)
        typed.entries.append(
            Entry(kind=Kind.CONFIRMED, unit=unit, indicator=indicator.pk, seen=seen, said=said)
        )
        return
    if name.startswith("t"):
        origin = Origin.OWN if by.holds(*MEMBER_KINDS, unit=unit) else Origin.PLAN
        typed.entries.append(
            Entry(
                kind=Kind.TARGET,
                unit=unit,
                indicator=indicator.pk,
                seen=_seen(posted, name),
                said=said,
                origin=origin,
            )
        )
        return
    place = (unit, indicator.pk)
    entry = results.get(place) or _blank(place, posted)
    results[place] = replace(entry, said=said)


def _read_note(
    name: str,
    text: str,
    unit: int,
    indicator: Indicator,
    posted: Mapping[str, str],
    typed: Typed,
    results: dict[tuple[int, int], Entry],
) -> None:
    if len(text) > LONGEST_NOTE:
        typed.faults[name] = Unfit(f"Ghi chú dài quá {LONGEST_NOTE} chữ. Anh/chị rút gọn lại.")
        return
    place = (unit, indicator.pk)
    entry = results.get(place) or _blank(place, posted)
    results[place] = replace(entry, note=text.strip())


def _blank(place: tuple[int, int], posted: Mapping[str, str]) -> Entry:
    unit, indicator = place
    seen = _seen(posted, cell_name(Kind.RESULT, unit, indicator))
    return Entry(kind=Kind.RESULT, unit=unit, indicator=indicator, seen=seen)


def _seen(posted: Mapping[str, str], name: str) -> int:
    told = posted.get(f"seen-{name}", "0")
    return int(told) if VERSION.fullmatch(told) else 0


class SourceForm(forms.Form):
    """Where a result is from, and the file that shows it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    source = forms.CharField(
        label="Nguồn số liệu",
        max_length=200,
        required=False,
        help_text="Ví dụ: Cục Thống kê, báo cáo tháng 6.",
    )
    note = forms.CharField(label="Ghi chú", max_length=LONGEST_NOTE, required=False)
    upload = forms.FileField(label="Minh chứng", required=False, help_text="PDF, Word, Excel hoặc ảnh.")
