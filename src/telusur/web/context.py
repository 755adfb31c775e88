"""What every page's frame needs: the account's role, the deeds it may do, the ways that are open to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, gettext, gettext_noop

from telusur.people.models import Account
from telusur.people.rules import ROLE_NAMES, Deed, Role, may

__all__ = ["Section", "Way", "house"]

# The addresses of the ways are short: what stands behind them changes no section, and is not kept.
_PATH = 60


class Way(NamedTuple):
    """One page of a section."""

    address: str
    words: str
    is_here: bool


class Section(NamedTuple):
    """A part of the office's work in the bar: its pages, as far as they are open to the role; the first is its address."""

    words: str
    ways: tuple[Way, ...]

    @property
    def address(self) -> str:
        """Where the section begins."""
        return self.ways[0].address

    @property
    def is_here(self) -> bool:
        """Whether the page that is open stands in it."""
        return any(way.is_here for way in self.ways)


# In the order of the work; the first part of an address says which page it belongs to.
_SECTIONS: tuple[tuple[str, tuple[tuple[str, str, Deed], ...]], ...] = (
    (
        gettext_noop("Ikhtisar"),
        (
            ("neraca", gettext_noop("Neraca"), Deed.READ_BALANCE),
            ("head", gettext_noop("Kepala"), Deed.READ_HEAD),
            ("standings", gettext_noop("Kedudukan"), Deed.READ_STANDING),
        ),
    ),
    (
        gettext_noop("Daftar"),
        (
            ("register", gettext_noop("Register"), Deed.READ_REGISTER),
            ("import", gettext_noop("Impor"), Deed.IMPORT_EDITION),
            ("editions", gettext_noop("Edisi"), Deed.READ_REGISTER),
            ("matching", gettext_noop("Pencocokan"), Deed.READ_MATCHING),
            ("places", gettext_noop("Alamat"), Deed.READ_REGISTER),
        ),
    ),
    (
        gettext_noop("Lapangan"),
        (
            ("rounds", gettext_noop("Putaran"), Deed.READ_BALANCE),
            ("plan", gettext_noop("Rencana"), Deed.READ_PLAN),
            ("lapangan", gettext_noop("Rute hari ini"), Deed.TRACE),
            ("oversight", gettext_noop("Meja"), Deed.REVIEW_VISITS),
        ),
    ),
    (
        gettext_noop("Tindak lanjut"),
        (
            ("notices", gettext_noop("Surat"), Deed.READ_NOTICES),
            ("reports", gettext_noop("Laporan pengurus"), Deed.READ_REPORTS),
            ("corrections", gettext_noop("Usulan"), Deed.READ_CORRECTIONS),
        ),
    ),
    (
        gettext_noop("Program"),
        (
            ("kkmp", gettext_noop("Merah Putih"), Deed.READ_PROGRAMME),
            ("kkmp-staples", gettext_noop("Bahan pokok"), Deed.LOOK_UP),
            ("kkmp-training", gettext_noop("Pelatihan"), Deed.LOOK_UP),
            ("kkmp-mentors", gettext_noop("Jaringan"), Deed.LOOK_UP),
        ),
    ),
    (
        gettext_noop("Jejak"),
        (
            ("journal", gettext_noop("Jejak"), Deed.READ_JOURNAL),
            ("tokens", gettext_noop("Token"), Deed.KEEP_TOKENS),
            ("webhooks", gettext_noop("Kabar"), Deed.KEEP_WEBHOOKS),
        ),
    ),
    (
        gettext_noop("Publik"),
        (
            ("public-search", gettext_noop("Cek koperasi"), Deed.LOOK_UP),
            ("notices-public", gettext_noop("Pengumuman"), Deed.LOOK_UP),
            ("data", gettext_noop("Data terbuka"), Deed.LOOK_UP),
            ("selfreport", gettext_noop("Lapor"), Deed.SELF_REPORT),
            ("machine-docs", gettext_noop("API"), Deed.LOOK_UP),
            ("figures", gettext_noop("Angka"), Deed.LOOK_UP),
        ),
    ),
)


@lru_cache(maxsize=2048)
def _sections(role: Role, path: str, language: str, prefix: str) -> tuple[Section, ...]:
    """The same for a role, a page and a language in every request; `prefix` is where the house stands on its server."""
    here = "/register/" if path.startswith("/koperasi/") else path
    found = []
    for words, pages in _SECTIONS:
        open_pages = [(reverse(name), gettext(said)) for name, said, deed in pages if may(role, deed)]
        if open_pages:
            # The longest address that fits: /kkmp/pelatihan/ stands below /kkmp/ and is a page of its own.
            fits = max((address for address, _ in open_pages if here.startswith(address)), key=len, default="")
            ways = tuple(Way(address, said, address == fits) for address, said in open_pages)
            found.append(Section(gettext(words), ways))
    return tuple(found)


@cache
def _can(role: Role) -> Mapping[str, bool]:
    return MappingProxyType({deed.value: may(role, deed) for deed in Deed})


def house(request: HttpRequest) -> dict[str, object]:
    """The role, what it may do (`can`), the `sections` open to it, the `ways` of the open one; the languages; the office.

    Each language stands in its own words.
    """
    user = getattr(request, "user", None)
    role = user.as_role if isinstance(user, Account) else Role.PUBLIC
    sections = _sections(role, request.path[:_PATH], get_language() or "", get_script_prefix())
    return {
        "role_name": gettext(ROLE_NAMES[role]),
        "can": _can(role),
        "sections": sections,
        "ways": next((section.ways for section in sections if section.is_here), ()),
        "languages": settings.LANGUAGES,
        "office_name": settings.OFFICE_NAME,
        "office_contact": settings.OFFICE_CONTACT,
    }
