"""The ranking on simulated visits, the officers it names, and whom it must never name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from bench.fabrication import outcome
from bench.field_simulation import SCENARIOS, Simulated
from bench.field_simulation import simulate as simulated

from telusur.oversight.rules.trace import Check, VisitTrace
from telusur.oversight.rules.trust import review
from telusur.oversight.rules.trust_officer import LEAST_VISITS, AskedCheck, not_found_shares, undone_reasons
from telusur.rounds.rules.visit import Finding
from tests.rules.oversight.notebook import trace


@cache
def simulate(seed: int, *fakers: str) -> Simulated:
    return simulated(seed, fakers)


def test_low_effort_fakes_stand_at_the_top() -> None:
    found = outcome(11, ["low effort"] * 6)
    assert found.recall[1] >= 0.8
    assert found.fakers_named == 1.0


@pytest.mark.slow
def test_over_all_ways_the_tenth_holds_many_times_its_share_and_the_honest_are_left_in_peace() -> None:
    runs = [outcome(seed, [*SCENARIOS, "collusion of two"]) for seed in (21, 22)]
    for run in runs:
        assert run.precision[1] / run.base >= 2.5
    assert sum(run.honest_named for run in runs) / len(runs) <= 0.05


def test_the_order_of_the_traces_changes_nothing() -> None:
    traces = simulate(5, *["low effort"] * 3).traces
    one, other = review(traces), review(traces[::-1])
    assert [each.trace.key for each in one.visits] == [each.trace.key for each in other.visits]
    assert [each.reasons for each in one.officers] == [each.reasons for each in other.officers]


def test_nothing_is_said_of_fewer_than_twenty_visits() -> None:
    traces = [each for each in simulate(5, *["low effort"] * 3).traces if each.officer != "petugas-00"]
    few = [each for each in simulate(5, *["low effort"] * 3).traces if each.officer == "petugas-00"][: LEAST_VISITS - 1]
    found = review((*traces, *few))
    assert "petugas-00" not in {each.officer for each in found.officers}
    assert found.visit_counts["petugas-00"] == LEAST_VISITS - 1
    assert (
        "petugas-00" in {each.officer for each in review((*traces, *few, *few[:0])).officers} or len(few) < LEAST_VISITS
    )


def spread(officer: str, missed: int, count: int, area: str = "a") -> list[VisitTrace]:
    """`count` cooperatives of an officer, of which `missed` were not found."""
    return [
        replace(
            trace(0),
            key=f"{officer}-{area}-{n}",
            cooperative=f"{officer}-{area}-{n}",
            officer=officer,
            area=area,
            finding=Finding.OTHER_OCCUPANT if n < missed else Finding.OPERATING,
            started_at=None,
            position_at=None,
            finished_at=None,
        )
        for n in range(count)
    ]


def test_not_found_is_compared_within_the_kelurahan() -> None:
    peers = [each for officer in ("budi", "tono", "wati") for each in spread(officer, 20, 40)]
    shares = not_found_shares([*peers, *spread("sari", 38, 40)])
    assert shares["sari"].is_high and not any(shares[name].is_high for name in ("budi", "tono", "wati"))
    reason = shares["sari"].reason
    assert reason is not None and reason.values["missed"] == "38" and reason.values["count"] == "40"
    hard = [*peers, *spread("sari", 38, 40, "b"), *spread("budi", 19, 20, "b")]
    assert not not_found_shares(hard)["sari"].is_high, "others found as little there"


def test_a_kelurahan_of_ones_own_compares_with_nobody() -> None:
    shares = not_found_shares([*spread("budi", 10, 60, "a"), *spread("sari", 58, 60, "b")])
    assert shares["sari"].compared == 0 and not shares["sari"].is_high


def test_nineteen_cooperatives_are_too_few_to_compare() -> None:
    peers = [each for officer in ("budi", "tono", "wati") for each in spread(officer, 20, 40)]
    assert not_found_shares([*peers, *spread("sari", 19, 19)])["sari"].compared == 0
    assert not_found_shares([*peers, *spread("sari", 20, 20)])["sari"].is_high


def test_three_attempts_at_one_door_are_one_not_found() -> None:
    again = [
        replace(each, key=f"{each.key}-{n}", on=each.on + timedelta(days=n))
        for each in spread("sari", 20, 40)
        for n in range(3)
    ]
    share = not_found_shares([*spread("budi", 20, 40), *again])["sari"]
    assert (share.compared, share.not_found) == (40, 20)


def test_one_day_typed_from_paper_names_nobody() -> None:
    peers = [
        trace(n, f"{8 + n % 8:02}:00", officer=f"p{n % 4}", on=trace(0).on + timedelta(days=n // 8), key=f"p{n}",
              cooperative=f"p{n}") for n in range(120)
    ]  # fmt: skip
    own = [
        trace(n, f"{8 + n % 8:02}:00", key=f"s{n}", cooperative=f"s{n}", on=trace(0).on + timedelta(days=n // 8))
        for n in range(40)
    ]
    typed = [
        replace(each, started_at=each.started_at.replace(hour=18, minute=3 * (n % 8)), is_mock=True)  # type: ignore[union-attr]
        if n // 8 == 2
        else each
        for n, each in enumerate(own)
    ]
    (sari,) = [each for each in review([*peers, *typed]).officers if each.officer == "sari"]
    assert sari.flagged_count == 8 and sari.reasons == ()


@pytest.mark.parametrize(("undone", "done", "named"), [(3, 2, True), (2, 0, False), (3, 4, False), (5, 5, True)])
def test_back_checks_asked_and_not_made(undone: int, done: int, named: bool) -> None:
    asked = [AskedCheck("budi", ("sari",), False)] * undone + [AskedCheck("budi", ("sari",), True)] * done
    told = undone_reasons(asked)
    assert ({"budi", "sari"} == set(told)) is named
    if named:
        assert [reason.code for reason in told["budi"]] == ["officer_check_not_made"]
        assert [reason.code for reason in told["sari"]] == ["officer_not_checked"]


def test_no_word_of_a_reason_holds_a_weight() -> None:
    found = review(simulate(5, *["low effort"] * 3).traces)
    kinds = Counter(flag.check for visit in found.visits for flag in visit.flags)
    assert kinds[Check.ONE_SITTING] and kinds[Check.DURATION]
    said = {flag.reason.sentence() for visit in found.visits for flag in visit.flags}
    assert not any("skor" in words or "bobot" in words for words in said)
