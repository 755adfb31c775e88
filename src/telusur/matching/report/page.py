"""The report of a link as one HTML file: figures, the model's weights, examples, calibration, reach.

In: a `Report`. Out: a document that needs nothing else: no script, no font, no network; it prints on A4 and is read aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from typing import Final

from telusur.matching.ports import LinkedPair, LinkResult, Table
from telusur.matching.report.charts import calibration_curve, histogram, weight_bar
from telusur.matching.report.facts import Band, Explain, Rows, bands, level_examples, weight_bins
from telusur.matching.report.masking import masked
from telusur.matching.report.words import Words
from telusur.matching.rules.explain import Line
from telusur.matching.rules.model import FieldModel
from telusur.matching.rules.precision import expected_precision
from telusur.matching.rules.schema import Field

__all__ = ["Report", "report_page"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made of. names: of the two files. right: None for a table with itself. made_at: text for people.

    explain: a pair's lines. mask: examples without what names people.
    """

    result: LinkResult
    left: Table
    right: Table | None
    names: tuple[str, str]
    engine: str
    version: str
    made_at: str
    explain: Explain
    words: Words
    mask: bool = False


def report_page(report: Report) -> str:
    """The document."""
    words = report.words
    style = resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    left, right = report.names
    named = (
        words("{left} dengan dirinya sendiri", left=left)
        if report.right is None
        else words("{left} dengan {right}", left=left, right=right)
    )
    made = words(
        "dibuat {at} · mesin {engine} · Telusur {version}",
        at=report.made_at,
        engine=report.engine,
        version=report.version,
    )
    title = f"{words('Laporan pencocokan')}: {named}"
    looked = _Looked(report)
    body = "".join(
        (
            f"<header><p class=soft>{escape(words('Laporan pencocokan'))}</p><h1>{escape(named)}</h1>"
            f"<p class=soft>{escape(made)}</p></header><main>",
            _summary(report),
            _warnings(report),
            _fields(report),
            _weights_histogram(report),
            _weights(report, looked),
            _examples(report, looked),
            _calibration(report),
            _reach(report),
            _seconds(report),
            "</main>",
        )
    )
    return (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{style}</style></head><body>{body}</body></html>\n"
    )


class _Looked:
    """Values of rows by id, masked where the report is."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._left = Rows(report.left)
        self._right = self._left if report.right is None else Rows(report.right)

    def cells(self, pair: LinkedPair, field: Field) -> tuple[str, str]:
        """Both sides' values of a field, as markup."""
        values = self._left.value(pair.left_id, field.left), self._right.value(pair.right_id, field.right)
        left, right = (self._cell(field, value) for value in values)
        return left, right

    def _cell(self, field: Field, value: str) -> str:
        if not value:
            return f"<span class=soft>({escape(self._report.words('kosong'))})</span>"
        return escape(masked(field.kind, value) if self._report.mask else value)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = (), label: str = "") -> str:
    """A table whose first column heads its rows. heads: plain text; rows: markup; numbers: columns set right."""

    def kind(place: int) -> str:
        return " class=number" if place in numbers else ""

    top = "".join(f"<th scope=col{kind(place)}>{escape(head)}</th>" for place, head in enumerate(heads))
    lines = []
    for row in rows:
        cells = "".join(f"<td{kind(place)}>{cell}</td>" for place, cell in enumerate(row) if place)
        lines.append(f"<tr><th scope=row{kind(0)}>{row[0]}</th>{cells}</tr>")
    # What scrolls sideways must be reached by the keyboard too.
    return (
        f'<div class=scroll tabindex=0 role=group aria-label="{escape(label or heads[0])}">'
        f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def _paragraph(text: str, kind: str = "") -> str:
    return f"<p{f' class={kind}' if kind else ''}>{escape(text)}</p>"


def _behind(words: Words, table: str) -> str:
    """The figures behind a picture, folded away."""
    return f"<details><summary>{escape(words('Angka di balik gambar'))}</summary>{table}</details>"


def _summary(report: Report) -> str:
    words, result = report.words, report.result
    matches = [pair.probability for pair in result.pairs if pair.decision == "match"]
    reviews = [pair.probability for pair in result.pairs if pair.decision != "match"]
    precision = expected_precision(matches)
    rows = [(words("baris kiri" if report.right is not None else "baris"), words.number(len(report.left.ids)))]
    if report.right is not None:
        rows.append((words("baris kanan"), words.number(len(report.right.ids))))
    rows += [
        (words("pasangan dibandingkan"), words.number(sum(result.histogram.values()))),
        (words("cocok"), words.number(len(matches))),
        (words("perlu dilihat orang"), words.number(len(reviews))),
        (words("dugaan ketepatan pasangan cocok"), "–" if precision is None else words.percent(precision)),
        (words("dugaan pasangan benar di antara yang perlu dilihat"), words.number(sum(reviews))),
    ]
    figures = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)
    threshold = words(
        "Cocok mulai probabilitas {sure}; diperlihatkan kepada orang mulai {review}; di bawahnya tidak diusulkan.",
        sure=words.number(result.model.sure_at, 3),
        review=words.number(result.model.review_at, 3),
    )
    return _section(words("Ringkasan"), f"<dl class=figures>{figures}</dl>", _paragraph(threshold))


