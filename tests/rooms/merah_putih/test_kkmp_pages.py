"""The pages of the programme: who may, what they show, and that a list of members leaves nothing behind."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from telusur.cli.door import main
from telusur.dashboards.kept.programme import programme_at
from telusur.dashboards.kept.queries import pinned, recount, recount_now
from telusur.dashboards.rules.programme import KELURAHAN, PROGRAMME
from telusur.dashboards.rules.village import LISTED
from telusur.merah_putih.actions import Note, check_stage, enrol, record_denominator, record_members, record_stage
from telusur.merah_putih.models import Formation, MemberCount, StageRecord
from telusur.merah_putih.programme.member_files import FileRefused, read_member_file
from telusur.merah_putih.queries import row_of
from telusur.merah_putih.rules.members import DenominatorKind, MemberSource
from telusur.merah_putih.rules.stages import GATES, Stage
from telusur.people.rules import Role
from telusur.register.models import Cooperative
from telusur.rounds.models import Round
from telusur.web.pages.head import programme_rows
from telusur.web.pages.moments import Moment
from tests.rooms.merah_putih.village import FIRST, LATE, ON, REGENCY, SECOND, lay_city
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db
# No other number of this kind is anywhere in the tests.
CANARY = "9973114477220068"


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(account(role))
    return client


@pytest.fixture
def city() -> None:
    lay_city()
    enrol(regency_code=REGENCY, by="dewi")


def leaks(folder: Path) -> list[str]:
    """Where the canary, or half of it, stands: every column of every table, every file."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            if any(CANARY[3:13] in str(cell) for row in cursor.fetchall() for cell in row):
                found.append(table)
    return found + [
        str(path) for path in folder.rglob("*") if path.is_file() and CANARY.encode()[3:13] in path.read_bytes()
    ]


def _list() -> bytes:
    lines = ["Nama;NIK;Kelurahan", f"Orang Kenari;{CANARY};Bukit Sirna", f"Lain Kenari;{CANARY};Gunung Perca"]
    return "\n".join([*lines, f"Ganda Kenari;{CANARY};Bukit Sirna", "Tanpa Nomor;-;Bukit Sirna"]).encode()


