"""A round from opening to its balance, as the office would live it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from telusur.journal.models import JournalLine
from telusur.register.models import Entry, RecordedFact
from telusur.rounds import actions as rounds
from telusur.rounds.models import BalanceLine, Derivation, OutsideFind, Round, RowDisposition
from telusur.rounds.queries import (
    balance_by,
    balance_by_rederiving,
    balance_figure,
    latest_derivation,
    latest_disposition,
    policy_of,
)
from telusur.rounds.rules.codes import Code
from tests.rooms.rounds.city import ON, make_edition, sheet_row

pytestmark = pytest.mark.django_db


def now() -> datetime:
    """The instant of asking."""
    return datetime.now(UTC)


def opened(count: int = 6) -> Round:
    """An open round over `count` rows."""
    return rounds.open_round(name="Penelusuran 2025", edition=make_edition(count), by="dewi")


def test_every_row_has_exactly_one_code_and_the_lines_add_up() -> None:
    item = opened()
    rounds.record_visits(round_=item, rows=[sheet_row(1), sheet_row(2)], by="sari", file_name="s.xlsx")
    derivation = rounds.derive(round_=item, on=ON, known_at=now(), by="dewi")
    assert RowDisposition.objects.filter(derivation=derivation).count() == item.row_count
    (whole,) = balance_by(derivation, None)
    assert whole.tally.codes == {Code.WITHHELD: 2, Code.NOT_ATTEMPTED: 4}
    for dimension in ("kelurahan", "kecamatan", "kind", "officer"):
        groups = balance_by(derivation, dimension)
        assert sum(group.tally.recorded for group in groups) == item.row_count
        assert all(group.tally.unaccounted == 0 for group in groups)
    assert {group.value for group in balance_by(derivation, "officer")} == {"", "sari"}


def test_the_database_refuses_a_balance_that_does_not_add_up() -> None:
    item = opened()
    derivation = rounds.derive(round_=item, on=ON, known_at=now(), by="dewi")
    line = BalanceLine.objects.get(derivation=derivation, dimension="whole")
    with pytest.raises(IntegrityError, match="balance_adds_up"), transaction.atomic():
        BalanceLine.objects.filter(pk=line.pk).update(not_final_count=line.not_final_count - 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        BalanceLine.objects.create(**{**_fields(line), "id": None})  # balance_line_once_a_value


def _fields(line: BalanceLine) -> dict[str, object]:
    return {field.attname: getattr(line, field.attname) for field in BalanceLine._meta.concrete_fields}


def test_a_row_cannot_hold_two_codes_nor_an_unknown_one() -> None:
    derivation = rounds.derive(round_=opened(), on=ON, known_at=now(), by="dewi")
    row = derivation.dispositions.first()
    assert row is not None
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():  # disposition_once_a_row
        row.save()
    with pytest.raises(IntegrityError, match="disposition_code_is_known"), transaction.atomic():
        derivation.dispositions.update(code=999)


def test_a_lost_row_stops_the_balance() -> None:
    derivation = rounds.derive(round_=opened(), on=ON, known_at=now(), by="dewi")
    derivation.dispositions.order_by("id").last().delete()  # type: ignore[union-attr]
    (whole,) = balance_by(derivation, None)
    assert whole.tally.unaccounted == 1
    with pytest.raises(RuntimeError, match="do not add up"):
        balance_by(derivation, "kelurahan")


def test_the_same_sheet_twice_changes_nothing() -> None:
    item = opened()
    rows = [sheet_row(1), sheet_row(2, MEETING_YEAR="2024", MINUTES="ada")]
    first = rounds.record_visits(round_=item, rows=rows, by="sari", file_name="s.xlsx")
    second = rounds.record_visits(round_=item, rows=rows, by="sari", file_name="s.xlsx")
    assert (first.accepted, first.known) == (2, 0)
    assert (second.accepted, second.known, second.unchanged) == (0, 2, True)
    assert RecordedFact.objects.count() == 3
    assert JournalLine.objects.filter(deed="visits.recorded").count() == 1


def test_rows_in_are_accepted_known_outside_or_refused() -> None:
    item = opened()
    rows = [
        sheet_row(1),
        sheet_row(1),
        sheet_row(2, FINDING="bubar"),
        sheet_row(3, NAME="Koperasi Nelayan Laut Biru"),
        sheet_row(99),
        sheet_row(4, NIK_KOPERASI="", NAME="Koperasi Tak Tercatat", ADDRESS="Jalan Contoh"),
        sheet_row(5, FINDING="baris ganda", SURVIVOR="9901000000005"),
    ]
    report = rounds.record_visits(round_=item, rows=rows, by="sari", file_name="s.xlsx")
    assert report.rows_in == report.accepted + report.known + report.outside + len(report.refused)
    assert [refusal.reason.code for refusal in report.refused] == [
        "choice_unknown",
        "name_misfit",
        "not_in_round",
        "survivor_is_itself",
    ]
    assert OutsideFind.objects.get().name == "Koperasi Tak Tercatat"


def test_a_refused_row_carries_no_finding_over() -> None:
    """A name that does not fit its number: nothing negative may reach the cooperative behind the number."""
    item = opened()
    rounds.record_visits(
        round_=item, rows=[sheet_row(3, NAME="Koperasi Nelayan Laut Biru")], by="sari", file_name="s.xlsx"
    )
    assert not RecordedFact.objects.exists()


def test_any_past_day_and_any_past_knowledge_can_be_asked() -> None:
    item = opened()
    before = now()
    rounds.record_visits(round_=item, rows=[sheet_row(1)], by="sari", file_name="s.xlsx")
    after = now()
    policy = policy_of(item, ON)

    def count(on: date, known_at: datetime) -> int:
        (whole,) = balance_by_rederiving(item, policy, on, known_at, None)
        assert whole.tally.unaccounted == 0
        return whole.tally.codes.get(Code.WITHHELD, 0)

    assert count(ON, after) == 1
    assert count(ON, before) == 0
    assert count(date(2025, 9, 1), after) == 0


def test_a_figure_is_the_same_stored_or_derived_afresh() -> None:
    item = opened()
    rounds.record_visits(round_=item, rows=[sheet_row(1), sheet_row(2)], by="sari", file_name="s.xlsx")
    at = now()
    fresh = balance_figure(item, ON, at, "kelurahan")
    rounds.derive(round_=item, on=ON, known_at=at, by="dewi")
    stored = balance_figure(item, ON, at, "kelurahan")
    assert fresh == stored
    later = rounds.record_visits(round_=item, rows=[sheet_row(3)], by="sari", file_name="t.xlsx")
    assert later.accepted == 1
    assert balance_figure(item, ON, now(), None).whole.codes[Code.WITHHELD] == 3
    assert balance_figure(item, ON, at, "kelurahan") == stored


def test_deriving_twice_stores_one_answer() -> None:
    item = opened()
    first = rounds.derive(round_=item, on=ON, known_at=now(), by="dewi")
    assert rounds.derive(round_=item, on=ON, known_at=now(), by="dewi") == first
    rounds.record_visits(round_=item, rows=[sheet_row(1)], by="sari", file_name="s.xlsx")
    assert rounds.derive(round_=item, on=ON, known_at=now(), by="dewi") != first
    assert Derivation.objects.count() == 2
    assert latest_derivation(item, ON) != first


def test_deriving_a_past_day_does_not_move_what_everybody_sees() -> None:
    item = opened()
    rounds.record_visits(round_=item, rows=[sheet_row(1)], by="sari", file_name="s.xlsx")
    today = rounds.derive(round_=item, on=ON, known_at=now(), by="dewi")
    past = rounds.derive(round_=item, on=date(2025, 8, 1), known_at=now(), by="dewi")
    assert past.pk > today.pk
    assert latest_derivation(item) == today
    row = today.dispositions.exclude(code=510).get()
    shown = latest_disposition(row.cooperative_id)
    assert shown is not None
    assert shown.derivation == today


def test_rows_that_come_after_the_opening_stay_outside_the_round() -> None:
    item = opened()
    entry = Entry.objects.filter(edition=item.edition).first()
    assert entry is not None
    entry.pk, entry.row_number = None, 99
    entry.save()
    derivation = rounds.derive(round_=item, on=ON, known_at=now(), by="dewi")
    assert derivation.dispositions.count() == item.row_count == 6


def test_opening_and_closing() -> None:
    item = opened()
    with pytest.raises(ValueError, match="masih ada putaran"):
        rounds.open_round(name="Lain", edition=item.edition, by="dewi")
    rounds.close_round(round_=item, by="dewi")
    with pytest.raises(ValueError, match="sudah ditutup"):
        rounds.record_visits(round_=item, rows=[sheet_row(1)], by="sari", file_name="s.xlsx")
    with pytest.raises(ValueError, match="sudah ditutup"):
        rounds.close_round(round_=item, by="dewi")
    with pytest.raises(ValueError, match="pilih nama lain"):
        rounds.open_round(name=item.name, edition=item.edition, by="dewi")
    with pytest.raises(IntegrityError, match="round_closed_by_someone"), transaction.atomic():
        Round.objects.filter(pk=item.pk).update(closed_by="")
    with pytest.raises(IntegrityError, match="round_asks_an_attempt"), transaction.atomic():
        Round.objects.filter(pk=item.pk).update(required_attempts=0)


def test_a_held_edition_opens_no_round() -> None:
    make_edition(100)
    held = make_edition(97, mark="b", as_of_on=ON + timedelta(days=30))
    assert held.waits
    with pytest.raises(ValueError, match="masih ditahan"):
        rounds.open_round(name="Penelusuran 2025", edition=held, by="dewi")


def test_every_verb_leaves_its_line() -> None:
    item = opened()
    rounds.record_visits(round_=item, rows=[sheet_row(1)], by="sari", file_name="s.xlsx")
    rounds.derive(round_=item, on=ON, known_at=now(), by="dewi")
    rounds.close_round(round_=item, by="dewi")
    deeds = list(JournalLine.objects.order_by("number").values_list("deed", flat=True))
    assert deeds == ["edition.imported", "round.opened", "visits.recorded", "round.derived", "round.closed"]
