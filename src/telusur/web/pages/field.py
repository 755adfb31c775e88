"""What phones ask and send, at /lapangan/api/: docs/phone-protocol.md is the contract.

In: a token, JSON, chunks of photos. Out: JSON. The room `visits` decides; this module reads requests and forms answers.
"""

from __future__ import annotations

import json
import re
import uuid
from datetime import date

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext

from telusur.merah_putih.trade.queries import missing_checks
from telusur.people.rules import Deed
from telusur.visits.actions import finish_photo, receive_chunk, receive_packet, register_device
from telusur.visits.models import Photo
from telusur.visits.photos import store
from telusur.visits.queries import device_state
from telusur.visits.rules.packet import MOST_BYTES, PacketRefused
from telusur.web.pages.field_guard import Phone, answer, fault, from_phone
from telusur.web.pages.field_stops import day_packet, found_stops
from telusur.web.words import say
from telusur.words.reason import Reason

__all__ = ["leave", "nowhere", "photo", "register_phone", "search", "state", "today", "visit"]

_SHA256 = re.compile(r"[0-9a-f]{64}")


def _said(reasons: tuple[Reason, ...]) -> str:
    return "; ".join(say(reason) for reason in reasons)


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdigit() else 0


@from_phone(Deed.TRACE, ("POST",))
def register_phone(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """A token for the phone of a signed-in officer."""
    if phone.device is not None:
        return fault(gettext("masuk dahulu dengan akun petugas"), 401)
    try:
        asked = json.loads(request.body)
        device, label = uuid.UUID(str(asked["device"])), str(asked.get("label") or "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return fault(gettext("aplikasi tidak menyebut ponselnya; muat ulang aplikasi"), 400)
    token = register_device(officer=phone.officer, device=device, label=label.replace("\x00", ""))
    return answer(
        {"token": token, "officer": phone.officer.username, "officer_name": phone.officer.full_name}, status=201
    )


@from_phone(Deed.LOOK_UP, ("POST",))
def leave(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """End the browser's session: whoever takes the phone next signs in with an own password."""
    logout(request)
    return answer({})


@from_phone(Deed.TRACE, ("GET",))
def today(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """The officer's stops of a day with all that the phone shows without a network."""
    on = timezone.localdate()
    if wanted := request.GET.get("on", ""):
        try:
            on = date.fromisoformat(wanted)
        except ValueError:
            return fault(gettext("«{text}» bukan tanggal; tulis seperti 2025-10-24.").format(text=wanted), 400)
    return answer(day_packet(phone.officer, on))


@from_phone(Deed.TRACE, ("GET",))
def search(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """The round's cooperatives by name or number, for a visit that nobody planned."""
    return answer({"stops": found_stops(phone.officer, request.GET.get("q", "")[:200])})


@from_phone(Deed.TRACE, ("POST",), delivers=True)
def visit(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """A visit; the receipt follows the commit."""
    length = _length(request)
    if length > MOST_BYTES:
        return fault(gettext("kiriman terlalu besar"), 413)
    if phone.device is None:
        return fault(gettext("ponsel ini belum dikenal kantor; masuk lagi di aplikasi"), 401)
    body = request.body
    if len(body) != length:
        return fault(gettext("kiriman terputus di jalan; kirim ulang"), 400)
    try:
        receipt = receive_packet(body=body, device=phone.device, sent_at=phone.sent_at)
    except PacketRefused as refused:
        return fault(gettext(str(refused)), 400)
    return answer(
        {
            "receipt": {
                "id": str(receipt.id),
                "body_hash": receipt.body_hash,
                "state": receipt.state,
                "reason": _said(receipt.reasons),
                "received_at": receipt.received_at.isoformat(),
            }
        },
        status=202 if receipt.is_clash else 201 if receipt.is_new else 200,
    )


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


@from_phone(Deed.TRACE, ("GET", "PUT"), delivers=True)
def photo(request: HttpRequest, phone: Phone, token: str) -> HttpResponseBase:
    """How much of a photo is here, or its next bytes. token: the photo's SHA-256."""
    if not _SHA256.fullmatch(token):
        return fault(gettext("alamat ini bukan SHA-256 sebuah foto"), 404)
    if request.method == "PUT":
        return _put(request, token)
    standing = store.held(token)
    if standing.is_whole:
        # A server that fell between the file and its entry.
        finish_photo(token)
    size = Photo.objects.filter(sha256=token).values_list("byte_count", flat=True).first()
    return answer({"offset": standing.offset, "size": size, "is_complete": standing.is_whole})


def _put(request: HttpRequest, sha256: str) -> HttpResponseBase:
    offset, size, length = _number(request, "offset"), _number(request, "size"), _length(request)
    if offset is None or not size:
        return fault(gettext("potongan foto tanpa letak (offset) atau ukuran (size)"), 400)
    if size > store.MOST_BYTES or length > store.CHUNK:
        return fault(gettext("foto atau potongannya terlalu besar"), 413)
    try:
        added = receive_chunk(sha256=sha256, offset=offset, size=size, data=request.body)
    except store.Misplaced as misplaced:
        return answer({"offset": misplaced.offset, "is_complete": False}, status=409)
    except store.Unlike:
        return answer({"offset": 0, "is_complete": False, "error": gettext("foto rusak di jalan; kirim ulang")}, 422)
    return answer({"offset": added.offset, "is_complete": added.is_whole})


@from_phone(Deed.TRACE, ("GET",))
def state(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """What arrived from this phone, and which numbers and photos did not."""
    if phone.device is None:
        return fault(gettext("peramban ini bukan ponsel yang terdaftar"), 404)
    found = device_state(phone.device)
    return answer(
        {
            "received": {
                str(packet.pk): {
                    "state": packet.state,
                    "reason": packet.why if packet.state == "rejected" else _said(packet.why_waiting()),
                    "body_hash": packet.body_hash,
                }
                for packet in found.packets
            },
            "missing": found.missing,
            "highest": found.highest,
            "photos_missing": found.photos_missing,
            "stocks_missing": missing_checks(phone.device.device, phone.device.officer.username),
        }
    )


@from_phone(Deed.TRACE, ("GET", "POST", "PUT"), delivers=True)
def nowhere(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """Any other address below /lapangan/api/: also a 404 must be this office's."""
    return fault(gettext("alamat ini tidak ada di kantor; perbarui aplikasi"), 404)
