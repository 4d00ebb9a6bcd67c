"""Who is sent, who came."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.base.text import moment
from thidua.emulation.conferences import actions
from thidua.emulation.conferences.forms import AnswerForm, DelegateFormSet, GuestForm, typed
from thidua.emulation.conferences.models import Attendance, Conference, Invitation
from thidua.emulation.conferences.papers import check_in_address
from thidua.emulation.conferences.permissions import checks_in, keeps_list
from thidua.emulation.conferences.queries import (
    AttendanceLine,
    attendance_lines,
    quorum_of,
    visible_attendances,
)
from thidua.emulation.conferences.views.shared import context, the_conference, units_of


@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int, invitation: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """A unit names its delegates, or says why nobody comes."""
    found = the_conference(request, pk, cluster, cycle)
    row = get_object_or_404(found.invitations.select_related("unit"), pk=invitation)
    row.conference = found
    allow(request.actor, "conferences.answer_invitation", row)
    sent = found.attendances.filter(unit=row.unit_id, body=row.body)
    initial = {"answer": row.answer if row.answer != "waiting" else "comes", "note": row.note}
    form = AnswerForm(request.POST or None, initial=initial)
    people = DelegateFormSet(request.POST or None, initial=_rows(sent), prefix="people")
    if form.is_valid() and people.is_valid() and attempt(form, lambda: _answer(request, row, form, people)):
        messages.success(request, "Đã gửi trả lời giấy mời.")
        return redirect(found.page("conference"))
    more = {"form": form, "formset": people, "invitation": row}
    return render(request, "conferences/answer.html", context(request, found, **more))


def _rows(sent: object) -> list[dict[str, object]]:
    names = ("person_name", "office_name", "is_voter", "head_count", "pk")
    return [{name: getattr(one, name) for name in names} for one in sent]  # type: ignore[attr-defined]


def _answer(request: Request, row: Invitation, form: AnswerForm, people: object) -> None:
    actions.answer_invitation(
        invitation=row,
        answer=form.cleaned_data["answer"],
        note=form.cleaned_data["note"],
        delegates=typed(people),
        by=request.actor,
    )


@require_http_methods(["GET", "POST"])
def attendance(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """The list to tick, with the quorum and its sum."""
    found = the_conference(request, pk, cluster, cycle)
    if request.method == "POST":
        ticked = [int(value) for value in request.POST.getlist("present") if value.isdigit()]
        actions.tick_list(conference=found, present=[n for n in ticked if n < 2**63], by=request.actor)
        messages.success(request, "Đã lưu điểm danh.")
        return redirect(found.page("attendance"))
    lines = attendance_lines(found)
    if request.GET.get("xuat") == "excel":
        return handed_out(request, _excel(found, lines), about=found)
    more = {
        "lines": lines,
        "quorum": quorum_of(found, [one for line in lines for one in line.people]),
        "present": sum(line.present for line in lines),
        "expected": sum(line.expected for line in lines),
    }
    return render(request, "conferences/attendance.html", context(request, found, **more))


def _excel(found: Conference, lines: list[AttendanceLine]) -> HttpResponse:
    columns = [
        Column("Đơn vị", "body", width=40),
        Column("Họ và tên", "name", width=28),
        Column("Chức vụ", "office", width=30),
        Column("Tư cách", "role", width=14),
        Column("Số người", "count", kind="number", width=10),
        Column("Bỏ phiếu", "voter", width=10),
        Column("Có mặt lúc", "present", width=20),
    ]
    rows = [
        {
            "body": one.body_name,
            "name": one.person_name,
            "office": one.office_name,
            "role": one.get_role_display(),
            "count": one.head_count,
            "voter": "x" if one.is_voter else "",
            "present": moment(one.present_at) if one.present_at else "",
        }
        for line in lines
        for one in line.people
    ]
    return xlsx_response(f"dai-bieu-{found.day}", [Sheet("Đại biểu", columns, rows)])


@require_http_methods(["GET", "POST"])
def guest(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Write down somebody who came unannounced."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.add_attendance", found)
    form = GuestForm(request.POST or None, units=units_of(found))
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_attendance(
            conference=found,
            delegate=form.text(),
            unit=form.cleaned_data["unit"],
            body=form.cleaned_data["body"],
            by=request.actor,
        ),
    ):
        messages.success(request, "Đã ghi đại biểu.")
        return redirect(found.page("attendance"))
    return render(request, "conferences/guest.html", context(request, found, form=form))


@require_POST
def remove_guest(
    request: Request, pk: int, attendance: int, cluster: str = "", cycle: str = ""
) -> HttpResponse:
    """Take somebody off the list."""
    found = the_conference(request, pk, cluster, cycle)
    row = get_object_or_404(found.attendances, pk=attendance)
    actions.remove_attendance(conference=found, attendance=row, by=request.actor)
    messages.success(request, "Đã bỏ khỏi danh sách.")
    return redirect(found.page("attendance"))


@require_http_methods(["GET", "POST"])
def check_in(request: Request, code: str) -> HttpResponse:
    """Where a delegate's code leads: who it is, and one button to mark them present."""
    row: Attendance = get_object_or_404(visible_attendances(request.actor), code=code)
    allow(request.actor, "conferences.check_in", row)
    if request.method == "POST":
        actions.check_in(attendance=row, by=request.actor)
        messages.success(request, f"Đã ghi có mặt: {row}.")
        return redirect("conferences:check_in", code)
    keeper = bool(keeps_list(request.actor, row))
    more = {
        "attendance": row,
        "keeps_list": keeper,
        "mine": not keeper and bool(checks_in(request.actor, row)),
        "qr": mark_safe(segno.make(check_in_address(row)).svg_inline(scale=5, border=2)),  # noqa: S308  our own drawing
    }
    return render(request, "conferences/check_in.html", {"conference": row.conference, **more})
