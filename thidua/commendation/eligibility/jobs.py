"""Lists are judged in the worker, some rows at a time."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thidua.base.accounts.actors import Actor
from thidua.base.periods import now
from thidua.commendation.eligibility.actions import check_some
from thidua.commendation.eligibility.models import CheckState, ListCheck


@app.task(queue="lists", queueing_lock=None)
def check_list(check: int) -> None:
    """Judge a list to its end."""
    row = ListCheck.objects.filter(pk=check).first()
    while row is not None and row.state != CheckState.DONE:
        row = check_some(check=row, by=Actor(None, now()))
