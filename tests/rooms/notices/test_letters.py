"""The way of a letter: drafted by one, signed by another, numbered without a gap, served with proof, taken back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from telusur.journal.models import JournalLine
from telusur.journal.queries import chain_break
from telusur.laws.queries import current_law
from telusur.notices import actions
from telusur.notices.actions import Proof, Refused
from telusur.notices.models import Notice, NoticeNumber
from telusur.notices.queries import agenda, case_file, letter_text, notice_by_code, rows_of
from telusur.notices.rules.cases import NextKind, board_spoke
from telusur.notices.rules.public import NoticeState
from telusur.notices.rules.stages import Channel, EventKind, Stage
from telusur.notices.sheets.public_rows import public_list
from telusur.register.actions import record_facts
from telusur.register.models import RecordedFact
from telusur.register.rules import NewFact, Voice
from tests.rooms.notices.city import (
    BOARD,
    CLERK,
    HEAD,
    RECEIPT,
    SECTION,
    ago,
    at,
    draft,
    fact,
    lay_office,
    not_found,
    put_up,
    signed,
)
from tests.rooms.oversight.city import BUSINESS, GONE, cooperative, visited

pytestmark = pytest.mark.django_db


def codes(stopped: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in stopped.value.reasons}


def refused(batch: actions.Batch) -> set[str]:
    return {reason.code for _, reasons in batch.refused for reason in reasons}


def test_a_notice_goes_from_draft_to_the_public_list() -> None:
    lay_office()
    not_found(1)
    notice = put_up(1, ago(20))
    (row,) = public_list(ago(0))
    assert row.number.startswith("001/PGM/") and row.state is NoticeState.RUNS
    assert row.due_on is not None and row.due_on > ago(0)
    assert (row.name, row.nik_koperasi) == ("Koperasi Contoh Nomor 1", "9901000000001")
    kinds = [said.value["event"] for said in RecordedFact.objects.filter(kind="notice_event").order_by("id")]
    assert kinds == ["signed", "published"]
    told = RecordedFact.objects.filter(kind="notice_event").latest("id")
    assert told.value["due_on"] == row.due_on.isoformat() and told.voice == Voice.OFFICE
    assert {line.deed for line in JournalLine.objects.filter(about=f"notice_case:{notice.case_id}")} == {
        "notice.drafted",
        "notice.signed",
        "notice.published",
    }
    assert chain_break() is None


def test_one_officers_not_found_never_leaves_the_house() -> None:
    lay_office()
    visited(1, ago(40), "sari", GONE)
    visited(1, ago(30), "sari", GONE)
    batch = actions.draft(cooperatives=[cooperative(1).pk], stage=Stage.PUBLIC_NOTICE, on=ago(0), by=CLERK)
    assert refused(batch) == {"leave_second_officer"} and not Notice.objects.exists()


def test_what_changed_since_the_draft_stops_the_signature_and_the_board() -> None:
    """The protocol is asked again at every step by which the letter would leave."""
    lay_office()
    not_found(1)
    not_found(2)
    notice, other = draft(1, Stage.PUBLIC_NOTICE, ago(5)), signed(2, Stage.PUBLIC_NOTICE, ago(5))
    visited(1, ago(1), "tono", BUSINESS)
    visited(2, ago(1), "tono", "dormant_with_board")
    assert refused(actions.sign(notices=[notice], on=ago(0), by=SECTION))
    with pytest.raises(Refused):
        actions.publish(notice=other, channel=Channel.BOARD, place="Papan", proof=BOARD, on=ago(0), by=CLERK)


def test_nobody_signs_a_draft_of_his_own_nor_without_the_role() -> None:
    lay_office()
    not_found(1)
    notice = draft(1, Stage.PUBLIC_NOTICE, ago(0), by=SECTION)
    assert refused(actions.sign(notices=[notice], on=ago(0), by=SECTION)) == {"letter_self_signed"}
    assert refused(actions.sign(notices=[notice], on=ago(0), by=CLERK)) == {"letter_signer_role"}
    assert refused(actions.sign(notices=[notice], on=ago(0), by="nobody")) == {"letter_signer_role"}
    assert not actions.sign(notices=[notice], on=ago(0), by=HEAD).refused


def test_a_batch_is_numbered_without_a_gap_past_those_that_are_refused() -> None:
    lay_office(8)
    for number in (1, 2, 3, 4):
        not_found(number)
    notices = [draft(number, Stage.PUBLIC_NOTICE, ago(3)) for number in (1, 2, 3, 4)]
    visited(2, ago(1), "tono", BUSINESS)
    batch = actions.sign(notices=notices, on=ago(0), by=SECTION)
    assert len(batch.done) == 3 and len(batch.refused) == 1
    assert list(NoticeNumber.objects.values_list("serial_number", flat=True)) == [1, 2, 3]


def test_a_signature_is_of_its_own_day_and_a_step_is_not_dated_back() -> None:
    """Who could date back what serves a notice could make its three months run out in an afternoon."""
    lay_office()
    not_found(1)
    notice = draft(1, Stage.PUBLIC_NOTICE, ago(120))
    assert refused(actions.sign(notices=[notice], on=ago(120), by=SECTION)) == {"letter_signed_today"}
    actions.sign(notices=[notice], on=ago(120), by=SECTION, at=at(ago(120)))
    put = {"notice": notice, "channel": Channel.BOARD, "place": "Papan", "proof": BOARD, "by": CLERK}
    with pytest.raises(Refused) as stopped:
        actions.publish(**put, on=ago(119))
    assert codes(stopped) == {"letter_recorded_late"}
    with pytest.raises(Refused) as stopped:
        actions.publish(**put, on=ago(-1))
    assert codes(stopped) == {"letter_in_future"}
    assert actions.publish(**put, on=ago(14)).due_on > ago(0)


def test_nothing_is_served_without_proof() -> None:
    lay_office()
    not_found(1)
    notice = signed(1, Stage.PUBLIC_NOTICE, ago(1))
    with pytest.raises(Refused) as stopped:
        actions.publish(notice=notice, channel=Channel.BOARD, place="Papan", proof=Proof("  "), on=ago(0), by=CLERK)
    assert codes(stopped) == {"letter_needs_proof"}


def test_a_period_runs_from_receipt_and_not_from_sending() -> None:
    lay_office()
    not_found(1)
    notice = signed(1, Stage.SUMMONS, ago(30))
    sent = actions.send(
        notice=notice, channel=Channel.POST, place="alamat", proof=RECEIPT, on=ago(30), by=CLERK, at=at(ago(30))
    )
    assert sent.due_on is None
    got = actions.record_receipt(
        notice=notice, channel=Channel.POST, place="alamat", proof=RECEIPT, on=ago(9), by=CLERK, at=at(ago(8))
    )
    assert got.due_on is not None and got.due_on > ago(9) + timedelta(days=14)
    assert "clock_from_receipt" in {said["code"] for said in got.working}


def test_a_retraction_is_told_wherever_the_notice_was_and_stays_on_the_list() -> None:
    lay_office()
    not_found(1)
    notice = put_up(1, ago(60))
    paper = {"channel": Channel.NEWSPAPER, "place": "Harian Contoh", "proof": Proof("edisi 1, halaman 4"), "by": CLERK}
    actions.publish(notice=notice, on=ago(59), at=at(ago(59)), **paper)
    actions.retract(case=notice.case, why="koperasi ditemukan", on=ago(0), by=SECTION)
    before = at(ago(0)) - timedelta(days=1)
    assert [each.state for each in public_list(ago(0), before)] == [NoticeState.RUNS]
    assert public_list(ago(0), at(ago(60)) - timedelta(days=1)) == []
    (row,) = public_list(ago(0))
    assert row.state is NoticeState.RETRACTED and row.due_on is None and row.turned_on == ago(0)
    (due,) = agenda(ago(0))
    assert due.next.kind is NextKind.TELL and due.next.reason.values["count"] == "2"
    actions.publish(notice=notice, on=ago(0), **paper)
    actions.publish(notice=notice, channel=Channel.BOARD, place="Kelurahan Contoh", proof=BOARD, on=ago(0), by=CLERK)
    (due,) = agenda(ago(0))
    assert due.next.kind is NextKind.ENDED
    assert public_list(ago(0))[0].state is NoticeState.RETRACTED


def test_a_pause_adds_its_days_to_the_clock() -> None:
    lay_office()
    not_found(1)
    notice = put_up(1, ago(60))
    before = notice.events.get(kind="published").due_on
    actions.suspend(case=notice.case, why="pengurus menghubungi", on=ago(40), by=SECTION, at=at(ago(40)))
    assert public_list(ago(30))[0].state is NoticeState.SUSPENDED
    actions.resume(case=notice.case, why="tidak ada kelanjutan", on=ago(20), by=SECTION, at=at(ago(20)))
    after = notice.events.get(kind="resumed").due_on
    assert 20 <= (after - before).days <= 31
    with pytest.raises(Refused):
        actions.resume(case=notice.case, why="sekali lagi", on=ago(0), by=SECTION)


def test_an_objection_stops_the_case_and_upheld_it_takes_back_every_letter() -> None:
    lay_office()
    not_found(1)
    notice = put_up(1, ago(60))
    objection = actions.object(notice=notice, says="kami ada", receipt="K-1", on=ago(1), by="portal")
    assert public_list(ago(0))[0].state is NoticeState.OBJECTED
    assert agenda(ago(0))[0].next.kind is NextKind.DECIDE_OBJECTION
    batch = actions.draft(cooperatives=[cooperative(1).pk], stage=Stage.INTENT, on=ago(0), by=CLERK)
    assert "case_objection_open" in refused(batch)
    with pytest.raises(Refused) as stopped:
        actions.decide_objection(objection=objection, upheld=True, why="ada akta", on=ago(0), by=SECTION)
    assert codes(stopped) == {"objection_own_letter"}
    actions.decide_objection(objection=objection, upheld=True, why="ada akta", on=ago(0), by=HEAD)
    assert case_file(notice.case).is_ended
    assert public_list(ago(0))[0].state is NoticeState.RETRACTED
    newest = RecordedFact.objects.filter(kind="objection").latest("id")
    assert newest.value["state"] == "upheld" and newest.supersedes_id == objection.fact_id


def test_a_dismissed_objection_lets_the_case_go_on() -> None:
    lay_office()
    not_found(1)
    notice = put_up(1, ago(200))
    objection = actions.object(notice=notice, says="kami ada", receipt="K-1", on=ago(190), by="portal", at=at(ago(190)))
    actions.decide_objection(
        objection=objection, upheld=False, why="tanpa bukti", on=ago(170), by=HEAD, at=at(ago(170))
    )
    assert draft(1, Stage.INTENT, ago(0))
    with pytest.raises(Refused):
        actions.decide_objection(objection=objection, upheld=True, why="berubah", on=ago(0), by=HEAD)


def test_a_board_that_spoke_stops_the_letters() -> None:
    lay_office()
    not_found(1)
    notice = signed(1, Stage.PUBLIC_NOTICE, ago(2))
    fact(1, "self_report", {"receipt": "L-1", "says": "alive", "state": "claimed"}, Voice.BOARD, ago(1))
    with pytest.raises(Refused) as stopped:
        actions.publish(notice=notice, channel=Channel.BOARD, place="Papan", proof=BOARD, on=ago(0), by=CLERK)
    assert "case_board_spoke" in codes(stopped)


def test_a_boards_word_counts_by_the_offices_day() -> None:
    """Said at 20.00 UTC, when the office (UTC+8) already has the next day: it holds until that day's last."""
    lay_office()
    law, days = current_law(ago(0)), 90
    said = NewFact(cooperative(1).pk, "self_report", {"says": "alive", "state": "claimed"}, Voice.BOARD, ago(300))
    with transaction.atomic():
        record_facts([said], by="publik", at=datetime.combine(ago(99), time(20), UTC))
    for on, holds in ((ago(98 - days), True), (ago(98 - days - 1), False)):
        rows = rows_of([cooperative(1).pk], on, timezone.now())
        assert bool(board_spoke(rows.rows[cooperative(1).pk].facts, law, on)) is holds


