"""What a new version of a plan changed, in words: counts with their why, and each visit that moved, from where to where.

In: a plan and the changes that it keeps. Out: typed rows; nothing here writes.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext

from telusur.planning.models import Plan, PlanStop
from telusur.planning.queries import officers, plan_stops
from telusur.web.pages.planning_rows import names_of

__all__ = ["MovedLine", "changed_words", "moved_of"]


class MovedLine(NamedTuple):
    """A visit of another day or officer than before. was, now: both in words."""

    ident: uuid.UUID
    name: str
    was: str
    now: str
    why: str


def changed_words(changes: Mapping[str, Any], *, is_anew: bool = False) -> list[tuple[str, int]]:
    """(what became of them, how many), in the order of a reader's questions; empty for a plan that replaced none.

    is_anew: the plan was made from nothing, so that moving cost nothing.
    """
    if not changes:
        return []
    words = {
        "done": gettext("sudah dikunjungi"),
        "missed": gettext("terlewat, dijadwalkan lagi"),
        "added": gettext("baru masuk"),
        "settled": gettext("tidak perlu dikunjungi lagi"),
        "dropped": gettext("keluar, tidak muat atau kalah berguna"),
        "moved": gettext("pindah, karena disusun dari awal")
        if is_anew
        else gettext("pindah, harinya tidak muat lagi atau ada kunjungan yang lebih berguna"),
        "displaced": gettext("pindah, petugas atau harinya tidak ada lagi"),
    }
    kept = (gettext("tetap pada hari dan petugasnya"), int(changes.get("kept_count", 0)))
    return [kept, *((said, len(changes.get(name, ()))) for name, said in words.items())]


def moved_of(plan: Plan) -> list[MovedLine]:
    """The visits that the version moved, by name."""
    before = plan.supersedes
    moved = (
        gettext("harinya tidak muat lagi, atau ada kunjungan yang lebih berguna")
        if plan.settings.get("made_from")
        else gettext("disusun dari awal")
    )
    why = dict.fromkeys(plan.changes.get("moved", ()), moved)
    why |= {ident: gettext("petugas atau harinya tidak ada lagi") for ident in plan.changes.get("displaced", ())}
    if before is None or not why:
        return []
    people, names = officers(), names_of(plan.round, why)
    was, now = _places(before, why, people), _places(plan, why, people)
    lines = [
        MovedLine(ident := uuid.UUID(text), names.get(ident, ""), was.get(ident, ""), now.get(ident, ""), said)
        for text, said in why.items()
    ]
    return sorted(lines, key=lambda line: (line.name, str(line.ident)))


def _places(plan: Plan, idents: Mapping[str, str], people: Mapping[str, str]) -> dict[uuid.UUID, str]:
    def said(stop: PlanStop) -> str:
        day = stop.team_day
        return f"{date_format(day.on, 'D j/n')}, {people.get(day.officer, day.officer)}"

    stops = plan_stops(plan).filter(is_backup=False, cooperative_id__in=list(idents))
    return {stop.cooperative_id: said(stop) for stop in stops}
