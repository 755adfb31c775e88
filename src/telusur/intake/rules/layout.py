"""A layout: which label of a file's header stands for which field. Found by header, or made from a person's mapping.

In: declared columns, or a mapping field → label, and a header's labels. Out: `Layout`, `Match`, or a Refusal that says
what to do. Labels are compared without case, spaces, underscores and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from telusur.intake.rules.fields import ADDABLE, FIELDS
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = [
    "HEADER_UNKNOWN",
    "Column",
    "Layout",
    "Match",
    "check_layout",
    "find_layout",
    "label_key",
    "layout_from_mapping",
    "match_layout",
]

_KEY = re.compile(r"[\W_]+")
# Columns that no layout knows are kept, but not where their label speaks of a person (UU 27/2022).
_PERSONAL = re.compile(
    r"ketua|sekretaris|bendahara|pengawas|pengurus|manajer|manager|pengelola|pendiri|pic\b|kontak|contact"
    r"|telepon|telpon|telp|\bhp\b|handphone|phone|ponsel|whatsapp|\bwa\b|e-?mail|surel|ktp|penduduk|npwp|rekening"
    r"|penanggung ?jawab|nama (?:anggota|petugas|pemilik)",
    re.IGNORECASE,
)
_NOT_PERSONAL = re.compile(r"^\s*(?:jumlah|total|jml|banyak(?:nya)?)\b", re.IGNORECASE)
_MAP_IT = (
    "petakan kolom-kolomnya di layar impor lalu simpan sebagai tata letak,"
    " atau pakai judul kolom seperti daftar publik ODS"
)
HEADER_UNKNOWN = Refusal(None, "", "", Reason("header_unknown", "judul kolom berkas ini tidak dikenal"), _MAP_IT)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layout.

    labels: accepted labels, the registry's own first. field: a field of EntryValues; "" for one that is only kept.
    adds_to: a count that this column is a part of (men and women of the staff add up to the staff).
    private: names people; kept apart from the row. other_id: a short number here is another list's id, not a broken NIK.
    """

    labels: tuple[str, ...]
    field: str = ""
    adds_to: str = ""
    required: bool = False
    private: bool = False
    other_id: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file. source: ods, keragaan or office. date_order: dmy or mdy, for dates written in numbers.

    blank_texts, blank_years: what the file writes for "none" (casefolded texts; years that are no year).
    mapped: made by a person's mapping, which wins over a shipped layout that fits as well.
    """

    name: str
    title: str
    source: str
    columns: tuple[Column, ...]
    date_order: str = "dmy"
    blank_texts: frozenset[str] = frozenset({"-", "--", "0"})
    blank_years: frozenset[int] = frozenset({1899, 9999})
    mapped: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A header seen through a layout: for each column of the file its Column, or None for one that no layout knows.

    extra: labels that the layout does not know; their cells stay in the raw row.
    private: positions of the cells that name people, known or recognised by their label.
    """

    layout: Layout
    header: tuple[str, ...]
    columns: tuple[Column | None, ...]
    extra: tuple[str, ...]
    private: tuple[int, ...]

    @property
    def known_count(self) -> int:
        """How many columns the layout knows."""
        return sum(column is not None for column in self.columns)


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """What is compared of a label: its letters and digits, casefolded."""
    return _KEY.sub("", unicodedata.normalize("NFKC", label)).casefold()


def match_layout(header: Sequence[str], layout: Layout) -> Match | Refusal:
    """`header` seen through `layout`; a Refusal when a required column is missing or a field is stated twice."""
    by_key = {label_key(label): column for column in layout.columns for label in column.labels}
    columns = tuple(by_key.get(label_key(label)) for label in header)
    missing = [column.labels[0] for column in layout.columns if column.required and column not in columns]
    if missing:
        says = "kolom wajib {columns} tidak ada untuk tata letak «{layout}»"
        values = {"columns": ", ".join(f"«{label}»" for label in missing), "layout": layout.title}
        return Refusal(None, "", "", Reason("header_column_missing", says, values), _MAP_IT)
    if twice := _stated_twice(header, columns):
        says = "kolom {columns} menyatakan hal yang sama; tidak jelas mana yang benar"
        values = {"columns": ", ".join(f"«{label}»" for label in twice)}
        mend = "hapus atau ganti judul salah satu kolom itu, lalu impor lagi"
        return Refusal(None, twice[0], "", Reason("header_column_twice", says, values), mend)
    extra = tuple(label for label, column in zip(header, columns, strict=True) if column is None and label.strip())
    private = tuple(
        position
        for position, (label, column) in enumerate(zip(header, columns, strict=True))
        if (column.private if column is not None else _is_personal(label))
    )
    return Match(layout, tuple(header), columns, extra, private)


