"""The part of `telusur corrections` that asks the national registry by machine, where an office has set its address."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.corrections.ports import Fetched

__all__ = ["fetch", "recap"]


def _when(fetched: Fetched) -> str:
    at = fetched.fetched_at.astimezone(house.zone())
    return f"diambil {at:%d/%m/%Y %H:%M}" + (" (tersimpan; kuota dihemat)" if fetched.from_cache else "")


def fetch(args: argparse.Namespace) -> Answer:
    """The registry's list as a file that `telusur import` takes."""
    from telusur.corrections.ports import RegistryRefused
    from telusur.corrections.registries.choose import national_registry
    from telusur.corrections.sheets.profile_sheet import write_profiles

    house.actor(args, Deed.IMPORT_EDITION)
    if args.out is None or args.out.suffix.lower() != ".xlsx":
        raise Stop("sebutkan --out FILE.xlsx", WRONG_USE)
    try:
        fetched = national_registry().profiles()
    except RegistryRefused as refused:
        raise Stop(refused.refusal.sentence()) from None
    count = write_profiles(args.out, fetched)
    document = {
        "rows": count,
        "fetched_at": fetched.fetched_at,
        "from_cache": fetched.from_cache,
        "file": str(args.out),
    }
    on = fetched.fetched_at.astimezone(house.zone()).date()
    lines = [f"{count} koperasi {_when(fetched)}: {args.out}."]
    lines.append(f"Masukkan dengan: telusur import {args.out} --as-of {on.isoformat()}")
    return Answer(document, lines)


def recap(args: argparse.Namespace) -> Answer:
    """The registry's own counts of a year."""
    from telusur.corrections.ports import RegistryRefused
    from telusur.corrections.registries.choose import national_registry

    house.actor(args, Deed.READ_CORRECTIONS)
    try:
        fetched = national_registry().recap(args.year or house.today().year)
    except RegistryRefused as refused:
        raise Stop(refused.refusal.sentence()) from None
    rows = [(key, value) for row in fetched.rows for key, value in row.items()]
    stated = f"; menurut register per {fetched.data_on}" if fetched.data_on else ""
    document = {
        "year": args.year or house.today().year,
        "data_on": fetched.data_on,
        "fetched_at": fetched.fetched_at,
        "from_cache": fetched.from_cache,
        "counts": dict(rows),
    }
    return Answer(document, [f"Rekap {_when(fetched)}{stated}."], [Grid(("hitungan register", "nilai"), rows)])
