"""Questions about files."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from thidua.base.files.models import ScanState, StoredFile


def scanner_is_set_up() -> bool:
    """A virus scanner guards the downloads."""
    return bool(settings.CLAMD_SOCKET)


def obstacles_to_download(file: StoredFile) -> list[str]:
    """Why a file is not handed out. With a scanner set up, only what it called clean is."""
    if file.scan == ScanState.INFECTED:
        return ["Tệp này có mã độc nên đã bị chặn. Anh/chị báo người tải lên gửi tệp khác."]
    if scanner_is_set_up() and file.scan != ScanState.CLEAN:
        return ["Tệp đang chờ quét vi-rút. Anh/chị quay lại sau ít phút."]
    return []


def files_to_scan() -> QuerySet[StoredFile]:
    """What the scanner has not seen yet, oldest first."""
    waiting = (ScanState.PENDING, ScanState.UNSCANNED)
    return StoredFile.objects.filter(scan__in=waiting).order_by("pk")
