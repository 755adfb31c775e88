"""A code on paper that lets its holder answer: printed in the office's letters and on receipts, kept only as a digest.

Pure: whoever makes a code brings the random bytes. Symbols are Crockford's base 32 (no I, L, O, U), so that a code survives
a telephone and handwriting; the last symbol checks the others, so that a slip is told apart from a wrong code without
asking any table.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from telusur.words.reason import Reason

__all__ = ["ENTROPY_BYTES", "AnswerCode", "answer_code_from", "read_answer_code"]

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PLACE = {symbol: place for place, symbol in enumerate(_SYMBOLS)} | {"O": 0, "I": 1, "L": 1}
_LENGTH = 16
_GROUP = 4
# Fifteen symbols of five bits each; the last five bits of the bytes are not used.
ENTROPY_BYTES = 10
_SEPARATORS = re.compile(r"[\s.\-–—_/]+")

MALFORMED = Reason("answer_code_malformed", "kode terdiri dari 16 huruf dan angka, misalnya {example}")
MISTYPED = Reason("answer_code_mistyped", "kode salah ketik; bandingkan lagi huruf demi huruf dengan yang tercetak")


def _check(symbols: str) -> str:
    """The last symbol. Odd weights: every single wrong symbol changes the sum."""
    return _SYMBOLS[sum((2 * place + 1) * _PLACE[symbol] for place, symbol in enumerate(symbols)) % 32]


@dataclass(frozen=True, slots=True)
class AnswerCode:
    """Sixteen symbols, the last of them a check: 75 bits that cannot be guessed. Made by the functions of this module."""

    value: str

    def __post_init__(self) -> None:
        if len(self.value) != _LENGTH or not set(self.value) <= set(_SYMBOLS):
            raise ValueError("an answer code has sixteen symbols")
        if _check(self.value[:-1]) != self.value[-1]:
            raise ValueError("the answer code's last symbol does not check the others")

    @property
    def printed(self) -> str:
        """In groups of four, as on paper: `7H7H-Q6KX-5SFR-0TTJ`."""
        return "-".join(self.value[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))

    @property
    def digest(self) -> str:
        """SHA-256 in hex: what tables hold. A code of 75 random bits needs no slower hash."""
        return hashlib.sha256(f"telusur answer code {self.value}".encode()).hexdigest()

    def __str__(self) -> str:
        return self.printed


def answer_code_from(entropy: bytes) -> AnswerCode:
    """The code of ten random bytes (`secrets.token_bytes(ENTROPY_BYTES)`). Raises ValueError for fewer."""
    if len(entropy) < ENTROPY_BYTES:
        raise ValueError(f"an answer code needs {ENTROPY_BYTES} random bytes")
    number = int.from_bytes(entropy[:ENTROPY_BYTES], "big") >> (8 * ENTROPY_BYTES - 5 * (_LENGTH - 1))
    symbols = "".join(_SYMBOLS[number >> (5 * place) & 31] for place in reversed(range(_LENGTH - 1)))
    return AnswerCode(symbols + _check(symbols))


def read_answer_code(text: str) -> AnswerCode | Reason:
    """The code that a person typed, in any grouping and case; or the reason why it is none. Asks no table."""
    symbols = _SEPARATORS.sub("", text[:80]).upper()
    if len(symbols) != _LENGTH or not set(symbols) <= _PLACE.keys():
        return Reason(MALFORMED.code, MALFORMED.says, {"example": "7H7H-Q6KX-5SFR-0TTJ"})
    clean = "".join(_SYMBOLS[_PLACE[symbol]] for symbol in symbols)
    if _check(clean[:-1]) != clean[-1]:
        return MISTYPED
    return AnswerCode(clean)
