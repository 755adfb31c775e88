"""The duty to hold the RAT: by book year, with the days of practice and of law for each kind of cooperative.

Pure. In: the form the registry states ("Primer Kabupaten/Kota", "Sekunder Provinsi"), the founding day, what is known of
meetings, the law. Out: a duty a book year; what minutes lack. Days of practice are no law: an RAT is overdue in law only
after article 26's months, and that article's wording is unverified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from telusur.laws.rules.law import Law
from telusur.register.rules import Fact
from telusur.rounds.rules.answers import is_confirmed
from telusur.rounds.rules.asked import MEETING_MONTHS
from telusur.rounds.rules.visit import MINUTES_CONTENTS, Evidence
from telusur.standing.rules.verdict import Ground, MeetingState, YearDuty
from telusur.words.book_year import BookYear
from telusur.words.reason import Reason

__all__ = [
    "CONTENTS",
    "MEETING_KIND",
    "PRIMER_MONTHS",
    "REMINDER_MONTHS",
    "SEKUNDER_MONTHS",
    "Meetings",
    "due_article",
    "duties",
    "meetings_of",
    "minutes_review",
]

MEETING_KIND = "annual_meeting"
PRIMER_MONTHS, SEKUNDER_MONTHS = "practice.meeting_primer_months", "practice.meeting_sekunder_months"
REMINDER_MONTHS = "house.reminder_months"
_QUORUM, _CONTENTS_ARTICLE, _ONLINE = "uu25-1992.24.quorum", "uu25-1992.35.report_contents", "ciptakerja.meeting_online"
CONTENTS: Mapping[str, str] = MINUTES_CONTENTS


def due_article(form: str) -> str:
    """The practice that sets the day by kind; a form that is not stated counts as primer, the stricter one only reminds."""
    return SEKUNDER_MONTHS if form.strip().casefold().startswith("sekunder") else PRIMER_MONTHS


@dataclass(frozen=True, slots=True)
class Meetings:
    """What is known of meetings. proven, stated: the fact that says most by book year; listed: the registry's own day."""

    proven: Mapping[int, Fact]
    stated: Mapping[int, Fact]
    listed_on: date | None

    @property
    def proven_years(self) -> frozenset[int]:
        """Book years whose meeting is proven with minutes."""
        return frozenset(self.proven)

    @property
    def reported_years(self) -> frozenset[int]:
        """Book years whose meeting is proven, stated, or dated by the registry."""
        listed = {BookYear.of_meeting(self.listed_on).year} if self.listed_on else set()
        return frozenset({*self.proven, *self.stated, *listed})


def meetings_of(facts: Iterable[Fact], listed_on: date | None, on: date) -> Meetings:
    """The meetings among the facts that hold on a day; the newest fact of each book year."""
    proven: dict[int, Fact] = {}
    stated: dict[int, Fact] = {}
    for fact in facts:
        year = fact.value.get("for_book_year")
        if fact.kind != MEETING_KIND or not isinstance(year, int) or not is_confirmed(fact):
            continue
        has_minutes = any(item.get("kind") == Evidence.MEETING_MINUTES for item in fact.evidence)
        (proven if has_minutes else stated)[year] = fact
    return Meetings(proven, stated, listed_on if listed_on is not None and listed_on <= on else None)


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def duties(
    form: str, founded_on: date | None, meetings: Meetings, law: Law, on: date, years: int = 3
) -> Sequence[YearDuty]:
    """The duty for the running book year, the last closed one and those before it (`years` closed ones), newest first."""
    running = BookYear(on.year)
    return [_duty(BookYear(running.year - back), form, founded_on, meetings, law, on) for back in range(years + 1)]


def _duty(year: BookYear, form: str, founded_on: date | None, meetings: Meetings, law: Law, on: date) -> YearDuty:
    fact = meetings.proven.get(year.year) or meetings.stated.get(year.year)
    listed = meetings.listed_on if meetings.listed_on and BookYear.of_meeting(meetings.listed_on) == year else None
    reminder_on = year.meeting_due_on(law.value(REMINDER_MONTHS))
    due_on = year.meeting_due_on(law.value(due_article(form)))
    overdue_on = year.meeting_due_on(law.value(MEETING_MONTHS))
    if year.year in meetings.proven:
        state = MeetingState.HELD
    elif fact is not None or listed is not None:
        state = MeetingState.REPORTED
    elif founded_on is not None and founded_on.year > year.year:
        state = MeetingState.NOT_OWED
    elif on <= year.ends_on:
        state = MeetingState.OPEN
    elif on <= due_on:
        state = MeetingState.AWAITED
    else:
        state = MeetingState.LATE if on <= overdue_on else MeetingState.OVERDUE
    held_on = _day(fact.value.get("held_on")) if fact is not None else listed
    return YearDuty(year.year, state, reminder_on, due_on, overdue_on, held_on, fact.id if fact else None)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def minutes_review(fact: Fact, law: Law) -> tuple[Ground, ...]:
    """What the minutes of a meeting lack or say besides: quorum, contents, its day, whether it was held online.

    Doubts for the desk, never a verdict: the quorum is set by each cooperative's own articles. Keys of the fact's value:
    `quorum_count` (members present), `member_count`, `contents` (list of keys of CONTENTS), `held_on`, `digital`.
    """
    found: list[Ground] = []

    def say(code: str, says: str, article: str, **values: str) -> None:
        found.append(Ground(Reason(code, says, values), (fact.id,), (article,)))

    present, members = _whole(fact.value.get("quorum_count")), _whole(fact.value.get("member_count"))
    if present is None or members is None:
        say("minutes_quorum_unstated", "notulen tidak menyebut jumlah hadir dan jumlah anggota", _QUORUM)
    elif present * 2 <= members:
        words = {"present": str(present), "members": str(members)}
        says = "hadir {present} dari {members} anggota; cocokkan dengan kuorum anggaran dasar"
        say("minutes_quorum_low", says, _QUORUM, **words)
    contents = fact.value.get("contents")
    if not isinstance(contents, list | tuple):
        say("minutes_contents_unstated", "isi laporan tahunan belum diperiksa", _CONTENTS_ARTICLE)
    elif lacking := [words for key, words in CONTENTS.items() if key not in contents]:
        says = "laporan tahunan tidak memuat {what}"
        say("minutes_contents_missing", says, _CONTENTS_ARTICLE, what=", ".join(lacking))
    year, held_on = fact.value.get("for_book_year"), _day(fact.value.get("held_on"))
    if isinstance(year, int) and held_on is not None:
        days = {"on": f"{held_on:%d/%m/%Y}"}
        last = BookYear(year).meeting_due_on(law.value(MEETING_MONTHS))
        if held_on <= BookYear(year).ends_on:
            says = "RAT bertanggal {on}, sebelum tahun bukunya berakhir"
            say("minutes_before_year_end", says, MEETING_MONTHS, **days)
        elif held_on > last:
            says = "RAT diadakan {on}, sesudah batas {last}"
            say("minutes_late", says, MEETING_MONTHS, **days, last=f"{last:%d/%m/%Y}")
    if fact.value.get("digital") is True:
        say("minutes_online", "RAT diselenggarakan daring", _ONLINE)
    return tuple(found)
