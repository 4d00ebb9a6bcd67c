"""A unit's sheet: reading the layers and writing one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.refusals import NotAllowed, attempt
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.base.text import decimal_text
from thidua.documents.views import paper_response
from thidua.emulation.clusters.permissions import acts_for_unit
from thidua.emulation.clusters.queries import members_now, regulation_of
from thidua.emulation.scoring import actions, papers
from thidua.emulation.scoring.engine import Mark as Scored
from thidua.emulation.scoring.entries import entry_of, wholes
from thidua.emulation.scoring.forms import (
    AnswerForm,
    EvidenceForm,
    ExplanationForm,
    FlagsForm,
    MarksForm,
)
from thidua.emulation.scoring.models import Criterion, LayerKind, Mark, Scope, ScoreLayer
from thidua.emulation.scoring.permissions import may_answer, raises_flags, sends_layer, writes_layer
from thidua.emulation.scoring.queries import (
    LAYERS,
    Filed,
    LayerView,
    Proposal,
    SheetView,
    board_of,
    hand_words,
    is_filed_already,
    may_see_all,
    may_see_sheet,
    obstacles_to_sending_part,
    parts_of_person,
    proposals_for,
    scorecard_of,
    sealed,
)
from thidua.emulation.scoring.rows import differences_of, rows_of
from thidua.emulation.scoring.views.overview import in_order
from thidua.emulation.scoring.views.shared import in_scored_scope
from thidua.organisations.models import Unit


@dataclass(frozen=True)
class Opened:
    """A sheet at its address: what is scored, the sheet computed, all in order, and the layer one writes."""

    scope: Scope
    view: SheetView
    units: list[int]
    writing: str | None


def open_sheet(request: Request, cluster: str, cycle: str, unit: int, layer: str = "") -> Opened:
    """The sheet at this address with its neighbours; 404 when there is none, refused when sealed."""
    scope = in_scored_scope(request, cluster, cycle)
    year = scope.cycle
    card = scorecard_of(*scope)
    board = board_of(card) if card else None
    layers = board.of_unit(unit) if board else None
    if card is None or board is None or layers is None or (layer and layer not in layers):
        raise Http404
    writing = layer or _writing(request, layers)
    views = board.views(layers[writing] if writing else None)
    view = next(v for v in views if v.sheet.unit_id == unit)
    hidden = sealed(year, regulation_of(year, request.actor.on), views, card)
    if not may_see_sheet(request.actor, view, is_sealed=hidden):
        raise NotAllowed("Điểm của các đơn vị còn niêm phong đến khi mọi đơn vị gửi đủ, theo quy chế.")
    if hidden and not may_see_all(request.actor, year):
        view = board.only(unit).views(layers[writing] if writing else None)[0]
    order = in_order(views, members_now(year, request.actor.on))
    return Opened(scope, view, [v.sheet.unit_id for v in order], writing)


def _writing(request: Request, layers: Mapping[str, ScoreLayer]) -> str | None:
    """The layer this person writes now: the first one not sent that is theirs, or the one asked for."""
    own = [k.value for k in LAYERS if writes_layer(request.actor, layers[k])]
    open_ones = [k for k in own if layers[k].submitted_at is None]
    if layers[LayerKind.SELF].submitted_at is None:
        open_ones = [k for k in open_ones if k == LayerKind.SELF]
    asked = request.GET.get("lop")
    return asked if asked in open_ones else next(iter(open_ones), None)


@require_GET
def sheet(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """The sheet: the layers side by side, one of them open for writing."""
    opened = open_sheet(request, cluster, cycle, unit)
    if request.GET.get("xuat") == "excel":
        return _excel(opened.view)
    form = _form(request, opened) if opened.writing else None
    return render(request, "scoring/sheet.html", _context(request, opened, form))


def _form(request: Request, opened: Opened, data: QueryDict | None = None) -> MarksForm:
    """The column being written, as far as it is this person's, filled with what was saved of it."""
    view = opened.view
    lines = view.writable(opened.writing or "", request.actor)
    entries = [entry_of(line, view.rules[line.code]) for line in lines]
    marks = view.layers[opened.writing].marks if opened.writing else {}
    initial: dict[str, object] = {}
    for entry in entries:
        if mark := marks.get(entry.line.pk):
            initial |= entry.initial(mark.filed, mark.extras) | {f"reason_{entry.line.pk}": mark.reason}
    return MarksForm(entries, wholes(view.criteria, entries), data, initial=initial)


