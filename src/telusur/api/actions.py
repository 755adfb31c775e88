"""The verbs of the doors for machines: issue and revoke tokens; answer a repeated request once; add, rotate and end
endpoints; turn the journal into events; hold, send and replay messages.

Each is one transaction with its journal line, save the sending itself: it stands between two of them, under a lease.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import orjson
from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from telusur.api.models import (
    ApiToken,
    Delivery,
    DeliveryAttempt,
    Endpoint,
    EndpointSecret,
    IdempotencyKey,
    WebhookEvent,
)
from telusur.api.queries import event_data
from telusur.api.rules.events import DEEDS, EventKind, kind_of
from telusur.api.rules.idempotency import KEPT, Repeat, judge
from telusur.api.rules.tokens import PREFIX, Scope, expiry, hash_of, hint_of, refuse_grant
from telusur.api.rules.webhooks import (
    LEASE,
    OVERLAP,
    DeliveryState,
    after_attempt,
    secret_text,
    signature,
)
from telusur.api.webhooks.address import read_target
from telusur.api.webhooks.post import Answer, post
from telusur.api.webhooks.secrets import open_secret, seal_secret
from telusur.journal import actions as journal
from telusur.journal.models import JournalLine
from telusur.people.models import Account

__all__ = [
    "KeyClash",
    "add_endpoint",
    "deliver_next",
    "end_endpoint",
    "issue_token",
    "once",
    "replay",
    "revoke_token",
    "rotate_secret",
    "take_events",
    "try_endpoint",
]

_SECRET_BYTES = 24


@transaction.atomic
def issue_token(
    *, account: Account, label: str, scopes: Sequence[Scope], areas: Sequence[str], days: int, by: str
) -> tuple[ApiToken, str]:
    """A token and its text, which is stored nowhere. Raises ValueError where the account may not or a value is unfit."""
    if not account.is_active:
        raise ValueError(f"akun «{account.username}» sudah ditutup")
    if why := refuse_grant(account.as_role, scopes, areas, days, label):
        raise ValueError(why)
    text, now = PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
    token = ApiToken.objects.create(
        account=account,
        label=" ".join(label.split())[:80],
        token_hash=hash_of(text),
        hint=hint_of(text),
        scopes=[scope.value for scope in scopes],
        areas=list(areas),
        issued_by=by,
        issued_at=now,
        expires_at=expiry(now, days),
    )
    journal.write(
        "token.issued",
        about=f"token:{token.pk}",
        by=by,
        after={
            "account": account.username,
            "name": token.label,
            "scopes": token.scopes,
            "areas": token.areas,
            "until": token.expires_at.isoformat(timespec="seconds"),
        },
    )
    return token, text


@transaction.atomic
def revoke_token(*, number: int, by: str) -> ApiToken:
    """From now on nobody can use it. Raises ValueError where there is none or it is revoked already."""
    token = ApiToken.objects.select_for_update().filter(pk=number).first()
    if token is None:
        raise ValueError(f"token {number} tidak ada")
    if token.revoked_at is not None:
        raise ValueError(f"token {number} sudah dicabut")
    token.revoked_at, token.revoked_by = datetime.now(UTC), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    journal.write("token.revoked", about=f"token:{number}", by=by, after={"name": token.label})
    return token


class KeyClash(ValueError):
    """The same idempotency key came with another request."""


def once(*, token: ApiToken, key: str, mark: str, deed: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes, bool]:
    """Do a deed once for a key: its status, its answer, and whether the answer is a stored one. Without a key, just do it.

    Key, deed and answer stand in one transaction: a second request with the key waits for the first and gets its answer; a
    deed that fails leaves no key. Raises KeyClash, and whatever the deed raises.
    """
    if not key:
        with transaction.atomic():
            return (*deed(), False)
    for _ in range(2):
        try:
            with transaction.atomic():
                if (stored := _stored(token, key, mark)) is not None:
                    return stored.status_number, stored.answer.encode(), True
                with transaction.atomic():
                    held = IdempotencyKey.objects.create(
                        token=token, key=key, mark=mark, status_number=0, answer="", stored_at=datetime.now(UTC)
                    )
                status, answer = deed()
                held.status_number, held.answer = status, answer.decode()
                held.save(update_fields=["status_number", "answer"])
                return status, answer, False
        except IntegrityError:
            # Another request with the key came first and is done now: the second round finds its answer.
            if not IdempotencyKey.objects.filter(token=token, key=key).exists():
                raise
    raise KeyClash


def _stored(token: ApiToken, key: str, mark: str) -> IdempotencyKey | None:
    now = datetime.now(UTC)
    IdempotencyKey.objects.filter(stored_at__lte=now - KEPT).delete()
    held = IdempotencyKey.objects.filter(token=token, key=key).first()
    if held is not None and judge(held.mark, held.stored_at, mark, now) is Repeat.OTHER_BODY:
        raise KeyClash
    return held


# --- endpoints ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_endpoint(
    *, address: str, label: str, kinds: Sequence[EventKind], by: str, localhost: bool
) -> tuple[Endpoint, str]:
    """An endpoint and its secret, which is shown once. Raises ValueError for an address that cannot be one."""
    target = read_target(address, localhost=localhost)
    if isinstance(target, str):
        raise ValueError(target)
    if not label.strip():
        raise ValueError("tulis sistem apa yang menerima")
    if Endpoint.objects.filter(address=address, ended_at__isnull=True).exists():
        raise ValueError("alamat ini sudah menerima kabar")
    endpoint = Endpoint.objects.create(
        address=address,
        label=" ".join(label.split())[:80],
        kinds=[kind.value for kind in kinds],
        added_by=by,
        added_at=datetime.now(UTC),
    )
    journal.write(
        "endpoint.added",
        about=f"endpoint:{endpoint.pk}",
        by=by,
        after={"host": target.host, "name": endpoint.label, "kinds": endpoint.kinds},
    )
    return endpoint, _new_secret(endpoint)


def _new_secret(endpoint: Endpoint) -> str:
    now, key = datetime.now(UTC), secrets.token_bytes(_SECRET_BYTES)
    EndpointSecret.objects.filter(endpoint=endpoint, ends_at__lte=now).delete()
    endpoint.secrets.filter(ends_at__isnull=True).update(ends_at=now + OVERLAP)
    EndpointSecret.objects.create(endpoint=endpoint, sealed=seal_secret(key), made_at=now)
    return secret_text(key)


def _living(ident: uuid.UUID) -> Endpoint:
    endpoint = Endpoint.objects.select_for_update().filter(pk=ident, ended_at__isnull=True).first()
    if endpoint is None:
        raise ValueError("titik ini tidak ada atau sudah diakhiri")
    return endpoint


@transaction.atomic
def rotate_secret(*, endpoint: uuid.UUID, by: str) -> str:
    """A new secret, shown once; the old one signs beside it for a day. Raises ValueError."""
    found = _living(endpoint)
    text = _new_secret(found)
    journal.write("endpoint.secret_rotated", about=f"endpoint:{endpoint}", by=by, after={"name": found.label})
    return text


@transaction.atomic
def end_endpoint(*, endpoint: uuid.UUID, why: str, by: str) -> Endpoint:
    """Nothing is sent there any more; what waited is given up. Raises ValueError."""
    found = _living(endpoint)
    why = " ".join(why.split())[:200]
    if not why:
        raise ValueError("tulis alasannya")
    _end(found, why, by)
    return found


def _end(endpoint: Endpoint, why: str, by: str) -> None:
    endpoint.ended_at, endpoint.ended_why = datetime.now(UTC), why
    endpoint.save(update_fields=["ended_at", "ended_why"])
    waiting = Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING.value)
    waiting.update(state=DeliveryState.GIVEN_UP.value)
    journal.write("endpoint.ended", about=f"endpoint:{endpoint.pk}", by=by, after={"why": why})


# --- events and messages --------------------------------------------------------------------------------------------------


def _fan_out(event: WebhookEvent, endpoints: Sequence[Endpoint]) -> int:
    wished = [each for each in endpoints if not each.kinds or event.kind in each.kinds]
    Delivery.objects.bulk_create(
        Delivery(event=event, endpoint=each, state=DeliveryState.WAITING.value, next_at=event.happened_at)
        for each in wished
    )
    return len(wished)


def take_events() -> int:
    """Turn the journal's lines since the last event into events, each with a message to every endpoint; how many came.

    Asked by two senders at once, each line becomes one event: its number is unique. Endpoints hear of what happened after
    they were added.
    """
    last = WebhookEvent.objects.aggregate(last=Max("journal_number"))["last"] or 0
    lines = JournalLine.objects.filter(deed__in=DEEDS, number__gt=last).order_by("number")
    taken = 0
    for line in lines.iterator(200):
        kind = kind_of(line.deed, line.after or {})
        if kind is None:
            continue
        endpoints = list(Endpoint.objects.filter(ended_at__isnull=True, added_at__lte=line.at))
        if not endpoints:
            continue
        try:
            with transaction.atomic():
                event = WebhookEvent.objects.create(
                    kind=kind.value, journal_number=line.number, happened_at=line.at, data=event_data(kind, line)
                )
                taken += 1 if _fan_out(event, endpoints) else 0
        except IntegrityError:
            continue
    return taken


@transaction.atomic
def try_endpoint(*, endpoint: uuid.UUID, by: str) -> WebhookEvent:
    """A trial message to one endpoint. Raises ValueError."""
    found = _living(endpoint)
    event = WebhookEvent.objects.create(kind=EventKind.PING.value, happened_at=datetime.now(UTC), data={})
    Delivery.objects.create(event=event, endpoint=found, state=DeliveryState.WAITING.value, next_at=event.happened_at)
    journal.write("endpoint.tried", about=f"endpoint:{endpoint}", by=by, after={"name": found.label})
    return event


@transaction.atomic
def replay(*, delivery: int, by: str) -> Delivery:
    """Send a message once more, under its own id, from the first wait on. Raises ValueError."""
    found = Delivery.objects.select_for_update().filter(pk=delivery).first()
    if found is None:
        raise ValueError(f"kiriman {delivery} tidak ada")
    if found.endpoint.ended_at is not None:
        raise ValueError("titik ini sudah diakhiri")
    if found.state == DeliveryState.WAITING.value and not found.is_free(datetime.now(UTC)):
        raise ValueError("kiriman ini sedang dikirim")
    found.state, found.attempt_count, found.next_at = DeliveryState.WAITING.value, 0, datetime.now(UTC)
    found.lease = found.lease_ends_at = None
    found.save(update_fields=["state", "attempt_count", "next_at", "lease", "lease_ends_at"])
    journal.write("delivery.replayed", about=f"delivery:{delivery}", by=by, after={"event": str(found.event_id)})
    return found


def _hold(now: datetime) -> Delivery | None:
    """The message that is due first, under a lease of this sender's: a process that dies leaves it to the next one."""
    free = Q(lease_ends_at__isnull=True) | Q(lease_ends_at__lte=now)
    due = Delivery.objects.filter(free, state=DeliveryState.WAITING.value, next_at__lte=now)
    for number in due.order_by("next_at", "id").values_list("pk", flat=True)[:20]:
        lease = uuid.uuid4()
        if due.filter(pk=number).update(lease=lease, lease_ends_at=now + LEASE):
            return Delivery.objects.select_related("event", "endpoint").get(pk=number)
    return None


