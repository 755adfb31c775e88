"""Files on the disk, below MEDIA_ROOT/opendata: `kini/<state>/<name>`, made anew at will; `arsip/<ab>/<sha256>`, for ever.

A file is whole or not there: it is written beside its place, flushed, and renamed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

__all__ = ["alone", "current_folder", "drop_others", "hash_of", "is_true", "keep", "kept_path", "put", "workroom"]

_READ = 1024 * 1024


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "opendata"


def current_folder(state: str) -> Path:
    """Where the files of a state of the register stand; made if it is new."""
    folder = _root() / "kini" / state
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def workroom() -> Path:
    """Where snapshots are written before they are kept; on the same disk."""
    folder = _root() / "tulis"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def drop_others(state: str) -> None:
    """Remove the files of every other state. Whoever reads one has it open, and reads on."""
    for folder in (_root() / "kini").glob("*"):
        if folder.is_dir() and folder.name != state:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time makes a file; the others wait and find it made."""
    folder = _root() / "kini"
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f".{name}.kunci", os.O_RDWR | os.O_CREAT, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def hash_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ):
            digest.update(block)
    return digest.hexdigest()


def put(made: Path, place: Path) -> None:
    """Flush a file that was made and rename it to its place, on the same disk."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(place)
    folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def kept_path(sha256: str) -> Path:
    """Where a snapshot's file stands."""
    return _root() / "arsip" / sha256[:2] / sha256


def keep(made: Path, sha256: str) -> None:
    """Move a file into the snapshots' shelf; the same bytes stand there once."""
    place = kept_path(sha256)
    if place.is_file():
        made.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    put(made, place)


def is_true(sha256: str) -> bool:
    """Whether a snapshot's file still stands, byte for byte as its hash says."""
    try:
        return hash_of(kept_path(sha256)) == sha256
    except OSError:
        return False
