"""Why a verb of corrections was not done: one reason, which doors say in the reader's language. Pure."""

from __future__ import annotations

from datetime import date

from telusur.corrections.rules.approval import STATE_LABELS, ChangeState
from telusur.words.reason import Reason

__all__ = [
    "NONE_NAMED",
    "NO_WAY",
    "SHEET_EMPTY",
    "SHEET_UNNUMBERED",
    "WHY_MISSING",
    "CorrectionRefused",
    "ground_gone",
    "impossible_day",
    "not_last",
    "not_ready",
    "number_taken",
    "sheet_ended",
    "sheet_unknown",
    "unknown",
]


class CorrectionRefused(ValueError):
    """Nothing was changed; `reason` says why. str(): the Indonesian sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence())
        self.reason = reason


NONE_NAMED = Reason("correction_none_named", "pilih paling sedikit satu usulan")
WHY_MISSING = Reason("correction_why_missing", "keputusan perlu alasan")
SHEET_UNNUMBERED = Reason("sheet_unnumbered", "lembar perlu nomor dan alamat tujuan")
SHEET_EMPTY = Reason("sheet_empty", "belum ada usulan yang disetujui dua orang")
NO_WAY = Reason(
    "sheet_way_missing", "sebutkan dengan apa lembar dikirim, misalnya «surat tercatat» atau «unggah ke ODS»"
)


def not_last(edition: int) -> CorrectionRefused:
    """Changes are compared with the newest national edition of a scope alone."""
    return CorrectionRefused(
        Reason(
            "correction_not_last",
            "edisi {edition} bukan edisi nasional terbaru yang dipakai",
            {"edition": str(edition)},
        )
    )


def unknown(number: int) -> CorrectionRefused:
    """No change has this number."""
    return CorrectionRefused(Reason("correction_unknown", "usulan {number} tidak ada", {"number": str(number)}))


def not_ready(number: int, state: ChangeState) -> CorrectionRefused:
    """A change that two people have not approved, or that has ended, goes on no sheet."""
    stated = {"number": str(number), "state": STATE_LABELS[state]}
    return CorrectionRefused(
        Reason("correction_not_ready", "usulan {number} tidak dapat masuk lembar: {state}", stated)
    )


def ground_gone(number: int) -> CorrectionRefused:
    """What was approved is no longer what is held and stated."""
    return CorrectionRefused(
        Reason(
            "correction_ground_gone",
            "usulan {number}: yang dipegang kantor dan yang tercatat tidak lagi berbeda seperti itu; bandingkan lagi",
            {"number": str(number)},
        )
    )


def number_taken(number: str) -> CorrectionRefused:
    """A sheet of this number was made before."""
    return CorrectionRefused(
        Reason("sheet_number_taken", "nomor «{number}» sudah dipakai lembar lain", {"number": number})
    )


def sheet_unknown(number: str) -> CorrectionRefused:
    """No sheet has this number."""
    return CorrectionRefused(Reason("sheet_unknown", "lembar «{number}» tidak ada", {"number": number}))


def sheet_ended(number: str, on: date, by: str, *, is_sent: bool) -> CorrectionRefused:
    """A sheet is sent once, or discarded once."""
    stated = {"number": number, "on": f"{on:%d/%m/%Y}", "by": by}
    if is_sent:
        return CorrectionRefused(Reason("sheet_sent", "lembar «{number}» sudah dikirim {by} pada {on}", stated))
    return CorrectionRefused(Reason("sheet_discarded", "lembar «{number}» sudah dibatalkan {by} pada {on}", stated))


def impossible_day(dated_on: date) -> CorrectionRefused:
    """A sheet is sent on its own day at the earliest, and not tomorrow."""
    return CorrectionRefused(
        Reason(
            "sheet_sent_on_impossible",
            "tanggal kirim harus antara {on} (tanggal lembar) dan hari ini",
            {"on": f"{dated_on:%d/%m/%Y}"},
        )
    )
