"""What a client asks of a collection's items: box, time, page, values of columns. Pure.

In: the parameters of an address, the set's columns. Out: an `ItemsAsked`, or AskedWrongly. A parameter that the description
does not name is refused, as the standard wants. Source: OGC 17-069r4 (OGC API Features 1.0, Core), clause 7.15.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from telusur.api.rules.refused import AskedWrongly
from telusur.opendata.rules.columns import Column, ColumnKind, Value
from telusur.words.reason import Reason

__all__ = ["DEFAULT_ITEMS", "MOST_ITEMS", "Box", "ItemsAsked", "Span", "asked_form", "keeps_values", "read_items"]

DEFAULT_ITEMS: Final = 100
MOST_ITEMS: Final = 1_000
_OWN: Final = ("bbox", "datetime", "limit", "after", "f")
_EXAMPLE: Final = "2025-01-01/2025-12-31"
_LONGEST: Final = 200


class Box(NamedTuple):
    """Degrees, CRS84. west greater than east crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def parts(self) -> tuple[Box, ...]:
        """The box as one or two boxes that do not cross the antimeridian."""
        if self.west <= self.east:
            return (self,)
        return (self._replace(east=180.0), self._replace(west=-180.0))


class Span(NamedTuple):
    """From a day to a day, both included; None is open."""

    begin_on: date | None
    end_on: date | None


@dataclass(frozen=True, slots=True)
class ItemsAsked:
    """box, span: None where not asked. equal: (place of the column, value). after: the key behind which to go on."""

    box: Box | None
    span: Span | None
    limit: int
    after: str
    equal: tuple[tuple[int, Value], ...]


def asked_form(wished: str, accept: str) -> str:
    """Either "json" or "html". wished: the parameter `f`; accept: the header, read from left to right."""
    if wished:
        if wished not in ("json", "html"):
            raise _wrong("f", wished)
        return wished
    for part in accept.lower().split(",", 30):
        kind = part.split(";")[0].strip()
        if "json" in kind:
            return "json"
        if kind in ("text/html", "application/xhtml+xml"):
            return "html"
    return "json"


def _wrong(option: str, value: str) -> AskedWrongly:
    return AskedWrongly(
        Reason("option_value", "nilai «{value}» tidak cocok untuk {option}", {"value": value[:60], "option": option}),
        option,
    )


def read_items(parameters: Mapping[str, Sequence[str]], columns: Sequence[Column]) -> ItemsAsked:
    """The parameters of `/items`. Raises AskedWrongly."""
    places = {column.name: place for place, column in enumerate(columns)}
    single: dict[str, str] = {}
    for name, values in parameters.items():
        if name not in _OWN and name not in places:
            raise AskedWrongly(
                Reason(
                    "parameter_unknown",
                    "parameter «{name}» tidak dikenal; yang dikenal: {known}",
                    {"name": name[:40], "known": ", ".join((*_OWN, *places))},
                ),
                name[:40],
            )
        if len(values) != 1:
            raise AskedWrongly(
                Reason("option_twice", "pilihan «{option}» tertulis lebih dari sekali", {"option": name}), name
            )
        single[name] = values[0].strip()
    return ItemsAsked(
        _box(single["bbox"]) if "bbox" in single else None,
        _span(single["datetime"]) if "datetime" in single else None,
        _limit(single["limit"]) if "limit" in single else DEFAULT_ITEMS,
        single.get("after", "")[:_LONGEST],
        tuple((places[name], _typed(columns[places[name]], text)) for name, text in single.items() if name in places),
    )


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 12 or int(text) < 1:
        raise AskedWrongly(Reason("limit_form", "limit harus bilangan bulat dari 1"), "limit")
    return min(int(text), MOST_ITEMS)


def _box(text: str) -> Box:
    wrong = AskedWrongly(
        Reason("bbox_form", "bbox berisi empat angka, barat, selatan, timur, utara, dalam derajat"), "bbox"
    )
    try:
        numbers = [float(part) for part in text.split(",", 7)]
    except ValueError as error:
        raise wrong from error
    if len(numbers) == 6:
        # With heights, which nothing here has.
        numbers = [numbers[at] for at in (0, 1, 3, 4)]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        raise wrong
    box = Box(*numbers)
    if box.south > box.north or not all(-180 <= each <= 180 for each in (box.west, box.east)):
        raise wrong
    if not -90 <= box.south <= box.north <= 90:
        raise wrong
    return box


def _span(text: str) -> Span:
    wrong = AskedWrongly(
        Reason("datetime_form", "datetime berisi tanggal atau rentang, misalnya {example}", {"example": _EXAMPLE}),
        "datetime",
    )
    parts = text.split("/", 2)
    days = [None if part in ("", "..") else _day(part, wrong) for part in parts]
    if len(days) == 1:
        if days[0] is None:
            raise wrong
        return Span(days[0], days[0])
    if len(days) != 2 or days == [None, None] or (days[0] and days[1] and days[0] > days[1]):
        raise wrong
    return Span(days[0], days[1])


def _day(text: str, wrong: AskedWrongly) -> date:
    """The day of an RFC 3339 date or instant."""
    if len(text) > 10 and text[10] not in "Tt ":
        raise wrong
    try:
        if len(text) < 10 or text[4] != "-" or text[7] != "-" or not text[:10].isascii():
            raise wrong
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise wrong from error


def _typed(column: Column, text: str) -> Value:
    """A written value as a cell of the column; raises AskedWrongly where it cannot be one."""
    if column.kind is ColumnKind.TEXT:
        return text
    if column.kind is ColumnKind.YES_NO:
        if text not in ("true", "false"):
            raise _wrong(column.name, text)
        return text == "true"
    if column.kind is ColumnKind.DATE:
        return _day(text, _wrong(column.name, text))
    try:
        number = float(text) if len(text) <= 40 and text.isascii() else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _wrong(column.name, text)
    return number


def keeps_values(asked: ItemsAsked, row: Sequence[Value], timed: int | None) -> bool:
    """Whether a row has the asked values and stands in the asked time. timed: the place of the set's day, None for none."""
    if any(row[place] != value for place, value in asked.equal):
        return False
    if asked.span is None or timed is None:
        return True
    day = row[timed]
    if not isinstance(day, date):
        return False
    return (asked.span.begin_on is None or day >= asked.span.begin_on) and (
        asked.span.end_on is None or day <= asked.span.end_on
    )
