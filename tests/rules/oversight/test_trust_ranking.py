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


@pytest.mark.long
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


@pytest.mark.long
def test_the_order_of_the_traces_changes_nothing() -> None:
    traces = simulate(5, *["low effort"] * 3).traces
    one, other = review(traces), review(traces[::-1])
    assert [each.trace.key for each in one.visits] == [each.trace.key for each in other.visits]
    assert [each.reasons for each in one.officers] == [each.reasons for each in other.officers]


@pytest.mark.long
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


_PEERS = ("budi", "tono", "wati")


@pytest.mark.parametrize(
    ("missed", "count", "peers", "area", "compared", "is_high"),
    [
        pytest.param(38, 40, (20, 40), "a", 40, True, id="nearly all, where others miss half"),
        pytest.param(20, 40, (20, 40), "a", 40, False, id="as the others"),
        pytest.param(2, 40, (20, 40), "a", 40, False, id="finding more than others is no reason"),
        pytest.param(25, 40, (20, 40), "a", 40, False, id="above, and it may be chance"),
        pytest.param(39, 40, (38, 40), "a", 40, False, id="a hard kelurahan: nobody finds anything there"),
        pytest.param(235, 400, (200, 400), "a", 400, False, id="nine points above, however many visits"),
        pytest.param(20, 20, (20, 40), "a", 20, True, id="twenty cooperatives suffice"),
        pytest.param(19, 19, (20, 40), "a", 0, False, id="nineteen do not"),
        pytest.param(58, 60, (20, 40), "b", 0, False, id="a kelurahan of one's own compares with nobody"),
        pytest.param(38, 40, (1, 1), "a", 0, False, id="three cooperatives of others are no measure"),
        pytest.param(0, 0, (20, 40), "a", 0, False, id="no visit at all"),
    ],
)
def test_the_share_of_not_found_against_the_others(
    missed: int, count: int, peers: tuple[int, int], area: str, compared: int, is_high: bool
) -> None:
    traces = [each for name in _PEERS for each in spread(name, *peers)]
    shares = not_found_shares([*traces, *spread("sari", missed, count, area)])
    if count == 0:
        assert "sari" not in shares
        return
    share = shares["sari"]
    assert (share.compared, share.is_high) == (compared, is_high)
    assert not any(shares[name].is_high for name in _PEERS)
    assert (share.reason is not None) is is_high
    if share.reason is not None:
        assert (share.reason.values["missed"], share.reason.values["count"]) == (str(missed), str(count))


def test_what_others_found_in_the_same_hard_kelurahan_counts_for_the_officer() -> None:
    peers = [each for name in _PEERS for each in spread(name, 20, 40)]
    hard = [*peers, *spread("sari", 38, 40, "b"), *spread("budi", 19, 20, "b")]
    assert not not_found_shares(hard)["sari"].is_high, "others found as little there"


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


@pytest.mark.long
def test_no_word_of_a_reason_holds_a_weight() -> None:
    found = review(simulate(5, *["low effort"] * 3).traces)
    kinds = Counter(flag.check for visit in found.visits for flag in visit.flags)
    assert kinds[Check.ONE_SITTING] and kinds[Check.DURATION]
    said = {flag.reason.sentence() for visit in found.visits for flag in visit.flags}
    assert not any("skor" in words or "bobot" in words for words in said)
