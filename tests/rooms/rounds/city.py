"""A small register to open rounds on: rows written by the register's own verbs, visits by the sheet's own reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from telusur.register import actions as register
from telusur.register.models import Edition
from telusur.register.rules import EntryValues, prepare_entry
from telusur.rounds.rules.sheet import Column, VisitRow, read_visit_row
from telusur.words.refusal import Refusal

ON = date(2025, 10, 24)


def nik(number: int) -> str:
    """The invented NIK of row `number`."""
    return f"9901{number:09}"


def make_edition(count: int, *, mark: str = "a", as_of_on: date = ON, names: dict[int, str] | None = None) -> Edition:
    """An edition of `count` rows in two kelurahan; `names` changes some."""
    draft = register.begin_edition(
        source="ods",
        layout="ods-24",
        file_name=f"{mark}.csv",
        file_hash=mark,
        header=["Koperasi"],
        as_of_on=as_of_on,
        by="sari",
    )
    rows = []
    for number in range(1, count + 1):
        kelurahan = f"99.01.01.100{number % 2 + 1}"
        values = EntryValues(
            name=(names or {}).get(number, f"Koperasi Contoh Nomor {number}"),
            nik_koperasi=nik(number),
            legal_key=f"regional:{number}",
            legal_on=date(1998, 5, 11),
            kabupaten_kota="Kota Contoh",
            kind="Konsumen" if number % 3 else "Jasa",
        )
        rows.append(
            prepare_entry(number + 1, values, (values.name,), kelurahan_code=kelurahan, kecamatan_code="99.01.01")
        )
    register.add_entries(draft, rows)
    return register.seal_edition(draft, scope="Kota Contoh", refused_count=0, content_extra=0, by="sari")


def sheet_row(number: int, **cells: Any) -> VisitRow | Refusal:
    """One row of a visit sheet about row `number`; cells by the names of `Column`."""
    given: dict[Column, Any] = {
        Column.NIK_KOPERASI: nik(number),
        Column.NAME: f"Koperasi Contoh Nomor {number}",
        Column.VISITED_ON: "02/09/2025",
        Column.OFFICER: "sari",
        Column.FINDING: "menolak memberi keterangan",
        **{Column[name]: value for name, value in cells.items()},
    }
    read = read_visit_row(number + 1, given, ON)
    assert read is not None
    return read
