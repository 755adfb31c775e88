"""Standings of a round: derived, kept, compared; a report that changes one; links that carry nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from telusur.journal.models import JournalLine
from telusur.laws.queries import policy_named
from telusur.register import actions as register
from telusur.register.models import Cooperative
from telusur.register.rules import NewFact, Voice
from telusur.rounds import actions as rounds
from telusur.rounds.models import Round
from telusur.standing.actions import choose_policy, derive_all
from telusur.standing.models import StandingRow, StandingRun
from telusur.standing.queries import (
    Lens,
    case_of,
    count_by_policy,
    duty_rows,
    lens,
    lines,
    meetings_reviewed,
    outcomes_of,
    verdict_of,
    verdicts,
    what_if,
)
from telusur.standing.rules.verdict import Standing
from tests.rooms.rounds.city import ON, make_edition, nik, sheet_row

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return datetime.now(UTC)


def operating(number: int, **cells: object) -> object:
    given = {
        "FINDING": "usaha berjalan", "BUSINESS": "buku kas", "BUSINESS_ON": "30/08/2025", "PHOTO": "foto bergeotag",
        "INFORMANT_1": "pengurus", **cells,
    }  # fmt: skip
    return sheet_row(number, **given)


def gone(number: int) -> list[object]:
    said = {"FINDING": "alamat ditempati pihak lain", "PHOTO": "foto lokasi", "INFORMANT_1": "ketua RT/RW"}
    return [
        sheet_row(number, **said),
        sheet_row(number, **said, VISITED_ON="09/09/2025", OFFICER="budi"),
    ]


def opened() -> Round:
    """Six rows: 1 in business with its RAT, 2 without, 3 not found, the others not visited."""
    item = rounds.open_round(name="Penelusuran 2025", edition=make_edition(6), by="dewi")
    meeting = {"MEETING_YEAR": "2024", "MEETING_ON": "20/03/2025", "MINUTES": "ada"}
    rows = [operating(1, **meeting), operating(2), *gone(3)]
    report = rounds.record_visits(round_=item, rows=rows, by="sari", file_name="s.xlsx")  # type: ignore[arg-type]
    assert not report.refused
    return item


def ident(number: int) -> object:
    return Cooperative.objects.get(nik_koperasi=nik(number)).pk


def standings(item: Round, on: date = ON) -> dict[str, int]:
    run = derive_all(round_=item, on=on, known_at=now(), by="dewi")
    found: dict[str, int] = {}
    for word in run.rows.values_list("outcome", flat=True):
        found[word] = found.get(word, 0) + 1
    return found


def test_a_run_keeps_what_was_answered() -> None:
    item = opened()
    assert standings(item) == {"active": 2, "not_found": 1, "not_traced": 3}
    run = StandingRun.objects.get()
    law, policy = lens(ON)
    assert (run.law, run.policy, run.row_count) == (law.version, policy.id, 6)
    again = {line.cooperative_id: verdict for line, verdict in verdicts(item, ON, run.known_at)}
    for row in run.rows.all():
        verdict = again[row.cooperative_id]
        assert (row.outcome, row.code, row.existence) == (verdict.standing, verdict.code, verdict.existence)
        assert row.meeting_held == verdict.outcome.meeting_held
        assert verdict.reasons
    line = JournalLine.objects.get(deed="standing.derived")
    assert line.after["rows"] == 6
    assert derive_all(round_=item, on=ON, known_at=now(), by="dewi") == run
    assert StandingRun.objects.count() == 1


def test_a_chosen_definition_changes_the_run_and_who_would_flip_is_known_before() -> None:
    item = opened()
    standings(item)
    rows = list(lines(item, now()))
    would = what_if(rows, ON, now(), Lens(lens(ON).law, policy_named("balikpapan-2024")))
    assert would.moves == {(Standing.ACTIVE, Standing.INACTIVE): 1}
    assert [flip.key.cooperative_id for flip in would.flips] == [ident(2)]
    assert StandingRun.objects.count() == 1, "a what-if stores nothing"
    choose_policy(policy="balikpapan-2024", from_on=date(2025, 1, 1), why="uji", by="hadi")
    assert standings(item) == {"active": 1, "inactive": 1, "not_found": 1, "not_traced": 3}
    # The figure under each definition is the same whichever is chosen.
    counts = {each.policy.id: each.active for each in count_by_policy(rows, ON, now())}
    assert (counts["balikpapan-2025"], counts["balikpapan-2024"]) == (2, 1)


def test_an_accepted_report_changes_the_standing() -> None:
    item = opened()
    before = verdict_of(ident(3), ON, now())
    assert before is not None and before.standing is Standing.NOT_FOUND
    said = {"confirmed_by": "dewi", "receipt": "L-1"}
    proof = [{"kind": "ledger", "sha256": "0"}]
    with transaction.atomic():
        register.record_facts(
            [
                NewFact(ident(3), "business", said, Voice.BOARD, date(2025, 10, 1), proof),  # type: ignore[arg-type]
                NewFact(ident(3), "address", said, Voice.BOARD, date(2025, 10, 20)),  # type: ignore[arg-type]
            ],
            by="dewi",
        )
    after = verdict_of(ident(3), ON, now())
    assert after is not None and (after.standing, after.code) == (Standing.ACTIVE, 120)
    assert "house.self_report_proves" in after.articles
    assert verdict_of(ident(3), ON, before.known_at) == before
    derivation = rounds.derive(round_=item, on=ON, known_at=now(), by="dewi")
    assert derivation.dispositions.get(cooperative_id=ident(3)).code == 120


def test_the_duty_of_the_round() -> None:
    item = opened()
    rows = {row.line.cooperative_id: row for row in duty_rows(item, ON, now())}
    assert rows[ident(1)].letter is None
    letter = rows[ident(2)].letter
    assert letter is not None and (letter.stage, letter.year) == ("sp1", 2024)
    assert rows[ident(3)].letter is None, "no letter to whom nobody found"
    case = case_of(ident(1), ON, now())  # type: ignore[arg-type]
    assert case is not None
    ((fact, doubts),) = meetings_reviewed(case.facts, lens(ON).law)
    assert fact.value["for_book_year"] == 2024
    assert [ground.reason.code for ground in doubts] == ["minutes_quorum_unstated", "minutes_contents_unstated"]


def test_a_cooperative_outside_any_round_has_a_standing_too() -> None:
    make_edition(1)
    verdict = verdict_of(ident(1), ON, now())  # type: ignore[arg-type]
    assert verdict is not None and verdict.standing is Standing.NOT_TRACED
    # Asked for a day before any list: the oldest one speaks.
    assert verdict_of(ident(1), ON - timedelta(900), now()) is not None  # type: ignore[arg-type]
    stranger = Cooperative.objects.create(key="x")
    assert verdict_of(stranger.pk, ON, now()) is None


def test_the_database_keeps_the_shape() -> None:
    item = opened()
    standings(item)
    row = StandingRow.objects.values().first()
    assert row is not None
    with pytest.raises(IntegrityError), transaction.atomic():  # standing_once_a_cooperative
        StandingRow.objects.create(**row | {"id": None})
    StandingRun.objects.create(**StandingRun.objects.values().get() | {"id": None})
    with pytest.raises(IntegrityError, match="standing_is_known"), transaction.atomic():
        StandingRow.objects.create(**row | {"id": None, "run_id": StandingRun.objects.latest("id").pk, "code": 999})
    for model in (StandingRow, StandingRun):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().update(**{"existence": "x"} if model is StandingRow else {"law": "x"})


def test_outcomes_and_verdicts_agree() -> None:
    item = opened()
    at = now()
    found = outcomes_of(list(lines(item, at)), ON, at)
    assert [outcome for _, outcome in found] == [verdict.outcome for _, verdict in verdicts(item, ON, at)]
