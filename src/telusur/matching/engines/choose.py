"""An engine by its name. A library is imported only where its engine is asked for."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.engines.missing import EngineMissing
from telusur.matching.ports import Engine

__all__ = ["EngineMissing", "engine"]


def engine(
    name: str,
    *,
    work: Path | str | None = None,
    memory: str = "4GB",
    threads: int = 2,
    master: str | None = None,
) -> Engine:
    """name: "python" (or "memory"), "duckdb" or "spark".

    work: the folder in which stages are kept for a run that resumes; None for one that is thrown away. memory, threads: what
    DuckDB may take. master: Spark's; else SPARK_MASTER, else this machine.

    Raises EngineMissing where the library, or Java, is not here; ValueError for another name.
    """
    if name in ("python", "memory"):
        return MemoryEngine()
    if name == "duckdb":
        _need("duckdb", name)
        from telusur.matching.engines.duckdb import duckdb_engine

        return duckdb_engine(Path(work) if work is not None else None, memory=memory, threads=threads)
    if name == "spark":
        _need("pyspark", name)
        if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
            raise EngineMissing(
                "mesin «spark» memerlukan Java 17 atau lebih baru, tetapi perintah java tidak ada di sini"
            )
        from telusur.matching.engines.spark import spark_engine

        return spark_engine(str(work) if work is not None else None, master=master)
    raise ValueError(f"mesin «{name}» tidak dikenal; pilih python, duckdb, atau spark")


def _need(module: str, name: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise EngineMissing(
            f"mesin «{name}» memerlukan pustaka {module}, yang belum terpasang; pasang dengan: pip install 'telusur[{name}]'"
        )
