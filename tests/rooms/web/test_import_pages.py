"""Import in the browser: look first, map what nobody knows, take in once, and say so when it stopped."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from telusur.intake.models import RefusedRow, SavedMapping
from telusur.people.rules import Role
from telusur.register.models import Edition, Entry
from telusur.web.pages import import_desk, importing
from telusur.web.pages.import_desk import Progress, claim, find_job, keep_upload, read_progress
from telusur.web.pages.preview import guess_mapping
from tests.rooms.intake.files import row, rows, write_csv, write_xlsx
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db
Work = Callable[[], None]
OFFICE = (
    b"No;Nama Kopersai;Nomor;Alamat Lengkap\n"
    b"1;Koperasi Contoh Satu;9901000000001;Jl. Rekaan 1\n"
    b"2;Koperasi Contoh Dua;9901000000002;\n"
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    """Uploads of a test lie in its own folder."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """What was given to run; run at once, in the test's own connection."""
    given: list[Work] = []

    def at_once(work: Work) -> None:
        given.append(work)
        work()

    monkeypatch.setattr(importing, "runner", at_once)
    return given


@pytest.fixture
def desk() -> Client:
    """A registrar's browser."""
    client = Client()
    client.force_login(account(Role.REGISTRAR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, content: bytes, name: str = "daftar.csv") -> str:
    """Upload; the token."""
    reply = client.post(reverse("import"), {"file": SimpleUploadedFile(name, content)})
    assert reply.status_code == 302, reply.context and reply.context["fault"]
    found = re.search(r"/impor/([^/]+)/", reply.headers["Location"])
    assert found is not None
    return found[1]


def registry(tmp_path: Path, count: int = 6) -> bytes:
    """A small edition in the registry's labels, one row of which cannot be one."""
    body = rows(count)
    body[2] = row(3, nik="6.47101E+12")
    return write_csv(tmp_path / "berkas.csv", body).read_bytes()


def confirm(client: Client, token: str, **more: str) -> object:
    """Say yes."""
    data = {"as_of": "2024-12-27", **more}
    return client.post(reverse("import-confirm", kwargs={"token": token}), data, follow=True)


def test_looking_writes_nothing(desk: Client, tmp_path: Path) -> None:
    reply = desk.get(reverse("import-preview", kwargs={"token": send(desk, registry(tmp_path))}))
    found = reply.context["found"]
    assert (found.layout.name, found.looked, found.refused) == ("ods-24", 6, 1)
    text = reply.content.decode()
    assert "24 dari 24 kolom dibaca" in text and "6.47101E+12" in text
    assert "11 Mei 1998" in text and "11/05/1998" in text
    assert not Edition.objects.exists() and not Entry.objects.exists()


def test_taken_in_with_its_counts(desk: Client, tmp_path: Path, ran: list[Work]) -> None:
    token = send(desk, registry(tmp_path))
    reply = confirm(desk, token)
    now = reply.context["now"]  # type: ignore[attr-defined]
    assert (now.state, now.rows_in, now.accepted, now.refused) == ("done", 6, 5, 1)
    edition = Edition.objects.get()
    assert (edition.imported_by, edition.as_of_on.isoformat(), edition.file_name) == (
        "registrar",
        "2024-12-27",
        "daftar.csv",
    )
    assert RefusedRow.objects.count() == 1


def test_sent_twice_taken_in_once(desk: Client, tmp_path: Path, ran: list[Work]) -> None:
    token = send(desk, registry(tmp_path))
    confirm(desk, token)
    confirm(desk, token)
    assert len(ran) == 1 and Edition.objects.count() == 1


def test_the_upload_goes_when_its_rows_are_in(desk: Client, tmp_path: Path, ran: list[Work]) -> None:
    token = send(desk, registry(tmp_path))
    job = find_job(token)
    assert job is not None and job.path.exists()
    confirm(desk, token)
    assert not job.path.exists()
    assert desk.get(reverse("import-preview", kwargs={"token": token})).status_code == 302


def test_the_same_file_again_changes_nothing(desk: Client, tmp_path: Path, ran: list[Work]) -> None:
    content = registry(tmp_path)
    confirm(desk, send(desk, content))
    reply = confirm(desk, send(desk, content))
    assert "Tidak ada yang berubah" in reply.content.decode()  # type: ignore[attr-defined]
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "says"),
    [("", "Isi tanggal keadaan"), ("kemarin", "Isi tanggal keadaan"), ("2999-01-01", "hari yang belum tiba")],
    ids=["none", "no-date", "in-the-future"],
)
def test_a_day_is_asked_for(desk: Client, tmp_path: Path, ran: list[Work], day: str, says: str) -> None:
    token = send(desk, registry(tmp_path))
    reply = confirm(desk, token, as_of=day)
    assert says in reply.content.decode()  # type: ignore[attr-defined]
    assert not ran and not Edition.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("x.exe", b"MZ", "harus CSV, XLSX, XLS, atau ODS", id="kind"),
        pytest.param("x.csv", b"", "kosong", id="empty"),
    ],
)
def test_a_file_that_is_not_kept(desk: Client, name: str, content: bytes, says: str) -> None:
    reply = desk.post(reverse("import"), {"file": SimpleUploadedFile(name, content)})
    assert reply.status_code == 400
    assert says in reply.content.decode() or "kosong" in reply.content.decode()


