"""Reads of the register: editions with their counts, what changed between two, and all that is held of one cooperative."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import orjson
from django.db import connection
from django.db.models import Prefetch, QuerySet

from telusur.register.models import Absence, Cooperative, Edition, EditionDecision, Entry, EntryPrivate, RecordedFact
from telusur.register.rules import ENTRY_FIELDS, Fact, FieldChange, Voice, entry_changes, facts_known

__all__ = [
    "CooperativeRecord",
    "EditionDiff",
    "EditionRow",
    "EntryChange",
    "ListedRow",
    "changes_between",
    "cooperative_record",
    "edition_list",
    "editions_held",
    "editions_in_use",
    "latest_edition",
    "legal_number_of",
    "listed_rows",
    "private_cells",
    "written_id",
]

_LEGAL = ENTRY_FIELDS.index("legal_number")


class EditionRow(NamedTuple):
    """An edition as a list shows it. `state`: dipakai | ditahan | ditolak."""

    edition: int
    source: str
    scope: str
    layout: str
    as_of_on: date
    file: str
    rows_in: int
    accepted: int
    refused: int
    warnings: int
    new: int
    changed: int
    absent: int
    state: str
    imported_by: str
    imported_at: datetime


def _state(edition: Edition) -> str:
    decision: EditionDecision | None = getattr(edition, "decision", None)
    if not edition.held:
        return "dipakai"
    if decision is None:
        return "ditahan"
    return "dipakai" if decision.accepted else "ditolak"


def edition_list() -> list[EditionRow]:
    """All editions, oldest first. Rows corrected later count as accepted."""
    rows = []
    for edition in Edition.objects.filter(sealed_at__isnull=False).select_related("decision"):
        accepted = edition.accepted_count
        if edition.refused_count:
            accepted = Entry.objects.filter(edition=edition).count()
        rows.append(
            EditionRow(
                edition.pk,
                edition.source,
                edition.scope,
                edition.layout,
                edition.as_of_on,
                edition.file_name,
                edition.rows_in_count,
                accepted,
                edition.rows_in_count - accepted,
                edition.warned_count,
                edition.new_count,
                edition.changed_count,
                edition.absent_count,
                _state(edition),
                edition.imported_by,
                edition.imported_at,
            )
        )
    return rows


def editions_held(known_at: datetime) -> int:
    """How many editions waited for a second person at an instant."""
    sealed = Edition.objects.filter(held=True, sealed_at__lte=known_at)
    return sealed.exclude(decision__decided_at__lte=known_at).count()


def editions_in_use() -> QuerySet[Edition]:
    """Editions that rounds may stand on, newest first."""
    sealed = Edition.objects.filter(sealed_at__isnull=False).order_by("-as_of_on", "-id")
    return (sealed.filter(held=False) | sealed.filter(decision__accepted=True)).distinct()


def latest_edition() -> Edition | None:
    """The newest edition in use."""
    return editions_in_use().first()


class ListedRow(NamedTuple):
    """A cooperative as its newest row lists it. listed_on: of that row's edition. stated: what the row says, as stored."""

    ident: uuid.UUID
    name: str
    nik_koperasi: str
    kelurahan_code: str
    kecamatan_code: str
    stated: str
    listed_on: date
    on_newest_list: bool


@cache
def _in_use_sql() -> tuple[str, tuple[Any, ...]]:
    """The statement of `editions_in_use`, put together once: Django takes longer for that than the database to answer."""
    statement, values = editions_in_use().values_list("pk", "as_of_on").query.sql_with_params()
    return statement, tuple(values)


# By the index of the cooperatives alone: a condition on the edition would let SQLite read the whole of it.
_LISTED_CELLS = (
    "entry.cooperative_id, entry.edition_id, entry.id, entry.name, whole.nik_koperasi, entry.kelurahan_code, "
    "entry.kecamatan_code, CAST(entry.normal AS text)"
)
_LISTED_FROM = (
    "FROM register_entry entry "
    "JOIN register_cooperative whole ON whole.id = entry.cooperative_id WHERE entry.cooperative_id IN"
)


def listed_rows(idents: Sequence[uuid.UUID]) -> list[ListedRow]:
    """The newest row of each of `idents` in their order, in editions in use; without what none of them holds.

    For the public look-up, which is asked most of all pages: two plain statements.
    """
    if not idents:
        return []
    key = Cooperative._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(*_in_use_sql())
        editions = [(number, _day(listed)) for number, listed in cursor.fetchall()]
        age = {number: place for place, (number, _) in enumerate(editions)}
        values = [key.get_db_prep_value(ident, connection) for ident in idents]
        marks = ",".join(["%s"] * len(values))
        newest: dict[object, tuple[tuple[int, int], tuple[str, ...]]] = {}
        if connection.vendor == "sqlite":
            # One text for all: the driver lets go of Python's lock at every row, and another thread takes it.
            cursor.execute(f"SELECT json_group_array(json_array({_LISTED_CELLS})) {_LISTED_FROM} ({marks})", values)
            found = orjson.loads(cursor.fetchone()[0])
        else:
            cursor.execute(f"SELECT {_LISTED_CELLS} {_LISTED_FROM} ({marks})", values)
            found = cursor.fetchall()
        for held, edition, entry, *cells in found:
            rank = (age.get(edition, -1), -entry)
            if rank[0] >= 0 and (held not in newest or rank < newest[held][0]):
                newest[held] = rank, tuple(cells)
    rows = []
    for ident, value in zip(idents, values, strict=True):
        if value in newest:
            (place, _), (name, number, kelurahan, kecamatan, stated) = newest[value]
            listed_on = editions[place][1]
            rows.append(ListedRow(ident, name, number or "", kelurahan, kecamatan, stated, listed_on, place == 0))
    return rows


