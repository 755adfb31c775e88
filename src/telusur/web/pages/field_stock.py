"""Stock checks from phones, at /lapangan/api/stok/: docs/phone-protocol.md is the contract.

In: a token; a check's bytes. Out: JSON: the form with the outlets and what was last seen there, or a receipt.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext

from telusur.merah_putih.rules.staples import STAPLES
from telusur.merah_putih.rules.stock_packet import FORM, MOST_BYTES, StockRefused
from telusur.merah_putih.rules.units import UnitKind
from telusur.merah_putih.trade.queries import Board, boards
from telusur.merah_putih.trade.receiving import receive_check
from telusur.people.rules import Deed
from telusur.web.pages.field_guard import Phone, answer, fault, from_phone
from telusur.web.words import say

__all__ = ["form", "stock"]


@from_phone(Deed.TRACE, ("GET",))
def form(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """The staples, and the outlets with what was last seen there."""
    found = boards(timezone.localdate(), datetime.now(UTC))
    return answer(
        {
            "version": FORM,
            "staples": [
                {"staple": staple.value, "label": kind.label, "unit": kind.unit} for staple, kind in STAPLES.items()
            ],
            "outlets": [_outlet(board) for board in found],
        }
    )


def _outlet(board: Board) -> dict[str, object]:
    return {
        "code": board.area.code,
        "name": board.area.name,
        "kecamatan": board.area.kecamatan,
        "has_outlet": any(row.kind is UnitKind.STAPLES for row in board.running),
        "checked_on": board.checked_on.isoformat() if board.checked_on else "",
        "last": {
            row.staple.value: {"on": row.last.on.isoformat(), "on_hand": row.last.on_hand}
            for row in board.staples
            if row.last is not None
        },
    }


@from_phone(Deed.TRACE, ("POST",), delivers=True)
def stock(request: HttpRequest, phone: Phone) -> HttpResponseBase:
    """A check; the receipt follows the commit."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    length = int(text) if text.isdigit() else 0
    if length > MOST_BYTES:
        return fault(gettext("kiriman terlalu besar"), 413)
    if phone.device is None:
        return fault(gettext("ponsel ini belum dikenal kantor; masuk lagi di aplikasi"), 401)
    body = request.body
    if len(body) != length:
        return fault(gettext("kiriman terputus di jalan; kirim ulang"), 400)
    try:
        receipt = receive_check(body=body, device=phone.device, sent_at=phone.sent_at)
    except StockRefused as refused:
        return fault(gettext(str(refused)), 400)
    return answer(
        {
            "receipt": {
                "id": str(receipt.id),
                "body_hash": receipt.body_hash,
                "state": receipt.state,
                "reason": "; ".join(say(reason) for reason in receipt.reasons),
                "received_at": receipt.received_at.isoformat(),
            }
        },
        status=202 if receipt.is_clash else 201 if receipt.is_new else 200,
    )
