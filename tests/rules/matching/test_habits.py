"""Words that one list writes and the other does not: found from the lists themselves, and not compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.ports import Table
from telusur.matching.rules.columns import normalise
from telusur.matching.rules.habits import carried_over, habits_of, with_habits
from telusur.matching.rules.model import model_from_json, model_to_json
from telusur.matching.rules.schema import Field, FieldKind, Schema
from tests.rules.matching.tables import one_field

SYLLABLES = ("ba", "co", "du", "fe", "gi", "ho", "ju", "ka", "lo", "me", "nu", "po")
PLAIN = [f"{a}{b}{c}rwi makmur" for a in SYLLABLES for b in SYLLABLES[:6] for c in SYLLABLES[:6]]
SHORT = [name.replace("makmur", "mkmr") for name in PLAIN]
NAME = one_field(FieldKind.COOPERATIVE).fields[0]


def listed(every: int, form: str, names: Sequence[str] = PLAIN) -> list[str]:
    """Every so-many-th name as `form` writes it."""
    return [f"Koperasi {form.format(name) if at % every == 0 else name}" for at, name in enumerate(names)]


CASES = [
    # the left list's names, the right one's, the habits
    ("a word before the name", listed(1, "{}"), listed(10, "cabang {}"), ("cabang",)),
    ("two words, one on each side", listed(12, "unit {}"), listed(10, "{} bumimakmur"), ("bumimakmur", "unit")),
    ("a word that both lists write", listed(10, "cabang {}"), listed(12, "cabang {}"), ()),
    ("a word that the other list writes a little", listed(60, "cabang {}"), listed(6, "cabang {}"), ()),
    ("fewer than twelve", listed(1, "{}"), listed(40, "cabang {}"), ()),
    ("a short form of the other list's word", listed(1, "{}"), listed(1, "{}", SHORT), ()),
    ("a word without vowels that the other list writes a little", listed(300, "sp {}"), listed(3, "sp {}"), ("sp",)),
    ("nothing", [], [], ()),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "habits"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_habits_of_two_lists(left: list[str], right: list[str], habits: tuple[str, ...]) -> None:
    assert habits_of(NAME, left, right) == habits


@given(st.lists(st.sampled_from(["melati", "cabang melati", "unit melati", "melati jaya", ""]), max_size=60),
       st.lists(st.sampled_from(["melati", "cabang melati", "unit melati", "melati jaya", ""]), max_size=60))  # fmt: skip
def test_the_sides_are_alike(left: list[str], right: list[str]) -> None:
    assert habits_of(NAME, left, right) == habits_of(NAME, right, left)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Koperasi cabang Melati Jaya", "melati jaya"),
        ("Koperasi Melati Cabang Jaya", "melati jaya"),
        # A name that is nothing else keeps it.
        ("Koperasi Cabang", "cabang"),
        ("Koperasi Melati", "melati"),
        ("", ""),
    ],
)
def test_a_habit_is_not_compared(name: str, words: str) -> None:
    normal = normalise(replace(NAME, habits=("cabang",)), [name])
    assert normal["text"] == [words]
    assert normal["sorted"] == [" ".join(sorted(words.split()))]


def test_only_names_of_two_lists_have_habits() -> None:
    schema = Schema((NAME, Field("t", FieldKind.TEXT, "x", "x")))
    left, right = {"x": listed(1, "{}")}, {"x": listed(10, "cabang {}")}
    assert [field.habits for field in with_habits(schema, left, right).fields] == [("cabang",), ()]
    assert with_habits(schema, left, None) == schema


def test_names_that_differ_in_a_habit_are_matched() -> None:
    left, right = listed(1, "{}"), listed(3, "cabang {}")
    tables = [Table([str(at) for at in range(len(names))], {"x": names}) for names in (left, right)]
    result = MemoryEngine().link(*tables, Schema((NAME,)))
    matched = {pair.left_id for pair in result.pairs if pair.decision == "match" and pair.left_id == pair.right_id}
    assert len(matched) == len(left)
    assert result.model.schema.fields[0].habits == ("cabang",)
    kept = model_from_json(model_to_json(result.model))
    assert kept.schema.fields[0].habits == ("cabang",)
    # A kept model meets lists with habits of their own.
    again = MemoryEngine().link(tables[0], tables[0], Schema((NAME,)), model=kept)
    assert again.model.schema.fields[0].habits == ()
    assert carried_over(again.model.schema, kept.schema) == kept.schema


def test_habits_of_a_kept_model_must_be_words() -> None:
    left = [Table([str(at) for at in range(len(PLAIN))], {"x": listed(1, "{}")})] * 2
    told = model_to_json(MemoryEngine().link(*left, Schema((NAME,))).model)
    told["fields"] = [{**field, "habits": [1]} for field in told["fields"]]  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="habits"):
        model_from_json(told)
