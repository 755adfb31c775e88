"""What a `$filter` keeps: a table of examples, what is refused in which words, and that nothing else ever happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.api.rules.odata_filter import read_filter
from telusur.api.rules.odata_keep import keeper
from telusur.api.rules.refused import AskedWrongly
from tests.rules.api.columns_sample import COLUMNS, ROWS

KEPT = [
    ("text is the same", "nama eq 'KSU Mawar'", "b"),
    ("a quote inside", "nama eq 'Koperasi O''Neil Jaya'", "a"),
    ("case counts", "nama eq 'ksu mawar'", ""),
    ("folded", "tolower(nama) eq 'ksu mawar'", "b"),
    ("upper", "startswith(toupper(nama),'KSU')", "b"),
    ("contains", "contains(nama,'Jaya')", "a"),
    ("starts", "startswith(nama,'K')", "ab"),
    ("ends", "endswith(nama,'Mawar')", "b"),
    ("length", "length(nama) gt 10", "a"),
    ("number", "anggota ge 3", "ab"),
    ("number with a point", "anggota gt 3.5", "b"),
    ("negative", "anggota gt -1", "ab"),
    ("day", "per lt 2025-01-01", "b"),
    ("of an instant its day", "per ge 2025-01-02T00:00:00Z", "a"),
    ("truth alone", "aktif", "a"),
    ("truth compared", "aktif eq false", "b"),
    ("not", "not aktif", "b"),
    ("not binds before and", "not aktif and anggota gt 1", "b"),
    ("and before or", "nama eq null or aktif and anggota eq 3", "ac"),
    ("brackets", "(nama eq null or aktif) and anggota eq 3", "a"),
    ("null is null", "anggota eq null", "c"),
    ("not null", "anggota ne null", "ab"),
    ("unequal to a value keeps null", "anggota ne 3", "bc"),
    ("null has no order", "anggota lt 100", "ab"),
    ("not of unknown is unknown", "not (anggota lt 100)", ""),
    ("unknown or true", "anggota lt 100 or nama eq null", "abc"),
    ("in", "anggota in (3, 7, 20)", "ab"),
    ("in with null", "anggota in (3,null)", "ac"),
    ("literal on the left", "3 eq anggota", "a"),
    ("always", "true", "abc"),
    ("never", "null", ""),
    ("many blanks", "  anggota   eq\t3 ", "a"),
]


@pytest.mark.parametrize(("text", "kept"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT])
def test_kept(text: str, kept: str) -> None:
    keeps = keeper(read_filter(text, COLUMNS))
    assert "".join(str(row[0]) for row in ROWS if keeps(row)) == kept


REFUSED = [
    ("unknown column", "namaa eq 'x'", "column_unknown", 400),
    ("unknown function", "indexof(nama,'x') eq 1", "function_unknown", 501),
    ("number against text", "anggota eq '3'", "filter_kinds", 400),
    ("day against number", "per gt 2024", "filter_kinds", 400),
    ("truths have no order", "aktif gt false", "filter_kinds", 400),
    ("list of another kind", "anggota in (1,'x')", "filter_kinds", 400),
    ("a call with a number", "contains(anggota,'3')", "filter_kinds", 400),
    ("no truth", "nama", "filter_no_truth", 400),
    ("and of texts", "nama and aktif", "filter_no_truth", 400),
    ("ends early", "anggota eq", "filter_ends", 400),
    ("bracket open", "(anggota eq 3", "filter_ends", 400),
    ("something behind", "anggota eq 3 )", "filter_word", 400),
    ("double quotes", 'nama eq "x"', "filter_word", 400),
    ("quote open", "nama eq 'x", "filter_quote", 400),
    ("no such day", "per eq 2025-02-30", "filter_word", 400),
    ("no number", "anggota eq 3x", "filter_word", 400),
    ("too deep", "(" * 40 + "aktif" + ")" * 40, "filter_too_much", 400),
    ("too many", " or ".join(["anggota eq 1"] * 40), "filter_too_much", 400),
    ("too long", "nama eq '" + "x" * 5000 + "'", "filter_too_long", 400),
    ("long list", f"anggota in ({','.join(['1'] * 501)})", "filter_long_list", 400),
    ("path", "nama/first eq 1", "filter_word", 400),
    ("lambda", "nama/any(x: x eq 1)", "filter_word", 400),
]


@pytest.mark.parametrize(("text", "code", "status"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(text: str, code: str, status: int) -> None:
    with pytest.raises(AskedWrongly) as caught:
        read_filter(text, COLUMNS)
    assert (caught.value.reason.code, caught.value.status) == (code, status)
    assert "{" not in caught.value.reason.sentence()


WORDS = st.sampled_from(
    ["nama", "anggota", "per", "aktif", "eq", "gt", "and", "or", "not", "in", "(", ")", ",", "'x'", "3", "2025-01-02",
     "null", "true", "contains(", "tolower(", " ", "''", "-1", "1e309", "9" * 30]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=20).map(" ".join)))
def test_any_text_is_answered_or_refused(text: str) -> None:
    try:
        keeps = keeper(read_filter(text, COLUMNS))
    except AskedWrongly as wrong:
        assert wrong.reason.sentence()
        return
    assert {keeps(row) for row in ROWS} <= {True, False}


TRUTHS = st.recursive(
    st.sampled_from(["anggota gt 3", "per lt 2025-01-01", "contains(nama,'a')", "aktif", "nama eq null"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda part: f"({part[0]} {part[1]} {part[2]})"),
        inner.map(lambda text: f"not ({text})"),
    ),
    max_leaves=6,
)


@given(TRUTHS)
def test_twice_not_is_the_same_and_a_filter_and_its_negation_share_no_row(text: str) -> None:
    keeps, twice = keeper(read_filter(text, COLUMNS)), keeper(read_filter(f"not (not ({text}))", COLUMNS))
    negated = keeper(read_filter(f"not ({text})", COLUMNS))
    for row in ROWS:
        assert keeps(row) == twice(row)
        assert not (keeps(row) and negated(row))
