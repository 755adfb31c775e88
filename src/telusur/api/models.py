"""Tokens, the keys of requests that came before, the endpoints that are told of events, and each message's way.

Events and attempts are evidence (migration 0002). Tokens stand as hashes; endpoints' secrets are sealed with the office's
own key, since signing needs them.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from telusur.api.rules.tokens import Grant, Scope
from telusur.api.rules.webhooks import DeliveryState
from telusur.people.models import Account


class ApiToken(models.Model):
    """A right to write for another system, in the name of one account. areas: codes; an empty list means everywhere."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    scopes = models.JSONField()
    areas = models.JSONField()
    issued_by = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=60, blank=True, default="")
    revoked_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="token_hash_is_sha256", condition=Exact(Length("token_hash"), 64)),
            models.CheckConstraint(
                name="token_revoked_by_someone",
                condition=Q(revoked_at__isnull=True, revoked_by="") | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} …{self.hint}"

    def as_grant(self) -> Grant:
        """The rights as the rules read them. Asks for the account."""
        return Grant(
            self.account.username,
            self.account.as_role,
            self.account.is_active,
            frozenset(map(Scope, self.scopes)),
            tuple(self.areas),
            self.expires_at,
            self.revoked_at,
        )


class IdempotencyKey(models.Model):
    """A key that a client sent with a deed, and the answer that it got, kept for a day."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="keys", db_index=False)
    key = models.CharField(max_length=100)
    mark = models.CharField(max_length=64)
    status_number = models.PositiveSmallIntegerField()
    answer = models.TextField()
    stored_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="idempotency_key_once_a_token", fields=["token", "key"]),
        ]

    def __str__(self) -> str:
        return self.key


class Endpoint(models.Model):
    """An address of another system that is told of events. kinds: which; an empty list means all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.CharField(max_length=400)
    label = models.CharField(max_length=80)
    kinds = models.JSONField()
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="endpoint_ended_with_a_reason",
                condition=Q(ended_at__isnull=True, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class EndpointSecret(models.Model):
    """A secret that signs for an endpoint, sealed. ends_at: when it stops to sign; None for the newest."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets")
    sealed = models.TextField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="secret_newest_once", fields=["endpoint"], condition=Q(ends_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint_id} {self.made_at:%d/%m/%Y}"


class WebhookEvent(models.Model):
    """Something that happened, as the outside is told of it: ids and links alone. journal_number: None for a trial."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    journal_number = models.PositiveBigIntegerField(null=True, unique=True)
    happened_at = models.DateTimeField()
    data = models.JSONField()

    class Meta:
        ordering = ["happened_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Delivery(models.Model):
    """One event's way to one endpoint: a job with a lease, so that two senders never hold it and none is lost."""

    event = models.ForeignKey(WebhookEvent, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in DeliveryState])
    attempt_count = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    lease_ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(name="delivery_due", fields=["state", "next_at"])]
        constraints = [
            models.UniqueConstraint(name="delivery_once_an_endpoint", fields=["event", "endpoint"]),
            models.CheckConstraint(
                name="delivery_state_is_known", condition=Q(state__in=[state.value for state in DeliveryState])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.endpoint_id}"

    def is_free(self, now: datetime) -> bool:
        """Whether no sender holds it."""
        return self.lease_ends_at is None or self.lease_ends_at <= now


class DeliveryAttempt(models.Model):
    """One try, kept as the log. status_number: the receiver's; None where nobody answered, then `fault` says why."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    began_at = models.DateTimeField()
    took_seconds = models.FloatField()
    status_number = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.status_number or self.fault}"
