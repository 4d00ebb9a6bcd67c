"""One exemplar: its page, and everything written about it."""

from __future__ import annotations

from collections.abc import Callable

import rules
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import NotAllowed, Stale, attempt, refuse_if
from thidua.emulation.clusters.queries import obstacles_to_changing
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.exemplars import actions, forms, queries
from thidua.emulation.exemplars.models import Exemplar
from thidua.organisations.views.shared import FormPage


def _the(request: Request, cluster: str, cycle: str, pk: int, verb: str = "view_exemplar") -> Exemplar:
    """The exemplar when it is the person's to read (404 otherwise) and to write (403)."""
    year = in_cycle(request, cluster, cycle)
    found = get_object_or_404(queries.visible_exemplars(year, request.actor), pk=pk)
    found.cycle = year
    allow(request.actor, f"exemplars.{verb}", found)
    return found


def _page_of(exemplar: Exemplar) -> str:
    year = exemplar.cycle
    return reverse("exemplars:exemplar", args=[year.cluster.address, year.address, exemplar.pk])


def _ask(
    request: Request,
    exemplar: Exemplar,
    form: BaseForm,
    run: Callable[[], object],
    *,
    title: str,
    done: str,
    verb: str = "",
) -> HttpResponse:
    """A page with one form about an exemplar; it goes back to its page."""
    page = FormPage(
        title=title,
        verb=verb or title,
        done=done,
        back=_page_of(exemplar),
        back_word=exemplar.name,
        facts=str(exemplar.unit),
    )
    return page.answer(request, form, run)


