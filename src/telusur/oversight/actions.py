"""The one verb of oversight: the section head's word on findings that contradict each other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.journal import actions as journal
from telusur.oversight.queries import conflict_of
from telusur.oversight.rules.protocol import same_person
from telusur.register import actions as register
from telusur.register.models import Cooperative, RecordedFact
from telusur.register.rules import NewFact, Voice
from telusur.rounds.models import Round
from telusur.rounds.rules.conflicts import DECISION_KIND, REVISIT

__all__ = ["decide_conflict"]


@transaction.atomic
def decide_conflict(
    *, round_: Round, cooperative: Cooperative, seen: Collection[int], stands: int | None, why: str, by: str, on: date
) -> RecordedFact:
    """Keep which finding stands, or (`stands` None) that somebody goes once more. The visits themselves stay as they are.

    seen: the facts that the section head had before the eyes. Raises ValueError when nothing is in dispute, when another
    visit came in meanwhile, when `stands` is none of the visits or no reason is given; PermissionError when one of the
    visits is `by`'s own.
    """
    # Locked: two people deciding at once must not both be told that theirs was taken.
    locked = Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    conflict = conflict_of(round_, locked, on, datetime.now(UTC))
    if conflict is None:
        raise ValueError("tidak ada temuan yang bertentangan pada koperasi ini")
    if conflict.awaits is not None:
        raise ValueError("kunjungan ulang sudah diminta; keputusan menunggu hasilnya")
    if set(seen) != set(conflict.fact_ids):
        raise ValueError("ada temuan baru sejak halaman ini dibuka; periksa lagi sebelum memutuskan")
    if stands is not None and stands not in conflict.fact_ids:
        raise ValueError("pilih satu dari temuan yang bertentangan, atau minta kunjungan ulang")
    if not why.strip():
        raise ValueError("keputusan perlu alasan")
    if same_person(by) in {same_person(visit.officer) for visit in conflict.visits}:
        raise PermissionError("temuan sendiri diputuskan orang lain")
    decision = NewFact(
        cooperative_id=locked.pk,
        kind=DECISION_KIND,
        value={
            "visits": sorted(conflict.fact_ids),
            "stands": REVISIT if stands is None else stands,
            "why": why.strip(),
        },
        voice=Voice.OFFICE,
        valid_on=on,
    )
    (recorded,) = register.record_facts([decision], by=by)
    journal.write(
        "conflict.decided",
        about=f"cooperative:{locked.pk}",
        by=by,
        after={
            "fact": recorded.pk,
            "visits": sorted(conflict.fact_ids),
            "stands": stands or REVISIT,
            "why": why.strip(),
        },
    )
    return recorded
