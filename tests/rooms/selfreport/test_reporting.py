"""The board's side: saved as it goes, sent once, its fact at once, nothing named in evidence; tips and drafts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from telusur.journal.models import JournalLine
from telusur.register.models import RecordedFact
from telusur.selfreport import actions
from telusur.selfreport.models import Knock, Report, ReportPeople, Submission, Tip, Upload
from telusur.selfreport.queries import files_of, report_by_key, texts_of
from telusur.selfreport.rules.fields import Form, Proof, Step
from telusur.selfreport.rules.flow import ReportState
from telusur.selfreport.rules.limits import LIMITS, PortalAct
from telusur.selfreport.uploads import store
from telusur.selfreport.uploads.keeping import attach, detach
from telusur.selfreport.writers.erasing import drop_old_drafts, erase_people
from telusur.selfreport.writers.knocks import knock
from telusur.selfreport.writers.tips import decide_tip, tell
from telusur.words.answer_code import answer_code_from
from telusur.words.reason import Reason
from tests.rooms.selfreport.hostile import pdf, picture
from tests.rooms.selfreport.office import ON, alone, draft, kept, sent
from tests.rules.selfreport.told import GOOD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]
NAMED = ("Ketua Rekaan", "0800 0000 0077")


def test_a_draft_is_kept_as_it_goes_and_opens_by_its_code_alone() -> None:
    report, key = actions.begin(form=Form.REPORT, cooperative=alone())
    actions.save_step(report=report, step=Step.MEMBERS, texts={"member_count": "banyak", "counted_on": ""})
    found = report_by_key(key.digest)
    assert found is not None and found.pk == report.pk
    assert texts_of(found)["members"] == {"member_count": "banyak", "counted_on": ""}
    assert key.value not in repr([each.__dict__ for each in Report.objects.all()])
    assert report_by_key(answer_code_from(b"0123456789").digest) is None
    assert not JournalLine.objects.filter(deed__startswith="report.").exists()


def test_names_and_telephones_stand_apart() -> None:
    report, _ = draft(alone())
    assert all(name not in repr(report.answers) for name in NAMED)
    assert all(name in repr(ReportPeople.objects.get(report=report).cells) for name in NAMED)
    actions.submit(report=report, on=ON)
    evidence = [
        repr(Submission.objects.values()),
        repr(RecordedFact.objects.values()),
        repr(JournalLine.objects.values()),
    ]
    assert all(name not in text for name in NAMED for text in evidence)
    erase_people(report=report, why="diminta yang bersangkutan", by="dewi")
    assert ReportPeople.objects.get(report=report).cells == {}
    assert texts_of(Report.objects.get(pk=report.pk))["address"]["address"] == "Jl. Kenari Rekaan 77"


def test_sent_once_with_a_number_a_fact_and_a_line() -> None:
    cooperative = alone()
    report = sent(cooperative)
    assert (report.state, report.number) == (ReportState.SUBMITTED.value, f"LP-2025-{report.pk:05d}")
    fact = RecordedFact.objects.get(cooperative=cooperative, kind="self_report")
    assert (fact.voice, fact.valid_on, fact.recorded_by) == ("board", ON, "publik")
    said = {"receipt": report.number, "says": "alive", "state": "claimed", "authority": "claimed"}
    assert fact.value == said
    line = JournalLine.objects.get(deed="report.submitted")
    assert line.after is not None and sorted(line.after["files"]) == sorted(each.sha256 for each in files_of(report))
    with pytest.raises(ValueError, match="berubah keadaannya"):
        actions.submit(report=report, on=ON)
    with pytest.raises(ValueError, match="berubah keadaannya"):
        actions.save_step(report=report, step=Step.STATE, texts=GOOD["state"])
    with pytest.raises(ValueError, match="berubah keadaannya"):
        attach(report=report, purpose=Proof.OTHER, data=pdf(), shown_name="x")


def test_what_is_lacking_is_said_and_nothing_is_sent() -> None:
    report, _ = actions.begin(form=Form.REPORT, cooperative=alone())
    with pytest.raises(actions.NotSent) as caught:
        actions.submit(report=report, on=ON)
    assert [step for step, _ in caught.value.lacks] == [Step.STATE, Step.AUTHORITY, Step.AUTHORITY, Step.ADDRESS]
    assert Report.objects.get(pk=report.pk).number is None
    assert not Submission.objects.exists() and not RecordedFact.objects.exists()


def test_ours_is_not_listed() -> None:
    report = sent(None)
    assert (report.cooperative_id, report.fact_id, report.unlisted_name) == (None, None, "Koperasi Tak Tercatat")
    cooperative = alone()
    actions.link(report=report, cooperative=cooperative, by="rani", on=ON)
    assert RecordedFact.objects.get(kind="self_report").cooperative_id == cooperative.pk
    with pytest.raises(ValueError, match="sudah terhubung"):
        actions.link(report=report, cooperative=cooperative, by="rani", on=ON)
    with pytest.raises(ValueError, match="tulis nama"):
        actions.begin(form=Form.REPORT, cooperative=None, unlisted_name=" \0 ")


def test_a_letters_code_is_kept_as_a_digest_and_never_asked_of_a_table() -> None:
    code = answer_code_from(b"kode surat")
    report, _ = draft(alone())
    held = actions.save_step(
        report=report, step=Step.AUTHORITY, texts={**GOOD["authority"], "code": code.printed.lower()}
    )
    assert held.code_hash == code.digest
    assert code.value not in repr(Report.objects.values()).replace("-", "")
    again = actions.save_step(report=held, step=Step.AUTHORITY, texts=GOOD["authority"])
    assert again.code_hash == code.digest


def test_files_are_sealed_under_random_names(tmp_data: Path) -> None:
    report, _ = actions.begin(form=Form.REPORT, cooperative=alone())
    data = picture()
    upload = kept(report, Proof.LEDGER, data, "../../Buku Kas Ketua.jpg")
    assert (upload.shown_name, upload.kind, upload.has_copy) == ("Buku Kas Ketua.jpg", "image", True)
    path = store.sealed_path(upload.name)
    assert path.read_bytes() == data and path.is_relative_to(tmp_data / "media" / "reports")
    assert (path.suffix, path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o077) == ("", 0o400, 0)
    assert store.is_whole(upload.name, upload.sha256)
    assert store.copy_path(upload.name).read_bytes() != data
    assert kept(report, Proof.LEDGER, data).pk == upload.pk
    path.chmod(0o600)
    path.write_bytes(b"other")
    assert not store.is_whole(upload.name, upload.sha256)
    with pytest.raises(ValueError, match="sealed file"):
        store.sealed_path("../../etc/passwd")


@pytest.mark.parametrize("was_sent", [False, True])
def test_a_file_taken_back_goes_unless_it_was_sent(was_sent: bool, django_capture_on_commit_callbacks: object) -> None:
    report, _ = draft(alone())
    upload = Upload.objects.filter(report=report).first()
    assert upload is not None
    if was_sent:
        report = actions.submit(report=report, on=ON)
        report = actions.send_back(report=report, seen=1, why="notulen tidak terbaca", by="rani", on=ON)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        detach(report=report, upload=upload)
    assert upload.pk not in [each.pk for each in files_of(report)]
    assert store.is_whole(upload.name, upload.sha256) is was_sent


def test_mended_and_sent_anew_is_a_second_submission() -> None:
    report = sent(alone())
    first = RecordedFact.objects.get(kind="self_report")
    report = actions.send_back(report=report, seen=1, why="RAT tahun berapa?", by="rani", on=ON)
    actions.save_step(report=report, step=Step.MEETING, texts={**GOOD["meeting"], "for_book_year": "2023"})
    report = actions.submit(report=report, on=ON)
    assert [each.number for each in report.submissions.all()] == [1, 2]
    assert report.submissions.first().answers["meeting"]["for_book_year"] == "2024"  # type: ignore[union-attr]
    chain = list(RecordedFact.objects.filter(kind="self_report").order_by("id"))
    assert [fact.value["state"] for fact in chain] == ["claimed", "sent_back", "claimed"]
    assert [fact.supersedes_id for fact in chain] == [None, first.pk, chain[1].pk]


def test_its_writer_takes_it_back() -> None:
    report = actions.withdraw(report=sent(alone()), on=ON)
    assert report.state == "withdrawn"
    newest = RecordedFact.objects.filter(kind="self_report").latest("id")
    assert newest.value["state"] == "withdrawn"
    draft_, _ = draft(None)
    with pytest.raises(ValueError, match="berubah keadaannya"):
        actions.withdraw(report=draft_, on=ON)


def test_a_tip_is_a_lead_and_becomes_a_visit_or_is_set_aside() -> None:
    cooperative = alone()
    with pytest.raises(ValueError, match="di mana"):
        tell(cooperative=cooperative, texts={"where": " "}, point=None)
    said = {"where": "Ruko Rekaan 3", "relation": "neighbour", "note": "KTP 6471011203800001", "contact": ""}
    tip = tell(cooperative=cooperative, texts=said, point=(-1.25, 116.85))
    assert "6471011203800001" not in repr(Tip.objects.values())
    decide_tip(tip=tip, asked_visit=True, why="cocok dengan papan nama", by="rani", on=ON)
    asked = RecordedFact.objects.get(kind="visit_request")
    assert asked.value == {
        "tip": str(tip.pk), "why": "cocok dengan papan nama", "address": "Ruko Rekaan 3", "lat": -1.25, "lon": 116.85,
    }  # fmt: skip
    with pytest.raises(ValueError, match="sudah diputuskan"):
        decide_tip(tip=tip, asked_visit=False, why="x", by="rani", on=ON)
    other = tell(cooperative=cooperative, texts=said, point=None)
    with pytest.raises(ValueError, match="tulis alasannya"):
        decide_tip(tip=other, asked_visit=False, why=" ", by="rani", on=ON)


def test_old_drafts_go_with_their_files_and_sent_reports_stay(django_capture_on_commit_callbacks: object) -> None:
    cooperative = alone()
    old, _ = draft(cooperative)
    stays = sent(cooperative)
    names = [each.name for each in files_of(old)]
    Report.objects.update(saved_at=datetime.now(UTC) - timedelta(days=90))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert drop_old_drafts(before=datetime.now(UTC) - timedelta(days=60), by="terminal") == 1
    assert [each.pk for each in Report.objects.all()] == [stays.pk]
    assert not any(store.sealed_path(name).exists() for name in names)
    assert all(store.is_whole(each.name, each.sha256) for each in files_of(stays))


def test_knocking_is_counted_refused_without_writing_and_opens_again() -> None:
    at = datetime(2025, 11, 24, 8, 0, 5, tzinfo=UTC)
    most = LIMITS[PortalAct.TIP].most
    assert [knock(act=PortalAct.TIP, mark="a" * 64, at=at) for _ in range(most)] == [0] * most
    held = list(Knock.objects.values_list("pk", "done_count"))
    wait = knock(act=PortalAct.TIP, mark="a" * 64, at=at)
    assert wait > 0 and list(Knock.objects.values_list("pk", "done_count")) == held
    assert knock(act=PortalAct.TIP, mark="b" * 64, at=at) == 0
    assert knock(act=PortalAct.BEGIN, mark="a" * 64, at=at) == 0
    assert knock(act=PortalAct.TIP, mark="a" * 64, at=at + timedelta(seconds=wait)) == 0
    later = at + timedelta(hours=5)
    assert knock(act=PortalAct.TIP, mark="c" * 64, at=later) == 0
    assert Knock.objects.filter(act="tip").count() == 1


def test_refused_files_leave_nothing(tmp_data: Path) -> None:
    report, _ = actions.begin(form=Form.REPORT, cooperative=alone())
    assert isinstance(attach(report=report, purpose=Proof.DEED, data=b"<svg>", shown_name="x"), Reason)
    assert isinstance(attach(report=report, purpose=Proof.DEED, data=b"\xff\xd8\xffx", shown_name="x"), Reason)
    assert not Upload.objects.exists() and not (tmp_data / "media" / "reports").exists()
