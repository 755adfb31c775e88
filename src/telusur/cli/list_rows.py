"""The rows of an office's list for `telusur match`: by a layout or saved mapping that fits, else by what its labels say.

In: a path. Out: compared fields by name, in the file's order, and how many rows could not be read. No column of people is
taken: only the fields of the comparison, and of a NIK only one that has the 13 digits of a cooperative's.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import orjson

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Stop

__all__ = ["list_rows"]

_CONCEPTS = {
    "legal number": "legal_number",
    "legal date": "legal_on",
    "kelurahan": "kelurahan",
    "kecamatan": "kecamatan",
    "regency": "kabupaten_kota",
    "city": "kabupaten_kota",
    "address": "address",
    "nik": "nik_koperasi",
    "cooperative number": "nik_koperasi",
}
_NIK_DIGITS = 13

Rows = list[dict[str, str]]


def list_rows(path: Path, *, layout: str | None, sheet: str | None) -> tuple[Rows, int]:
    """The rows and the count of refused ones. Raises Stop where the file cannot be read, or no column holds names."""
    from telusur.areas.queries import gazetteer, gazetteer_source
    from telusur.intake.queries import known_layouts
    from telusur.intake.readers.opened import FileRefused, Request
    from telusur.intake.readers.row_stream import open_rows
    from telusur.register.rules import as_stated

    rows: Rows = []
    refused = 0
    try:
        request = Request(path, house.today(), known_layouts(), layout, sheet)
        with closing(open_rows(request, gazetteer, gazetteer_source)) as opened:
            for entries, refusals, _ in opened.batches():
                rows += [as_stated(orjson.loads(normal)) for normal in entries.normal]
                refused += len(refusals)
    except FileRefused as stopped:
        if layout is not None or stopped.refusal.reason.code not in (
            "header_unknown",
            "header_column_missing",
            "header_fits_several",
        ):
            raise Stop(f"{path.name}: {stopped.refusal.sentence()}") from None
        return _by_labels(path, sheet)
    return rows, refused


def _by_labels(path: Path, sheet: str | None) -> tuple[Rows, int]:
    from telusur.cli.link_tables import read_table
    from telusur.matching.rules.column_labels import read_label
    from telusur.matching.rules.schema import FieldKind

    table = read_table(path, sheet=sheet)
    fields: dict[str, str] = {}
    for label in table.columns:
        said = read_label(label)
        is_name = said.concept == "name" or said.kind is FieldKind.COOPERATIVE
        field = "name" if is_name else _CONCEPTS.get(said.concept)
        if field is not None and field not in fields:
            fields[field] = label
    if "name" not in fields:
        raise Stop(
            f"{path.name}: tidak ada kolom nama koperasi di antara {', '.join(table.columns)}; "
            "beri judul «Nama Koperasi», atau sebutkan pemetaan dengan --layout",
            WRONG_USE,
        )
    rows = [
        {field: value for field, label in fields.items() if (value := _value(field, table.columns[label][at]))}
        for at in range(table.row_count)
    ]
    named = [row for row in rows if row.get("name")]
    return named, len(rows) - len(named)


def _value(field: str, text: str) -> str:
    from telusur.matching.rules.kinds import read_day

    text = " ".join(text.split())
    if field == "nik_koperasi":
        return text if text.isdigit() and len(text) == _NIK_DIGITS else ""
    if field == "legal_on":
        day = read_day(text)
        return date.fromordinal(day).isoformat() if day else ""
    return text
