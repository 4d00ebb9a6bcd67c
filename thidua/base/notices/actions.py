"""Telling people. Telling is not an act of the year, so it leaves no audit entry of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from thidua.base.accounts.models import User
from thidua.base.notices.models import Notice


def tell(*, people: Iterable[User], text: str, url: str, key: str, at: datetime) -> int:
    """Tell each of `people` once for this `key`; returns how many had not been told before."""
    before = set(Notice.objects.filter(key=key).values_list("to_id", flat=True))
    new = [
        Notice(to=user, text=text[:400], url=url, key=key, at=at) for user in people if user.pk not in before
    ]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        transaction.on_commit(_mail_waiting)
    return len(new)


def mark_read(*, user: User, at: datetime) -> None:
    """The person has opened the list."""
    Notice.objects.filter(to=user, read_at__isnull=True).update(read_at=at)


def _mail_waiting() -> None:
    """One job mails all that waits; one already queued will do."""
    from thidua.base.notices.jobs import mail_notices

    if settings.EMAIL_HOST:
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            mail_notices.defer()
