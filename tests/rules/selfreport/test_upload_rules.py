"""Files by their content alone: what is taken, what is refused and in which words; how much a report holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.selfreport.rules.upload import MOST_BYTES, MOST_FILES, MOST_REPORT_BYTES, Taken, look_at_upload, room_for
from telusur.words.reason import Reason
from tests.rooms.selfreport.hostile import pdf, picture, zipped


@pytest.mark.parametrize(
    ("data", "kind"),
    [(picture("JPEG"), "image"), (picture("PNG"), "image"), (picture("WEBP"), "image"), (pdf(), "pdf")],
    ids=["jpeg", "png", "webp", "pdf"],
)
def test_what_is_taken(data: bytes, kind: str) -> None:
    assert look_at_upload(data) == Taken(kind)


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "upload_empty", "kosong"),
        (picture() + b"\0" * MOST_BYTES, "upload_too_large", "10 MB"),
        (zipped("word/document.xml", b"x"), "upload_kind_refused", "Office"),
        (b"<svg onload=x>", "upload_kind_refused", "SVG"),
        (b"\0\0\0\x18ftypheic", "upload_kind_refused", "HEIC"),
        (b"MZ\0\0", "upload_kind_refused", "program"),
        (b"halo", "upload_kind_refused", "teks biasa"),
        (b"\x01\x02\0\x03", "upload_kind_refused", "tidak dikenal"),
        (b"x" + pdf(), "upload_kind_refused", "PDF dengan awalan lain"),
        (pdf()[:80], "upload_pdf_cut", "tidak utuh"),
        (pdf(catalog=b"/J#53(x)"), "upload_pdf_active", "skrip"),
        (pdf(catalog=b"/Encrypt 3 0 R"), "upload_pdf_locked", "dikunci"),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_it_is_and_the_mend(data: bytes, code: str, word: str) -> None:
    found = look_at_upload(data)
    assert isinstance(found, Reason)
    assert found.code == code
    assert word in found.sentence() and "{" not in found.sentence() and ";" in found.sentence()


@given(st.binary(max_size=300))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    found = look_at_upload(data)
    assert isinstance(found, Taken | Reason)


@pytest.mark.parametrize(
    ("count", "size", "more", "code"),
    [
        (0, 0, 1, None),
        (MOST_FILES - 1, 0, 1, None),
        (MOST_FILES, 0, 1, "upload_too_many"),
        (3, MOST_REPORT_BYTES - 5, 5, None),
        (3, MOST_REPORT_BYTES - 5, 6, "upload_quota"),
    ],
)
def test_a_report_holds_so_much(count: int, size: int, more: int, code: str | None) -> None:
    found = room_for(count, size, more)
    assert (found.code if found else None) == code
