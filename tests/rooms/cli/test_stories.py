"""The three stories of closing the loop, told at the terminal on the demo city: each begins where the city stands today.

One demo for all three, loaded into this module's own transaction and rolled back at its end.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from telusur.cli.answer import DATA_SAYS_NO
from telusur.demo.demo import Demo, make_demo
from telusur.demo.loading import load_demo
from telusur.demo.rows import HEADER
from telusur.intake.actions import load_batch
from telusur.matching.queries import pairs_of
from telusur.notices.models import Notice, NoticeCase
from telusur.notices.queries import answer_code
from telusur.register.models import Cooperative, RecordedFact
from telusur.register.queries import latest_edition
from telusur.rounds.models import RowDisposition
from tests.archive import archive_faults
from tests.rooms.cli.terminal import Terminal
from tests.rooms.selfreport.hostile import pdf, picture

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
_GONE = ("320", "330")
_MEETING = "Tanggal RAT Terakhir"


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """The demo city of today."""
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    made = make_demo(2025)
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(made, today=timezone.localdate())
        # A letter of an hour that is yet to come is in no dossier: early in the morning the case would have none.
        assert not Notice.objects.filter(drafted_at__gt=timezone.now()).exists()
        yield made
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


@pytest.fixture
def telusur(demo: Demo, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The command."""
    return Terminal(capsys)


def _of_one_officer() -> Cooperative:
    """One that a single officer did not find, of which nobody has written and no second row is suspected."""
    newest = RowDisposition.objects.latest("derivation_id").derivation_id
    rows = RowDisposition.objects.filter(derivation_id=newest, code__in=_GONE).select_related("entry__cooperative")
    written = set(NoticeCase.objects.values_list("cooperative_id", flat=True))
    for row in rows.order_by("entry_id"):
        facts = RecordedFact.objects.filter(cooperative=row.entry.cooperative_id)
        officers = {str(fact.value["officer"]) for fact in facts if fact.kind == "visit"}
        if len(officers) == 1 and row.entry.cooperative_id not in written and not pairs_of(row.entry.cooperative_id):
            return row.entry.cooperative
    raise AssertionError("the demo has nobody whom one officer alone did not find")


def _second_visit(path: Path, cooperative: Cooperative, on: date) -> Path:
    """The sheet of a second officer who did not find it either."""
    last = RecordedFact.objects.filter(cooperative=cooperative, kind="visit").latest("valid_on", "id")
    officer = "tono" if last.value["officer"] != "tono" else "budi"
    entry = cooperative.entries.order_by("-id")[0]
    heads = (
        "NIK Koperasi",
        "Nama Koperasi",
        "Tanggal kunjungan",
        "Jam",
        "Petugas",
        "Kunjungan ke-",
        "Temuan",
        "Informan 1",
        "Foto",
    )
    cells = (
        cooperative.nik_koperasi,
        entry.name,
        f"{on:%d/%m/%Y}",
        "10:15",
        officer,
        "3",
        "alamat ditempati pihak lain",
        "ketua RT/RW",
        "foto lokasi",
    )
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heads, cells])
    return path


def _form(path: Path, number: str, code: str, today: date) -> Path:
    """What the board brought to the counter, written down."""
    (path.parent / "notulen.pdf").write_bytes(pdf())
    (path.parent / "kas.jpg").write_bytes(picture())
    path.write_text(
        f"""
nik_koperasi = "{number}"
[state]
says = "alive"
relation = "chair"
[authority]
code = "{code}"
reporter_name = "Ketua Rekaan"
reporter_phone = "0800 0000 0077"
[address]
address = "Jl. Kenari Rekaan 77"
kelurahan_code = "99.01.01.1004"
[business]
what = "toko sembako"
business_on = "{today - timedelta(days=5)}"
[meeting]
for_book_year = "{today.year - 1}"
held_on = "{date(today.year, 3, 14)}"
meeting_member_count = "60"
quorum_count = "41"
[[file]]
purpose = "minutes"
path = "notulen.pdf"
[[file]]
purpose = "ledger"
path = "kas.jpg"
""",
        encoding="utf-8",
    )
    return path


def _next_list(path: Path, number: str, cells: dict[str, str]) -> Path:
    """The newest list once more, with what the ministry took over."""
    edition = latest_edition()
    assert edition is not None
    places = {label: HEADER.index(label) for label in cells}
    nik = HEADER.index("Nomor Induk Koperasi (NIK)")
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        for entry in edition.entries.order_by("id"):
            row = list(entry.raw)
            if row[nik] == number:
                for label, place in places.items():
                    row[place] = cells[label]
            writer.writerow(row)
    return path


