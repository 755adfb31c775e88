"""Lists of members: how many, how many twice, how many on two lists; and nothing else comes out."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.merah_putih.rules.member_lists import count_lists, has_citizen_number

SALT = b"garam"
NUMBER = "9901020304050607"


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        ([NUMBER], (1, 1, 0, 0)),
        ([NUMBER, NUMBER], (2, 1, 1, 0)),
        ([NUMBER, "9901 0203 0405 0607", f"'{NUMBER}"], (3, 1, 2, 0)),
        ([NUMBER, "", "  "], (1, 1, 0, 0)),
        (["99010203", "tidak punya", "9.9E+15"], (3, 0, 0, 3)),
    ],
    ids=["one", "twice", "twice in other shapes", "empty cells", "no numbers"],
)
def test_one_list(cells: list[str], counts: tuple[int, int, int, int]) -> None:
    found = count_lists({"a": list(enumerate(cells, 2))}, SALT).lists["a"]
    assert (found.listed, found.members, found.repeated, found.refused) == counts
    assert len(found.refused_rows) == found.refused


numbers = st.lists(st.integers(0, 40).map(lambda n: f"99010203040506{n:02d}"), max_size=30)


@given(numbers, numbers, numbers, st.binary(min_size=1, max_size=8))
def test_counts_are_those_of_sets_whatever_the_salt(
    one: list[str], two: list[str], three: list[str], salt: bytes
) -> None:
    lists = {"a": one, "b": two, "c": three}
    found = count_lists({code: list(enumerate(cells)) for code, cells in lists.items()}, salt)
    for code, cells in lists.items():
        assert found.lists[code].members == len(set(cells))
        assert found.lists[code].listed == found.lists[code].members + found.lists[code].repeated
    for first, second in (("a", "b"), ("a", "c"), ("b", "c")):
        assert found.shared.get((first, second), 0) == len(set(lists[first]) & set(lists[second]))


def test_nothing_of_a_number_comes_out() -> None:
    told = repr(dataclasses.asdict(count_lists({"one": [(2, NUMBER)], "two": [(2, NUMBER), (3, "99 bukan")]}, SALT)))
    assert NUMBER not in told and NUMBER[4:12] not in told and "bukan" not in told
    assert not re.search(r"\bb'|[0-9a-f]{32}", told), "no digest either"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"KTP {NUMBER}", True),
        ("KTP 9901 0203 0405 0607", True),
        ("9901.0203.0405.0607", True),
        ("NPWP 0012345678901234", False),
        ("akta 12/2025", False),
        ("AHU-0012479.AH.01.26.TAHUN 2021", False),
        ("99010203040506071", False),
        ("NIK koperasi 9901020304050", False),
    ],
)
def test_a_citizens_number_in_a_text(text: str, found: bool) -> None:
    assert has_citizen_number("bukti", text) is found
