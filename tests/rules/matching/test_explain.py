"""Each score decomposes: the lines of a pair sum to its weight, and name what the two rows state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.ports import LinkResult, Table
from telusur.matching.rules.compare import LABELS
from telusur.matching.rules.explain import explain_pair, level_reasons, third_bits
from telusur.matching.rules.model import Model, model_from_json, model_to_json
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA

WORDS = (
    "Mekar",
    "Jaya",
    "Sumber",
    "Rejeki",
    "Karya",
    "Bina",
    "Sinar",
    "Harapan",
    "Maju",
    "Bersama",
    "Citra",
    "Mandiri",
)


def invented(count: int) -> list[dict[str, str]]:
    rows = []
    for at in range(count):
        name = f"Koperasi {WORDS[at % 12]} {WORDS[(at // 12) % 12]} {WORDS[(at * 7 + 3) % 12]}"
        rows.append(
            {
                "name": name,
                "legal_number": f"{100 + at}/BH/KDK.17/V/{1990 + at % 25}",
                "legal_on": f"{1 + at % 28:02}/05/{1990 + at % 25}",
                "kelurahan": f"Kelurahan {WORDS[at % 5]}",
                "address": f"Jl. {WORDS[at % 11]} No. {at}",
                "kabupaten_kota": "Kota Contoh",
            }
        )
    return rows


def table(rows: list[dict[str, str]], mark: str) -> Table:
    names = [field.left for field in COOPERATIVE_SCHEMA.fields]
    return Table([f"{mark}{at}" for at in range(len(rows))], {n: [row.get(n, "") for row in rows] for n in names})


@pytest.fixture(scope="module")
def linked() -> tuple[LinkResult, list[dict[str, str]], list[dict[str, str]]]:
    left = invented(300)
    right = [{**row, "name": row["name"].replace("Koperasi", "Kop."), "legal_number": ""} for row in left[:200]]
    for row in right[::3]:
        row["address"] = ""
    return MemoryEngine().link(table(left, "a"), table(right, "b"), COOPERATIVE_SCHEMA), left, right


def test_lines_sum_to_the_weight(linked: tuple[LinkResult, list[dict[str, str]], list[dict[str, str]]]) -> None:
    result, left, right = linked
    assert len(result.pairs) >= 150
    for pair in result.pairs:
        lines = explain_pair(result.model, pair, left[int(pair.left_id[1:])], right[int(pair.right_id[1:])])
        assert sum(line.weight for line in lines) == pytest.approx(pair.weight, abs=0.01)


def test_lines_name_what_is_stated(linked: tuple[LinkResult, list[dict[str, str]], list[dict[str, str]]]) -> None:
    result, left, right = linked
    pair = next(pair for pair in result.pairs if pair.decision == "match")
    row = left[int(pair.left_id[1:])]
    said = {
        line.field: line.says.sentence()
        for line in explain_pair(result.model, pair, row, right[int(pair.right_id[1:])])
    }
    assert row["legal_on"] in said["legal_on"]
    assert "tidak dinyatakan" in said["legal_number"]


def test_a_kept_model_gives_the_same_answer(
    linked: tuple[LinkResult, list[dict[str, str]], list[dict[str, str]]],
) -> None:
    result, left, right = linked
    kept = model_from_json(model_to_json(result.model))
    again = MemoryEngine().link(table(left, "a"), table(right, "b"), COOPERATIVE_SCHEMA, model=kept)
    assert list(again.pairs) == list(result.pairs)


def test_a_kept_model_serves_rows_of_another_make(
    linked: tuple[LinkResult, list[dict[str, str]], list[dict[str, str]]],
) -> None:
    """Which comparisons a table gives, and in which order, depends on its values; the model's own order holds."""
    result, left, _ = linked
    kept = ("name", "kelurahan", "kabupaten_kota")
    right = [{**{name: row[name] for name in kept}, "kecamatan": f"Contoh {at}"} for at, row in enumerate(left)]
    again = MemoryEngine().link(table(left, "a"), table(right, "b"), COOPERATIVE_SCHEMA, model=result.model)
    for pair in again.pairs:
        lines = explain_pair(result.model, pair, left[int(pair.left_id[1:])], right[int(pair.right_id[1:])])
        assert sum(line.weight for line in lines) == pytest.approx(pair.weight, abs=0.01)
        said = {line.field: line.says.code for line in lines}
        assert said["kecamatan"] == "pair_silent"
        assert said["kelurahan"] != "pair_silent"


def test_two_rivals_at_one_half_are_both_left_to_a_person(
    linked: tuple[LinkResult, list[dict[str, str]], list[dict[str, str]]],
) -> None:
    """Two equal left rows for one right row in lists that are one to one: neither is the match."""
    _, left, right = linked
    schema = replace(COOPERATIVE_SCHEMA, twins=False)
    result = MemoryEngine().link(table([*left, left[0]], "a"), table(right, "b"), schema)
    rivals = [pair for pair in result.pairs if pair.right_id == "b0"]
    assert [pair.decision for pair in rivals[:2]] == ["review", "review"]
    assert all(0.4 < pair.probability < 0.5 for pair in rivals[:2])


def test_every_level_has_its_words() -> None:
    for labels, levels in LABELS.items():
        assert len(level_reasons(labels)) == len(levels), labels


THIRDS = [
    # what is seen, one table, calibration, the pair's own bits, probability, bits of the third row
    ("alone it is all", True, (), 3.0, 0.8, 0.0),
    ("without any field", True, (), 0.0, 1 / 3, 0.0),
    ("four bits more", True, (), 0.0, 8 / 9, 4.0),
    ("before calibration", True, ((0.0, 0.0), (1.0, 0.5)), 0.0, 0.5, 2.322),
    ("two tables have rivals instead", False, (), 0.0, 8 / 9, 0.0),
]


@pytest.mark.parametrize(
    ("itself", "knots", "weight", "probability", "bits"), [row[1:] for row in THIRDS], ids=[row[0] for row in THIRDS]
)
def test_the_third_rows_bits(
    itself: bool, knots: tuple[tuple[float, float], ...], weight: float, probability: float, bits: float
) -> None:
    schema = replace(COOPERATIVE_SCHEMA, one_to_one=not itself, itself=itself)
    model = Model(schema, (), 1 / 3, knots)
    assert third_bits(model, weight, probability) == pytest.approx(bits, abs=1e-3)


def test_what_was_not_asked_is_not_called_missing(
    linked: tuple[LinkResult, list[dict[str, str]], list[dict[str, str]]],
) -> None:
    """A line for each field that is silent, none for its parts that only some pairs are asked."""
    result, left, right = linked
    for pair in result.pairs[:50]:
        lines = explain_pair(result.model, pair, left[int(pair.left_id[1:])], right[int(pair.right_id[1:])])
        silent = [line.field for line in lines if line.says.code == "pair_silent"]
        parts = ("street", "house", "rt", "block", "near", "series", "words", "apart", "words+apart")
        assert not [field for field in silent if field.endswith(tuple(f":{part}" for part in parts))]
        assert sum(line.field.partition(":")[0] == "kelurahan" for line in lines) == 1
