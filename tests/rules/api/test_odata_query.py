"""System query options, page tokens, resource paths and the description."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.api.rules.odata_paging import Mark, mark_of, token_of
from telusur.api.rules.odata_path import Resource, read_path
from telusur.api.rules.odata_query import Order, page_size, read_options
from telusur.api.rules.refused import AskedWrongly
from tests.rules.api.columns_sample import COLUMNS


def test_all_options_together() -> None:
    asked = read_options(
        {"$select": ["nama, id"], "$orderby": ["anggota desc,nama"], "$top": ["5"], "$skip": ["2"], "$count": ["true"]},
        COLUMNS,
    )
    assert asked.places == (1, 0)
    assert asked.order == (Order(2, True), Order(1, False))
    assert asked.mark == Mark("", 2, 5)
    assert asked.counts and asked.keeps is None


REFUSED = [
    ("unknown", {"$frobnicate": ["1"]}, "option_unknown", 400),
    ("of OData, not here", {"$expand": ["x"]}, "option_not_here", 501),
    ("search", {"$search": ["x"]}, "option_not_here", 501),
    ("twice", {"$top": ["1", "2"]}, "option_twice", 400),
    ("negative", {"$top": ["-1"]}, "option_value", 400),
    ("no number", {"$skip": ["x"]}, "option_value", 400),
    ("other digits", {"$top": ["٣"]}, "option_value", 400),
    ("count", {"$count": ["yes"]}, "option_value", 400),
    ("empty filter", {"$filter": [" "]}, "option_value", 400),
    ("xml", {"$format": ["xml"]}, "format_unknown", 406),
    ("select", {"$select": ["x"]}, "column_unknown", 400),
    ("order of nothing", {"$orderby": ["nama sideways"]}, "option_value", 400),
    ("order by unknown", {"$orderby": ["x"]}, "column_unknown", 400),
    ("order by too many", {"$orderby": [",".join(["nama"] * 9)]}, "option_value", 400),
    ("token", {"$skiptoken": ["x"]}, "page_unknown", 400),
]


@pytest.mark.parametrize(("options", "code", "status"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(options: dict[str, list[str]], code: str, status: int) -> None:
    with pytest.raises(AskedWrongly) as caught:
        read_options(options, COLUMNS)
    assert (caught.value.reason.code, caught.value.status) == (code, status)


def test_own_parameters_of_a_client_are_left_alone() -> None:
    assert read_options({"session": ["7"], "$top": ["1"]}, COLUMNS).mark.left == 1


@given(st.builds(Mark, st.text(st.characters(blacklist_characters="\0", codec="utf-8"), max_size=60),
                 st.integers(0, 10**6), st.none() | st.integers(0, 10**6)))  # fmt: skip
def test_a_token_comes_back_as_it_went(mark: Mark) -> None:
    token = token_of(mark)
    assert token.replace("-", "").replace("_", "").isalnum()
    assert mark_of(token, "$skiptoken") == mark


@given(st.text(max_size=80))
def test_any_other_token_is_refused_or_read(token: str) -> None:
    try:
        mark_of(token, "$skiptoken")
    except AskedWrongly as wrong:
        assert wrong.target == "$skiptoken"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("cooperatives", Resource("cooperatives")),
        ("cooperatives/$count", Resource("cooperatives", None, True)),
        ("cooperatives('a''b')", Resource("cooperatives", "a'b")),
        ("cooperatives(id='x')", Resource("cooperatives", "x")),
        ("cooperatives(x)", None),
        ("cooperatives(')", None),
        ("cooperatives('x')/nama", None),
        ("people", None),
        ("", None),
    ],
)
def test_paths(path: str, found: Resource | None) -> None:
    assert read_path(path, {"cooperatives", "balance"}) == found


@pytest.mark.parametrize(
    ("prefer", "size"),
    [
        ("odata.maxpagesize=200", 200),
        ("respond-async, odata.maxpagesize=0", 1),
        ("maxpagesize=99999999999999999999", 5000),
        ("odata.maxpagesize=x", None),
        ("", None),
    ],
)
def test_the_page_that_a_client_prefers(prefer: str, size: int | None) -> None:
    assert page_size(prefer) == size
