"""Tokens at the desk: what other systems may write in an account's name; issue one, shown once; revoke one.

In: the room api. Out: a page, and the new token's text on the answer to its own form, stored nowhere.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from telusur.api import queries
from telusur.api.actions import issue_token, revoke_token
from telusur.api.rules.tokens import LONGEST_DAYS, SCOPE_WORDS, Scope, Standing
from telusur.people.models import Account
from telusur.people.rules import Deed
from telusur.web.pages.guard import actor, deed

__all__ = ["issue", "revoke", "tokens"]

STANDING_WORDS = {
    Standing.IN_FORCE: gettext_lazy("berlaku"),
    Standing.EXPIRED: gettext_lazy("kedaluwarsa"),
    Standing.REVOKED: gettext_lazy("dicabut"),
    Standing.ACCOUNT_CLOSED: gettext_lazy("akun ditutup"),
}


class TokenForm(forms.Form):
    """What a new token may, for whom, where, how long."""

    label = forms.CharField(max_length=80)
    account = forms.CharField(max_length=60)
    scopes = forms.MultipleChoiceField(choices=[(scope.value, SCOPE_WORDS[scope]) for scope in Scope])
    areas = forms.CharField(max_length=400, required=False)
    days = forms.IntegerField(min_value=1, max_value=LONGEST_DAYS)


def _page(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    now = datetime.now(UTC)
    shown = []
    for each in queries.tokens():
        standing = each.as_grant().standing(now)
        shown.append((each, STANDING_WORDS[standing], standing is Standing.IN_FORCE, _scopes(each.scopes)))
    found = {
        "tokens": shown,
        "accounts": Account.objects.filter(is_active=True).order_by("full_name"),
        "scopes": [(scope.value, gettext(SCOPE_WORDS[scope])) for scope in Scope],
        "sent": request.POST if status == 422 else {"days": "90"},
        "sent_scopes": request.POST.getlist("scopes"),
        "longest": LONGEST_DAYS,
        **more,
    }
    reply = render(request, "telusur/tokens.html", found, status=status)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _scopes(held: list[str]) -> str:
    return ", ".join(gettext(SCOPE_WORDS[Scope(each)]) for each in held)


@deed(Deed.KEEP_TOKENS)
def tokens(request: HttpRequest) -> HttpResponse:
    """Every token, and the form for a new one."""
    return _page(request)


@deed(Deed.KEEP_TOKENS)
@require_POST
def issue(request: HttpRequest) -> HttpResponseBase:
    """A new token: its text stands on this answer and nowhere else."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, fault=gettext("lengkapi sistem, akun, wewenang, dan masa berlakunya"))
    asked = form.cleaned_data
    account = Account.objects.filter(username=asked["account"], is_active=True).first()
    if account is None:
        return _page(request, 422, fault=gettext("akun itu tidak ada"))
    try:
        made, text = issue_token(
            account=account,
            label=asked["label"],
            scopes=[Scope(each) for each in asked["scopes"]],
            areas=asked["areas"].replace(",", " ").split(),
            days=asked["days"],
            by=actor(request),
        )
    except ValueError as error:
        return _page(request, 422, fault=gettext(str(error)))
    return _page(request, made=made, text=text)


@deed(Deed.KEEP_TOKENS)
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponseBase:
    """From now on nobody can use it."""
    try:
        token = revoke_token(number=number, by=actor(request))
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    else:
        messages.success(request, gettext("Token {name} dicabut.").format(name=token.label))
    return redirect("tokens")
