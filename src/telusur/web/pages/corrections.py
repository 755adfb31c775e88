"""Usulan: what the ministry is asked to mend. What waits for a yes, what is ready, what was sent and its fate, what ended.

In: a list's name and a column from the address; numbers of changes from a form. Out: pages; each form is one action.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_POST

from telusur.corrections.actions import approve, make_sheet, propose
from telusur.corrections.models import ChangeSheet
from telusur.corrections.queries import ChangeView, change_views, corrections_followed, last_national
from telusur.corrections.rules.approval import ChangeState
from telusur.corrections.rules.fate import FATE_LABELS, Fate
from telusur.corrections.rules.refused import CorrectionRefused
from telusur.corrections.sheets.words import ADDRESSEE
from telusur.people.rules import Deed
from telusur.web.pages.corrections_rows import column_chips, fates_of, line_of
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.pins import pinning_office
from telusur.web.words import say

__all__ = ["approve_changes", "corrections", "make", "numbers_from", "propose_changes"]

_A_PAGE = 50
_MOST_NUMBERS = 2000
# In the order of a change's way.
_LISTS: tuple[tuple[str, str, frozenset[ChangeState]], ...] = (
    ("menunggu", gettext_noop("menunggu persetujuan"), frozenset({ChangeState.PROPOSED, ChangeState.ONCE})),
    ("siap", gettext_noop("siap dikirim"), frozenset({ChangeState.READY, ChangeState.ON_SHEET})),
    ("terkirim", gettext_noop("terkirim, dengan nasibnya"), frozenset({ChangeState.SENT})),
    (
        "selesai",
        gettext_noop("ditolak, ditarik, gugur"),
        frozenset({ChangeState.REJECTED, ChangeState.WITHDRAWN, ChangeState.LAPSED}),
    ),
)


class Door(NamedTuple):
    """A list: its key in the address, its words, how many it holds, whether it is open."""

    key: str
    words: str
    held: int
    is_here: bool


def numbers_from(texts: Sequence[str]) -> list[int]:
    """Numbers of changes from a form; what is no number is left out."""
    return [int(text) for text in texts[:_MOST_NUMBERS] if text.isascii() and text.isdigit() and len(text) < 16]


@deed(Deed.READ_CORRECTIONS)
def corrections(request: HttpRequest) -> HttpResponseBase:
    """The list named by `?daftar=`; without it the first that holds anything."""
    views, today, reader = change_views(), timezone.localdate(), actor(request)
    by_list = {key: [view for view in views if view.state in states] for key, _, states in _LISTS}
    # A withdrawn sending is followed on, so it stands with the sent ones.
    by_list["terkirim"] = [view for view in views if view.fate is not None]
    wanted = request.GET.get("daftar", "")
    key = wanted if wanted in by_list else next((name for name, _, _ in _LISTS if by_list[name]), "menunggu")
    column, kept = request.GET.get("kolom", ""), by_list[key]
    chips = column_chips(kept, column)
    if any(chip.is_here for chip in chips):
        kept = [view for view in kept if view.change.column == column]
    fate = request.GET.get("nasib", "")
    if key == "terkirim" and fate in set(Fate):
        kept = [view for view in kept if view.fate == fate]
    page = Paginator(_in_order(key, kept), _A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "doors": [Door(name, gettext(words), len(by_list[name]), name == key) for name, words, _ in _LISTS],
        "list": key,
        "column": column if any(chip.is_here for chip in chips) else "",
        "chips": chips,
        "fate": fate,
        "fate_words": gettext(FATE_LABELS[Fate(fate)]) if fate in set(Fate) else "",
        "page": page,
        "lines": [line_of(view, reader, today) for view in page.object_list],
        "editions": last_national(),
        "today": today,
    }
    if key == "siap":
        context |= {"sheets": _open_sheets(), "next_number": _next_number(today.year), "addressee": ADDRESSEE}
    if key == "terkirim":
        context |= {"fates": fates_of(corrections_followed(views), today)}
    context |= pinning_office(request, {"menunggu": "wait_changes", "siap": "wait_ready"}.get(key, "fate"))
    return render(request, "telusur/corrections.html", context)


def _in_order(key: str, views: list[ChangeView]) -> list[ChangeView]:
    """What waits in its own order, repeats first; what is over, the newest first."""
    if key == "menunggu":
        return sorted(views, key=lambda view: (not view.is_repeat, view.change.entry_id, view.change.pk))
    return views if key == "siap" else views[::-1]


def _open_sheets() -> list[tuple[ChangeSheet, int]]:
    sheets = ChangeSheet.objects.filter(end__isnull=True).select_related("edition")
    return [(sheet, sheet.lines.count()) for sheet in sheets]


def _next_number(year: int) -> str:
    """A number that is free; the office may write its own."""
    taken = set(ChangeSheet.objects.filter(number__startswith=f"U-{year}-").values_list("number", flat=True))
    return next(number for at in range(1, len(taken) + 2) if (number := f"U-{year}-{at:03d}") not in taken)


@deed(Deed.PROPOSE_CORRECTION)
@require_POST
def propose_changes(request: HttpRequest) -> HttpResponseBase:
    """Compare with the newest national list of every scope."""
    editions = last_national()
    if not editions:
        messages.error(request, gettext("Belum ada daftar nasional yang dapat dipakai. Impor dahulu satu edisi."))
    for edition in editions:
        found = propose(edition=edition, on=timezone.localdate(), by=actor(request), known_at=datetime.now(UTC))
        said = gettext(
            "{scope} per {day}: {new} usulan baru, {repeats} ulangan, {lapsed} gugur; {silent} sudah diusulkan sebelumnya."
        )
        messages.success(
            request,
            said.format(
                scope=edition.scope, day=f"{edition.as_of_on:%d/%m/%Y}", new=len(found.new),
                repeats=len(found.repeats), lapsed=found.lapsed, silent=found.silent,
            ),
        )  # fmt: skip
    return redirect(f"{reverse('corrections')}?daftar=menunggu")


@deed(Deed.APPROVE_CORRECTION)
@require_POST
def approve_changes(request: HttpRequest) -> HttpResponseBase:
    """One person's yes to the changes chosen, or to all that the page showed."""
    chosen = numbers_from(request.POST.getlist("shown" if "whole" in request.POST else "change"))
    back = f"{reverse('corrections')}?daftar=menunggu"
    column = request.POST.get("kolom", "")
    back += f"&kolom={column}" if column.isidentifier() else ""
    try:
        views = approve(numbers=chosen, by=actor(request))
    except CorrectionRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
        return redirect(back)
    ready = sum(view.state is ChangeState.READY for view in views)
    done = ngettext("{count} usulan Anda setujui.", "{count} usulan Anda setujui.", len(views)).format(count=len(views))
    if ready:
        done += " " + gettext("{count} siap masuk lembar.").format(count=ready)
    if len(views) > ready:
        done += " " + gettext("{count} menunggu persetujuan orang kedua.").format(count=len(views) - ready)
    messages.success(request, done)
    return redirect(back)


@deed(Deed.SEND_CORRECTION)
@require_POST
def make(request: HttpRequest) -> HttpResponseBase:
    """Put the ready changes of a scope on a sheet."""
    scope = request.POST.get("scope", "")
    edition = next((each for each in last_national() if each.scope == scope), None)
    if edition is None:
        messages.error(request, gettext("Belum ada daftar nasional yang dapat dipakai. Impor dahulu satu edisi."))
        return redirect(f"{reverse('corrections')}?daftar=siap")
    try:
        sheet = make_sheet(
            edition=edition,
            number=request.POST.get("number", "")[:80],
            addressee=request.POST.get("addressee", "")[:200],
            on=timezone.localdate(),
            by=actor(request),
        )
    except CorrectionRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
        return redirect(f"{reverse('corrections')}?daftar=siap")
    messages.success(
        request, gettext("Lembar dibuat dan isinya tetap. Unduh, tandatangani suratnya, lalu catat pengirimannya.")
    )
    return redirect("corrections-sheet", number=sheet.pk)
