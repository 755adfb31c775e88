"""What waits at the desk from other rooms: packets in quarantine, planned stops whose day has passed.

In: the rooms visits and planning. Out: lines for the desk, and the section head's yes or no to a packet.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from telusur.oversight.queries import OverdueStop
from telusur.people.rules import Deed
from telusur.planning.rules.problem import Purpose
from telusur.register.models import Entry
from telusur.rounds.rules.visit import FINDING_LABELS
from telusur.visits import actions as visits
from telusur.visits.models import Packet, PacketClash
from telusur.visits.queries import Held, quarantine
from telusur.web.pages.guard import actor, deed
from telusur.web.words import say

__all__ = ["Overdue", "Quarantined", "decide_packet", "overdue_stops", "quarantined"]

_LONGEST_WHY = 500
_PURPOSES: dict[Purpose, str] = {
    Purpose.VALUE: gettext_noop("kunjungan"),
    Purpose.RANDOM: gettext_noop("urutan acak"),
    Purpose.BACK_CHECK: gettext_noop("pemeriksaan ulang"),
    Purpose.REVISIT: gettext_noop("kunjungan ulang"),
}


class Quarantined(NamedTuple):
    """A packet that the office keeps and has not taken: whose, since when, why it waits. clash: "" for the packet itself."""

    ident: str
    clash: str
    officer: str
    received_at: datetime
    cooperative_id: str
    name: str
    finding: str
    note: str
    why: tuple[str, ...]


class Overdue(NamedTuple):
    """A planned stop of a day that has passed, at which nobody recorded a visit."""

    on: date
    officer: str
    name: str
    cooperative_id: str
    purpose: str


def quarantined() -> list[Quarantined]:
    """Packets that wait for the section head, the oldest first."""
    held = quarantine()
    entries = Entry.objects.filter(cooperative_id__in={each.visit.cooperative for each in held}).order_by("id")
    names = dict(entries.values_list("cooperative_id", "name"))
    return [_line(each, names) for each in held]


def _line(held: Held, names: dict[uuid.UUID, str]) -> Quarantined:
    visit = held.visit
    known = names.get(visit.cooperative, "") if visit.cooperative else ""
    return Quarantined(
        ident=str(held.packet.pk),
        clash=str(held.clash.pk) if held.clash else "",
        officer=held.officer,
        received_at=held.received_at,
        cooperative_id=str(visit.cooperative) if known else "",
        name=known or (visit.outside.name if visit.outside else ""),
        finding=gettext(FINDING_LABELS[visit.finding]) if visit.finding else gettext("temuan tidak terbaca"),
        note=visit.note,
        why=tuple(say(reason) for reason in held.reasons),
    )


@deed(Deed.DECIDE_CONFLICT)
@require_POST
def decide_packet(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """Take a packet, or refuse it with a reason; either way it stays stored."""
    why, by, verdict = request.POST.get("why", "").strip()[:_LONGEST_WHY], actor(request), request.POST.get("verdict")
    number = request.POST.get("clash", "")
    packet = get_object_or_404(Packet, pk=ident)
    clash = None
    if number:
        is_number = number.isascii() and number.isdigit() and len(number) < 16
        clash = get_object_or_404(PacketClash, pk=int(number) if is_number else 0, packet=packet)
    try:
        if verdict == "release" and clash is not None:
            visits.release_clash(clash=clash, by=by, why=why)
        elif verdict == "release":
            visits.release_packet(packet=packet, by=by, why=why)
        elif clash is not None:
            visits.reject_clash(clash=clash, why=why, by=by)
        else:
            visits.reject_packet(packet=packet, why=why, by=by)
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    else:
        done = (
            gettext("Kunjungan diterima dan ikut dihitung.") if verdict == "release" else gettext("Kunjungan ditolak.")
        )
        messages.success(request, done)
    return redirect(f"{reverse('oversight')}?daftar=karantina")


def overdue_stops(stops: Sequence[OverdueStop]) -> list[Overdue]:
    """Those of the past stops at which nobody was, the oldest first; a cooperative once, by its latest day."""
    missed = {stop.cooperative_id: stop for stop in stops if not stop.is_done}
    entries = Entry.objects.filter(cooperative_id__in=missed).order_by("id")
    names = dict(entries.values_list("cooperative_id", "name"))
    return [
        Overdue(stop.on, stop.officer, names.get(ident, ""), str(ident), gettext(_PURPOSES[Purpose(stop.purpose)]))
        for ident, stop in sorted(missed.items(), key=lambda pair: (pair[1].on, pair[1].officer, str(pair[0])))
    ]
