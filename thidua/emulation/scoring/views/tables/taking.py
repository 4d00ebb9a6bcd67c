"""A table from a Word, Excel or bang-diem-1 file: looked at, taken in, taken back with a click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused, attempt
from thidua.base.files.actions import checked
from thidua.base.files.inspection.kinds import DOCX, XLSX
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.engine import BadFile, Finding, check_document, parse
from thidua.emulation.scoring.engine.intake import Remark, Taken, read_layout
from thidua.emulation.scoring.models import Scope, Scorecard
from thidua.emulation.scoring.queries import document_of, draft_of
from thidua.emulation.scoring.views.shared import in_scope
from thidua.emulation.scoring.views.tables.forms import TableFileForm
from thidua.emulation.scoring.views.tables.shown import shown

SALT, DAY = "scoring.table", 86_400
PLAIN = (".yaml", ".yml", ".json")


def import_table(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Choose a file; see the tree with what was found beside its rows; nothing is saved until confirmed."""
    scope = in_scope(request, cluster, cycle)
    year = scope.cycle
    allow(request.actor, "scoring.draft_scorecard", year)
    is_sent = request.method == "POST"
    form = TableFileForm(request.POST, request.FILES) if is_sent else TableFileForm()
    context: dict[str, Any] = {"cycle": year, "scope": scope, "form": form, "draft": draft_of(*scope)}
    if form.is_valid():
        sealed = form.cleaned_data["document"]
        if sealed:
            if attempt(form, lambda: _confirm(request, scope, sealed)):
                messages.success(request, "Đã nhập bảng điểm vào dự thảo.")
                return redirect(draft_address(scope))
        elif attempt(form, lambda: context.update(_preview(form.cleaned_data["file"]))):
            return render(request, "scoring/import.html", context)
    return render(request, "scoring/import.html", context)


def _preview(upload: Any) -> dict[str, Any]:
    """What the file holds, sealed so that what is confirmed is what was seen."""
    taken = _taken(upload)
    lines, others = shown(taken.document, taken.remarks)
    for line in lines:
        line.heard = taken.understood.get(line.code, [])
    refusals = actions.obstacles_to_writing(actions.as_stored(taken.document))
    return {
        "lines": lines,
        "others": others,
        "refusals": refusals,
        "table_title": taken.document.get("title", ""),
        "total": taken.document.get("total", ""),
        "errors": sum(one.level == "error" for one in taken.remarks),
        "warnings": sum(one.level == "warning" for one in taken.remarks),
        "sealed": signing.dumps(actions.as_stored(taken.document), salt=SALT, compress=True),
        "name": upload.name,
    }


def _taken(upload: Any) -> Taken:
    """The document of an upload; Refused beside the field when there is none."""
    name = upload.name or ""
    try:
        if name.lower().endswith(PLAIN):
            document = parse(upload.read(), name)
            return Taken(document, [_remark(one) for one in check_document(document, name)])
        _, data = checked(upload, kinds=(DOCX, XLSX), field="file")
        return read_layout(data, name)
    except BadFile as fault:
        raise Refused(str(fault), field="file") from fault


def _remark(one: Finding) -> Remark:
    return Remark(one.level, f"dòng {one.line}" if one.line else "", one.code, one.sentence)


def _confirm(request: Request, scope: Scope, sealed: str) -> None:
    try:
        document = signing.loads(sealed, salt=SALT, max_age=DAY)
    except signing.BadSignature as fault:
        raise Refused("Bản xem trước đã quá một ngày. Anh/chị chọn lại tệp.") from fault
    card = draft_of(*scope) or actions.draft_scorecard(
        cycle=scope.cycle, movement=scope.movement, by=request.actor
    )
    before = document_of(card)
    card = actions.write_table(scorecard=card, document=document, by=request.actor)
    keep_before(request, card, before)


def keep_before(request: Request, card: Scorecard, before: dict[str, Any]) -> None:
    """What the draft held, until it is written again or the session ends."""
    request.session[f"table-{card.pk}"] = {"document": before, "revision": card.revision}


def may_undo(request: Request, card: Scorecard) -> bool:
    """Nobody has written the draft since."""
    kept = request.session.get(f"table-{card.pk}")
    return bool(kept and kept["revision"] == card.revision)


@require_POST
def undo_table(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Take the last import or change of the tree back."""
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.draft_scorecard", scope.cycle)
    card = draft_of(*scope)
    if card is None:
        raise Http404
    if not may_undo(request, card):
        messages.error(request, "Dự thảo đã được sửa sau đó nên không lấy lại được nữa.")
    else:
        _write_back(card, request.session.pop(f"table-{card.pk}"), request)
        messages.success(request, "Đã lấy lại dự thảo trước đó.")
    return redirect(draft_address(scope))


def _write_back(card: Scorecard, kept: dict[str, Any], request: Request) -> None:
    """The table as it was; a draft that was empty is emptied."""
    if kept["document"]["criteria"]:
        actions.write_table(
            scorecard=card, document=kept["document"], revision=kept["revision"], by=request.actor
        )
    else:
        actions.edit_scorecard(
            scorecard=card, lines=[], basis=card.basis, revision=kept["revision"], by=request.actor
        )


def draft_address(scope: Scope, code: str = "") -> str:
    """The draft's page, at a line of it."""
    page = reverse("scoring:scorecard", args=[scope.cycle.cluster.address, scope.address])
    card = draft_of(*scope)
    return page + (f"?ban={card.version}" if card else "") + (f"#dong-{code}" if code else "")
