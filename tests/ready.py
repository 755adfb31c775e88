"""The migrated database: made once of this source, then copied by every process that runs tests, in this run and later.

A hundred migrations take a process eight seconds, the copy a tenth of one. What is kept carries the fingerprint of the
source and of the locked packages: another source is migrated anew, from nothing.
In: an empty test database. Out: a migrated one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core import management
from django.db import connection

__all__ = ["fingerprint", "own_database", "ready_database"]

_ROOT = Path(__file__).resolve().parent.parent
_KEPT = Path(sys.prefix) / "migrated"
_COUNTS = {".toml", ".json", ".sql"}
_NAMED = {"models.py", "apps.py", "settings.py"}


@cache
def fingerprint(root: Path = _ROOT) -> str:
    """Of what a migration can read: it imports nothing of the house (a test holds it), so itself, models, data, packages."""
    whole = hashlib.sha256((root / "dev.txt").read_bytes() + sys.version.encode())
    for path in sorted(path for path in (root / "src" / "telusur").rglob("*.*") if "__pycache__" not in path.parts):
        if path.suffix in _COUNTS or path.parent.name == "migrations" or path.name in _NAMED:
            whole.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()[:24]


@contextmanager
def ready_database() -> Iterator[None]:
    """While it lasts, Django's making of a test database copies the migrated one; where there is none, it makes it."""
    make, migrating = connection.creation.create_test_db, management.call_command

    def call(name: str, *words: Any, **options: Any) -> Any:
        if name != "migrate":
            return migrating(name, *words, **options)
        fill = _fill_postgres if connection.vendor == "postgresql" else _fill_sqlite
        return fill(lambda: migrating(name, *words, **options))

    def made(*words: Any, **options: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(management, "call_command", call)
            return make(*words, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.creation, "create_test_db", made)
        yield


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: the others wait for the first one's database."""
    _KEPT.mkdir(exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fill_sqlite(migrate: Callable[[], Any]) -> None:
    kept = _KEPT / f"{fingerprint()}.sqlite3"
    with _alone():
        if not kept.exists():
            migrate()
            _keep(connection.connection, kept)
            return
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as full:
        full.backup(connection.connection)


def _keep(full: sqlite3.Connection, kept: Path) -> None:
    for older in _KEPT.glob("*.sqlite3"):
        older.unlink()
    made = kept.with_suffix(".new")
    made.unlink(missing_ok=True)
    with closing(sqlite3.connect(made)) as copy:
        full.backup(copy)
    made.rename(kept)


def _fill_postgres(migrate: Callable[[], Any]) -> None:
    """The same by CREATE DATABASE ... TEMPLATE, which copies the files of a database that nobody is in."""
    from psycopg import sql

    kept, mine = f"ready_{fingerprint()}", str(connection.settings_dict["NAME"])
    with _alone():
        with connection._nodb_cursor() as server:
            server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept])
            is_there = server.fetchone() is not None
        if not is_there:
            migrate()
        connection.close()
        source, copy = (kept, mine) if is_there else (mine, kept)
        with connection._nodb_cursor() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(copy)))
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(source))
            )


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """An environment whose programs have a migrated database of their own: below `folder`, or where DATABASE_URL leads."""
    environment = {
        **os.environ,
        "TELUSUR_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "telusur.web.settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    url = os.environ.get("DATABASE_URL")
    if url is None:
        kept = _KEPT / f"{fingerprint()}.sqlite3"
        with _alone():
            if not kept.exists():
                _migrated(environment)
                with closing(sqlite3.connect(folder / "telusur.sqlite3")) as made:
                    _keep(made, kept)
                folder.joinpath("telusur.sqlite3").unlink()
            shutil.copyfile(kept, folder / "telusur.sqlite3")
        yield environment
        return
    with _own_on_postgres(url) as (name, is_ready):
        environment["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        if not is_ready:
            _migrated(environment)
        yield environment


@contextmanager
def _own_on_postgres(url: str) -> Iterator[tuple[str, bool]]:
    """The name of a database of its own, and whether it is migrated."""
    import psycopg
    from psycopg import sql

    name = f"telusur_own_{uuid.uuid4().hex[:8]}"
    with _alone(), psycopg.connect(url, autocommit=True) as server:
        kept = f"ready_{fingerprint()}"
        is_ready = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept]).fetchone() is not None
        source = sql.Identifier(kept if is_ready else "template1")
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))
    try:
        yield name, is_ready
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrated(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
