"""The blocks that papers are made of: what each says, ready for paper.typ. Words are Indonesian; numbers are text.

In: a balance, pinned figures, a moment. Out: mappings with a `kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape

from telusur.addresses.queries import kelurahan_shapes
from telusur.areas.queries import area_names
from telusur.areas.rules.ground import ground_of
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.queries import TrendPoint, comparison
from telusur.dashboards.rules.compare import Compared, Side
from telusur.dashboards.rules.figure import dotted, percent_text
from telusur.dashboards.rules.measures import MEASURES, TREND
from telusur.dashboards.rules.trend import HEIGHT, WIDTH, TrendLine, draw_trend
from telusur.rounds.models import Round
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import GROUP_LABELS, Group
from telusur.rounds.rules.public import PublicCount
from telusur.words.months import long_day

__all__ = ["Block", "beside", "city", "figures", "lead", "reading", "stack", "table", "text", "trend_plot"]

Block = dict[str, object]
# Fifths of a share, paper to deep green; the last for no rows.
_SHADES = ("#ffffff", "#dde8e4", "#b3ccc6", "#86aba4", "#4f8178", "#0b5449")
_TONES = {"1": ("#0b5449", ""), "all": ("#1b1f1d", "2 3"), "3": ("#8b6a1f", "8 3"), "5": ("#767d78", "5 5")}
_SIDES = {Side.HIGHER: "di atas rentang", Side.LOWER: "di bawah rentang", Side.WITHIN: ""}


def text(title: str, *paragraphs: str) -> Block:
    """A head and paragraphs."""
    return {"kind": "text", "title": title, "paragraphs": list(paragraphs)}


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], links: Sequence[str], note: str) -> Block:
    """A table whose first column is words and the rest numbers. links: the permanent link of each row's figure."""
    told = [list(row) for row in rows]
    return {"kind": "table", "title": title, "heads": list(heads), "rows": told, "links": list(links), "note": note}


def lead(counted: Tally, on: date) -> Block:
    """The one sentence that a reader takes along."""
    missing, open_ = counted.group(Group.NOT_LOCATED), counted.group(Group.NOT_FINAL)
    outside = counted.group(Group.OUT_OF_SCOPE)
    more = f", {dotted(outside)} di luar cakupan" if outside else ""
    says = (
        f"Dari {dotted(counted.recorded)} koperasi yang tercatat, {dotted(counted.located)} ditemukan, {dotted(missing)} "
        f"belum ditemukan{more}, dan {dotted(open_)} belum selesai ditelusuri pada {long_day(on)}."
    )
    lost = counted.unaccounted
    return {"kind": "lead", "says": says, "lost": "" if not lost else f"Tak terhitung {dotted(lost)}: periksa data."}


def stack(counted: Tally) -> Block:
    """The balance as one bar whose parts are the groups, and the missing part red."""
    parts = [
        {"group": group.value, "count": dotted(count), "share": count / counted.recorded, "words": GROUP_LABELS[group]}
        for group in Group
        if (count := counted.group(group)) and counted.recorded
    ]
    lost = counted.unaccounted
    if lost > 0:
        parts.append({"group": 0, "count": dotted(lost), "share": lost / counted.recorded, "words": "tak terhitung"})
    says = "; ".join(f"{part['count']} {part['words']}" for part in parts)
    return {"kind": "stack", "parts": parts, "recorded": dotted(counted.recorded), "alt": says}


def figures(pinned: Sequence[PinnedFigure], address: str) -> Block:
    """Each quoted figure with its definition, codes and link."""
    rows = []
    for row in pinned:
        figure = row.as_figure()
        whole = figure.denominator
        percent = "" if whole is None else percent_text(figure.numerator, whole)
        if figure.high is not None and whole:
            percent = f"{percent} – {percent_text(figure.high, whole)}"
        rows.append(
            {
                "name": figure.name,
                "value": dotted(figure.numerator) + ("" if figure.high is None else f"–{dotted(figure.high)}"),
                "percent": percent,
                "of": "" if whole is None else f"dari {dotted(whole)} {figure.denominator_words}",
                "definition": figure.definition,
                "codes": figure.said_codes,
                "link": f"{address}angka/{row.key}/",
            }
        )
    return {"kind": "figures", "title": "Angka dan tautan tetapnya", "rows": rows}


