"""People: the list, a person's page, offices, rights, accounts."""

from __future__ import annotations

from typing import Any

import rules
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from thidua.base.accounts.actions import one_time_password
from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.base.periods import day_after, last_day_if_any
from thidua.base.sheets.writing import xlsx_response
from thidua.base.text import search_key
from thidua.organisations import actions, forms
from thidua.organisations.models import Appointment, Person, Tenure, Unit
from thidua.organisations.queries import find_people, said_people
from thidua.organisations.sheets import people_sheet
from thidua.organisations.views.shared import FormPage

PAGE_SIZE = 500
SUGGESTED, FEWEST_LETTERS = 20, 2


@require_safe
def people(request: Request) -> HttpResponse:
    """All people with the offices they hold today."""
    allow(request.actor, "organisations.create_person")
    form = forms.PeopleFilter(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = find_people(words) if words else Person.objects.all()
    if request.GET.get("dang") == "excel":
        held = Tenure.objects.filter(person__in=found).select_related("person", "office__unit")
        sheet = people_sheet(held.order_by("person__order", "term"))
        return handed_out(request, xlsx_response("Cá nhân và chức vụ", [sheet]))
    page = Paginator(_with_offices(request, found), PAGE_SIZE).get_page(request.GET.get("trang"))
    sees_accounts = rules.has_perm("accounts.view_accounts", request.actor, None)
    context = {"form": form, "page": page, "sees_accounts": sees_accounts}
    return render(request, "organisations/people.html", context)


@require_safe
def suggest(request: Request) -> HttpResponse:
    """Names for what is typed, as the box that asks takes them."""
    allow(request.actor, "organisations.create_person")
    words = request.GET.get("q", "")
    found = find_people(words)[:SUGGESTED] if len(search_key(words)) >= FEWEST_LETTERS else []
    return JsonResponse({"names": said_people(found)})


def _with_offices(request: Request, found: QuerySet[Person]) -> QuerySet[Person]:
    today = Tenure.objects.filter(term__contains=request.actor.on).select_related("office__unit")
    return found.select_related("user").prefetch_related(
        Prefetch("tenures", today.order_by("-office__is_leader"), to_attr="offices_today")
    )


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """A person: offices over time, rights, account."""
    found = get_object_or_404(Person.objects.select_related("user"), pk=pk)
    if not rules.has_perm("organisations.view_person", request.actor, found):
        raise Http404
    on = request.actor.on
    return render(
        request,
        "organisations/person.html",
        {
            "person": found,
            "tenures": [
                (row, _is_over(row, on), _may(request, "end_tenure", row))
                for row in found.tenures.select_related("office__unit").order_by("-term")
            ],
            "appointments": [
                (row, _is_over(row, on), _may(request, "end_appointment", row))
                for row in found.appointments.select_related("unit").order_by("-term")
            ],
            "may_edit": _may(request, "edit_person", found),
            "may_appoint": rules.has_perm("organisations.create_person", request.actor, None),
            "may_give_account": _may(request, "give_account", found),
        },
    )


def _may(request: Request, verb: str, subject: object) -> bool:
    return bool(rules.has_perm(f"organisations.{verb}", request.actor, subject))


def _is_over(row: Any, on: Any) -> bool:
    return row.term.upper is not None and row.term.upper <= on


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: Request) -> HttpResponse:
    """A new person."""
    allow(request.actor, "organisations.create_person")
    form = forms.PersonForm(request.POST or None)
    page = FormPage(
        title="Thêm cá nhân",
        verb="Thêm cá nhân",
        done="Đã thêm cá nhân. Anh/chị ghi chức vụ tiếp theo.",
        back=reverse("organisations:people"),
        back_word="Cá nhân",
    )
    return page.answer(request, form, lambda: actions.create_person(**form.cleaned_data, by=request.actor))


