"""To which post of the career tables an office of the unit is equal."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.organisations.models import Tenure
from thidua.records import actions, forms
from thidua.records.models import Equivalence
from thidua.records.views.shared import form_page, the_unit

FACTS = "Chức vụ không có tên trong nghị định chỉ tính vào quá trình cống hiến khi có văn bản xác định."


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: Request, pk: int, tenure: int) -> HttpResponse:
    """A paper says what a held office is equal to."""
    found = the_unit(request, pk, "state_equivalence")
    rows = Tenure.objects.filter(office__unit=found).select_related("person", "office__unit")
    row = get_object_or_404(rows, pk=tenure)
    form = forms.EquivalenceForm(request.POST or None)
    page = form_page(
        found,
        title=f"Chức vụ tương đương: {row.person}, {row.office.name}",
        verb="Ghi chức vụ tương đương",
        done="Đã ghi chức vụ tương đương.",
        facts=FACTS,
    )
    return page.answer(
        request,
        form,
        lambda: actions.state_equivalence(unit=found, tenure=row, text=form.text(), by=request.actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, pk: int, equivalence: int) -> HttpResponse:
    """Put right what was written wrong."""
    row = _the(request, pk, equivalence)
    allow(request.actor, "records.correct_equivalence", row)
    form = forms.EquivalenceForm(request.POST or None, initial=forms.shown_equivalence(row))
    page = form_page(
        row.tenure.office.unit,
        title=f"Sửa chức vụ tương đương: {row.tenure.person}, {row.tenure.office.name}",
        verb="Lưu thay đổi",
        done="Đã lưu. Nội dung cũ vẫn còn trong lịch sử.",
        facts=FACTS,
    )
    return page.answer(
        request,
        form,
        lambda: actions.correct_equivalence(equivalence=row, text=form.text(), by=request.actor),
    )


@require_POST
def remove(request: Request, pk: int, equivalence: int) -> HttpResponse:
    """Take back a statement entered by mistake."""
    actions.remove_equivalence(equivalence=_the(request, pk, equivalence), by=request.actor)
    return redirect("records:unit", pk)


def _the(request: Request, pk: int, equivalence: int) -> Equivalence:
    found = the_unit(request, pk, "state_equivalence")
    rows = Equivalence.objects.filter(tenure__office__unit=found)
    return get_object_or_404(rows.select_related("tenure__person", "tenure__office__unit"), pk=equivalence)
