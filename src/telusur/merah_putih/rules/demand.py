"""What an outlet sells a day, for how many days its stock lasts, and when it must order again.

Pure. In: checks of one staple, the supplier's lead time. Out: mean and spread of daily sales, days of cover, reorder
point (demand over the lead time plus z times its spread, for a stated service level). Whatever the checks cannot tell
is None with its reason; nothing is guessed. Sales are stock before plus goods received minus stock now; a span that
ends with an empty shelf shows only the least that would have been sold, and is said to.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

from telusur.laws.rules.law import Law
from telusur.merah_putih.rules.staples import Seen
from telusur.words.reason import Reason

__all__ = ["LEAST_SPANS", "SERVICE_ARTICLE", "Demand", "Outlook", "demand_of", "outlook"]

# The share of order cycles in which the shelf shall not run empty: the office's own choice.
SERVICE_ARTICLE = "house.kkmp_service_percent"
# Fewer spans between checks tell no spread.
LEAST_SPANS = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """Daily sales of a staple, in its unit. sigma: spread of one day's sales. spans: how many were used.

    is_least: an empty shelf ended a span, so that the true demand may be higher. reasons: why a value is None, or a
    span left out.
    """

    mean: float | None
    sigma: float | None
    spans: int
    is_least: bool
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long stock lasts and when to order. cover_days: None where sales are unknown; infinity where nothing is sold.

    reorder_at: the stock at which an order must go out. must_order: None where that cannot be said.
    """

    on_hand: float
    cover_days: float | None
    reorder_at: float | None
    must_order: bool | None
    demand: Demand
    reasons: tuple[Reason, ...] = ()


def demand_of(checks: Sequence[Seen]) -> Demand:
    """Daily sales from checks of one staple, in any order. Two checks on one day make no span."""
    ordered = sorted(checks, key=lambda each: each.on)
    spans: list[tuple[float, int]] = []
    reasons: list[Reason] = []
    is_least = False
    for before, after in pairwise(ordered):
        days = (after.on - before.on).days
        if not days:
            continue
        if after.received is None:
            reasons.append(_said("received_unknown", "barang masuk sampai {day} tidak diketahui", before, after))
            continue
        sold = before.on_hand + after.received - after.on_hand
        if sold < 0:
            reasons.append(_said("stock_rose_alone", "stok sampai {day} bertambah tanpa barang masuk", before, after))
            continue
        is_least = is_least or after.on_hand <= 0
        spans.append((sold, days))
    if not spans:
        reasons.append(Reason("too_few_checks", "belum ada dua pemeriksaan berurutan yang lengkap"))
        return Demand(None, None, 0, False, tuple(reasons))
    mean = sum(sold for sold, _ in spans) / sum(days for _, days in spans)
    sigma = _sigma(spans, mean)
    if sigma is None:
        reasons.append(
            Reason("spread_unknown", "sebaran penjualan perlu sedikitnya {least} selang, baru {spans}",
                   {"least": str(LEAST_SPANS), "spans": str(len(spans))})
        )  # fmt: skip
    return Demand(mean, sigma, len(spans), is_least, tuple(reasons))


def _said(code: str, says: str, before: Seen, after: Seen) -> Reason:
    return Reason(code, says, {"day": f"{after.on:%d/%m/%Y}", "since": f"{before.on:%d/%m/%Y}"})


def _sigma(spans: Sequence[tuple[float, int]], mean: float) -> float | None:
    """Spread of one day's sales: a span's mean over n days varies n times less, so its deviation weighs n."""
    if len(spans) < LEAST_SPANS:
        return None
    weighed = sum(days * (sold / days - mean) ** 2 for sold, days in spans)
    return math.sqrt(weighed / (len(spans) - 1))


def outlook(checks: Sequence[Seen], lead_day_count: int | None, law: Law) -> Outlook | None:
    """Cover and reorder point by the last check; None without a check.

    lead_day_count: from order to delivery, None if unknown.
    """
    if not checks:
        return None
    ordered = sorted(checks, key=lambda each: each.on)
    on_hand, demand = ordered[-1].on_hand, demand_of(ordered)
    reasons = list(demand.reasons)
    cover: float | None = None
    if demand.mean is not None:
        cover = on_hand / demand.mean if demand.mean > 0 else math.inf
    if lead_day_count is None:
        reasons.append(Reason("lead_time_unknown", "waktu tunggu pemasok belum dicatat"))
    reorder: float | None = None
    if lead_day_count is not None and demand.mean is not None and demand.sigma is not None:
        z = NormalDist().inv_cdf(law.value(SERVICE_ARTICLE) / 100)
        reorder = demand.mean * lead_day_count + z * demand.sigma * math.sqrt(lead_day_count)
    must = None if reorder is None else on_hand <= reorder
    # An empty shelf needs no arithmetic.
    if on_hand <= 0:
        must = True
    return Outlook(on_hand, cover, reorder, must, demand, tuple(reasons))