def _day(held: date | str) -> date:
    """A day as the driver gives it: SQLite's text, or PostgreSQL's date."""
    return held if isinstance(held, date) else date.fromisoformat(held)


class EntryChange(NamedTuple):
    """A cooperative whose row differs between two editions."""

    cooperative: str
    nik_koperasi: str
    name: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """What lies between two editions. `new` and `absent` are (id, NIK, name); absent rows are still held."""

    old: Edition
    new: Edition
    added: tuple[tuple[str, str, str], ...]
    absent: tuple[tuple[str, str, str], ...]
    changed: tuple[EntryChange, ...]
    same_count: int

    def by_field(self) -> dict[str, int]:
        """How many cooperatives changed in each field, most first."""
        return dict(Counter(change.field for row in self.changed for change in row.changes).most_common())


def _rows(edition: Edition) -> dict[uuid.UUID, tuple[str, str, str]]:
    rows = Entry.objects.filter(edition=edition).values_list(
        "cooperative_id", "digest", "name", "cooperative__nik_koperasi"
    )
    return {ident: (digest, name, number or "") for ident, digest, name, number in rows.iterator(5000)}


def legal_number_of(stated: str) -> str:
    """The legal number of a stored row's text, by position or by names as it once was (`StatedField`); "" without one."""
    held = orjson.loads(stated)
    value = held.get("legal_number") if isinstance(held, dict) else held[_LEGAL] if len(held) > _LEGAL else ""
    return str(value or "")


def written_id(held: str) -> str:
    """A cooperative's id as everybody writes it, from the database's own text; SQLite keeps it without hyphens."""
    return held if "-" in held else f"{held[:8]}-{held[8:12]}-{held[12:16]}-{held[16:20]}-{held[20:]}"


def changes_between(old: Edition, new: Edition) -> EditionDiff:
    """Compare two editions cooperative by cooperative; the fields only of those whose digests differ."""
    before, after = _rows(old), _rows(new)
    differing = [ident for ident, row in after.items() if ident in before and before[ident][0] != row[0]]
    return EditionDiff(
        old,
        new,
        tuple((ident.hex, row[2], row[1]) for ident, row in after.items() if ident not in before),
        tuple((ident.hex, row[2], row[1]) for ident, row in before.items() if ident not in after),
        tuple(_field_changes(old, new, differing, after)),
        len(before.keys() & after.keys()) - len(differing),
    )


def _field_changes(
    old: Edition, new: Edition, idents: list[uuid.UUID], after: dict[uuid.UUID, tuple[str, str, str]]
) -> Iterator[EntryChange]:
    for start in range(0, len(idents), 400):
        part = idents[start : start + 400]
        normals = {
            edition.pk: dict(
                Entry.objects.filter(edition=edition, cooperative_id__in=part).values_list("cooperative_id", "normal")
            )
            for edition in (old, new)
        }
        for ident in part:
            changes = entry_changes(normals[old.pk][ident], normals[new.pk][ident])
            yield EntryChange(ident.hex, after[ident][2], after[ident][1], tuple(changes))


@dataclass(frozen=True, slots=True)
class CooperativeRecord:
    """All that is held of one cooperative: its rows by edition and its facts."""

    cooperative: Cooperative
    entries: tuple[Entry, ...]
    absent_in: tuple[Edition, ...]
    facts: tuple[Fact, ...]

    @property
    def entry(self) -> Entry | None:
        """The newest row."""
        return self.entries[-1] if self.entries else None

    def said_by(self, voice: Voice) -> tuple[Fact, ...]:
        """The facts of one voice, newest first."""
        return tuple(fact for fact in reversed(self.facts) if fact.voice is voice)


def cooperative_record(ident: uuid.UUID, on: date, known_at: datetime) -> CooperativeRecord | None:
    """The record as it stood on `on` and was known at `known_at`; None when there is no such cooperative."""
    in_use = Entry.objects.filter(edition__in=editions_in_use()).select_related("edition").order_by("edition__as_of_on")
    found = Cooperative.objects.prefetch_related(Prefetch("entries", queryset=in_use)).filter(pk=ident).first()
    if found is None:
        return None
    recorded = [row.as_fact() for row in RecordedFact.objects.filter(cooperative=found)]
    absences = Absence.objects.filter(cooperative=found, edition__in=editions_in_use()).select_related("edition")
    return CooperativeRecord(
        cooperative=found,
        entries=tuple(found.entries.all()),
        absent_in=tuple(absence.edition for absence in absences),
        facts=facts_known(recorded, on, known_at),
    )


def private_cells(entry: Entry) -> list[str]:
    """The cells of a row that name people; empty when the edition has none or they were erased. For the office alone."""
    kept = EntryPrivate.objects.filter(edition_id=entry.edition_id, row_number=entry.row_number).first()
    return list(kept.cells) if kept else []
