"""The final-disposition codes of a round: one code a row. Codes never stand alone on a screen: use `label`.

Source: docs/decisions/0009; after the disposition codes of AAPOR's Standard Definitions, adapted to a register whose
units may be dormant, dissolved or doubled.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["CODE_LABELS", "GROUP_LABELS", "Code", "Group", "label"]


class Group(IntEnum):
    """The five groups; the hundred of every code."""

    LOCATED_ACTIVE = 1
    LOCATED_OTHER = 2
    NOT_LOCATED = 3
    OUT_OF_SCOPE = 4
    NOT_FINAL = 5


class Code(IntEnum):
    """What became of one row in one round."""

    ACTIVE_WITH_MEETING = 110
    ACTIVE_MEETING_OVERDUE = 120
    ACTIVE_FIRST_YEAR = 130
    DORMANT_WANTS_REVIVAL = 210
    DORMANT_NO_BOARD = 220
    OWN_DISSOLUTION = 230
    WITHHELD = 240
    PAPERS_PENDING = 250
    ADDRESS_UNIDENTIFIED = 310
    OTHER_OCCUPANT = 320
    EMPTY_OR_DEMOLISHED = 330
    NOBODY_PRESENT = 340
    MOVED_UNKNOWN = 350
    UNREACHABLE = 360
    SAID_DISSOLVED = 370
    DISSOLVED_IN_LAW = 410
    DUPLICATE = 420
    MERGED_OR_SPLIT = 430
    SEAT_MOVED = 440
    OTHER_SUPERVISOR = 450
    NO_LEGAL_ENTITY = 460
    NOT_ATTEMPTED = 510
    DESK_UNDER_WAY = 520
    ATTEMPTS_TOO_FEW = 530
    HELD = 540

    @property
    def group(self) -> Group:
        """The group of this code."""
        return Group(self // 100)


GROUP_LABELS: dict[Group, str] = {
    Group.LOCATED_ACTIVE: "ditemukan, aktif",
    Group.LOCATED_OTHER: "ditemukan, tidak terbukti aktif",
    Group.NOT_LOCATED: "belum ditemukan, keadaan tidak diketahui",
    Group.OUT_OF_SCOPE: "di luar cakupan",
    Group.NOT_FINAL: "belum selesai di putaran ini",
}

CODE_LABELS: dict[Code, str] = {
    Code.ACTIVE_WITH_MEETING: "usaha berjalan, RAT terlaksana",
    Code.ACTIVE_MEETING_OVERDUE: "usaha berjalan, RAT terlambat",
    Code.ACTIVE_FIRST_YEAR: "usaha berjalan, RAT pertama belum jatuh tempo",
    Code.DORMANT_WANTS_REVIVAL: "usaha berhenti, pengurus ada dan mau dibina",
    Code.DORMANT_NO_BOARD: "usaha berhenti, tanpa pengurus yang bekerja",
    Code.OWN_DISSOLUTION: "sedang membubarkan diri",
    Code.WITHHELD: "ditemukan, bukti tidak diberikan",
    Code.PAPERS_PENDING: "ditemukan, berkas menyusul",
    Code.ADDRESS_UNIDENTIFIED: "alamat tidak dapat dikenali",
    Code.OTHER_OCCUPANT: "alamat ada, koperasi tidak dikenal",
    Code.EMPTY_OR_DEMOLISHED: "alamat ada, kosong atau dibongkar",
    Code.NOBODY_PRESENT: "papan nama ada, tidak ada orang",
    Code.MOVED_UNKNOWN: "pindah, alamat baru tidak diketahui",
    Code.UNREACHABLE: "lokasi tidak dapat dimasuki",
    Code.SAID_DISSOLVED: "kata informan sudah bubar, tanpa dokumen",
    Code.DISSOLVED_IN_LAW: "sudah bubar menurut keputusan",
    Code.DUPLICATE: "baris ganda",
    Code.MERGED_OR_SPLIT: "bergabung, dipecah, atau dilebur",
    Code.SEAT_MOVED: "kedudukan pindah ke kabupaten/kota lain",
    Code.OTHER_SUPERVISOR: "dibina provinsi atau kementerian",
    Code.NO_LEGAL_ENTITY: "tanpa badan hukum",
    Code.NOT_ATTEMPTED: "belum dikunjungi",
    Code.DESK_UNDER_WAY: "sedang ditelusuri lewat meja atau telepon",
    Code.ATTEMPTS_TOO_FEW: "kunjungan atau bukti belum cukup",
    Code.HELD: "ditahan",
}


def label(code: Code) -> str:
    """The code with its words: "320 · alamat ada, koperasi tidak dikenal"."""
    return f"{code.value} · {CODE_LABELS[code]}"
