"""Trade in the demo's village cooperatives: units, partners, stock checks as phones send them, training, mentors.

In: the demo's city, today. Out: some outlets that go well, some that run empty, some with a surplus, and kelurahan where
nothing has begun. All invented; stock checks come in through the same door as a phone's.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from telusur.merah_putih.rules.mentors import Topic
from telusur.merah_putih.rules.partners import Agreement, PartnerKind
from telusur.merah_putih.rules.prices import Reference
from telusur.merah_putih.rules.staples import Staple
from telusur.merah_putih.rules.training import MODULE_SEATS, Module, Seat
from telusur.merah_putih.rules.units import UNIT_LABELS, UnitKind
from telusur.merah_putih.trade.actions import (
    change_seat,
    record_mentor,
    record_session,
    state_partner,
    state_prices,
    state_unit,
)
from telusur.merah_putih.trade.queries import kelurahan_of_city
from telusur.merah_putih.trade.receiving import receive_check
from telusur.people.models import Account
from telusur.visits.actions import register_device
from telusur.visits.models import Device

__all__ = ["load_trade"]

_REGISTRAR, _OFFICER = "rani", "sari"
_SOURCE = "kunjungan pendampingan (rekaan)"
_HOURS = ("senin-jumat 08.00-16.00; sabtu 08.00-12.00", "senin-sabtu 09.00-17.00", "senin-kamis 08.00-14.00")
# Rupiah a unit, and units a day that a middling outlet sells. Invented.
_SALES: dict[Staple, tuple[int, float]] = {
    Staple.RICE: (14500, 38.0),
    Staple.COOKING_OIL: (16500, 17.0),
    Staple.SUGAR: (17800, 11.0),
    Staple.FLOUR: (12000, 6.0),
    Staple.EGGS: (29500, 9.0),
    Staple.SALT: (11000, 2.0),
    Staple.SHALLOTS: (38000, 4.0),
    Staple.LPG: (106000, 3.0),
}
_SUPPLIED = (Staple.RICE, Staple.COOKING_OIL, Staple.SUGAR, Staple.FLOUR)
_CHECKS, _EVERY_DAYS = 9, 4
_OUTLETS, _STARTED = 14, 22


@dataclass(frozen=True, slots=True)
class _Outlet:
    """A shop's fortune: how well it is stocked (1 is well), how fast it sells, how often it is found open."""

    code: str
    stocked: float
    pace: float
    opens: float


def load_trade(*, today: date) -> None:
    """Load the trade of some kelurahan; the others stay empty, as in life."""
    rng = Random("perdagangan kota contoh")
    codes = [each.code for each in kelurahan_of_city()]
    rng.shuffle(codes)
    started, outlets = codes[:_STARTED], [_outlet(code, rng) for code in codes[:_OUTLETS]]
    with transaction.atomic():
        _units(started, today, rng)
        _partners([each.code for each in outlets], today, rng)
        _prices(today)
        device = _device()
        for outlet in outlets:
            _checks(outlet, device, today, rng)
        _training(started, today, rng)
        for mentor, mentee in ((outlets[0], outlets[-1]), (outlets[0], outlets[-2]), (outlets[1], outlets[-3])):
            record_mentor(
                mentor=mentor.code, mentee=mentee.code, topics=[Topic.STAPLES, Topic.HOURS],
                on=today - timedelta(days=40), by=_REGISTRAR, why="rapat koordinasi pendamping",
            )  # fmt: skip


def _outlet(code: str, rng: Random) -> _Outlet:
    return _Outlet(code, rng.choice((0.35, 0.6, 0.95, 1.4)), rng.uniform(0.4, 1.5), rng.choice((0.5, 0.8, 0.97)))


def _units(codes: Sequence[str], today: date, rng: Random) -> None:
    for place, code in enumerate(codes):
        kinds = [UnitKind.OFFICE, *([UnitKind.STAPLES] if place < _OUTLETS else [])]
        kinds += [kind for kind in (UnitKind.SAVINGS, UnitKind.LOGISTICS, UnitKind.PHARMACY) if rng.random() < 0.25]
        for kind in kinds:
            state_unit(
                code=code, kind=kind, label=UNIT_LABELS[kind], is_running=True, hours=rng.choice(_HOURS),
                on=today - timedelta(days=120), source=_SOURCE, by=_REGISTRAR,
            )  # fmt: skip
    state_unit(
        code=codes[-1], kind=UnitKind.OTHER, label="penyewaan tenda", is_running=False, hours="",
        on=today - timedelta(days=30), source=_SOURCE, by=_REGISTRAR,
    )  # fmt: skip


