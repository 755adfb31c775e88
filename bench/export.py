"""The whole CSV of 200,000 cooperatives, beside a bare `csv.writer` over the same query, in one run.

    python -m bench.export [--rows 200000] [--runs 3] [--seed 5]

The peer asks the database the same (each cooperative's newest row with its code, in the order of the ids) and writes what
comes, as it comes: no law, no names of areas, no words, no neutralised formulas, no hash. `bare` reads it through Django as
ours does; `raw` by one statement on the driver's own cursor. They take turns. Required: ours <= 2 x bare.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import machine, office
from bench.public_rows import fill

_RAW = (
    "SELECT e.cooperative_id, c.nik_koperasi, e.name, e.normal, e.kind, e.kelurahan_code, "
    "e.kecamatan_code, d.code, d.reasons "
    "FROM register_entry e JOIN register_cooperative c ON c.id = e.cooperative_id "
    "LEFT JOIN rounds_rowdisposition d ON d.cooperative_id = e.cooperative_id AND +d.derivation_id = 1 "
    "WHERE +e.edition_id = 1 ORDER BY e.cooperative_id"
)


def _raw(path: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor, path.open("w", newline="") as file:
        cursor.execute(_RAW)
        csv.writer(file).writerows(cursor.cursor)


def _bare(path: Path) -> None:
    from django.db.models import CharField, F, TextField
    from django.db.models.functions import Cast

    from telusur.register.models import Entry
    from telusur.rounds.models import RowDisposition

    whose = Cast("cooperative_id", CharField())
    lines = Entry.objects.annotate(of=F("edition_id") + 0, whose=whose, stated=Cast("normal", TextField())).filter(
        of__in=[1]
    )
    columns = (
        "whose",
        "edition_id",
        "id",
        "name",
        "cooperative__nik_koperasi",
        "kelurahan_code",
        "kecamatan_code",
        "kind",
    )
    found = lines.order_by("cooperative_id").values_list(*columns, "stated").iterator(500)
    stored = RowDisposition.objects.annotate(of=F("derivation_id") + 0, whose=whose, why=Cast("reasons", TextField()))
    codes = stored.filter(of__in=[1]).order_by("cooperative_id").values_list("whose", "code", "why").iterator(500)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows((*line, *code) for line, code in zip(found, codes, strict=True))


def _ours(path: Path) -> None:
    from telusur.opendata.actions import write_file
    from telusur.opendata.queries import now
    from telusur.opendata.rules.datasets import Dataset
    from telusur.opendata.rules.formats import Form

    write_file(Dataset.COOPERATIVES, Form.CSV, now(), path)


def main() -> None:
    """Fill, take turns, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    contestants: dict[str, Callable[[Path], None]] = {"telusur": _ours, "bare": _bare, "raw": _raw}
    with office() as folder:
        from django.db import connection

        fill(given.rows, given.seed)
        times: dict[str, list[float]] = {name: [] for name in contestants}
        for _ in range(given.runs):
            for name, write in contestants.items():
                path = Path(folder) / f"{name}.csv"
                begun = time.perf_counter()
                write(path)
                times[name].append(time.perf_counter() - begun)
                with path.open(newline="") as file:
                    assert sum(1 for _ in csv.reader(file)) - (name == "telusur") == given.rows, name
        connection.close()
    print(f"{machine()}\n{given.rows} cooperatives as CSV, {given.runs} runs in turn")
    print(f"{'':12}{'median s':>10}{'min':>8}{'rows/s':>10}{'ours / it':>12}")
    for name, taken in times.items():
        ratio = statistics.median(own / other for own, other in zip(times["telusur"], taken, strict=True))
        median = statistics.median(taken)
        print(f"{name:12}{median:10.2f}{min(taken):8.2f}{given.rows / median:10.0f}{ratio:12.2f}")


if __name__ == "__main__":
    main()
