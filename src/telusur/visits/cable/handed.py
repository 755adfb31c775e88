"""A phone's sealed file, opened and received as if each visit and photo had come by the network.

In: the file's bytes and the officer's passphrase. Out: what became of each. The format is in docs/phone-protocol.md.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from telusur.visits.actions import receive_chunk, receive_packet
from telusur.visits.models import Device
from telusur.visits.photos.store import CHUNK, Misplaced, Unlike, held
from telusur.visits.rules.clock import clock_shown
from telusur.visits.rules.packet import PacketRefused
from telusur.visits.rules.sealed import Handed, SealedFile, SealedRefused, key_of, read_handed, read_sealed

__all__ = ["HandedReport", "TakeStock", "open_sealed", "receive_sealed"]

TakeStock = Callable[[bytes, Device, datetime | None], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class HandedReport:
    """What a file brought. states: how many visits by state; `known`: they stood already. waits: (id, why)."""

    visits: int
    photos: int
    spoilt: int
    states: Counter[str]
    waits: tuple[tuple[str, str], ...]
    stocks: int = 0

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        stocks = f"; {self.stocks} pemeriksaan stok" if self.stocks else ""
        return (
            f"{self.visits} kunjungan: {self.states['recorded']} tercatat, {self.states['known']} sudah tercatat, "
            f"{self.states['waiting_photos']} menunggu foto, {self.states['quarantined']} ditahan; "
            f"{self.photos} foto, {self.spoilt} rusak{stocks}"
        )


def open_sealed(file: SealedFile, passphrase: str) -> Handed:
    """The visits and photos within. Raises SealedRefused for a wrong passphrase or a damaged file."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return read_handed(AESGCM(key_of(file, passphrase)).decrypt(file.iv, file.sealed, None))
    except InvalidTag:
        raise SealedRefused(
            "berkas tidak terbuka: kata sandi keliru atau berkas rusak; ketik kata sandi yang dibuat di ponsel"
        ) from None


def receive_sealed(data: bytes, passphrase: str, *, take_stock: TakeStock | None = None) -> HandedReport:
    """Receive what is in the file; what stands already changes nothing. Raises SealedRefused.

    take_stock: the door's way to the room that keeps stock checks, which this one does not know; it says why one waits.
    """
    file = read_sealed(data)
    handed = open_sealed(file, passphrase)
    known = Device.objects.select_related("officer").filter(device=file.device, officer__username=file.officer)
    device = known.order_by("-pk").first()
    if device is None:
        raise SealedRefused(f"ponsel atau petugas «{file.officer}» tidak dikenal kantor; daftarkan ponselnya dahulu")
    spoilt = sum(not _receive_photo(sha256, data) for sha256, data in handed.photos)
    said_at = clock_shown(file.made_at, device.registered_at, datetime.now(UTC))
    states: Counter[str] = Counter()
    waits: list[tuple[str, str]] = []
    for body in handed.visits:
        try:
            receipt = receive_packet(body=body, device=device, sent_at=said_at)
        except PacketRefused as refused:
            states["refused"] += 1
            waits.append(("", str(refused)))
            continue
        states["known" if not receipt.is_new and receipt.state == "recorded" else receipt.state] += 1
        waits += [(str(receipt.id), reason.sentence()) for reason in receipt.reasons]
    taken = 0
    if take_stock is not None:
        taken = len(handed.stocks)
        for body in handed.stocks:
            waits += take_stock(body, device, said_at)
    return HandedReport(len(handed.visits), len(handed.photos) - spoilt, spoilt, states, tuple(waits), taken)


def _receive_photo(sha256: str, data: bytes) -> bool:
    """Whether the photo is whole on the disk now."""
    if hashlib.sha256(data).hexdigest() != sha256:
        return False
    try:
        # The network may have brought the first chunks of it before.
        for offset in range(held(sha256).offset, max(len(data), 1), CHUNK):
            receive_chunk(sha256=sha256, offset=offset, size=len(data), data=data[offset : offset + CHUNK])
    except (Misplaced, Unlike):
        return False
    return True
