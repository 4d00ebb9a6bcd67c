"""Handing out files."""

from __future__ import annotations

import rules
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import refuse_if
from thidua.base.files.models import StoredFile
from thidua.base.files.queries import obstacles_to_download


@require_safe
def download(request: Request, pk: int) -> FileResponse:
    """The file as an attachment of a fixed type, to those who may read it; 404 to all others."""
    file = get_object_or_404(StoredFile, pk=pk)
    if not rules.has_perm("files.download", request.actor, file):
        raise Http404
    refuse_if(obstacles_to_download(file))
    response = FileResponse(
        file.content.open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return handed_out(request, response, about=file)
