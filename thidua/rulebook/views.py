"""Pages of the law: the catalogue and standards of a day, the history of each, and what a reason means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.ui.forms import DayField
from thidua.rulebook.pages import (
    changes,
    explanation,
    history_of_kind,
    history_of_standards,
    law_eras,
    law_of_day,
    speaks,
    standards_of,
    unset_of,
)


@dataclass(frozen=True)
class Days:
    """The day a page stands on, the day it is set against if any, and what was wrong with either."""

    on: date
    other: date | None
    fault: str


def _days(request: Request) -> Days:
    """As the address names them: `?ngay=` or today, `?so=` or none."""
    on, fault = _day(request, "ngay")
    other, second = _day(request, "so")
    return Days(on or request.actor.on, other if other != on else None, fault or second)


def _day(request: Request, name: str) -> tuple[date | None, str]:
    typed = request.GET.get(name, "").strip()
    try:
        return (DayField().clean(typed) if typed else None), ""
    except forms.ValidationError as fault:
        return None, fault.messages[0]


@require_safe
def law(request: Request) -> HttpResponse:
    """What is in force on a chosen day, what ends soon, and what changed since another day."""
    days = _days(request)
    context = {
        "on": days.on,
        "other": days.other,
        "day_fault": days.fault,
        "law": law_of_day(days.on),
        "eras": law_eras(),
        "changes": changes(days.on, days.other) if days.other else [],
    }
    return render(request, "rulebook/law.html", context)


@require_safe
def kind(request: Request, code: str) -> HttpResponse:
    """A title or form: its standards on a day, or on two side by side, and how they changed."""
    history = history_of_kind(code)
    if not history:
        raise Http404
    days = _days(request)
    context = {
        "on": days.on,
        "other": days.other,
        "day_fault": days.fault,
        "kind": next((one for one in history if one.holds_on(days.on)), history[0]),
        "standards": standards_of(code, days.on),
        "unset": unset_of(code, days.on),
        "others": standards_of(code, days.other) if days.other else [],
        "changes": changes(days.on, days.other, code) if days.other else [],
        "history": history,
        "provisions": history_of_standards(code),
        "eras": law_eras(),
    }
    return render(request, "rulebook/kind.html", context)


@require_safe
def code(request: Request, code: str) -> HttpResponse:
    """What a reason of a verdict means, and where it stands in the law."""
    title, paragraphs = explanation(code)
    provisions = speaks(code)
    if not title and not provisions:
        raise Http404
    context = {"code": code, "title": title or code, "paragraphs": paragraphs, "provisions": provisions}
    return render(request, "rulebook/code.html", context)
