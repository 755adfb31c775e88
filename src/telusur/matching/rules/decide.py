"""What follows from scored pairs without a person: which are linked, which are shown, and what holds a link back. Pure.

A pair is linked by itself only in the sure zone (the wanted precision, by calibrated probabilities), only where no two
numbers speak against it, and where rows are matched one to one only where no rival comes near. All else waits for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.matching.rules.precision import threshold_for
from telusur.words.legal_number import Act, read_legal_number
from telusur.words.reason import Reason

__all__ = ["Decision", "Identity", "MatchPolicy", "Pairing", "decide", "identity_of", "number_guards"]

SURE, REVIEW = "sure", "review"


@dataclass(frozen=True, slots=True)
class MatchPolicy:
    """What the office asks of a link that no person made.

    version: raised also where the model weighs otherwise, so that a list is matched anew.
    precision: wanted share of true pairs among those linked. sure_from: no pair below this probability is linked, however
    good the mean is. review_from: shown to a person from here. rival_from: a rival pair of one of its rows at or above this
    holds a one-to-one link back.
    """

    version: str = "padanan-2"
    precision: float = 0.99
    sure_from: float = 0.95
    review_from: float = 0.05
    rival_from: float = 0.25


class Identity(NamedTuple):
    """The numbers that tell two cooperatives apart, "" where not stated. legal_key: of the founding, not of an amendment."""

    nik_koperasi: str = ""
    legal_key: str = ""
    legal_text: str = ""


class Pairing(NamedTuple):
    """A scored pair of row ids or subjects. probability: calibrated."""

    left: str
    right: str
    probability: float


class Decision(NamedTuple):
    """A pair with its zone: "sure" is linked, "review" waits. guards: why a person must decide."""

    left: str
    right: str
    probability: float
    zone: str
    guards: tuple[Reason, ...]


def identity_of(values: Mapping[str, str]) -> Identity:
    """The numbers of a row's values (`nik_koperasi`, `legal_number`). Unreadable ones and amendments' tell nothing."""
    text = values.get("legal_number", "")
    number = read_legal_number(text) if text else None
    key = number.key if number is not None and number.act is Act.FOUNDING else ""
    return Identity(values.get("nik_koperasi", ""), key, text if key else "")


def number_guards(left: Identity, right: Identity) -> tuple[Reason, ...]:
    """The numbers that speak against the two being one: two NIK, two founding numbers."""
    found: list[Reason] = []
    if left.nik_koperasi and right.nik_koperasi and left.nik_koperasi != right.nik_koperasi:
        found.append(
            Reason(
                "two_nik_koperasi",
                "dua NIK koperasi yang berbeda: {left} dan {right}",
                {"left": left.nik_koperasi, "right": right.nik_koperasi},
            )
        )
    if left.legal_key and right.legal_key and left.legal_key != right.legal_key:
        found.append(
            Reason(
                "two_legal_numbers",
                "dua nomor badan hukum yang berbeda: {left} dan {right}",
                {"left": left.legal_text, "right": right.legal_text},
            )
        )
    return tuple(found)


def decide(
    pairs: Iterable[Pairing], identities: Mapping[str, Identity], policy: MatchPolicy, *, one_to_one: bool
) -> list[Decision]:
    """Every pair from `review_from` on, most probable first; equal ones in the alphabet's order, whatever the order given.

    One to one: where a row has a second pair at or above `rival_from`, none of its pairs is linked without a person; as
    rivals' probabilities share one whole, a link at `sure_from` leaves none unless the engine found twins.
    """
    shown = sorted(
        {pair for pair in pairs if pair.probability >= policy.review_from},
        key=lambda pair: (-pair.probability, pair.left, pair.right),
    )
    sure_from = max(policy.sure_from, threshold_for([pair.probability for pair in shown], policy.precision))
    rivals = _rivals(shown, policy.rival_from) if one_to_one else {}
    return [_decided(pair, identities, sure_from, rivals) for pair in shown]


def _decided(
    pair: Pairing, identities: Mapping[str, Identity], sure_from: float, rivals: Mapping[tuple[str, str], int]
) -> Decision:
    nothing = Identity()
    guards = number_guards(identities.get(pair.left, nothing), identities.get(pair.right, nothing))
    sure = pair.probability >= sure_from
    if sure and (rivals.get(("left", pair.left), 0) > 1 or rivals.get(("right", pair.right), 0) > 1):
        guards += (Reason("rival_pair", "baris ini juga cocok dengan baris lain"),)
    return Decision(pair.left, pair.right, pair.probability, SURE if sure and not guards else REVIEW, guards)


def _rivals(pairs: Sequence[Pairing], rival_from: float) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for pair in pairs:
        if pair.probability >= rival_from:
            counts[("left", pair.left)] += 1
            counts[("right", pair.right)] += 1
    return counts
