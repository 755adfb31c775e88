"""Read the journal: the lines about a record, and the chain's check."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from telusur.journal.models import JournalLine
from telusur.journal.rules import Break, first_break, first_break_among

__all__ = ["chain_break", "lines_about", "recent_lines", "shown_break"]


def lines_about(about: str) -> QuerySet[JournalLine]:
    """The lines about one record, oldest first."""
    return JournalLine.objects.filter(about=about).order_by("number")


def recent_lines(count: int) -> QuerySet[JournalLine]:
    """The newest `count` lines, newest first."""
    return JournalLine.objects.order_by("-number")[:count]


def chain_break() -> Break | None:
    """The first line at which the stored chain does not hold; None when all of it holds. Reads line by line."""
    return first_break((row.as_line(), row.digest) for row in JournalLine.objects.order_by("number").iterator(2000))


def shown_break(lines: Sequence[JournalLine]) -> Break | None:
    """The first of these lines that does not follow from the one before it, or where a number is missing from the journal.

    For a page: its cost is that of its lines, however long the journal. A change elsewhere is `chain_break`'s to find.
    """
    numbers = [line.number - 1 for line in lines]
    before = dict(JournalLine.objects.filter(number__in=numbers).values_list("number", "digest"))
    return first_break_among(((line.as_line(), line.digest) for line in lines), before)
