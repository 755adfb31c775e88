"""A plan as a sheet: one line a stop in the order of the day, and the sentences that make it repeatable."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from telusur.areas.queries import area_names
from telusur.planning.models import Plan
from telusur.planning.queries import plan_stops
from telusur.planning.rules.timetable import clock
from telusur.planning.sheets.words import PURPOSES
from telusur.rounds.queries import frozen_entries
from telusur.words.sheet_cell import SHEET_MADE_AT

__all__ = ["write_plan"]

_HEADS = (
    ("Tanggal", 11), ("Petugas", 14), ("Urutan", 8), ("Tiba", 8), ("Selesai", 8), ("Koperasi", 40), ("NIK koperasi", 16),
    ("Alamat", 44), ("Kelurahan", 20), ("Ketertemuan", 12), ("Maksud", 16), ("Jam kunjungan", 24), ("Cadangan", 10),
)  # fmt: skip


def write_plan(path: Path, plan: Plan) -> None:
    """Write a plan to `path` (.xlsx). Text is written as text, so that no value is taken for a formula."""
    stops = list(plan_stops(plan))
    rows = frozen_entries(plan.round).filter(cooperative_id__in=[stop.cooperative_id for stop in stops])
    entries = {row.cooperative_id: row for row in rows}
    areas = area_names(stop.kelurahan_code for stop in stops)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": SHEET_MADE_AT})
        sheet = book.add_worksheet("Rencana")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet.write_string(
            0, 0, f"Rencana {plan.round.name}, versi {plan.number}", book.add_format({"bold": True, "font_size": 14})
        )
        weights = ", ".join(f"{name}={value:g}" for name, value in plan.weights.items())
        sheet.write_string(
            1,
            0,
            f"{plan.starts_on:%d/%m/%Y} sampai {plan.ends_on:%d/%m/%Y} · bobot {weights} · urutan acak "
            f"{100 * plan.random_share:.0f} % dengan benih {plan.seed} · penyusun rute {plan.router}",
        )
        for column, (head, width) in enumerate(_HEADS):
            sheet.write_string(3, column, head, bold)
            sheet.set_column(column, column, width)
        for line, stop in enumerate(stops, 4):
            entry = entries.get(stop.cooperative_id)
            sheet.write_datetime(line, 0, stop.team_day.on)
            cells = (
                stop.team_day.officer,
                stop.order,
                "" if stop.is_backup else clock(stop.begins),
                "" if stop.is_backup else clock(stop.leaves),
                entry.name if entry else "",
                stop.cooperative.nik_koperasi or "",
                str(entry.normal.get("address") or "") if entry else "",
                areas.get(stop.kelurahan_code, ""),
                stop.tier,
                PURPOSES[stop.purpose],
                stop.window,
                "ya" if stop.is_backup else "",
            )
            for column, cell in enumerate(cells, 1):
                sheet.write(line, column, cell) if isinstance(cell, int) else sheet.write_string(line, column, cell)
        if stops:
            sheet.autofilter(3, 0, 3 + len(stops), len(_HEADS) - 1)
        sheet.freeze_panes(4, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(3)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&LRencana {plan.round.name} versi {plan.number}&RHalaman &P dari &N")
