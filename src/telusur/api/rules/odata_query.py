"""What a client asks of an entity set: the system query options, read and checked. Pure.

In: the options as they stand in the address, the set's columns. Out: an `Asked`, or AskedWrongly. An option that OData has
and we do not is 501, one that nobody has is 400; options without `$` are the client's own and left alone.
Source: OData 4.0 part 1, sections 11.2.3-11.2.5; part 2, section 5.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from telusur.api.rules.odata_filter import read_filter
from telusur.api.rules.odata_paging import MOST_SKIPPED, START, Mark, mark_of
from telusur.api.rules.odata_parts import Expression
from telusur.api.rules.refused import AskedWrongly
from telusur.opendata.rules.columns import Column
from telusur.words.reason import Reason

__all__ = ["DEFAULT_PAGE", "MOST_ON_A_PAGE", "Asked", "Order", "page_size", "read_options"]

DEFAULT_PAGE: Final = 1_000
MOST_ON_A_PAGE: Final = 5_000
_MOST_ORDERS: Final = 5
_KNOWN: Final = frozenset({"$filter", "$select", "$orderby", "$top", "$skip", "$count", "$skiptoken", "$format"})
_NOT_HERE: Final = frozenset(
    {"$expand", "$search", "$apply", "$compute", "$levels", "$index", "$deltatoken", "$schemaversion"}
)
_FORMATS: Final = ("json", "application/json")


class Order(NamedTuple):
    """By which column, and whether from the greatest down."""

    place: int
    falls: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A query over one set. places: the columns to show; order: empty for that of the keys; mark: where to go on.

    The mark carries `$top` and `$skip` of the first page, or what is left of them on a later one.
    """

    places: tuple[int, ...]
    keeps: Expression | None
    order: tuple[Order, ...]
    mark: Mark
    counts: bool


def read_options(options: Mapping[str, Sequence[str]], columns: Sequence[Column]) -> Asked:
    """The options of a request. Raises AskedWrongly."""
    single = {}
    for name, values in options.items():
        if name.startswith("$"):
            single[name] = _only(name, values)
    text = single.get("$filter", "").strip()
    if "$filter" in single and not text:
        raise _wrong("$filter", single["$filter"])
    keeps = read_filter(text, columns) if text else None
    top, skip = _count(single, "$top"), _count(single, "$skip")
    mark = START._replace(passed=skip or 0, left=top)
    if "$skiptoken" in single:
        mark = mark_of(single["$skiptoken"], "$skiptoken")
    counts = single.get("$count", "false")
    if counts not in ("true", "false"):
        raise _wrong("$count", counts)
    written = single.get("$format", "json").split(";")[0].strip().lower()
    if written not in _FORMATS:
        raise AskedWrongly(Reason("format_unknown", "hanya JSON yang tersedia di sini"), "$format", 406)
    return Asked(_selected(single, columns), keeps, _ordered(single, columns), mark, counts == "true")


def _only(name: str, values: Sequence[str]) -> str:
    if name in _NOT_HERE:
        raise AskedWrongly(
            Reason("option_not_here", "pilihan «{option}» tidak tersedia di sini", {"option": name}), name, 501
        )
    if name not in _KNOWN:
        raise AskedWrongly(Reason("option_unknown", "pilihan «{option}» tidak dikenal", {"option": name[:40]}), name)
    if len(values) != 1:
        raise AskedWrongly(
            Reason("option_twice", "pilihan «{option}» tertulis lebih dari sekali", {"option": name}), name
        )
    return values[0]


def _wrong(option: str, value: str) -> AskedWrongly:
    return AskedWrongly(
        Reason("option_value", "nilai «{value}» tidak cocok untuk {option}", {"value": value[:60], "option": option}),
        option,
    )


def _count(single: Mapping[str, str], option: str) -> int | None:
    """A whole number from 0 on; None where it was not stated."""
    if option not in single:
        return None
    text = single[option].strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise _wrong(option, text)
    return min(int(text), MOST_SKIPPED)


def _place(name: str, columns: Sequence[Column], option: str) -> int:
    for place, column in enumerate(columns):
        if column.name == name:
            return place
    known = ", ".join(column.name for column in columns)
    raise AskedWrongly(
        Reason(
            "column_unknown", "kolom «{column}» tidak ada; yang ada: {known}", {"column": name[:60], "known": known}
        ),
        option,
    )


def _selected(single: Mapping[str, str], columns: Sequence[Column]) -> tuple[int, ...]:
    text = single.get("$select", "*").strip()
    if text == "*" or not text:
        return tuple(range(len(columns)))
    names = dict.fromkeys(part.strip() for part in text.split(",", 2 * len(columns)))
    if "*" in names:
        return tuple(range(len(columns)))
    return tuple(_place(name, columns, "$select") for name in names)


def _ordered(single: Mapping[str, str], columns: Sequence[Column]) -> tuple[Order, ...]:
    text = single.get("$orderby", "").strip()
    if not text:
        return ()
    orders = []
    if text.count(",") >= _MOST_ORDERS:
        raise _wrong("$orderby", text)
    for part in text.split(","):
        words = part.split()
        if not 1 <= len(words) <= 2 or (len(words) == 2 and words[1] not in ("asc", "desc")):
            raise _wrong("$orderby", part.strip())
        orders.append(Order(_place(words[0], columns, "$orderby"), words[1:] == ["desc"]))
    # Keys stand in their order anyway.
    return () if orders[0] == (0, False) else tuple(orders)


def page_size(prefer: str) -> int | None:
    """The page that a client prefers (`odata.maxpagesize=200`), within bounds; None where it says nothing readable."""
    for part in prefer.replace(";", ",").split(",", 20):
        name, _, value = part.strip().partition("=")
        number = value.strip().strip('"')
        if name.strip().lower() in ("odata.maxpagesize", "maxpagesize") and number.isascii() and number.isdigit():
            return max(1, min(int(number[:9]), MOST_ON_A_PAGE))
    return None
