"""Sign in, sign out, the language switch, and the first address.

In: an account's name and password, checked by axes and Django. Out: a session; a lock-out in words after repeated misses.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from telusur.people.rules import Deed, Role
from telusur.web.pages.guard import deed, role_of
from telusur.words.caller import caller_of

__all__ = ["address_of", "home", "locked_out", "set_language", "sign_in", "sign_out"]


class SignInForm(AuthenticationForm):
    """Name and password, with a refusal that tells nobody which of the two was wrong."""

    error_messages = {
        "invalid_login": _("Nama akun atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya."),
        "inactive": _("Nama akun atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya."),
    }


@deed(Deed.LOOK_UP)
def home(request: HttpRequest) -> HttpResponse:
    """The office begins at its balance, everybody else at the look-up."""
    return redirect("public-search" if role_of(request) is Role.PUBLIC else "neraca")


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL)


@never_cache
def _sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_way_back(request))
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_way_back(request))
    return render(request, "telusur/sign_in.html", {"form": form, "next": _way_back(request)})


@deed(Deed.LOOK_UP)
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The form, and back to where the person was going."""
    return _sign_in(request)


@require_POST
def _sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@deed(Deed.LOOK_UP)
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session (POST)."""
    return _sign_out(request)


@deed(Deed.LOOK_UP)
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language in a cookie and go back (POST)."""
    return django_set_language(request)


def address_of(request: HttpRequest) -> str | None:
    """The address that a lock counts beside the account's name: the caller's, also behind the office's own proxies."""
    remote, forwarded = str(request.META.get("REMOTE_ADDR", "")), request.headers.get("X-Forwarded-For", "")
    return caller_of(remote, forwarded, settings.TRUSTED_PROXIES) if settings.TRUSTED_PROXIES else remote or None


def locked_out(request: HttpRequest, *_arguments: Any, **_more: Any) -> HttpResponse:
    """What axes answers after too many misses: how long, and whom to ask."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "telusur/locked_out.html", {"minutes": minutes}, status=429)
