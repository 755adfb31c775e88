"""A table's rows made ready for comparison: for each field arrays of equal length, numbers in place of texts. Pure.

The rows of both tables stand in one sequence, left ones first, so that equal values have equal numbers. What depends on
the whole (how often a value stands, how rare a run of signs is) is `FieldFacts` and `Counted`; both can be handed in, so
that a part of the rows is compared as the whole would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

from telusur.matching.rules import kinds
from telusur.matching.rules.column_labels import read_label
from telusur.matching.rules.counts import (
    Counted,
    Grouped,
    count_values,
    counted_groups,
    grouped,
    share_of,
    told_by_words,
)
from telusur.matching.rules.crowd import Crowd
from telusur.matching.rules.draw import drawn, least_of
from telusur.matching.rules.letters import LAST_ASCII, Bags, Spelt, Words, bags_of, numbers_of, read_words, spell
from telusur.matching.rules.schema import Field, FieldKind, Schema
from telusur.matching.rules.trigrams import run_weights, runs_of, unit_rows, word_bits

__all__ = [
    "NAMES", "RUN_TEXTS", "WORDED", "Column", "Columns", "FieldFacts", "Normal", "Numbered", "Spelled", "column_of",
    "compared_fields", "holds_addresses", "normalise", "number_field", "rarity_of_runs", "scope_field",
]  # fmt: skip

Ints = npt.NDArray[np.int64]
# Names are compared word by word; texts by their runs of signs alone.
NAMES: Final = frozenset({FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.COOPERATIVE})
WORDED: Final = NAMES | {FieldKind.TEXT}
T = TypeVar("T")
# Different texts that tell how rare a run of signs is; of more, a sample tells as well.
RUN_TEXTS: Final = 60_000

# A field's normal values: name of the part → one text or number a row.
Normal = Mapping[str, list[Any]]


class FieldFacts(NamedTuple):
    """What all rows of both tables show of a field: all that a part of the rows must know to be compared as the whole is.

    stated_count: rows that state it. distinct_count: different values among them. coded: whether any row has a word of
    letters and digits. run_bits: the rarity of each run of signs, of fields of words. kinds, kind_counts: of names, each
    kind's number, rising, and how many rows have it. crowd: of a name that is matched by alone, see `crowding`.
    """

    stated_count: int
    distinct_count: int
    coded: bool = False
    run_bits: npt.NDArray[np.float64] | None = None
    kinds: Ints = np.zeros(0, dtype=np.int64)
    kind_counts: Ints = np.zeros(0, dtype=np.int64)
    crowd: Crowd | None = None

    def kind_share(self, kind: Ints) -> npt.NDArray[np.float64]:
        """For each of these kinds the share of rows of its kind among those that have one."""
        if not len(self.kinds):
            return np.ones(len(kind))
        at = np.minimum(np.searchsorted(self.kinds, kind), len(self.kinds) - 1)
        out: npt.NDArray[np.float64] = (
            np.where(self.kinds[at] == kind, self.kind_counts[at], 1) / self.kind_counts.sum()
        )
        return out

    @property
    def tells_alone(self) -> bool:
        """Whether values are so different that a value alone is a key."""
        return self.distinct_count > 0.4 * self.stated_count


class Spelled(NamedTuple):
    """A field of words letter by letter."""

    spelt: Spelt
    words: Words


class Numbered(NamedTuple):
    """A field's rows as numbers, before what depends on the whole. parts: see Column, and `code`. counted, sorted_counted:
    None where the rows at hand are all there are. spelled: of fields of words; None where it is still to be read. typed: of
    addresses, the texts as they came."""

    parts: Mapping[str, Ints]
    texts: Sequence[str]
    codes: Sequence[str] = ()
    counted: Counted | None = None
    sorted_counted: Counted | None = None
    spelled: Spelled | None = None
    typed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One field's rows as numbers. stated: whether a row states the field. code: number of the normal value, -1 for none.

    parts: further numbers by name (`sorted`, `digits`, `kind`, `acronym`, `compact`, `serial`, `year`, `day`, …).
    share: for each row, how likely another row of its scope states the same value by chance; sorted_share: the same words.
    counts: rows × runs of signs, how often, for fields of words; run_bits: each run's rarity. runs: counts of unit length,
    of texts; words, word_bits: each row's words and the rarity of each, of names; of places each value's words. bags: each
    row's letters, where they are compared. codes, code_words: words of letters and digits (rows × such words). texts: the
    normal texts; typed: of addresses, as they came. crowd: of a name that is matched by alone, row by row.
    """

    field: Field
    facts: FieldFacts
    stated: npt.NDArray[np.bool_]
    code: Ints
    share: npt.NDArray[np.float64]
    parts: Mapping[str, Ints]
    texts: Sequence[str]
    sorted_share: npt.NDArray[np.float64] | None = None
    counts: sparse.csr_array | None = None
    run_bits: npt.NDArray[np.float64] | None = None
    runs: sparse.csr_array | None = None
    words: Words | None = None
    word_bits: npt.NDArray[np.float32] | None = None
    bags: Bags | None = None
    codes: Sequence[str] = ()
    code_words: sparse.csr_array | None = None
    typed: Sequence[str] = ()
    crowd: Crowd | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """All fields of both tables. left_count: rows of the left table; the right ones follow. scope: code of the field in
    which candidates must agree, -1 where none is stated; None where the schema has none."""

    by_field: Mapping[str, Column]
    left_count: int
    row_count: int
    scope: Ints | None


