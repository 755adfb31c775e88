"""The edition after: the same list with known changes, and the truth of what changed beside it.

In: an edition's rows and a seed. Out: the next rows and one `Change` for every new, vanished, renamed or renumbered row and
every changed cell. The truth is read off both lists cell by cell, so it cannot differ from what was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random
from typing import Final, NamedTuple

from telusur.demo.coined import COINED, PLAIN, SHORT, pick
from telusur.demo.corruptions import abbreviate, expand, misspell
from telusur.demo.edition import make_edition
from telusur.demo.rows import BLANK, HEADER, Row

__all__ = ["Change", "NextEdition", "Truth", "Turnover", "make_next_edition"]

_AT: Final = {label: place for place, label in enumerate(HEADER)}
_NIK_KOPERASI, _NAME = _AT["Nomor Induk Koperasi (NIK)"], _AT["Koperasi"]
_VILLAGE, _DISTRICT, _REGENCY = _AT["Kelurahan / Desa"], _AT["Kecamatan"], _AT["Kabupaten"]
_PLACE = slice(_AT["Kelurahan / Desa"], _AT["Provinsi"] + 1)
_FORMS: Final = ("Primer Kabupaten/Kota", "Primer Provinsi", "Primer Nasional")
_KINDS: Final = ("Konsumen", "Produsen", "Simpan Pinjam", "Jasa", "Pemasaran")
_GROUPS: Final = ("Kop. Serba Usaha", "Kop. Lainnya", "Kopkar", "Kop. Wanita", "Kop. Simpan Pinjam", "Kop. Pasar")
_SECTORS: Final = ("Jasa Lainnya", "Jasa Keuangan dan Asuransi", "Penyediaan Akomodasi dan Makan Minum", "Konstruksi")
_CERTIFICATES: Final = ("Belum Bersertifikat", "Sertifikat - Expired", "Sudah Bersertifikat")
_GRADES: Final = ("A", "B", "C1", "C2", "D")


@dataclass(frozen=True, slots=True)
class Turnover:
    """Shares of the rows before. Absent rows (vanished and renumbered) stay below 2 %, where an import would wait."""

    new: float = 0.03
    vanished: float = 0.01
    renumbered: float = 0.005
    changed: float = 0.12


class Change(NamedTuple):
    """One difference. kind: new, vanished, renumbered (another NIK), renamed, changed.

    nik_koperasi: the number in the edition before, for a new row the one in the edition after. label: the registry's column,
    "" for a whole row. before and after: trimmed texts, "" where nothing is stated.
    """

    kind: str
    nik_koperasi: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that differs between two editions. as_of: ISO day of the edition after."""

    seed: int
    as_of: str
    rows_before: int
    rows_after: int
    changes: tuple[Change, ...]

    def counts(self) -> dict[str, int]:
        """How many changes of each kind."""
        return dict(sorted(Counter(change.kind for change in self.changes).items()))


class NextEdition(NamedTuple):
    """The rows of the edition after, and its truth."""

    rows: list[Row]
    truth: Truth


