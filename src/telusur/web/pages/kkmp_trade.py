"""Bahan pokok and one kelurahan's trade: what lies on which shelf, who could help whom, units, partners.

In: a day and an instant from the address, codes of kelurahan. Out: pages; each form is one action. Terms of trade are shown
to the office alone.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from telusur.dashboards.kept.village import own_at, stock_at
from telusur.laws.queries import current_law
from telusur.laws.rules.law import Law
from telusur.merah_putih.queries import regencies
from telusur.merah_putih.rules.demand import SERVICE_ARTICLE
from telusur.merah_putih.rules.partners import PARTNER_LABELS, STATE_LABELS, Agreement, AgreementState, PartnerKind
from telusur.merah_putih.rules.staples import STAPLES, WINDOW_ARTICLE, Availability, Staple
from telusur.merah_putih.rules.surplus import FRESH_ARTICLE, KEEP_ARTICLE, Offer, offers, offers_between, position
from telusur.merah_putih.rules.units import UNIT_LABELS, Kept, UnitKind
from telusur.merah_putih.trade.actions import TradeRefused, state_partner, state_unit
from telusur.merah_putih.trade.models import StockPacket
from telusur.merah_putih.trade.queries import Board, StapleRow, boards, stock_waiting
from telusur.merah_putih.trade.receiving import decide_check
from telusur.people.rules import Deed, may
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.pages.pins import pinning_village
from telusur.web.words import say

__all__ = ["decide_stock", "pair", "record_partner", "record_unit", "staples", "trade"]

_OFFERS_A_STAPLE = 2
# How a cell of the table reads: css, words.
_CELLS = {
    "unseen": gettext_noop("belum dicek"),
    "old": gettext_noop("cek lama"),
    "out": gettext_noop("habis"),
    "order": gettext_noop("pesan"),
    "enough": gettext_noop("cukup"),
    "spare": gettext_noop("lebih"),
    "there": gettext_noop("ada"),
}


class Cell(NamedTuple):
    """One staple in one outlet: its tone, its words, the days that it covers ("" where unknown)."""

    tone: str
    words: str
    days: str


class Bar(NamedTuple):
    """An interval on a line of 100: where it begins, how long it is, where the share stands. Texts for SVG."""

    x: str
    width: str
    at: str


class OfferLine(NamedTuple):
    """An offer in words."""

    staple: str
    unit: str
    giver: str
    giver_code: str
    taker: str
    taker_code: str
    quantity: float | None
    spare: float


def moment_of(request: HttpRequest) -> tuple[date, datetime]:
    """The day of `?on=`, today without one; all that is known now."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = timezone.localdate()
    return on, datetime.now(UTC)


def days_words(days: float | None) -> str:
    """Days of cover in words; "" where unknown."""
    if days is None:
        return ""
    if math.isinf(days):
        return gettext("tidak terjual")
    if days < 1:
        return gettext("kurang dari 1 hari")
    return gettext("{days} hari").format(days=number_format(math.floor(days)))


def _cell(tone: str, days: str = "") -> Cell:
    return Cell(tone, gettext(_CELLS[tone]), days)


def cell_of(row: StapleRow, law: Law) -> Cell:
    """What a staple's cell says on the day of `law`; a check that is too old says nothing else."""
    if row.shelf is None:
        return _cell("unseen")
    where, ahead = position(row.shelf, law.on, law), row.shelf.outlook
    tone = "there"
    if not where.is_fresh:
        tone = "old"
    elif ahead.on_hand <= 0:
        tone = "out"
    elif ahead.must_order:
        tone = "order"
    elif where.spare > 0:
        tone = "spare"
    elif ahead.must_order is False:
        tone = "enough"
    return Cell(
        tone,
        gettext(_CELLS[tone]),
        days_words(ahead.cover_days) if tone in ("order", "spare", "enough", "there") else "",
    )


def bar_of(found: Availability) -> Bar | None:
    """The interval as a bar; None without a check."""
    if found.share is None:
        return None
    low, high = 100 * found.low, 100 * found.high
    return Bar(f"{low:.1f}", f"{max(1.0, high - low):.1f}", f"{100 * found.share:.1f}")


def as_share(kept: Kept) -> Availability:
    """Hours kept as a share of looks, for a bar."""
    return Availability(kept.kept, kept.looked, kept.share, kept.low, kept.high)


def _offer_lines(made: list[Offer], names: dict[str, str]) -> list[OfferLine]:
    return [
        OfferLine(
            gettext(STAPLES[each.staple].label), gettext(STAPLES[each.staple].unit), names[each.giver], each.giver,
            names[each.taker], each.taker, each.quantity, each.spare,
        )
        for each in made
    ]  # fmt: skip


def _limits(law: Law) -> dict[str, object]:
    return {
        "window": law.value(WINDOW_ARTICLE),
        "fresh": law.value(FRESH_ARTICLE),
        "keep": law.value(KEEP_ARTICLE),
        "service": law.value(SERVICE_ARTICLE),
        "tones": [(tone, gettext(words)) for tone, words in _CELLS.items()],
    }


