"""Write a journal line. Called inside the transaction of the deed itself, so that neither can be without the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import connection, transaction

from telusur.journal.models import JournalLine
from telusur.journal.rules import GENESIS, Line, digest

__all__ = ["write"]

# An arbitrary constant that names this lock among PostgreSQL's advisory locks.
_CHAIN_LOCK = 7_368_741


def write(
    deed: str,
    *,
    about: str,
    by: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> JournalLine:
    """Append one line to the chain. Raises RuntimeError outside a transaction.

    SQLite's IMMEDIATE transactions already let one writer in at a time; PostgreSQL takes an advisory lock until commit,
    else two deeds could follow the same line.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal line belongs into the transaction of its deed")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = JournalLine.objects.order_by("-number").values_list("number", "digest").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    line = Line(number, moment.isoformat(timespec="microseconds"), by, deed, about, before, after)
    return JournalLine.objects.create(
        number=number,
        at=moment,
        by=by,
        deed=deed,
        about=about,
        before=before,
        after=after,
        digest=digest(previous, line),
    )