@require_safe
def exemplar(request: Request, cluster: str, cycle: str, pk: int) -> HttpResponse:
    """Who it is, the deeds, the steps, the answers about making it public; prints on A4."""
    found = _the(request, cluster, cycle, pk)
    context = {
        "cycle": found.cycle,
        "exemplar": found,
        "history": queries.history_of(found),
        "consents": queries.consents_of(found),
        "evidence": queries.evidence_of(found),
        "mergings": queries.mergings_of(found),
        "like": queries.like(found, request.actor),
        "obstacles": queries.obstacles_to_publicising(found),
        "may_keep": rules.has_perm("exemplars.revise_exemplar", request.actor, found),
        "may_merge": rules.has_perm("exemplars.merge_exemplars", request.actor, found),
        "is_removable": not queries.obstacles_to_removing(found),
    }
    return render(request, "exemplars/exemplar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """A member enters an exemplar."""
    year = in_cycle(request, cluster, cycle)
    units = queries.writable_units(year, request.actor)
    if not units:
        raise NotAllowed
    refuse_if(obstacles_to_changing(year))
    form = forms.ExemplarForm(
        request.POST or None, cycle=year, units=units, initial={"day": request.actor.on}
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.enter_exemplar(exemplar=form.instance, entry=form.entry(), by=request.actor),
    ):
        messages.success(request, f"Đã ghi {form.instance} vào sổ điển hình.")
        return redirect(_page_of(form.instance))
    return render(request, "exemplars/edit.html", {"cycle": year, "form": form, "verb": "Ghi điển hình"})


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: Request, cluster: str, cycle: str, pk: int) -> HttpResponse:
    """Correct what is told of it."""
    found = _the(request, cluster, cycle, pk, "revise_exemplar")
    form = forms.ExemplarForm(request.POST or None, instance=found, cycle=found.cycle, units=[found.unit])
    if form.is_valid() and attempt(form, lambda: _revise(form, request)):
        messages.success(request, "Đã sửa thông tin điển hình.")
        return redirect(_page_of(found))
    context = {"cycle": found.cycle, "form": form, "verb": "Sửa điển hình", "exemplar": found}
    return render(request, "exemplars/edit.html", context)


def _revise(form: forms.ExemplarForm, request: Request) -> None:
    told = form.cleaned_data
    if not told["revision"]:
        raise Stale
    actions.revise_exemplar(
        exemplar=form.instance, categories=told["categories"], revision=told["revision"], by=request.actor
    )


@require_POST
def remove(request: Request, cluster: str, cycle: str, pk: int) -> HttpResponse:
    """Take an entry made by mistake out of the register."""
    actions.remove_exemplar(exemplar=_the(request, cluster, cycle, pk), by=request.actor)
    messages.success(request, "Đã bỏ khỏi sổ điển hình.")
    return redirect("exemplars:register", cluster, cycle)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Request, cluster: str, cycle: str, pk: int) -> HttpResponse:
    """Write down a step."""
    found = _the(request, cluster, cycle, pk, "follow_exemplar")
    form = forms.FollowForm(request.POST or None, initial={"day": request.actor.on})
    return _ask(
        request,
        found,
        form,
        lambda: actions.follow_exemplar(exemplar=found, **form.cleaned_data, by=request.actor),
        title="Ghi bước theo dõi",
        done="Đã ghi bước theo dõi.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: Request, cluster: str, cycle: str, pk: int, step: int) -> HttpResponse:
    """A step was written by mistake."""
    found = _the(request, cluster, cycle, pk, "follow_exemplar")
    row = get_object_or_404(found.follow_ups, pk=step)
    form = forms.StrikeForm(request.POST or None)
    return _ask(
        request,
        found,
        form,
        lambda: actions.strike_step(follow_up=row, by=request.actor, **form.cleaned_data),
        title=f"Gạch bỏ: {row}",
        verb="Gạch bỏ",
        done="Đã gạch bỏ.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: Request, cluster: str, cycle: str, pk: int) -> HttpResponse:
    """Write down an answer about making it public."""
    found = _the(request, cluster, cycle, pk, "record_consent")
    form = forms.ConsentForm(request.POST or None, initial={"day": request.actor.on})
    return _ask(
        request,
        found,
        form,
        lambda: actions.record_consent(exemplar=found, **form.cleaned_data, by=request.actor),
        title="Ghi ý kiến về việc công khai",
        verb="Ghi ý kiến",
        done="Đã ghi ý kiến.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: Request, cluster: str, cycle: str, pk: int) -> HttpResponse:
    """Bring a file about the deeds."""
    found = _the(request, cluster, cycle, pk, "attach_evidence")
    form = forms.EvidenceForm(request.POST or None, request.FILES or None)
    return _ask(
        request,
        found,
        form,
        lambda: actions.attach_evidence(exemplar=found, by=request.actor, **form.cleaned_data),
        title="Thêm minh chứng",
        done="Đã thêm minh chứng.",
    )


@require_POST
def detach(request: Request, cluster: str, cycle: str, pk: int, file: int) -> HttpResponse:
    """Take off a file brought by mistake."""
    found = _the(request, cluster, cycle, pk, "detach_evidence")
    kept = get_object_or_404(queries.evidence_of(found), pk=file)
    actions.detach_evidence(exemplar=found, file=kept, by=request.actor)
    messages.success(request, f"Đã gỡ tệp {kept.name}.")
    return redirect(_page_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, cluster: str, cycle: str, pk: int) -> HttpResponse:
    """One exemplar was entered twice."""
    found = _the(request, cluster, cycle, pk, "merge_exemplars")
    rows = [row for row in queries.like(found, request.actor) if row.cycle_id == found.cycle_id]
    form = forms.MergeForm(request.POST or None, like=rows)
    return _ask(
        request,
        found,
        form,
        lambda: actions.merge_exemplars(exemplar=found, by=request.actor, **form.cleaned_data),
        title="Gộp dòng trùng",
        done="Đã gộp dòng trùng.",
    )


@require_POST
def unmerge(request: Request, cluster: str, cycle: str, pk: int, merging: int) -> HttpResponse:
    """Two entries were merged by mistake."""
    found = _the(request, cluster, cycle, pk)
    row = get_object_or_404(queries.mergings_of(found), pk=merging)
    row.exemplar = found
    back = actions.unmerge_exemplars(merging=row, by=request.actor)
    messages.success(request, f"Đã tách “{back}” ra khỏi điển hình này.")
    return redirect(_page_of(found))