def test_a_file_above_the_limit_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_desk, "MOST_BYTES", 10)
    kept = keep_upload(SimpleUploadedFile("x.csv", b"a" * 11), "registrar")
    assert isinstance(kept, str) and "200 MB" in kept


def test_a_damaged_workbook_is_refused_in_words(desk: Client) -> None:
    token = send(desk, b"bukan lembar kerja", "x.xlsx")
    reply = desk.get(reverse("import-preview", kwargs={"token": token}))
    assert reply.status_code == 200
    assert "Berkas ini tidak dapat diambil" in reply.content.decode()


def test_a_file_refused_while_it_runs_says_why(desk: Client, ran: list[Work]) -> None:
    reply = confirm(desk, send(desk, OFFICE))
    text = reply.content.decode()  # type: ignore[attr-defined]
    assert "judul kolom berkas ini tidak dikenal" in text.lower() and "Tidak ada yang ditulis" in text
    assert not Edition.objects.exists()


def test_columns_that_nobody_knows_are_mapped_once(desk: Client, ran: list[Work]) -> None:
    token = send(desk, OFFICE)
    address = reverse("import-preview", kwargs={"token": token})
    page = desk.get(address)
    assert page.context["found"].guesses == {
        "name": "Nama Kopersai",
        "nik_koperasi": "Nomor",
        "address": "Alamat Lengkap",
    }
    form = {"name": "Daftar rekaan", "map-name": "Nama Kopersai", "map-nik_koperasi": "Nomor"}
    reply = desk.post(address, form, follow=True)
    assert reply.context["found"].layout.name == "Daftar rekaan"
    assert SavedMapping.objects.get().mapping == {"name": "Nama Kopersai", "nik_koperasi": "Nomor"}
    confirm(desk, token, layout="Daftar rekaan")
    assert Edition.objects.get().accepted_count == 2
    # The next file of the same list is known by its header.
    other = send(desk, OFFICE.replace(b"Koperasi Contoh Dua", b"Koperasi Contoh Tiga"))
    assert desk.get(reverse("import-preview", kwargs={"token": other})).context["found"].layout.mapped


@pytest.mark.parametrize(
    ("form", "says"),
    [
        pytest.param({"name": "", "map-name": "Nomor"}, "belum diberi nama", id="without-a-name"),
        pytest.param({"name": "ods-24", "map-name": "Nomor"}, "dipakai tata letak bawaan", id="a-shipped-name"),
        pytest.param({"name": "Baru"}, "kolom nama koperasi belum dipetakan", id="without-the-name's-column"),
        pytest.param(
            {"name": "Baru", "map-name": "Nomor", "map-address": "Nomor"}, "dipetakan dua kali", id="one-column-twice"
        ),
    ],
)
def test_a_mapping_that_makes_no_layout_is_said(desk: Client, form: dict[str, str], says: str) -> None:
    reply = desk.post(reverse("import-preview", kwargs={"token": send(desk, OFFICE)}), form)
    assert says in reply.context["fault"]
    assert not SavedMapping.objects.exists()


def test_a_poor_mapping_can_be_made_again(desk: Client) -> None:
    address = reverse("import-preview", kwargs={"token": send(desk, OFFICE)})
    desk.post(address, {"name": "Terlalu sedikit", "map-name": "Nama Kopersai"})
    assert desk.get(address).context["found"].layout.name == "Terlalu sedikit"
    assert desk.get(address, {"map": "1"}).context["found"].guesses["nik_koperasi"] == "Nomor"
    form = {"name": "Terlalu sedikit", "map-name": "Nama Kopersai", "map-nik_koperasi": "Nomor"}
    assert len(desk.post(address + "?map=1", form, follow=True).context["found"].known) == 2


