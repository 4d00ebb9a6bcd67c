"""Pages of the register, and a paper as a file."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import Refused, Stale, attempt
from thidua.base.files.actions import store
from thidua.base.files.inspection.kinds import PDF
from thidua.base.sheets.writing import xlsx_response
from thidua.base.text import address
from thidua.documents import actions, queries, sheets
from thidua.documents.engine import PaperText, render_docx, render_pdf
from thidua.documents.forms import NumberForm, ReferenceForm, RegisterFilter, SealForm, VoidForm
from thidua.documents.models import Paper, PaperDirection

ROWS = 50
FORMATS = {
    "pdf": (render_pdf, "application/pdf"),
    "docx": (render_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def paper_response(text: PaperText, fmt: str, filename: str) -> HttpResponse:
    """The paper as a file called `filename` (without its ending): PDF opens in place, Word is downloaded.

    404 for any other format.
    """
    if fmt not in FORMATS:
        raise Http404
    render_as, _ = FORMATS[fmt]
    return file_response(render_as(text), fmt, filename)


def file_response(data: bytes, fmt: str, filename: str) -> HttpResponse:
    """A paper that is a file already."""
    response = HttpResponse(data, content_type=FORMATS[fmt][1])
    told = content_disposition_header(fmt != "pdf", f"{filename}.{fmt}")
    response["Content-Disposition"] = told or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def outgoing(request: Request) -> HttpResponse:
    """Sổ văn bản đi."""
    return _register(request, PaperDirection.OUTGOING, "documents/outgoing.html")


@require_safe
def references(request: Request) -> HttpResponse:
    """Văn bản chỉ đạo, hướng dẫn."""
    return _register(request, PaperDirection.REFERENCE, "documents/references.html")


def _register(request: Request, direction: str, template: str) -> HttpResponse:
    form = RegisterFilter(request.GET, by=request.actor, direction=direction)
    found = queries.register(request.actor, direction, **form.asked).order_by(*form.order)
    if request.GET.get("xuat") == "excel":
        return _excel(direction, found)
    page = Paginator(found, ROWS).get_page(request.GET.get("trang"))
    may_add = rules.has_perm("documents.register_reference", request.actor, None)
    return render(request, template, {"form": form, "page": page, "may_add": may_add})


def _excel(direction: str, found: QuerySet[Paper]) -> HttpResponse:
    if direction == PaperDirection.OUTGOING:
        return xlsx_response("so-van-ban-di", [sheets.outgoing_sheet(found)])
    return xlsx_response("van-ban-chi-dao-huong-dan", [sheets.reference_sheet(found)])


def _seen(request: Request, pk: int) -> Paper:
    return get_object_or_404(queries.visible_papers(request.actor), pk=pk)


@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    """One paper: where it stands in the register, its words, its files, what may be done with it."""
    return _paper_page(request, _seen(request, pk))


def _paper_page(
    request: Request,
    seen: Paper,
    *,
    number_form: NumberForm | None = None,
    seal_form: SealForm | None = None,
    void_form: VoidForm | None = None,
) -> HttpResponse:
    may = {
        act: rules.has_perm(f"documents.{act}", request.actor, seen)
        for act in ("number_paper", "seal_paper", "void_number", "discard_draft", "edit_reference")
    }
    on = request.actor.on
    context = {
        "paper": seen,
        "told": queries.readable(seen.text) if seen.text else None,
        "may": may,
        "obstacles": queries.obstacles_to_numbering(seen, dated=on, on=on),
        "number_form": number_form or NumberForm(initial={"dated": on}),
        "seal_form": seal_form or SealForm(),
        "void_form": void_form or VoidForm(),
    }
    return render(request, "documents/paper.html", context)


@require_safe
def download(request: Request, pk: int, fmt: str) -> HttpResponse:
    """The paper as PDF or Word, with the words it has in the register."""
    seen = _seen(request, pk)
    text = seen.text
    if text is None:
        raise Http404
    made = paper_response(text, fmt, address(f"{seen.title} {seen.subject}")[:100])
    return handed_out(request, made, about=seen)


@require_POST
def number(request: Request, pk: int) -> HttpResponse:
    """Give a draft its number and date."""
    seen = _seen(request, pk)
    allow(request.actor, "documents.number_paper", seen)
    form = NumberForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: actions.number_paper(paper=seen, dated=form.cleaned_data["dated"], by=request.actor),
    ):
        seen.refresh_from_db()
        messages.success(request, f"Đã cấp số {seen.symbol}.")
        return redirect("documents:paper", pk)
    return _paper_page(request, seen, number_form=form)


@require_POST
def seal(request: Request, pk: int) -> HttpResponse:
    """Issue a numbered paper, with its signed copy if there is one."""
    seen = _seen(request, pk)
    allow(request.actor, "documents.seal_paper", seen)
    form = SealForm(request.POST, request.FILES)
    if form.is_valid() and attempt(form, lambda: _seal(request, seen, form)):
        messages.success(request, f"Đã ban hành {seen.title}.")
        return redirect("documents:paper", pk)
    return _paper_page(request, seen, seal_form=form)


def _seal(request: Request, seen: Paper, form: SealForm) -> None:
    upload = form.cleaned_data["scan"]
    if upload and (standing := queries.obstacles_to_sealing(seen)):
        raise Refused(*standing)
    scan = store(upload, by=request.actor, owner=seen, kinds=[PDF], field="scan") if upload else None
    actions.seal_paper(paper=seen, scan=scan, by=request.actor)


@require_POST
def void(request: Request, pk: int) -> HttpResponse:
    """Void a number, with the reason."""
    seen = _seen(request, pk)
    allow(request.actor, "documents.void_number", seen)
    form = VoidForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: actions.void_number(paper=seen, reason=form.cleaned_data["reason"], by=request.actor),
    ):
        messages.success(request, f"Đã hủy số {seen.symbol}. Số này không cấp lại.")
        return redirect("documents:paper", pk)
    return _paper_page(request, seen, void_form=form)


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Take a draft out of the register."""
    actions.discard_draft(paper=_seen(request, pk), by=request.actor)
    messages.success(request, "Đã bỏ dự thảo khỏi sổ văn bản.")
    return redirect("documents:index")


@require_http_methods(["GET", "HEAD", "POST"])
def add_reference(request: Request) -> HttpResponse:
    """Enter a paper of somebody else."""
    allow(request.actor, "documents.register_reference")
    form = ReferenceForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.register_reference(**form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "Đã thêm văn bản chỉ đạo, hướng dẫn.")
        return redirect("documents:references")
    return render(request, "documents/reference.html", {"form": form, "what": "Thêm văn bản chỉ đạo"})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_reference(request: Request, pk: int) -> HttpResponse:
    """Correct how a paper of somebody else is described."""
    seen = get_object_or_404(queries.references(request.actor), pk=pk)
    allow(request.actor, "documents.edit_reference", seen)
    revision = request.POST.get("revision", "")
    form = ReferenceForm(request.POST or None, instance=seen)
    if form.is_valid() and attempt(form, lambda: _edit(request, seen, form, revision)):
        messages.success(request, "Đã sửa văn bản.")
        return redirect("documents:paper", pk)
    context = {
        "form": form,
        "what": "Sửa văn bản chỉ đạo",
        "revision": revision or seen.revision,
        "paper": seen,
    }
    return render(request, "documents/reference.html", context)


def _edit(request: Request, seen: Paper, form: ReferenceForm, revision: str) -> None:
    if not revision.isdecimal():
        raise Stale
    actions.edit_reference(paper=seen, revision=int(revision), **form.cleaned_data, by=request.actor)
