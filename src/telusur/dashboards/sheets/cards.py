"""A figure as a picture (PNG by Typst) and as a line (CSV). The same figure gives the same bytes.

In: a figure and its link. Out: bytes. Texts go in as data, never as markup; no cell is taken for a formula.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from telusur.dashboards.rules.figure import Figure, dotted, long_instant, percent_text
from telusur.paper.setting import set_png
from telusur.words.months import long_day
from telusur.words.sheet_cell import inert

__all__ = ["CSV_COLUMNS", "card_png", "figure_csv"]

_PAGE = Path(__file__).with_name("card.typ")
_PIXELS_AN_INCH = 144
CSV_COLUMNS = (
    "kunci", "ukuran", "nama", "wilayah_kode", "wilayah", "angka", "sampai", "penyebut", "kode_pembilang",
    "kode_penyebut", "rincian_kode", "keadaan_pada", "diketahui_per", "sumber", "edisi", "edisi_per", "aturan", "hukum",
    "definisi_aktif", "definisi", "kantor",
)  # fmt: skip


def card_png(figure: Figure, link: str) -> bytes:
    """The card, 1200 px wide. Raises ValueError without fonts."""
    stamp, whole = figure.stamp, figure.denominator
    listed = f" · daftar per {long_day(stamp.edition_on)}" if stamp.edition else ""
    data = {
        "office": stamp.office,
        "name": figure.name,
        "area": figure.area_name,
        "big": dotted(figure.numerator) if figure.high is None else f"{dotted(figure.numerator)}–{dotted(figure.high)}",
        "of": "" if whole is None else f"dari {dotted(whole)} {figure.denominator_words}",
        "percent": _percent(figure),
        "share": 0 if not whole else figure.numerator / whole,
        "upper": 0 if not whole or figure.high is None else figure.high / whole,
        "has_bar": bool(whole),
        "definition": figure.definition,
        "codes": f"Kode {figure.said_codes.replace(' / ', ' dari ')}" if figure.said_codes else "",
        "stamp": (
            f"Keadaan {long_day(stamp.on)} · diketahui per {long_instant(stamp.known_at)} · {stamp.source}{listed} · "
            f"aturan {stamp.rule} · hukum {stamp.law}"
        ),
        "link": link,
    }
    return set_png(_PAGE, data, pixels_an_inch=_PIXELS_AN_INCH)


def _percent(figure: Figure) -> str:
    if figure.denominator is None:
        return ""
    low = percent_text(figure.numerator, figure.denominator)
    return low if figure.high is None or not low else f"{low} – {percent_text(figure.high, figure.denominator)}"


def figure_csv(key: str, figure: Figure) -> bytes:
    """Two lines, UTF-8 with a mark that spreadsheets read: what each cell is, and the figure."""
    stamp = figure.stamp
    cells: tuple[object, ...] = (
        key, figure.measure, figure.name, figure.area_code, figure.area_name, figure.numerator,
        "" if figure.high is None else figure.high, "" if figure.denominator is None else figure.denominator,
        figure.numerator_codes, figure.denominator_codes,
        " ".join(f"{code}={count}" for code, _, count in figure.codes), stamp.on.isoformat(),
        stamp.known_at.isoformat(), stamp.source, stamp.edition, stamp.edition_on.isoformat(), stamp.rule, stamp.law,
        stamp.policy, figure.definition, stamp.office,
    )  # fmt: skip
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in cells])
    return held.getvalue().encode("utf-8-sig")
