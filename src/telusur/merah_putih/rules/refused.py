"""Why a verb of the programme was not done: one reason, which doors say in the reader's language. Pure."""

from __future__ import annotations

from datetime import date

from telusur.words.reason import Reason

__all__ = [
    "AMOUNT_MISSING",
    "CITIZEN_NUMBER",
    "DOUBT_WITHOUT_REASON",
    "LIST_EMPTY",
    "NAME_MISSING",
    "NOTHING_SEEN",
    "NOT_LAST",
    "PROOF_MISSING",
    "REVIVED_FROM_NONE",
    "SAME_PERSON",
    "SOURCE_MISSING",
    "WHY_MISSING",
    "ProgrammeRefused",
    "checked_before",
    "day_ahead",
    "denominator_below",
    "no_kelurahan",
    "no_regency",
    "unknown_statement",
]


class ProgrammeRefused(ValueError):
    """Nothing was changed; `reason` says why. str(): the Indonesian sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence())
        self.reason = reason


PROOF_MISSING = Reason("kkmp_proof_missing", "sebutkan buktinya, misalnya nomor dan tanggal berita acara")
CITIZEN_NUMBER = Reason(
    "kkmp_citizen_number", "ada enam belas angka seperti nomor penduduk; hapus nomor itu, di sini tidak boleh disimpan"
)
SAME_PERSON = Reason("kkmp_same_person", "tahap diperiksa oleh orang lain daripada yang mencatatnya")
DOUBT_WITHOUT_REASON = Reason("kkmp_doubt_without_reason", "sebutkan apa yang tidak benar pada buktinya")
REVIVED_FROM_NONE = Reason("kkmp_revived_from_none", "koperasi yang direvitalisasi perlu disebut: pilih dari register")
NAME_MISSING = Reason("kkmp_name_missing", "sebutkan nama koperasinya")
SOURCE_MISSING = Reason("kkmp_source_missing", "sebutkan sumber angkanya, misalnya «BPS, Kecamatan dalam Angka 2025»")
WHY_MISSING = Reason("kkmp_why_missing", "sebutkan mengapa ini ditarik")
NOT_LAST = Reason("kkmp_not_last", "pernyataan ini sudah diganti yang lain; muat ulang halamannya")
NOTHING_SEEN = Reason("kkmp_nothing_seen", "isi paling sedikit satu: pembukuan, rapat anggota, atau pengawas")
AMOUNT_MISSING = Reason("kkmp_amount_missing", "isi jumlahnya dengan angka bulat, nol atau lebih")
LIST_EMPTY = Reason("kkmp_list_empty", "berkas tidak berisi satu nomor pun; kolomnya bernama «NIK»")


def no_kelurahan(code: str) -> ProgrammeRefused:
    """The programme knows no such kelurahan."""
    return ProgrammeRefused(Reason("kkmp_no_kelurahan", "kelurahan {code} tidak ada dalam program", {"code": code}))


def no_regency(code: str) -> ProgrammeRefused:
    """The areas know no kelurahan there."""
    return ProgrammeRefused(
        Reason(
            "kkmp_no_regency",
            "wilayah {code} tidak punya kelurahan di sini; muat dahulu daftar wilayahnya",
            {"code": code},
        )
    )


def day_ahead(on: date) -> ProgrammeRefused:
    """What has not been yet is not recorded."""
    return ProgrammeRefused(
        Reason("kkmp_day_ahead", "tanggal {on} belum tiba; catat setelah terjadi", {"on": f"{on:%d/%m/%Y}"})
    )


def unknown_statement(number: int) -> ProgrammeRefused:
    """No statement has this number."""
    return ProgrammeRefused(Reason("kkmp_unknown_statement", "catatan {number} tidak ada", {"number": str(number)}))


def checked_before(by: str) -> ProgrammeRefused:
    """A step is checked once; whoever doubts afterwards withdraws it."""
    return ProgrammeRefused(Reason("kkmp_checked_before", "tahap ini sudah diperiksa oleh {by}", {"by": by}))


def denominator_below(kind: str) -> ProgrammeRefused:
    """A denominator is a number above zero."""
    return ProgrammeRefused(Reason("kkmp_denominator_below", "jumlah {kind} harus lebih dari nol", {"kind": kind}))
