"""`telusur figures`: what the worked example in the documents prints is what the verb prints; pins, papers, refusals."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from telusur.cli.door import main
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.rules.reconcile import Claim, compare_claims
from tests.repository.house import DOCS
from tests.rooms.web.city import KELURAHAN, lay
from tests.rooms.web.test_head import PLAN

EXAMPLE = (DOCS / "press-figures.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ telusur (.*?)\n(.*?)```", EXAMPLE, re.DOTALL)


@pytest.mark.parametrize(("words", "says"), BLOCKS, ids=[str(at) for at in range(len(BLOCKS))])
def test_the_worked_example_is_what_the_verb_prints(words: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(words)) == 1
    assert capsys.readouterr().out == says


def test_the_example_quotes_the_rule() -> None:
    july = Claim("aktif", 440, definition="terdaftar aktif", on="15 Juli 2024")
    november = Claim("aktif", 113, definition="RAT dan usaha", on="25 November 2024")
    quoted = " ".join(line.removeprefix("> ") for line in EXAMPLE.splitlines() if line.startswith("> "))
    assert len(BLOCKS) == 5 and compare_claims(july, november).reason.sentence() == quoted


@pytest.fixture
def folder(tmp_data: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Path:
    return tmp_data


@pytest.mark.long
def test_pin_show_list_and_papers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(PLAN)
    assert main(["figures", "pin", "active", "--json"]) == 0
    key = json.loads(capsys.readouterr().out)["pinned"][0]["key"]
    assert main(["figures", "show", key, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["numerator"], shown["denominator"], shown["same"], shown["codes"]) == (
        6,
        18,
        True,
        {"110": 4, "120": 2},
    )
    for name in ("a.png", "a.csv"):
        assert main(["figures", "show", key, "--out", str(folder / name)]) == 0
    assert (folder / "a.png").read_bytes() == bytes(PinnedFigure.objects.get(key=key).picture)
    for kind in ("press", "monthly"):
        assert main(["figures", kind, "--out", str(folder / f"{kind}.pdf")]) == 0
        assert (folder / f"{kind}.pdf").read_bytes().startswith(b"%PDF-")
    capsys.readouterr()
    wanted = ["standing_active", "active_by_balikpapan-2025", "code_320"]
    assert main(["figures", "pin", *wanted, "--json"]) == 0
    assert [each["measure"] for each in json.loads(capsys.readouterr().out)["pinned"]] == wanted
    assert main(["figures", "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["pinned"]) == 24


# words, the exit status, what the sentence names.
REFUSED = [
    (["pin", "nothing"], 2, "«nothing»"),
    (["pin", "active", "--area", "99.99"], 2, "«99.99»"),
    (["pin", "code_210", "--area", KELURAHAN[0]], 1, "menyangkut koperasi yang terlalu sedikit"),
    (["pin", "meeting_all", "--area", KELURAHAN[0]], 2, "«meeting_all»"),
    (["pin", "active", "--on", "2999-01-01", "--known-at", "2025-01-01"], 2, "belum tiba"),
    (["show"], 2, "satu kunci"),
    (["show", "tidakada22"], 1, "«tidakada22»"),
    (["list", "x"], 2, "«x»"),
    (["press"], 2, "--out"),
    (["press", "--out", "a.txt"], 2, "--out"),
    (["reconcile"], 2, "--total"),
    (["reconcile", "--total", "enam ratus"], 2, "«enam ratus»"),
]  # fmt: skip


def test_what_cannot_be_done_is_said_in_one_sentence(
    subtests: pytest.Subtests, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(PLAN)
    for words, status, names in REFUSED:
        with subtests.test(" ".join(words)):
            assert main(["figures", *words]) == status
            said = capsys.readouterr().err
            assert names in said and said.count("\n") == 1
