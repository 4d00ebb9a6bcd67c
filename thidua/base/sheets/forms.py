"""The form that takes an Excel file."""

from __future__ import annotations

from django import forms


class ImportForm(forms.Form):
    """One Excel file; what is wrong with it is said by the action, beside the field."""

    file = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx, tối đa 5 MB và 20.000 dòng. Bảng đặt ở trang tính đầu tiên.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
