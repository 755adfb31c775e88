"""A round over an invented city with outlines, officers, and a router that thinks for no time."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction

from telusur.addresses.actions import locate_all
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.planning.actions import Drafted, draft_plan, prepare, publish_plan
from telusur.planning.models import Plan
from telusur.planning.queries import due_now
from telusur.planning.rules.draft import Wishes
from telusur.planning.rules.insertion import InsertionRouter
from telusur.register import actions as register
from telusur.register.models import Cooperative, RecordedFact
from telusur.register.rules import NewFact, Voice
from telusur.rounds.actions import open_round
from telusur.rounds.models import Round
from tests.rooms.addresses.city import cooperative, lay_areas, lay_edition

__all__ = ["MONDAY", "cooperative", "drafted", "lay_round", "officer", "published", "visited"]

MONDAY = date(2026, 3, 2)
_PLACES = (("Gunung Wangi", "Tirta Utara"), ("Marga Elok", "Tirta Utara"))


def officer(name: str) -> Account:
    """An account that can be sent out."""
    return Account.objects.open(username=name, full_name=f"Rekaan {name}", role=Role.OFFICER, password=None)


def lay_round(rows: int = 24, officers: int = 2, *, lost: int = 2, outlines: bool = True) -> Round:
    """An open round; the last `lost` rows name no kelurahan."""
    lay_areas(outlines=outlines)
    placed = [(f"Jl. Rekaan No. {number}", *_PLACES[number % 2]) for number in range(rows - lost)]
    edition = lay_edition([*placed, *[("", "", "")] * lost])
    locate_all(edition=edition, by="terminal")
    for number in range(officers):
        officer(f"petugas{number}")
    return open_round(name="Putaran Uji", edition=edition, by="dewi", seed="benih-uji")


def drafted(
    round_: Round, *, on: date = MONDAY, days: int = 2, is_replan: bool = False, share: float = 0.35
) -> Drafted:
    """A draft by insertion."""
    request = prepare(round_=round_, start=on, day_count=days, is_replan=is_replan, wishes=Wishes(None, share, 1.0))
    now = datetime.now(UTC)
    due = due_now(round_, on, now)
    return draft_plan(round_=round_, due=due, request=request, router=InsertionRouter(), on=on, known_at=now)


def published(round_: Round, **wishes: object) -> Plan:
    """A published plan."""
    return publish_plan(drafted=drafted(round_, **wishes), by="dewi")  # type: ignore[arg-type]


@transaction.atomic
def visited(of: Cooperative, on: date, finding: str = "nobody_present", part: str = "morning") -> RecordedFact:
    """A visit."""
    fact = NewFact(
        cooperative_id=of.pk,
        kind="visit",
        value={"finding": finding, "officer": "petugas0", "part_of_day": part, "informants": ["rt", "occupant"]},
        voice=Voice.VISIT,
        valid_on=on,
        evidence=[{"kind": "geotagged_photo"}],
    )
    (recorded,) = register.record_facts([fact], by="terminal")
    return recorded
