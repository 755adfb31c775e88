"""Tips where a cooperative really is: kept as they are told, decided by the desk. A lead, and no evidence by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.journal import actions as journal
from telusur.register import actions as register
from telusur.register.models import Cooperative
from telusur.selfreport.models import Tip, TipDecision
from telusur.selfreport.rules.answers import clean_text
from telusur.selfreport.rules.facts import visit_request
from telusur.selfreport.writers.saying import PUBLIC, written_why

__all__ = ["decide_tip", "tell"]


@transaction.atomic
def tell(*, cooperative: Cooperative, texts: Mapping[str, str], point: tuple[float, float] | None) -> Tip:
    """Keep where somebody says that a cooperative is. Raises ValueError without a place.

    texts: where, kelurahan_code, relation, note, contact.
    """
    where = clean_text(texts.get("where", ""), 300)
    if not where:
        raise ValueError("tulis di mana koperasi itu berada")
    tip = Tip.objects.create(
        cooperative=cooperative,
        where=where,
        kelurahan_code=clean_text(texts.get("kelurahan_code", ""), 13),
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        relation=clean_text(texts.get("relation", ""), 12),
        note=clean_text(texts.get("note", ""), 1000, lines=True),
        contact=clean_text(texts.get("contact", ""), 120),
        told_at=datetime.now(UTC),
    )
    journal.write("tip.told", about=f"tip:{tip.pk}", by=PUBLIC, after={"cooperative": str(cooperative.pk)})
    return tip


@transaction.atomic
def decide_tip(*, tip: Tip, asked_visit: bool, why: str, by: str, on: date) -> TipDecision:
    """A tip becomes a visit, or is set aside; it is no evidence by itself. Raises ValueError without a reason, or twice."""
    locked = Tip.objects.select_for_update().get(pk=tip.pk)
    if TipDecision.objects.filter(tip=locked).exists():
        raise ValueError("petunjuk ini sudah diputuskan")
    words = written_why(why)
    decision = TipDecision.objects.create(
        tip=locked, asked_visit=asked_visit, why=words, decided_by=by, decided_at=datetime.now(UTC)
    )
    if asked_visit:
        where = {"address": locked.where, "lat": locked.lat, "lon": locked.lon}
        fact = visit_request(locked.cooperative_id, {"tip": str(locked.pk)}, words, on, where)
        register.record_facts([fact], by=by)
    journal.write("tip.decided", about=f"tip:{locked.pk}", by=by, after={"visit": asked_visit, "why": words})
    return decision
