"""Letters fit for the archive, in the pile of the kelurahan where the cooperative was found, and their page."""

from __future__ import annotations

import contextlib
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from telusur.addresses.models import Location
from telusur.laws.rules.law import Certainty
from telusur.notices.rules.content import basis_words
from telusur.notices.rules.stages import Stage
from telusur.notices.sheets.letters import by_kelurahan, letters_by_kelurahan, letters_pdf
from telusur.people.models import Account
from telusur.register.queries import latest_edition
from tests.rooms.notices.city import CLERK, ago, draft, lay_office, not_found, signed
from tests.rooms.oversight.city import cooperative
from tests.rules.asked import LAW

pytestmark = pytest.mark.django_db
HERE = "http://127.0.0.1:8000/"


def located(number: int, code: str) -> None:
    """Somebody found out where the cooperative of row `number` sits, whatever its row says."""
    Location.objects.create(
        edition=latest_edition(), cooperative=cooperative(number), kelurahan_code=code, kecamatan_code=code[:8],
        kelurahan_name="", confidence=0.9, tier="A", text_tier="A", precision="none", source="none", reasons=[],
    )  # fmt: skip


def objects(pdf: bytes) -> bytes:
    """A PDF with its packed streams opened, for whoever looks for words in it."""
    opened = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            opened.append(zlib.decompress(stream.rstrip(b"\r\n")))
    return b"\n".join(opened)


def test_a_letter_is_fit_for_the_archive() -> None:
    """What ISO 19005-2 asks and a byte can show: the mark, the colours' profile, every font inside, nothing that acts."""
    lay_office()
    not_found(1)
    text = objects(letters_pdf([signed(1, Stage.SUMMONS, ago(0))], HERE))
    assert re.search(rb"pdfaid:part>\s*2|pdfaid:part=.2", text) and re.search(
        rb"pdfaid:conformance>\s*B|conformance=.B", text
    )
    assert b"/OutputIntents" in text and b"/GTS_PDFA1" in text and b"/DestOutputProfile" in text
    assert text.count(b"/FontFile") == len(set(re.findall(rb"/FontName\s*/([A-Z]{6}\+[^\s/]+)", text))) > 0
    assert not [word for word in (b"/Encrypt", b"/JavaScript", b"/Launch", b"/AA ") if word in text]


def test_piles_follow_the_located_kelurahan_and_many_threads_write_what_one_does(tmp_path: Path) -> None:
    lay_office()
    for number in (1, 2, 3, 4):
        not_found(number)
    # Rows 1 and 3 state the second kelurahan, 2 and 4 the first; row 3 was found to sit in the first.
    located(3, "99.01.01.1001")
    notices = [signed(number, Stage.SUMMONS, ago(0)) for number in (1, 2, 3, 4)]
    piles = by_kelurahan(notices)
    assert {code: [letter.pk for letter in letters] for (code, _), letters in piles.items()} == {
        "99.01.01.1002": [notices[0].pk],
        "99.01.01.1001": [notices[each].pk for each in (1, 2, 3)],
    }
    told: list[tuple[int, int]] = []
    paths = letters_by_kelurahan(notices, tmp_path, HERE, lambda done, total: told.append((done, total)))
    assert told == [(3, 4), (4, 4)]
    for path, ((_, name), letters) in zip(paths, sorted(piles.items()), strict=True):
        assert path.read_bytes() == letters_pdf(letters, HERE, f"Surat untuk Kelurahan {name or '—'}")


def test_the_page_of_printing_has_a_file_for_each_kelurahan_of_signed_letters(client: Client) -> None:
    lay_office()
    for number in (1, 2):
        not_found(number)
    client.force_login(Account.objects.get(username=CLERK), backend="django.contrib.auth.backends.ModelBackend")
    assert "Unduh PDF" not in client.get("/surat/cetak/").content.decode()
    draft(1, Stage.PUBLIC_NOTICE, ago(0))
    notice = signed(2, Stage.SUMMONS, ago(0))
    page = client.get("/surat/cetak/").content.decode()
    assert page.count("Unduh PDF") == 1 and "/surat/cetak/surat-99.01.01.1001.pdf" in page
    assert "Unduh PDF" not in client.get("/surat/cetak/?jenis=intent").content.decode()
    file = client.get("/surat/cetak/surat-99.01.01.1001.pdf")
    assert file["Content-Type"] == "application/pdf" and "surat-99.01.01.1001" in file["Content-Disposition"]
    assert file.content == letters_pdf([notice], "http://testserver/", "Surat untuk Kelurahan —")
    assert client.get("/surat/cetak/surat-99.01.01.1002.pdf").status_code == 404
    # The code on its face leads anybody to the page that says it is genuine.
    assert Client().get(f"/pengumuman/{notice.token}/").status_code == 200


def test_a_letter_says_of_an_article_that_nobody_has_read_its_text() -> None:
    assert "UU 25/1992 pasal 26" in (basis := basis_words(Stage.SP1, LAW)) and "(teksnya belum diperiksa)" in basis
    read = {ident: replace(each, certainty=Certainty.CERTAIN) for ident, each in LAW.articles.items()}
    assert "belum diperiksa" not in basis_words(Stage.SP1, replace(LAW, articles=read))
    assert "belum diperiksa" not in basis_words(Stage.PUBLIC_NOTICE, LAW)
