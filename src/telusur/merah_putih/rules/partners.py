"""Partners of a village cooperative: what was agreed, whether it holds on a day, how soon goods come.

Pure. In: an agreement's facts. Out: its state on a day with a reason; the shortest lead time that holds for a staple.
A partner without a written agreement is a wish, not a supply: it is shown as such and counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from telusur.laws.rules.law import Law
from telusur.words.reason import Reason

__all__ = [
    "ENDS_SOON_ARTICLE",
    "PARTNER_LABELS",
    "STATE_LABELS",
    "Agreement",
    "AgreementState",
    "PartnerKind",
    "lead_days_for",
    "state_of",
]

# An agreement that ends within so many days is to be renewed now: the office's own choice.
ENDS_SOON_ARTICLE = "house.kkmp_agreement_ends_days"


class PartnerKind(StrEnum):
    """Whose the partner is."""

    BUMN = "bumn"
    BUMD = "bumd"
    LOCAL = "local"
    COOPERATIVE = "cooperative"


PARTNER_LABELS: dict[PartnerKind, str] = {
    PartnerKind.BUMN: "BUMN",
    PartnerKind.BUMD: "BUMD",
    PartnerKind.LOCAL: "pemasok setempat",
    PartnerKind.COOPERATIVE: "koperasi lain",
}


class AgreementState(StrEnum):
    """Where an agreement stands on a day."""

    UNWRITTEN = "unwritten"
    NOT_YET = "not_yet"
    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"
    GIVEN_UP = "given_up"


STATE_LABELS: dict[AgreementState, str] = {
    AgreementState.UNWRITTEN: "belum tertulis",
    AgreementState.NOT_YET: "belum mulai",
    AgreementState.HOLDS: "berlaku",
    AgreementState.ENDS_SOON: "segera berakhir",
    AgreementState.ENDED: "sudah berakhir",
    AgreementState.GIVEN_UP: "dihentikan",
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a partner and a cooperative agreed for one product. product: a staple's code, or words.

    number: of the agreement, "" where nothing is written. ends_on: None without an end. margin_percent: of the
    selling price.
    """

    kelurahan_code: str
    partner: str
    kind: PartnerKind
    product: str
    number: str
    signed_on: date | None
    ends_on: date | None
    lead_day_count: int | None
    margin_percent: float | None
    is_active: bool = True


def state_of(agreement: Agreement, on: date, law: Law) -> tuple[AgreementState, Reason]:
    """The state on a day; the first that is true of: given up, unwritten, not yet, ended, ends soon, holds."""
    if not agreement.is_active:
        return AgreementState.GIVEN_UP, Reason("agreement_given_up", "kerja sama dihentikan")
    if not agreement.number or agreement.signed_on is None:
        return AgreementState.UNWRITTEN, Reason("agreement_unwritten", "belum ada perjanjian bernomor dan bertanggal")
    begins = {"day": f"{agreement.signed_on:%d/%m/%Y}"}
    if on < agreement.signed_on:
        return AgreementState.NOT_YET, Reason("agreement_not_yet", "baru berlaku mulai {day}", begins)
    if agreement.ends_on is None:
        return AgreementState.HOLDS, Reason("agreement_open", "berlaku sejak {day}, tanpa batas akhir", begins)
    ends = {"day": f"{agreement.ends_on:%d/%m/%Y}", "days": str((agreement.ends_on - on).days)}
    if on > agreement.ends_on:
        return AgreementState.ENDED, Reason("agreement_ended", "berakhir {day}", ends)
    if (agreement.ends_on - on).days <= law.value(ENDS_SOON_ARTICLE):
        return AgreementState.ENDS_SOON, Reason("agreement_ends_soon", "berakhir {day}, {days} hari lagi", ends)
    return AgreementState.HOLDS, Reason("agreement_until", "berlaku sampai {day}", ends)


def lead_days_for(product: str, agreements: Iterable[Agreement], on: date, law: Law) -> int | None:
    """The shortest lead time of an agreement that holds for a product; None where none does."""
    holding = (AgreementState.HOLDS, AgreementState.ENDS_SOON)
    found = [
        each.lead_day_count
        for each in agreements
        if each.product == product and each.lead_day_count is not None and state_of(each, on, law)[0] in holding
    ]
    return min(found, default=None)
