"""Forms of KKMP: record a statement or mend it, check a step, take a statement back, count lists of members.

In: a POST. Out: one action, and back to the kelurahan's page. Lists of members stay in memory: no upload of theirs touches
a disk, and nothing of them is written to a log.
"""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from telusur.areas.queries import area_names
from telusur.merah_putih.actions import Note, check_stage, count_member_lists, withdraw
from telusur.merah_putih.models import Programme, StageRecord
from telusur.merah_putih.programme.member_files import FileRefused, read_member_file
from telusur.merah_putih.programme.models import KINDS
from telusur.merah_putih.programme.proof_files import MOST_BYTES, shown_proof
from telusur.merah_putih.queries import regencies, rows
from telusur.merah_putih.rules.refused import ProgrammeRefused
from telusur.people.rules import Deed
from telusur.web.pages.filters import read_day
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.kkmp_fields import KIND_WORDS, fields_of, save
from telusur.web.words import say

__all__ = ["check", "lists", "proof", "record", "take_back"]

_LONGEST = 600


def _name(code: str) -> str:
    if not Programme.objects.filter(kelurahan_code=code).exists():
        raise Http404
    return area_names([code]).get(code, code)


def _file(request: HttpRequest) -> bytes | None:
    """The photo or PDF of a proof; one byte more than may be kept is enough to refuse it."""
    sent = request.FILES.get("file")
    return sent.read(MOST_BYTES + 1) if sent is not None else None


@deed(Deed.READ_PROGRAMME)
def proof(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The file of a step's proof: a picture drawn anew, or the PDF as it came; always handed over, never opened here."""
    record = get_object_or_404(StageRecord, pk=number, programme__kelurahan_code=code)
    found = shown_proof(record.proof_sha256) if record.proof_sha256 else None
    if found is None:
        raise Http404
    name = f"{code}-{record.stage}-{record.pk}.{'pdf' if found.kind == 'application/pdf' else 'jpg'}"
    reply = FileResponse(BytesIO(found.content), as_attachment=True, filename=name, content_type=found.kind)
    reply.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    reply.headers["X-Content-Type-Options"] = "nosniff"
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


@deed(Deed.RECORD_PROGRAMME)
def record(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """One form for each kind of statement; `ganti` names the statement that it mends."""
    if kind not in KIND_WORDS:
        raise Http404
    name, today, fault = _name(code), timezone.localdate(), ""
    mends = request.POST.get("ganti") or request.GET.get("ganti") or ""
    given = {key: str(value).strip()[:_LONGEST] for key, value in (request.POST or request.GET).items()}
    if request.method == "POST":
        on = read_day(given.get("on"))
        if on is None:
            fault = gettext("Isi tanggalnya.")
        else:
            note = Note(
                code, on, given.get("proof", ""), actor(request), today, int(mends) if mends.isdigit() else None
            )
            try:
                save(kind, note, given, _file(request))
            except ProgrammeRefused as refused:
                fault = capfirst(say(refused.reason)) + "."
        if not fault:
            messages.success(
                request, gettext("Tercatat. Catatan yang keliru diganti dengan yang benar, tidak dihapus.")
            )
            return redirect("kkmp-one", code=code)
    else:
        given.setdefault("on", today.isoformat())
    context = {
        "code": code,
        "name": name,
        "kind": kind,
        "words": gettext(KIND_WORDS[kind]),
        "fields": fields_of(kind, given),
        "mends": mends,
        "fault": fault,
        "today": today,
    }
    return render(request, "telusur/kkmp_form.html", context, status=400 if fault else 200)


@deed(Deed.CHECK_PROGRAMME)
@require_POST
def check(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Say what a step's proof is worth."""
    _name(code)
    try:
        check_stage(
            number=number,
            is_right=request.POST.get("benar") == "1",
            why=request.POST.get("why", "")[:_LONGEST],
            by=actor(request),
        )
        messages.success(request, gettext("Pemeriksaan dicatat."))
    except ProgrammeRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
    return redirect("kkmp-one", code=code)


@deed(Deed.RECORD_PROGRAMME)
@require_POST
def take_back(request: HttpRequest, code: str, kind: str, number: int) -> HttpResponseBase:
    """Take a statement back, with a reason."""
    _name(code)
    if kind not in KINDS:
        raise Http404
    try:
        withdraw(kind=kind, number=number, why=request.POST.get("why", "")[:_LONGEST], by=actor(request))
        messages.success(request, gettext("Ditarik; catatannya tetap tersimpan di jejak."))
    except ProgrammeRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
    return redirect("kkmp-one", code=code)


@csrf_exempt
@deed(Deed.RECORD_PROGRAMME)
def lists(request: HttpRequest) -> HttpResponseBase:
    """Count lists of members. The upload is kept from the disk before anything of it is read, then guarded as all forms."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _lists(request)


@csrf_protect
@sensitive_variables("found")
def _lists(request: HttpRequest) -> HttpResponseBase:
    today, fault = timezone.localdate(), ""
    known = [row for regency in regencies() for row in rows(today, timezone.now(), regency)]
    context: dict[str, object] = {
        "today": today,
        "names": sorted(((row.kelurahan_code, row.kelurahan_name) for row in known), key=lambda each: each[1]),
        "chosen": request.POST.get("kelurahan", request.GET.get("kelurahan", "")),
    }
    if request.method == "POST":
        on, file = read_day(request.POST.get("on")), request.FILES.get("file")
        if file is None:
            fault = gettext("Pilih berkasnya: CSV atau lembar kerja, paling besar 1 MB.")
        elif on is None:
            fault = gettext("Isi tanggalnya.")
        else:
            try:
                places = {row.kelurahan_name: row.kelurahan_code for row in known}
                found = read_member_file(file.read(), places, str(context["chosen"]), file.name or "")
                proof = gettext("daftar anggota per {day}, dihitung di kantor").format(day=f"{on:%d/%m/%Y}")
                counted = count_member_lists(lists=found, on=on, proof=proof, by=actor(request), today=today)
            except ProgrammeRefused as refused:
                fault = capfirst(say(refused.reason)) + "."
            except FileRefused as refused:
                mend = f"; {gettext(refused.mend)}" if refused.mend else ""
                fault = f"{capfirst(say(refused.reason))}{mend}."
            else:
                names = {code: name for name, code in places.items()}
                context["counted"] = [(names[code], code, each) for code, each in counted.lists.items()]
                context["shared"] = [(names[a], names[b], count) for (a, b), count in counted.shared.items()]
    context["fault"] = fault
    return render(request, "telusur/kkmp_lists.html", context, status=400 if fault else 200)
