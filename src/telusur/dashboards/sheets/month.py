"""What the monthly report says beyond the balance: what moved since the month before, letters and deadlines, corrections.

In: a moment, and how a figure is pinned. Out: blocks. Counts alone: nobody is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from telusur.dashboards.kept.asked import balance_figures
from telusur.dashboards.kept.office import fates_at, letters_at
from telusur.dashboards.kept.programme import programme_at
from telusur.dashboards.queries import TrendPoint, trend
from telusur.dashboards.rules.figure import Figure, dotted, long_instant, percent_text
from telusur.dashboards.rules.measures import HEADLINE
from telusur.dashboards.sheets.blocks import Block, table, text
from telusur.rounds.models import Round
from telusur.rounds.queries import policy_of
from telusur.words.months import long_day

__all__ = ["month_blocks"]

# Says a figure's link; it will be pinned.
Link = Callable[[Figure], str]


def month_blocks(round_: Round, on: date, known_at: datetime, office: tuple[date, datetime], link: Link) -> list[Block]:
    """The blocks, in the order of the report; every figure of them is pinned.

    office: the day and the knowledge of letters, objections and corrections' fates, which no derivation holds back.
    """
    return [
        *_moved(round_, on, known_at, link),
        *_programme(on, known_at, link),
        *_letters(*office, link),
        *_fates(*office, link),
    ]


def _earlier(round_: Round, on: date) -> TrendPoint | None:
    """The newest answer of the same round for a day before the month of `on`."""
    before = [point for point in trend() if point.round_name == round_.name and point.on < on.replace(day=1)]
    return before[-1] if before else None


def _moved(round_: Round, on: date, known_at: datetime, link: Link) -> list[Block]:
    earlier = _earlier(round_, on)
    if earlier is None:
        return [text("Perubahan", "Belum ada neraca dari bulan sebelumnya untuk dibandingkan.")]
    now = balance_figures(round_, on, known_at, HEADLINE)
    before = balance_figures(round_, earlier.on, earlier.known_at, HEADLINE)
    rows = []
    for then, today in zip(before, now, strict=True):
        moved = today.numerator - then.numerator
        rows.append(
            [then.name, dotted(then.numerator), dotted(today.numerator), f"{'+' if moved > 0 else ''}{dotted(moved)}"]
        )
    heads = ["", long_day(earlier.on), long_day(on), "Selisih"]
    note = f"Tautan tiap baris: angka {long_day(earlier.on)}. {_rule_note(earlier, round_, on, known_at)}"
    return [table("Perubahan sejak bulan sebelumnya", heads, rows, [link(each) for each in before], note)]


def _rule_note(earlier: TrendPoint, round_: Round, on: date, known_at: datetime) -> str:
    now = policy_of(round_, on, known_at).version
    if now == earlier.rule:
        return f"Keduanya menurut aturan {now}."
    return f"Aturan berubah ({earlier.rule} menjadi {now}): selisihnya tidak boleh dibaca sebagai naik atau turun."


def _programme(on: date, known_at: datetime, link: Link) -> list[Block]:
    title, figures = "Koperasi Kelurahan Merah Putih", programme_at(on, known_at)
    if not figures:
        return [text(title, "Belum ada kelurahan yang tercatat untuk program ini.")]
    return [_shares(title, figures, link, f"Sebuah tahap dihitung sesudah buktinya diperiksa. Keadaan {long_day(on)}.")]


def _shares(title: str, figures: Sequence[Figure], link: Link, note: str) -> Block:
    rows = [
        [
            figure.name,
            dotted(figure.numerator),
            f"{dotted(figure.denominator)} {figure.denominator_words}" if figure.denominator is not None else "",
            percent_text(figure.numerator, figure.denominator or 0),
        ]
        for figure in figures
    ]
    return table(title, ["", "Jumlah", "Dari", "Bagian"], rows, [link(each) for each in figures], note)


def _letters(on: date, known_at: datetime, link: Link) -> list[Block]:
    return [_shares("Surat, keberatan, tenggat", letters_at(on, known_at), link, _as_of(on, known_at))]


def _fates(on: date, known_at: datetime, link: Link) -> list[Block]:
    title, figures = "Nasib usulan perbaikan ke register nasional", fates_at(on, known_at)
    if not figures:
        return [text(title, "Belum ada usulan yang terkirim.")]
    says = "Satu usulan dihitung sekali; nasibnya menurut daftar nasional terbaru yang dipakai."
    return [_shares(title, figures, link, f"{says} {_as_of(on, known_at)}")]


def _as_of(on: date, known_at: datetime) -> str:
    return f"Keadaan {long_day(on)}, yang diketahui per {long_instant(known_at)}."
