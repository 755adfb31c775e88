"""The register's verbs: take an edition in, row by row, and seal it; accept or reject a held one; record a fact.

Each runs in the caller's or its own transaction and writes its journal line there. Nothing here reads a file.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice, repeat
from typing import Any, NamedTuple

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from telusur.journal import actions as journal
from telusur.register.models import Absence, Cooperative, Edition, EditionDecision, Entry, RecordedFact, SearchName
from telusur.register.rules import EntryColumns, NewFact, PreparedEntry, as_stated, reasons_json
from telusur.register.searchers.choose import name_search
from telusur.register.writers.bulk import add_rows
from telusur.words.reason import Reason

__all__ = [
    "EditionDraft",
    "add_columns",
    "add_entries",
    "begin_edition",
    "decide_edition",
    "edition_before",
    "fresh_ids",
    "index_names",
    "record_facts",
    "resume_edition",
    "seal_edition",
]

# More than this share of the cooperatives of the edition before absent: a second person looks before anything uses it.
HELD_ABOVE_ABSENT_SHARE = 0.02

_ENTRY_COLUMNS = (
    "edition_id",
    "cooperative_id",
    "row_number",
    "name",
    "legal_key",
    "kelurahan_code",
    "kecamatan_code",
    "kind",
    "raw",
    "normal",
    "warnings",
    "digest",
)
_REPEATED = Reason("nik_repeated", "NIK koperasi {value} sudah dipakai baris {row}; belum dianggap koperasi yang sama")
_SAME_ROW = Reason("row_repeated", "isi baris ini sama dengan baris {row}; belum dianggap koperasi yang sama")
_MODULUS = 1 << 256
_INDEXED_TOGETHER = 6_000
_IDS_TOGETHER = 1 << 16
# An arbitrary constant that names this lock among PostgreSQL's advisory locks.
_IMPORT_LOCK = 7_368_743
# RFC 9562: the four high bits of the seventh octet are the version, the two high bits of the ninth are 10.
_VERSION = bytes(octet & 0x0F | 0x40 for octet in range(256))
_VARIANT = bytes(octet & 0x3F | 0x80 for octet in range(256))


def fresh_ids() -> Iterator[str]:
    """UUIDs of version 4 as hex, many from one reading of the system's randomness: uuid4() reads it for each.

    Each reading's ids come in ascending order: four indexes of an import grow from left to right by them, which takes two
    thirds of the time. As random as ever; the order of rows in a file is no secret.
    """
    count = 256
    while True:
        drawn = bytearray(secrets.token_bytes(16 * count))
        # The seventh and the ninth octet of each.
        drawn[6::16] = drawn[6::16].translate(_VERSION)
        drawn[8::16] = drawn[8::16].translate(_VARIANT)
        text = drawn.hex()
        yield from sorted(text[start : start + 32] for start in range(0, len(text), 32))
        count = min(4 * count, _IDS_TOGETHER)


@dataclass(slots=True)
class EditionDraft:
    """An edition while its rows come in: which cooperatives are known already, and what was counted so far.

    Cooperatives by their id as hex. kept: row number and digest of each one's row, for the comparison with the edition
    before. indexed: a name under which each can be found; unindexed: names that cannot yet, with their words.
    """

    edition: Edition
    known: dict[str, str]
    kept: dict[str, tuple[int, str]] = field(default_factory=dict)
    indexed: dict[str, str] = field(default_factory=dict)
    unindexed: list[tuple[str, str, str]] = field(default_factory=list)
    new_ids: Iterator[str] = field(default_factory=fresh_ids)
    accepted_count: int = 0
    warned_count: int = 0
    content: int = 0


def edition_before(source: str, scope: str, as_of_on: date) -> Edition | None:
    """The edition that one of this day follows: the newest of the same source and scope that is in use."""
    earlier = Edition.objects.filter(
        source=source, scope=scope, as_of_on__lte=as_of_on, sealed_at__isnull=False
    ).order_by("-as_of_on", "-id")
    return next((edition for edition in earlier if edition.is_in_use), None)


def begin_edition(
    *, source: str, layout: str, file_name: str, file_hash: str, header: Sequence[str], as_of_on: date, by: str
) -> EditionDraft:
    """An unsealed edition to which rows can be added. Inside the caller's transaction."""
    _one_at_a_time()
    edition = Edition.objects.create(
        source=source,
        scope="",
        layout=layout,
        file_name=file_name[-200:],
        file_hash=file_hash,
        content_hash="",
        header=list(header),
        as_of_on=as_of_on,
        imported_by=by,
        imported_at=datetime.now(UTC),
    )
    return EditionDraft(edition, _known_cooperatives(), indexed=_indexed_names())


