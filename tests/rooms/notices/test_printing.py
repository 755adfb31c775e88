"""Letters on paper: PDF/A, the same bytes twice, nothing of promise 7 on what is put up."""

from __future__ import annotations

import io
import re
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from telusur.notices import actions
from telusur.notices.models import Notice, NoticeCase, NoticeEvent, NoticeObjection
from telusur.notices.proofs.store import keep
from telusur.notices.rules.guard import HARM_KIND
from telusur.notices.rules.stages import Channel, Stage
from telusur.notices.sheets.dossier import Filed, _data, dossier_pdf
from telusur.notices.sheets.letters import letters_by_kelurahan, letters_pdf
from telusur.notices.sheets.public_rows import as_atom, as_calendar, as_csv, as_json, public_list
from telusur.register.models import RecordedFact
from telusur.register.rules import Voice
from telusur.visits.photos.store import whole_path
from tests.archive import archive_faults
from tests.rooms.notices.city import (
    CLERK,
    HEAD,
    SECTION,
    ago,
    draft,
    fact,
    lay_office,
    not_found,
    notice_of,
    put_up,
    ready_to_propose,
    signed,
)

pytestmark = pytest.mark.django_db
HERE = "http://127.0.0.1:8000/"
WEIGHTY = ("visit", HARM_KIND, "self_report", "objection", "hold")


def test_a_letter_is_pdf_a_and_the_same_twice(tmp_path: Path) -> None:
    lay_office()
    not_found(1)
    not_found(2)
    notice, other = signed(1, Stage.SUMMONS, ago(0)), draft(2, Stage.PUBLIC_NOTICE, ago(0))
    first = letters_pdf([notice, other], HERE)
    assert archive_faults(first, "2b") == []
    assert letters_pdf([notice, other], HERE) == first
    paths = letters_by_kelurahan([notice, other], tmp_path, HERE)
    assert len(paths) == 2 and all(path.read_bytes().startswith(b"%PDF-") for path in paths)


def _hashes_inside(content: bytes) -> set[str]:
    """The SHA-256 of every stream of a PDF, as it stands and as it unpacks."""
    found = set()
    for each in re.finditer(rb"/Length (\d+)\b(?:(?!endobj).){0,400}?>>\s*stream\r?\n", content, re.DOTALL):
        raw = content[each.end() : each.end() + int(each[1])]
        found.add(sha256(raw).hexdigest())
        with suppress(zlib.error):
            found.add(sha256(zlib.decompress(raw)).hexdigest())
    return found


@pytest.mark.long
def test_a_dossier_holds_its_proofs_and_is_the_same_twice(tmp_data: Path, tmp_path: Path) -> None:
    lay_office()
    notice = ready_to_propose(1)
    actions.propose(notice=notice, on=ago(0), by=SECTION)
    actions.propose(notice=notice, on=ago(0), by=HEAD)
    held = io.BytesIO()
    Image.new("RGB", (640, 400), (90, 120, 90)).save(held, "JPEG")
    proof = actions.Proof("resi 1", keep(held.getvalue(), "papan.jpg"))
    actions.send(notice=notice, channel=Channel.COURIER, place="Kementerian", proof=proof, on=ago(0), by=CLERK)
    case = NoticeCase.objects.get()
    photo = held.getvalue() + b"kunjungan"
    seen = sha256(photo).hexdigest()
    whole_path(seen).parent.mkdir(parents=True)
    whole_path(seen).write_bytes(photo)
    # As a phone sends it: by `photo`, by `photos`, and in the visit itself.
    shown = {"finding": "other_occupant", "officer": "tono", "photos": [{"sha256": "d" * 64, "of": "minutes"}]}
    evidence = [{"kind": "geotagged_photo", "photo": seen}, {"kind": "ledger", "photos": ["b" * 64]}]
    fact(1, "visit", shown, Voice.VISIT, ago(1), evidence)
    paper = b"%PDF-1.4 tidak untuk arsip %%EOF"
    now = timezone.now()
    filed = [
        Filed(sha256(paper).hexdigest(), "Notulen", "pdf", paper, None),
        Filed("a" * 64, "Akta", "pdf", None, None),
    ]
    one = dossier_pdf(case, ago(0), now, filed)
    assert archive_faults(one, "3b") == [] and one == dossier_pdf(case, ago(0), now, filed)
    # Whole, as each came.
    assert {proof.sha256, seen, sha256(paper).hexdigest()} <= _hashes_inside(one)
    data = _data(case, ago(0), now, filed, tmp_path)
    assert {each["sha256"] for each in data["gone"]} == {"a" * 64, "b" * 64, "d" * 64}  # type: ignore[attr-defined]
    assert all(each["articles"] for each in data["files"] if each["sha256"] in (seen, proof.sha256))  # type: ignore[attr-defined]
    assert archive_faults(one.replace(b"/FontFile", b"/FontFilf"), "3b"), "the reader passes anything"


