"""Training of boards, and the network between them: who had which module, who mentors whom.

In: a day from the address, places of boards from a form. Out: pages; each form is one action. No person is named anywhere.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.dashboards.kept.village import mentors_at, training_at
from telusur.merah_putih.queries import mentor_profiles
from telusur.merah_putih.rules.mentors import MOST_MENTEES, STRONG, TOPIC_LABELS, WEAK, Topic, suggest
from telusur.merah_putih.rules.training import (
    MODULE_LABELS,
    MODULE_SEATS,
    SEAT_LABELS,
    Covered,
    Module,
    Seat,
    lacking_by_module,
)
from telusur.merah_putih.trade.actions import TradeRefused, end_mentoring, record_mentor, record_session
from telusur.merah_putih.trade.models import MentorLink
from telusur.merah_putih.trade.queries import boards, mentor_links, sessions
from telusur.people.rules import Deed, may
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.pages.kkmp_trade import moment_of
from telusur.web.pages.pins import pinning_village
from telusur.web.pictures.mentors import draw_mentors
from telusur.web.words import say

__all__ = ["end_mentor", "mentor", "mentors", "training", "training_session"]


class Mark(NamedTuple):
    """A board and a module: whole, part or none, and what it says in words."""

    tone: str
    words: str


def _mark(row: Covered) -> Mark:
    lacking = ", ".join(gettext(SEAT_LABELS[seat]) for seat in row.lacking)
    if row.is_whole:
        return Mark("whole", gettext("lengkap"))
    if row.attended:
        return Mark("part", gettext("kurang {seats}").format(seats=lacking))
    return Mark(
        "lapsed" if row.lapsed else "none", gettext("hilang bersama pengurus lama") if row.lapsed else gettext("belum")
    )


@deed(Deed.LOOK_UP)
def training(request: HttpRequest) -> HttpResponseBase:
    """Boards against modules; sessions; whom to invite next."""
    on, known_at = moment_of(request)
    found = boards(on, known_at)
    names = {board.area.code: board.area.name for board in found}
    lacking = lacking_by_module([row for board in found for row in board.training])
    wanted = request.GET.get("modul", "")
    module = Module(wanted) if wanted in set(Module) else None
    rows = [(board, [_mark(row) for row in board.training]) for board in found]
    if module is not None:
        rows = [row for row in rows if row[0].area.code in lacking[module]]
    context: dict[str, object] = {
        "on": on,
        "rows": rows,
        "count": len(found),
        "modules": [
            (each.value, gettext(MODULE_LABELS[each]), len(found) - len(codes), len(codes),
             ", ".join(gettext(SEAT_LABELS[seat]) for seat in MODULE_SEATS[each]))
            for each, codes in lacking.items()
        ],
        "heads": [gettext(MODULE_LABELS[each]) for each in Module],
        "module": module.value if module else "",
        "module_words": gettext(MODULE_LABELS[module]) if module else "",
        "sessions": sessions(on, known_at),
        "keeps": may(role_of(request), Deed.KEEP_TRADE),
        "boards": found,
        "seats": [(seat.value, gettext(SEAT_LABELS[seat])) for seat in Seat],
        "names": names,
        **pinning_village(request, on, known_at, training_at),
    }  # fmt: skip
    return render(request, "telusur/kkmp_training.html", context)


@deed(Deed.KEEP_TRADE)
@require_POST
def training_session(request: HttpRequest) -> HttpResponseBase:
    """Record a session; `attended`: code and place, `certified` the same where there was a certificate."""
    sent = request.POST
    certified = set(sent.getlist("certified"))
    try:
        attended = {
            (code, Seat(seat)): f"{code}/{seat}" in certified
            for code, _, seat in (each.partition("/") for each in sent.getlist("attended")[:400])
        }
        record_session(
            module=Module(sent.get("module", "")), held_on=date.fromisoformat(sent.get("held_on", "")),
            hours=int(sent.get("hours", "0")), place=sent.get("place", "")[:120], provider=sent.get("provider", "")[:120],
            attended=attended, by=actor(request),
        )  # fmt: skip
        messages.success(request, gettext("Sesi pelatihan dicatat: {count} jabatan hadir.").format(count=len(attended)))
    except TradeRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
    except (ValueError, OverflowError):
        messages.error(request, gettext("Ada isian yang tidak dapat dibaca; tanggal ditulis seperti 2026-11-27."))
    return redirect("kkmp-training")


@deed(Deed.LOOK_UP)
def mentors(request: HttpRequest) -> HttpResponseBase:
    """The network: recorded pairs and suggested ones, as a picture with its table."""
    on, known_at = moment_of(request)
    found = boards(on, known_at)
    names = {board.area.code: board.area.name for board in found}
    links = [link for link in mentor_links(on, known_at) if link.mentor_code in names and link.mentee_code in names]
    made = suggest(mentor_profiles(on, known_at), [link.as_pair() for link in links])
    context: dict[str, object] = {
        "on": on,
        "links": [
            (link, names[link.mentor_code], names[link.mentee_code],
             ", ".join(gettext(TOPIC_LABELS[topic]) for topic in link.as_topics()))
            for link in links
        ],
        "suggested": [
            (each, names[each.mentor], names[each.mentee],
             ", ".join(gettext(TOPIC_LABELS[topic]) for topic in each.topics))
            for each in made
        ],
        "alone": len(found) - len({link.mentee_code for link in links} | {each.mentee for each in made}),
        "drawn": draw_mentors(
            [(names[link.mentor_code], names[link.mentee_code], True) for link in links]
            + [(names[each.mentor], names[each.mentee], False) for each in made]
        ),
        "keeps": may(role_of(request), Deed.KEEP_TRADE),
        "boards": found,
        "topics": [(topic.value, gettext(TOPIC_LABELS[topic])) for topic in Topic],
        "most": MOST_MENTEES,
        "strong": round(100 * STRONG),
        "weak": round(100 * WEAK),
        **pinning_village(request, on, known_at, mentors_at),
    }  # fmt: skip
    return render(request, "telusur/kkmp_mentors.html", context)


@deed(Deed.KEEP_TRADE)
@require_POST
def mentor(request: HttpRequest) -> HttpResponseBase:
    """Record who mentors whom."""
    sent = request.POST
    try:
        record_mentor(
            mentor=sent.get("mentor", ""), mentee=sent.get("mentee", ""),
            topics=[Topic(each) for each in sent.getlist("topic")], on=timezone.localdate(), by=actor(request),
            why=sent.get("why", "")[:500],
        )  # fmt: skip
        messages.success(request, gettext("Pendampingan dicatat."))
    except TradeRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
    except ValueError:
        messages.error(request, gettext("Hal pendampingan tidak dikenal; pilih dari daftar."))
    return redirect("kkmp-mentors")


@deed(Deed.KEEP_TRADE)
@require_POST
def end_mentor(request: HttpRequest, number: int) -> HttpResponseBase:
    """Record that a mentoring ended."""
    link = MentorLink.objects.filter(pk=number).first()
    if link is None:
        raise Http404
    try:
        end_mentoring(link=link, on=timezone.localdate(), why=request.POST.get("why", "")[:500], by=actor(request))
        messages.success(request, gettext("Pendampingan diakhiri."))
    except TradeRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
    return redirect("kkmp-mentors")
