"""A report passes from hand to hand: one button, one action."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.results import actions
from thidua.emulation.results.forms import ReturnForm
from thidua.emulation.results.models import Report
from thidua.emulation.results.views.shared import address, readable, the_period


@require_POST
def submit(request: Request, cluster: str, cycle: str, period: str, unit: int | None = None) -> HttpResponse:
    """Send a report as it is kept."""
    found = readable(request, cluster, cycle, period, unit)
    actions.submit_report(report=found, by=request.actor)
    messages.success(request, f"Đã gửi {_named(found)}.")
    return redirect(address("report", found))


@require_POST
def withdraw(
    request: Request, cluster: str, cycle: str, period: str, unit: int | None = None
) -> HttpResponse:
    """Take back a report not accepted yet."""
    found = readable(request, cluster, cycle, period, unit)
    actions.withdraw_report(report=found, by=request.actor)
    messages.success(request, "Đã rút báo cáo về để sửa. Anh/chị nhớ gửi lại.")
    return redirect(address("edit", found))


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(
    request: Request, cluster: str, cycle: str, period: str, unit: int | None = None
) -> HttpResponse:
    """Return a report with the reason."""
    found = readable(request, cluster, cycle, period, unit)
    allow(request.actor, "results.return_report", found)
    form = ReturnForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.return_report(report=found, reason=form.cleaned_data["reason"], by=request.actor),
    ):
        messages.success(request, f"Đã trả lại {_named(found)}. Đơn vị nhận được thông báo kèm lý do.")
        return redirect(address("report", found))
    return render(request, "results/return.html", {"cycle": found.cycle, "report": found, "form": form})


@require_POST
def accept(request: Request, cluster: str, cycle: str, period: str, unit: int | None = None) -> HttpResponse:
    """Accept a report."""
    found = readable(request, cluster, cycle, period, unit)
    actions.accept_report(report=found, by=request.actor)
    messages.success(request, f"Đã tiếp nhận {_named(found)}.")
    return redirect("results:list", found.cycle.cluster.address, found.cycle.address)


@require_POST
def gather(request: Request, cluster: str, cycle: str, period: str) -> HttpResponse:
    """Gather what members sent into the cluster's draft."""
    year = in_cycle(request, cluster, cycle)
    span = the_period(period)
    report = actions.compile_report(cycle=year, period=span, by=request.actor)
    messages.success(request, "Đã gom nội dung và số liệu của các đơn vị. Anh/chị đọc lại và biên tập.")
    return redirect(address("edit", report))


def _named(report: Report) -> str:
    text = str(report)
    return text[0].lower() + text[1:]
