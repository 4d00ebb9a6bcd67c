"""Addresses, area by area from the ground up, then the pages of the library that signs people in."""

from __future__ import annotations

from importlib.util import find_spec

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

SIGN_IN = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("da-khoa/", account.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("dat-mat-khau/", account.password_set, name="account_set_password"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "quen-mat-khau/<str:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "quen-mat-khau/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("lop-thu-hai/", mfa.index, name="mfa_index"),
    path("lop-thu-hai/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("lop-thu-hai/xac-nhan-lai/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("lop-thu-hai/ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("lop-thu-hai/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("lop-thu-hai/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("lop-thu-hai/ma-du-phong/tao/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("lop-thu-hai/ma-du-phong/tai/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("lop-thu-hai/khoa/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("lop-thu-hai/khoa/them/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("lop-thu-hai/khoa/dang-nhap/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("lop-thu-hai/khoa/xac-nhan-lai/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("lop-thu-hai/khoa/<int:pk>/xoa/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("lop-thu-hai/khoa/<int:pk>/sua/", keys.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *[path("", include(f"{area}.urls")) for area in settings.AREAS if find_spec(f"{area}.urls")],
    path("tai-khoan/", include(SIGN_IN)),
]
