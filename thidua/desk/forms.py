"""What to look for in the log."""

from __future__ import annotations

from django import forms

from thidua.base.audit.handing import HANDED_OUT
from thidua.base.ui.forms import DayField


class LogFilter(forms.Form):
    """Which lines of the log are shown to those who audit."""

    what = forms.ChoiceField(
        label="Việc", required=False, choices=[("", "Mọi việc"), (HANDED_OUT, "Chỉ việc tải dữ liệu về")]
    )
    words = forms.CharField(label="Người làm, đối tượng", required=False, max_length=100)
    first = DayField(label="Từ ngày", required=False)
    last = DayField(label="Đến hết ngày", required=False)
