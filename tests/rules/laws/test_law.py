"""The articles that ship, the law of a day, and what happens at the edges of an article's life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.laws.articles import read_articles, shipped_articles
from telusur.laws.articles.reading import LawFileError
from telusur.laws.rules.law import Certainty, Force, Unit, law_on

ON = date(2025, 10, 24)
SHIPPED = shipped_articles()

# What other rooms rely on, and how certain it is said to be.
VALUES = [
    ("uu25-1992.26.meeting_months", 6, Unit.MONTHS, Certainty.UNVERIFIED),
    ("practice.meeting_primer_months", 3, Unit.MONTHS, Certainty.CERTAIN),
    ("practice.meeting_sekunder_months", 6, Unit.MONTHS, Certainty.CERTAIN),
    ("uu25-1992.47.decision_months", 4, Unit.MONTHS, Certainty.CERTAIN),
    ("uu25-1992.47.objection_months", 2, Unit.MONTHS, Certainty.CERTAIN),
    ("uu25-1992.47.answer_months", 1, Unit.MONTHS, Certainty.CERTAIN),
    ("uu25-1992.50.creditor_claim_months", 3, Unit.MONTHS, Certainty.CERTAIN),
    ("pp17-1994.3.no_business_years", 2, Unit.YEARS, Certainty.UNVERIFIED),
    ("practice.public_notice_months", 3, Unit.MONTHS, Certainty.CERTAIN),
    ("practice.warning_letters", 3, Unit.COUNT, Certainty.CERTAIN),
    ("practice.warning_interval_months", 1, Unit.MONTHS, Certainty.CERTAIN),
    ("house.not_found_attempts", 2, Unit.COUNT, Certainty.CERTAIN),
    ("house.not_found_officers", 2, Unit.COUNT, Certainty.CERTAIN),
    ("house.self_report_recent_days", 90, Unit.DAYS, Certainty.CERTAIN),
    ("house.self_report_mend_days", 14, Unit.DAYS, Certainty.CERTAIN),
    ("house.reminder_months", 3, Unit.MONTHS, Certainty.CERTAIN),
]


@pytest.mark.parametrize(("ident", "value", "unit", "certainty"), VALUES, ids=[row[0] for row in VALUES])
def test_thresholds_that_others_rely_on(ident: str, value: int, unit: Unit, certainty: Certainty) -> None:
    article = law_on(SHIPPED, ON).article(ident)
    assert (article.value, article.unit, article.certainty) == (value, unit, certainty)


def test_nothing_that_nobody_read_passes_for_certain() -> None:
    """A source that speaks of memory, or of a text not seen, and the word `certain` exclude each other."""
    doubtful = ("ingatan", "belum dibaca", "tidak ditemukan", "disimpulkan")
    for article in SHIPPED:
        if any(word in article.source for word in doubtful):
            assert article.certainty is Certainty.UNVERIFIED, article.id


def test_every_article_says_when_somebody_looks_again() -> None:
    assert all(article.checked_on < article.review_on and article.checked_by for article in SHIPPED)
    assert {article.force for article in SHIPPED} == set(Force)


def test_an_article_ends_with_its_last_day() -> None:
    old = replace(SHIPPED[0], id="x", value=6, unit=Unit.MONTHS, valid_until_on=date(2026, 12, 31))
    new = replace(old, value=3, valid_from_on=date(2027, 1, 1), valid_until_on=None)
    assert law_on([old, new], date(2026, 12, 31)).value("x") == 6
    assert law_on([old, new], date(2027, 1, 1)).value("x") == 3
    with pytest.raises(ValueError, match="two articles 'x' hold on 2026-12-31"):
        law_on([old, replace(new, valid_from_on=date(2026, 12, 31))], date(2026, 12, 31))


def test_what_is_absent_is_said_in_a_sentence() -> None:
    law = law_on(SHIPPED, ON)
    with pytest.raises(KeyError, match=r"no article 'house\.colour' holds on 2025-10-24"):
        law.article("house.colour")
    with pytest.raises(KeyError, match="has no value"):
        law.value("uu25-1992.47.grounds")


@given(at=st.integers(0, len(SHIPPED) - 1), more=st.integers(1, 5))
def test_the_version_names_the_set(at: int, more: int) -> None:
    changed = list(SHIPPED)
    changed[at] = replace(changed[at], value=(changed[at].value or 0) + more, unit=changed[at].unit or Unit.COUNT)
    assert law_on(changed, ON).version != law_on(SHIPPED, ON).version
    assert law_on(reversed(SHIPPED), ON).version == law_on(SHIPPED, ON).version
    # A better look at the source changes no verdict, and so no version.
    looked = [replace(article, checked_on=article.checked_on + timedelta(days=more)) for article in SHIPPED]
    assert law_on(looked, ON).version == law_on(SHIPPED, ON).version


FAULTS = [
    ('[[article]]\nid = "a"\ncolour = 1', "a.toml: article 1 (a): unknown key 'colour'"),
    ("colour = 1", "a.toml: unknown key 'colour'"),
    ('[[article]]\nid = "a"\nvalue = 3', "a.toml: article 1 (a): value and unit stand together or not at all"),
    ('[[article]]\nid = "a"\nvalue = 3\nunit = "moons"', "unit must be one of days, working_days"),
    ('[[article]]\nid = "a"\ncertainty = "sure"', "certainty must be one of certain, unverified, not 'sure'"),
    ('[[article]]\nid = "a"\ncertainty = "certain"', "article must be a text"),
    ("article = 3", "article must be a list of tables"),
    ("[[article", "a.toml: "),
]


@pytest.mark.parametrize(("text", "sentence"), FAULTS, ids=[row[1] for row in FAULTS])
def test_a_mistake_in_a_file_is_named(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LawFileError) as raised:
        read_articles([path])
    assert sentence in str(raised.value)


WHOLE = """
[[article]]
id = "a"
article = "Pasal 1"
says = "dalam tiga bulan"
source = "teks"
certainty = "certain"
valid_from_on = {day}
checked_on = 2026-01-01
checked_by = "siapa"
review_on = 2027-01-01
value = {value}
unit = "months"
"""


@pytest.mark.parametrize(
    ("day", "value", "sentence"),
    [
        ("2020-01-01", "0", "value must be a whole number from 1"),
        ("2020-01-01", "true", "value must be a whole number from 1"),
        ("2020-01-01", '"3"', "value must be a whole number from 1"),
        ('"2020-01-01"', "3", "valid_from_on must be a day, such as 1992-10-21"),
        ("2020-01-01T00:00:00", "3", "valid_from_on must be a day, such as 1992-10-21"),
    ],
)
def test_values_are_days_and_whole_numbers(day: str, value: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(WHOLE.format(day=day, value=value), encoding="utf-8")
    with pytest.raises(LawFileError, match=sentence):
        read_articles([path])
