"""The verbs of areas. Each is one transaction and returns a frozen result that the door journals.

In: rows, files, an actor's name. Out: what was added, changed, left alone, refused; nothing is ever deleted here.
Source of the gazetteer: readers/package.py; of what may be written: rules/.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path

import orjson
from django.db import transaction

from telusur.areas.models import Area, AreaAlias, Crosswalk, GazetteerStamp
from telusur.areas.queries import gazetteer
from telusur.areas.readers import files, package
from telusur.areas.rules.boundaries import read_boundaries
from telusur.areas.rules.crosswalk_file import read_crosswalk
from telusur.areas.rules.loading import LoadPlan, Stored, plan_load
from telusur.areas.rules.places import AreaRefused, AreaRow, CrosswalkLine
from telusur.areas.rules.results import AliasAdded, AreasLoaded, ChangeRecorded, FileImported
from telusur.areas.rules.rows import LONGEST_NAME, ChangeKind, Successor, change_faults, parent_of
from telusur.areas.writers.rows import add_rows
from telusur.words.area_code import AreaLevel, CodeSystem
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = [
    "add_alias",
    "import_boundaries",
    "import_crosswalk",
    "keep_crosswalk",
    "load_areas",
    "load_gazetteer",
    "record_change",
]

_BATCH = 2000
_SOME = 500
_KEMENDAGRI = CodeSystem.KEMENDAGRI.value
_OLD_NAME_CONFIDENCE = 0.95
_AREA_COLUMNS = ("system", "code", "level", "name", "parent", "source", "boundary", "boundary_source")


def load_gazetteer(*, by: str) -> AreasLoaded:
    """Load every area of the package, province to kelurahan. A second call changes nothing and says so."""
    return _load(package.rows(), package.source(), by)


def load_areas(rows: Iterable[AreaRow], *, source: str, by: str) -> AreasLoaded:
    """Load areas of any source. Raises AreaRefused, with nothing written, when any row is wrong.

    An area that another source settled (an office's change, another list) is left as it is and counted as kept.
    """
    return _load(tuple(rows), source, by)


def import_boundaries(path: Path, *, by: str) -> FileImported:
    """Give areas the shapes of a GeoJSON file. Features that name no area are refused one by one.

    Raises AreaRefused, with nothing written, when the file itself cannot be read.
    """
    file = files.read(path)
    reading = read_boundaries(files.document(file), gazetteer())
    if not reading.rows_in_count:
        raise files.refused(file.name, "geojson_empty", "tidak memuat satu bidang pun dalam FeatureCollection GeoJSON")
    shapes = {boundary.code: orjson.dumps(boundary.geometry).decode() for boundary in reading.boundaries}
    changed: list[Area] = []
    with transaction.atomic():
        _lock()
        for area in _open_areas(shapes):
            if area.boundary != shapes[area.code]:
                area.boundary, area.boundary_source = shapes[area.code], file.source
                changed.append(area)
        Area.objects.bulk_update(changed, ["boundary", "boundary_source"], batch_size=_SOME)
        _stamp(bool(changed))
    count, same = len(changed), len(shapes) - len(changed)
    return FileImported(file.name, file.digest, by, reading.rows_in_count, count, same, reading.refusals)


def import_crosswalk(path: Path, system: CodeSystem, *, by: str) -> FileImported:
    """Take the codes of BPS or of the registry from a CSV beside Kemendagri's. Wrong rows are refused one by one.

    Raises AreaRefused, with nothing written, when the file itself cannot be read.
    """
    if system is CodeSystem.KEMENDAGRI:
        says = "memuat kode Kemendagri; catat sebagai perubahan wilayah"
        raise files.refused(path.name, "crosswalk_system", says)
    file = files.read(path)
    known = set(Area.objects.filter(system=_KEMENDAGRI).values_list("code", flat=True))
    reading = read_crosswalk(files.cells(file), system, known, file.source)
    if reading.refusals and not reading.rows_in_count:
        raise AreaRefused(*reading.refusals)
    if not reading.rows_in_count:
        raise files.refused(file.name, "crosswalk_empty", "tidak memuat satu baris pun")
    count = keep_crosswalk(reading.lines)
    same = len(reading.lines) - count
    return FileImported(file.name, file.digest, by, reading.rows_in_count, count, same, reading.refusals)


@transaction.atomic
def keep_crosswalk(lines: Sequence[CrosswalkLine]) -> int:
    """Keep crosswalk lines, those learnt from the registry's list included; the number that were new or changed."""
    _lock()
    systems = {line.system.value for line in lines}
    stored = {(row.system, row.code, row.to_code): row for row in Crosswalk.objects.filter(system__in=systems)}
    new: list[tuple[str, str, str, float | None, str]] = []
    changed: list[Crosswalk] = []
    for line in lines:
        row = stored.get((line.system.value, line.code, line.to_code))
        if row is None:
            new.append((line.system.value, line.code, line.to_code, line.share, line.source))
        elif row.share != line.share:
            row.share, row.source = line.share, line.source
            changed.append(row)
    add_rows("areas_crosswalk", ("system", "code", "to_code", "share", "source"), new)
    Crosswalk.objects.bulk_update(changed, ["share", "source"], batch_size=_SOME)
    count = len(new) + len(changed)
    _stamp(bool(count))
    return count


@transaction.atomic
def add_alias(
    spelling: str, code: str, *, source: str, by: str, confidence: float = _OLD_NAME_CONFIDENCE
) -> AliasAdded:
    """Teach the resolver a spelling. Refused where it is the official name of a neighbour, since it would mislead."""
    _lock()
    area = _open_area(code)
    flat = " ".join(spelling.split())
    if not flat or len(flat) > LONGEST_NAME or "\x00" in flat:
        raise _refused("spelling", flat[:40], "alias_blank", "Ejaan kosong atau terlalu panjang", "isi ejaannya")
    if not 0 < confidence < 1:
        says = "Keyakinan harus di antara 0 dan 1, keduanya tidak termasuk"
        raise _refused("confidence", str(confidence), "alias_confidence", says, "tulis misalnya 0,95")
    _need_source(source)
    siblings = Area.objects.filter(system=_KEMENDAGRI, level=area.level, valid_to__isnull=True, name__iexact=flat)
    if area.level in (AreaLevel.KECAMATAN, AreaLevel.KELURAHAN):
        siblings = siblings.filter(code__startswith=f"{code[:5]}.")
    other = siblings.first()
    if other is not None:
        says = "Ejaan ini sudah nama resmi {name}"
        reason = Reason("alias_official", says, {"name": f"{other.name} ({other.code})"})
        raise AreaRefused(Refusal(None, "spelling", flat, reason, "pilih ejaan yang tidak dipakai wilayah lain"))
    existing = AreaAlias.objects.filter(area__system=_KEMENDAGRI, area__code=code, spelling=flat).first()
    if existing is None:
        AreaAlias.objects.create(area=area, spelling=flat, confidence=confidence, source=source)
        _stamp(True)
    return AliasAdded(flat, code, area.name, confidence, source, by, existing is None)


@transaction.atomic
def record_change(
    kind: ChangeKind, code: str, *, on: date, into: Sequence[Successor], source: str, by: str
) -> ChangeRecorded:
    """Record that an area was renamed, split or replaced, from the day `on`. Raises AreaRefused otherwise.

    rename closes the old name's span and opens the new one's. split opens the new areas beside the old. replace closes
    the area; successors that exist are only pointed to (a merger), others are opened.
    """
    _lock()
    area = _open_area(code)
    _need_source(source)
    wanted = {successor.code for successor in into} | {parent_of(successor.code) for successor in into}
    opened = {row.code: row for row in Area.objects.filter(system=_KEMENDAGRI, code__in=wanted, valid_to__isnull=True)}
    children = Area.objects.filter(system=_KEMENDAGRI, parent=code, valid_to__isnull=True).count()
    faults = change_faults(kind, area.as_name(), on, into, opened, children)
    if faults:
        raise AreaRefused(*faults)
    if kind is not ChangeKind.SPLIT:
        area.valid_to = on
        area.save(update_fields=["valid_to"])
    for successor in into:
        if kind is ChangeKind.RENAME or successor.code not in opened:
            Area.objects.create(
                code=successor.code,
                level=area.level,
                name=" ".join(successor.name.split()),
                parent=parent_of(successor.code),
                valid_from=on,
                source=source,
                boundary=area.boundary if kind is ChangeKind.RENAME else None,
                boundary_source=area.boundary_source if kind is ChangeKind.RENAME else "",
            )
        if kind is not ChangeKind.RENAME:
            Crosswalk.objects.update_or_create(
                system=_KEMENDAGRI,
                code=code,
                to_code=successor.code,
                defaults={"share": successor.share, "source": source},
            )
    _stamp(True)
    return ChangeRecorded(kind, code, area.name, on, tuple(into), source, by)


def _load(rows: Sequence[AreaRow], source: str, by: str) -> AreasLoaded:
    """Compare with what is kept and write only the difference; a name that a source changed stays as an alias."""
    _need_source(source)
    with transaction.atomic():
        _lock()
        plan = plan_load(rows, _stored(rows), source)
        _insert(plan.new, source)
        _apply_changes(plan, source)
        _stamp(bool(plan.new or plan.changed))
    counts = (len(plan.new), len(plan.changed), plan.unchanged_count, plan.kept_count, plan.absent_count)
    return AreasLoaded(source, by, len(rows), *counts)


def _stored(rows: Sequence[AreaRow]) -> dict[str, Stored]:
    """The latest span of every code; shapes only where the rows bring one, since a country's are large."""
    fields = ("code", "name", "source", "valid_to")
    spans = Area.objects.filter(system=_KEMENDAGRI).order_by("valid_from", "id").values_list(*fields)
    shaped = [row.code for row in rows if row.boundary is not None]
    shapes = {area.code: area.boundary for area in _open_areas(shaped)}
    return {code: Stored(name, source, end is None, shapes.get(code)) for code, name, source, end in spans}


def _apply_changes(plan: LoadPlan, source: str) -> None:
    changed = {row.code: row for row in plan.changed}
    areas = list(_open_areas(changed))
    aliases: list[AreaAlias] = []
    for area in areas:
        row = changed[area.code]
        if area.name != row.name:
            given = {"spelling": area.name, "confidence": _OLD_NAME_CONFIDENCE, "source": area.source}
            aliases.append(AreaAlias(area=area, **given))
            area.name, area.source = row.name, source
        if row.boundary is not None:
            area.boundary, area.boundary_source = row.boundary, source
    Area.objects.bulk_update(areas, ["name", "source", "boundary", "boundary_source"], batch_size=_SOME)
    AreaAlias.objects.bulk_create(aliases, batch_size=_BATCH, ignore_conflicts=True)


def _insert(rows: Sequence[AreaRow], source: str) -> None:
    """By code, so that every index grows at its end: the country's 91,599 areas in a quarter of the ORM's time, and less."""
    values = (
        (
            _KEMENDAGRI,
            row.code,
            row.level.value,
            row.name,
            row.parent,
            source,
            row.boundary,
            source if row.boundary else "",
        )
        for row in sorted(rows, key=attrgetter("code"))
    )
    add_rows("areas_area", _AREA_COLUMNS, values)


def _open_areas(codes: Iterable[str]) -> Iterator[Area]:
    """The spans that still hold, asked for in portions: a database takes only so many values at once."""
    listed = list(codes)
    for start in range(0, len(listed), _SOME):
        portion = listed[start : start + _SOME]
        yield from Area.objects.filter(system=_KEMENDAGRI, code__in=portion, valid_to__isnull=True)


def _open_area(code: str) -> Area:
    area = Area.objects.filter(system=_KEMENDAGRI, code=code, valid_to__isnull=True).first()
    if area is None:
        says = "Tidak ada wilayah yang masih berlaku dengan kode ini"
        raise _refused("code", code[:20], "area_not_open", says, "periksa kode Kemendagrinya")
    return area


def _need_source(source: str) -> None:
    if not source.strip():
        raise _refused("source", "", "source_blank", "Sumber kosong", "sebut dari mana keterangan ini")


def _refused(column: str, value: str, code: str, says: str, mend: str) -> AreaRefused:
    return AreaRefused(Refusal(None, column, value, Reason(code, says), mend))


def _lock() -> None:
    """One change of the gazetteer at a time; on SQLite the transaction itself already sees to it."""
    GazetteerStamp.objects.get_or_create(id=1, defaults={"token": uuid.uuid4().hex})
    GazetteerStamp.objects.select_for_update().get(id=1)


def _stamp(changed: bool) -> None:
    if changed:
        GazetteerStamp.objects.filter(id=1).update(token=uuid.uuid4().hex)
