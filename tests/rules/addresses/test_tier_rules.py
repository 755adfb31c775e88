"""Tiers by what an address states, positions over text, and the rates that visits teach."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtr, bdtrc

from telusur.addresses.rules.address import Address, Part, Slot
from telusur.addresses.rules.location import Precision, Tier
from telusur.addresses.rules.rates import ASSUMED, FOUND, NOT_FOUND, exact_interval, learn_rates
from telusur.addresses.rules.tier import tier_of
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.visit import Finding


def address(*slots: Slot, text: str = "alamat rekaan") -> Address:
    """An address that has these parts, wherever they stand."""
    return Address(text, tuple(Part(slot, at, at + 1, "x") for at, slot in enumerate(slots)))


TIERS: Sequence[tuple[Tier, tuple[Slot, ...]]] = (
    (Tier.A, (Slot.STREET, Slot.NUMBER, Slot.RT)),
    (Tier.A, (Slot.COMPLEX, Slot.BLOCK, Slot.RT, Slot.KELURAHAN)),
    (Tier.A, (Slot.STREET, Slot.COMPLEX, Slot.BLOCK, Slot.NUMBER, Slot.RT, Slot.RW)),
    (Tier.B, (Slot.STREET, Slot.NUMBER)),
    (Tier.B, (Slot.STREET, Slot.RT)),
    (Tier.B, (Slot.COMPLEX, Slot.BLOCK)),
    (Tier.B, (Slot.STREET, Slot.KILOMETRE)),
    (Tier.B, (Slot.STREET, Slot.LANDMARK)),
    (Tier.B, (Slot.STREET, Slot.GANG)),
    (Tier.B, (Slot.BUILDING,)),
    (Tier.B, (Slot.LANDMARK, Slot.KELURAHAN)),
    (Tier.C, (Slot.STREET,)),
    (Tier.C, (Slot.STREET, Slot.KELURAHAN, Slot.CITY)),
    (Tier.C, (Slot.RT, Slot.RW)),
    (Tier.C, (Slot.HAMLET,)),
    (Tier.C, (Slot.NUMBER, Slot.RT)),
    (Tier.D, ()),
    (Tier.D, (Slot.KELURAHAN, Slot.KECAMATAN)),
    (Tier.D, (Slot.CITY, Slot.POSTCODE)),
)


@pytest.mark.parametrize(("tier", "slots"), TIERS)
def test_tier_by_text(tier: Tier, slots: tuple[Slot, ...]) -> None:
    tiered = tier_of(address(*slots))
    assert (tiered.tier, tiered.by_text) == (tier, tier)
    assert tiered.reasons


@pytest.mark.parametrize("precision", list(Precision))
def test_only_a_building_lifts_the_tier_and_never_the_tier_by_text(precision: Precision) -> None:
    tiered = tier_of(address(Slot.HAMLET), precision)
    assert tiered.tier is (Tier.A if precision is Precision.BUILDING else Tier.C)
    assert tiered.by_text is Tier.C


def test_reasons_say_what_is_there_and_what_is_missing() -> None:
    said = [reason.sentence() for reason in tier_of(address(Slot.STREET, Slot.NUMBER)).reasons]
    assert said == ["Alamat menyebut jalan, nomor", "Alamat tidak menyebut RT"]
    assert [reason.code for reason in tier_of(address(text="  ")).reasons] == ["address_blank"]
    assert [reason.code for reason in tier_of(address(Slot.CITY)).reasons] == ["address_nothing_to_find"]


@given(st.sets(st.sampled_from(list(Slot))), st.sampled_from(list(Slot)))
def test_one_part_more_never_makes_an_address_harder_to_find(slots: set[Slot], more: Slot) -> None:
    before, after = tier_of(address(*slots)).tier, tier_of(address(*slots, more)).tier
    assert after <= before


def test_findings_are_those_of_the_round() -> None:
    """The room below names them as text: every name must be a finding, and the sides those of the codes."""
    known = {finding.value for finding in Finding}
    assert known >= FOUND | NOT_FOUND
    assert not FOUND & NOT_FOUND
    silent = {
        Finding.UNREACHABLE, Finding.SAID_DISSOLVED, Finding.DISSOLVED_BY_DECREE, Finding.DUPLICATE,
        Finding.MERGED_OR_SPLIT, Finding.SEAT_MOVED, Finding.OTHER_SUPERVISOR, Finding.NO_LEGAL_ENTITY,
    }  # fmt: skip
    assert known - FOUND - NOT_FOUND == {finding.value for finding in silent}
    assert {Code.ADDRESS_UNIDENTIFIED.value, Code.MOVED_UNKNOWN.value} == {310, 350}


def test_a_cooperative_counts_once() -> None:
    visits = [
        (Tier.A, ["address_unidentified", "nobody_present"]),
        (Tier.A, ["nobody_present", "operating"]),
        (Tier.A, ["duplicate"]),
        (Tier.B, ["moved_unknown", "address_unidentified"]),
        (Tier.B, []),
    ]
    rates = {rate.tier: rate for rate in learn_rates(visits)}
    assert [(rate.found_count, rate.visited_count) for rate in rates.values()] == [(2, 2), (0, 1), (0, 0), (0, 0)]
    assert (rates[Tier.A].share, rates[Tier.B].share, rates[Tier.C].share) == (1.0, 0.0, None)
    assert (rates[Tier.C].low, rates[Tier.C].high, rates[Tier.C].used) == (0.0, 1.0, ASSUMED[Tier.C])
    assert rates[Tier.A].used == pytest.approx((2 + 9) / 12)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_exact(case: tuple[int, int]) -> None:
    """At its ends, so few (or so many) as seen happen in 2.5 % of the cases."""
    found, visited = case
    low, high = exact_interval(found, visited)
    assert 0 <= low <= found / visited <= high <= 1
    if found:
        assert bdtrc(found - 1, visited, low) == pytest.approx(0.025, rel=1e-6)
    if found < visited:
        assert bdtr(found, visited, high) == pytest.approx(0.025, rel=1e-6)


def test_more_found_than_visited_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        exact_interval(3, 2)
