"""A pinned figure stays what it was: after more facts, another law, UPDATE and DELETE; and says what is so today."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from telusur.dashboards import actions
from telusur.dashboards.actions import pin, pin_all, pin_asked, pin_moment
from telusur.dashboards.kept.asked import Asked, balance_figures
from telusur.dashboards.kept.queries import recount, recount_now
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.queries import (
    comparison,
    figures_at,
    public_count,
    standings_at,
    tally_at,
    trend,
)
from telusur.dashboards.rules.figure import Figure
from telusur.dashboards.rules.standings import STANDINGS
from telusur.dashboards.sheets.blocks import reading, trend_plot
from telusur.dashboards.sheets.cards import card_png, figure_csv
from telusur.dashboards.sheets.papers import paper
from telusur.journal.models import JournalLine
from telusur.laws.queries import current_law
from telusur.register import actions as register
from telusur.register.models import Cooperative
from telusur.register.rules import NewFact, Voice
from telusur.rounds.actions import derive
from telusur.rounds.models import Round
from telusur.rounds.queries import latest_derivation
from telusur.rounds.rules.codes import Code
from telusur.standing.actions import adopt_article
from tests.archive import archive_faults
from tests.rooms.web.city import KELURAHAN, ON, lay

PLAN = {
    Code.ACTIVE_WITH_MEETING: 4,
    Code.ACTIVE_MEETING_OVERDUE: 2,
    Code.DORMANT_WANTS_REVIVAL: 3,
    Code.OTHER_OCCUPANT: 5,
    Code.NOT_ATTEMPTED: 4,
}
pytestmark = pytest.mark.django_db


def pin_some(round_: Round) -> list[PinnedFigure]:
    derived = latest_derivation(round_, ON)
    assert derived is not None
    return pin_moment(round_, ON, derived.known_at, ["active", "located", "active_bounds"], by="head")


def more_is_learnt() -> None:
    """Two of those not visited turn out to be in business."""
    left = Cooperative.objects.filter(entries__name__startswith=f"Koperasi Contoh {Code.NOT_ATTEMPTED.value}")
    facts = [
        NewFact(
            cooperative_id=each.pk,
            kind="visit",
            value={
                "finding": "operating",
                "officer": "petugas",
                "part_of_day": "morning",
                "informants": ["board"],
                "business_on": "2025-08-01",
            },
            voice=Voice.VISIT,
            valid_on=ON - timedelta(days=1),
            evidence=[{"kind": "ledger"}, {"kind": "geotagged_photo"}],
        )
        for each in left[:2]
    ]
    register.record_facts(facts, by="terminal")


def the_law_changes() -> None:
    held = current_law(ON).article("house.not_found_attempts")
    changed = replace(held, value=3, valid_from_on=date(2025, 1, 1), source="SK rekaan")
    adopt_article(article=changed, before=held, why="uji", by="head")


def test_page_picture_and_table_stay_the_same() -> None:
    round_ = lay(PLAN)
    kept = pin_some(round_)[0]
    client = Client()

    def shown() -> tuple[bytes, bytes, str]:
        page = client.get(f"/angka/{kept.key}/").content.decode()
        article = re.search(r'<article class="pinned".*?</article>', page, re.DOTALL)
        assert article
        return (
            client.get(f"/angka/{kept.key}/angka.png").content,
            client.get(f"/angka/{kept.key}/angka.csv").content,
            article[0],
        )

    before = shown()
    assert before[0].startswith(b"\x89PNG") and "6 dari 18" in kept.as_figure().value()
    first = client.get(f"/angka/{kept.key}/").content.decode()
    assert first.count('<span class="tag yes">sama</span>') == 2
    more_is_learnt()
    derive(round_=round_, on=ON, known_at=datetime.now(UTC), by="terminal")
    assert shown() == before
    later = client.get(f"/angka/{kept.key}/").content.decode()
    assert later.count('<span class="tag yes">sama</span>') == 1
    assert "8 dari 18 (44,4 %)" in later and "kini lain" in later


def test_a_law_that_changes_leaves_the_figure_and_is_told() -> None:
    round_ = lay(PLAN)
    kept = {each.measure: each for each in pin_some(round_)}
    figure = kept["active"].as_figure()
    text, line, card = kept["active"].text, figure_csv("k", figure), bytes(kept["active"].picture)
    the_law_changes()
    again = PinnedFigure.objects.get(pk=kept["active"].pk)
    assert (again.text, figure_csv("k", again.as_figure()), bytes(again.picture)) == (text, line, card)
    # As known then the law is the old one; as known today it is another, and the page names it.
    then, now = recount(figure), recount_now(figure, datetime.now(UTC))
    assert then.is_same and then.figure is not None and then.figure.stamp.law == figure.stamp.law
    assert now.figure is not None and now.figure.stamp.law != figure.stamp.law


def test_the_same_figure_is_pinned_once_and_journalled() -> None:
    round_ = lay(PLAN)
    first, again = pin_some(round_), pin_some(round_)
    assert [each.pk for each in first] == [each.pk for each in again]
    lines = JournalLine.objects.filter(deed="figure.pin")
    assert sorted(line.about for line in lines) == sorted(f"figure:{each.key}" for each in first)


def test_a_paper_pins_all_that_it_quotes_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = lay(PLAN)
    derived = latest_derivation(round_)
    assert derived is not None
    figures = balance_figures(round_, ON, derived.known_at, ["active", "located", "recorded"])
    assert pin_all([], by="head") == []

    def drawn(figure: Figure, link: str) -> bytes:
        if figure.measure == "recorded":
            raise ValueError("no letters")
        return card_png(figure, link)

    monkeypatch.setattr(actions, "card_png", drawn)
    with pytest.raises(ValueError, match="no letters"):
        pin_all(figures, by="head")
    assert not PinnedFigure.objects.exists() and not JournalLine.objects.filter(deed="figure.pin").exists()
    monkeypatch.undo()
    kept = pin_all([*figures, *figures], by="head")
    assert [each.measure for each in kept] == ["active", "located", "recorded"]
    # Drawn beside one another, and still each by itself the same.
    for each in kept:
        assert bytes(each.picture) == card_png(each.as_figure(), f"/angka/{each.key}/")


def test_a_pinned_figure_refuses_change() -> None:
    kept = pin_some(lay(PLAN))[0]
    for deed in (lambda: PinnedFigure.objects.filter(pk=kept.pk).update(text="{}"), lambda: kept.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    # pinned_figure_is_whole
    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedFigure.objects.create(
            key="", measure="active", on=ON, text="{}", text_sha256="0" * 64, picture=b"", picture_sha256="0" * 64,
            pinned_by="head", pinned_at=datetime.now(UTC),
        )  # fmt: skip


def test_figures_of_places_sum_to_the_citys() -> None:
    round_ = lay(PLAN)
    derived = latest_derivation(round_, ON)
    assert derived is not None
    at = (round_, ON, derived.known_at)
    places = [tally_at(*at, area=code) for code in KELURAHAN]
    whole = tally_at(*at)
    assert sum(each.recorded for each in places) == whole.recorded == 18
    assert sum(each.located for each in places) == whole.located
    letters, compared = comparison(*at, "located")
    assert (letters, sum(each.seen for each in compared)) == (13, whole.located)
    assert figures_at(*at, ["located"])[0].numerator == whole.located
    with pytest.raises(KeyError):
        figures_at(*at, ["located"], "99.99.99.9999")
    with pytest.raises(KeyError):
        figures_at(*at, ["nothing"])


def test_a_newer_derivation_is_never_answered_from_what_was_kept() -> None:
    round_ = lay(PLAN)
    first = latest_derivation(round_, ON)
    assert first is not None
    before = tally_at(round_, ON, first.known_at).group(Code.ACTIVE_WITH_MEETING.group)
    more_is_learnt()
    derive(round_=round_, on=ON, known_at=datetime.now(UTC), by="terminal")
    newest = latest_derivation(round_, ON)
    assert newest is not None
    assert tally_at(round_, ON, newest.known_at).group(Code.ACTIVE_WITH_MEETING.group) == before + 2
    assert tally_at(round_, ON, first.known_at).group(Code.ACTIVE_WITH_MEETING.group) == before
    assert trend()[-1].tally.group(Code.ACTIVE_WITH_MEETING.group) == before + 2


@pytest.mark.long
def test_papers_are_the_same_bytes_and_carry_their_links() -> None:
    round_ = lay(PLAN)
    derived = latest_derivation(round_, ON)
    assert derived is not None
    for kind in ("press", "monthly"):
        made = [
            paper(
                kind,
                round_,
                ON,
                derived.known_at,
                by="head",
                made_at=datetime(2025, 11, 1, 4, tzinfo=UTC),
                address="https://x.invalid/",
            )
            for _ in range(2)
        ]
        assert made[0] == made[1] and archive_faults(made[0], "2a") == []
        assert b"pdfaid" in made[0]
    # Every figure of a table has its link: the balance, letters; each place side by side.
    kept = {(row.as_figure().measure, row.as_figure().area_code) for row in PinnedFigure.objects.all()}
    assert {(name, "") for name in ("active_bounds", "recorded", "letter_cases", "letter_late")} <= kept
    assert {area for name, area in kept if name == "located"} == {"", *KELURAHAN}


@pytest.mark.long
def test_letters_stand_as_of_the_moment_that_is_asked_and_else_as_they_do_now() -> None:
    round_ = lay(PLAN)
    derived = latest_derivation(round_, ON)
    assert derived is not None
    made_at = derived.known_at + timedelta(days=3)

    def stamps(*, is_asked: bool) -> set[datetime]:
        paper("monthly", round_, ON, derived.known_at, by="head", made_at=made_at, is_asked=is_asked)
        figures = [row.as_figure() for row in PinnedFigure.objects.all()]
        assert all(each.stamp.known_at <= derived.known_at for each in figures if each.measure == "recorded")
        return {each.stamp.known_at for each in figures if each.measure == "letter_cases"}

    assert stamps(is_asked=True) == {derived.known_at}
    assert stamps(is_asked=False) == {derived.known_at, made_at}


def test_a_cell_is_never_taken_for_a_formula() -> None:
    kept = pin_some(lay(PLAN))[0].as_figure()
    line = figure_csv("k", replace(kept, area_name="=1+1")).decode("utf-8-sig")
    assert "'=1+1" in line and pin(replace(kept, area_name="=1+1"), by="head").as_figure().area_name == "=1+1"


@pytest.mark.long
def test_standings_rates_and_estimates_are_pinned_and_counted_again() -> None:
    round_ = lay(PLAN)
    derived = latest_derivation(round_, ON)
    assert derived is not None
    known_at = derived.known_at
    figures = standings_at(round_, ON, known_at)
    counted = [each for each in figures if each.measure.startswith("standing_")]
    assert sum(each.numerator for each in counted) == sum(PLAN.values())
    assert {each.denominator for each in counted} == {sum(PLAN.values())}
    assert {each.measure for each in figures} <= {*STANDINGS, "estimate_active", "estimate_located"}
    rate = next(each for each in figures if each.measure == "meeting_located")
    assert (rate.numerator, rate.denominator) == (4, 9) and "ditemukan" in rate.denominator_words
    kept = [pin_asked(Asked(each.measure, "", round_, ON, known_at), by="head").as_figure() for each in figures]
    assert list(figures) == kept
    assert all(recount(each).is_same for each in kept)
    more_is_learnt()
    assert all(recount(each).is_same for each in kept)
    traced = next(each for each in kept if each.measure == "standing_active")
    assert not recount_now(traced, datetime.now(UTC)).is_same
    # A long list's are shown where they were counted already, and counted again by the terminal alone.
    assert standings_at(round_, ON, known_at, most=3) == figures
    assert recount(traced, most=3).figure is None
    with pytest.raises(KeyError):
        pin_asked(Asked("standing_none", "", round_, ON, known_at), by="head")


def test_the_public_calls_fewer_not_found_than_the_office_and_the_papers_say_why() -> None:
    round_ = lay({**PLAN, Code.ADDRESS_UNIDENTIFIED: 2})
    derived = latest_derivation(round_, ON)
    assert derived is not None
    told = public_count(round_, ON, derived.known_at)
    assert told == (7, 5, 2)
    (says,) = [each for each in reading(told)["paragraphs"] if "sedang ditelusuri" in each]  # type: ignore[attr-defined]
    assert "5 dari 7" in says and "kurang dari 2 hari" in says
    assert not any("sedang ditelusuri" in each for each in reading(told._replace(told=7))["paragraphs"])  # type: ignore[attr-defined]


def test_the_trend_is_drawn_once_two_days_are_derived() -> None:
    round_ = lay(PLAN)
    assert trend_plot(trend())["kind"] == "text"
    derive(round_=round_, on=ON - timedelta(days=10), known_at=datetime.now(UTC), by="terminal")
    plot = trend_plot(trend())
    assert plot["kind"] == "plot" and "Ditemukan" in str(plot["alt"]) and "<polyline" in str(plot["svg"])
