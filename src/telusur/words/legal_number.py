"""Numbers of legal entity (nomor badan hukum): what they say, and one key for all the spellings of one number.

In: the text of a registry's or an office's list. Out: a `LegalNumber`, or None where none is stated.
Source: domain.md §1.5; the frames around the serial are read in `legal_frame`. A number is evidence for a match and
not an identity: 1,596 of the registry's 115,445 are given twice, and offices have counted from 1 more than once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from string import ascii_letters

from telusur.words.legal_frame import (
    Act,
    LegalFamily,
    frame_behind,
    frame_from,
    full_year,
    office_of,
    segments_of,
    tail_of,
)
from telusur.words.legal_serial import FILING_CODES, find_serial

__all__ = ["Act", "LegalFamily", "LegalKey", "LegalNumber", "read_legal_key", "read_legal_number"]

_SERIAL_FIRST = re.compile(
    r"\s*(?:([0-9]{2,4}(?:\.[0-9]{1,4})?)\s*/\s*)?([0-9]+)(?:[ .-]?([A-NP-Za-np-z]))?\s*/([/\s]*[A-Za-z].*)", re.DOTALL
)
_AHU = re.compile(
    r"[\s:]*(?:(AHU)[-./ ]*|C[-. ]*)?([0-9]{1,7})[-. ]*(?:AHA?[-. ]*)?([0O][12][-. ]?[0-9]{2})[-./ ]*"
    r"(?:TAHUN|THN|TH)?[-. ]*([0-9]{4})?[\s.]*",
    re.IGNORECASE,
)
# "No. 12/BH/…": the label is no part of the number, and of the office behind it least of all.
_LABEL = re.compile(r"\s*(?:NOMOR|NO)(?:[ .:]+|(?=[0-9]))(?=[0-9]|AHU)", re.IGNORECASE)
_GLUED_LETTERS = re.compile(r"(?<=[A-Z])\.(?=[A-Z])")
_AMENDING_CODES = ("27", "28")
_SUFFIXES = frozenset(ascii_letters) - {"o", "O"}
_BEFORE_SUFFIX = frozenset(" .-")
# A nation's list has 11,000; memory must stay bounded.
_ENDS_KNOWN = 65_536


@dataclass(frozen=True, slots=True)
class LegalNumber:
    """One number of legal entity.

    text: as it came, trimmed. family: its series; UNPARSED when no serial and office could be told apart.
    serial: digits without leading zeros. suffix: the letter behind it, small ("641a": "a"), or "".
    office: who gave it, in canonical spelling ("KWK.17.6", "DPPK.IV", "M.KUKM.2", "AH.01.26"), or "".
    month: 1-12. year: 1900-2100, two digits read by the pivot 30. Both None where not stated.
    act: AMENDMENT where the text says so (PAD, AH.01.27, AH.01.28); a list's column does not count.
    filing: the archive's classification code before the serial ("518" in "518/16/BH/…"), or "".
    """

    text: str
    family: LegalFamily
    serial: str
    suffix: str
    office: str
    month: int | None
    year: int | None
    act: Act
    filing: str = ""

    @property
    def key(self) -> str:
        """Equal for all spellings of one number, as "kwk:8091:KWK.10.22:::f"; "" when there is nothing to key on."""
        if not self.serial:
            return ""
        filing = f"{self.filing}/" if self.filing else ""
        end = _key_end(self.office, self.month, self.year, self.act)
        return f"{self.family.value}:{filing}{self.serial}{self.suffix}{end}"


# What linking needs of a `LegalNumber`: its key, its family and its act.
LegalKey = tuple[str, LegalFamily, Act]


def _key_end(office: str, month: int | None, year: int | None, act: Act) -> str:
    """A key behind its serial."""
    return f":{_letters_glued(office)}:{month or ''}:{year or ''}:{'f' if act is Act.FOUNDING else 'a'}"


@lru_cache(maxsize=16384)
def _letters_glued(office: str) -> str:
    """ "D.P.P.K.IV" as "DPPKIV": dots between letters tell no offices apart."""
    return _GLUED_LETTERS.sub("", office)


def read_legal_key(text: str) -> LegalKey | None:
    """The key, family and act of `read_legal_number(text)`, without building the rest of it: a tenth of the time.

    "440/BH/KDK.40.6/I/1999", digits and a stroke before a letter, is how nine in ten are written: the serial is cut off
    without a pattern, and what an office writes behind it is remembered. All else goes the long way.
    """
    head, _, rest = text.partition("/")
    digits, suffix, filing = head, "", ""
    if not head.isdigit():
        digits, suffix = _serial_of(head)
    elif rest[:1].isdigit() and 2 <= len(head) <= 4 and head.isascii():
        # "518/369/BH/…": an archive's code, then the number.
        filing = head
        head, _, rest = rest.partition("/")
        digits, suffix = _serial_of(head)
    if digits.isdigit() and digits.isascii():
        ends = _ENDS[rest]
        if ends is not None and digits not in FILING_CODES:
            begin, end, family, act = ends
            if filing:
                begin += f"{office_of(filing)}/"
            return f"{begin}{digits.lstrip('0') or '0'}{suffix}{end}", family, act
    elif text.startswith("AHU") and (found := _AHU.fullmatch(text)) is not None:
        end, act = _ahu_key_end(found[3], found[4])
        return f"ahu:{found[2].lstrip('0') or '0'}{end}", LegalFamily.AHU, act
    number = read_legal_number(text)
    return None if number is None else (number.key, number.family, number.act)


def _serial_of(head: str) -> tuple[str, str]:
    """Digits and small letter of "641a", "641.a" or " 641 "; ("", "") for any other shape."""
    digits = head.strip()
    if digits[-1:] not in _SUFFIXES:
        return digits, ""
    suffix, digits = digits[-1].lower(), digits[:-1]
    return (digits[:-1] if digits[-1:] in _BEFORE_SUFFIX else digits), suffix


class _KeyEnds(dict[str, tuple[str, str, LegalFamily, Act] | None]):
    """What stands before and behind the serial in the key, for the text behind "440/"; None where it is no frame."""

    def __missing__(self, rest: str) -> tuple[str, str, LegalFamily, Act] | None:
        ends = None
        first = rest.lstrip("/ ")[:1]
        if first.isascii() and first.isalpha() and (frame := frame_behind(rest)) is not None:
            end = _key_end(frame.office, frame.month, frame.year, frame.act)
            ends = f"{frame.family.value}:", end, frame.family, frame.act
        if len(self) >= _ENDS_KNOWN:
            self.clear()
        self[rest] = ends
        return ends


_ENDS = _KeyEnds()


@lru_cache(maxsize=1024)
def _ahu_key_end(code: str, year: str | None) -> tuple[str, Act]:
    office, act = _ahu_office(code)
    return _key_end(office, None, full_year(year) if year else None, act), act


def read_legal_number(text: str) -> LegalNumber | None:
    """The number that `text` states; None when it is blank or only a dash. Never raises, never guesses.

    Text without a recognisable structure comes back as UNPARSED, as it came.
    """
    labelled = _LABEL.match(text)
    if labelled is not None:
        number = read_legal_number(text[labelled.end() :])
        return None if number is None else replace(number, text=text.strip())
    if text.startswith("AHU") and (found := _AHU.fullmatch(text)) is not None:
        return _ahu(text.strip(), found)
    found = _SERIAL_FIRST.fullmatch(text)
    if found is not None:
        filing, digits, letter, rest = found.groups()
        if digits not in FILING_CODES and (frame := frame_behind(rest)) is not None:
            return LegalNumber(
                text.strip(),
                frame.family,
                digits.lstrip("0") or "0",
                letter.lower() if letter else "",
                frame.office,
                frame.month,
                frame.year,
                frame.act,
                office_of(filing) if filing else "",
            )
    return _read_rest(text)


def _read_rest(text: str) -> LegalNumber | None:
    kept = text.strip()
    if not kept.strip("-–—. "):
        return None
    found = _AHU.fullmatch(kept)
    if found is not None and (found[1] or "AH" in kept.upper()):
        return _ahu(kept, found)
    return _read_segments(kept)


def _ahu(kept: str, found: re.Match[str]) -> LegalNumber:
    _, digits, code, year = found.groups()
    office, act = _ahu_office(code)
    return LegalNumber(
        kept, LegalFamily.AHU, digits.lstrip("0") or "0", "", office, None, full_year(year) if year else None, act
    )


@lru_cache(maxsize=64)
def _ahu_office(code: str) -> tuple[str, Act]:
    digits = re.sub(r"[^0-9]", "", code.upper().replace("O", "0"))
    return f"AH.{digits[:2]}.{digits[2:]}", Act.AMENDMENT if digits[2:] in _AMENDING_CODES else Act.FOUNDING


def _read_segments(kept: str) -> LegalNumber:
    tail = tail_of(segments_of(kept))
    serial = find_serial(tail.segments, tail.year)
    if serial is not None:
        tail.segments[:] = serial.rest
        frame = frame_from(tail, filed=serial.filed)
        if frame is not None:
            return LegalNumber(
                kept,
                frame.family,
                serial.digits.lstrip("0") or "0",
                serial.letter.lower(),
                frame.office,
                frame.month,
                frame.year,
                frame.act,
                office_of(serial.filing),
            )
    return LegalNumber(kept, LegalFamily.UNPARSED, "", "", "", None, None, Act.FOUNDING)
