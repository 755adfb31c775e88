"""Each role, and a phone's token, before each door with each method: as doors.txt declares, and nothing undeclared."""

from __future__ import annotations

import logging
import uuid
from collections import deque
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from telusur.people.rules import Role
from telusur.visits.actions import register_device
from tests.rooms.web.city import account
from tests.rooms.web.doors import LETTERS, METHODS, Door, address, addresses, declared, faults

DOORS = declared()
# What a look may leave behind: that somebody knocked, and a session's own row.
KEPT_OF_A_LOOK = ("selfreport_knock", "django_session")


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert faults(DOORS, addresses()) == []


def test_an_address_without_a_line_is_named() -> None:
    said = faults(DOORS, addresses() | {"pintu-belakang": ("kunci",)})
    assert len(said) == 2
    assert "«pintu-belakang GET RSH office»" in said[0]
    assert "SAMPLES" in said[1]
    assert faults(DOORS | {"tiada": DOORS["home"]}, addresses()) == [
        "doors.txt names 'tiada', which is no address; take the line away"
    ]


@pytest.mark.parametrize(
    "line", ["home GET", "home LOOK R -", "home GET X -", "home GET R -\nhome GET R -"], ids=lambda line: line[:12]
)
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"doors\.txt:\d"):
        declared(line)


def _client(who: Role | str) -> Client:
    client = Client(raise_request_exception=False)
    if who == "token":
        token = register_device(officer=account(Role.OFFICER), device=uuid.UUID(int=99), label="")
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    elif who is not Role.PUBLIC:
        client.force_login(account(Role(who)), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _is_shut(reply: HttpResponse) -> bool:
    to_sign_in = reply.status_code == 302 and reply.headers["Location"].startswith(reverse("sign-in"))
    return to_sign_in or reply.status_code in (401, 403)


def wrong(door: Door, letter: str, method: str, reply: HttpResponse, wrote: list[str]) -> Iterator[str]:
    """What a door did that its line does not say."""
    said = f"{method} {door.name} by {letter}: {reply.status_code}"
    if reply.status_code >= 500:
        yield f"{said}, a fault"
    elif letter not in door.who:
        if not _is_shut(reply) and reply.status_code != 405:
            yield f"{said}, and should be shut"
    elif method in door.methods:
        if _is_shut(reply) or reply.status_code == 405:
            yield f"{said}, and should be open"
    elif not _is_shut(reply) and reply.status_code != 405 and not (method == "POST" and "GET" in door.methods):
        yield f"{said}, and this method is not declared"
    if wrote and (method not in door.methods or method == "GET" or letter not in door.who):
        yield f"{said}, and it wrote: {wrote[0][:90]}"


def _writes(queries: CaptureQueriesContext) -> list[str]:
    said = [query["sql"] for query in queries.captured_queries]
    return [
        sql
        for sql in said
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(table in sql for table in KEPT_OF_A_LOOK)
    ]


@pytest.fixture
def _no_log() -> Iterator[None]:
    """Two thousand refusals are not written down."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.long
@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.usefixtures("_no_log")
@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize(
    "methods",
    [
        pytest.param(METHODS[:2], id="GET POST"),
        pytest.param(METHODS[2:], id="PUT PATCH DELETE", marks=pytest.mark.long),
    ],
)
def test_doors(letter: str, methods: tuple[str, ...]) -> None:
    found: list[str] = []
    client = _client(LETTERS[letter])
    # Leaving is tried last: it ends the session.
    for door in sorted(DOORS.values(), key=lambda each: each.name in ("sign-out", "field-leave")):
        for method in methods:
            with CaptureQueriesContext(connection) as queries:
                reply = client.generic(method, address(door.name))
            if reply.streaming:
                # Read to its end, as a browser does: the client closes it there, and keeps the test's own connection.
                deque(reply, maxlen=0)
            if door.name in ("sign-out", "field-leave") and method == "POST":
                client = _client(LETTERS[letter])
            found += wrong(door, letter, method, reply, _writes(queries))
    assert not found, "\n".join(found)
