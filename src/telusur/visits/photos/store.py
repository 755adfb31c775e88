"""Photos on the disk, by their SHA-256: parts that grow chunk by chunk, and whole ones that never change.

In: bytes with an offset. Out: how much is on the disk. Below MEDIA_ROOT/photos: `parts/<sha256>`, `<ab>/<sha256>.jpg`.
Nothing is answered before file and folder are flushed to the disk. Source: docs/phone-protocol.md; reliability §2 A 6.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

__all__ = [
    "CHUNK",
    "MOST_BYTES",
    "Added",
    "Misplaced",
    "Unlike",
    "add_chunk",
    "drop_old_parts",
    "held",
    "is_true",
    "whole_path",
]

CHUNK = 256 * 1024
MOST_BYTES = 20 * 1000 * 1000
_READ = 1024 * 1024


class Misplaced(ValueError):
    """A chunk for another place than where the part ends. offset: where it ends."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the part ends at {offset}")
        self.offset = offset


class Unlike(ValueError):
    """The whole does not hash to its name; it was dropped, and begins again at 0."""


class Added(NamedTuple):
    """How many bytes are on the disk, and whether that is all of it."""

    offset: int
    is_whole: bool


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "photos"


def whole_path(sha256: str) -> Path:
    """Where a whole photo stands."""
    return _root() / sha256[:2] / f"{sha256}.jpg"


def _part_path(sha256: str) -> Path:
    return _root() / "parts" / sha256


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folder(folder: Path) -> None:
    """The folder, and each of its parents that is new, on the disk."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir()
        _flush_folder(each.parent)


def held(sha256: str) -> Added:
    """What is on the disk of a photo."""
    whole = whole_path(sha256)
    if whole.is_file():
        return Added(whole.stat().st_size, True)
    part = _part_path(sha256)
    return Added(part.stat().st_size if part.is_file() else 0, False)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The part, locked against every other process that writes the same photo."""
    _make_folder(path.parent)
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if is_new:
            _flush_folder(path.parent)
        yield handle
    finally:
        os.close(handle)


def _hash_of(handle: int) -> str:
    digest = hashlib.sha256()
    os.lseek(handle, 0, os.SEEK_SET)
    while block := os.read(handle, _READ):
        digest.update(block)
    return digest.hexdigest()


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def add_chunk(sha256: str, offset: int, size: int, data: bytes) -> Added:
    """Append a chunk at `offset` of a photo of `size` bytes; on the disk when this returns.

    Raises Misplaced where the part ends elsewhere, Unlike when the whole does not hash to its name, OSError when the disk
    refuses.
    """
    standing = held(sha256)
    if standing.is_whole:
        return standing
    path = _part_path(sha256)
    with _opened(path) as handle:
        # Whoever waited for the lock may hold a file that was finished and moved away meanwhile.
        if whole_path(sha256).is_file():
            return held(sha256)
        end = os.fstat(handle).st_size
        if offset != end or end + len(data) > size or os.fstat(handle).st_nlink == 0:
            raise Misplaced(end)
        os.lseek(handle, end, os.SEEK_SET)
        try:
            _write(handle, data)
        except OSError:
            # A disk that filled up half-way: what was begun is taken back, so the offset stays true.
            os.ftruncate(handle, end)
            raise
        if end + len(data) < size:
            os.fsync(handle)
            return Added(end + len(data), False)
        if _hash_of(handle) != sha256:
            os.ftruncate(handle, 0)
            os.fsync(handle)
            raise Unlike(sha256)
        os.fsync(handle)
        whole = whole_path(sha256)
        _make_folder(whole.parent)
        path.rename(whole)
        _flush_folder(whole.parent)
        return Added(size, True)


def is_true(sha256: str) -> bool:
    """Whether a whole photo still stands, byte for byte as its name says."""
    digest = hashlib.sha256()
    try:
        with whole_path(sha256).open("rb") as file:
            while block := file.read(_READ):
                digest.update(block)
    except OSError:
        return False
    return digest.hexdigest() == sha256


def drop_old_parts(before: float) -> int:
    """Remove parts that nobody wrote to since `before` (seconds of the epoch); how many."""
    count = 0
    for part in (_root() / "parts").glob("*"):
        if part.stat().st_mtime < before:
            part.unlink(missing_ok=True)
            count += 1
    return count
