"""Figures of the office's own work: each as known at an instant, kept as it was, asked again after the facts have moved."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from telusur.corrections import actions as corrections
from telusur.corrections.models import Change
from telusur.dashboards.actions import pin_asked
from telusur.dashboards.kept.asked import Asked, answer
from telusur.dashboards.kept.office import office_at
from telusur.dashboards.kept.queries import recount, recount_now
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.rules.office import OFFICE, is_inner
from telusur.dashboards.sheets.cards import figure_csv
from telusur.notices import actions as notices
from telusur.notices.rules.stages import Stage
from telusur.people.rules import Role
from telusur.register.models import Edition
from telusur.rounds.models import Round
from telusur.selfreport import actions as reports
from tests.rooms.corrections.city import FIRST, ON, SECOND, bring, lay_country, met
from tests.rooms.notices.city import SECTION, ago, at, draft, lay_office, not_found
from tests.rooms.oversight.city import GONE, visited
from tests.rooms.selfreport.office import called, listed, sent
from tests.rooms.web.city import account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]


def counts(known_at: datetime) -> dict[str, int]:
    """Every figure of the office as known then."""
    day = timezone.localdate(known_at)
    kinds = dict.fromkeys(name.partition("_")[0] for name in OFFICE)
    return {each.measure: each.numerator for kind in kinds for each in office_at(day, known_at, kind)}


def shown(client: Client, key: str) -> tuple[str, bytes, bytes]:
    """The figure's article, picture and line."""
    page = client.get(f"/angka/{key}/").content.decode()
    article = re.search(r'<article class="pinned".*?</article>', page, re.DOTALL)
    assert article
    return article[0], client.get(f"/angka/{key}/angka.png").content, client.get(f"/angka/{key}/angka.csv").content


def pinned(measure: str, known_at: datetime) -> PinnedFigure:
    asked = Asked(measure, "", None, timezone.localdate(known_at), known_at)
    return pin_asked(asked, by="head")


def test_a_letter_that_is_signed_leaves_the_figures_of_before(client: Client) -> None:
    lay_office()
    not_found(1)
    letter = draft(1, Stage.PUBLIC_NOTICE, ago(5))
    then = at(ago(3))
    names = ("wait_letters", "letter_cases", "letter_given")
    kept = {name: pinned(name, then) for name in names}
    assert {name: each.as_figure().numerator for name, each in kept.items()} == {
        "wait_letters": 1, "letter_cases": 1, "letter_given": 0,
    }  # fmt: skip
    office = Client()
    office.force_login(account(Role.HEAD), backend="django.contrib.auth.backends.ModelBackend")
    before = {name: shown(office, each.key) for name, each in kept.items()}
    assert not notices.sign(notices=[letter], on=ago(1), by=SECTION, at=at(ago(1))).refused
    assert {name: shown(office, each.key) for name, each in kept.items()} == before
    for name, moved in (("wait_letters", 0), ("letter_cases", 1), ("letter_given", 1)):
        figure = kept[name].as_figure()
        again, now = recount(figure), recount_now(figure, datetime.now(UTC))
        assert again.is_same and again.figure is not None and again.figure.numerator == figure.numerator, name
        assert now.figure is not None and now.figure.numerator == moved, name
    given = answer(Asked("letter_given", "", None, ago(0), timezone.now()))
    assert given is not None and given.codes == (("public_notice", "pengumuman", 1),)
    # What has not left the house is the office's alone; what the mayor's report says is everybody's.
    inner, outer = kept["wait_letters"].key, kept["letter_cases"].key
    assert client.get(f"/angka/{inner}/").headers["Location"].startswith("/masuk/")
    assert [client.get(f"/angka/{inner}/angka.{kind}").status_code for kind in ("png", "csv")] == [404, 404]
    assert [client.get(f"/angka/{outer}/{tail}").status_code for tail in ("", "angka.png", "angka.csv")] == [200] * 3
    assert inner not in client.get("/angka/").content.decode() and outer in client.get("/angka/").content.decode()
    words = "hanya terbuka bagi kantor"
    assert [words in office.get(f"/angka/{key}/").content.decode() for key in (inner, outer)] == [True, False]
    assert office.get(f"/angka/{inner}/angka.png").headers["Cache-Control"] == "private, no-store"


def test_a_second_look_leaves_the_figures_of_before() -> None:
    lay_office()
    for days in (40, 35):
        visited(1, ago(days), "sari", GONE)
    kept = {name: pinned(name, timezone.now()).as_figure() for name in ("check_due", "check_leaving")}
    visited(1, ago(30), "budi", GONE)
    now = {name: recount_now(figure, timezone.now()).figure for name, figure in kept.items()}
    assert all(recount(figure).is_same and is_inner(name) for name, figure in kept.items())
    assert [kept[name].numerator for name in kept] == [1, 0]
    assert [each.numerator for each in now.values() if each] == [0, 1]


