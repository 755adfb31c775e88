"""The words of a filter: names, texts in quotes, numbers, days, brackets and commas. Pure.

In: the text of `$filter`. Out: words with their places, or AskedWrongly. One pass, no pattern: a long text costs its length.
"""

from __future__ import annotations

import math
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from telusur.api.rules.refused import AskedWrongly
from telusur.opendata.rules.columns import Value
from telusur.words.reason import Reason

__all__ = ["LONGEST", "FilterWordKind", "Word", "words_of"]

LONGEST = 4_000
_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_DIGITS = frozenset("0123456789")
# Beyond this a float no longer tells whole numbers apart, and Python refuses to read thousands of digits.
_MOST_DIGITS = 18


class FilterWordKind(StrEnum):
    """What a word is."""

    NAME = "name"
    VALUE = "value"
    SIGN = "sign"
    END = "end"


class Word(NamedTuple):
    """A word, as written, with the place (from 1) at which it begins. value: of a VALUE."""

    kind: FilterWordKind
    text: str
    place: int
    value: Value = None


def words_of(text: str) -> list[Word]:
    """The words of a filter, an END behind them."""
    if len(text) > LONGEST:
        raise AskedWrongly(
            Reason("filter_too_long", "saringan lebih dari {most} huruf; perpendek", {"most": str(LONGEST)}), "$filter"
        )
    words: list[Word] = []
    at = 0
    while at < len(text):
        sign = text[at]
        if sign in " \t":
            at += 1
        elif sign in "(),":
            words.append(Word(FilterWordKind.SIGN, sign, at + 1))
            at += 1
        elif sign == "'":
            word, at = _quoted(text, at)
            words.append(word)
        elif sign in _DIGITS or (sign in "+-" and text[at + 1 : at + 2] in _DIGITS and at + 1 < len(text)):
            word, at = _number_or_day(text, at)
            words.append(word)
        elif sign in _NAME:
            end = _run(text, at, _NAME)
            words.append(Word(FilterWordKind.NAME, text[at:end], at + 1))
            at = end
        else:
            raise _stray(text[at], at)
    words.append(Word(FilterWordKind.END, "", len(text) + 1))
    return words


def _run(text: str, at: int, signs: frozenset[str]) -> int:
    end = at
    while end < len(text) and text[end] in signs:
        end += 1
    return end


def _stray(text: str, at: int) -> AskedWrongly:
    return AskedWrongly(
        Reason(
            "filter_word",
            "«{word}» pada huruf ke-{place} tidak dipahami di sini",
            {"word": text, "place": str(at + 1)},
        ),
        "$filter",
    )


def _quoted(text: str, at: int) -> tuple[Word, int]:
    """A text in single quotes; two of them inside stand for one."""
    parts = []
    start = at + 1
    while True:
        end = text.find("'", start)
        if end < 0:
            raise AskedWrongly(
                Reason(
                    "filter_quote",
                    "tanda kutip yang dibuka pada huruf ke-{place} tidak ditutup",
                    {"place": str(at + 1)},
                ),
                "$filter",
            )
        parts.append(text[start:end])
        if text[end + 1 : end + 2] != "'":
            return Word(FilterWordKind.VALUE, text[at : end + 1], at + 1, "'".join(parts)), end + 1
        start = end + 2


def _number_or_day(text: str, at: int) -> tuple[Word, int]:
    end = _run(text, at + 1, _NAME | frozenset("-+.:"))
    written = text[at:end]
    day = _day(written)
    value = _number(written) if day is None else day
    if value is None:
        raise _stray(written, at)
    return Word(FilterWordKind.VALUE, written, at + 1, value), end


def _day(written: str) -> date | None:
    """YYYY-MM-DD; of an instant, its day as written."""
    if len(written) > 10 and written[10] == "T":
        written = written[:10]
    if len(written) != 10 or written[4] != "-" or written[7] != "-":
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _number(written: str) -> int | float | None:
    bare = written[1:] if written[0] in "+-" else written
    if bare and all(sign in _DIGITS for sign in bare):
        return int(written) if len(bare) <= _MOST_DIGITS else float(written[: _MOST_DIGITS * 10])
    if "_" in written:
        return None
    try:
        value = float(written)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
