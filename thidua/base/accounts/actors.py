"""Who acts, and when: the one thing every action is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from thidua.base.accounts.models import User
from thidua.base.periods import local_day


@dataclass(frozen=True)
class Actor:
    """A person at a moment, with the appointments in force on that day.

    `grants` holds (kind of appointment, id of the unit). Predicates read it and ask no clock, no
    request and no database, so the same rule serves a page, a job, the demonstration and a test.
    The system itself acts without a user.
    """

    user: User | None
    at: datetime
    grants: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    person_id: int | None = None

    @property
    def on(self) -> date:
        """The day of acting, in Vietnam."""
        return local_day(self.at)

    @property
    def name(self) -> str:
        """As the audit log writes it."""
        return str(self.user) if self.user else "Hệ thống"

    @property
    def is_system(self) -> bool:
        """A job of the worker, not a person."""
        return self.user is None

    def holds(self, *kinds: str, unit: int | None = None) -> bool:
        """Holds one of `kinds` of appointment, at `unit` when one is named."""
        return any(kind in kinds and unit in (None, at) for kind, at in self.grants)

    def units(self, *kinds: str) -> frozenset[int]:
        """Ids of the units where the person holds one of `kinds` (any kind when none is named)."""
        return frozenset(at for kind, at in self.grants if not kinds or kind in kinds)
