"""The verbs of addresses: place every row of an edition; set a kelurahan or a point by hand, and undo it; load named places.

Each is one transaction with its journal line. A location is derived and overwritten; what people say is a fact and stays.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.addresses.models import Location, Place
from telusur.addresses.queries import (
    AREA_FACT,
    POINT_FACT,
    LocatedCounts,
    Survey,
    located_counts,
    open_survey,
)
from telusur.addresses.rules.location import Point
from telusur.addresses.rules.named_places import NamedPlace
from telusur.addresses.rules.placing import Placed
from telusur.areas.actions import keep_crosswalk
from telusur.areas.models import Area
from telusur.areas.rules import learn_ods_crosswalk
from telusur.journal import actions as journal
from telusur.register.actions import record_facts
from telusur.register.models import Cooperative, Edition, Entry, RecordedFact
from telusur.register.queries import latest_edition
from telusur.register.rules import NewFact, Voice
from telusur.words.area_code import AreaLevel, CodeSystem

__all__ = ["LocateReport", "PlacesLoaded", "load_places", "locate_all", "relocate", "set_by_hand", "undo_by_hand"]

_BATCH = 1000
_COLUMNS = (
    "kelurahan_code",
    "kecamatan_code",
    "kelurahan_name",
    "confidence",
    "tier",
    "text_tier",
    "lat",
    "lon",
    "precision",
    "source",
    "reasons",
    "last_fact_number",
)
Progress = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True)
class LocateReport:
    """What `locate_all` did. changed: rows whose place is new or another one than kept."""

    edition: Edition
    counts: LocatedCounts
    changed: int
    seconds: float


@transaction.atomic
def locate_all(*, edition: Edition, by: str, progress: Progress | None = None) -> LocateReport:
    """Place every row of an edition. A second run without news changes nothing and writes no journal line.

    progress: called with rows done, rows in all, rows per second. Raises ValueError for an edition that is not in use.
    """
    if not edition.is_in_use:
        raise ValueError("edisi ini belum dapat dipakai")
    begun = time.perf_counter()
    _learn_codes(edition)
    rows = Entry.objects.filter(edition=edition).order_by("id")
    total = rows.count()
    stated = rows.values_list("cooperative_id", "normal").iterator(_BATCH)
    changed = done = 0
    batch: list[tuple[uuid.UUID, Placed, int]] = []
    for placed in open_survey(edition).place(stated):
        batch.append(placed)
        if len(batch) == _BATCH:
            changed, done, batch = changed + _keep(edition, batch), done + len(batch), []
            if progress is not None:
                progress(done, total, done / max(time.perf_counter() - begun, 1e-9))
    changed += _keep(edition, batch)
    seconds = time.perf_counter() - begun
    if progress is not None:
        progress(total, total, total / max(seconds, 1e-9))
    counts = located_counts(edition)
    if changed:
        journal.write(
            "addresses.located",
            about=f"edition:{edition.pk}",
            by=by,
            after={
                "rows": total,
                "changed": changed,
                "resolved": counts.resolved,
                "tiers": {tier.value: count for tier, count in counts.tiers.items()},
                "precisions": {item.value: count for item, count in counts.precisions.items()},
            },
        )
    return LocateReport(edition, counts, changed, seconds)


def _learn_codes(edition: Edition) -> None:
    """The registry's own area codes, as the edition's numbers and names teach them: some rows hold a code for a name."""
    taught = Entry.objects.filter(edition=edition).exclude(kelurahan_code="").order_by("id")
    pairs = taught.values_list("cooperative__nik_koperasi", "kelurahan_code")
    keep_crosswalk(learn_ods_crosswalk((number or "", code) for number, code in pairs.iterator(2000)))


@transaction.atomic
def relocate(cooperatives: Iterable[uuid.UUID], *, survey: Survey | None = None) -> int:
    """Make the locations of some cooperatives anew, by the newest edition; how many changed.

    For a door that has just recorded a fact about a place. Its own deed is journalled, and this only follows from it.
    """
    edition = survey.edition if survey is not None else latest_edition()
    if edition is None:
        return 0
    entries = Entry.objects.filter(edition=edition, cooperative__in=list(cooperatives))
    opened = survey or open_survey(edition)
    return _keep(edition, list(opened.place(entries.values_list("cooperative_id", "normal"))))


def _row(edition: Edition, cooperative: uuid.UUID, placed: Placed, last_fact: int) -> Location:
    where = placed.location
    return Location(
        edition=edition,
        cooperative_id=cooperative,
        kelurahan_code=where.kelurahan_code,
        kecamatan_code=where.kecamatan_code,
        kelurahan_name=where.kelurahan_name[:120],
        confidence=where.confidence,
        tier=where.tier.value,
        text_tier=placed.by_text.value,
        lat=where.point.lat if where.point else None,
        lon=where.point.lon if where.point else None,
        precision=where.precision.value,
        source=where.source.value,
        reasons=[reason.as_json() for reason in where.reasons],
        last_fact_number=last_fact,
    )


def _keep(edition: Edition, placed: Sequence[tuple[uuid.UUID, Placed, int]]) -> int:
    """Write the rows that are new or another; how many."""
    kept = {
        row.cooperative_id: row
        for row in Location.objects.filter(edition=edition, cooperative__in=[ident for ident, _, _ in placed])
    }
    fresh = [_row(edition, *row) for row in placed]
    changed = [row for row in fresh if _said(kept.get(row.cooperative_id)) != _said(row)]
    Location.objects.bulk_create(
        changed, batch_size=_BATCH, update_conflicts=True, unique_fields=["edition", "cooperative"],
        update_fields=_COLUMNS,
    )  # fmt: skip
    return len(changed)


def _said(row: Location | None) -> list[object] | None:
    return None if row is None else [getattr(row, column) for column in _COLUMNS]


@transaction.atomic
def set_by_hand(
    *,
    cooperative: Cooperative,
    why: str,
    on: date,
    by: str,
    kelurahan_code: str = "",
    point: Point | None = None,
) -> list[RecordedFact]:
    """Set a kelurahan, a point or both, with the reason. What was set before is superseded and stays to be read.

    Raises ValueError without a reason, with nothing to set, or for a code of no kelurahan that holds.
    """
    why = " ".join(why.split())
    if not why:
        raise ValueError("tulis alasannya: dari mana kelurahan atau titik ini diketahui")
    said: dict[str, Mapping[str, object]] = {}
    if kelurahan_code:
        area = Area.objects.filter(
            system=CodeSystem.KEMENDAGRI.value,
            level=AreaLevel.KELURAHAN.value,
            code=kelurahan_code,
            valid_to__isnull=True,
        ).first()
        if area is None:
            raise ValueError("kelurahan dengan kode ini tidak ada di daftar wilayah")
        said[AREA_FACT] = {"code": area.code, "name": area.name, "why": why}
    if point is not None:
        said[POINT_FACT] = {"lat": point.lat, "lon": point.lon, "of": "address", "why": why}
    if not said:
        raise ValueError("pilih kelurahan atau isi lintang dan bujurnya")
    facts = [fact for kind, value in said.items() for fact in _supersede(cooperative, kind, value, on, by)]
    if facts:
        _journal("address.set_by_hand", cooperative, facts, by)
        relocate([cooperative.pk])
    return facts


@transaction.atomic
def undo_by_hand(*, cooperative: Cooperative, kind: str, why: str, on: date, by: str) -> RecordedFact:
    """Take back the office's last word of a kind (`position` or `kelurahan`); the one before it holds again.

    Nothing is deleted: a further fact says so. Raises ValueError where the office has said nothing that holds.
    """
    current = _holding(cooperative, kind)
    if current is None or current.value.get("withdrawn"):
        raise ValueError("tidak ada yang ditetapkan kantor untuk koperasi ini")
    before = _before(current)
    value = {**before.value, "restores": before.pk} if before is not None else {"withdrawn": True}
    (fact,) = _supersede(cooperative, kind, {**value, "why": " ".join(why.split())}, on, by)
    _journal("address.undone_by_hand", cooperative, [fact], by)
    relocate([cooperative.pk])
    return fact


def _before(current: RecordedFact) -> RecordedFact | None:
    """What held before the office's last word. An undone word restores an older one; undoing that goes further back."""
    fact: RecordedFact | None = current
    if current.value.get("restores"):
        fact = RecordedFact.objects.get(pk=current.value["restores"])
    earlier = fact.supersedes if fact is not None else None
    return None if earlier is None or earlier.value.get("withdrawn") else earlier


