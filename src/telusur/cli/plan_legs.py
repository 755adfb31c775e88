"""Legs between visits as phones measured them, for planning: the rooms visits and planning do not know each other."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from itertools import pairwise

from telusur.planning.rules.calibration import Leg
from telusur.rounds.models import Round
from telusur.visits.models import Packet, PacketState

__all__ = ["legs_of"]

_Stay = tuple[datetime, datetime, float, float]


def legs_of(round_: Round) -> list[Leg]:
    """The legs of a round's recorded visits, in order of time.

    Both clocks of a leg are one phone's, so that its error cancels out. A night between two visits makes a leg too long to
    count.
    """
    stays: dict[object, list[_Stay]] = defaultdict(list)
    for packet in Packet.objects.filter(round_id=round_.pk, state=PacketState.RECORDED).iterator(500):
        visit = packet.visit()
        where = visit.position
        if where is None or where.is_mock or visit.started_at is None or visit.finished_at is None:
            continue
        stays[packet.device_id].append((visit.started_at, visit.finished_at, where.lat, where.lon))
    legs = [
        (one[1], Leg(one[2:], other[2:], (other[0] - one[1]).total_seconds()))
        for phone in stays.values()
        for one, other in pairwise(sorted(phone))
    ]
    return [leg for _, leg in sorted(legs)]
