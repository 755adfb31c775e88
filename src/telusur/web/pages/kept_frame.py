"""A public page of which only a few words differ from visitor to visitor: the rest is put together once and kept.

In: a template, what it is given, and the names of the slots that each request fills. Out: the same page as the template's
own, for a visitor without an account and without a message waiting. Nothing of a request is ever kept: the slots are
filled while the kept part is made, and the visitor's token, address and words are put in afterwards, escaped.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from telusur.people.rules import Role
from telusur.web.context import house
from telusur.web.pages.guard import role_of

__all__ = ["page_for"]

# Of Unicode's private use: no letter of anybody's. The page is cut at them before a visitor's words come in.
_OPEN, _CLOSE = "\ue000", "\ue001"
_SLOT = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")
_TOKEN, _WAY_BACK = "visitors_token", "visitors_address"
_KEPT = 256
_Fixed = tuple[tuple[str, Hashable], ...]


class _AnyVisitor(HttpRequest):
    """Whoever asks for `path` without an account."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def get_full_path(self, force_append_slash: bool = False) -> str:
        """A slot: what was asked for is the visitor's own."""
        return _slot(_WAY_BACK)


class _Frame(NamedTuple):
    """All that a kept page depends on beside the template and its values."""

    path: str
    language: str
    prefix: str
    office: tuple[str, str]


def page_for(
    request: HttpRequest, template: str, fixed: Mapping[str, Hashable], words: Mapping[str, str]
) -> HttpResponse:
    """The page of `template` with `fixed`, of which few values occur, and `words`, which each request brings anew.

    A word may decide in the template whether something stands there (empty or not), and nothing else.
    """
    if role_of(request) is not Role.PUBLIC or get_messages(request):
        return render(request, template, {**fixed, **words})
    frame = _Frame(
        request.path,
        get_language() or "",
        get_script_prefix(),
        (settings.OFFICE_NAME, settings.OFFICE_CONTACT),
    )
    brought = tuple(name for name, word in words.items() if word)
    filling: dict[str, str] = {name: conditional_escape(words[name]) for name in brought}
    filling[_TOKEN] = get_token(request)
    filling[_WAY_BACK] = conditional_escape(request.get_full_path())
    pieces = _kept(template, tuple(fixed.items()), tuple(words), brought, frame)
    # Every second piece is the name of a slot.
    return HttpResponse("".join(filling[piece] if at % 2 else piece for at, piece in enumerate(pieces)))


@lru_cache(maxsize=_KEPT)
def _kept(
    template: str, fixed: _Fixed, named: tuple[str, ...], brought: tuple[str, ...], frame: _Frame
) -> tuple[str, ...]:
    """The page in pieces: its text, a slot's name, its text, and so on."""
    visitor = _AnyVisitor(frame.path)
    context = {
        **house(visitor),
        **dict(fixed),
        **{name: _slot(name) if name in brought else "" for name in named},
        "request": visitor,
        "user": AnonymousUser(),
        "messages": (),
        "csrf_token": _slot(_TOKEN),
    }
    return tuple(_SLOT.split(render_to_string(template, context)))


def _slot(name: str) -> str:
    return f"{_OPEN}{name}{_CLOSE}"