def test_columns_that_name_people_are_told_of_apart(desk: Client, tmp_path: Path) -> None:
    content = OFFICE.replace(b"No;", b"Ketua;").replace(b"1;Kop", b"Rekaan;Kop")
    address = reverse("import-preview", kwargs={"token": send(desk, content)})
    reply = desk.post(address, {"name": "Berketua", "map-name": "Nama Kopersai"}, follow=True)
    found = reply.context["found"]
    assert found.private_count == 1 and "Ketua" not in found.extra
    assert all("Rekaan" not in row.came[0] for row in found.rows)


def test_title_lines_above_the_header_are_stepped_over(desk: Client, tmp_path: Path) -> None:
    content = write_xlsx(tmp_path / "x.xlsx", rows(4)).read_bytes()
    found = desk.get(reverse("import-preview", kwargs={"token": send(desk, content, "x.xlsx")})).context["found"]
    assert (found.header_row, found.looked, found.kind) == (3, 4, "xlsx")


def job_at(state: str, age: float, process: str, folder: Path) -> import_desk.Job:
    """An upload whose progress was written some seconds ago."""
    kept = keep_upload(SimpleUploadedFile("x.csv", OFFICE), "registrar")
    assert not isinstance(kept, str)
    then = time.time() - age
    (kept.folder / "claim").touch()
    written = asdict(replace(Progress(state, 4000, then - 5, then), process=process))
    (kept.folder / "progress.json").write_text(json.dumps(written))
    return kept


@pytest.mark.parametrize(
    ("state", "age", "process", "reads", "claimed"),
    [
        pytest.param("running", 5, "ours", "running", False, id="running"),
        pytest.param("running", 120, "ours", "running", False, id="silent-but-ours"),
        pytest.param("running", 5, "another", "running", False, id="another-worker"),
        pytest.param("running", 120, "another", "stopped", True, id="server-restarted"),
        pytest.param("running", 900, "ours", "stopped", True, id="silent-too-long"),
        pytest.param("refused", 900, "ours", "refused", True, id="refused-may-be-tried-again"),
        pytest.param("done", 900, "another", "done", False, id="done-stays-done"),
    ],
)
def test_progress_that_nobody_runs_any_more(
    desk: Client, tmp_path: Path, state: str, age: float, process: str, reads: str, claimed: bool
) -> None:
    mark = import_desk._PROCESS if process == "ours" else "0" * 16
    job = job_at(state, age, mark, tmp_path)
    now = read_progress(job)
    assert now is not None and now.state == reads
    if reads == "stopped":
        text = desk.get(reverse("import-progress", kwargs={"token": job.token})).content.decode()
        assert "Impor terhenti" in text and "Mulai lagi" in text
    assert claim(job) is claimed


def test_progress_as_the_page_asks_for_it(desk: Client, tmp_path: Path) -> None:
    job = job_at("running", 1, import_desk._PROCESS, tmp_path)
    import_desk.save_job(replace(job, expected=8000))
    reply = desk.get(reverse("import-progress", kwargs={"token": job.token}), {"format": "json"}).json()
    assert (reply["state"], reply["share"]) == ("running", 50)
    assert "4.000 baris · 800 baris per detik · sisa" in reply["says"]


def test_a_defect_ends_as_stopped_and_is_not_hushed_up(
    desk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("cakram penuh")

    monkeypatch.setattr(import_desk, "load_batch", broken)
    monkeypatch.setattr(importing, "runner", lambda work: work())
    token = send(desk, registry(tmp_path))
    with pytest.raises(OSError, match="cakram penuh"):
        confirm(desk, token)
    job = find_job(token)
    assert job is not None and job.path.exists()
    now = read_progress(job)
    assert now is not None and now.state == "stopped"


@pytest.mark.parametrize("token", ["tanpa", "x" * 24, "a" * 41], ids=["short", "unknown", "long"])
def test_a_token_that_is_none(desk: Client, token: str) -> None:
    for name in ("import-preview", "import-progress"):
        assert desk.get(reverse(name, kwargs={"token": token})).status_code == 404


def test_an_upload_that_nobody_took_goes_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = keep_upload(SimpleUploadedFile("x.csv", OFFICE), "registrar")
    assert not isinstance(first, str)
    now = time.time()
    monkeypatch.setattr(import_desk.time, "time", lambda: now + 25 * 3600)
    keep_upload(SimpleUploadedFile("x.csv", OFFICE), "registrar")
    assert not first.folder.exists()


def test_guesses_take_each_column_once() -> None:
    labels = [("Nama Koperasi", "Koperasi Contoh"), ("Nama", "Contoh"), ("Alamat", "Jl. Rekaan"), ("Kolom X", "1")]
    guesses = guess_mapping(labels)
    assert guesses["name"] == "Nama Koperasi" and guesses["address"] == "Alamat"
    assert len(set(guesses.values())) == len(guesses) and "Kolom X" not in guesses.values()
