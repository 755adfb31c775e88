"""A row of a file becomes an entry's values with their doubts, or a refusal that says what to mend.

In: the file's header through its layout, the file's as-of date, then each row's number and cells. Out: `RowRead`, a
Refusal, or None for a wholly blank row. Refused is only what cannot be a row: no name, a NIK that is damaged or a
citizen's, a total, a footnote, a row cut off. All else is accepted, and doubted aloud where the registry's list is known
to err. Every cell is read as text, so a sheet and a CSV of the same table give the same values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from telusur.intake.rules.cells import Cell, cell_text, clean
from telusur.intake.rules.columns import Plan, plan_columns
from telusur.intake.rules.doubts import CITIZEN_MASKED, NIK_BLANK, cell_doubt
from telusur.intake.rules.layout import Layout, Match, match_layout
from telusur.intake.rules.refused import blank_name, cut_row, name_too_long, nul_in_row, refuse_nik, strange_row
from telusur.intake.rules.values import compile_values
from telusur.register.rules import ENTRY_FIELDS, EntryValues
from telusur.words.nik import mask_citizen_numbers, read_nik_koperasi
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["RowRead", "RowReader", "RowsRead", "compile_reader", "has_sixteen_digits"]

# A regex over a whole row costs as much as the rest of the reading; one table and one search a sixth of it.
_ZEROS = bytes(ord("0") if chr(code) in "0123456789" else code for code in range(256))
_SIXTEEN = b"0" * 16
_SPACED_SIXTEEN = re.compile(r"[0-9](?:[ .\-]?[0-9]){15}")
# What the register keeps of a name; the registry's longest has 174 letters.
_NAME_LIMIT = 300


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


class RowsRead(NamedTuple):
    """The accepted rows of some that were read together, column by column; each part as in `RowRead`.

    columns: one for each field of `EntryValues`, in its order. others: what is not taken, by its place among all that were
    read: a Refusal, or None for a blank row.
    """

    numbers: Sequence[int]
    raw: Sequence[Sequence[str]]
    private: Sequence[Sequence[str]]
    columns: Sequence[Sequence[Any]]
    warnings: list[list[Reason]]
    others: list[tuple[int, Refusal | None]]


_Part = TypeVar("_Part")
_Outcome = RowRead | Refusal | None
_ReadTogether = Callable[[Sequence[int], Sequence[Sequence[Any]]], RowsRead]


class _Admitted(NamedTuple):
    """A row that is one: its texts, mended where need be, its name, its NIK ("" for none), its doubts so far."""

    texts: Sequence[str]
    name: str
    nik_koperasi: str
    warnings: list[Reason]


class RowReader:
    """Reads the rows of one file. `read_together` is what an import uses: a column at a time costs a quarter.

    stated_count: how many fields of EntryValues, from the first, hold all that this file's columns can state.
    """

    __slots__ = ("_plan", "match", "read_together", "stated_count")

    def __init__(self, match: Match, plan: Plan, read_together: _ReadTogether) -> None:
        self.match = match
        self.read_together = read_together
        self.stated_count = plan.stated_count
        self._plan = plan

    def read_many(self, numbered: Sequence[tuple[int, Sequence[Any]]]) -> list[_Outcome]:
        """Each row as `read` gives it."""
        read = self.read_together([number for number, _ in numbered], [cells for _, cells in numbered])
        outcomes: list[_Outcome] = [None] * len(numbered)
        for at, other in read.others:
            outcomes[at] = other
        taken = sorted(set(range(len(numbered))) - {at for at, _ in read.others})
        values = map(EntryValues._make, zip(*read.columns, strict=True))
        rows = zip(taken, read.numbers, read.raw, read.private, values, read.warnings, strict=True)
        for at, number, raw, private, stated, warnings in rows:
            outcomes[at] = RowRead(number, tuple(raw), tuple(private), stated, tuple(warnings))
        return outcomes

    def read(self, row: int, cells: Sequence[Cell]) -> _Outcome:
        """The row as read; a Refusal; None when every cell is blank."""
        return self.read_many([(row, cells)])[0]

    __call__ = read

    def raw(self, cells: Sequence[Cell]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What may be kept of a row, refused or not: its cells as text with private ones "", and the private ones."""
        texts = _fit([cell_text(cell) for cell in cells], self._plan.width)
        nik_at = self._plan.nik_at
        if nik_at is not None and _SPACED_SIXTEEN.fullmatch(texts[nik_at].strip()):
            texts[nik_at] = re.sub(r"[ .\-]", "", texts[nik_at].strip())
        return _split([mask_citizen_numbers(text) for text in texts], self._plan.private_at)


def compile_reader(
    layout: Layout | Match, header: Sequence[str], *, as_of_on: date, has_long_numbers: bool = True
) -> RowReader:
    """The reader for a file whose header is `header`. Dates after `as_of_on`, the file's own day, are doubted.

    has_long_numbers: False where the whole file has been searched, all its cells are text, and none holds a NUL or sixteen
    digits in a row: its rows are then not searched again.
    Raises ValueError when the layout does not know the header: look with `find_header` first.
    """
    match = layout if isinstance(layout, Match) else match_layout(header, layout)
    if isinstance(match, Refusal):
        raise ValueError(match.sentence())
    plan = plan_columns(match)
    return RowReader(match, plan, _compile(plan, as_of_on, has_long_numbers))