def _case_of(telusur: Terminal, cooperative: uuid.UUID) -> int:
    cases = telusur.done("notices", "list")["cases"]
    return next(case["case"] for case in cases if case["cooperative"] == str(cooperative) and not case["ended"])


def _noticed(telusur: Terminal, lost: Cooperative, folder: Path, today: date) -> int:
    """A second officer's visit, a letter that comes back, the public notice with its last day. The letter's key."""
    number = str(lost.nik_koperasi)
    taken = telusur.done(
        "visits", _second_visit(folder / "kunjungan.csv", lost, today - timedelta(days=1)), "--by", "rani"
    )
    assert (taken["accepted"], taken["refused"]) == (1, 0)
    # A letter that calls the board in, then the public notice with its last day.
    summons = telusur.done("notices", "draft", number, "--stage", "summons", "--by", "rani")["done"][0]["letter"]
    telusur.done("notices", "sign", summons, "--by", "dewi")
    telusur.done(
        "notices",
        "send",
        summons,
        "--channel",
        "post",
        "--place",
        "alamat terdaftar",
        "--proof",
        "resi 99001",
        "--by",
        "rani",
    )
    telusur.done(
        "notices",
        "returned",
        summons,
        "--channel",
        "post",
        "--place",
        "alamat terdaftar",
        "--proof",
        "cap «pindah»",
        "--by",
        "rani",
    )
    notice = telusur.done("notices", "draft", number, "--stage", "public_notice", "--by", "rani")["done"][0]["letter"]
    signed = telusur.done("notices", "sign", notice, "--by", "dewi")
    assert signed["done"][0]["number"]
    put_up = telusur.done(
        "notices",
        "publish",
        notice,
        "--channel",
        "board",
        "--place",
        "Kelurahan Alun Permai",
        "--proof",
        "foto papan",
        "--by",
        "rani",
    )
    assert put_up["due_on"] > str(today) and put_up["working"]
    telusur.done("notices", "public", "--format", "json", "--out", folder / "umum.json")
    assert signed["done"][0]["number"] in (folder / "umum.json").read_text()
    return int(summons)


def _answered(telusur: Terminal, lost: Cooperative, folder: Path, summons: int) -> None:
    """The report, the desk's yes, the second person's."""
    today, number = timezone.localdate(), str(lost.nik_koperasi)
    # The board comes with the letter in its hand and the minutes of its meeting.
    code = answer_code(Notice.objects.get(pk=summons).token).printed
    written = telusur.done("reports", "write", _form(folder / "laporan.toml", number, code, today), "--by", "sari")
    telusur.done("reports", "receipt", written["number"], "--out", folder / "tanda-terima.pdf")
    assert archive_faults((folder / "tanda-terima.pdf").read_bytes(), "2b") == []
    shown = telusur.done("reports", "show", written["number"])
    assert (shown["authority"], shown["needs_second"]) == ("code", True)
    assert (shown["standing_before"], shown["standing_after"]) == ("not_found", "active")
    assert telusur.done("reports", "accept", written["number"], "--by", "rani")["state"] == "confirming"
    assert telusur.done("standing", number)["standing"] == "not_found"
    assert telusur.done("reports", "confirm", written["number"], "--by", "dewi")["state"] == "accepted"
    after = telusur.done("standing", number)
    assert (after["standing"], after["code"]) == ("active", 110)
    telusur.done("notices", "withdraw", _case_of(telusur, lost.pk), "--why", "pengurus sudah melapor", "--by", "dewi")


def _corrected(telusur: Terminal, number: str, folder: Path, today: date) -> None:
    """The change sheet of one cooperative, and the list that took it."""
    # What the board proved goes up to the ministry, and is watched in the next list.
    proposed = telusur.done("corrections", "propose", "--by", "rani")
    mine = [each for each in proposed["changes"] if each["nik_koperasi"] == number]
    wanted = next(each for each in mine if each["label"] == _MEETING)
    assert wanted["after"] == f"14/03/{today.year}"
    changes = [each["change"] for each in mine]
    for by in ("dewi", "hadi"):
        telusur.done("corrections", "approve", *changes, "--by", by)
    sheet = ("--number", "518/990/UJI")
    telusur.done("corrections", "sheet", *changes, *sheet, "--out", folder / "usulan.xlsx", "--by", "rani")
    telusur.done("corrections", "letter", *sheet, "--out", folder / "surat.pdf", "--by", "rani")
    telusur.done("corrections", "send", *sheet, "--channel", "surat tercatat", "--proof", "resi 99002", "--by", "rani")
    # No door takes a list of a day to come; the clock is the verb's argument, and thirty days have gone by for it.
    later = _next_list(folder / "berikut.csv", number, {each["label"]: each["after"] for each in mine})
    telusur("import", later, "--as-of", today + timedelta(days=30), "--by", "rani")
    assert telusur.status == DATA_SAYS_NO and "belum tiba" in telusur.error
    load_batch(later, by="rani", as_of_on=today + timedelta(days=30))
    telusur.done("corrections", "follow", "--by", "rani")
    fates = telusur.done("corrections", "list", *changes)["changes"]
    assert {each["fate"] for each in fates} == {"landed"}


