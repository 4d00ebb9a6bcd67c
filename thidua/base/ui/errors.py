"""Kind words for what goes wrong. The words themselves stand in 400, 403, 404 and 500.html."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

OLD_PAGE = (
    "Trang này mở đã lâu, trong lúc đó anh/chị đã đăng nhập hoặc đăng xuất ở nơi khác nên hệ thống "
    "chưa ghi gì. Anh/chị bấm nút quay lại của trình duyệt: những gì đã gõ vẫn còn. Chép lại nếu cần, "
    "tải lại trang rồi gửi lần nữa."
)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from a page opened before signing in or out, so its token no longer fits."""
    return render(request, "ui/refused.html", {"reasons": [OLD_PAGE]}, status=403)