def resume_edition(edition: Edition) -> EditionDraft:
    """A draft for rows that were refused when `edition` came and are corrected now."""
    _one_at_a_time()
    rows = _by_id(Entry.objects.filter(edition=edition), "cooperative_id", "row_number", "digest")
    kept = {cooperative: (row, mark) for cooperative, row, mark in rows}
    return EditionDraft(edition, _known_cooperatives(), kept)


def _one_at_a_time() -> None:
    """On PostgreSQL two lists at once would both make a new cooperative; SQLite lets one writer in anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])


def _known_cooperatives() -> dict[str, str]:
    return {key: ident for ident, key in _by_id(Cooperative.objects.all(), "id", "key")}


def _indexed_names() -> dict[str, str]:
    """A name under which each cooperative is found already: most rows of the next edition bring no other."""
    return dict(_by_id(SearchName.objects.order_by("id"), "cooperative_id", "name"))


def _by_id(rows: QuerySet[Any], ident: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Rows with a cooperative's id as hex in front. As text from the database: building UUIDs takes thrice the time."""
    texts = rows.annotate(id_text=Cast(ident, TextField())).values_list("id_text", *columns)
    return ((text.replace("-", ""), *rest) for text, *rest in texts.iterator(5000))


def _row_key(prepared: PreparedEntry, repeated: bool) -> str:
    """The lasting key of a row that has no NIK of its own: what it says of itself.

    A row whose NIK another row holds already is told apart by its row number too: two rows of one edition are never
    made one without a person.
    """
    stated = as_stated(orjson.loads(prepared.normal))
    said = [prepared.name.casefold(), prepared.legal_key, stated.get("legal_on"), prepared.kabupaten_kota.casefold()]
    if repeated:
        said += [prepared.nik_koperasi, prepared.row_number]
    return "row:" + hashlib.sha256(orjson.dumps(said)).hexdigest()


class _Linked(NamedTuple):
    """Rows with the cooperatives that they speak of, as hex; `fresh` are rows of the table of cooperatives."""

    cooperatives: Sequence[str]
    fresh: list[tuple[str, str, str | None, int]]
    warnings: Sequence[str]


def add_entries(draft: EditionDraft, rows: Iterable[PreparedEntry]) -> None:
    """Write a batch of rows and the cooperatives that they bring. Inside the caller's transaction."""
    if batch := list(rows):
        add_columns(draft, EntryColumns._make(zip(*batch, strict=True)))


def add_columns(draft: EditionDraft, columns: EntryColumns) -> None:
    """`add_entries` of rows column by column: what is done to each of a hundred thousand runs inside zip and map."""
    if not columns.row_number:
        return
    edition_id = draft.edition.pk
    cooperatives, fresh, warnings = _linked(draft, columns)
    draft.kept.update(zip(cooperatives, zip(columns.row_number, columns.digest, strict=True), strict=True))
    draft.content += sum(map(int, columns.digest, repeat(16)))
    draft.warned_count += len(warnings) - warnings.count("[]")
    draft.accepted_count += len(cooperatives)
    named = zip(cooperatives, columns.name, columns.words, strict=True)
    draft.unindexed += [each for each in named if draft.indexed.get(each[0]) != each[1]] if draft.indexed else named
    add_rows("register_cooperative", ("id", "key", "nik_koperasi", "first_edition_id"), fresh)
    stored = (
        repeat(edition_id),
        cooperatives,
        columns.row_number,
        _cut(columns.name, 300),
        _cut(columns.legal_key, 120),
        columns.kelurahan_code,
        columns.kecamatan_code,
        _cut(columns.kind, 60),
        columns.raw,
        columns.normal,
        warnings,
        columns.digest,
    )
    add_rows("register_entry", _ENTRY_COLUMNS, zip(*stored, strict=False))
    # Not at the end: while the next rows are read elsewhere, this process has the time. Nor batch by batch: a tenth dearer.
    if len(draft.unindexed) >= _INDEXED_TOGETHER:
        index_names(draft)
    if any(columns.private):
        numbered = zip(columns.row_number, columns.private, strict=True)
        hidden = [(edition_id, number, cells) for number, cells in numbered if cells]
        add_rows("register_entryprivate", ("edition_id", "row_number", "cells"), hidden)


