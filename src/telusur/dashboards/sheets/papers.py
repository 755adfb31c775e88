"""The press sheet and the monthly report to the mayor, as PDF/A by Typst. Same moment, same minute: same bytes.

In: a round, a day, a knowledge. Out: bytes. Every figure that is quoted is pinned first, so that the paper carries its link.
Texts go in as data, never as markup. Counts alone: no cooperative is named here, and no person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from telusur.dashboards.actions import pin_all, pin_moment
from telusur.dashboards.kept.asked import balance_figures
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.queries import public_count, tally_at, trend
from telusur.dashboards.rules.discreet import FigureRefused
from telusur.dashboards.rules.figure import Figure, link_of
from telusur.dashboards.rules.measures import HEADLINE
from telusur.dashboards.sheets import blocks
from telusur.dashboards.sheets.month import month_blocks
from telusur.paper.setting import noon, set_pdf
from telusur.rounds.models import Round
from telusur.words.months import long_day

__all__ = ["PAPERS", "paper"]

_PAGE = Path(__file__).with_name("paper.typ")
PAPERS: Mapping[str, str] = {"press": "lembar-pers", "monthly": "laporan-bulanan"}
_QUOTED = (*HEADLINE, "active_bounds")


def paper(
    kind: str, round_: Round, on: date, known_at: datetime,
    *, by: str, made_at: datetime, is_asked: bool = True, address: str = "/",
) -> bytes:  # fmt: skip
    """The paper of a kind (a key of PAPERS). made_at: when it is made. address: the web door's, for links.

    is_asked: whether somebody named the moment. Then all of the paper stands as of it, and is the same whenever it is made;
    else letters, objections and fates stand as they do now, beside the balance that was drawn up last.
    Raises ValueError without fonts.
    """
    office = (on, known_at) if is_asked else (timezone.localdate(made_at), made_at)
    figures = pin_moment(round_, on, known_at, _QUOTED, by=by, address=address)
    counted = tally_at(round_, on, known_at)
    shown: list[blocks.Block] = [blocks.lead(counted, on), blocks.stack(counted), blocks.figures(figures, address)]
    told, quoted = public_count(round_, on, known_at), _Quoted(address)
    # Days after the paper's own would speak of what it does not know.
    plot = blocks.trend_plot([point for point in trend() if point.on <= on and point.known_at <= known_at])
    if kind == "press":
        title, kicker = "Lembar pers", f"Hasil penelusuran koperasi, keadaan {long_day(on)}"
        shown += [blocks.reading(told), plot, *blocks.city(round_, on, known_at)]
    else:
        title, kicker = "Laporan bulanan", f"Kepada Wali Kota · penelusuran koperasi, keadaan {long_day(on)}"
        shown += [
            plot,
            blocks.text(
                "Tautan pada tabel", f"Yang tertulis di kolom «Tautan» ialah kunci: buka {address}angka/KUNCI/."
            ),
            *month_blocks(round_, on, known_at, office, quoted.link),
            *blocks.city(round_, on, known_at),
            *blocks.beside(round_, on, known_at, lambda code: _link_of(round_, on, known_at, code, quoted)),
            blocks.reading(told),
        ]
    pin_all(quoted.figures, by=by, address=address)
    return _written(title, kicker, shown, figures, timezone.localdate(made_at))


class _Quoted:
    """The figures that a paper quotes, each with the link that it will have once they are pinned, all at once."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.figures: list[Figure] = []

    def link(self, figure: Figure) -> str:
        self.figures.append(figure)
        return link_of(figure, self.address)


def _link_of(round_: Round, on: date, known_at: datetime, code: str, quoted: _Quoted) -> str:
    """A place's "ditemukan"; "" where no figure is of it (a regency of a province's list)."""
    try:
        return quoted.link(balance_figures(round_, on, known_at, ["located"], code)[0])
    except (KeyError, FigureRefused):
        return ""


def _written(
    title: str, kicker: str, shown: Sequence[blocks.Block], figures: Sequence[PinnedFigure], made_on: date
) -> bytes:
    held = figures[0].as_figure().stamp
    data = {
        "title": title,
        "kicker": kicker,
        "office": settings.OFFICE_NAME,
        "contact": settings.OFFICE_CONTACT,
        "made": long_day(made_on),
        "on": [made_on.year, made_on.month, made_on.day],
        "footer": (
            f"{held.source}, daftar per {long_day(held.edition_on)} · keadaan {long_day(held.on)} · diketahui per "
            f"{held.known_at:%d/%m/%Y %H.%M} · aturan {held.rule} · hukum {held.law}"
        ),
        "blocks": shown,
    }
    return set_pdf(_PAGE, data, at=noon(made_on), standard="a-2a")
