"""Who keeps the ledger. Everyone signed in may search it: honours are public by nature."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.honours.models import Honour
from thidua.organisations.permissions import is_signed_in, manages_unit, serves_an_authority


@rules.predicate
def keeps_ledger_for(by: Actor, subject: Any) -> bool:
    """Is an officer of the standing body: of the recipient unit's authority when a unit is the recipient."""
    unit_id = subject.unit_id if isinstance(subject, Honour) else getattr(subject, "pk", None)
    if unit_id is None:
        return bool(serves_an_authority(by, None))
    return bool(manages_unit(by, unit_id))


rules.add_perm("honours.search", is_signed_in)
rules.add_perm("honours.record_honour", keeps_ledger_for)
rules.add_perm("honours.revoke_honour", keeps_ledger_for)
rules.add_perm("honours.record_history", serves_an_authority)
rules.add_perm("honours.strike_honours", serves_an_authority)
