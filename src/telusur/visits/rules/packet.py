"""What a phone sent, read: a visit, or why it must wait for a person. Only what has no identity is refused.

Pure. docs/phone-protocol.md is the contract. Everything that can be kept is kept: a field that cannot be read puts the
visit into quarantine with the field's name, it never loses the visit.
"""

from __future__ import annotations

import hashlib
import json
import math
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar

from telusur.rounds.rules.visit import MINUTES_CONTENTS, Evidence, Finding, Informant
from telusur.visits.rules.form import KNOWN_FORMS, is_on_form
from telusur.words.nik import mask_citizen_numbers
from telusur.words.reason import Reason

__all__ = ["MOST_BYTES", "NamedPhoto", "Outside", "PacketRefused", "Position", "SentVisit", "hash_of", "read_packet"]

MOST_BYTES = 64 * 1024
MOST_PHOTOS = 40
_MOST_SEQUENCE = 2_000_000_000
_LONGEST = 4_000
_PHOTO_KINDS = frozenset({Evidence.PHOTO, Evidence.GEOTAGGED_PHOTO, Evidence.MEETING_MINUTES})
Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")


class PacketRefused(ValueError):
    """Bytes that are no visit at all: not JSON, no object, or no id. The message is one Indonesian sentence."""


class Position(NamedTuple):
    """Where the phone stood. WGS 84 degrees; metres. is_mock: None where the phone cannot tell."""

    lat: float
    lon: float
    accuracy_m: float | None
    altitude_m: float | None
    is_mock: bool | None
    at: datetime | None


class NamedPhoto(NamedTuple):
    """A photo that the visit names. of: place, minutes or document."""

    sha256: str
    byte_count: int
    of: str
    taken_at: datetime | None
    lat: float | None
    lon: float | None
    original_sha256: str


class Outside(NamedTuple):
    """A cooperative that the register does not list."""

    name: str
    address: str
    kelurahan: str


@dataclass(frozen=True, slots=True)
class SentVisit:
    """A packet as far as it could be read. reasons: what could not; empty where all could. elapsed_ms: milliseconds."""

    id: uuid.UUID
    device: uuid.UUID | None
    sequence: int | None
    form: int
    round_id: int | None
    cooperative: uuid.UUID | None
    outside: Outside | None
    stop: str
    finding: Finding | None
    evidence: tuple[Evidence, ...]
    informants: tuple[Informant, ...]
    note: str
    started_at: datetime | None
    finished_at: datetime | None
    elapsed_ms: int | None
    position: Position | None
    position_refused: bool
    photos: tuple[NamedPhoto, ...]
    business_on: date | None
    receipt_due_on: date | None
    number: str
    survivor: str
    meeting_year: int | None
    meeting_on: date | None
    meeting_contents: tuple[str, ...] | None
    next_step: str
    reasons: tuple[Reason, ...]


def hash_of(body: bytes) -> str:
    """SHA-256 of the bytes as sent, in hex."""
    return hashlib.sha256(body).hexdigest()


