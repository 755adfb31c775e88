"""Where the data lives: SQLite in the data folder, or PostgreSQL by address. And the secret that signs sessions."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

__all__ = ["database_from", "secret_from"]

# Twenty parallel writers were measured with these: no lock error at a 20 s wait, 70 % errors with Django's defaults.
_SQLITE_OPTIONS = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        # Of a new file: rows of an edition are long, and four times as many a page are written a fifth faster.
        "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-65536; "
        # The threads share the system's copy of the file: a thread that asks for the first time finds it in memory.
        "PRAGMA mmap_size=268435456;"
    ),
}


def database_from(url: str | None, data: Path) -> dict[str, Any]:
    """Django's database setting. `url` is `postgres://user:password@host:port/name`; without it, SQLite.

    Raises ValueError for any other scheme.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "telusur.sqlite3",
            "OPTIONS": dict(_SQLITE_OPTIONS),
            # A new connection reads the whole schema again, a tenth of a public page's time; a minute's are few.
            "CONN_MAX_AGE": 60,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL must begin with postgres://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def secret_from(given: str | None, data: Path) -> str:
    """The signing secret: the one given, else the one kept in the data folder, else one for this process alone.

    `telusur init` writes the kept one, so sessions survive a restart without anyone setting a variable.
    """
    if given:
        return given
    kept = data / "secret"
    if kept.is_file():
        return kept.read_text(encoding="utf-8").strip()
    return secrets.token_urlsafe(48)
