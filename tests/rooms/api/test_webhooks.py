"""Webhooks: signed as a receiver's library expects, told at least once, tried again, replayed; nothing of promise 7."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from telusur.api.actions import (
    deliver_next,
    end_endpoint,
    replay,
    rotate_secret,
    take_events,
    try_endpoint,
)
from telusur.api.models import Delivery, DeliveryAttempt, Endpoint, WebhookEvent
from telusur.api.rules.events import EventKind
from telusur.api.rules.webhooks import LEASE, WAITS
from telusur.api.webhooks import post as network
from telusur.journal import actions as journal
from telusur.rounds.actions import derive
from telusur.rounds.models import Round
from telusur.rounds.rules.codes import Code
from tests.rooms.api.office import endpoint
from tests.rooms.web.city import CANARIES, ON, lay


class Receiver:
    """A receiver on this machine: what came, and what it answers."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.came.append((dict(self.headers.items()), body))
                status, headers = receiver.answers.pop(0) if receiver.answers else (204, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/kabar"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def deliver(now: datetime | None = None) -> DeliveryAttempt | None:
    return deliver_next(now=now, localhost=True)


def test_a_receivers_library_takes_the_signature(db: None, receiver: Receiver) -> None:
    made, secret = endpoint(address=receiver.address, localhost=True)
    event = try_endpoint(endpoint=made.pk, by="section_head")
    attempt = deliver()
    assert attempt is not None and attempt.status_number == 204
    headers, body = receiver.came[0]
    lower = {name.lower(): value for name, value in headers.items()}
    assert Webhook(secret).verify(body, lower)["type"] == "endpoint.ping"
    assert lower["webhook-id"] == f"msg_{event.pk.hex}"
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + b" ", lower)
    assert deliver() is None


def test_during_a_rotation_both_secrets_sign(db: None, receiver: Receiver) -> None:
    made, old = endpoint(address=receiver.address, localhost=True)
    new = rotate_secret(endpoint=made.pk, by="section_head")
    assert new != old
    try_endpoint(endpoint=made.pk, by="section_head")
    deliver()
    headers, body = receiver.came[0]
    lower = {name.lower(): value for name, value in headers.items()}
    Webhook(old).verify(body, lower)
    Webhook(new).verify(body, lower)
    try_endpoint(endpoint=made.pk, by="section_head")
    made.secrets.filter(ends_at__isnull=False).update(ends_at=datetime.now(UTC) - timedelta(seconds=1))
    deliver()
    headers, body = receiver.came[1]
    lower = {name.lower(): value for name, value in headers.items()}
    Webhook(new).verify(body, lower)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(body, lower)


def test_it_is_tried_again_later_and_given_up_in_the_end(db: None, receiver: Receiver) -> None:
    made, _ = endpoint(address=receiver.address, localhost=True)
    try_endpoint(endpoint=made.pk, by="section_head")
    receiver.answers = [(503, {"Retry-After": "600"}), (302, {"Location": "http://127.0.0.1/"}), *[(500, {})] * 8]
    now = datetime.now(UTC)
    for number in range(len(WAITS) + 1):
        assert deliver(now) is not None
        assert deliver(now) is None, "not before its time"
        held = Delivery.objects.get()
        if number == 0:
            assert held.next_at - now == timedelta(minutes=10), "the receiver's own wish lengthens the wait"
        now = max(held.next_at, now)
    held = Delivery.objects.get()
    assert held.state == "given_up" and held.attempt_count == len(WAITS) + 1
    assert [each.status_number for each in held.attempts.all()] == [503, 302, *[500] * 8]
    replay(delivery=held.pk, by="section_head")
    assert deliver() is not None
    assert Delivery.objects.get().state == "delivered"
    idents = {headers["webhook-id"] for headers, _ in receiver.came}
    assert len(idents) == 1, "a message keeps its id, so that a receiver knows it again"


