"""Tables in a DuckDB file: a nation's rows on one machine, with bounded memory. A killed run goes on where it stood."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt

from telusur.matching.engines.forked import Forked, can_fork
from telusur.matching.engines.staged import StagedEngine
from telusur.matching.engines.store import Batch, Comparing, Parts, Told, Work
from telusur.matching.rules.hands import Hands, OneHand

__all__ = ["DuckStore", "duckdb_engine"]

Ints = npt.NDArray[np.int64]
# Pairs, and the rows that they name.
_Asked = tuple[dict[str, Any], dict[str, Any]]
_TYPES: Final = {"whole": "BIGINT", "small": "TINYINT", "real": "DOUBLE", "short": "FLOAT", "text": "VARCHAR"}
_DTYPES: Final = {"whole": np.int64, "small": np.int8, "real": np.float64, "short": np.float32, "text": object}
# Pairs that are compared together, and the right rows by which they are counted for that.
_COMPARED_PARTS = 500_000
_RIGHTS_COUNTED = 1000


def duckdb_engine(work: Path | None, *, memory: str = "4GB", threads: int = 2) -> StagedEngine:
    """The engine over a DuckDB file in `work`, which is kept; in a folder of its own that is thrown away where None.

    memory: what DuckDB may hold before it writes to the folder, such as "4GB"; our own parts come on top.
    """
    return StagedEngine(lambda digest: DuckStore(work, digest, memory=memory, threads=threads))


class DuckStore:
    """See `store.Store`."""

    def __init__(self, work: Path | None, digest: str, *, memory: str, threads: int) -> None:
        self._thrown = work is None
        self._folder = Path(tempfile.mkdtemp(prefix="telusur-")) if work is None else work
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path = self._folder / "telusur.duckdb"
        self._settings = (memory, threads)
        self._open()
        if self.note("asked") not in (None, digest):
            self._connection.close()
            for old in (self._path, Path(f"{self._path}.wal")):
                old.unlink(missing_ok=True)
            self._open()
        self.note("asked", digest)

    def _open(self) -> None:
        self._connection = duckdb.connect(str(self._path))
        run = self._connection.execute
        memory, threads = self._settings
        run(f"SET memory_limit = '{memory}'")
        run(f"SET threads = {threads}")
        run(f"SET temp_directory = '{self._folder / 'overflow'}'".replace("\\", "/"))
        run("SET preserve_insertion_order = false")
        run("SET enable_progress_bar = false")
        run("CREATE TABLE IF NOT EXISTS notes (name VARCHAR PRIMARY KEY, value VARCHAR)")

    def number(self, texts: Sequence[str]) -> str:
        """See `Store.number`: DuckDB's own hash, which is the same in every process of a version."""
        return f"CAST(hash({', '.join(texts)}) >> 2 AS BIGINT)"

    def note(self, name: str, value: str | None = None) -> str | None:
        """See `Store.note`."""
        if value is not None:
            self._connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [name, value])
            return value
        found = self._connection.execute("SELECT value FROM notes WHERE name = ?", [name]).fetchone()
        return None if found is None else str(found[0])

    def _made(self, name: str) -> bool:
        return self.note(f"made {name}") is not None

    def _whole(self, name: str, make: Callable[[], None]) -> None:
        """A table in one transaction: all of it and the note that it is there, or nothing."""
        if self._made(name):
            return
        self._connection.execute("BEGIN")
        try:
            make()
            self.note(f"made {name}", "1")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _create(self, name: str, columns: Mapping[str, str]) -> None:
        said = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in columns.items())
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} ({said})")

    def _insert(self, name: str, columns: Mapping[str, str], values: Parts) -> None:
        # DuckDB finds the arrays by this variable's name.
        incoming = {column: np.asarray(values[column], dtype=_DTYPES[kind]) for column, kind in columns.items()}
        if len(next(iter(incoming.values()))):
            self._connection.execute(f"INSERT INTO {name} SELECT {', '.join(columns)} FROM incoming")

    def load(
        self, name: str, columns: Mapping[str, str], batches: Iterable[Batch], count: int,
        work: Callable[[int, Sequence[Sequence[str]]], Parts], told: Told,
    ) -> None:  # fmt: skip
        """See `Store.load`."""

        def make() -> None:
            self._create(name, columns)
            for done, batch in enumerate(batches, start=1):
                self._insert(name, columns, work(*batch))
                told(done, count)

        self._whole(name, make)

    def make(self, name: str, sql: str, *, order: str = "") -> None:
        """See `Store.make`."""
        ordered = f"SELECT * FROM ({sql}) ORDER BY {order}" if order else sql
        self._whole(name, lambda: self._run(f"CREATE OR REPLACE TABLE {name} AS {ordered}"))

    def _run(self, sql: str) -> None:
        self._connection.execute(sql)

    def put(self, name: str, columns: Mapping[str, str], values: Parts) -> None:
        """See `Store.put`."""
        self._create(name, columns)
        self._insert(name, columns, values)

    def derive(self, name: str, columns: Mapping[str, str], source: str, by: int, work: Work) -> None:
        """See `Store.derive`."""

        def make() -> None:
            self._create(name, columns)
            for place in range(by):
                part = self.fetch(f"SELECT * FROM ({source}) WHERE bin = {place}")
                if len(part["bin"]):
                    self._insert(name, columns, work(part))

        self._whole(name, make)

    def each_pair(self, name: str, columns: Mapping[str, str], pairs: str, work: Work) -> None:
        """See `Store.each_pair`."""

        def make() -> None:
            self._create(name, columns)
            for low, high in self._right_bounds(pairs):
                self._insert(name, columns, work(self.fetch(f"SELECT * FROM {pairs} WHERE r >= {low} AND r < {high}")))

        self._whole(name, make)

    def compare(self, name: str, columns: Mapping[str, str], pairs: str, work: Comparing, told: Told) -> None:
        """See `Store.compare`. Parts are kept as they are done, as many as there are processes, so that a killed run loses
        no more."""
        if self._made(name):
            return
        kept = {"l": "whole", "r": "whole", "mark": "whole", **columns}
        parts = self._right_bounds(pairs)
        if self.note(f"part {name}") is None:
            self._create(name, kept)
        done = int(self.note(f"part {name}") or 0)
        hands, together = self._hands()
        for start in range(done, len(parts), together):
            bounds = parts[start : start + together]
            self._connection.execute("BEGIN")
            asked = [self._asked(f"{pairs} WHERE r >= {low} AND r < {high}") for low, high in bounds]
            rooms = [
                {column: hands.room((len(seen["l"]),), _DTYPES[kind]) for column, kind in columns.items()}
                for seen, _ in asked
            ]

            def fill(at: int, asked: Sequence[_Asked] = asked, rooms: Sequence[Parts] = rooms) -> None:
                seen, rows = asked[at]
                for column, values in work(seen["l"], seen["r"], rows).items():
                    rooms[at][column][:] = values

            with hands.beside(fill, len(bounds)) as fill_all:
                fill_all()
            for (seen, _), room in zip(asked, rooms, strict=True):
                self._insert(name, kept, {**seen, **room})
            self.note(f"part {name}", str(start + len(bounds)))
            self._connection.execute("COMMIT")
            told(start + len(bounds), len(parts))
        self.note(f"made {name}", "1")

    def _right_bounds(self, pairs: str) -> list[tuple[int, int]]:
        """Ranges of right rows that hold about as many pairs as are compared together."""
        step = _RIGHTS_COUNTED
        counted = self.fetch(f"SELECT r // {step} AS t, count(*) AS c FROM {pairs} GROUP BY 1 ORDER BY 1")
        out: list[tuple[int, int]] = []
        low, held = 0, 0
        for place, count in zip(counted["t"].tolist(), counted["c"].tolist(), strict=True):
            held += count
            if held >= _COMPARED_PARTS:
                out.append((low, (place + 1) * step))
                low, held = (place + 1) * step, 0
        return [*out, (low, 1 << 62)] if held else out

    def _asked(self, pairs: str) -> _Asked:
        return self.fetch(f"SELECT l, r, mark FROM {pairs}"), self._rows_of(pairs)

    def _hands(self) -> tuple[Hands, int]:
        """Who compares parts, and how many at once."""
        count = min(can_fork(), self._settings[1])
        return (Forked(count), count) if count > 1 else (OneHand(), 1)

    def _rows_of(self, pairs: str) -> dict[str, Any]:
        named = f"SELECT l AS line FROM {pairs} UNION SELECT r FROM {pairs}"
        return self.fetch(f"SELECT * FROM rows WHERE line IN ({named}) ORDER BY line")

    def compare_now(self, columns: Mapping[str, str], left: Ints, right: Ints, work: Comparing) -> Parts:
        """See `Store.compare_now`."""
        self.put("asked_pairs", {"l": "whole", "r": "whole"}, {"l": left, "r": right})
        return {"l": left, "r": right, **work(left, right, self._rows_of("asked_pairs"))}

    def fetch(self, sql: str) -> dict[str, Any]:
        """See `Store.fetch`."""
        # What is not a number comes in from an array as NULL, and goes out masked.
        return {
            name: values.filled(np.nan) if isinstance(values, np.ma.MaskedArray) else values
            for name, values in self._connection.execute(sql).fetchnumpy().items()
        }

    def close(self) -> None:
        """See `Store.close`."""
        self._connection.close()
        if self._thrown:
            shutil.rmtree(self._folder, ignore_errors=True)
