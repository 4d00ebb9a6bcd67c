"""What people type about eligibility."""

from __future__ import annotations

from django import forms

from thidua.base.ui.forms import DayField


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