def test_a_counted_list_leaves_nothing_in_tables_files_or_logs(
    city: None, tmp_data: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file = SimpleUploadedFile("anggota.csv", _list(), "text/csv")
    reply = signed_in(Role.REGISTRAR).post("/kkmp/anggota/", {"file": file, "on": ON.isoformat()})
    assert reply.status_code == 200
    counts = MemberCount.objects.order_by("programme").values_list("member_count", "repeated_count", "refused_count")
    assert list(counts) == [(1, 1, 1), (1, 0, 0)]
    assert CANARY[3:13] not in reply.content.decode() and "Kenari" not in reply.content.decode()
    assert leaks(tmp_path) == []
    assert CANARY[3:13] not in caplog.text


def test_the_scan_would_see_a_number_that_was_kept(city: None, tmp_path: Path) -> None:
    StageRecord.objects.create(
        programme_id=MemberCount.programme.field.related_model.objects.first().pk, stage="deed", valid_on=ON, proof=CANARY,
        recorded_by="x", recorded_at=LATE,
    )  # fmt: skip
    (tmp_path / "catatan.log").write_text(CANARY, encoding="utf-8")
    assert len(leaks(tmp_path)) == 2


def test_an_upload_that_would_go_to_the_disk_is_not_taken(city: None) -> None:
    big = SimpleUploadedFile("anggota.csv", b"NIK\n" + b"9" * (1024 * 1024 + 1), "text/csv")
    reply = signed_in(Role.REGISTRAR).post("/kkmp/anggota/", {"file": big, "on": ON.isoformat(), "kelurahan": FIRST})
    assert reply.status_code == 400 and "1 MB" in reply.content.decode()
    assert not MemberCount.objects.exists()


def test_lists_are_guarded_against_forged_requests(city: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.REGISTRAR))
    file = SimpleUploadedFile("anggota.csv", _list(), "text/csv")
    assert client.post("/kkmp/anggota/", {"file": file, "on": ON.isoformat()}).status_code == 403


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04\x00", "zip"),
        (b"nama\nx\n", "kolom «NIK»"),
        (b"NIK\n9\n", "pilih kelurahannya"),
        (b"NIK,Kelurahan\n9,Entah\n", "baris 2"),
    ],
    ids=["a workbook", "no column", "no kelurahan", "an unknown kelurahan"],
)
def test_files_that_are_refused(content: bytes, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        read_member_file(content, {"Bukit Sirna": FIRST}, "")


def test_the_list_shows_each_kelurahan_and_the_empty_state_comes_first() -> None:
    client = signed_in(Role.SECTION_HEAD)
    lay_city()
    assert "Masukkan semua kelurahan" in client.get("/kkmp/").content.decode()
    assert client.post("/kkmp/mulai/", {"wilayah": REGENCY}).status_code == 302
    page = client.get("/kkmp/").content.decode()
    assert all(name in page for name in ("Bukit Sirna", "Gunung Perca", "Hulu Lamba"))
    assert "Tidak ada kelurahan di sini" in client.get("/kkmp/?tampil=usaha").content.decode()


def test_a_step_from_the_form_to_its_check(city: None) -> None:
    officer, head = signed_in(Role.OFFICER), signed_in(Role.HEAD)
    form = {"stage": "deed", "number": "12", "on": "2026-02-01", "proof": "salinan akta"}
    assert officer.post(f"/kkmp/{FIRST}/catat/stage/", form).status_code == 302
    record = StageRecord.objects.get()
    assert "Periksa buktinya" not in officer.get(f"/kkmp/{FIRST}/").content.decode()
    assert "Periksa buktinya" in head.get(f"/kkmp/{FIRST}/").content.decode()
    assert officer.post(f"/kkmp/{FIRST}/tahap/{record.pk}/periksa/", {"benar": "1"}).status_code == 403
    assert head.post(f"/kkmp/{FIRST}/catat/stage/", form).status_code == 403
    head.post(f"/kkmp/{FIRST}/tahap/{record.pk}/periksa/", {"benar": "1"})
    row = row_of(FIRST, ON, LATE)
    assert row is not None and row.stage is Stage.DEED


@pytest.mark.parametrize(
    ("kind", "form", "says"),
    [
        ("stage", {"stage": "party", "proof": "x"}, "angka bulat"),
        ("stage", {"stage": "deed", "proof": ""}, "buktinya"),
        ("members", {"source": "board", "count": "dua", "proof": "x"}, "angka bulat"),
        ("members", {"source": "board", "count": "20", "proof": f"KTP {CANARY}"}, "nomor penduduk"),
        ("financing", {"bank": "B", "amount": "10", "operating": "11", "rate": "6", "months": "1", "grace": "0",
                       "proof": "x"}, "angka bulat"),
        ("capital", {"members": "1", "proof": "x"}, "angka bulat"),
        ("formation", {"way": "revived", "name": "K", "proof": "x"}, "direvitalisasi"),
        ("governance", {"proof": "x"}, "paling sedikit satu"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_taken_says_why_and_keeps_what_was_typed(
    city: None, kind: str, form: dict[str, str], says: str
) -> None:
    reply = signed_in(Role.REGISTRAR).post(f"/kkmp/{FIRST}/catat/{kind}/", {**form, "on": "2026-02-01"})
    page = reply.content.decode()
    assert reply.status_code == 400 and says in page
    assert 'value="2026-02-01"' in page


def test_mend_and_take_back_from_the_page(city: None) -> None:
    client = signed_in(Role.REGISTRAR)
    form = {"source": "board", "count": "20", "on": "2026-02-01", "proof": "laporan"}
    client.post(f"/kkmp/{FIRST}/catat/members/", form)
    first = MemberCount.objects.get()
    mend = client.get(f"/kkmp/{FIRST}/catat/members/?ganti={first.pk}&count=20").content.decode()
    assert f'name="ganti" value="{first.pk}"' in mend
    client.post(f"/kkmp/{FIRST}/catat/members/", {**form, "count": "21", "ganti": str(first.pk)})
    row = row_of(FIRST, ON, LATE)
    assert row is not None and row.members is not None and row.members.member_count == 21
    last = MemberCount.objects.latest("id")
    client.post(f"/kkmp/{FIRST}/tarik/members/{last.pk}/", {"why": "salah berkas"})
    row = row_of(FIRST, ON, LATE)
    assert row is not None and row.members is None


def test_two_beside_one_another_and_the_same_from_the_terminal(
    city: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_data: Path
) -> None:
    record = record_stage(Note(FIRST, ON, "BA", "sari", ON), stage=Stage.NIB)
    check_stage(number=record.pk, is_right=True, by="rani")
    page = signed_in(Role.HEAD).get(f"/kkmp/bandingkan/?a={FIRST}&b={SECOND}").content.decode()
    assert page.count("tercapai, diperiksa") == 1
    assert main(["kkmp", "list", "--json", "--on", ON.isoformat()]) == 0
    told = orjson.loads(capsys.readouterr().out)["rows"]
    assert [(row["kelurahan"], row["stage"]) for row in told][:2] == [(FIRST, "nib"), (SECOND, None)]
    assert main(["kkmp", "stage", FIRST, "--stage", "party"]) == 2
    assert main(["kkmp", "stage", FIRST, "--stage", "deed"]) == 1
    assert "buktinya" in capsys.readouterr().err


def test_the_pages_are_the_offices_alone(city: None) -> None:
    for address in ("/kkmp/", f"/kkmp/{FIRST}/", "/kkmp/bandingkan/", "/kkmp/anggota/"):
        assert Client().get(address).status_code == 302
    assert signed_in(Role.HEAD).get("/kkmp/99.01.01.9999/").status_code == 404


def test_the_file_of_a_proof_is_guarded_kept_and_shown_to_the_office(city: None, tmp_data: Path) -> None:
    officer = signed_in(Role.OFFICER)
    form = {"stage": "deed", "number": "12", "on": "2026-02-01", "proof": "salinan akta"}
    address = f"/kkmp/{FIRST}/catat/stage/"
    for content in (b"MZ program", b"%PDF-1.4 /JavaScript %%EOF", b"\xff\xd8\xff rusak"):
        reply = officer.post(address, {**form, "file": SimpleUploadedFile("akta.pdf", content)})
        assert reply.status_code == 400 and not StageRecord.objects.exists()
    held = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera Kenari"
    Image.new("RGB", (40, 30), "teal").save(held, "JPEG", exif=exif)
    assert officer.post(address, {**form, "file": SimpleUploadedFile("akta.jpg", held.getvalue())}).status_code == 302
    record = StageRecord.objects.get()
    assert record.proof_sha256 == hashlib.sha256(held.getvalue()).hexdigest()
    there = f"/kkmp/{FIRST}/tahap/{record.pk}/bukti/"
    assert there in officer.get(f"/kkmp/{FIRST}/").content.decode()
    shown = signed_in(Role.HEAD).get(there)
    body = b"".join(shown.streaming_content)
    assert body.startswith(b"\xff\xd8\xff") and b"Kenari" not in body
    assert "attachment" in shown["Content-Disposition"] and "sandbox" in shown["Content-Security-Policy"]
    assert officer.get(f"/kkmp/{SECOND}/tahap/{record.pk}/bukti/").status_code == 404
    assert Client().get(there).status_code == 302


def test_a_loan_and_the_books_from_the_terminal(
    city: None, capsys: pytest.CaptureFixture[str], tmp_data: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "ba.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n")
    said = ["--proof", "BA", "--on", ON.isoformat()]
    assert main(["kkmp", "stage", FIRST, "--stage", "development_meeting", "--file", str(paper), *said]) == 0
    assert StageRecord.objects.get().proof_sha256
    loan = ["--bank", "Bank Contoh", "--amount", "4000000000", "--months", "72", "--grace", "6", *said]
    assert main(["kkmp", "financing", FIRST, *loan]) == 0
    assert main(["kkmp", "governance", FIRST, "--books", "ya", *said]) == 0
    assert main(["kkmp", "governance", FIRST, *said]) == 1
    capsys.readouterr()
    assert main(["kkmp", "financing", FIRST, "--json", "--on", ON.isoformat()]) == 0
    told = orjson.loads(capsys.readouterr().out)
    assert told["terms"]["amount_rupiah"] == 4_000_000_000 and not told["may_borrow"]
    assert len(told["lacking"]) == 8 and any("plafon" in each for each in told["beyond"])
    row = row_of(FIRST, ON, LATE)
    assert row is not None and row.governance is not None and row.governance.keeps_books is True
    number = str(StageRecord.objects.get().pk)
    assert main(["kkmp", "withdraw", "--kind", "stage", "--number", number, "--why", "salah berkas"]) == 0
    assert main(["kkmp", "stage", FIRST, "--stage", "nib", "--file", str(tmp_path / "tiada.pdf"), *said]) == 1


def test_figures_of_the_programme_and_of_a_kelurahan_get_links(city: None) -> None:
    """Buttons on both pages; the kept figure says its parts, and counts the same again after more is learnt."""
    claim = record_stage(Note(FIRST, ON, "akta 1", "rani", ON), stage=Stage.DEED, number="1")
    check_stage(number=claim.pk, is_right=True, why="", by="dewi")
    record_members(Note(FIRST, ON, "buku anggota", "rani", ON), source=MemberSource.BOARD, count=120)
    head = signed_in(Role.HEAD)
    buttons: dict[str, str] = {}
    for address in ("/kkmp/?sematkan=1", f"/kkmp/{FIRST}/?sematkan=1"):
        page = head.get(address).content.decode()
        buttons |= {text.split("|")[0]: text for text in re.findall(r'name="figure" value="([^"]+)"', page)}
    assert set(buttons) == {*PROGRAMME, *LISTED, *KELURAHAN} - {"kkmp_own_capital"}
    keys = {}
    for measure in ("kkmp_begun", "kkmp_own_members", "kkmp_own_steps", "kkmp_own_readiness"):
        reply = head.post("/angka/sematkan/", {"figure": buttons[measure]})
        keys[measure] = reply.headers["Location"].split("/")[-2]
    record_members(Note(FIRST, ON, "buku anggota", "rani", ON), source=MemberSource.BOARD, count=130)
    shown = {measure: pinned(key) for measure, key in keys.items()}
    told = {measure: kept.as_figure() for measure, kept in shown.items() if kept is not None}
    assert told["kkmp_begun"].value() == "1 dari 3 (33,3 %)"
    assert told["kkmp_own_members"].value() == "120"
    assert [code for code, _, count in told["kkmp_own_steps"].codes if count] == ["deed"]
    ready = told["kkmp_own_readiness"]
    assert ready.high is not None and ready.numerator < ready.high <= 100
    assert len(ready.codes) == 7 and all(re.search(r"\d,\d–\d+,\d dari \d", words) for _, words, _ in ready.codes)
    assert all(recount(figure).is_same for figure in told.values())
    assert not recount_now(told["kkmp_own_members"], LATE).is_same
    assert "Bukit Sirna" in Client().get(f"/angka/{keys['kkmp_own_readiness']}/").content.decode()
    assert head.post("/angka/sematkan/", {"figure": buttons["kkmp_own_steps"].replace(FIRST, "")}).status_code == 404
    assert 'name="figure"' not in signed_in(Role.OFFICER).get(f"/kkmp/{FIRST}/?sematkan=1").content.decode()


def test_the_terminal_pins_them_too(city: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "pin", "kkmp_begun", "kkmp_gates", "--json"]) == 0
    assert [each["numerator"] for each in orjson.loads(capsys.readouterr().out)["pinned"]] == [0, 0]
    assert main(["figures", "pin", "kkmp_own_gates", "--area", FIRST, "--json"]) == 0
    assert orjson.loads(capsys.readouterr().out)["pinned"][0]["denominator"] == 6
    for words, named in ((["kkmp_own_gates"], "--area"), (["kkmp_gates", "--area", FIRST], f"«{FIRST}»")):
        assert main(["figures", "pin", *words]) == 2
        assert named in capsys.readouterr().err


def test_no_score_goes_without_its_seven_parts(city: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kkmp", "list"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "anggota /20" in said and "tata kelola /15" in said and "0–20 ?" in said
    assert main(["kkmp", "show", FIRST]) == 0
    assert capsys.readouterr().out.count("tidak diketahui") == 6
    page = signed_in(Role.HEAD).get("/kkmp/").content.decode()
    assert page.count('data-label="Anggota terhadap target kepala keluarga"') == 3
    assert "Kesiapan menurut bagiannya" in page


def test_each_figure_of_the_heads_page_opens_the_kelurahan_that_it_counts(city: None) -> None:
    note = Note(FIRST, ON, "akta 1", "rani", ON)
    for stage in (*GATES, Stage.TRADING):
        check_stage(number=record_stage(note, stage=stage).pk, is_right=True, by="dewi")
    claim = record_stage(Note(SECOND, ON, "akta 2", "rani", ON), stage=Stage.OUTLET)
    record_members(Note(SECOND, ON, "buku anggota", "rani", ON), source=MemberSource.BOARD, count=120)
    record_members(note, source=MemberSource.BOARD, count=60)
    record_denominator(note, kind=DenominatorKind.HOUSEHOLDS, total=2_000, source="BPS")
    known_at = datetime.now(UTC)
    figures = {figure.measure: figure for figure in programme_at(ON, known_at)}
    # Learnt later: nothing of it is in a page that stands as of a moment.
    check_stage(number=claim.pk, is_right=True, by="dewi")
    moment = Moment(Round(), ON, known_at, "", 0)
    desk, counts = signed_in(Role.HEAD), []
    for measure in PROGRAMME:
        page = desk.get(programme_rows(moment, measure)).content.decode()
        counts.append(len(re.findall(r'<svg class="strip"', page)))
        assert "Yang diketahui per" in page and f"per={ON.isoformat()}&amp;diketahui=" in page
    assert counts[:-1] == [figures[measure].numerator for measure in PROGRAMME[:-1]]
    assert counts == [2, 1, 1, 1, 0, 0, 1, 1, 1]
    assert programme_rows(moment, "located") == ""
    # "legal_entity" is a word for machines: no page, card or paper says it.
    assert {figure.said_codes for figure in figures.values()} == {""}


def test_the_form_for_a_step_begins_at_the_first_that_nobody_recorded(city: None) -> None:
    record_stage(Note(FIRST, ON, "undangan", "rani", ON), stage=Stage.SOCIALISATION)
    page = signed_in(Role.REGISTRAR).get(f"/kkmp/{FIRST}/").content.decode()
    assert f'href="/kkmp/{FIRST}/catat/stage/?stage=deliberation"' in page
    assert "Periksa bukti sosialisasi" in page
    form = signed_in(Role.REGISTRAR).get(f"/kkmp/{FIRST}/catat/stage/?stage=deliberation").content.decode()
    assert re.search(r'<option value="deliberation"[^>]* selected', form)


def test_members_stand_beside_each_denominator_and_never_by_another(city: None) -> None:
    note = Note(FIRST, ON, "buku anggota", "rani", ON)
    record_members(note, source=MemberSource.BOARD, count=60)
    record_denominator(note, kind=DenominatorKind.RESIDENTS, total=10_000, source="BPS")
    page = signed_in(Role.REGISTRAR).get("/kkmp/").content.decode()
    shares = re.findall(r'data-label="% (KK|jiwa)">([^<]*)<', page)
    assert shares[:4] == [("KK", "—"), ("jiwa", "0,6 %"), ("KK", "—"), ("jiwa", "—")]
    record_denominator(note, kind=DenominatorKind.HOUSEHOLDS, total=3_000, source="BPS")
    page = signed_in(Role.REGISTRAR).get("/kkmp/").content.decode()
    assert re.findall(r'data-label="% (KK|jiwa)">([^<]*)<', page)[:2] == [("KK", "2,0 %"), ("jiwa", "0,6 %")]


def test_a_revived_one_is_named_by_the_number_that_the_registrar_has_at_hand(city: None) -> None:
    held = Cooperative.objects.create(key="nik:9901000000017", nik_koperasi="9901000000017")
    form = {"way": "revived", "name": "KKMP Bukit Sirna", "proof": "BA", "on": ON.isoformat()}
    client = signed_in(Role.REGISTRAR)
    for typed, status in (("9901000000018", 400), ("9901 0000 00017", 302)):
        reply = client.post(f"/kkmp/{FIRST}/catat/formation/", {**form, "cooperative": typed})
        assert reply.status_code == status
    assert Formation.objects.get().cooperative_id == held.pk
