"""The site for clients that speak HTTP by `requests`, without a socket."""

from __future__ import annotations

from typing import Any

import requests
from django.test import Client
from requests.adapters import BaseAdapter

__all__ = ["ROOT", "session"]

ROOT = "http://testserver"


class _Site(BaseAdapter):
    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        body = request.body or b""
        reply = Client().generic(
            request.method or "GET",
            request.path_url,
            body.encode() if isinstance(body, str) else body,
            request.headers.get("Content-Type", "application/octet-stream"),
            headers={name: value for name, value in request.headers.items() if name.lower() != "content-type"},
        )
        answer = requests.Response()
        answer.status_code = reply.status_code
        answer.headers.update(reply.headers)
        answer._content = reply.getvalue()
        answer.url = request.url or ""
        answer.request = request
        return answer

    def close(self) -> None:
        """Nothing is open."""


def session() -> requests.Session:
    """A session for which `ROOT` is this site."""
    made = requests.Session()
    made.mount(ROOT, _Site())
    return made
