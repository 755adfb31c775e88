"""Uploaded files on the disk, sealed: whole, under a random name without an ending, readable by the office's process alone.

In: bytes that the rule took. Out: their name; below MEDIA_ROOT/reports: `<ab>/<name>` as it came, `<ab>/<name>.copy` the
re-encoded picture. Nothing below there is ever served by an address of its own. Source: OWASP, file upload.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

__all__ = ["copy_path", "drop", "is_whole", "keep", "sealed_path", "write_copy"]

_NAME = re.compile(r"[0-9a-f]{32}")


def sealed_path(name: str) -> Path:
    """Where a file stands. Raises ValueError for a name that this module did not give."""
    if not _NAME.fullmatch(name):
        raise ValueError("no name of a sealed file")
    return Path(settings.MEDIA_ROOT) / "reports" / name[:2] / name


def copy_path(name: str) -> Path:
    """Where its picture for screens stands."""
    return sealed_path(name).with_suffix(".copy")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def keep(data: bytes) -> str:
    """Seal the bytes; their new random name. On the disk when this returns; raises OSError when the disk refuses."""
    name = secrets.token_hex(16)
    _write(sealed_path(name), data)
    return name


def write_copy(name: str, data: bytes) -> None:
    """Put the re-encoded picture beside its original."""
    _write(copy_path(name), data)


def is_whole(name: str, sha256: str) -> bool:
    """Whether the sealed file is still the one that came."""
    try:
        with sealed_path(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def drop(name: str) -> None:
    """Remove a file and its picture: taken back by its sender, or erased by right."""
    sealed_path(name).unlink(missing_ok=True)
    copy_path(name).unlink(missing_ok=True)