def make_next_edition(
    rows: Sequence[Row], seed: int, *, as_of: date = date(2026, 4, 30), turnover: Turnover | None = None
) -> NextEdition:
    """The edition after `rows` as of `as_of`: some rows new, vanished, renumbered, renamed, and cells changed.

    Every column but the regency's two changes at least once where there are enough rows. Raises ValueError for a row that
    has not the list's 24 cells.
    """
    wrong = next((number for number, row in enumerate(rows, start=1) if len(row) != len(HEADER)), None)
    if wrong is not None:
        raise ValueError(f"baris {wrong} tidak berisi {len(HEADER)} sel; muat daftar dengan tajuk resminya")
    shares = turnover or Turnover()
    rng = Random(f"next edition {seed}")
    order = sorted(range(len(rows)), key=lambda _: rng.random())
    gone, renumbered, changed = (
        round(share * len(rows)) for share in (shares.vanished, shares.renumbered, shares.changed)
    )
    vanished = set(order[:gone])
    moved = set(order[gone : gone + renumbered])
    numbers = _Numbers(rows)
    mender = _Mender(rng, as_of, rows)
    labels = cycle(mender.labels)
    spoiled = {at: mender.mend(rows[at], next(labels)) for at in order[gone + renumbered : gone + renumbered + changed]}
    after: list[Row] = []
    changes: list[Change] = []
    for at, row in enumerate(rows):
        if at in vanished:
            changes.append(Change("vanished", row[_NIK_KOPERASI], "", row[_NAME], ""))
            continue
        if at in moved:
            fresh = numbers.after(row[_NIK_KOPERASI])
            changes.append(Change("renumbered", row[_NIK_KOPERASI], HEADER[_NIK_KOPERASI], row[_NIK_KOPERASI], fresh))
            row = (*row[:_NIK_KOPERASI], fresh, *row[_NIK_KOPERASI + 1 :])
        after.append(spoiled.get(at, row))
        changes.extend(_differences(row, after[-1]))
    for row in _new_rows(rows, seed, round(shares.new * len(rows)), numbers, as_of):
        after.append(row)
        changes.append(Change("new", row[_NIK_KOPERASI], "", "", row[_NAME]))
    return NextEdition(after, Truth(seed, as_of.isoformat(), len(rows), len(after), tuple(changes)))


def _differences(before: Row, after: Row) -> list[Change]:
    return [
        Change("renamed" if at == _NAME else "changed", before[_NIK_KOPERASI], HEADER[at], old.strip(), new.strip())
        for at, (old, new) in enumerate(zip(before, after, strict=True))
        if old != new
    ]


