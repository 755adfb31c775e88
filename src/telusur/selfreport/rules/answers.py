"""What was typed, read: each text by its field's kind, each step by what fits together; a fault names its field.

Pure. In: texts as stored, the day. Out: typed values, or a reason a field. Nothing typed is thrown away: what does not read
stays as it was written, and the page says why it does not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from telusur.selfreport.rules.fields import STEPS, AnswerKind, Field, Step, fields_of
from telusur.words.answer_code import AnswerCode, read_answer_code
from telusur.words.book_year import BookYear
from telusur.words.nik import mask_citizen_numbers
from telusur.words.reason import Reason

__all__ = ["Fault", "Read", "Texts", "clean_text", "is_begun", "read_step"]

Value = str | int | float | date
Texts = Mapping[str, str]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_DAY_SHAPES = (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})"))
_COUNT = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,9}")
_PHONE = re.compile(r"\+?[\d ().\-]{8,25}")
_LEAST_YEAR, _MOST_COUNT, _MOST_AHEAD = 1950, 1_000_000, timedelta(days=3660)
# Indonesia with its seas; a point outside is a slip of the finger.
_BOUNDS = {"lat": (-11.5, 6.5), "lon": (94.0, 142.0)}


class Fault(NamedTuple):
    """What keeps a field from being read."""

    field: str
    reason: Reason


class Read(NamedTuple):
    """A step as read: the values of the fields that do, and the faults of those that do not."""

    values: Mapping[str, Value]
    faults: tuple[Fault, ...]


def clean_text(text: str, most: int, *, lines: bool = False) -> str:
    """The text without control characters, trimmed, cut at `most`, citizens' numbers masked. lines: keep line ends."""
    text = _CONTROL.sub("", text[: 4 * most].replace("\r\n", "\n").replace("\r", "\n"))
    kept = [" ".join(line.split()) for line in text.split("\n")] if lines else [" ".join(text.split())]
    return mask_citizen_numbers("\n".join(kept).strip()[:most]).strip()


def is_begun(step: Step, texts: Texts) -> bool:
    """Whether anything of a step was answered."""
    return any(texts.get(field.name, "").strip() for field in fields_of(step))


def _day(text: str, field: Field, on: date) -> date | Reason:
    found: date | None = None
    for place, shape in enumerate(_DAY_SHAPES):
        if match := shape.fullmatch(text):
            year, month, day = (int(part) for part in (match.groups() if place == 0 else match.groups()[::-1]))
            try:
                found = date(year, month, day)
            except ValueError:
                break
    if found is None or found.year < _LEAST_YEAR:
        return Reason("report_day_unreadable", "tanggal tidak terbaca; tulis hari, bulan, tahun, misalnya 24/10/2025")
    if field.days == "past" and found > on:
        return Reason("report_day_ahead", "tanggal ini belum tiba; periksa tahunnya")
    if field.days == "future" and found < on:
        return Reason("report_day_gone", "tanggal ini sudah lewat; tulis tanggal yang akan datang")
    if found > on + _MOST_AHEAD:
        return Reason("report_day_far", "tanggal ini terlalu jauh; periksa tahunnya")
    return found


def _count(text: str, field: Field, on: date) -> int | Reason:
    if not _COUNT.fullmatch(text) or int(re.sub(r"[. ]", "", text)) > _MOST_COUNT:
        return Reason("report_count_unreadable", "tulis jumlahnya dengan angka saja, misalnya 120")
    return int(re.sub(r"[. ]", "", text))


def _year(text: str, field: Field, on: date) -> int | Reason:
    if not re.fullmatch(r"\d{4}", text) or not _LEAST_YEAR <= int(text) <= on.year:
        return Reason("report_year_unreadable", "tulis tahun buku dengan empat angka, paling lambat tahun ini")
    return int(text)


def _degrees(text: str, field: Field, on: date) -> float | Reason:
    low, high = _BOUNDS[field.name]
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = float("nan")
    if not low <= found <= high:
        return Reason(
            "report_point_unreadable", "tulis derajat di dalam Indonesia, misalnya lintang -1,2345 dan bujur 116,8345"
        )
    return round(found, 6)


def _phone(text: str, field: Field, on: date) -> str | Reason:
    if not _PHONE.fullmatch(text):
        return Reason("report_phone_unreadable", "tulis nomor telepon dengan angka, misalnya 0812 3456 7890")
    return text


def _choice(text: str, field: Field, on: date) -> str | Reason:
    if text not in {value for value, _ in field.choices}:
        return Reason("report_choice_unknown", "pilih satu dari jawaban yang tersedia")
    return text


def _code(text: str, field: Field, on: date) -> str | Reason:
    found = read_answer_code(text)
    return found.printed if isinstance(found, AnswerCode) else found


def _text(text: str, field: Field, on: date) -> str:
    return text


_READERS: Mapping[AnswerKind, Callable[[str, Field, date], Value | Reason]] = {
    AnswerKind.TEXT: _text,
    AnswerKind.LONG: _text,
    AnswerKind.AREA: _text,
    AnswerKind.DAY: _day,
    AnswerKind.COUNT: _count,
    AnswerKind.YEAR: _year,
    AnswerKind.DEGREES: _degrees,
    AnswerKind.PHONE: _phone,
    AnswerKind.CHOICE: _choice,
    AnswerKind.CODE: _code,
}


def read_step(step: Step, texts: Texts, on: date) -> Read:
    """The step's values on the day `on`. A step in which nothing was answered has no faults: it was passed over."""
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    if not is_begun(step, texts):
        return Read({}, ())
    for field in STEPS[step].fields:
        text = texts.get(field.name, "").strip()
        if not text:
            if field.required:
                faults.append(Fault(field.name, Reason("report_field_missing", "bagian ini perlu diisi")))
            continue
        found = _READERS[field.kind](text, field, on)
        if isinstance(found, Reason):
            faults.append(Fault(field.name, found))
        else:
            values[field.name] = found
    return Read(values, (*faults, *_together(step, values, texts)))


def _together(step: Step, values: Mapping[str, Value], texts: Texts) -> list[Fault]:
    """What fits field by field and not together."""
    faults: list[Fault] = []
    absent = next((name for name in ("lat", "lon") if not texts.get(name, "").strip()), "")
    if step is Step.PIN and absent:
        faults.append(
            Fault(absent, Reason("report_point_half", "titik perlu lintang dan bujur; isi keduanya atau kosongkan"))
        )
    if step is Step.MEETING:
        year, held_on = values.get("for_book_year"), values.get("held_on")
        if isinstance(year, int) and isinstance(held_on, date) and held_on <= BookYear(year).ends_on:
            says = "RAT tahun buku {year} diadakan setelah tahun itu berakhir; periksa tahun buku atau tanggalnya"
            faults.append(Fault("held_on", Reason("report_meeting_early", says, {"year": str(year)})))
        present, members = values.get("quorum_count"), values.get("meeting_member_count")
        if isinstance(present, int) and isinstance(members, int) and present > members:
            faults.append(
                Fault("quorum_count", Reason("report_quorum_above", "yang hadir tidak dapat lebih dari jumlah anggota"))
            )
    return faults
