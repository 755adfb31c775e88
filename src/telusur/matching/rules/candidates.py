"""Which pairs are worth comparing: rows that share a cheap key, or the rarest runs of signs of a name. Pure; arrays.

Each family of keys stands on other fields, so that how many true pairs all of them miss can be estimated (`reach`).
Cost is near n log n: keys that too many rows share are left out, and what a family may cost is bounded by the row count.
Keys are named here as parts of fields; the engine of one office joins them as arrays, the others as tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from telusur.matching.rules.columns import WORDED, Columns, Each, FieldFacts, compared_fields, numbers_of, scope_field
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = [
    "INDEXED_ROWS", "MOST", "Candidates", "KeyRule", "families_of", "find_candidates", "indexed_field", "key_rules",
    "nearest_rows",
]  # fmt: skip

Ints = npt.NDArray[np.int64]
# A key that more left rows share is no key.
LARGEST_BLOCK: Final = 40
LARGEST_PAIR_BLOCK: Final = 12
# What a right row is compared with at most: those that the most families found.
MOST: Final = 30
NEAREST: Final = 8
# Products of shared runs, for each left row of a scope: what the index of runs may cost.
RUN_BUDGET: Final = 600
_FRACTION: Final = 8.0
_CORES: Final = 2
# Left rows that share less than this of what the nearest one shares are not near.
_NEAR: Final = 0.35


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
    if part in ("serial", "year"):
        return np.where(column.parts[part] > 0, column.parts[part], -1)
    if part in column.parts:
        return column.parts[part]
    if part == "start":
        return numbers_of((text[:4] for text in column.texts), len(column.texts))
    if part == "last":
        return numbers_of((text.rpartition(" ")[2] for text in column.texts), len(column.texts))
    place = 0 if part == "first_code" else -1
    return numbers_of((text.split(" ")[place] for text in column.codes), len(column.codes))


def join(left: Ints, right: Ints, largest: int) -> tuple[Ints, Ints]:
    """All pairs (left row, right row) of equal keys that at most `largest` left rows share; -1 joins nothing."""
    order = np.argsort(left)
    ordered = left[order]
    begin = np.searchsorted(ordered, right, side="left")
    counts = np.searchsorted(ordered, right, side="right") - begin
    counts[(right < 0) | (counts > largest)] = 0
    total = int(counts.sum())
    rights = np.repeat(np.arange(len(right)), counts)
    steps = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[np.repeat(begin, counts) + steps], rights


def nearest_rows(
    counts: sparse.csr_array, bits: npt.NDArray[np.float64], left_count: int, scope: Ints | None, rights: slice
) -> tuple[Ints, Ints]:
    """For each right row the left rows that share the most of their name's rare runs of signs, at most NEAREST.

    counts: rows × runs, left rows first. bits: each run's rarity. rights: the rows that seek; of one table with itself they
    are left rows, too. The answer for a right row does not depend on which others are there, nor on other scopes' rows.
    """
    n = left_count
    rows = np.repeat(np.arange(counts.shape[0], dtype=np.int32), np.diff(counts.indptr))
    # Of all runs that there could be a third occurs; numbered anew, those of each scope fit one array of counts.
    present = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]))
    if not len(present):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing
    place = np.zeros(counts.shape[1], dtype=np.int64)
    place[present] = np.arange(len(present))
    runs = place[counts.indices]
    if scope is not None:
        of_row = scope[rows]
        runs = np.where(of_row >= 0, of_row * len(present) + runs, -1)
    of_left = scope[:n] if scope is not None else np.zeros(n, dtype=np.int64)
    ids, rank = _affordable(runs, rows < n, len(present) if scope is not None else 0, of_left)
    taken = rank >= 0
    rows, runs = rows[taken], rank[taken]
    weights = np.rint(bits[present[ids % len(present)]] * _FRACTION).astype(np.int32)
    bounds = np.searchsorted(rows, np.arange(counts.shape[0] + 1))
    whole = sparse.csr_array((np.ones(len(rows), dtype=np.int32), runs, bounds), shape=(counts.shape[0], len(ids)))
    lefts = whole[:n].T.tocsr()
    lefts.data = weights[np.repeat(np.arange(lefts.shape[0]), np.diff(lefts.indptr))]
    itself = rights.start < n
    best = sp_matmul_topn(
        sparse.csr_matrix(whole[rights]), sparse.csr_matrix(lefts), NEAREST + itself, n_threads=_CORES
    )
    near = np.repeat(np.arange(best.shape[0], dtype=np.int64), np.diff(best.indptr))
    nearest = np.zeros(best.shape[0])
    np.maximum.at(nearest, near, best.data)
    kept = best.data >= _NEAR * nearest[near]
    return best.indices[kept].astype(np.int64), near[kept]


def _affordable(runs: Ints, is_left: npt.NDArray[np.bool_], width: int, of_left: Ints) -> tuple[Ints, Ints]:
    """The runs whose shared rows fit their scope's budget, rarest first, and for each value its place there, else -1.

    width: runs a scope; 0 without scopes. of_left: the left rows' scopes. Only left rows count, so that right rows may come
    in any number of parts.
    """
    size = int(runs.max(initial=0)) + 1
    lefts = np.bincount(runs[is_left & (runs >= 0)], minlength=size)
    shared = np.flatnonzero(lefts)
    cost = lefts[shared] * lefts[shared]
    scope = shared // width if width else np.zeros(len(shared), dtype=np.int64)
    order = np.lexsort((cost, scope))
    spent = np.cumsum(cost[order])
    first = np.searchsorted(scope[order], scope[order])
    within = spent - (spent - cost[order])[first]
    rows = np.bincount(of_left[of_left >= 0], minlength=int(scope.max(initial=0)) + 1)
    fits = within <= RUN_BUDGET * np.maximum(rows[scope[order]], 200)
    kept = np.sort(shared[order[fits]])
    rank = np.full(size, -1, dtype=np.int64)
    rank[kept] = np.arange(len(kept))
    place = rank[runs]
    place[runs < 0] = -1
    return kept, place


def find_candidates(columns: Columns, schema: Schema, each: Each = map) -> Candidates:
    """The pairs to compare. Of one table with itself each pair once, its lower row number on the left.

    The index of runs stands on the first field of words; the other fields' keys are what finds the pairs it misses.
    """
    n = columns.left_count
    rights = slice(0, n) if schema.itself else slice(n, columns.row_count)
    rules = key_rules(schema, {name: column.facts for name, column in columns.by_field.items()})
    indexed = indexed_field(schema, n)
    families = families_of(rules, indexed)
    sought = list(dict.fromkeys(part for rule in rules for part in (*rule.left, *rule.right)))
    parts = dict(zip(sought, each(lambda named: _part(columns, *named), sought), strict=True))
    scoped = () if columns.scope is None else (columns.scope,)

    def key(named: Sequence[tuple[str, str]], inside: bool, rows: slice) -> Ints:
        return _combine(*(part[rows] for part in (*(parts[each] for each in named), *(scoped if inside else ()))))

    def join_key(rule: KeyRule) -> tuple[str, Ints, Ints]:
        lefts, of = key(rule.left, rule.scoped, slice(0, n)), key(rule.right, rule.scoped, rights)
        return rule.family, *join(lefts, of, rule.largest)

    def nearest(field: Field) -> tuple[str, Ints, Ints]:
        column = columns.by_field[field.name]
        assert column.counts is not None and column.run_bits is not None
        return field.name, *nearest_rows(column.counts, column.run_bits, n, columns.scope, rights)

    tasks = [*([partial(nearest, indexed)] if indexed else []), *(partial(join_key, rule) for rule in rules)]
    found: list[Ints] = []
    marks: list[Ints] = []
    for family, lefts, of in each(lambda task: task(), tasks):
        if schema.itself:
            other = lefts != of
            lefts, of = np.minimum(lefts, of)[other], np.maximum(lefts, of)[other]
        found.append((of << 32) | lefts)
        marks.append(np.full(len(lefts), 1 << families.index(family), dtype=np.int64))
    return _union(found, marks, families)


def _union(found: Sequence[Ints], marks: Sequence[Ints], families: Sequence[str]) -> Candidates:
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return Candidates(nothing, nothing, nothing, tuple(families))
    packed, bits = np.concatenate(found), np.concatenate(marks)
    order = np.argsort(packed, kind="stable")
    packed, bits = packed[order], bits[order]
    first = np.flatnonzero(np.diff(packed, prepend=-1))
    merged = np.bitwise_or.reduceat(bits, first) if len(first) else bits
    packed = packed[first]
    left, right = packed & 0xFFFFFFFF, packed >> 32
    if not len(right) or np.bincount(right).max() <= MOST:
        return Candidates(left, right, merged, tuple(families))
    best = np.lexsort((left, -np.bitwise_count(merged).astype(np.int64), right))
    begin = np.searchsorted(right, right)
    kept = np.sort(best[np.arange(len(best)) - begin < MOST])
    return Candidates(left[kept], right[kept], merged[kept], tuple(families))
