"""Tokens: what one may do, where, until when. A token never may more than the account that it stands for.

Pure. A token's text is shown once and stored as its SHA-256; `hint` tells two of them apart on a page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from telusur.people.rules import Deed, Role, may

__all__ = [
    "LONGEST_DAYS",
    "PREFIX",
    "SCOPE_WORDS",
    "Grant",
    "Scope",
    "Standing",
    "covers",
    "expiry",
    "hash_of",
    "hint_of",
    "refuse_grant",
]

PREFIX = "tlsr_"
LONGEST_DAYS = 366
_AREA = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


class Scope(StrEnum):
    """What a token can be allowed to write. Reading needs none: it is open to all."""

    VISITS = "visits:write"
    PLACES = "places:write"
    HOLDS = "holds:write"
    PROGRAMME = "programme:write"
    CHECKS = "programme:check"
    TRADE = "trade:write"


SCOPE_WORDS: dict[Scope, str] = {
    Scope.VISITS: "mencatat kunjungan",
    Scope.PLACES: "menetapkan kelurahan dan titik",
    Scope.HOLDS: "menahan dan melepas koperasi",
    Scope.PROGRAMME: "mencatat program Merah Putih",
    Scope.CHECKS: "memeriksa tahap Merah Putih",
    Scope.TRADE: "mencatat unit, mitra, harga, pelatihan, dan pendamping",
}
_DEEDS: dict[Scope, Deed] = {
    Scope.VISITS: Deed.RECORD_VISITS,
    Scope.PLACES: Deed.LOCATE,
    Scope.HOLDS: Deed.HOLD_ROW,
    Scope.PROGRAMME: Deed.RECORD_PROGRAMME,
    Scope.CHECKS: Deed.CHECK_PROGRAMME,
    Scope.TRADE: Deed.KEEP_TRADE,
}


class Standing(StrEnum):
    """What a token is at an instant."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ACCOUNT_CLOSED = "account_closed"


@dataclass(frozen=True, slots=True)
class Grant:
    """A token's rights. areas: codes (Kemendagri), each with all below it; none means everywhere."""

    account: str
    role: Role
    account_is_active: bool
    scopes: frozenset[Scope]
    areas: tuple[str, ...]
    expires_at: datetime
    revoked_at: datetime | None = None

    def standing(self, now: datetime) -> Standing:
        """What it is at `now`."""
        if self.revoked_at is not None:
            return Standing.REVOKED
        if not self.account_is_active:
            return Standing.ACCOUNT_CLOSED
        return Standing.EXPIRED if now >= self.expires_at else Standing.IN_FORCE

    def allows(self, scope: Scope) -> bool:
        """Whether the token has the scope and its account's role may do the deed today."""
        return scope in self.scopes and may(self.role, _DEEDS[scope])

    def reaches(self, code: str) -> bool:
        """Whether a kelurahan's code lies in its areas. Without a code only a token for everywhere reaches it."""
        return not self.areas or covers(self.areas, code)


def covers(areas: Sequence[str], code: str) -> bool:
    """Whether one of `areas` is `code` or stands above it."""
    return any(code == area or code.startswith(f"{area}.") for area in areas)


def hash_of(token: str) -> str:
    """What of a token is stored: SHA-256, hexadecimal. It has 256 bits of chance, so no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def hint_of(token: str) -> str:
    """Its last four signs."""
    return token[-4:]


def refuse_grant(role: Role, scopes: Sequence[Scope], areas: Sequence[str], days: int, label: str) -> str:
    """Why such a token cannot be issued, in one sentence; "" where it can."""
    if not label.strip():
        return "tulis untuk sistem apa token ini"
    if not 1 <= days <= LONGEST_DAYS:
        return f"masa berlaku 1 sampai {LONGEST_DAYS} hari"
    for scope in scopes:
        if not may(role, _DEEDS[scope]):
            return f"peran akun ini tidak berwenang {SCOPE_WORDS[scope]}"
    for area in areas:
        if not _AREA.fullmatch(area):
            return f"«{area}» bukan kode wilayah; tulis seperti 64.71 atau 64.71.05.1002"
    return ""


def expiry(now: datetime, days: int) -> datetime:
    """The instant from which a token issued `now` for `days` is void."""
    return now + timedelta(days=days)
