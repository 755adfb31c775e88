"""The register's filters, as an address holds them: read from a query string, written back into one.

In: a query string. Out: `Filters`. Pure: what cannot be read is left out, so that an old or mistyped link still opens.
Names: q, kelurahan, kecamatan, kind, officer ("-": not stated), code (repeatable), group, warning, round, edition, on,
known_at, sort, page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Protocol
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from telusur.rounds.rules.codes import Code, Group

__all__ = ["SORTS", "UNKNOWN", "Filters", "read_day", "read_filters", "read_instant"]

# In an address: the rows that state no kelurahan, kind or officer.
UNKNOWN = "-"
SORTS = ("name", "kelurahan", "kind", "code", "row")
_WARNING = re.compile(r"[a-z][a-z0-9_]{0,60}")
_LONGEST = 200


class Query(Protocol):
    """What is asked of a query string (Django's QueryDict has it)."""

    def get(self, key: str, /) -> str | None:
        """The last value of a key."""

    def getlist(self, key: str, /) -> list[str]:
        """All values of a key."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. `asked_at`: the instant of the question, "known" where no other is given."""

    asked_at: datetime
    text: str = ""
    kelurahan: str = ""
    kecamatan: str = ""
    kind: str = ""
    officer: str = ""
    codes: tuple[Code, ...] = ()
    group: Group | None = None
    warning: str = ""
    round_id: int | None = None
    edition_id: int | None = None
    on: date | None = None
    known_at: datetime | None = None
    known_at_text: str = ""
    sort: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether anything but the search's text leaves rows out."""
        return bool(
            self.kelurahan or self.kecamatan or self.kind or self.officer or self.codes or self.group or self.warning
        )

    def address(self, **changed: object) -> str:
        """The query string of these filters with some changed, `?` included; it begins at page 1 unless told."""
        new = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        pairs: list[tuple[str, str]] = [
            ("q", new.text),
            ("kecamatan", new.kecamatan),
            ("kelurahan", new.kelurahan),
            ("kind", new.kind),
            ("officer", new.officer),
            *(("code", str(int(code))) for code in new.codes),
            ("group", str(int(new.group)) if new.group else ""),
            ("warning", new.warning),
            ("round", str(new.round_id or "")),
            ("edition", str(new.edition_id or "")),
            ("on", new.on.isoformat() if new.on else ""),
            ("known_at", new.known_at_text if new.known_at else ""),
            ("sort", new.sort),
            ("page", str(new.page) if new.page > 1 else ""),
        ]
        return "?" + urlencode([(key, value) for key, value in pairs if value])


def read_day(text: str | None) -> date | None:
    """A day written as ISO 8601, as a date field sends it; None for anything else."""
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def read_instant(text: str | None, zone: ZoneInfo) -> datetime | None:
    """An instant in ISO 8601; a day alone means its last moment in the office's zone. None for anything else."""
    written = (text or "").strip().replace(" ", "+")
    if (day := read_day(written)) is not None:
        return datetime.combine(day, time.max, zone).astimezone(UTC)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _number(text: str | None) -> int | None:
    # No id is 0, and more digits than any id has would not fit the database's integers.
    return (int(text) or None) if text and text.isascii() and text.isdigit() and len(text) <= 12 else None


def _codes(texts: list[str]) -> tuple[Code, ...]:
    numbers = {_number(part) for text in texts for part in text.split(",")}
    return tuple(code for code in Code if code.value in numbers)


def read_filters(query: Query, *, asked_at: datetime, zone: ZoneInfo) -> Filters:
    """The filters of a query string."""
    group = _number(query.get("group"))
    warning = (query.get("warning") or "").strip()
    sort = query.get("sort") or ""
    texts = {name: (query.get(name) or "").strip()[:_LONGEST] for name in ("kelurahan", "kecamatan", "kind", "officer")}
    known_at = read_instant(query.get("known_at"), zone)
    return Filters(
        asked_at=asked_at,
        text=" ".join((query.get("q") or "").replace("\0", "").split())[:_LONGEST],
        **{name: value.replace("\0", "") for name, value in texts.items()},
        codes=_codes(query.getlist("code")),
        group=Group(group) if group in {item.value for item in Group} else None,
        warning=warning if _WARNING.fullmatch(warning) else "",
        round_id=_number(query.get("round")),
        edition_id=_number(query.get("edition")),
        on=read_day(query.get("on")),
        known_at=known_at,
        known_at_text=(query.get("known_at") or "").strip() if known_at else "",
        sort=sort if sort.removeprefix("-") in SORTS else "",
        page=_number(query.get("page")) or 1,
    )
