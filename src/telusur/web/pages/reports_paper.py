"""The desk's further deeds on a report: tie it to a cooperative, erase its names, print its receipt.

In: a sent report. Out: one action each, or its reason on the report's page.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.people.rules import Deed
from telusur.register.models import Cooperative
from telusur.selfreport import actions
from telusur.selfreport.models import Report
from telusur.selfreport.rules.flow import ReportState
from telusur.selfreport.sheets.receipt import receipt_pdf
from telusur.selfreport.writers.erasing import erase_people
from telusur.web.pages.guard import actor, deed

__all__ = ["erase", "link", "pdf_answer", "receipt"]


def pdf_answer(report: Report, key: str = "", address: str = "") -> HttpResponse:
    """The receipt as a download."""
    answer = HttpResponse(receipt_pdf(report, key, address), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="tanda-terima-{report.number}.pdf"'
    return answer


def _sent(number: int) -> Report:
    return get_object_or_404(Report.objects.exclude(state=ReportState.DRAFT.value), pk=number)


@deed(Deed.ACCEPT_REPORT)
@require_POST
def link(request: HttpRequest, number: int) -> HttpResponseBase:
    """Tie a report that named an unlisted cooperative to the one of that NIK koperasi."""
    text = "".join(sign for sign in request.POST.get("nik_koperasi", "") if sign.isdigit())[:13]
    found = Cooperative.objects.filter(nik_koperasi=text).first() if text else None
    try:
        if found is None:
            raise ValueError("tidak ada koperasi dengan NIK itu di register; cari dahulu namanya")
        actions.link(report=_sent(number), cooperative=found, by=actor(request), on=timezone.localdate())
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    else:
        messages.success(request, gettext("Laporan dihubungkan; periksa lagi di samping register."))
    return redirect("report", number=number)


@deed(Deed.READ_PEOPLE)
@require_POST
def erase(request: HttpRequest, number: int) -> HttpResponseBase:
    """Names and telephones of a report are gone, with the reason on record."""
    try:
        erase_people(report=_sent(number), why=request.POST.get("why", ""), by=actor(request))
    except ValueError:
        messages.error(request, gettext("Tulis siapa yang meminta dan kapan."))
    else:
        messages.success(request, gettext("Nama dan nomor di laporan ini sudah dihapus."))
    return redirect("report", number=number)


@deed(Deed.READ_REPORTS)
def receipt(request: HttpRequest, number: int) -> HttpResponseBase:
    """The office's copy of the receipt, without the secret code."""
    return pdf_answer(_sent(number))
