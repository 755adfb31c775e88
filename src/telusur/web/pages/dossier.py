"""What a cooperative's page says, from its record: three voices field by field, a timeline, its visits, its rows' history.

In: `CooperativeRecord` and the disposition on a day. Out: frozen values with sentences in the reader's language. Nothing is
merged across voices: where two differ, the field is marked and both stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from telusur.intake.rules.fields import FIELDS, MONEY_FIELDS
from telusur.notices.rules.stages import EVENT_LABELS, STAGE_LABELS, EventKind, Stage
from telusur.register.models import Entry
from telusur.register.queries import CooperativeRecord
from telusur.register.rules import FACT_WORDS, Fact, Voice, entry_changes
from telusur.rounds.rules.visit import (
    EVIDENCE_LABELS,
    FINDING_LABELS,
    INFORMANT_LABELS,
    LOCATED_FINDINGS,
    PART_LABELS,
    Evidence,
    Finding,
    Visit,
    visit_from,
)
from telusur.web.pages.evidence import Shot, shots_of
from telusur.web.words import say_stored
from telusur.words.book_year import BookYear

__all__ = [
    "Event",
    "History",
    "VisitLine",
    "VoiceRow",
    "histories",
    "known_entries",
    "said",
    "timeline",
    "visits",
    "voices",
    "warnings_of",
]

_ELSEWHERE = frozenset(
    {Finding.ADDRESS_UNIDENTIFIED, Finding.OTHER_OCCUPANT, Finding.EMPTY_OR_DEMOLISHED, Finding.MOVED_UNKNOWN}
)


class VoiceRow(NamedTuple):
    """One field as each voice states it, "" where it says nothing. `differs`: why they cannot all be right, or ""."""

    field: str
    registry: str
    visit: str
    board: str
    differs: str


class Event(NamedTuple):
    """One dated point of the timeline. `tone`: mark (what the office saw) | past (what a list says)."""

    on: date
    words: str
    detail: str
    tone: str


class VisitLine(NamedTuple):
    """A visit with its evidence in words."""

    on: date
    attempt: str
    part: str
    officer: str
    finding: str
    informants: str
    evidence: tuple[str, ...]
    note: str
    recorded_at: datetime
    recorded_by: str
    number: int
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What changed in the row from one edition to the next; `changes` are (field, before, after)."""

    before: Entry
    after: Entry
    changes: tuple[tuple[str, str, str], ...]


def _day(value: date) -> str:
    return date_format(value, "j F Y")


def said(field: str, value: object) -> str:
    """A value of a normalised row for people: days in words, amounts grouped, "—" for what is not stated."""
    if value in (None, ""):
        return "—"
    if field.endswith("_on") and isinstance(value, str):
        return _day(date.fromisoformat(value))
    if isinstance(value, int) and field != "report_year":
        text = number_format(value, use_l10n=True, force_grouping=True)
        return f"Rp {text}" if field in MONEY_FIELDS else text
    return str(value)


def known_entries(record: CooperativeRecord, on: date, known_at: datetime) -> tuple[Entry, ...]:
    """The rows of editions that spoke of a day up to `on` and had come by `known_at`, oldest first."""
    return tuple(
        entry
        for entry in record.entries
        if entry.edition.as_of_on <= on and entry.edition.imported_at.astimezone(UTC) <= known_at
    )


def _visit_facts(record: CooperativeRecord) -> list[Visit]:
    return [visit_from(fact) for fact in record.facts if fact.kind == "visit"]


def _newest(record: CooperativeRecord, kind: str, voice: Voice) -> Fact | None:
    return next((fact for fact in record.said_by(voice) if fact.kind == kind), None)


