"""The open data's files at their lasting addresses: with a strong ETag, a Last-Modified, and answers to conditions (304).

In: a name (`cooperatives.csv`, `cooperatives.csv.manifest.json`, `datapackage.json`, `catalog.ttl`), and for a snapshot its
label. Out: the bytes. A file of today may change with the next deed; a snapshot's never does, and says so to every cache.
"""

from __future__ import annotations

import base64
import hashlib
from calendar import timegm
from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple

import orjson
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from telusur.opendata.actions import Unsettled, current_file, current_files, origin_of
from telusur.opendata.models import Snapshot, SnapshotFile
from telusur.opendata.queries import Moment, now
from telusur.opendata.rules.datasets import Dataset
from telusur.opendata.rules.dcat import as_json_ld, as_turtle
from telusur.opendata.rules.formats import MEDIA_TYPES, Form
from telusur.opendata.rules.manifest import Origin, Written, package
from telusur.opendata.shelf.disk import kept_path
from telusur.people.rules import Deed
from telusur.web.pages.guard import deed

__all__ = ["current", "snapshot_file"]

_TODAY = "public, no-cache"
_FOR_EVER = "public, max-age=31536000, immutable"
_MANIFEST = ".manifest.json"
_SETS = {"datapackage.json": "application/json", "catalog.jsonld": "application/ld+json", "catalog.ttl": "text/turtle"}


def _asked(name: str) -> tuple[Dataset, Form]:
    """The set and form of a file's name. Raises Http404."""
    stem, _, ending = name.partition(".")
    try:
        return Dataset(stem), Form(ending)
    except ValueError:
        raise Http404 from None


class _Marks(NamedTuple):
    """What caches ask about: the hash of the bytes, when they changed, how long they may be kept."""

    sha256: str
    changed_at: datetime
    caching: str


def _answer(request: HttpRequest, body: Callable[[], HttpResponseBase], marks: _Marks) -> HttpResponseBase:
    """The answer with its marks, or 304 or 412 where the request's conditions say so; then no file is opened."""
    etag, modified = f'"{marks.sha256}"', timegm(marks.changed_at.utctimetuple())
    answer: HttpResponseBase = get_conditional_response(request, etag=etag, last_modified=modified) or body()
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(modified)
    answer["Cache-Control"] = marks.caching
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(marks.sha256)).decode()}:"
    return answer


def _file(request: HttpRequest, path: Path, form: Form, marks: _Marks) -> HttpResponseBase:
    def body() -> HttpResponseBase:
        kind = _media(MEDIA_TYPES[form])
        made: HttpResponseBase
        if request.method == "HEAD":
            made = HttpResponse(content_type=kind, headers={"Content-Length": str(path.stat().st_size)})
        else:
            made = FileResponse(path.open("rb"), content_type=kind)
        name = request.path.rpartition("/")[2]
        made["Content-Disposition"] = f'attachment; filename="{name}"'
        made["Link"] = f'<{request.build_absolute_uri(request.path)}{_MANIFEST}>; rel="describedby"'
        return made

    return _answer(request, body, marks)


def _media(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _document(request: HttpRequest, kind: str, body: bytes, changed_at: datetime, caching: str) -> HttpResponseBase:
    marks = _Marks(hashlib.sha256(body).hexdigest(), changed_at, caching)
    return _answer(request, lambda: HttpResponse(body, content_type=_media(kind)), marks)


def _json(document: object) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _of_set(name: str, files: Sequence[Written], origin: Origin, address: str) -> bytes:
    if name == "datapackage.json":
        return _json(package(files, origin))
    text = as_turtle(files, origin, address) if name == "catalog.ttl" else as_json_ld(files, origin, address)
    return text.encode()


def _changed_at(at: Moment) -> datetime:
    """When the state last changed: the newest deed, or the beginning of the day that it is of."""
    midnight = datetime.combine(at.on, time(), timezone.get_default_timezone())
    return min(max(at.known_at, midnight), timezone.now())


@deed(Deed.LOOK_UP)
def current(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of today. 404 for any other name, 503 where the register changes faster than it can be written."""
    at = now()
    try:
        if name in _SETS:
            files = [each.written for each in current_files()]
            address = request.build_absolute_uri(reverse("data"))
            return _document(
                request, _SETS[name], _of_set(name, files, origin_of(at), address), _changed_at(at), _TODAY
            )
        held = current_file(*_asked(name.removesuffix(_MANIFEST)))
    except Unsettled as error:
        return HttpResponse(
            str(error), status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "5"}
        )
    if name.endswith(_MANIFEST):
        return _document(request, "application/json", _json(held.manifest), _changed_at(at), _TODAY)
    return _file(request, held.path, held.written.form, _Marks(held.written.sha256, _changed_at(at), _TODAY))


@deed(Deed.LOOK_UP)
def snapshot_file(request: HttpRequest, label: str, name: str) -> HttpResponseBase:
    """A file of a snapshot, as it was published. 404 for what it does not hold."""
    snapshot = Snapshot.objects.filter(label=label).first()
    if snapshot is None:
        raise Http404
    if name in _SETS:
        files = list(snapshot.files.all())
        address = request.build_absolute_uri(reverse("data-snapshot", args=[label]))
        body = _of_set(name, [file.as_written() for file in files], _origin(snapshot, files), address)
        return _document(request, _SETS[name], body, snapshot.made_at, _FOR_EVER)
    dataset, form = _asked(name.removesuffix(_MANIFEST))
    held = snapshot.files.filter(dataset=dataset.value, form=form.value).first()
    if held is None:
        raise Http404
    if name.endswith(_MANIFEST):
        return _document(request, "application/json", _json(held.manifest), snapshot.made_at, _FOR_EVER)
    path = kept_path(held.sha256)
    if not path.is_file():
        raise Http404
    return _file(request, path, form, _Marks(held.sha256, snapshot.made_at, _FOR_EVER))


def _origin(snapshot: Snapshot, files: Sequence[SnapshotFile]) -> Origin:
    """On what a snapshot stands, as its manifests say."""
    said = files[0].manifest
    return Origin(
        snapshot.on,
        snapshot.known_at,
        snapshot.law,
        snapshot.policy,
        said["rule"],
        said["round"],
        tuple(said["editions"]),
        said["publisher"],
    )