@pytest.mark.long
def test_a_dossier_names_every_piece_of_evidence_with_its_hash_and_its_articles(tmp_data: Path, tmp_path: Path) -> None:
    """Each kind of evidence that a case can have: whatever stands in the tables stands in the paper's data."""
    lay_office()
    notice = ready_to_propose(1)
    picture = io.BytesIO()
    Image.new("RGB", (640, 400), (90, 120, 90)).save(picture, "JPEG")
    proof = actions.Proof("foto papan", keep(picture.getvalue(), "papan.jpg"))
    actions.propose(notice=notice, on=ago(0), by=SECTION)
    actions.propose(notice=notice, on=ago(0), by=HEAD)
    actions.send(notice=notice, channel=Channel.COURIER, place="Kementerian", proof=proof, on=ago(0), by=CLERK)
    put_up_notice = notice_of(notice.case, Stage.PUBLIC_NOTICE)
    actions.object(notice=put_up_notice, says="kami masih buka", receipt="LP-1", on=ago(0), by=CLERK)
    actions.decide_objection(
        objection=NoticeObjection.objects.get(), upheld=False, why="alamatnya kosong", on=ago(0), by="sari"
    )
    papers = [{"kind": "meeting_minutes", "sha256": "c" * 64}, {"kind": "ledger", "sha256": "d" * 64}]
    said = {"state": "withdrawn", "says": "alive", "receipt": "LP-0", "authority": "claimed"}
    fact(1, "self_report", said, Voice.BOARD, ago(3), papers)
    fact(1, "annual_meeting", {"for_book_year": 2023}, Voice.BOARD, ago(3), papers[:1])
    fact(1, "business", {"as_of_on": "2023-01-01"}, Voice.BOARD, ago(3), papers[1:])
    fact(1, "hold", {"why": "perkara", "freezes": False}, Voice.OFFICE, ago(2))
    case = notice.case
    data = _data(case, ago(0), timezone.now(), (), tmp_path)
    said_facts = {each["id"]: each for each in data["facts"]}  # type: ignore[attr-defined]
    held = list(RecordedFact.objects.filter(cooperative=case.cooperative_id))
    assert {row.kind for row in held} >= {
        "visit", "notice_event", "objection", HARM_KIND, "self_report", "annual_meeting", "business", "hold",
    }  # fmt: skip
    for row in held:
        told = said_facts.pop(str(row.pk))
        assert told["mark"] == row.fingerprint and len(row.fingerprint) == 64
        assert [each["sha256"] for each in told["evidence"]] == [each.get("sha256", "") for each in row.evidence]
        assert not told["head"].lower().startswith(row.kind), "a kind without a word of the office"
    assert said_facts == {}
    letters = {each["mark"]: each for each in data["letters"]}  # type: ignore[attr-defined]
    assert set(letters) == set(Notice.objects.filter(case=case).values_list("content_sha256", flat=True))
    steps = [step for each in letters.values() for step in each["events"]]
    kept = NoticeEvent.objects.filter(notice__case=case).values_list("proof", "proof_sha256")
    assert sorted((step["proof"], step["sha256"]) for step in steps) == sorted(kept)
    assert [each["sha256"] for each in data["files"]] == [proof.sha256]  # type: ignore[attr-defined]
    assert [each["receipt"] for each in NoticeObjection.objects.values("receipt")] == ["LP-1"]
    assert len(data["objections"]) == 1 and "alamatnya kosong" in data["objections"][0]["decision"]  # type: ignore[arg-type,index]
    cited = {each["article"] for each in data["articles"]}  # type: ignore[attr-defined]
    for condition in data["conditions"]:  # type: ignore[attr-defined]
        assert set(condition["articles"]) <= cited
    used = {number for each in data["conditions"] for number in each["facts"].split(", ") if number}  # type: ignore[attr-defined]
    over = {row.supersedes_id for row in held}
    weighty = {str(row.pk) for row in held if row.kind in WEIGHTY and row.pk not in over}
    assert weighty <= used, "evidence under no condition has no article"


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"MZ...", b"%PDF-1.4 without an end"], ids=["empty", "svg", "exe", "cut"]
)
def test_what_is_no_proof_is_refused_in_words(tmp_data: Path, content: bytes) -> None:
    with pytest.raises(ValueError, match="bukan foto JPEG, PNG, atau PDF"):
        keep(content, "bukti.jpg")


def test_the_public_list_is_the_same_twice_and_holds_no_formula() -> None:
    lay_office()
    not_found(1)
    put_up(1, ago(3))
    rows = [row._replace(name="=1+1", kelurahan="@a", legal_number="-2") for row in public_list(ago(0))]
    assert rows and public_list(ago(0)) == public_list(ago(0))
    text = as_csv(rows, HERE)
    assert ",'=1+1," in text and ",'@a," in text and ",'-2," in text
    assert text == as_csv(rows, HERE)
    assert as_json(rows, HERE, ago(0)) == as_json(rows, HERE, ago(0))
    assert "<title>=1+1:" in as_atom(rows, HERE, "Dinas")
    lines = as_calendar(rows, HERE, "Dinas").split("\r\n")
    assert "BEGIN:VEVENT" in lines and all(len(line.encode()) <= 75 for line in lines)


def test_a_dossier_of_a_past_moment_holds_nothing_that_came_later(tmp_data: Path, tmp_path: Path) -> None:
    """The case as somebody knew it then, whatever was signed, objected and decided since."""
    lay_office()
    notice = ready_to_propose(1)
    case, then = notice.case, timezone.now()
    before = _data(case, ago(0), then, (), tmp_path)
    actions.propose(notice=notice, on=ago(0), by=SECTION)
    actions.propose(notice=notice, on=ago(0), by=HEAD)
    put_up_notice = notice_of(case, Stage.PUBLIC_NOTICE)
    actions.object(notice=put_up_notice, says="kami masih buka", receipt="LP-1", on=ago(0), by=CLERK)
    between = timezone.now()
    open_ = _data(case, ago(0), between, (), tmp_path)
    actions.decide_objection(
        objection=NoticeObjection.objects.get(), upheld=True, why="memang masih buka", on=ago(0), by="sari"
    )
    assert _data(case, ago(0), then, (), tmp_path) == before
    assert _data(case, ago(0), between, (), tmp_path) == open_
    assert open_ != before and "kami masih buka" in str(open_) and "memang masih buka" not in str(open_)
    assert "memang masih buka" in str(_data(case, ago(0), timezone.now(), (), tmp_path))