def reading(told: PublicCount | None = None) -> Block:
    """How not to misread it. told: where the public pages call fewer "belum ditemukan" than the office, why."""
    fewer = (
        f"Halaman publik menyebut {dotted(told.told)} dari {dotted(told.missing)} itu «belum ditemukan»; selebihnya dicari "
        f"pada kurang dari {told.days} hari berbeda dan di sana masih «sedang ditelusuri», karena satu kunjungan gagal "
        "tidak mengumumkan nama."
        if told is not None and told.told < told.missing
        else ""
    )
    return text(
        "Cara membaca",
        "«Belum ditemukan» berarti keadaannya tidak diketahui: alamat di daftar tidak cocok, kosong, atau dihuni pihak "
        "lain. Itu bukan berarti bubar, dan tidak boleh ditulis demikian.",
        *filter(None, [fewer]),
        "Jumlah koperasi aktif yang sebenarnya terletak di antara batas pasti: paling sedikit yang usahanya terbukti, "
        "paling banyak itu ditambah semua yang keadaannya belum diketahui.",
        "Persentase RAT dihitung dari koperasi yang usahanya berjalan, bukan dari seluruh daftar. Angka tahun lain hanya "
        "dapat dibandingkan bila pengertian dan kodenya sama.",
    )


def city(round_: Round, on: date, known_at: datetime) -> list[Block]:
    """The map by kelurahan, and nothing where no outlines are loaded."""
    letters, places = comparison(round_, on, known_at, "located")
    regencies = {place.code[:5] for place in places}
    if letters < 13 or len(regencies) != 1:
        return []
    shapes = kelurahan_shapes(regencies)
    drawn = _map_svg(shapes, {place.code: place for place in places}) if shapes else None
    if drawn is None:
        return []
    says = "Peta kota menurut kelurahan: bagian koperasi tercatat yang ditemukan; tiap kelurahan memuat ditemukan/tercatat."
    keys = [{"shade": _SHADES[0], "words": "tanpa koperasi tercatat"}] + [
        {"shade": _SHADES[step], "words": f"{20 * step - 20}–{20 * step - (step < 5)} %"} for step in range(1, 6)
    ]
    return [{"kind": "map", "title": "Ditemukan menurut kelurahan", "svg": drawn, "alt": says, "keys": keys}]


