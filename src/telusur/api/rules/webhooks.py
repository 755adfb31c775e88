"""Webhooks by the Standard Webhooks rules: how a message is signed, when it is tried again, and where it may go.

Pure. Signature: HMAC-SHA256 over «id.timestamp.body», base64, as v1; during a rotation one for each secret in force.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

__all__ = [
    "LEASE",
    "OVERLAP",
    "SECRET_PREFIX",
    "WAITS",
    "DeliveryState",
    "Outcome",
    "address_is_open",
    "after_attempt",
    "secret_text",
    "signature",
]

SECRET_PREFIX = "whsec_"
# How long one sender may hold a message before another takes it: longer than any attempt lasts.
LEASE = timedelta(seconds=90)
# How long the old secret signs beside the new one.
OVERLAP = timedelta(hours=24)
# Waits before the second, third … attempt; after the last the message rests until a person replays it.
WAITS: tuple[timedelta, ...] = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
_GONE = 410
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class DeliveryState(StrEnum):
    """Where a message to one endpoint stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class Outcome(NamedTuple):
    """What follows an attempt. next_at: when it is tried again; ends_endpoint: the receiver said that it is gone."""

    state: DeliveryState
    next_at: datetime | None
    ends_endpoint: bool = False


def secret_text(key: bytes) -> str:
    """A secret as receivers' libraries read it."""
    return SECRET_PREFIX + base64.b64encode(key).decode()


def signature(keys: Sequence[bytes], ident: str, at: datetime, body: bytes) -> str:
    """The header `webhook-signature`: one «v1,…» for each key in force."""
    signed = f"{ident}.{int(at.timestamp())}.".encode() + body
    made = (base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode() for key in keys)
    return " ".join(f"v1,{each}" for each in made)


def after_attempt(attempts: int, status: int | None, now: datetime, retry_after: int | None = None) -> Outcome:
    """What follows the attempt number `attempts` (from 1). status: None where nobody answered.

    Any 2xx is delivered; everything else is tried again, also a redirection, which is never followed. retry_after: seconds
    that the receiver asked for; it can lengthen a wait up to a day, never shorten it.
    """
    if status is not None and 200 <= status < 300:
        return Outcome(DeliveryState.DELIVERED, None)
    if status == _GONE:
        return Outcome(DeliveryState.GIVEN_UP, None, ends_endpoint=True)
    if attempts > len(WAITS):
        return Outcome(DeliveryState.GIVEN_UP, None)
    wait = WAITS[attempts - 1]
    if retry_after is not None and retry_after > 0:
        wait = max(wait, min(timedelta(seconds=retry_after), WAITS[-1]))
    return Outcome(DeliveryState.WAITING, now + wait)


def address_is_open(text: str, *, localhost: bool = False) -> bool:
    """Whether a resolved address lies in the open internet: not private, not this machine, not a network's own.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is judged by the IPv4 address that it leads to.
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    if localhost and address.is_loopback:
        return True
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return address_is_open(str(inner), localhost=localhost)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
