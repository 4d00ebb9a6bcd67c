"""Pages of registration: a member's own, and what all members registered."""

from __future__ import annotations

import rules
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import Refused, attempt
from thidua.base.sheets.writing import xlsx_response
from thidua.base.text import search_key
from thidua.documents.views import paper_response
from thidua.emulation.clusters import actions, sheets
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.forms.registration import MOST, RegistrationForms, ReturnForm
from thidua.emulation.clusters.models import Cycle, Registration, RegistrationState
from thidua.emulation.clusters.papers.registration import registrations_paper
from thidua.emulation.clusters.queries import (
    MEMBER_KINDS,
    due,
    member_on,
    members,
    obstacles_to_returning_registration,
    obstacles_to_submitting_registration,
    obstacles_to_withdrawing_registration,
    registered,
    registration_days_late,
    registration_of,
    registrations,
)
from thidua.emulation.clusters.queries.registration import OPEN
from thidua.emulation.clusters.views.shared import in_cycle, may, not_saved, saved
from thidua.rulebook import catalogue


@require_safe
def own_registration(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The way to the own unit's registration; to the compiled list for those who read them all."""
    year = in_cycle(request, cluster, cycle)
    own = request.actor.units(*MEMBER_KINDS)
    mine = [membership.unit_id for membership in members(year) if membership.unit_id in own]
    if rules.has_perm("clusters.view_registrations", request.actor, year) or not mine:
        return redirect("clusters:registrations", year.cluster.address, year.address)
    return redirect("clusters:registration", year.cluster.address, year.address, mine[0])


def _of(year: Cycle, unit: int) -> Registration:
    for membership in members(year):
        if membership.unit_id == unit:
            return registration_of(year, membership.unit)
    raise Http404


def _readable(request: Request, cluster: str, cycle: str, unit: int) -> Registration:
    """A registration the person may read; 404 otherwise. A draft is its unit's alone."""
    found = _of(in_cycle(request, cluster, cycle), unit)
    seen = rules.has_perm("clusters.view_registration", request.actor, found)
    own = rules.has_perm("clusters.save_registration", request.actor, found)
    if not seen or not (own or (found.pk and found.state != RegistrationState.DRAFT)):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """A member's registration: written here while it is open, read here afterwards."""
    found = _readable(request, cluster, cycle, unit)
    writes = rules.has_perm("clusters.save_registration", request.actor, found)
    if found.state not in OPEN or not writes:
        if request.method == "POST":
            allow(request.actor, "clusters.save_registration", found)
            raise Refused(*obstacles_to_submitting_registration(found) or ["Bản đăng ký này chỉ để đọc."])
        return render(request, "clusters/registration.html", _reading(request, found))
    if request.method != "POST":
        return _form(request, found, RegistrationForms(found, request.actor.on))
    if request.POST.get("do") == "paste":
        return _form(
            request, found, RegistrationForms(found, request.actor.on, with_pasted(request, found.cycle))
        )
    forms = RegistrationForms(found, request.actor.on, request.POST)
    if forms.is_valid() and attempt(forms.form, lambda: _keep(request, found, forms)):
        sent = request.POST.get("do") == "submit"
        messages.success(request, "Đã gửi bản đăng ký thi đua." if sent else "Đã lưu bản nháp.")
        return redirect(found.get_absolute_url())
    return _form(request, found, forms)


def _keep(request: Request, found: Registration, forms: RegistrationForms) -> None:
    revision = forms.form.cleaned_data["revision"]
    keep = actions.submit_registration if request.POST.get("do") == "submit" else actions.save_registration
    keep(registration=found, content=forms.content, revision=revision, by=request.actor)


def _form(request: Request, found: Registration, forms: RegistrationForms) -> HttpResponse:
    context = {
        "cycle": found.cycle,
        "registration": found,
        "forms": forms,
        "due": due(found.cycle, ActKey.REGISTRATION),
    }
    return render(request, "clusters/registration_form.html", context)


def _reading(request: Request, found: Registration) -> dict[str, object]:
    on = member_on(found.cycle, request.actor.on)
    lines = found.lines.all() if found.pk else []
    return {
        "cycle": found.cycle,
        "registration": found,
        "lines": [(catalogue.name_of(line.honour_kind, on), line) for line in lines],
        "targets": found.targets.all() if found.pk else [],
        "late": registration_days_late(found),
        "return_form": ReturnForm(),
        "may": may(request.actor, found, "withdraw_registration", "return_registration"),
        "can_withdraw": not obstacles_to_withdrawing_registration(found),
        "can_return": not obstacles_to_returning_registration(found),
    }


@require_POST
def autosave_registration(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """Keep what is on the page now."""
    found = _of(in_cycle(request, cluster, cycle), unit)
    allow(request.actor, "clusters.save_registration", found)
    forms = RegistrationForms(found, request.actor.on, request.POST)
    if not forms.is_valid():
        return not_saved(forms.faults or "Nội dung chưa hợp lệ.")
    revision = forms.form.cleaned_data["revision"]
    try:
        kept = actions.save_registration(
            registration=found, content=forms.content, revision=revision, by=request.actor
        )
    except Refused as refusal:
        return not_saved(refusal)
    return saved(kept.revision)


@require_POST
def withdraw_registration(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """Take back a registration not forwarded yet."""
    found = _readable(request, cluster, cycle, unit)
    actions.withdraw_registration(registration=found, by=request.actor)
    messages.success(request, "Đã rút bản đăng ký về để sửa. Anh/chị nhớ gửi lại.")
    return redirect(found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def return_registration(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """Return a registration with the reason."""
    found = _readable(request, cluster, cycle, unit)
    allow(request.actor, "clusters.return_registration", found)
    form = ReturnForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.return_registration(
            registration=found, reason=form.cleaned_data["reason"], by=request.actor
        ),
    ):
        messages.success(request, f"Đã trả lại bản đăng ký của {found.unit}. Đơn vị nhận được lý do.")
        return redirect("clusters:registrations", cluster, cycle)
    context = {"cycle": found.cycle, "registration": found, "form": form}
    return render(request, "clusters/registration_return.html", context)


@require_safe
def registration_list(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Units by kinds, with who has not sent; for the head, the standing body and the authority."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.view_registrations", year)
    seen = registrations(year, request.actor.on)
    kinds, on = seen.kinds, member_on(year, request.actor.on)
    context = {
        "cycle": year,
        "kinds": [catalogue.name_of(kind, on) for kind in kinds],
        "rows": [(row, [row.counts[kind] for kind in kinds]) for row in seen.rows],
        "totals": [seen.totals[kind] for kind in kinds],
        "missing": seen.missing,
        "waiting": seen.waiting,
        "sent": len(seen.rows) - len(seen.missing),
        "due": due(year, ActKey.REGISTRATION),
        "may": may(request.actor, year, "forward_registrations"),
    }
    return render(request, "clusters/registration_list.html", context)


@require_POST
def forward_registrations(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Forward all that was sent to the standing body."""
    year = in_cycle(request, cluster, cycle)
    count = actions.forward_registrations(cycle=year, by=request.actor)
    messages.success(request, f"Đã chuyển {count} bản đăng ký đến cơ quan thường trực.")
    return redirect("clusters:registrations", cluster, cycle)


@require_safe
def registrations_excel(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The compiled list as Excel: counts, then every line."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.view_registrations", year)
    seen = registrations(year, request.actor.on)
    made = sheets.registration_sheets(seen, registered(year), member_on(year, request.actor.on))
    return handed_out(request, xlsx_response(f"dang-ky-thi-dua-{cluster}-{cycle}", made), about=year)


@require_safe
def registrations_file(request: Request, cluster: str, cycle: str, fmt: str) -> HttpResponse:
    """The compiled list as PDF or Word."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.view_registrations", year)
    text = registrations_paper(year, registered(year), member_on(year, request.actor.on), demo=settings.DEMO)
    name = f"Đăng ký thi đua {year.name} {year.cluster.short_name}"
    return handed_out(request, paper_response(text, fmt, name), about=year)


def with_pasted(request: Request, year: Cycle) -> QueryDict:
    """The posted form with lines pasted from Excel (kind, recipient) below those already written."""
    data, on = request.POST.copy(), member_on(year, request.actor.on)
    codes = {search_key(kind.name): kind.code for kind in catalogue.kinds(on)}
    total = data.get("dong-TOTAL_FORMS", "0")
    at = int(total) if total.isdecimal() and len(total) <= len(str(MOST)) else 0
    unread = []
    for line in filter(str.strip, data.get("paste", "").splitlines()):
        kind, _, recipient = line.partition("\t")
        code = codes.get(search_key(kind))
        if code is None or at >= MOST:
            unread.append(line)
            continue
        data[f"dong-{at}-honour_kind"], data[f"dong-{at}-recipient"] = code, recipient.split("\t")[0].strip()
        at += 1
    data["dong-TOTAL_FORMS"], data["paste"] = str(at), "\n".join(unread)
    if unread:
        messages.warning(
            request, f"{len(unread)} dòng không có trong danh mục danh hiệu, còn giữ trong ô dán."
        )
    return data