def _cut(texts: Sequence[str], longest: int) -> Sequence[str]:
    """Each text as long as its column is wide."""
    return texts if max(map(len, texts)) <= longest else [text[:longest] for text in texts]


def _linked(draft: EditionDraft, columns: EntryColumns) -> _Linked:
    """The cooperative of each row, new ones with a new id; `draft.known` knows them from here on."""
    known = draft.known
    keys = ["nik:" + (number or "") for number in columns.nik_koperasi]
    if "nik:" in keys:
        keys = [key if key != "nik:" else _row_key(columns.row(at), False) for at, key in enumerate(keys)]
    links = list(map(known.get, keys))
    if len(set(keys)) < len(keys) or not draft.kept.keys().isdisjoint(links):
        return _linked_apart(draft, columns, keys)
    new = [at for at, link in enumerate(links) if link is None]
    new_keys = [keys[at] for at in new]
    new_numbers = [columns.nik_koperasi[at] or None for at in new]
    idents = list(islice(draft.new_ids, len(new)))
    known.update(zip(new_keys, idents, strict=True))
    fresh = list(zip(idents, new_keys, new_numbers, repeat(draft.edition.pk), strict=False))
    return _Linked([known[key] for key in keys], fresh, columns.warnings)


def _linked_apart(draft: EditionDraft, columns: EntryColumns, keys: Sequence[str]) -> _Linked:
    """The same row by row, where one says what another row of the edition says already: it gets a record of its own."""
    cooperatives: list[str] = []
    warnings: list[str] = []
    fresh: list[tuple[str, str, str | None, int]] = []
    taken: dict[str, int] = {}
    for row, key in zip(map(PreparedEntry._make, zip(*columns, strict=True)), keys, strict=True):
        said, nik_koperasi = row.warnings, row.nik_koperasi
        cooperative = draft.known.get(key)
        if cooperative is not None and (cooperative in taken or cooperative in draft.kept):
            earlier = taken[cooperative] if cooperative in taken else draft.kept[cooperative][0]
            said = _with_repeat(said, nik_koperasi, earlier)
            key, nik_koperasi = _row_key(row, True), ""
            cooperative = draft.known.get(key)
        if cooperative is None:
            cooperative = draft.known[key] = next(draft.new_ids)
            fresh.append((cooperative, key, nik_koperasi or None, draft.edition.pk))
        taken[cooperative] = row.row_number
        cooperatives.append(cooperative)
        warnings.append(said)
    return _Linked(cooperatives, fresh, warnings)


def index_names(draft: EditionDraft) -> None:
    """Make the names of all rows so far findable. Once more when the last row is in."""
    name_search().index(draft.unindexed)
    draft.unindexed.clear()


def _with_repeat(warnings: str, nik_koperasi: str, row_number: int) -> str:
    """A row's stored warnings with why it got a record of its own: its number, or all it says, stands in an earlier row."""
    if nik_koperasi:
        reason = Reason(_REPEATED.code, _REPEATED.says, {"value": nik_koperasi, "row": str(row_number)})
    else:
        reason = Reason(_SAME_ROW.code, _SAME_ROW.says, {"row": str(row_number)})
    more = reasons_json([reason])
    return more if warnings == "[]" else f"{warnings[:-1]},{more[1:]}"


