"""Splink 5 on DuckDB, set up as its documentation advises: term frequencies, random sampling for u, EM on two rules.

In: normalised columns. Out: every pair from 0.01 on; matches from 0.5. Settings are in this file and in `columns`
(blocks) and nowhere else, so that a reader can judge whether it was treated fairly. As the documentation advises for columns
that hang together, village and kecamatan are one comparison: on seed 1 of 20,000 rows that alone lifts F1 from 0.89 to 0.96.
`plain` compares each column by itself, which is what the issue's known figures were taken with.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from bench.linking.answers import LEAST, Answer, answer
from bench.linking.columns import ROW, Frame, block_columns, certain_columns
from telusur.matching.rules.columns import WORDED
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = ["Splink"]

_THRESHOLD: Final = 0.5
_RECALL: Final = 0.75
_RANDOM_PAIRS: Final = 2e6


class Splink:
    """`prepare` is not timed, `run` is."""

    def __init__(self, schema: Schema, *, plain: bool = False) -> None:
        import pandas as pd
        import splink  # noqa: F401  imported before the clock starts

        logging.disable(logging.WARNING)
        self._schema, self._frame = schema, pd.DataFrame
        places = [field.name for field in schema.fields if field.kind is FieldKind.PLACE and not field.scope]
        self._places = [] if plain or len(places) < 2 else places[:2]

    def prepare(self, left: Frame, right: Frame | None) -> None:
        """Put the columns into data frames, which Splink reads."""
        self._tables = [self._frame(part) for part in (left, right) if part is not None]
        self._columns, self._row_count = set(left), max(map(len, self._tables))

    def run(self) -> Answer:
        """Train and predict. Where both rules of training leave a parameter unlearned, Splink goes on with its default."""
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on

        settings = SettingsCreator(
            link_type="dedupe_only" if len(self._tables) == 1 else "link_only",
            comparisons=self._comparisons(),
            blocking_rules_to_generate_predictions=self._blocks(),
            retain_matching_columns=False,
            retain_intermediate_calculation_columns=False,
        )
        api = DuckDBAPI()
        registered = [api.register(table, dataset_display_name=f"t{at}") for at, table in enumerate(self._tables)]
        linker = Linker(registered if len(registered) > 1 else registered[0], settings)
        linker.training.estimate_probability_two_random_records_match(self._certain(), recall=_RECALL)
        linker.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS)
        for columns in self._training():
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
        found = linker.inference.predict(threshold_match_probability=LEAST).as_pandas_dataframe()
        one, two = found[f"{ROW}_l"].to_numpy(), found[f"{ROW}_r"].to_numpy()
        chance = found["match_probability"].to_numpy()
        if len(registered) > 1:
            swapped = found["source_dataset_l"].str.endswith("1").to_numpy()
            one, two = _swap(one, two, swapped)
        return answer(one, two, chance, at=_THRESHOLD)

    def _blocks(self) -> list[Any]:
        from splink import block_on

        return [block_on(*columns) for columns in block_columns(self._schema, self._row_count)] + self._shared_codes()

    def _certain(self) -> list[Any]:
        """Rules of near-certain pairs. Products' texts are never equal as a whole: a shared mark ("LC-37D64U") stands in."""
        from splink import block_on

        codes = self._shared_codes()
        names = [field.name for field in self._schema.fields if field.kind in WORDED]
        if codes:
            return [codes[0], block_on(f"{names[0]}_sorted")]
        return [block_on(*columns) for columns in certain_columns(self._schema)]

    def _shared_codes(self) -> list[Any]:
        from splink import block_on

        # Addresses of houses ("12a") are no marks: only where no other code is.
        if any(field.kind in (FieldKind.CODE, FieldKind.LEGAL_NUMBER) for field in self._schema.fields):
            return []
        if any(field.kind is FieldKind.COOPERATIVE for field in self._schema.fields):
            return []
        names = [f"{field.name}_codes" for field in self._schema.fields if field.kind is FieldKind.TEXT]
        return [block_on(name, arrays_to_explode=[name]) for name in names if name in self._columns]

    def _comparisons(self) -> list[Any]:
        out: list[Any] = [_places_at_once(*self._places)] if self._places else []
        for field in self._schema.fields:
            if not field.scope and field.name not in self._places:
                out += self._comparison(field)
        return out

    def _comparison(self, field: Field) -> list[Any]:
        import splink.comparison_library as cl

        name, kind = field.name, field.kind
        if kind is FieldKind.NAME:
            return [cl.NameComparison(name).configure(term_frequency_adjustments=True)]
        if kind is FieldKind.TEXT:
            made = [cl.JaccardAtThresholds(name, [0.9, 0.7]).configure(term_frequency_adjustments=True)]
            has_codes = bool(self._shared_codes()) and f"{name}_codes" in self._columns
            return made + ([cl.ArrayIntersectAtSizes(f"{name}_codes", [1])] if has_codes else [])
        if kind in WORDED:
            made = [cl.JaroWinklerAtThresholds(name, [0.92, 0.82]).configure(term_frequency_adjustments=True)]
            is_coop = kind is FieldKind.COOPERATIVE
            return made + (
                [cl.ExactMatch(f"{name}_kind").configure(term_frequency_adjustments=True)] if is_coop else []
            )
        if kind is FieldKind.LEGAL_NUMBER:
            return [cl.LevenshteinAtThresholds(f"{name}_serial", [1]), cl.ExactMatch(f"{name}_year")]
        if kind is FieldKind.DATE:
            of_people = any(each.kind is FieldKind.NAME for each in self._schema.fields)
            # A deed's day is off by a typing slip, not by a year; Levenshtein is the faster, and as good here.
            return [
                cl.DateOfBirthComparison(name, input_is_string=True)
                if of_people
                else cl.LevenshteinAtThresholds(name, [1])
            ]
        if kind is FieldKind.CODE:
            return [cl.EmailComparison(name) if name == "email" else cl.DamerauLevenshteinAtThresholds(name, [1])]
        if kind is FieldKind.PLACE:
            return [cl.JaroWinklerAtThresholds(name, [0.9]).configure(term_frequency_adjustments=True)]
        return [cl.ExactMatch(name).configure(term_frequency_adjustments=True)]

    def _training(self) -> list[tuple[str, ...]]:
        """Two rules that fix different fields, so that each learns what the other holds fast."""
        schema = self._schema
        scope = tuple(field.name for field in schema.fields if field.scope)
        names = [field.name for field in schema.fields if field.kind in WORDED]
        legal = [field.name for field in schema.fields if field.kind is FieldKind.LEGAL_NUMBER]
        dates = [field.name for field in schema.fields if field.kind is FieldKind.DATE]
        kinds = (FieldKind.CODE, FieldKind.PLACE, FieldKind.NUMBER)
        others = [field.name for field in schema.fields if field.kind in kinds and not field.scope]
        if len([field for field in schema.fields if not field.scope]) == 1:
            # A single comparison cannot be trained by holding it fast: Splink's own defaults remain.
            return []
        # The rule's column is the compared one: then Splink leaves out its comparison.
        first = (*scope, names[0])
        if legal:
            return [first, (*scope, f"{legal[0]}_serial")]
        if dates:
            # A nation has many people born on one day: with the place the rule stays small.
            places = [field.name for field in schema.fields if field.kind is FieldKind.PLACE]
            return [first, (dates[0], *places[:1])]
        return [first, (*scope, *(others or names[1:])[:1])]


def _places_at_once(small: str, large: str) -> Any:
    """One comparison of a place and of the larger one in which it lies; blank where neither can be compared."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    levels = [
        cll.And(cll.NullLevel(small), cll.NullLevel(large)).configure(is_null_level=True),
        cll.ExactMatchLevel(small, term_frequency_adjustments=True),
        cll.And(cll.JaroWinklerLevel(small, 0.9), cll.ExactMatchLevel(large)),
        cll.ExactMatchLevel(large, term_frequency_adjustments=True),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(output_column_name="places", comparison_levels=levels)


def _swap(one: Any, two: Any, swapped: Any) -> tuple[Any, Any]:
    import numpy as np

    return np.where(swapped, two, one), np.where(swapped, one, two)