def _compile(plan: Plan, as_of_on: date, has_long_numbers: bool) -> _ReadTogether:
    name_at, nik_at, private_at = plan.name_at, plan.nik_at, plan.private_at
    admit, read_values = _gate(plan), compile_values(plan, as_of_on)

    def read_together(numbers: Sequence[int], rows: Sequence[Sequence[Any]]) -> RowsRead:
        texts, plain = _texts_of(rows) if has_long_numbers else (list(rows), True)
        plain = plain and set(map(len, texts)) <= {plan.width}
        doubts: list[list[Reason]] = [[] for _ in texts]
        others: list[tuple[int, Refusal | None]] = []
        columns = list(zip(*texts, strict=False)) if plain else []
        if columns and nik_at is not None:
            names, nik_koperasi_column = _read_names(columns[name_at]), list(columns[nik_at])
            odd: Sequence[int] = _odd_rows(names, nik_koperasi_column, plan.blank_texts)
        else:
            names, nik_koperasi_column, odd = [""] * len(texts), [""] * len(texts), range(len(texts))
        for at in odd:
            admitted = admit(numbers[at], texts[at], plain)
            if isinstance(admitted, _Admitted):
                texts[at], names[at], nik_koperasi_column[at], doubts[at] = admitted
            else:
                others.append((at, admitted))
        if others:
            gone = {at for at, _ in others}
            kept = [at for at in range(len(texts)) if at not in gone]
            numbers, texts, doubts = _at(kept, numbers), _at(kept, texts), _at(kept, doubts)
            names, nik_koperasi_column = _at(kept, names), _at(kept, nik_koperasi_column)
        if not texts:
            return RowsRead([], [], [], [[]] * len(ENTRY_FIELDS), [], others)
        if odd:
            columns = list(zip(*texts, strict=False))
        values = read_values(names, nik_koperasi_column, columns, doubts)
        if not private_at:
            return RowsRead(numbers, texts, [()] * len(texts), values, doubts, others)
        raw, private = zip(*(_split(cells, private_at) for cells in texts), strict=True)
        return RowsRead(numbers, raw, private, values, doubts, others)

    return read_together


def _at(places: Sequence[int], part: Sequence[_Part]) -> list[_Part]:
    return [part[at] for at in places]


def _read_names(column: Sequence[str]) -> list[str]:
    return [" ".join(name.split()) if name.isascii() else clean(name) for name in column]


def _odd_rows(names: Sequence[str], nik_koperasi_column: Sequence[str], blanks: Collection[str]) -> Sequence[int]:
    """Which rows are not plainly rows: no name, or one too long, or no thirteen digits for a NIK."""
    digits = "".join(nik_koperasi_column)
    if (
        set(map(len, nik_koperasi_column)) == {13}
        and digits.isdigit()
        and digits.isascii()
        and max(map(len, names)) <= _NAME_LIMIT
        and "" not in names
        and not any(name in blanks for name in names)
    ):
        return ()
    return [
        at
        for at, (name, digits) in enumerate(zip(names, nik_koperasi_column, strict=True))
        if not (len(digits) == 13 and digits.isdigit() and digits.isascii())
        or not 0 < len(name) <= _NAME_LIMIT
        or name in blanks
    ]


def _texts_of(rows: Sequence[Sequence[Any]]) -> tuple[list[Any], bool]:
    """The texts of rows, and whether all hold nothing that may not be kept.

    One search over all their texts together: over each row by itself it cost as much as the rest of the reading.
    """
    texts: list[Any] = list(rows)
    try:
        joined = "\n".join(chain.from_iterable(texts))
    except TypeError:
        texts = [[cell if type(cell) is str else cell_text(cell) for cell in cells] for cells in texts]
        joined = "\n".join(chain.from_iterable(texts))
    return texts, not _is_odd(joined)


def _is_odd(text: str) -> bool:
    """Whether a text holds a NUL or sixteen digits in a row."""
    return "\0" in text or has_sixteen_digits(text.encode("utf-8", "replace"))


def has_sixteen_digits(text: bytes) -> bool:
    """Whether sixteen ASCII digits stand in a row, as in a citizen's number; quotes between them count for nothing.

    A reader of CSV drops the quote of `"9971010101"900001`.
    """
    return _SIXTEEN in text.translate(_ZEROS, b'"')


def _gate(plan: Plan) -> Callable[[int, Sequence[str], bool], _Admitted | Refusal | None]:
    """How a row that is not plainly one is let in: as mended, with its doubts; else why it is none, None when blank."""
    width, name_at, nik_at = plan.width, plan.name_at, plan.nik_at
    read_nik = _nik_reader(plan)

    def admit(row: int, texts: Sequence[str], plain: bool) -> _Admitted | Refusal | None:
        warnings: list[Reason] = []
        nik_text = texts[nik_at] if nik_at is not None and len(texts) > nik_at else ""
        if not plain and (len(texts) != width or _is_odd("\n".join(texts))):
            prepared = _prepare(row, plan, texts, warnings)
            if not isinstance(prepared, list):
                return prepared
            texts = prepared
        name = clean(texts[name_at])
        if not name or name in plan.blank_texts:
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
        return _Admitted(texts, name, nik_koperasi, warnings)

    return admit


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