def test_corrections_as_they_stood_and_their_fates(tmp_path: Path) -> None:
    lay_country()
    first = bring(tmp_path, FIRST)
    met(1)
    met(2)
    empty = datetime.now(UTC)
    changes = list(corrections.propose(edition=first, on=ON, by="rani").changes)
    moments = [empty, datetime.now(UTC)]
    numbers = [change.pk for change in changes]
    corrections.approve(numbers=numbers, by="dewi")
    moments.append(datetime.now(UTC))
    corrections.approve(numbers=numbers, by="hadi")
    moments.append(datetime.now(UTC))
    corrections.make_sheet(edition=first, number="U-1", addressee="Menteri", on=ON, by="rani", numbers=numbers)
    moments.append(datetime.now(UTC))
    corrections.send_sheet(number="U-1", on=ON, channel="surat", proof="resi", by="rani", today=ON)
    moments.append(datetime.now(UTC))
    kept = pinned("fate_waiting", moments[-1])
    bring(tmp_path, SECOND, {1: {"Tanggal RAT Terakhir": "14/03/2026"}})
    corrections.follow(by="rani")
    moments.append(datetime.now(UTC))
    count = Change.objects.count()
    told = [counts(moment) for moment in moments]
    assert [each["wait_changes"] for each in told] == [0, count, count, 0, 0, 0, 0]
    assert [each["wait_ready"] for each in told] == [0, 0, 0, count, 0, 0, 0]
    assert [each.get("fate_sent", 0) for each in told] == [0, 0, 0, 0, 0, count, count]
    assert [told[5][name] for name in ("fate_waiting", "fate_landed", "fate_answered")] == [count, 0, 0]
    assert [told[6][name] for name in ("fate_waiting", "fate_landed", "fate_ignored")] == [0, 1, count - 1]
    assert "fate_rate" not in told[5] and told[6]["fate_rate"] == 1
    figure = kept.as_figure()
    now = recount_now(figure, datetime.now(UTC)).figure
    assert recount(figure).is_same and now is not None and now.numerator == 0
    assert figure_csv(kept.key, figure) == figure_csv(kept.key, PinnedFigure.objects.get(pk=kept.pk).as_figure())
    # The list of then: the second edition had not come.
    lists = [
        {each.measure: each for each in office_at(timezone.localdate(), moment, "edition")} for moment in moments[-2:]
    ]
    assert [each["edition_accepted"].stamp.edition_on for each in lists] == [FIRST, SECOND]
    assert "edition_new" not in lists[0]
    second = Edition.objects.get(as_of_on=SECOND)
    for name in ("new", "changed", "absent"):
        assert lists[1][f"edition_{name}"].numerator == getattr(second, f"{name}_count")
    taken, refused = lists[1]["edition_accepted"], lists[1]["edition_refused"]
    assert taken.numerator + refused.numerator == taken.denominator == second.rows_in_count


def test_a_report_on_its_way_through_the_desk() -> None:
    report = sent(listed())
    moments = [datetime.now(UTC)]
    called(report)
    report = reports.accept(report=report, seen=1, by="rani", on=ago(0))
    moments.append(datetime.now(UTC))
    reports.confirm(report=report, seen=1, by="dewi", on=ago(0), why="notulen asli dilihat")
    moments.append(datetime.now(UTC))
    told = [counts(moment) for moment in moments]
    assert [(each["wait_reports"], each["wait_second"]) for each in told] == [(1, 0), (0, 1), (0, 0)]


def test_what_is_asked_of_a_round_about_the_law_and_the_duty() -> None:
    listed()
    round_, now = Round.objects.get(), datetime.now(UTC)
    day = timezone.localdate(now)
    tried = pin_asked(Asked("law_house.business_months=2_all", "", round_, day, now), by="head").as_figure()
    assert is_inner(tried.measure) and "menjadi 2 bulan" in tried.name and recount(tried).is_same
    due = pin_asked(Asked("duty_letters", "", round_, day, now), by="head").as_figure()
    assert due.denominator == 1 and sum(count for _, _, count in due.codes) == due.numerator and recount(due).is_same
    finds = answer(Asked("outside_finds", "", round_, day, now))
    assert finds is not None and (finds.numerator, finds.denominator) == (0, None) and recount(finds).is_same
    for strange in ("law_house.business_months=0_all", "law_nothing=2_all", "law_house.business_months=x_all", "wait_"):
        assert answer(Asked(strange, "", round_, day, now)) is None, strange
    assert answer(Asked("letter_cases", "99.01.01.1001", None, day, now)) is None