def _holding(cooperative: Cooperative, kind: str) -> RecordedFact | None:
    said = RecordedFact.objects.filter(cooperative=cooperative, kind=kind, voice=Voice.OFFICE.value)
    return said.filter(superseded_by__isnull=True).order_by("-id").first()


def _supersede(
    cooperative: Cooperative, kind: str, value: Mapping[str, object], on: date, by: str
) -> list[RecordedFact]:
    """The office's new word; none where it says the same as the one that holds."""
    # One word at a time about a cooperative: two at once would both supersede the same one.
    Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    current = _holding(cooperative, kind)
    if current is not None and current.value == value:
        return []
    new = NewFact(cooperative.pk, kind, value, Voice.OFFICE, on, supersedes=current.pk if current else None)
    return record_facts([new], by=by)


def _journal(deed: str, cooperative: Cooperative, facts: Sequence[RecordedFact], by: str) -> None:
    journal.write(
        deed,
        about=f"cooperative:{cooperative.pk}",
        by=by,
        before={fact.kind: fact.supersedes.value for fact in facts if fact.supersedes is not None},
        after={fact.kind: fact.value for fact in facts},
    )


@dataclass(frozen=True, slots=True)
class PlacesLoaded:
    """rows_in = added + known (named at the very same point already)."""

    source: str
    rows_in: int
    added: int

    @property
    def known(self) -> int:
        """Places that stood there already."""
        return self.rows_in - self.added


@transaction.atomic
def load_places(places: Sequence[NamedPlace], *, source: str, by: str) -> PlacesLoaded:
    """Take named places in. source: the file with its hash, and whose it is under which licence. Raises ValueError without.

    Nothing is deleted; the same list again changes nothing and writes no journal line.
    """
    if not source.strip():
        raise ValueError("sebutkan sumber dan lisensi tempat-tempat ini")
    standing = set(Place.objects.values_list("name", "lat", "lon"))
    moment = datetime.now(UTC)
    fresh = {(place.name, *place.point): place for place in places}
    added = [
        Place(
            name=place.name, kind=place.kind, lat=place.point.lat, lon=place.point.lon, source=source[:300],
            brought_by=by, brought_at=moment,
        )
        for key, place in fresh.items()
        if key not in standing
    ]  # fmt: skip
    Place.objects.bulk_create(added, batch_size=_BATCH)
    if added:
        journal.write("places.loaded", about="places", by=by, after={"source": source[:300], "added": len(added)})
    return PlacesLoaded(source, len(places), len(added))
