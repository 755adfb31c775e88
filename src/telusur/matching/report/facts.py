"""What a report shows of a result: pairs picked as examples, counts by weight and by probability. No words, no markup.

In: a `LinkResult` and the two tables. Out: frozen values. Examples are picked evenly over a
band, the same for the same result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.matching.ports import LinkedPair, LinkResult, Table
from telusur.matching.rules.explain import Line

__all__ = ["BANDS", "Band", "Explain", "Rows", "WeightBin", "bands", "level_examples", "weight_bins"]

# Probability bands, surest first; the last ends at the review threshold, whatever that is.
BANDS = ((0.99, 1.0), (0.95, 0.99), (0.75, 0.95), (0.5, 0.75), (0.25, 0.5), (0.0, 0.25))
_SHOWN_A_BAND = 3
# Pairs looked through for an example of each level: beyond these a level is too rare to wait for.
_MOST_SEARCHED = 300_000
_MOST_BINS = 120


Explain = Callable[[LinkedPair], Sequence[Line]]


class WeightBin(NamedTuple):
    """How many pairs weigh [weight, weight + 1) bits. decision: of most of them: match, review or no."""

    weight: int
    pairs: int
    decision: str


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs of a band of probability. expected: their summed probability."""

    low: float
    high: float
    count: int
    expected: float
    examples: Sequence[LinkedPair]


class Rows:
    """Looks a row's values up by its id."""

    def __init__(self, table: Table) -> None:
        self._columns = table.columns
        self._place = {row_id: place for place, row_id in enumerate(table.ids)}

    def value(self, row_id: str, column: str) -> str:
        """One cell; "" where nothing is stated."""
        return self._columns[column][self._place[row_id]]

    def values(self, row_id: str) -> Mapping[str, str]:
        """A row by column."""
        place = self._place[row_id]
        return {label: values[place] for label, values in self._columns.items()}


def weight_bins(result: LinkResult) -> tuple[WeightBin, ...]:
    """The histogram, lowest weight first, without gaps; the far ends are gathered in the outermost bins."""
    if not result.histogram:
        return ()
    decided: dict[int, Counter[str]] = {}
    for pair in result.pairs:
        decided.setdefault(int(pair.weight // 1), Counter())[pair.decision] += 1
    low, high = min(result.histogram), max(result.histogram)
    low, high = max(low, high - _MOST_BINS), high
    bins = []
    for weight in range(low, high + 1):
        inside = [each for each in result.histogram if each == weight or (weight == low and each < low)]
        count = sum(result.histogram[each] for each in inside)
        seen = sum((decided.get(each, Counter()) for each in inside), Counter())
        seen["no"] = max(count - seen["match"] - seen["review"], 0)
        # Of equal counts the one that a person should know of.
        bins.append(WeightBin(weight, count, max(("review", "match", "no"), key=lambda each: seen[each])))
    return tuple(bins)


def bands(pairs: Sequence[LinkedPair]) -> tuple[Band, ...]:
    """The bands that have pairs, surest first. pairs: most probable first."""
    found = []
    for low, high in BANDS:
        inside = [pair for pair in pairs if low <= pair.probability < high or pair.probability == high == 1.0]
        if inside:
            step = max(1, (len(inside) - 1) // max(1, _SHOWN_A_BAND - 1))
            expected = sum(pair.probability for pair in inside)
            found.append(Band(low, high, len(inside), expected, tuple(inside[::step][:_SHOWN_A_BAND])))
    return tuple(found)


def level_examples(result: LinkResult) -> Mapping[tuple[int, int], LinkedPair]:
    """The most probable pair that shows a level, by (line of the model, level)."""
    found: dict[tuple[int, int], LinkedPair] = {}
    wanted = sum(len(line.levels) for line in result.model.fields)
    for pair in result.pairs[:_MOST_SEARCHED]:
        for line, level in enumerate(pair.levels):
            if level >= 0:
                found.setdefault((line, level), pair)
        if len(found) == wanted:
            break
    return found
