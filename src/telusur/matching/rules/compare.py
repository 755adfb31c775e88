"""How two rows agree, field by field, in levels: the same, nearly, in part, not at all; or nothing is stated. Pure; arrays.

Words are told from word order, joined words, acronyms and likeness by rare runs of signs; a name's digits and its kind are
compared apart; a legal number as structure, since one digit off is not one word off; a place only where no finer place
agrees already. Labels are what the explanation and the report call a level.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.columns import NAMES, Column, Columns, holds_addresses
from telusur.matching.rules.crowd import alike_levels
from telusur.matching.rules.implied import contexts_of, silence_implied, tell_beside
from telusur.matching.rules.levels import LABELS, Compared, Comparison
from telusur.matching.rules.name_levels import NameLevel
from telusur.matching.rules.schema import FieldKind
from telusur.matching.rules.slots import SLOTS, slot_levels
from telusur.matching.rules.texts import text_levels
from telusur.matching.rules.values import FAR, VALUE_LINES, missing
from telusur.matching.rules.wording import name_levels

__all__ = ["LABELS", "Compared", "Comparison", "compare", "comparisons", "other_numbers"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Short = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]

_OTHER: Final = len(LABELS["text"]) - 1
# Levels of numbers with one serial and year, and one digit apart.
_SERIAL_ALIKE: Final = (1, 3)
# The last level of a line that still speaks for a pair.
_SPEAKS: Final = {"place": 1, "text": 8, "legal_number": 3, "date": 2, "code": 1}
_NUMBERS: Final = ("legal_number", "code")
_OTHER_NUMBERS: Final = 2


def comparisons(columns: Columns) -> list[Comparison]:
    """The lines of a score, in the order of the schema; finer places before coarser ones."""
    out: list[Comparison] = []
    contexts = contexts_of({column.field.kind for column in columns.by_field.values()})
    places = [c for c in columns.by_field.values() if c.field.kind is FieldKind.PLACE]
    finest_first = iter(sorted(places, key=lambda c: -c.facts.distinct_count))
    for name, column in columns.by_field.items():
        kind = column.field.kind
        if kind is FieldKind.PLACE:
            finer = next(finest_first)
            place = Comparison(finer.field.name, finer.field.name, kind.value, kind, _alone(columns, finer))
            out.append(place)
            out += [place._replace(name=f"{place.field}:{beside}", beside=beside) for beside in contexts]
            if finer.field.neighbours:
                out.append(Comparison(f"{place.field}:near", place.field, "near", kind, within=True))
            continue
        out.append(Comparison(name, name, kind.value, kind, _alone(columns, column)))
        if kind in (FieldKind.COOPERATIVE, FieldKind.ORGANISATION, FieldKind.TEXT):
            out.append(Comparison(f"{name}:digits", name, "digits", kind))
        if kind is FieldKind.LEGAL_NUMBER:
            out.append(Comparison(f"{name}:series", name, "series", kind, within=True))
        if holds_addresses(column.field):
            out += [Comparison(f"{name}:{slot}", name, slot, kind, within=True) for slot in SLOTS]
        if column.code_words is not None:
            out.append(Comparison(f"{name}:codes", name, "codes", kind))
        if kind in (FieldKind.COOPERATIVE, FieldKind.ORGANISATION):
            out.append(Comparison(f"{name}:kind", name, "kind", kind))
    return out


def _alone(columns: Columns, column: Column) -> float:
    """Within a scope both rows are taken out of the count, see `share_of`."""
    return 0.0 if columns.scope is not None else 1.0 / max(column.facts.stated_count, 1)


def compare(columns: Columns, left: Ints, right: Ints) -> Compared:
    """Levels of the pairs of these rows (both counted in the joint sequence)."""
    asked = comparisons(columns)
    places = [column for column in columns.by_field.values() if column.field.kind is FieldKind.PLACE]
    levels = np.empty((len(left), len(asked)), dtype=np.int8)
    chance = np.full((len(left), len(asked)), np.nan, dtype=np.float32)

    fields = [columns.by_field[comparison.field] for comparison in asked]
    addresses = [
        at for at, (line, column) in enumerate(zip(asked, fields, strict=True))
        if places and line.labels == "text" and holds_addresses(column.field)
    ]  # fmt: skip
    for at, comparison in enumerate(asked):
        if comparison.beside or comparison.within or at in addresses:
            levels[:, at] = -1
        elif comparison.labels not in NAMES:
            levels[:, at] = _LINES[comparison.labels](fields[at], left, right)
    if addresses:
        told = _something_speaks(asked, levels) | _same_names(columns, left, right)
        for at in addresses:
            levels[:, at] = _addresses(fields[at], left, right, told)
    speaks = _something_speaks(asked, levels)
    for at, comparison in enumerate(asked):
        if comparison.labels in NAMES:
            levels[:, at], chance[:, at] = _names(fields[at], places, left, right, speaks)
    _tell_slots(columns, asked, levels, left, right)
    silence_implied(asked, levels)
    _tell_series(columns, asked, levels, left, right)
    _tell_neighbours(columns, asked, levels, left, right)
    tell_beside(asked, levels)
    for at, (comparison, column) in enumerate(zip(asked, fields, strict=True)):
        if comparison.labels == "kind":
            same = levels[:, at] == 0
            chance[same, at] = column.facts.kind_share(column.parts["kind"][left[same]])
        if comparison.name != comparison.field and not comparison.beside:
            continue
        same = levels[:, at] == 0
        chance[same, at] = column.share[left[same]]
        if column.sorted_share is not None:
            same = levels[:, at] == 1
            chance[same, at] = column.sorted_share[left[same]]
        if column.crowd is not None:
            _tell_crowd(column, asked, at, Compared(levels, chance), left, right)
    return Compared(levels, chance)


def _something_speaks(asked: Sequence[Comparison], levels: Levels) -> Flags:
    """Whether anything beside a name speaks for these pairs. Where nothing could, or names are several, no pair is passed
    by. Of places the finest that both state is asked."""
    others = [at for at, comparison in enumerate(asked) if comparison.labels in _SPEAKS and not comparison.beside]
    if not others or sum(comparison.labels in NAMES for comparison in asked) > 1:
        return np.ones(len(levels), dtype=np.bool_)
    out, is_placed = np.zeros(len(levels), dtype=np.bool_), np.zeros(len(levels), dtype=np.bool_)
    for at in others:
        stated, is_place = levels[:, at] >= 0, asked[at].kind is FieldKind.PLACE
        agrees = stated & (levels[:, at] <= _SPEAKS[asked[at].labels])
        out |= agrees & ~is_placed if is_place else agrees
        if is_place:
            is_placed |= stated
    return out


def _addresses(column: Column, left: Ints, right: Ints, told: Flags) -> Levels:
    """Addresses of pairs of which something tells that they may be one; those of others are others. An address is dear, and
    without the place in which it lies it says nothing."""
    levels = np.full(len(left), _OTHER, dtype=np.int8)
    levels[missing(column, left, right)] = -1
    asked = np.flatnonzero(told & (levels >= 0))
    levels[asked] = _texts(column, left[asked], right[asked])
    return levels


def _same_names(columns: Columns, left: Ints, right: Ints) -> Flags:
    """Whether a name of these pairs has the same words or the same letters."""
    out = np.zeros(len(left), dtype=np.bool_)
    for column in columns.by_field.values():
        if column.field.kind in NAMES:
            for part in ("sorted", "compact"):
                out |= column.parts[part][left] == column.parts[part][right]
    return out


def other_numbers(asked: Sequence[Comparison], field: str, levels: Levels) -> Flags:
    """Of pairs of these levels, whether the numbers in the field's texts are others; of a kind without numbers none are."""
    digits = [line for line, comparison in enumerate(asked) if comparison.name == f"{field}:digits"]
    out: Flags = levels[:, digits].max(axis=1, initial=-1) == _OTHER_NUMBERS
    return out


