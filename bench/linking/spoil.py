"""How an office's own list states what the registry states otherwise. NOT to be read by whoever writes the normaliser.

In: a row of plain texts, what else there is in its regency, a random source. Out: the row as another clerk typed it. Rates
are assumptions, written in `RATES`, from the two real pairs of lists that were seen (not their rows).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

from bench.linking.names import KINDS
from telusur.demo.corruptions import misspell

__all__ = ["RATES", "Row", "spoil", "spoil_name", "spoil_twin"]

Row = dict[str, str]

RATES: Final[Mapping[str, float]] = {
    "nik_missing": 0.72,
    "legal_missing": 0.50,
    "legal_other_form": 0.45,
    "legal_wrong_digit": 0.06,
    "moved": 0.15,
    "name_abbreviated": 0.55,
    "name_slip": 0.18,
    "name_word_dropped": 0.06,
    "name_words_swapped": 0.04,
    "name_words_joined": 0.05,
    "name_place_added": 0.05,
    "name_acronym": 0.02,
    "kind_changed": 0.12,
    "date_missing": 0.40,
    "date_other_form": 0.50,
    "date_wrong": 0.04,
    "kelurahan_missing": 0.12,
    "kelurahan_misspelt": 0.12,
    "kecamatan_wrong": 0.04,
    "address_missing": 0.06,
    "address_tail_dropped": 0.30,
    "address_slip": 0.15,
    "address_number_dropped": 0.10,
    "capitals": 0.30,
}
_SHORT_WORDS: Final = {
    "Sejahtera": "Sjhtr", "Mandiri": "Mndr", "Karya": "Kry", "Makmur": "Mkmr", "Usaha": "Ush", "Harapan": "Hrpn",
    "Sumber": "Sbr", "Berkah": "Brkh", "Bersama": "Brsm", "Indonesia": "Ind", "Muhammad": "Muh", "Nusantara": "Nusa",
    "Lestari": "Lstr", "Abadi": "Abd",
}  # fmt: skip
_STREET_FORMS: Final = ("Jl. ", "Jalan ", "Jln. ", "Jln ", "JL ", "")
_STREET: Final = re.compile(r"^\s*(?:jalan|jln|jl)\b\.?\s*", re.IGNORECASE)
_TAIL: Final = re.compile(r"[, ]*\b(?:rt|rw|kel|kec|desa|ds|kab|kota)\b.*$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*,?\s*\b(?:no|nomor)\b\.?\s*\d+\w?", re.IGNORECASE)
_MONTH_WORDS: Final = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
_MONTHS: Final = _MONTH_WORDS.split()
_FORMS: Final[dict[str, tuple[str, ...]]] = {form.casefold(): forms for forms, _ in KINDS for form in forms}
_LONGEST_FIRST: Final = sorted(_FORMS, key=len, reverse=True)


def _falls(rng: Random, rate: str) -> bool:
    return rng.random() < RATES[rate]


def _pick(rng: Random, choices: Sequence[str]) -> str:
    return choices[int(rng.random() * len(choices))]


def spoil_name(name: str, rng: Random, place: str) -> str:
    """The name as another list writes it. place: the village's name."""
    lead = next((form for form in _LONGEST_FIRST if name.casefold().startswith(f"{form} ")), "")
    forms, words = _FORMS.get(lead, ("",)), name[len(lead) :].split()
    kind = name[: len(lead)]
    if _falls(rng, "kind_changed"):
        kind = _pick(rng, KINDS[int(rng.random() * len(KINDS))][0])
    elif _falls(rng, "name_abbreviated"):
        kind = _pick(rng, forms[1:] or forms)
        if rng.random() < 0.12:
            words = [_SHORT_WORDS.get(word.capitalize(), word) for word in words]
    if len(words) > 2 and _falls(rng, "name_word_dropped"):
        del words[int(rng.random() * len(words))]
    if len(words) > 1 and _falls(rng, "name_words_swapped"):
        words[-2:] = reversed(words[-2:])
    if len(words) > 1 and _falls(rng, "name_words_joined"):
        words[:2] = [words[0] + words[1].lower()]
    proper = " ".join(words)
    if _falls(rng, "name_slip"):
        proper = misspell(proper, rng, slips=1 if rng.random() < 0.75 else 2)
    if len(words) > 2 and _falls(rng, "name_acronym"):
        letters = "".join(word[0] for word in words).upper()
        proper = letters if rng.random() < 0.4 else f"{proper} ({letters})"
    elif _falls(rng, "name_place_added"):
        proper = f"{proper} {place}".strip()
    elif rng.random() < 0.06:
        proper = f'"{proper}"'
    spoilt = f"{kind} {proper}".strip()
    if _falls(rng, "capitals"):
        return spoilt.upper()
    return spoilt.title() if rng.random() < 0.1 else spoilt


