"""Running the conference, and showing it to the room."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.emulation.conferences import actions
from thidua.emulation.conferences.forms import NotesForm, OpinionForm
from thidua.emulation.conferences.models import AgendaItem, Conference
from thidua.emulation.conferences.queries import attendance_lines, ballots_by_item, quorum_of
from thidua.emulation.conferences.views.shared import context, the_conference
from thidua.voting.queries import roll_numbers


def _item(found: Conference, item: int) -> AgendaItem:
    row = get_object_or_404(found.items, pk=item)
    row.conference = found
    return row


@require_POST
def start(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Open the conference."""
    found = the_conference(request, pk, cluster, cycle)
    actions.start_conference(conference=found, by=request.actor)
    messages.success(request, "Hội nghị đã khai mạc.")
    return redirect(found.page("conference"))


@require_POST
def end(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Close the conference."""
    found = the_conference(request, pk, cluster, cycle)
    actions.end_conference(conference=found, by=request.actor)
    messages.success(request, "Hội nghị đã bế mạc. Việc tiếp theo: lập biên bản.")
    return redirect(found.page("conference"))


@require_POST
def begin_item(request: Request, pk: int, item: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Begin an item; what else is going on ends."""
    found = the_conference(request, pk, cluster, cycle)
    actions.begin_item(item=_item(found, item), by=request.actor)
    return redirect(found.page("conference"))


@require_POST
def end_item(request: Request, pk: int, item: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """End an item."""
    found = the_conference(request, pk, cluster, cycle)
    actions.end_item(item=_item(found, item), by=request.actor)
    return redirect(found.page("conference"))


@require_http_methods(["GET", "POST"])
def notes(request: Request, pk: int, item: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """What happened in an item, for the minutes."""
    found = the_conference(request, pk, cluster, cycle)
    row = _item(found, item)
    allow(request.actor, "conferences.write_notes", row)
    form = NotesForm(request.POST or None, initial={"notes": row.notes})
    if form.is_valid() and attempt(
        form, lambda: actions.write_notes(item=row, notes=form.cleaned_data["notes"], by=request.actor)
    ):
        messages.success(request, "Đã lưu diễn biến.")
        return redirect(found.page("conference"))
    opinion = OpinionForm(conference=found, initial={"item": row.pk})
    more = {"form": form, "item": row, "opinion": opinion, "opinions": row.opinions.all()}
    return render(request, "conferences/item.html", context(request, found, **more))


SHOWN = 7  # lines of the agenda a room can read at once
SHOWN_BESIDE = 5  # beside the act going on


def _window(items: list[AgendaItem], running: AgendaItem | None) -> list[tuple[int, AgendaItem]]:
    """The agenda's numbered lines around what is going on, or around the first still to come."""
    numbered = list(enumerate(items, start=1))
    most = SHOWN_BESIDE if running else SHOWN
    ahead = [n for n, item in numbered if item == running or (running is None and item.ended_at is None)]
    first = max(min((ahead[0] if ahead else len(items)) - 2, len(items) - most), 0)
    return numbered[first : first + most]


@require_GET
def screen(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """The projector: the agenda and the act going on; counts only, nothing that tells voters apart."""
    found = the_conference(request, pk, cluster, cycle)
    lines = attendance_lines(found)
    items = list(found.items.prefetch_related("acclaims__unit"))
    running = next((item for item in items if item.is_running), None)
    held = ballots_by_item([running]) if running and running.is_ballot else {}
    ballot = held[running.pk].last if running and running.pk in held else None
    more = {
        "items": _window(items, running),
        "all_items": len(items),
        "running_number": items.index(running) + 1 if running else 0,
        "running": running,
        "ballots": held.get(running.pk) if running else None,
        "ballot": ballot,
        "roll": roll_numbers(ballot) if ballot else None,
        "present": sum(line.present for line in lines),
        "expected": sum(line.expected for line in lines),
        "quorum": quorum_of(found, [one for line in lines for one in line.people]),
        "chairs": found.chairs.select_related("unit"),
    }
    name = "conferences/screen.html#act" if request.headers.get("HX-Request") else "conferences/screen.html"
    return render(request, name, context(request, found, **more))
