"""Editions one after another: nothing is deleted, absent is marked, a shrunken file waits for a second person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice

import orjson
import pytest
from django.db import connection

from telusur.journal.models import JournalLine
from telusur.register.actions import decide_edition, fresh_ids
from telusur.register.models import Absence, Cooperative, Entry, SearchName
from telusur.register.ports import NameSearch
from telusur.register.queries import changes_between, cooperative_record, edition_list, latest_edition
from telusur.register.searchers.choose import name_search
from tests.rooms.rounds.city import ON, make_edition, nik

pytestmark = pytest.mark.django_db
LATER = ON + timedelta(days=30)


def test_a_shorter_edition_deletes_nothing_and_marks_the_absent() -> None:
    make_edition(100)
    second = make_edition(99, mark="b", as_of_on=LATER)
    assert not second.held
    assert Cooperative.objects.count() == 100
    assert Entry.objects.count() == 199
    gone = Absence.objects.get(edition=second).cooperative
    assert gone.nik_koperasi == nik(100)
    assert second.absent_count == 1


@pytest.mark.parametrize(("rows", "held"), [(98, False), (97, True), (1, True)], ids=["2 %", "3 %", "nearly all"])
def test_more_than_two_percent_absent_waits(rows: int, held: bool) -> None:
    first = make_edition(100)
    second = make_edition(rows, mark="b", as_of_on=LATER)
    assert second.held is held
    assert latest_edition() == (first if held else second)


def test_a_second_person_decides() -> None:
    make_edition(100)
    held = make_edition(50, mark="b", as_of_on=LATER)
    with pytest.raises(PermissionError, match="orang kedua"):
        decide_edition(edition=held, accepted=True, why="daftar memang menyusut", by="sari")
    with pytest.raises(ValueError, match="alasan"):
        decide_edition(edition=held, accepted=True, why=" ", by="dewi")
    decide_edition(edition=held, accepted=True, why="daftar memang menyusut", by="dewi")
    assert latest_edition() == held
    assert JournalLine.objects.filter(deed="edition.accepted", by="dewi").count() == 1
    with pytest.raises(ValueError, match="tidak menunggu"):
        decide_edition(edition=held, accepted=False, why="keliru", by="dewi")


def test_a_rejected_edition_is_kept_and_never_used() -> None:
    first = make_edition(100)
    held = make_edition(50, mark="b", as_of_on=LATER)
    decide_edition(edition=held, accepted=False, why="berkas terpotong", by="dewi")
    assert latest_edition() == first
    assert Entry.objects.filter(edition=held).count() == 50
    third = make_edition(100, mark="c", as_of_on=LATER + timedelta(days=1))
    assert third.previous == first
    assert [row.state for row in edition_list()] == ["dipakai", "ditolak", "dipakai"]


def test_what_changed_is_told_field_by_field() -> None:
    first = make_edition(10)
    second = make_edition(11, mark="b", as_of_on=LATER, names={3: "Koperasi Contoh Berganti"})
    diff = changes_between(first, second)
    assert (diff.same_count, len(diff.changed), len(diff.added), len(diff.absent)) == (9, 1, 1, 0)
    assert [tuple(change) for change in diff.changed[0].changes] == [
        ("name", "Koperasi Contoh Nomor 3", "Koperasi Contoh Berganti")
    ]
    assert diff.by_field() == {"name": 1}
    assert (second.new_count, second.changed_count) == (1, 1)
    back = changes_between(second, first)
    assert len(back.absent) == 1


def test_the_record_has_its_rows_by_edition() -> None:
    make_edition(10)
    make_edition(10, mark="b", as_of_on=LATER, names={3: "Koperasi Contoh Berganti"})
    who = Cooperative.objects.get(nik_koperasi=nik(3))
    record = cooperative_record(who.pk, LATER, datetime.now(UTC))
    assert record is not None
    assert [entry.name for entry in record.entries] == ["Koperasi Contoh Nomor 3", "Koperasi Contoh Berganti"]
    assert record.entry is not None
    assert record.entry.name == "Koperasi Contoh Berganti"


def test_ids_are_uuids_of_version_4_and_never_twice() -> None:
    make_edition(600)
    idents = list(Cooperative.objects.values_list("id", flat=True))
    assert len(set(idents)) == 600
    assert all(ident.version == 4 and ident.variant == uuid.RFC_4122 for ident in idents)


def test_ids_do_not_come_again_after_a_reading_of_randomness() -> None:
    idents = list(islice(fresh_ids(), 9000))
    assert len(set(idents)) == 9000


def test_a_row_is_stored_by_position_and_read_by_name() -> None:
    make_edition(1)
    entry = Entry.objects.get()
    assert entry.normal["name"] == entry.name
    assert entry.normal["nik_koperasi"] == nik(1)
    assert Entry.objects.values_list("normal", flat=True).get() == entry.normal
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(normal AS text) FROM register_entry")
        stored = orjson.loads(cursor.fetchone()[0])
    assert stored[:2] == [entry.name, nik(1)]
    copy = Entry(edition=entry.edition, cooperative=entry.cooperative, row_number=99, name="Koperasi Contoh Salinan")
    copy.raw, copy.warnings, copy.normal = [], [], {**entry.normal, "report_year": 2020}
    copy.save()
    assert Entry.objects.get(row_number=99).normal == {**entry.normal, "report_year": 2020}


def test_a_row_that_stands_by_names_is_read_as_it_is() -> None:
    """As rows stood before they were stored by position; taken for a list, it would give the names for the values."""
    field = Entry._meta.get_field("normal")
    assert field.from_db_value('{"name": "Koperasi Contoh"}', None, connection) == {"name": "Koperasi Contoh"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's jsonb parses what comes in")
def test_sqlite_does_not_parse_the_texts_of_our_own_encoder_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'register_entry'")
        assert "JSON_VALID" not in cursor.fetchone()[0].upper()


def test_only_names_that_cannot_be_found_yet_are_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    make_edition(10)
    asked: list[str] = []
    search = name_search()
    index = type(search).index

    def spy(self: NameSearch, names: Iterable[tuple[str, str]]) -> int:
        given = list(names)
        asked.extend(name for _, name, _ in given)
        return index(search, given)

    monkeypatch.setattr(type(search), "index", spy)
    make_edition(11, mark="b", as_of_on=LATER, names={3: "Koperasi Contoh Berganti"})
    assert asked == ["Koperasi Contoh Berganti", "Koperasi Contoh Nomor 11"]
    assert search.find("berganti")[0].cooperative_id == search.find(nik(3))[0].cooperative_id
    SearchName.objects.all().delete()
    make_edition(10, mark="c", as_of_on=LATER + timedelta(days=1))
    assert search.find("nomor 7")[0].name == "Koperasi Contoh Nomor 7"
