"""The portal and its desk by their pages: a report without an account, hostile files, limits, one answer for any code."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from telusur.people.rules import Role
from telusur.rounds.rules.codes import Code
from telusur.selfreport import actions
from telusur.selfreport.models import Report, Tip, Upload
from telusur.selfreport.queries import files_of
from telusur.selfreport.rules.fields import Form, Proof
from telusur.selfreport.rules.limits import LIMITS, PortalAct
from telusur.selfreport.uploads import store
from telusur.words.answer_code import answer_code_from
from tests.rooms.selfreport.hostile import Hostile, hostile_files, pdf
from tests.rooms.selfreport.office import alone, called, listed, sent
from tests.rooms.web.city import CANARIES, account
from tests.rules.selfreport.told import GOOD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]
STEPS = ("state", "authority", "address", "pin", "board", "members", "business", "meeting")


def office(role: Role) -> Client:
    client = Client()
    client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def started(client: Client, ident: object) -> str:
    """The address of a fresh report's first page, without its step."""
    reply = client.post(f"/lapor/koperasi/{ident}/")
    assert reply.status_code == 302
    return str(reply.headers["Location"]).removesuffix("state/")


def texts(step: str) -> dict[str, str]:
    future = {"next_on": "", "until_on": ""}
    return {name: future.get(name, text) for name, text in GOOD[step].items()}


