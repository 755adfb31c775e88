"""One conflict: the findings side by side with their evidence, what each decision would lead to, and the decision itself.

In: a cooperative in dispute. Out: a fact with a reason, or the same page with what is missing and all that was written.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.areas.queries import area_names
from telusur.oversight.actions import decide_conflict
from telusur.oversight.queries import facts_now
from telusur.people.rules import Deed, may
from telusur.register.models import Cooperative, Entry
from telusur.register.rules import Fact, Voice
from telusur.rounds.models import Round
from telusur.rounds.queries import current_round, frozen_entries, policy_of, round_duplicates
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.conflicts import DECISION_KIND, REVISIT, Conflict, Decision, weigh
from telusur.rounds.rules.disposition import RowCase, dispose, evidence_lacking
from telusur.rounds.rules.visit import EVIDENCE_LABELS, FINDING_LABELS, INFORMANT_LABELS, PART_LABELS, Visit
from telusur.web.pages.evidence import Shot, shots_of
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.words import code_words

__all__ = ["conflict", "decide"]

_LONGEST_WHY = 2000


class Side(NamedTuple):
    """One finding as it stands beside the other: what was found, seen and asked, and the code if it stood."""

    fact_id: int
    on: date
    part: str
    officer: str
    finding: str
    evidence: tuple[str, ...]
    lacking: tuple[str, ...]
    informants: str
    note: str
    business_on: date | None
    code: Code
    code_words: str
    is_aside: bool
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A cooperative of the round with its facts of today."""

    round_: Round
    entry: Entry
    facts: tuple[Fact, ...]

    def code_if(self, conflict: Conflict, stands: int, on: date) -> Code:
        """The code of the row if this finding stood."""
        value = {"visits": list(conflict.fact_ids), "stands": stands, "why": ""}
        word = Fact(0, DECISION_KIND, value, Voice.OFFICE, on, datetime.now(UTC), "")
        legal_on = self.entry.normal.get("legal_on")
        duplicate = round_duplicates(self.round_, datetime.now(UTC)).get(self.entry.cooperative_id)
        case = RowCase(date.fromisoformat(legal_on) if legal_on else None, (*self.facts, word), duplicate)
        return dispose(case, policy_of(self.round_, on), on).code


def _seen(ident: uuid.UUID) -> _Seen:
    round_ = current_round()
    entry = (
        frozen_entries(round_).filter(cooperative_id=ident).select_related("cooperative").first() if round_ else None
    )
    if round_ is None or entry is None:
        raise Http404
    return _Seen(round_, entry, facts_now(entry.cooperative, timezone.localdate(), datetime.now(UTC)))


def _side(seen: _Seen, found: Conflict, visit: Visit, aside: set[int], on: date) -> Side:
    code = seen.code_if(found, visit.fact_id, on)
    return Side(
        fact_id=visit.fact_id,
        on=visit.on,
        part=gettext(PART_LABELS[visit.part]),
        officer=visit.officer,
        finding=gettext(FINDING_LABELS[visit.finding]),
        evidence=tuple(gettext(EVIDENCE_LABELS[kind]) for kind in sorted(visit.evidence)),
        lacking=tuple(gettext(word) for word in evidence_lacking(visit)),
        informants=", ".join(gettext(INFORMANT_LABELS[role]) for role in sorted(visit.informants)),
        note=visit.note,
        business_on=visit.business_on,
        code=code,
        code_words=code_words(code),
        is_aside=visit.fact_id in aside,
        shots=next((shots_of(fact) for fact in seen.facts if fact.id == visit.fact_id), ()),
    )


@deed(Deed.REVIEW_VISITS)
def conflict(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """The findings of one cooperative that contradict each other, or what was decided of them."""
    return _page(request, ident, {})


def _page(request: HttpRequest, ident: uuid.UUID, more: dict[str, object], status: int = 200) -> HttpResponseBase:
    seen, today = _seen(ident), timezone.localdate()
    weighed = weigh(seen.facts, policy_of(seen.round_, today).conflict_days)
    found = weighed.conflict
    aside = {visit.fact_id for visit in weighed.aside}
    named = area_names([seen.entry.kelurahan_code])
    by_id = {visit.fact_id: visit for visit in (*weighed.visits, *weighed.aside)}
    context: dict[str, object] = {
        "entry": seen.entry,
        "kelurahan": named.get(seen.entry.kelurahan_code, ""),
        "address": seen.entry.normal.get("address", ""),
        "sides": [_side(seen, found, visit, aside, today) for visit in found.visits] if found else [],
        "others": _others(by_id, found),
        "awaits": found.awaits if found else None,
        "decisions": [(each, _stood(each, by_id)) for each in reversed(weighed.decisions)],
        "decides": found is not None and found.awaits is None and may(role_of(request), Deed.DECIDE_CONFLICT),
        "revisit": REVISIT,
    }
    return render(request, "telusur/oversight_conflict.html", context | more, status=status)


def _others(visits: dict[int, Visit], found: Conflict | None) -> list[tuple[date, str, str]]:
    """The visits that are not in dispute: what else is known of the place, newest first."""
    disputed = set(found.fact_ids) if found else set()
    return sorted(
        (
            (visit.on, visit.officer, gettext(FINDING_LABELS[visit.finding]))
            for visit in visits.values()
            if visit.fact_id not in disputed
        ),
        reverse=True,
    )


def _stood(decision: Decision, visits: dict[int, Visit]) -> str:
    """What a decision let stand, in words."""
    visit = visits.get(decision.stands) if decision.stands is not None else None
    if visit is None:
        return gettext("kunjungan ulang diminta")
    return gettext("yang berlaku: {finding} ({officer})").format(
        finding=gettext(FINDING_LABELS[visit.finding]), officer=visit.officer
    )


@deed(Deed.DECIDE_CONFLICT)
@require_POST
def decide(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """Keep the section head's word. What is missing is said on the same page."""
    seen = _seen(ident)
    stands, why = request.POST.get("stands", ""), request.POST.get("why", "").strip()[:_LONGEST_WHY]
    named = [int(each) for each in request.POST.getlist("seen") if each.isascii() and each.isdigit() and len(each) < 16]
    fault = ""
    if stands != REVISIT and not (stands.isascii() and stands.isdigit() and len(stands) < 16):
        fault = gettext("Pilih temuan yang berlaku, atau minta kunjungan ulang.")
    else:
        try:
            decide_conflict(
                round_=seen.round_,
                cooperative=get_object_or_404(Cooperative, pk=ident),
                seen=named,
                stands=None if stands == REVISIT else int(stands),
                why=why,
                by=actor(request),
                on=timezone.localdate(),
            )
        except (ValueError, PermissionError) as error:
            fault = capfirst(gettext(str(error))) + "."
    if fault:
        return _page(request, ident, {"fault": fault, "why": why, "stands": stands}, 400)
    messages.success(request, gettext("Keputusan dicatat. Kedua temuan tetap tersimpan sebagai bukti."))
    return redirect("oversight-conflict", ident=ident)
