"""What a column's values say about its kind: shares over a sample, and the kind that these speak for. Pure.

In: a column as text. Out: a `Profile` of shares of the stated values, and a FieldKind. A label may wish for a kind; values
decide whether it can be had: a "date" whose values are no days is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from telusur.matching.rules.kinds import BLANKS, fold, read_day
from telusur.matching.rules.schema import FieldKind
from telusur.words.coop_name import read_coop_name
from telusur.words.legal_number import LegalFamily, read_legal_number

__all__ = ["SAMPLE_ROWS", "Profile", "is_stated", "kind_of_values", "name_kind", "profile", "sample"]

SAMPLE_ROWS = 2_000
_NUMBER = re.compile(
    r"\s*(?:(?:rp|idr|usd|eur)\.?|[$€£])?\s*[+-]?[0-9]{1,3}(?:[.,]?[0-9]{3})*(?:[.,][0-9]+)?\s*%?\s*", re.IGNORECASE
)
_MAIL = re.compile(r"\S+@\S+\.\S+")
# A legal form stands at an end of the name; the words of trades anywhere.
_FORMS = re.compile(
    r"^(?:pt|cv|ud|fa|po|pd|perum|yayasan|firma)\b|\b(?:tbk|persero|ltd|limited|inc|corp|corporation|co|company|llc|llp|plc|gmbh"
    r"|ag|sa|spa|srl|bv|nv|oy|ab|pty)$"
)
_TRADES = re.compile(
    r"\b(?:toko|warung|bengkel|rumah makan|rm|restoran|restaurant|cafe|caffe|kafe|grill|bar|hotel|klinik|apotek|salon"
    r"|koperasi|sekolah|sd|smp|sma|smk|universitas|university|school|bank|dinas|kantor|kelompok|dapur|bakery|catering|katering|inn|house"
    r"|kitchen|bistro|deli|delicatessen|club|shop|store|studio|group|bumdes|panti|masjid|gereja)\b"
)
_SMALL_WORDS = frozenset(["the", "of", "and", "on", "at", "in", "for", "with", "dan", "di", "untuk"])


class Profile(NamedTuple):
    """Shares (0 to 1) of a column's stated values. filled: of all rows. distinct: different ones. words: their mean count.
    others as their names say; of digit words: of all words those that hold a digit. length_spread: longest less shortest.
    """

    filled: float
    distinct: float
    words: float
    dates: float
    numbers: float
    decimals: float
    legal: float
    cooperatives: float
    forms: float
    trades: float
    one_word_with_digit: float
    digit_words: float
    mails: float
    length_spread: int
    stated: int


def is_stated(value: str) -> bool:
    """Whether a cell states anything; "-", "n/a" and the like do not."""
    return value.strip().lower() not in BLANKS


def sample(values: Sequence[str], most: int = SAMPLE_ROWS) -> Sequence[str]:
    """At most `most` values, evenly spaced over the column, so that a sorted file shows all its parts."""
    if len(values) <= most:
        return values
    return [values[position * len(values) // most] for position in range(most)]


def profile(values: Sequence[str]) -> Profile:
    """The shares over `values` (a sample)."""
    said = [value.strip() for value in values if is_stated(value)]
    count = len(said)
    if not count:
        return Profile(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0)
    folded = [fold(value) for value in said]
    words = [text.split() for text in folded]
    all_words = sum(map(len, words)) or 1

    def share(found: int) -> float:
        return found / count

    lengths = [len(value) for value in said]
    return Profile(
        filled=count / len(values),
        distinct=share(len(set(folded))),
        words=all_words / count,
        dates=share(sum(read_day(value) > 0 for value in said)),
        numbers=share(sum(_NUMBER.fullmatch(value) is not None for value in said)),
        decimals=share(sum(not value.isdigit() and _NUMBER.fullmatch(value) is not None for value in said)),
        legal=share(sum(map(_is_legal, said))),
        cooperatives=share(sum(map(_is_cooperative, said, folded))),
        forms=share(sum(_FORMS.search(text) is not None for text in folded)),
        trades=share(sum(_is_trade(text, parts) for text, parts in zip(folded, words, strict=True))),
        one_word_with_digit=share(sum(" " not in value and any(sign.isdigit() for sign in value) for value in said)),
        digit_words=sum(any(sign.isdigit() for sign in word) for parts in words for word in parts) / all_words,
        mails=share(sum(_MAIL.fullmatch(value) is not None for value in said)),
        length_spread=max(lengths) - min(lengths),
        stated=count,
    )


def _is_legal(value: str) -> bool:
    if "/" not in value and "AHU" not in value.upper():
        return False
    number = read_legal_number(value)
    return number is not None and number.family is not LegalFamily.UNPARSED


def _is_cooperative(value: str, folded: str) -> bool:
    return folded.startswith("koperasi ") or bool(read_coop_name(value).kinds)


def _is_trade(text: str, words: Sequence[str]) -> bool:
    return _TRADES.search(text) is not None or any(word in _SMALL_WORDS for word in words[1:])


def name_kind(seen: Profile, *, of_people: bool) -> FieldKind:
    """Whose names these are. of_people: other columns of the table (a birth date, a gender) are a person's."""
    if seen.cooperatives >= 0.4:
        return FieldKind.COOPERATIVE
    if seen.digit_words >= 0.12 or seen.words >= 7:
        return FieldKind.TEXT
    if of_people:
        return FieldKind.NAME
    if seen.forms + seen.trades >= 0.06 or seen.digit_words >= 0.03:
        return FieldKind.ORGANISATION
    return FieldKind.NAME if seen.words <= 4 else FieldKind.TEXT


def kind_of_values(seen: Profile) -> FieldKind:
    """The kind for which values alone speak; TEXT where nothing does."""
    if seen.legal >= 0.5:
        return FieldKind.LEGAL_NUMBER
    if seen.dates >= 0.8 and seen.distinct > 0.01:
        return FieldKind.DATE
    if seen.mails >= 0.5:
        return FieldKind.CODE
    if seen.numbers >= 0.9:
        # Numbers of one length that hardly repeat name something; those with decimals or of all lengths measure.
        names_it = seen.decimals < 0.1 and (seen.length_spread <= 1 or seen.distinct > 0.95)
        return FieldKind.CODE if names_it else FieldKind.NUMBER
    if seen.one_word_with_digit >= 0.8:
        return FieldKind.CODE
    if seen.distinct <= 0.02 and seen.stated >= 100:
        return FieldKind.CATEGORY
    if seen.words >= 5 or seen.digit_words >= 0.2:
        return FieldKind.TEXT
    if seen.cooperatives >= 0.4 or seen.forms + seen.trades >= 0.06:
        return name_kind(seen, of_people=False)
    if seen.distinct <= 0.3 and seen.stated >= 100:
        return FieldKind.PLACE
    return FieldKind.NAME if seen.words <= 4 else FieldKind.TEXT
