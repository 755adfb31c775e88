"""CSV, TSV and TXT, read a row at a time whatever their size: encoding and separator are found, never assumed.

In: a path that the guard has passed. Out: a `Source` whose cells are all text. UTF-8, UTF-16 (with or without its mark) and
Windows-1252; separated by semicolon, comma, tab or bar; quotes doubled inside quotes. A NUL, an endless line or a quote
that is never closed breaks the reading off with a sentence.
"""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from telusur.intake.ports import HEAD_ROW_COUNT, FileRefused, Row, SheetInfo, refuse_file
from telusur.intake.rules.row import has_sixteen_digits
from telusur.words.reason import Reason

__all__ = ["CsvReader", "CsvSource"]

_BLOCK = 1 << 18
# Sixteen digits and a quote that a reader drops between them.
_LONGEST_NUMBER = 18
_SAMPLE_CHARACTERS = 1 << 16
_DELIMITERS = (";", ",", "\t", "|")
# Signs that stand in texts, too: they cut a file only where nearly every row is cut as its title row is.
_RARE_DELIMITERS = ("%", "#", "~", "^")
_RARELY_RAGGED = 0.9
# Bytes to which Windows-1252 gives no letter.
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_FETCH_AGAIN = "ambil ulang berkas dari sumbernya, atau simpan ulang sebagai CSV UTF-8"


class CsvReader:
    """The adapter for text files with separators."""

    kinds = frozenset({"csv"})

    def open(self, path: Path, kind: str) -> CsvSource:
        """The opened file; its encoding has been tried on the whole of it."""
        encoding, has_long_numbers = _find_encoding(path)
        sample = _sample(path, encoding)
        return CsvSource(path, encoding, sample, has_long_numbers=has_long_numbers)


class CsvSource:
    """One CSV file, as a file of one sheet that has its name."""

    kind = "csv"

    def __init__(self, path: Path, encoding: str, sample: str, *, has_long_numbers: bool) -> None:
        self.encoding = encoding
        self.has_long_numbers = has_long_numbers
        self.delimiter = _find_delimiter(sample)
        self._path = path
        self._width = max(_widths(sample, self.delimiter).items(), key=_regularity, default=(0, 0))[0]
        # Excel's own first line "sep=;" is no row of the sheet that Excel shows.
        self._skip = 1 if sample.startswith("sep=") else 0
        self.sheets: tuple[SheetInfo, ...] = (SheetInfo(path.stem, hidden=False, row_count=None),)
        self.heads: Mapping[str, tuple[Row, ...]] = {
            path.stem: tuple(itertools.islice(self.rows(path.stem), HEAD_ROW_COUNT))
        }

    def rows(self, sheet: str) -> Iterator[Row]:
        """Every row; a row whose quoted cell spans lines counts once, as in a spreadsheet."""
        for first, block in self.blocks(sheet, HEAD_ROW_COUNT):
            yield from enumerate(block, start=first)

    def blocks(self, sheet: str, count: int) -> Iterator[tuple[int, list[list[str]]]]:
        """See `Source.blocks`."""
        first = 1
        with self._path.open(encoding=self.encoding, newline="") as file:
            for _ in range(self._skip):
                file.readline()
            reader = csv.reader(file, delimiter=self.delimiter)
            last: list[str] = []
            lines = 0
            while True:
                block: list[list[str]] = []
                try:
                    # What came before an error stays in the list.
                    block.extend(itertools.islice(reader, count))
                except csv.Error as error:
                    raise _quote_open(first + len(block)) from error
                if not block:
                    break
                if reader.line_num - lines > len(block):
                    self._check_spans(first, block)
                lines, last = reader.line_num, block[-1]
                yield first, block
                first += len(block)
            if last and last[-1].endswith("\n"):
                raise _quote_open(first - 1)

    def _check_spans(self, first: int, block: Sequence[list[str]]) -> None:
        """Raises FileRefused where a row that spans lines has swallowed others."""
        for number, cells in enumerate(block, start=first):
            if self._swallows_rows(cells):
                raise _quote_open(number)

    def _swallows_rows(self, cells: list[str]) -> bool:
        """A quote that is never closed swallows the rows behind it: their separators stand in one cell."""
        if len(cells) == self._width:
            return False
        return any(line.count(self.delimiter) >= 2 for cell in cells for line in cell.split("\n")[1:])

    def close(self) -> None:
        """Nothing is held: each reading opens the file anew."""


