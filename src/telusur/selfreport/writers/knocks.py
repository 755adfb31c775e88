"""How often an address did a thing. In: the act, the address's mark, the instant. Out: go on, or seconds to wait."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from telusur.selfreport.models import Knock
from telusur.selfreport.rules.limits import LIMITS, PortalAct, wait_seconds, window_of

__all__ = ["knock", "waits"]


def waits(*, act: PortalAct, mark: str, at: datetime) -> int:
    """0 while an address may do a thing once more, else how many seconds to wait. Counts and writes nothing."""
    seconds = int(at.timestamp())
    window = window_of(act, seconds)
    found = Knock.objects.filter(act=act.value, mark=mark, window_number=window).first()
    return wait_seconds(act, found.done_count if found else 0, seconds)


def knock(*, act: PortalAct, mark: str, at: datetime) -> int:
    """Count one deed of an address; 0 when it may be done, else how many seconds to wait. A refused one writes nothing."""
    seconds = int(at.timestamp())
    window = window_of(act, seconds)
    if wait := waits(act=act, mark=mark, at=at):
        return wait
    with transaction.atomic():
        row, is_new = Knock.objects.get_or_create(act=act.value, mark=mark, window_number=window)
        if is_new:
            # Windows that nobody can be in any more.
            Knock.objects.filter(act=act.value, window_number__lt=window - 1).delete()
        locked = Knock.objects.select_for_update().get(pk=row.pk)
        if locked.done_count >= LIMITS[act].most:
            return wait_seconds(act, locked.done_count, seconds)
        locked.done_count += 1
        locked.save(update_fields=["done_count"])
    return 0