def _warnings(report: Report) -> str:
    if not report.result.warnings:
        return ""
    lines = [_paragraph(report.words(warning), "warning") for warning in report.result.warnings]
    return _section(report.words("Peringatan"), *lines)


_HABITS: Final = "Di kolom {column} kata berikut hanya ditulis satu daftar, dan tidak dibandingkan: {words}."


def _fields(report: Report) -> str:
    words, schema = report.words, report.result.model.schema
    rows = []
    for field in schema.fields:
        kind = escape(field.kind.value)
        if field.scope:
            kind += f" · {escape(words('cakupan: calon hanya dicari di dalamnya'))}"
        rows.append([escape(field.name), escape(field.left), escape(field.right), kind])
    heads = [words("kolom"), words("kolom kiri"), words("kolom kanan"), words("jenis")]
    single = schema.one_to_one and not schema.itself
    says = (
        "satu baris paling banyak cocok dengan satu baris" if single else "satu baris dapat cocok dengan beberapa baris"
    )
    habits = [
        _paragraph(words(_HABITS, column=field.name, words=", ".join(field.habits)))
        for field in schema.fields
        if field.habits
    ]
    return _section(
        words("Kolom yang dibandingkan"), _table(heads, rows), _paragraph(f"{words(says).capitalize()}."), *habits
    )


def _weights_histogram(report: Report) -> str:
    words = report.words
    bins = weight_bins(report.result)
    if not bins:
        return ""
    rows = [
        [
            words.number(each.weight),
            words.number(each.pairs),
            escape(words({"no": "tidak"}.get(each.decision, each.decision))),
        ]
        for each in bins
        if each.pairs
    ]
    keys = "".join(
        f'<li><svg viewBox="0 0 16 12" aria-hidden="true"><rect class="bar-{tone}" width="16" height="12"/></svg>'
        f"{escape(said)}</li>"
        for tone, said in (("match", words("cocok")), ("review", words("perlu dilihat orang")), ("no", words("tidak")))
    )
    heads = [words("bobot, bit"), words("pasangan"), words("keputusan terbanyak")]
    says = (
        "Semua pasangan yang dibandingkan, menurut bobotnya dalam bit: tiap bit melipatduakan peluang cocok. "
        "Dua gunung yang terpisah berarti model yakin; lembah yang terisi berarti banyak yang harus dilihat orang."
    )
    return _section(
        words("Sebaran bobot"),
        _paragraph(words(says)),
        histogram(bins, words),
        f"<ul class=key>{keys}</ul>",
        _behind(words, _table(heads, rows, numbers=(0, 1))),
    )


def _field_of(line: FieldModel, fields: Sequence[Field]) -> Field | None:
    """The field that a line of the model belongs to: "nama:digits" is a part of "nama"."""
    whole = next((each for each in fields if line.field == each.name), None)
    return whole or next((each for each in fields if line.field.startswith(f"{each.name}:")), None)


def _weights(report: Report, looked: _Looked) -> str:
    words, model = report.words, report.result.model
    widest = max((abs(level.weight) for line in model.fields for level in line.levels), default=1.0)
    found = level_examples(report.result)
    says = (
        "m: bagian pasangan benar yang menunjukkan tingkat ini; u: bagian pasangan kebetulan. Bobot = log2(m/u), dalam bit. "
        "Nilai yang langka menambah bobot pasangannya sendiri."
    )
    parts = [_paragraph(words(says))]
    heads = [
        words(each) for each in ("tingkat", "m", "u", "bobot", "menolak · mendukung", "contoh kiri", "contoh kanan")
    ]
    for place, line in enumerate(model.fields):
        field = _field_of(line, model.schema.fields)
        rows = []
        for at, level in enumerate(line.levels):
            pair = found.get((place, at))
            none = f"<span class=soft>{escape(words('tidak ada contoh di antara pasangan keluaran'))}</span>"
            examples = (none, "") if pair is None or field is None else looked.cells(pair, field)
            bar = f"<div class=level>{weight_bar(level.weight, widest, words)}</div>"
            shares = [words.number(share, 4) if share >= 0.0001 else f"{share:.0e}" for share in (level.m, level.u)]
            rows.append([escape(words(level.label)), *shares, words.signed(level.weight), bar, *examples])
        parts.append(f"<h3>{escape(line.field)} · {escape(line.kind.value)}</h3>")
        parts.append(_table(heads, rows, numbers=(1, 2, 3), label=line.field))
    return _section(words("Bobot tiap kolom"), *parts)


