"""From the agenda to the ballot."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.conferences import actions
from thidua.emulation.conferences.forms import AcclaimForm, BallotForm
from thidua.emulation.conferences.models import AgendaItem, Conference
from thidua.emulation.conferences.queries import (
    modes_of,
    obstacles_to_acclaiming,
    obstacles_to_balloting,
    roll_of,
)
from thidua.emulation.conferences.queries.attendance import regulation_for
from thidua.emulation.conferences.views.shared import context, the_conference
from thidua.organisations.models import Unit
from thidua.voting.models import Ballot


def _item(found: Conference, item: int) -> AgendaItem:
    row = get_object_or_404(found.items, pk=item)
    row.conference = found
    return row


def _members(found: Conference) -> list[Unit]:
    return [m.unit for m in members_now(found.cycle, found.day)] if found.cycle is not None else []


@require_http_methods(["GET", "POST"])
def ballot(request: Request, pk: int, item: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Draw up the ballot of an item, after showing the rules it will have."""
    found = the_conference(request, pk, cluster, cycle)
    row = _item(found, item)
    allow(request.actor, "conferences.open_ballot_for", row)
    regulation = regulation_for(found)
    modes = modes_of(regulation) if regulation else []
    form = BallotForm(
        request.POST or None, units=_members(found), modes=modes, initial=_seats(row, regulation)
    )
    made: list[Ballot] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.open_ballot_for(
                item=row,
                seats=form.cleaned_data["seats"],
                candidates=list(form.cleaned_data["candidates"]),
                mode=form.cleaned_data["mode"] or None,
                by=request.actor,
            )
        ),
    ):
        messages.success(
            request, "Đã lập cuộc bỏ phiếu theo quy chế. Anh/chị cử ban kiểm phiếu rồi chốt danh sách."
        )
        return redirect(made[0].get_absolute_url())
    people = list(found.attendances.all())
    more = {
        "item": row,
        "form": form,
        "regulation": regulation,
        "roll": roll_of(found, regulation, people) if regulation else [],
        "obstacles": obstacles_to_balloting(row),
    }
    return render(request, "conferences/ballot.html", context(request, found, **more))


def _seats(row: AgendaItem, regulation: object) -> dict[str, int]:
    number = getattr(regulation, "flag_quota_number", None)
    return {"seats": number or 1} if row.kind == "ballot" else {"seats": 1}


@require_http_methods(["GET", "POST"])
def acclaim(request: Request, pk: int, item: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Record a choice made by points or by consensus."""
    found = the_conference(request, pk, cluster, cycle)
    row = _item(found, item)
    allow(request.actor, "conferences.acclaim", row)
    form = AcclaimForm(request.POST or None, units=_members(found))
    if form.is_valid() and attempt(
        form,
        lambda: actions.acclaim(
            item=row,
            units=list(form.cleaned_data["units"]),
            ground=form.cleaned_data["ground"],
            by=request.actor,
        ),
    ):
        messages.success(request, "Đã ghi kết quả suy tôn.")
        return redirect(found.page("conference"))
    more = {
        "item": row,
        "form": form,
        "regulation": regulation_for(found),
        "obstacles": obstacles_to_acclaiming(row),
    }
    return render(request, "conferences/acclaim.html", context(request, found, **more))


@require_POST
def mark_roll(request: Request, pk: int, item: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Mark the voters present as the list has them."""
    found = the_conference(request, pk, cluster, cycle)
    marked = actions.mark_roll_present(item=_item(found, item), by=request.actor)
    messages.success(request, "Đã ghi có mặt trong danh sách cử tri theo điểm danh.")
    return redirect(marked.get_absolute_url())
