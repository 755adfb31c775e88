"""Answers that cannot change, counted once for all processes: small files in the data folder, named by what they stand on.

In: an answer's name, all that it stands on (a derivation with its hash, the facts known, the law). Out: the JSON that was
counted, or None. The name of a file holds the digest of all that and of the program itself: another fact, another law or
another program asks for another file, so that an old answer is never shown for a new question. The folder may be deleted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
from django.conf import settings

__all__ = ["keep", "recall"]

# Newest first; the others go when one more comes.
_MOST = 200
_SOURCE = Path(__file__).resolve().parents[2]
# What counts, and by which law; pages and words change no count.
_NOT_COUNTING = frozenset({"web", "cli", "api", "phone", "demo"})


def _counting() -> Iterator[Path]:
    for room in sorted(_SOURCE.iterdir()):
        if room.is_dir() and room.name not in _NOT_COUNTING:
            yield from sorted(path for path in room.rglob("*") if path.suffix in (".py", ".toml", ".json"))


@cache
def _program() -> str:
    """The digest of all that counts, so that no answer outlives the rule that gave it."""
    digest = hashlib.sha256()
    for path in _counting():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _path(name: str, stands_on: object) -> Path:
    digest = hashlib.sha256(f"{name}\n{stands_on!r}\n{_program()}".encode()).hexdigest()
    return Path(settings.DATA) / "kept" / f"{name}-{digest[:40]}.json"


def recall(name: str, stands_on: object) -> Any:
    """What was kept under this name for exactly this; None where nothing was, or where the file cannot be read."""
    try:
        return orjson.loads(_path(name, stands_on).read_bytes())
    except (OSError, ValueError):
        return None


def keep(name: str, stands_on: object, answer: object) -> None:
    """Keep an answer of plain values. A full or locked disk keeps nothing and stops nobody."""
    path = _path(name, stands_on)
    fresh = path.with_name(f"{path.name}.{uuid4().hex}")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        fresh.write_bytes(orjson.dumps(answer))
        # Whole or not at all: another process may be reading.
        fresh.replace(path)
        for old in sorted(path.parent.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)[_MOST:]:
            old.unlink(missing_ok=True)
