"""Opinions, conclusions, minutes, and what follows from them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.emulation.conferences import actions
from thidua.emulation.conferences.forms import ActionItemForm, MinutesForm, OpinionForm, SettleForm
from thidua.emulation.conferences.models import Conference, Minutes
from thidua.emulation.conferences.papers import blocks_of
from thidua.emulation.conferences.queries import obstacles_to_sealing
from thidua.emulation.conferences.views.shared import context, the_conference, units_of


@require_http_methods(["GET", "POST"])
def add_opinion(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Write down what somebody said or what was concluded."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.add_opinion", found)
    form = OpinionForm(request.POST or None, conference=found)
    if form.is_valid() and attempt(
        form, lambda: actions.add_opinion(conference=found, **form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "Đã ghi ý kiến.")
        item = form.cleaned_data["item"]
        return redirect(found.page("notes", item=item.pk) if item else found.page("conference"))
    more = {"form": form, "opinions": found.opinions.select_related("item")}
    return render(request, "conferences/opinion.html", context(request, found, **more))


@require_POST
def remove_opinion(
    request: Request, pk: int, opinion: int, cluster: str = "", cycle: str = ""
) -> HttpResponse:
    """Take an opinion back."""
    found = the_conference(request, pk, cluster, cycle)
    row = get_object_or_404(found.opinions, pk=opinion)
    actions.remove_opinion(conference=found, opinion=row, by=request.actor)
    messages.success(request, "Đã bỏ ý kiến.")
    return redirect(found.page("conference"))


def _minutes(found: Conference) -> Minutes | None:
    return Minutes.objects.filter(conference=found).select_related("paper").first()


@require_http_methods(["GET", "POST"])
def minutes(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Read, and before they are sealed edit, the minutes."""
    found = the_conference(request, pk, cluster, cycle)
    row = _minutes(found)
    if request.method == "POST":
        allow(request.actor, "conferences.edit_minutes", found)
    form = MinutesForm(request.POST or None, initial=_initial(row))
    if form.is_valid() and attempt(
        form, lambda: actions.edit_minutes(conference=found, **form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "Đã lưu biên bản.")
        return redirect(found.page("minutes"))
    more = {
        "minutes": row,
        "form": form,
        "blocks": [(type(block).__name__, block) for block in blocks_of(row.text)] if row else [],
        "obstacles": obstacles_to_sealing(found),
    }
    return render(request, "conferences/minutes.html", context(request, found, **more))


def _initial(row: Minutes | None) -> dict[str, object]:
    if row is None:
        return {}
    return {"text": row.text, "secretary": row.secretary, "chair": row.chair, "revision": row.revision}


@require_POST
def compose(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Compose the minutes anew."""
    found = the_conference(request, pk, cluster, cycle)
    actions.compose_minutes(conference=found, by=request.actor)
    messages.success(request, "Đã lập dự thảo biên bản. Anh/chị đọc lại, sửa nếu cần, rồi chốt.")
    return redirect(found.page("minutes"))


@require_POST
def seal(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Seal the minutes for good."""
    found = the_conference(request, pk, cluster, cycle)
    row = actions.seal_minutes(conference=found, by=request.actor)
    messages.success(request, f"Đã chốt biên bản {row.paper.symbol if row.paper else ''}.")
    return redirect(found.page("minutes"))


@require_http_methods(["GET", "POST"])
def add_task(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Turn a conclusion into something to do."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.add_action_item", found)
    form = ActionItemForm(request.POST or None, units=units_of(found))
    if form.is_valid() and attempt(
        form, lambda: actions.add_action_item(conference=found, **form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "Đã ghi việc theo kết luận. Đơn vị chịu trách nhiệm nhận được thông báo.")
        return redirect(found.page("conference"))
    return render(request, "conferences/task.html", context(request, found, form=form))


@require_http_methods(["GET", "POST"])
def settle_task(request: Request, pk: int, task: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Report an action item done, or open it again."""
    found = the_conference(request, pk, cluster, cycle)
    row = get_object_or_404(found.action_items.select_related("unit"), pk=task)
    row.conference = found
    allow(request.actor, "conferences.settle_action_item", row)
    form = SettleForm(request.POST or None, initial={"note": row.note})
    if form.is_valid() and attempt(
        form,
        lambda: actions.settle_action_item(
            action_item=row, done=row.state == "open", note=form.cleaned_data["note"], by=request.actor
        ),
    ):
        messages.success(request, "Đã ghi kết quả." if row.state == "done" else "Đã mở lại việc này.")
        return redirect(found.page("conference"))
    return render(request, "conferences/settle.html", context(request, found, form=form, task=row))
