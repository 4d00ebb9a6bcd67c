"""A unit's records: ratings over the years, initiatives, and what holds commendation back."""

from __future__ import annotations

from functools import partial

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.base.sheets.writing import xlsx_response
from thidua.organisations.models import Tenure, Unit
from thidua.organisations.queries import find_units
from thidua.records import actions, forms
from thidua.records.models import Discipline, Leave, PendingMatter, Rating, Statement, UnitProfile
from thidua.records.queries import (
    initiatives_of,
    led_offices,
    people_at,
    ratings_by_year,
    unit_ratings,
    unrated,
    visible_units,
)
from thidua.records.sheets import LISTS, SENSITIVE_LISTS, sheet_of
from thidua.records.views.shared import form_page, the_unit

YEARS_SHOWN = 6
PAGE_SIZE = 200
LONG = 10  # digits of a number no record has


@require_safe
def index(request: Request) -> HttpResponse:
    """The units whose records one keeps; one's only unit is opened at once."""
    allow(request.actor, "records.import_records")
    units = visible_units(request.actor)
    words = request.GET.get("q", "").strip()[:100]
    if not words and "trang" not in request.GET:
        only = list(units[:2])
        if len(only) == 1:
            return redirect("records:unit", only[0].pk)
    found = units.filter(pk__in=find_units(words).values("pk")) if words else units
    page = Paginator(found.order_by("order"), PAGE_SIZE).get_page(request.GET.get("trang"))
    year = request.actor.on.year - 1
    rated = unrated([unit.pk for unit in page], year, request.actor.on)
    rows = [(unit, *rated[unit.pk]) for unit in page]
    context = {"page": page, "rows": rows, "rated_year": year, "words": words}
    return render(request, "records/index.html", context)


@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """Everything on record about a unit and its people, and the same as Excel."""
    found = the_unit(request, pk)
    sees = rules.has_perm("records.view_sensitive", request.actor, found)
    if request.GET.get("dang") == "excel":
        made = _excel(found, request.GET.get("bang", ""), sees=sees)
        return handed_out(request, made, about=found)
    on = request.actor.on
    columns = range(on.year, on.year - YEARS_SHOWN, -1)
    context = {
        "unit": found,
        "columns": columns,
        "people": [
            (person, list(zip(columns, row, strict=True)))
            for person, row in ratings_by_year(found, on, columns)
        ],
        "own": list(zip(columns, unit_ratings(found, columns), strict=True)),
        "initiatives": initiatives_of(found),
        "offices": [
            (office, office.is_open_on(on))
            for office in led_offices(Tenure.objects.filter(office__unit=found))
        ],
        "statements": Statement.objects.filter(unit=found).select_related("person"),
        "leaves": Leave.objects.filter(unit=found).select_related("person"),
        "profile": UnitProfile.objects.filter(unit=found).first(),
        "sees_sensitive": sees,
        "disciplines": Discipline.objects.filter(unit=found).select_related("person") if sees else [],
        "matters": PendingMatter.objects.filter(unit=found).select_related("person") if sees else [],
    }
    return render(request, "records/unit.html", context)


def _excel(unit: Unit, name: str, *, sees: bool) -> HttpResponse:
    """One list as it can be taken in again, or all that the person may see, a sheet each."""
    lists = (*LISTS, *(SENSITIVE_LISTS if sees else ()))
    sheets = [sheet_of(one, [unit]) for one in lists if name in {"", one}]
    if not sheets:
        raise Http404
    title = sheets[0].title if name else "Hồ sơ theo dõi"
    return xlsx_response(f"{title} {unit.short_name}", sheets)


@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: Request, pk: int) -> HttpResponse:
    """Rate a person or the unit for a year; what stands there already is shown, and may be taken back."""
    found = the_unit(request, pk, "record_rating")
    person, year = _number(request, "ca-nhan"), _number(request, "nam") or request.actor.on.year
    row = Rating.objects.filter(unit=found, person=person, year=year).first()
    names = ("level", "decision_symbol", "decision_date")
    told = {name: getattr(row, name) for name in names} if row else {}
    form = forms.RatingForm(
        request.POST or None, initial={"person": person, "year": year, **told}, unit=found
    )
    if request.method == "POST" and form.is_valid():
        run = partial(actions.record_rating, unit=found, **form.cleaned_data, by=request.actor)
        if attempt(form, run):
            messages.success(request, "Đã ghi xếp loại.")
            return redirect("records:unit", pk)
    return render(request, "records/rating.html", {"unit": found, "form": form, "rating": row})


def _number(request: Request, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONG else None


@require_POST
def remove_rating(request: Request, pk: int, rating: int) -> HttpResponse:
    """Take back a rating entered by mistake."""
    found = the_unit(request, pk, "record_rating")
    for row in Rating.objects.filter(unit=found, pk=rating):
        actions.remove_rating(rating=row, by=request.actor)
    return redirect("records:unit", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def describe_unit(request: Request, pk: int) -> HttpResponse:
    """The unit's circumstances."""
    found = the_unit(request, pk, "describe_unit")
    row = UnitProfile.objects.filter(unit=found).first()
    names = ("is_remote", "founded_on", "gets_flags")
    initial = {name: getattr(row, name) for name in names} if row else {}
    form = forms.UnitProfileForm(request.POST or None, initial=initial)
    page = form_page(found, title="Hoàn cảnh của tập thể", verb="Lưu", done="Đã lưu hoàn cảnh của tập thể.")
    return page.answer(
        request, form, lambda: actions.describe_unit(unit=found, **form.cleaned_data, by=request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def describe_person(request: Request, pk: int, person: int) -> HttpResponse:
    """A person's circumstances."""
    found = the_unit(request, pk, "describe_person")
    someone = people_at([found.pk], request.actor.on).filter(pk=person).select_related("profile").first()
    if someone is None:
        return redirect("records:unit", pk)
    row = getattr(someone, "profile", None)
    names = ("sex", "occupation", "is_direct", "recruited_on")
    form = forms.ProfileForm(
        request.POST or None, initial={name: getattr(row, name) for name in names} if row else {}
    )
    page = form_page(
        found,
        title=f"Hoàn cảnh của {someone}",
        verb="Lưu",
        done="Đã lưu.",
        facts="Chỉ ghi điều tiêu chuẩn cần đến.",
    )
    return page.answer(
        request,
        form,
        lambda: actions.describe_person(unit=found, person=someone, **form.cleaned_data, by=request.actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request, pk: int) -> HttpResponse:
    """An absence."""
    found = the_unit(request, pk, "record_leave")
    form = forms.LeaveForm(request.POST or None, unit=found)
    page = form_page(found, title="Ghi thời gian nghỉ", verb="Ghi", done="Đã ghi thời gian nghỉ.")
    return page.answer(
        request, form, lambda: actions.record_leave(unit=found, **form.cleaned_data, by=request.actor)
    )


@require_POST
def remove_leave(request: Request, pk: int, leave: int) -> HttpResponse:
    """Take back an absence entered by mistake."""
    found = the_unit(request, pk, "record_leave")
    for row in Leave.objects.filter(unit=found, pk=leave):
        actions.remove_leave(leave=row, by=request.actor)
    return redirect("records:unit", pk)
