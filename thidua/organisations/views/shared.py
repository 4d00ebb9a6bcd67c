"""What the form pages have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from thidua.base.accounts.requests import Request
from thidua.base.audit.refusals import attempt
from thidua.base.ui.forms import DayField


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A page with one form: its title, its button, what is said when done, where it came from."""

    title: str
    verb: str
    done: str
    back: str
    back_word: str
    facts: str = ""
    danger: bool = False

    def answer(self, request: Request, form: forms.BaseForm, run: Callable[[], object]) -> HttpResponse:
        """Run the action for a valid form and go back; else show the form with all that was typed."""
        if request.method == "POST" and form.is_valid() and attempt(form, run):
            messages.success(request, self.done)
            return redirect(self.back)
        return render(request, "organisations/form.html", {"form": form, "page": self})


def chosen_day(request: Request, name: str = "ngay") -> tuple[date, str]:
    """The day the address names, or today, and what to say when it held no day."""
    typed = request.GET.get(name, "").strip()
    try:
        return (DayField().clean(typed) if typed else request.actor.on), ""
    except forms.ValidationError as fault:
        return request.actor.on, fault.messages[0]
