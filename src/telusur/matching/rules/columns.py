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
from telusur.matching.rules.draw import drawn, least_of
from telusur.matching.rules.schema import Field, FieldKind, Schema
from telusur.matching.rules.trigrams import run_weights, runs_of, unit_rows

__all__ = [
    "RUN_TEXTS", "WORDED", "Column", "Columns", "Counted", "Each", "FieldFacts", "Normal", "Numbered", "column_of",
    "compared_fields", "count_values", "normalise", "number_columns", "number_field", "numbers_of", "rarity_of_runs",
    "scope_field", "share_of",
]  # fmt: skip

Ints = npt.NDArray[np.int64]
WORDED: Final = frozenset({FieldKind.TEXT, FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.COOPERATIVE})
T = TypeVar("T")
# Rows' worth of the whole list's frequencies in a scope's own.
_DRAWN: Final = 20.0
_LARGEST: Final = np.int64((1 << 62) - 1)
# Different texts that tell how rare a run of signs is; of more, a sample tells as well.
RUN_TEXTS: Final = 200_000

# `map`, or the map of a pool of threads: most of the work is done outside the interpreter's lock.
Each = Callable[..., Iterable[Any]]
# A field's normal values: name of the part → one text or number a row.
Normal = Mapping[str, list[Any]]


class FieldFacts(NamedTuple):
    """What all rows of both tables show of a field: all that a part of the rows must know to be compared as the whole is.

    stated_count: rows that state it. distinct_count: different values among them. coded: whether any row has a word of
    letters and digits. run_bits: the rarity of each run of signs, of fields of words.
    """

    stated_count: int
    distinct_count: int
    coded: bool = False
    run_bits: npt.NDArray[np.float64] | None = None

    @property
    def tells_alone(self) -> bool:
        """Whether values are so different that a value alone is a key."""
        return self.distinct_count > 0.4 * self.stated_count


class Counted(NamedTuple):
    """For each row, how many rows state its value: everywhere; and in its scope (`here`), of the `size` rows of the scope
    that state the field (0 where the row has no scope). here, size: None without scopes."""

    everywhere: Ints
    here: Ints | None = None
    size: Ints | None = None


class Numbered(NamedTuple):
    """A field's rows as numbers, before what depends on the whole. parts: see Column, and `code`. counted, sorted_counted:
    None where the rows at hand are all there are."""

    parts: Mapping[str, Ints]
    texts: Sequence[str]
    codes: Sequence[str] = ()
    counted: Counted | None = None
    sorted_counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One field's rows as numbers. stated: whether a row states the field. code: number of the normal value, -1 for none.

    parts: further numbers by name (`sorted`, `digits`, `kind`, `acronym`, `compact`, `serial`, `year`, `day`, …).
    share: for each row, how likely another row of its scope states the same value by chance; sorted_share: the same words.
    counts: rows × runs of signs, how often, for fields of words; runs: the same of unit length; run_bits: each run's
    rarity. codes, code_words: words of letters and digits (rows × such words). texts: the normal texts.
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
    runs: sparse.csr_array | None = None
    run_bits: npt.NDArray[np.float64] | None = None
    codes: Sequence[str] = ()
    code_words: sparse.csr_array | None = None


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


def normalise(field: Field, texts: Sequence[str]) -> Normal:
    """The normal values of a field's cells: what every engine computes once a row, and keeps."""
    kind = field.kind
    if kind in WORDED:
        read = _each(kinds.worded_reader(kind.value), texts)
        return {
            "text": [value.words for value in read],
            "sorted": [value.sorted_words for value in read],
            "digits": [value.digits for value in read],
            "kind": [value.kind for value in read],
            "acronym": [value.acronym for value in read],
            "codes": [value.codes for value in read],
        }
    if kind is FieldKind.LEGAL_NUMBER:
        numbers = _each(kinds.read_legal, texts)
        return {
            "text": [number.key for number in numbers],
            "serial": [number.serial for number in numbers],
            "year": [number.year for number in numbers],
            "office": [number.office for number in numbers],
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


def numbers_of(texts: Iterable[str], count: int) -> Ints:
    """A number of 62 bits for each text, equal for equal texts and, but for a chance of 2^-62, only for those; "" is -1.

    The interpreter's own hash: a tenth of the time that numbering the different texts in a dictionary takes.
    """
    hashes = np.fromiter(map(hash, texts), dtype=np.int64, count=count)
    return np.where(hashes == 0, -1, hashes & _LARGEST)


def count_values(code: Ints, scope: Ints | None) -> Counted:
    """How many of these rows state each row's value."""
    everywhere = np.zeros(len(code), dtype=np.int64)
    stated = np.flatnonzero(code >= 0)
    _, dense, count = np.unique(code[stated], return_inverse=True, return_counts=True)
    everywhere[stated] = count[dense]
    if scope is None:
        return Counted(everywhere)
    here, size = np.zeros(len(code), dtype=np.int64), np.zeros(len(code), dtype=np.int64)
    inside = scope[stated] >= 0
    both, scopes = stated[inside], scope[stated[inside]]
    if len(both):
        cell = scopes * np.int64(len(count)) + dense[inside]
        _, inverse, counts = np.unique(cell, return_inverse=True, return_counts=True)
        here[both] = counts[inverse]
        size[both] = np.bincount(scopes)[scopes]
    return Counted(everywhere, here, size)


def share_of(counted: Counted, stated: npt.NDArray[np.bool_], stated_count: int) -> npt.NDArray[np.float64]:
    """For each row, the chance that another row of its scope states the same value.

    The row and its possible match are taken out of the count; a scope's own count is drawn towards the whole's, since a
    small town's rows say little.
    """
    share = np.ones(len(stated))
    share[stated] = np.maximum(counted.everywhere[stated] - 1.0, 0.5) / max(stated_count, 1)
    if counted.here is None or counted.size is None:
        return share
    inside = stated & (counted.size > 0)
    here = np.maximum(counted.here[inside] - 2.0, 0.0)
    share[inside] = (here + _DRAWN * share[inside]) / (counted.size[inside] + _DRAWN)
    return share


def number_field(field: Field, normal: Normal) -> Numbered:
    """A field's normal values as numbers."""
    texts: list[str] = normal["text"]
    count = len(texts)
    code = numbers_of(texts, count)
    if field.kind in WORDED:
        parts = {name: numbers_of(normal[name], count) for name in ("sorted", "digits", "kind", "acronym")}
        # A name of one short word may be the acronym of another's words.
        parts["single"] = np.where([_SHORT <= len(text) <= _LONG for text in texts], code, -1)
        parts["compact"] = numbers_of((text.replace(" ", "") for text in texts), count)
        return Numbered({"code": code, **parts}, texts, normal["codes"])
    if field.kind is FieldKind.NUMBER:
        # Kept among whole numbers by its bits: `compare` views them as what they are.
        return Numbered({"code": code, "value": np.array(normal["value"], dtype=np.float64).view(np.int64)}, texts)
    parts = {
        name: numbers_of(values, count) if name == "office" else np.array(values, dtype=np.int64)
        for name, values in normal.items()
        if name != "text"
    }
    return Numbered({"code": code, **parts}, texts)


# Signs of a single word that may be an acronym.
_SHORT: Final = 3
_LONG: Final = 8


def rarity_of_runs(counts: sparse.csr_array) -> tuple[Ints, int]:
    """How many of these texts hold each run, and how many texts there are. Counts of parts are summed."""
    return np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0]


