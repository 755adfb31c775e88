"""Legs between visits as phones measured them, for planning: the rooms visits and planning do not know each other."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from itertools import pairwise

from telusur.planning.rules.assumed import travel
from telusur.planning.rules.calibration import Leg, Pace, learn_pace
from telusur.rounds.models import Round
from telusur.visits.models import Packet, PacketState

__all__ = ["pace_of"]

_Stay = tuple[datetime, datetime, float, float]


def pace_of(round_: Round) -> Pace:
    """The pace of a round's recorded visits. Both clocks of a leg are one phone's, so that its error cancels out."""
    stays: dict[tuple[object, str], list[_Stay]] = defaultdict(list)
    for packet in Packet.objects.filter(round_id=round_.pk, state=PacketState.RECORDED).iterator(500):
        visit = packet.visit()
        where = visit.position
        if where is None or where.is_mock or visit.started_at is None or visit.finished_at is None:
            continue
        key = (packet.device_id, visit.started_at.date().isoformat())
        stays[key].append((visit.started_at, visit.finished_at, where.lat, where.lon))
    legs = []
    for day in stays.values():
        for one, other in pairwise(sorted(day)):
            metres = int(travel([one[2:], other[2:]], detour=1.0)[1][0, 1])
            legs.append(Leg(metres, (other[0] - one[1]).total_seconds()))
    return learn_pace(legs)
