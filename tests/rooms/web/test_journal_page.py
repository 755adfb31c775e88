"""The journal's page: the chain's state first, the lines newest first, filters kept in the address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from telusur.journal import actions as journal
from telusur.journal.models import JournalLine
from telusur.journal.rules import Break
from telusur.people.rules import Role
from telusur.web.pages import journal as page_of_journal
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client: Client) -> Client:
    client.force_login(account(Role.HEAD), backend="django.contrib.auth.backends.ModelBackend")
    return client


def write(count: int, deed: str = "round.opened", by: str = "ani") -> None:
    with transaction.atomic():
        for index in range(count):
            journal.write(deed, about=f"edition:{index + 1}", by=by, before={"open": True}, after={"name": f"N{index}"})


def test_nothing_yet(head: Client) -> None:
    page = head.get("/jejak/").content.decode()
    assert "Tidak ada baris jejak" in page
    assert "Rantai utuh" not in page


def test_an_unbroken_chain_and_its_lines(head: Client) -> None:
    write(3)
    page = head.get("/jejak/").content.decode()
    assert "Baris yang tampil utuh." in page and "3 baris diperiksa" in page
    # Behind the frame's form, whose random token may hold any two letters.
    lines = page[page.index("<main") :]
    assert lines.index("N2") < lines.index("N0")
    assert 'href="/edisi/3/"' in page
    assert "putaran dibuka" in page and "sebelum:" in page and "terbuka ya" in page
    whole = head.get("/jejak/?check=all").content.decode()
    assert "Rantai utuh." in whole and "3 baris diperiksa" in whole


def test_a_broken_chain_is_said_first(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    write(2)
    monkeypatch.setattr(page_of_journal, "chain_break", lambda: Break(2, "nomor hilang atau berulang"))
    page = head.get("/jejak/?check=all").content.decode()
    assert "Rantai putus di baris 2" in page and "nomor hilang" in page
    assert "Rantai utuh" not in page


def test_a_view_checks_the_lines_that_it_shows_and_no_others(head: Client) -> None:
    write(60)
    with transaction.atomic():
        # Below the application and its triggers: a number too high, as a line taken out of the middle leaves it.
        JournalLine.objects.create(number=62, at=datetime.now(UTC), by="ani", deed="x", about="y", digest="0" * 64)
    page = head.get("/jejak/").content.decode()
    assert "Rantai putus di baris 61" in page and "nomor hilang" in page and "utuh" not in page[page.index("<main") :]
    older = head.get("/jejak/?before=11").content.decode()
    assert "Baris yang tampil utuh." in older and "10 baris diperiksa" in older and "?check=all" in older
    assert "Rantai putus di baris 61" in head.get("/jejak/?before=11&check=all").content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", 3), ("by=budi", 1), ("deed=round.opened", 2), ("by=ani&deed=round.closed", 0), ("about=edition:1", 2)],
    ids=["all", "person", "deed", "none", "record"],
)
def test_filters(head: Client, query: str, shown: int) -> None:
    write(2)
    write(1, "round.closed", "budi")
    page = head.get(f"/jejak/?{query}").content.decode()
    assert page.count('<th scope="row">') == shown


def test_ids_and_digests_are_short_and_lead_on(head: Client) -> None:
    ident = "a1e28752-574c-4210-9c23-0e8cce5e1428"
    with transaction.atomic():
        journal.write("hold.recorded", about=f"cooperative:{ident}", by="ani", after={"file_hash": "a" * 64})
    page = head.get("/jejak/").content.decode()
    assert f'<a href="/koperasi/{ident}/">koperasi a1e28752-574</a>' in page
    assert "aaaaaaaaaaaa…" in page and "a" * 64 not in page


def test_older_lines_are_a_link_away(head: Client) -> None:
    write(120)
    first = head.get("/jejak/?deed=round.opened").content.decode()
    assert first.count('<th scope="row">') == 50
    assert "before=71" in first and "deed=round.opened" in first
    last = head.get("/jejak/?deed=round.opened&before=21").content.decode()
    assert last.count('<th scope="row">') == 20
    assert "Lebih lama" not in last


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "²"], ids=["word", "negative", "long", "superscript"])
def test_a_mistyped_page_is_the_first(head: Client, before: str) -> None:
    write(1)
    assert head.get("/jejak/", {"before": before}).content.decode().count('<th scope="row">') == 1
