"""Where a person or a collective stands, under one day's law or two; a verdict is kept, and read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import rules
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.commendation.eligibility.actions import keep_verdict
from thidua.commendation.eligibility.asking import era_on, line_of, plainly, readings, verdict_of
from thidua.commendation.eligibility.composing import time_line
from thidua.commendation.eligibility.forms import KeepForm
from thidua.commendation.eligibility.models import Verdict
from thidua.commendation.eligibility.permissions import visible_verdicts
from thidua.commendation.eligibility.queries import (
    Standing,
    compared,
    glance,
    standings_of_collective,
    standings_of_person,
)
from thidua.honours.queries import honours_of_person, honours_of_unit
from thidua.organisations.models import Person, Tenure, Unit
from thidua.organisations.views.shared import chosen_day
from thidua.records.queries import (
    led_offices,
    life_of_collective,
    life_of_person,
    units_of,
    visible_units,
)
from thidua.rulebook.pages import ending_soon

SHOWN_VERDICTS = 20


@dataclass(frozen=True)
class Days:
    """The day a page stands on, and the day whose law it is set against, if any."""

    on: date
    other: date | None
    fault: str


def days_of(request: Request) -> Days:
    """As the address names them: `?ngay=`, `?so=`."""
    on, fault = chosen_day(request)
    other, second = chosen_day(request, "so") if request.GET.get("so", "").strip() else (None, "")
    return Days(on, other if other != on and not second else None, fault or second)


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """A person: one line of time, and for each title and form where they stand and why."""
    found = get_object_or_404(Person, pk=pk)
    if not rules.has_perm("eligibility.view_person", request.actor, found):
        raise Http404
    days = days_of(request)
    sees = rules.has_perm("records.view_sensitive_of_person", request.actor, found)
    held = list(honours_of_person(found))
    life = life_of_person(found, sees_sensitive=sees)
    context = {
        "subject": found,
        "units": units_of(found, days.on),
        "line": time_line(held, life, days.on),
        "matters": life.held_by(days.on),
        "held": held,
        "keeper": _keeper(request, found, days.on),
        "asked": _asked(request, found, days.on),
        **_standings(days, lambda law: standings_of_person(found, days.on, sees_sensitive=sees, law=law)),
        **_kept(visible_verdicts(request.actor).filter(person=found)),
    }
    return render(request, "eligibility/subject.html", context)


@require_safe
def collective(request: Request, pk: int) -> HttpResponse:
    """A unit as a collective."""
    found = get_object_or_404(visible_units(request.actor), pk=pk)
    allow(request.actor, "eligibility.view_unit", found)
    days = days_of(request)
    sees = rules.has_perm("records.view_sensitive", request.actor, found)
    held = list(honours_of_unit(found))
    life = life_of_collective(found, sees_sensitive=sees)
    context = {
        "subject": found,
        "units": [found],
        "matters": life.held_by(days.on),
        "is_collective": True,
        "keeper": found,
        "line": time_line(held, life, days.on),
        "held": held,
        **_standings(days, lambda law: standings_of_collective(found, days.on, sees_sensitive=sees, law=law)),
        **_kept(visible_verdicts(request.actor).filter(unit=found, person=None)),
    }
    return render(request, "eligibility/subject.html", context)


def _keeper(request: Request, found: Person, on: date) -> Unit | None:
    """The unit in whose name the person asking may keep an answer; none for the person themselves."""
    for unit in units_of(found, on):
        if rules.has_perm("eligibility.view_unit", request.actor, unit):
            return unit
    return None


def _asked(request: Request, found: Person, on: date) -> list[tuple[Tenure, bool]]:
    """Offices of which nobody said what they are equal to, each with whether the person asking may say it."""
    offices = led_offices(Tenure.objects.filter(person=found))
    return [
        (one.tenure, bool(rules.has_perm("records.state_equivalence", request.actor, one.tenure.office.unit)))
        for one in offices
        if one.is_open_on(on)
    ]


def _kept(found: QuerySet[Verdict]) -> dict[str, object]:
    return {"verdicts": found.defer("told", "facts")[:SHOWN_VERDICTS]}


def _standings(days: Days, ask: Callable[[date | None], Sequence[Standing]]) -> dict[str, object]:
    """The standings of the day, or of both days side by side; and what the day leaves open."""
    ways = readings(days.on)
    context: dict[str, object] = {
        "on": days.on,
        "day_fault": days.fault,
        "era": era_on(days.on),
        "ending": ending_soon(days.on),
        "ways": ways[1:],
    }
    if days.other is None:
        standings = ask(None)
        return {**context, "standings": standings, "glance": glance(standings)}
    pairs = compared(ask(days.on), ask(days.other))
    return {
        **context,
        "other": days.other,
        "other_era": era_on(days.other),
        "pairs": pairs,
        "differing": sum(pair.differs for pair in pairs),
        "may_choose": days.other in {way.law for way in ways},
    }


@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Keep an answer as it is given today, with the way of reading that was chosen."""
    unit = get_object_or_404(visible_units(request.actor), pk=pk)
    form = KeepForm(request.POST, unit=unit)
    someone: Person | None = form.cleaned_data["person"] if form.is_valid() else None
    if someone is None:
        allow(request.actor, "eligibility.view_unit", unit)
    made: list[Verdict] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(keep_verdict(unit=unit, **form.cleaned_data, by=request.actor))
    ):
        messages.success(request, "Đã lưu kết luận cùng dữ kiện và căn cứ.")
        return redirect("eligibility:verdict", made[0].pk)
    for faults in form.errors.values():
        messages.error(request, " ".join(str(fault) for fault in faults))
    if someone is not None:
        return redirect("eligibility:person", someone.pk)
    return redirect(reverse("eligibility:collective", args=[pk]))


@require_safe
def verdict(request: Request, pk: int) -> HttpResponse:
    """A verdict as it was kept."""
    found = get_object_or_404(visible_verdicts(request.actor), pk=pk)
    allow(request.actor, "eligibility.view_verdict", found)
    sees = rules.has_perm("records.view_sensitive", request.actor, found)
    told = verdict_of(found.told, sees_sensitive=sees)
    context = {
        "verdict": found,
        "told": told,
        "missing": plainly(told.missing),
        "reasons": [line_of(reason) for reason in told.reasons],
    }
    return render(request, "eligibility/verdict.html", context)
