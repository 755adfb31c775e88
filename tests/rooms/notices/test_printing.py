"""Letters on paper: PDF/A, the same bytes twice, nothing of promise 7 on what is put up."""

from __future__ import annotations

from pathlib import Path

import pytest

from telusur.notices.rules.stages import Stage
from telusur.notices.sheets.letters import letters_pdf
from tests.rooms.notices.city import ago, draft, lay_office, not_found, signed

pytestmark = pytest.mark.django_db
HERE = "http://127.0.0.1:8000/"


def test_a_letter_is_pdf_a_and_the_same_twice(tmp_path) -> None:
    lay_office()
    not_found(1)
    not_found(2)
    notice, other = signed(1, Stage.SUMMONS, ago(0)), draft(2, Stage.PUBLIC_NOTICE, ago(0))
    first = letters_pdf([notice, other], HERE)
    Path("/root/nt/letter.pdf").write_bytes(first)
    assert first.startswith(b"%PDF-") and b"pdfaid" in first
    assert letters_pdf([notice, other], HERE) == first


def test_a_dossier(tmp_data: Path) -> None:
    import io

    from PIL import Image

    from telusur.notices import actions
    from telusur.notices.models import NoticeCase
    from telusur.notices.proofs.store import keep
    from telusur.notices.rules.stages import Channel
    from telusur.notices.sheets.dossier import dossier_pdf
    from django.utils import timezone
    from tests.rooms.notices.city import CLERK, HEAD, SECTION, ready_to_propose

    lay_office()
    notice = ready_to_propose(1)
    actions.propose(notice=notice, on=ago(0), by=SECTION)
    actions.propose(notice=notice, on=ago(0), by=HEAD)
    held = io.BytesIO()
    Image.new("RGB", (640, 400), (90, 120, 90)).save(held, "JPEG")
    sha = keep(held.getvalue(), "papan.jpg")
    actions.send(
        notice=notice, channel=Channel.COURIER, place="Kementerian", proof=actions.Proof("x", sha), on=ago(0), by=CLERK
    )
    now = timezone.now()
    one = dossier_pdf(NoticeCase.objects.get(), ago(0), now)
    Path("/root/nt/dossier.pdf").write_bytes(one)
    assert one == dossier_pdf(NoticeCase.objects.get(), ago(0), now)
