"""What a member fills in when it registers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms

from thidua.base.ui.forms import NumberField
from thidua.emulation.clusters.forms.fields import fit_measure
from thidua.emulation.clusters.models import Indicator, Qualifier, Registration
from thidua.emulation.clusters.queries import (
    AskedTarget,
    RegisteredLine,
    RegistrationContent,
    content_of,
    indicators_in,
    member_on,
)
from thidua.rulebook import catalogue

SPARE, MOST = 3, 500
CATALOGUE = {"list": "danh-muc-chi-tieu"}
NOT_ASKED = (Qualifier.HUNDREDS, Qualifier.THOUSANDS, Qualifier.RANGE)


class LineForm(forms.Form):
    """A title or form, for the unit itself, a collective or a person."""

    honour_kind = forms.ChoiceField(label="Danh hiệu, hình thức", required=False)
    recipient = forms.CharField(label="Tập thể, cá nhân", max_length=200, required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["honour_kind"].choices = [("", "Chọn"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A name without a kind says what would mend it."""
        told = super().clean() or {}
        if told.get("recipient") and not told.get("honour_kind") and "honour_kind" not in self.errors:
            self.add_error("honour_kind", "Anh/chị chọn danh hiệu, hình thức, hoặc xóa cả dòng.")
        return told


class TargetForm(forms.Form):
    """A target the unit sets itself."""

    indicator = forms.CharField(
        label="Chỉ tiêu", max_length=300, required=False, widget=forms.TextInput(CATALOGUE)
    )
    qualifier = forms.ChoiceField(
        label="Mức",
        choices=[choice for choice in Qualifier.choices if choice[0] not in NOT_ASKED],
        initial=Qualifier.AT_LEAST,
        required=False,
    )
    value = NumberField(label="Giá trị", places=4, required=False)
    measure = forms.CharField(label="Đơn vị tính", max_length=40, required=False)

    def __init__(self, *args: Any, catalogue: Sequence[Indicator] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue

    def clean(self) -> dict[str, Any]:
        """A number without a name says what would mend it."""
        told = super().clean() or {}
        written = told.get("value") is not None or told.get("measure")
        if written and not told.get("indicator") and "indicator" not in self.errors:
            self.add_error("indicator", "Anh/chị ghi tên chỉ tiêu, hoặc xóa cả dòng.")
        fit_measure(self, told, self.catalogue)
        return told


Lines = forms.formset_factory(
    LineForm, extra=SPARE, max_num=MOST, absolute_max=MOST + 50, validate_max=True, can_delete=True
)
Targets = forms.formset_factory(
    TargetForm, extra=SPARE, max_num=MOST, absolute_max=MOST + 50, validate_max=True, can_delete=True
)


class RevisionForm(forms.Form):
    """What the page saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RegistrationForms:
    """Lines and targets of a registration, bound or not, as one."""

    def __init__(self, registration: Registration, on: date, data: Any = None) -> None:
        # What was handed in is not compared with what is kept: an unchanged line would count as empty.
        content = content_of(registration) if data is None else RegistrationContent()
        kinds = [(kind.code, kind.name) for kind in catalogue.kinds(member_on(registration.cycle, on))]
        revision = registration.revision if registration.pk else 0
        self.form = RevisionForm(data, initial={"revision": revision})
        self.catalogue = indicators_in(registration.cycle)
        self.lines = Lines(
            data,
            prefix="dong",
            form_kwargs={"kinds": kinds},
            initial=[
                {"honour_kind": line.honour_kind, "recipient": line.recipient} for line in content.lines
            ],
        )
        self.targets = Targets(
            data,
            prefix="chi-tieu",
            initial=[asdict(target) for target in content.targets],
            form_kwargs={"catalogue": self.catalogue},
        )

    def is_valid(self) -> bool:
        """All are; asks all, so that every fault is told at once."""
        return all([self.form.is_valid(), self.lines.is_valid(), self.targets.is_valid()])

    @property
    def content(self) -> RegistrationContent:
        """What was handed in; empty lines say nothing."""
        lines = [line for line in _kept(self.lines) if line.get("honour_kind")]
        targets = [line for line in _kept(self.targets) if line.get("indicator")]
        return RegistrationContent(
            tuple(RegisteredLine(line["honour_kind"], line.get("recipient", "")) for line in lines),
            tuple(
                AskedTarget(
                    told["indicator"],
                    told.get("qualifier") or Qualifier.AT_LEAST,
                    told.get("value"),
                    told.get("measure", ""),
                )
                for told in targets
            ),
        )

    @property
    def faults(self) -> str:
        """Every fault in a sentence that names its line, for the autosave's answer."""
        return " ".join([*_told("Danh hiệu", self.lines.errors), *_told("Chỉ tiêu", self.targets.errors)])


def _kept(formset: forms.BaseFormSet[Any]) -> list[dict[str, Any]]:
    """Lines not taken out on the page."""
    return [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms]


def _told(name: str, errors: Sequence[Any]) -> Iterator[str]:
    for number, of_line in enumerate(errors, start=1):
        for texts in of_line.values():
            yield from (f"{name}, dòng {number}: {text}" for text in texts)


class ReturnForm(forms.Form):
    """Why a registration goes back."""

    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đơn vị đọc được nguyên văn.",
    )
