"""What the pages have in common."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.organisations.models import Unit
from thidua.organisations.views.shared import FormPage
from thidua.records.queries import visible_units


def the_unit(request: Request, pk: int, verb: str = "view_records") -> Unit:
    """The unit when its records are the person's to see (404 otherwise) and to change (403)."""
    found = get_object_or_404(visible_units(request.actor).select_related("parent"), pk=pk)
    allow(request.actor, f"records.{verb}", found)
    return found


def form_page(unit: Unit, *, title: str, verb: str, done: str, facts: str = "") -> FormPage:
    """A form about a unit's records; it goes back to them."""
    back = reverse("records:unit", args=[unit.pk])
    return FormPage(title=title, verb=verb, done=done, back=back, back_word=unit.name, facts=facts)
