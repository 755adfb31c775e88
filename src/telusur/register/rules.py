"""The register's values: a normalised entry, a dated fact, what holds on a date, and what changed between editions.

Pure. Entries come from intake; facts from intake, visits, reports and decrees; `current_facts` says which of them hold
on a day as known at an instant; `entry_changes` compares two editions' rows field by field.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b, sha256
from typing import Any, NamedTuple

import orjson

from telusur.words.reason import Reason
from telusur.words.spelling import search_words

__all__ = [
    "ENTRY_FIELDS",
    "FACT_WORDS",
    "EntryColumns",
    "EntryValues",
    "Fact",
    "FieldChange",
    "NewFact",
    "PreparedEntry",
    "RowColumns",
    "Voice",
    "as_stated",
    "as_stored",
    "current_facts",
    "entry_changes",
    "facts_known",
    "prepare_entries",
    "prepare_entry",
    "reasons_json",
]


class EntryValues(NamedTuple):
    """One row of an edition after reading. Text is trimmed and single-spaced; None and "" mean that nothing is stated.

    A NamedTuple and not a dataclass: 115,000 of them are made in an import, and a frozen dataclass costs ten times
    as much to build. Money is in whole rupiah. Codes of areas are not here: they are resolved from the names.
    Rows are stored by position (`as_stored`): a field comes in at the end only, and none goes or moves.
    """

    name: str
    nik_koperasi: str = ""
    legal_number: str = ""
    legal_key: str = ""
    legal_on: date | None = None
    amendment_number: str = ""
    amendment_on: date | None = None
    annual_meeting_on: date | None = None
    address: str = ""
    kelurahan: str = ""
    kecamatan: str = ""
    kabupaten_kota: str = ""
    provinsi: str = ""
    form: str = ""
    kind: str = ""
    group: str = ""
    sector: str = ""
    management: str = ""
    male_member_count: int | None = None
    female_member_count: int | None = None
    member_count: int | None = None
    manager_count: int | None = None
    employee_count: int | None = None
    certificate_state: str = ""
    certificate_until_on: date | None = None
    grade: str = ""
    own_capital_rupiah: int | None = None
    outside_capital_rupiah: int | None = None
    assets_rupiah: int | None = None
    volume_rupiah: int | None = None
    surplus_rupiah: int | None = None
    report_year: int | None = None


ENTRY_FIELDS: tuple[str, ...] = EntryValues._fields
_NAME_AT = ENTRY_FIELDS.index("name")
# What linking needs of a row, in the order of `PreparedEntry`.
_LINKING = tuple(map(ENTRY_FIELDS.index, ("nik_koperasi", "name", "legal_key", "kind", "kabupaten_kota", "provinsi")))


def as_stated(stored: Sequence[object]) -> dict[str, Any]:
    """What a stored row states, by the names of `EntryValues`; a field that is null, "" or beyond the end is left out.

    Raises ValueError for more fields than are known: a newer program wrote the row.
    """
    if len(stored) > len(ENTRY_FIELDS):
        raise ValueError(f"a stored row has {len(stored)} fields, {len(ENTRY_FIELDS)} are known")
    return {name: value for name, value in zip(ENTRY_FIELDS, stored, strict=False) if value is not None and value != ""}


def as_stored(stated: Mapping[str, object]) -> list[object]:
    """The list in which what a row states is stored: by position, up to the last field stated. `as_stated` turned round.

    Raises ValueError for a name that is no field.
    """
    if unknown := stated.keys() - set(ENTRY_FIELDS):
        raise ValueError(f"no fields of an entry: {', '.join(sorted(unknown))}")
    stored = [stated.get(name) for name in ENTRY_FIELDS]
    return stored[: _stated_count(stored)]


def _stated_count(values: Sequence[object]) -> int:
    """How many values there are up to the last one stated."""
    count = len(values)
    while count and ((last := values[count - 1]) is None or last == ""):
        count -= 1
    return count


class PreparedEntry(NamedTuple):
    """A row as it will be stored: JSON texts and the digest of what it states, beside what linking needs.

    Made once a row, in whichever process reads the file. `normal` is the JSON list of `as_stored`; `private` is "" or a
    JSON list of the cells that name people; `warnings` is a JSON list of reasons. `digest`: BLAKE2b, 128 bits, of `normal`.
    `words`: those under which the name is found.
    """

    row_number: int
    nik_koperasi: str
    name: str
    legal_key: str
    kind: str
    kabupaten_kota: str
    provinsi: str
    kelurahan_code: str
    kecamatan_code: str
    raw: str
    normal: str
    warnings: str
    private: str
    digest: str
    words: str


class EntryColumns(NamedTuple):
    """Rows as they will be stored, column by column: each field of `PreparedEntry`, in its order, for all of them.

    In columns they cross a pipe and are stored: a tuple a row, made and taken apart again, cost a tenth of the storing.
    """

    row_number: Sequence[int]
    nik_koperasi: Sequence[str]
    name: Sequence[str]
    legal_key: Sequence[str]
    kind: Sequence[str]
    kabupaten_kota: Sequence[str]
    provinsi: Sequence[str]
    kelurahan_code: Sequence[str]
    kecamatan_code: Sequence[str]
    raw: Sequence[str]
    normal: Sequence[str]
    warnings: Sequence[str]
    private: Sequence[str]
    digest: Sequence[str]
    words: Sequence[str]

    def row(self, at: int) -> PreparedEntry:
        """One of the rows."""
        return PreparedEntry._make(column[at] for column in self)


def prepare_entry(
    row_number: int,
    values: EntryValues,
    raw: Sequence[str],
    private: Sequence[str] = (),
    warnings: Sequence[Reason] = (),
    *,
    kelurahan_code: str = "",
    kecamatan_code: str = "",
) -> PreparedEntry:
    """The row ready to be stored. Dates become ISO 8601; the fields behind the last one stated are cut off.

    The codes are Kemendagri's, "" where the place is unknown.
    """
    prepared = prepare_entries(
        RowColumns(
            [row_number],
            [[value] for value in values],
            len(values),
            [raw],
            [private],
            [reasons_json(warnings)],
            [kelurahan_code],
            [kecamatan_code],
        )
    )
    return prepared.row(0)


class RowColumns(NamedTuple):
    """Rows to prepare together, column by column, each part as in `prepare_entry`.

    columns: one for each field of `EntryValues`, in its order. stated_count: the fields from this one on are stated in no
    row. warnings: JSON lists of reasons.
    """

    numbers: Sequence[int]
    columns: Sequence[Sequence[Any]]
    stated_count: int
    raw: Sequence[Sequence[str]]
    private: Sequence[Sequence[str]]
    warnings: Sequence[str]
    kelurahan_codes: Sequence[str]
    kecamatan_codes: Sequence[str]


def prepare_entries(rows: RowColumns) -> EntryColumns:
    """The rows ready to be stored, see `prepare_entry`."""
    # Lists by position and not mappings: names of fields were 40 % of a row's text, and half the time of this function.
    values = zip(*rows.columns[: rows.stated_count], strict=True)
    # A last value that says something ends its row; zero says something, "" and None do not.
    normal = [orjson.dumps(row if row[-1] else row[: _stated_count(row)]) for row in values]
    return EntryColumns._make(
        (
            rows.numbers,
            *(rows.columns[at] for at in _LINKING),
            rows.kelurahan_codes,
            rows.kecamatan_codes,
            [orjson.dumps(cells).decode() for cells in rows.raw],
            list(map(bytes.decode, normal)),
            rows.warnings,
            [orjson.dumps(cells).decode() if cells else "" for cells in rows.private],
            [blake2b(text, digest_size=16).hexdigest() for text in normal],
            list(map(search_words, rows.columns[_NAME_AT])),
        )
    )


def reasons_json(reasons: Iterable[Reason]) -> str:
    """Reasons as the JSON list in which they are stored."""
    # orjson writes a dataclass as `Reason.as_json` does, in a third of the time.
    return orjson.dumps(stated).decode() if (stated := tuple(reasons)) else "[]"


class Voice(StrEnum):
    """Who says a fact. The registry's voice is read from the entry itself and never stored as a fact."""

    REGISTRY = "registry"
    VISIT = "visit"
    BOARD = "board"
    OFFICE = "office"
    DECREE = "decree"


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated, sourced statement about one cooperative.

    kind: what it speaks of (`visit`, `annual_meeting`, `business`, `dissolution`, `hold`, …).
    value: JSON-ready mapping; its keys belong to the kind.
    valid_on: the day on which it was true in the world.
    recorded_at: the instant from which the office knew it.
    supersedes: the fact that this one replaces (a mistake mended), None for a new one.
    """

    id: int
    kind: str
    value: Mapping[str, object]
    voice: Voice
    valid_on: date
    recorded_at: datetime
    recorded_by: str
    evidence: tuple[Mapping[str, object], ...] = field(default=())
    supersedes: int | None = None


# What a kind of fact is called where people read of it; on every page, paper and list the same.
FACT_WORDS: Mapping[str, str] = {
    "address": "alamat dinyatakan",
    "annual_meeting": "rapat anggota tahunan",
    "board": "susunan pengurus dinyatakan",
    "business": "keterangan usaha",
    "conflict_decision": "temuan yang berbeda diputuskan",
    "desk_contact": "dihubungi dari kantor",
    "dissolution_proposal": "pembubaran diusulkan",
    "founding_deed": "akta pendirian dinyatakan",
    "hold": "catatan di samping kode",
    "liabilities": "kerugian diperiksa",
    "meeting_plan": "rencana rapat anggota dinyatakan",
    "members": "jumlah anggota dinyatakan",
    "notice_event": "langkah surat",
    "objection": "keberatan diterima",
    "position": "letak ditetapkan",
    "premises": "tempat usaha dinyatakan",
    "self_report": "laporan pengurus",
    "visit": "kunjungan",
    "visit_request": "kunjungan diminta",
    "withdrawal": "kunjungan ditarik",
}


class NewFact(NamedTuple):
    """A fact to record. Its fingerprint says when it is the same statement again."""

    cooperative_id: uuid.UUID
    kind: str
    value: Mapping[str, object]
    voice: Voice
    valid_on: date
    evidence: Sequence[Mapping[str, object]] = ()
    supersedes: int | None = None

    def fingerprint(self) -> str:
        """SHA-256 over all that it says; equal statements share it, so a sheet brought twice adds nothing."""
        said = [
            self.cooperative_id.hex,
            self.kind,
            dict(self.value),
            self.voice.value,
            self.valid_on,
            list(self.evidence),
            self.supersedes,
        ]
        return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def facts_known(facts: Iterable[Fact], on: date, known_at: datetime) -> tuple[Fact, ...]:
    """The facts that were true by `on` and known by `known_at`, without those a known fact supersedes.

    A superseding fact counts from its own recording, whatever its day: a mended mistake stays mended even where the
    mend moves the fact's day beyond `on`. Ordered by day, then recording, then id.
    """
    known = [fact for fact in facts if fact.recorded_at <= known_at]
    replaced = {fact.supersedes for fact in known if fact.supersedes is not None}
    holding = [fact for fact in known if fact.id not in replaced and fact.valid_on <= on]
    return tuple(sorted(holding, key=lambda fact: (fact.valid_on, fact.recorded_at, fact.id)))


def current_facts(facts: Iterable[Fact], on: date, known_at: datetime) -> dict[tuple[str, Voice], Fact]:
    """The latest fact of each kind in each voice, as `facts_known` orders them. Nothing is merged across voices."""
    return {(fact.kind, fact.voice): fact for fact in facts_known(facts, on, known_at)}


class FieldChange(NamedTuple):
    """One field that differs between two rows of the same cooperative; values are JSON-ready, None when not stated."""

    field: str
    before: object
    after: object


def entry_changes(before: Mapping[str, object], after: Mapping[str, object]) -> Sequence[FieldChange]:
    """The fields that differ, in the order of `EntryValues`; a key that is absent counts as not stated."""
    return tuple(
        FieldChange(name, before.get(name), after.get(name))
        for name in ENTRY_FIELDS
        if before.get(name) != after.get(name)
    )