def seal_edition(draft: EditionDraft, *, scope: str, refused_count: int, content_extra: int, by: str) -> Edition:
    """Compare with the edition before, mark what is absent, seal and journal.

    Inside the caller's transaction. content_extra: what the refused rows add to the content's hash, so that two files
    which differ only in refused rows are told apart.
    """
    edition, kept = draft.edition, draft.kept
    index_names(draft)
    edition.previous = edition_before(edition.source, scope, edition.as_of_on)
    before: dict[str, str] = {}
    if edition.previous is not None:
        before = dict(_by_id(Entry.objects.filter(edition=edition.previous), "cooperative_id", "digest"))
    differing = [(cooperative, row) for cooperative, row in kept.items() if before.get(cooperative) != row[1]]
    absent = [cooperative for cooperative in before if cooperative not in kept]
    add_rows("register_absence", ("edition_id", "cooperative_id"), ((edition.pk, gone) for gone in absent))
    edition.scope = scope[:120]
    edition.content_hash = f"{(draft.content + content_extra) % _MODULUS:064x}"
    edition.accepted_count = draft.accepted_count
    edition.refused_count = refused_count
    edition.rows_in_count = draft.accepted_count + refused_count
    edition.warned_count = draft.warned_count
    edition.new_count = sum(cooperative not in before for cooperative, _ in differing)
    edition.changed_count = len(differing) - edition.new_count
    edition.absent_count = len(absent)
    edition.held = bool(absent) and len(absent) > HELD_ABOVE_ABSENT_SHARE * len(before)
    edition.sealed_at = datetime.now(UTC)
    edition.save()
    journal.write(
        "edition.imported",
        about=f"edition:{edition.pk}",
        by=by,
        after={
            "file": edition.file_name,
            "file_hash": edition.file_hash,
            "as_of_on": edition.as_of_on.isoformat(),
            "rows_in": edition.rows_in_count,
            "accepted": edition.accepted_count,
            "refused": edition.refused_count,
            "absent": edition.absent_count,
            "held": edition.held,
        },
    )
    return edition


@transaction.atomic
def decide_edition(*, edition: Edition, accepted: bool, why: str, by: str) -> EditionDecision:
    """A second person's word on a held edition.

    Raises PermissionError when `by` imported it, ValueError when it does not wait or no reason is given.
    """
    if not edition.waits:
        raise ValueError("edisi ini tidak menunggu keputusan")
    if by == edition.imported_by:
        raise PermissionError("edisi yang ditahan diputuskan orang kedua, bukan yang mengimpornya")
    if not why.strip():
        raise ValueError("keputusan perlu alasan")
    decision = EditionDecision.objects.create(
        edition=edition, accepted=accepted, why=why.strip(), decided_by=by, decided_at=datetime.now(UTC)
    )
    journal.write(
        "edition.accepted" if accepted else "edition.rejected",
        about=f"edition:{edition.pk}",
        by=by,
        before={"waits": True},
        after={
            "accepted": accepted,
            "why": why.strip(),
            "absent": Absence.objects.filter(edition=edition).count(),
        },
    )
    return decision


def record_facts(facts: Sequence[NewFact], *, by: str, at: datetime | None = None) -> list[RecordedFact]:
    """Append facts; those that stand already are passed over. Inside the caller's transaction, which journals the deed."""
    prints = {fact.fingerprint(): fact for fact in facts}
    standing: set[str] = set()
    marks = list(prints)
    for start in range(0, len(marks), 500):
        part = marks[start : start + 500]
        standing.update(RecordedFact.objects.filter(fingerprint__in=part).values_list("fingerprint", flat=True))
    moment = at or datetime.now(UTC)
    return RecordedFact.objects.bulk_create(
        RecordedFact(
            cooperative_id=fact.cooperative_id,
            kind=fact.kind,
            value=dict(fact.value),
            voice=fact.voice.value,
            valid_on=fact.valid_on,
            evidence=[dict(item) for item in fact.evidence],
            recorded_at=moment,
            recorded_by=by,
            supersedes_id=fact.supersedes,
            fingerprint=mark,
        )
        for mark, fact in prints.items()
        if mark not in standing
    )
