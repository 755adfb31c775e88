"""Finds in committed files what must not be there: registries' addresses, a machine's paths, real cooperatives' numbers."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

# Written in pieces, so that this file does not contain what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        (
            r"pypi\." + "org",
            r"pythonhosted\." + "org",
            r"npmjs\." + "org",
            r"registry\.npm",
            r"crates\." + "io",
            r"(--index|--extra-index|index[-_])" + "url",
            r"(?<![\w.])/" + r"(root|home/\w+|work|opt|tmp)/\w",
        )
    )
)
NUMBER = re.compile(r"(?<!\d)\d{13}(?!\d)")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?P<marker> ; [^\\]+)?\s*\\?$")


def text_of(path: Path) -> str:
    """A file's text; empty for a picture or another binary."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def forbidden_lines(text: str) -> list[str]:
    """Lines that name a registry's address or a path of one machine."""
    return [
        f"line {number}: {line.strip()[:120]}"
        for number, line in enumerate(text.splitlines(), 1)
        if FORBIDDEN.search(line)
    ]


def lock_faults(text: str) -> list[str]:
    """What is wrong with a lock file: a pin without a hash, a loose version, anything that is no pin."""
    found: list[str] = []
    pinned: str | None = None
    hashed = True
    for line in text.splitlines():
        if line.startswith("    --hash=sha256:"):
            hashed = True
        elif pin := PIN.match(line):
            if not hashed:
                found.append(f"{pinned} has no hash")
            pinned, hashed = pin["name"], False
        elif line.strip() and not line.lstrip().startswith("#"):
            found.append(f"not a pin: {line.strip()[:80]}")
    if not hashed:
        found.append(f"{pinned} has no hash")
    return found


def pins(text: str) -> dict[str, str]:
    """Name and version of each pin."""
    return {pin["name"].lower(): pin["version"] for line in text.splitlines() if (pin := PIN.match(line))}


def real_numbers(data: Path) -> set[str]:
    """Every thirteen-digit number in the real lists below `data`."""
    return {number for path in _lists(data) for number in NUMBER.findall(_text_in(path))}


def _lists(data: Path) -> Iterable[Path]:
    return sorted([*data.rglob("*.csv"), *data.rglob("*.csv.gz")])


def _text_in(path: Path) -> str:
    opener: Callable[..., IO[str]] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="replace", newline="") as lines:
        return lines.read()
