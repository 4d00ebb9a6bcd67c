"""Accounts are made, closed and opened again by the administrator; sessions are ended by their owner."""

from __future__ import annotations

import secrets

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.accounts.sessions import drop_sessions
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read aloud

UNFIT = {
    "username": "Tên đăng nhập gồm tối đa 60 chữ không dấu, số và các ký tự . - _ @ +",
    "email": "Địa chỉ thư điện tử không đúng.",
}


def one_time_password() -> str:
    """A password to hand over on paper: four groups of four, about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


@act("accounts.create_account", on="", keeps=("username",))
def create_account(*, full_name: str, username: str, email: str = "", password: str, by: Actor) -> User:
    """An account whose password serves for the first sign-in only."""
    user = User(username=username.strip().lower(), full_name=full_name, email=email.strip())
    _refuse_unfit(user)
    user.set_password(password)
    user.must_change_password = True
    user.save()
    return user


@act("accounts.reset_password", on="user")
def reset_password(*, user: User, password: str, by: Actor) -> User:
    """A new first password for someone who lost theirs: signed out everywhere, second factor set up anew."""
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    Authenticator.objects.filter(user=user).delete()
    drop_sessions([user.pk])
    return user


@act("accounts.switch_account", on="user", keeps=("is_active",))
def switch_account(*, user: User, is_active: bool, by: Actor) -> User:
    """Close an account, signing it out everywhere, or open it again."""
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    if not is_active:
        drop_sessions([user.pk])
    return user


@act("accounts.edit_email", on="user")
def edit_email(*, user: User, email: str, by: Actor) -> User:
    """Where notices are sent besides the application; empty for nowhere."""
    user.email = email.strip()
    user.save(update_fields=["email"])
    return user


@act("accounts.end_session", on="user")
def end_session(*, user: User, session: int, by: Actor) -> User:
    """Sign out one of one's own sessions; one that is over already is no fault."""
    for found in UserSession.objects.filter(user=user, pk=session):
        found.end()
    return user


@act("accounts.end_other_sessions", on="user")
def end_other_sessions(*, user: User, current: str, by: Actor) -> User:
    """Sign out everywhere but here; `current` is the key of the session that asks."""
    for found in UserSession.objects.filter(user=user).exclude(session_key=current):
        found.end()
    return user


def _refuse_unfit(user: User) -> None:
    if User.objects.filter(username__iexact=user.username).exists():
        raise Refused("Tên đăng nhập này đã có người dùng. Anh/chị chọn tên khác.", field="username")
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as fault:
        wrong = "username" if "username" in fault.message_dict else "email"
        raise Refused(UNFIT[wrong], field=wrong) from fault
