"""Set a page: Typst's file and its data in, a PDF or a PNG out, byte for byte the same in every run."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import segno
import typst

__all__ = ["noon", "qr_svg", "set_pdf", "set_png"]


@cache
def _fonts() -> tuple[str, ...]:
    found = importlib.util.find_spec("font_source_sans_pro")
    places = list(found.submodule_search_locations or ()) if found else []
    if not places:
        raise ValueError("huruf cetak belum terpasang; jalankan `pip install -r requirements.txt`")
    return (str(Path(places[0]) / "files"),)


def _set(page: Path, data: Mapping[str, Any], **options: Any) -> bytes:
    made = typst.compile(
        str(page),
        root=str(page.parent),
        font_paths=list(_fonts()),
        ignore_system_fonts=True,
        sys_inputs={"data": orjson.dumps(data).decode()},
        **options,
    )
    return bytes(made)


def noon(on: date) -> datetime:
    """The instant of a page that knows its day alone."""
    return datetime.combine(on, time(12), UTC)


def set_pdf(page: Path, data: Mapping[str, Any], *, at: datetime, standard: str | None) -> bytes:
    """The PDF of a page; pictures stand beside it. at: the instant that the file bears. standard: "a-2a" (ISO 19005-2, with
    tags), "a-2b", "a-3b" (with files inside); None for a page that nobody keeps. Lets other threads run while it sets.

    Raises ValueError without fonts, typst.TypstError where the page does not read.
    """
    return _set(page, data, format="pdf", pdf_standards=[standard] if standard else [], timestamp=int(at.timestamp()))


def set_png(page: Path, data: Mapping[str, Any], *, pixels_an_inch: float) -> bytes:
    """The picture of a page of one sheet. Raises as `set_pdf`."""
    return _set(page, data, format="png", ppi=pixels_an_inch)


def qr_svg(text: str) -> str:
    """A QR code as SVG, of correction level M (ISO/IEC 18004)."""
    held = io.BytesIO()
    segno.make(text, error="m").save(held, kind="svg", border=1, xmldecl=False, scale=4)
    return held.getvalue().decode()