def test_a_lost_one_answers_and_its_correction_lands(telusur: Terminal, demo: Demo, tmp_path: Path) -> None:
    today, lost = timezone.localdate(), _of_one_officer()
    number = str(lost.nik_koperasi)
    assert telusur.done("standing", number)["standing"] == "not_found"
    # One officer's word leaves the house for nobody.
    refused = telusur.document("notices", "draft", number, "--stage", "public_notice", "--by", "rani")
    assert telusur.status == DATA_SAYS_NO and refused["done"] == []

    summons = _noticed(telusur, lost, tmp_path, today)
    _answered(telusur, lost, tmp_path, summons)
    _corrected(telusur, number, tmp_path, today)
    assert telusur.done("check")["ok"] is True


def test_another_is_proposed_for_dissolution_by_two(telusur: Terminal, demo: Demo, tmp_path: Path) -> None:
    waiting = next(
        each for each in telusur.done("notices", "list")["cases"] if "tanda tangani usulan pembubaran" in each["says"]
    )
    case, letter = waiting["case"], waiting["letter"]
    guard = telusur.done("notices", "show", case)["guard"]
    assert all(each["met"] for each in guard if "tanda tangan" not in each["words"])
    # Whoever drafted it does not sign it, and nobody signs twice.
    telusur("notices", "propose", letter, "--by", "rani")
    assert telusur.status == DATA_SAYS_NO
    assert telusur.done("notices", "propose", letter, "--by", "dewi") == {"proposed": False, "signed_by": ["dewi"]}
    telusur("notices", "propose", letter, "--by", "dewi")
    assert telusur.status == DATA_SAYS_NO
    done = telusur.done("notices", "propose", letter, "--by", "hadi")
    assert (done["proposed"], done["signed_by"]) == (True, ["dewi", "hadi"])
    assert telusur.done("standing", waiting["nik_koperasi"])["standing"] == "proposed"
    telusur.done("notices", "dossier", case, "--out", tmp_path / "berkas.pdf")
    assert (tmp_path / "berkas.pdf").read_bytes().startswith(b"%PDF-")
    telusur.done(
        "notices",
        "send",
        letter,
        "--channel",
        "courier",
        "--place",
        "Kementerian",
        "--proof",
        "resi 99003",
        "--by",
        "rani",
    )


def test_a_third_is_stopped_by_an_objection(telusur: Terminal, demo: Demo) -> None:
    cases = telusur.done("notices", "list")["cases"]
    third = next(each for each in cases if "susun pemberitahuan rencana" in each["says"])
    number, case = third["nik_koperasi"], third["case"]
    notice = telusur.done("notices", "show", case)["letters"][0]["letter"]
    telusur.done(
        "notices",
        "object",
        notice,
        "--says",
        "kami pindah; akta dan notulen kami bawa",
        "--receipt",
        "K-99-1",
        "--by",
        "rani",
    )
    for stage in ("intent", "proposal"):
        refused = telusur.document("notices", "draft", number, "--stage", stage, "--by", "rani")
        assert telusur.status == DATA_SAYS_NO
        assert "case_objection_open" in {why["code"] for why in refused["refused"][0]["reasons"]}
    # The signer of the letter does not decide about it.
    telusur("notices", "decide", "K-99-1", "upheld", "--why", "akta cocok", "--by", "dewi")
    assert telusur.status == DATA_SAYS_NO and "orang lain" in telusur.error
    assert (
        telusur.done("notices", "decide", "K-99-1", "upheld", "--why", "akta cocok", "--by", "hadi")["upheld"] is True
    )
    shown = telusur.done("notices", "show", case)
    assert shown["ended"] is True and {each["phase"] for each in shown["letters"]} == {"retracted"}
    assert shown["letters"][0]["owed"]
    telusur.done(
        "notices",
        "publish",
        notice,
        "--channel",
        "board",
        "--place",
        "papan pengumuman kelurahan",
        "--proof",
        "foto papan",
        "--by",
        "rani",
    )
