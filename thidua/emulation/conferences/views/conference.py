"""One conference: its page, its facts, its agenda, its invitation, what it hands out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet, Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.documents.views import paper_response
from thidua.emulation.conferences import actions, papers
from thidua.emulation.conferences.forms import (
    ChairFormSet,
    ConferenceForm,
    HandoutForm,
    InviteForm,
    ItemFormSet,
    PublicationForm,
    conference_initial,
    in_order,
    item_initial,
    typed,
)
from thidua.emulation.conferences.models import Conference, Minutes
from thidua.emulation.conferences.permissions import answers
from thidua.emulation.conferences.queries import (
    attendance_lines,
    ballots_by_item,
    obstacles_to_ending,
    obstacles_to_inviting,
    obstacles_to_starting,
    quorum_of,
)
from thidua.emulation.conferences.views.shared import context, the_conference, units_of


@require_GET
def conference(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Facts, agenda with results, who comes, papers, conclusions, and the next step."""
    found = the_conference(request, pk, cluster, cycle)
    lines = attendance_lines(found)
    people = [one for line in lines for one in line.people]
    items = list(found.items.prefetch_related("opinions", "acclaims__unit"))
    ballots = ballots_by_item([item for item in items if item.is_ballot])
    more = {
        "items": [(item, ballots.get(item.pk)) for item in items],
        "lines": lines,
        "mine": [i for i in (line.invitation for line in lines) if i is not None and _own(request, i)],
        "present": sum(line.present for line in lines),
        "expected": sum(line.expected for line in lines),
        "quorum": quorum_of(found, people),
        "chairs": found.chairs.select_related("unit"),
        "handouts": found.handouts.select_related("file", "paper"),
        "opinions": [o for o in found.opinions.all() if o.item_id is None],
        "tasks": found.action_items.select_related("unit"),
        "minutes": Minutes.objects.filter(conference=found).select_related("paper").first(),
        "steps": _steps(found),
        "obstacles": _obstacles(request, found),
    }
    return render(request, "conferences/conference.html", context(request, found, **more))


def _own(request: Request, invitation: Any) -> bool:
    """An invitation of the person's own unit that they may answer."""
    held = invitation.unit_id is not None and invitation.unit_id in request.actor.units()
    return held and bool(answers(request.actor, invitation))


STEPS = (("planned", "Chuẩn bị"), ("invited", "Gửi giấy mời"), ("running", "Họp"), ("ended", "Lập biên bản"))


def _steps(found: Conference) -> list[tuple[str, str]]:
    order = [*[key for key, _ in STEPS], "sealed"]
    at = order.index(found.state)
    return [
        ("done" if n < at or found.is_sealed else ("now" if n == at else "next"), word)
        for n, (_, word) in enumerate(STEPS)
    ]


def _obstacles(request: Request, found: Conference) -> list[str]:
    """What stands in the way of the next step."""
    if found.state == "planned":
        return obstacles_to_inviting(found)
    if found.state == "invited":
        return obstacles_to_starting(found, request.actor.on)
    return obstacles_to_ending(found) if found.state == "running" else []


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Correct the facts."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.edit_conference", found)
    units = units_of(found)
    form = ConferenceForm(
        request.POST or None, initial=conference_initial(found), units=units, of_year=found.cycle is not None
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_conference(
            conference=found,
            text=form.text(),
            revision=form.cleaned_data["revision"] or 0,
            by=request.actor,
        ),
    ):
        messages.success(request, "Đã lưu hội nghị.")
        return redirect(found.page("conference"))
    return render(request, "conferences/edit.html", context(request, found, form=form))


def _formset_page(
    request: Request, found: Conference, formset: BaseFormSet[Any], heading: str, add: str, hint: str = ""
) -> HttpResponse:
    more = {"formset": formset, "what": heading, "add": add, "hint": hint}
    return render(request, "conferences/rows.html", context(request, found, **more))


def _attempt_rows(formset: BaseFormSet[Any], run: Any) -> bool:
    """An action for a formset: its reasons stand above the rows."""
    form = Form({})
    form.full_clean()
    if attempt(form, run):
        return True
    formset._non_form_errors.extend(form.non_field_errors())  # type: ignore[attr-defined]
    return False


@require_http_methods(["GET", "POST"])
def chairs(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Who chairs, in order."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.set_chairs", found)
    initial = list(found.chairs.values("unit", "body", "person_name", "office_name"))
    formset = ChairFormSet(
        request.POST or None, initial=initial, prefix="chairs", form_kwargs={"units": units_of(found)}
    )
    if formset.is_valid() and _attempt_rows(
        formset, lambda: actions.set_chairs(conference=found, chairs=typed(formset), by=request.actor)
    ):
        messages.success(request, "Đã lưu người chủ trì.")
        return redirect(found.page("conference"))
    hint = "Một hội nghị có thể do nhiều người cùng chủ trì; người thứ nhất ký biên bản với tư cách chủ tọa."
    return _formset_page(request, found, formset, "Người chủ trì", "Thêm người chủ trì", hint)


