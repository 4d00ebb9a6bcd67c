"""Initiatives: a new one, its page, what it was used for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.records import actions, forms
from thidua.records.models import Initiative
from thidua.records.queries import visible_units
from thidua.records.views.shared import form_page, the_unit
from thidua.rulebook.catalogue import name_of


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, pk: int) -> HttpResponse:
    """An initiative was recognised."""
    found = the_unit(request, pk, "record_initiative")
    form = forms.InitiativeForm(request.POST or None, unit=found)
    page = form_page(found, title="Ghi sáng kiến", verb="Ghi sáng kiến", done="Đã ghi sáng kiến.")
    return page.answer(
        request, form, lambda: actions.record_initiative(unit=found, text=form.text(), by=request.actor)
    )


def _the(request: Request, pk: int) -> Initiative:
    rows = Initiative.objects.filter(unit__in=visible_units(request.actor).values("pk"))
    found = get_object_or_404(rows.select_related("unit"), pk=pk)
    allow(request.actor, "records.view_records", found)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def initiative(request: Request, pk: int) -> HttpResponse:
    """An initiative with its authors; write down what one of them used it for."""
    found = _the(request, pk)
    form = forms.UseForm(request.POST or None, initiative=found, initial={"year": request.actor.on.year})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.record_use(initiative=found, **form.cleaned_data, by=request.actor))
    ):
        messages.success(request, "Đã ghi việc dùng sáng kiến.")
        return redirect("records:initiative", pk)
    uses = [(use, name_of(use.kind)) for use in found.uses.select_related("person")]
    context = {
        "initiative": found,
        "form": form,
        "uses": uses,
        "authors": found.authors.select_related("person"),
    }
    return render(request, "records/initiative.html", context)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take back an initiative entered by mistake."""
    found = _the(request, pk)
    actions.remove_initiative(initiative=found, by=request.actor)
    messages.success(request, "Đã bỏ sáng kiến.")
    return redirect("records:unit", found.unit_id)


@require_POST
def remove_use(request: Request, pk: int, use: int) -> HttpResponse:
    """Take back a use entered by mistake."""
    found = _the(request, pk)
    for row in found.uses.filter(pk=use):
        actions.remove_use(use=row, by=request.actor)
    return redirect("records:initiative", pk)
