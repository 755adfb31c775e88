"""Each named constraint of the doors for machines, broken once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import Error, IntegrityError, transaction

from telusur.api.actions import deliver_next, try_endpoint
from telusur.api.models import (
    ApiToken,
    Delivery,
    DeliveryAttempt,
    Endpoint,
    EndpointSecret,
    IdempotencyKey,
    WebhookEvent,
)
from tests.rooms.api.office import endpoint, token

NOW = datetime(2025, 10, 24, 2, tzinfo=UTC)


def _key() -> None:
    for _ in range(2):
        IdempotencyKey.objects.create(token=token_row(), key="k", mark="m", status_number=200, answer="", stored_at=NOW)


def token_row() -> ApiToken:
    return ApiToken.objects.first() or token()[0]


def _delivery(state: str = "waiting") -> Delivery:
    event = WebhookEvent.objects.first() or WebhookEvent.objects.create(kind="endpoint.ping", happened_at=NOW, data={})
    found = Endpoint.objects.first() or endpoint()[0]
    return Delivery.objects.create(event=event, endpoint=found, state=state, next_at=NOW)


def _twice() -> None:
    _delivery()
    _delivery()


BROKEN: dict[str, Callable[[], object]] = {
    "token_hash_is_sha256": lambda: ApiToken.objects.filter(pk=token_row().pk).update(token_hash="kurang"),
    "token_revoked_by_someone": lambda: ApiToken.objects.filter(pk=token_row().pk).update(revoked_at=NOW),
    "idempotency_key_once_a_token": _key,
    "endpoint_ended_with_a_reason": lambda: Endpoint.objects.filter(pk=endpoint()[0].pk).update(ended_at=NOW),
    "secret_newest_once": lambda: EndpointSecret.objects.create(endpoint=endpoint()[0], sealed="x", made_at=NOW),
    "delivery_once_an_endpoint": _twice,
    "delivery_state_is_known": lambda: _delivery("lost"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name]()
    said = str(refused.value)
    # SQLite names the columns of a unique constraint, not the constraint.
    assert name in said or "UNIQUE constraint failed" in said


@pytest.mark.django_db
def test_events_and_attempts_are_not_changed() -> None:
    made, _ = endpoint(address="https://127.0.0.1:9/", localhost=True)
    event = try_endpoint(endpoint=made.pk, by="section_head")
    attempt = deliver_next(localhost=False)
    assert attempt is not None and attempt.fault == "closed_address"
    for change in (
        lambda: WebhookEvent.objects.filter(pk=event.pk).update(kind="x"),
        lambda: WebhookEvent.objects.filter(pk=uuid.UUID(str(event.pk)))._raw_delete("default"),
        lambda: DeliveryAttempt.objects.filter(pk=attempt.pk).update(status_number=200),
        lambda: DeliveryAttempt.objects.filter(pk=attempt.pk).delete(),
    ):
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            change()