def test_a_sender_that_dies_loses_nothing(db: None, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the receiver has taken it and before that is noted: it comes once more, under the same id."""
    made, _ = endpoint(address=receiver.address, localhost=True)
    try_endpoint(endpoint=made.pk, by="section_head")
    with monkeypatch.context() as killed:
        killed.setattr("telusur.api.actions._settle", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            deliver()
    assert len(receiver.came) == 1 and Delivery.objects.get().state == "waiting"
    assert deliver() is None, "another sender waits for the lease"
    assert deliver(datetime.now(UTC) + LEASE) is not None
    assert Delivery.objects.get().state == "delivered" and len(receiver.came) == 2
    assert receiver.came[0][0]["webhook-id"] == receiver.came[1][0]["webhook-id"]


def test_410_ends_the_endpoint(db: None, receiver: Receiver) -> None:
    made, _ = endpoint(address=receiver.address, localhost=True)
    try_endpoint(endpoint=made.pk, by="section_head")
    receiver.answers = [(410, {})]
    deliver()
    made.refresh_from_db()
    assert made.ended_at is not None and "410" in made.ended_why
    with pytest.raises(ValueError, match="diakhiri"):
        replay(delivery=Delivery.objects.get().pk, by="section_head")
    with pytest.raises(ValueError, match="diakhiri"):
        end_endpoint(endpoint=made.pk, why="lagi", by="section_head")


def test_the_journal_becomes_events_once(db: None) -> None:
    lay({Code.ACTIVE_WITH_MEETING: 2, Code.OTHER_OCCUPANT: 2})
    made, _ = endpoint()
    only, _ = endpoint([EventKind.REPORT_RECEIVED], address="https://lain.example/")
    assert take_events() == 0, "nobody is told of what was before"
    round_ = Round.objects.get()
    derive(round_=round_, on=ON + timedelta(days=400), known_at=datetime.now(UTC), by="terminal")
    from django.db import transaction

    with transaction.atomic():
        journal.write("report.submitted", about="report:7", by="publik", after={"form": "report", "cooperative": ""})
        journal.write("visits.recorded", about="round:1", by="terminal", after={})
        journal.write("corrections.followed", about="corrections", by="terminal", after={"fates": {"ignored": 3}})
    assert take_events() == 2 and take_events() == 0
    kinds = [(each.event.kind, each.endpoint_id) for each in Delivery.objects.order_by("event__journal_number", "id")]
    assert kinds == [
        ("verdict.changed", made.pk),
        ("report.received", made.pk),
        ("report.received", only.pk),
    ]
    changed = WebhookEvent.objects.get(kind="verdict.changed").data
    assert changed["changed_count"] == len(changed["cooperatives"]) > 0 and changed["is_cut"] is False


def test_an_event_holds_ids_and_links_alone(db: None) -> None:
    endpoint()
    lay(dict.fromkeys((Code.ACTIVE_WITH_MEETING, Code.OTHER_OCCUPANT, Code.WITHHELD), 1))
    take_events()
    said = json.dumps([each.data for each in WebhookEvent.objects.all()])
    assert "verdict.changed" in WebhookEvent.objects.values_list("kind", flat=True)
    assert not [canary for canary in CANARIES if canary in said]
    assert "Koperasi" not in said


def test_a_name_that_leads_inside_is_not_followed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name was fine when it was added; what it resolves to counts when it is used, and the connection goes there."""
    made, _ = endpoint()
    try_endpoint(endpoint=made.pk, by="section_head")
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("93.184.215.14", "10.0.0.7")]
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: answers)
    monkeypatch.setattr(network.socket, "create_connection", lambda *_, **__: pytest.fail("it was followed"))
    attempt = deliver_next()
    assert attempt is not None and attempt.fault == "closed_address"


def test_the_connection_goes_to_the_address_that_was_looked_at(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = endpoint()
    try_endpoint(endpoint=made.pk, by="section_head")
    went: list[object] = []

    def connect(address: object, **_: object) -> None:
        went.append(address)
        raise ConnectionRefusedError

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))]
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(network.socket, "create_connection", connect)
    attempt = deliver_next()
    assert attempt is not None and attempt.fault == "no_connection" and went == [("93.184.215.14", 443)]


def test_a_secret_is_sealed(db: None) -> None:
    made, secret = endpoint()
    assert secret.removeprefix("whsec_") not in made.secrets.get().sealed
    assert Endpoint.objects.count() == 1
    with pytest.raises(ValueError, match="sudah menerima"):
        endpoint()
