"""Search on PostgreSQL: pg_trgm's GIN index over the words of all names.

In: the names' words; the forms sought. Out: candidate words in batches. Source: pg_trgm's documentation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from telusur.register.ports import Hit
from telusur.register.searchers.answer import answer, rows_of
from telusur.words.spelling import neighbours

__all__ = ["PostgresTrigramSearch"]

# Least similarity, strict first; the lower costs more and is asked only where the first found nothing like enough.
_THRESHOLDS = (0.5, 0.3)
_READ = 400
_PREFIXED = 100

_ADD = (
    "INSERT INTO register_searchname (cooperative_id, name, words) SELECT cooperative_id, name, words FROM "
    "register_searchname_fresh ON CONFLICT (cooperative_id, words) DO NOTHING"
)
_FRESH = "CREATE TEMPORARY TABLE register_searchname_fresh (cooperative_id uuid, name text, words text) ON COMMIT DROP"
_COPY = "COPY register_searchname_fresh (cooperative_id, name, words) FROM STDIN"
# In the order of the index by words, so that reading stops at the limit.
_PREFIX = (
    "SELECT DISTINCT words FROM register_searchname WHERE words ~>=~ %s AND words ~<~ %s "
    "ORDER BY words USING ~<~ LIMIT %s"
)
_BEARERS = (
    "SELECT words, name, string_agg(cooperative_id::text, ',') FROM register_searchname WHERE words = ANY(%s) "
    "GROUP BY words, name"
)
_STANDING = "SELECT DISTINCT words FROM register_searchname WHERE words = ANY(%s)"
_ALIKE = (
    "SELECT words FROM (SELECT DISTINCT words FROM register_searchname WHERE words %% %s) alike "
    "ORDER BY similarity(words, %s) DESC, words LIMIT %s"
)


class PostgresTrigramSearch:
    """`NameSearch` on PostgreSQL."""

    def index(self, names: Iterable[tuple[str, str, str]]) -> int:
        """See `NameSearch.index`."""
        rows = rows_of(names)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS register_searchname_fresh")
            cursor.execute(_FRESH)
            # psycopg's own cursor: Django's wrapper knows no COPY.
            with cursor.cursor.copy(_COPY) as copy:
                for (ident, words), name in rows.items():
                    copy.write_row((ident, name, words))
            cursor.execute(_ADD)
            return int(cursor.rowcount)

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """See `NameSearch.find`."""
        return answer(text, limit, _propose, _bearers)


def _propose(forms: Sequence[str]) -> Iterator[Iterable[str]]:
    """Names that begin so or are one edit away, with those above the first threshold; then those above the lower one."""
    near = [words for form in forms for words in _column(_PREFIX, form, form + "\U0010ffff", _PREFIXED)]
    near += [words for form in forms for words in _column(_STANDING, sorted(neighbours(form)))]
    for threshold in _THRESHOLDS:
        _column("SELECT set_limit(%s::real)", threshold)
        alike = [words for form in forms for words in _column(_ALIKE, form, form, _READ)]
        yield [*near, *alike]


def _bearers(words: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_BEARERS, [list(words)])
        return list(cursor.fetchall())


def _column(sql: str, *values: str | float | list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
