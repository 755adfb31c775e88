"""What the programme's pages count beside the head's: who waits, whose data are old, stock, training, mentoring.

Pure. The programme's own questions stand in `rules/programme.py`; these are those of its other pages, of the city, of one
kecamatan or of one kelurahan. Every bound that a count depends on (days, boards) is said in its definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.dashboards.rules.figure import Figure, Stamp
from telusur.merah_putih.rules.training import MODULE_LABELS, Module

__all__ = [
    "LISTED",
    "TRADED",
    "Bounds",
    "Counts",
    "Listed",
    "Sessions",
    "Stocked",
    "Where",
    "listed_figures",
    "mentor_figures",
    "own_figures",
    "stock_figures",
    "training_figures",
]


class Where(NamedTuple):
    """The place that a figure counts; code "" for the whole city."""

    code: str = ""
    name: str = "seluruh kota"


class _Said(NamedTuple):
    name: str
    definition: str
    whole: str = "kelurahan"


_LISTED: Mapping[str, _Said] = {
    "kkmp_unbegun": _Said("KKMP: belum mulai", "Kelurahan tanpa satu pun tahap, hitungan, atau laporan tercatat."),
    "kkmp_waiting": _Said(
        "KKMP: menunggu pemeriksaan", "Kelurahan dengan sedikitnya satu tahap tercatat yang buktinya belum diperiksa."
    ),
    "kkmp_stale": _Said(
        "KKMP: data usang atau tidak ada",
        "Kelurahan yang data terbarunya lebih tua dari {stale} hari, atau yang tidak punya.",
    ),
    "kkmp_counted": _Said("KKMP: anggotanya pernah dihitung", "Kelurahan dengan sedikitnya satu hitungan anggota."),
    "kkmp_all_members": _Said(
        "KKMP: anggota", "Jumlah hitungan terakhir tiap kelurahan yang pernah dihitung; yang lain tidak ditaksir.", ""
    ),
}
LISTED: tuple[str, ...] = tuple(_LISTED)

_STOCK: Mapping[str, _Said] = {
    "stock_checked": _Said(
        "Stok pernah dicek", "Kelurahan dengan sedikitnya satu pemeriksaan stok pada hari-hari yang dihitung kantor."
    ),
    "stock_fresh": _Said(
        "Stok dicek baru-baru ini", "Kelurahan yang pemeriksaan stok terakhirnya paling lama {fresh} hari."
    ),
    "stock_out": _Said(
        "Rak kosong",
        "Bahan pokok yang habis pada cek terakhir, di antara yang dicek paling lama {fresh} hari yang lalu.",
        "rak yang dicek",
    ),
    "stock_offers": _Said(
        "Tawaran antarkelurahan",
        "Pasangan kelurahan dan bahan: yang satu berlebih (lebih dari {keep} hari penjualan), yang lain kurang. "
        "Barang yang sama dapat ditawarkan beberapa kali.",
        "",
    ),
}
_TRAINING: Mapping[str, _Said] = {
    **{
        f"training_{module.value}": _Said(
            f"Pelatihan lengkap: {MODULE_LABELS[module]}",
            "Pengurus yang setiap jabatannya yang harus ikut sudah ikut modul ini, dan belum berganti orang sejak itu.",
        )
        for module in Module
    },
    "training_sessions": _Said("Sesi pelatihan", "Sesi pelatihan pengurus yang tercatat.", ""),
    "training_certified": _Said(
        "Pelatihan: bersertifikat", "Kehadiran pada sesi pelatihan yang berakhir dengan sertifikat.", "kehadiran"
    ),
}
_MENTORS: Mapping[str, _Said] = {
    "mentor_links": _Said("Pendampingan tercatat", "Pendampingan antarpengurus yang berlaku pada hari itu.", ""),
    "mentor_suggested": _Said(
        "Pendampingan disarankan", "Pasangan pengurus yang disarankan dari data dan belum tercatat.", ""
    ),
    "mentor_alone": _Said("Tanpa pendamping atau saran", "Kelurahan yang tidak didampingi dan tidak punya saran."),
}
_OWN: Mapping[str, _Said] = {
    "own_stock": _Said(
        "Bahan pokok tersedia",
        "Pemeriksaan yang menemukan barangnya, dari semua pemeriksaan delapan bahan dalam {window} hari.",
        "pemeriksaan",
    ),
    "own_hours": _Said(
        "Jam buka ditepati", "Kunjungan pada jam yang dijanjikan yang menemukan unitnya buka, semua unit.", "kunjungan"
    ),
    "own_supply": _Said(
        "Bahan dengan pemasok", "Bahan pokok yang perjanjian tertulisnya dengan waktu tunggu berlaku.", "bahan pokok"
    ),
    "own_training": _Said(
        "Modul pelatihan lengkap", "Modul yang setiap jabatannya yang harus ikut sudah ikut.", "modul"
    ),
}
_TRADE: Mapping[str, _Said] = {**_STOCK, **_TRAINING, **_MENTORS, **_OWN}
TRADED: tuple[str, ...] = tuple(_TRADE)


class Bounds(NamedTuple):
    """The law's days that these counts depend on: data that are old, a fresh check, kept goods, a window."""

    stale: int
    fresh: int
    keep: int
    window: int


