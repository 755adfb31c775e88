"""Import in the browser: upload, look, map where nobody knows the header, confirm, watch, read the result."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.intake.actions import save_mapping
from telusur.intake.models import Batch
from telusur.intake.queries import known_layouts
from telusur.intake.rules.fields import FIELDS
from telusur.intake.rules.layout import label_key, layout_from_mapping
from telusur.intake.rules.list_day import refuse_day
from telusur.people.rules import Deed
from telusur.register.models import Edition
from telusur.web.pages import import_desk
from telusur.web.pages.dossier import said
from telusur.web.pages.filters import read_day
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.import_desk import Job, Order, Progress
from telusur.web.pages.preview import LOOKED_ROWS, Preview, PreviewRow, Unmapped, look_at, to_map
from telusur.web.words import say, say_refusal
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["confirm", "preview", "progress", "runner", "upload"]

# How the work is run beside the request; tests put one here that runs it at once.
runner: Callable[[Callable[[], None]], None] = import_desk.in_thread
_RECENT = 5
# What an office's own list usually has; the other fields are asked for below them.
_FIRST_FIELDS = frozenset(
    {
        "name",
        "nik_koperasi",
        "legal_number",
        "legal_on",
        "annual_meeting_on",
        "address",
        "kelurahan",
        "kecamatan",
        "kabupaten_kota",
        "kind",
        "member_count",
    }
)


def _today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _job(token: str) -> Job:
    found = import_desk.find_job(token)
    if found is None:
        raise Http404
    return found


@deed(Deed.IMPORT_EDITION)
def upload(request: HttpRequest) -> HttpResponseBase:
    """Choose a file; the next page shows what it would bring."""
    fault = ""
    if request.method == "POST":
        given = request.FILES.get("file")
        kept = import_desk.keep_upload(given, actor(request)) if given else gettext("pilih berkasnya dahulu")
        if isinstance(kept, Job):
            return redirect("import-preview", token=kept.token)
        fault = gettext(kept)
    recent = Batch.objects.select_related("edition").order_by("-id")[:_RECENT]
    layouts = [layout for layout in known_layouts() if layout.columns]
    return render(
        request,
        "telusur/import_upload.html",
        {"fault": fault, "recent": recent, "layouts": layouts},
        status=400 if fault else 200,
    )


@deed(Deed.IMPORT_EDITION)
def preview(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the file would bring. A POST saves a mapping of its columns and looks again."""
    job = _job(token)
    if import_desk.read_progress(job) is not None and not job.path.exists():
        return redirect("import-progress", token=token)
    fault = ""
    if request.method == "POST":
        saved = _save_mapping(request)
        if isinstance(saved, str):
            target = reverse("import-preview", kwargs={"token": token})
            sheet = request.POST.get("sheet", "")
            return redirect(f"{target}?{_query(layout=saved, sheet=sheet, as_of=request.POST.get('as_of', ''))}")
        fault = say_refusal(saved)
    as_of_on = read_day(request.GET.get("as_of") or request.POST.get("as_of")) or _today()
    layout, sheet = request.GET.get("layout", ""), request.GET.get("sheet", "") or request.POST.get("sheet", "")
    wants_map = request.GET.get("map") == "1" or bool(fault)
    found = (to_map(job.path, sheet) if wants_map else None) or look_at(job.path, as_of_on, layout, sheet)
    context: dict[str, object] = {"job": job, "as_of_on": as_of_on, "layout": layout, "fault": fault}
    if isinstance(found, Preview):
        if found.expected != job.expected:
            import_desk.save_job(replace(job, expected=found.expected))
        return render(request, "telusur/import_preview.html", context | _shown(found))
    if isinstance(found, Unmapped):
        return render(request, "telusur/import_mapping.html", context | _form(request, found))
    refusal, sheets = found
    return render(
        request,
        "telusur/import_refused.html",
        context | {"sentence": say_refusal(refusal), "sheets": sheets, "layouts": _choosable(refusal)},
    )


def _query(**pairs: str) -> str:
    return urlencode({key: value for key, value in pairs.items() if value})


def _choosable(refusal: Refusal) -> list[tuple[str, str]]:
    """The layouts to choose among, where the header fits several."""
    if refusal.reason.code != "header_fits_several":
        return []
    return [(layout.name, layout.title) for layout in known_layouts() if layout.columns]


def _shown(found: Preview) -> dict[str, object]:
    # A label that says what the field is called already is not said twice.
    columns = [
        ("" if label_key(label) == label_key(FIELDS[field]) else label, gettext(FIELDS[field]))
        for _, label, field in found.known
    ]
    return {
        "found": found,
        "columns": columns,
        "rows": [_row_words(row, found) for row in found.rows],
        "refusals": [say_refusal(refusal) for refusal in found.refusals],
        "looked_rows": LOOKED_ROWS,
        "hidden_sheets": [sheet.name for sheet in found.sheets if sheet.hidden],
        "visible_sheets": [sheet for sheet in found.sheets if not sheet.hidden],
        "delimiter": {",": gettext("koma"), ";": gettext("titik koma"), "\t": gettext("tab")}.get(
            found.delimiter, found.delimiter
        ),
        "corrected": Edition.objects.filter(pk=found.corrects).first() if found.corrects is not None else None,
    }


