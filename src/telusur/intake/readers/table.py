"""Open a file and choose its sheet: guarded first, then read by the adapter of its kind.

In: a path, and the layouts that are known. Out: a `Table`, or FileRefused. A hidden sheet is read only when it is named; of
several sheets the one whose header a layout knows is read, and where two are, the person says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from telusur.intake.layouts import shipped_layouts
from telusur.intake.ports import FileRefused, Reader, SheetInfo, Source, Table, refuse_file
from telusur.intake.readers.csv_reader import CsvReader
from telusur.intake.readers.guard import MOST_BYTES, file_kind
from telusur.intake.readers.sheet_reader import SheetReader
from telusur.intake.rules.header import FoundHeader, find_header
from telusur.intake.rules.layout import Layout
from telusur.words.reason import Reason

__all__ = ["list_sheets", "open_table"]

_READERS: tuple[Reader, ...] = (CsvReader(), SheetReader())


def open_table(
    path: Path,
    *,
    sheet: str | None = None,
    layouts: Sequence[Layout] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Table:
    """The table in `path`. Raises FileRefused. Close it, or use it in a `with`.

    sheet: a sheet's name, hidden or not; chosen by its header when None. layouts: those that may know the header; the
    shipped ones when None. most_bytes: files of this size and above are refused.
    """
    source = _open(path, most_bytes)
    try:
        return Table(source, _choose(source, sheet, shipped_layouts() if layouts is None else layouts))
    except FileRefused:
        source.close()
        raise


def list_sheets(path: Path, *, most_bytes: int = MOST_BYTES) -> tuple[SheetInfo, ...]:
    """The sheets of `path`, for a person to choose from. Raises FileRefused."""
    source = _open(path, most_bytes)
    source.close()
    return source.sheets


def _open(path: Path, most_bytes: int) -> Source:
    kind = file_kind(path, most_bytes=most_bytes)
    return next(reader for reader in _READERS if kind in reader.kinds).open(path, kind)


def _choose(source: Source, named: str | None, layouts: Sequence[Layout]) -> str:
    names = [sheet.name for sheet in source.sheets]
    if named is not None:
        if named in names:
            return named
        stated = {"named": named, "names": _listed(names)}
        reason = Reason("sheet_unknown", "lembar «{named}» tidak ada; yang ada: {names}", stated)
        raise refuse_file(reason, "pilih salah satu lembar itu")
    visible = [sheet.name for sheet in source.sheets if not sheet.hidden and source.heads[sheet.name]]
    hidden = [sheet.name for sheet in source.sheets if sheet.hidden]
    if not visible:
        says = "semua lembar kosong" if not hidden else "tidak ada lembar yang tampak; tersembunyi: {names}"
        reason = Reason("sheets_empty", says, {"names": _listed(hidden)})
        raise refuse_file(reason, "pilih lembar dengan menyebut namanya, atau ambil ulang berkas")
    if len(visible) == 1:
        return visible[0]
    fitting = [name for name in visible if isinstance(find_header(source.heads[name], layouts), FoundHeader)]
    if len(fitting) == 1:
        return fitting[0]
    stated = {"names": _listed(fitting or visible)}
    says = (
        "beberapa lembar dapat dibaca: {names}" if fitting else "judul kolom tidak dikenal di lembar mana pun: {names}"
    )
    raise refuse_file(Reason("sheet_unclear", says, stated), "pilih satu lembar dengan menyebut namanya")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