def _map_svg(shapes: dict[str, str], places: dict[str, Compared]) -> str | None:
    ground = ground_of([], shapes.values())
    if ground is None:
        return None
    names, paths, words = area_names(shapes), [], []
    for code, geometry in shapes.items():
        outline, place = ground.outline(code, names.get(code, code), geometry), places.get(code)
        shade = _SHADES[0] if place is None else _SHADES[min(5, 1 + 5 * place.seen // place.rows)]
        paths.append(f'<path d="{outline.path}" fill="{shade}" stroke="#767d78" stroke-width="0.8"/>')
        if place is not None:
            ink = "#ffffff" if place.seen * 5 >= place.rows * 3 else "#1b1f1d"
            words.append(
                f'<text x="{outline.x}" y="{outline.y}" fill="{ink}" font-family="Source Sans Pro" font-size="13" '
                f'text-anchor="middle">{escape(f"{place.seen}/{place.rows}")}</text>'
            )
    size = (
        f'width="{ground.width:.0f}" height="{ground.height:.0f}" viewBox="0 0 {ground.width:.0f} {ground.height:.0f}"'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(paths)}{"".join(words)}</svg>'


def beside(round_: Round, on: date, known_at: datetime, link_of: Callable[[str], str]) -> list[Block]:
    """Places side by side, each with its ends and what chance alone would do. link_of: a place's permanent link, or ""."""
    letters, places = comparison(round_, on, known_at, "located")
    if not places:
        return []
    rows = [
        {
            "name": place.name,
            "rows": dotted(place.rows),
            "seen": dotted(place.seen),
            "percent": percent_text(place.seen, place.rows),
            "ends": dotted(place.low) if place.low == place.high else f"{dotted(place.low)}–{dotted(place.high)}",
            "chance": [place.expected_low / place.rows, place.expected_high / place.rows],
            "between": [place.low / place.rows, place.high / place.rows],
            "at": place.seen / place.rows,
            "side": _SIDES[place.side],
            "link": link_of(place.code),
        }
        for place in places
    ]
    note = (
        f"{MEASURES['located'].definition} Tegak: yang terbukti. Batang: antara berapa jumlah itu sesudah putaran selesai. "
        "Bidang abu-abu: tempat bagian itu akan berada 998 dari 1.000 kali bila koperasi kota dibagi secara acak; hanya "
        "yang seluruhnya di luar bidang disebut berbeda. Wilayah kecil jauh dari rata-rata karena kebetulan: tabel ini "
        "bukan peringkat."
    )
    return [
        {
            "kind": "beside",
            "title": "Kelurahan berdampingan" if letters > 8 else "Wilayah berdampingan",
            "rows": rows,
            "note": note,
        }
    ]


def trend_plot(points: Sequence[TrendPoint]) -> Block:
    """The counts from day to day; a sentence while only one day has been derived."""
    title = "Dari hari ke hari"
    counts = [(tone, MEASURES[name].words, [_held(point.tally, name) for point in points]) for name, tone in TREND]
    picture = draw_trend([point.on for point in points], [point.breaks for point in points], counts)
    if picture is None:
        return text(title, "Baru satu hari yang diturunkan; alurnya muncul sesudah hari yang kedua.")
    parts = [
        f'<line x1="56" x2="552" y1="{y}" y2="{y}" stroke="#cfc9ba" stroke-width="0.8"/>'
        f'<text x="46" y="{float(y) + 4}" text-anchor="end" {_INK}>{dotted(count)}</text>'
        for y, count in picture.steps
    ]
    parts += [
        f'<line x1="{x}" x2="{x}" y1="16" y2="226" stroke="#8f1d1d" stroke-width="1" stroke-dasharray="2 4"/>'
        for x in picture.breaks
    ]
    parts += [f'<text x="{x}" y="252" text-anchor="middle" {_INK}>{long_day(day)}</text>' for x, day in picture.marks]
    for line in picture.lines:
        parts += _line_svg(line)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{''.join(parts)}</svg>"
    )
    ends = "; ".join(f"{words} {dotted(numbers[0])} menjadi {dotted(numbers[-1])}" for _, words, numbers in counts)
    note = "Garis terputus tempat aturan berubah: angka di kedua sisinya tidak boleh dibaca sebagai naik atau turun."
    says = f"{long_day(points[0].on)} sampai {long_day(points[-1].on)}: {ends}."
    return {"kind": "plot", "title": title, "svg": drawn, "alt": says, "note": f"{says} {note}"}


_INK = 'font-family="Source Sans Pro" font-size="13" fill="#1b1f1d"'


def _line_svg(line: TrendLine) -> list[str]:
    ink, dashes = _TONES[line.tone]
    look = f'fill="none" stroke="{ink}" stroke-width="2"' + (f' stroke-dasharray="{dashes}"' if dashes else "")
    return [
        *(f'<polyline points="{piece}" {look}/>' for piece in line.pieces),
        *(f'<circle cx="{spot.x}" cy="{spot.y}" r="3.5" fill="{ink}"/>' for spot in line.spots),
        f'<text x="{line.word_x}" y="{line.word_y}" {_INK}>{dotted(line.last)} {escape(line.words)}</text>',
    ]


def _held(counted: Tally, measure: str) -> int:
    return sum(count for code, count in counted.codes.items() if MEASURES[measure].holds(code))
