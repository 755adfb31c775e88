"""`telusur corrections` from the first list to the fate in the next one, and what each mistake is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE
from tests.rooms.cli.terminal import Terminal
from tests.rooms.corrections.city import FIRST, ON, SECOND, lay_country, met, write_list
from tests.rooms.corrections.fake_registry import PASSWORD, USER, Registry, registry

pytestmark = pytest.mark.django_db
RAT = "Tanggal RAT Terakhir"


@pytest.fixture
def telusur(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    """The command, on the first national list with two meetings held."""
    lay_country()
    terminal = Terminal(capsys)
    terminal("import", write_list(tmp_path / "a.csv", 60), "--as-of", FIRST, "--by", "rani")
    assert terminal.status == DONE
    met(3)
    met(4)
    return terminal


@pytest.mark.long
def test_the_whole_way(telusur: Terminal, tmp_path: Path) -> None:
    proposed = telusur.document("corrections", "propose", "--on", ON, "--by", "rani")
    assert (proposed["new"], proposed["repeats"], telusur.status) == (2, 0, DONE)
    one = proposed["changes"][0]
    assert (one["label"], one["before"], one["after"], one["state"]) == (RAT, "10/03/2023", "14/03/2026", "proposed")
    telusur("corrections", "approve", "--all", "--by", "dewi")
    telusur("corrections", "approve", one["change"], "--by", "dewi")
    assert telusur.status == DATA_SAYS_NO and "orang lain" in telusur.error
    assert telusur.document("corrections", "approve", "--all", "--by", "hadi")["ready"] == 2
    files = [tmp_path / name for name in ("usulan.xlsx", "lagi.xlsx", "surat.pdf")]
    named = ("--number", "518/14/2026")
    made = telusur.document("corrections", "sheet", *named, "--on", ON, "--out", files[0], "--by", "rani")
    assert (made["new"], made["changes"]) == (True, 2)
    again = telusur.document("corrections", "sheet", *named, "--out", files[1], "--by", "rani")
    assert (again["new"], again["sha256"]) == (False, made["sha256"])
    assert files[0].read_bytes() == files[1].read_bytes()
    telusur("corrections", "letter", *named, "--out", files[2])
    assert files[2].read_bytes().startswith(b"%PDF-")
    assert telusur.document("corrections", "list")["open_sheets"] == ["518/14/2026"]
    sent = telusur.document(
        "corrections", "send", *named, "--on", ON, "--channel", "pos", "--proof", "9", "--by", "hadi"
    )
    assert (sent["changes"], sent["by"]) == (2, "hadi")
    telusur("corrections", "send", *named, "--on", ON, "--channel", "pos", "--by", "hadi")
    assert telusur.status == DATA_SAYS_NO and "sudah dikirim" in telusur.error

    after = write_list(tmp_path / "b.csv", 60, {3: {RAT: "14/03/2026"}})
    imported = telusur.document("import", after, "--as-of", SECOND, "--by", "rani")
    assert imported["corrections"] == {
        "waiting": 0, "landed": 1, "landed_differently": 0, "ignored": 1, "reverted": 0, "vanished": 0,
    }  # fmt: skip
    fates = telusur.document("corrections", "fates", "--on", SECOND)
    assert (fates["sent"], fates["by_column"][0]["landed_share"], fates["oldest_waiting_days"]) == (2, 0.5, 41)
    again = telusur.document("corrections", "propose", "--on", SECOND, "--by", "rani")
    assert (again["new"], again["repeats"]) == (0, 1)
    assert again["changes"][0]["sent_before"] == 1
    assert telusur.document("corrections", "approve", "--repeats", "--by", "dewi")["count"] == 1
    assert telusur.document("corrections", "follow", "--by", "rani")["written"] == 0


def test_for_people(telusur: Terminal) -> None:
    out = telusur("corrections", "propose", "--on", ON, "--by", "rani")
    assert "2 usulan baru, 0 ulangan" in out and "notulen RAT tahun buku 2025" in out
    assert "menunggu persetujuan pertama" in telusur("corrections", "list")
    assert "Belum ada usulan yang terkirim" in telusur("corrections", "fates")
    assert "Belum ada usulan yang terkirim" in telusur("corrections", "follow", "--by", "rani")


WRONG = [
    ("nobody approves without an account", ("approve", "1"), WRONG_USE, "orang kedua"),
    ("an officer approves nothing", ("approve", "1", "--by", "sari"), DATA_SAYS_NO, "tidak berwenang"),
    ("which one", ("approve", "--by", "dewi"), WRONG_USE, "sebutkan nomor usulan"),
    ("a stranger", ("approve", "99", "--by", "dewi"), DATA_SAYS_NO, "usulan 99 tidak ada"),
    ("nothing waits", ("approve", "--all", "--by", "dewi"), DATA_SAYS_NO, "tidak ada usulan yang menunggu"),
    ("no reason", ("reject", "99", "--by", "dewi"), DATA_SAYS_NO, "tidak ada"),
    ("nothing is ready", ("sheet", "--number", "1", "--out", "a.xlsx"), DATA_SAYS_NO, "belum ada usulan"),
    ("a sheet of another kind", ("sheet", "--number", "1", "--out", "a.csv"), WRONG_USE, "--out FILE.xlsx"),
    ("no number", ("letter", "--out", "a.pdf"), WRONG_USE, "--number"),
    ("no such sheet", ("letter", "--number", "9", "--out", "a.pdf"), WRONG_USE, "tidak ada"),
    ("no such sheet to send", ("send", "--number", "9", "--channel", "pos"), DATA_SAYS_NO, "tidak ada"),
    ("a number where none belongs", ("fates", "3"), WRONG_USE, "tidak memakai nomor usulan"),
    ("another scope", ("propose", "--scope", "Kota Lain"), DATA_SAYS_NO, "belum ada daftar nasional"),
    ("the interface is off", ("fetch", "--out", "a.xlsx"), DATA_SAYS_NO, "tidak dihubungkan"),
    ("the recap is off too", ("recap",), DATA_SAYS_NO, "tidak dihubungkan"),
]


def test_a_mistake_is_told_in_one_sentence(
    telusur: Terminal, subtests: pytest.Subtests, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for case, words, status, says in WRONG:
        with subtests.test(case):
            telusur("corrections", *words)
            assert telusur.status == status
            assert says in telusur.error and telusur.error.count("\n") == 1
            assert not list(tmp_path.glob("a.[xp]*"))


@pytest.fixture
def fake(settings: Settings, tmp_data: Path) -> Iterator[Registry]:
    """The registry's interface on this machine, set as an office would set it."""
    with registry() as told:
        settings.REGISTRY_ADDRESS, settings.REGISTRY_USER, settings.REGISTRY_PASSWORD = told.address, USER, PASSWORD
        yield told


def test_a_list_is_fetched_and_imported_like_any_other(telusur: Terminal, fake: Registry, tmp_path: Path) -> None:
    out = tmp_path / "diambil.xlsx"
    fetched = telusur.document("corrections", "fetch", "--out", out, "--by", "rani")
    assert (fetched["rows"], fetched["from_cache"]) == (1, False)
    assert telusur.document("corrections", "fetch", "--out", out, "--by", "rani")["from_cache"] is True
    assert fake.ways == ["odslogin", "odsprofile"]
    imported = telusur.document("import", out, "--as-of", SECOND, "--by", "rani")
    assert (imported["rows_in"], imported["accepted"], imported["held"]) == (1, 1, True)
    recap = telusur.document("corrections", "recap", "--year", "2026", "--by", "dewi")
    assert (recap["counts"]["jumlahSudahRAT"], recap["data_on"]) == ("76", "2026-06-30")


def test_a_used_up_quota_is_told(telusur: Terminal, fake: Registry, tmp_path: Path) -> None:
    fake.moods += ["fine", "quota"]
    telusur("corrections", "fetch", "--out", tmp_path / "x.xlsx", "--by", "rani")
    assert telusur.status == DATA_SAYS_NO and "kuota" in telusur.error
