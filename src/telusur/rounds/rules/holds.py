"""Holds: which of them stand, and which were released. A court case ends by a word that names it, never by a newer note.

Pure. A hold is a fact of kind `hold`; `freezes` says whether it leaves every code of the row open. A release is a hold that
does not freeze and names in `releases` the fact that it ends. What merely came later ends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from telusur.register.rules import Fact
from telusur.words.reason import Reason

__all__ = ["HOLD_KIND", "frozen_holds", "is_released", "refuse_hold", "refuse_release", "release_of"]

HOLD_KIND = "hold"


def _freezes(fact: Fact) -> bool:
    return fact.kind == HOLD_KIND and fact.value.get("freezes") is True


def release_of(hold: Fact, facts: Sequence[Fact]) -> Fact | None:
    """The first of the facts that hold which says that it releases this one."""
    return next(
        (
            fact
            for fact in facts
            if fact.kind == HOLD_KIND and not _freezes(fact) and fact.value.get("releases") == hold.id
        ),
        None,
    )


def is_released(hold: Fact, facts: Sequence[Fact]) -> bool:
    """Whether one of the facts that hold says that it releases this one."""
    return release_of(hold, facts) is not None


def frozen_holds(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The holds that freeze the row and were not released, in the order of `facts_known`."""
    return tuple(fact for fact in facts if _freezes(fact) and not is_released(fact, facts))


def refuse_hold(why: str, proof: str, *, freezes: bool) -> Reason | None:
    """Why a hold cannot be recorded; None when it can. What stops a code needs a paper; a note beside it needs none."""
    if not why.strip():
        return Reason("hold_needs_why", "tulis mengapa koperasi ini ditahan")
    if freezes and not proof.strip():
        return Reason("hold_needs_proof", "tulis nomor surat atau perkara yang menjadi bukti penahanan")
    return None


def refuse_release(hold: int, why: str, proof: str, facts: Sequence[Fact]) -> Reason | None:
    """Why the hold with this fact id cannot be released; None when it can."""
    found = next((fact for fact in facts if fact.id == hold and _freezes(fact)), None)
    if found is None:
        return Reason("release_no_hold", "catatan {hold} bukan penahanan yang masih berlaku", {"hold": str(hold)})
    if is_released(found, facts):
        return Reason("release_done", "penahanan {hold} sudah dilepas", {"hold": str(hold)})
    if not why.strip():
        return Reason("release_needs_why", "tulis mengapa penahanannya dilepas")
    if not proof.strip():
        return Reason("release_needs_proof", "tulis nomor surat atau putusan yang menjadi bukti pelepasan")
    return None
