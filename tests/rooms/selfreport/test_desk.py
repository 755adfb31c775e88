"""The office's side: nobody raises a standing alone, or believes whom nobody knows; a visit asked for is due."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from telusur.journal.models import JournalLine
from telusur.notices.rules.stages import Stage
from telusur.people.rules import Role
from telusur.planning.queries import due_now, spots
from telusur.register import actions as register
from telusur.register.models import Cooperative, RecordedFact
from telusur.register.rules import NewFact, Voice
from telusur.rounds.queries import current_round
from telusur.rounds.rules.codes import Code
from telusur.selfreport import actions
from telusur.selfreport.models import Report, Upload
from telusur.selfreport.queries import LISTS, authority_now, counts, desk_list, review, waiting
from telusur.selfreport.rules.fields import Form, Proof
from telusur.selfreport.rules.flow import Authority, CallMade, CallOutcome, NumberFrom, ReportState
from telusur.selfreport.rules.review import Agreement
from telusur.selfreport.uploads.filed import papers_of
from telusur.selfreport.uploads.store import drop
from telusur.standing.rules.verdict import Standing
from tests.rooms.notices.city import ago, lay_office, not_found, signed
from tests.rooms.selfreport.hostile import pdf
from tests.rooms.selfreport.office import ON, alone, called, draft, kept, listed, sent
from tests.rooms.visits.office import cooperative
from tests.rooms.web.city import ADDRESS_CANARY, KELURAHAN, account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]
EMPTY: dict[str, dict[str, str]] = {step: {} for step in ("pin", "board", "members", "business", "meeting")}


def facts_of(report: Report) -> dict[str, RecordedFact]:
    """The facts of a report's cooperative that are no visits, the newest of each kind."""
    rows = RecordedFact.objects.filter(cooperative=report.cooperative, voice="board").order_by("id")
    return {row.kind: row for row in rows}


def test_proof_of_life_waits_for_the_second_person() -> None:
    report = sent(listed())
    called(report)
    report = actions.accept(report=report, seen=1, by="rani", on=ON)
    assert report.state == ReportState.CONFIRMING.value
    assert set(facts_of(report)) == {"self_report"}
    with pytest.raises(PermissionError, match="dua orang berbeda"):
        actions.confirm(report=report, seen=1, by=" RANI", on=ON)
    report = actions.confirm(report=report, seen=1, by="dewi", on=ON, why="notulen asli dilihat")
    assert report.state == ReportState.ACCEPTED.value
    found = facts_of(report)
    assert set(found) == {
        "self_report", "address", "premises", "board", "members", "business", "annual_meeting", "meeting_plan",
    }  # fmt: skip
    assert {row.value["confirmed_by"] for kind, row in found.items() if kind != "self_report"} == {"dewi"}
    assert {row.value["receipt"] for row in found.values()} == {report.number}
    assert (
        found["self_report"].value | {"state": "accepted", "by": "dewi", "authority": "call"}
        == found["self_report"].value
    )
    deeds = list(JournalLine.objects.filter(about=f"report:{report.number}").values_list("deed", "by"))
    assert deeds == [
        ("report.submitted", "publik"), ("report.called", "rani"), ("report.accept", "rani"), ("report.confirm", "dewi"),
        ("report.taken", "dewi"),
    ]  # fmt: skip


def test_what_a_board_sent_goes_into_the_dossier_and_its_draft_does_not() -> None:
    before = datetime.now(UTC)
    report = sent(listed())
    assert report.cooperative is not None
    other, _ = draft(report.cooperative)
    kept(other, Proof.DEED, pdf(b"(akta)"))
    now = datetime.now(UTC)
    papers = papers_of(report.cooperative_id, now)
    assert [(paper.ending, paper.words.partition(",")[0], paper.picture is not None) for paper in papers] == [
        ("pdf", "Notulen rapat anggota", False), ("jpeg", "Buku kas atau laporan keuangan", True),
        ("png", "Foto tempat usaha", True),
    ]  # fmt: skip
    assert [hashlib.sha256(paper.content or b"").hexdigest() for paper in papers] == [paper.sha256 for paper in papers]
    assert papers_of(report.cooperative_id, before) == []
    drop(Upload.objects.get(report=report, kind="pdf").name)
    gone, *others = papers_of(report.cooperative_id, now)
    assert gone.content is None and others == papers[1:]


