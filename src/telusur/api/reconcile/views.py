"""The reconciliation service's addresses: manifest, queries, extension, suggestions, flyouts, the preview. Reading only.

In: GET, and POST of a form as OpenRefine sends it (no account, so no form's token: nothing can be changed here). Out: JSON,
or JSONP for a plain callback's name; one small page that may stand in another site's frame.
"""

from __future__ import annotations

import orjson
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from telusur.api.public.doors import address, in_asked_language, open_to_all, said
from telusur.api.reconcile import answers
from telusur.api.rules.limits import RECONCILE_A_MINUTE
from telusur.api.rules.reconcile_query import is_callback, read_batch, read_extension
from telusur.api.rules.refused import AskedWrongly
from telusur.words.reason import Reason

__all__ = ["flyout", "preview", "properties", "service", "suggest"]

_LONGEST = 120
_SHOWN = ("id", "nama", "nik_koperasi", "badan_hukum", "kelurahan", "kecamatan")


def _answer(request: HttpRequest, content: object, status: int = 200) -> HttpResponse:
    """JSON, or a call of the callback that the address names."""
    body, callback = orjson.dumps(content), request.GET.get("callback", "")
    if callback and status == 200:
        if not is_callback(callback):
            return _refused(
                request, AskedWrongly(Reason("callback_name", "nama callback tidak dapat dipakai"), "callback")
            )
        # The comment keeps the beginning of the answer out of the caller's hands.
        script = b"/**/" + callback.encode() + b"(" + body + b");"
        return HttpResponse(script, content_type="application/javascript; charset=utf-8")
    return HttpResponse(body, content_type="application/json; charset=utf-8", status=status)


@in_asked_language
def _refused(request: HttpRequest, wrong: AskedWrongly) -> HttpResponse:
    error = {"status": "error", "code": wrong.reason.code, "message": said(wrong.reason), "parameter": wrong.target}
    return HttpResponse(orjson.dumps(error), content_type="application/json; charset=utf-8", status=wrong.status)


@csrf_exempt
@open_to_all("GET", "POST", refused=_refused, most=RECONCILE_A_MINUTE, door="reconcile ")
def service(request: HttpRequest) -> HttpResponse:
    """The manifest, a batch of queries, or a data extension."""
    sent = request.POST if request.method == "POST" else request.GET
    try:
        if "queries" in sent:
            batch = read_batch(sent["queries"])
            return _answer(request, {key: answers.results(query) for key, query in batch.items()})
        if "extend" in sent:
            return _answer(request, answers.extended(read_extension(sent["extend"])))
    except AskedWrongly as wrong:
        return _refused(request, wrong)
    return _answer(
        request, answers.manifest(address(request, "/reconcile/"), address(request, "/"), settings.OFFICE_NAME)
    )


def _text(request: HttpRequest, name: str) -> str:
    return " ".join(request.GET.get(name, "").replace("\0", " ").split())[:_LONGEST]


@open_to_all("GET", refused=_refused, most=RECONCILE_A_MINUTE, door="reconcile ")
def suggest(request: HttpRequest, kind: str) -> HttpResponse:
    """Auto-completion of entities, properties or types; `cursor` leaves out as many as were seen."""
    found = answers.suggested(kind, _text(request, "prefix"))
    cursor = _text(request, "cursor")
    seen = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 6 else 0
    return _answer(request, {"result": found[seen:]})


@open_to_all("GET", refused=_refused, most=RECONCILE_A_MINUTE, door="reconcile ")
def flyout(request: HttpRequest, kind: str) -> HttpResponse:
    """A few lines on what the pointer rests on."""
    ident = _text(request, "id")
    return _answer(request, {"id": ident, "html": answers.flyout(kind, ident)})


@open_to_all("GET", refused=_refused, most=RECONCILE_A_MINUTE, door="reconcile ")
def properties(request: HttpRequest) -> HttpResponse:
    """The properties that can be fetched for cooperatives."""
    limit = _text(request, "limit")
    most = int(limit) if limit.isascii() and limit.isdigit() and 0 < len(limit) < 6 else 100
    return _answer(request, answers.proposed(max(1, most)))


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@open_to_all("GET", refused=_refused, most=RECONCILE_A_MINUTE, door="reconcile ")
def preview(request: HttpRequest) -> HttpResponse:
    """A small page on one cooperative, for a frame in OpenRefine."""
    row = answers.cooperative(_text(request, "id"))
    if row is None:
        return render(request, "telusur/reconcile_preview.html", {"row": None}, status=404)
    shown = {name: answers.cell(row, name) for name in _SHOWN}
    words = gettext(answers.cell(row, "temuan_kata"))
    return render(request, "telusur/reconcile_preview.html", {"row": shown, "words": words})
