"""What people type about eligibility."""

from __future__ import annotations

from typing import Any

from django import forms

from thidua.base.ui.forms import DayField
from thidua.organisations.models import Person, Unit
from thidua.rulebook.catalogue import eras


class ListForm(forms.Form):
    """A list pasted from Excel."""

    title = forms.CharField(label="Tên danh sách", max_length=200, required=False)
    on = DayField(label="Xét theo ngày", help_text="Tiêu chuẩn của ngày này được dùng.")
    text = forms.CharField(
        label="Danh sách",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "paste"}),
        help_text="Chép cả bảng trong Excel rồi dán vào đây: cột họ tên (hoặc tập thể), đơn vị, danh hiệu "
        "hoặc hình thức. Có thể kèm dòng đầu đề. Tối đa 5.000 dòng.",
    )


class KeepForm(forms.Form):
    """Which answer is to be kept: of whom, for what, on which day, by which day's law where that is open."""

    person = forms.ModelChoiceField(label="Cá nhân", queryset=Person.objects.none(), required=False)
    kind = forms.ChoiceField(label="Danh hiệu, hình thức")
    on = DayField(label="Xét theo ngày")
    law = DayField(label="Theo luật của ngày", required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, kind = self.fields["person"], self.fields["kind"]
        assert isinstance(person, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        person.queryset = Person.objects.filter(tenures__office__unit=unit).distinct()
        kind.choices = [(one.code, one.name) for one in eras()]