def _examples(report: Report, looked: _Looked) -> str:
    words = report.words
    says = (
        "Nama, tanggal, dan nomor di contoh disamarkan."
        if report.mask
        else "Contoh memuat data dari berkas aslinya; samarkan dengan --mask sebelum laporan ini dibagikan."
    )
    parts = [_paragraph(words(says), "soft")]
    for band in bands(report.result.pairs):
        low, high = words.number(band.low, 2), words.number(band.high, 2)
        parts.append(f"<h3>{escape(words('probabilitas {low} sampai {high}', low=low, high=high))}</h3>")
        parts += [_example(report, looked, pair) for pair in band.examples]
    return _section(words("Contoh menurut probabilitas"), *parts)


def _example(report: Report, looked: _Looked, pair: LinkedPair) -> str:
    words = report.words
    rows = []
    lines = list(report.explain(pair))
    for field in report.result.model.schema.fields:
        own = [each for each in lines if each.field == field.name or each.field.startswith(f"{field.name}:")]
        # A reason quotes values: a masked report keeps the weight and leaves the words out.
        said = "; ".join(
            words.signed(each.weight) if report.mask else f"{_said(words, each)} {words.signed(each.weight)}"
            for each in own
        )
        rows.append([escape(field.name), *looked.cells(pair, field), escape(said)])
    # An id may be a citizen's number.
    shown = (words("kiri"), words("kanan")) if report.mask else (pair.left_id, pair.right_id)
    caption = words(
        "{left} dan {right}: probabilitas {probability}, bobot {weight} bit, {decision}",
        left=shown[0],
        right=shown[1],
        probability=words.number(pair.probability, 3),
        weight=words.signed(pair.weight),
        decision=words(pair.decision),
    )
    heads = [words(each) for each in ("kolom", "kiri", "kanan", "alasan")]
    return f"<div class=example>{_paragraph(caption)}{_table(heads, rows, label=caption)}</div>"


def _said(words: Words, line: Line) -> str:
    """A line's reason in the language. Of its values only a level is a word of ours; the others are the tables' own."""
    values = {name: words(value) if name == "level" else value for name, value in line.says.values.items()}
    return words(line.says.says, **values)


def _calibration(report: Report) -> str:
    words, model = report.words, report.result.model
    if model.calibration:
        rows = [[words.number(raw, 3), words.number(said, 3)] for raw, said in model.calibration]
        heads = [words("probabilitas model"), words("setelah kalibrasi")]
        says = (
            "Garis memperlihatkan probabilitas model (mendatar) dan "
            "probabilitas setelah dikalibrasi dengan putusan orang (tegak)."
        )
        shown = [
            _paragraph(words(says)),
            f"<div class=square>{calibration_curve(model.calibration, words)}</div>",
            _behind(words, _table(heads, rows, numbers=(0, 1))),
        ]
    else:
        says = "Belum dikalibrasi: model ini belum melihat putusan orang. Probabilitas berasal dari model saja."
        shown = [_paragraph(words(says))]
    return _section(words("Kalibrasi"), *shown, _band_table(words, bands(report.result.pairs)))


def _band_table(words: Words, found: Sequence[Band]) -> str:
    heads = [words("probabilitas"), words("pasangan"), words("dugaan pasangan benar")]
    rows = [
        [
            f"{words.number(each.low, 2)}–{words.number(each.high, 2)}",
            words.number(each.count),
            words.number(each.expected),
        ]
        for each in found
    ]
    return _table(heads, rows, numbers=(1, 2)) if rows else ""


def _reach(report: Report) -> str:
    words, reach = report.words, report.result.reach
    if reach.share is None:
        says = "Jangkauan tidak dapat ditaksir: tidak ada dua kunci yang saling bebas yang menemukan cukup banyak pasangan."
        said = words(says)
    else:
        said = words(
            "Diduga {share} dari semua pasangan benar ada di antara calon (batas bawah {low}).",
            share=words.percent(reach.share),
            low="–" if reach.low is None else words.percent(reach.low),
        )
    mean = words("{count} calon per baris, rata-rata.", count=words.number(reach.candidates_per_row, 1))
    rows = [
        [escape(words(name)), words.number(count)]
        for name, count in sorted(reach.by_family.items(), key=lambda each: -each[1])
    ]
    heads = [words("kunci"), words("pasangan benar yang ditemukan (dugaan)")]
    table = _table(heads, rows, numbers=(1,)) if rows else ""
    return _section(words("Jangkauan calon"), _paragraph(said), _paragraph(mean), table)


def _seconds(report: Report) -> str:
    words = report.words
    if not report.result.seconds:
        return ""
    rows = [[escape(words(stage)), words.number(seconds, 2)] for stage, seconds in report.result.seconds.items()]
    return _section(words("Waktu"), _table([words("tahap"), words("detik")], rows, numbers=(1,)))
