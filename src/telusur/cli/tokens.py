"""`telusur tokens`: list what other systems may write; issue a token, shown once; revoke one."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from telusur.api.rules.tokens import SCOPE_WORDS, Scope
from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "tokens"
HELP = "hak menulis untuk sistem lain lewat API: daftar; menerbitkan (issue) atau mencabut (revoke)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without words it lists."""
    parser.add_argument("deed", nargs="?", choices=("issue", "revoke"))
    parser.add_argument("number", nargs="?", type=int, metavar="NOMOR", help="token yang dicabut")
    parser.add_argument("--account", metavar="AKUN", help="akun yang diwakili token")
    parser.add_argument("--name", default="", metavar="NAMA", help="sistem yang memakainya")
    parser.add_argument("--scope", action="append", default=[], choices=[scope.value for scope in Scope])
    parser.add_argument("--area", action="append", default=[], metavar="KODE", help="wilayah; tanpa ini di mana pun")
    parser.add_argument("--days", type=int, default=90, help="masa berlaku dalam hari (bawaan 90)")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """List, issue, revoke."""
    house.enter()
    if args.deed is None:
        return _list()
    by = house.actor(args, Deed.KEEP_TOKENS)
    return _issue(args, by) if args.deed == "issue" else _revoke(args.number, by)


def _list() -> Answer:
    from telusur.api.queries import tokens

    now = datetime.now(UTC)
    found = list(tokens())
    rows = [
        (
            each.pk,
            each.label,
            f"…{each.hint}",
            each.account.username,
            ", ".join(each.scopes),
            ", ".join(each.areas) or "di mana pun",
            f"{each.expires_at:%d/%m/%Y}",
            each.as_grant().standing(now).value,
        )
        for each in found
    ]
    names = ("number", "name", "hint", "account", "scopes", "areas", "until", "standing")
    return Answer(
        {"tokens": [dict(zip(names, row, strict=True)) for row in rows]},
        grids=[
            Grid(
                ("nomor", "sistem", "akhir", "akun", "wewenang", "wilayah", "sampai", "keadaan"),
                rows,
                title="Token" if rows else "Belum ada token.",
            )
        ],
    )


def _issue(args: argparse.Namespace, by: str) -> Answer:
    from telusur.api.actions import issue_token
    from telusur.people.models import Account

    account = Account.objects.filter(username=args.account or "", is_active=True).first()
    if account is None:
        raise Stop("sebutkan akunnya dengan --account; lihat `telusur people`", WRONG_USE)
    scopes = [scope for scope in Scope if scope.value in args.scope]
    if not scopes:
        raise Stop("sebutkan wewenangnya dengan --scope: " + ", ".join(Scope), WRONG_USE)
    try:
        token, text = issue_token(
            account=account, label=args.name, scopes=scopes, areas=args.area, days=args.days, by=by
        )
    except ValueError as error:
        raise Stop(str(error)) from None
    said = ", ".join(SCOPE_WORDS[scope] for scope in scopes)
    return Answer(
        {"number": token.pk, "token": text, "until": token.expires_at.isoformat()},
        [
            f"Token {token.pk} untuk {token.label}: {said}; berlaku sampai {token.expires_at:%d/%m/%Y}.",
            text,
            "Salin sekarang: kantor hanya menyimpan sidiknya.",
        ],
    )


def _revoke(number: int | None, by: str) -> Answer:
    from telusur.api.actions import revoke_token

    if number is None:
        raise Stop("sebutkan nomor tokennya; lihat `telusur tokens`", WRONG_USE)
    try:
        token = revoke_token(number=number, by=by)
    except ValueError as error:
        raise Stop(str(error)) from None
    return Answer({"number": number, "revoked": True}, [f"Token {number} ({token.label}) dicabut."])
