"""Two colleagues save and send at the same moment."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.emulation.results.test_reports import SECTIONS, _new
from tests.story import tell_story
from thidua.base.audit.refusals import Stale
from thidua.emulation.results import actions
from thidua.emulation.results.models import Report, ReportStep


def _together(*runs):
    start, told = Barrier(len(runs)), []

    def run(what):
        start.wait()
        try:
            told.append(what())
        except Stale as refusal:
            told.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(what,)) for what in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.mark.django_db(transaction=True)
def test_two_first_drafts_leave_one_report_and_one_refusal():
    year = tell_story()
    report, (an, lan) = _new(year), (year.actor("an"), year.actor("lan"))
    told = _together(
        lambda: actions.save_report(report=report, draft=actions.Draft({"results": "An"}), revision=0, by=an),
        lambda: actions.save_report(
            report=report, draft=actions.Draft({"results": "Lan"}), revision=0, by=lan
        ),
    )
    assert Report.objects.count() == 1
    assert sorted(type(one).__name__ for one in told) == ["Report", "Stale"]


@pytest.mark.django_db(transaction=True)
def test_sending_from_two_windows_sends_once():
    year = tell_story()
    report, an = _new(year), year.actor("an")
    draft = actions.Draft(SECTIONS)
    send = lambda: actions.submit_report(report=report, draft=draft, revision=0, by=an)  # noqa: E731
    _together(send, send, send)
    assert Report.objects.get().state == "submitted"
    assert ReportStep.objects.count() == 1
