"""What is taken away again: names at a person's right, drafts that nobody finished. Files go when the transaction stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from telusur.journal import actions as journal
from telusur.selfreport.models import Report, ReportDecision, ReportPeople, Upload
from telusur.selfreport.rules.flow import ReportState
from telusur.selfreport.uploads import store
from telusur.selfreport.writers.saying import written_why

__all__ = ["drop_old_drafts", "erase_old_people", "erase_people"]


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


@transaction.atomic
def erase_old_people(*, before: datetime, by: str) -> int:
    """Names and telephones of reports that were settled before an instant and not touched since; of how many."""
    settled = Report.objects.filter(state__in=[ReportState.ACCEPTED.value, ReportState.WITHDRAWN.value])
    newer = ReportDecision.objects.filter(decided_at__gte=before).values("submission__report")
    old = settled.filter(submitted_at__lt=before).exclude(pk__in=newer)
    done = ReportPeople.objects.filter(report__in=old).exclude(cells={}).update(cells={})
    if done:
        journal.write("report.old_people_erased", about="reports", by=by, after={"count": done})
    return done