def _clean(text: str) -> str:
    """Text that any database takes: half characters and NUL are replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")


class _Fields:
    """The fields of a packet; what cannot be read is remembered by name and becomes None."""

    def __init__(self, values: Mapping[str, object], within: str = "") -> None:
        self.values, self.within = values, within
        self.unread: list[str] = []

    def _read(self, name: str, read: Callable[[object], Read]) -> Read | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return read(value)
        except (ValueError, TypeError, OverflowError, KeyError):
            self.unread.append(self.within + name)
            return None

    def text(self, name: str) -> str:
        """Text, trimmed; "" where nothing is said."""
        return self._read(name, _as_text) or ""

    def words_of_a_person(self, name: str) -> str:
        """Free text, a citizen's number in it masked. Never for hashes and ids: some look like such a number."""
        return mask_citizen_numbers(self.text(name))

    def uuid(self, name: str) -> uuid.UUID | None:
        """An id."""
        return self._read(name, lambda value: uuid.UUID(_as_text(value)))

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number within bounds."""
        return self._read(name, lambda value: _as_int(value, low, high))

    def real(self, name: str, low: float, high: float) -> float | None:
        """A number within bounds."""
        return self._read(name, lambda value: _as_real(value, low, high))

    def flag(self, name: str) -> bool | None:
        """True or false."""
        return self._read(name, _as_flag)

    def day(self, name: str) -> date | None:
        """A day."""
        return self._read(name, lambda value: date.fromisoformat(_as_text(value)[:10]))

    def instant(self, name: str) -> datetime | None:
        """An instant with its offset."""
        return self._read(name, _as_instant)

    def words(self, name: str, among: type[Word]) -> tuple[Word, ...]:
        """Words of a list, each once."""
        return (
            self._read(name, lambda value: tuple(dict.fromkeys(among(_as_text(each)) for each in _as_list(value))))
            or ()
        )

    def keys(self, name: str, among: Mapping[str, str]) -> tuple[str, ...] | None:
        """Keys of a list, each once, in the order of `among`; None where nothing is said, () where none was seen."""
        return self._read(name, lambda value: _as_keys(value, among))

    def part(self, name: str) -> _Fields | None:
        """The fields of an object within."""
        values = self._read(name, _as_object)
        return None if values is None else _Fields(values, f"{self.within}{name}.")


def _as_keys(value: object, among: Mapping[str, str]) -> tuple[str, ...]:
    said = {_as_text(each) for each in _as_list(value)}
    if said - set(among):
        raise ValueError
    return tuple(key for key in among if key in said)


def _as_text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError
    return _clean(value).strip()


def _as_int(value: object, low: int, high: int) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError
    return value


def _as_real(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError
    if not low <= value <= high:
        raise ValueError
    return float(value)


def _as_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _as_instant(value: object) -> datetime:
    at = datetime.fromisoformat(_as_text(value))
    if at.tzinfo is None:
        raise ValueError
    return at


def _as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError
    return value


def _as_object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError
    return value


def _position(fields: _Fields) -> Position | None:
    inner = fields.part("position")
    if inner is None:
        return None
    lat, lon = inner.real("lat", -90, 90), inner.real("lon", -180, 180)
    rest = (
        inner.real("accuracy_m", 0, 1e8),
        inner.real("altitude_m", -1e6, 1e7),
        inner.flag("is_mock"),
        inner.instant("at"),
    )
    fields.unread += inner.unread
    if lat is None or lon is None:
        if not inner.unread:
            fields.unread.append("position")
        return None
    return Position(lat, lon, *rest)


def _photo(fields: _Fields) -> NamedPhoto | None:
    sha256, of = fields.text("sha256").lower(), fields.text("of") or "place"
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef") or of not in ("place", "minutes", "document"):
        return None
    original = fields.text("original_sha256").lower()
    return NamedPhoto(
        sha256=sha256,
        byte_count=fields.number("size", 0, 2**40) or 0,
        of=of,
        taken_at=fields.instant("taken_at"),
        lat=fields.real("lat", -90, 90),
        lon=fields.real("lon", -180, 180),
        original_sha256=original if len(original) == 64 else "",
    )


def _photos(fields: _Fields) -> tuple[NamedPhoto, ...]:
    named = fields._read("photos", _as_list) or []
    read = [_photo(_Fields(each)) if isinstance(each, dict) else None for each in named]
    if None in read or len(read) > MOST_PHOTOS:
        fields.unread.append("photos")
    kept = {photo.sha256: photo for photo in read[:MOST_PHOTOS] if photo is not None}
    return tuple(kept.values())


def _evidence(fields: _Fields, photos: tuple[NamedPhoto, ...]) -> tuple[Evidence, ...]:
    """What was ticked, and what the photos themselves show; a tick alone is no photo."""
    ticked = [kind for kind in fields.words("evidence", Evidence) if kind not in _PHOTO_KINDS]
    places = [photo for photo in photos if photo.of == "place"]
    if any(photo.lat is not None and photo.lon is not None for photo in places):
        ticked.append(Evidence.GEOTAGGED_PHOTO)
    elif places:
        ticked.append(Evidence.PHOTO)
    if any(photo.of == "minutes" for photo in photos):
        ticked.append(Evidence.MEETING_MINUTES)
    return tuple(ticked)


def _finding(fields: _Fields) -> Finding | None:
    said = fields._read("finding", lambda value: Finding(_as_text(value)))
    if said is None and "finding" not in fields.unread:
        fields.unread.append("finding")
    if said is not None and not is_on_form(said):
        fields.unread.append("finding")
        return None
    return said


def _reasons(fields: _Fields, form: int) -> tuple[Reason, ...]:
    found = []
    if form not in KNOWN_FORMS:
        found.append(Reason("form_unknown", "versi formulir {form} tidak dikenal kantor", {"form": str(form)}))
    if fields.unread:
        names = ", ".join(dict.fromkeys(fields.unread))
        found.append(Reason("field_unread", "isi kunjungan tidak dapat dibaca pada: {names}", {"names": names}))
    return tuple(found)


def _outside(fields: _Fields) -> Outside | None:
    """What was found that no list names."""
    outside = fields.part("outside")
    if not outside:
        return None
    found = Outside(
        outside.words_of_a_person("name")[:300],
        outside.words_of_a_person("address")[:300],
        outside.words_of_a_person("kelurahan")[:120],
    )
    fields.unread += outside.unread
    return found


def read_packet(body: bytes) -> SentVisit:
    """The visit that the bytes hold. Raises PacketRefused when they cannot be kept under any id."""
    try:
        values = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise PacketRefused("kiriman bukan JSON yang utuh; kirim ulang dari aplikasi") from None
    if not isinstance(values, dict):
        raise PacketRefused("kiriman bukan satu kunjungan; kirim ulang dari aplikasi")
    try:
        ident = uuid.UUID(str(values.get("id")))
    except ValueError:
        raise PacketRefused("kiriman tanpa nomor kunjungan (id); perbarui aplikasi, lalu kirim ulang") from None
    fields = _Fields(values)
    photos, found, meeting = _photos(fields), _outside(fields), fields.part("meeting")
    cooperative = fields.uuid("cooperative")
    if cooperative is None and (found is None or not found.name) and "cooperative" not in fields.unread:
        fields.unread.append("cooperative")
    form = fields.number("form", 0, 10_000)
    year = meeting.number("for_book_year", 1950, 2200) if meeting else None
    held_on = meeting.day("held_on") if meeting else None
    contents = meeting.keys("contents", MINUTES_CONTENTS) if meeting else None
    fields.unread += meeting.unread if meeting else []
    visit = SentVisit(
        id=ident,
        device=fields.uuid("device"),
        sequence=fields.number("sequence", 1, _MOST_SEQUENCE),
        form=form if form is not None else -1,
        round_id=fields.number("round", 1, 2**31 - 1),
        cooperative=cooperative,
        outside=found if cooperative is None else None,
        stop=fields.text("stop")[:60],
        finding=_finding(fields),
        evidence=_evidence(fields, photos),
        informants=fields.words("informants", Informant),
        note=fields.words_of_a_person("note"),
        started_at=fields.instant("started_at"),
        finished_at=fields.instant("finished_at"),
        elapsed_ms=fields.number("elapsed_ms", 0, 2**40),
        position=_position(fields),
        position_refused=fields.flag("position_refused") is True,
        photos=photos,
        business_on=fields.day("business_on"),
        receipt_due_on=fields.day("receipt_due_on"),
        number=fields.words_of_a_person("number")[:120],
        survivor=fields.text("survivor")[:60],
        meeting_year=year,
        meeting_on=held_on,
        meeting_contents=contents,
        next_step=fields.text("next_step")[:60],
        reasons=(),
    )
    return replace(visit, reasons=_reasons(fields, visit.form))
