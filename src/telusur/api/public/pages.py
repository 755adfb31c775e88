"""Pages of an open set within bounds: whatever is asked, a request reads at most `MOST_READ` rows.

In: a set, what is kept, an order, a mark. Out: a page, and the mark of the next one. Sets of up to `MOST_READ` rows are held
in memory until the next line of the journal; larger ones are read on from a key, so that a rare filter gives short or even
empty pages with a next one instead of a slow answer. Those can be neither sorted by another column nor counted by a filter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple

from telusur.api.rules.odata_paging import Mark
from telusur.api.rules.odata_query import Order
from telusur.api.rules.refused import AskedWrongly
from telusur.journal.models import JournalLine
from telusur.opendata.queries import Moment, now, one, rows, size
from telusur.opendata.rules.columns import Value
from telusur.opendata.rules.datasets import Dataset
from telusur.words.reason import Reason

__all__ = ["MOST_READ", "Page", "Row", "forget", "held_rows", "read_page", "row_of"]

MOST_READ: Final = 20_000

Row = tuple[Value, ...]
Keeps = Callable[[Row], bool]


class Page(NamedTuple):
    """Rows in full width; following: where to go on, None at the end; total: of all that is kept, None if not asked."""

    rows: list[Row]
    following: Mark | None
    total: int | None


@lru_cache(maxsize=8)
def _held(dataset: Dataset, at: Moment, newest: str) -> tuple[list[str], list[Row]] | None:
    """A small set's keys and rows in the order of the keys; None of a large one. `newest` is part of the key only."""
    found: list[Row] = list(islice(rows(dataset, at), MOST_READ + 1))
    if len(found) > MOST_READ:
        return None
    found.sort(key=_key)
    return [_key(row) for row in found], found


def _key(row: Row) -> str:
    return str(row[0])


def _stood() -> tuple[Moment, str]:
    newest = JournalLine.objects.order_by("-number").values_list("digest", flat=True).first()
    return now(), newest or ""


def held_rows(dataset: Dataset) -> list[Row] | None:
    """All rows of a small set; None of a large one."""
    found = _held(dataset, *_stood())
    return found[1] if found else None


def row_of(dataset: Dataset, key: str) -> Row | None:
    """One row by its key."""
    at, newest = _stood()
    found = _held(dataset, at, newest)
    if found is None:
        return one(dataset, at, key)
    place = bisect_right(found[0], key) - 1
    return found[1][place] if place >= 0 and found[0][place] == key else None


def read_page(
    dataset: Dataset, mark: Mark, most: int, *, keeps: Keeps | None = None, order: Sequence[Order] = (), counts: bool = False
) -> Page:  # fmt: skip
    """A page of at most `most` rows. Raises AskedWrongly (501) for what a large set cannot give."""
    at, newest = _stood()
    held = _held(dataset, at, newest)
    if held is None:
        if order:
            sort = Reason("set_too_large_to_sort", "set ini terlalu besar untuk diurutkan; urutkan sesudah diunduh")
            raise AskedWrongly(sort, "$orderby", 501)
        if counts and keeps is not None:
            count = Reason("set_too_large_to_count", "set ini terlalu besar untuk dihitung dengan saringan")
            raise AskedWrongly(count, "$count", 501)
        total = size(dataset, at) if counts else None
        return _on_from(rows(dataset, at, after=mark.after), mark, most, keeps)._replace(total=total)
    keys, found = held
    kept = found if keeps is None else [row for row in found if keeps(row)]
    total = len(kept) if counts else None
    if order:
        return _sorted_page(kept, order, mark, most)._replace(total=total)
    start = bisect_right(keys, mark.after) if mark.after else 0
    return _on_from(islice(found, start, None), mark, most, keeps)._replace(total=total)


def _on_from(source: Iterable[Row], mark: Mark, most: int, keeps: Keeps | None) -> Page:
    """The page that begins behind the mark, in the order of the keys."""
    wanted = most if mark.left is None else min(most, mark.left)
    taken: list[Row] = []
    passed, last = mark.passed, mark.after
    stream: Iterator[Row] = iter(source)
    for _ in range(MOST_READ):
        if len(taken) == wanted:
            break
        row = next(stream, None)
        if row is None:
            return Page(taken, None, None)
        last = _key(row)
        if keeps is not None and not keeps(row):
            continue
        if passed:
            passed -= 1
            continue
        taken.append(row)
    left = None if mark.left is None else mark.left - len(taken)
    if left == 0 or next(stream, None) is None:
        return Page(taken, None, None)
    return Page(taken, Mark(last, passed, left), None)


def _sorted_page(kept: Sequence[Row], order: Sequence[Order], mark: Mark, most: int) -> Page:
    """Nulls first where it rises, last where it falls; equal rows in the order of their keys."""
    found = list(kept)
    for place, falls in reversed(order):
        found.sort(key=_by(place), reverse=falls)
    wanted = most if mark.left is None else min(most, mark.left)
    taken = found[mark.passed : mark.passed + wanted]
    left = None if mark.left is None else mark.left - len(taken)
    end = mark.passed + len(taken)
    if left == 0 or end >= len(found):
        return Page(taken, None, None)
    return Page(taken, Mark("", end, left), None)


def _by(place: int) -> Callable[[Row], Any]:
    def key(row: Row) -> Any:
        value = row[place]
        return (value is not None, value)

    return key


def forget() -> None:
    """Drop what is held in memory; for tests, whose databases come and go without a line of the journal."""
    _held.cache_clear()
