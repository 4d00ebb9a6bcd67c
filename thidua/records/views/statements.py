"""Conditions that a paper confirms: of the unit as a collective, or of one of its people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.organisations.models import Person
from thidua.records import actions, forms
from thidua.records.models import Statement
from thidua.records.queries import people_ever_at
from thidua.records.views.shared import form_page, the_unit


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: Request, pk: int, person: int | None = None) -> HttpResponse:
    """A paper says whether a condition is met."""
    found = the_unit(request, pk, "record_statement")
    someone: Person | None = None
    if person is not None:
        someone = get_object_or_404(people_ever_at(found), pk=person)
    recipient = "tap_the" if someone is None else "ca_nhan"
    form = forms.StatementForm(request.POST or None, recipient=recipient, on=request.actor.on)
    page = form_page(
        found,
        title=f"Xác nhận điều kiện: {someone or found}",
        verb="Ghi",
        done="Đã ghi điều được xác nhận.",
        facts="Chỉ ghi điều đã có văn bản. Ghi lại cùng điều kiện, cùng năm thì thay dòng cũ.",
    )
    return page.answer(
        request,
        form,
        lambda: actions.record_statement(unit=found, person=someone, text=form.text(), by=request.actor),
    )


@require_POST
def remove(request: Request, pk: int, statement: int) -> HttpResponse:
    """Take back what was entered by mistake."""
    found = the_unit(request, pk, "record_statement")
    row = get_object_or_404(Statement.objects.select_related("unit", "person"), unit=found, pk=statement)
    actions.remove_statement(statement=row, by=request.actor)
    return redirect("records:unit", pk)
