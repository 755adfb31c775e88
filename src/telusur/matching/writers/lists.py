"""Keep an office's list: its rows under lasting keys, the newest values of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.db import transaction

from telusur.journal import actions as journal
from telusur.matching.models import ListRow, OfficeList
from telusur.matching.rules.judgement import values_digest
from telusur.matching.rules.subjects import row_keys

__all__ = ["keep_list"]


@transaction.atomic
def keep_list(
    name: str, file_name: str, rows: Sequence[Mapping[str, str]], by: str
) -> tuple[OfficeList, Sequence[str]]:
    """The list and its rows' keys, in their order. Rows that it held before stay, marked as no longer held. Journalled."""
    keys = row_keys(rows)
    content = values_digest({key: values_digest(row) for key, row in zip(keys, rows, strict=True)})
    known = OfficeList.objects.filter(name=name).first()
    if known is not None and known.content_hash == content:
        return known, keys
    kept, _ = OfficeList.objects.update_or_create(
        name=name,
        defaults={
            "file_name": file_name[:200],
            "content_hash": content,
            "row_count": len(rows),
            "batch_number": (known.batch_number if known else 0) + 1,
            "brought_by": by,
            "brought_at": datetime.now(UTC),
        },
    )
    ListRow.objects.bulk_create(
        [
            ListRow(office_list=kept, key=key, batch_number=kept.batch_number, row_number=number, values=dict(row))
            for number, (key, row) in enumerate(zip(keys, rows, strict=True), 1)
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["office_list", "key"],
        update_fields=["batch_number", "row_number", "values"],
    )
    journal.write(
        "list.brought",
        about=f"list:{kept.pk}",
        by=by,
        before={"rows": known.row_count} if known else None,
        after={"name": name, "file": file_name, "rows": len(rows)},
    )
    return kept, keys
