"""Reads of the doors for machines: the token of a request, what an event says, the tables of the pages and the terminal."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from telusur.api.models import ApiToken, Delivery, DeliveryAttempt, Endpoint
from telusur.api.rules.events import EventKind
from telusur.api.rules.tokens import PREFIX, hash_of
from telusur.api.rules.webhooks import DeliveryState
from telusur.corrections.models import FateRow
from telusur.corrections.rules.fate import Fate
from telusur.journal.models import JournalLine
from telusur.notices.models import Notice
from telusur.register.models import Cooperative, Entry
from telusur.rounds.models import Derivation, RowDisposition

__all__ = ["deliveries", "endpoints", "event_data", "kelurahan_by_number", "kelurahan_of", "token_of", "tokens"]

# An event names this many at most; whoever needs all of them reads the set.
_MOST_NAMED = 500


def token_of(text: str) -> ApiToken | None:
    """The token of a text, in force or not."""
    if not text.startswith(PREFIX):
        return None
    return ApiToken.objects.select_related("account").filter(token_hash=hash_of(text)).first()


def tokens() -> QuerySet[ApiToken]:
    """Every token that was issued, the newest first."""
    return ApiToken.objects.select_related("account")


def kelurahan_of(cooperative: Cooperative) -> str:
    """The kelurahan's code of a cooperative's newest row; "" where it states none."""
    newest = Entry.objects.filter(cooperative=cooperative).order_by("-edition__as_of_on", "-id")
    return newest.values_list("kelurahan_code", flat=True).first() or ""


def event_data(kind: EventKind, line: JournalLine) -> dict[str, object]:
    """What an event says: ids and links."""
    after, number = line.after or {}, line.about.partition(":")[2]
    if kind is EventKind.EDITION_IMPORTED:
        return {"edition": int(number), "as_of_on": after.get("as_of_on"), "link": "/api/v1/cooperatives"}
    if kind is EventKind.VERDICT_CHANGED:
        return _verdicts(int(str(after["derivation"])))
    if kind in (EventKind.NOTICE_PUBLISHED, EventKind.NOTICE_RETRACTED):
        token = Notice.objects.filter(pk=int(str(after.get("notice") or 0))).values_list("token", flat=True).first()
        return {"notice": token, "link": f"/api/v1/notices/{token}"}
    if kind is EventKind.REPORT_RECEIVED:
        return {"report": int(number), "link": f"/laporan/{number}/"}
    if kind is EventKind.CORRECTION_LANDED:
        return _landed(line)
    return {}


def _verdicts(derivation: int) -> dict[str, object]:
    """Whose code is another than in the round's answer before; all that have one, where it is the first."""
    now = Derivation.objects.get(pk=derivation)
    before = Derivation.objects.filter(round=now.round_id, pk__lt=now.pk).order_by("-pk").first()
    was = dict(RowDisposition.objects.filter(derivation=before).values_list("cooperative_id", "code")) if before else {}
    held = (
        RowDisposition.objects.filter(derivation=now).values_list("cooperative_id", "code").order_by("cooperative_id")
    )
    changed = [str(ident) for ident, code in held.iterator(5000) if was.get(ident) != code]
    return {
        "round": now.round_id,
        "on": now.on.isoformat(),
        "changed_count": len(changed),
        "cooperatives": changed[:_MOST_NAMED],
        "is_cut": len(changed) > _MOST_NAMED,
        "link": "/api/v1/cooperatives",
    }


def _landed(line: JournalLine) -> dict[str, object]:
    """The changes whose fate was found to be «landed» in the deed of this line."""
    since = JournalLine.objects.filter(deed=line.deed, number__lt=line.number).order_by("-number").first()
    found = FateRow.objects.filter(fate=Fate.LANDED.value, followed_at__lte=line.at)
    if since is not None:
        found = found.filter(followed_at__gt=since.at)
    numbers = list(found.order_by("change_id").values_list("change_id", flat=True).distinct()[: _MOST_NAMED + 1])
    return {"corrections": numbers[:_MOST_NAMED], "is_cut": len(numbers) > _MOST_NAMED, "link": "/usulan/"}


def endpoints() -> QuerySet[Endpoint]:
    """Every endpoint, the living first, with `delivered`, `waiting` and `given_up` counts."""
    counts = {state.value: Count("deliveries", filter=Q(deliveries__state=state.value)) for state in DeliveryState}
    return Endpoint.objects.annotate(**counts).order_by("ended_at", "added_at")


def deliveries(endpoint: uuid.UUID | None = None, *, within: timedelta = timedelta(days=30)) -> QuerySet[Delivery]:
    """The log of a month: messages with their attempts, the newest first."""
    found = Delivery.objects.filter(event__happened_at__gte=datetime.now(UTC) - within)
    if endpoint is not None:
        found = found.filter(endpoint=endpoint)
    attempts = Prefetch("attempts", queryset=DeliveryAttempt.objects.order_by("id"))
    return found.select_related("event", "endpoint").prefetch_related(attempts)


def kelurahan_by_number(numbers: Collection[str]) -> dict[str, str]:
    """By NIK koperasi: the kelurahan's code of its newest row. Numbers that no row has are left out."""
    found: dict[str, str] = {}
    held = Entry.objects.filter(cooperative__nik_koperasi__in=[number for number in numbers if number])
    for number, code in held.order_by("edition__as_of_on", "id").values_list(
        "cooperative__nik_koperasi", "kelurahan_code"
    ):
        found[str(number)] = code
    return found
