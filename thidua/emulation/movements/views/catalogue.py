"""The catalogue of movements and the page of one."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Stale, attempt
from thidua.base.sheets.writing import xlsx_response
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.movements import actions, queries, sheets
from thidua.emulation.movements.forms import (
    FilterForm,
    MovementForm,
    ReviewForm,
    StatisticsForm,
    figure_lines,
    typed_figures,
)
from thidua.emulation.movements.models import Movement

ROWS = 50


def _asked(form: FilterForm) -> queries.Filter:
    """What fits of what was asked; an unfit value narrows nothing and is told beside its field."""
    form.is_valid()
    told = form.cleaned_data
    return queries.Filter(
        words=told.get("words") or "",
        level=told.get("level") or "",
        kind=told.get("kind") or "",
        year=told.get("year"),
    )


def _seen(request: Request, pk: int) -> Movement:
    return get_object_or_404(queries.visible_movements(request.actor), pk=pk)


@require_safe
def catalogue(request: Request) -> HttpResponse:
    """Movements of the country, the province, the clusters and the own unit."""
    form = FilterForm(request.GET or None)
    found = queries.catalogue(request.actor, _asked(form) if form.is_bound else queries.Filter())
    page = Paginator(found, ROWS).get_page(request.GET.get("trang"))
    may_add = rules.has_perm("movements.add_movement", request.actor, None)
    return render(request, "movements/catalogue.html", {"form": form, "page": page, "may_add": may_add})


@require_safe
def catalogue_excel(request: Request) -> HttpResponse:
    """The same list as an Excel file."""
    found = queries.catalogue(request.actor, _asked(FilterForm(request.GET)))
    return xlsx_response("phong-trao-thi-dua", [sheets.catalogue_sheet(found)])


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Add to a catalogue outside any cluster's year."""
    allow(request.actor, "movements.add_movement")
    form = MovementForm(request.POST or None, by=request.actor, initial=_begun_below(request))
    if form.is_valid() and attempt(form, lambda: _launch(form, request)):
        messages.success(request, "Đã thêm phong trào vào danh mục.")
        return redirect("movements:movement", form.instance.pk)
    return render(request, "movements/edit.html", {"form": form, "verb": "Thêm phong trào"})


def _begun_below(request: Request) -> dict[str, object]:
    """What a movement that concretises another takes from it at first."""
    asked = request.GET.get("cu-the-hoa", "")
    if not asked.isdecimal():
        return {}
    above = queries.visible_movements(request.actor).filter(pk=asked).first()
    if above is None:
        return {}
    starts = above.term.lower if above.term else None
    return {"parent": above.pk, "kind": above.kind, "starts": starts, "ends": above.last_day}


def _launch(form: MovementForm, request: Request) -> None:
    actions.launch_movement(
        movement=form.instance, launchers=form.cleaned_data["launchers"], by=request.actor
    )


@require_safe
def movement(request: Request, pk: int) -> HttpResponse:
    """One movement: what it is, its reviews, who answered in which year and whose plan is missing."""
    seen = _seen(request, pk)
    context = {
        "movement": seen,
        "years": queries.answers_to(seen, request.actor),
        "reviews": queries.reviews_of(seen),
        "own": request.actor.units(*MEMBER_KINDS),
        "tree": queries.tree_of(seen, request.actor),
        "may_add": rules.has_perm("movements.add_movement", request.actor, None),
        "may_keep": rules.has_perm("movements.revise_movement", request.actor, seen),
        "obstacles": queries.obstacles_to_removing(seen),
    }
    return render(request, "movements/movement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: Request, pk: int) -> HttpResponse:
    """Correct what the catalogue says of it."""
    seen = _seen(request, pk)
    allow(request.actor, "movements.revise_movement", seen)
    revision = request.POST.get("revision", "")
    form = MovementForm(request.POST or None, instance=seen, by=request.actor)
    if form.is_valid() and attempt(form, lambda: _revise(form, revision, request)):
        messages.success(request, "Đã sửa phong trào.")
        return redirect("movements:movement", pk)
    context = {"form": form, "verb": "Sửa phong trào", "revision": revision or seen.revision}
    return render(request, "movements/edit.html", context)


def _revise(form: MovementForm, revision: str, request: Request) -> None:
    if not revision.isdecimal():
        raise Stale
    actions.revise_movement(
        movement=form.instance,
        launchers=form.cleaned_data["launchers"],
        revision=int(revision),
        by=request.actor,
    )


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a mistaken entry out of the catalogue."""
    actions.remove_movement(movement=_seen(request, pk), by=request.actor)
    messages.success(request, "Đã xóa phong trào khỏi danh mục.")
    return redirect("movements:catalogue")


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, pk: int) -> HttpResponse:
    """Write down an interim or final review."""
    seen = _seen(request, pk)
    allow(request.actor, "movements.review_movement", seen)
    form, lines = ReviewForm(request.POST or None), figure_lines(request.POST or None)
    if form.is_valid() & lines.is_valid() and attempt(
        form,
        lambda: actions.review_movement(
            movement=seen, review=form.instance, figures=typed_figures(lines), by=request.actor
        ),
    ):
        messages.success(request, "Đã ghi kết quả sơ kết, tổng kết.")
        return redirect("movements:movement", pk)
    context = {"form": form, "lines": lines, "movement": seen}
    context["years"] = queries.answers_to(seen, request.actor)
    return render(request, "movements/review.html", context)


@require_POST
def remove_review(request: Request, pk: int, review: int) -> HttpResponse:
    """A review was written by mistake."""
    seen = _seen(request, pk)
    row = get_object_or_404(seen.reviews, pk=review)
    actions.remove_review(review=row, by=request.actor)
    messages.success(request, "Đã bỏ phần đánh giá ghi nhầm.")
    return redirect("movements:movement", pk)


def _counted(request: Request) -> tuple[StatisticsForm, queries.Statistics]:
    """The year asked for; this year when none, or nothing sensible, was."""
    form = StatisticsForm(request.GET or {"year": request.actor.on.year})
    year = form.cleaned_data["year"] if form.is_valid() else request.actor.on.year
    return form, queries.statistics(request.actor, year)


@require_safe
def statistics(request: Request) -> HttpResponse:
    """Movements of a year counted as the statistical form asks."""
    form, counted = _counted(request)
    return render(request, "movements/statistics.html", {"form": form, "counted": counted})


@require_safe
def statistics_excel(request: Request) -> HttpResponse:
    """The same numbers as an Excel file."""
    _, counted = _counted(request)
    return xlsx_response(f"thong-ke-phong-trao-{counted.year}", [sheets.statistics_sheet(counted)])
