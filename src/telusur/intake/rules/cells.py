"""One cell: its text as it came, and the date, count or sum of money that the text states.

In: a cell as a reader gives it. Out: text, or a value with the code of a doubt. What a cell does not state becomes None,
never a guess. Shapes follow the registry's list (dd/mm/yyyy, comma thousands), the keragaan sheets (dotted thousands,
Excel's empty dates) and what offices type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

__all__ = [
    "BLANK_DATES",
    "Cell",
    "DateRead",
    "NumberRead",
    "cell_text",
    "clean",
    "read_count",
    "read_date",
    "read_rupiah",
]

Cell = str | float | int | date | datetime | bool | None

_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")

# Excel counts days from 30/12/1899 for every day after its invented 29/02/1900.
_SERIAL_EPOCH = date(1899, 12, 30).toordinal()
# 18/05/1927 to 31/12/2099: shorter numbers are years or counts, and reading them as days would invent a date.
_SERIALS = range(10_000, 73_051)
# Excel writes "no date" as one of these when an empty cell is formatted or exported as a date.
BLANK_DATES = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)})

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar mart march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu ags agt aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov nopember nop",
            "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_CLOCK = r"(?:[ T]+[0-9]{1,2}[:.][0-9]{2}.*)?"
_NUMBERS = re.compile(r"([0-9]{1,2})[/\-. ]+([0-9]{1,2})[/\-. ]+([0-9]{4}|[0-9]{2})" + _CLOCK)
_ISO = re.compile(r"([0-9]{4})[/\-.]([0-9]{1,2})[/\-.]([0-9]{1,2})" + _CLOCK)
_NAMED = re.compile(r"([0-9]{1,2})[ /\-.]*([A-Za-z]{3,9})[ /\-.,]*([0-9]{4}|[0-9]{2})" + _CLOCK)
_SERIAL = re.compile(r"([0-9]{1,7})(?:\.[0-9]+)?")
_WEEKDAY = re.compile(r"(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad)\s*,?\s*", re.IGNORECASE)

_MONEY_SIGNS = re.compile(r"^(?:rp|idr)\.?|,-+$|\.-+$|[\s'\u00a0]", re.IGNORECASE)
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMAED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
# The largest whole rupiah that both databases keep in a BigInteger and a spreadsheet keeps exactly.
_LARGEST = 2**53


class DateRead(NamedTuple):
    """A date, or None with the code of the doubt; "" where the cell simply states none."""

    value: date | None
    doubt: str = ""


class NumberRead(NamedTuple):
    """A whole number, or None with the code of the doubt; "" where the cell simply states none."""

    value: int | None
    doubt: str = ""


def cell_text(cell: object) -> str:
    """The cell as text: whole floats without their ".0", dates as ISO, truth as TRUE and FALSE, None as ""."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, datetime):
        at = cell.isoformat(sep=" ")
        return at.removesuffix(" 00:00:00")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _float_text(number: float) -> str:
    if number.is_integer():
        return str(int(number))
    text = repr(number)
    if "e" not in text and len(text) - text.index(".") == 4:
        # Three decimals would read as a dotted thousand; the cell held a fraction.
        return text + "0"
    return text


def clean(text: str) -> str:
    """Trimmed and single-spaced; no-break and zero-width spaces count as blanks, letters are composed (NFC)."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return " ".join(text.split())


def read_date(
    text: str, order: str = "dmy", blanks: Collection[str] = (), blank_years: Collection[int] = ()
) -> DateRead:
    """The date in `text`, its numbers in `order` ("dmy" or "mdy"); ISO and month names are read in any order.

    blanks: texts that state no date. blank_years: years that stand for no date (9999). A bare year or a day that no
    calendar has gives None with a doubt: day and month are never exchanged to make a date fit.
    """
    trimmed = clean(text)
    if not trimmed or trimmed.casefold() in blanks:
        return DateRead(None)
    parts = _date_parts(trimmed if trimmed[0].isdigit() else _WEEKDAY.sub("", trimmed, count=1), order)
    if parts is None:
        return _read_serial(trimmed)
    year, month, day = parts
    if day == 0 or year in blank_years or year == 0:
        return _blank_or_doubt(year, month, day)
    try:
        value = date(year, month, day)
    except ValueError:
        return DateRead(None, "date_impossible")
    return DateRead(None) if value in BLANK_DATES else DateRead(value)


def _blank_or_doubt(year: int, month: int, day: int) -> DateRead:
    """No date. Silent for the shapes that programs write for "empty", a doubt for a day that a person may have meant."""
    program = (day == 0 and year in (0, 1899, 1900)) or year == 9999 or (month, day) in ((12, 30), (12, 31))
    return DateRead(None, "" if program else "date_stands_for_none")


def _date_parts(text: str, order: str) -> tuple[int, int, int] | None:
    if found := _NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if order == "mdy" else (first, second)
        return _four_digits(found[3]), month, day
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _NAMED.fullmatch(text)) and (named := _MONTHS.get(found[2].casefold())):
        return _four_digits(found[3]), named, int(found[1])
    return None


def _four_digits(year: str) -> int:
    """Two digits: 30-99 are 1930-1999, 00-29 are 2000-2029; no cooperative's paper of before 1930 writes two."""
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= 30 else 2000)


def _read_serial(text: str) -> DateRead:
    found = _SERIAL.fullmatch(text)
    if found is None:
        return DateRead(None, "" if text in ("00:00:00", "0:00:00") else "date_unread")
    days = int(found[1])
    if days in _SERIALS:
        return DateRead(date.fromordinal(_SERIAL_EPOCH + days))
    if days <= 2:
        return DateRead(None)
    return DateRead(None, "date_only_year" if 1900 <= days <= 2100 else "date_unread")


def read_count(text: str) -> NumberRead:
    """A count of people: whole and not negative. "1.234", "1,234" and "12.0" are read; "12,5" is a doubt."""
    number = _read_decimal(text)
    if isinstance(number, str):
        return NumberRead(None, number)
    if number is None:
        return NumberRead(None)
    if number < 0 or number != number.to_integral_value():
        return NumberRead(None, "count_impossible")
    return NumberRead(int(number))


def read_rupiah(text: str) -> NumberRead:
    """Money in whole rupiah, sen rounded to the nearest even rupiah: "Rp 1.234.567,00", "(2.500)", "-10"."""
    number = _read_decimal(text)
    if isinstance(number, str):
        return NumberRead(None, number)
    return NumberRead(None) if number is None else NumberRead(round(number))


def _read_decimal(text: str) -> Decimal | str | None:
    """The number; None where none is stated; the code of a doubt where the text is no number."""
    trimmed = clean(text)
    if trimmed in ("", "-", "–", "--"):
        return None
    bare = _MONEY_SIGNS.sub("", trimmed)
    # Twice, since the sign may stand before or after "Rp".
    negative = bare.startswith(("-", "(", "−")) or bare.endswith("-")
    bare = _MONEY_SIGNS.sub("", bare.strip("-−()"))
    if _DOTTED.fullmatch(bare):
        plain = bare.replace(".", "").replace(",", ".")
    elif _COMMAED.fullmatch(bare):
        plain = bare.replace(",", "")
    elif _DECIMAL.fullmatch(bare):
        plain = bare.replace(",", ".")
    else:
        return "number_unread"
    if len(plain.partition(".")[0]) > 16 or Decimal(plain) > _LARGEST:
        return "number_too_large"
    return -Decimal(plain) if negative else Decimal(plain)
