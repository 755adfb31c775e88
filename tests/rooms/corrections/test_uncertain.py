"""Nothing proposes a change from an uncertain match: a link that nobody judged, or one person alone, moves nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from telusur.corrections.actions import approve, make_sheet, propose
from telusur.corrections.models import Change
from telusur.corrections.queries import change_view
from telusur.corrections.rules.approval import ChangeState
from telusur.corrections.rules.refused import CorrectionRefused
from telusur.matching import actions, queries
from telusur.matching.actions import claim, judge, match_edition, undo_last
from telusur.matching.rules.queue import DeskPolicy
from telusur.register.models import Edition
from telusur.register.rules import Voice
from telusur.rounds.actions import open_round
from tests.rooms.corrections.city import FIRST, ON, SECOND, SENT, bring, cooperative, lay_country, nik, say
from tests.rooms.matching.city import ToldEngine, proposal

pytestmark = pytest.mark.django_db
A, B = "Koperasi Rekaan Nomor 1", "Koperasi Rekaan Nomor 2"
# The words on a pair are said now; the comparison asks for a day on which they stand.
TODAY = timezone.localdate()


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """An edition with one pair proposed at 0.999; every pair asks for a second look."""
    for module in (actions, queries):
        monkeypatch.setattr(module, "DeskPolicy", lambda: DeskPolicy(second_look_share=1.0))
    lay_country()
    made = bring(tmp_path, FIRST)
    match_edition(edition=made, by="rani", engine=ToldEngine((A, B, 0.999)))
    return made


def said(by: str) -> None:
    claim(proposal=proposal(A, B), by=by)
    judge(proposal=proposal(A, B), verdict="same", by=by, why="akta yang sama")


def rows(edition: Edition) -> list[Change]:
    return list(propose(edition=edition, on=TODAY, by="rani").changes)


def test_only_two_peoples_word_takes_a_row_off(edition: Edition) -> None:
    assert rows(edition) == []
    said("dewi")
    assert rows(edition) == []
    said("hadi")
    (change,) = rows(edition)
    assert (change.cooperative, change.column) == (cooperative(2), "row")
    assert change.after == f"420 · baris ganda; yang dipertahankan {nik(1)}"
    assert len(change.judgement_ids) == 2 and change.voice == "office"


def test_a_word_taken_back_takes_the_proposal_back(edition: Edition) -> None:
    said("dewi")
    said("hadi")
    (change,) = rows(edition)
    for by in ("dewi", "hadi"):
        approve(numbers=[change.pk], by=by)
    undo_last(by="hadi")
    with pytest.raises(CorrectionRefused, match="tidak lagi berbeda"):
        make_sheet(edition=edition, number="U-1", addressee="Menteri", on=SENT, by="rani")
    assert propose(edition=edition, on=TODAY, by="rani").lapsed == 1
    view = change_view(change.pk)
    assert view is not None and view.state is ChangeState.LAPSED


def test_a_judgement_whose_facts_moved_proposes_nothing(edition: Edition, tmp_path: Path) -> None:
    said("dewi")
    said("hadi")
    second = bring(tmp_path, SECOND, {1: {"Nomor Badan Hukum Pendirian": "77/BH/XX.9/2011"}})
    assert rows(second) == []


def test_a_code_of_the_round_takes_a_row_off_and_not_found_does_not(tmp_path: Path) -> None:
    lay_country()
    made = bring(tmp_path, FIRST)
    open_round(name="Penelusuran", edition=made, by="dewi")
    for number, finding, kinds, more in (
        (3, "dissolved_by_decree", ("decree",), {"number": "SK-7/2020"}),
        (4, "other_occupant", ("photo",), {}),
        (5, "dissolved_by_decree", (), {}),
        (6, "duplicate", (), {"survivor": nik(7), "survivor_shares_number": True}),
        (8, "seat_moved", ("deed",), {"number": "12"}),
    ):
        value = {"finding": finding, "officer": "sari", "part_of_day": "morning", "informants": ["rt"], **more}
        evidence = tuple({"kind": kind} for kind in kinds)
        for day in (4, 11):
            say(number, "visit", value, on=date(2026, 5, day), voice=Voice.VISIT, evidence=evidence)
    found = {change.cooperative_id: change for change in propose(edition=made, on=ON, by="rani").changes}
    assert {change.after for change in found.values()} == {
        "410 · sudah bubar menurut keputusan; nomor SK-7/2020",
        f"420 · baris ganda; yang dipertahankan {nik(7)}",
        "440 · kedudukan pindah ke kabupaten/kota lain; nomor 12",
    }
    assert "sari" not in str([change.why for change in found.values()])