def _find_encoding(path: Path) -> tuple[str, bool]:
    """The encoding in which the whole file can be read; whether it may hold a citizen's number (see `Source`).

    Raises FileRefused for no encoding, for NULs and for endless lines.
    """
    with path.open("rb") as file:
        start = file.read(1024)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _tried(path, "utf-16"), True
    # Latin text in UTF-16 has a zero in every second byte.
    even, odd = start[0::2].count(0) * 2, start[1::2].count(0) * 2
    if len(start) >= 4 and odd >= len(start[1::2]) > even:
        return _tried(path, "utf-16-le"), True
    if len(start) >= 4 and even >= len(start[0::2]) > odd:
        return _tried(path, "utf-16-be"), True
    return _eight_bits(path, is_marked=start.startswith(codecs.BOM_UTF8))


def _eight_bits(path: Path, *, is_marked: bool) -> tuple[str, bool]:
    """UTF-8 where the whole file is, else Windows-1252 where it can be."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_letters, is_undefined, has_long_numbers = True, False, False, False
    before = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            _check_block(block, is_last=len(block) < _BLOCK)
            is_undefined = is_undefined or any(code in block for code in _UNDEFINED)
            has_long_numbers = has_long_numbers or has_sixteen_digits(before + block)
            before = block[-_LONGEST_NUMBER:]
            if is_utf8:
                try:
                    has_letters = not utf8.decode(block).isascii() or has_letters
                except UnicodeDecodeError:
                    is_utf8 = False
    if is_utf8 and utf8.getstate()[0]:
        if has_letters or is_marked:
            raise refuse_file(Reason("file_cut", "berkas terpotong di tengah satu huruf"), _FETCH_AGAIN)
        is_utf8 = False
    if is_utf8:
        return ("utf-8-sig" if is_marked else "utf-8"), has_long_numbers
    if is_marked or is_undefined:
        raise _encoding_unknown()
    return "cp1252", has_long_numbers


def _check_block(block: bytes, *, is_last: bool) -> None:
    if b"\0" in block:
        reason = Reason("file_has_nul", "berkas berisi byte NUL; ini bukan CSV yang utuh")
        raise refuse_file(reason, _FETCH_AGAIN)
    if not is_last and b"\n" not in block and b"\r" not in block:
        raise refuse_file(Reason("line_too_long", "ada baris yang lebih dari 256 kB"), _FETCH_AGAIN)


def _tried(path: Path, encoding: str) -> str:
    """`encoding`, after the whole file was read in it a block at a time."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                text = decoder.decode(block, final=len(block) < _BLOCK)
                if "\0" in text:
                    raise refuse_file(Reason("file_has_nul", "berkas berisi karakter NUL"), _FETCH_AGAIN)
                if len(block) == _BLOCK and "\n" not in text and "\r" not in text:
                    raise refuse_file(Reason("line_too_long", "ada baris yang lebih dari 128 kB"), _FETCH_AGAIN)
    except UnicodeDecodeError as error:
        raise _encoding_unknown() from error
    return encoding


def _sample(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        return file.read(_SAMPLE_CHARACTERS)


def _find_delimiter(sample: str) -> str:
    """The separator that cuts most of the first rows into the same number of cells, and into many."""
    if sample.startswith("sep=") and len(sample) > 4:
        return sample[4]
    rare = (each for each in _RARE_DELIMITERS if _cuts_all(sample, each))
    return max((*_DELIMITERS, *rare), key=lambda each: max(map(_regularity, _widths(sample, each).items()), default=0))


def _cuts_all(sample: str, delimiter: str) -> bool:
    lines = _first_lines(sample)
    width = next(csv.reader(lines[:1], delimiter=delimiter), [])
    return len(width) > 2 and _widths(sample, delimiter).get(len(width), 0) >= _RARELY_RAGGED * len(lines)


def _first_lines(sample: str) -> list[str]:
    return sample.splitlines(keepends=True)[: HEAD_ROW_COUNT * 2]


def _widths(sample: str, delimiter: str) -> dict[int, int]:
    """How many of the first rows have how many cells, rows of one cell left out."""
    try:
        widths = [len(cells) for cells in csv.reader(_first_lines(sample), delimiter=delimiter)]
    except csv.Error:
        return {}
    return {width: widths.count(width) for width in set(widths) if width > 1}


def _regularity(width_and_count: tuple[int, int]) -> int:
    width, count = width_and_count
    return (width - 1) * count


def _encoding_unknown() -> FileRefused:
    reason = Reason("encoding_unknown", "sandi huruf berkas tidak dikenal; bukan UTF-8, UTF-16 atau Windows-1252")
    return refuse_file(reason, _FETCH_AGAIN)


def _quote_open(row: int) -> FileRefused:
    reason = Reason("quote_open", "tanda kutip dibuka di sekitar baris {row} dan tidak ditutup", {"row": str(row)})
    return refuse_file(reason, "perbaiki tanda kutip di baris itu, atau ambil ulang berkas")
