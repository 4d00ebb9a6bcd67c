"""Movements of one year of a cluster: what is expected, who answered."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.base.sheets.writing import xlsx_response
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, members
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.movements import actions, queries, sheets
from thidua.emulation.movements.forms import (
    AdoptionForm,
    ApplyForm,
    FigureLineForm,
    MovementForm,
    target_lines,
    typed_targets,
)
from thidua.emulation.movements.models import Adoption, CycleMovement


def _to_board(year: Cycle) -> HttpResponse:
    return redirect("movements:board", year.cluster.address, year.address)


@require_safe
def board(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Members as rows, the year's movements as columns."""
    year = in_cycle(request, cluster, cycle)
    seen = queries.board(year, request.actor.on)
    may_apply = rules.has_perm("movements.apply_movement", request.actor, year)
    held = queries.held_in_the_year(seen.expected) if may_apply else {}
    context = {
        "cycle": year,
        "board": seen,
        "columns": list(zip(seen.expected, seen.counts, strict=True)),
        "dues": [
            (expected, queries.plan_due(expected, year), held.get(expected.pk)) for expected in seen.expected
        ],
        "own": request.actor.units(*MEMBER_KINDS),
        "may_apply": may_apply,
        "form": ApplyForm(movements=queries.choosable(year, request.actor)) if may_apply else None,
    }
    return render(request, "movements/board.html", context)


@require_safe
def board_excel(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The board as an Excel file."""
    year = in_cycle(request, cluster, cycle)
    return xlsx_response(
        f"phong-trao-{year.cluster.address}-{year.address}",
        [sheets.board_sheet(queries.board(year, request.actor.on))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def launch(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The cluster itself launches a movement for its members."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "movements.apply_movement", year)
    form = MovementForm(request.POST or None, by=request.actor, cycle=year)
    if form.is_valid() and attempt(
        form,
        lambda: actions.launch_movement(
            movement=form.instance, launchers=form.cleaned_data["launchers"], by=request.actor
        ),
    ):
        messages.success(request, "Đã phát động phong trào. Các đơn vị thành viên thấy việc phải hưởng ứng.")
        return _to_board(year)
    verb = f"Phát động phong trào của {year.cluster.noun}"
    return render(request, "movements/edit.html", {"cycle": year, "form": form, "verb": verb})


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Choose a movement of the catalogue for the year."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "movements.apply_movement", year)
    form = ApplyForm(request.POST or None, movements=queries.choosable(year, request.actor))
    if form.is_valid() and attempt(
        form, lambda: actions.apply_movement(cycle=year, by=request.actor, **form.cleaned_data)
    ):
        messages.success(request, "Đã thêm phong trào vào năm thi đua.")
        return _to_board(year)
    return render(request, "movements/apply.html", {"cycle": year, "form": form})


@require_POST
def drop(request: Request, cluster: str, cycle: str, expected: int) -> HttpResponse:
    """Expect a movement no longer."""
    year = in_cycle(request, cluster, cycle)
    row = get_object_or_404(year.movements, pk=expected)
    actions.drop_movement(cycle=year, expected=row, by=request.actor)
    messages.success(request, "Đã bỏ phong trào khỏi năm thi đua. Anh/chị có thể chọn lại bất cứ lúc nào.")
    return _to_board(year)


def _answer(year: Cycle, expected: int, unit: int) -> Adoption:
    row: CycleMovement = get_object_or_404(year.movements.select_related("movement"), pk=expected)
    row.cycle = year
    for membership in members(year):
        if membership.unit_id == unit:
            adoption = queries.adoption_of(row, membership.unit)
            adoption.expected = row
            return adoption
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: Request, cluster: str, cycle: str, expected: int, unit: int) -> HttpResponse:
    """A member answers a movement, with its own plan."""
    year = in_cycle(request, cluster, cycle)
    adoption = _answer(year, expected, unit)
    allow(request.actor, "movements.adopt_movement", adoption)
    form = AdoptionForm(
        request.POST or None,
        request.FILES or None,
        instance=adoption,
        initial={"revision": adoption.revision}
        if adoption.pk
        else {"revision": 0, "adopted_on": request.actor.on},
    )
    lines = target_lines(request.POST or None, adoption)
    if form.is_valid() & lines.is_valid() and attempt(form, lambda: _adopt(form, lines, request)):
        messages.success(
            request, f"Đã ghi {adoption.unit} hưởng ứng phong trào “{adoption.expected.movement}”."
        )
        return _to_board(year)
    context = {"cycle": year, "form": form, "lines": lines, "adoption": adoption}
    return render(request, "movements/adopt.html", context)


def _adopt(form: AdoptionForm, lines: BaseFormSet[FigureLineForm], request: Request) -> None:
    actions.adopt_movement(
        adoption=form.instance,
        targets=typed_targets(lines),
        revision=form.cleaned_data["revision"] or 0,
        plan_upload=form.cleaned_data["plan_upload"],
        by=request.actor,
    )


@require_POST
def withdraw(request: Request, cluster: str, cycle: str, expected: int, unit: int) -> HttpResponse:
    """Take back an answer written by mistake."""
    year = in_cycle(request, cluster, cycle)
    row = get_object_or_404(
        Adoption.objects.select_related("expected__movement", "expected__cycle__cluster", "unit"),
        expected__cycle=year,
        expected=expected,
        unit=unit,
    )
    actions.withdraw_adoption(adoption=row, by=request.actor)
    messages.success(request, "Đã rút nội dung hưởng ứng.")
    return _to_board(year)