def _context(request: Request, opened: Opened, form: MarksForm | None) -> dict[str, object]:
    view, kind = opened.view, opened.writing
    at = opened.units.index(view.sheet.unit_id)
    focus = request.GET.get("tieu-chi", "")
    line = next((x for x in view.leaves if str(x.pk) == focus), view.leaves[0] if view.leaves else None)
    last = view.layers[kind] if kind else view.latest()
    return {
        "cycle": opened.scope.cycle,
        "scope": opened.scope,
        "view": view,
        "sheet": view.sheet,
        "unit": view.sheet.unit,
        "rows": rows_of(view, kind, form),
        "steps": [(k, view.layers[k]) for k in LAYERS],
        "writing": LayerKind(kind) if kind else None,
        "current": last,
        "unwritten": view.unwritten(kind) if kind else [],
        "form": form,
        "line": line,
        "marks_of_line": _marks_of(view, line) if line else [],
        "hand": hand_words(line, view.named) if line else "",
        "explanations": view.sheet.explanations.filter(criterion=line).select_related(
            "author", "answered_by"
        ),
        "explained": set(view.sheet.explanations.values_list("criterion_id", flat=True)),
        "differences": differences_of(view),
        "may_answer": may_answer(request.actor, view.sheet),
        "answer_form": AnswerForm(),
        "proposals": _proposals(request, view, kind),
        "flags_form": _flags_form(request, view, kind),
        "raised": _raised(view, last),
        "sends": kind is not None and sends_layer(request.actor, view.layers[kind].layer),
        "parts": [
            (owner, part, obstacles_to_sending_part(view, owner))
            for owner, part in parts_of_person(view, request.actor)
        ],
        "flag_layers": _flag_layers(request, view),
        "evidence": view.sheet.evidence.filter(criterion=line).select_related("file"),
        "may_explain": acts_for_unit(request.actor, view.sheet),
        "explanation_form": ExplanationForm(),
        "evidence_form": EvidenceForm(),
        "corrects": [k.value for k in LAYERS if _may_correct(request, view, k)],
        "previous": opened.units[at - 1] if at else None,
        "next": opened.units[at + 1] if at + 1 < len(opened.units) else None,
        "place": at + 1,
        "count": len(opened.units),
        "places": view.table.places,
    }


def _proposals(request: Request, view: SheetView, kind: str | None) -> list[Proposal]:
    """What the system proposes that this person may write and that is not written yet."""
    if kind is None:
        return []
    mine = {line.pk for line in view.writable(kind, request.actor)}
    own, marks = view.layers[LayerKind.SELF].layer, view.layers[kind].marks
    found = proposals_for(view.sheet.cycle, view.criteria, own, request.actor.on)
    return [one for one in found if one.line.pk in mine and not _is_written(one, marks.get(one.line.pk))]


def _is_written(proposal: Proposal, mark: Filed | None) -> bool:
    return mark is not None and is_filed_already(proposal, mark.filed, mark.extras)


def _flags_form(request: Request, view: SheetView, kind: str | None) -> FlagsForm | None:
    """The facts of the table, for who may file them in the layer being written."""
    if kind is None or not view.table.flags or not raises_flags(request.actor, view.layers[kind].layer):
        return None
    scored = view.layers[kind].scored
    return FlagsForm(view.table, initial={"flags": list(scored.flags) if scored else []})


def _flag_layers(request: Request, view: SheetView) -> list[tuple[LayerKind, LayerView, bool]]:
    """Layers sent whose flags were put right, or whose this person may put right."""
    if not view.table.flags:
        return []
    published = view.sheet.scorecard.published_at is not None
    found = [
        (
            kind,
            view.layers[kind],
            not published and bool(raises_flags(request.actor, view.layers[kind].layer)),
        )
        for kind in LAYERS
        if view.layers[kind].sent
    ]
    return [one for one in found if one[2] or one[1].layer.flag_corrections.all()]


def _raised(view: SheetView, layer: LayerView | None) -> list[str]:
    """Titles of the facts that hold the unit down, by the layer shown."""
    flags = layer.scored.flags if layer and layer.scored else ()
    return [flag.title for flag in view.table.flags if flag.code in flags]


def _marks_of(view: SheetView, line: Criterion) -> list[tuple[LayerKind, Mark, Scored]]:
    """What each layer filed for a line, by whom and when, and what the engine made of it."""
    found = {kind: mark.pk for kind in LAYERS if (mark := view.layers[kind].marks.get(line.pk))}
    rows = Mark.objects.select_related("author").in_bulk(found.values())
    return [
        (kind, rows[pk], scored)
        for kind, pk in found.items()
        if pk in rows and (scored := view.layers[kind].mark_of(line))
    ]


@require_GET
def sheet_paper(request: Request, cluster: str, cycle: str, unit: int, fmt: str) -> HttpResponse:
    """The sheet with its layers and reasons, on A4 for the minutes."""
    view = open_sheet(request, cluster, cycle, unit).view
    if fmt not in {"pdf", "docx"}:
        raise Http404
    return paper_response(papers.sheet_paper(view, differences_of(view)), fmt, f"phieu-diem-{unit}")


def _may_correct(request: Request, view: SheetView, kind: LayerKind) -> bool:
    layer = view.layers[kind]
    published = view.sheet.scorecard.published_at is not None
    is_sent = layer.sent or bool(layer.layer.sent_criteria)
    return is_sent and not published and bool(writes_layer(request.actor, layer.layer))


