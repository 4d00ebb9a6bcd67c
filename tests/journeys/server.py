"""The system a journey walks through: the demonstration in a database of its own, served as in production."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.db import connections

from config.database import connection
from tests.databases import ROOT, environment, manage, url_of

STARTS_WITHIN = 60  # seconds
SERVED = {"DEMO": "1", "DEBUG": "0", "SECURE": "0"}  # the demonstration, as `make run` serves it


def load_demonstration(database: str, until: date | None) -> None:
    """Fill a database whose tables stand with the demonstration's years up to a day, or all of them."""
    manage(database, "load_demo", *(["--until", until.isoformat()] if until else []), DEMO="1")


@contextmanager
def serving(database: str) -> Iterator[str]:
    """The server `make run` starts, over that database, and this process's models looking at it too."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4"]
    command = [str(Path(sys.executable).parent / "granian"), *words, "--log-level", "error"]
    process = subprocess.Popen(
        [*command, "config.wsgi:application"],
        cwd=ROOT,
        env=environment(database, **SERVED, SITE_ADDRESS=address),
    )
    try:
        _await(process, address)
        with _looking_at(database):
            yield address
    finally:
        process.terminate()
        process.wait(20)


def _await(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/tai-khoan/dang-nhap/", timeout=20).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("máy chủ của hành trình không khởi động")


@contextmanager
def _looking_at(database: str) -> Iterator[None]:
    ours = connections["default"]
    kept = ours.settings_dict.copy()
    ours.close()
    ours.settings_dict.update(connection(url_of(database)))
    try:
        yield
    finally:
        ours.close()
        ours.settings_dict.update(kept)
