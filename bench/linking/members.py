"""Invented members of cooperatives, 4 % of them entered twice with a slip: a nation's list against itself.

In: a seed, a count. Out: three columns (name, birth_on, kelurahan) and the truth. Made with numpy in one piece, kept as
Parquet in the work folder. Nobody's name: given names of the demo and coined words.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

from telusur.demo.coined import COINED, GIVEN_NAMES, SHORT
from telusur.demo.corruptions import misspell
from telusur.matching.ports import Table
from telusur.matching.rules.schema import Field, FieldKind, Schema

if TYPE_CHECKING:
    from bench.linking.sets import DataSet

__all__ = ["SIZES", "load", "make"]

SIZES: Final = {"members-100000": 100_000, "members-1000000": 1_000_000, "members-5000000": 5_000_000}
_TWIN_SHARE: Final = 0.04
_ROWS_A_VILLAGE: Final = 60
_SCHEMA: Final = Schema(
    (
        Field("name", FieldKind.NAME, "name", "name"),
        Field("birth_on", FieldKind.DATE, "birth_on", "birth_on"),
        Field("kelurahan", FieldKind.PLACE, "kelurahan", "kelurahan"),
    ),
    one_to_one=False,
    itself=True,
)


def _chosen(np: Any, rng: Any, words: list[str], count: int, exponent: float) -> Any:
    """Words by Zipf's law: as with people's names, a few are borne by many."""
    weights = 1.0 / np.arange(1, len(words) + 1) ** exponent
    return rng.choice(np.array(words, dtype=object), size=count, p=weights / weights.sum())


def make(seed: int, count: int) -> tuple[dict[str, list[str]], list[tuple[int, int]]]:
    """Columns and the true pairs as row numbers. Villages grow with the count, so that a village has 60 rows."""
    import numpy as np

    rng = np.random.default_rng([20_261_124, seed])
    twin_count = round(count * _TWIN_SHARE)
    own = count - twin_count
    first = _chosen(np, rng, [*GIVEN_NAMES, *SHORT[:400]], own, 0.9)
    second = _chosen(np, rng, list(SHORT) + list(COINED), own, 0.7)
    third = np.where(rng.random(own) < 0.45, _chosen(np, rng, list(COINED), own, 0.7), "")
    names = [f"{a} {b} {c}".rstrip() for a, b, c in zip(first, second, third, strict=True)]
    days = np.datetime64("1945-01-01") + rng.integers(0, 365 * 60, own)
    born = days.astype(str).tolist()
    village_count = max(count // _ROWS_A_VILLAGE, 20)
    villages = [f"{COINED[at % len(COINED)]} {SHORT[at // len(COINED) % len(SHORT)]}" for at in range(village_count)]
    lives = [villages[at] for at in rng.integers(0, village_count, own)]
    twins = rng.choice(own, twin_count, replace=False)
    slips = Random(seed)
    for at in twins.tolist():
        name, day, village = names[at], born[at], lives[at]
        roll = slips.random()
        if roll < 0.35:
            name = misspell(name, slips)
        elif roll < 0.55:
            words = name.split()
            name = " ".join(words[:-1] if len(words) > 2 else words[::-1])
        elif roll < 0.65:
            name = name.upper()
        if slips.random() < 0.10:
            day = day[:5] + (
                f"{day[8:]}-{day[5:7]}" if day[8:] <= "12" else f"{day[5:7]}-{1 + int(slips.random() * 28):02}"
            )
        elif slips.random() < 0.04:
            day = ""
        if slips.random() < 0.12:
            village = villages[int(slips.random() * village_count)]
        elif slips.random() < 0.08:
            village = misspell(village, slips)
        names.append(name)
        born.append(day)
        lives.append(village)
    order = rng.permutation(count)
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    pairs = [(int(place[at]), int(place[own + number])) for number, at in enumerate(twins.tolist())]
    columns = {"name": names, "birth_on": born, "kelurahan": lives}
    return {key: [values[at] for at in order.tolist()] for key, values in columns.items()}, pairs


def load(name: str, seed: int, work: Path) -> DataSet:
    """The set from the work folder, made first where it is absent."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from bench.linking.sets import DataSet

    folder = work / f"{name}-{seed}"
    if not (folder / "truth.parquet").exists():
        folder.mkdir(parents=True, exist_ok=True)
        columns, pairs = make(seed, SIZES[name])
        pq.write_table(pa.table(columns), folder / "rows.parquet")
        both = {"left": [min(pair) for pair in pairs], "right": [max(pair) for pair in pairs]}
        pq.write_table(pa.table(both), folder / "truth.parquet")
        del columns, pairs
    rows = pq.read_table(folder / "rows.parquet")
    table = Table(
        [str(at) for at in range(rows.num_rows)], {key: rows.column(key).to_pylist() for key in rows.column_names}
    )
    kept = pq.read_table(folder / "truth.parquet").to_pydict()
    truth = {(str(one), str(two)) for one, two in zip(kept["left"], kept["right"], strict=True)}
    return DataSet(name, table, None, _SCHEMA, truth)