def test_what_raises_nothing_is_accepted_by_one() -> None:
    report = sent(listed(Code.ACTIVE_WITH_MEETING))
    called(report)
    assert actions.accept(report=report, seen=1, by="rani", on=ON).state == ReportState.ACCEPTED.value
    assert facts_of(report)["annual_meeting"].evidence[0]["kind"] == "meeting_minutes"


def test_any_part_of_a_report_locates_what_nobody_found_and_takes_two() -> None:
    report = sent(listed())
    called(report)
    report = actions.accept(report=report, seen=1, by="rani", on=ON, kinds={"address", "members"})
    assert report.state == ReportState.CONFIRMING.value
    report = actions.confirm(report=report, seen=1, by="dewi", on=ON)
    assert report.state == ReportState.ACCEPTED.value
    assert set(facts_of(report)) == {"self_report", "address", "members"}


def test_a_part_that_raises_nothing_is_accepted_by_one() -> None:
    report = sent(listed(Code.ACTIVE_MEETING_OVERDUE))
    called(report)
    report = actions.accept(report=report, seen=1, by="rani", on=ON, kinds={"address", "members"})
    assert report.state == ReportState.ACCEPTED.value
    assert set(facts_of(report)) == {"self_report", "address", "members"}


@pytest.mark.parametrize(
    ("outcomes", "says"),
    [
        ([], "belum dihubungi"),
        ([CallOutcome.NO_ANSWER], "belum dihubungi"),
        ([CallOutcome.CONFIRMED, CallOutcome.DENIED], "menyangkal"),
    ],
    ids=["nobody called", "no answer", "denied"],
)
def test_nothing_is_taken_from_whom_nobody_knows(outcomes: list[CallOutcome], says: str) -> None:
    report = sent(listed())
    for outcome in outcomes:
        called(report, outcome)
    with pytest.raises(ValueError, match=says):
        actions.accept(report=report, seen=1, by="rani", on=ON)
    assert set(facts_of(report)) == {"self_report"}


def test_denied_between_the_two_signatures_stops_the_second() -> None:
    report = sent(listed())
    called(report)
    report = actions.accept(report=report, seen=1, by="rani", on=ON)
    called(report, CallOutcome.DENIED)
    with pytest.raises(ValueError, match="menyangkal"):
        actions.confirm(report=report, seen=1, by="dewi", on=ON)
    assert facts_of(report)["self_report"].value["authority"] == "claimed"


def test_what_was_sent_anew_is_looked_at_anew() -> None:
    report = sent(listed())
    called(report)
    report = actions.send_back(report=report, seen=1, why="alamat kurang", by="rani", on=ON)
    with pytest.raises(ValueError, match="berubah keadaannya"):
        actions.accept(report=report, seen=1, by="rani", on=ON)
    actions.submit(report=report, on=ON)
    with pytest.raises(ValueError, match="dikirim ulang"):
        actions.accept(report=report, seen=1, by="rani", on=ON)
    assert actions.accept(report=report, seen=2, by="rani", on=ON).state == ReportState.CONFIRMING.value


def test_back_and_visit_need_a_reason() -> None:
    report = sent(listed())
    for deed in (actions.send_back, actions.ask_visit):
        with pytest.raises(ValueError, match="tulis alasannya"):
            deed(report=report, seen=1, why=" \n", by="rani", on=ON)
    assert Report.objects.get().state == ReportState.SUBMITTED.value


def test_a_visit_asked_for_is_due_at_the_boards_own_point_until_it_was_made() -> None:
    cooperative, now = listed(), datetime.now(UTC)
    round_ = current_round()
    assert round_ is not None
    assert due_now(round_, ON, now) == []
    report = sent(cooperative)
    report = actions.ask_visit(report=report, seen=1, why="lihat papan namanya", by="rani", on=ON)
    assert report.state == ReportState.VISIT_ASKED.value
    now = datetime.now(UTC)
    (due,) = due_now(round_, ON, now)
    assert (due.cooperative_id, due.why, due.misses) == (cooperative.pk, "lihat papan namanya", 0)
    spot = spots(round_, [cooperative.pk], ON, now)[cooperative.pk]
    assert (spot.point, spot.precision) == ((-1.25, 116.85), "building")
    value = {"finding": "operating", "officer": "sari", "part_of_day": "morning", "informants": ["board"]}
    made = NewFact(cooperative.pk, "visit", value, Voice.VISIT, ON + timedelta(days=1))
    register.record_facts([made], by="sari")
    later = ON + timedelta(days=1)
    assert due_now(round_, later, datetime.now(UTC)) == []
    found = review(Report.objects.get(), later, datetime.now(UTC))
    assert found is not None and found.visited_since


