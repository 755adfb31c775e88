"""The holidays that come with Telusur: one TOML file a year, after the joint decree of three ministers, each read once.

In: the files. Out: `HolidayYear` values. A year whose decree nobody has read says so. The office adds its own days beside
them (planning's `Holiday`). A mistake in a file is a `LawFileError` that names the file, the day and the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from telusur.laws.articles.reading import LawFileError, day, declared, text, whole
from telusur.laws.rules.law import Certainty
from telusur.laws.rules.periods import Holiday, HolidayKind, HolidayYear

__all__ = ["read_holidays", "shipped_holidays"]

_KEYS = {"year", "source", "certainty", "checked_on", "checked_by", "review_on", "on", "name", "kind"}


@lru_cache(maxsize=1)
def shipped_holidays() -> tuple[HolidayYear, ...]:
    """Every year of this folder, oldest first."""
    return read_holidays(sorted(Path(__file__).parent.glob("*.toml")))


def read_holidays(paths: Iterable[Path]) -> tuple[HolidayYear, ...]:
    """The years that files declare, one each. Raises LawFileError."""
    found = [_year(path) for path in paths]
    years = [each.year for each in found]
    if len(set(years)) != len(years):
        raise LawFileError("dua berkas hari libur menyebut tahun yang sama")
    return tuple(sorted(found, key=lambda each: each.year))


def _year(path: Path) -> HolidayYear:
    tables = list(declared(path, "day", _KEYS))
    if not tables:
        raise LawFileError(f"{path.name}: no day")
    head, place = tables[0]
    year = whole(head, "year", place)
    certainty = text(head, "certainty", place)
    if certainty not in {each.value for each in Certainty}:
        raise LawFileError(f"{path.name}: certainty must be one of {', '.join(Certainty)}, not {certainty!r}")
    day(head, "checked_on", place)
    day(head, "review_on", place)
    days = tuple(_day(said, place, year) for said, place in tables)
    if len({each.on for each in days}) != len(days):
        raise LawFileError(f"{path.name}: one day stands twice")
    return HolidayYear(year, text(head, "source", place), Certainty(certainty), days)


def _day(said: Mapping[str, object], place: str, year: int) -> Holiday:
    on, kind = day(said, "on", place), text(said, "kind", place)
    if on.year != year:
        raise LawFileError(f"{place}: {on.isoformat()} is not in {year}")
    if kind not in (HolidayKind.NATIONAL, HolidayKind.JOINT_LEAVE):
        raise LawFileError(f"{place}: kind must be national or joint_leave, not {kind!r}")
    return Holiday(on, text(said, "name", place), HolidayKind(kind))
