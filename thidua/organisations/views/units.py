"""Units: the list, a unit's page, and what changes them."""

from __future__ import annotations

from typing import Any

import rules
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.periods import day_after
from thidua.base.sheets.writing import xlsx_response
from thidua.organisations import actions, forms
from thidua.organisations.models import Unit
from thidua.organisations.queries import find_units, names_on, people_of, units_on
from thidua.organisations.sheets import units_sheet
from thidua.organisations.views.shared import FormPage, chosen_day

PAGE_SIZE = 500
ORDERS = {  # the word in the address: what it sorts by
    "ten": ("order", "pk"),
    "loai": ("kind", "order", "pk"),
    "truc-thuoc": ("parent__order", "order", "pk"),
    "ky-hieu": ("symbol", "order", "pk"),
}


def filtered_units(request: Request, form: forms.UnitFilter) -> QuerySet[Unit]:
    """The units the filter asks for; what is no proper filter asks for all that exist today."""
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = find_units(wanted["q"]) if wanted.get("q") else Unit.objects.all()
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("state") == "ended":
        found = found.exclude(pk__in=units_on(request.actor.on).values("pk"))
    elif wanted.get("state") != "all":
        found = found.filter(existence__contains=request.actor.on)
    order = ORDERS.get(request.GET.get("thu_tu", ""), ORDERS["ten"])
    return found.select_related("parent").order_by(*order)


@require_safe
def units(request: Request) -> HttpResponse:
    """All units, searched with or without marks."""
    allow(request.actor, "organisations.view_unit")
    form = forms.UnitFilter(request.GET)
    found = filtered_units(request, form)
    if request.GET.get("dang") == "excel":
        return xlsx_response("Danh sách đơn vị", [units_sheet(found)])
    return render(
        request,
        "organisations/units.html",
        {
            "form": form,
            "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang")),
            "may_manage": rules.has_perm("organisations.import_units", request.actor, None),
        },
    )


@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """A unit on a chosen day: name, parent, people in office; its names over time, its succession."""
    found = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    allow(request.actor, "organisations.view_unit", found)
    on, fault = chosen_day(request)
    may_manage = rules.has_perm("organisations.edit_unit", request.actor, found)
    appointments = found.appointments.select_related("person").order_by("person__order", "term")
    return render(
        request,
        "organisations/unit.html",
        {
            "unit": found,
            "on": on,
            "day_fault": fault,
            "name_then": names_on([found.pk], on)[found.pk][0],
            "exists": found.existence.lower <= on
            and (found.existence.upper is None or on < found.existence.upper),
            "people": people_of(found, on),
            "pasts": found.pasts.select_related("parent"),
            "children": found.children.filter(existence__contains=on),
            "successions": _successions(found),
            "appointments": appointments.filter(term__contains=on) if may_manage else [],
            "may_manage": may_manage,
            "standing_bodies": found.served_by.filter(term__contains=on).select_related("unit"),
            "may_name_standing_body": rules.has_perm(
                "organisations.create_standing_body", request.actor, None
            ),
        },
    )


def _successions(unit: Unit) -> list[Any]:
    both = {
        *unit.successions_out.prefetch_related("predecessors", "successors"),
        *unit.successions_in.prefetch_related("predecessors", "successors"),
    }
    return sorted(both, key=lambda row: row.on, reverse=True)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: Request) -> HttpResponse:
    """A new unit."""
    allow(request.actor, "organisations.import_units")
    form = forms.UnitForm(request.POST or None, initial={"parent": request.GET.get("truc-thuoc")})
    page = FormPage(
        title="Thêm đơn vị",
        verb="Thêm đơn vị",
        done="Đã thêm đơn vị.",
        back=reverse("organisations:units"),
        back_word="Đơn vị",
    )
    return page.answer(request, form, lambda: actions.create_unit(**form.cleaned_data, by=request.actor))


def _managed_unit(request: Request, pk: int, permission: str) -> Unit:
    found = get_object_or_404(Unit, pk=pk)
    allow(request.actor, permission, found)
    return found


def _page(
    found: Unit, title: str, verb: str, done: str, *, facts: str = "", danger: bool = False
) -> FormPage:
    return FormPage(
        title=title,
        verb=verb,
        done=done,
        back=reverse("organisations:unit", args=[found.pk]),
        back_word=found.name,
        facts=facts,
        danger=danger,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct short name, kind and symbol."""
    found = _managed_unit(request, pk, "organisations.edit_unit")
    shown = {name: getattr(found, name) for name in ("short_name", "kind", "symbol", "revision")}
    form = forms.UnitDetailsForm(request.POST or None, initial=shown)
    page = _page(
        found,
        f"Sửa thông tin {found}",
        "Lưu thay đổi",
        "Đã lưu.",
        facts="Tên đổi từ một ngày thì dùng “Đổi tên”.",
    )
    return page.answer(
        request, form, lambda: actions.edit_unit(unit=found, **form.cleaned_data, by=request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: Request, pk: int) -> HttpResponse:
    """A new name from a day on."""
    found = _managed_unit(request, pk, "organisations.rename_unit")
    form = forms.RenameForm(request.POST or None)
    page = _page(
        found,
        f"Đổi tên {found}",
        "Đổi tên",
        "Đã đổi tên.",
        facts="Văn bản của những ngày trước vẫn mang tên cũ.",
    )
    return page.answer(
        request, form, lambda: actions.rename_unit(unit=found, **form.cleaned_data, by=request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Another parent from a day on."""
    found = _managed_unit(request, pk, "organisations.move_unit")
    form = forms.MoveForm(request.POST or None)
    page = _page(found, f"Chuyển cấp trên của {found}", "Chuyển", "Đã chuyển cấp trên.")
    return page.answer(
        request, form, lambda: actions.move_unit(unit=found, **form.cleaned_data, by=request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """The unit ceases."""
    found = _managed_unit(request, pk, "organisations.end_unit")
    form = forms.EndUnitForm(request.POST or None)
    page = _page(
        found,
        f"Kết thúc hoạt động của {found}",
        "Kết thúc hoạt động",
        "Đã ghi ngày thôi hoạt động.",
        facts="Chức vụ và quyền được giao tại đơn vị cũng hết từ hôm sau.",
        danger=True,
    )

    def run() -> object:
        given = form.cleaned_data
        ends = day_after(given["last_day"])
        return actions.end_unit(unit=found, ends=ends, reason=given["reason"], by=request.actor)

    return page.answer(request, form, run)


@require_http_methods(["GET", "HEAD", "POST"])
def succession(request: Request, pk: int) -> HttpResponse:
    """Merger or split."""
    found = _managed_unit(request, pk, "organisations.record_succession")
    form = forms.SuccessionForm(request.POST or None, initial={"predecessors": [found]})
    page = _page(
        found,
        "Ghi sáp nhập, chia tách",
        "Ghi lại",
        "Đã ghi việc kế thừa.",
        facts="Đơn vị trước mà không còn ở sau thì thôi hoạt động từ ngày đó.",
    )
    return page.answer(
        request,
        form,
        lambda: actions.record_succession(
            lead=found,
            **{**form.cleaned_data, "predecessors": list(form.cleaned_data["predecessors"])},
            by=request.actor,
        ),
    )
