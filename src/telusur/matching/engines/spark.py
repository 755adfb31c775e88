"""Tables in Spark: many machines, or two executors on this one. See README.md here for how to point it at a cluster."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession

from telusur.matching.engines.shipped import shipped
from telusur.matching.engines.staged import StagedEngine
from telusur.matching.engines.store import Batch, Comparing, Parts, Told, Work

__all__ = ["LOCAL_MASTER", "SparkStore", "spark_engine"]

Ints = npt.NDArray[np.int64]
LOCAL_MASTER: Final = "local-cluster[2,1,1024]"
_TYPES: Final = {"whole": "bigint", "small": "tinyint", "real": "double", "short": "float", "text": "string"}
_DTYPES: Final[Mapping[str, Any]] = {
    "bigint": np.int64, "int": np.int64, "tinyint": np.int8, "double": np.float64, "float": np.float32,
}  # fmt: skip
_PAIRS_IN_PART: Final = 100_000
_QUICK_JAVA: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_INHERITED: Final = tuple(
    f"spark.sql.{name}"
    for name in ("shuffle.partitions", "adaptive.enabled", "codegen.wholeStage", "codegen.factoryMode")
)


def spark_engine(work: str | None, *, master: str | None = None) -> StagedEngine:
    """The engine over Spark. work: a folder that all machines see (a path or hdfs://…) in which stages are kept as Parquet;
    None keeps them in the executors' memory and disks. master: else SPARK_MASTER, else two executors on this machine."""
    return StagedEngine(
        lambda digest: SparkStore(work, digest, master or os.environ.get("SPARK_MASTER") or LOCAL_MASTER)
    )


def _session(master: str) -> SparkSession:
    """The session that runs already, or a new one; it ends with the process."""
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    build = SparkSession.builder.master(master).appName("telusur").config("spark.executorEnv.PYTHONHASHSEED", "0")
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        for name, value in (
            ("spark.ui.enabled", "false"),
            ("spark.driver.host", "127.0.0.1"),
            ("spark.ui.showConsoleProgress", "false"),
            ("spark.sql.shuffle.partitions", "2"),
            ("spark.sql.adaptive.enabled", "false"),
            # Of few rows most of the time would go into compiling Java for each step.
            ("spark.sql.codegen.wholeStage", "false"),
            ("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
            ("spark.log.level", "ERROR"),
            # For the same reason: compile quickly rather than well, and collect with one thread.
            ("spark.driver.extraJavaOptions", _QUICK_JAVA),
            ("spark.executor.extraJavaOptions", _QUICK_JAVA),
        ):
            build = build.config(name, value)
    made = build.getOrCreate()
    made.sparkContext.addPyFile(shipped())
    atexit.register(made.stop)
    return made


class SparkStore:
    """See `store.Store`."""

    def __init__(self, work: str | None, digest: str, master: str) -> None:
        shared = _session(master)
        # A session of its own, so that its views are its own; the executors are shared.
        self._spark = shared.newSession()
        for name in _INHERITED:
            self._spark.conf.set(name, shared.conf.get(name) or "")
        # What was asked tells its folder, so that another question never meets its tables.
        self._folder = None if work is None else f"{work.rstrip('/')}/{digest}"
        self._is_local = master.startswith("local")
        self._kept: list[DataFrame] = []

    def number(self, texts: Sequence[str]) -> str:
        """See `Store.number`."""
        return f"shiftrightunsigned(xxhash64({', '.join(texts)}), 2)"

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def _made(self, name: str) -> bool:
        if self._folder is None:
            return False
        java: Any = self._spark.sparkContext._jvm
        path = java.org.apache.hadoop.fs.Path(self._path(name) + "/_SUCCESS")
        found = path.getFileSystem(self._spark.sparkContext._jsc.hadoopConfiguration()).exists(path)
        if found:
            self._spark.read.parquet(self._path(name)).createOrReplaceTempView(name)
        return bool(found)

    def _keep(self, name: str, frame: DataFrame) -> None:
        if self._folder is not None:
            frame.write.mode("overwrite").parquet(self._path(name))
            frame = self._spark.read.parquet(self._path(name))
        elif self._is_local:
            # Without what it was made of: of few rows most of the time would go into planning that again for each step. An
            # executor that is lost takes the rows with it, but on one machine it does not go alone.
            frame = frame.localCheckpoint(eager=False)
        else:
            frame = frame.persist(StorageLevel.MEMORY_AND_DISK)
            self._kept.append(frame)
        frame.createOrReplaceTempView(name)

    def _frame(self, rows: Any, columns: Mapping[str, str]) -> DataFrame:
        said = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in columns.items())
        return self._spark.createDataFrame(rows, said, verifySchema=False)

    def note(self, name: str, value: str | None = None) -> str | None:
        """See `Store.note`."""
        if value is None:
            return str(self.fetch(f"SELECT value FROM note_{name}")["value"][0]) if self._made(f"note_{name}") else None
        self._keep(f"note_{name}", self._frame([(value,)], {"value": "text"}))
        return value

    def load(
        self, name: str, columns: Mapping[str, str], batches: Iterable[Batch], count: int,
        work: Callable[[int, Sequence[Sequence[str]]], Parts], told: Told,
    ) -> None:  # fmt: skip
        """See `Store.load`."""
        if self._made(name):
            return
        parts = self._spark.sparkContext.parallelize(list(batches), max(count, 1))
        self._keep(name, self._frame(parts.flatMap(partial(_rows_of_batch, work, list(columns))), columns))
        told(1, 1)

    def make(self, name: str, sql: str, *, order: str = "") -> None:
        """See `Store.make`. Spark keeps no order."""
        if not self._made(name):
            self._keep(name, self._spark.sql(sql))

    def put(self, name: str, columns: Mapping[str, str], values: Parts) -> None:
        """See `Store.put`."""
        self._frame(_tuples(values, list(columns)), columns).createOrReplaceTempView(name)

    def derive(self, name: str, columns: Mapping[str, str], source: str, by: int, work: Work) -> None:
        """See `Store.derive`."""
        if self._made(name):
            return
        frame = self._spark.sql(source)
        made = frame.repartition(max(by, 1), "bin").rdd.mapPartitions(
            partial(_derived, work, dict(frame.dtypes), list(columns))
        )
        self._keep(name, self._frame(made, columns))

    def each_pair(self, name: str, columns: Mapping[str, str], pairs: str, work: Work) -> None:
        """See `Store.each_pair`."""
        if self._made(name):
            return
        frame = self._spark.table(pairs)
        self._keep(
            name,
            self._frame(frame.rdd.mapPartitions(partial(_worked, work, dict(frame.dtypes), list(columns))), columns),
        )

    def compare(self, name: str, columns: Mapping[str, str], pairs: str, work: Comparing, told: Told) -> None:
        """See `Store.compare`."""
        if self._made(name):
            return
        kept = {"l": "whole", "r": "whole", "mark": "whole", **columns}
        self._keep(name, self._frame(self._compared(pairs, kept, work), kept))
        told(1, 1)

    def _compared(self, pairs: str, columns: Mapping[str, str], work: Comparing) -> Any:
        """Pairs in parts by their right row, each with the rows that it names, once."""
        count, most = self._spark.sql(f"SELECT count(*), coalesce(max(r), 0) FROM {pairs}").collect()[0]
        parts = -(-count // _PAIRS_IN_PART) or 1
        place = f"CAST(floor(r / {float(most // parts + 1)!r}) AS INT)"
        self._spark.sql(f"SELECT {place} AS bin, l, r, mark FROM {pairs}").createOrReplaceTempView("parted")
        named = "SELECT bin, l AS line FROM parted UNION SELECT bin, r FROM parted"
        sides = (
            self._spark.table("parted"),
            self._spark.sql(f"SELECT n.bin, x.* FROM ({named}) n JOIN rows x ON n.line = x.line"),
        )
        keyed = [side.rdd.map(_by_bin) for side in sides]
        dtypes = [dict(list(side.dtypes)[1:]) for side in sides]
        return keyed[0].cogroup(keyed[1], parts).flatMap(partial(_compared, work, dtypes[0], dtypes[1], list(columns)))

    def compare_now(self, columns: Mapping[str, str], left: Ints, right: Ints, work: Comparing) -> Parts:
        """See `Store.compare_now`."""
        kept = {"l": "whole", "r": "whole", "mark": "whole", **columns}
        self.put("asked_pairs", dict(list(kept.items())[:3]), {"l": left, "r": right, "mark": np.arange(len(left))})
        self._frame(self._compared("asked_pairs", kept, work), kept).createOrReplaceTempView("answered_pairs")
        return self.fetch("SELECT * FROM answered_pairs ORDER BY mark")

    def fetch(self, sql: str) -> dict[str, Any]:
        """See `Store.fetch`."""
        frame = self._spark.sql(sql)
        return _columns(frame.collect(), dict(frame.dtypes))

    def close(self) -> None:
        """See `Store.close`."""
        for frame in self._kept:
            frame.unpersist()


def _tuples(values: Parts, names: Sequence[str]) -> list[tuple[Any, ...]]:
    listed = [values[name].tolist() if isinstance(values[name], np.ndarray) else values[name] for name in names]
    return list(zip(*listed, strict=True))


def _columns(rows: Sequence[Any], dtypes: Mapping[str, str]) -> dict[str, Any]:
    """Rows as columns, by the names and types that Spark gives them."""
    listed = list(zip(*rows, strict=True)) if rows else [()] * len(dtypes)
    return {
        name: np.array(values, dtype=_DTYPES.get(kind, object))
        for (name, kind), values in zip(dtypes.items(), listed, strict=True)
    }


def _rows_of_batch(
    work: Callable[[int, Sequence[Sequence[str]]], Parts], names: Sequence[str], batch: Batch
) -> list[tuple[Any, ...]]:
    return _tuples(work(*batch), names)


def _derived(
    work: Work, dtypes: Mapping[str, str], names: Sequence[str], rows: Iterator[Any]
) -> Iterator[tuple[Any, ...]]:
    part = _columns(list(rows), dtypes)
    for place in np.unique(part["bin"]).tolist():
        chosen = part["bin"] == place
        yield from _tuples(work({name: values[chosen] for name, values in part.items()}), names)


def _worked(work: Work, dtypes: Mapping[str, str], names: Sequence[str], rows: Iterator[Any]) -> list[tuple[Any, ...]]:
    return _tuples(work(_columns(list(rows), dtypes)), names)


def _by_bin(row: Any) -> tuple[int, tuple[Any, ...]]:
    return row[0], tuple(row[1:])


def _compared(
    work: Comparing, of_pairs: Mapping[str, str], of_rows: Mapping[str, str], names: Sequence[str],
    part: tuple[int, tuple[Iterable[Any], Iterable[Any]]],
) -> list[tuple[Any, ...]]:  # fmt: skip
    pairs, rows = (_columns(list(side), types) for side, types in zip(part[1], (of_pairs, of_rows), strict=True))
    order = np.argsort(rows["line"])
    ordered = {name: values[order] for name, values in rows.items()}
    return _tuples({**pairs, **work(pairs["l"], pairs["r"], ordered)}, names)
