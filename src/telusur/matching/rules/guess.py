"""Which columns of two tables are compared, as what, and which names the rows: chosen from labels and values. Pure.

In: tables as label → values (text). Out: an id column, pairs, a `Schema`. Labels decide first (`column_labels`), values
check them (`column_values`); columns whose labels say nothing are paired where their values are the same. A person
overrides each part: by `wanted` pairs, by kinds, by naming the id, by one_to_one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from telusur.matching.rules.column_labels import Said, id_rank, is_identity, is_truth, label_key, read_label
from telusur.matching.rules.column_values import Profile, is_stated, kind_of_values, name_kind, profile, sample
from telusur.matching.rules.composed import with_a_name, without_composed
from telusur.matching.rules.kinds import fold
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = [
    "Columns",
    "Wanted",
    "guess_id",
    "guess_kind",
    "guess_schema",
    "is_of_people",
    "pair_columns",
    "partner",
    "repeated_share",
]

Columns = Mapping[str, Sequence[str]]

# A column that states less than this is not worth a comparison by itself.
_LEAST_FILLED = 0.02
# Shared different values from which columns with unknown labels are taken for one.
_LEAST_OVERLAP = 0.2
_OVERLAP_ROWS = 5_000
_ENOUGH_TELLING = 3
_SOME_DECIMALS = 0.3
_OFTEN_REPEATED = 0.5
# Of rows with one number in both tables those that agree in something else: as few when spelt anew as this.
_SAME_BESIDE = 0.1
_FEWEST_SHARED = 10
_LONG_NUMBER = 10
_DENSE = 2
# Rows that repeat others in all that is compared: beyond this share a list is not one row a thing.
_MOST_REPEATED = 0.2
# Short labels ("by", "bd") mean them only where numbers stand below.
_PART_OF_A_BIRTH = ("birth year", "birth month", "birth day")
_OF_PEOPLE = frozenset({"birth date", "birth year", "birth month", "birth place", "gender", "surname", "given name",
                        "citizen number", "social security number", "mother's name", "father's name", "age"})  # fmt: skip


class Wanted(NamedTuple):
    """A pair of columns that somebody named. kind: None where the values shall decide."""

    left: str
    right: str
    kind: FieldKind | None = None


def is_of_people(labels: Collection[str]) -> bool:
    """Whether a table with these labels lists people: it has a birth date, a gender, a surname."""
    # "by" is a birth year beside a month ("bm"); alone it may be who wrote the row.
    return any(read_label(label).concept in _OF_PEOPLE and label_key(label) != "by" for label in labels)


def guess_kind(labels: Sequence[str], values: Sequence[str], *, of_people: bool = False) -> FieldKind:
    """The kind of a column, or of a pair of columns that are compared.

    labels: its labels in both tables. values: its values, of both tables.
    """
    return _kind([read_label(label) for label in labels], profile(sample(values)), of_people)


def _kind(said: Sequence[Said], seen: Profile, of_people: bool) -> FieldKind:
    wished = next((each.kind for each in said if each.kind is not None), None)
    is_name = any(each.concept == "name" for each in said)
    if not seen.stated:
        return wished or FieldKind.TEXT
    if any(each.concept in _PART_OF_A_BIRTH for each in said) and seen.numbers < 0.5:
        wished = None
    if wished is FieldKind.COOPERATIVE:
        return wished if seen.cooperatives >= 0.1 else name_kind(seen, of_people=of_people)
    if is_name and wished is None:
        return name_kind(seen, of_people=of_people)
    if wished is None:
        kind = kind_of_values(seen)
        # Few given names make a people; a place stands under a label that says so.
        return FieldKind.NAME if kind is FieldKind.PLACE and of_people else kind
    checks = {
        FieldKind.DATE: seen.dates >= 0.5,
        FieldKind.NUMBER: seen.numbers >= 0.7,
        FieldKind.LEGAL_NUMBER: seen.legal >= 0.1 or seen.one_word_with_digit < 0.5,
        FieldKind.CODE: seen.words <= 4,
        FieldKind.CATEGORY: seen.distinct < 0.5 or seen.stated < 40,
        # "Kota" may hold a code, "State" a number.
        FieldKind.PLACE: seen.one_word_with_digit < 0.8,
    }
    if checks.get(wished, True):
        return wished
    if wished is FieldKind.LEGAL_NUMBER:
        return FieldKind.CODE
    return FieldKind.TEXT if wished is FieldKind.CATEGORY else kind_of_values(seen)


def _is_unique(values: Sequence[str]) -> bool:
    return bool(values) and all(map(str.strip, values)) and len(set(values)) == len(values)


def guess_id(columns: Columns, compared: Collection[str] = ()) -> str:
    """The label of the column that names each row; "" where none does (then rows are named by their number).

    compared: columns that somebody wants compared; of two that fit alike, one of them is not taken.
    """
    ranked = []
    for place, label in enumerate(columns):
        rank = id_rank(label)
        if rank is not None:
            ranked.append((rank, label in compared, place, label))
    for *_, label in sorted(ranked):
        if _is_unique(columns[label]):
            return label
    first = next((label for label in columns if label not in compared), "")
    if first and read_label(first).concept == "" and not is_truth(first):
        seen = profile(sample(columns[first]))
        if seen.one_word_with_digit >= 0.9 and _is_unique(columns[first]):
            return first
    return ""


def partner(label: str, own: Columns, other: Columns, taken: Collection[str] = ()) -> str:
    """The column of `other` that states what `label` states in `own`; "" where none does or several might."""
    free = [each for each in other if each not in taken]
    key = label_key(label)
    for fits in (
        [each for each in free if each == label],
        [each for each in free if label_key(each) == key],
        [each for each in free if _same_concept(label, each)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits and fits[0] == label:
            return label
        if fits:
            return max(fits, key=lambda each: _overlap(own[label], other[each]))
    return ""


def _same_concept(one: str, two: str) -> bool:
    left, right = read_label(one).concept, read_label(two).concept
    if not left or not right:
        return False
    # Every list of cooperatives calls its number NIK; a list of people means the citizen's.
    alike = ({"nik", "cooperative number"}, {"nik", "citizen number"}, {"regency", "city"}, {"city", "suburb"},
             {"name", "given name"})  # fmt: skip
    return left == right not in ("code", "date", "count") or {left, right} in alike


def _overlap(one: Sequence[str], two: Sequence[str]) -> float:
    left = {fold(value) for value in sample(one, _OVERLAP_ROWS) if is_stated(value)}
    right = {fold(value) for value in sample(two, _OVERLAP_ROWS) if is_stated(value)}
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def pair_columns(left: Columns, right: Columns) -> tuple[Wanted, ...]:
    """The columns of two tables that state the same thing, in the left one's order. Ids and truths are paired too."""
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for alike in (lambda a, b: a == b, lambda a, b: label_key(a) == label_key(b), _same_concept):
        for label in left:
            fits = [each for each in right if each not in taken and label not in pairs and alike(label, each)]
            if fits:
                best = fits[0] if len(fits) == 1 else max(fits, key=lambda each: _overlap(left[label], right[each]))
                pairs[label] = best
                taken.add(best)
    loose_left = [label for label in left if label not in pairs and not is_truth(label) and id_rank(label) is None]
    loose_right = [label for label in right if label not in taken and not is_truth(label) and id_rank(label) is None]
    by_values = sorted(
        ((_overlap(left[one], right[two]), one, two) for one in loose_left for two in loose_right), reverse=True
    )
    for share, one, two in by_values:
        if share < _LEAST_OVERLAP:
            break
        # Two columns of small counts overlap by chance: values must be many to speak for a pair.
        if one not in pairs and two not in taken and len({*sample(left[one])}) >= 20:
            pairs[one] = two
            taken.add(two)
    return tuple(Wanted(label, pairs[label]) for label in left if label in pairs)


