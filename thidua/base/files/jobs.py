"""Scanning, in the worker."""

from __future__ import annotations

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from thidua.base.accounts.actors import Actor
from thidua.base.files.actions import record_scan
from thidua.base.files.queries import files_to_scan, scanner_is_set_up
from thidua.base.files.scanner import CHUNK, scan
from thidua.base.periods import now


@app.periodic(cron="*/10 * * * *", periodic_id="scan_files")
@app.task(
    queueing_lock="scan_files",
    lock="scan_files",
    retry=RetryStrategy(max_attempts=5, exponential_wait=5),
    pass_context=False,
)
def scan_files(timestamp: int = 0) -> None:
    """Scan what waits. Until a scanner is set up nothing is done; when it fails, files go on waiting."""
    if not scanner_is_set_up():
        return
    for file in files_to_scan():
        with file.content.open("rb") as content:
            found = scan(settings.CLAMD_SOCKET, content.chunks(CHUNK))
        record_scan(file=file, found=found, by=Actor(None, now()))
