"""Endpoints' secrets on the disk: sealed with a key that comes from the office's own (TELUSUR_SECRET)."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

__all__ = ["SecretLost", "open_secret", "seal_secret"]


class SecretLost(ValueError):
    """A secret that the present office's key does not open: TELUSUR_SECRET was changed. A new one must be made."""


def _box() -> Fernet:
    key = hashlib.sha256(b"telusur webhooks\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal_secret(key: bytes) -> str:
    """What is stored of a secret."""
    return _box().encrypt(key).decode()


def open_secret(sealed: str) -> bytes:
    """The secret. Raises SecretLost."""
    try:
        return _box().decrypt(sealed.encode())
    except InvalidToken:
        raise SecretLost("rahasia titik ini tidak dapat dibuka; buat yang baru") from None
