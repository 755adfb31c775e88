"""Letters on paper: PDF/A, the same bytes twice, nothing of promise 7 on what is put up."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from telusur.notices import actions
from telusur.notices.models import NoticeCase
from telusur.notices.proofs.store import keep
from telusur.notices.rules.stages import Channel, Stage
from telusur.notices.sheets.dossier import dossier_pdf
from telusur.notices.sheets.letters import letters_by_kelurahan, letters_pdf
from telusur.notices.sheets.public_rows import as_atom, as_calendar, as_csv, as_json, public_list
from tests.rooms.notices.city import (
    CLERK,
    HEAD,
    SECTION,
    ago,
    draft,
    lay_office,
    not_found,
    put_up,
    ready_to_propose,
    signed,
)

pytestmark = pytest.mark.django_db
HERE = "http://127.0.0.1:8000/"


def test_a_letter_is_pdf_a_and_the_same_twice(tmp_path: Path) -> None:
    lay_office()
    not_found(1)
    not_found(2)
    notice, other = signed(1, Stage.SUMMONS, ago(0)), draft(2, Stage.PUBLIC_NOTICE, ago(0))
    first = letters_pdf([notice, other], HERE)
    assert first.startswith(b"%PDF-") and b"pdfaid" in first
    assert letters_pdf([notice, other], HERE) == first
    paths = letters_by_kelurahan([notice, other], tmp_path, HERE)
    assert len(paths) == 2 and all(path.read_bytes().startswith(b"%PDF-") for path in paths)


def test_a_dossier_holds_its_proofs_and_is_the_same_twice(tmp_data: Path) -> None:
    lay_office()
    notice = ready_to_propose(1)
    actions.propose(notice=notice, on=ago(0), by=SECTION)
    actions.propose(notice=notice, on=ago(0), by=HEAD)
    held = io.BytesIO()
    Image.new("RGB", (640, 400), (90, 120, 90)).save(held, "JPEG")
    proof = actions.Proof("resi 1", keep(held.getvalue(), "papan.jpg"))
    actions.send(notice=notice, channel=Channel.COURIER, place="Kementerian", proof=proof, on=ago(0), by=CLERK)
    now, case = timezone.now(), NoticeCase.objects.get()
    one = dossier_pdf(case, ago(0), now)
    assert b"pdfaid" in one and one == dossier_pdf(case, ago(0), now)
    assert b"bukti-" in one


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
