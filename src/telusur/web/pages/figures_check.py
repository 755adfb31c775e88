"""Periksa angka: whether a published total and its parts fit. A form by address, so that the check itself can be quoted.

In: a total, parts and shares as lines of text. Out: what fits, what is missing, what cannot be told. Nothing is stored.
"""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from telusur.dashboards.rules.reconcile import Claim, Share, Weight, read_claim, read_share, reconcile
from telusur.people.rules import Deed
from telusur.web.pages.guard import deed
from telusur.web.words import say

__all__ = ["check"]

_LONGEST, _MOST_LINES = 2000, 40
WEIGHT_WORDS = {
    Weight.FITS: gettext_noop("cocok"),
    Weight.GAP: gettext_noop("ada yang hilang"),
    Weight.CLASH: gettext_noop("tidak cocok"),
    Weight.UNCLEAR: gettext_noop("belum dapat dikatakan"),
}
_TAGS = {Weight.FITS: "yes", Weight.GAP: "no", Weight.CLASH: "no", Weight.UNCLEAR: "waits"}
# The office's announcement of 24 October 2025.
_EXAMPLE = ("tercatat lebih dari 600", "ditemukan 225\ntidak ditemukan 338\nRAT sekitar 70 %")


class Read(NamedTuple):
    """What the lines say; the ones that could not be read."""

    parts: list[Claim]
    shares: list[Share]
    unread: list[str]


def _read(text: str) -> Read:
    read = Read([], [], [])
    for line in text.splitlines()[:_MOST_LINES]:
        if not line.strip():
            continue
        share, claim = read_share(line), read_claim(line)
        if share is not None:
            read.shares.append(share)
        elif claim is not None:
            read.parts.append(claim)
        else:
            read.unread.append(line.strip()[:120])
    return read


@deed(Deed.LOOK_UP)
def check(request: HttpRequest) -> HttpResponse:
    """The form, and what the check says of what stands in it."""
    total_text = " ".join(request.GET.get("jumlah", "").split())[:200]
    parts_text = request.GET.get("bagian", "")[:_LONGEST]
    read, total = _read(parts_text), read_claim(total_text) if total_text else None
    if total_text and total is None:
        read.unread.insert(0, total_text)
    findings = [
        (_TAGS[each.weight], gettext(WEIGHT_WORDS[each.weight]), say(each.reason))
        for each in reconcile(total, read.parts, read.shares)
    ]
    context = {
        "total": total_text,
        "parts": parts_text,
        "asked": bool(total_text or parts_text.strip()),
        "findings": findings,
        "unread": read.unread,
        "example": _EXAMPLE,
    }
    return render(request, "telusur/figures_check.html", context)
