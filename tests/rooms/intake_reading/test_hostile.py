"""Hostile files are refused in at most two seconds and 256 MiB, each in one sentence, and nothing is opened or fetched."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.intake.ports import FileRefused
from tests.rooms.intake_reading.hostile import HOSTILE
from tests.rooms.intake_reading.reading import read_file, refusal_of
from tests.rooms.intake_reading.writing import WRITERS
from tests.rules.intake.sample import ODS_24, sound_row

_MOST_SECONDS = 2.0
_MOST_KIB = 256 * 1024

_MEASURE = """
import resource, sys
from pathlib import Path
from telusur.intake.ports import FileRefused
from telusur.intake.readers.table import open_table
try:
    open_table(Path(sys.argv[1])).close()
except FileRefused as refused:
    own, parser = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(f"{refused.refusal.reason.code} {max(own, parser)}")
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, str]]:
    """A hostile file and the code of its refusal; made once, since a bomb of 400 MB takes seconds to pack."""

    @cache
    def made(name: str) -> tuple[Path, str]:
        make, code = HOSTILE[name]
        return make(tmp_path_factory.mktemp(name)), code

    return made


def _seconds() -> float:
    """Of work, by this process and those it has waited for: a busy machine takes no more of them."""
    return sum(os.times()[:4])


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_fast(hostile: Callable[[str], tuple[Path, str]], name: str) -> None:
    path, code = hostile(name)
    begun = _seconds()
    assert refusal_of(path).reason.code == code
    assert _seconds() - begun < _MOST_SECONDS


@pytest.mark.parametrize(
    "name",
    [
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("zip-bomb", "lying-bomb")),
        *("200-mb", "far-corner", "far-row", "billion-laughs"),
    ],
)
def test_a_hostile_file_is_refused_in_bounded_memory(hostile: Callable[[str], tuple[Path, str]], name: str) -> None:
    path, code = hostile(name)
    # A process begins with the peak of the one that forked it: the shell stands between, so that pytest's is not counted.
    told = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" "$2"; exit $?', sys.executable, _MEASURE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src"},
    ).stdout.split()
    assert told[0] == code
    assert int(told[1]) < _MOST_KIB


def test_a_sound_file_passes_every_gate(tmp_path: Path) -> None:
    for write in WRITERS.values():
        assert len(read_file(write(tmp_path, [list(ODS_24), [str(cell) for cell in sound_row()]])).accepted) == 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods"]))
def test_random_bytes_are_refused_and_never_an_error(data: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        _refused_or_added_up(path)


@pytest.mark.parametrize("kind", ["csv-semicolon", "csv-utf16", "xlsx", "xls", "ods"])
@pytest.mark.parametrize("seed", range(12))
def test_mutated_files_are_refused_or_add_up(tmp_path: Path, kind: str, seed: int) -> None:
    rows = [list(ODS_24), *([str(cell) for cell in sound_row()] for _ in range(5))]
    path = WRITERS[kind](tmp_path, rows)
    data = bytearray(path.read_bytes())
    chance = random.Random(f"{kind}{seed}")
    for _ in range(chance.choice((1, 3, 20, 200))):
        at = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(1, 30)]
            case _:
                data[at:at] = chance.randbytes(chance.randrange(1, 30))
    path.write_bytes(bytes(data))
    _refused_or_added_up(path)


def _refused_or_added_up(path: Path) -> None:
    try:
        outcome = read_file(path)
    except FileRefused as refused:
        assert refused.refusal.mend
        assert "{" not in refused.refusal.reason.sentence()
    else:
        assert outcome.row_count == len(outcome.accepted) + len(outcome.refused) + outcome.blank_count


def test_the_measure_itself_can_fail() -> None:
    """A process that takes 300 MiB is seen to take it, so that the bound above means something."""
    code = "import resource, sys; held = bytearray(300 << 20); sys.stdout.write(str(resource.getrusage(0).ru_maxrss))"
    command = ["/bin/sh", "-c", '"$0" -c "$1"; exit $?', sys.executable, code]
    assert int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) > _MOST_KIB
