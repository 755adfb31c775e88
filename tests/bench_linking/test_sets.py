"""The data sets as a contestant reads them: kept ones are read again, the truth of the public ones points at rows."""

from __future__ import annotations

import pytest
from bench.linking import names_alone, sets

pytest.importorskip("numpy")


@pytest.mark.long
def test_a_generated_set_is_made_once_and_read_again(tmp_path):
    first = sets.load("generated-600", 2, tmp_path)
    made = (tmp_path / "generated-600-2" / "truth.csv").stat().st_mtime_ns
    again = sets.load("generated-600", 2, tmp_path)
    assert again == first
    assert (tmp_path / "generated-600-2" / "truth.csv").stat().st_mtime_ns == made
    assert (len(first.left.ids), len(first.right.ids)) == (600, 400)


@pytest.mark.parametrize(
    ("name", "left", "right", "truth"),
    [
        ("bogor", 499, 400, 324),
        ("bogor-all", 499, 400, 389),
        ("febrl1", 1_000, None, 500),
        ("febrl2", 5_000, None, 1_934),
        ("febrl3", 5_000, None, 6_538),
        ("febrl4", 5_000, 5_000, 5_000),
        ("restaurants", 533, 331, 112),
        ("abt-buy", 1_076, 1_076, 1_076),
        ("fake1000", 1_000, None, 2_975),
    ],
)
def test_a_set_of_others_has_its_rows_and_a_truth_that_points_at_them(name, left, right, truth):
    if not sets.DATA.exists():
        pytest.skip(f"data absent: {sets.DATA}")
    data = sets.load(name)
    other = data.left if data.right is None else data.right
    assert (len(data.left.ids), data.right and len(data.right.ids), len(data.truth)) == (left, right, truth)
    assert {one for one, _ in data.truth} <= set(data.left.ids)
    assert {two for _, two in data.truth} <= set(other.ids)
    assert {field.left for field in data.schema.fields} <= set(data.left.columns)


def test_the_truth_is_no_column_that_an_engine_may_look_at():
    if not sets.DATA.exists():
        pytest.skip(f"data absent: {sets.DATA}")
    assert "cluster" not in sets.load("fake1000").left.columns
    assert "legal_number" not in sets.load("bogor").left.columns


def test_a_set_is_seen_by_some_of_its_columns(tmp_path):
    whole, part = (sets.load(name, 2, tmp_path) for name in ("generated-600", "generated-600:name+kelurahan"))
    assert [field.name for field in part.schema.fields] == ["name", "kelurahan"]
    assert list(part.left.columns) == list(part.right.columns) == ["name", "kelurahan"]
    assert (part.left.ids, part.truth) == (whole.left.ids, whole.truth)
    assert sets.whole_name(part.name) == "generated-600"
    with pytest.raises(KeyError, match="kelurahan"):
        sets.load("generated-600:nama", 2, tmp_path)


def test_tasks_of_names_alone_are_there_where_their_package_is():
    found = [name for name in sets.names() if name.startswith(names_alone.PREFIX)]
    if not found:
        with pytest.raises(FileNotFoundError, match="autofj"):
            names_alone.load("autofj-Hospital")
        return
    data = sets.load(found[0])
    assert {one for one, _ in data.truth} <= set(data.left.ids)
    assert {two for _, two in data.truth} <= set(data.right.ids)
