"""Read the journal: the lines about a record, and the chain's check."""

from __future__ import annotations

from django.db.models import QuerySet

from telusur.journal.models import JournalLine
from telusur.journal.rules import Break, first_break

__all__ = ["chain_break", "lines_about", "recent_lines"]


def lines_about(about: str) -> QuerySet[JournalLine]:
    """The lines about one record, oldest first."""
    return JournalLine.objects.filter(about=about).order_by("number")


def recent_lines(count: int) -> QuerySet[JournalLine]:
    """The newest `count` lines, newest first."""
    return JournalLine.objects.order_by("-number")[:count]


def chain_break() -> Break | None:
    """The first line at which the stored chain does not hold; None when all of it holds. Reads line by line."""
    return first_break((row.as_line(), row.digest) for row in JournalLine.objects.order_by("number").iterator(2000))
