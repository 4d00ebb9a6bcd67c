"""Papers as PDF and Word."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.documents.engine import PaperText
from thidua.documents.views import file_response, paper_response
from thidua.voting import papers, queries
from thidua.voting.models import Ballot
from thidua.voting.views.shared import seen

PAPERS: dict[str, tuple[Callable[[Ballot], PaperText], str]] = {
    "phieu": (papers.ballot_papers, "voting.print_papers"),
    "danh-sach": (papers.roll_sheet, "voting.print_papers"),
    "bang-kiem": (papers.tally_sheet, "voting.print_papers"),
    "huong-dan-khoa": (papers.key_instructions, "voting.view_ballot"),
    "bien-ban": (papers.count_minutes, "voting.view_ballot"),
}


@require_safe
def print_paper(request: Request, pk: int, paper: str, fmt: str) -> HttpResponse:
    """One of the ballot's papers; the ballot papers, roll and tally sheet for those who hold the vote."""
    ballot = seen(request, pk)
    if paper not in PAPERS or fmt not in {"pdf", "docx"}:
        raise Http404
    make, permission = PAPERS[paper]
    allow(request.actor, permission, ballot)
    if make is papers.count_minutes and fmt == "pdf" and (sealed := queries.sealed_minutes(ballot)):
        made = file_response(sealed, fmt, f"{paper}-{ballot.pk}")
    else:
        made = paper_response(make(ballot), fmt, f"{paper}-{ballot.pk}")
    return handed_out(request, made, about=ballot)
