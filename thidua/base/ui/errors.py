"""Kind words for what goes wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from a page opened before signing in or out."""
    return render(
        request,
        "ui/refused.html",
        {"reasons": ["Trang mở đã lâu. Anh/chị quay lại, tải lại trang rồi gửi lại."]},
        status=403,
    )