def repeated_share(columns: Sequence[Sequence[str]]) -> float:
    """How many of the rows (0 to 1) say in all these columns what an earlier row said. columns: equally long."""
    if not columns or not columns[0]:
        return 0.0
    rows = list(zip(*(map(fold, sample(column, 20_000)) for column in columns), strict=True))
    told = [row for row in rows if sum(map(bool, row)) >= 2]
    return 1 - len(set(told)) / len(told) if told else 0.0


def _is_worth_comparing(pair: Wanted, seen: Profile, ids: Collection[str], *, itself: bool) -> bool:
    said = read_label(pair.left), read_label(pair.right)
    if any(each.is_count for each in said) or is_truth(pair.left) or is_truth(pair.right):
        return False
    if _is_numbering(pair, ids):
        return False
    # In one table its own numbers all differ; those given out one after another would even look alike.
    if itself and {pair.left, pair.right} & set(ids):
        return False
    if not any(each.concept for each in said) and seen.numbers > 0.9 and not _tells_by_number(seen):
        return False
    if any(each.concept in ("status", "certificate date", "meeting date") for each in said):
        # A state that changes says nothing about who a row is.
        return False
    # A column that says one thing in all rows tells nobody apart.
    return seen.filled >= _LEAST_FILLED and seen.distinct * seen.stated > 1


def _is_numbering(pair: Wanted, ids: Collection[str]) -> bool:
    """Whether the columns are a table's own numbers, or of a label that says no more than "number"."""
    if {pair.left, pair.right} & set(ids):
        return not (is_identity(pair.left) and is_identity(pair.right))
    return any(read_label(label).concept == "code" for label in (pair.left, pair.right))


