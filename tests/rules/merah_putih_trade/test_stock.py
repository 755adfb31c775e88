"""Stock checks: availability, gaps on the shelf, demand, reorder point, prices, who can help whom."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.merah_putih.rules.demand import demand_of, outlook
from telusur.merah_putih.rules.prices import Reference, compare_price
from telusur.merah_putih.rules.staples import Seen, Staple, availability, newest, stock_outs, within
from telusur.merah_putih.rules.surplus import Shelf, offers, offers_between, position

DAY = date(2026, 11, 1)
LAW = law_on(shipped_articles(), DAY)
RICE, OIL = Staple.RICE, Staple.COOKING_OIL


def seen(*stock: tuple[int, float, float | None], staple: Staple = RICE) -> list[Seen]:
    """(day, on hand, received since) → checks."""
    return [Seen(staple, DAY + timedelta(days=day), on_hand, received) for day, on_hand, received in stock]


@pytest.mark.parametrize(
    ("there", "checked", "low", "high"),
    [
        # Clopper-Pearson, from its defining binomial tails.
        (0, 0, 0.0, 1.0),
        (8, 8, 0.631, 1.0),
        (0, 8, 0.0, 0.369),
        (12, 16, 0.476, 0.927),
        (1, 2, 0.0126, 0.987),
    ],
    ids=["nothing checked", "all there", "none there", "three quarters", "one of two"],
)
def test_availability(there: int, checked: int, low: float, high: float) -> None:
    found = availability([Seen(RICE, DAY, 1.0 if place < there else 0.0) for place in range(checked)])
    assert (found.in_stock, found.checked) == (there, checked)
    assert found.low == pytest.approx(low, abs=0.001) and found.high == pytest.approx(high, abs=0.001)
    assert (found.share is None) == (checked == 0)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_interval_holds_the_share_and_is_exact(there: int, missing: int) -> None:
    found = availability([Seen(RICE, DAY, 1.0)] * there + [Seen(RICE, DAY, 0.0)] * missing)
    n = there + missing
    assert 0 <= found.low <= (found.share or 0) <= found.high <= 1 or n == 0

    def tail(p: float, ks: range) -> float:
        return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in ks)

    if there:
        assert tail(found.low, range(there, n + 1)) == pytest.approx(0.025, abs=1e-6)
    if missing:
        assert tail(found.high, range(there + 1)) == pytest.approx(0.025, abs=1e-6)


def test_the_window_ends_with_the_day() -> None:
    checks = seen((-28, 1, 0), (-27, 2, 0), (0, 3, 0), (1, 4, 0))
    assert [each.on_hand for each in within(checks, DAY, LAW)] == [2, 3]
    assert newest(checks)[RICE].on_hand == 4


@pytest.mark.parametrize(
    ("stock", "gaps"),
    [
        (seen((0, 5, 0), (3, 0, 0), (6, 4, 9)), [(0, 6, True)]),
        (seen((0, 5, 0), (3, 0, 0), (6, 0, 0), (9, 4, 9)), [(3, 9, True)]),
        (seen((0, 0, 0), (4, 3, 5)), [(0, None, True)]),
        (seen((0, 5, 0), (3, 0, 0)), [(0, None, False)]),
        (seen((0, 5, 0), (1, 4, 0)), []),
        (seen((0, 0, 0), (2, 1, 0), (4, 0, 0), (6, 1, 0)), [(0, None, True), (0, 4, True)]),
    ],
    ids=["one empty check", "two empty checks", "empty from the first check", "empty still", "never", "twice"],
)
def test_gaps_on_the_shelf(stock: list[Seen], gaps: list[tuple[int, int | None, bool]]) -> None:
    assert [(each.least_days, each.most_days, each.ended_on is not None) for each in stock_outs(stock)] == gaps


@pytest.mark.parametrize(
    ("stock", "mean", "spans", "reasons"),
    [
        (seen((0, 100, 0), (4, 60, 0), (8, 40, 20), (12, 0, 0)), 120 / 12, 3, set()),
        (seen((0, 100, 0)), None, 0, {"too_few_checks"}),
        (seen((0, 100, 0), (4, 120, 0)), None, 0, {"stock_rose_alone", "too_few_checks"}),
        (seen((0, 100, 0), (4, 60, None)), None, 0, {"received_unknown", "too_few_checks"}),
        (seen((0, 100, 0), (4, 60, 0)), 10.0, 1, {"spread_unknown"}),
        (seen((0, 100, 0), (0, 90, 0), (4, 50, 0)), 10.0, 1, {"spread_unknown"}),
    ],
    ids=["three spans", "one check", "rose alone", "receipts unknown", "one span", "twice on a day"],
)
def test_demand(stock: list[Seen], mean: float | None, spans: int, reasons: set[str]) -> None:
    found = demand_of(stock)
    assert found.mean == (pytest.approx(mean) if mean is not None else None)
    assert found.spans == spans
    assert {reason.code for reason in found.reasons} == reasons
    for reason in found.reasons:
        assert "{" not in reason.sentence()


def test_an_empty_shelf_shows_the_least_demand_only() -> None:
    assert demand_of(seen((0, 10, 0), (2, 0, 0))).is_least
    assert not demand_of(seen((0, 10, 0), (2, 4, 0))).is_least


def test_cover_and_reorder_point() -> None:
    """Sales 10, 10, 5 a day over 4 days each: mean 25/3; spread by spans; 5 days of lead time, 95 % of cycles."""
    checks = seen((0, 200, 0), (4, 160, 0), (8, 120, 0), (12, 100, 0))
    found = outlook(checks, 5, LAW)
    assert found is not None and found.cover_days == pytest.approx(12.0)
    mean = 25 / 3
    sigma = math.sqrt(4 * ((10 - mean) ** 2 * 2 + (5 - mean) ** 2) / 2)
    assert found.demand.sigma == pytest.approx(sigma)
    assert found.reorder_at == pytest.approx(mean * 5 + 1.6448536 * sigma * math.sqrt(5))
    assert found.must_order is False
    unknown = outlook(checks, None, LAW)
    assert unknown is not None and unknown.reorder_at is None and unknown.must_order is None
    assert "lead_time_unknown" in {reason.code for reason in unknown.reasons}
    empty = outlook(seen((0, 0, None)), None, LAW)
    assert empty is not None and empty.must_order is True
    idle = outlook(seen((0, 5, 0), (4, 5, 0)), None, LAW)
    assert idle is not None and idle.cover_days == math.inf
    assert outlook([], 3, LAW) is None


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=4, max_size=9), st.integers(1, 20))
def test_a_longer_lead_time_never_orders_later(stock: list[tuple[float, float]], lead: int) -> None:
    checks = seen(*((4 * place, on_hand, received) for place, (on_hand, received) in enumerate(stock)))
    one, other = outlook(checks, lead, LAW), outlook(checks, lead + 1, LAW)
    assert one is not None and other is not None
    if one.reorder_at is not None and other.reorder_at is not None:
        assert other.reorder_at >= one.reorder_at >= 0
        assert not (one.must_order and not other.must_order)


OLD = Reference(RICE, 14000, DAY - timedelta(days=60), "pasar rekaan")
NEW = Reference(RICE, 15000, DAY - timedelta(days=5), "pasar rekaan")
LATER = Reference(RICE, 16000, DAY + timedelta(days=1), "pasar rekaan")


@pytest.mark.parametrize(
    ("price", "references", "percent", "is_old"),
    [
        (15750, (OLD, NEW, LATER), 5.0, False),
        (14000, (OLD, LATER), 0.0, True),
        (14000, (LATER,), None, None),
        (None, (NEW,), None, None),
    ],
    ids=["the newest that held", "an old one is said to be", "a later one judges nothing", "no tag"],
)
def test_price(
    price: int | None, references: tuple[Reference, ...], percent: float | None, is_old: bool | None
) -> None:
    found = compare_price(RICE, price, DAY, references, LAW)
    assert (found and found.percent) == percent
    assert (found and found.is_old) is is_old
    assert compare_price(OIL, 1, DAY, references, LAW) is None


def shelf(code: str, *stock: tuple[int, float, float | None], lead: int | None = 4) -> dict[Staple, Shelf]:
    checks = seen(*stock)
    found = outlook(checks, lead, LAW)
    assert found is not None
    return {RICE: Shelf(code, RICE, checks[-1].on, found)}


FULL = ((0, 900, 0.0), (4, 860, 0.0), (8, 820, 0.0), (12, 780, 0.0))
DRY = ((0, 40, 0.0), (4, 20, 0.0), (8, 30, 30.0), (12, 0, 0.0))


def test_a_surplus_meets_a_lack_once_in_each_direction() -> None:
    on = DAY + timedelta(days=13)
    one, other = shelf("A", *FULL), shelf("B", *DRY)
    (found,) = offers_between(one, other, on, LAW)
    assert (found.giver, found.taker) == ("A", "B")
    needs, spare = position(other[RICE], on, LAW).need, position(one[RICE], on, LAW).spare
    # 780 there, 10 a day kept for 21 days; the other sold 70 in 12 days.
    assert spare == 570 and needs == math.ceil(70 / 12 * 21)
    assert found.quantity == min(spare, needs)
    assert offers_between(one, one | {}, on, LAW) == ()


def test_an_old_check_offers_and_asks_nothing() -> None:
    late = DAY + timedelta(days=12 + 15)
    assert offers_between(shelf("A", *FULL), shelf("B", *DRY), late, LAW) == ()
    assert not position(shelf("B", *DRY)[RICE], late, LAW).is_fresh


def test_unknown_sales_lack_without_an_amount() -> None:
    on = DAY + timedelta(days=13)
    (found,) = offers([shelf("A", *FULL), shelf("B", (12, 0, None))], on, LAW)
    assert found.quantity is None and found.spare == 570


@given(
    st.lists(st.tuples(st.floats(0, 400), st.floats(0, 90)), min_size=2, max_size=7),
    st.lists(st.tuples(st.floats(0, 400), st.floats(0, 90)), min_size=2, max_size=7),
    st.integers(0, 20),
)
def test_nobody_gives_what_is_needed_at_home(
    one: list[tuple[float, float]], other: list[tuple[float, float]], after: int
) -> None:
    sides = [
        shelf(code, *((3 * n, a, b) for n, (a, b) in enumerate(stock)))
        for code, stock in zip("AB", (one, other), strict=True)
    ]
    on = max(side[RICE].checked_on for side in sides) + timedelta(days=after)
    found = offers_between(sides[0], sides[1], on, LAW)
    assert len(found) <= 1
    for each in found:
        giver = sides["AB".index(each.giver)][RICE].outlook
        assert each.spare <= giver.on_hand and giver.on_hand > 0 and giver.must_order is not True
        assert each.quantity is None or 0 < each.quantity <= each.spare
