"""Rounds in the browser: open, hand out and take back sheets, derive, close."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from telusur.people.rules import Role
from telusur.register.models import RecordedFact
from telusur.rounds.models import Derivation, OutsideFind, Round
from telusur.rounds.rules.codes import Code
from tests.rooms.web.city import account, edition, lay

pytestmark = pytest.mark.django_db


def browser(role: Role) -> Client:
    """A signed-in browser of a role."""
    client = Client()
    client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def filled(client: Client, round_: Round, *lines: dict[str, str], name: str = "kunjungan.xlsx") -> SimpleUploadedFile:
    """The round's own template with its first rows filled in by label; a line may name another NIK or name."""
    reply = client.get(reverse("round-template", kwargs={"number": round_.pk}))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(reply.streaming_content)))
    sheet = book["Kunjungan"]
    labels = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
    for index, line in enumerate(lines, start=2):
        for label, value in line.items():
            sheet.cell(index, labels[label]).value = value
    # The template's rows that nobody visited yet are left out of a sheet that comes back.
    sheet.delete_rows(len(lines) + 2, sheet.max_row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


VISIT = {
    "Tanggal kunjungan": "10/10/2025",
    "Jam": "09:30",
    "Petugas": "rekaan",
    "Temuan": "usaha berhenti, tanpa pengurus",
}
OUTSIDE = {**VISIT, "NIK Koperasi": "", "Nama Koperasi": "Koperasi Rekaan Baru", "Temuan": "usaha berjalan"}


def test_a_round_is_opened_on_an_edition() -> None:
    lay({Code.NOT_ATTEMPTED: 3})
    browser(Role.SECTION_HEAD).post(reverse("round-close", kwargs={"number": Round.objects.get().pk}))
    client = browser(Role.SECTION_HEAD)
    reply = client.post(
        reverse("round-open"), {"name": "Putaran Kedua", "edition": edition_number(), "attempts": "3"}, follow=True
    )
    assert "Putaran «Putaran Kedua» dibuka atas 3 baris." in reply.content.decode()
    assert Round.objects.get(name="Putaran Kedua").required_attempts == 3


def edition_number() -> str:
    """The city's edition."""
    return str(Round.objects.get().edition_id)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        pytest.param({"name": "", "attempts": "2"}, "Isi nama putaran", id="no-name"),
        pytest.param({"name": "Baru", "attempts": "0"}, "Isi nama putaran", id="no-attempt"),
        pytest.param({"name": "Baru", "attempts": "2"}, "Masih ada putaran yang terbuka", id="another-is-open"),
        pytest.param({"name": "Penelusuran Rekaan", "attempts": "2"}, "sudah ada", id="name-taken"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form(form: dict[str, str], says: str) -> None:
    lay({Code.NOT_ATTEMPTED: 1})
    reply = browser(Role.SECTION_HEAD).post(reverse("round-open"), {**form, "edition": edition_number()})
    assert reply.status_code == 400 and says in str(reply.context["fault"])
    assert Round.objects.count() == 1


def test_a_round_without_rows_is_not_opened() -> None:
    empty = edition(0)
    reply = browser(Role.SECTION_HEAD).post(
        reverse("round-open"), {"name": "Kosong", "edition": str(empty.pk), "attempts": "2"}
    )
    assert reply.status_code == 400 and not Round.objects.exists()


def test_a_sheet_comes_back_once() -> None:
    round_ = lay({Code.NOT_ATTEMPTED: 3})
    client = browser(Role.OFFICER)
    address = reverse("round-visits", kwargs={"number": round_.pk})
    lines = ({**VISIT, "Informan 1": "tetangga", "Informan 2": "ketua RT/RW"}, {**VISIT, "Temuan": "entah"}, OUTSIDE)
    report = client.post(address, {"file": filled(client, round_, *lines)}).context["report"]
    assert (report.rows_in, report.accepted, report.outside, len(report.refused)) == (3, 1, 1, 1)
    again = client.post(address, {"file": filled(client, round_, *lines)}).context["report"]
    assert (again.accepted, again.known, again.outside) == (0, 2, 0)
    assert RecordedFact.objects.filter(kind="visit").count() == 1
    assert "Koperasi Rekaan Baru" in client.get(reverse("rounds")).content.decode()
    assert OutsideFind.objects.get().name == "Koperasi Rekaan Baru"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("x.xlsx", b"bukan lembar kerja", id="not-a-workbook"),
        pytest.param("x.csv", b"a;b\n1;2\n", id="not-a-visit-sheet"),
        pytest.param("x.exe", b"MZ", id="another-kind"),
    ],
)
def test_a_file_that_is_no_visit_sheet_is_refused_in_words(name: str, content: bytes) -> None:
    round_ = lay({Code.NOT_ATTEMPTED: 1})
    reply = browser(Role.OFFICER).post(
        reverse("round-visits", kwargs={"number": round_.pk}), {"file": SimpleUploadedFile(name, content)}
    )
    assert reply.status_code == 400
    assert str(reply.context["visit_fault"]).endswith(".")
    assert not RecordedFact.objects.exists()


def test_deriving_counts_what_came() -> None:
    round_ = lay({Code.NOT_ATTEMPTED: 2, Code.DORMANT_NO_BOARD: 1})
    browser(Role.REGISTRAR).post(reverse("round-derive", kwargs={"number": round_.pk}))
    groups = browser(Role.OFFICER).get(reverse("rounds")).context["standing"]["groups"]
    assert [count for _, _, count in groups] == [0, 1, 0, 0, 2]
    assert Derivation.objects.count() == 2


def test_a_closed_round_takes_no_visit() -> None:
    round_ = lay({Code.NOT_ATTEMPTED: 1})
    client = browser(Role.SECTION_HEAD)
    sheet = filled(client, round_, VISIT)
    client.post(reverse("round-close", kwargs={"number": round_.pk}))
    reply = client.post(reverse("round-visits", kwargs={"number": round_.pk}), {"file": sheet})
    assert reply.status_code == 400 and "sudah ditutup" in str(reply.context["visit_fault"])
    assert "Tutup «" not in client.get(reverse("rounds")).content.decode()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        pytest.param("round-close", Role.REGISTRAR, id="registrar-closes"),
        pytest.param("round-derive", Role.OFFICER, id="officer-derives"),
        pytest.param("round-visits", Role.HEAD, id="head-records"),
    ],
)
def test_who_may_not_is_told_so(name: str, role: Role) -> None:
    round_ = lay({Code.NOT_ATTEMPTED: 1})
    assert browser(role).post(reverse(name, kwargs={"number": round_.pk})).status_code == 403


def test_no_round_yet() -> None:
    assert "Belum ada putaran" in browser(Role.HEAD).get(reverse("rounds")).content.decode()
