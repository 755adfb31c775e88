"""The public reads everything that it can reach, and meets none of two thousand canaries."""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from telusur.notices.models import Notice, NoticeEvent
from telusur.notices.sheets import public_rows
from telusur.register.models import Cooperative, Entry
from telusur.web.pages import public
from tests.rooms.web.canaries import COUNT, Planted, found_in, plant
from tests.rooms.web.doors import addresses, declared

_LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")
_MOST = 900
# A person's own way back into an own report is not crawled: a code opens it.
_OWN = "/lapor/s/"


def _text(reply: HttpResponse) -> str:
    """All that an answer says, its headers too."""
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    assert not body.startswith(b"%PDF"), "the public can open a PDF: read its text here too"
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as sheet:
            body = b" ".join(sheet.read(name) for name in sheet.namelist())
    heads = " ".join(f"{name}: {value}" for name, value in reply.headers.items())
    return f"{heads} {unescape(body.decode('utf-8', 'replace'))}"


def _begin() -> list[str]:
    """Every address that is open to the public, with the ids that it can be asked with."""
    coops = [str(ident) for ident in Cooperative.objects.order_by("key").values_list("pk", flat=True)]
    tokens = list(Notice.objects.values_list("token", flat=True))
    found = []
    for door in declared().values():
        places = addresses()[door.name]
        if "P" not in door.who or "GET" not in door.methods or door.whose == "code":
            continue
        if not places:
            found.append(reverse(door.name))
        elif places == ("ident",):
            found += [reverse(door.name, args=[ident]) for ident in coops]
        elif door.name == "notices-letter":
            found += [reverse(door.name, args=[token]) for token in tokens]
        elif door.name == "notices-machine":
            found += [reverse(door.name, args=[kind]) for kind in ("csv", "json", "atom", "ics")]
    return [*found, "/cek/?q=contoh", "/cek/?q=9901000000003", "/pengumuman/?q=contoh", "/lapor/?q=contoh"]


def crawl(begin: list[str] | None = None) -> dict[str, set[str]]:
    """Every address that was read, with the canaries that it showed. begin: these alone, and no links."""
    client, found = Client(), dict[str, set[str]]()
    waiting = deque(_begin() if begin is None else begin)
    while waiting and len(found) < _MOST:
        path = waiting.popleft()
        if path in found or path.startswith((_OWN, "/static/")):
            continue
        reply = client.get(path)
        said = _text(reply)
        found[path] = found_in(said)
        if begin is not None:
            continue
        if reply.status_code in (301, 302):
            waiting.append(reply.headers["Location"])
        for link in _LINK.findall(said):
            whole = urlsplit(urljoin(f"http://testserver{path}", link))
            if whole.netloc == "testserver":
                waiting.append(whole.path + (f"?{whole.query}" if whole.query else ""))
    return found


@pytest.fixture(scope="module")
def planted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """The register, planted once for all tests of this file."""
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), transaction.atomic():
        yield plant()
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


@pytest.mark.parametrize(
    "text",
    ["Bapak Knr00017z", "BAPAK KNR00017Z.", "0812-7719-00003", "(0812) 7719 00003", "No. 771900003 RT 05"],
)
def test_a_canary_is_seen_however_it_is_written(text: str) -> None:
    assert len(found_in(text)) == 1


@pytest.mark.parametrize("text", ["ab771900003cd", "7719-0003", "Knr0017z", "1234771900003"])
def test_nothing_else_is_a_canary(text: str) -> None:
    assert found_in(text) == set()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_public_meets_no_canary(planted: Planted) -> None:
    assert planted.count >= COUNT
    read = crawl()
    assert {path: said for path, said in read.items() if said} == {}
    # A crawl that read little would find nothing either.
    assert len(read) > 150
    for kind in ("csv", "json", "atom", "ics"):
        assert f"/pengumuman/pengumuman.{kind}" in read
    assert sum(path.startswith("/cek/") for path in read) > 40
    assert sum(path.startswith("/pengumuman/") for path in read) > 12
    assert not any(path.startswith(("/koperasi/", "/surat/", "/laporan/")) for path, said in read.items() if said)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_page_that_leaks_is_red(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that shows one thing more than it should: the registry's address."""
    real = public.render

    def render(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
        reply = real(request, template, context)
        if "record" in context:
            ident = context["record"].ident  # type: ignore[attr-defined]
            entry = Entry.objects.get(cooperative_id=ident)
            reply.content += f"<p>{entry.normal['address']}</p>".encode()
        return reply

    monkeypatch.setattr(public, "render", render)
    pages = [path for path in _begin() if path.startswith("/cek/") and "?" not in path and path != "/cek/"]
    assert all(crawl(pages[:9]).values())


@pytest.mark.slow
@pytest.mark.django_db
def test_a_list_for_machines_that_leaks_is_red(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    real = public_rows.as_csv

    def as_csv(*given: object) -> str:
        proof = NoticeEvent.objects.exclude(proof="").values_list("proof", flat=True)[0]
        return real(*given) + proof  # type: ignore[arg-type]

    monkeypatch.setattr(public_rows, "as_csv", as_csv)
    lists = [path for path in _begin() if "/pengumuman." in path]
    assert [path for path, said in crawl(lists).items() if said] == ["/pengumuman/pengumuman.csv"]
