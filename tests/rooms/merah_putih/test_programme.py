"""The programme in the tables: a row for each kelurahan, a second person's check, mends, what is known when."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from telusur.journal.models import JournalLine
from telusur.merah_putih.actions import (
    Note,
    check_stage,
    count_member_lists,
    enrol,
    record_denominator,
    record_formation,
    record_members,
    record_stage,
    withdraw,
)
from telusur.merah_putih.models import Programme
from telusur.merah_putih.queries import overlaps, row_of, rows
from telusur.merah_putih.rules.members import DenominatorKind, MemberSource
from telusur.merah_putih.rules.refused import ProgrammeRefused
from telusur.merah_putih.rules.stages import Stage, StageState, Way
from telusur.register.models import Cooperative
from tests.rooms.merah_putih.village import FIRST, LATE, ON, REGENCY, SECOND, THIRD, lay_city


def note(
    code: str = FIRST, on: date = ON, proof: str = "BA 1/2026", by: str = "sari", mends: int | None = None
) -> Note:
    return Note(code, on, proof, by, ON, mends)


@pytest.fixture
def city(db: None) -> None:
    lay_city()
    enrol(regency_code=REGENCY, by="dewi")


@pytest.mark.django_db
def test_every_kelurahan_has_exactly_one_row_also_where_nothing_has_begun() -> None:
    lay_city()
    assert rows(ON, LATE) == []
    assert (enrol(regency_code=REGENCY, by="dewi"), enrol(regency_code=REGENCY, by="dewi")) == (3, 0)
    record_stage(note(SECOND), stage=Stage.DEED)
    found = rows(ON, LATE)
    assert [row.kelurahan_code for row in found] == [FIRST, SECOND, THIRD]
    assert [row.is_begun for row in found] == [False, True, False]
    assert [(row.readiness.least, row.readiness.most) for row in found] == [(0, 90), (10, 100), (0, 90)]


@pytest.mark.django_db
def test_a_kelurahan_that_nobody_took_in_yet_has_its_row_all_the_same() -> None:
    lay_city()
    Programme.objects.create(kelurahan_code=FIRST, begun_by="dewi", begun_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert [(row.kelurahan_code, row.programme_id is None) for row in rows(ON, LATE)] == [
        (FIRST, False),
        (SECOND, True),
        (THIRD, True),
    ]


def test_a_step_counts_when_another_person_found_it_right(city: None) -> None:
    record = record_stage(note(), stage=Stage.LEGAL_ENTITY, number="AHU-1")
    with pytest.raises(ProgrammeRefused, match="orang lain"):
        check_stage(number=record.pk, is_right=True, by="sari")
    row = row_of(FIRST, ON, LATE)
    assert row is not None and row.stage is None
    check_stage(number=record.pk, is_right=True, by="rani")
    row = row_of(FIRST, ON, LATE)
    assert row is not None and (row.stage, row.readiness.gates_met) == (Stage.LEGAL_ENTITY, 1)
    with pytest.raises(ProgrammeRefused, match="sudah diperiksa oleh rani"):
        check_stage(number=record.pk, is_right=False, why="x", by="dewi")
    assert JournalLine.objects.filter(deed="kkmp.checked", about=f"kelurahan:{FIRST}").count() == 1


def test_a_mended_step_waits_for_its_check_again(city: None) -> None:
    record = record_stage(note(), stage=Stage.NIB)
    check_stage(number=record.pk, is_right=True, by="rani")
    record_stage(note(proof="NIB yang benar", mends=record.pk), stage=Stage.NIB)
    row = row_of(FIRST, ON, LATE)
    assert row is not None
    assert {step.state for step in row.steps if step.stage is Stage.NIB} == {StageState.CLAIMED}
    with pytest.raises(ProgrammeRefused, match="sudah diganti"):
        record_stage(note(mends=record.pk), stage=Stage.NIB)


def test_taking_back_leaves_the_record_and_its_past(city: None) -> None:
    record = record_stage(note(), stage=Stage.NIB)
    before = datetime.now(UTC)
    with pytest.raises(ProgrammeRefused, match="mengapa"):
        withdraw(kind="stage", number=record.pk, why=" ", by="rani")
    withdraw(kind="stage", number=record.pk, why="salah kelurahan", by="rani")
    now, then = row_of(FIRST, ON, LATE), row_of(FIRST, ON, before)
    assert now is not None and not now.is_begun
    assert then is not None and then.is_begun


REFUSED = (
    ("tomorrow", {"on": ON + timedelta(days=1)}, "belum tiba"),
    ("no proof", {"proof": "  "}, "buktinya"),
    ("a citizen's number in the proof", {"proof": "KTP 9901020304050607"}, "nomor penduduk"),
    ("no such kelurahan", {"kelurahan_code": "99.01.01.1009"}, "tidak ada dalam program"),
)


@pytest.mark.parametrize(("change", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused(city: None, change: dict[str, object], says: str) -> None:
    wrong = dataclasses.replace(note(), **change)  # type: ignore[arg-type]
    with pytest.raises(ProgrammeRefused, match=says):
        record_stage(wrong, stage=Stage.DEED)
    assert not JournalLine.objects.filter(deed="kkmp.stage").exists()


def test_a_revived_cooperative_names_the_traced_one(city: None) -> None:
    with pytest.raises(ProgrammeRefused, match="direvitalisasi"):
        record_formation(note(), way=Way.REVIVED, name="KKMP Bukit Sirna")
    traced = Cooperative.objects.create(key="nik:9901020304050", nik_koperasi="9901020304050")
    record_formation(note(), way=Way.REVIVED, name="KKMP Bukit Sirna", cooperative_id=traced.pk)
    row = row_of(FIRST, ON, LATE)
    assert row is not None and (row.way, row.cooperative_id) == (Way.REVIVED, traced.pk)


def test_the_day_decides_which_count_and_which_denominator(city: None) -> None:
    for day, count in ((date(2026, 1, 1), 20), (date(2026, 2, 1), 50)):
        record_members(note(on=day), source=MemberSource.BOARD, count=count)
    record_denominator(note(on=date(2026, 1, 1)), kind=DenominatorKind.HOUSEHOLDS, total=1_000, source="BPS")
    early, late = row_of(FIRST, date(2026, 1, 15), LATE), row_of(FIRST, ON, LATE)
    assert early is not None and late is not None
    assert [each.targets[0].share for each in (early, late)] == [0.02, 0.05]


def test_two_lists_share_people_and_nobody_is_kept(city: None) -> None:
    lists = {SECOND: [(2, "9901000000000001"), (3, "9901000000000002")], FIRST: [(2, "9901000000000001"), (3, "x")]}
    count_member_lists(lists=lists, on=ON, proof="daftar anggota", by="rani", today=ON)
    assert [(each.first_code, each.second_code, each.shared_count) for each in overlaps(ON, LATE)] == [
        (FIRST, SECOND, 1)
    ]
    row = row_of(SECOND, ON, LATE)
    assert row is not None and row.members is not None and row.members.member_count == 2


class AnyOrder(TestCase):
    """Whatever is recorded in whatever order: one row a kelurahan, the score within its ends."""

    @settings(max_examples=3)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([FIRST, SECOND, THIRD]), st.sampled_from(list(Stage)), st.booleans(), st.booleans()
            ),
            max_size=12,
        )
    )
    def test_rows(self, deeds: list[tuple[str, Stage, bool, bool]]) -> None:
        lay_city()
        enrol(regency_code=REGENCY, by="dewi")
        reached = set()
        for code, stage, is_checked, is_right in deeds:
            record = record_stage(note(code), stage=stage)
            if is_checked:
                check_stage(number=record.pk, is_right=is_right, why="tidak cocok", by="rani")
                if is_right:
                    reached.add((code, stage))
        found = rows(ON, LATE)
        assert [row.kelurahan_code for row in found] == [FIRST, SECOND, THIRD]
        assert {(row.kelurahan_code, step.stage) for row in found for step in row.steps if step.is_reached} == reached