def _tell_crowd(column: Column, asked: Sequence[Comparison], at: int, told: Compared, left: Ints, right: Ints) -> None:
    """Of names that are alike, how many of the list's other rows are as alike."""
    levels, chance = told
    assert column.crowd is not None
    seen = levels[:, at].astype(np.int64)
    levels_alike = alike_levels(asked[at].level_count)
    alike = (seen >= levels_alike.start) & (seen < levels_alike.stop)
    others = other_numbers(asked, column.field.name, levels)
    around = column.crowd.around(left[alike], right[alike], others[alike], seen[alike])
    # Of names it is known, too, how rare the words are that they share: two witnesses, of whom neither is believed alone.
    words = chance[alike, at]
    chance[alike, at] = np.where(words == words, np.sqrt(words * around), around)


def _tell_slots(columns: Columns, asked: Sequence[Comparison], levels: Levels, left: Ints, right: Ints) -> None:
    """The parts of addresses that are alike, of pairs whose names are no strangers and whom no number joins already: reading
    them is dear. What the parts say, the numbers and marks of the whole need not say again."""
    lines = {comparison.name: at for at, comparison in enumerate(asked)}
    names = [at for at, comparison in enumerate(asked) if comparison.labels in NAMES]
    numbers = [at for at, comparison in enumerate(asked) if comparison.labels in _NUMBERS]
    open_ = (levels[:, names] <= NameLevel.RARE_OTHER).all(axis=1) & (levels[:, numbers] != 0).all(axis=1)
    for name, column in columns.by_field.items():
        if not holds_addresses(column.field):
            continue
        whole = levels[:, lines[name]]
        parts = slot_levels(column, left, right, np.where(open_, whole, -1))
        levels[:, [lines[f"{name}:{slot}"] for slot in SLOTS]] = parts
        told = (parts[:, 1:] >= 0).any(axis=1)
        for part in ("digits", "codes"):
            if f"{name}:{part}" in lines:
                levels[told, lines[f"{name}:{part}"]] = -1


