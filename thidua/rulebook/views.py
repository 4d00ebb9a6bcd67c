"""Pages of the law: the catalogue and standards of a day, the history of each, and what a reason means."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.ui.forms import DayField
from thidua.rulebook.pages import (
    explanation,
    history_of_kind,
    history_of_standards,
    law_of_day,
    speaks,
    standards_of,
)


def _day(request: Request) -> tuple[date, str]:
    """The day a page stands on, `?ngay=` or today, and what to say when the address held no day."""
    typed = request.GET.get("ngay", "").strip()
    try:
        return (DayField().clean(typed) if typed else request.actor.on), ""
    except forms.ValidationError as fault:
        return request.actor.on, fault.messages[0]


@require_safe
def law(request: Request) -> HttpResponse:
    """What is in force on a chosen day, and what ends soon."""
    on, fault = _day(request)
    return render(request, "rulebook/law.html", {"on": on, "day_fault": fault, "law": law_of_day(on)})


@require_safe
def kind(request: Request, code: str) -> HttpResponse:
    """A title or form: its standards on a day, and how they changed."""
    history = history_of_kind(code)
    if not history:
        raise Http404
    on, fault = _day(request)
    context = {
        "on": on,
        "day_fault": fault,
        "kind": next((one for one in history if one.holds_on(on)), history[0]),
        "standards": standards_of(code, on),
        "history": history,
        "provisions": history_of_standards(code),
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
