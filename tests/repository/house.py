"""What the repository's tests look at: its root, its rooms, its files. In: the disk. Out: paths and parsed sources."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "telusur"
TESTS = ROOT / "tests"
DOCS = ROOT / "docs"


def rooms() -> list[str]:
    """The rooms' names, by the folders of the package."""
    return sorted(folder.name for folder in SRC.iterdir() if (folder / "__init__.py").is_file())


def python_files(folder: Path) -> list[Path]:
    """Every module below a folder, in order."""
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def is_pure(path: Path) -> bool:
    """Whether a module of the package must be pure: all of `words`, and each room's rules."""
    inside = path.relative_to(SRC).parts
    return inside[0] == "words" or (len(inside) > 1 and inside[1] in ("rules", "rules.py"))


def pure_files() -> list[Path]:
    """The modules that must be pure."""
    return [path for path in python_files(SRC) if is_pure(path)]


def module_name(path: Path) -> str:
    """`src/telusur/words/nik.py` is `telusur.words.nik`."""
    parts = list(path.relative_to(SRC.parent).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def inside(path: Path) -> str:
    """A path as a reader writes it, from the root."""
    return path.relative_to(ROOT).as_posix()


def kept_files() -> Iterator[Path]:
    """The files that are, or would be, committed. In a copy without git: all but hidden and generated folders."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
    else:
        made = {"__pycache__", "data", "build", "staticfiles"}
        every = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        names = [
            str(path)
            for path in every
            if not made & set(path.parts) and not any(part.startswith(".") and part != ".ci" for part in path.parts)
        ]
    yield from (path for path in (ROOT / name for name in names if name) if path.is_file())
