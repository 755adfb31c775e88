"""Cells that no spreadsheet runs, by example and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.words.sheet_cell import FORMULA, inert


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        pytest.param("Koperasi Maju", "Koperasi Maju", id="plain"),
        pytest.param("", "", id="nothing"),
        pytest.param("=HYPERLINK(1)", "'=HYPERLINK(1)", id="formula"),
        pytest.param("+62 811", "'+62 811", id="plus"),
        pytest.param("-1+2", "'-1+2", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("\n=1", "'\n=1", id="a new line"),
        pytest.param("＝1", "'＝1", id="full-width sign"),
        pytest.param("A=1", "A=1", id="a sign within"),
    ],
)
def test_a_cell(cell: str, left: str) -> None:
    assert inert(cell) == left


@given(st.one_of(st.text(), st.builds("{}{}".format, st.sampled_from(FORMULA), st.text())))
def test_no_text_begins_as_a_formula_and_none_is_lost(text: str) -> None:
    assert not inert(text).startswith(FORMULA)
    assert inert(text) in (text, f"'{text}")
    assert inert(inert(text)) == inert(text)
