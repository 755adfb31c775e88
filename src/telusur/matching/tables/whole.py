"""Files that are written whole or not at all: each under a name of its own beside its place, moved there when all are done.

In: the paths that a person named. Out: paths to write to. When the `with` ends without a fault, all files take their places;
with a fault none does, and what stood there before still stands.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

__all__ = ["WholeFiles"]


class WholeFiles:
    """Use as `with WholeFiles() as files: write(files.place(path))`. Raises OSError where a folder cannot be written."""

    def __init__(self) -> None:
        self._places: list[tuple[Path, Path]] = []

    def place(self, path: Path) -> Path:
        """Where to write what will stand at `path`; the ending is kept, since writers look at it."""
        # A link is followed: the file that it names is replaced, not the link.
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(21, "ini folder, bukan berkas", str(path))
        draft = target.with_name(f".{target.stem}.{os.getpid()}-{len(self._places)}.part{target.suffix}")
        self._places.append((draft, target))
        # Made now, so that a folder that is missing or shut is known before hours of work; nobody else may read it.
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return draft

    def __enter__(self) -> WholeFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for draft, target in self._places:
                    _settle(draft, target)
                for draft, target in self._places:
                    draft.replace(target)
        finally:
            for draft, _ in self._places:
                draft.unlink(missing_ok=True)


def _settle(draft: Path, target: Path) -> None:
    """Bytes on the disk, and the rights of the file that stood there, or those that a new file gets here."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    draft.chmod(mode)