def _each(read: Callable[[str], T], texts: Iterable[str]) -> list[T]:
    """`read` of every text; equal texts are read once."""
    known: dict[str, T] = {}
    out: list[T] = []
    for text in texts:
        value = known.get(text)
        if value is None:
            value = known[text] = read(text)
        out.append(value)
    return out


def holds_addresses(field: Field) -> bool:
    """Whether the field's texts are addresses, of which the parts are compared."""
    return field.kind is FieldKind.TEXT and read_label(field.left).concept == "address"


def normalise(field: Field, texts: Sequence[str]) -> Normal:
    """The normal values of a field's cells: what every engine computes once a row, and keeps."""
    kind = field.kind
    if kind in WORDED:
        read = _each(kinds.worded_reader(kind.value, frozenset(field.habits)), texts)
        return ({"typed": list(texts)} if holds_addresses(field) else {}) | {
            "text": [value.words for value in read],
            "sorted": [value.sorted_words for value in read],
            "digits": [value.digits for value in read],
            "kind": [value.kind for value in read],
            "acronym": [value.acronym for value in read],
            "codes": [value.codes for value in read],
            "by_place": [value.by_place for value in read],
        }
    if kind is FieldKind.LEGAL_NUMBER:
        numbers = _each(kinds.read_legal, texts)
        return {
            "text": [number.key for number in numbers],
            "serial": [number.serial for number in numbers],
            "year": [number.year for number in numbers],
            "office": [number.office for number in numbers],
            "family": [number.family for number in numbers],
            "amends": [int(number.amends) for number in numbers],
        }
    if kind is FieldKind.DATE:
        days = _each(kinds.read_day, texts)
        return {"text": [str(day) if day else "" for day in days], "day": days}
    if kind is FieldKind.NUMBER:
        values = _each(kinds.read_number, texts)
        return {"text": ["" if value != value else repr(value) for value in values], "value": values}
    if kind is FieldKind.CODE:
        return {"text": _each(kinds.read_code, texts)}
    return {"text": _each(kinds.read_place, texts)}


def number_field(field: Field, normal: Normal) -> Numbered:
    """A field's normal values as numbers."""
    texts: list[str] = normal["text"]
    if field.kind is FieldKind.DATE:
        # A day is its own number.
        day = np.array(normal["day"], dtype=np.int64)
        return Numbered({"code": np.where(day > 0, day, -1), "day": day}, texts)
    if field.kind in WORDED:
        parts = {name: numbers_of(normal[name]) for name in ("digits", "kind", "acronym")}
        parts["by_place"] = np.array(normal["by_place"], dtype=np.int64)
        spelt = spell(texts)
        words, keys = read_words(spelt)
        parts["single"] = _single(texts, spelt)
        codes: list[str] = normal["codes"]
        parts |= keys._asdict()
        parts["first_code"], parts["last_code"] = _ends(codes)
        return Numbered(parts, texts, codes, spelled=Spelled(spelt, words), typed=normal.get("typed", ()))
    code = numbers_of(texts)
    if field.kind is FieldKind.NUMBER:
        # Kept among whole numbers by its bits: `compare` views them as what they are.
        return Numbered({"code": code, "value": np.array(normal["value"], dtype=np.float64).view(np.int64)}, texts)
    parts = {
        name: numbers_of(values) if name in ("office", "family") else np.array(values, dtype=np.int64)
        for name, values in normal.items()
        if name != "text"
    }
    return Numbered({"code": code, **parts}, texts)


def _single(texts: Sequence[str], spelt: Spelt) -> Ints:
    """The numbers of texts that may be the acronym of another's words, which are numbered alike; -1 for all others."""
    out = np.full(len(texts), -1, dtype=np.int64)
    length = np.diff(spelt.bounds) - 2
    if spelt.signs.max(initial=0) > LAST_ASCII:
        length = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    short = np.flatnonzero((length >= _SHORT) & (length <= _LONG))
    out[short] = numbers_of([texts[row] for row in short.tolist()])
    return out


def _ends(codes: Sequence[str]) -> tuple[Ints, Ints]:
    """The numbers of each row's first and last code, -1 where it has none."""
    rows = _stated(codes)
    words = [codes[row].split(" ") for row in rows.tolist()]
    first, last = (np.full(len(codes), -1, dtype=np.int64) for _ in range(2))
    first[rows], last[rows] = numbers_of([each[0] for each in words]), numbers_of([each[-1] for each in words])
    return first, last


