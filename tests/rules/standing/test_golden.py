"""The standings of generated cooperatives on past days are those that were committed: no rule changes them by the way."""

from __future__ import annotations

from tests.rules.standing.golden import DAYS, SAMPLE, case_of, derived, digest, generated, kept


def test_a_sample_stands_as_it_stood() -> None:
    assert derived(SAMPLE) == kept()["sample"]


def test_the_days_differ_and_every_standing_but_few_occurs() -> None:
    many = kept()["many"]
    assert set(many) == {on.isoformat() for on in DAYS}
    assert len({str(each["sha256"]) for each in many.values()}) == len(DAYS)
    assert all(len(each) > 6 for each in many.values())


def test_the_same_seed_makes_the_same_and_one_fact_changes_the_digest() -> None:
    some = list(generated(20))
    assert some == list(generated(20)) == list(generated(30))[:20]
    assert [case_of(each) for each in some] != [case_of(each) for each in generated(20, seed=1)]
    assert digest([]) != digest([]) | {"active": 1}