def _legal(number: str, rng: Random) -> str:
    if not number.strip() or _falls(rng, "legal_missing"):
        return ""
    if _falls(rng, "legal_wrong_digit"):
        places = [at for at, sign in enumerate(number) if sign.isdigit()]
        if places:
            at = places[int(rng.random() * len(places))]
            number = f"{number[:at]}{(int(number[at]) + 1 + int(rng.random() * 9)) % 10}{number[at + 1 :]}"
    if not _falls(rng, "legal_other_form"):
        return number
    way = int(rng.random() * 5)
    if way == 0:
        return f"No. {number}"
    if way == 1:
        return number.replace("/", " / ")
    if way == 2:
        return number.lstrip("0") if number[:1] == "0" else f"0{number}"
    if way == 3:
        return number.lower()
    return re.sub(r"/[IVX]+/(?=\d{2,4}$)", "/", number)


def _date(text: str, rng: Random) -> str:
    if not text.strip() or _falls(rng, "date_missing"):
        return ""
    day, month, year = [*text.strip().split("/"), "1", "2000"][:3]
    if _falls(rng, "date_wrong"):
        day = str(1 + int(rng.random() * 28))
    if not _falls(rng, "date_other_form"):
        return f"{day}/{month}/{year}"
    way = rng.random()
    if way < 0.6:
        return f"{year}-{int(month):02}-{int(day):02}"
    if way < 0.85 or not 1 <= int(month) <= 12:
        return f"{int(day)}-{int(month)}-{year}"
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _address(text: str, rng: Random) -> str:
    if _falls(rng, "address_missing"):
        return ""
    if _falls(rng, "address_tail_dropped"):
        text = _TAIL.sub("", text) or text
    if _falls(rng, "address_number_dropped"):
        text = _NUMBER.sub("", text)
    if rng.random() < 0.5 and _STREET.search(text):
        text = _STREET.sub(_pick(rng, _STREET_FORMS), text)
    if rng.random() < 0.3:
        text = text.replace(" No. ", " No.").replace(" No ", " Nomor ")
    return misspell(text, rng) if _falls(rng, "address_slip") else text


def _kelurahan(text: str, rng: Random) -> str:
    if _falls(rng, "kelurahan_missing"):
        return ""
    if text and _falls(rng, "kelurahan_misspelt"):
        return text.replace(" ", "") if " " in text and rng.random() < 0.4 else misspell(text, rng)
    return f"Kel. {text}" if text and rng.random() < 0.06 else text


def spoil(row: Row, rng: Random, elsewhere: Row) -> Row:
    """The row as another list states it. elsewhere: a row of the same regency, where it may have moved to."""
    spoilt = dict(row)
    place = row
    if _falls(rng, "moved"):
        place = elsewhere
        # Half of those who move stay in the village.
        if rng.random() < 0.5:
            place = {**row, "address": elsewhere["address"]}
    spoilt["name"] = spoil_name(row["name"], rng, row["kelurahan"])
    if _falls(rng, "nik_missing"):
        spoilt["nik_koperasi"] = ""
    spoilt["legal_number"] = _legal(row["legal_number"], rng)
    spoilt["legal_on"] = _date(row["legal_on"], rng)
    spoilt["address"] = _address(place["address"], rng)
    spoilt["kelurahan"] = _kelurahan(place["kelurahan"], rng)
    spoilt["kecamatan"] = elsewhere["kecamatan"] if _falls(rng, "kecamatan_wrong") else place["kecamatan"]
    return spoilt


def spoil_twin(row: Row, rng: Random, nik_koperasi: str) -> Row:
    """A second entry of the registry itself: a number of its own, the name typed anew, often by the amended deed."""
    twin = {**row, "nik_koperasi": nik_koperasi}
    if rng.random() < 0.5:
        twin["name"] = misspell(row["name"], rng) if rng.random() < 0.5 else row["name"].upper()
    if rng.random() < 0.3:
        twin["address"] = _address(row["address"], rng)
    if rng.random() < 0.4:
        twin["legal_number"], twin["legal_on"] = "", ""
    return twin
