"""Reminders, every morning, in the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thidua.base.accounts.actors import Actor
from thidua.base.periods import now
from thidua.desk.actions import remind_by_calendar
from thidua.emulation.clusters.queries import visible_cycles


@app.periodic(
    cron="30 0 * * *", periodic_id="morning_reminders"
)  # 07:30 in Vietnam; the worker counts in UTC
@app.task(queueing_lock="morning_reminders")
def morning_reminders(timestamp: int) -> None:
    """Tell everybody what comes due and what is late, in every year still open."""
    system = Actor(None, now())
    for cycle in visible_cycles(system).filter(closed_at__isnull=True, term__startswith__lte=system.on):
        remind_by_calendar(cycle=cycle, by=system)