@require_http_methods(["GET", "POST"])
def agenda(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """The agenda's lines."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.set_agenda", found)
    formset = ItemFormSet(request.POST or None, initial=item_initial(found.items.all()), prefix="items")
    if formset.is_valid() and _attempt_rows(
        formset, lambda: actions.set_agenda(conference=found, items=in_order(formset), by=request.actor)
    ):
        messages.success(request, "Đã lưu chương trình.")
        return redirect(found.page("conference"))
    hint = "Một hội nghị có thể gồm nhiều việc: báo cáo, bầu chọn, ký giao ước, bàn giao."
    return _formset_page(request, found, formset, "Chương trình", "Thêm nội dung", hint)


@require_http_methods(["GET", "POST"])
def invite(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Whom besides the members."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.set_invitations", found)
    others = [i for i in found.invitations.all() if not i.is_member]
    initial = {
        "units": [i.unit_id for i in others if i.unit_id],
        "bodies": "\n".join(i.body for i in others if i.body),
    }
    form = InviteForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_invitations(
            conference=found,
            units=list(form.cleaned_data["units"]),
            bodies=form.cleaned_data["bodies"].splitlines(),
            by=request.actor,
        ),
    ):
        messages.success(request, "Đã lưu thành phần mời.")
        return redirect(found.page("conference"))
    return render(request, "conferences/invite.html", context(request, found, form=form))


@require_POST
def send_invitations(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Number the invitation and tell the units."""
    found = the_conference(request, pk, cluster, cycle)
    actions.send_invitations(conference=found, by=request.actor)
    messages.success(request, "Đã gửi giấy mời. Cán bộ và lãnh đạo các đơn vị nhận được thông báo.")
    return redirect(found.page("conference"))


@require_POST
def cancel(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Remove a conference that was not held."""
    found = the_conference(request, pk, cluster, cycle)
    actions.cancel_conference(conference=found, by=request.actor)
    messages.success(request, "Đã xóa hội nghị.")
    if cluster:
        return redirect("conferences:conferences", cluster, cycle)
    return redirect("conferences:congresses")


@require_http_methods(["GET", "POST"])
def handout(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Hand out a paper."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.add_handout", found)
    form = HandoutForm(request.POST or None, request.FILES or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_handout(
            conference=found,
            title=form.cleaned_data["title"],
            upload=form.cleaned_data["upload"],
            paper=form.cleaned_data["paper"],
            by=request.actor,
        ),
    ):
        messages.success(request, "Đã thêm tài liệu.")
        return redirect(found.page("conference"))
    return render(request, "conferences/handout.html", context(request, found, form=form))


@require_POST
def remove_handout(
    request: Request, pk: int, handout: int, cluster: str = "", cycle: str = ""
) -> HttpResponse:
    """Take a paper back."""
    found = the_conference(request, pk, cluster, cycle)
    row = get_object_or_404(found.handouts, pk=handout)
    actions.remove_handout(conference=found, handout=row, by=request.actor)
    messages.success(request, "Đã bỏ tài liệu.")
    return redirect(found.page("conference"))


@require_http_methods(["GET", "POST"])
def publication(request: Request, pk: int, cluster: str = "", cycle: str = "") -> HttpResponse:
    """Where and when it was reported on."""
    found = the_conference(request, pk, cluster, cycle)
    allow(request.actor, "conferences.record_publication", found)
    initial = {"published_on": found.published_on, "source": found.source}
    form = PublicationForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: actions.record_publication(conference=found, **form.cleaned_data, by=request.actor),
    ):
        messages.success(request, "Đã ghi nơi đăng tin.")
        return redirect(found.page("conference"))
    return render(request, "conferences/publication.html", context(request, found, form=form))


@require_GET
def paper(
    request: Request, pk: int, document: str, fmt: str, cluster: str = "", cycle: str = ""
) -> HttpResponse:
    """A paper of the conference: giay-moi, danh-sach, ma-diem-danh, bien-ban."""
    found = the_conference(request, pk, cluster, cycle)
    if fmt not in {"pdf", "docx"}:
        raise Http404
    made = paper_response(_paper_text(request, found, document), fmt, f"{document}-{found.day}")
    return handed_out(request, made, about=found)


def _paper_text(request: Request, found: Conference, name: str) -> Any:
    if name == "giay-moi":
        kept = found.invitation_paper.text if found.invitation_paper else None
        return kept or papers.invitation_paper(
            found, [str(i) for i in found.invitations.select_related("unit")]
        )
    if name == "danh-sach":
        return papers.attendance_paper(found, attendance_lines(found))
    if name == "ma-diem-danh":
        allow(request.actor, "conferences.tick_list", found)
        return papers.codes_paper(found, attendance_lines(found))
    minutes = Minutes.objects.filter(conference=found).select_related("paper").first()
    if name != "bien-ban" or minutes is None:
        raise Http404
    kept = minutes.paper.text if minutes.paper else None
    return kept or papers.minutes_paper(found, minutes)
