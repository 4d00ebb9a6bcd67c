"""Discipline and pending matters, for those who may know."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.records import actions, forms
from thidua.records.models import Discipline, PendingMatter
from thidua.records.views.shared import form_page, the_unit


@require_http_methods(["GET", "HEAD", "POST"])
def discipline(request: Request, pk: int) -> HttpResponse:
    """A decision of discipline."""
    found = the_unit(request, pk, "record_discipline")
    form = forms.DisciplineEntry(request.POST or None, unit=found)
    page = form_page(found, title="Ghi kỷ luật", verb="Ghi kỷ luật", done="Đã ghi kỷ luật.")
    return page.answer(
        request, form, lambda: actions.record_discipline(unit=found, **form.cleaned_data, by=request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_discipline(request: Request, pk: int, discipline: int) -> HttpResponse:
    """Its time ends, or it is annulled."""
    found = the_unit(request, pk, "view_sensitive")
    row = get_object_or_404(Discipline.objects.select_related("person"), unit=found, pk=discipline)
    names = ("ends", "annulled_on", "annulled_by")
    form = forms.DisciplineEnd(request.POST or None, initial={name: getattr(row, name) for name in names})
    page = form_page(found, title=f"Hết hạn hoặc hủy bỏ: {row}", verb="Lưu", done="Đã lưu.")
    return page.answer(
        request, form, lambda: actions.end_discipline(discipline=row, **form.cleaned_data, by=request.actor)
    )


@require_POST
def remove_discipline(request: Request, pk: int, discipline: int) -> HttpResponse:
    """Take back a row entered by mistake."""
    found = the_unit(request, pk, "view_sensitive")
    for row in Discipline.objects.filter(unit=found, pk=discipline):
        actions.remove_discipline(discipline=row, by=request.actor)
    return redirect("records:unit", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def matter(request: Request, pk: int) -> HttpResponse:
    """A matter is being looked into."""
    found = the_unit(request, pk, "report_matter")
    form = forms.MatterForm(request.POST or None, unit=found)
    page = form_page(
        found,
        title="Ghi việc đang xem xét",
        verb="Ghi",
        done="Đã ghi. Chưa đề nghị, chưa khen cho đến khi có kết luận.",
    )
    return page.answer(
        request, form, lambda: actions.report_matter(unit=found, **form.cleaned_data, by=request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: Request, pk: int, matter: int) -> HttpResponse:
    """A matter is concluded."""
    found = the_unit(request, pk, "view_sensitive")
    row = get_object_or_404(PendingMatter.objects.select_related("person"), unit=found, pk=matter)
    form = forms.ConclusionForm(request.POST or None)
    page = form_page(found, title=f"Kết luận: {row}", verb="Ghi kết luận", done="Đã ghi kết luận.")
    return page.answer(
        request, form, lambda: actions.conclude_matter(matter=row, **form.cleaned_data, by=request.actor)
    )


@require_POST
def remove_matter(request: Request, pk: int, matter: int) -> HttpResponse:
    """Take back a row entered by mistake."""
    found = the_unit(request, pk, "view_sensitive")
    for row in PendingMatter.objects.filter(unit=found, pk=matter):
        actions.remove_matter(matter=row, by=request.actor)
    return redirect("records:unit", pk)
