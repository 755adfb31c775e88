"""What the office's own work counts: what waits for people, letters and their days, corrections and their fates, lists.

Pure. In: counts of a day as known at an instant. Out: figures. What has not left the house (a draft, a report that nobody
has examined, a value of law that is only tried) is for the office alone; what the mayor's report says is for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from telusur.corrections.rules.fate import FATE_LABELS, Fate
from telusur.dashboards.rules.figure import Figure, Stamp

__all__ = ["OFFICE", "Worked", "is_inner", "is_office", "office_figures"]


class _Said(NamedTuple):
    """name, definition (with the law's days in braces), what the whole counts ("" for no share), the codes' name."""

    name: str
    definition: str
    whole: str = ""


_WAITING: Mapping[str, _Said] = {
    "wait_proposals": _Said(
        "Menunggu orang: usulan pembubaran", "Usulan pembubaran yang disusun dan belum ditandatangani lengkap."
    ),
    "wait_letters": _Said("Menunggu orang: surat", "Surat selain usulan pembubaran yang belum ditandatangani lengkap."),
    "wait_changes": _Said(
        "Menunggu orang: usulan perbaikan", "Usulan perbaikan daftar nasional yang belum disetujui dua orang."
    ),
    "wait_ready": _Said(
        "Siap dikirim: usulan perbaikan", "Usulan perbaikan yang disetujui dua orang, belum di lembar."
    ),
    "wait_reports": _Said("Menunggu orang: laporan pengurus", "Laporan pengurus yang terkirim dan belum diperiksa."),
    "wait_second": _Said(
        "Menunggu orang kedua: laporan pengurus", "Laporan yang diterima satu orang dan menunggu orang kedua."
    ),
    "wait_tips": _Said("Menunggu orang: petunjuk warga", "Petunjuk letak dari warga yang belum dilihat petugas."),
    "wait_disputed": _Said(
        "Menunggu putusan: temuan bertentangan",
        "Koperasi putaran yang temuan kunjungannya bertentangan dan belum diputus kepala bidang.",
    ),
    "wait_editions": _Said(
        "Menunggu orang kedua: edisi ditahan", "Edisi daftar nasional yang ditahan karena banyak baris hilang."
    ),
}
_CHECKS: Mapping[str, _Said] = {
    "check_due": _Said(
        "Periksa ulang yang ditunggu",
        "Koperasi putaran yang masih harus dilihat petugas kedua, menurut protokol putaran.",
    ),
    "check_leaving": _Said(
        "Belum ditemukan, boleh keluar dari kantor",
        "Koperasi «belum ditemukan» yang sudah dilihat dua petugas pada hari berbeda dengan bukti yang cukup.",
        "koperasi belum ditemukan",
    ),
}
_CASES = "perkara surat"
_LETTERS: Mapping[str, _Said] = {
    "letter_cases": _Said("Perkara surat yang berjalan", "Perkara antara kantor dan satu koperasi yang belum selesai."),
    "letter_office": _Said("Perkara surat menunggu kantor", "Perkara yang langkah berikutnya ada pada kantor.", _CASES),
    "letter_given": _Said(
        "Surat bernomor", "Surat dan pengumuman yang ditandatangani lengkap dan bernomor; yang ditarik ikut dihitung."
    ),
    "letter_objections": _Said("Keberatan yang belum diputus", "Keberatan yang diterima dan belum diputus."),
    "letter_proposals": _Said(
        "Usulan pembubaran yang berjalan", "Perkara yang sampai pada usulan pembubaran dan belum selesai.", _CASES
    ),
    "letter_late": _Said(
        "Tenggat kantor yang sudah lewat", "Perkara yang hari terakhir kantornya sudah lewat.", _CASES
    ),
    "letter_soon": _Said(
        "Tenggat dalam {soon} hari", "Perkara yang hari terakhirnya jatuh hari ini sampai {soon} hari lagi.", _CASES
    ),
    "letter_near": _Said(
        "Tenggat dalam {soon} hari atau sudah lewat",
        "Perkara yang hari terakhirnya dalam {soon} hari, atau yang hari terakhir kantornya sudah lewat.",
        _CASES,
    ),
    "letter_deadlines": _Said(
        "Tenggat yang berjalan", "Perkara dengan hari terakhir yang belum lewat, atau yang lewat di kantor.", _CASES
    ),
}
_SENT = "usulan yang terkirim"
_ONCE = "Satu usulan dihitung sekali, berapa kali pun dikirim; nasibnya menurut daftar nasional terbaru yang dipakai."
_FATES: Mapping[str, _Said] = {
    **{
        f"fate_{each.value}": _Said(f"Usulan perbaikan: {FATE_LABELS[each]}", _ONCE, _SENT) for each in Fate
    },
    "fate_sent": _Said("Usulan perbaikan terkirim", _ONCE),
    "fate_answered": _Said("Usulan perbaikan terjawab", f"Yang dijawab daftar nasional sesudahnya. {_ONCE}", _SENT),
    "fate_rate": _Said("Usulan perbaikan masuk, dari yang terjawab", _ONCE, "usulan yang terjawab"),
}  # fmt: skip
_ROWS_IN = "baris masuk"
_AGAINST = "di edisi terbaru yang dipakai, dibanding edisi sebelumnya dari sumber dan wilayah yang sama saat diimpor"
_LISTS: Mapping[str, _Said] = {
    "edition_accepted": _Said(
        "Baris daftar nasional diterima",
        "Baris edisi terbaru yang dipakai, yang diterima saat impor atau sesudah diperbaiki; sisanya ditolak dengan alasan.",
        _ROWS_IN,
    ),
    "edition_refused": _Said(
        "Baris daftar nasional ditolak",
        "Baris edisi terbaru yang dipakai, yang ditolak dengan alasan dan belum diperbaiki.",
        _ROWS_IN,
    ),
    "edition_new": _Said("Koperasi baru di daftar nasional", f"Koperasi {_AGAINST}, yang tidak ada di edisi itu."),
    "edition_changed": _Said("Koperasi berubah di daftar nasional", f"Koperasi {_AGAINST}, yang isi barisnya lain."),
    "edition_absent": _Said(
        "Koperasi yang tidak ada lagi di daftar nasional",
        "Koperasi edisi sebelumnya yang tidak ada di edisi terbaru yang dipakai. Tidak ada lagi bukan berarti bubar.",
        "koperasi edisi sebelumnya",
    ),
    "list_judged": _Said(
        "Pasangan baris dinilai orang",
        "Pasangan baris yang mungkin satu koperasi dan sudah dinilai orang.",
    ),
    "list_planned": _Said(
        "Kunjungan direncanakan",
        "Kunjungan pada rute versi rencana terbaru, tanpa cadangan. Perkiraan model tidak ikut dihitung.",
    ),
}
_SAID: Mapping[str, _Said] = {**_WAITING, **_CHECKS, **_LETTERS, **_FATES, **_LISTS}
OFFICE: tuple[str, ...] = tuple(_SAID)
# Of a value of law that is tried (rules/standings.py).
_TRIED_LAW = "law_"


@dataclass(frozen=True, slots=True)
class Worked:
    """One count. whole: None for a share of nothing. codes: its parts, each a code, its words, its count."""

    held: int
    whole: int | None = None
    codes: tuple[tuple[str, str, int], ...] = ()


def is_office(measure: str) -> bool:
    """Whether a measure is of the office's own work: those stand on no round."""
    return measure in _SAID


def is_inner(measure: str) -> bool:
    """Whether a measure counts what has not left the house, so that the office alone reads it."""
    return measure in _WAITING or measure in _CHECKS or measure.startswith(_TRIED_LAW)


def office_figures(counts: Mapping[str, Worked], soon: int, stamp: Stamp) -> tuple[Figure, ...]:
    """The figures of the counts given, in the order of OFFICE. soon: the law's days in which a deadline is near."""
    return tuple(
        Figure(
            measure=name,
            name=said.name.format(soon=soon),
            definition=said.definition.format(soon=soon),
            area_code="",
            area_name="seluruh kantor" if name in _WAITING else "seluruh kota",
            numerator=counts[name].held,
            denominator=counts[name].whole,
            high=None,
            numerator_codes=name.partition("_")[2],
            denominator_codes="" if counts[name].whole is None else said.whole,
            denominator_words="" if counts[name].whole is None else said.whole,
            codes=counts[name].codes,
            stamp=stamp,
        )
        for name, said in _SAID.items()
        if name in counts
    )
