"""Pages of an import: choose a file, look at it, confirm, undo."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.base.sheets.actions import confirm_import, preview_import, undo_import
from thidua.base.sheets.columns import RowError
from thidua.base.sheets.forms import ImportForm
from thidua.base.sheets.imports import IMPORTERS, Importer, importer_at
from thidua.base.sheets.marking import marked_copy, template
from thidua.base.sheets.models import ImportBatch
from thidua.base.sheets.permissions import visible_batches
from thidua.base.sheets.reading import from_json
from thidua.base.sheets.writing import workbook_response

SHOWN_ROWS = 500
SHOWN_BATCHES = 10


def _importer(request: Request, address: str) -> Importer:
    importer = importer_at(address)
    if importer is None:
        raise Http404
    allow(request.actor, "sheets.preview_import", importer.kind)
    return importer


def _batch(request: Request, pk: int) -> ImportBatch:
    return get_object_or_404(visible_batches(request.actor), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, address: str) -> HttpResponse:
    """Choose a file; it is read and shown before anything is taken in."""
    importer = _importer(request, address)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made: list[ImportBatch] = []
        told = {"upload": form.cleaned_data["file"] or None, "pasted": form.cleaned_data["pasted"]}
        if attempt(form, lambda: made.append(preview_import(kind=importer.kind, by=request.actor, **told))):
            return redirect("sheets:batch", pk=made[0].pk)
    batches = visible_batches(request.actor).filter(kind=importer.kind)[:SHOWN_BATCHES]
    return render(request, "sheets/start.html", {"form": form, "importer": importer, "batches": batches})


@require_safe
def blank(request: Request, address: str) -> HttpResponse:
    """The template to fill in."""
    importer = _importer(request, address)
    return workbook_response(f"Mẫu nhập {importer.noun}", template(importer))


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: Request, pk: int) -> HttpResponse:
    """What was read, with its faults; confirm or undo it."""
    found = _batch(request, pk)
    importer = IMPORTERS[found.kind]
    if request.method == "POST":
        return _decide(request, found, importer)
    rows = from_json(found.rows[:SHOWN_ROWS], importer.columns)
    faulty = {error["row"] for error in found.errors}
    return render(
        request,
        "sheets/batch.html",
        {
            "batch": found,
            "importer": importer,
            "rows": [
                (
                    row.number,
                    row.number in faulty,
                    [(column, column.word(row[column.key])) for column in importer.columns],
                )
                for row in rows
            ],
            "errors": [RowError(**error) for error in found.errors[:SHOWN_ROWS]],
            "faults": len(found.errors),
            "faulty": len(faulty),
        },
    )


def _decide(request: Request, found: ImportBatch, importer: Importer) -> HttpResponse:
    if "undo" in request.POST:
        undo_import(batch=found, by=request.actor)
        messages.success(request, f"Đã hoàn tác: {len(found.rows)} dòng được lấy lại.")
        return redirect("sheets:batch", pk=found.pk)
    confirm_import(batch=found, by=request.actor)
    messages.success(request, f"Đã nhập {len(found.rows)} dòng. Anh/chị có thể hoàn tác ở trang lượt nhập.")
    return redirect("sheets:batch", pk=found.pk)


@require_safe
def faults(request: Request, pk: int) -> HttpResponse:
    """One's own file back, with a column that says what is wrong."""
    found = _batch(request, pk)
    name = found.file.name.removesuffix(".xlsx") if found.file else "Vùng dán"
    return handed_out(request, workbook_response(f"{name} - lỗi", marked_copy(found)), about=found)
