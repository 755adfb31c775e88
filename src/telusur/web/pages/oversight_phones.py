"""Phones at the desk: a lost one is revoked with a reason, and what one hands over by cable is received.

In: the room visits. Out: a line in the journal; visits and photos as if they had come by the network.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.merah_putih.trade.receiving import receive_handed
from telusur.people.rules import Deed
from telusur.visits.actions import revoke_device
from telusur.visits.cable.handed import receive_sealed
from telusur.visits.rules.sealed import SealedRefused
from telusur.web.pages.guard import actor, deed

__all__ = ["receive", "revoke"]

_LONGEST_WHY = 500
_MOST_BYTES = 300_000_000


def _back() -> HttpResponseBase:
    return redirect(f"{reverse('oversight')}?daftar=ponsel")


@deed(Deed.DECIDE_CONFLICT)
@require_POST
def revoke(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """From now on what this phone brings waits for a person, and it reads nothing any more."""
    try:
        revoke_device(device=ident, why=request.POST.get("why", "")[:_LONGEST_WHY], by=actor(request))
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    else:
        messages.success(request, gettext("Ponsel dicabut. Yang masih dikirimnya masuk karantina."))
    return _back()


@deed(Deed.DECIDE_CONFLICT)
@require_POST
def receive(request: HttpRequest) -> HttpResponseBase:
    """A phone's sealed file, with the passphrase that its officer chose."""
    file, secret = request.FILES.get("file"), request.POST.get("sandi", "")
    if file is None or not secret:
        messages.error(
            request, gettext("Pilih berkas .telusur dari ponsel, dan ketik kata sandi yang dibuat petugasnya.")
        )
        return _back()
    if (file.size or 0) > _MOST_BYTES:
        messages.error(request, gettext("Berkas terlalu besar untuk layar ini; pakai perintah telusur visits."))
        return _back()
    try:
        report = receive_sealed(file.read(), secret, take_stock=receive_handed)
    except SealedRefused as refused:
        messages.error(request, capfirst(gettext(str(refused))) + ".")
    else:
        messages.success(request, capfirst(report.sentence) + ".")
    return _back()
