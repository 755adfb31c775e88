"""`telusur people`: list accounts; add one; close one."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed, Role

NAME = "people"
HELP = "daftar akun; menambah (add) atau menutup (close) akun"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without words it lists."""
    parser.add_argument("deed", nargs="?", choices=("add", "close"))
    parser.add_argument("username", nargs="?", metavar="AKUN")
    parser.add_argument("--name", default="", metavar="NAMA", help="nama lengkap")
    parser.add_argument("--role", choices=[role.value for role in Role if role is not Role.PUBLIC])
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """List, add, close."""
    house.enter()
    from telusur.people.models import Account

    if args.deed is None:
        rows = [
            (
                account.username,
                account.full_name,
                str(account.get_role_display()),
                "ya" if account.is_active else "tidak",
            )
            for account in Account.objects.order_by("username")
        ]
        return Answer(
            {"people": [dict(zip(("username", "name", "role", "active"), row, strict=True)) for row in rows]},
            grids=[Grid(("akun", "nama", "peran", "aktif"), rows, title="Akun" if rows else "Belum ada akun.")],
        )
    by = house.actor(args, Deed.KEEP_ACCOUNTS)
    if not args.username:
        raise Stop("sebutkan nama akunnya", WRONG_USE)
    return _add(args, by) if args.deed == "add" else _close(args.username, by)


def _add(args: argparse.Namespace, by: str) -> Answer:
    from django.db import transaction

    from telusur.journal import actions as journal
    from telusur.people.actions import open_account

    if not args.role or not args.name:
        raise Stop("akun baru perlu --role dan --name", WRONG_USE)
    try:
        with transaction.atomic():
            account = open_account(
                username=args.username, full_name=args.name, role=Role(args.role), password=_password()
            )
            journal.write("account.opened", about=f"account:{account.username}", by=by, after={"role": account.role})
    except ValueError as error:
        raise Stop(str(error)) from None
    return Answer({"username": account.username, "role": account.role}, [f"Akun {account.username} dibuka."])


def _password() -> str:
    """From TELUSUR_PASSWORD, from a pipe, or asked for; never from an argument, which any user of the machine can read."""
    if given := os.environ.get("TELUSUR_PASSWORD"):
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Kata sandi: ")


def _close(username: str, by: str) -> Answer:
    from django.db import transaction

    from telusur.journal import actions as journal
    from telusur.people.actions import close_account

    try:
        with transaction.atomic():
            account = close_account(username=username)
            journal.write(
                "account.closed",
                about=f"account:{account.username}",
                by=by,
                before={"active": True},
                after={"active": False},
            )
    except ValueError as error:
        raise Stop(str(error)) from None
    return Answer({"username": username, "active": False}, [f"Akun {username} ditutup."])
