"""The balance by kelurahan over 200,000 dispositions, counted from the rows and compared with the stored lines.

    python -m bench.balance [--rows 200000] [--runs 9]

No peer: the figure is against a limit (300 ms), SQLite by default, PostgreSQL where DATABASE_URL names one.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from datetime import UTC, date, datetime

from bench.measure import machine, office


def _fill(rows: int) -> None:
    """An edition of `rows` rows in 2,000 kelurahan with a derivation, through the register's own writer."""
    from django.db import transaction

    from telusur.register import actions as register
    from telusur.register.rules import EntryValues, prepare_entry
    from telusur.rounds import actions as rounds

    chance = random.Random(7)
    kinds = ("Konsumen", "Produsen", "Simpan Pinjam", "Jasa", "Pemasaran")
    with transaction.atomic():
        draft = register.begin_edition(
            source="ods",
            layout="ods-24",
            file_name="bench",
            file_hash=f"bench-{rows}",
            header=[],
            as_of_on=date(2025, 1, 1),
            by="bench",
        )
        for start in range(0, rows, 5000):
            batch = []
            for number in range(start, min(start + 5000, rows)):
                area = chance.randrange(2000)
                kecamatan = f"99.{area // 200 + 1:02}.{area // 20 % 10 + 1:02}"
                values = EntryValues(
                    name=f"Koperasi Contoh {number}",
                    nik_koperasi=f"{9901000000000 + number}",
                    kind=chance.choice(kinds),
                )
                code = f"{kecamatan}.{area % 20 + 1001}"
                batch.append(prepare_entry(number + 2, values, (), kelurahan_code=code, kecamatan_code=kecamatan))
            register.add_entries(draft, batch)
        edition = register.seal_edition(draft, scope="bench", refused_count=0, content_extra=0, by="bench")
    opened = rounds.open_round(name="bench", edition=edition, by="bench")
    rounds.derive(round_=opened, on=date(2025, 6, 1), known_at=datetime.now(UTC), by="bench")


def main() -> None:
    """Fill once, ask often."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=9)
    args = parser.parse_args()
    with office():
        from django.db import connection

        began = time.perf_counter()
        _fill(args.rows)
        print(
            f"{machine()}; {connection.vendor}; {args.rows} rows filled and derived in {time.perf_counter() - began:.1f} s"
        )
        from telusur.rounds.queries import balance_figure, current_round

        found = current_round()
        assert found is not None
        for dimension in ("kelurahan", "kecamatan", "kind", "officer", None):
            taken = []
            for _ in range(args.runs):
                began = time.perf_counter()
                figure = balance_figure(found, date(2025, 6, 1), datetime.now(UTC), dimension)
                taken.append((time.perf_counter() - began) * 1000)
                assert figure.whole.unaccounted == 0
            print(
                f"balance by {dimension or 'nothing':10} median {statistics.median(taken):6.0f} ms, "
                f"max {max(taken):6.0f} ms, {len(figure.groups)} groups"
            )
        connection.close()


if __name__ == "__main__":
    main()
