"""Entering the count: alone, then compared; the recount when two entries differ."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused, attempt
from thidua.voting import actions, queries
from thidua.voting.actions.counting import numbers_of
from thidua.voting.forms import CountForm
from thidua.voting.models import Ballot, CountEntry
from thidua.voting.modes import mode_of
from thidua.voting.views.shared import back, seen


@require_http_methods(["GET", "HEAD", "POST"])
def count(request: Request, pk: int) -> HttpResponse:
    """One person's own entry; nothing of another's is on the page."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.enter_count", ballot)
    stands = queries.counting_stands(ballot, request.actor)
    if request.method != "POST" and not stands.may_enter:
        return back(ballot)
    form = CountForm(request.POST if request.method == "POST" else None, ballot=ballot)
    form.papers()[0].field.widget.attrs["autofocus"] = True
    if request.method == "POST" and form.is_valid() and request.POST.get("step") == "save":

        def save() -> None:
            actions.enter_count(ballot=ballot, numbers=form.numbers, votes=form.votes, by=request.actor)

        if attempt(form, save):
            return _after_entry(request, ballot)
    return render(
        request,
        "voting/count.html",
        {
            "ballot": ballot,
            "form": form,
            "numbers": queries.roll_numbers(ballot),
            **_checked(ballot, form),
        },
    )


def _after_entry(request: Request, ballot: Ballot) -> HttpResponse:
    stands = queries.counting_stands(ballot, request.actor)
    if ballot.has_result:
        messages.success(request, "Hai lần nhập khớp nhau. Đã có kết quả.")
        return redirect("voting:result", ballot.pk)
    if stands.differs:
        messages.warning(request, "Hai lần nhập khác nhau. Hai người cùng kiểm lại.")
        return redirect("voting:disagreement", ballot.pk)
    messages.success(request, "Đã ghi số liệu của anh/chị. Chờ người thứ hai nhập độc lập.")
    return back(ballot)


def _checked(ballot: Ballot, form: CountForm) -> dict[str, Any]:
    """What does not add up in what is typed so far, and whether everything is typed and does."""
    if not form.is_bound or not form.is_valid():
        return {"problems": [], "adds_up": False}
    try:
        found = mode_of(ballot).problems(numbers_of(ballot, form.numbers, form.votes))
    except Refused as refusal:
        found = list(refusal.reasons)
    return {"problems": found, "adds_up": not found}


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """The reconciliation of what is being typed, asked while typing; keeps nothing."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.enter_count", ballot)
    return render(request, "voting/check.html", _checked(ballot, CountForm(request.POST, ballot=ballot)))


@require_safe
def disagreement(request: Request, pk: int) -> HttpResponse:
    """Both entries side by side, once both are in, for the committee and the managers."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.compare_entries", ballot)
    stands = queries.counting_stands(ballot, request.actor)
    if not stands.differs:
        return back(ballot)
    return render(request, "voting/disagreement.html", _compared(ballot, stands))


def _compared(ballot: Ballot, stands: queries.Standing) -> dict[str, Any]:
    rows = [
        (asked.label, [getattr(entry, asked.key) for entry in stands.entries])
        for asked in mode_of(ballot).asks
    ]
    by_entry = [{row.option_id: row.votes for row in entry.votes.all()} for entry in stands.entries]
    rows += [(o.label, [votes[o.pk] for votes in by_entry]) for o in ballot.options.all()]
    return {
        "ballot": ballot,
        "stands": stands,
        "rows": [(label, values, values[0] != values[1]) for label, values in rows],
        "form": CountForm(ballot=ballot) if stands.may_recount else None,
    }


@require_POST
def recount(request: Request, pk: int) -> HttpResponse:
    """The numbers of the recount, entered by one of the two."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.recount", ballot)
    form = CountForm(request.POST, ballot=ballot)
    if form.is_valid():

        def save() -> None:
            actions.recount(ballot=ballot, numbers=form.numbers, votes=form.votes, by=request.actor)

        if attempt(form, save):
            messages.success(request, "Đã ghi kết quả kiểm lại. Người còn lại xem và xác nhận.")
            return redirect("voting:disagreement", ballot.pk)
    stands = queries.counting_stands(ballot, request.actor)
    if not stands.differs:
        return back(ballot)
    return render(request, "voting/disagreement.html", {**_compared(ballot, stands), "form": form})


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """The second name under the recount."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.confirm_recount", ballot)
    told = request.POST.get("entry", "")
    entry = CountEntry.objects.filter(ballot=ballot, pk=int(told) if _is_id(told) else 0).first()
    if entry is None:
        raise Refused("Không có kết quả kiểm lại này. Anh/chị mở lại trang.")
    actions.confirm_recount(ballot=ballot, entry=entry, by=request.actor)
    messages.success(request, "Đã xác nhận kết quả kiểm lại.")
    return redirect("voting:result", ballot.pk)


def _is_id(told: str) -> bool:
    return told.isascii() and told.isdigit() and len(told) < 19  # noqa: PLR2004  digits of a bigint
