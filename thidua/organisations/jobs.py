"""What runs each night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thidua.base.accounts.sessions import drop_sessions
from thidua.base.periods import today
from thidua.organisations.queries import users_whose_rights_ended


@app.periodic(cron="5 0 * * *", periodic_id="end_sessions")
@app.task(queueing_lock="end_sessions", pass_context=False)
def end_sessions(timestamp: int = 0) -> None:
    """Sign out those one of whose rights ended with yesterday."""
    drop_sessions(users_whose_rights_ended(today()))
