"""What people fill in about exemplars."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from thidua.base.ui.forms import DayField
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.exemplars.actions import Entry
from thidua.emulation.exemplars.actions.entries import FIRST_STEPS
from thidua.emulation.exemplars.models import (
    Consent,
    ConsentState,
    Exemplar,
    ExemplarCategory,
    ExemplarKind,
    Field,
    FollowUp,
    NothingToRegister,
    Step,
)
from thidua.emulation.exemplars.queries import categories_of
from thidua.organisations.models import Person, Tenure, Unit, UnitKind

BLANKS = {
    "kind": "Chọn loại",
    "field": "Chọn lĩnh vực",
    "locality": "Không thuộc địa bàn ưu tiên",
    "occupation": "Không ghi",
    "sex": "Không ghi",
}


class ExemplarForm(forms.ModelForm[Exemplar]):
    """An exemplar; a new one tells its first step and the consent too."""

    step = forms.TypedChoiceField(
        label="Bước hiện nay",
        coerce=int,
        choices=[(step.value, step.label) for step in FIRST_STEPS],
        initial=Step.REGISTERED,
    )
    day = DayField(label="Ngày")
    consent = forms.ChoiceField(
        label="Ý kiến về việc công khai",
        required=False,
        choices=[
            ("", "Chưa hỏi"),
            *((state.value, state.label) for state in ConsentState if state != ConsentState.WITHDRAWN),
        ],
    )
    consent_day = DayField(label="Ngày hỏi hoặc trả lời", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta:
        model = Exemplar
        fields: ClassVar = [
            "unit",
            "kind",
            "name",
            "person",
            "collective",
            "field",
            "categories",
            "level",
            "locality",
            "occupation",
            "sex",
            "deeds",
            "found_by",
            "followed_by",
        ]
        widgets: ClassVar = {
            "deeds": forms.Textarea(attrs={"rows": 6}),
            "categories": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, cycle: Cycle, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.cycle = cycle
        ids = [unit.pk for unit in units]
        self._offer("unit", Unit.objects.filter(pk__in=ids))
        held = Tenure.objects.filter(office__unit__in=ids)
        self._offer("person", Person.objects.filter(pk__in=held.values("person")))
        parts = Unit.objects.filter(parent__in=ids, kind=UnitKind.SUB_UNIT)
        self._offer("collective", Unit.objects.filter(pk__in=ids) | parts)
        self._offer("categories", categories_of(cycle))
        for name, word in BLANKS.items():
            box = self.fields[name]
            box.choices = [("", word), *(pair for pair in box.choices if pair[0])]  # type: ignore[attr-defined]
        self.fields["name"].required = False
        self.fields["name"].help_text = "Để trống nếu chọn trong danh sách."
        self.fields["unit"].initial = units[0] if len(units) == 1 else None
        if self.instance.pk:
            for name in ("step", "day", "consent", "consent_day"):
                del self.fields[name]
            self.initial.update(revision=self.instance.revision)

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        field.queryset = rows  # type: ignore[attr-defined]
        if name in {"person", "collective"}:
            field.empty_label = "Ghi bằng tên"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Only what fits the kind is kept, so nobody has to empty a box first."""
        told = super().clean() or {}
        kind = told.get("kind")
        if kind != ExemplarKind.INDIVIDUAL:
            told.update(person=None, sex="", occupation="")
        if kind != ExemplarKind.COLLECTIVE:
            told["collective"] = None
        linked = told.get("person") or told.get("collective")
        if kind and not told.get("name") and not linked:
            self.add_error("name", "Anh/chị ghi tên, hoặc chọn trong danh sách.")
        told["name"] = told.get("name") or str(linked or "")
        if told.get("consent_day") and not told.get("consent"):
            self.add_error("consent", "Anh/chị chọn ý kiến đã ghi nhận ngày này.")
        return told

    def entry(self) -> Entry:
        """What is told beside the exemplar."""
        told = self.cleaned_data
        return Entry(**{key: told[key] for key in ("day", "step", "consent", "consent_day", "categories")})


class FilterForm(forms.Form):
    """Search and filters of the year's list."""

    words = forms.CharField(label="Tên", required=False, max_length=100)
    unit = forms.TypedChoiceField(label="Đơn vị", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Mọi loại"), *ExemplarKind.choices])
    category = forms.TypedChoiceField(label="Nhóm", required=False, coerce=int, empty_value=None)
    field = forms.ChoiceField(
        label="Lĩnh vực", required=False, choices=[("", "Mọi lĩnh vực"), *Field.choices]
    )
    step = forms.TypedChoiceField(
        label="Bước",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Mọi bước"), *Step.choices],
    )

    def __init__(
        self, *args: Any, units: list[Unit], categories: list[ExemplarCategory], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", "Mọi đơn vị"),
            *((unit.pk, unit.short_name) for unit in units),
        ]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", "Mọi nhóm"),
            *((category.pk, category.name) for category in categories),
        ]


class FollowForm(forms.ModelForm[FollowUp]):
    """A step."""

    day = DayField(label="Ngày")

    class Meta:
        model = FollowUp
        fields: ClassVar = ["step", "day", "text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar = {
            "text": "Ở đâu, hình thức gì, quyết định số nào, kết quả ra sao.",
        }


class ConsentForm(forms.ModelForm[Consent]):
    """An answer about making it public."""

    day = DayField(label="Ngày")

    class Meta:
        model = Consent
        fields: ClassVar = ["state", "day", "note"]


class StrikeForm(forms.Form):
    """Why a step counts no longer."""

    reason = forms.CharField(label="Lý do gạch bỏ", max_length=300)


class EvidenceForm(forms.Form):
    """A file about the deeds."""

    upload = forms.FileField(label="Tệp minh chứng", help_text="PDF, Word, Excel hoặc ảnh chụp.")


class MergeForm(forms.Form):
    """Which entry is the same exemplar."""

    duplicate = forms.ModelChoiceField(
        Exemplar.objects.none(),
        label="Dòng trùng",
        empty_label="Chọn dòng trùng",
        help_text="Dòng này được gộp vào điển hình đang xem: các bước, ý kiến, nhóm và tệp đi theo.",
    )

    def __init__(self, *args: Any, like: list[Exemplar], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["duplicate"]
        field.queryset = Exemplar.objects.filter(pk__in=[row.pk for row in like]).select_related("unit")  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: f"{row}, {row.unit.short_name}"  # type: ignore[attr-defined]


class NothingForm(forms.ModelForm[NothingToRegister]):
    """Why a member has nothing to register."""

    class Meta:
        model = NothingToRegister
        fields: ClassVar = ["reason"]
        widgets: ClassVar = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "reason": "Ví dụ: đơn vị mới sáp nhập, điển hình còn đang bồi dưỡng. "
            "Ghi điển hình về sau thì trả lời này tự hết hiệu lực."
        }


class CategoryForm(forms.Form):
    """A heading of the cluster."""

    name = forms.CharField(label="Tên nhóm", max_length=200)
