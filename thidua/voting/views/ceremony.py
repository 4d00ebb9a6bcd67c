"""The ceremony of an electronic ballot on one page, for those who run it and those who count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused, attempt
from thidua.voting import actions, queries
from thidua.voting.forms import (
    NeededForm,
    RestartForm,
    SealForm,
    TrusteeRows,
    accounts_of,
    trustee_rows,
    units_of,
)
from thidua.voting.models import Ballot, Election, Replacement
from thidua.voting.modes import mode_of
from thidua.voting.queries import election_on
from thidua.voting.views.shared import back, seen

USUAL = timedelta(minutes=30)


def electronic(request: Request, pk: int) -> tuple[Ballot, Election]:
    """The ballot with its electronic part; 404 for a ballot that has none."""
    ballot = seen(request, pk)
    election = election_on(ballot)
    if election is None:
        raise Http404
    return ballot, election


@require_safe
def ceremony(request: Request, pk: int) -> HttpResponse:
    """Keys, credentials, sealing, the roll to be read aloud, the board after the close."""
    ballot, election = electronic(request, pk)
    return render(request, "voting/ceremony.html", _shown(request, ballot, election))


def _shown(request: Request, ballot: Ballot, election: Election) -> dict[str, Any]:
    by = request.actor
    lines = queries.credential_lines(election)
    return {
        "ballot": ballot,
        "election": election,
        "mode": mode_of(ballot),
        "runs": queries.may_run(by, ballot),
        "counts": queries.may_count(by, ballot),
        "steps": queries.trustee_steps(election),
        "mine": queries.trustee_of(election, by),
        "lines": lines,
        "issued": sum(line.credential is not None for line in lines),
        "confirmed": sum(line.is_confirmed for line in lines),
        "obstacles": queries.obstacles_to_manifest(ballot) if election.eh is None else [],
        "cautions": queries.cautions_of_ceremony(ballot) if election.eh is None else [],
        "may_rehearse": not queries.obstacles_to_rehearsing(ballot),
        "rehearsals": ballot.rehearsals.all(),
        "seal_form": SealForm(initial={"closes": by.at + USUAL}),
        "restart_form": RestartForm(),
        "program": queries.program_mark(),
        "now": queries.board_now(election),
        "manifest_mark": queries.manifest_mark(election),
        "close_mark": queries.close_mark(election),
        "sees_board": queries.may_see_board(by, ballot),
        "waiting": Replacement.objects.filter(election=election, done_at=None).count(),
        "may_destroy": not actions.obstacles_to_destroying(ballot),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def trustees(request: Request, pk: int) -> HttpResponse:
    """Name who holds the key."""
    ballot, election = electronic(request, pk)
    allow(request.actor, "voting.name_trustees", ballot)
    data = request.POST if request.method == "POST" else None
    named = list(election.trustees.all())
    holders, enough = queries.usual_trustees(ballot.roll.count())
    form = NeededForm(data, initial={"needed": election.needed or enough})
    rows = TrusteeRows(
        data,
        prefix="trustees",
        form_kwargs={"accounts": accounts_of(ballot, request.actor), "units": units_of(ballot)},
        initial=[{"user": one.user_id, "unit": one.unit_id} for one in named],
    )
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        people, needed = trustee_rows(rows), form.cleaned_data["needed"]

        def save() -> None:
            actions.name_trustees(ballot=ballot, people=people, needed=needed, by=request.actor)

        if attempt(form, save):
            messages.success(
                request, "Đã cử người giữ khóa. Mỗi người mở trang “Giữ khóa” trên máy của mình."
            )
            return to_ceremony(ballot)
    shown = {"ballot": ballot, "form": form, "rows": rows, "holders": holders, "enough": enough}
    return render(request, "voting/trustees.html", shown)


def to_ceremony(ballot: Ballot) -> HttpResponse:
    """Back to the page of the ceremony."""
    return redirect("voting:ceremony", ballot.pk)


@require_POST
def restart(request: Request, pk: int) -> HttpResponse:
    """Make the key again with the same people."""
    ballot, _ = electronic(request, pk)
    reason = request.POST.get("reason", "")
    actions.restart_ceremony(ballot=ballot, reason=reason, by=request.actor)
    messages.success(request, "Đã bắt đầu lại việc tạo khóa. Thẻ bỏ phiếu đã phát vẫn dùng được.")
    return to_ceremony(ballot)


@require_POST
def seal_manifest(request: Request, pk: int) -> HttpResponse:
    """Write the manifest."""
    ballot, election = electronic(request, pk)
    allow(request.actor, "voting.seal_manifest", ballot)
    form = SealForm(request.POST)

    def save() -> None:
        told = form.cleaned_data
        actions.seal_manifest(
            ballot=ballot,
            closes=form.hours,
            disclosure=told["disclosure"],
            revote=told["revote"],
            by=request.actor,
        )

    if form.is_valid() and attempt(form, save):
        messages.success(request, "Đã niêm phong. Đọc danh sách và vân tay, rồi mở bỏ phiếu.")
        return to_ceremony(ballot)
    shown = _shown(request, ballot, election) | {"seal_form": form}
    return render(request, "voting/ceremony.html", shown)


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Delegates recognised the fingerprint of their line: one, or all that were read."""
    ballot, election = electronic(request, pk)
    allow(request.actor, "voting.confirm_lines", ballot)
    who = request.POST.get("entry", "")
    if who == "all":
        entries = [line.entry.pk for line in queries.credential_lines(election) if line.credential]
    elif who.isascii() and who.isdigit() and len(who) < 19:  # noqa: PLR2004  digits of a bigint
        entries = [int(who)]
    else:
        raise Refused("Không có cử tri này trong danh sách.")
    actions.confirm_lines(ballot=ballot, entries=entries, by=request.actor)
    return redirect(f"{to_ceremony(ballot)['Location']}#danh-sach")


@require_POST
def rehearse(request: Request, pk: int) -> HttpResponse:
    """A rehearsal with the same people and keys."""
    ballot, _ = electronic(request, pk)
    trial = actions.rehearse_ballot(ballot=ballot, by=request.actor)
    messages.success(request, "Đã mở bỏ phiếu thử trong 30 phút. Kết quả thử không tính vào đâu cả.")
    return back(trial)


@require_POST
def open_poll(request: Request, pk: int) -> HttpResponse:
    """Tell the count of a poll."""
    ballot, _ = electronic(request, pk)
    actions.open_poll(ballot=ballot, by=request.actor)
    return redirect("voting:result", ballot.pk)


@require_POST
def purge(request: Request, pk: int) -> HttpResponse:
    """Destroy the server's part and the encrypted ballots."""
    ballot, _ = electronic(request, pk)
    actions.purge_ballots(ballot=ballot, by=request.actor)
    messages.success(request, "Đã hủy phần khóa của máy chủ và nội dung các phiếu đã mã hóa.")
    return to_ceremony(ballot)
