"""A pair's score in lines, from the levels that the engine already saw: no value is compared again.

In: the model and a pair. Out: a line for each comparison that both rows state, the heaviest first. It is what stands in the
column `reasons` of an output file. It names levels and no values, so that a file of ids holds nobody's name or birth date;
the report and the clerk's desk quote the values (`rules.explain`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telusur.matching.ports import LinkedPair
from telusur.matching.rules.explain import Line
from telusur.matching.rules.model import Model
from telusur.words.reason import Reason

__all__ = ["explainer", "joined"]

# Bits that a value's rarity must add before it is worth a word.
_RARE = 1.0


def explainer(model: Model) -> Callable[[LinkedPair], tuple[Line, ...]]:
    """The function that explains the model's pairs: field (or "field:digits"), reason, bits with the value's rarity."""
    weights = [[level.weight for level in line.levels] for line in model.fields]
    plain = [
        [Reason("link_level", "{level}", {"level": level.label}) for level in line.levels] for line in model.fields
    ]
    rare = [
        [Reason("link_level_rare", "{level}, nilai yang langka", {"level": level.label}) for level in line.levels]
        for line in model.fields
    ]
    names = [line.field for line in model.fields]

    def explain(pair: LinkedPair) -> tuple[Line, ...]:
        lines = [
            Line(
                names[place],
                (rare if pair.rarity[place] >= _RARE else plain)[place][level],
                weights[place][level] + pair.rarity[place],
            )
            for place, level in enumerate(pair.levels)
            if level >= 0
        ]
        lines.sort(key=lambda each: -abs(each.weight))
        return tuple(lines)

    return explain


def joined(lines: Sequence[Line]) -> str:
    """The lines as one cell: "nama: sama, nilai yang langka +9.2 · kecamatan: tempat lain -2.1"."""
    return " · ".join(f"{each.field}: {each.says.sentence()} {each.weight:+.1f}" for each in lines)
