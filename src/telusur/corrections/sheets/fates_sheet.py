"""What became of every correction that was sent, as a sheet for whoever asks the ministry: one line each, then the rates.

In: a day. Out: an XLSX of two pages. Cells of text are text, so that no value is taken for a formula; the same day with the
same fates gives the same bytes. One correction is one line, however often it was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from telusur.corrections.queries import ChangeView, followed_views
from telusur.corrections.rules.columns import COLUMN_LABELS
from telusur.corrections.rules.fate import FATE_LABELS, Fate
from telusur.corrections.rules.rates import Followed, age_days, rate_by_column, rate_by_days
from telusur.words.months import long_day

__all__ = ["FATE_HEADS", "write_fates"]

# A cell of XLSX holds no more.
_LONGEST = 32_767
FATE_HEADS = (
    ("Usulan", 9), ("NIK Koperasi", 16), ("Koperasi", 38), ("Kolom", 26), ("Tercatat", 30), ("Diusulkan", 30),
    ("Lembar terakhir", 26), ("Pertama dikirim", 15), ("Terakhir dikirim", 15), ("Dikirim (kali)", 10), ("Nasib", 26),
    ("Daftar nasional per", 18), ("Terbaca di daftar itu", 30), ("Masuk pada", 13), ("Umur (hari)", 11),
)  # fmt: skip


def write_fates(path: Path, on: date) -> int:
    """Write to `path` (.xlsx) as of a day; how many corrections it follows."""
    rows = followed_views()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Nasib usulan perbaikan", "created": datetime.combine(on, time(12))})
        _fates_page(book, rows, on)
        _rates_page(book, [each for _, each in rows], on)
    return len(rows)


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on is not None else ""


def _cells(view: ChangeView, each: Followed, on: date) -> tuple[str | int, ...]:
    change, row = view.change, view.fate_row
    return (
        change.pk, change.cooperative.nik_koperasi or "", change.entry.name, COLUMN_LABELS[each.column], change.before,
        change.after, view.sheet.number if view.sheet else "", _day(each.first_sent_on), _day(view.sent_on),
        each.sendings_count, FATE_LABELS[each.fate], _day(each.seen_on), row.shown if row is not None else "",
        _day(each.landed_on), age_days(each, on),
    )  # fmt: skip


def _fates_page(book: Any, rows: Sequence[tuple[ChangeView, Followed]], on: date) -> None:
    page = book.add_worksheet("Nasib")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for column, (label, width) in enumerate(FATE_HEADS):
        page.write_string(0, column, label, head)
        page.set_column(column, column, width)
    _lines(book, page, (_cells(view, each, on) for view, each in rows))
    page.freeze_panes(1, 3)
    page.autofilter(0, 0, max(len(rows), 1), len(FATE_HEADS) - 1)
    _paper(page, on)


def _lines(book: Any, page: Any, lines: Iterable[Sequence[str | int | float]]) -> None:
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    number = book.add_format({"valign": "top"})
    for row, cells in enumerate(lines, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(row, column, cell[:_LONGEST], text)
            else:
                page.write_number(row, column, cell, number)


def _rates_page(book: Any, followed: Sequence[Followed], on: date) -> None:
    page = book.add_worksheet("Capaian")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    labels = ("Kolom", "Dikirim", "Terjawab", *(FATE_LABELS[kind] for kind in Fate), "Masuk, % dari yang terjawab")
    for column, label in enumerate(labels):
        page.write_string(0, column, label, head)
    by_column = rate_by_column(followed)
    _lines(book, page, (
        (
            COLUMN_LABELS[line.column] if line.column else "Semua", line.sent, line.answered,
            *(line.counts[kind] for kind in Fate), _percent(line.share),
        )
        for line in by_column
    ))  # fmt: skip
    below = len(by_column) + 2
    for place, line in enumerate(line for line in rate_by_days(followed) if line.base):
        said = f"Masuk dalam {line.days} hari sejak pertama dikirim: {line.landed} dari {line.base}"
        page.write_string(below + place, 0, f"{said} ({_percent(line.share)} %)")
    page.set_column(0, 0, 30)
    page.set_column(1, len(labels) - 1, 14)
    _paper(page, on)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f}".replace(".", ",")


def _paper(page: Any, on: date) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_footer(
        f"&LKeadaan {long_day(on)}; satu usulan dihitung sekali, berapa kali pun dikirim&RHalaman &P dari &N"
    )
