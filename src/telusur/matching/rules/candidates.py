"""Which pairs are worth comparing: rows that share a cheap key, or the rarest runs of signs of a name. Pure; arrays.

Each family of keys stands on other fields, so that how many true pairs all of them miss can be estimated (`reach`).
Cost is near n log n: keys that too many rows share are left out, and what a family may cost is bounded by the row count.
Keys are named here as parts of fields; the engine of one office joins them as arrays, the others as tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.columns import WORDED, Columns, FieldFacts, compared_fields, scope_field
from telusur.matching.rules.hands import Hands, share_out
from telusur.matching.rules.nearest import nearest_rows
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = [
    "INDEXED_ROWS", "MOST", "Candidates", "KeyRule", "families_of", "find_candidates", "indexed_field", "key_rules",
]  # fmt: skip

Ints = npt.NDArray[np.int64]
# A key that more left rows share is no key.
LARGEST_BLOCK: Final = 40
LARGEST_PAIR_BLOCK: Final = 12
# What a right row is compared with at most: those that the most families found.
MOST: Final = 30

# Without a scope more left rows than these are found by keys alone: an index of runs over a nation, whose affordable runs
# are the rarest alone, finds little that keys do not, and must be held whole.
INDEXED_ROWS: Final = 400_000


class KeyRule(NamedTuple):
    """A cheap key: rows that state all its parts alike. family: the field (or fields) on which it stands. left, right: parts
    as (field's name, part), which differ where a left part is sought in another right one (an acronym, a single word).
    scoped: the scope is a part. largest: left rows that may share it; more, and it is no key."""

    family: str
    left: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...]
    scoped: bool
    largest: int


class Candidates(NamedTuple):
    """Pairs of row numbers (right ones counted from 0), ordered by right row, then left. found_by: a bit a family."""

    left: Ints
    right: Ints
    found_by: Ints
    families: Sequence[str]


def _combine(*parts: Ints) -> Ints:
    """One number for several; -1 where any is -1. A mix of 64 bits: a collision only adds a candidate."""
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    missing = np.zeros(len(parts[0]), dtype=bool)
    for part in parts:
        missing |= part < 0
        mixed = (mixed ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    whole = (mixed >> np.uint64(2)).astype(np.int64)
    whole[missing] = -1
    return whole


def _rules_of_field(field: Field, facts: FieldFacts, scoped: bool) -> Iterator[KeyRule]:
    name = field.name

    def rule(*parts: str, inside: bool = scoped) -> KeyRule:
        named = tuple((name, part) for part in parts)
        return KeyRule(name, named, named, inside, LARGEST_BLOCK)

    if field.kind is FieldKind.CODE:
        yield rule("code", inside=False)
    elif field.kind is FieldKind.LEGAL_NUMBER:
        yield rule("code", inside=False)
        yield rule("serial", "year")
        yield rule("serial", "office")
    elif field.kind in WORDED:
        yield rule("sorted")
        yield rule("compact")
        if field.kind in (FieldKind.COOPERATIVE, FieldKind.ORGANISATION):
            for one, other in (("acronym", "single"), ("single", "acronym")):
                yield rule(one)._replace(right=((name, other),))
        if facts.coded:
            yield rule("first_code")
            yield rule("last_code")


_ROUGH: Final = (FieldKind.PLACE, FieldKind.CATEGORY)


def key_rules(schema: Schema, facts: Mapping[str, FieldFacts]) -> list[KeyRule]:
    """Every cheap key that the fields give: exact values that are rare enough, and two fields together.

    Words with a place are a key only where there is no scope: inside one the index of runs finds them.
    """
    scoped = scope_field(schema) is not None
    fields = compared_fields(schema)
    plain = [field for field in fields if field.kind not in WORDED and not _is_key(field, facts[field.name])]
    selective = [field for field in plain if not scoped or field.kind not in _ROUGH]

    def both(one: tuple[str, str], other: tuple[str, str]) -> KeyRule:
        return KeyRule(f"{one[0]}+{other[0]}", (one, other), (one, other), scoped, LARGEST_PAIR_BLOCK)

    out = [rule for field in fields for rule in _rules_of_field(field, facts[field.name], scoped)]
    worded = [field for field in fields if field.kind in WORDED]
    # An address with a day finds next to nothing that a name with that day does not.
    named = [field for field in worded if field.kind is not FieldKind.TEXT] or worded
    for field in named:
        for other in selective:
            out += [both((field.name, part), (other.name, "code")) for part in ("start", "last")]
    for one, two in combinations(plain, 2):
        if one.kind not in _ROUGH or two.kind not in _ROUGH:
            out.append(both((one.name, "code"), (two.name, "code")))
    return out


def _is_key(field: Field, facts: FieldFacts) -> bool:
    return field.kind is FieldKind.LEGAL_NUMBER or (field.kind is FieldKind.CODE and facts.tells_alone)


def indexed_field(schema: Schema, left_count: int) -> Field | None:
    """The field whose runs of signs are indexed: the first of words; none where the left table is too large for it."""
    if scope_field(schema) is None and left_count > INDEXED_ROWS:
        return None
    return next((field for field in compared_fields(schema) if field.kind in WORDED), None)


def families_of(rules: Sequence[KeyRule], indexed: Field | None) -> list[str]:
    """The families in the order of their bits in `Candidates.found_by`."""
    return list(dict.fromkeys([*([indexed.name] if indexed else []), *(rule.family for rule in rules)]))


def _part(columns: Columns, name: str, part: str) -> Ints:
    """The numbers of a field's part, one a row; -1 where there is none."""
    column = columns.by_field[name]
    if part == "code":
        return column.code
    numbers = column.parts[part]
    return np.where(numbers > 0, numbers, -1) if part in ("serial", "year") else numbers


def join(left: Ints, right: Ints, largest: int) -> tuple[Ints, Ints]:
    """All pairs (left row, right row) of equal keys that at most `largest` left rows share; -1 joins nothing."""
    # Sorted keys are sought in sorted keys, so that neighbours lie near each other in memory.
    order, sought = _by_key(left), _by_key(right)
    ordered, keys = left[order], right[sought]
    begin = np.searchsorted(ordered, keys, side="left")
    counts = np.searchsorted(ordered, keys, side="right") - begin
    counts[counts > largest] = 0
    steps = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[np.repeat(begin, counts) + steps], np.repeat(sought, counts)


def _by_key(keys: Ints) -> Ints:
    """The rows that have a key, in the order of their keys."""
    stated = np.flatnonzero(keys >= 0)
    return stated[np.argsort(keys[stated])]


def find_candidates(columns: Columns, schema: Schema, hands: Hands) -> Candidates:
    """The pairs to compare. Of one table with itself each pair once, its lower row number on the left.

    The index of runs stands on the first field of words; the other fields' keys are what finds the pairs it misses.
    """
    n = columns.left_count
    rights = slice(0, n) if schema.itself else slice(n, columns.row_count)
    rules = key_rules(schema, {name: column.facts for name, column in columns.by_field.items()})
    indexed = indexed_field(schema, n)
    families = families_of(rules, indexed)
    sought = list(dict.fromkeys(part for rule in rules for part in (*rule.left, *rule.right)))
    parts = {named: _part(columns, *named) for named in sought}
    scoped = () if columns.scope is None else (columns.scope,)

    def packed(family: str, lefts: Ints, of: Ints) -> Ints:
        if schema.itself:
            other = lefts != of
            lefts, of = np.minimum(lefts, of)[other], np.maximum(lefts, of)[other]
        return ((of * n + lefts) << _family_bits(families)) | families.index(family)

    def key(named: Sequence[tuple[str, str]], inside: bool, rows: slice) -> Ints:
        return _combine(*(part[rows] for part in (*(parts[each] for each in named), *(scoped if inside else ()))))

    def join_key(at: int) -> Ints:
        rule = rules[at]
        lefts, of = key(rule.left, rule.scoped, slice(0, n)), key(rule.right, rule.scoped, rights)
        return packed(rule.family, *join(lefts, of, rule.largest))

    found = []
    if indexed is not None:
        column = columns.by_field[indexed.name]
        assert column.counts is not None and column.run_bits is not None
        near = nearest_rows(column.counts, column.run_bits, n, columns.scope, rights, hands=hands)
        found.append(packed(indexed.name, *near))
    return _union([*found, *share_out(hands, join_key, len(rules))()], families, n)


def _family_bits(families: Sequence[str]) -> int:
    return max(len(families) - 1, 1).bit_length()


def _union(found: Sequence[Ints], families: Sequence[str], left_count: int) -> Candidates:
    """Each pair once with a bit for each family that found it. found: right row, left row and family as one number."""
    nothing = np.zeros(0, dtype=np.int64)
    if not sum(map(len, found)):
        return Candidates(nothing, nothing, nothing, tuple(families))
    width = _family_bits(families)
    packed = np.concatenate(found)
    packed.sort()
    bits = np.int64(1) << (packed & ((1 << width) - 1))
    packed >>= width
    first = np.flatnonzero(np.append(True, packed[1:] != packed[:-1]))
    merged = np.bitwise_or.reduceat(bits, first)
    right, left = np.divmod(packed[first], left_count)
    crowded = np.flatnonzero((np.bincount(right) > MOST)[right])
    if not len(crowded):
        return Candidates(left, right, merged, tuple(families))
    best = crowded[np.lexsort((left[crowded], -np.bitwise_count(merged[crowded]).astype(np.int64), right[crowded]))]
    place = np.arange(len(best)) - np.searchsorted(right[best], right[best])
    kept = np.ones(len(right), dtype=bool)
    kept[best[place >= MOST]] = False
    return Candidates(left[kept], right[kept], merged[kept], tuple(families))
