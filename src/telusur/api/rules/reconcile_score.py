"""How well a cooperative of the register fits what somebody wrote down, and when that is sure. Pure.

The house's own rules: names by the search's likeness, legal numbers by their key, and the guards of matching: two different
NIK or founding numbers are never one cooperative (`matching.rules.decide`). `match` only in the sure zone: a number that is
the same and nothing that speaks against it, or the very same name in the very same kelurahan; and no rival near. Where
matching has learned a model, the score is its probability, and a name is sure only where that is too. All else waits for a
person, however like it is: an uncertain match never carries anything (promise 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from telusur.matching.rules.decide import Identity, MatchPolicy, identity_of, number_guards
from telusur.words.coop_name import read_coop_name
from telusur.words.nik import NikKoperasi, read_nik_koperasi
from telusur.words.spelling import by_likeness, read_sought, resemblance, search_words

__all__ = ["CHANCE", "KELURAHAN", "LEGAL_NUMBER", "NIK_KOPERASI", "Fit", "Known", "Wanted", "judged", "wanted_of"]

NIK_KOPERASI, LEGAL_NUMBER, KELURAHAN = "nik_koperasi", "badan_hukum", "kelurahan"
CHANCE: Final = "peluang"
# Below this likeness of names a number that is the same is more likely mistyped than true.
_LEAST_NAME: Final = 60.0
# A second candidate this near to the first leaves the choice to a person.
_RIVAL_WITHIN: Final = 5.0
_SAME_NAME: Final = 100.0
_SURE_FROM: Final = MatchPolicy().sure_from
# A candidate that the search found stays in sight, however improbable.
_LEAST_SCORE: Final = 0.01
_NUMBER_WEIGHT, _NAME_WEIGHT, _PLACE_WEIGHT = 0.5, 0.85, 0.15


class Wanted(NamedTuple):
    """What is looked for: a name ("" for none), the numbers, a kelurahan."""

    name: str
    identity: Identity
    kelurahan: str


class Known(NamedTuple):
    """What the register states of a candidate, and its numbers read once."""

    ident: str
    name: str
    kelurahan: str
    identity: Identity


class Fit(NamedTuple):
    """A candidate: score 0 to 100; match: sure; features: what the score is made of."""

    ident: str
    name: str
    score: float
    match: bool
    features: Mapping[str, float | bool]


def wanted_of(text: str, stated: Mapping[str, str]) -> Wanted:
    """A query's text and properties. A text that is a NIK is one, though it stands where the name should."""
    number = read_nik_koperasi(stated.get(NIK_KOPERASI, ""))
    own = read_nik_koperasi(text)
    found = number if isinstance(number, NikKoperasi) else own if isinstance(own, NikKoperasi) else None
    identity = identity_of({"legal_number": stated.get(LEGAL_NUMBER, "")})
    if not identity.legal_key and "/" in text:
        identity = identity_of({"legal_number": text})
    name = "" if isinstance(own, NikKoperasi) or (identity.legal_key and identity.legal_text == text) else text
    return Wanted(name, identity._replace(nik_koperasi=found.value if found else ""), stated.get(KELURAHAN, ""))


def _folded(text: str) -> str:
    words = text.casefold().replace("kelurahan", " ").replace("desa ", " ").split()
    return " ".join(words)


def _likeness(name: str, known: str) -> float:
    """0 to 100; 100 only where the words are the same and no kinds contradict."""
    sought = read_sought(name)
    if not sought.forms:
        return 0.0
    found = by_likeness(sought.forms, [search_words(known)], 1)
    likeness = found[0][1] if found else 0.0
    kinds = set(read_coop_name(known).kinds)
    if sought.kinds and kinds and not kinds & set(sought.kinds):
        return min(likeness, 80.0)
    # Among names of the same words, the one whose kind was typed stands first.
    return likeness if resemblance(sought, known) > 0 else max(0.0, likeness - 1.0)


def _fit(wanted: Wanted, known: Known, chance: float | None) -> tuple[Fit, bool]:
    """A candidate alone, and whether it would be sure without rivals. chance: the model's, None without one."""
    features: dict[str, float | bool] = {}
    likeness = _likeness(wanted.name, known.name) if wanted.name else 0.0
    same_number = False
    if wanted.name:
        features["nama"] = round(likeness, 2)
    for label, one, other in (
        (NIK_KOPERASI, wanted.identity.nik_koperasi, known.identity.nik_koperasi),
        (LEGAL_NUMBER, wanted.identity.legal_key, known.identity.legal_key),
    ):
        if one and other:
            features[label] = one == other
            same_number = same_number or one == other
    place = bool(wanted.kelurahan and known.kelurahan)
    same_place = place and _folded(wanted.kelurahan) == _folded(known.kelurahan)
    if place:
        features[KELURAHAN] = same_place
    against = bool(number_guards(wanted.identity, known.identity))
    score = _score(likeness, bool(wanted.name), same_number, same_place if place else None, against)
    by_number = same_number and (not wanted.name or likeness >= _LEAST_NAME)
    by_name = likeness >= _SAME_NAME and same_place
    if chance is not None:
        features[CHANCE] = round(chance, 4)
        # Numbers are the register's identities, and no model's: what is the same by number keeps its score.
        if not same_number:
            score = max(_LEAST_SCORE, round(100.0 * chance, 2))
            score = min(score, 49.0) if against else score
        by_name = by_name and chance >= _SURE_FROM
    return Fit(known.ident, known.name, score, False, features), (by_number or by_name) and not against


def _score(likeness: float, named: bool, same_number: bool, same_place: bool | None, against: bool) -> float:
    if not named:
        score = 100.0 if same_number else 0.0
    else:
        score = likeness
        if same_place is not None:
            score = _NAME_WEIGHT * likeness + _PLACE_WEIGHT * (100.0 if same_place else 0.0)
        if same_number:
            score = _NUMBER_WEIGHT * score + (1 - _NUMBER_WEIGHT) * 100.0
    return round(min(score, 49.0) if against else score, 2)


def judged(
    wanted: Wanted, candidates: Sequence[Known], limit: int, chances: Mapping[str, float] | None = None
) -> list[Fit]:
    """The candidates, best first; at most one is a sure match, and none where a rival comes near.

    chances: the learned model's probability by id, None where there is no model.
    """
    told = chances or {}
    made = (_fit(wanted, known, told.get(known.ident)) for known in candidates)
    rated = sorted(made, key=lambda pair: (-pair[0].score, -float(pair[0].features.get("nama", 0)), pair[0].ident))
    rated = [pair for pair in rated if pair[0].score > 0]
    sure = [fit for fit, is_sure in rated if is_sure]
    found = []
    for place, (fit, is_sure) in enumerate(rated[:limit]):
        rival = place == 0 and len(rated) > 1 and fit.score - rated[1][0].score < _RIVAL_WITHIN
        found.append(fit._replace(match=place == 0 and is_sure and len(sure) == 1 and not rival))
    return found
