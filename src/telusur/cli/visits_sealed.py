"""`telusur visits FILE.telusur`: a phone's sealed file, received as if each visit and photo had come by the network."""

from __future__ import annotations

import getpass
import hashlib
import os
import sys
from collections import Counter
from pathlib import Path

from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Grid, Stop
from telusur.visits.rules.sealed import Handed, SealedFile, SealedRefused, key_of, read_handed, read_sealed

__all__ = ["open_sealed", "receive_file"]


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


def _passphrase() -> str:
    """From TELUSUR_PASSPHRASE, or typed; never an option, which every process of the machine can read."""
    given = os.environ.get("TELUSUR_PASSPHRASE")
    if given is None and sys.stdin.isatty():
        given = getpass.getpass("Kata sandi berkas: ")
    if not given:
        raise Stop("berkas ini bersandi; ketik kata sandinya, atau isi TELUSUR_PASSPHRASE", WRONG_USE)
    return given


def receive_file(path: Path) -> Answer:
    """Open the file and receive what is in it. A visit that stands already changes nothing."""
    from telusur.visits.actions import receive_chunk, receive_packet
    from telusur.visits.models import Device
    from telusur.visits.photos.store import CHUNK, Misplaced, Unlike, held
    from telusur.visits.rules.packet import PacketRefused

    try:
        file = read_sealed(path.read_bytes())
        handed = open_sealed(file, _passphrase())
    except SealedRefused as refused:
        raise Stop(f"{path.name}: {refused}") from None
    known = Device.objects.select_related("officer").filter(device=file.device, officer__username=file.officer)
    device = known.order_by("-pk").first()
    if device is None:
        raise Stop(
            f"{path.name}: ponsel atau petugas «{file.officer}» tidak dikenal kantor; daftarkan ponselnya dahulu"
        )
    states: Counter[str] = Counter()
    waits: list[tuple[str, str]] = []
    spoilt = 0
    for sha256, data in handed.photos:
        if hashlib.sha256(data).hexdigest() != sha256:
            spoilt += 1
            continue
        try:
            # The network may have brought the first chunks of it before.
            for offset in range(held(sha256).offset, max(len(data), 1), CHUNK):
                receive_chunk(sha256=sha256, offset=offset, size=len(data), data=data[offset : offset + CHUNK])
        except (Misplaced, Unlike):
            spoilt += 1
    for body in handed.visits:
        try:
            receipt = receive_packet(body=body, device=device, sent_at=None)
        except PacketRefused as refused:
            states["refused"] += 1
            waits.append(("", str(refused)))
            continue
        states["known" if not receipt.is_new and receipt.state == "recorded" else receipt.state] += 1
        waits += [(str(receipt.id), reason.sentence()) for reason in receipt.reasons]
    lines = [
        f"{len(handed.visits)} kunjungan: {states['recorded']} tercatat, {states['known']} sudah tercatat, "
        f"{states['waiting_photos']} menunggu foto, {states['quarantined']} ditahan; "
        f"{len(handed.photos) - spoilt} foto, {spoilt} rusak"
    ]
    grids = [Grid(("kunjungan", "alasan"), waits[:50], title="Ditahan")] if waits else []
    document = {
        "visits": len(handed.visits),
        "photos": len(handed.photos) - spoilt,
        "photos_spoilt": spoilt,
        "states": dict(states),
        "waits": [{"id": ident, "says": says} for ident, says in waits],
    }
    return Answer(document, lines, grids, DATA_SAYS_NO if states["refused"] or spoilt else DONE)
