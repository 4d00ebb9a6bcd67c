"""Databases beside the project's own: copies, and the one they are copied from.

Applying every migration takes Django a minute, for it draws all models anew at each step; a copy of what
came out takes a second. So it is done once, and again only when a migration or a package changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from psycopg import sql

from config.database import embedded_url

ROOT = Path(__file__).resolve().parent.parent
MIGRATED = "migrated_"
BUILDING = "migrating"  # its name until it is whole: a stop on the way leaves nothing that looks finished
LOCK = 0x6D696772  # whoever comes while it is being built waits for it


def url_of(database: str) -> str:
    """The address of a database on the project's server."""
    base = settings.DATABASE_URL or embedded_url(settings.VAR / "postgres", settings.DATABASE_NAME)
    return urlsplit(base)._replace(path=f"/{database}").geturl()


def copy_database(of: str, to: str) -> None:
    """Make `to` anew as a copy of `of`, which nobody may be using."""
    with _server() as server:
        _copy(server, of, to)


def migrated() -> str:
    """The name of a database with every migration applied and nothing in it, made now if there is none."""
    name = f"{MIGRATED}{_digest()}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        known = [row[0] for row in server.execute("SELECT datname FROM pg_database")]
        if name not in known:
            for older in known:
                if older.startswith(MIGRATED):
                    _drop(server, older)
            _copy(server, "template0", BUILDING)
            manage(BUILDING, "migrate", "--verbosity", "0")
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(BUILDING), sql.Identifier(name)))
    return name


def manage(database: str, *words: str, **around: str) -> None:
    """A command of Django's on that database; a failure says what it said."""
    command = [sys.executable, "manage.py", *words]
    told = subprocess.run(
        command, cwd=ROOT, env=environment(database, **around), check=False, capture_output=True, text=True
    )
    if told.returncode:
        raise RuntimeError(told.stderr)


def environment(database: str, **around: str) -> dict[str, str]:
    """What a process needs in order to work on that database with the settings people use."""
    return {
        **os.environ,
        "DATABASE_URL": url_of(database),
        "VAR_DIR": str(settings.VAR),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **around,
    }


def _digest() -> str:
    """Twelve letters of all migrations, and of the packages whose own run beside them."""
    whole = hashlib.sha256()
    for file in (ROOT / "requirements.lock", *sorted(ROOT.glob("thidua/**/migrations/*.py"))):
        whole.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return whole.hexdigest()[:12]


def _server() -> psycopg.Connection:
    return psycopg.connect(url_of("postgres"), autocommit=True)


def _copy(server: psycopg.Connection, of: str, to: str) -> None:
    _drop(server, to)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
    server.execute(create.format(sql.Identifier(to), sql.Identifier(of)))


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


if __name__ == "__main__":
    migrated()
