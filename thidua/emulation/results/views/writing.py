"""Writing a report: one form that saves itself, also without JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused, attempt
from thidua.documents.queries import references
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.clusters.views.shared import in_cycle, not_saved, saved
from thidua.emulation.results import actions, queries
from thidua.emulation.results.forms import AttachForm, ReportForms
from thidua.emulation.results.models import Report
from thidua.emulation.results.views.pasting import with_drawn, with_pasted
from thidua.emulation.results.views.shared import address, begun_or_new, the_period


def _own(request: Request, cluster: str, cycle: str, period: str, unit: int | None) -> Report:
    """The report the person writes."""
    year = in_cycle(request, cluster, cycle)
    found = begun_or_new(year, the_period(period), unit)
    allow(request.actor, "results.save_report", found)
    return found


def _forms(request: Request, found: Report, data: object = None) -> ReportForms:
    units = [membership.unit for membership in members_now(found.cycle, request.actor.on)]
    return ReportForms(found, data, references(request.actor), units, request.actor)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, cluster: str, cycle: str, period: str, unit: int | None = None) -> HttpResponse:
    """Write the report; the buttons keep it, send it, draw the results, or read a pasted block into lines."""
    found = _own(request, cluster, cycle, period, unit)
    if not found.is_open:
        return redirect(address("report", found))
    if request.method != "POST":
        return _page(request, found, _forms(request, found))
    if request.POST.get("do") == "paste":
        return _page(request, found, _forms(request, found, with_pasted(request.POST)))
    if request.POST.get("do") == "draw":
        drawn = with_drawn(request.POST, queries.drawn_figures(found, request.actor))
        return _page(request, found, _forms(request, found, drawn))
    forms = _forms(request, found, request.POST)
    if forms.is_valid() and attempt(forms.form, lambda: _keep(request, found, forms)):
        sent = request.POST.get("do") == "submit"
        messages.success(request, "Đã gửi báo cáo." if sent else "Đã lưu bản nháp.")
        return redirect(address("report", found))
    return _page(request, found, forms)


def _keep(request: Request, found: Report, forms: ReportForms) -> None:
    revision = forms.form.cleaned_data["revision"]
    if request.POST.get("do") == "submit":
        actions.submit_report(report=found, draft=forms.draft, revision=revision, by=request.actor)
    else:
        actions.save_report(report=found, draft=forms.draft, revision=revision, by=request.actor)


def _page(request: Request, found: Report, forms: ReportForms) -> HttpResponse:
    context = {
        "cycle": found.cycle,
        "report": found,
        "form": forms.form,
        "figures": forms.figures,
        "catalogue": forms.catalogue,
        "attach_form": AttachForm(),
        "files": found.attachments.all() if found.pk else [],
        "autosave": address("autosave", found),
        "attach": address("attach", found),
        "back": address("report", found) if found.pk else "",
        "must_tell": queries.MUST_TELL,
        "figures_page": _figures_page(found),
    }
    return render(request, "results/edit.html", context)


def _figures_page(found: Report) -> str:
    base = [found.cycle.cluster.address, found.cycle.address, found.kind.word]
    if found.unit_id is None:
        return reverse("results:board", args=base)
    return reverse("results:grid", args=[*base, found.unit_id])


@require_POST
def autosave(
    request: Request, cluster: str, cycle: str, period: str, unit: int | None = None
) -> HttpResponse:
    """Keep what is on the page now; answers with the time or with what stands in the way."""
    found = _own(request, cluster, cycle, period, unit)
    forms = _forms(request, found, request.POST)
    if not forms.is_valid():
        return not_saved(" ".join(forms.faults))
    try:
        kept = actions.save_report(
            report=found, draft=forms.draft, revision=forms.form.cleaned_data["revision"], by=request.actor
        )
    except Refused as refusal:
        return not_saved(refusal)
    return saved(kept.revision)


@require_POST
def attach(request: Request, cluster: str, cycle: str, period: str, unit: int | None = None) -> HttpResponse:
    """Attach a file; the draft must be kept first."""
    found = _own(request, cluster, cycle, period, unit)
    if not found.pk:
        raise Refused("Anh/chị lưu bản nháp trước rồi thêm tệp.")
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid() and attempt(
        form,
        lambda: actions.attach_file(report=found, upload=form.cleaned_data["upload"], by=request.actor),
    ):
        messages.success(request, "Đã thêm tệp kèm theo.")
    for texts in form.errors.values():
        messages.error(request, " ".join(str(text) for text in texts))
    return redirect(address("edit", found))


@require_POST
def detach(
    request: Request, cluster: str, cycle: str, period: str, file: int, unit: int | None = None
) -> HttpResponse:
    """Leave an attached file out."""
    found = _own(request, cluster, cycle, period, unit)
    kept = get_object_or_404(found.attachments, pk=file) if found.pk else None
    if kept is not None:
        actions.detach_file(report=found, file=kept, by=request.actor)
        messages.success(request, f"Đã bỏ tệp {kept.name} khỏi báo cáo.")
    return redirect(address("edit", found))
