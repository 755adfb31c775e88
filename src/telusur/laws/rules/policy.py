"""Definitions of "active": named and dated, so that one evidence can be counted under each and none passes for another.

Pure. No single rule of law says when a cooperative is active (docs/decisions/0013); offices and the ministry use their
own. A policy is a list of needs over what is proven. Its test has three answers: what is not known proves nothing, so a
cooperative that nobody found is neither active nor inactive. Book years are counted as the round's codes count them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from telusur.laws.rules.law import Certainty, Law
from telusur.words.book_year import BookYear
from telusur.words.months import months_before
from telusur.words.reason import Reason

__all__ = [
    "NEED_LABELS",
    "ActivePolicy",
    "Activity",
    "Met",
    "Need",
    "NeedKind",
    "Tested",
    "active_under",
    "book_years_asked",
    "need_words",
]


class NeedKind(StrEnum):
    """What a definition can ask for."""

    LOCATED = "located"
    BOARD = "board"
    BUSINESS = "business"
    MEETINGS = "meetings"
    MEETINGS_REPORTED = "meetings_reported"


NEED_LABELS: Mapping[NeedKind, str] = {
    NeedKind.LOCATED: "ditemukan di lapangan",
    NeedKind.BOARD: "pengurus bekerja",
    NeedKind.BUSINESS: "usaha berjalan",
    NeedKind.MEETINGS: "RAT terbukti dengan notulen",
    NeedKind.MEETINGS_REPORTED: "RAT dilaporkan",
}


class Met(StrEnum):
    """Whether a need, or a whole definition, is fulfilled; `UNKNOWN` where nobody looked or could see."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Need:
    """One condition. months: how old business may be (BUSINESS). count of the last `years` book years due (MEETINGS…).

    months_of: the article that gives the months, where the definition states none of its own.
    """

    kind: NeedKind
    months: int = 0
    count: int = 0
    years: int = 0
    months_of: str = ""


@dataclass(frozen=True, slots=True)
class ActivePolicy:
    """A definition of "active". all_of: every need must be met; any_of: and one of these, where there are any."""

    id: str
    name: str
    says: str
    source: str
    certainty: Certainty
    valid_from_on: date
    valid_until_on: date | None
    checked_on: date
    checked_by: str
    review_on: date
    all_of: tuple[Need, ...]
    any_of: tuple[Need, ...] = ()

    def holds_on(self, on: date) -> bool:
        """Whether the definition was in use on a day, where it came from."""
        return self.valid_from_on <= on and (self.valid_until_on is None or on <= self.valid_until_on)

    def under(self, law: Law) -> ActivePolicy:
        """The definition with the numbers that it leaves to the law. Raises KeyError where the law lacks one."""
        if not any(need.months_of for need in (*self.all_of, *self.any_of)):
            return self
        return replace(self, all_of=_filled(self.all_of, law), any_of=_filled(self.any_of, law))


def _filled(needs: Iterable[Need], law: Law) -> tuple[Need, ...]:
    return tuple(
        replace(need, months=law.value(need.months_of), months_of="") if need.months_of else need for need in needs
    )


@dataclass(frozen=True, slots=True)
class Activity:
    """What is proven of a cooperative on a day, ready to be held against any definition. None: nobody knows.

    located: met at its place, None where it was not found (not found is not dead). business_on: newest day of business
    proven; dormant: whether somebody of it, or informants, said that business has stopped. meetings: book years whose RAT is
    proven with minutes; reported: those and the ones that the registry or the board merely states. meetings_known: whether
    somebody could look for minutes. founded_on: None where no list states it.
    """

    located: bool | None = None
    board: bool | None = None
    business_on: date | None = None
    dormant: bool = False
    meetings: frozenset[int] = frozenset()
    reported: frozenset[int] = frozenset()
    meetings_known: bool = False
    founded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Tested:
    """A definition's answer for one cooperative; needs and reasons in the definition's order."""

    met: Met
    needs: tuple[tuple[Need, Met], ...]
    reasons: tuple[Reason, ...]


def book_years_asked(on: date, years: int, due_months: int, founded_on: date | None) -> tuple[range, bool]:
    """The last `years` book years whose meeting is due, youngest last, and whether the newer closed one may stand in too.

    A book year in or before which the cooperative was not yet founded is not asked.
    """
    due, closed = BookYear.last_due(on, due_months), BookYear.last_closed(on)
    first = due.year - years + 1
    if founded_on is not None:
        first = max(first, founded_on.year)
    return range(first, due.year + 1), closed != due


def _meetings(need: Need, held: frozenset[int], activity: Activity, on: date, due_months: int) -> Met:
    asked, early = book_years_asked(on, need.years, due_months, activity.founded_on)
    wanted = min(need.count, len(asked))
    counted = sum(year in held for year in asked)
    if early and BookYear.last_closed(on).year in held:
        counted += 1
    if counted >= wanted:
        return Met.YES
    # A meeting that nobody could be asked about is silence, and silence proves nothing.
    return Met.NO if activity.meetings_known else Met.UNKNOWN


def _met(need: Need, activity: Activity, on: date, due_months: int) -> Met:
    match need.kind:
        case NeedKind.LOCATED:
            return Met.YES if activity.located else Met.UNKNOWN
        case NeedKind.BOARD:
            return Met.UNKNOWN if activity.board is None else Met.YES if activity.board else Met.NO
        case NeedKind.BUSINESS:
            if need.months_of:
                raise ValueError(f"the months of {need.months_of!r} are asked under a law")
            since = months_before(on, need.months)
            if activity.business_on is not None and since <= activity.business_on <= on:
                return Met.YES
            return Met.NO if activity.dormant else Met.UNKNOWN
        case NeedKind.MEETINGS:
            return _meetings(need, activity.meetings, activity, on, due_months)
        case NeedKind.MEETINGS_REPORTED:
            return _meetings(need, activity.reported, activity, on, due_months)


def need_words(need: Need) -> str:
    """The need in words: "RAT terbukti dengan notulen: 1 dari 3 tahun buku terakhir"."""
    words = NEED_LABELS[need.kind]
    if need.kind is NeedKind.BUSINESS:
        return f"{words} dalam {need.months} bulan terakhir"
    if need.years:
        return f"{words}: {need.count} dari {need.years} tahun buku terakhir"
    return words


def _worst(answers: Iterable[Met]) -> Met:
    found = set(answers)
    return next((met for met in (Met.NO, Met.UNKNOWN) if met in found), Met.YES)


def _best(answers: Iterable[Met]) -> Met:
    found = set(answers)
    return next((met for met in (Met.YES, Met.UNKNOWN) if met in found), Met.NO)


def active_under(policy: ActivePolicy, activity: Activity, on: date, due_months: int) -> Tested:
    """Whether the definition, as it is under a law, is fulfilled on a day. due_months: of article 26, after a book year.

    Raises ValueError for one whose numbers are still the law's.
    """
    needs = tuple((need, _met(need, activity, on, due_months)) for need in (*policy.all_of, *policy.any_of))
    all_of, any_of = needs[: len(policy.all_of)], needs[len(policy.all_of) :]
    answers = [met for _, met in all_of]
    if any_of:
        answers.append(_best(met for _, met in any_of))
    return Tested(_worst(answers), needs, tuple(_said(need, met) for need, met in needs))


def _said(need: Need, met: Met) -> Reason:
    words = {"need": need_words(need)}
    if met is Met.YES:
        return Reason("need_met", "{need}: terpenuhi", words)
    if met is Met.NO:
        return Reason("need_not_met", "{need}: tidak terpenuhi", words)
    return Reason("need_unknown", "{need}: belum diketahui", words)
