"""What an unfinished round says of its whole list, by the door; whom it draws to be traced hard."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from telusur.cli import door
from telusur.rounds import actions as rounds
from telusur.rounds.models import Round
from telusur.rounds.queries import estimates_of, not_located_drawn
from telusur.rounds.rules.draw import random_number
from tests.rooms.rounds.city import ON, make_edition, sheet_row

pytestmark = pytest.mark.django_db

KNOWN = datetime(2100, 1, 1, tzinfo=UTC)


def _round(visited: int, count: int = 20) -> Round:
    opened = rounds.open_round(name="Uji", edition=make_edition(count), by="dewi", seed="tetap")
    rows = [sheet_row(number) for number in range(1, visited + 1)]
    rounds.record_visits(round_=opened, rows=rows, by="sari", file_name="uji.xlsx")
    rounds.derive(round_=opened, on=ON, known_at=datetime.now(UTC), by="dewi")
    return opened


@pytest.fixture
def said(tmp_data: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*words: str) -> tuple[int, str, str]:
        status = door.main(["estimate", "--on", "2025-10-24", *words])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_nobody_went_yet() -> None:
    active, located, *_ = estimates_of(_round(0), ON, KNOWN)
    assert (active.low, active.running_low, active.running_high) == (None, 0, 20)
    assert located.running_high == 20


def test_everybody_was_met() -> None:
    _, located, lost, _ = estimates_of(_round(20), ON, KNOWN)
    assert (located.low, located.high, lost.high) == (20, 20, 0)


def test_the_same_from_stored_rows_and_from_facts() -> None:
    """A stored derivation answers for its own day; another day is derived from the facts."""
    opened = _round(12)
    stored = estimates_of(opened, ON, datetime.now(UTC))
    fresh = estimates_of(opened, ON.replace(day=25), datetime.now(UTC))
    assert stored == fresh


def test_the_document(said: Callable[..., tuple[int, str, str]]) -> None:
    _round(20)
    status, out, _ = said("--json")
    document = json.loads(out)
    assert status == 0
    assert (document["rows"], document["seed"]) == (20, "tetap")
    assert [each["name"] for each in document["quantities"]] == ["active", "located", "not_located", "out_of_scope"]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("--traced", "3"), 2, "disebut bersama"),
        (("--traced", "3", "--alive", "4"), 2, "tidak mungkin"),
        (("--draw", "0"), 2, "tulis 1 atau lebih"),
        (("--draw", "5"), 1, "golongan 3 hanya berisi 0 baris"),
    ],
    ids=["half of a pair", "more alive than traced", "none to draw", "more than there are"],
)
def test_a_mistake_gets_one_sentence(
    said: Callable[..., tuple[int, str, str]], words: tuple[str, ...], status: int, sentence: str
) -> None:
    _round(20)
    got, _, err = said(*words)
    assert got == status
    assert sentence in err and err.count("\n") == 1


def test_whom_to_trace_hard_is_drawn_by_the_seed_alone() -> None:
    opened = rounds.open_round(name="Uji", edition=make_edition(9), by="dewi", seed="tetap")
    for day in ("02/09/2025", "09/09/2025"):
        rows = [
            sheet_row(
                number,
                VISITED_ON=day,
                FINDING="alamat ditempati pihak lain",
                PHOTO="foto lokasi",
                INFORMANT_1="penghuni",
            )
            for number in range(1, 8)
        ]
        rounds.record_visits(round_=opened, rows=rows, by="sari", file_name=f"{day}.xlsx")
    drawn = not_located_drawn(opened, 5, ON, KNOWN)
    everybody = not_located_drawn(opened, 99, ON, KNOWN)
    assert len(everybody) == 7
    assert drawn == everybody[:5]
    numbers = [random_number("tetap", str(entry.cooperative_id)) for entry in everybody]
    assert numbers == sorted(numbers)
