"""Whether a visit that arrived may stand by itself, or waits for a person: what changed at the office meanwhile.

Pure. A visit is never refused for what changed while the phone was away (reliability §2 A 10).
"""

from __future__ import annotations

from dataclasses import dataclass

from telusur.visits.rules.packet import SentVisit
from telusur.words.reason import Reason

__all__ = ["ANOTHER_BODY", "NOT_A_PICTURE", "Meanwhile", "can_be_released", "reasons_to_wait"]

ANOTHER_BODY = Reason("another_body", "nomor kunjungan ini sudah dipakai kiriman lain yang isinya berbeda")
NOT_A_PICTURE = Reason("photo_unreadable", "berkas foto {photo} tidak dapat dibuka sebagai gambar")
# The app draws the id of a visit (UUID v4); an id that was counted or reckoned was made by somebody else.
_RANDOM = 4
# What a person's word cannot mend: there is nothing that could be recorded, or nobody about whom.
_CANNOT_BE_RECORDED = frozenset({"field_unread", "form_unknown", "cooperative_unknown"})


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What the office holds when the visit arrives.

    device_matches: the packet names the phone whose token brought it. device_is_revoked, officer_may: as of now.
    round_name: "" where there is none of this number. in_register, in_round: the cooperative's standing.
    survivor_of: the cooperative of which this row was judged to be a duplicate meanwhile; "" where it was not.
    """

    device_matches: bool
    device_is_revoked: bool
    officer_may: bool
    round_name: str
    round_is_open: bool
    in_register: bool
    in_round: bool
    survivor_is_known: bool
    survivor_of: str


def reasons_to_wait(visit: SentVisit, found: Meanwhile) -> tuple[Reason, ...]:
    """Why a person decides; empty where the visit may stand."""
    reasons = list(visit.reasons)
    if visit.id.version != _RANDOM:
        says = "nomor kunjungan ini bukan nomor acak buatan aplikasi; pastikan kunjungannya sungguh ada"
        reasons.append(Reason("id_not_random", says))
    if not found.device_matches:
        reasons.append(Reason("device_misfit", "kiriman menyebut ponsel lain daripada yang mengirimnya"))
    if found.device_is_revoked:
        reasons.append(Reason("device_revoked", "ponsel ini sudah dicabut sebelum kiriman tiba"))
    if not found.officer_may:
        reasons.append(Reason("rights_revoked", "petugas tidak lagi berwenang mencatat kunjungan ketika kiriman tiba"))
    if not found.round_name:
        reasons.append(Reason("round_unknown", "putaran kunjungan ini tidak ada di kantor"))
    elif not found.round_is_open:
        reasons.append(
            Reason("round_closed", "putaran «{round}» sudah ditutup ketika kiriman tiba", {"round": found.round_name})
        )
    if visit.cooperative is not None:
        if not found.in_register:
            reasons.append(Reason("cooperative_unknown", "koperasi kunjungan ini tidak ada di register"))
        elif found.round_name and not found.in_round:
            reasons.append(Reason("cooperative_not_in_round", "koperasi kunjungan ini tidak termasuk putaran"))
        if found.survivor_of:
            reasons.append(
                Reason(
                    "cooperative_merged",
                    "baris ini sementara itu dinilai baris ganda dari {survivor}",
                    {"survivor": found.survivor_of},
                )
            )
    if visit.survivor and not found.survivor_is_known:
        reasons.append(
            Reason(
                "survivor_unknown",
                "NIK koperasi yang dipertahankan ({value}) tidak ada dalam putaran",
                {"value": visit.survivor[:4] + "…"},
            )
        )
    return tuple(reasons)


def can_be_released(visit: SentVisit, found: Meanwhile) -> bool:
    """Whether a person's word suffices to record the visit."""
    codes = {reason.code for reason in reasons_to_wait(visit, found)}
    # A find off the register is of a round, whose list is final once it is closed.
    if visit.cooperative is None and not found.round_is_open:
        return False
    return not codes & _CANNOT_BE_RECORDED and visit.finding is not None
