"""Who may pass: every address declares its deed, and the table of people.rules answers.

In: a deed. Out: a decorator that sends an anonymous person to sign-in (and back), and answers 403 in words to a role
that may not. The wrapped view carries `deed`, so that a test can walk every address and find none undeclared.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from telusur.people.models import Account
from telusur.people.rules import Deed, Role, may

__all__ = ["DeclaredView", "NotYours", "actor", "deed", "role_of"]

P = ParamSpec("P")
# What pages and forms use; the phone's door has methods of its own (field_guard.py).
_METHODS = ("GET", "HEAD", "POST")


class NotYours(PermissionDenied):
    """The role of whoever asks does not do this. deed: what it would be."""

    def __init__(self, deed: Deed) -> None:
        super().__init__()
        self.deed = deed


class DeclaredView(Protocol[P]):
    """A view that says which deed it lets a person do."""

    deed: Deed

    def __call__(self, request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase: ...


def role_of(request: HttpRequest) -> Role:
    """The role of whoever asks; `public` without an account."""
    user = request.user
    return user.as_role if isinstance(user, Account) else Role.PUBLIC


def actor(request: HttpRequest) -> str:
    """The account's name, for an action's `by`. Raises PermissionDenied without an account."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user.username


def deed(
    declared: Deed,
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], DeclaredView[P]]:
    """Declare what a view lets a person do, and let pass only those who may."""

    def wrap(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> DeclaredView[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in _METHODS:
                return HttpResponseNotAllowed(_METHODS)
            role = role_of(request)
            if may(role, declared):
                return view(request, *args, **kwargs)
            if role is Role.PUBLIC:
                # Back to the page after signing in; a form that was sent cannot be sent again from its address.
                back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
                return redirect_to_login(back, login_url="sign-in")
            raise NotYours(declared)

        # setattr: `wraps` gives mypy a plain function, which has no such attribute.
        guarded.__dict__["deed"] = declared
        return cast("DeclaredView[P]", guarded)

    return wrap
