"""Who looks after accounts. Appointments stand in a later area, so its kind is named by its word here."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User

ADMINISTRATOR = "administrator"


@rules.predicate
def administers_accounts(by: Actor, _subject: Any) -> bool:
    """Looks after the system."""
    return by.holds(ADMINISTRATOR)


@rules.predicate
def is_own_account(by: Actor, user: User) -> bool:
    """The account is the person's own."""
    return by.user is not None and by.user.pk == user.pk


rules.add_perm("accounts.view_accounts", administers_accounts)
rules.add_perm("accounts.create_account", administers_accounts)
rules.add_perm("accounts.reset_password", administers_accounts & ~is_own_account)
rules.add_perm("accounts.switch_account", administers_accounts & ~is_own_account)
rules.add_perm("accounts.end_session", is_own_account)
rules.add_perm("accounts.end_other_sessions", is_own_account)
rules.add_perm("accounts.edit_email", is_own_account)
