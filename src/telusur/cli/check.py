"""`telusur check`: does all that is held still hold? Balances, journal, constraints, counts."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from telusur.cli import house
from telusur.cli.answer import DATA_SAYS_NO, DONE, Answer, Grid

NAME = "check"
HELP = "memeriksa keutuhan: neraca, jejak, jumlah baris, basis data"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(args: argparse.Namespace) -> Answer:
    """Run every check; the exit status is 1 when one finds something."""
    house.enter()
    checks: dict[str, Callable[[], str | None]] = {
        "basis data": _database,
        "rantai jejak": _journal,
        "baris edisi": _editions,
        "neraca": _balances,
        "foto": _photos,
        "bukti": _proofs,
        "arsip data terbuka": _snapshots,
        "penjaga bukti": _guards,
    }
    found = {name: check() for name, check in checks.items()}
    bad = {name: words for name, words in found.items() if words}
    return Answer(
        {"ok": not bad, "checks": {name: words or "ok" for name, words in found.items()}},
        grids=[Grid(("pemeriksaan", "hasil"), [(name, words or "utuh") for name, words in found.items()])],
        status=DATA_SAYS_NO if bad else DONE,
    )


def _database() -> str | None:
    from django.db import connection

    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = str(cursor.fetchone()[0])
        cursor.execute("PRAGMA foreign_key_check")
        orphans = len(cursor.fetchall())
    if said != "ok":
        return said
    return f"{orphans} baris menunjuk ke yang tidak ada" if orphans else None


def _journal() -> str | None:
    from telusur.journal.queries import chain_break

    broken = chain_break()
    return f"terputus di nomor {broken.number}: {broken.why}" if broken else None


def _editions() -> str | None:
    from telusur.intake.models import Batch
    from telusur.register.models import Edition, Entry

    for edition in Edition.objects.filter(sealed_at__isnull=False):
        accepted = sum(Batch.objects.filter(edition=edition).values_list("accepted_count", flat=True))
        held = Entry.objects.filter(edition=edition).count()
        if held != accepted:
            return f"edisi {edition.pk} menyimpan {held} baris, seharusnya {accepted}"
    return None


def _balances() -> str | None:
    from telusur.rounds.models import Round
    from telusur.rounds.queries import DIMENSIONS, balance_by, latest_derivation

    for item in Round.objects.all():
        derivation = latest_derivation(item)
        if derivation is None:
            continue
        (whole,) = balance_by(derivation, None)
        if whole.tally.unaccounted:
            return f"putaran «{item.name}»: {whole.tally.unaccounted} baris tak terhitung"
        for dimension in DIMENSIONS:
            if sum(group.tally.accounted for group in balance_by(derivation, dimension)) != item.row_count:
                return f"putaran «{item.name}»: rincian menurut {dimension} tidak cocok dengan jumlahnya"
    return None


def _photos() -> str | None:
    """Whether every photo that was signed for still stands on the disk as it came."""
    from telusur.visits.models import Photo
    from telusur.visits.photos.store import is_true

    names = Photo.objects.order_by("pk").values_list("sha256", flat=True)
    bad = [sha256 for sha256 in names.iterator() if not is_true(sha256)]
    return f"{len(bad)} foto hilang atau berubah di berkasnya, yang pertama {bad[0][:12]}…" if bad else None


def _proofs() -> str | None:
    """Whether every file that a notice or a step of the programme rests on still stands on the disk as it came."""
    from telusur.merah_putih.models import StageRecord
    from telusur.notices.models import NoticeEvent
    from telusur.notices.proofs.store import proof_bytes

    names = {
        sha256
        for model in (NoticeEvent, StageRecord)
        for sha256 in model._default_manager.exclude(proof_sha256="").values_list("proof_sha256", flat=True)
    }
    bad = [sha256 for sha256 in sorted(names) if proof_bytes(sha256) is None]
    return f"{len(bad)} berkas bukti hilang atau berubah, yang pertama {bad[0][:12]}…" if bad else None


def _snapshots() -> str | None:
    """Whether every file of every snapshot still stands on the disk as it was published."""
    from telusur.opendata.models import SnapshotFile
    from telusur.opendata.shelf.disk import is_true

    kept = SnapshotFile.objects.order_by("pk").values_list("sha256", "snapshot__label", "dataset", "form")
    bad = [f"{label}/{dataset}.{form}" for sha256, label, dataset, form in kept.iterator() if not is_true(sha256)]
    return f"{len(bad)} berkas arsip hilang atau berubah, yang pertama {bad[0]}" if bad else None


def _guards() -> str | None:
    """Whether the tables that refuse change still have their triggers (a table rebuild on SQLite drops them)."""
    from django.db import connection

    query = (
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_refuses_%'"
        if connection.vendor == "sqlite"
        else "SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%_refuses_%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        count = int(cursor.fetchone()[0])
    return None if count >= _GUARDS else f"hanya {count} dari {_GUARDS} penjaga yang ada"


# Two a table: UPDATE and DELETE, on fourteen evidence tables.
_GUARDS = 28
