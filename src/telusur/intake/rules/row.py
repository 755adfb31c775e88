"""A row of a file becomes an entry's values with their doubts, or a refusal that says what to mend.

In: the file's header through its layout, the file's as-of date, then each row's number and cells. Out: `RowRead`, a
Refusal, or None for a wholly blank row. Refused is only what cannot be a row: no name, a NIK that is damaged or a
citizen's, a total, a footnote, a row cut off. All else is accepted, and doubted aloud where the registry's list is known
to err. Every cell is read as text, so a sheet and a CSV of the same table give the same values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from operator import getitem
from typing import Any, NamedTuple

from telusur.intake.rules.cells import Cell, cell_text, clean
from telusur.intake.rules.columns import LEGAL_KEY_AT, Plan, plan_columns
from telusur.intake.rules.doubts import CITIZEN_MASKED, NIK_BLANK, cell_doubt, find_doubts
from telusur.intake.rules.layout import Layout, Match, match_layout
from telusur.intake.rules.refused import blank_name, cut_row, name_too_long, nul_in_row, refuse_nik, strange_row
from telusur.register.rules import EntryValues
from telusur.words.legal_number import Act, LegalFamily, read_legal_number
from telusur.words.nik import mask_citizen_numbers, read_nik_koperasi
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["RowRead", "RowReader", "compile_reader"]

# A regex over a whole row costs as much as the rest of the reading; one table and one search a sixth of it.
_ZEROS = bytes(ord("0") if chr(code) in "0123456789" else code for code in range(256))
_SIXTEEN = b"0" * 16
_SPACED_SIXTEEN = re.compile(r"[0-9](?:[ .\-]?[0-9]){15}")
# What the register keeps of a name and of a legal key; the registry's longest are 174 and about 60.
_NAME_LIMIT = 300
_KEY_LIMIT = 120
_DEFAULTS: tuple[object, ...] = tuple(EntryValues(""))
_UNPARSED, _AMENDMENT = LegalFamily.UNPARSED, Act.AMENDMENT


class RowRead(NamedTuple):
    """An accepted row.

    row: the spreadsheet's row number. raw: every cell as text as it came, as wide as the header or wider; private cells
    "" and citizens' numbers masked. private: the private cells alone, in the header's order. warnings: the doubts.
    """

    row: int
    raw: tuple[str, ...]
    private: tuple[str, ...]
    values: EntryValues
    warnings: tuple[Reason, ...]


class RowReader:
    """Reads the rows of one file. `read` is `__call__` without the cost of a method, for the inner loop of an import."""

    __slots__ = ("_plan", "match", "read")

    def __init__(
        self, match: Match, plan: Plan, read: Callable[[int, Sequence[Cell]], RowRead | Refusal | None]
    ) -> None:
        self.match = match
        self.read = read
        self._plan = plan

    def __call__(self, row: int, cells: Sequence[Cell]) -> RowRead | Refusal | None:
        """The row as read; a Refusal; None when every cell is blank."""
        return self.read(row, cells)

    def raw(self, cells: Sequence[Cell]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What may be kept of a row, refused or not: its cells as text with private ones "", and the private ones."""
        texts = _fit([cell_text(cell) for cell in cells], self._plan.width)
        nik_at = self._plan.nik_at
        if nik_at is not None and _SPACED_SIXTEEN.fullmatch(texts[nik_at].strip()):
            texts[nik_at] = re.sub(r"[ .\-]", "", texts[nik_at].strip())
        return _split([mask_citizen_numbers(text) for text in texts], self._plan.private_at)


def compile_reader(layout: Layout | Match, header: Sequence[str], *, as_of_on: date) -> RowReader:
    """The reader for a file whose header is `header`. Dates after `as_of_on`, the file's own day, are doubted.

    Raises ValueError when the layout does not know the header: look with `find_header` first.
    """
    match = layout if isinstance(layout, Match) else match_layout(header, layout)
    if isinstance(match, Refusal):
        raise ValueError(match.sentence())
    plan = plan_columns(match)
    return RowReader(match, plan, _compile(plan, as_of_on))


