"""What is taken away again: names at a person's right, drafts that nobody finished. Files go when the transaction stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from telusur.journal import actions as journal
from telusur.selfreport.models import Report, ReportPeople, Upload
from telusur.selfreport.rules.flow import ReportState
from telusur.selfreport.uploads import store
from telusur.selfreport.writers.saying import written_why

__all__ = ["drop_old_drafts", "erase_people"]


def _drop_all(names: Collection[str]) -> None:
    for name in names:
        store.drop(name)


@transaction.atomic
def erase_people(*, report: Report, why: str, by: str) -> None:
    """Names and telephones of a report are gone (UU 27/2022); what was reported of the cooperative stays."""
    words = written_why(why)
    ReportPeople.objects.filter(report=report).update(cells={})
    journal.write("report.people_erased", about=f"report:{report.number or report.pk}", by=by, after={"why": words})


@transaction.atomic
def drop_old_drafts(*, before: datetime, by: str) -> int:
    """Drafts that nobody touched since `before` and that were never sent, with their files; how many."""
    old = list(Report.objects.filter(state=ReportState.DRAFT.value, saved_at__lt=before).values_list("pk", flat=True))
    names = list(Upload.objects.filter(report_id__in=old).values_list("name", flat=True))
    Report.objects.filter(pk__in=old).delete()
    if old:
        journal.write("report.drafts_dropped", about="reports", by=by, after={"count": len(old)})
        transaction.on_commit(lambda: _drop_all(names))
    return len(old)
