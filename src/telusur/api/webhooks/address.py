"""An endpoint's address: read into its parts, or refused in words. What it resolves to is looked at when it is used."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from telusur.api.rules.webhooks import address_is_open

__all__ = ["Target", "read_target"]

_LONGEST_ADDRESS = 400


class Target(NamedTuple):
    """An endpoint's address in parts. path: with its query."""

    is_tls: bool
    host: str
    port: int
    path: str


def read_target(address: str, *, localhost: bool) -> Target | str:
    """An endpoint's address, or why it cannot be one. localhost: this machine may be named, also without TLS (a demo)."""
    if (
        len(address) > _LONGEST_ADDRESS
        or not address.isascii()
        or any(sign <= " " or sign == "\x7f" for sign in address)
    ):
        return "alamat memuat tanda yang tidak boleh, atau terlalu panjang"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "alamat ini tidak dapat dibaca"
    host = (parts.hostname or "").rstrip(".")
    if parts.username is not None or parts.password is not None:
        return "alamat tidak boleh memuat nama atau kata sandi"
    if parts.fragment or not host:
        return "alamat ini tidak dapat dibaca"
    is_here = host in ("localhost", "127.0.0.1", "::1")
    if is_here and not localhost:
        return "mesin kantor sendiri tidak dapat menjadi tujuan"
    if parts.scheme != "https" and not (is_here and parts.scheme == "http"):
        return "alamat harus https"
    is_tls = parts.scheme == "https"
    port = port or (443 if is_tls else 80)
    if not is_here and port != 443 and port < 1024:
        return "porta di bawah 1024 hanya 443"
    if (literal := _literal(host)) and not is_here and not address_is_open(literal):
        return "alamat di jaringan dalam tidak dapat menjadi tujuan"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(is_tls, host, port, path)


def _literal(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""
