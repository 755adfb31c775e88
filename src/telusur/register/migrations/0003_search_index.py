"""The index behind the search by name: an FTS5 trigram table on SQLite, pg_trgm on PostgreSQL. And one by words on both.

Raw SQL, since neither is a model's: the autodetector neither sees nor drops them. Names that are there already come in.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_UP = {
    "sqlite": (
        "CREATE INDEX register_searchname_words ON register_searchname (words)",
        # Contentless and without positions: the words stand in register_searchname, trigrams are only counted.
        "CREATE VIRTUAL TABLE register_searchname_trigrams USING fts5("
        "words, content='', columnsize=0, detail=none, tokenize='trigram')",
        # Bytes held before a segment is written: one segment for a national edition, not thirty to merge.
        "INSERT INTO register_searchname_trigrams (register_searchname_trigrams, rank) VALUES ('hashsize', 67108864)",
        "CREATE VIRTUAL TABLE register_searchname_vocabulary USING fts5vocab(register_searchname_trigrams, 'row')",
        "INSERT INTO register_searchname_trigrams (rowid, words) "
        "SELECT min(id), '^' || words || '$' FROM register_searchname GROUP BY words ORDER BY 1",
    ),
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX register_searchname_words ON register_searchname (words text_pattern_ops)",
        "CREATE INDEX register_searchname_trigrams ON register_searchname USING gin (words gin_trgm_ops)",
    ),
}
# pg_trgm stays: another schema of the same database may use it.
_DOWN = {
    "sqlite": (
        "DROP TABLE register_searchname_vocabulary",
        "DROP TABLE register_searchname_trigrams",
        "DROP INDEX register_searchname_words",
    ),
    "postgresql": ("DROP INDEX register_searchname_trigrams", "DROP INDEX register_searchname_words"),
}


def build(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index and fill it."""
    for statement in _UP[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    for statement in _DOWN[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Index of the search by name."""

    dependencies = [("register", "0002_append_only")]
    operations = [migrations.RunPython(build, drop)]
