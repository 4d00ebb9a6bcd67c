"""The year's list of exemplars, and the cluster's headings."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.base.sheets.writing import xlsx_response
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, due, members
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.exemplars import actions, queries, sheets
from thidua.emulation.exemplars.forms import CategoryForm, FilterForm
from thidua.emulation.exemplars.models import ExemplarCategory
from thidua.organisations.models import Unit

ROWS = 50


def _filters(request: Request, year: Cycle) -> FilterForm:
    units = list(Unit.objects.filter(pk__in=[m.unit_id for m in members(year)]))
    return FilterForm(request.GET or None, units=units, categories=list(queries.categories_of(year)))


def _asked(form: FilterForm) -> queries.Filter:
    """What fits of what was asked; an unfit value narrows nothing and is told beside its field."""
    if not form.is_bound:
        return queries.Filter()
    form.is_valid()
    told = form.cleaned_data
    return queries.Filter(**{name: told[name] for name in form.fields if told.get(name)})


def _silent(request: Request, year: Cycle) -> list[Unit]:
    """Units the person acts for that neither registered an exemplar nor said that there is none."""
    if due(year, queries.ACT) is None or year.closed_at is not None:
        return []
    told = {row.unit_id for row in queries.nothing_told(year)} | set(queries.registered_by_unit(year))
    return [unit for unit in queries.writable_units(year, request.actor) if unit.pk not in told]


@require_safe
def register(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The year's exemplars with filters and totals; members read their own, the head all."""
    year = in_cycle(request, cluster, cycle)
    form = _filters(request, year)
    rows = list(queries.register(year, request.actor, _asked(form)))
    reads_all = queries.reads_all(year, request.actor)
    own = request.actor.units(*MEMBER_KINDS) & {m.unit_id for m in members(year)}
    counts = queries.counts(year, units=None if reads_all else own)
    context = {
        "cycle": year,
        "form": form,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("trang")),
        "totals": queries.totals(rows),
        "doubles": queries.doubles(rows),
        "counts": counts,
        "told": queries.told(counts),
        "reads_all": reads_all,
        "due": due(year, queries.ACT),
        "nothing": queries.nothing_read_by(year, request.actor),
        "silent": _silent(request, year),
        "own": own,
        "may_enter": bool(own) and year.closed_at is None,
        "may_name": rules.has_perm("exemplars.add_category", request.actor, year),
    }
    return render(request, "exemplars/register.html", context)


@require_safe
def register_excel(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The same list as an Excel file, in the columns of the import."""
    year = in_cycle(request, cluster, cycle)
    kept = queries.register(year, request.actor, _asked(_filters(request, year)))
    rows = queries.entries_with_steps(year, request.actor).filter(pk__in=[row.pk for row in kept])
    made = xlsx_response(f"dien-hinh-{year.cluster.address}-{year.address}", [sheets.sheet_of(year, rows)])
    return handed_out(request, made, about=year)


@require_http_methods(["GET", "HEAD", "POST"])
def categories(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The cluster's headings; add one."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "exemplars.add_category", year)
    form = CategoryForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: actions.add_category(cycle=year, name=form.cleaned_data["name"], by=request.actor),
        )
    ):
        messages.success(request, "Đã thêm nhóm điển hình.")
        return redirect("exemplars:categories", cluster, cycle)
    context = {"cycle": year, "form": form, "rows": queries.categories_of(year)}
    return render(request, "exemplars/categories.html", context)


@require_POST
def remove_category(request: Request, cluster: str, cycle: str, category: int) -> HttpResponse:
    """Take away a heading nobody uses."""
    year = in_cycle(request, cluster, cycle)
    row: ExemplarCategory = get_object_or_404(queries.categories_of(year), pk=category)
    actions.remove_category(cycle=year, category=row, by=request.actor)
    messages.success(request, "Đã bỏ nhóm điển hình.")
    return redirect("exemplars:categories", cluster, cycle)
