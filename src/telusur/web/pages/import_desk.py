"""The import desk: uploads that wait for a person's word, and the progress of those that run.

In: an uploaded file, then an order to take it in. Out: a folder a token below MEDIA_ROOT/impor with the file, `upload.json`
and `progress.json`. A token is taken in once, however often it is sent. The file goes as soon as its rows are in, and
after a day where nobody took it: it may hold what the register never stores.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connections

from telusur.corrections.actions import follow
from telusur.intake.actions import load_batch
from telusur.intake.ports import FileRefused
from telusur.words.refusal import Refusal

__all__ = [
    "MOST_BYTES",
    "Job",
    "Order",
    "Progress",
    "claim",
    "find_job",
    "in_thread",
    "keep_upload",
    "read_progress",
    "save_job",
    "take_in",
]

MOST_BYTES = 200 * 1024 * 1024
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")
_SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")
_KEPT_SECONDS = 24 * 3600
# Which running process wrote a progress file: after a restart the work of the one before is known to be gone.
_PROCESS = secrets.token_hex(8)
_STALE_OTHER_SECONDS = 60
_STALE_SECONDS = 600
_BETWEEN_WRITES = 0.25


@dataclass(frozen=True, slots=True)
class Job:
    """An upload. `expected`: rows that the preview counted, 0 where it could not."""

    token: str
    file_name: str
    by: str
    size: int
    expected: int = 0

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return _desk() / self.token

    @property
    def path(self) -> Path:
        """The file, under a name of our own: the person's is only shown."""
        return self.folder / f"file{Path(self.file_name).suffix.lower()}"


@dataclass(frozen=True, slots=True)
class Order:
    """How a person said to take the file in; blank layout and sheet are found by the header."""

    as_of_on: date
    layout: str
    sheet: str
    by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. state: running | done | refused | stopped. Times are seconds of the epoch."""

    state: str
    rows: int
    began: float
    written: float
    process: str = _PROCESS
    edition: int = 0
    rows_in: int = 0
    accepted: int = 0
    refused: int = 0
    warnings: int = 0
    unchanged: bool = False
    corrected: bool = False
    refusal: dict[str, object] | None = None

    @property
    def rate(self) -> int:
        """Rows a second so far."""
        return round(self.rows / max(self.written - self.began, 0.001))

    def is_stale(self, now: float) -> bool:
        """Whether it says "running" and nobody runs it any more."""
        age = now - self.written
        limit = _STALE_SECONDS if self.process == _PROCESS else _STALE_OTHER_SECONDS
        return self.state == "running" and age > limit


def _desk() -> Path:
    return Path(settings.MEDIA_ROOT) / "impor"


def keep_upload(upload: UploadedFile[bytes], by: str) -> Job | str:
    """Keep an upload under a fresh token; or the sentence that says why it was not kept."""
    name = Path(upload.name or "").name[-200:]
    if Path(name).suffix.lower() not in _SUFFIXES:
        return "berkas harus CSV, XLSX, XLS, atau ODS"
    if not upload.size:
        return "berkas ini kosong"
    if upload.size > MOST_BYTES:
        return "berkas lebih dari 200 MB; bagi menurut kabupaten/kota lalu impor satu per satu"
    _sweep()
    job = Job(secrets.token_urlsafe(18), name, by, upload.size)
    job.folder.mkdir(parents=True)
    with job.path.open("wb") as stream:
        for chunk in upload.chunks():
            stream.write(chunk)
    save_job(job)
    return job


def save_job(job: Job) -> None:
    """Write what is known of an upload."""
    _write(job.folder / "upload.json", asdict(job))


def _sweep() -> None:
    """Take away what nobody took in within a day."""
    for folder in _desk().glob("*"):
        if folder.is_dir() and time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def find_job(token: str) -> Job | None:
    """The upload of a token; None when there is none (any more)."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        return Job(**json.loads((_desk() / token / "upload.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _write(path: Path, value: object) -> None:
    """Replace a file whole: a reader never meets half of one."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    fresh.write_text(json.dumps(value), encoding="utf-8")
    fresh.replace(path)


def read_progress(job: Job) -> Progress | None:
    """How far it is; None before it began. One that nobody runs any more reads as stopped."""
    try:
        found = Progress(**json.loads((job.folder / "progress.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    return replace(found, state="stopped") if found.is_stale(time.time()) else found


def claim(job: Job) -> bool:
    """Whether the caller may take the file in: the first to ask, or the first after it stopped."""
    now = time.time()
    begun = Progress("running", 0, now, now)
    stood = read_progress(job)
    if stood is not None:
        if stood.state not in ("stopped", "refused") or not job.path.exists():
            return False
        (job.folder / "claim").unlink(missing_ok=True)
    try:
        # Made only where it is not there yet: of two requests at once, one is told no.
        os.close(os.open(job.folder / "claim", os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    _write(job.folder / "progress.json", asdict(begun))
    return True


def take_in(job: Job, order: Order) -> None:
    """Import the file and keep its progress. Whatever ends it, the progress file says so; nothing is half-written."""
    began = time.time()
    last = Progress("running", 0, began, began)
    path = job.folder / "progress.json"

    def watch(rows: int) -> None:
        nonlocal last
        now = time.time()
        if now - last.written >= _BETWEEN_WRITES:
            last = Progress("running", rows, began, now)
            _write(path, asdict(last))

    end = replace(last, state="stopped")
    try:
        report = load_batch(
            job.path,
            by=order.by,
            as_of_on=order.as_of_on,
            layout=order.layout or None,
            sheet=order.sheet or None,
            file_name=job.file_name,
            watch=watch,
        )
        # What was sent to the ministry is looked for in every list that comes in.
        follow(by=order.by)
        end = Progress(
            "done",
            report.rows_in,
            began,
            time.time(),
            edition=report.edition.pk,
            rows_in=report.rows_in,
            accepted=report.accepted,
            refused=report.refused,
            warnings=report.warnings,
            unchanged=report.unchanged,
            corrected=report.corrected,
        )
    except FileRefused as refused:
        end = replace(last, state="refused", written=time.time(), refusal=_stored(refused.refusal))
    finally:
        # A defect or a full disk ends here too: its trace goes to the log, and the page says that it stopped.
        _write(path, asdict(end))
        if end.state == "done":
            job.path.unlink(missing_ok=True)


def _stored(refusal: Refusal) -> dict[str, object]:
    return {
        "row": refusal.row,
        "column": refusal.column,
        "value": refusal.value,
        "reason": refusal.reason.as_json(),
        "mend": refusal.mend,
    }


def in_thread(work: Callable[[], None]) -> None:
    """Run `work` beside the request. Its database connections are its own and closed at its end."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    threading.Thread(target=run, name="import", daemon=True).start()
