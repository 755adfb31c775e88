"""Search on SQLite: an FTS5 trigram table over the distinct words of all names, rare trigrams first.

In: the names' words; the forms sought. Out: candidate words in batches. Source: FTS5's trigram tokenizer and fts5vocab.
bm25 over common trigrams took 20 ms and more for 200,000 names; counting the rare ones' postings takes a third of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from telusur.register.ports import Hit
from telusur.register.searchers.answer import answer, rows_of
from telusur.register.writers.bulk import insert_rows
from telusur.words.spelling import affordable, neighbours, trigrams_of

__all__ = ["SqliteTrigramSearch"]

# Postings read before looking at what they found, and how many of those; more where nothing like enough came. A name typed
# as it stands, or nearly so, is found by its rarest trigrams alone.
_STEPS = ((2_000, 200), (15_000, 800), (40_000, 800))
_PREFIXED = 100

_ADD = "INSERT INTO register_searchname (cooperative_id, name, words)"
_ADD_BEHIND = "ON CONFLICT (cooperative_id, words) DO NOTHING"
# Anchored as `telusur.words.spelling.trigrams_of` anchors what is sought.
# In ascending order of ids: FTS5 writes a segment each time that a smaller one comes.
_ADD_WORDS = (
    "INSERT INTO register_searchname_trigrams (rowid, words) "
    "SELECT id, '^' || words || '$' FROM register_searchname fresh WHERE id > ? AND NOT EXISTS "
    "(SELECT 1 FROM register_searchname older WHERE older.words = fresh.words AND older.id < fresh.id) ORDER BY id"
)
_EMPTY = "INSERT INTO register_searchname_trigrams (register_searchname_trigrams) VALUES ('delete-all')"
_PREFIX = "SELECT DISTINCT words FROM register_searchname WHERE words >= ? AND words < ? ORDER BY words LIMIT ?"
_STANDING = "SELECT DISTINCT words FROM register_searchname WHERE words IN (SELECT value FROM json_each(?))"
_FREQUENCIES = "SELECT term, doc FROM register_searchname_vocabulary WHERE term IN (SELECT value FROM json_each(?))"
# One text a trigram: a Python object a posting would double the time.
_POSTINGS = (
    "SELECT (SELECT group_concat(rowid) FROM register_searchname_trigrams WHERE register_searchname_trigrams MATCH value) "
    "FROM json_each(?)"
)
_WORDS = "SELECT words FROM register_searchname WHERE id IN (SELECT value FROM json_each(?))"


class SqliteTrigramSearch:
    """`NameSearch` on SQLite."""

    def index(self, names: Iterable[tuple[str, str, str]]) -> int:
        """See `NameSearch.index`."""
        rows = rows_of(names)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM register_searchname")
            last = cursor.fetchone()[0]
            if last is None:
                # Whoever emptied the table left the index behind.
                cursor.execute(_EMPTY)
            added = insert_rows(_ADD, 3, ((ident, name, words) for (ident, words), name in rows.items()), _ADD_BEHIND)
            connection.connection.execute(_ADD_WORDS, (last or 0,))
        return added

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """See `NameSearch.find`."""
        return answer(text, limit, _propose)


def _propose(forms: Sequence[str]) -> Iterator[Iterable[str]]:
    """Names that begin so or are one edit away, with those that share rare trigrams; then those that share commoner ones."""
    near = [words for form in forms for (words,) in _rows(_PREFIX, form, form + "\U0010ffff", _PREFIXED)]
    near += [words for form in forms for (words,) in _rows(_STANDING, _json_texts(neighbours(form)))]
    trigrams = {trigram for form in forms for trigram in trigrams_of(form)}
    left: dict[str, int] = dict(_rows(_FREQUENCIES, _json_texts(trigrams)))
    counts: Counter[str] = Counter()
    read: set[str] = set()
    spent = 0
    for budget, most_read in _STEPS:
        taken, spent = affordable(left, budget, spent)
        for trigram in taken:
            del left[trigram]
        for (postings,) in _rows(_POSTINGS, "[" + ",".join(f'"\\"{trigram}\\""' for trigram in taken) + "]"):
            counts.update(postings.split(","))
        # Twice as fast as most_common, which keeps a heap.
        most = sorted(counts, key=counts.__getitem__, reverse=True)[:most_read]
        fresh = [ident for ident in most if ident not in read]
        read.update(fresh)
        yield [*near, *(words for (words,) in _rows(_WORDS, f"[{','.join(fresh)}]"))]
        if not left:
            return


def _json_texts(texts: Iterable[str]) -> str:
    # Words hold letters, digits and blanks alone: nothing to escape.
    return "[" + ",".join(f'"{text}"' for text in sorted(texts)) + "]"


def _rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
    """All rows. The driver's own cursor: its `?` leaves `%` and `$` alone."""
    connection.ensure_connection()
    found: list[tuple[Any, ...]] = connection.connection.execute(sql, values).fetchall()
    return found
