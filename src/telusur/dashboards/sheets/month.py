"""What the monthly report says beyond the balance: what moved since the month before, letters and deadlines, corrections.

In: a moment and the day on which the report is made. Out: blocks. Counts alone: nobody is named.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from telusur.corrections.queries import change_views, corrections_followed
from telusur.corrections.rules.fate import FATE_LABELS, Fate
from telusur.dashboards.kept.programme import programme_at
from telusur.dashboards.queries import TrendPoint, tally_at, trend
from telusur.dashboards.rules.figure import dotted, percent_text
from telusur.dashboards.rules.measures import HEADLINE, MEASURES, Measure
from telusur.dashboards.sheets.blocks import Block, table, text
from telusur.laws.queries import current_law
from telusur.notices.queries import agenda
from telusur.notices.rules.stages import Stage
from telusur.rounds.models import Round
from telusur.rounds.queries import policy_of
from telusur.rounds.rules.balance import Tally
from telusur.words.months import long_day

__all__ = ["month_blocks"]

_SOON = "house.deadline_soon_days"


def month_blocks(round_: Round, on: date, known_at: datetime, made_on: date) -> list[Block]:
    """The blocks, in the order of the report."""
    return [*_moved(round_, on, known_at), *_programme(on, known_at), *_letters(made_on), *_fates()]


def _counted(measure: Measure, counted: Tally) -> int:
    if measure.name == "recorded":
        return counted.recorded
    return sum(count for code, count in counted.codes.items() if measure.holds(code))


def _earlier(round_: Round, on: date) -> TrendPoint | None:
    """The newest answer of the same round for a day before the month of `on`."""
    before = [point for point in trend() if point.round_name == round_.name and point.on < on.replace(day=1)]
    return before[-1] if before else None


def _moved(round_: Round, on: date, known_at: datetime) -> list[Block]:
    earlier, now = _earlier(round_, on), tally_at(round_, on, known_at)
    if earlier is None:
        return [text("Perubahan", "Belum ada neraca dari bulan sebelumnya untuk dibandingkan.")]
    rows = []
    for name in HEADLINE:
        then, today = _counted(MEASURES[name], earlier.tally), _counted(MEASURES[name], now)
        moved = today - then
        rows.append([MEASURES[name].words, dotted(then), dotted(today), f"{'+' if moved > 0 else ''}{dotted(moved)}"])
    heads = ["", long_day(earlier.on), long_day(on), "Selisih"]
    return [table("Perubahan sejak bulan sebelumnya", heads, rows, _rule_note(earlier, round_, on, known_at))]


def _rule_note(earlier: TrendPoint, round_: Round, on: date, known_at: datetime) -> str:
    now = policy_of(round_, on, known_at).version
    if now == earlier.rule:
        return f"Keduanya menurut aturan {now}."
    return f"Aturan berubah ({earlier.rule} menjadi {now}): selisihnya tidak boleh dibaca sebagai naik atau turun."


def _programme(on: date, known_at: datetime) -> list[Block]:
    title, figures = "Koperasi Kelurahan Merah Putih", programme_at(on, known_at)
    if not figures:
        return [text(title, "Belum ada kelurahan yang tercatat untuk program ini.")]
    rows = [
        [
            figure.name,
            dotted(figure.numerator),
            f"{dotted(figure.denominator or 0)} {figure.denominator_words}",
            percent_text(figure.numerator, figure.denominator or 0),
        ]
        for figure in figures
    ]
    note = f"Sebuah tahap dihitung sesudah buktinya diperiksa. Keadaan {long_day(on)}."
    return [table(title, ["", "Jumlah", "Dari", "Bagian"], rows, note)]


def _letters(made_on: date) -> list[Block]:
    rows = [row for row in agenda(made_on) if not row.file.is_ended]
    due = [row.next for row in rows if row.next.due_on is not None]
    late = sum(each.is_office and each.due_on is not None and each.due_on < made_on for each in due)
    days = current_law(made_on).value(_SOON)
    last = made_on + timedelta(days=days)
    soon = sum(each.due_on is not None and made_on <= each.due_on <= last for each in due)
    cells = [
        ["Perkara surat yang berjalan", dotted(len(rows))],
        ["Keberatan yang belum diputus", dotted(sum(len(list(row.file.open_objections)) for row in rows))],
        [
            "Usulan pembubaran yang berjalan",
            dotted(sum(row.file.standing_letter(Stage.PROPOSAL) is not None for row in rows)),
        ],
        ["Tenggat kantor yang sudah lewat", dotted(late)],
        [f"Tenggat dalam {days} hari", dotted(soon)],
    ]
    return [table("Surat, keberatan, tenggat", ["", "Jumlah"], cells, f"Keadaan {long_day(made_on)}.")]


def _fates() -> list[Block]:
    followed = corrections_followed(change_views())
    if not followed:
        return [text("Usulan perbaikan ke register nasional", "Belum ada usulan yang terkirim.")]
    cells = [[FATE_LABELS[fate].capitalize(), dotted(sum(each.fate is fate for each in followed))] for fate in Fate]
    cells.append(["Terkirim seluruhnya", dotted(len(followed))])
    note = "Satu usulan dihitung sekali; nasibnya menurut daftar nasional terbaru yang dipakai."
    return [table("Nasib usulan perbaikan ke register nasional", ["", "Jumlah"], cells, note)]