def deliver_next(*, now: datetime | None = None, localhost: bool = False) -> DeliveryAttempt | None:
    """Send the message that is due first and note what became of it; None where none is due.

    A sender that is killed in between has noted nothing: after its lease the message goes again, under the same id.
    """
    moment = now or datetime.now(UTC)
    held = _hold(moment)
    if held is None:
        return None
    began = datetime.now(UTC)
    answer = _send(held, moment, localhost=localhost)
    return _settle(held, answer, moment, datetime.now(UTC) - began)


def _send(held: Delivery, now: datetime, *, localhost: bool) -> Answer:
    target = read_target(held.endpoint.address, localhost=localhost)
    if isinstance(target, str):
        return Answer(None, "closed_address")
    event = held.event
    body = orjson.dumps({"type": event.kind, "timestamp": event.happened_at.isoformat(), "data": event.data})
    in_force = held.endpoint.secrets.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    try:
        keys = [open_secret(each.sealed) for each in in_force]
    except ValueError:
        return Answer(None, "secret_lost")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Telusur",
        "webhook-id": f"msg_{event.pk.hex}",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature(keys, f"msg_{event.pk.hex}", now, body),
    }
    return post(target, body, headers, localhost=localhost)


@transaction.atomic
def _settle(held: Delivery, answer: Answer, now: datetime, took: timedelta) -> DeliveryAttempt:
    number = held.attempt_count + 1
    outcome = after_attempt(number, answer.status, now, answer.retry_after)
    # Only while the lease is still this sender's: another may have taken a message whose lease ran out.
    Delivery.objects.filter(pk=held.pk, lease=held.lease).update(
        state=outcome.state.value,
        attempt_count=number,
        next_at=outcome.next_at or held.next_at,
        lease=None,
        lease_ends_at=None,
    )
    if outcome.ends_endpoint and held.endpoint.ended_at is None:
        _end(held.endpoint, "penerima menjawab 410: sudah tidak ada", "webhooks")
    return DeliveryAttempt.objects.create(
        delivery=held,
        began_at=now,
        took_seconds=took.total_seconds(),
        status_number=answer.status,
        fault=answer.fault,
    )
