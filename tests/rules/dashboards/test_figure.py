"""A figure's text, its key, and what is quoted of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.dashboards.rules.figure import Figure, Stamp, key_of, percent_text, read_figure
from telusur.dashboards.rules.measures import MEASURES, Place, measured, recounted
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code

STAMP = Stamp(
    office="Dinas Rekaan", on=date(2025, 10, 24), known_at=datetime(2025, 11, 24, 2, tzinfo=UTC), source="putaran 2025",
    round_id=1, edition=1, edition_on=date(2025, 10, 24), rule="neraca-3", law="abcdef0123", policy="p", policy_name="P",
    policy_says="usaha berjalan",
)  # fmt: skip
# The announcement of 24 October 2025, as the demo city has it.
PUBLISHED = Tally(
    601,
    {
        Code.ACTIVE_WITH_MEETING: 76, Code.ACTIVE_MEETING_OVERDUE: 33, Code.DORMANT_WANTS_REVIVAL: 80, Code.WITHHELD: 14,
        Code.PAPERS_PENDING: 22, Code.OTHER_OCCUPANT: 338, Code.NOT_ATTEMPTED: 38,
    },
)  # fmt: skip
# measure → what is quoted.
QUOTED = [
    ("recorded", "601"),
    ("located", "225 dari 601 (37,4 %)"),
    ("active", "109 dari 601 (18,1 %)"),
    ("meeting", "76 dari 109 (69,7 %)"),
    ("not_located", "338 dari 601 (56,2 %)"),
    ("not_final", "38 dari 601 (6,3 %)"),
    ("resolution", "225 dari 601 (37,4 %)"),
    ("active_bounds", "antara 109 dan 521 dari 601 (18,1 % sampai 86,7 %)"),
    ("code_320", "338 dari 601 (56,2 %)"),
]


def figure(measure: str) -> Figure:
    return measured(MEASURES[measure], PUBLISHED, Place(), STAMP)


@pytest.mark.parametrize(("measure", "quoted"), QUOTED, ids=[measure for measure, _ in QUOTED])
def test_what_is_quoted(measure: str, quoted: str) -> None:
    assert figure(measure).value() == quoted


@pytest.mark.parametrize("measure", list(MEASURES))
def test_a_kept_text_gives_the_figure_back(measure: str) -> None:
    made = figure(measure)
    assert read_figure(made.text()) == made
    assert read_figure(made.text()).text() == made.text()
    assert recounted(made, PUBLISHED) == made


def test_the_figures_codes_sum_to_its_count() -> None:
    for measure in MEASURES:
        made = figure(measure)
        assert sum(count for _, _, count in made.codes) == made.numerator


def test_the_key_names_the_text_and_no_other() -> None:
    made = figure("active")
    key = key_of(made.text())
    assert len(key) == 10 and not set(key) & set("01oilu")
    later = replace(made, stamp=replace(STAMP, law="0000000000"))
    assert (
        len({key, key_of(later.text()), key_of(replace(made, numerator=110).text()), key_of(figure("located").text())})
        == 4
    )


def test_a_citation_says_everything_that_makes_it_reproducible() -> None:
    said = figure("active").citation("https://contoh.invalid/angka/x/")
    stated = (
        "109 dari 601",
        "24 Oktober 2025",
        "24 November 2025 pukul 02.00",
        "neraca-3",
        "abcdef0123",
        "Dinas Rekaan",
    )
    assert all(part in said for part in (*stated, "/angka/x/"))


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="not known"):
        read_figure(figure("active").text().replace('"form":1', '"form":9'))


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_percents_are_rounded_half_up(part: int, whole: int) -> None:
    shown = float(percent_text(part, whole).removesuffix(" %").replace(".", "").replace(",", "."))
    assert abs(shown - 100 * part / whole) <= 0.05 + 1e-9


def test_no_share_of_nothing() -> None:
    assert percent_text(0, 0) == ""
    assert measured(MEASURES["active"], Tally(0, {}), Place(), STAMP).value() == "0 dari 0"
