"""Makes one row of the invented list after another, column by column from the measured decks.

In: a random source, the list's day, a regency and a village. Out: a tuple of 24 texts. Columns that depend on one another
(RAT, certificate, grade and members; the founding day and its number) come from one card.
"""

from __future__ import annotations

import math
from datetime import date
from random import Random
from typing import Final

from telusur.demo import measured
from telusur.demo.city import Regency, Village
from telusur.demo.coined import pick
from telusur.demo.legal_numbers import LegalNumbers
from telusur.demo.measured import Reporting, deal
from telusur.demo.row_names import NameMaker
from telusur.demo.row_places import BLANK, AddressMaker, PlaceMaker

__all__ = ["BLANK", "HEADER", "Row", "RowMaker"]

Row = tuple[str, ...]
HEADER: Final[Row] = (
    "Koperasi",
    "Nomor Badan Hukum Pendirian",
    "Tanggal Badan Hukum Pendirian",
    "Nomor Perubahan Anggaran Dasar (Terbaru)",
    "Tanggal Perubahan Anggaran Dasar (Terbaru)",
    "Tanggal RAT Terakhir",
    "Alamat",
    "Kelurahan / Desa",
    "Kecamatan",
    "Kabupaten",
    "Provinsi",
    "Bentuk Koperasi",
    "Jenis Koperasi",
    "Kelompok Koperasi",
    "Sektor Usaha",
    "Jumlah Anggota Pria",
    "Jumlah Anggota Wanita",
    "Total Anggota",
    "Total Manajer",
    "Total Karyawan",
    "Nomor Induk Koperasi (NIK)",
    "Status NIK",
    "Tanggal Berlaku Sertifikat",
    "Status Grade",
)
_FIRST_YEARS: Final = {"kwk": 1988, "kdk": 1998, "m_kukm": 2016, "ahu": 2019, "pad": 1988}
_LAST_YEARS: Final = {"kwk": 1998, "regional": 2015}
# Members of those who state any: median 102, 5 % below 25, 5 % above 685.
_MEMBERS_LOG_MEDIAN, _MEMBERS_LOG_SPREAD = math.log(102.0), 1.0
_MANAGER_SHARE, _STAFF_SHARE = 0.08, 0.22


