"""`telusur match` and `telusur judge` with the engine of an office: documents, exits, one sentence for a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE
from telusur.demo.rows import HEADER
from telusur.matching.models import ListRow
from telusur.people.models import Account
from telusur.people.rules import Role
from tests.rooms.cli.test_door import Terminal
from tests.rooms.intake.files import Row, row, write_csv

pytestmark = pytest.mark.django_db
_FIRST = ("Sinar", "Maju", "Tunas", "Karya", "Bahari", "Mekar", "Cipta", "Bina", "Surya", "Rukun", "Jaya", "Usaha")
_SECOND = ("Nelayan", "Pelita", "Kenanga", "Rimba", "Samudra", "Lestari", "Anggrek", "Teratai", "Cendana", "Merpati")


@pytest.fixture
def telusur(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The command."""
    return Terminal(capsys)


def city() -> list[Row]:
    """120 cooperatives of 120 names; two of them a second time, with another NIK and a slip in the name."""
    made = []
    for number in range(120):
        made.append(row(number + 1, name=f"Koperasi {_FIRST[number % 12]} {_SECOND[number // 12]}"))
    for number, name in ((7, "Koperasi Bina Nelayann"), (50, "Koperasi Tunas Samudraa")):
        twin = list(made[number])
        twin[0], twin[HEADER.index("Nomor Induk Koperasi (NIK)")] = name, f"9902{number:09}"
        made.append(twin)
    return made


@pytest.mark.long
def test_match_and_judge(telusur: Terminal, tmp_path: Path) -> None:
    telusur.document("import", write_csv(tmp_path / "a.csv", city()))
    done = telusur.document("match")
    (run,) = done["runs"]
    assert telusur.status == DONE
    assert (run["kind"], run["left"], run["sure"], run["unchanged"]) == ("within", 122, 0, False)
    assert telusur.document("match")["runs"][0]["unchanged"] is True
    waiting = telusur.document("judge", "--limit", "200")
    pairs = {(pair["left_name"], pair["right_name"]): pair for pair in waiting["pairs"]}
    twins = (
        pairs[("Koperasi Bina Nelayan", "Koperasi Bina Nelayann")],
        pairs[("Koperasi Tunas Samudra", "Koperasi Tunas Samudraa")],
    )
    assert min(twin["probability"] for twin in twins) > 0.9 and twins[0]["guards"]

    shown = telusur.document("judge", twins[0]["pair"])
    assert shown["verdict"] is None and {line["field"] for line in shown["lines"]} >= {"name", "legal_number"}
    assert "perlu orang" in telusur("judge", twins[0]["pair"]).lower()
    telusur("judge", twins[0]["pair"], "same")
    assert telusur.status == DATA_SAYS_NO and "tuliskan alasan" in telusur.error
    said = telusur.document("judge", twins[0]["pair"], "sama", "--why", "akta yang sama", "--keep", "left")
    assert (said["verdict"], said["by"], telusur.status) == ("same", "terminal", DONE)
    assert telusur.document("judge")["decided"] == 1
    assert telusur.document("judge", "--undo")["withdrawn"] == said["judgement"]
    assert telusur.document("judge")["decided"] == 0
    telusur("judge", "--undo")
    assert telusur.status == DATA_SAYS_NO


def test_a_list_under_its_own_labels(telusur: Terminal, tmp_path: Path) -> None:
    telusur.document("import", write_csv(tmp_path / "a.csv", city()))
    held = tmp_path / "dinas.csv"
    lines = ["id,nama_koperasi,nomor_bh,alamat,nik"]
    lines += [
        f"{at},{cells[0].upper()},{cells[1]},{cells[6]},6471012345678901" for at, cells in enumerate(city()[:40], 1)
    ]
    held.write_text("\n".join([*lines, "41,,,Jl. Tanpa Nama,"]), encoding="utf-8")
    done = telusur.document("match", "--list", held, "--name", "Dinas")
    assert (done["runs"][0]["right"], done["refused"], done["runs"][0]["list"]) == (40, 1, "Dinas")
    assert done["runs"][0]["pairs"] >= 38
    # A citizen's number in the list's column NIK is never kept.
    assert not any("6471012345678901" in str(kept.values) for kept in ListRow.objects.all())
    assert telusur.document("match", "--list", held, "--name", "Dinas")["runs"][0]["unchanged"] is True


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("match",), DATA_SAYS_NO, "belum ada edisi"),
        (("match", "--list", "tiada.csv"), WRONG_USE, "--name"),
        (("match", "--list", "tiada.csv", "--name", "x"), DATA_SAYS_NO, "tiada.csv"),
        (("judge", "99"), WRONG_USE, "pasangan 99 tidak ada"),
        (("judge", "99", "same", "--undo"), WRONG_USE, "jangan sebut pasangan"),
        (("judge", "99", "mungkin"), WRONG_USE, "mungkin"),
        (("judge", "--by", "petugas"), DATA_SAYS_NO, "tidak berwenang"),
    ],
)
def test_mistakes(telusur: Terminal, words: tuple[str, ...], status: int, sentence: str) -> None:
    Account.objects.open(username="petugas", full_name="Petugas", role=Role.OFFICER, password=None)
    telusur(*words)
    assert (telusur.status, sentence in telusur.error) == (status, True), telusur.error
