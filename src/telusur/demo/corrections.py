"""Corrections in the demo: a sheet of November 2025, two later lists in which the ministry took some, and what waits today.

In: the demo's rows and its edition. Out: changes in every state. The later lists are the first one, cell by cell, but for
what the ministry did with the changes; the round and its published figures stand on the first list and do not move.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from telusur.addresses.actions import locate_all
from telusur.corrections.actions import approve, follow, make_sheet, propose, reject, send_sheet
from telusur.corrections.models import Change
from telusur.corrections.queries import last_national
from telusur.corrections.rules.columns import Column
from telusur.corrections.sheets.words import ADDRESSEE
from telusur.demo.files import write_edition
from telusur.demo.rows import HEADER, Row
from telusur.intake.actions import load_batch
from telusur.register.models import Edition

__all__ = ["NEXT_LISTS", "load_corrections"]

NEXT_LISTS = (date(2026, 4, 30), date(2026, 10, 31))
_REGISTRAR, _SECTION_HEAD, _HEAD = "rani", "dewi", "hadi"
_NIK_KOPERASI = HEADER.index("Nomor Induk Koperasi (NIK)")
_PLACES = {
    Column.MEETING_ON.value: HEADER.index("Tanggal RAT Terakhir"),
    Column.KELURAHAN.value: HEADER.index("Kelurahan / Desa"),
    Column.KECAMATAN.value: HEADER.index("Kecamatan"),
}
_Cells = dict[str, dict[int, str]]


def load_corrections(rows: Sequence[Row], edition: Edition, *, today: date) -> None:
    """Propose, approve, send; bring the later lists that have come by `today`; propose again."""
    sent = _send_first(edition, today)
    ignored = [change for place, change in enumerate(sent) if place % 10 in (3, 6, 8)]
    other = [change for place, change in enumerate(sent) if place % 10 == 5]
    gone = {sent[at].cooperative.nik_koperasi for at in (20, 41) if at < len(sent)}
    landed = [change for change in sent if change not in ignored and change not in other]
    cells = _cells([*((each, each.after) for each in landed), *((each, _otherwise(each)) for each in other)])
    for number, as_of_on in enumerate(NEXT_LISTS):
        if as_of_on > today:
            break
        if number:
            # Half a year later: some of the ignored were taken after all, and a few that had landed turned back.
            for change in ignored[::2]:
                cells.setdefault(str(change.cooperative.nik_koperasi), {})[_PLACES[change.column]] = change.after
            for change in landed[4::17]:
                cells.get(str(change.cooperative.nik_koperasi), {}).pop(_PLACES[change.column], None)
        _bring([_changed(row, cells) for row in rows if row[_NIK_KOPERASI] not in gone], as_of_on)
    follow(by=_REGISTRAR)
    _propose_now(today)


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), UTC)


def _send_first(edition: Edition, today: date) -> list[Change]:
    """The first sheet, in the autumn after the round."""
    on = date(2025, 11, 10)
    found = propose(edition=edition, on=on, by=_REGISTRAR, at=_at(on, 2)).changes
    no, *yes = sorted(found, key=lambda change: (change.column != Column.KELURAHAN, change.pk))
    reject(
        numbers=[no.pk], why="papan nama menyebut kelurahan lain; menunggu kunjungan", by=_SECTION_HEAD, at=_at(on, 3)
    )
    numbers = [change.pk for change in yes]
    approve(numbers=numbers, by=_SECTION_HEAD, at=_at(date(2025, 11, 11), 2))
    approve(numbers=numbers, by=_HEAD, at=_at(date(2025, 11, 12), 1))
    made_on, number = date(2025, 11, 13), "518/071/DK/2025"
    made = make_sheet(
        edition=edition,
        number=number,
        addressee=ADDRESSEE,
        on=made_on,
        by=_REGISTRAR,
        numbers=numbers,
        at=_at(made_on, 2),
    )
    sent_on = date(2025, 11, 14)
    send_sheet(number=number, on=sent_on, channel="surat tercatat", proof="resi 99-0071", by=_REGISTRAR, today=today)
    return [line.change for line in made.lines.select_related("change__cooperative", "change__entry")]


def _cells(texts: Iterable[tuple[Change, str]]) -> _Cells:
    cells: _Cells = {}
    for change, text in texts:
        cells.setdefault(str(change.cooperative.nik_koperasi), {})[_PLACES[change.column]] = text
    return cells


def _otherwise(change: Change) -> str:
    """What the ministry wrote instead: the first of the month, or the kecamatan where the kelurahan belongs."""
    if change.column == Column.MEETING_ON:
        return f"01{change.after[2:]}"
    return str(change.entry.normal.get("kecamatan") or "-")


def _changed(row: Row, cells: Mapping[str, Mapping[int, str]]) -> Row:
    mine = cells.get(row[_NIK_KOPERASI], {})
    return tuple(mine.get(place, cell) for place, cell in enumerate(row))


def _bring(rows: Sequence[Row], as_of_on: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"register-kota-contoh-{as_of_on.isoformat()}.csv"
        write_edition(path, rows)
        edition = load_batch(path, by=_REGISTRAR, as_of_on=as_of_on).edition
    locate_all(edition=edition, by=_REGISTRAR)


def _propose_now(today: date) -> None:
    """What the newest list does not say yet: repeats and new ones; a few approved, so that a sheet can be made."""
    (edition,) = last_national()
    found = propose(edition=edition, on=today, by=_REGISTRAR).changes
    if found:
        approve(numbers=[change.pk for change in found[: len(found) // 3]], by=_SECTION_HEAD)
        approve(numbers=[change.pk for change in found[: len(found) // 6]], by=_HEAD)