def voices(record: CooperativeRecord, entry: Entry | None) -> list[VoiceRow]:
    """The fields on which more than one voice may speak, in the order in which an office reads them."""
    normal: Mapping[str, object] = entry.normal if entry is not None else {}
    seen = _visit_facts(record)
    last = seen[-1] if seen else None
    place = " · ".join(str(normal[part]) for part in ("address", "kelurahan", "kecamatan") if normal.get(part))
    legal = " · ".join(said(part, normal[part]) for part in ("legal_number", "legal_on") if normal.get(part))
    rows = [
        VoiceRow(
            gettext("Keberadaan"),
            gettext("tercatat") if entry is not None else "",
            gettext(FINDING_LABELS[last.finding]) if last else "",
            _board(record, "existence"),
            gettext("tercatat, tetapi tidak ditemukan di kunjungan terakhir")
            if entry is not None and last is not None and last.finding not in LOCATED_FINDINGS
            else "",
        ),
        VoiceRow(
            gettext("Alamat"),
            place,
            _stated(record, "address", Voice.VISIT) or _address_seen(last),
            _board(record, "address"),
            gettext("alamat terdaftar bukan tempat koperasi ini lagi")
            if place and last is not None and last.finding in _ELSEWHERE
            else "",
        ),
        _business(record, seen),
        _meeting(record, normal),
        _members(record, normal),
        VoiceRow(
            gettext("Badan hukum"),
            legal,
            _stated(record, "founding_deed", Voice.VISIT),
            _board(record, "founding_deed"),
            "",
        ),
    ]
    return rows


def _stated(record: CooperativeRecord, kind: str, voice: Voice) -> str:
    """What the newest fact of a kind says, in the words that it holds."""
    fact = _newest(record, kind, voice)
    if fact is None:
        return ""
    texts = [
        str(value) for value in fact.value.values() if value not in (None, "", [], {}) and not isinstance(value, bool)
    ]
    return " · ".join(texts) or _day(fact.valid_on)


def _board(record: CooperativeRecord, kind: str) -> str:
    return _stated(record, kind, Voice.BOARD)


def _address_seen(last: Visit | None) -> str:
    if last is None:
        return ""
    return (
        gettext("ditemukan di alamat ini")
        if last.finding in LOCATED_FINDINGS
        else gettext(FINDING_LABELS[last.finding])
    )


def _business(record: CooperativeRecord, seen: Sequence[Visit]) -> VoiceRow:
    proven = next((visit for visit in reversed(seen) if visit.business_on is not None), None)
    visit = ""
    if proven is not None and proven.business_on is not None:
        visit = gettext("bukti bertanggal {day}").format(day=_day(proven.business_on))
    return VoiceRow(gettext("Usaha"), "", visit, _board(record, "business"), "")


def _meeting(record: CooperativeRecord, normal: Mapping[str, object]) -> VoiceRow:
    """The registry states a day, a visit a book year with or without minutes: they are compared by book year."""
    stated = normal.get("annual_meeting_on")
    registry = date.fromisoformat(stated) if isinstance(stated, str) else None
    fact = _newest(record, "annual_meeting", Voice.VISIT)
    visit, differs = "", ""
    if fact is not None:
        year = str(fact.value.get("for_book_year", ""))
        proven = any(item.get("kind") == Evidence.MEETING_MINUTES.value for item in fact.evidence)
        words = gettext("tahun buku {year}, notulen dilihat") if proven else gettext("tahun buku {year}, tanpa notulen")
        visit = words.format(year=year)
        if registry is not None and str(BookYear.of_meeting(registry)) != year:
            differs = gettext("register nasional menyebut RAT untuk tahun buku lain")
    return VoiceRow(
        gettext("RAT terakhir"), _day(registry) if registry else "", visit, _board(record, "annual_meeting"), differs
    )


def _members(record: CooperativeRecord, normal: Mapping[str, object]) -> VoiceRow:
    registry = said("member_count", normal["member_count"]) if "member_count" in normal else ""
    visit, board = _stated(record, "members", Voice.VISIT), _board(record, "members")
    told = {text for text in (registry, visit, board) if text}
    return VoiceRow(
        gettext("Anggota"), registry, visit, board, gettext("jumlah anggota berbeda") if len(told) > 1 else ""
    )