def _tell_neighbours(columns: Columns, asked: Sequence[Comparison], levels: Levels, left: Ints, right: Ints) -> None:
    """Of places that differ, whether they lie side by side."""
    lines = {comparison.name: at for at, comparison in enumerate(asked)}
    for at, comparison in enumerate(asked):
        if comparison.labels != "near":
            continue
        column = columns.by_field[comparison.field]
        known, texts = frozenset(column.field.neighbours), column.texts
        for pair in np.flatnonzero(levels[:, lines[comparison.field]] == FAR).tolist():
            one, other = texts[left[pair]], texts[right[pair]]
            levels[pair, at] = int(((one, other) if one <= other else (other, one)) not in known)


def _tell_series(columns: Columns, asked: Sequence[Comparison], levels: Levels, left: Ints, right: Ints) -> None:
    """Of numbers with one serial and year, or one digit apart in a year, whether one office gave both in one series. Where
    the years differ the series says nothing: offices begin anew."""
    lines = {comparison.name: at for at, comparison in enumerate(asked)}
    for at, comparison in enumerate(asked):
        if comparison.labels != "series":
            continue
        parts = columns.by_field[comparison.field].parts
        same_office = parts["office"][left] == parts["office"][right]
        same_family = parts["family"][left] == parts["family"][right]
        told = np.where(~same_family, 2, np.where(same_office, 0, 1))
        asked_of = np.isin(levels[:, lines[comparison.field]], _SERIAL_ALIKE)
        levels[asked_of, at] = told[asked_of]


def _worded(column: Column, left: Ints, right: Ints, other: int) -> tuple[Levels, Ints]:
    """Levels that numbers alone tell, and the pairs that are left open, which are on the last level: `other`."""
    parts = column.parts
    levels = np.full(len(left), other, dtype=np.int8)
    levels[(parts["acronym"][left] == parts["single"][right]) & (parts["acronym"][left] >= 0)] = 2
    levels[(parts["single"][left] == parts["acronym"][right]) & (parts["single"][left] >= 0)] = 2
    levels[(parts["sorted"][left] == parts["sorted"][right]) | (parts["compact"][left] == parts["compact"][right])] = 1
    levels[column.code[left] == column.code[right]] = 0
    levels[missing(column, left, right)] = -1
    return levels, np.flatnonzero(levels == other)


def _names(
    column: Column, places: Sequence[Column], left: Ints, right: Ints, speaks: Flags
) -> tuple[Levels, npt.NDArray[np.float32]]:
    levels, open_ = _worded(column, left, right, NameLevel.OTHER)
    chance = np.full(len(left), np.nan, dtype=np.float32)
    levels[open_], chance[open_] = name_levels(column, places, left[open_], right[open_], speaks[open_])
    return levels, chance


def _texts(column: Column, left: Ints, right: Ints) -> Levels:
    levels, open_ = _worded(column, left, right, _OTHER)
    levels[open_] = text_levels(column, left[open_], right[open_])
    return levels


_LINES: Final[dict[str, Callable[[Column, Ints, Ints], Levels]]] = {**VALUE_LINES, "text": _texts}
