"""The year's packages, one package, its letter and its archive."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.commendation.nominations import actions, papers
from thidua.commendation.nominations.forms import PackageForm
from thidua.commendation.nominations.queries import (
    NominationLine,
    nomination_lines,
    obstacles_to_preparing,
    obstacles_to_submitting,
    packages_of,
    quotas_of,
)
from thidua.commendation.nominations.views.shared import context, the_package
from thidua.documents.views import paper_response
from thidua.emulation.clusters.permissions import runs_cycle
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.conferences.queries import acclaimed


@require_GET
def overview(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """What the cluster proposed this year, and how far each line has come."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "nominations.view_nominations", year)
    packages = list(packages_of(year, request.actor))
    for one in packages:
        one.cycle = year
    groups = [(one, nomination_lines(one)) for one in packages]
    if request.GET.get("xuat") == "excel":
        lines = [line for _, own in groups for line in own]
        return handed_out(request, _excel(lines, f"de-nghi-khen-thuong-{year.address}"), about=year)
    more = {
        "cycle": year,
        "groups": groups,
        "chosen": acclaimed(year),
        "quotas": quotas_of(
            year, [line.nomination for _, lines in groups for line in lines], request.actor.on
        ),
        "manages": bool(runs_cycle(request.actor, year)),
        "obstacles": obstacles_to_preparing(year),
    }
    return render(request, "nominations/overview.html", more)


def _excel(lines: list[NominationLine], name: str) -> HttpResponse:
    columns = [
        Column("Tập thể, cá nhân", "recipient", width=40),
        Column("Đơn vị", "unit", width=40),
        Column("Danh hiệu, hình thức", "kind", width=34),
        Column("Dẫn đầu", "leads", width=10),
        Column("Đối chiếu đăng ký", "registered", width=30),
        Column("Điều kiện", "answer", width=18),
        Column("Vì sao", "why", width=50),
        Column("Tình trạng", "stage", width=20),
        Column("Lý do", "reason", width=40),
        Column("Số quyết định", "decision", width=20),
    ]
    return xlsx_response(name, [Sheet("Đề nghị khen thưởng", columns, [_row(line) for line in lines])])


def _row(line: NominationLine) -> dict[str, object]:
    row = line.nomination
    appraisal, outcome = getattr(row, "appraisal", None), getattr(row, "outcome", None)
    reason = (outcome.reason if outcome else "") or (appraisal.reason if appraisal else "")
    return {
        "recipient": row.recipient,
        "unit": row.unit.name,
        "kind": line.kind_name,
        "leads": "x" if row.leads else "",
        "registered": line.registered,
        "answer": row.verdict.get_answer_display() if row.verdict else "Chưa xét",
        "why": row.warning_reason or line.summary,
        "stage": line.stage[1],
        "reason": reason,
        "decision": outcome.decision_symbol if outcome else "",
    }


@require_POST
def prepare(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Begin a package."""
    year = in_cycle(request, cluster, cycle)
    made = actions.prepare_package(cycle=year, by=request.actor)
    messages.success(request, "Đã lập hồ sơ. Đơn vị dẫn đầu theo kết quả suy tôn được ghi sẵn.")
    return redirect("nominations:package", cluster, cycle, made.number)


@require_GET
def package(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """One package: its lines, quotas, papers, and the next step."""
    found = the_package(request, cluster, cycle, number)
    lines = nomination_lines(found)
    if request.GET.get("xuat") == "excel":
        return _excel(lines, f"de-nghi-khen-thuong-{found.cycle.address}-{number}")
    more = {
        "lines": lines,
        "quotas": quotas_of(found.cycle, [line.nomination for line in lines], request.actor.on),
        "papers": [title for title, _ in papers.conference_papers(found.conference)],
        "obstacles": obstacles_to_submitting(found, request.actor.on) if found.in_hand else [],
    }
    return render(request, "nominations/package.html", context(request, found, **more))


@require_http_methods(["GET", "POST"])
def edit_package(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """Addressee, conference, words of the letter."""
    found = the_package(request, cluster, cycle, number)
    allow(request.actor, "nominations.edit_package", found)
    initial = {name: getattr(found, name) for name in ("addressee", "conference", "text", "revision")}
    form = PackageForm(request.POST or None, initial=initial, package=found)
    if form.is_valid() and attempt(
        form, lambda: actions.edit_package(package=found, **form.cleaned_data, by=request.actor)
    ):
        messages.success(request, "Đã lưu tờ trình.")
        return redirect("nominations:package", cluster, cycle, number)
    return render(request, "nominations/edit_package.html", context(request, found, form=form))


@require_POST
def discard(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """Remove a package that was never sent."""
    actions.discard_package(package=the_package(request, cluster, cycle, number), by=request.actor)
    messages.success(request, "Đã xóa hồ sơ.")
    return redirect("nominations:index", cluster, cycle)


@require_POST
def submit(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """Send the package up."""
    found = actions.submit_package(package=the_package(request, cluster, cycle, number), by=request.actor)
    messages.success(request, f"Đã gửi hồ sơ kèm {found.letter.title if found.letter else 'tờ trình'}.")
    return redirect("nominations:package", cluster, cycle, number)


@require_GET
def letter(request: Request, cluster: str, cycle: str, number: int, fmt: str) -> HttpResponse:
    """The submission letter with its list."""
    found = the_package(request, cluster, cycle, number)
    if fmt not in {"pdf", "docx"}:
        raise Http404
    kept = found.letter.text if found.letter and not found.in_hand else None
    text = kept or papers.submission_letter(found, nomination_lines(found), request.actor.on)
    return handed_out(request, paper_response(text, fmt, f"to-trinh-{found.cycle.address}"), about=found)


@require_GET
def archive(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """The whole package in one file."""
    found = the_package(request, cluster, cycle, number)
    made = papers.package_zip(found, nomination_lines(found), request.actor.on)
    response = HttpResponse(made, content_type="application/zip")
    name = f"ho-so-trinh-khen-{found.cycle.cluster.address}-{found.cycle.address}.zip"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["Cache-Control"] = "private, no-store"
    return handed_out(request, response, about=found)
