"""Photos on the disk: one that was changed or lost is found, and parts that nobody came back for go."""

from __future__ import annotations

import os

import pytest

from telusur.cli import check
from telusur.visits.photos.store import add_chunk, drop_old_parts, held, is_true, whole_path
from tests.rooms.visits.office import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]


def test_a_photo_that_was_changed_or_lost_is_found() -> None:
    names = []
    for seed in range(3):
        sha256, data = picture(seed)
        upload(sha256, data)
        names.append(sha256)
    assert check._photos() is None and all(map(is_true, names))
    path = whole_path(names[1])
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert check._photos() == f"1 foto hilang atau berubah di berkasnya, yang pertama {names[1][:12]}…"
    whole_path(names[0]).unlink()
    assert str(check._photos()).startswith("2 foto") and not is_true(names[0])


def test_parts_that_nobody_came_back_for_go() -> None:
    old, fresh = "ab" * 32, "cd" * 32
    for name in (old, fresh):
        add_chunk(name, 0, 1000, b"x" * 10)
    part = whole_path(old).parent.parent / "parts" / old
    os.utime(part, (1_000_000, 1_000_000))
    assert drop_old_parts(2_000_000) == 1
    assert (held(old).offset, held(fresh).offset) == (0, 10)
