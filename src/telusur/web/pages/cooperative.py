"""A cooperative's page: what the round says and why, three voices, timeline, visits, its rows."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from telusur.areas.queries import area_names
from telusur.journal import actions as journal
from telusur.matching.models import Proposal
from telusur.matching.queries import pairs_of
from telusur.matching.rules.judgement import VERDICT_NAMES
from telusur.people.rules import Deed, may
from telusur.register.models import Entry, RecordedFact
from telusur.register.queries import CooperativeRecord, cooperative_record, private_cells
from telusur.register.rules import facts_known
from telusur.rounds.models import Round
from telusur.rounds.queries import current_round, frozen_entries, latest_derivation
from telusur.rounds.rules.asked import policy_under
from telusur.rounds.rules.disposition import RowCase, dispose
from telusur.standing.queries import Lens, case_in, lens, meetings_reviewed, round_duplicate, verdict_of
from telusur.standing.rules.derive import Case
from telusur.web.pages import dossier, evidence
from telusur.web.pages.blind import is_blind
from telusur.web.pages.filters import read_day, read_instant
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.pages.holds import holds_of
from telusur.web.pages.keadaan import grounds_of
from telusur.web.pages.matching_pair import chance
from telusur.web.pages.prospects import prospects
from telusur.web.words import code_words, group_words, say
from telusur.words.legal_number import LegalFamily, LegalNumber, read_legal_number

__all__ = ["cooperative"]

_FAMILIES: dict[LegalFamily, str] = {
    LegalFamily.AHU: gettext_noop("Administrasi Hukum Umum"),
    LegalFamily.M_KUKM: gettext_noop("Kementerian Koperasi"),
    LegalFamily.KWK: gettext_noop("kantor wilayah koperasi"),
    LegalFamily.KDK: gettext_noop("kantor departemen koperasi"),
    LegalFamily.REGIONAL: gettext_noop("dinas daerah"),
}


class _Moment(NamedTuple):
    """What a page is asked for: the day, the knowledge, the round that is open, the law and definition of then."""

    on: date
    known_at: datetime
    round_: Round | None
    seen: Lens


def _moment(request: HttpRequest, ident: uuid.UUID) -> _Moment:
    """The day and the knowledge that are asked for.

    Without a day it is the newest derivation's, so that the page and the lists that lead to it say the same; today's where
    something of this cooperative was learnt since.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    now = datetime.now(UTC)
    on, known_at = read_day(request.GET.get("on")), read_instant(request.GET.get("known_at"), zone)
    round_ = current_round()
    derivation = latest_derivation(round_) if round_ is not None and on is None and known_at is None else None
    if derivation is not None:
        since = RecordedFact.objects.filter(cooperative_id=ident, recorded_at__gt=derivation.known_at)
        if not since.exists():
            return _Moment(derivation.on, derivation.known_at, round_, lens(derivation.on, derivation.known_at))
    day, instant = on or now.astimezone(zone).date(), known_at or now
    return _Moment(day, instant, round_, lens(day, instant))