@pytest.mark.long
def test_a_board_reports_and_two_people_accept(client: Client) -> None:
    cooperative = listed(Code.OTHER_OCCUPANT)
    assert "/lapor/koperasi/" in client.get("/lapor/?q=contoh").content.decode()
    base = started(client, cooperative.pk)
    pages = []
    for step in STEPS:
        page = client.get(f"{base}{step}/")
        pages.append(page.content.decode())
        assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
        assert client.post(f"{base}{step}/", texts(step)).status_code == 302
    sent_file = {"purpose": "minutes", "file": SimpleUploadedFile("notulen.pdf", pdf())}
    assert client.post(f"{base}meeting/berkas/", sent_file).status_code == 302
    pages.append(client.get(f"{base}kirim/").content.decode())
    assert client.post(f"{base}kirim/").status_code == 302
    receipt = client.get(base).content.decode()
    report = Report.objects.get()
    assert str(report.number) in receipt and "menunggu diperiksa" in receipt
    assert [canary for canary in CANARIES for page in [*pages, receipt] if canary in page] == []
    called(report)
    desk = office(Role.REGISTRAR)
    shown = desk.get(f"/laporan/{report.pk}/").content.decode()
    assert "bertentangan" in shown and "perlu dua orang" in shown
    assert (
        desk.post(
            f"/laporan/{report.pk}/putusan/", {"move": "accept", "seen": 1, "kind": ["address", "business"]}
        ).status_code
        == 302
    )
    refused = desk.post(f"/laporan/{report.pk}/putusan/", {"move": "confirm", "seen": 1})
    assert refused.status_code == 400 and "kepala bidang" in refused.content.decode()
    assert (
        office(Role.SECTION_HEAD).post(f"/laporan/{report.pk}/putusan/", {"move": "confirm", "seen": 1}).status_code
        == 302
    )
    assert "Diterima" in client.get(base).content.decode()
    for address in ("/laporan/", "/laporan/?daftar=selesai", "/laporan/?daftar=petunjuk"):
        assert desk.get(address).status_code == 200


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.long
def test_hostile_files_are_refused_in_words_or_sealed(client: Client, tmp_data: Path, every: int) -> None:
    """0 of 221 served inline, 0 faults: each refused in a sentence, or whole under a random name and an attachment."""
    report, key = actions.begin(form=Form.REPORT, cooperative=alone())
    base = f"/lapor/s/{key.printed}/authority/berkas/"
    files = hostile_files()
    assert len(files) >= 200
    LIMITS_most = LIMITS[PortalAct.UPLOAD].most
    assert LIMITS_most < len(files)
    signed = office(Role.HEAD)
    seen = [_send(signed, report, base, each) for each in files[::every]]
    assert Counter(seen) == Counter(each.fate for each in files[::every])
    if every == 1:
        assert seen.count("refused") >= 150 and len({(each.name, each.data) for each in files}) >= 200
    kept = [path for path in (tmp_data / "media").rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[0-9a-f]{32}(\.copy)?", path.name) for path in kept)


def _peak(*, anew: bool = False) -> int:
    """The most memory, in kB, that this process held; anew: forget it, and count from what it holds now."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    said = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", said)[0])


def _send(client: Client, report: Report, base: str, each: Hostile) -> str:
    """Send it; what became of it, whose memory was bounded."""
    Upload.objects.filter(report=report).delete()
    before = _peak(anew=True)
    reply = client.post(base, {"purpose": "deed", "file": SimpleUploadedFile(each.name, each.data, each.declared)})
    # What the test's own client and parser hold of the file is of its size; a picture is drawn at 50 million points at most.
    assert _peak() - before < 64_000 + 8 * len(each.data) // 1000, each.name[:60]
    held = files_of(report)
    if each.fate == "refused":
        assert (reply.status_code, held) == (400, []), each.name[:60]
        assert 'role="alert"' in reply.content.decode()
        return "refused"
    assert reply.status_code == 302 and len(held) == 1, each.name[:60]
    assert store.sealed_path(held[0].name).read_bytes() == each.data
    if held[0].has_copy:
        copy = store.copy_path(held[0].name).read_bytes()
        assert copy.startswith(b"\xff\xd8\xff") and b"<script" not in copy and b"PK\x03\x04" not in copy
    return "sealed"


def test_files_leave_as_attachments_in_a_sandbox_and_to_nobody_outside() -> None:
    report = sent(alone())
    for upload in files_of(report):
        for way in ("berkas", "gambar") if upload.has_copy else ("berkas",):
            address = f"/laporan/{report.pk}/{way}/{upload.pk}/"
            assert Client().get(address).status_code == 302
            reply = office(Role.OFFICER).get(address)
            assert reply.headers["Content-Disposition"].startswith("attachment")
            assert "sandbox" in reply.headers["Content-Security-Policy"]
            assert reply.headers["X-Content-Type-Options"] == "nosniff"
            # Read to its end: closing it by hand would close the test's connection.
            assert b"".join(reply.streaming_content)
    other = sent(alone_again())
    assert office(Role.OFFICER).get(f"/laporan/{other.pk}/berkas/{files_of(report)[0].pk}/").status_code == 404


def alone_again() -> object:
    from telusur.register.models import Cooperative

    return Cooperative.objects.get()


def test_any_code_that_opens_nothing_gets_one_answer_and_no_other_report(client: Client) -> None:
    _, key = actions.begin(form=Form.REPORT, cooperative=alone())
    unknown = answer_code_from(b"0123456789").printed
    pages = [
        client.get(f"/lapor/s/{code}/state/")
        for code in (unknown, "apa-saja", key.printed[:-1] + ("0" if key.printed[-1] != "0" else "1"))
    ]
    assert {page.status_code for page in pages} == {404}
    replies = [client.post("/lapor/lanjut/", {"key": code}) for code in (unknown, key.printed)]
    assert [reply.status_code for reply in replies] == [302, 302]
    other = sent(alone_again())
    number = files_of(other)[0].pk
    assert client.post(f"/lapor/s/{key.printed}/authority/berkas/{number}/").status_code == 404


def test_a_right_and_a_wrong_letters_code_take_the_same_path(
    client: Client, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the clock: the same statements in the same order, whether any letter has the code or not."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cooperative, seen = alone(), []
    for entropy in (b"warm it up", b"0123456789", b"9876543210"):
        base = started(client, cooperative.pk)
        said = {**texts("authority"), "code": answer_code_from(entropy).printed}
        with CaptureQueriesContext(
            connection,
        ) as ran:
            reply = client.post(f"{base}authority/", said)
        assert all("notices_notice" not in query["sql"] for query in ran.captured_queries)
        seen.append(
            (
                reply.status_code,
                [query["sql"].split()[:3] for query in ran.captured_queries if "SAVEPOINT" not in query["sql"]],
            )
        )
    assert seen[1] == seen[2]


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/lapor/lanjut/", "/lapor/"),
        ("/lapor/s/7H7H-Q6KX-5SFR-0TTJ/meeting/berkas/", "/lapor/s/7H7H-Q6KX-5SFR-0TTJ/meeting/"),
        ("/lapor/s/7H7H-Q6KX-5SFR-0TTJ/tarik/", "/lapor/s/7H7H-Q6KX-5SFR-0TTJ/"),
    ],
)
def test_a_refused_forms_address_opened_anew_leads_back_to_its_page(client: Client, path: str, above: str) -> None:
    """A reload, or a switch of the language, on the page that said what was wrong; a program is told 405 as ever."""
    reply = client.get(path, HTTP_ACCEPT="text/html,application/xhtml+xml")
    assert (reply.status_code, reply.headers.get("Location")) == (302, above)
    assert client.get(path).status_code == 405


def test_limits_hold_an_address_and_never_an_officer(client: Client) -> None:
    cooperative = alone()
    most = LIMITS[PortalAct.TIP].most
    address = f"/lapor/koperasi/{cooperative.pk}/petunjuk/"
    for _ in range(most):
        assert client.post(address, {"where": "Ruko 3", "relation": "rt"}).status_code == 200
    slow = client.post(address, {"where": "Ruko 3"})
    assert slow.status_code == 429 and int(slow.headers["Retry-After"]) > 0
    assert Tip.objects.count() == most
    assert office(Role.OFFICER).post(address, {"where": "Ruko 4"}).status_code == 200
    assert client.post(address, {"where": "x"}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_too_large_a_body_is_refused_before_it_is_read(client: Client) -> None:
    _, key = actions.begin(form=Form.REPORT, cooperative=alone())
    reply = client.post(
        f"/lapor/s/{key.printed}/authority/berkas/", data=b"x", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="99000000",
    )  # fmt: skip
    assert reply.status_code == 413
    assert Proof.DEED.value == "deed"
