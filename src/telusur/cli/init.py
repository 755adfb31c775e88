"""`telusur init`: make the data folder, the database and the gazetteer. Again: brings an older one up to date."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from telusur.cli import house
from telusur.cli.answer import Answer, Stop

NAME = "init"
HELP = "menyiapkan folder data, basis data, dan kode wilayah"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own: the folder is TELUSUR_DATA, by default ./data."""


def run(args: argparse.Namespace) -> Answer:
    """Make what is missing; nothing that stands is touched."""
    from django.conf import settings

    folder = Path(settings.DATA)
    try:
        (folder / "media").mkdir(parents=True, exist_ok=True)
        secret = folder / "secret"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    except OSError as error:
        raise Stop(f"folder data {folder} tidak dapat dibuat ({error.strerror})") from None
    house.enter(must_exist=False)
    from django.core.management import call_command
    from django.db import transaction

    from telusur.areas.actions import load_gazetteer
    from telusur.journal import actions as journal

    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        loaded = load_gazetteer(by=house.TERMINAL)
        if loaded.added_count:
            journal.write("areas.loaded", about="areas", by=house.TERMINAL, after={"added": loaded.added_count})
    return Answer(
        {"data": str(folder), "areas": loaded.rows_in_count},
        [f"Folder data siap: {folder} ({loaded.rows_in_count:,} wilayah).".replace(",", ".")],
    )