class Counts(NamedTuple):
    """held of whole; whole None for a count that is a share of nothing."""

    held: int
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One kelurahan. members: None where nobody counted them."""

    is_begun: bool
    waits: bool
    is_stale: bool
    members: int | None


@dataclass(frozen=True, slots=True)
class Stocked:
    """One kelurahan's shelves. fresh_shelves, empty: those of a check that still says something, the empty among them."""

    is_checked: bool
    is_fresh: bool
    fresh_shelves: int
    empty: int


class Sessions(NamedTuple):
    """All sessions together."""

    sessions: int
    attended: int
    certified: int


def listed_figures(rows: Iterable[Listed], bounds: Bounds, where: Where, stamp: Stamp) -> tuple[Figure, ...]:
    """Every figure of LISTED, in its order."""
    held = list(rows)
    counted = [row.members for row in held if row.members is not None]
    counts = {
        "kkmp_unbegun": Counts(sum(not row.is_begun for row in held), len(held)),
        "kkmp_waiting": Counts(sum(row.waits for row in held), len(held)),
        "kkmp_stale": Counts(sum(row.is_stale for row in held), len(held)),
        "kkmp_counted": Counts(len(counted), len(held)),
        "kkmp_all_members": Counts(sum(counted)),
    }
    return _made(_LISTED, counts, where, stamp, bounds)


def stock_figures(rows: Iterable[Stocked], offers: int, bounds: Bounds, stamp: Stamp) -> tuple[Figure, ...]:
    """What lies on the shelves of the city. offers: between kelurahan."""
    held = list(rows)
    counts = {
        "stock_checked": Counts(sum(row.is_checked for row in held), len(held)),
        "stock_fresh": Counts(sum(row.is_fresh for row in held), len(held)),
        "stock_out": Counts(sum(row.empty for row in held), sum(row.fresh_shelves for row in held)),
        "stock_offers": Counts(offers),
    }
    return _made(_STOCK, counts, Where(), stamp, bounds)


def training_figures(
    lacking: Mapping[Module, Sequence[str]], boards: int, told: Sessions, stamp: Stamp
) -> tuple[Figure, ...]:
    """Boards that have each module whole, and the sessions. lacking: the kelurahan without it."""
    counts = {f"training_{module.value}": Counts(boards - len(codes), boards) for module, codes in lacking.items()}
    counts["training_sessions"] = Counts(told.sessions)
    counts["training_certified"] = Counts(told.certified, told.attended)
    return _made(_TRAINING, counts, Where(), stamp)


def mentor_figures(links: int, suggested: int, alone: Counts, stamp: Stamp) -> tuple[Figure, ...]:
    """The network between boards."""
    counts = {"mentor_links": Counts(links), "mentor_suggested": Counts(suggested), "mentor_alone": alone}
    return _made(_MENTORS, counts, Where(), stamp)


def own_figures(where: Where, counts: Mapping[str, Counts], bounds: Bounds, stamp: Stamp) -> tuple[Figure, ...]:
    """One kelurahan's trade, by own_stock, own_hours, own_supply, own_training; what nobody looked at has no figure."""
    return _made(_OWN, {name: each for name, each in counts.items() if each.whole}, where, stamp, bounds)


def _made(
    said: Mapping[str, _Said],
    counts: Mapping[str, Counts],
    where: Where,
    stamp: Stamp,
    bounds: Bounds | None = None,
) -> tuple[Figure, ...]:
    found = []
    for name, words in said.items():
        if name not in counts:
            continue
        held, whole = counts[name]
        found.append(
            Figure(
                measure=name,
                name=words.name,
                definition=words.definition.format(**bounds._asdict()) if bounds else words.definition,
                area_code=where.code,
                area_name=where.name,
                numerator=held,
                denominator=whole,
                high=None,
                numerator_codes=name.partition("_")[2],
                denominator_codes="" if whole is None else words.whole,
                denominator_words="" if whole is None else words.whole,
                codes=(),
                stamp=stamp,
            )
        )
    return tuple(found)
