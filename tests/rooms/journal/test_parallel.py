"""Twenty processes write at once: no lock error, nothing lost, one unbroken chain. On whichever database is set."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ready import own_database

WRITERS, TURNS = 20, 25
READ = """
import django; django.setup()
from telusur.journal.models import JournalLine
from telusur.journal.queries import chain_break
from telusur.register.models import RecordedFact
print(RecordedFact.objects.count(), JournalLine.objects.count(), chain_break())
"""
SEED = """
import django; django.setup()
from telusur.register.models import Cooperative
Cooperative.objects.create(key="nik:9901000000001", nik_koperasi="9901000000001")
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment with a database of its own, prepared."""
    with own_database(tmp_path) as environment:
        python(SEED, environment)
        yield environment


def python(code: str, environment: dict[str, str]) -> str:
    """What a Python program prints."""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.slow
def test_twenty_writers_meet_no_lock(house: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tests.rooms.journal.writer"]
    running = [
        subprocess.Popen([*command, str(number), str(TURNS)], env=house, stderr=subprocess.PIPE, text=True)
        for number in range(WRITERS)
    ]
    errors = [process.communicate(timeout=240)[1] for process in running]
    assert [error for error in errors if error] == []
    assert python(READ, house) == f"{WRITERS * TURNS} {WRITERS * TURNS} None"
