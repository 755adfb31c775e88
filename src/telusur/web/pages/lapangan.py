"""The phone's app: its shell, and the service worker that keeps it on the phone.

In: the files of the package `phone`. Out: a page without any data in it, the same for every officer, and a worker whose
version is the hash of all files. What the app asks and sends is field.py's.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie

from telusur import phone
from telusur.people.rules import Deed
from telusur.web.pages.guard import deed

__all__ = ["shell", "worker"]

_FOLDER = Path(phone.__file__).parent
_STATIC = _FOLDER / "static"


@deed(Deed.TRACE)
@ensure_csrf_cookie
def shell(request: HttpRequest) -> HttpResponseBase:
    """The app. The header tells the worker that no portal answered in the office's place."""
    page = render(request, "lapangan/shell.html")
    page["X-Telusur"] = "1"
    return page


@deed(Deed.LOOK_UP)
def worker(request: HttpRequest) -> HttpResponseBase:
    """The service worker, under the path that it keeps. It holds names of files alone, so anybody may have it."""
    files, version = _files()
    text = (_FOLDER / "sw.js").read_text(encoding="utf-8")
    listed = json.dumps([reverse("lapangan"), *(static(name) for name in files)])
    text = text.replace("{{ version }}", version).replace("{{ files }}", listed.replace('"', '\\"'))
    answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    # A worker that is kept for a day keeps an old app for a day.
    answer["Cache-Control"] = "no-cache"
    return answer


@lru_cache(maxsize=1)
def _files() -> tuple[tuple[str, ...], str]:
    """(names for `static`, version): the app's files, and a hash over their bytes and the shell's."""
    paths = sorted(path for path in _STATIC.rglob("*") if path.is_file())
    marks = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    marks += [
        hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest() for name in ("sw.js", "templates/lapangan/shell.html")
    ]
    version = hashlib.sha256(" ".join(marks).encode()).hexdigest()[:16]
    return tuple(path.relative_to(_STATIC).as_posix() for path in paths), version
