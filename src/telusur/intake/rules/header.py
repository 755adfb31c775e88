"""Where a sheet's header stands: under titles and letterheads, on one line or on two that are merged.

In: a sheet's first rows and the layouts. Out: the header with its layout, or a Refusal. Nothing but the labels decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from telusur.intake.rules.cells import Cell, cell_text, clean
from telusur.intake.rules.layout import HEADER_UNKNOWN, Layout, Match, find_layout, label_key
from telusur.words.refusal import Refusal

__all__ = ["FoundHeader", "find_header", "guess_header"]

HeadRow = tuple[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """A header. last_row: the spreadsheet row after which the rows of data begin. match: None for a guessed header."""

    labels: tuple[str, ...]
    last_row: int
    match: Match | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Row numbers that may be the header: for each column the labels that it may carry, the likeliest first."""

    last_row: int
    choices: tuple[tuple[str, ...], ...]
    row_count: int


def find_header(head: Sequence[HeadRow], layouts: Iterable[Layout]) -> FoundHeader | Refusal:
    """The header among a sheet's first rows whose labels a layout knows best; of equals the topmost,
    one line before two.
    """
    known_layouts = tuple(layouts)
    best: FoundHeader | None = None
    best_rank = (0, 0)
    nearest: tuple[int, Refusal] | None = None
    keys = {label_key(label) for layout in known_layouts for column in layout.columns for label in column.labels}
    for candidate in _candidates(head):
        labels = tuple(_chosen(choices, keys) for choices in candidate.choices)
        known_count = sum(label_key(label) in keys for label in labels)
        if not known_count:
            continue
        found = find_layout(labels, known_layouts)
        if isinstance(found, Refusal):
            if nearest is None or known_count > nearest[0]:
                nearest = (known_count, found)
            continue
        rank = (found.known_count, -candidate.row_count)
        if rank > best_rank:
            best_rank = rank
            best = FoundHeader(labels, _below_numbers(head, candidate.last_row), found)
    if best is not None:
        return best
    return nearest[1] if nearest is not None else HEADER_UNKNOWN


def guess_header(head: Sequence[HeadRow]) -> FoundHeader | None:
    """The likeliest header where no layout knows it, for a person to map: the row with most different short texts."""
    best: FoundHeader | None = None
    most = 0
    for number, cells in head:
        labels = tuple(clean(cell_text(cell)) for cell in cells)
        texts = {label for label in labels if 0 < len(label) <= 60 and any(letter.isalpha() for letter in label)}
        if len(texts) > most:
            most = len(texts)
            best = FoundHeader(labels, _below_numbers(head, number), None)
    return best


def _candidates(head: Sequence[HeadRow]) -> Iterator[_Candidate]:
    above: tuple[str, ...] = ()
    for number, cells in head:
        labels = tuple(clean(cell_text(cell)) for cell in cells)
        yield _Candidate(number, tuple((label,) for label in labels), 1)
        if any(above):
            yield _Candidate(number, _two_lines(above, labels), 2)
        above = labels


def _two_lines(above: Sequence[str], below: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """A merged cell states its label once: it spreads right over the columns that have a label of their own below."""
    choices: list[tuple[str, ...]] = []
    spread = ""
    for position in range(max(len(above), len(below))):
        upper = above[position] if position < len(above) else ""
        lower = below[position] if position < len(below) else ""
        spread = upper or (spread if lower else "")
        if lower and spread:
            choices.append((f"{spread} {lower}", lower, spread))
        else:
            choices.append((lower or upper,))
    return tuple(choices)


def _chosen(choices: Sequence[str], keys: set[str]) -> str:
    return next((label for label in choices if label_key(label) in keys), choices[0])


def _below_numbers(head: Sequence[HeadRow], last_row: int) -> int:
    """Forms number their columns under the header: "1 2 3 …" or "(1) (2) (3) …" belongs to it."""
    for number, cells in head:
        if number <= last_row:
            continue
        texts = [clean(cell_text(cell)).strip("()[].") for cell in cells]
        stated = [text for text in texts if text]
        if number == last_row + 1 and len(stated) >= 3 and _counts_up(stated):
            return number
        break
    return last_row


def _counts_up(texts: Sequence[str]) -> bool:
    if not all(text.isascii() and text.isdigit() and len(text) <= 3 for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
