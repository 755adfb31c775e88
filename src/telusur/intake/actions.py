"""Bring a file in: an edition, or the corrected rows of one. All of it or nothing, and the same file twice changes nothing.

The file is guarded and read by `readers`, its rows by `rules`; `register` keeps them. Refused rows are kept whole.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from telusur.areas.queries import gazetteer, gazetteer_source
from telusur.intake.models import Batch, RefusedRow, SavedMapping
from telusur.intake.ports import refuse_file
from telusur.intake.queries import first_batch, known_layouts, open_refusals
from telusur.intake.readers.opened import RefusedCells, Request, RowSource, file_hash
from telusur.intake.readers.row_stream import open_rows
from telusur.journal import actions as journal
from telusur.register import actions as register
from telusur.register.actions import EditionDraft
from telusur.register.models import Edition
from telusur.register.rules import EntryColumns
from telusur.register.writers.bulk import taking_in, written_once
from telusur.register.writers.uncollected import uncollected
from telusur.words.reason import Reason

__all__ = ["BatchReport", "Progress", "load_batch", "save_mapping"]

Progress = Callable[[int], None]
_SCOPE_SHARE = 0.95


class _SameContent(Exception):
    """Rolls an import back that brought nothing new."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.pk)
        self.edition = edition


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What an import did. `unchanged`: the same file or the same content stood already, and nothing was written."""

    edition: Edition
    batch: Batch | None
    rows_in: int
    accepted: int
    refused: int
    warnings: int
    unchanged: bool
    corrected: bool = False

    @property
    def held(self) -> bool:
        """Whether the edition waits for a second person."""
        return self.edition.waits


class _Incoming(NamedTuple):
    """A file on its way in: what was found in it, its name for people, its hash, its day, who brings it."""

    opened: RowSource
    name: str
    mark: str
    as_of_on: date
    by: str
    watch: Progress | None


@dataclass(slots=True)
class _Count:
    """What a run through a file has met so far."""

    blank: int = 0
    refused: int = 0
    refused_content: int = 0
    regencies: Counter[tuple[str, str]] = field(default_factory=Counter)

    def scope(self) -> str:
        """The regency or city that nearly all rows name, else their province, else "gabungan"; "" where none is named.

        Two editions are compared only where source and scope agree: another city's file marks nothing absent.
        """
        for part in (0, 1):
            named: Counter[str] = Counter()
            for stated, rows in self.regencies.items():
                named[stated[part].casefold()] += rows
            name, most = max(named.items(), key=lambda item: item[1], default=("", 0))
            if name and most >= _SCOPE_SHARE * named.total():
                return " ".join(word.capitalize() for word in name.split())
        places = {(regency.casefold(), province.casefold()) for regency, province in self.regencies}
        return "gabungan" if len(places) > 1 else ""


def load_batch(
    path: Path,
    *,
    by: str,
    as_of_on: date,
    layout: str | None = None,
    sheet: str | None = None,
    file_name: str | None = None,
    is_day_stated: bool = True,
    watch: Progress | None = None,
) -> BatchReport:
    """Bring `path` in. Raises FileRefused (with its Refusal) when the file as a whole cannot be taken.

    layout: a layout's or saved mapping's name; found by the header when None.
    is_day_stated: whether a person said that the list is as of this day; where not, a file that is known brings nothing.
    watch: called with the rows read so far, every few thousand.
    """
    request = Request(path, as_of_on, known_layouts(), layout, sheet)
    with closing(open_rows(request, gazetteer, gazetteer_source)) as opened:
        mark = file_hash(path)
        same = _standing(mark, as_of_on if is_day_stated else None)
        if same is not None:
            return _unchanged(same.edition, same)
        incoming = _Incoming(opened, file_name or path.name, mark, as_of_on, by, watch)
        try:
            with taking_in(), transaction.atomic(), uncollected():
                return _correct(incoming) if opened.corrects is not None else _new_edition(incoming)
        except _SameContent as same_content:
            return _unchanged(same_content.edition, None)


@contextmanager
def serving_nobody() -> Iterator[None]:
    """Around `load_batch` in a process that serves no page: the first list of a house has the database to itself."""
    if Edition.objects.exists():
        yield
        return
    with written_once():
        yield


def _standing(mark: str, as_of_on: date | None) -> Batch | None:
    """What these bytes brought already and still stands; None where they may be brought (again).

    They may where their edition was rejected, and where the person says that the list is so on a later day while another
    edition has followed theirs: a list may turn back to what it was.
    """
    for batch in Batch.objects.filter(file_hash=mark).select_related("edition").order_by("-id"):
        edition = batch.edition
        if batch.corrects_id is None and edition.is_rejected:
            continue
        if batch.corrects_id is None and as_of_on is not None and as_of_on > edition.as_of_on:
            followed = register.edition_before(edition.source, edition.scope, as_of_on)
            if followed is not None and followed.pk != edition.pk:
                return None
        return batch
    return None


def _unchanged(edition: Edition, batch: Batch | None) -> BatchReport:
    """The answer to a file that brings nothing new: the numbers of what stands."""
    return BatchReport(
        edition,
        batch,
        batch.rows_in_count if batch else edition.rows_in_count,
        batch.accepted_count if batch else edition.accepted_count,
        batch.refused_count if batch else edition.refused_count,
        batch.warned_count if batch else edition.warned_count,
        unchanged=True,
    )


def _new_edition(incoming: _Incoming) -> BatchReport:
    opened = incoming.opened
    draft = register.begin_edition(
        source=opened.source,
        layout=opened.layout_name,
        file_name=incoming.name,
        file_hash=incoming.mark,
        header=opened.header,
        as_of_on=incoming.as_of_on,
        by=incoming.by,
    )
    count, refusals = _take_rows(incoming, draft)
    if not draft.accepted_count and not refusals:
        raise refuse_file(
            Reason("file_without_rows", "berkas memuat judul kolom tetapi tidak berisi satu baris pun"),
            "periksa apakah berkas terpotong, lalu ambil ulang",
        )
    edition = register.seal_edition(
        draft, scope=count.scope(), refused_count=count.refused, content_extra=count.refused_content, by=incoming.by
    )
    # Against the edition right before it alone: a list that turns back to an older content has changed.
    before = edition.previous
    if before is not None and before.content_hash == edition.content_hash:
        raise _SameContent(before)
    batch = _keep_batch(edition, None, incoming, draft, count, refusals)
    return _report(edition, batch)


def _correct(incoming: _Incoming) -> BatchReport:
    """Take the corrected rows of an edition. Only rows that are still refused are taken: the others stand already."""
    corrected = incoming.opened.corrects
    assert corrected is not None
    edition = Edition.objects.filter(pk=corrected, sealed_at__isnull=False).first()
    first = first_batch(edition) if edition else None
    if edition is None or first is None:
        raise refuse_file(
            Reason(
                "corrected_edition_unknown",
                "lembar perbaikan menunjuk edisi {edition} yang tidak ada",
                {"edition": str(corrected)},
            ),
            "unduh lagi lembar perbaikan dari edisi yang benar",
        )
    draft = register.resume_edition(edition)
    refused = {row.row_number for row in open_refusals(edition)}
    count, refusals = _take_rows(incoming, draft, only=refused)
    batch = _keep_batch(edition, first, incoming, draft, count, refusals)
    journal.write(
        "edition.corrected",
        about=f"edition:{edition.pk}",
        by=incoming.by,
        after={"file": incoming.name, "accepted": batch.accepted_count, "refused": batch.refused_count},
    )
    return _report(edition, batch)


def _report(edition: Edition, batch: Batch) -> BatchReport:
    return BatchReport(
        edition,
        batch,
        batch.rows_in_count,
        batch.accepted_count,
        batch.refused_count,
        batch.warned_count,
        unchanged=False,
        corrected=batch.corrects_id is not None,
    )


def _take_rows(
    incoming: _Incoming, draft: EditionDraft, only: Collection[int] | None = None
) -> tuple[_Count, list[RefusedCells]]:
    """Keep every row; with `only`, the rows of these numbers."""
    count = _Count()
    refusals: list[RefusedCells] = []
    for entries, refused, blank_count in incoming.opened.batches():
        if only is not None:
            kept = [number in only for number in entries.row_number]
            entries = EntryColumns._make(list(compress(column, kept)) for column in entries)
            refused = [cells for cells in refused if cells.refusal.row in only]
        register.add_columns(draft, entries)
        count.regencies.update(zip(entries.kabupaten_kota, entries.provinsi, strict=True))
        count.blank += blank_count
        count.refused += len(refused)
        count.refused_content += sum(_content("\x1f".join((*cells.raw, *cells.hidden))) for cells in refused)
        refusals += refused
        if incoming.watch is not None:
            incoming.watch(draft.accepted_count + count.refused)
    register.index_names(draft)
    return count, refusals


def _content(text: str) -> int:
    return int(hashlib.blake2b(text.encode(), digest_size=16).hexdigest(), 16)


def _keep_batch(
    edition: Edition,
    corrects: Batch | None,
    incoming: _Incoming,
    draft: EditionDraft,
    count: _Count,
    refusals: Sequence[RefusedCells],
) -> Batch:
    batch = Batch.objects.create(
        edition=edition,
        corrects=corrects,
        file_name=incoming.name[-200:],
        file_hash=incoming.mark,
        rows_in_count=draft.accepted_count + count.refused,
        accepted_count=draft.accepted_count,
        refused_count=count.refused,
        warned_count=draft.warned_count,
        blank_count=count.blank,
        brought_by=incoming.by,
        brought_at=datetime.now(UTC),
    )
    RefusedRow.objects.bulk_create(_refused_rows(batch, refusals), batch_size=500)
    return batch


def _refused_rows(batch: Batch, refusals: Sequence[RefusedCells]) -> Iterator[RefusedRow]:
    for refusal, raw, _ in refusals:
        yield RefusedRow(
            batch=batch,
            row_number=refusal.row or 0,
            column=refusal.column[:120],
            value=refusal.value[:300],
            reason=refusal.reason.as_json(),
            mend=refusal.mend[:300],
            raw=list(raw),
        )


@transaction.atomic
def save_mapping(*, name: str, mapping: Mapping[str, str], by: str) -> SavedMapping:
    """Keep a mapping (field → column label) under a name; a name that stands is replaced, and the journal has both."""
    before = SavedMapping.objects.filter(name=name).values_list("mapping", flat=True).first()
    saved, _ = SavedMapping.objects.update_or_create(
        name=name, defaults={"mapping": dict(mapping), "saved_by": by, "saved_at": datetime.now(UTC)}
    )
    journal.write(
        "mapping.saved",
        about=f"mapping:{name}",
        by=by,
        before={"mapping": before} if before else None,
        after={"mapping": dict(mapping)},
    )
    return saved