def _compile(plan: Plan, as_of_on: date) -> Callable[[int, Sequence[Cell]], RowRead | Refusal | None]:
    width, name_at, nik_at, private_at = plan.width, plan.name_at, plan.nik_at, plan.private_at
    blanks, each, doubted, in_order = plan.blank_texts, plan.each, plan.doubted, plan.in_order
    pick, memos, find, make = plan.pick, plan.memos, getitem, EntryValues._make
    read_nik, finish = _nik_reader(plan), _finisher(plan)

    def read(row: int, cells: Sequence[Any]) -> RowRead | Refusal | None:
        try:
            texts, joined = cells, "\n".join(cells)
        except TypeError:
            texts = [cell_text(cell) for cell in cells]
            joined = "\n".join(texts)
        warnings: list[Reason] = []
        nik_text = texts[nik_at] if nik_at is not None and len(texts) > nik_at else ""
        if len(texts) != width or "\0" in joined or _SIXTEEN in joined.encode("utf-8", "replace").translate(_ZEROS):
            prepared = _prepare(row, plan, texts, warnings)
            if not isinstance(prepared, list):
                return prepared
            texts = prepared
        name = clean(texts[name_at])
        if not name or name in blanks:
            return blank_name(row, plan, texts)
        if len(nik_text) == 13 and nik_text.isdigit() and nik_text.isascii():
            nik_koperasi = nik_text
        else:
            found = read_nik(nik_text, warnings)
            if isinstance(found, Reason):
                return strange_row(row, plan, texts, name) or refuse_nik(row, plan, nik_text, found)
            if not found and (strange := strange_row(row, plan, texts, name)) is not None:
                return strange
            nik_koperasi = found
        if len(name) > _NAME_LIMIT:
            return name_too_long(row, plan, name)
        picked = pick(texts)
        pool: list[Any] = [name, nik_koperasi, "", *map(find, memos, picked)]
        if not doubted.isdisjoint(picked):
            warnings += [doubts[text] for doubts, text in zip(plan.doubts, picked, strict=True) if text in doubts]
        for at in each:
            text = texts[at]
            if text:
                text = clean(text)
                pool.append("" if text in blanks else text)
            else:
                pool.append("")
        finish(pool, texts, warnings)
        values = make(in_order(pool))
        warnings += find_doubts(values, as_of_on)
        raw, private = _split(texts, private_at) if private_at else (tuple(texts), ())
        return RowRead(row, raw, private, values, tuple(warnings))

    return read


def _prepare(row: int, plan: Plan, cells: Sequence[str], warnings: list[Reason]) -> list[str] | Refusal | None:
    """A row that is not as wide as the header or holds what may not be kept: its texts mended, or why it is no row."""
    texts = _fit(list(cells), plan.width)
    if len(texts) > plan.width:
        warnings.append(_wide(len(texts), plan.width))
    masked = [mask_citizen_numbers(text) for text in texts]
    if masked != texts:
        warnings.append(CITIZEN_MASKED)
    if any("\0" in text for text in masked):
        return nul_in_row(row, plan, masked)
    if plan.nik_at is not None and len(cells) <= plan.nik_at and (name := clean(masked[plan.name_at])):
        return strange_row(row, plan, masked, name) or cut_row(row, len(cells), plan.width)
    return masked


def _finisher(plan: Plan) -> Callable[[list[Any], Sequence[str], list[Reason]], None]:
    """What is derived from a row's other cells: the legal key, and totals that the file states only in parts."""
    legal_at, label, sums = plan.legal_at, plan.label_of("legal_number"), plan.sums

    def finish(pool: list[Any], texts: Sequence[str], warnings: list[Reason]) -> None:
        if legal_at is not None and (text := pool[legal_at]) and (number := read_legal_number(text)) is not None:
            key = number.key
            if number.family is _UNPARSED or len(key) > _KEY_LIMIT:
                warnings.append(cell_doubt("legal_unread", label, text))
            elif number.act is _AMENDMENT:
                warnings.append(cell_doubt("legal_is_amendment", label, text))
            pool[LEGAL_KEY_AT] = key if len(key) <= _KEY_LIMIT else ""
        for parts in sums:
            counts = [memo[texts[at]] for at, memo in parts]
            # Where one part is not stated, nor is the total.
            pool.append(None if None in counts else sum(counts))
        pool.extend(_DEFAULTS)

    return finish


def _nik_reader(plan: Plan) -> Callable[[str, list[Reason]], str | Reason]:
    """How a NIK that is not plainly thirteen digits is read: the number, "" for none, or why it is wrong."""
    nik_at, other_id = plan.nik_at, plan.other_id
    if nik_at is None:
        # The whole file states no NIK: its match says so once, and a warning on every row would say nothing.
        return lambda text, warnings: ""
    label = plan.header[nik_at]

    def read(text: str, warnings: list[Reason]) -> str | Reason:
        trimmed = clean(text)
        found = None if trimmed in plan.blank_texts else read_nik_koperasi(trimmed)
        if found is None:
            warnings.append(NIK_BLANK)
            return ""
        if isinstance(found, Reason):
            if other_id and trimmed.isdigit() and len(trimmed) < 9:
                warnings.append(cell_doubt("nik_other_id", label, trimmed))
                return ""
            return found
        return found.value

    return read


def _fit(texts: list[str], width: int) -> list[str]:
    """As wide as the header; wider only where cells beyond it hold something."""
    while len(texts) > width and not texts[-1].strip():
        texts = texts[:-1]
    return texts + [""] * (width - len(texts))


def _wide(count: int, width: int) -> Reason:
    says = "baris ini berisi {count} sel, judul kolom hanya {width}; isinya mungkin bergeser"
    return Reason("row_too_wide", says, {"count": str(count), "width": str(width)})


def _split(texts: Sequence[str], private_at: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    private = tuple(texts[at] for at in private_at)
    kept = list(texts)
    for at in private_at:
        kept[at] = ""
    return tuple(kept), private