def _is_personal(label: str) -> bool:
    words = label.replace("_", " ")
    return bool(_PERSONAL.search(words)) and not _NOT_PERSONAL.match(words)


def _stated_twice(header: Sequence[str], columns: Sequence[Column | None]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for label, column in zip(header, columns, strict=True):
        if column is None or not column.field:
            continue
        if column.field in seen:
            return (seen[column.field], label)
        seen[column.field] = label
    return ()


def find_layout(header: Sequence[str], layouts: Iterable[Layout]) -> Match | Refusal:
    """The layout that knows most of the header's columns and misses no required one; a Refusal when none or two do."""
    matches: list[Match] = []
    refusals: list[tuple[int, Refusal]] = []
    for layout in layouts:
        if not layout.columns:
            continue
        match match_layout(header, layout):
            case Match() as found:
                matches.append(found)
            case Refusal() as refusal:
                known = _known(header, layout)
                refusals.append((known if known * 2 >= len(layout.columns) else 0, refusal))
    if not matches:
        return _nothing_fits(header, refusals)
    matches.sort(key=lambda match: (match.known_count, match.layout.mapped), reverse=True)
    best = matches[0]
    rivals = [other for other in matches if _rank(other) == _rank(best)]
    if len(rivals) > 1:
        names = ", ".join(f"«{match.layout.name}»" for match in rivals)
        reason = Reason(
            "header_fits_several", "judul kolom cocok dengan beberapa tata letak: {names}", {"names": names}
        )
        return Refusal(None, "", "", reason, "pilih salah satu tata letak itu saat mengimpor")
    return best


def _rank(match: Match) -> tuple[int, bool]:
    return match.known_count, match.layout.mapped


def _known(header: Sequence[str], layout: Layout) -> int:
    keys = {label_key(label) for column in layout.columns for label in column.labels}
    return sum(label_key(label) in keys for label in header)


def _nothing_fits(header: Sequence[str], refusals: Sequence[tuple[int, Refusal]]) -> Refusal:
    """The refusal of the layout that came nearest, where half of its columns and half of the header's meet."""
    named = sum(bool(label.strip()) for label in header)
    known, nearest = max(refusals, key=lambda pair: pair[0], default=(0, None))
    if nearest is not None and known and known * 2 >= named:
        return nearest
    return HEADER_UNKNOWN


def layout_from_mapping(name: str, mapping: Mapping[str, str], *, date_order: str = "dmy") -> Layout | Refusal:
    """The layout of an office's own list: `mapping` says for each field the label of its column.

    Blank labels count as unmapped.
    A Refusal when the name's column is missing, a field does not exist, or one label stands for two fields.
    """
    stated = {field: label for field, label in mapping.items() if label.strip()}
    for field in stated:
        if field not in FIELDS:
            reason = Reason("mapping_field_unknown", "isian «{field}» tidak dikenal", {"field": field})
            return Refusal(None, "", "", reason, "pilih isian dari daftar di layar impor")
    if "name" not in stated:
        reason = Reason("mapping_without_name", "kolom nama koperasi belum dipetakan")
        return Refusal(None, "", "", reason, "tunjukkan kolom mana yang berisi nama koperasi")
    labels: dict[str, str] = {}
    for field, label in stated.items():
        if label_key(label) in labels:
            values = {"first": FIELDS[labels[label_key(label)]], "second": FIELDS[field]}
            says = "satu kolom dipetakan dua kali: sebagai {first} dan {second}"
            return Refusal(
                None, label, "", Reason("mapping_label_twice", says, values), "petakan kolom itu satu kali saja"
            )
        labels[label_key(label)] = field
    columns = tuple(Column((label,), field, required=True) for field, label in stated.items())
    return Layout(name, name, "office", columns, date_order=date_order, mapped=True)


def check_layout(layout: Layout) -> str:
    """What is wrong with a declared layout, in one English sentence for its author; "" when nothing is."""
    keys: dict[str, str] = {}
    for column in layout.columns:
        if not column.labels:
            return "a column has no label"
        if column.field and column.field not in FIELDS:
            return f"column {column.labels[0]!r}: no field {column.field!r}"
        if column.adds_to and column.adds_to not in ADDABLE:
            return f"column {column.labels[0]!r}: nothing can be added to {column.adds_to!r}"
        if column.private and (column.field or column.adds_to):
            return f"column {column.labels[0]!r}: a private column cannot fill a field"
        for label in column.labels:
            if not label_key(label):
                return f"column {column.labels[0]!r}: the label {label!r} has no letter"
            if keys.setdefault(label_key(label), column.labels[0]) != column.labels[0]:
                return f"the label {label!r} stands for two columns"
    if layout.columns and not any(column.field == "name" and column.required for column in layout.columns):
        return "no required column for the field 'name'"
    return ""