def _excel(view: SheetView) -> HttpResponse:
    columns = [Column("Mã", "code", width=10), Column("Tiêu chí", "title", width=60)]
    columns += [Column("Tối đa", "max", kind="number", width=10)]
    columns += [Column(kind.label, kind.value, kind="number", width=12) for kind in LAYERS]
    lines: list[dict[str, object]] = []
    for line in view.criteria:
        sums = {k.value: view.layers[k].points_of(line) if view.layers[k].sent else None for k in LAYERS}
        lines.append({"code": line.code, "title": line.title, "max": line.max_points, **sums})
    name = f"diem-{view.sheet.unit.short_name}"
    return xlsx_response(name, [Sheet("Phiếu điểm", columns, lines)])


@require_POST
def save_marks(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """Save what is written so far: by itself while typing, or by the button without JavaScript."""
    opened = open_sheet(request, cluster, cycle, unit, layer)
    form, row = _form(request, opened, request.POST), opened.view.layers[layer].layer
    saved = form.is_valid() and attempt(
        form, lambda: actions.write_marks(layer=row, marks=form.marks(), by=request.actor)
    )
    if request.headers.get("HX-Request"):
        if saved:
            now = open_sheet(request, cluster, cycle, unit, layer)
            return JsonResponse({"saved": f"{request.actor.at:%H:%M}", "computed": _computed(now)})
        return JsonResponse(
            {"error": " ".join(str(e) for errors in form.errors.values() for e in errors)}, status=422
        )
    if not saved:
        return render(request, "scoring/sheet.html", _context(request, opened, form))
    messages.success(request, "Đã lưu điểm.")
    return redirect("scoring:sheet", cluster, cycle, unit)


def _computed(opened: Opened) -> dict[int, str]:
    """What the rules made of the results written so far, by criterion, for the page to show at once."""
    view = opened.view
    assert opened.writing is not None
    layer = view.layers[opened.writing]
    return {
        line.pk: f"{decimal_text(points, view.table.places)} điểm"
        for line in view.leaves
        if line.is_computed and line.pk in layer.marks and (points := layer.points_of(line)) is not None
    }


@require_POST
def send(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """Save what is on the page, then send the layer."""
    opened = open_sheet(request, cluster, cycle, unit, layer)
    form, row = _form(request, opened, request.POST), opened.view.layers[layer].layer

    def save_and_send() -> None:
        if marks := form.marks():
            actions.write_marks(layer=row, marks=marks, by=request.actor)
        actions.send_layer(layer=row, by=request.actor)

    if form.is_valid() and attempt(form, save_and_send):
        name = opened.view.sheet.unit.name
        messages.success(request, f"Đã gửi điểm {LayerKind(layer).label.lower()} của {name}.")
        return redirect("scoring:sheet", cluster, cycle, unit)
    return render(request, "scoring/sheet.html", _context(request, opened, form))


@require_POST
def copy(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """Take over the points of the layer before for what is not yet written."""
    view = open_sheet(request, cluster, cycle, unit, layer).view
    actions.copy_marks(layer=view.layers[layer].layer, by=request.actor)
    messages.success(request, "Đã lấy điểm của lớp trước cho các tiêu chí chưa ghi.")
    return redirect("scoring:sheet", cluster, cycle, unit)


@require_POST
def send_part(request: Request, cluster: str, cycle: str, unit: int, owner: int) -> HttpResponse:
    """An owner sends its part of the appraisal of this unit."""
    opened = open_sheet(request, cluster, cycle, unit, LayerKind.APPRAISAL)
    row, of = opened.view.layers[LayerKind.APPRAISAL].layer, get_object_or_404(Unit, pk=owner)
    form = _form(request, opened, request.POST)

    def save_and_send() -> None:
        if marks := form.marks():
            actions.write_marks(layer=row, marks=marks, by=request.actor)
        actions.send_part(layer=row, owner=of, by=request.actor)

    if form.is_valid() and attempt(form, save_and_send):
        messages.success(request, f"Đã gửi phần thẩm định của {of.name}.")
        return redirect("scoring:sheet", cluster, cycle, unit)
    return render(request, "scoring/sheet.html", _context(request, opened, form))


@require_POST
def accept(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """Take over what the system proposes for a code."""
    view = open_sheet(request, cluster, cycle, unit, layer).view
    code = request.POST.get("code", "")
    actions.accept_proposal(layer=view.layers[layer].layer, code=code, by=request.actor)
    messages.success(request, f"Đã ghi theo đề xuất: {code}.")
    response = redirect("scoring:sheet", cluster, cycle, unit)
    response["Location"] += f"?lop={layer}"
    return response


def line_or_404(view: SheetView, criterion: int) -> Criterion:
    """A criterion of the sheet that takes a mark."""
    return get_object_or_404(view.sheet.scorecard.criteria.exclude(kind="group"), pk=criterion)
