"""The next edition: what the truth says is what a comparison of both lists finds, no more and no less."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.demo.edition import HEADER, make_edition
from telusur.demo.files import write_truth
from telusur.demo.next_edition import NextEdition, Turnover, make_next_edition
from telusur.demo.rows import Row

AS_OF = date(2025, 10, 24)
NIK = HEADER.index("Nomor Induk Koperasi (NIK)")


@pytest.fixture(scope="module")
def before() -> list[Row]:
    return list(make_edition(1, 601, as_of=AS_OF))


@pytest.fixture(scope="module")
def after(before: list[Row]) -> NextEdition:
    return make_next_edition(before, 1)


def _compare(before: list[Row], after: list[Row]) -> tuple[set[str], set[str], set[tuple[str, str, str, str]]]:
    """(gone, come, changed cells), by nothing but the numbers and the cells."""
    old, new = ({row[NIK]: row for row in rows} for rows in (before, after))
    cells = {
        (nik, label, a.strip(), b.strip())
        for nik in old.keys() & new.keys()
        for label, a, b in zip(HEADER, old[nik], new[nik], strict=True)
        if a != b
    }
    return set(old) - set(new), set(new) - set(old), cells


def _truth_as_sets(found: NextEdition) -> tuple[set[str], set[str], set[tuple[str, str, str, str]]]:
    changes = found.truth.changes
    gone = {change.nik_koperasi for change in changes if change.kind in ("vanished", "renumbered")}
    come = {c.nik_koperasi for c in changes if c.kind == "new"} | {c.after for c in changes if c.kind == "renumbered"}
    cells = {(c.nik_koperasi, c.label, c.before, c.after) for c in changes if c.kind in ("changed", "renamed")}
    return gone, come, cells


def test_the_truth_is_what_a_comparison_finds(before: list[Row], after: NextEdition) -> None:
    assert _compare(before, after.rows) == _truth_as_sets(after)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 60), st.floats(0, 0.3), st.floats(0, 0.3), st.floats(0, 0.3))
def test_the_truth_holds_for_any_turnover(seed: int, rows: int, new: float, gone: float, changed: float) -> None:
    start = list(make_edition(seed, rows, as_of=AS_OF)) if rows else []
    found = make_next_edition(start, seed, turnover=Turnover(new, gone, gone, changed))
    assert _compare(start, found.rows) == _truth_as_sets(found)
    assert len({row[NIK] for row in found.rows}) == len(found.rows) == found.truth.rows_after


def test_every_kind_of_change_and_every_column(after: NextEdition) -> None:
    assert set(after.truth.counts()) == {"new", "vanished", "renumbered", "renamed", "changed"}
    changed = {change.label for change in after.truth.changes if change.kind in ("changed", "renamed")}
    assert changed == set(HEADER) - {"Kabupaten", "Provinsi", "Nomor Induk Koperasi (NIK)"}


def test_few_enough_are_absent_that_an_import_would_not_wait(after: NextEdition) -> None:
    counts = after.truth.counts()
    assert (counts["vanished"], counts["renumbered"], counts["new"]) == (6, 3, 18)
    assert counts["vanished"] + counts["renumbered"] < 0.02 * 601


def test_values_differ_beyond_blanks(after: NextEdition) -> None:
    for change in after.truth.changes:
        assert change.before != change.after
        assert " ".join(change.before.split()) != " ".join(change.after.split())


def test_same_seed_same_edition_and_truth(tmp_path: Path, before: list[Row], after: NextEdition) -> None:
    again = make_next_edition(before, 1)
    assert again == after
    assert make_next_edition(before, 2) != after
    for name in ("one.json", "two.json"):
        write_truth(tmp_path / name, again.truth)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    document = json.loads((tmp_path / "one.json").read_text())
    assert document["counts"] == after.truth.counts()
    assert len(document["changes"]) == len(after.truth.changes)
    assert list(document["changes"][0]) == ["kind", "nik_koperasi", "label", "before", "after"]


def test_a_row_of_another_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="baris 1 tidak berisi 24 sel"):
        make_next_edition([("a", "b")], 1)