def _partners(codes: Sequence[str], today: date, rng: Random) -> None:
    for place, code in enumerate(codes):
        for staple in _SUPPLIED[: 4 if place % 3 else 2]:
            _agreed(code, "Gudang Pangan Contoh", PartnerKind.BUMN, staple.value, today, rng)
        _agreed(code, "Agen Gas Contoh", PartnerKind.BUMN, Staple.LPG.value, today, rng)
        if place % 2:
            _agreed(code, "Peternak Telur Contoh", PartnerKind.LOCAL, Staple.EGGS.value, today, rng)
    wish = Agreement(codes[0], "Apotek Contoh", PartnerKind.BUMN, "obat bebas", "", None, None, None, None)
    state_partner(agreement=wish, on=today, source="permohonan lisan (rekaan)", by=_REGISTRAR)


def _agreed(code: str, partner: str, kind: PartnerKind, product: str, today: date, rng: Random) -> None:
    signed = today - timedelta(days=rng.randrange(40, 300))
    ends = signed + timedelta(days=365) if rng.random() < 0.8 else None
    number = f"{rng.randrange(1, 200):03d}/PKS/{code[-4:]}/{signed.year}"
    agreement = Agreement(
        code, partner, kind, product, number, signed, ends, rng.randrange(2, 7), rng.choice((3.0, 4.5, 6.0, 8.0))
    )
    state_partner(agreement=agreement, on=signed, source=_SOURCE, by=_REGISTRAR)


def _prices(today: date) -> None:
    for days, factor in ((70, 0.98), (12, 1.0)):
        on = today - timedelta(days=days)
        references = [
            Reference(staple, round(price * factor / 100) * 100, on, "pantauan harga pasar Kota Contoh (rekaan)")
            for staple, (price, _) in _SALES.items()
        ]
        state_prices(references=references, by=_REGISTRAR)


def _device() -> Device:
    ident = uuid.UUID(int=0x99)
    if not Device.objects.filter(device=ident).exists():
        officer = Account.objects.get(username=_OFFICER)
        register_device(officer=officer, device=ident, label="ponsel contoh")
    return Device.objects.filter(device=ident).latest("id")


def _checks(outlet: _Outlet, device: Device, today: date, rng: Random) -> None:
    """Checks every few days, the last one some days ago; a well stocked outlet is filled up before it runs dry."""
    zone = ZoneInfo(settings.TIME_ZONE)
    stock = {staple: sold * outlet.pace * 20 * outlet.stocked for staple, (_, sold) in _SALES.items()}
    last = today - timedelta(days=rng.choice((1, 2, 3, 5, 26)))
    for number in range(_CHECKS):
        on = last - timedelta(days=_EVERY_DAYS * (_CHECKS - 1 - number))
        is_open = rng.random() < outlet.opens
        lines = []
        for staple, (price, sold) in _SALES.items():
            gone = sum(max(0.0, rng.gauss(sold, sold / 4)) for _ in range(_EVERY_DAYS)) * outlet.pace if number else 0.0
            arrived = round(_EVERY_DAYS * sold * outlet.pace * outlet.stocked * rng.uniform(0.7, 1.3)) if number else 0
            before = stock[staple]
            stock[staple] = round(max(0.0, before + arrived - gone), 1)
            if is_open:
                tag = round(price * rng.uniform(0.93, 1.12) / 100) * 100
                lines.append(
                    {"staple": staple.value, "on_hand": stock[staple], "received": arrived, "price_rupiah": tag}
                )
        at = datetime.combine(on, time(9 + number % 3, 15), zone)
        sent = {
            "id": str(uuid.UUID(int=rng.getrandbits(128), version=4)), "form": 1, "device": str(device.device),
            "kelurahan": outlet.code, "checked_at": at.isoformat(), "is_open": is_open, "lines": lines, "note": "",
        }  # fmt: skip
        receive_check(body=json.dumps(sent).encode(), device=device, sent_at=datetime.now(UTC))


def _training(codes: Sequence[str], today: date, rng: Random) -> None:
    for place, module in enumerate(Module):
        if module is Module.SUPERVISION:
            continue
        seats = (*MODULE_SEATS[module], Seat.CHAIR)
        invited = [code for code in codes if rng.random() < 0.85 - place * 0.12]
        attended = {(code, seat): rng.random() < 0.7 for code in invited for seat in seats if rng.random() < 0.85}
        record_session(
            module=module, held_on=today - timedelta(days=150 - place * 25), hours=rng.choice((4, 6, 8)),
            place="Aula Dinas (rekaan)", provider="Dinas dengan Balai Latihan Contoh", attended=attended, by=_REGISTRAR,
        )  # fmt: skip
    change_seat(code=codes[1], seat=Seat.TREASURER, on=today - timedelta(days=20), by=_REGISTRAR)
