"""Our own modules for Spark's executors, in one file: what a comparison imports, and nothing that knows a database."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import telusur

__all__ = ["shipped"]

# Whole rooms, and single files of rooms that an executor has no use for.
_ROOMS: Final = ("words", "matching", "addresses/rules")
_FILES: Final = (
    "__init__.py",
    "addresses/__init__.py",
    "intake/__init__.py",
    "intake/rules/__init__.py",
    "intake/rules/cells.py",
    "register/__init__.py",
    "register/writers/__init__.py",
    "register/writers/uncollected.py",
)


def shipped() -> str:
    """The path of a new file `telusur.zip`, which goes with the process.

    numpy, scipy, rapidfuzz, sparse_dot_topn must be on the executors already.
    """
    root = Path(telusur.__file__).parent
    folder = Path(tempfile.mkdtemp(prefix="telusur-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    target = folder / "telusur.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for path in (
            *(root / name for name in _FILES),
            *(path for room in _ROOMS for path in sorted((root / room).rglob("*.py"))),
        ):
            file.write(path, Path("telusur") / path.relative_to(root))
    return str(target)
