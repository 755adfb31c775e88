"""What every page's frame needs: the account's role, the deeds it may do, the ways that are open to it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from telusur.people.models import Account
from telusur.people.rules import ROLE_NAMES, Deed, Role, may

__all__ = ["Way", "house"]


class Way(NamedTuple):
    """One entry of the bar."""

    address: str
    words: str
    is_here: bool


# In the order of the work; the first part of an address says which one it belongs to.
_WAYS: tuple[tuple[str, str, Deed], ...] = (
    ("neraca", gettext_noop("Neraca"), Deed.READ_BALANCE),
    ("register", gettext_noop("Register"), Deed.READ_REGISTER),
    ("import", gettext_noop("Impor"), Deed.IMPORT_EDITION),
    ("editions", gettext_noop("Edisi"), Deed.READ_REGISTER),
    ("matching", gettext_noop("Pencocokan"), Deed.READ_MATCHING),
    ("places", gettext_noop("Alamat"), Deed.READ_REGISTER),
    ("rounds", gettext_noop("Putaran"), Deed.READ_BALANCE),
    ("plan", gettext_noop("Rencana"), Deed.READ_PLAN),
    ("lapangan", gettext_noop("Lapangan"), Deed.TRACE),
    ("oversight", gettext_noop("Meja"), Deed.REVIEW_VISITS),
    ("journal", gettext_noop("Jejak"), Deed.READ_JOURNAL),
    ("public-search", gettext_noop("Cek koperasi"), Deed.LOOK_UP),
)


def _ways(role: Role, path: str) -> list[Way]:
    open_ways = [(reverse(name), gettext(words)) for name, words, deed in _WAYS if may(role, deed)]
    here = "/register/" if path.startswith("/koperasi/") else path
    return [Way(address, words, here.startswith(address)) for address, words in open_ways]


def house(request: HttpRequest) -> dict[str, object]:
    """The role, what it may do (`can`), the `ways` open to it; the languages, each in its own words; the office."""
    user = getattr(request, "user", None)
    role = user.as_role if isinstance(user, Account) else Role.PUBLIC
    return {
        "role_name": gettext(ROLE_NAMES[role]),
        "can": {deed.value: may(role, deed) for deed in Deed},
        "ways": _ways(role, request.path),
        "languages": settings.LANGUAGES,
        "office_name": settings.OFFICE_NAME,
        "office_contact": settings.OFFICE_CONTACT,
    }