def _page(found: Person, title: str, verb: str, done: str, **rest: Any) -> FormPage:
    back = reverse("organisations:person", args=[found.pk])
    return FormPage(title=title, verb=verb, done=done, back=back, back_word=found.full_name, **rest)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct a name."""
    found = get_object_or_404(Person, pk=pk)
    allow(request.actor, "organisations.edit_person", found)
    shown = {"full_name": found.full_name, "revision": found.revision}
    form = forms.PersonDetailsForm(request.POST or None, initial=shown)
    page = _page(found, f"Sửa họ tên {found}", "Lưu thay đổi", "Đã lưu.")
    return page.answer(
        request, form, lambda: actions.edit_person(person=found, **form.cleaned_data, by=request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hold_office(request: Request) -> HttpResponse:
    """A person takes up an office; `?don-vi=` and `?ca-nhan=` fill in what the page before knew."""
    allow(request.actor, "organisations.create_person")
    form = forms.TenureForm(request.POST or None, initial=_known(request))
    page = FormPage(title="Ghi chức vụ", verb="Ghi chức vụ", done="Đã ghi chức vụ.", **_back(request))

    def run() -> object:
        given = dict(form.cleaned_data)
        return actions.hold_office(ends=day_after(given.pop("last_day")), **given, by=request.actor)

    return page.answer(request, form, run)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: Request) -> HttpResponse:
    """A person is given a right."""
    allow(request.actor, "organisations.create_person")
    form = forms.AppointmentForm(request.POST or None, initial=_known(request))
    page = FormPage(
        title="Giao quyền",
        verb="Giao quyền",
        done="Đã giao quyền.",
        facts="Quyền chỉ có trong thời hạn và tại đơn vị đã ghi.",
        **_back(request),
    )

    def run() -> object:
        given = dict(form.cleaned_data)
        return actions.appoint(ends=day_after(given.pop("last_day")), **given, by=request.actor)

    return page.answer(request, form, run)


def _known(request: Request) -> dict[str, str | None]:
    return {"unit": request.GET.get("don-vi"), "person": request.GET.get("ca-nhan")}


def _back(request: Request) -> dict[str, Any]:
    """Back to the unit or person one came from; to the list of people otherwise."""
    for word, model, route in (("ca-nhan", Person, "person"), ("don-vi", Unit, "unit")):
        pk = request.GET.get(word, "")
        found = model.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None  # noqa: PLR2004
        if found is not None:
            return {"back": reverse(f"organisations:{route}", args=[found.pk]), "back_word": str(found)}
    return {"back": reverse("organisations:people"), "back_word": "Cá nhân"}


@require_http_methods(["GET", "HEAD", "POST"])
def end_tenure(request: Request, pk: int) -> HttpResponse:
    """A person leaves an office."""
    row = get_object_or_404(Tenure.objects.select_related("person", "office__unit"), pk=pk)
    allow(request.actor, "organisations.end_tenure", row)
    form = forms.LastDayForm(request.POST or None, initial={"last_day": last_day_if_any(row.term)})
    page = _page(row.person, f"Thôi giữ chức vụ {row.office}", "Ghi ngày thôi giữ", "Đã ghi.", danger=True)
    return page.answer(
        request,
        form,
        lambda: actions.end_tenure(
            tenure=row, ends=day_after(form.cleaned_data["last_day"]), by=request.actor
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_appointment(request: Request, pk: int) -> HttpResponse:
    """A right ends."""
    row = get_object_or_404(Appointment.objects.select_related("person", "unit"), pk=pk)
    allow(request.actor, "organisations.end_appointment", row)
    form = forms.LastDayForm(request.POST or None, initial={"last_day": last_day_if_any(row.term)})
    page = _page(
        row.person,
        f"Thôi giao quyền {row.get_kind_display()} tại {row.unit}",
        "Thôi giao quyền",
        "Đã ghi. Người này bị đăng xuất khi quyền đã hết.",
        danger=True,
    )
    return page.answer(
        request,
        form,
        lambda: actions.end_appointment(
            appointment=row, ends=day_after(form.cleaned_data["last_day"]), by=request.actor
        ),
    )


@sensitive_variables("password")
@require_http_methods(["GET", "HEAD", "POST"])
def give_account(request: Request, pk: int) -> HttpResponse:
    """An account for a person; its first password is shown once, on the answer."""
    found = get_object_or_404(Person, pk=pk)
    allow(request.actor, "organisations.give_account", found)
    form = forms.AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = one_time_password()
        if attempt(
            form,
            lambda: actions.give_account(
                person=found, password=password, **form.cleaned_data, by=request.actor
            ),
        ):
            shown = {"person": found, "username": form.cleaned_data["username"].lower(), "password": password}
            response = render(request, "organisations/account_made.html", shown)
            response["Cache-Control"] = "no-store"
            return response
    page = _page(found, f"Cấp tài khoản cho {found}", "Cấp tài khoản", "")
    return render(request, "organisations/form.html", {"form": form, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def create_standing_body(request: Request) -> HttpResponse:
    """Which unit serves an authority's council."""
    allow(request.actor, "organisations.create_standing_body")
    form = forms.StandingBodyForm(request.POST or None)
    page = FormPage(
        title="Ghi cơ quan thường trực",
        verb="Ghi lại",
        done="Đã ghi cơ quan thường trực.",
        back=reverse("organisations:units"),
        back_word="Đơn vị",
    )

    def run() -> object:
        given = dict(form.cleaned_data)
        return actions.create_standing_body(ends=day_after(given.pop("last_day")), **given, by=request.actor)

    return page.answer(request, form, run)