def test_a_visit_to_what_nobody_lists_cannot_be_asked() -> None:
    report = sent(None)
    with pytest.raises(ValueError, match="tidak tercatat"):
        actions.ask_visit(report=report, seen=1, why="lihat", by="rani", on=ON)


def test_what_nobody_lists_is_kept_under_a_record_of_its_own_by_two() -> None:
    report = sent(None)
    called(report)
    assert actions.accept(report=report, seen=1, by="rani", on=ON).state == ReportState.CONFIRMING.value
    assert not RecordedFact.objects.filter(voice="board").exists()
    report = actions.confirm(report=report, seen=1, by="dewi", on=ON)
    assert report.cooperative_id is None and report.held_as is not None
    said = RecordedFact.objects.filter(cooperative=report.held_as)
    assert {fact.kind for fact in said} >= {"self_report", "address", "business", "annual_meeting", "board"}
    assert report.held_as.key == f"laporan:{report.number}" and report.held_as.nik_koperasi is None


def test_what_is_listed_after_all_goes_back_to_the_desk() -> None:
    cooperative, report = listed(), sent(None)
    called(report)
    actions.accept(report=report, seen=1, by="rani", on=ON)
    actions.confirm(report=report, seen=1, by="dewi", on=ON)
    report = actions.link(report=Report.objects.get(), cooperative=cooperative, by="rani", on=ON)
    assert (report.state, report.unlisted_name) == (ReportState.SUBMITTED.value, "")
    # Beside the row and the visits nobody had read it: it is a claim again, and rises by two people.
    assert facts_of(report)["self_report"].value["state"] == "claimed"
    assert actions.accept(report=report, seen=1, by="rani", on=ON).state == ReportState.CONFIRMING.value
    actions.confirm(report=report, seen=1, by="dewi", on=ON)
    assert set(facts_of(report)) >= {"address", "business", "annual_meeting"}
    with pytest.raises(ValueError, match="sudah terhubung"):
        actions.link(report=report, cooperative=cooperative, by="rani", on=ON)


def test_together_goes_only_what_agrees() -> None:
    agrees = {"address": {"address": ADDRESS_CANARY, "kelurahan_code": KELURAHAN[0]}}
    papers = {step: dict(texts) for step, texts in EMPTY.items()}
    report = sent(listed(Code.ACTIVE_WITH_MEETING), **{**papers, **agrees})
    found = review(report, ON, datetime.now(UTC))
    assert found is not None and found.bulk is not None and found.bulk.code == "report_call_missing"
    called(report)
    with pytest.raises(ValueError, match="berbeda dari register"):
        # The deed's number is another than the listed one.
        actions.accept(report=report, seen=1, by="rani", on=ON, together=True)
    actions.send_back(report=report, seen=1, why="nomor akta", by="rani", on=ON)
    actions.save_step(report=report, step=next(iter(found.told.values)), texts={"says": "alive", "relation": "chair"})
    answers = dict(Report.objects.get().answers)
    answers["authority"] = {**answers["authority"], "deed_number": "001/BH/XX.1/2009"}
    Report.objects.update(answers=answers)
    report = actions.submit(report=Report.objects.get(), on=ON)
    assert actions.accept(report=report, seen=2, by="rani", on=ON, together=True).state == ReportState.ACCEPTED.value


