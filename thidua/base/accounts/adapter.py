"""How sign-in differs from the library's: no sign-up, no demonstration accounts outside the demo."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Anh/chị gõ lại; chữ hoa và chữ thường khác nhau."
WRONG_CODE = "Mã không đúng hoặc đã hết hạn. Anh/chị ghi mã đang hiện trong ứng dụng."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Accounts are given by the standing body."""

    error_messages = {  # noqa: RUF012  the library declares it so
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đang khóa. Anh/chị liên hệ cơ quan thường trực.",
        "enter_current_password": "Anh/chị ghi mật khẩu đang dùng.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "Mật khẩu không đúng.",
        "invalid_login": WRONG,
        "invalid_password_reset": "Đường dẫn đặt mật khẩu đã dùng hoặc đã hết hạn.",
        "too_many_login_attempts": "Sai quá nhiều lần. Anh/chị chờ vài phút rồi thử lại.",
        "username_password_mismatch": WRONG,
        "rate_limited": "Gửi quá nhanh. Anh/chị chờ vài phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Refuse a demonstration account in a real system as if it did not exist."""
        user = super().authenticate(request, **credentials)
        return None if user is not None and user.is_demo and not settings.DEMO else user

    def set_password(self, user: Any, password: str) -> None:
        """The person chose a password of their own: the first one has served."""
        user.must_change_password = False
        super().set_password(user, password)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # the library carries no types
    """The second factor's refusals in our words."""

    error_messages = {  # noqa: RUF012  the library declares it so
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Không tắt được lớp xác thực thứ hai của tài khoản này.",
        "cannot_generate_recovery_codes": "Anh/chị bật lớp xác thực thứ hai trước, rồi mới tạo mã dự phòng.",
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Anh/chị xác nhận thư điện tử trước khi bật lớp xác thực thứ hai.",
    }
