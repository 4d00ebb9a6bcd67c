"""What a sheet asks for a criterion: one field or several, as its rule needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from thidua.base.ui.forms import NumberField
from thidua.emulation.scoring.actions import MarkText
from thidua.emulation.scoring.actions.marks import field_of
from thidua.emulation.scoring.engine import NOT_ASSIGNED, Extra
from thidua.emulation.scoring.engine import Criterion as Leaf
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Matrix, PassFail
from thidua.emulation.scoring.engine.shares import Honours, Percent, Registered
from thidua.emulation.scoring.models import Criterion, CriterionKind
from thidua.emulation.scoring.rows import AWAY
from thidua.rulebook.catalogue import name_of

PASS_FAIL = (("", "–"), ("đạt", "Đạt"), ("không đạt", "Không đạt"))


class ResultField(NumberField):
    """A result typed as a number and kept as text, without idle noughts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"places": 4, "required": False, **kwargs})

    def clean(self, value: Any) -> Any:
        """The number as plain text; empty for none."""
        number = super().clean(value)
        return "" if number is None else f"{Decimal(number):f}"

    def prepare_value(self, value: Any) -> Any:
        """As it would be typed: “5,75”."""
        return value.replace(".", ",") if isinstance(value, str) else value


@dataclass(frozen=True)
class Ask:
    """The fields of one value: the criterion's own, or a bonus's or deduction's."""

    name: str
    rule: Any
    title: str = ""
    waivable: bool = False
    is_extra: bool = False
    may_be_away: bool = False

    def fields(self) -> Iterator[tuple[str, forms.Field]]:
        """Every field with its name; the first carries the name itself, a tick “Không giao” comes last."""
        yield from self._own_fields()
        if self.waivable:
            yield f"{self.name}_waived", forms.BooleanField(label="Tự phát hiện", required=False)
        if self.may_be_away:
            yield f"{self.name}{AWAY}", forms.BooleanField(label="Không giao", required=False)

    def _own_fields(self) -> Iterator[tuple[str, forms.Field]]:
        match self.rule:
            case PassFail():
                yield self.name, forms.ChoiceField(label=self.title, choices=PASS_FAIL, required=False)
            case Relative() | Percent():
                yield self.name, ResultField(label="Kết quả")
                yield f"{self.name}_target", ResultField(label="Chỉ tiêu")
            case Matrix():
                yield self.name, ResultField(label=self.rule.row)
                yield f"{self.name}_column", ResultField(label=self.rule.column)
            case Registered():
                yield from self._registered()
            case Honours():
                choices = [(code, name_of(code)) for code in self.rule.awards]
                widget = forms.CheckboxSelectMultiple
                yield (
                    self.name,
                    forms.MultipleChoiceField(
                        label=self.title, choices=choices, widget=widget, required=False
                    ),
                )
            case _:
                yield self.name, ResultField(label=self.title)

    def _registered(self) -> Iterator[tuple[str, forms.Field]]:
        for n in range(self.rule.count):
            name = self.name if n == 0 else f"{self.name}_{n}"
            yield name, ResultField(label=f"{n + 1}. Kết quả")
            yield f"{name}_target", ResultField(label="Chỉ tiêu")
            if self.rule.bonus:
                yield f"{name}_bonus", ResultField(label="Thưởng")

    def value(self, data: Mapping[str, Any]) -> Any:
        """What was filed, as the action takes it; None when nothing was."""
        given = data.get(self.name)
        match self.rule:
            case Relative() | Percent():
                return self._share(data)
            case Matrix():
                pair = {self.rule.row: given, self.rule.column: data.get(f"{self.name}_column")}
                return pair if any(pair.values()) else None
            case Registered():
                lines = [self._line(data, n) for n in range(self.rule.count)]
                return lines if any(lines) else None
            case Honours():
                return list(given) if given else ([] if self.is_extra else None)
        if self.waivable and given and data.get(f"{self.name}_waived"):
            return {"count": given, "waived": True}
        return given or None

    def _share(self, data: Mapping[str, Any]) -> Any:
        actual, target = data.get(self.name) or "", data.get(f"{self.name}_target") or ""
        if target or (actual and isinstance(self.rule, Relative)):
            return {key: one for key, one in (("actual", actual), ("target", target)) if one}
        return actual or None

    def _line(self, data: Mapping[str, Any], n: int) -> dict[str, Any]:
        name = self.name if n == 0 else f"{self.name}_{n}"
        given = {
            "actual": data.get(name),
            "target": data.get(f"{name}_target"),
            "bonus": data.get(f"{name}_bonus"),
        }
        return {key: one for key, one in given.items() if one}

    def initial(self, filed: Any) -> dict[str, Any]:
        """What was filed, spread over the fields."""
        if filed is None:
            return {}
        if filed == NOT_ASSIGNED:
            return {f"{self.name}{AWAY}": True}
        if isinstance(self.rule, Registered) and isinstance(filed, list):
            return {key: one for n, line in enumerate(filed) for key, one in self._spread(line, n).items()}
        if not isinstance(filed, Mapping):
            return {self.name: filed}
        if isinstance(self.rule, Matrix):
            return {
                self.name: filed.get(self.rule.row),
                f"{self.name}_column": filed.get(self.rule.column),
            }
        first = next((filed[key] for key in ("actual", "count", "value", "points") if key in filed), None)
        return {
            self.name: first,
            f"{self.name}_target": filed.get("target"),
            f"{self.name}_waived": bool(filed.get("waived")),
        }

    def _spread(self, line: Mapping[str, Any], n: int) -> dict[str, Any]:
        name = self.name if n == 0 else f"{self.name}_{n}"
        return {
            name: line.get("actual"),
            f"{name}_target": line.get("target"),
            f"{name}_bonus": line.get("bonus"),
        }