def test_the_desk_sees_the_three_voices_and_what_would_follow() -> None:
    report = sent(listed())
    found = review(report, ON, datetime.now(UTC))
    assert found is not None
    lines = {line.field: line for line in found.lines}
    assert lines["existence"].state is Agreement.CONFLICT and found.conflicts == 1
    assert (lines["address"].registry is not None, lines["address"].state) == (True, Agreement.DIFFERS)
    assert found.before is not None
    assert (found.before.standing, found.before.code) == (Standing.NOT_FOUND, Code.OTHER_OCCUPANT)
    assert (found.needs_second, found.authority) == (True, Authority.CLAIMED)
    assert [reason.code for reason in found.minutes] == ["minutes_contents_unstated"]
    told = {"for_book_year": "2024", "held_on": "2025-03-12", "digital": "yes", "meeting_member_count": "100"}
    told |= {"quorum_count": "10", "balance_sheet": "yes", "result": "no", "state": "yes"}
    poor = sent(report.cooperative, meeting=told)
    desk = Client()
    desk.force_login(account(Role.REGISTRAR), backend="django.contrib.auth.backends.ModelBackend")
    page = desk.get(f"/laporan/{poor.pk}/").content.decode()
    assert "Hadir 10 dari 100 anggota" in page and "RAT diselenggarakan daring" in page
    assert "Laporan tahunan tidak memuat perhitungan hasil usaha" in page


def test_the_lists_hold_every_sent_report_once() -> None:
    cooperative: Cooperative = alone()
    sent(cooperative)
    actions.send_back(report=sent(cooperative), seen=1, why="x", by="rani", on=ON)
    actions.withdraw(report=sent(None), on=ON)
    sent(cooperative, Form.OBJECTION, grounds={"relation": "member", "grounds": "masih buka"})
    found = counts()
    assert {name: len(desk_list(name)) for name in LISTS} == {name: found[name] for name in LISTS}
    assert found == {
        "menunggu": 1, "konfirmasi": 0, "kunjungan": 0, "dikembalikan": 1, "selesai": 1, "keberatan": 1, "petunjuk": 0,
    }  # fmt: skip
    (line,) = waiting(list(desk_list("selesai")))
    assert line.name == "Koperasi Tak Tercatat"


def test_a_call_of_tomorrow_and_a_call_about_a_draft_are_refused() -> None:
    report = sent(alone())
    call = CallMade(ON + timedelta(days=1), NumberFrom.VISIT, CallOutcome.CONFIRMED)
    with pytest.raises(ValueError, match="belum tiba"):
        actions.record_call(report=report, call=call, note="", by="rani", on=ON)
    fresh, _ = actions.begin(form=Form.REPORT, cooperative=None, unlisted_name="X")
    with pytest.raises(ValueError, match="belum dikirim"):
        actions.record_call(report=fresh, call=call, note="", by="rani", on=ON)


def test_an_objection_is_not_decided_here() -> None:
    report = sent(alone(), Form.OBJECTION, grounds={"relation": "member", "grounds": "masih buka"})
    called(report)
    with pytest.raises(ValueError, match="bersama suratnya"):
        actions.accept(report=report, seen=1, by="rani", on=ON)


def test_the_desks_button_for_many_takes_what_agrees_and_leaves_the_rest_with_the_reason() -> None:
    """By the page: the one in conflict stays, also when it is ticked by hand; neither it nor its facts move."""
    report = sent(listed())
    called(report)
    desk = Client()
    desk.force_login(account(Role.REGISTRAR), backend="django.contrib.auth.backends.ModelBackend")
    page = desk.get("/laporan/").content.decode()
    assert f'name="report" value="{report.pk}"' not in page
    reply = desk.post("/laporan/terima/", {"report": [report.pk, "x", "99999"]}, follow=True)
    said = reply.content.decode()
    assert str(report.number) in said and "bertentangan" in said and "0 laporan diterima" in said
    assert Report.objects.get(pk=report.pk).state == ReportState.SUBMITTED.value
    assert set(facts_of(report)) == {"self_report"}


def test_a_letters_code_vouches_for_the_cooperative_it_was_written_to_and_no_other() -> None:
    lay_office()
    not_found(1)
    notice = signed(1, Stage.SUMMONS, ago(0))
    for number, authority in ((1, Authority.CODE), (2, Authority.CLAIMED)):
        report = sent(cooperative(number))
        Report.objects.filter(pk=report.pk).update(code_hash=notice.code_digest)
        report.refresh_from_db()
        assert authority_now(report) is authority
