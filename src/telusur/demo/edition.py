"""An invented edition of the registry's public list: its 24 labels, and the noise that was measured in the real one.

In: a seed, how many rows, the day. Out: rows as tuples of text in the order of `HEADER`, made one by one, so that a list of
any size needs little memory. Blank cells hold one blank, as in the registry's own export. Same seed, same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate
from random import Random
from typing import Final

from telusur.demo.city import Regency, Village, regency_at
from telusur.demo.coined import GIVEN_NAMES, SHORT, pick
from telusur.demo.rows import BLANK, HEADER, Row, RowMaker

__all__ = ["BOARD_HEADER", "HEADER", "Row", "make_edition", "make_placed_rows", "with_boards"]

CITY_ROWS: Final = 601
_ONE_CITY_UP_TO = 2_000
_ROWS_A_REGENCY = 230
_MOST_ROWS = 1_000_000
_BOARD_LABELS = ("Nama Ketua", "Nama Sekretaris", "Nama Bendahara", "Nama Pengawas", "Nama Manager")
_BOARD_AT = HEADER.index("Jumlah Anggota Pria")
BOARD_HEADER: Final = (*HEADER[:_BOARD_AT], *_BOARD_LABELS, *HEADER[_BOARD_AT:])
# Of 454 rows, 142 name a chair and 5 a supervisor.
_CHAIR_SHARE, _SUPERVISOR_SHARE = 142 / 454, 5 / 454


def make_edition(seed: int, rows: int, *, as_of: date) -> Iterator[Row]:
    """`rows` rows of the list as it stood on `as_of`, with unique NIK koperasi.

    Up to 2,000 rows are Kota Contoh alone; more are spread over invented regencies, Kota Contoh's 601 first.
    Raises ValueError unless `rows` lies between 1 and 1,000,000.
    """
    for row, _ in make_placed_rows(seed, rows, as_of=as_of):
        yield row


def make_placed_rows(seed: int, rows: int, *, as_of: date) -> Iterator[tuple[Row, Village]]:
    """As `make_edition`, each row with the kelurahan where the cooperative truly lies, whatever its cells say."""
    if not 1 <= rows <= _MOST_ROWS:
        raise ValueError(f"jumlah baris harus antara 1 dan {_MOST_ROWS}, bukan {rows}")
    rng = Random(f"edition {seed}")
    maker = RowMaker(rng, as_of)
    for number, count in enumerate(_counts(rng, rows)):
        regency = regency_at(seed, number)
        maker.enter(regency)
        for village in _villages(rng, regency, count):
            yield maker.make(village), village


def _counts(rng: Random, rows: int) -> list[int]:
    """How many rows each regency has; big and small ones, as regencies are."""
    if rows <= _ONE_CITY_UP_TO:
        return [rows]
    others = min(1_900, max(1, (rows - CITY_ROWS) // _ROWS_A_REGENCY))
    weights = list(accumulate(rng.lognormvariate(0.0, 0.5) for _ in range(others)))
    ends = [round((rows - CITY_ROWS) * weight / weights[-1]) for weight in weights]
    return [CITY_ROWS, *(end - start for start, end in zip([0, *ends], ends, strict=False))]


def _villages(rng: Random, regency: Regency, count: int) -> Iterable[Village]:
    """The village of each row, village by village, in shares of their weights."""
    chosen = rng.choices(
        range(len(regency.villages)), cum_weights=list(accumulate(v.weight for v in regency.villages)), k=count
    )
    return [regency.villages[place] for place in sorted(chosen)]


def with_boards(rows: Iterable[Row], seed: int) -> Iterator[Row]:
    """Rows in the registry's 29 labels (`BOARD_HEADER`): invented names of a board, mostly blank as in the real list."""
    rng = Random(f"boards {seed}")
    for row in rows:
        names = [BLANK] * len(_BOARD_LABELS)
        if rng.random() < _CHAIR_SHARE:
            names[:3] = [f"{pick(rng, GIVEN_NAMES)} {pick(rng, SHORT)}" for _ in range(3)]
        if rng.random() < _SUPERVISOR_SHARE:
            names[3] = f"{pick(rng, GIVEN_NAMES)} {pick(rng, SHORT)}"
        yield (*row[:_BOARD_AT], *names, *row[_BOARD_AT:])
