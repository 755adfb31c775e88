"""Search on SQLite: an FTS5 trigram table over the distinct words of all names, rare trigrams first.

In: the names' words; the forms sought. Out: candidate words in batches. Source: FTS5's trigram tokenizer and fts5vocab.
bm25 over common trigrams took 20 ms and more for 200,000 names; counting the rare ones' postings takes a third of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection, transaction

from telusur.register.ports import Hit
from telusur.register.searchers.answer import answer, rows_of
from telusur.register.searchers.turns import taking_turns
from telusur.register.writers.bulk import insert_rows
from telusur.words.spelling import affordable, neighbours, trigrams_of

__all__ = ["SqliteTrigramSearch"]

# Postings read before looking at what they found, and how many of those; more where nothing like enough came. A name typed
# as it stands, or nearly so, is found by its rarest trigrams alone.
_STEPS = ((2_000, 100), (15_000, 800), (40_000, 800))
_PREFIXED = 100

_INTO = "register_searchname (cooperative_id, name, words)"
_ADD_BEHIND = "ON CONFLICT (cooperative_id, words) DO NOTHING"
# Anchored as `telusur.words.spelling.trigrams_of` anchors what is sought.
# In ascending order of ids: FTS5 writes a segment each time that a smaller one comes.
_ADD_WORDS = (
    "INSERT INTO register_searchname_trigrams (rowid, words) "
    "SELECT id, '^' || words || '$' FROM register_searchname fresh WHERE id > ? AND NOT EXISTS "
    "(SELECT 1 FROM register_searchname older WHERE older.words = fresh.words AND older.id < fresh.id) ORDER BY id"
)
_EMPTY = "INSERT INTO register_searchname_trigrams (register_searchname_trigrams) VALUES ('delete-all')"
# Words hold letters, digits and blanks alone, so a line each in one text: the driver lets go of Python's lock at every row,
# and of eight threads another takes it.
_PREFIX = (
    "SELECT group_concat(words, char(10)) FROM "
    "(SELECT DISTINCT words FROM register_searchname WHERE words >= ? AND words < ? ORDER BY words LIMIT ?)"
)
_STANDING = (
    "SELECT group_concat(words, char(10)) FROM register_searchname WHERE words IN (SELECT value FROM json_each(?))"
)
_LAST = "SELECT max(id) FROM register_searchname"
_FREQUENCIES = "SELECT term, doc FROM register_searchname_vocabulary WHERE term IN (SELECT value FROM json_each(?))"
# One text a trigram: a Python object a posting would double the time.
_POSTINGS = (
    "SELECT (SELECT group_concat(rowid) FROM register_searchname_trigrams WHERE register_searchname_trigrams MATCH value) "
    "FROM json_each(?)"
)
# A common word has hundreds of bearers with a few names: a text each name, and all of them one text.
_BEARERS = (
    "SELECT json_group_array(json_array(words, name, idents)) FROM "
    "(SELECT words, name, group_concat(cooperative_id) AS idents FROM register_searchname "
    "WHERE words IN (SELECT value FROM json_each(?)) GROUP BY words, name)"
)
_WORDS = "SELECT group_concat(words, char(10)) FROM register_searchname WHERE id IN (SELECT value FROM json_each(?))"


class SqliteTrigramSearch:
    """`NameSearch` on SQLite."""

    def index(self, names: Iterable[tuple[str, str, str]]) -> int:
        """See `NameSearch.index`."""
        rows = rows_of(names)
        # A savepoint would keep a copy of every page that is written in it.
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM register_searchname")
            last = cursor.fetchone()[0]
            if last is None:
                # Whoever emptied the table left the index behind.
                cursor.execute(_EMPTY)
            added = insert_rows(_INTO, 3, ((ident, name, words) for (ident, words), name in rows.items()), _ADD_BEHIND)
            connection.connection.execute(_ADD_WORDS, (last or 0,))
        return added

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """See `NameSearch.find`."""
        with taking_turns():
            return answer(text, limit, _propose, _bearers)


def _propose(forms: Sequence[str]) -> Iterator[Iterable[str]]:
    """Names that begin so or are one edit away, with those that share rare trigrams; then those that share commoner ones."""
    near = [words for form in forms for words in _lines(_PREFIX, form, form + "\U0010ffff", _PREFIXED)]
    for form in forms:
        if edited := neighbours(form):
            near += _lines(_STANDING, _json_texts(edited))
    left = _frequencies({trigram for form in forms for trigram in trigrams_of(form)})
    counts: Counter[str] = Counter()
    read: set[str] = set()
    spent = 0
    for budget, most_read in _STEPS:
        taken, spent = affordable(left, budget, spent)
        for trigram in taken:
            del left[trigram]
        for (postings,) in _rows(_POSTINGS, "[" + ",".join(f'"\\"{trigram}\\""' for trigram in taken) + "]"):
            # None: a trigram that was counted before the table was emptied.
            counts.update(postings.split(",") if postings else ())
        # Twice as fast as most_common, which keeps a heap.
        most = sorted(counts, key=counts.__getitem__, reverse=True)[:most_read]
        fresh = [ident for ident in most if ident not in read]
        read.update(fresh)
        yield [*near, *_lines(_WORDS, f"[{','.join(fresh)}]")]
        if not left:
            return


def _bearers(words: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    ((text,),) = _rows(_BEARERS, _json_texts(words))
    found: list[tuple[str, str, str]] = orjson.loads(text)
    return found


def _frequencies(trigrams: set[str]) -> dict[str, int]:
    """How many names hold each; without what none holds. Counting reads every posting, a third of a search: it is kept.

    They only say which trigrams are read first, so a count of before the last import that took nothing in does no harm.
    """
    ((last,),) = _rows(_LAST)
    kept = _counted(str(connection.settings_dict["NAME"]), last or 0)
    if unknown := trigrams.difference(kept):
        kept.update(_rows(_FREQUENCIES, _json_texts(unknown)))
    return {trigram: kept[trigram] for trigram in sorted(trigrams) if trigram in kept}


@lru_cache(maxsize=2)
def _counted(database: str, last: int) -> dict[str, int]:
    """What this process has counted while `last` was the newest name: some ten thousand trigrams at most."""
    return {}


def _json_texts(texts: Iterable[str]) -> str:
    # Words hold letters, digits and blanks alone: nothing to escape.
    return "[" + ",".join(f'"{text}"' for text in sorted(texts)) + "]"


def _lines(sql: str, *values: object) -> list[str]:
    """The lines of the one text that a statement makes."""
    ((text,),) = _rows(sql, *values)
    return text.split("\n") if text else []


def _rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
    """All rows. The driver's own cursor: its `?` leaves `%` and `$` alone."""
    connection.ensure_connection()
    found: list[tuple[Any, ...]] = connection.connection.execute(sql, values).fetchall()
    return found