def test_a_letter_is_found_by_the_code_on_its_face_once_it_is_signed() -> None:
    from telusur.notices.queries import answer_code

    lay_office()
    not_found(1)
    notice = draft(1, Stage.SUMMONS, ago(0))
    code = answer_code(notice.token)
    assert notice_by_code(code) is None
    actions.sign(notices=[notice], on=ago(0), by=SECTION)
    assert notice_by_code(code) == notice
    assert code.value not in str(Notice.objects.values_list())


def test_a_template_is_edited_by_a_further_version_and_drafts_keep_theirs() -> None:
    lay_office()
    not_found(1)
    not_found(2)
    first = draft(1, Stage.SUMMONS, ago(0))
    body = "Yth. {nama}, mohon menjawab dalam {tenggat}. {cara_menjawab}. {dasar_hukum}."
    with pytest.raises(Refused):
        actions.edit_template(stage=Stage.SUMMONS, subject="Panggilan", body="tanpa tempat", by=CLERK)
    made = actions.edit_template(stage=Stage.SUMMONS, subject="Panggilan", body=body, by=CLERK)
    second = draft(2, Stage.SUMMONS, ago(0))
    assert second.template == made and first.template is None
    assert "mohon menjawab dalam 14 hari kerja sejak surat ini diterima" in second.content["blocks"][0][1]
    assert letter_text(Stage.SUMMONS)[0] == made


@pytest.mark.parametrize("kind", [EventKind.SUSPENDED, EventKind.WITHDRAWN, EventKind.RETRACTED])
def test_a_turn_needs_a_reason(kind: EventKind) -> None:
    lay_office()
    not_found(1)
    notice = put_up(1, ago(10))
    verb = {"suspended": actions.suspend, "withdrawn": actions.withdraw, "retracted": actions.retract}[kind]
    with pytest.raises(Refused) as stopped:
        verb(case=notice.case, why=" ", on=ago(0), by=SECTION)
    assert codes(stopped) == {"notice_needs_why"}
