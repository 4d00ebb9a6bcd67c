"""Questions about notices."""

from __future__ import annotations

from django.db.models import QuerySet

from thidua.base.accounts.models import User
from thidua.base.notices.models import Notice


def unread_count(user: User) -> int:
    """How many notices the person has not opened."""
    return Notice.objects.filter(to=user, read_at__isnull=True).count()


def notices_of(user: User) -> QuerySet[Notice]:
    """All that was told to this person, newest first."""
    return Notice.objects.filter(to=user)
