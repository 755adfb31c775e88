"""The command line's contract: documents with their keys, exit 0, 1 or 2, one sentence for a mistake, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE
from telusur.people.models import Account
from telusur.people.rules import Role
from tests.rooms.cli.terminal import Terminal
from tests.rooms.intake.files import row, rows, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def telusur(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The command."""
    return Terminal(capsys)


@pytest.mark.long
def test_the_whole_way(telusur: Terminal, tmp_path: Path) -> None:
    first = write_csv(tmp_path / "a.csv", rows(40))
    done = telusur.document("import", first, "--as-of", "2025-01-01")
    assert {"edition", "rows_in", "accepted", "refused", "warnings", "unchanged"} <= set(done)
    assert (done["rows_in"], done["accepted"], telusur.status) == (40, 40, DONE)
    assert telusur.document("import", first)["unchanged"] is True

    opened = telusur.document("round", "open", "--name", "Penelusuran 2025")
    assert opened["rows"] == 40
    sheet = tmp_path / "kunjungan.xlsx"
    telusur("visits", "--template", sheet)
    assert telusur.status == DONE
    assert telusur.document("visits", sheet) == {
        "rows_in": 0, "accepted": 0, "known": 0, "outside": 0, "refused": 0, "refusals": [], "unchanged": True,
    }  # fmt: skip

    derived = telusur.document("derive", "--on", "2025-10-24")
    assert {"on", "law", "policy", "count", "by_code"} <= set(derived)
    assert (derived["count"], derived["by_code"]) == (40, {"510": 40})

    balance = telusur.document("balance", "--on", "2025-10-24", "--by", "kelurahan")
    assert {"on", "known_at", "total", "unaccounted", "codes", "groups"} <= set(balance)
    assert (balance["total"], balance["unaccounted"], balance["codes"]) == (40, 0, {"510": 40})
    assert sum(group["total"] for group in balance["groups"]) == 40
    assert {"name", "total", "codes"} <= set(balance["groups"][0])
    assert "tak terhitung" in telusur("balance")

    second = write_csv(tmp_path / "b.csv", [*rows(39), row(40, name="Koperasi Contoh Berganti"), row(41)])
    telusur.document("import", second, "--as-of", "2025-06-01")
    diff = (
        telusur.document("diff", 1, 2)
        if _editions(telusur) == [1, 2]
        else telusur.document("diff", *_editions(telusur))
    )
    assert (len(diff["added"]), len(diff["absent"]), diff["by_field"]) == (1, 0, {"name": 1})
    assert telusur.document("check")["ok"] is True


def _editions(telusur: Terminal) -> list[int]:
    return [edition["edition"] for edition in telusur.document("editions")["editions"]]


def test_refused_rows_exit_1_and_can_be_fetched(telusur: Terminal, tmp_path: Path) -> None:
    done = telusur.document("import", write_csv(tmp_path / "a.csv", [*rows(3), row(4, nik="6.47101E+12")]))
    assert (done["accepted"], done["refused"], telusur.status) == (3, 1, DATA_SAYS_NO)
    refused = telusur.document("refusals", done["edition"], "--out", tmp_path / "r.xlsx")
    assert (tmp_path / "r.xlsx").exists()
    assert refused["rows"][0]["column"] == "Nomor Induk Koperasi (NIK)"
    assert refused["rows"][0]["row"] == 5
    assert refused["rows"][0]["mend"]


