"""What became of a change that was sent: landed, landed differently, ignored, reverted, vanished, or still waiting.

Pure. In: the change and what each later edition shows of the row, in any order. Out: the fate by the newest edition, with
the day of the edition in which it first landed. One that had landed and turned back is `reverted`, never `ignored`; one that
moved on to a third value landed differently; a later members' meeting than the one that landed leaves it landed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from telusur.corrections.rules.columns import Column

__all__ = ["ASKED_AGAIN", "FATE_LABELS", "Fate", "Outcome", "Seen", "Sent", "fate"]


class Fate(StrEnum):
    """What the newest edition after the sending shows."""

    WAITING = "waiting"
    LANDED = "landed"
    LANDED_DIFFERENTLY = "landed_differently"
    IGNORED = "ignored"
    REVERTED = "reverted"
    VANISHED = "vanished"


FATE_LABELS: dict[Fate, str] = {
    Fate.WAITING: "menunggu edisi berikutnya",
    Fate.LANDED: "sudah masuk",
    Fate.LANDED_DIFFERENTLY: "diubah, tetapi lain dari usulan",
    Fate.IGNORED: "belum diubah",
    Fate.REVERTED: "pernah masuk, lalu kembali seperti semula",
    Fate.VANISHED: "barisnya hilang dari daftar",
}
# After these the same change is proposed once more, as long as the house still holds it.
ASKED_AGAIN = frozenset({Fate.LANDED_DIFFERENTLY, Fate.IGNORED, Fate.REVERTED, Fate.VANISHED})


@dataclass(frozen=True, slots=True)
class Sent:
    """A change as it was sent. Keys are those of `columns.Value`."""

    column: Column
    before_key: str
    after_key: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What one edition shows. key: of the column's value, "" for blank. is_listed: whether the row is there at all.

    survivor_listed: of a duplicate's removal, whether the row that was to stay is there; None where there is none.
    """

    edition: int
    as_of_on: date
    is_listed: bool
    key: str = ""
    survivor_listed: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate by one edition. edition: None while waiting. landed_on: the day of the edition in which it first landed."""

    fate: Fate
    edition: int | None = None
    seen_on: date | None = None
    landed_on: date | None = None


def fate(sent: Sent, seen: Iterable[Seen]) -> Outcome:
    """What became of a change by the newest of the editions seen. Editions up to the day of sending say nothing of it."""
    later = sorted(
        (each for each in seen if each.as_of_on > sent.sent_on), key=lambda each: (each.as_of_on, each.edition)
    )
    outcome = Outcome(Fate.WAITING)
    for each in later:
        now = _by_one(sent, each, has_landed=outcome.landed_on is not None)
        landed_on = outcome.landed_on or (each.as_of_on if now is Fate.LANDED else None)
        outcome = Outcome(now, each.edition, each.as_of_on, landed_on)
    return outcome


def _by_one(sent: Sent, seen: Seen, *, has_landed: bool) -> Fate:
    """What one edition shows, for a change that had landed before it or had not."""
    if sent.column is Column.ROW:
        if not seen.is_listed:
            return Fate.LANDED
        if has_landed:
            return Fate.REVERTED
        return Fate.LANDED_DIFFERENTLY if seen.survivor_listed is False else Fate.IGNORED
    if not seen.is_listed:
        return Fate.VANISHED
    if seen.key == sent.after_key:
        return Fate.LANDED
    if seen.key == sent.before_key or (has_landed and not seen.key):
        return Fate.REVERTED if has_landed else Fate.IGNORED
    if has_landed and sent.column is Column.MEETING_ON and seen.key > sent.after_key:
        return Fate.LANDED
    return Fate.LANDED_DIFFERENTLY