@dataclass(frozen=True)
class Entry:
    """Everything a criterion asks: its own value, then each bonus and deduction."""

    line: Criterion
    own: Ask
    extras: tuple[tuple[str, Ask], ...]

    def fields(self) -> Iterator[tuple[str, forms.Field]]:
        """Every field with its name."""
        yield from self.own.fields()
        for _, ask in self.extras:
            yield from ask.fields()

    def mark(self, data: Mapping[str, Any], reason: str, *, is_away: bool = False) -> MarkText:
        """The mark as the action takes it; `is_away` with the whole group above it."""
        extras = {code: one for code, ask in self.extras if (one := ask.value(data)) is not None}
        is_away = is_away or bool(data.get(f"{self.own.name}{AWAY}"))
        own = NOT_ASSIGNED if is_away else self.own.value(data)
        return MarkText(own, reason, extras)

    def initial(self, filed: Any, extras: Mapping[str, Any]) -> dict[str, Any]:
        """A mark spread over the fields."""
        found = self.own.initial(filed)
        for code, ask in self.extras:
            found |= ask.initial(extras.get(code))
        return found


@dataclass(frozen=True)
class Whole:
    """A group with what it asks: one tick says that nothing of it was given to the unit."""

    line: Criterion
    below: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Of the tick."""
        return f"group_{self.line.pk}{AWAY}"

    def field(self) -> forms.BooleanField:
        """The tick; the page sets it by those below it, and those below by it."""
        names = " ".join(f"{entry.own.name}{AWAY}" for entry in self.below)
        return forms.BooleanField(
            label="Không giao cả mục",
            required=False,
            widget=forms.CheckboxInput(attrs={"data-ticks": names, "autocomplete": "off"}),
        )


def wholes(criteria: Iterable[Criterion], entries: Iterable[Entry]) -> list[Whole]:
    """The groups with more than one criterion below them that may be left out together."""
    lines = {line.pk: line for line in criteria}
    below: dict[int, list[Entry]] = {}
    for entry in entries:
        above = lines.get(entry.line.parent_id or 0)
        while above is not None and entry.own.may_be_away:
            below.setdefault(above.pk, []).append(entry)
            above = lines.get(above.parent_id or 0)
    return [Whole(lines[pk], tuple(found)) for pk, found in below.items() if len(found) > 1]


def entry_of(line: Criterion, leaf: Leaf) -> Entry:
    """What the sheet asks for a criterion."""
    extras = tuple((one.code, _ask_extra(line, one)) for one in (*leaf.bonuses, *leaf.deductions))
    may_be_away = line.kind == CriterionKind.MARK and not isinstance(leaf.rule, Honours)
    return Entry(line, Ask(field_of(line), leaf.rule, line.title, may_be_away=may_be_away), extras)


def _ask_extra(line: Criterion, extra: Extra) -> Ask:
    title = f"{extra.code} {extra.title}".strip()
    return Ask(field_of(line, extra.code), extra.rule, title, waivable=extra.waivable, is_extra=True)
