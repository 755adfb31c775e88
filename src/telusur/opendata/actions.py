"""The verbs of the open data: write a file, have the file of today, take a snapshot.

A file is whole or not there, and the same state gives the same bytes. A snapshot is one deed in the journal; its files stand
under their hashes for ever.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import orjson
from django.conf import settings
from django.db import transaction

from telusur.journal import actions as journal
from telusur.opendata.models import Snapshot, SnapshotFile
from telusur.opendata.queries import Moment, basis, last_deed, now, rows
from telusur.opendata.rules.columns import Value
from telusur.opendata.rules.datasets import DATASETS, DataSet, Dataset
from telusur.opendata.rules.dcat import as_json_ld, as_turtle
from telusur.opendata.rules.formats import Form
from telusur.opendata.rules.manifest import Origin, Written, manifest, package
from telusur.opendata.shelf import disk
from telusur.opendata.writers import csv_file, geojson_file, jsonl_file, parquet_file, xlsx_file

__all__ = [
    "Current",
    "Unsettled",
    "current_file",
    "current_files",
    "origin_of",
    "take_snapshot",
    "write_file",
    "write_folder",
]

_Writer = Callable[[Path, Iterable[tuple[Value, ...]], DataSet], int]
_WRITERS: dict[Form, _Writer] = {
    Form.CSV: csv_file.write,
    Form.XLSX: xlsx_file.write,
    Form.PARQUET: parquet_file.write,
    Form.GEOJSON: geojson_file.write,
    Form.JSONL: jsonl_file.write,
}
# Goes up when a writer's bytes change, so that no file of an older program is served as today's.
_WRITING = 1
_TRIES = 3


class Unsettled(RuntimeError):
    """The register changed each time while the files were being written."""


class Current(NamedTuple):
    """A file of today: where it stands, and its manifest."""

    path: Path
    written: Written
    manifest: dict[str, object]


def origin_of(at: Moment) -> Origin:
    """On what the files of a moment stand."""
    stands = basis(at)
    derived = stands.derivation
    return Origin(
        on=at.on,
        known_at=at.known_at,
        law=stands.law,
        policy=stands.policy,
        rule=derived.rule_version if derived else "",
        round_name=derived.round.name if derived else "",
        editions=tuple(f"{each.source} {each.scope} {each.as_of_on.isoformat()}" for each in stands.editions),
        publisher=settings.OFFICE_NAME,
    )


def write_file(dataset: Dataset, form: Form, at: Moment, path: Path) -> Written:
    """Write one set in one form to `path`; nothing is there before it is whole. Raises OSError when the disk refuses."""
    made = path.with_name(f".{path.name}.setengah")
    try:
        count = _WRITERS[form](made, rows(dataset, at), DATASETS[dataset])
        written = Written(dataset, form, disk.hash_of(made), made.stat().st_size, count)
        disk.put(made, path)
    finally:
        made.unlink(missing_ok=True)
    return written


def write_folder(
    folder: Path, datasets: Sequence[Dataset], forms: Sequence[Form], at: Moment, address: str = ""
) -> list[Written]:
    """Write sets into a folder, each file with its manifest, with the data package and the catalogue of them all."""
    folder.mkdir(parents=True, exist_ok=True)
    origin = origin_of(at)
    files = [
        write_file(dataset, form, at, folder / f"{dataset.value}.{form.value}")
        for dataset in datasets
        for form in forms
    ]
    for file in files:
        _put_json(folder / f"{file.name}.manifest.json", manifest(file, origin))
    _put_json(folder / "datapackage.json", package(files, origin))
    (folder / "catalog.jsonld").write_text(as_json_ld(files, origin, address), encoding="utf-8")
    (folder / "catalog.ttl").write_text(as_turtle(files, origin, address), encoding="utf-8")
    return files


def _put_json(path: Path, document: dict[str, object]) -> None:
    path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


# --- the files of today ---------------------------------------------------------------------------------------------------


def _state() -> tuple[str, Moment]:
    """A name for the register as it stands: another after any deed, on another day, under another program."""
    at, last = now(), last_deed()
    columns = [(key.value, of.names) for key, of in DATASETS.items()]
    says = f"{_WRITING} {at} {last} {settings.OFFICE_NAME} {columns}"
    return hashlib.sha256(says.encode()).hexdigest()[:24], at


def current_file(dataset: Dataset, form: Form) -> Current:
    """The file of today, made where nobody has asked for it since the last deed. Raises Unsettled."""
    for _ in range(_TRIES):
        state, at = _state()
        folder = disk.current_folder(state)
        path = folder / f"{dataset.value}.{form.value}"
        beside = folder / f"{path.name}.manifest.json"
        if not beside.is_file():
            with disk.alone(path.name):
                if not beside.is_file():
                    _make_current(dataset, form, at, path, beside)
                    if _state()[0] != state:
                        beside.unlink(missing_ok=True)
                        continue
                    disk.drop_others(state)
        return _read(folder, dataset, form)
    raise Unsettled("register berubah terus selama berkas ditulis; coba lagi sebentar")


def _read(folder: Path, dataset: Dataset, form: Form) -> Current:
    path = folder / f"{dataset.value}.{form.value}"
    said = orjson.loads((folder / f"{path.name}.manifest.json").read_bytes())
    return Current(path, Written(dataset, form, said["sha256"], said["bytes"], said["rows"]), said)


def _make_current(dataset: Dataset, form: Form, at: Moment, path: Path, beside: Path) -> None:
    written = write_file(dataset, form, at, path)
    half = beside.with_name(f".{beside.name}")
    _put_json(half, manifest(written, origin_of(at)))
    disk.put(half, beside)


def current_files(*, make: bool = True) -> list[Current]:
    """Every file of today, by set and form; without `make` those that somebody has asked for already."""
    if make:
        return [current_file(dataset, form) for dataset in Dataset for form in Form]
    folder = disk.current_folder(_state()[0])
    return [
        _read(folder, dataset, form)
        for dataset in Dataset
        for form in Form
        if (folder / f"{dataset.value}.{form.value}.manifest.json").is_file()
    ]


# --- snapshots ------------------------------------------------------------------------------------------------------------


def take_snapshot(*, by: str, at: Moment | None = None) -> Snapshot:
    """Write every set in every form and keep them for ever under today's label. Raises Unsettled, OSError.

    The files are written before the transaction, so that no other deed waits for them; when one came in between, they are
    written again.
    """
    root = disk.workroom()
    for _ in range(_TRIES):
        state, moment = _state()
        moment = at or moment
        with tempfile.TemporaryDirectory(dir=root) as folder:
            files = write_folder(Path(folder), list(Dataset), list(Form), moment)
            if at is None and _state()[0] != state:
                continue
            for file in files:
                disk.keep(Path(folder) / file.name, file.sha256)
        return _record(files, moment, by)
    raise Unsettled("register berubah terus selama arsip ditulis; coba lagi sebentar")


@transaction.atomic
def _record(files: Sequence[Written], at: Moment, by: str) -> Snapshot:
    origin = origin_of(at)
    same_day = Snapshot.objects.filter(on=at.on).count()
    snapshot = Snapshot.objects.create(
        label=at.on.isoformat() + (f"-{same_day + 1}" if same_day else ""),
        on=at.on,
        known_at=at.known_at,
        law=origin.law,
        policy=origin.policy,
        made_by=by,
        made_at=datetime.now(UTC),
    )
    SnapshotFile.objects.bulk_create(
        SnapshotFile(
            snapshot=snapshot,
            dataset=file.dataset.value,
            form=file.form.value,
            sha256=file.sha256,
            byte_count=file.byte_count,
            row_count=file.row_count,
            manifest=manifest(file, origin),
        )
        for file in files
    )
    after = {"on": at.on.isoformat(), "files": {file.name: file.sha256 for file in files}}
    journal.write("opendata.snapshot_taken", about=f"snapshot:{snapshot.label}", by=by, after=after)
    return snapshot
