"""Where a person, a collective, a unit's people stand; a verdict that was kept."""

from __future__ import annotations

from datetime import date

import rules
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.commendation.eligibility.asking import era_on, line_of, verdict_of
from thidua.commendation.eligibility.composing import time_line
from thidua.commendation.eligibility.models import Answer
from thidua.commendation.eligibility.permissions import visible_verdicts
from thidua.commendation.eligibility.queries import (
    overview_of_unit,
    standings_of_collective,
    standings_of_person,
)
from thidua.honours.queries import honours_of_person, honours_of_unit
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import find_units
from thidua.organisations.views.shared import chosen_day
from thidua.records.models import Rating
from thidua.records.queries import units_of, visible_units
from thidua.rulebook.catalogue import name_of

SHOWN_UNITS = 200


@require_safe
def index(request: Request) -> HttpResponse:
    """The units one keeps records of; one's only unit is opened at once."""
    allow(request.actor, "eligibility.use_pages")
    words = request.GET.get("q", "").strip()[:100]
    units = visible_units(request.actor)
    if not words:
        only = list(units[:2])
        if len(only) == 1:
            return redirect("eligibility:unit", only[0].pk)
    found = units.filter(pk__in=find_units(words).values("pk")) if words else units
    return render(
        request, "eligibility/index.html", {"units": found.order_by("order")[:SHOWN_UNITS], "words": words}
    )


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """A person: one line of time, and for each title and form where they stand and why."""
    found = get_object_or_404(Person, pk=pk)
    if not rules.has_perm("eligibility.view_person", request.actor, found):
        raise Http404
    on, fault = chosen_day(request)
    sees = rules.has_perm("records.view_sensitive_of_person", request.actor, found)
    held = list(honours_of_person(found))
    line = time_line(held, Rating.objects.filter(person=found), on.year)
    context = {
        "subject": found,
        "units": units_of(found, on),
        "standings": standings_of_person(found, on, sees_sensitive=sees),
        "held": [(honour, name_of(honour.kind, honour.decision_date)) for honour in held],
        "line": line,
        **_day(request, on, fault),
    }
    return render(request, "eligibility/subject.html", context)


@require_safe
def collective(request: Request, pk: int) -> HttpResponse:
    """A unit as a collective."""
    found = get_object_or_404(visible_units(request.actor), pk=pk)
    allow(request.actor, "eligibility.view_unit", found)
    on, fault = chosen_day(request)
    sees = rules.has_perm("records.view_sensitive", request.actor, found)
    held = list(honours_of_unit(found))
    context = {
        "subject": found,
        "units": [found],
        "is_collective": True,
        "standings": standings_of_collective(found, on, sees_sensitive=sees),
        "held": [(honour, name_of(honour.kind, honour.decision_date)) for honour in held],
        "line": time_line(held, Rating.objects.filter(unit=found, person=None), on.year),
        **_day(request, on, fault),
    }
    return render(request, "eligibility/subject.html", context)


def _day(request: Request, on: date, fault: str) -> dict[str, object]:
    return {"on": on, "day_fault": fault, "era": era_on(on), "answers": Answer}


@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """A unit: who is eligible for what this year, who was never proposed, how far quotas are used."""
    found: Unit = get_object_or_404(visible_units(request.actor).select_related("parent"), pk=pk)
    allow(request.actor, "eligibility.view_unit", found)
    on, fault = chosen_day(request)
    overview = overview_of_unit(found, on)
    return render(
        request, "eligibility/unit.html", {"unit": found, "overview": overview, **_day(request, on, fault)}
    )


@require_safe
def verdict(request: Request, pk: int) -> HttpResponse:
    """A verdict as it was kept."""
    found = get_object_or_404(visible_verdicts(request.actor), pk=pk)
    allow(request.actor, "eligibility.view_verdict", found)
    sees = rules.has_perm("records.view_sensitive", request.actor, found)
    told = verdict_of(found.told, sees_sensitive=sees)
    context = {"verdict": found, "told": told, "reasons": [line_of(reason) for reason in told.reasons]}
    return render(request, "eligibility/verdict.html", context)