class _Numbers:
    """Hands out NIK koperasi that no row has: the next running number of a kelurahan."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._taken = {row[_NIK_KOPERASI] for row in rows}

    def after(self, nik_koperasi: str) -> str:
        """The next free number in the kelurahan of `nik_koperasi`."""
        running = int(nik_koperasi)
        while (fresh := f"{running:013}") in self._taken:
            running += 1
        self._taken.add(fresh)
        return fresh


def _new_rows(rows: Sequence[Row], seed: int, count: int, numbers: _Numbers, as_of: date) -> list[Row]:
    """Rows of cooperatives founded of late, each in the place of some row that is there already."""
    if not count:
        return []
    rng = Random(f"new rows {seed}")
    made = []
    for fresh in make_edition(seed + 1_000_003, count, as_of=as_of):
        beside = pick(rng, rows)
        row = list(fresh)
        row[_PLACE] = beside[_PLACE]
        row[_NIK_KOPERASI] = numbers.after(beside[_NIK_KOPERASI])
        made.append(tuple(row))
    return made


class _Mender:
    """Changes cells as an office does between two editions: reports come in, places are corrected, papers renewed."""

    def __init__(self, rng: Random, as_of: date, rows: Sequence[Row]) -> None:
        self._rng, self._as_of = rng, as_of
        self._places: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            if row[_VILLAGE].strip():
                self._places.setdefault(row[_REGENCY], []).append((row[_VILLAGE], row[_DISTRICT]))
        self._changes: dict[str, Callable[[list[str], str], None]] = {
            "Koperasi": self._rename,
            "Nomor Badan Hukum Pendirian": self._number,
            "Tanggal Badan Hukum Pendirian": self._past_day,
            "Nomor Perubahan Anggaran Dasar (Terbaru)": self._amend,
            "Tanggal Perubahan Anggaran Dasar (Terbaru)": self._amend,
            "Tanggal RAT Terakhir": self._meet,
            "Alamat": self._move,
            "Kelurahan / Desa": self._village,
            "Kecamatan": self._village,
            "Bentuk Koperasi": self._choose(_FORMS),
            "Jenis Koperasi": self._choose(_KINDS),
            "Kelompok Koperasi": self._choose(_GROUPS),
            "Sektor Usaha": self._choose(_SECTORS),
            "Jumlah Anggota Pria": self._members,
            "Jumlah Anggota Wanita": self._members,
            "Total Manajer": self._count,
            "Total Karyawan": self._count,
            "Status NIK": self._choose(_CERTIFICATES),
            "Tanggal Berlaku Sertifikat": self._certify,
            "Status Grade": self._choose(_GRADES),
        }
        self.labels = tuple(self._changes)

    def mend(self, row: Row, label: str) -> Row:
        """`row` with a change in the column `label`, and now and then in another one."""
        cells = list(row)
        self._changes[label](cells, label)
        if self._rng.random() < 0.4:
            other = pick(self._rng, self.labels)
            self._changes[other](cells, other)
        return tuple(cells)

    def _recent_day(self) -> str:
        """A day of the three months before the edition."""
        return f"{date.fromordinal(self._as_of.toordinal() - 1 - int(self._rng.random() * 90)):%d/%m/%Y}"

    def _rename(self, cells: list[str], label: str) -> None:
        old, rng = cells[_NAME], self._rng
        roll = rng.random()
        new = expand(old, rng) if roll < 0.3 else abbreviate(old, rng) if roll < 0.6 else misspell(old, rng)
        if new == old or roll > 0.8:
            new = f"{old.split()[0]} {pick(rng, PLAIN)} {pick(rng, COINED)}"
        cells[_NAME] = new

    def _number(self, cells: list[str], label: str) -> None:
        year = cells[_AT["Tanggal Badan Hukum Pendirian"]][-4:].strip() or "2019"
        cells[_AT[label]] = f"{2000 + int(self._rng.random() * 900)}/BH/DISKOP.IV/VII/{year}"

    def _past_day(self, cells: list[str], label: str) -> None:
        # A day of the second half-month for one of the first and the other way round, so that it always differs.
        day = cells[_AT[label]]
        middle = 16 if day[:2] < "15" else 1
        cells[_AT[label]] = f"{middle + int(self._rng.random() * 12):02}{day[2:] if len(day) == 10 else '/06/2012'}"

    def _amend(self, cells: list[str], label: str) -> None:
        serial = 20_000 + int(self._rng.random() * 9_000)
        cells[_AT["Nomor Perubahan Anggaran Dasar (Terbaru)"]] = f"AHU-{serial:07}.AH.01.27.TAHUN {self._as_of.year}"
        cells[_AT["Tanggal Perubahan Anggaran Dasar (Terbaru)"]] = self._recent_day()

    def _meet(self, cells: list[str], label: str) -> None:
        cells[_AT[label]] = self._recent_day()
        if cells[_AT["Total Anggota"]] == "0":
            self._members(cells, label)

    def _move(self, cells: list[str], label: str) -> None:
        number = 200 + int(self._rng.random() * 90)
        cells[_AT[label]] = f"Jl. {pick(self._rng, SHORT)} {pick(self._rng, PLAIN)} No.{number} RT.{1 + number % 50}"

    def _village(self, cells: list[str], label: str) -> None:
        for _ in range(50):
            village, district = pick(self._rng, self._places.get(cells[_REGENCY], [(BLANK, cells[_DISTRICT])]))
            if village != cells[_VILLAGE] and district != cells[_DISTRICT]:
                cells[_VILLAGE], cells[_DISTRICT] = village, district
                return

    def _choose(self, choices: Sequence[str]) -> Callable[[list[str], str], None]:
        def change(cells: list[str], label: str) -> None:
            cells[_AT[label]] = pick(self._rng, [choice for choice in choices if choice != cells[_AT[label]]])

        return change

    def _members(self, cells: list[str], label: str) -> None:
        men, women = 20 + int(self._rng.random() * 400), 20 + int(self._rng.random() * 400)
        if str(men) == cells[_AT["Jumlah Anggota Pria"]] or str(women) == cells[_AT["Jumlah Anggota Wanita"]]:
            men, women = men + 401, women + 401
        cells[_AT["Jumlah Anggota Pria"]], cells[_AT["Jumlah Anggota Wanita"]] = str(men), str(women)
        cells[_AT["Total Anggota"]] = f"{men + women:,}"

    def _count(self, cells: list[str], label: str) -> None:
        cells[_AT[label]] = str(1 + (int(cells[_AT[label]].strip() or "0") + int(self._rng.random() * 5)) % 40)

    def _certify(self, cells: list[str], label: str) -> None:
        cells[_AT[label]] = f"{self._recent_day()[:6]}{self._as_of.year + 2}"
        cells[_AT["Status NIK"]] = "Sudah Bersertifikat"
