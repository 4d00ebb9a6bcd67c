"""The system a journey walks through: the demonstration in a database of its own, served as in production."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from config.database import connection, embedded_url

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN = 60  # seconds


def url_of(database: str) -> str:
    """The address of a database beside the project's own, on the same server."""
    base = settings.DATABASE_URL or embedded_url(settings.VAR / "postgres", settings.DATABASE_NAME)
    return urlsplit(base)._replace(path=f"/{database}").geturl()


def copy_database(of: str | None, to: str) -> None:
    """Make `to` anew, empty or as a copy of `of`, which nobody may be using."""
    template = of or "template0"
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        server.execute(drop.format(sql.Identifier(to)))
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
        server.execute(create.format(sql.Identifier(to), sql.Identifier(template)))


def environment(database: str, address: str = "") -> dict[str, str]:
    """What a process needs in order to work on that database as the demonstration."""
    return {
        **os.environ,
        "DATABASE_URL": url_of(database),
        "VAR_DIR": str(settings.VAR),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMO": "1",
        "DEBUG": "0",
        "SECURE": "0",
        "SITE_ADDRESS": address,
    }


def load_demonstration(database: str, until: date | None) -> None:
    """Fill a database whose tables stand with the demonstration's years up to a day, or all of them."""
    manage(database, "load_demo", *(["--until", until.isoformat()] if until else []))


def manage(database: str, *words: str) -> None:
    """A command of Django's on that database; a failure says what it said."""
    command = [sys.executable, "manage.py", *words]
    told = subprocess.run(
        command, cwd=ROOT, env=environment(database), check=False, capture_output=True, text=True
    )
    if told.returncode:
        raise RuntimeError(told.stderr)


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
        [*command, "config.wsgi:application"], cwd=ROOT, env=environment(database, address)
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