def visits(record: CooperativeRecord) -> list[VisitLine]:
    """The visits that hold, newest first."""
    lines = []
    made = [fact for fact in record.facts if fact.kind == "visit"]
    for number, fact in reversed(list(enumerate(made, 1))):
        visit = visit_from(fact)
        attempt = fact.value.get("attempt")
        lines.append(
            VisitLine(
                visit.on,
                str(attempt) if attempt else "",
                gettext(PART_LABELS[visit.part]),
                visit.officer,
                gettext(FINDING_LABELS[visit.finding]),
                ", ".join(gettext(INFORMANT_LABELS[role]) for role in sorted(visit.informants)),
                tuple(gettext(EVIDENCE_LABELS[kind]) for kind in sorted(visit.evidence)),
                visit.note,
                fact.recorded_at,
                fact.recorded_by,
                number,
                shots_of(fact),
            )
        )
    return lines


def timeline(record: CooperativeRecord, entries: Sequence[Entry], on: date, known_at: datetime) -> list[Event]:
    """All that is dated, newest first: deeds and meetings as a list says, editions, absences, visits, decrees."""
    events = [*_registry_events(entries), *_fact_events(record)]
    for edition in record.absent_in:
        if edition.as_of_on <= on and edition.imported_at <= known_at:
            words = gettext("tidak ada lagi di edisi {number}").format(number=edition.pk)
            events.append(Event(edition.as_of_on, words, gettext("tidak tercantum bukan berarti bubar"), "past"))
    return sorted(events, key=lambda event: event.on, reverse=True)


def _registry_events(entries: Sequence[Entry]) -> Iterator[Event]:
    for entry in entries:
        words = gettext("tercantum di edisi {number}").format(number=entry.edition_id)
        yield Event(entry.edition.as_of_on, words, gettext("baris {row}").format(row=entry.row_number), "past")
    if not entries:
        return
    normal = entries[-1].normal
    labels = {
        "legal_on": gettext("badan hukum pendirian"),
        "amendment_on": gettext("perubahan anggaran dasar"),
        "annual_meeting_on": gettext("RAT terakhir"),
    }
    for field, words in labels.items():
        if normal.get(field):
            yield Event(date.fromisoformat(normal[field]), words, gettext("menurut register nasional"), "past")


def _fact_events(record: CooperativeRecord) -> Iterator[Event]:
    for fact in record.facts:
        if fact.kind == "visit":
            visit = visit_from(fact)
            words = gettext("kunjungan: {finding}").format(finding=gettext(FINDING_LABELS[visit.finding]))
            evidence = ", ".join(gettext(EVIDENCE_LABELS[kind]) for kind in sorted(visit.evidence))
            yield Event(visit.on, words, evidence or gettext("tanpa bukti tertulis"), "mark")
        elif fact.kind == "annual_meeting":
            words = gettext("RAT tahun buku {year}").format(year=fact.value.get("for_book_year", "?"))
            proven = any(item.get("kind") == Evidence.MEETING_MINUTES.value for item in fact.evidence)
            yield Event(
                fact.valid_on, words, gettext("notulen dilihat") if proven else gettext("tanpa notulen"), "mark"
            )
        elif fact.kind == "position" and fact.value.get("packet"):
            # Where an officer stood at a visit stands with the visit, on its map.
            continue
        else:
            value = fact.value
            detail = str(value.get("why") or value.get("number") or value.get("receipt") or "")
            yield Event(fact.valid_on, _words_of(fact), detail, "mark")


def _words_of(fact: Fact) -> str:
    """What happened: a letter's step by its own name, else the kind of fact."""
    if fact.kind == "notice_event":
        stage, event = Stage(str(fact.value["stage"])), EventKind(str(fact.value["event"]))
        return gettext("{letter}: {step}").format(
            letter=gettext(STAGE_LABELS[stage]), step=gettext(EVENT_LABELS[event])
        )
    return gettext(FACT_WORDS[fact.kind])


def histories(entries: Sequence[Entry]) -> list[History]:
    """What changed between each edition's row and the next one's, newest first; unchanged pairs stand too."""
    pairs = []
    for before, after in pairwise(entries):
        changes = tuple(
            (
                gettext(FIELDS.get(change.field, change.field)),
                said(change.field, change.before),
                said(change.field, change.after),
            )
            for change in entry_changes(before.normal, after.normal)
            if change.field in FIELDS
        )
        pairs.append(History(before, after, changes))
    return pairs[::-1]


def warnings_of(entry: Entry) -> list[str]:
    """The row's warnings as sentences."""
    return [say_stored(warning) for warning in entry.warnings]
