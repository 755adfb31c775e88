"""`telusur visits FILE.telusur`: a phone's sealed file, received as if each visit and photo had come by the network."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Grid, Stop

__all__ = ["receive_file"]


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
    from telusur.merah_putih.trade.receiving import receive_handed
    from telusur.visits.cable.handed import receive_sealed
    from telusur.visits.rules.sealed import SealedRefused, read_sealed

    try:
        data = path.read_bytes()
        # A file of another kind is said before anybody is asked for a passphrase.
        read_sealed(data)
        report = receive_sealed(data, _passphrase(), take_stock=receive_handed)
    except SealedRefused as refused:
        raise Stop(f"{path.name}: {refused}") from None
    grids = [Grid(("kunjungan", "alasan"), report.waits[:50], title="Ditahan")] if report.waits else []
    document = {
        "visits": report.visits,
        "photos": report.photos,
        "photos_spoilt": report.spoilt,
        "stocks": report.stocks,
        "states": dict(report.states),
        "waits": [{"id": ident, "says": says} for ident, says in report.waits],
    }
    is_whole = not report.states["refused"] and not report.spoilt
    return Answer(document, [report.sentence], grids, DONE if is_whole else DATA_SAYS_NO)