def _stated(texts: Sequence[str]) -> Ints:
    return np.flatnonzero(np.fromiter(map(bool, texts), dtype=np.bool_, count=len(texts)))


# Signs of a single word that may be an acronym.
_SHORT: Final = 3
_LONG: Final = 8


def rarity_of_runs(counts: sparse.csr_array) -> tuple[Ints, int]:
    """How many of these texts hold each run, and how many texts there are. Counts of parts are summed."""
    return np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0]


def _own_facts(field: Field, groups: Grouped, numbered: Numbered, counts: sparse.csr_array | None) -> FieldFacts:
    """The facts of rows that are the whole.

    A run is as rare as it is among different texts: a name that stands a thousand times says nothing of its letters.
    """
    bits = None
    if counts is not None:
        # Each value stands for itself where it stands first.
        rows = np.minimum.reduceat(groups.rows, groups.starts) if len(groups.rows) else groups.rows
        if len(rows) > RUN_TEXTS:
            rows = rows[drawn(rows, least_of(RUN_TEXTS, len(rows)))]
        bits = run_weights(*rarity_of_runs(counts[rows]))
    facts = FieldFacts(len(groups.rows), len(groups.sizes), any(numbered.codes), bits)
    if field.kind not in NAMES:
        return facts
    kind = numbered.parts["kind"]
    kinds, kind_counts = np.unique(kind[kind >= 0], return_counts=True)
    return facts._replace(kinds=kinds, kind_counts=kind_counts)


def column_of(field: Field, numbered: Numbered, scope: Ints | None, facts: FieldFacts | None = None) -> Column:
    """A column of rows. facts: of the whole, where the rows are a part of it."""
    code = numbered.parts["code"]
    parts = {name: values for name, values in numbered.parts.items() if name != "code"}
    spelled = numbered.spelled
    if spelled is None and field.kind in WORDED:
        spelt = spell(numbered.texts)
        spelled = Spelled(spelt, read_words(spelt)[0])
    counts = None if spelled is None else runs_of(spelled.spelt)
    groups = grouped(code)
    facts = facts or _own_facts(field, groups, numbered, counts)
    counted = numbered.counted or counted_groups(groups, len(code), scope)
    stated = code >= 0
    share = share_of(counted, stated, facts.stated_count)
    if spelled is None or counts is None:
        bags, words = _places_once(groups, numbered.texts) if field.kind is FieldKind.PLACE else (None, None)
        return Column(field, facts, stated, code, share, parts, numbered.texts, words=words, bags=bags)
    in_order = parts["sorted"]
    assert facts.run_bits is not None
    is_name = field.kind in NAMES
    sorted_share = share_of(numbered.sorted_counted or count_values(in_order, scope), in_order >= 0, facts.stated_count)
    bits = word_bits(*spelled, facts.run_bits) if is_name else None
    if bits is not None and counted.here is not None:
        share, sorted_share = (told_by_words(each, bits, spelled.words.bounds) for each in (share, sorted_share))
    return Column(
        field,
        facts,
        stated,
        code,
        share,
        parts,
        numbered.texts,
        sorted_share,
        counts,
        facts.run_bits,
        None if is_name else unit_rows(counts, facts.run_bits),
        spelled.words if is_name else None,
        bits,
        bags_of(spelled.spelt) if is_name else None,
        numbered.codes,
        _word_matrix(numbered.codes) if facts.coded else None,
        numbered.typed,
    )


def _places_once(groups: Grouped, texts: Sequence[str]) -> tuple[Bags, Words]:
    """The letters and the words of few different values: each is read once. Words stand where `Bags.at` tells."""
    first = groups.rows[groups.starts]
    of = np.zeros(len(texts), dtype=np.int64)
    of[groups.rows] = np.repeat(np.arange(len(groups.sizes)), groups.sizes)
    spelt = spell([texts[row] for row in first.tolist()])
    return bags_of(spelt)._replace(of=of), read_words(spelt)[0]


def _word_matrix(texts: Sequence[str]) -> sparse.csr_array:
    """Rows × different words, 1 where a row's text holds the word. Words stand once in a text."""
    # Most rows have none.
    rows = _stated(texts)
    words, _ = read_words(spell([texts[row] for row in rows.tolist()]))
    known, of = np.unique(words.number, return_inverse=True)
    bounds = np.zeros(len(texts) + 1, dtype=np.int64)
    bounds[rows + 1] = np.diff(words.bounds)
    ones = np.ones(len(of), dtype=np.int8)
    return sparse.csr_array((ones, of, np.cumsum(bounds)), shape=(len(texts), max(len(known), 1)))


def scope_field(schema: Schema) -> Field | None:
    """The field in which candidates must agree."""
    return next((field for field in schema.fields if field.scope), None)


def compared_fields(schema: Schema) -> list[Field]:
    """The fields that are compared, in the schema's order."""
    return [field for field in schema.fields if not field.scope]
