"""Who asks: a token's rights, the language of the answer, and how often one may ask."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_supported_language_variant, gettext
from django.utils.translation.trans_real import parse_accept_lang_header

from telusur.api.models import ApiToken
from telusur.api.queries import token_of
from telusur.api.rest.counting import counted
from telusur.api.rest.problems import Problem
from telusur.api.rules import limits
from telusur.api.rules.tokens import SCOPE_WORDS, Grant, Scope, Standing
from telusur.words.caller import caller_of

__all__ = ["Allowance", "Speaker", "allowance", "language_of", "speaker_of", "writer"]

_STANDING_WORDS = {
    Standing.EXPIRED: "token ini sudah kedaluwarsa",
    Standing.REVOKED: "token ini sudah dicabut",
    Standing.ACCOUNT_CLOSED: "akun token ini sudah ditutup",
}


class Speaker(NamedTuple):
    """A token in force and its rights."""

    token: ApiToken
    grant: Grant


class Allowance(NamedTuple):
    """How many requests a minute, how many are left, and when the minute ends."""

    limit: int
    left: int
    resets_in: int


def language_of(request: HttpRequest) -> str:
    """The first language asked for that there is; Indonesian otherwise."""
    for asked, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        try:
            return get_supported_language_variant(asked)
        except LookupError:
            continue
    return "id"


def _unauthorized(sentence: str) -> Problem:
    return Problem("token", sentence, WWW_Authenticate='Bearer realm="telusur"')


def speaker_of(request: HttpRequest) -> Speaker | None:
    """Who shows a token; None without one. A token that is not in force is refused, also where none is asked for."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, text = header.partition(" ")
    token = token_of(text.strip()) if scheme.casefold() == "bearer" else None
    if token is None:
        raise _unauthorized(gettext("token ini tidak dikenal"))
    grant = token.as_grant()
    standing = grant.standing(datetime.now(UTC))
    if standing is not Standing.IN_FORCE:
        raise _unauthorized(gettext(_STANDING_WORDS[standing]))
    today = timezone.localdate()
    if token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)
    return Speaker(token, grant)


def writer(speaker: Speaker | None, scope: Scope) -> Speaker:
    """Who may write with a scope. Raises Problem: 401 without a token, 403 without the right."""
    if speaker is None:
        raise _unauthorized(gettext("permintaan ini perlu token; kepala bidang yang menerbitkannya"))
    if not speaker.grant.allows(scope):
        raise Problem(
            "scope", gettext("token atau perannya tidak berwenang {what}").format(what=gettext(SCOPE_WORDS[scope]))
        )
    return speaker


def allowance(
    request: HttpRequest, speaker: Speaker | None, *, most: int = limits.PUBLIC_A_MINUTE, door: str = ""
) -> Allowance:
    """Count this request, together with all processes of this machine.

    most: of those without a token; door: a name where a door counts for itself.
    """
    window = limits.window_at(datetime.now(UTC))
    limit = max(limits.TOKEN_A_MINUTE, most) if speaker else most
    limit = getattr(settings, "API_REQUESTS_A_MINUTE", limit)
    remote, forwarded = str(request.META.get("REMOTE_ADDR", "")), request.headers.get("X-Forwarded-For", "")
    who = f"t{speaker.token.pk}" if speaker else f"a{caller_of(remote, forwarded, settings.TRUSTED_PROXIES)}"
    try:
        count = counted(settings.DATA, window.number, door + who)
    except OSError:
        # A full disk shuts no reader out.
        count = 1
    return Allowance(limit, max(0, limit - count) if count <= limit else -1, window.resets_in)
