"""The result, the signatures, what follows, and giving a ballot up."""

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
from thidua.voting.forms import ChoiceForm, RulingForm, VoidForm
from thidua.voting.models import Ballot, CommitteeMember
from thidua.voting.modes import mode_of
from thidua.voting.views.shared import back, seen


@require_safe
def result(request: Request, pk: int) -> HttpResponse:
    """The result with its sums, and what must follow."""
    ballot = seen(request, pk)
    found = queries.outcome(ballot)
    if found is None:
        return back(ballot)
    return render(
        request,
        "voting/result.html",
        {
            "ballot": ballot,
            "outcome": found,
            "question": ballot.asked(ballot.base_count or 0),
            "entry": ballot.agreed_entry,
            "rulings": ballot.rulings.select_related("option"),
            "committee": ballot.committee.select_related("unit", "signature"),
            "runs": queries.may_run(request.actor, ballot),
            "counts": queries.may_count(request.actor, ballot),
            "may_repeat": not queries.obstacles_to_second_ballot(ballot),
            "may_rule": not queries.obstacles_to_ruling(ballot),
            "following": ballot.following.exclude(state="void").first(),
            "next": queries.what_comes_next(ballot),
            **_electronic(request, ballot),
        },
    )


def _electronic(request: Request, ballot: Ballot) -> dict[str, Any]:
    election = queries.election_on(ballot) if mode_of(ballot).is_electronic else None
    if election is None:
        return {}
    return {
        "election": election,
        "counted": mode_of(ballot).how_counted(ballot),
        "sees_board": queries.may_see_board(request.actor, ballot),
    }


@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign the minutes, or record a signature put on paper."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.sign_count", ballot)
    told = request.POST.get("member", "")
    digits = told.isascii() and told.isdigit() and len(told) < 19  # noqa: PLR2004  a bigint
    member = CommitteeMember.objects.filter(ballot=ballot, pk=int(told) if digits else 0).first()
    if member is None:
        raise Refused("Không có người này trong ban kiểm phiếu.")
    actions.sign_count(ballot=ballot, member=member, by=request.actor)
    messages.success(request, f"Đã ghi chữ ký của {member.person_name}.")
    return redirect("voting:result", ballot.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def second_ballot(request: Request, pk: int) -> HttpResponse:
    """Choose who stands in the next round."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.open_second_ballot", ballot)
    choices = queries.options_open_for_choice(ballot)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"options": [one.pk for one in choices]},
    )
    if request.method == "POST" and form.is_valid():
        made = []

        def save() -> None:
            made.append(actions.open_second_ballot(ballot=ballot, options=form.chosen, by=request.actor))

        if attempt(form, save):
            messages.success(request, f"Đã lập lượt bỏ phiếu thứ {made[0].round}.")
            return back(made[0])
    return render(
        request,
        "voting/second_ballot.html",
        {"ballot": ballot, "form": form, "obstacles": queries.obstacles_to_second_ballot(ballot)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ruling(request: Request, pk: int) -> HttpResponse:
    """Record whom those named by the regulation chose."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.decide_tie", ballot)
    form = RulingForm(
        request.POST if request.method == "POST" else None,
        choices=queries.options_open_for_choice(ballot),
        initial={"deciders": ballot.tie_break},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def save() -> None:
            actions.decide_tie(
                ballot=ballot,
                options=form.chosen,
                deciders=told["deciders"],
                reason=told["reason"],
                by=request.actor,
            )

        if attempt(form, save):
            messages.success(request, "Đã ghi quyết định.")
            return redirect("voting:result", ballot.pk)
    return render(
        request,
        "voting/ruling.html",
        {
            "ballot": ballot,
            "form": form,
            "outcome": queries.outcome(ballot),
            "obstacles": queries.obstacles_to_ruling(ballot),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: Request, pk: int) -> HttpResponse:
    """Give the ballot up, with the reason."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.void_ballot", ballot)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.void_ballot(ballot=ballot, reason=reason, by=request.actor)):
            messages.success(request, "Đã hủy cuộc bỏ phiếu.")
            return back(ballot)
    return render(
        request,
        "voting/void.html",
        {"ballot": ballot, "form": form, "obstacles": queries.obstacles_to_voiding(ballot)},
    )


@require_POST
def repeat(request: Request, pk: int) -> HttpResponse:
    """A fresh draft of a voided ballot."""
    made = actions.repeat_ballot(ballot=seen(request, pk), by=request.actor)
    messages.success(request, "Đã lập lại cuộc bỏ phiếu. Anh/chị kiểm tra rồi chốt danh sách.")
    return back(made)