@deed(Deed.LOOK_UP)
def staples(request: HttpRequest) -> HttpResponseBase:
    """Eight staples in every kelurahan, and who has too much of what another lacks."""
    on, known_at = moment_of(request)
    law = current_law(on, known_at)
    found = boards(on, known_at)
    names = {board.area.code: board.area.name for board in found}
    made = list(offers([board.shelves for board in found], on, law))
    checked = [board for board in found if board.checked_on is not None]
    fresh_days = law.value(FRESH_ARTICLE)
    fresh = [each for each in checked if each.checked_on is not None and (on - each.checked_on).days <= fresh_days]
    there = sum(board.availability.in_stock for board in found)
    looked = sum(board.availability.checked for board in found)
    office = may(role_of(request), Deed.REVIEW_VISITS)
    context: dict[str, object] = {
        "on": on,
        "rows": [
            (board, [cell_of(row, law) for row in board.staples], bar_of(board.availability))
            for board in sorted(found, key=lambda each: (each.checked_on is None, each.area.kecamatan, each.area.name))
        ],
        "heads": [gettext(kind.label) for kind in STAPLES.values()],
        "count": len(found),
        "checked": len(checked),
        "fresh_count": len(fresh),
        "there": there,
        "looked": looked,
        "out": sum(cell_of(row, law).tone == "out" for board in found for row in board.staples),
        "offers": _offer_lines(_mixed(made), names),
        "offers_count": len(made),
        "waiting": [(packet, [say(reason) for reason in packet.why_waiting()]) for packet in stock_waiting()]
        if office
        else [],
        "names": names,
        **pinning_village(request, on, known_at, stock_at),
    }
    return render(request, "telusur/kkmp_staples.html", context | _limits(law))


def _mixed(made: list[Offer]) -> list[Offer]:
    """Two offers a staple, to different takers: the page shows the breadth; all stand under the two kelurahan."""
    kept: list[Offer] = []
    for each in made:
        same = [other for other in kept if other.staple is each.staple]
        if len(same) < _OFFERS_A_STAPLE and all(each.taker != other.taker for other in same):
            kept.append(each)
    return kept


@deed(Deed.LOOK_UP)
def pair(request: HttpRequest) -> HttpResponseBase:
    """Two kelurahan side by side: who has a surplus of what the other lacks."""
    on, known_at = moment_of(request)
    law = current_law(on, known_at)
    found = {board.area.code: board for board in boards(on, known_at)}
    one, other = found.get(request.GET.get("satu", "")), found.get(request.GET.get("dua", ""))
    context: dict[str, object] = {"on": on, "boards": list(found.values()), "one": one, "other": other}
    if one is not None and other is not None and one.area.code != other.area.code:
        names = {board.area.code: board.area.name for board in (one, other)}
        made = offers_between(one.shelves, other.shelves, on, law)
        ways = {each.staple: each for each in made}
        context |= {
            "offers": _offer_lines(list(made), names),
            "lines": [
                (gettext(STAPLES[staple].label), gettext(STAPLES[staple].unit), _side(one, staple, law),
                 _side(other, staple, law), ways.get(staple))
                for staple in Staple
            ],
        }  # fmt: skip
    elif one is not None and other is not None:
        context["same"] = True
    return render(request, "telusur/kkmp_pair.html", context | _limits(law))


def _side(board: Board, staple: Staple, law: Law) -> tuple[Cell, float | None, date | None]:
    row = next(each for each in board.staples if each.staple is staple)
    return cell_of(row, law), row.last.on_hand if row.last else None, row.last.on if row.last else None


def one_board(code: str, on: date, known_at: datetime) -> Board:
    """The board of a kelurahan of this city. Raises Http404."""
    found = boards(on, known_at, [code])
    if not found:
        raise Http404
    return found[0]


@deed(Deed.LOOK_UP)
def trade(request: HttpRequest, code: str) -> HttpResponseBase:
    """One kelurahan: staples with their reckoning, units with hours, partners; forms for those who keep them."""
    on, known_at = moment_of(request)
    law = current_law(on, known_at)
    board = one_board(code, on, known_at)
    role = role_of(request)
    context: dict[str, object] = {
        "on": on,
        "board": board,
        "bar": bar_of(board.availability),
        "lines": [_staple_line(row, law) for row in board.staples],
        "units": [(row, gettext(row.label), bar_of(as_share(row.kept))) for row in board.units],
        "partners": [
            (row, gettext(PARTNER_LABELS[row.agreement.kind]), product_words(row.agreement.product),
             gettext(STATE_LABELS[row.state]), _tone(row.state), capfirst(say(row.why)))
            for row in board.partners
        ],
        "in_programme": code[:5] in regencies(),
        "sees_terms": may(role, Deed.READ_TRADE),
        "keeps": may(role, Deed.KEEP_TRADE),
        "unit_kinds": [(kind.value, gettext(UNIT_LABELS[kind])) for kind in UnitKind],
        "partner_kinds": [(kind.value, gettext(PARTNER_LABELS[kind])) for kind in PartnerKind],
        "products": [(staple.value, gettext(kind.label)) for staple, kind in STAPLES.items()],
        "sides": [each for each in boards(on, known_at) if each.area.code != code and each.checked_on is not None],
        **pinning_village(request, on, known_at, lambda day, at: own_at(day, at, code)),
    }  # fmt: skip
    return render(request, "telusur/kkmp_trade.html", context | _limits(law))