@deed(Deed.READ_REGISTER)
def cooperative(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """One cooperative as it stood on `?on=` and was known at `?known_at=`; the newest derivation's moment without them."""
    moment = _moment(request, ident)
    on, known_at = moment.on, moment.known_at
    record = cooperative_record(ident, on, known_at)
    if record is None:
        raise Http404
    entries = dossier.known_entries(record, on, known_at)
    # A record without a row on that day still opens: by the newest row it has, and the page says so.
    shown = entries[-1] if entries else record.entry
    if shown is None:
        raise Http404
    names = area_names([shown.kelurahan_code, shown.kecamatan_code])
    case = _case(record, moment)
    sees_people = may(role_of(request), Deed.READ_PEOPLE)
    return render(
        request,
        "telusur/cooperative.html",
        {
            "record": record,
            "entry": shown,
            "stated_later": not entries,
            "kelurahan": names.get(shown.kelurahan_code) or shown.normal.get("kelurahan", ""),
            "kecamatan": names.get(shown.kecamatan_code, ""),
            "legal": _legal(shown),
            "legal_family": _legal_family(shown),
            "on": on,
            "known_at": known_at,
            "asks_moment": bool(request.GET.get("on") or request.GET.get("known_at")),
            "verdict": _verdict(record, case, moment) if case is not None else None,
            "kedudukan": _standing(ident, case, moment),
            "voices": dossier.voices(record, entries[-1] if entries else None),
            "holds": holds_of(record.facts),
            "today": timezone.localdate(),
            "events": dossier.timeline(record, entries, on, known_at),
            "visits": dossier.visits(record),
            "grid": evidence.attempts_grid(record),
            "part_heads": evidence.part_heads(),
            "ground": evidence.ground_of_visits(record, shown.edition),
            "blind": is_blind(request.user, ident),
            "pairs": _pairs(ident) if may(role_of(request), Deed.READ_MATCHING) else (),
            "histories": dossier.histories(entries),
            "warnings": dossier.warnings_of(shown),
            "raw": _raw(shown),
            "sees_people": sees_people,
            "people": _people(request, shown) if sees_people and request.GET.get("pengurus") == "1" else None,
        },
    )


@transaction.atomic
def _people(request: HttpRequest, entry: Entry) -> list[str]:
    """The cells that name people. Reading them is processing of personal data and stands in the journal (UU 27/2022)."""
    about = f"cooperative:{entry.cooperative_id}"
    journal.write("people.read", about=about, by=actor(request), after={"entry": entry.pk})
    return private_cells(entry)


def _pairs(ident: uuid.UUID) -> list[tuple[Proposal, str, str]]:
    """The pairs proposed for it, how probable each is in percent, and what people said of it; "" where nobody has."""
    return [
        (
            item.proposal,
            chance(item.proposal.probability),
            gettext(VERDICT_NAMES[item.verdict]) if item.verdict else "",
        )
        for item in pairs_of(ident)
    ]


def _legal(entry: Entry) -> LegalNumber | None:
    """The founding number taken apart; None when none is stated or it cannot be read."""
    number = read_legal_number(str(entry.normal.get("legal_number", "")))
    return number if number is not None and number.family is not LegalFamily.UNPARSED else None


def _legal_family(entry: Entry) -> str:
    """The series of the founding number, in words: who gave it."""
    number = _legal(entry)
    return gettext(_FAMILIES[number.family]) if number is not None else ""


def _case(record: CooperativeRecord, moment: _Moment) -> Case | None:
    """The row that the current round froze, with the facts that hold; None outside any round."""
    round_, ident = moment.round_, record.cooperative.pk
    if round_ is None:
        return None
    kept = (row for row in record.entries if row.edition_id == round_.edition_id and row.pk <= round_.last_entry_id)
    frozen = next(kept, None) or frozen_entries(round_).filter(cooperative=ident).first()
    if frozen is None:
        return None
    return case_in(round_, frozen, record.facts, round_duplicate(round_, ident, moment.known_at))


def _standing(ident: uuid.UUID, case: Case | None, moment: _Moment) -> dict[str, object] | None:
    """The verdict with its grounds, what is missing and what comes next, and what the newest minutes lack."""
    found = verdict_of(ident, moment.on, moment.known_at, moment.seen, case)
    if found is None:
        return None
    known = facts_known(case.facts if case is not None else (), moment.on, moment.known_at)
    newest = next(meetings_reviewed(known, moment.seen.law), None)
    return grounds_of(found, moment.seen.law) | {
        "minutes": [say(ground.reason) for ground in newest[1]] if newest else [],
        "minutes_of": newest[0].value.get("for_book_year") if newest else "",
    }


def _raw(entry: Entry) -> list[tuple[str, str]]:
    """The row's cells under the labels of its file; cells that name people are blank in it, and left out."""
    return [(str(label), str(value)) for label, value in zip(entry.edition.header, entry.raw, strict=False) if label]


def _verdict(record: CooperativeRecord, held: Case, moment: _Moment) -> dict[str, object]:
    """The row's code in the current round on that day, why, and what would change it."""
    on, known_at = moment.on, moment.known_at
    case = RowCase(held.legal_on, record.facts, held.duplicate)
    policy = policy_under(moment.seen.law, held.required_attempts)
    found = dispose(case, policy, on)
    used = [fact for fact in record.facts if fact.id in found.facts]
    return {
        "code": found.code,
        "words": code_words(found.code),
        "group_words": group_words(found.code.group),
        "reasons": [say(reason) for reason in found.reasons],
        "facts": used,
        "rule": policy.version,
        "round": moment.round_,
        "prospects": [(item, code_words(item.code)) for item in prospects(case, policy, on, known_at)],
    }
