"""The account a person signs in with."""

from __future__ import annotations

from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Accounts are made by the administrator's action, never by sign-up."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Make an account; without a password nobody can sign in to it yet."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Tài khoản: one person, one account. No roles stand here."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[ASCIIUsernameValidator()],
    )
    full_name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField(
        "phải đổi mật khẩu",
        default=False,
        help_text="Mật khẩu vừa được cấp chỉ dùng để đăng nhập lần đầu.",
    )
    is_demo = models.BooleanField("tài khoản minh họa", default=False)
    demo_day = models.DateField("ngày minh họa", null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "tài khoản"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(demo_day__isnull=True) | models.Q(is_demo=True),
                name="demo_day_only_in_demonstration",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def has_perm(self, name: str, subject: object = None) -> bool:
        """Django's own question; the project asks `rules` with an Actor instead."""
        return bool(rules.has_perm(name, self, subject))

    def has_perms(self, names: list[str], subject: object = None) -> bool:
        """All of `names`."""
        return all(self.has_perm(name, subject) for name in names)

    def has_module_perms(self, _label: str) -> bool:
        """No module-wide rights exist."""
        return False
