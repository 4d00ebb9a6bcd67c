"""Forms of accounts."""

from __future__ import annotations

from django import forms


class EmailForm(forms.Form):
    """Where notices are sent besides the application."""

    email = forms.EmailField(
        label="Thư điện tử", required=False, help_text="Để nhận thông báo qua thư. Bỏ trống nếu không cần."
    )


class AccountFilter(forms.Form):
    """What to look for among accounts."""

    q = forms.CharField(label="Tìm tài khoản", required=False, max_length=100)
