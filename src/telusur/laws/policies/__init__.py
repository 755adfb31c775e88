"""The definitions of "active" that come with Telusur: TOML files of this folder, each read and checked once.

In: the files. Out: `ActivePolicy` values, in the order in which the file lists them. A mistake is a `LawFileError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from telusur.laws.articles.reading import LawFileError, day, declared, text, whole
from telusur.laws.rules.law import Certainty
from telusur.laws.rules.policy import ActivePolicy, Need, NeedKind

__all__ = ["read_policies", "shipped_policies"]

_KEYS = set(ActivePolicy.__dataclass_fields__)
# What a need of each kind must say beside its kind.
_NUMBERS: Mapping[NeedKind, tuple[str, ...]] = {
    NeedKind.LOCATED: (),
    NeedKind.BOARD: (),
    NeedKind.BUSINESS: ("months",),
    NeedKind.MEETINGS: ("count", "years"),
    NeedKind.MEETINGS_REPORTED: ("count", "years"),
}


@lru_cache(maxsize=1)
def shipped_policies() -> tuple[ActivePolicy, ...]:
    """Every definition of this folder."""
    return read_policies(sorted(Path(__file__).parent.glob("*.toml")))


def read_policies(paths: Iterable[Path]) -> tuple[ActivePolicy, ...]:
    """The definitions that files declare. Raises LawFileError."""
    found = tuple(_policy(said, place) for path in paths for said, place in declared(path, "policy", _KEYS))
    idents = [policy.id for policy in found]
    if repeated := {ident for ident in idents if idents.count(ident) > 1}:
        raise LawFileError(f"policy {min(repeated)!r} is declared twice")
    return found


def _policy(said: Mapping[str, object], place: str) -> ActivePolicy:
    certainty = text(said, "certainty", place)
    if certainty not in {each.value for each in Certainty}:
        raise LawFileError(f"{place}: certainty must be one of {', '.join(Certainty)}, not {certainty!r}")
    all_of, any_of = _needs(said.get("all_of", []), place), _needs(said.get("any_of", []), place)
    if not all_of and not any_of:
        raise LawFileError(f"{place}: asks for nothing")
    return ActivePolicy(
        id=text(said, "id", place),
        name=text(said, "name", place),
        says=text(said, "says", place),
        source=text(said, "source", place),
        certainty=Certainty(certainty),
        valid_from_on=day(said, "valid_from_on", place),
        valid_until_on=day(said, "valid_until_on", place) if "valid_until_on" in said else None,
        checked_on=day(said, "checked_on", place),
        checked_by=text(said, "checked_by", place),
        review_on=day(said, "review_on", place),
        all_of=all_of,
        any_of=any_of,
    )


def _needs(declared_needs: object, place: str) -> tuple[Need, ...]:
    if not isinstance(declared_needs, list):
        raise LawFileError(f"{place}: all_of and any_of are lists of needs")
    return tuple(_need(said, place) for said in declared_needs)


def _need(said: object, place: str) -> Need:
    if not isinstance(said, dict) or said.get("kind") not in {each.value for each in NeedKind}:
        raise LawFileError(f"{place}: the kind of a need must be one of {', '.join(NeedKind)}")
    kind = NeedKind(said["kind"])
    asked = _NUMBERS[kind]
    if kind is NeedKind.BUSINESS and "months_of" in said:
        asked = ()
    if unknown := said.keys() - {"kind", *asked} - ({"months_of"} if kind is NeedKind.BUSINESS else set()):
        raise LawFileError(f"{place}: a need of kind {kind} does not know {min(unknown)!r}")
    article = text(said, "months_of", place) if "months_of" in said else ""
    return Need(kind, **{name: whole(said, name, f"{place}: {kind}") for name in asked}, months_of=article)
