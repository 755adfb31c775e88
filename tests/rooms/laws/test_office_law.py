"""What the office puts into the law: from its day on, as known then, never changed; and what the database refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from telusur.journal.models import JournalLine
from telusur.laws.models import OfficeArticle, PolicyChoice
from telusur.laws.queries import current_law, current_policy, load_articles
from telusur.laws.rules.law import Article, Certainty
from telusur.standing.actions import adopt_article, choose_policy

pytestmark = pytest.mark.django_db
NAME = "uu25-1992.26.meeting_months"
DAY = date(2026, 1, 1)


def shorter(value: int = 4, from_on: date = DAY) -> Article:
    before = current_law(from_on).article(NAME)
    return replace(before, value=value, valid_from_on=from_on, source="lembaran baru", certainty=Certainty.CERTAIN)


def test_an_adopted_article_holds_from_its_day_and_from_its_adoption() -> None:
    before = datetime.now(UTC)
    adopt_article(article=shorter(), before=current_law(DAY).article(NAME), why="uji", by="hadi")
    assert current_law(DAY - timedelta(1)).value(NAME) == 6
    assert current_law(DAY).value(NAME) == 4
    assert current_law(DAY, before).value(NAME) == 6
    assert current_law(DAY).version != current_law(DAY, before).version
    line = JournalLine.objects.get(deed="law.adopted")
    assert (line.before["value"], line.after["value"], line.by) == (6, 4, "hadi")


def test_a_later_article_stands_over_an_earlier_one() -> None:
    for value, from_on in ((4, DAY), (5, DAY + timedelta(365)), (3, DAY)):
        adopt_article(article=shorter(value, from_on), before=None, why="uji", by="hadi")
    held = [(article.value, article.valid_from_on) for article in load_articles() if article.id == NAME]
    assert held == [(6, date(1992, 10, 21)), (3, DAY)]


def test_the_office_chooses_and_the_past_keeps_its_choice() -> None:
    before = datetime.now(UTC)
    choose_policy(policy="balikpapan-2024", from_on=DAY, why="rapat 12 Desember", by="hadi")
    assert current_policy().id == current_policy(DAY).id == "balikpapan-2024"
    assert current_policy(DAY - timedelta(1)).id == current_policy(DAY, before).id == "balikpapan-2025"
    line = JournalLine.objects.get(deed="policy.chosen")
    assert (line.before, line.after["why"]) == ({"policy": "balikpapan-2025"}, "rapat 12 Desember")


def test_what_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="perlu alasan"):
        choose_policy(policy="balikpapan-2024", from_on=DAY, why="  ", by="hadi")
    with pytest.raises(ValueError, match="sudah dipakai"):
        choose_policy(policy="balikpapan-2025", from_on=DAY, why="uji", by="hadi")
    with pytest.raises(KeyError, match="no definition 'mine'"):
        choose_policy(policy="mine", from_on=DAY, why="uji", by="hadi")
    with pytest.raises(ValueError, match="perlu alasan"):
        adopt_article(article=shorter(), before=None, why="", by="hadi")
    with pytest.raises(ValueError, match="nilai dan satuan"):
        adopt_article(article=replace(shorter(), unit=None), before=None, why="uji", by="hadi")
    assert not JournalLine.objects.exists() and not OfficeArticle.objects.exists() and not PolicyChoice.objects.exists()


def test_the_database_keeps_the_shape() -> None:
    adopt_article(article=shorter(), before=None, why="uji", by="hadi")
    choose_policy(policy="balikpapan-2024", from_on=DAY, why="uji", by="hadi")
    stored = OfficeArticle.objects.values().get() | {"id": None}
    with pytest.raises(IntegrityError, match="office_article_value_has_a_unit"), transaction.atomic():
        OfficeArticle.objects.create(**stored | {"unit": ""})
    with pytest.raises(IntegrityError, match="office_article_says_why"), transaction.atomic():
        OfficeArticle.objects.create(**stored | {"why": ""})
    with pytest.raises(IntegrityError, match="policy_choice_says_why"), transaction.atomic():
        PolicyChoice.objects.create(**PolicyChoice.objects.values().get() | {"id": None, "why": ""})
    for model in (OfficeArticle, PolicyChoice):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
