"""One change sheet: what it carries, its file and its letter, its sending or its end.

In: a sheet's id; a day, a way and a proof from a form. Out: its page, an XLSX, a PDF; each form is one action.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.corrections.actions import discard_sheet, send_sheet
from telusur.corrections.models import Change, ChangeSheet
from telusur.corrections.queries import change_views
from telusur.corrections.rules.refused import CorrectionRefused
from telusur.corrections.sheets.change_sheet import write_changes
from telusur.corrections.sheets.fates_sheet import write_fates
from telusur.corrections.sheets.letter import letter_pdf
from telusur.people.rules import Deed
from telusur.web.pages.corrections_rows import line_of
from telusur.web.pages.filters import read_day
from telusur.web.pages.guard import actor, deed
from telusur.web.words import say

__all__ = ["discard", "fates_file", "send", "sheet_file", "sheet_letter", "sheet_page"]


def _sheet(number: int) -> ChangeSheet:
    return get_object_or_404(ChangeSheet.objects.select_related("edition"), pk=number)


def _name(sheet: ChangeSheet) -> str:
    """The sheet's number as a file's name."""
    return "usulan-" + (re.sub(r"[^A-Za-z0-9]+", "-", sheet.number).strip("-") or str(sheet.pk))


@deed(Deed.READ_CORRECTIONS)
def sheet_page(request: HttpRequest, number: int) -> HttpResponseBase:
    """The sheet with its changes."""
    return _page(request, _sheet(number), {})


def _page(request: HttpRequest, sheet: ChangeSheet, more: dict[str, object], status: int = 200) -> HttpResponseBase:
    today, reader = timezone.localdate(), actor(request)
    views = {view.change.pk: view for view in change_views(Change.objects.filter(line__sheet=sheet))}
    order = sheet.lines.values_list("change_id", flat=True)
    context: dict[str, object] = {
        "sheet": sheet,
        "end": getattr(sheet, "end", None),
        "lines": [line_of(views[ident], reader, today) for ident in order],
        "today": today,
    }
    return render(request, "telusur/corrections_sheet.html", context | more, status=status)


@deed(Deed.READ_CORRECTIONS)
def sheet_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The sheet as XLSX; the same bytes whenever it is asked for."""
    sheet = _sheet(number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "usulan.xlsx"
        write_changes(path, sheet)
        # Opened before its folder goes: the handle keeps the content until the answer is sent.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{_name(sheet)}.xlsx")


@deed(Deed.READ_CORRECTIONS)
def fates_file(request: HttpRequest) -> HttpResponseBase:
    """What became of every correction that was sent, as XLSX."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nasib.xlsx"
        write_fates(path, timezone.localdate())
        return FileResponse(path.open("rb"), as_attachment=True, filename="nasib-usulan.xlsx")


@deed(Deed.READ_CORRECTIONS)
def sheet_letter(request: HttpRequest, number: int) -> HttpResponseBase:
    """The letter as PDF."""
    sheet = _sheet(number)
    reply = HttpResponse(
        letter_pdf(sheet, settings.OFFICE_NAME, settings.OFFICE_CONTACT), content_type="application/pdf"
    )
    reply["Content-Disposition"] = f'attachment; filename="surat-{_name(sheet)}.pdf"'
    return reply


@deed(Deed.SEND_CORRECTION)
@require_POST
def send(request: HttpRequest, number: int) -> HttpResponseBase:
    """Record the sending."""
    sheet, today = _sheet(number), timezone.localdate()
    given = {name: request.POST.get(name, "")[:2000] for name in ("on", "channel", "proof")}
    on = read_day(given["on"])
    fault = "" if on else gettext("Isi tanggal pengiriman.")
    if on is not None:
        try:
            send_sheet(
                number=sheet.number,
                on=on,
                channel=given["channel"],
                proof=given["proof"],
                by=actor(request),
                today=today,
            )
        except CorrectionRefused as refused:
            fault = capfirst(say(refused.reason)) + "."
    if fault:
        return _page(request, sheet, {"fault": fault, "given": given}, 400)
    messages.success(
        request, gettext("Pengiriman dicatat. Tiap usulan diikuti pada setiap daftar nasional berikutnya.")
    )
    return redirect("corrections-sheet", number=number)


@deed(Deed.SEND_CORRECTION)
@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give the sheet up."""
    sheet, why = _sheet(number), request.POST.get("why", "")[:2000]
    try:
        discard_sheet(number=sheet.number, why=why, by=actor(request), on=timezone.localdate())
    except CorrectionRefused as refused:
        return _page(request, sheet, {"discard_fault": capfirst(say(refused.reason)) + ".", "why": why}, 400)
    messages.success(request, gettext("Lembar dibatalkan; usulannya gugur dan dapat diusulkan lagi."))
    return redirect("corrections-sheet", number=number)
