"""The terms of a loan against the law's limits. Pure. Source: PMK 49/2025 (articles `pmk49-2025.…`, unverified)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telusur.laws.rules.law import Law
from telusur.merah_putih.rules.stages import GATES, STAGE_LABELS, Stage, StepView
from telusur.merah_putih.rules.statements import Said
from telusur.words.reason import Reason

__all__ = ["TermsSaid", "lacking_for_financing", "terms_beyond"]


@dataclass(frozen=True, slots=True)
class TermsSaid:
    """A loan. Amounts in rupiah; rate_percent: a year; operating: the part for running costs."""

    said: Said
    bank: str
    amount_rupiah: int
    operating_rupiah: int
    rate_percent: float
    month_count: int
    grace_month_count: int
    proof: str = ""


def terms_beyond(terms: TermsSaid, law: Law) -> tuple[Reason, ...]:
    """Where terms go beyond what the law of the day allows; nothing where it sets no limit."""
    return tuple(_beyond(terms, law))


def _beyond(terms: TermsSaid, law: Law) -> Iterable[Reason]:
    checks = (
        ("pmk49-2025.amount_most", terms.amount_rupiah, 1, "plafon", "rupiah"),
        ("pmk49-2025.operating_most", terms.operating_rupiah, 1, "belanja operasional", "rupiah"),
        ("pmk49-2025.rate_percent", terms.rate_percent, 1, "bunga setahun", "persen"),
        ("pmk49-2025.term_most", terms.month_count, 1, "jangka waktu", "bulan"),
        ("pmk49-2025.grace_most", terms.grace_month_count, 1, "masa tenggang", "bulan"),
        ("pmk49-2025.grace_least", terms.grace_month_count, -1, "masa tenggang", "bulan"),
    )
    for ident, value, side, what, unit in checks:
        if ident not in law.articles:
            continue
        # The law's amounts are thousands; nobody else writes them so.
        limit = law.value(ident) * (1000 if unit == "rupiah" else 1)
        if side * (value - limit) <= 0:
            continue
        stated = {"what": what, "value": _number(value), "limit": _number(limit), "unit": unit}
        if side > 0:
            yield Reason("kkmp_terms_above", "{what} {value} {unit}; paling banyak {limit} {unit}", stated)
        else:
            yield Reason("kkmp_terms_below", "{what} {value} {unit}; paling sedikit {limit} {unit}", stated)


def _number(value: float) -> str:
    """As Indonesians write it: 3.000.000 or 6,5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))


def lacking_for_financing(steps: Iterable[StepView]) -> tuple[Reason, ...]:
    """What the six gates, the meeting of the kelurahan and the mayor's approval still lack, in order."""
    by_stage = {step.stage: step for step in steps}
    return tuple(
        Reason("kkmp_gate_lacking", "{gate} belum tercapai dan diperiksa", {"gate": STAGE_LABELS[gate]})
        for gate in (*GATES, Stage.DEVELOPMENT_MEETING, Stage.MAYOR_APPROVAL)
        if not by_stage[gate].is_reached
    )
