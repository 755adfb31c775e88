"""Answers kept in the data folder: the same as counted, for exactly what they stand on, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from telusur.areas.models import Area
from telusur.dashboards import queries
from telusur.dashboards.kept import answers
from telusur.register.actions import record_facts
from telusur.register.models import Cooperative
from telusur.rounds.queries import latest_derivation
from telusur.rounds.rules.codes import Code
from tests.rooms.web.city import ON, facts_of, lay


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path / "kept"


def test_an_answer_is_for_one_question_and_one_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers.keep("seen", (1, ON), [3, "tiga"])
    assert answers.recall("seen", (1, ON)) == [3, "tiga"]
    assert [answers.recall(*asked) for asked in (("seen", (2, ON)), ("told", (1, ON)))] == [None, None]
    monkeypatch.setattr(answers, "_program", lambda: "another")
    assert answers.recall("seen", (1, ON)) is None


def test_a_broken_file_and_a_locked_folder_stop_nobody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers.keep("seen", 1, [3])
    (kept,) = folder.iterdir()
    kept.write_bytes(b"[3")
    assert answers.recall("seen", 1) is None
    kept.unlink()
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    answers.keep("seen", 1, [3])
    assert answers.recall("seen", 1) is None


def test_the_oldest_answers_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_MOST", 3)
    for number in range(5):
        answers.keep("seen", number, number)
    assert len(list(folder.iterdir())) == 3


@pytest.mark.django_db
def test_another_process_reads_what_one_has_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = lay({Code.ACTIVE_WITH_MEETING: 6, Code.OTHER_OCCUPANT: 3, Code.NOT_ATTEMPTED: 9})
    derived = latest_derivation(round_, ON)
    assert derived is not None
    at = (round_, ON, derived.known_at)
    counted = {name: queries.comparison(*at, name) for name in ("located", "active")}
    # A long list's standings are shown only once they have been counted for this very moment.
    assert queries.standings_at(*at, 1) == ()
    queries.keep_answers(*at)
    whole = queries.standings_at(*at)
    assert whole
    for forgotten in (queries._comparison_of, queries._drawn_by_place, queries._standings):
        forgotten.cache_clear()
    monkeypatch.setattr(queries, "_compared", lambda *_: pytest.fail("counted again"))
    assert {name: queries.comparison(*at, name) for name in counted} == counted
    assert queries.standings_at(*at, 1) == whole
    # A name is not part of the count.
    place = counted["located"][1][0]
    Area.objects.create(
        code=place.code, level="kelurahan", name="Berganti Nama", parent=place.code[:8], source="rekaan"
    )
    queries._comparison_of.cache_clear()
    assert queries.comparison(*at, "located")[1][0].name == "Berganti Nama"
    # What is learnt later answers another moment, not this one.
    late = list(facts_of(Code.DORMANT_NO_BOARD, Cooperative.objects.values_list("pk", flat=True)[0]))
    later = record_facts(late, by="terminal")[0].recorded_at
    assert queries.standings_at(round_, ON, later, 1) == ()
    assert queries.standings_at(*at, 1) == whole
