"""One message over the network: to an address that was looked at after its name was resolved, and to no other.

The name is resolved once and the connection goes to that very address, so a name that answers differently the second time
leads nowhere. No proxy, no redirection, no cookie; of the answer only its status and Retry-After are read.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from typing import NamedTuple

from telusur.api.rules.webhooks import address_is_open
from telusur.api.webhooks.address import Target

__all__ = ["Answer", "post"]

_SECONDS = 15


class Answer(NamedTuple):
    """status: None where nobody answered; then `fault` says why, in a word. retry_after: seconds, where asked for."""

    status: int | None
    fault: str = ""
    retry_after: int | None = None


class _Closed(OSError):
    """Every address of the name lies inside a network."""


def _resolve(target: Target, *, localhost: bool) -> tuple[str, int]:
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    # One closed address among open ones is already a name that somebody points inside.
    if not addresses or not all(address_is_open(address, localhost=localhost) for address in addresses):
        raise _Closed
    return addresses[0], target.port


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever its name says; with TLS the certificate is the name's."""

    def __init__(self, target: Target, address: tuple[str, int]) -> None:
        super().__init__(target.host, target.port, timeout=_SECONDS)
        self._address, self._tls = address, ssl.create_default_context() if target.is_tls else None

    def connect(self) -> None:
        plain = socket.create_connection(self._address, timeout=_SECONDS)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host) if self._tls else plain


def post(target: Target, body: bytes, headers: Mapping[str, str], *, localhost: bool) -> Answer:
    """Send a body. Never raises for what the network or the receiver does."""
    try:
        connection = _Pinned(target, _resolve(target, localhost=localhost))
    except _Closed:
        return Answer(None, "closed_address")
    except (OSError, UnicodeError):
        return Answer(None, "name_unknown")
    try:
        connection.request("POST", target.path, body, dict(headers))
        reply = connection.getresponse()
        after = reply.headers.get("Retry-After", "")
        return Answer(reply.status, retry_after=int(after) if after.isascii() and after.isdigit() else None)
    except ssl.SSLError:
        return Answer(None, "tls")
    except TimeoutError:
        return Answer(None, "timeout")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(None, "no_connection")
    finally:
        connection.close()
