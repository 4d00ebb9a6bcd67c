"""What holds a class down, and what is put right after a layer was sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused, attempt
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.entries import entry_of
from thidua.emulation.scoring.forms import CorrectionForm, FlagCorrectionForm, FlagsForm
from thidua.emulation.scoring.queries import flag_history
from thidua.emulation.scoring.views.sheets import line_or_404, open_sheet


@require_POST
def flags(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """File the facts that hold the unit's class down."""
    view = open_sheet(request, cluster, cycle, unit, layer).view
    form = FlagsForm(view.table, request.POST)
    if not form.is_valid():
        raise Refused("Trường hợp này không có trong bảng điểm. Anh/chị mở lại trang.")
    row = view.layers[layer].layer
    actions.raise_flags(layer=row, flags=form.cleaned_data["flags"], by=request.actor)
    messages.success(request, "Đã ghi các trường hợp khống chế.")
    return redirect("scoring:sheet", cluster, cycle, unit)


def correct_flags(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """Put the facts of a layer already sent right."""
    opened = open_sheet(request, cluster, cycle, unit, layer)
    view, row = opened.view, opened.view.layers[layer].layer
    allow(request.actor, "scoring.correct_flags", row)
    form = FlagCorrectionForm(view.table, request.POST or None, initial={"flags": row.flags_now or []})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def write() -> None:
            actions.correct_flags(layer=row, flags=told["flags"], reason=told["reason"], by=request.actor)

        if attempt(form, write):
            messages.success(request, "Đã đính chính các trường hợp khống chế.")
            return redirect("scoring:sheet", cluster, cycle, unit)
    context = {
        "cycle": opened.scope.cycle,
        "scope": opened.scope,
        "view": view,
        "layer": row,
        "form": form,
        "history": flag_history(row),
    }
    return render(request, "scoring/correct_flags.html", context)


def correct(
    request: Request, cluster: str, cycle: str, unit: int, layer: str, criterion: int
) -> HttpResponse:
    """Correct one mark of a layer already sent."""
    opened = open_sheet(request, cluster, cycle, unit, layer)
    view, line = opened.view, line_or_404(opened.view, criterion)
    row = view.layers[layer].layer
    allow(request.actor, "scoring.correct_mark", row)
    form = CorrectionForm(entry_of(line, view.rules[line.code]), request.POST or None)
    if request.method == "POST" and form.is_valid():
        mark = form.mark()

        def write() -> None:
            actions.correct_mark(
                layer=row,
                criterion=line,
                filed=mark.filed,
                extras=mark.extras,
                reason=mark.reason,
                by=request.actor,
            )

        if attempt(form, write):
            messages.success(request, f"Đã đính chính tiêu chí {line.code}.")
            return redirect("scoring:sheet", cluster, cycle, unit)
    history = row.marks.filter(criterion=line).select_related("author")
    context = {
        "cycle": opened.scope.cycle,
        "scope": opened.scope,
        "view": view,
        "layer": row,
        "line": line,
        "form": form,
        "history": history,
    }
    return render(request, "scoring/correct.html", context)
