"""For which round, which day and as known when: read from an address, and the sentence for what cannot be answered.

In: the query (round, on, known_at). Out: a Moment. Without a day it is the newest derivation's own day and knowledge,
so that the page shows the figure that the office last drew up and says how old it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from telusur.register.models import RecordedFact
from telusur.rounds.models import Derivation, Round
from telusur.rounds.queries import current_round, latest_derivation
from telusur.web.pages.filters import read_day, read_instant

__all__ = ["Moment", "read_moment"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A round, a day and an instant. `problem`: why the address could not be taken as it is; "" otherwise.

    newer_count: facts that came after the derivation which the page shows; 0 where the address itself names the moment.
    """

    round: Round
    on: date
    known_at: datetime
    problem: str
    newer_count: int


def _round(request: HttpRequest) -> Round | None:
    wanted = request.GET.get("round", "")
    if not wanted:
        return current_round()
    found = Round.objects.select_related("edition").filter(pk=wanted) if wanted.isdigit() and len(wanted) < 12 else None
    if not found:
        raise Http404
    return found[0]


def read_moment(request: HttpRequest) -> Moment | None:
    """The moment that is asked for; None while no round has been opened. Raises Http404 for a round that is not there."""
    round_ = _round(request)
    if round_ is None:
        return None
    now, today = datetime.now(UTC), timezone.localdate()
    on_text, known_text = (request.GET.get(name, "").strip() for name in ("on", "known_at"))
    on, known_at = read_day(on_text), read_instant(known_text, timezone.get_current_timezone())
    problem = ""
    if (on_text and on is None) or (known_text and known_at is None):
        problem = gettext("«{text}» bukan tanggal; tulis seperti 2025-10-24.").format(
            text=on_text if on_text and on is None else known_text
        )
    elif on is not None and on > today:
        problem, on = gettext("Hari itu belum tiba; keadaannya belum dapat diturunkan."), None
    elif known_at is not None and known_at > now:
        if timezone.localtime(known_at).date() > today:
            problem = gettext("Waktu itu belum tiba; yang akan diketahui belum dapat dihitung.")
        known_at = None
    derived = latest_derivation(round_)
    if on is None and known_at is None and derived is not None:
        # A closed round's figure is final: what is learnt later belongs to a later round.
        newer = _newer(derived, now) if round_.closed_at is None else 0
        return Moment(round_, derived.on, derived.known_at, problem, newer)
    day = on or (derived.on if derived is not None else today)
    return Moment(round_, day, known_at or now, problem, 0)


def _newer(derived: Derivation, now: datetime) -> int:
    return RecordedFact.objects.filter(recorded_at__gt=derived.known_at, recorded_at__lte=now).count()
