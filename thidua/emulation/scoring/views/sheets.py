"""A unit's sheet: reading the layers and writing one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import NotAllowed, Refused, attempt
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.base.text import decimal_text
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import acts_for_unit
from thidua.emulation.clusters.queries import members_now, regulation_of
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.forms import (
    CorrectionForm,
    EvidenceForm,
    ExplanationForm,
    MarksForm,
    points_text,
)
from thidua.emulation.scoring.models import Criterion, LayerKind, ScoreLayer
from thidua.emulation.scoring.permissions import writes_layer
from thidua.emulation.scoring.queries import (
    LAYERS,
    SheetView,
    may_see_sheet,
    scale_of,
    scorecard_of,
    sealed,
    sheets_of,
)
from thidua.emulation.scoring.rows import entry_name, rows_of
from thidua.emulation.scoring.views.overview import in_order


def _open(request: Request, cluster: str, cycle: str, unit: int) -> tuple[Cycle, SheetView, list[SheetView]]:
    """The sheet at this address with its neighbours; 404 when there is none, refused when sealed."""
    year = in_cycle(request, cluster, cycle)
    card = scorecard_of(year)
    if card is None:
        raise Http404
    views = in_order(sheets_of(card), members_now(year, request.actor.on))
    view = next((v for v in views if v.sheet.unit_id == unit), None)
    if view is None:
        raise Http404
    hidden = sealed(year, regulation_of(year, request.actor.on), views, card)
    if not may_see_sheet(request.actor, view, is_sealed=hidden):
        raise NotAllowed("Điểm của các đơn vị còn niêm phong đến khi mọi đơn vị gửi đủ, theo quy chế.")
    return year, view, views


def _writing(request: Request, view: SheetView) -> str | None:
    """The layer this person writes now: the first one not sent that is theirs, or the one asked for."""
    own = [k.value for k in LAYERS if writes_layer(request.actor, view.layers[k].layer)]
    open_ones = [k for k in own if not view.layers[k].sent]
    if view.layers[LayerKind.SELF].sent is False:
        open_ones = [k for k in open_ones if k == LayerKind.SELF]
    asked = request.GET.get("lop")
    return asked if asked in open_ones else next(iter(open_ones), None)


@require_GET
def sheet(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """The sheet: the layers side by side, one of them open for writing."""
    year, view, views = _open(request, cluster, cycle, unit)
    kind = _writing(request, view)
    if request.GET.get("xuat") == "excel":
        return _excel(view)
    form = MarksForm(view.leaves, initial=_initial(view, kind)) if kind else None
    return render(request, "scoring/sheet.html", _context(request, year, view, views, kind, form))


def _initial(view: SheetView, kind: str) -> dict[str, str]:
    marks = view.layers[kind].marks
    return {
        entry_name(line): marks[line.pk].filed if line.rule else points_text(marks[line.pk].points)
        for line in view.leaves
        if line.pk in marks
    } | {f"reason_{pk}": mark.reason for pk, mark in marks.items()}


def _context(
    request: Request,
    year: Cycle,
    view: SheetView,
    views: list[SheetView],
    kind: str | None,
    form: MarksForm | None,
) -> dict[str, object]:
    at = views.index(view)
    focus = request.GET.get("tieu-chi", "")
    line = next((x for x in view.leaves if str(x.pk) == focus), view.leaves[0] if view.leaves else None)
    _, places = scale_of(year, request.actor.on)
    return {
        "cycle": year,
        "view": view,
        "sheet": view.sheet,
        "unit": view.sheet.unit,
        "rows": rows_of(view, kind, form),
        "steps": [(k, view.layers[k]) for k in LAYERS],
        "writing": LayerKind(kind) if kind else None,
        "current": view.layers[kind] if kind else None,
        "unwritten": view.unwritten(kind) if kind else [],
        "form": form,
        "line": line,
        "marks_of_line": [(k, view.layers[k].marks.get(line.pk)) for k in LAYERS] if line else [],
        "explanations": view.sheet.explanations.filter(criterion=line).select_related("author"),
        "evidence": view.sheet.evidence.filter(criterion=line).select_related("file"),
        "may_explain": acts_for_unit(request.actor, view.sheet),
        "explanation_form": ExplanationForm(),
        "evidence_form": EvidenceForm(),
        "corrects": [k.value for k in LAYERS if _may_correct(request, view, k)],
        "previous": views[at - 1].sheet.unit_id if at else None,
        "next": views[at + 1].sheet.unit_id if at + 1 < len(views) else None,
        "place": at + 1,
        "count": len(views),
        "places": places,
    }


def _may_correct(request: Request, view: SheetView, kind: LayerKind) -> bool:
    layer = view.layers[kind]
    published = view.sheet.scorecard.published_at is not None
    return layer.sent and not published and bool(writes_layer(request.actor, layer.layer))


def _excel(view: SheetView) -> HttpResponse:
    columns = [Column("Mã", "code", width=10), Column("Tiêu chí", "title", width=60)]
    columns += [Column("Tối đa", "max", kind="number", width=10)]
    columns += [Column(kind.label, kind.value, kind="number", width=12) for kind in LAYERS]
    lines: list[dict[str, object]] = []
    for line in view.criteria:
        sums = {k.value: view.layers[k].sums.get(line.code) if view.layers[k].sent else None for k in LAYERS}
        lines.append({"code": line.code, "title": line.title, "max": line.max_points, **sums})
    name = f"diem-{view.sheet.unit.short_name}"
    return xlsx_response(name, [Sheet("Phiếu điểm", columns, lines)])


def _layer_or_404(view: SheetView, kind: str) -> str:
    if kind not in view.layers:
        raise Http404
    return kind


@require_POST
def save_marks(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """Save what is written so far: by itself while typing, or by the button without JavaScript."""
    year, view, views = _open(request, cluster, cycle, unit)
    kind = _layer_or_404(view, layer)
    form = MarksForm(view.leaves, request.POST)
    row = view.layers[kind].layer
    saved = form.is_valid() and attempt(
        form, lambda: actions.write_marks(layer=row, marks=form.marks(), by=request.actor)
    )
    if request.headers.get("HX-Request"):
        if saved:
            return JsonResponse(
                {"saved": f"{request.actor.at:%H:%M}", "computed": _computed(row, year, request)}
            )
        return JsonResponse(
            {"error": " ".join(str(e) for errors in form.errors.values() for e in errors)}, status=422
        )
    if not saved:
        return render(request, "scoring/sheet.html", _context(request, year, view, views, kind, form))
    messages.success(request, "Đã lưu điểm.")
    return redirect("scoring:sheet", cluster, cycle, unit)


def _computed(layer: ScoreLayer, year: Cycle, request: Request) -> dict[int, str]:
    """What the rules made of the results written so far, by criterion, for the page to show at once."""
    _, places = scale_of(year, request.actor.on)
    marks = layer.marks.exclude(filed="")
    return {mark.criterion_id: f"{decimal_text(mark.points, places)} điểm" for mark in marks}


@require_POST
def send(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """Save what is on the page, then send the layer."""
    year, view, views = _open(request, cluster, cycle, unit)
    kind = _layer_or_404(view, layer)
    form = MarksForm(view.leaves, request.POST)
    row = view.layers[kind].layer

    def save_and_send() -> None:
        if marks := form.marks():
            actions.write_marks(layer=row, marks=marks, by=request.actor)
        actions.send_layer(layer=row, by=request.actor)

    if form.is_valid() and attempt(form, save_and_send):
        messages.success(request, f"Đã gửi điểm {LayerKind(kind).label.lower()} của {view.sheet.unit.name}.")
        return redirect("scoring:sheet", cluster, cycle, unit)
    return render(request, "scoring/sheet.html", _context(request, year, view, views, kind, form))


@require_POST
def copy(request: Request, cluster: str, cycle: str, unit: int, layer: str) -> HttpResponse:
    """Take over the points of the layer before for what is not yet written."""
    _, view, _ = _open(request, cluster, cycle, unit)
    kind = _layer_or_404(view, layer)
    actions.copy_marks(layer=view.layers[kind].layer, by=request.actor)
    messages.success(request, "Đã lấy điểm của lớp trước cho các tiêu chí chưa ghi.")
    return redirect("scoring:sheet", cluster, cycle, unit)


def _line(view: SheetView, criterion: int) -> Criterion:
    return get_object_or_404(view.sheet.scorecard.criteria.exclude(kind="group"), pk=criterion)


def correct(
    request: Request, cluster: str, cycle: str, unit: int, layer: str, criterion: int
) -> HttpResponse:
    """Correct one mark of a layer already sent."""
    year, view, _ = _open(request, cluster, cycle, unit)
    kind, line = _layer_or_404(view, layer), _line(view, criterion)
    row = view.layers[kind].layer
    allow(request.actor, "scoring.correct_mark", row)
    form = CorrectionForm(line, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: actions.correct_mark(layer=row, criterion=line, by=request.actor, **data)):
            messages.success(request, f"Đã đính chính tiêu chí {line.code}.")
            return redirect("scoring:sheet", cluster, cycle, unit)
    history = row.marks.filter(criterion=line).select_related("author")
    context = {"cycle": year, "view": view, "layer": row, "line": line, "form": form, "history": history}
    return render(request, "scoring/correct.html", context)


def _back(cluster: str, cycle: str, unit: int, criterion: int) -> HttpResponse:
    response = redirect("scoring:sheet", cluster, cycle, unit)
    response["Location"] += f"?tieu-chi={criterion}"
    return response


@require_POST
def explain(request: Request, cluster: str, cycle: str, unit: int, criterion: int) -> HttpResponse:
    """The unit explains a criterion."""
    _, view, _ = _open(request, cluster, cycle, unit)
    allow(request.actor, "scoring.explain", view.sheet)
    line, form = _line(view, criterion), ExplanationForm(request.POST)
    if not form.is_valid():
        raise Refused("Ghi nội dung giải trình, không quá 2.000 chữ.")
    actions.explain(sheet=view.sheet, criterion=line, text=form.cleaned_data["text"], by=request.actor)
    messages.success(request, f"Đã gửi giải trình tiêu chí {line.code}.")
    return _back(cluster, cycle, unit, criterion)


@require_POST
def attach(request: Request, cluster: str, cycle: str, unit: int, criterion: int) -> HttpResponse:
    """Put a file behind a criterion."""
    _, view, _ = _open(request, cluster, cycle, unit)
    allow(request.actor, "scoring.attach_evidence", view.sheet)
    line, form = _line(view, criterion), EvidenceForm(request.POST, request.FILES)
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
    _, view, _ = _open(request, cluster, cycle, unit)
    kept = get_object_or_404(view.sheet.evidence, pk=evidence)
    criterion = kept.criterion_id
    actions.remove_evidence(sheet=view.sheet, evidence=kept, by=request.actor)
    messages.success(request, "Đã bỏ minh chứng.")
    return _back(cluster, cycle, unit, criterion)
