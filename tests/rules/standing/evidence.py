"""Histories of one cooperative for Hypothesis: visits of every finding, meetings, holds, decisions, reports, proposals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.disposition import Duplicate
from telusur.rounds.rules.visit import Evidence, Finding, Informant
from telusur.standing.rules.derive import Case

FIRST, LAST = date(2021, 1, 1), date(2026, 6, 30)
days = st.dates(FIRST, LAST)
_OFTEN = ["operating", "other_occupant", "empty_or_demolished", "nobody_present", "dormant_without_board", "refused"]


@st.composite
def visits(draw: st.DrawFn) -> Fact:
    """A visit with any finding and evidence; business evidence mostly near its day."""
    on = draw(days)
    finding = draw(st.sampled_from(_OFTEN) | st.sampled_from([item.value for item in Finding]))
    enough = draw(st.booleans())
    kinds = draw(st.lists(st.sampled_from([item.value for item in Evidence]), max_size=3, unique=True))
    if enough:
        kinds = [*kinds, "geotagged_photo", "ledger", "signed_statement", "dissolution_minutes", "decree", "deed"]
    business = draw(st.none() | st.integers(-30, 1300))
    value = {
        "finding": finding,
        "officer": draw(st.sampled_from(["sari", "budi", "Sari "])),
        "part_of_day": draw(st.sampled_from(["morning", "afternoon"])),
        "informants": draw(
            st.lists(st.sampled_from([item.value for item in Informant]), max_size=3, unique=True)
        ),
        "business_on": (on - timedelta(business)).isoformat() if business is not None else "",
        "receipt_due_on": draw(st.sampled_from(["", "2025-11-01"])),
        "number": draw(st.sampled_from(["", "114"])),
        "survivor": draw(st.sampled_from(["", "9901"])),
        "survivor_shares_number": draw(st.booleans()),
        "reviewer": draw(st.sampled_from(["", "sari", "dewi"])),
        "note": draw(st.sampled_from(["", "terkunci"])),
    }  # fmt: skip
    return _fact("visit", on, value, Voice.VISIT, [*kinds, "photo"] if enough else kinds)


def _fact(kind: str, on: date, value: dict[str, object], voice: Voice, kinds: list[str]) -> Fact:
    # A thing that is seen comes to the office's knowledge the day after.
    known = datetime.combine(on + timedelta(1), datetime.min.time(), UTC)
    return Fact(0, kind, value, voice, on, known, "operator", tuple({"kind": each} for each in kinds))


@st.composite
def meetings(draw: st.DrawFn) -> Fact:
    """A members' meeting for a book year, with or without minutes, by any voice."""
    on = draw(days)
    voice = draw(st.sampled_from([Voice.VISIT, Voice.BOARD, Voice.OFFICE]))
    value: dict[str, object] = {"for_book_year": on.year - draw(st.integers(1, 2)), "held_on": on.isoformat()}
    if draw(st.booleans()):
        value["confirmed_by"] = "dewi"
    return _fact("annual_meeting", on, value, voice, draw(st.sampled_from([[], ["meeting_minutes"]])))


@st.composite
def others(draw: st.DrawFn) -> Fact:
    """Holds, desk contacts, deeds, reports in every state, notices, proposals."""
    on = draw(days)
    kind, voice, value, kinds = draw(
        st.sampled_from(
            [
                ("hold", Voice.OFFICE, {"why": "perkara", "freezes": True}, []),
                ("hold", Voice.OFFICE, {"why": "tabungan anggota", "freezes": False}, []),
                ("desk_contact", Voice.OFFICE, {"officer": "sari"}, []),
                ("founding_deed", Voice.OFFICE, {}, []),
                ("self_report", Voice.BOARD, {"says": "alive", "state": "claimed", "receipt": "L-1"}, []),
                ("self_report", Voice.BOARD, {"says": "alive", "state": "accepted", "receipt": "L-1"}, []),
                ("business", Voice.BOARD, {"confirmed_by": "dewi", "receipt": "L-1"}, ["ledger"]),
                ("address", Voice.BOARD, {"confirmed_by": "dewi", "receipt": "L-1"}, []),
                ("board", Voice.BOARD, {"confirmed_by": "dewi", "until_on": "2024-12-31"}, []),
                ("dissolution_proposal", Voice.OFFICE, {"case": "K-1"}, []),
                ("notice_event", Voice.OFFICE, {"case": "K-1", "event": "withdrawn", "notice": "N"}, []),
                ("notice_event", Voice.OFFICE, {"case": "K-1", "event": "sent", "due_on": "2025-12-01"}, []),
                ("objection", Voice.OFFICE, {"state": "open"}, []),
            ]
        )
    )  # fmt: skip
    return _fact(kind, on, dict(value), voice, list(kinds))


def histories(most: int = 6) -> st.SearchStrategy[tuple[Fact, ...]]:
    """Facts numbered in the order in which they were recorded."""
    facts = st.lists(st.one_of(visits(), visits(), meetings(), others()), max_size=most)
    return facts.map(lambda found: tuple(replace(fact, id=number) for number, fact in enumerate(found, 1)))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A cooperative of any age and form with a history."""
    return Case(
        legal_on=draw(st.none() | st.dates(date(1960, 1, 1), date(2026, 1, 1))),
        form=draw(st.sampled_from(["", "Primer Kabupaten/Kota", "Sekunder Provinsi"])),
        listed_meeting_on=draw(st.none() | days),
        facts=draw(histories()),
        duplicate=draw(st.none() | st.sampled_from([Duplicate("99", (1,)), Duplicate("99", (1, 2))])),
        required_attempts=draw(st.sampled_from([None, 1, 2, 3])),
    )


@st.composite
def plain_cases(draw: st.DrawFn) -> Case:
    """Up to three visits of one finding on days of their order, and at most one meeting: what a shape is made for."""
    made = sorted(draw(st.lists(visits(), min_size=1, max_size=3)), key=lambda fact: fact.valid_on)
    finding = made[0].value["finding"]
    facts = [replace(fact, value={**fact.value, "finding": finding}) for fact in made]
    facts += draw(st.lists(meetings(), max_size=1))
    numbered = tuple(replace(fact, id=number) for number, fact in enumerate(facts, 1))
    return replace(draw(cases()), facts=numbered)