def _is_one_numbering(left: Columns, right: Columns, numbers: Wanted, fields: Sequence[Field]) -> bool:
    """Whether both tables take these numbers from one office: where they are the same, something else is the same, too,
    which hardly two rows of a table share. Rows that each table counts for itself agree in nothing but the count."""
    if _counts_rows(left[numbers.left]) or _counts_rows(right[numbers.right]):
        return False
    row_of = {fold(value): row for row, value in enumerate(right[numbers.right]) if is_stated(value)}
    rows = [(at, row_of[key]) for at, key in enumerate(map(fold, left[numbers.left])) if key in row_of]
    if len(rows) < _FEWEST_SHARED or len(row_of) < len(rows):
        return False
    rows = rows[:: len(rows) // _OVERLAP_ROWS + 1]
    for field in fields:
        told = [(fold(left[field.left][one]), fold(right[field.right][other])) for one, other in rows]
        values = {one for one, _ in told if one}
        alike = sum(one == other != "" for one, other in told)
        if len(values) > _OFTEN_REPEATED * len(told) and alike >= _SAME_BESIDE * len(told):
            return True
    return False


def _counts_rows(values: Sequence[str]) -> bool:
    """Whether the numbers are those of the rows: one after another, with few left out."""
    numbers = [int(value) for value in map(str.strip, values) if value.isdecimal() and len(value) < _LONG_NUMBER]
    return len(numbers) > _OFTEN_REPEATED * len(values) and max(numbers) - min(numbers) < _DENSE * len(numbers)


def _tells_by_number(seen: Profile) -> bool:
    """Whether numbers under an unknown label may tell who a row is: a share of alcohol, a month; not one for each row."""
    return seen.decimals >= _SOME_DECIMALS or seen.distinct < _OFTEN_REPEATED


def guess_schema(
    left: Columns,
    right: Columns | None,
    *,
    wanted: Sequence[Wanted] = (),
    ids: Collection[str] = (),
    kinds: Mapping[str, FieldKind] | None = None,
    leave_out: Collection[str] = (),
    one_to_one: bool | None = None,
) -> Schema:
    """The schema for two tables, or for one with itself (`right` None).

    wanted: the pairs to compare; those that fit where empty. ids: the id columns' labels, left out of a free choice.
    kinds: label → kind that somebody set. leave_out: labels never chosen freely. one_to_one: None lets the rows decide.
    Without any column to compare the schema has no fields: the caller says so to the person.
    """
    other = left if right is None else right
    of_people = is_of_people(left) or is_of_people(other)
    pairs = wanted or (tuple(Wanted(label, label) for label in left) if right is None else pair_columns(left, other))
    fields: list[Field] = []
    for pair in pairs:
        values = [*sample(left[pair.left]), *(sample(other[pair.right]) if right is not None else ())]
        seen = profile(sample(values))
        if not wanted and (
            {pair.left, pair.right} & set(leave_out) or not _is_worth_comparing(pair, seen, ids, itself=right is None)
        ):
            continue
        set_kind = pair.kind or (kinds or {}).get(pair.left) or (kinds or {}).get(pair.right)
        kind = set_kind or _kind([read_label(pair.left), read_label(pair.right)], seen, of_people)
        fields.append(Field(_free_name(pair.left, fields), kind, pair.left, pair.right))
    if not wanted and right is not None:
        for pair in pairs:
            named = {pair.left, pair.right}
            if named & set(leave_out) or any(map(is_truth, named)):
                continue
            if _is_numbering(pair, ids) and _is_one_numbering(left, right, pair, fields):
                fields.append(Field(_free_name(pair.left, fields), FieldKind.CODE, pair.left, pair.right))
    if not wanted:
        fields = with_a_name(without_composed(_without_dependent(fields), left, other))
    if one_to_one is None:
        shown = [
            [table[column] for column in columns]
            for table, columns in ((left, [each.left for each in fields]), (other, [each.right for each in fields]))
        ]
        one_to_one = right is not None and all(repeated_share(columns) <= _MOST_REPEATED for columns in shown)
    return Schema(tuple(fields), one_to_one=one_to_one and right is not None, itself=right is None)


def _without_dependent(fields: list[Field]) -> list[Field]:
    """Without the categories where enough else tells rows apart.

    Kind, group and sector of one table hang together: a model that takes them for independent counts one agreement three
    times, and takes two neighbours of one trade for one.
    """
    telling = [each for each in fields if each.kind not in (FieldKind.CATEGORY, FieldKind.PLACE, FieldKind.NUMBER)]
    if len(telling) < _ENOUGH_TELLING:
        return fields
    return [each for each in fields if each.kind is not FieldKind.CATEGORY or read_label(each.left).concept == "gender"]


def _free_name(label: str, fields: Sequence[Field]) -> str:
    # What stands behind a colon is the name of a part ("nama:digits").
    whole = label.replace(":", " ")
    taken = {field.name for field in fields}
    name, count = whole, 2
    while name in taken:
        name, count = f"{whole} {count}", count + 1
    return name
