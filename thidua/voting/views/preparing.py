"""Editing the draft and naming the committee."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.voting import actions
from thidua.voting.forms import (
    DraftForm,
    MemberRows,
    OptionRows,
    VoterRows,
    accounts_of,
    member_rows,
    members_as_typed,
    option_rows,
    units_of,
    voter_rows,
)
from thidua.voting.models import Ballot
from thidua.voting.views.shared import back, seen


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: Request, pk: int) -> HttpResponse:
    """Words, options and roll of a draft."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.revise_ballot", ballot)
    form, options, roll = _draft(request, ballot)
    if request.method == "POST" and form.is_valid() and options.is_valid() and roll.is_valid():
        told = form.cleaned_data

        def save() -> None:
            actions.revise_ballot(
                ballot=ballot,
                revision=told["revision"],
                title=told["title"],
                question=told["question"],
                options=option_rows(options),
                roll=voter_rows(roll),
                by=request.actor,
            )

        if attempt(form, save):
            messages.success(request, "Đã lưu nội dung cuộc bỏ phiếu.")
            return back(ballot)
    return render(
        request, "voting/revise.html", {"ballot": ballot, "form": form, "options": options, "roll": roll}
    )


def _draft(request: Request, ballot: Ballot) -> tuple[DraftForm, Any, Any]:
    data = request.POST if request.method == "POST" else None
    units = {"units": units_of(ballot)}
    return (
        DraftForm(
            data,
            initial={"title": ballot.title, "question": ballot.question, "revision": ballot.revision},
        ),
        OptionRows(
            data,
            prefix="options",
            form_kwargs=units,
            initial=list(ballot.options.values("unit", "label")),
        ),
        VoterRows(
            data,
            prefix="roll",
            form_kwargs=units,
            initial=list(ballot.roll.values("unit", "person_name", "office")),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: Request, pk: int) -> HttpResponse:
    """The counting committee."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.name_committee", ballot)
    rows = MemberRows(
        request.POST if request.method == "POST" else None,
        prefix="members",
        form_kwargs={"units": units_of(ballot), "accounts": accounts_of(ballot, request.actor)},
        initial=members_as_typed(ballot),
    )
    if request.method == "POST" and rows.is_valid():

        def save() -> None:
            actions.name_committee(ballot=ballot, members=member_rows(rows), by=request.actor)

        if attempt(rows.forms[0], save):
            messages.success(request, "Đã ghi ban kiểm phiếu.")
            return back(ballot)
    return render(request, "voting/committee.html", {"ballot": ballot, "rows": rows})