def product_words(product: str) -> str:
    """A product's words: a staple's label, or what was typed."""
    return gettext(STAPLES[Staple(product)].label) if product in set(Staple) else product


def _tone(state: AgreementState) -> str:
    if state is AgreementState.HOLDS:
        return "yes"
    return "waits" if state in (AgreementState.ENDS_SOON, AgreementState.NOT_YET, AgreementState.UNWRITTEN) else "no"


class StapleLine(NamedTuple):
    """A staple of one kelurahan in words. price: percent against the reference, None without either."""

    label: str
    unit: str
    row: StapleRow
    cell: Cell
    bar: Bar | None
    cover: str
    order_at: float | None
    reasons: list[str]
    price: float | None
    last_gap: str


def _staple_line(row: StapleRow, law: Law) -> StapleLine:
    ahead = row.shelf.outlook if row.shelf else None
    gap = ""
    if row.gaps:
        last = row.gaps[-1]
        gap = (
            gettext("sejak {day}, masih").format(day=f"{last.first_on:%d/%m}")
            if last.ended_on is None
            else gettext("{least} sampai {most} hari").format(
                least=last.least_days, most=last.most_days if last.most_days is not None else "?"
            )
        )
    return StapleLine(
        gettext(STAPLES[row.staple].label), gettext(STAPLES[row.staple].unit), row, cell_of(row, law),
        bar_of(row.availability), days_words(ahead.cover_days) if ahead else "", ahead.reorder_at if ahead else None,
        [say(reason) for reason in ahead.reasons] if ahead else [], row.price.percent if row.price else None, gap,
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text.strip() else None


@deed(Deed.KEEP_TRADE)
@require_POST
def record_unit(request: HttpRequest, code: str) -> HttpResponseBase:
    """State a unit and the hours that it promises."""
    sent = request.POST
    try:
        kind = UnitKind(sent.get("kind", ""))
        state_unit(
            code=code,
            kind=kind,
            label=sent.get("label", "")[:80] or UNIT_LABELS[kind],
            is_running=sent.get("running") == "1",
            hours=sent.get("hours", "")[:200],
            on=_day(sent.get("valid_on", "")) or timezone.localdate(),
            source=sent.get("source", "")[:120],
            by=actor(request),
        )
        messages.success(request, gettext("Unit dicatat."))
    except TradeRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
    except ValueError:
        messages.error(request, gettext("Ada isian yang tidak dapat dibaca; tanggal ditulis seperti 2026-11-27."))
    return redirect("kkmp-trade", code=code)


@deed(Deed.KEEP_TRADE)
@require_POST
def record_partner(request: HttpRequest, code: str) -> HttpResponseBase:
    """State what was agreed with a partner for one product."""
    sent = request.POST
    product = sent.get("product", "") if sent.get("product", "") in set(Staple) else sent.get("other_product", "")[:60]
    try:
        lead = _number(sent.get("lead", ""))
        agreement = Agreement(
            code, sent.get("partner", "")[:120].strip(), PartnerKind(sent.get("kind", "")), product.strip(),
            sent.get("number", "")[:80].strip(), _day(sent.get("signed_on", "")), _day(sent.get("ends_on", "")),
            None if lead is None else round(lead), _number(sent.get("margin", "")), sent.get("active") != "0",
        )  # fmt: skip
        state_partner(
            agreement=agreement, on=timezone.localdate(), source=sent.get("source", "")[:120], by=actor(request)
        )
        messages.success(request, gettext("Mitra dicatat."))
    except TradeRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
    except (ValueError, OverflowError):
        messages.error(request, gettext("Ada isian yang tidak dapat dibaca; tanggal ditulis seperti 2026-11-27."))
    return redirect("kkmp-trade", code=code)


@deed(Deed.REVIEW_VISITS)
@require_POST
def decide_stock(request: HttpRequest, number: int) -> HttpResponseBase:
    """Take a stock check that waits, or keep it without counting it."""
    packet = StockPacket.objects.filter(pk=number).first()
    if packet is None:
        raise Http404
    try:
        decide_check(
            packet=packet, is_taken="take" in request.POST, why=request.POST.get("why", "")[:500], by=actor(request)
        )
        messages.success(request, gettext("Putusan dicatat."))
    except ValueError as refused:
        messages.error(request, capfirst(gettext(str(refused))) + ".")
    return redirect("kkmp-staples")
