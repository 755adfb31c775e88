"""Files that come to a report and files that are taken back. In: bytes. Out: a sealed file's row, or why it is refused."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from django.db import transaction

from telusur.selfreport.models import Report, Upload
from telusur.selfreport.queries import files_of
from telusur.selfreport.rules.answers import clean_text
from telusur.selfreport.rules.fields import Proof
from telusur.selfreport.rules.flow import ReportMove, cannot
from telusur.selfreport.rules.upload import look_at_upload, room_for
from telusur.selfreport.uploads import store
from telusur.selfreport.uploads.pictures import redrawn
from telusur.words.reason import Reason

__all__ = ["attach", "detach"]


def _open(report: Report) -> Report:
    """The row, held; files change only while its writer has it. Raises ValueError once it is sent."""
    held = Report.objects.select_for_update().get(pk=report.pk)
    if why := cannot(ReportMove.SUBMIT, held.as_state):
        raise ValueError(why.sentence())
    return held


def attach(*, report: Report, purpose: Proof, data: bytes, shown_name: str) -> Upload | Reason:
    """Seal a file with the report, or say why it is refused. Raises ValueError once the report is sent."""
    taken = look_at_upload(data)
    if isinstance(taken, Reason):
        return taken
    picture = redrawn(data) if taken.kind == "image" else None
    if isinstance(picture, Reason):
        return picture
    with transaction.atomic():
        held = _open(report)
        files = files_of(held)
        sha256 = hashlib.sha256(data).hexdigest()
        same = next((each for each in files if each.sha256 == sha256 and each.purpose == purpose.value), None)
        if same is not None:
            return same
        if full := room_for(len(files), sum(each.byte_count for each in files), len(data)):
            return full
        name = store.keep(data)
        if picture is not None:
            store.write_copy(name, picture)
        return Upload.objects.create(
            report=held,
            purpose=purpose.value,
            kind=taken.kind,
            sha256=sha256,
            byte_count=len(data),
            name=name,
            shown_name=clean_text(shown_name.replace("\\", "/").rpartition("/")[2], 80) or "berkas",
            has_copy=picture is not None,
            received_at=datetime.now(UTC),
        )


@transaction.atomic
def detach(*, report: Report, upload: Upload) -> None:
    """Take a file back before it is sent. One that an earlier submission names stays on the disk as its evidence."""
    held = _open(report)
    Upload.objects.filter(pk=upload.pk, report=held).update(removed_at=datetime.now(UTC))
    sent = {item["sha256"] for each in held.submissions.all() for item in each.files}
    if upload.sha256 not in sent:
        transaction.on_commit(lambda: store.drop(upload.name))
