"""What every verb needs first: Django ready, the data folder there, and who acts."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from telusur.cli.answer import WRONG_USE, Stop
from telusur.people.rules import Deed, may

__all__ = ["TERMINAL", "actor", "add_by", "day", "enter", "instant", "today"]

TERMINAL = "terminal"


def enter(*, must_exist: bool = True) -> Path:
    """Set Django up; the data folder. Stops when `telusur init` has not run yet."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import DatabaseError, connection

    folder = Path(settings.DATA)
    if must_exist:
        if connection.vendor == "sqlite" and not folder.is_dir():
            raise Stop(f"folder data {folder} belum ada; jalankan `telusur init`", WRONG_USE)
        try:
            ready = "people_account" in connection.introspection.table_names()
        except DatabaseError as error:
            raise Stop(f"basis data tidak dapat dibuka ({str(error).splitlines()[0]})") from None
        if not ready:
            raise Stop(f"folder data {folder} belum disiapkan; jalankan `telusur init`", WRONG_USE)
    return folder


def add_by(parser: argparse.ArgumentParser) -> None:
    """The option that says who acts."""
    parser.add_argument("--by", metavar="AKUN", help="nama akun yang bertindak (bawaan: terminal)")


def actor(args: argparse.Namespace, deed: Deed, *, second_person: bool = False) -> str:
    """The acting account's name, after asking whether its role may do the deed.

    Whoever holds the server's terminal may act without an account, but never as the second person: that must be somebody.
    """
    from telusur.people.models import Account

    name = args.by or os.environ.get("TELUSUR_BY") or ""
    if not name:
        if second_person:
            raise Stop("keputusan ini perlu orang kedua; sebutkan akunnya dengan --by", WRONG_USE)
        return TERMINAL
    account = Account.objects.filter(username=name, is_active=True).first()
    if account is None:
        raise Stop(f"akun «{name}» tidak ada; lihat `telusur people`", WRONG_USE)
    if not may(account.as_role, deed):
        raise Stop(f"akun «{name}» ({account.get_role_display()}) tidak berwenang untuk ini")
    return account.username


def zone() -> ZoneInfo:
    """The office's time zone."""
    from django.conf import settings

    return ZoneInfo(settings.TIME_ZONE)


def today() -> date:
    """The office's day."""
    return datetime.now(zone()).date()


def day(text: str) -> date:
    """A day from an option: 2025-10-24 or 24/10/2025."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, shape).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"tanggal «{text}» tidak dapat dibaca; tulis 2025-10-24 atau 24/10/2025")


def instant(text: str) -> datetime:
    """An instant from an option: ISO 8601, or a day, which means its last moment in the office's zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.combine(day(text), time.max)
    if len(text) <= 10:
        moment = datetime.combine(moment.date(), time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone())