def _row_words(row: PreviewRow, found: Preview) -> dict[str, object]:
    """The cells of a row's known columns: as read, and as they came where the two differ."""
    cells = []
    for place, _, field in found.known:
        came = row.came[place].strip() if place < len(row.came) else ""
        value = row.read.get(field)
        read = said(field, value.isoformat() if isinstance(value, date) else value)
        cells.append((read, came if came != read and came else ""))
    return {
        "number": row.number,
        "cells": cells,
        "warnings": [say(reason) for reason in row.warnings if isinstance(reason, Reason)],
        "refusal": say_refusal(row.refusal) if row.refusal else "",
        "came": " · ".join(cell for cell in row.came if cell.strip())[:120],
    }


def _form(request: HttpRequest, found: Unmapped) -> dict[str, object]:
    chosen = {field: request.POST.get(f"map-{field}", found.guesses.get(field, "")) for field in FIELDS}
    fields = [
        (field, gettext(words), [(label, sample, label == chosen[field]) for label, sample in found.labels])
        for field, words in FIELDS.items()
    ]
    return {
        "found": found,
        "sentence": say_refusal(found.refusal),
        "first_fields": [row for row in fields if row[0] in _FIRST_FIELDS or chosen[row[0]]],
        "other_fields": [row for row in fields if row[0] not in _FIRST_FIELDS and not chosen[row[0]]],
        "name": request.POST.get("name", ""),
        "guessed": len(found.guesses),
        "sheets": [sheet for sheet in found.sheets if not sheet.hidden],
    }


def _save_mapping(request: HttpRequest) -> str | Refusal:
    """The saved mapping's name; a Refusal where it makes no layout."""
    name = " ".join(request.POST.get("name", "").split())[:60]
    if not name:
        reason = Reason("mapping_without_title", "pemetaan belum diberi nama")
        return Refusal(None, "", "", reason, "beri nama supaya berkas berikutnya dikenali")
    if any(layout.name == name and not layout.mapped for layout in known_layouts()):
        reason = Reason("mapping_title_taken", "nama «{name}» dipakai tata letak bawaan", {"name": name})
        return Refusal(None, "", "", reason, "pilih nama lain")
    mapping = {field: label for field in FIELDS if (label := request.POST.get(f"map-{field}", "").strip())}
    layout = layout_from_mapping(name, mapping)
    if isinstance(layout, Refusal):
        return layout
    save_mapping(name=name, mapping=mapping, by=actor(request))
    return name


@deed(Deed.IMPORT_EDITION)
@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """Take the file in. Sent twice, it is taken in once."""
    job = _job(token)
    as_of_on = read_day(request.POST.get("as_of"))
    refusal = refuse_day(as_of_on, _today()) if as_of_on is not None else None
    if as_of_on is None or refusal is not None:
        said = say_refusal(refusal) if refusal else gettext("Isi tanggal keadaan daftar ini, paling lambat hari ini.")
        messages.error(request, said)
        return redirect("import-preview", token=token)
    order = Order(as_of_on, request.POST.get("layout", ""), request.POST.get("sheet", ""), actor(request))
    if import_desk.claim(job):
        runner(lambda: import_desk.take_in(job, order))
    return redirect("import-progress", token=token)


@deed(Deed.IMPORT_EDITION)
def progress(request: HttpRequest, token: str) -> HttpResponseBase:
    """How far it is, then what came of it; `?format=json` for the page's own asking."""
    job = _job(token)
    now = import_desk.read_progress(job)
    if now is None:
        return redirect("import-preview", token=token)
    if request.GET.get("format") == "json":
        return JsonResponse({"state": now.state, "says": _says(now, job), "share": _share(now, job)})
    if now.state == "running":
        context = {"job": job, "says": _says(now, job), "share": _share(now, job)}
        return render(request, "telusur/import_progress.html", context)
    edition = Edition.objects.select_related("previous").filter(pk=now.edition).first()
    sentence = ""
    if now.refusal is not None:
        stored = json.loads(json.dumps(now.refusal))
        sentence = say_refusal(Refusal(**{**stored, "reason": Reason(**stored["reason"])}))
    return render(
        request,
        "telusur/import_result.html",
        {"job": job, "now": now, "edition": edition, "sentence": sentence, "seconds": now.written - now.began},
    )


def _share(now: Progress, job: Job) -> int:
    return min(99, round(100 * now.rows / job.expected)) if job.expected else 0


def _says(now: Progress, job: Job) -> str:
    """Rows, rows a second, time left; what is done when all rows are read."""
    count = number_format(now.rows, force_grouping=True)
    if not now.rows:
        return gettext("membuka berkas…")
    rate = number_format(now.rate, force_grouping=True)
    if job.expected and now.rows < job.expected:
        left = round((job.expected - now.rows) / max(now.rate, 1) - (time.time() - now.written))
        return gettext("{count} baris · {rate} baris per detik · sisa {left} detik").format(
            count=count, rate=rate, left=max(1, left)
        )
    return gettext("{count} baris · {rate} baris per detik · menyusun indeks dan menyegel edisi").format(
        count=count, rate=rate
    )
