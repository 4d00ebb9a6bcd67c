"""The form that takes an Excel file."""

from __future__ import annotations

from typing import Any

from django import forms


class ImportForm(forms.Form):
    """One Excel file, or a block pasted from one; what is wrong is said by the action, beside the field."""

    file = forms.FileField(
        label="Tệp Excel",
        required=False,
        help_text="Tệp .xlsx, tối đa 5 MB và 20.000 dòng. Bảng đặt ở trang tính đầu tiên.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    pasted = forms.CharField(
        label="Hoặc dán vùng chép từ Excel",
        required=False,
        strip=False,
        max_length=4_000_000,
        help_text="Chép cả dòng đầu đề, hoặc các cột đúng thứ tự trong tệp mẫu.",
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told = super().clean() or {}
        if not self.errors and not told.get("file") and not (told.get("pasted") or "").strip():
            self.add_error("file", "Anh/chị chọn tệp, hoặc dán vùng chép từ Excel.")
        return told