def test_a_held_edition_needs_a_second_account(telusur: Terminal, tmp_path: Path) -> None:
    telusur("import", write_csv(tmp_path / "a.csv", rows(100)), "--as-of", "2025-01-01")
    held = telusur.document("import", write_csv(tmp_path / "b.csv", rows(50)), "--as-of", "2025-06-01")
    assert (held["held"], telusur.status) == (True, DATA_SAYS_NO)
    number = held["edition"]
    telusur("editions", "accept", number, "--why", "memang menyusut")
    assert (telusur.status, "orang kedua" in telusur.error) == (WRONG_USE, True)
    for name, role in (("rani", Role.REGISTRAR), ("dewi", Role.SECTION_HEAD)):
        Account.objects.open(username=name, full_name=name, role=role, password=None)
    telusur("editions", "accept", number, "--why", "memang menyusut", "--by", "rani")
    assert (telusur.status, "tidak berwenang" in telusur.error) == (DATA_SAYS_NO, True)
    assert (
        telusur.document("editions", "accept", number, "--why", "memang menyusut", "--by", "dewi")["accepted"] is True
    )


MISTAKES = [
    pytest.param(["fly"], WRONG_USE, "invalid choice", id="unknown verb"),
    pytest.param(["import"], WRONG_USE, "FILE", id="no file"),
    pytest.param(["import", "/nowhere/x.csv"], DATA_SAYS_NO, "x.csv", id="file is not there"),
    pytest.param(["import", "README.md"], DATA_SAYS_NO, "README.md", id="file is no list"),
    pytest.param(["import", "x.csv", "--as-of", "kemarin"], WRONG_USE, "2025-10-24", id="day that is none"),
    pytest.param(["import", "x.csv", "--as-of", "2999-01-01"], DATA_SAYS_NO, "belum tiba", id="day to come"),
    pytest.param(["balance"], DATA_SAYS_NO, "telusur round open", id="no round yet"),
    pytest.param(["balance", "--by", "warna"], WRONG_USE, "warna", id="unknown dimension"),
    pytest.param(["derive"], DATA_SAYS_NO, "telusur round open", id="derive without a round"),
    pytest.param(["round", "open"], WRONG_USE, "--name", id="round without a name"),
    pytest.param(["round", "open", "--name", "A"], DATA_SAYS_NO, "telusur import", id="round without an edition"),
    pytest.param(["round", "close", "--name", "B"], WRONG_USE, "round list", id="round that is not there"),
    pytest.param(["diff", "1", "2"], WRONG_USE, "telusur editions", id="editions that are not there"),
    pytest.param(["refusals", "9"], WRONG_USE, "telusur editions", id="refusals of nothing"),
    pytest.param(["editions", "accept", "9"], WRONG_USE, "telusur editions", id="decide on nothing"),
    pytest.param(["import", "x.csv", "--by", "hantu"], WRONG_USE, "hantu", id="account that is not there"),
    pytest.param(["people", "add", "x"], WRONG_USE, "--role", id="account without a role"),
    pytest.param(["areas", "list", "Atlantis"], WRONG_USE, "Atlantis", id="regency that is not there"),
    pytest.param(["demo", "--rows", "5"], WRONG_USE, "--file", id="demo rows without a file"),
    pytest.param(["demo", "--rows", "5", "--file", "x.pdf"], WRONG_USE, ".xlsx", id="demo file of another kind"),
]


@pytest.mark.parametrize(("words", "status", "says"), MISTAKES)
def test_a_mistake_is_answered_with_one_sentence(telusur: Terminal, words: list[str], status: int, says: str) -> None:
    out = telusur(*words)
    assert telusur.status == status
    assert out == ""
    assert telusur.error.startswith("telusur: ")
    assert telusur.error.count("\n") == 1
    assert says in telusur.error


def test_demo_files_are_the_same_for_the_same_seed(telusur: Terminal, tmp_path: Path) -> None:
    one, two = tmp_path / "a.csv", tmp_path / "b.csv"
    told = telusur.document("demo", "--rows", 300, "--file", one, "--next", tmp_path / "n.csv", "--seed", 7)
    telusur("demo", "--rows", 300, "--file", two, "--seed", 7)
    assert one.read_bytes() == two.read_bytes()
    truth = json.loads(Path(told["truth"]).read_text(encoding="utf-8"))
    assert truth["rows_before"] == 300
    assert told["changes"] == truth["counts"]
