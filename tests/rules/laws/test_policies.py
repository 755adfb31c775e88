"""The definitions of "active": what each says of the same evidence, and what none of them may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.laws.articles import shipped_articles
from telusur.laws.articles.reading import LawFileError
from telusur.laws.policies import read_policies, shipped_policies
from telusur.laws.rules.law import amended, law_on
from telusur.laws.rules.policy import ActivePolicy, Activity, Met, Need, NeedKind, active_under

ON = date(2025, 10, 24)
LAW = law_on(shipped_articles(), ON)
POLICIES = {policy.id: policy.under(LAW) for policy in shipped_policies()}
BUSY = Activity(located=True, board=True, business_on=date(2025, 9, 1), meetings_known=True)
MET_2024 = replace(BUSY, meetings=frozenset({2024}), reported=frozenset({2024}))
OLD = replace(BUSY, business_on=date(2023, 9, 1), meetings=frozenset({2022}), reported=frozenset({2022}))
STOPPED = Activity(located=True, board=True, dormant=True, meetings_known=True)
GONE = Activity()

# definition | evidence | answer
EXAMPLES = [
    ("balikpapan-2025", BUSY, "yes"),
    ("balikpapan-2024", BUSY, "no"),
    ("balikpapan-2024", MET_2024, "yes"),
    ("balikpapan-2025", replace(MET_2024, business_on=None), "unknown"),
    ("balikpapan-2025", STOPPED, "no"),
    ("balikpapan-2025", GONE, "unknown"),
    ("balikpapan-2024", GONE, "unknown"),
    ("kementerian-2019", OLD, "yes"),
    ("kementerian-2019", BUSY, "no"),
    ("kementerian-2019", Activity(reported=frozenset({2023})), "yes"),
    ("kementerian-2019", Activity(reported=frozenset({2020})), "unknown"),
    ("pp17-1994", OLD, "unknown"),
    ("pp17-1994", BUSY, "yes"),
    ("pp17-1994", STOPPED, "no"),
    ("pp17-1994", GONE, "unknown"),
    ("three-years", OLD, "yes"),
    ("bali-2018", OLD, "yes"),
    ("bali-2018", BUSY, "no"),
    ("office-business-meeting", BUSY, "no"),
    ("office-business-meeting", MET_2024, "yes"),
    ("institution", replace(MET_2024, business_on=None, dormant=True), "yes"),
    ("institution", replace(MET_2024, board=False), "no"),
    ("ever-reported", Activity(reported=frozenset({1999})), "yes"),
]


@pytest.mark.parametrize(("ident", "activity", "answer"), EXAMPLES, ids=[f"{row[0]}-{row[2]}" for row in EXAMPLES])
def test_the_same_evidence_under_each_definition(ident: str, activity: Activity, answer: str) -> None:
    assert active_under(POLICIES[ident], activity, ON, 6).met == answer


@pytest.mark.parametrize("founded", [date(2025, 3, 1), date(2025, 10, 1)], ids=str)
def test_a_young_cooperative_owes_no_meeting_yet(founded: date) -> None:
    young = replace(BUSY, founded_on=founded)
    assert active_under(POLICIES["office-business-meeting"], young, ON, 6).met is Met.YES


def test_a_meeting_held_early_stands_in_for_the_one_that_is_due() -> None:
    early = replace(BUSY, meetings=frozenset({2024}))
    assert active_under(POLICIES["institution"], early, date(2025, 4, 1), 6).met is Met.YES
    before = replace(BUSY, meetings=frozenset({2023}))
    assert active_under(POLICIES["institution"], before, date(2025, 4, 1), 6).met is Met.YES
    assert active_under(POLICIES["institution"], before, date(2025, 7, 1), 6).met is Met.NO


years = st.frozensets(st.integers(2018, 2025), max_size=6)
activities = st.builds(
    Activity,
    located=st.sampled_from([None, True]),
    board=st.sampled_from([None, True, False]),
    business_on=st.none() | st.dates(date(2019, 1, 1), date(2026, 6, 1)),
    dormant=st.booleans(),
    meetings=years,
    reported=years,
    meetings_known=st.booleans(),
    founded_on=st.none() | st.dates(date(1990, 1, 1), date(2025, 10, 1)),
)
_RANK = {Met.NO: 0, Met.UNKNOWN: 1, Met.YES: 2}


@given(policy=st.sampled_from(list(POLICIES.values())), activity=activities, year=st.integers(2018, 2025))
def test_one_more_meeting_never_worsens(policy: ActivePolicy, activity: Activity, year: int) -> None:
    more = replace(activity, meetings=activity.meetings | {year}, reported=activity.reported | {year})
    assert _RANK[active_under(policy, more, ON, 6).met] >= _RANK[active_under(policy, activity, ON, 6).met]


@given(policy=st.sampled_from(list(POLICIES.values())), reported=years)
def test_silence_is_never_a_no(policy: ActivePolicy, reported: frozenset[int]) -> None:
    """Nobody was found, nobody said that business has stopped: no definition may call that inactive."""
    assert active_under(policy, Activity(reported=reported), ON, 6).met is not Met.NO


@given(policy=st.sampled_from(list(POLICIES.values())), activity=activities)
def test_every_answer_has_a_reason_for_each_need(policy: ActivePolicy, activity: Activity) -> None:
    tested = active_under(policy, activity, ON, 6)
    assert len(tested.reasons) == len(tested.needs) == len(policy.all_of) + len(policy.any_of) > 0
    assert all(reason.sentence() for reason in tested.reasons)


def test_months_that_a_definition_leaves_to_the_law_are_the_laws() -> None:
    article = LAW.article("house.business_months")
    shorter = law_on(amended(shipped_articles(), [replace(article, value=1)]), ON)
    left = next(policy for policy in shipped_policies() if policy.id == "balikpapan-2025")
    for law, met in ((LAW, Met.YES), (shorter, Met.UNKNOWN)):
        assert active_under(left.under(law), BUSY, ON, 6).met is met
    own = POLICIES["three-years"]
    assert own.under(shorter) is own
    with pytest.raises(ValueError, match="asked under a law"):
        active_under(left, BUSY, ON, 6)


def test_months_are_counted_to_the_day() -> None:
    need = ActivePolicy(
        **{
            **{f: getattr(POLICIES["balikpapan-2025"], f) for f in ActivePolicy.__dataclass_fields__},
            "all_of": (Need(NeedKind.BUSINESS, months=6),),
        }
    )
    at = date(2025, 8, 31)
    assert active_under(need, Activity(business_on=date(2025, 2, 28)), at, 6).met is Met.YES
    assert active_under(need, Activity(business_on=date(2025, 2, 27)), at, 6).met is Met.UNKNOWN


FAULTS = [
    ("all_of = []", "asks for nothing"),
    ('all_of = [{ kind = "moon" }]', "the kind of a need must be one of located, board"),
    ('all_of = [{ kind = "board", months = 3 }]', "a need of kind board does not know 'months'"),
    ('all_of = [{ kind = "business" }]', "months must be a whole number from 1"),
    ("all_of = 3", "all_of and any_of are lists of needs"),
]
HEAD = """
[[policy]]
id = "p"
name = "n"
says = "s"
source = "q"
certainty = "certain"
valid_from_on = 2020-01-01
checked_on = 2026-01-01
checked_by = "siapa"
review_on = 2027-01-01
"""


@pytest.mark.parametrize(("needs", "sentence"), FAULTS, ids=[row[1] for row in FAULTS])
def test_a_mistake_in_a_definition_is_named(needs: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(HEAD + needs, encoding="utf-8")
    with pytest.raises(LawFileError, match=sentence):
        read_policies([path])


def test_a_definition_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text((HEAD + 'all_of = [{ kind = "board" }]') * 2, encoding="utf-8")
    with pytest.raises(LawFileError, match="'p' is declared twice"):
        read_policies([path])