class _Reports:
    """Deals what depends on the last RAT: its day, members, certificate, grade."""

    def __init__(self, rng: Random, as_of: date) -> None:
        self._rng, self._as_of = rng, as_of
        self._cards = deal(rng, measured.REPORTING)
        self._placeholders = deal(rng, measured.PLACEHOLDER)
        self._months = deal(rng, measured.MEETING_MONTHS)
        self._members = deal(rng, measured.MEMBERS_WITHOUT_MEETING)
        self._valid = deal(rng, measured.CERTIFICATE_YEARS_VALID)
        self._expired = deal(rng, measured.CERTIFICATE_YEARS_EXPIRED)

    def make(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """(RAT day), (men, women, members, managers, staff), (certificate's state, its end, grade)."""
        card = next(self._cards)
        stated = card.years_ago is not None or next(self._members)
        return self._meeting(card), self._people() if stated else ("0",) * 5, self._certificate(card)

    def _meeting(self, card: Reporting) -> str:
        if card.years_ago is None:
            return BLANK
        year = self._as_of.year - card.years_ago
        if card.years_ago == 0 and next(self._placeholders):
            return f"01/01/{year}"
        month, day = next(self._months), 2 + int(self._rng.random() * 27)
        if card.years_ago == 0 and (month, day) > (self._as_of.month, self._as_of.day):
            month = 1 + int(self._rng.random() * (self._as_of.month - 1))
            day = min(day, self._as_of.day)
        return f"{day:02}/{month:02}/{year}"

    def _people(self) -> tuple[str, ...]:
        rng = self._rng
        members = 9 + int(math.exp(rng.gauss(_MEMBERS_LOG_MEDIAN, _MEMBERS_LOG_SPREAD)) * 0.95)
        men = int(members * rng.random())
        managers = "1" if rng.random() < _MANAGER_SHARE else "0"
        staff = str(1 + int(rng.random() ** 3 * 36)) if rng.random() < _STAFF_SHARE else "0"
        # The registry writes thousands with a comma.
        return f"{men:,}", f"{members - men:,}", f"{members:,}", managers, staff

    def _certificate(self, card: Reporting) -> tuple[str, ...]:
        if card.certificate == "Belum Bersertifikat":
            return card.certificate, BLANK, card.grade
        day, month = 1 + int(self._rng.random() * 28), 1 + int(self._rng.random() * 12)
        if card.certificate == "Sudah Bersertifikat":
            year = self._as_of.year + next(self._valid)
        else:
            year = self._as_of.year + next(self._expired)
            if year == self._as_of.year and (month, day) >= (self._as_of.month, self._as_of.day):
                year -= 1
        return card.certificate, f"{day:02}/{month:02}/{year}", card.grade


class _Papers:
    """Deals numbers and days of legal entity and amendment."""

    def __init__(self, rng: Random, as_of: date) -> None:
        self._rng, self._as_of = rng, as_of
        self._numbers = LegalNumbers(rng)
        self._founding = deal(rng, measured.FOUNDING)
        self._odd_years = deal(rng, measured.ODD_FOUNDING)
        self._amended = deal(rng, measured.AMENDED)
        self._repeated = deal(rng, measured.REPEATED_LEGAL)
        self._given: list[tuple[str, str]] = []
        self._again: set[str] = set()

    def enter(self) -> None:
        """Begin a regency."""
        self._given.clear()
        self._again.clear()

    def make(self, office: str) -> tuple[str, str, str, str]:
        """(founding number, its day, amendment's number, its day)."""
        decade, family = next(self._founding)
        year = max(_FIRST_YEARS.get(family, decade), decade) + int(self._rng.random() * 10)
        year = min(year, decade + 9, _LAST_YEARS.get(family, 9_999), self._as_of.year)
        year = 1967 + year % 3 if decade == 1960 else year
        month, day = self._day(year)
        number = self._numbers.next(family, year, month, office)
        founded = f"{day:02}/{month:02}/{next(self._odd_years) or year}"
        if next(self._repeated) and self._given:
            again = pick(self._rng, self._given)
            if again[0] not in self._again:
                self._again.add(again[0])
                number, founded = again
        elif family != "odd":
            self._given.append((number, founded))
        if not next(self._amended):
            return number, founded, BLANK, BLANK
        later = year + 1 + int(self._rng.random() * 12)
        later = min(later, self._as_of.year)
        month, day = self._day(later)
        return number, founded, self._numbers.next("amendment", later, month, office), f"{day:02}/{month:02}/{later}"

    def _day(self, year: int) -> tuple[int, int]:
        """A month and a day of `year`, not after the list's own day."""
        months, days = (self._as_of.month, self._as_of.day) if year == self._as_of.year else (13, 28)
        if months == 1:
            return 1, 1 + int(self._rng.random() * days)
        return 1 + int(self._rng.random() * (months - 1)), 1 + int(self._rng.random() * 28)


class RowMaker:
    """Deals rows of one regency after another: `enter`, then `make`."""

    def __init__(self, rng: Random, as_of: date) -> None:
        self._names, self._addresses, self._places = NameMaker(rng), AddressMaker(rng), PlaceMaker(rng)
        self._papers, self._reports = _Papers(rng, as_of), _Reports(rng, as_of)
        self._kinds = deal(rng, measured.KINDS)
        self._forms = deal(rng, measured.FORMS)
        self._sectors = deal(rng, measured.SECTORS)

    def enter(self, regency: Regency) -> None:
        """Begin a regency: its rows share names, addresses and running numbers with no other."""
        self._regency = regency
        for maker in (self._names, self._places, self._papers):
            maker.enter()
        self._addresses.enter(regency)

    def make(self, village: Village) -> Row:
        """A row of a cooperative that truly lies in `village`."""
        regency, kind = self._regency, next(self._kinds)
        kelurahan, kecamatan, nik_koperasi = self._places.make(regency, village)
        meeting, people, certificate = self._reports.make()
        sector = next(self._sectors)
        return (
            self._names.make(kind, village.name),
            *self._papers.make(regency.office),
            meeting,
            self._addresses.make(village, regency.name),
            kelurahan,
            kecamatan,
            regency.name,
            regency.provinsi,
            next(self._forms),
            kind.jenis,
            kind.group,
            "Jasa Keuangan dan Asuransi" if kind.jenis == "Simpan Pinjam" else sector,
            *people,
            nik_koperasi,
            *certificate,
        )
