"""A unit's explanations and evidence, and the answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.forms import AnswerForm, EvidenceForm, ExplanationForm
from thidua.emulation.scoring.views.sheets import line_or_404, open_sheet


def _back(cluster: str, cycle: str, unit: int, criterion: int) -> HttpResponse:
    response = redirect("scoring:sheet", cluster, cycle, unit)
    response["Location"] += f"?tieu-chi={criterion}"
    return response


@require_POST
def explain(request: Request, cluster: str, cycle: str, unit: int, criterion: int) -> HttpResponse:
    """The unit explains a criterion."""
    view = open_sheet(request, cluster, cycle, unit).view
    allow(request.actor, "scoring.explain", view.sheet)
    line, form = line_or_404(view, criterion), ExplanationForm(request.POST)
    if not form.is_valid():
        raise Refused("Ghi nội dung giải trình, không quá 2.000 chữ.")
    actions.explain(sheet=view.sheet, criterion=line, text=form.cleaned_data["text"], by=request.actor)
    messages.success(request, f"Đã gửi giải trình tiêu chí {line.code}.")
    return _back(cluster, cycle, unit, criterion)


@require_POST
def attach(request: Request, cluster: str, cycle: str, unit: int, criterion: int) -> HttpResponse:
    """Put a file behind a criterion."""
    view = open_sheet(request, cluster, cycle, unit).view
    allow(request.actor, "scoring.attach_evidence", view.sheet)
    line, form = line_or_404(view, criterion), EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused("Chọn tệp minh chứng trước khi gửi.")
    data = form.cleaned_data
    actions.attach_evidence(
        sheet=view.sheet, criterion=line, upload=data["upload"], title=data["title"], by=request.actor
    )
    messages.success(request, f"Đã thêm minh chứng cho tiêu chí {line.code}.")
    return _back(cluster, cycle, unit, criterion)


@require_POST
def detach(request: Request, cluster: str, cycle: str, unit: int, evidence: int) -> HttpResponse:
    """Take a file back before the self-score is sent."""
    view = open_sheet(request, cluster, cycle, unit).view
    kept = get_object_or_404(view.sheet.evidence, pk=evidence)
    criterion = kept.criterion_id
    actions.remove_evidence(sheet=view.sheet, evidence=kept, by=request.actor)
    messages.success(request, "Đã bỏ minh chứng.")
    return _back(cluster, cycle, unit, criterion)


@require_POST
def answer(request: Request, cluster: str, cycle: str, unit: int, explanation: int) -> HttpResponse:
    """Answer what the unit explained."""
    view = open_sheet(request, cluster, cycle, unit).view
    kept, form = get_object_or_404(view.sheet.explanations, pk=explanation), AnswerForm(request.POST)
    allow(request.actor, "scoring.answer_explanation", kept)
    if not form.is_valid():
        raise Refused("Ghi nội dung trả lời, không quá 2.000 chữ, và chọn có chấp nhận hay không.")
    actions.answer_explanation(explanation=kept, by=request.actor, **form.cleaned_data)
    messages.success(request, "Đã trả lời giải trình.")
    return _back(cluster, cycle, unit, kept.criterion_id)
