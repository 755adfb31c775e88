"""What holds a match of any two tables back: two NIK koperasi, or two founding numbers, are two cooperatives. Pure.

As in a register, so in `telusur link`: such a pair is shown to a person, however alike the rest is; so is a match that would
join two such rows by way of a third, which states no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from telusur.matching.rules.clusters import Link, cluster
from telusur.matching.rules.decide import Identity, identity_of, number_guards
from telusur.matching.rules.judgement import pair_of
from telusur.matching.rules.linked import LinkedPair
from telusur.matching.rules.schema import Field, FieldKind
from telusur.words.nik import NikKoperasi, read_nik_koperasi
from telusur.words.reason import Reason

__all__ = ["HeldBack", "against", "held_back", "identity_fields"]

# Thirteen digits may be a trade number too: the column's label must say what it holds.
_NIK_LABEL = re.compile(r"(?<![a-z])nik(?![a-z])")


Row = Callable[[str], Mapping[str, str]]


class HeldBack(NamedTuple):
    """The pairs in which no match stands that numbers speak against, and what speaks, by a pair's ids."""

    pairs: Sequence[LinkedPair]
    reasons: Mapping[tuple[str, str], Sequence[Reason]]


def held_back(pairs: Sequence[LinkedPair], fields: Iterable[Field], left: Row, right: Row | None) -> HeldBack:
    """An engine's answer with such matches for a person to see. left, right: a row's values by its id.

    right None: one table with itself.
    """
    telling = identity_fields(fields)
    if not telling:
        return HeldBack(pairs, {})
    matches = [pair for pair in pairs if pair.decision == "match"]
    found: dict[tuple[str, str], Sequence[Reason]] = {}
    for pair in matches:
        if says := against(telling, left(pair.left_id), (right or left)(pair.right_id)):
            found[pair.left_id, pair.right_id] = says
    if right is None:
        found = {**_cut(matches, telling, left), **found}
    kept = [
        pair._replace(decision="review")
        if pair.decision == "match" and (pair.left_id, pair.right_id) in found
        else pair
        for pair in pairs
    ]
    return HeldBack(kept, found)


def _cut(matches: Iterable[LinkedPair], telling: Sequence[Field], row: Row) -> dict[tuple[str, str], Sequence[Reason]]:
    """The matches of one table that would join two numbers in a group, the weaker ones first."""
    links = {pair_of(pair.left_id, pair.right_id): pair for pair in matches}
    identities = {ident: _row_identity(telling, row(ident)) for ids in links for ident in ids}
    made = cluster((Link(*ids, False, pair.weight) for ids, pair in links.items()), (), identities)
    pairs = [(links[cut.left, cut.right], cut.why) for cut in made.cuts]
    return {(pair.left_id, pair.right_id): (why,) for pair, why in pairs}


def _row_identity(fields: Iterable[Field], values: Mapping[str, str]) -> Identity:
    stated = [_identity(each.kind, values[each.left]) for each in fields]
    return Identity(
        next((each.nik_koperasi for each in stated if each.nik_koperasi), ""),
        next((each.legal_key for each in stated if each.legal_key), ""),
        next((each.legal_text for each in stated if each.legal_key), ""),
    )


def identity_fields(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Those fields that tell two cooperatives apart: legal numbers, and codes that a label on either side calls NIK."""
    return tuple(
        each
        for each in fields
        if each.kind is FieldKind.LEGAL_NUMBER
        or (
            each.kind is FieldKind.CODE
            and any(_NIK_LABEL.search(label.casefold()) for label in (each.left, each.right))
        )
    )


def against(fields: Iterable[Field], left: Mapping[str, str], right: Mapping[str, str]) -> tuple[Reason, ...]:
    """The numbers that speak against two rows being one, by the `identity_fields`; left, right: values by column."""
    found: list[Reason] = []
    for each in fields:
        one, other = left[each.left], right[each.right]
        # Most matches hold the very same text: nothing to read.
        if one and other and one != other:
            found += number_guards(_identity(each.kind, one), _identity(each.kind, other))
    return tuple(found)


def _identity(kind: FieldKind, text: str) -> Identity:
    if kind is FieldKind.LEGAL_NUMBER:
        return identity_of({"legal_number": text})
    number = read_nik_koperasi(text)
    return Identity(number.value if isinstance(number, NikKoperasi) else "")