def _own_facts(field: Field, code: Ints, codes: Sequence[str], counts: sparse.csr_array | None) -> FieldFacts:
    """The facts of rows that are the whole.

    A run is as rare as it is among different texts: a name that stands a thousand times says nothing of its letters.
    """
    stated = np.flatnonzero(code >= 0)
    values, first = np.unique(code[stated], return_index=True)
    bits = None
    if counts is not None:
        rows = stated[first]
        rows = rows[drawn(rows, least_of(RUN_TEXTS, len(rows)))]
        bits = run_weights(*rarity_of_runs(counts[rows]))
    return FieldFacts(len(stated), len(values), any(codes), bits)


def column_of(field: Field, numbered: Numbered, scope: Ints | None, facts: FieldFacts | None = None) -> Column:
    """A column of rows. facts: of the whole, where the rows are a part of it."""
    code = numbered.parts["code"]
    parts = {name: values for name, values in numbered.parts.items() if name != "code"}
    counts = runs_of(numbered.texts) if field.kind in WORDED else None
    facts = facts or _own_facts(field, code, numbered.codes, counts)
    stated = code >= 0
    share = share_of(numbered.counted or count_values(code, scope), stated, facts.stated_count)
    if counts is None:
        return Column(field, facts, stated, code, share, parts, numbered.texts)
    in_order = parts["sorted"]
    assert facts.run_bits is not None
    return Column(
        field,
        facts,
        stated,
        code,
        share,
        parts,
        numbered.texts,
        share_of(numbered.sorted_counted or count_values(in_order, scope), in_order >= 0, facts.stated_count),
        counts,
        unit_rows(counts, facts.run_bits),
        facts.run_bits,
        numbered.codes,
        _word_matrix(numbered.codes) if facts.coded else None,
    )


def _dense(texts: Iterable[str]) -> Ints:
    """Numbers from 0 for different texts, -1 for ""."""
    known: dict[str, int] = {"": -1}
    return np.array([known.setdefault(text, len(known) - 1) for text in texts], dtype=np.int64)


def _word_matrix(texts: Sequence[str]) -> sparse.csr_array:
    """Rows × different words, 1 where a row's text holds the word."""
    known: dict[str, int] = {}
    rows: list[int] = []
    words: list[int] = []
    for row, text in enumerate(texts):
        if text:
            for word in text.split(" "):
                rows.append(row)
                words.append(known.setdefault(word, len(known)))
    return sparse.csr_array((np.ones(len(rows), dtype=np.int8), (rows, words)), shape=(len(texts), max(len(known), 1)))


def scope_field(schema: Schema) -> Field | None:
    """The field in which candidates must agree."""
    return next((field for field in schema.fields if field.scope), None)


def compared_fields(schema: Schema) -> list[Field]:
    """The fields that are compared, in the schema's order."""
    return [field for field in schema.fields if not field.scope]


def number_columns(schema: Schema, normals: Mapping[str, Normal], left_count: int, each: Each = map) -> Columns:
    """The numbered columns of all rows whose normal values are given, left rows first."""
    scoping = scope_field(schema)
    scope = None if scoping is None else _dense(normals[scoping.name]["text"])

    def column(field: Field) -> Column:
        return column_of(field, number_field(field, normals[field.name]), scope)

    compared = compared_fields(schema)
    by_field = {made.field.name: made for made in each(column, compared)}
    return Columns(by_field, left_count, len(normals[compared[0].name]["text"]), scope)
