"""Officers against their peers: the share of "not found", the share of flagged visits, back-checks asked and not made.

Pure. Nothing is said of anybody with fewer than 20 visits; what is said is a reason to look, with the figures it rests on.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from telusur.oversight.rules.chance import discoveries, spread_tail, upper_tail
from telusur.oversight.rules.trace import Check, VisitTrace
from telusur.rounds.rules.conflicts import Family, family_of
from telusur.words.reason import Reason

__all__ = ["LEAST_VISITS", "AskedCheck", "NotFoundShare", "flagged_reasons", "not_found_shares", "undone_reasons"]

LEAST_VISITS = 20
# The city's share weighs as much as this many visits of peers in the same kelurahan.
_CITY_WEIGHT = 10
_LEAST_PEERS = 5
_LEAST_DIFFERENCE = 0.10
_LEAST_RATE = 0.02
_UNDONE = 3


class AskedCheck(NamedTuple):
    """A back-check that was planned for a day now past: who was asked to make it, whose findings it checks, was it made."""

    asked: str
    of: tuple[str, ...]
    is_done: bool


class NotFoundShare(NamedTuple):
    """One officer's cooperatives in kelurahan where others went too: how many, not found, to be expected; does it stand out.

    compared: 0 where fewer than 20 of them lie in such kelurahan; then nothing is said, since the area may explain all.
    """

    officer: str
    compared: int
    not_found: int
    expected: float
    is_high: bool
    reason: Reason | None


def _is_not_found(trace: VisitTrace) -> bool:
    return family_of(trace.finding) in (None, Family.NOT_THERE)


def _last_words(traces: Iterable[VisitTrace]) -> dict[str, dict[str, VisitTrace]]:
    """Each officer's last visit to each cooperative: three attempts at one door are one "not found"."""
    last: dict[str, dict[str, VisitTrace]] = defaultdict(dict)
    for trace in sorted(traces, key=lambda each: (each.on, each.key)):
        last[trace.officer][trace.cooperative] = trace
    return last


class _Compared(NamedTuple):
    """An officer's cooperatives that can be compared: were they found, and how likely is "not found" by the others' word."""

    missed: list[bool]
    chances: list[float]


def _compared(officer: str, last: Mapping[str, Mapping[str, VisitTrace]]) -> _Compared | None:
    """None where too few of them lie in kelurahan in which others went to at least five cooperatives."""
    others = [trace for name, own in last.items() if name != officer for trace in own.values()]
    if not others:
        return None
    seen = Counter(trace.area for trace in others)
    own = [trace for trace in last[officer].values() if trace.area and seen[trace.area] >= _LEAST_PEERS]
    if len(own) < LEAST_VISITS:
        return None
    city = sum(map(_is_not_found, others)) / len(others)
    missed = Counter(trace.area for trace in others if _is_not_found(trace))
    return _Compared(
        [_is_not_found(trace) for trace in own],
        [(missed[trace.area] + _CITY_WEIGHT * city) / (seen[trace.area] + _CITY_WEIGHT) for trace in own],
    )


def not_found_shares(traces: Iterable[VisitTrace]) -> dict[str, NotFoundShare]:
    """Each officer's share of "not found" beside what the others' findings in the same kelurahan lead one to expect.

    is_high: at least ten points above, also without the other who missed least, and too far to be chance, with at most 5 %
    false alarms among those named.
    """
    last = _last_words(traces)
    compared = {officer: found for officer in last if (found := _compared(officer, last)) is not None}
    distances = {
        officer: (sum(found.missed) - sum(found.chances))
        / math.sqrt(max(1e-9, sum(each * (1 - each) for each in found.chances)))
        for officer, found in compared.items()
    }
    wide = spread_tail(distances)
    tails = {
        officer: max(wide[officer], upper_tail(found.chances, sum(found.missed))) for officer, found in compared.items()
    }
    high = {officer for officer in discoveries(tails) if _stands_without_the_luckiest(officer, last)}
    return {officer: _share(officer, compared.get(officer), officer in high) for officer in last}


def _missed_share(visits: Collection[VisitTrace]) -> float:
    return sum(map(_is_not_found, visits)) / len(visits)


def _stands_without_the_luckiest(officer: str, last: Mapping[str, Mapping[str, VisitTrace]]) -> bool:
    """Whether the difference stays without the other who missed least: one who "finds" all must not name the rest."""
    luckiest = min(
        (name for name in last if name != officer), key=lambda name: (_missed_share(last[name].values()), name)
    )
    found = _compared(officer, {name: own for name, own in last.items() if name != luckiest})
    return found is None or _is_far(found)


def _is_far(found: _Compared) -> bool:
    return sum(found.missed) - sum(found.chances) >= _LEAST_DIFFERENCE * len(found.missed)


def _share(officer: str, found: _Compared | None, stands_out: bool) -> NotFoundShare:
    if found is None:
        return NotFoundShare(officer, 0, 0, 0.0, False, None)
    count, missed, expected = len(found.missed), sum(found.missed), sum(found.chances)
    is_high = stands_out and _is_far(found)
    why = None
    if is_high:
        why = Reason(
            "officer_not_found_share",
            "{missed} dari {count} koperasi «belum ditemukan»; menurut temuan petugas lain di kelurahan yang sama "
            "sekitar {expected}",
            {"missed": str(missed), "count": str(count), "expected": f"{expected:.0f}"},
        )
    return NotFoundShare(officer, count, missed, expected, is_high, why)


def flagged_reasons(traces: Iterable[VisitTrace], flagged: Collection[str]) -> dict[str, Reason]:
    """Officers whose share of visits with a strong flag stands out. flagged: the keys of such visits.

    The measure is the middle officer, not the mean: a few who invent a lot must not make it usual. An officer's worst day
    does not count: one day typed at home from paper names nobody.
    """
    days: dict[str, dict[date, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for trace in traces:
        days[trace.officer][trace.on].append(trace.key in flagged)
    counted: dict[str, list[bool]] = {}
    for officer, worked in days.items():
        if sum(map(len, worked.values())) >= LEAST_VISITS:
            worst = max(worked, key=lambda on: (sum(worked[on]), on))
            counted[officer] = [mark for on, marks in worked.items() if on != worst for mark in marks]
    rates = {officer: sum(marks) / len(marks) for officer, marks in counted.items() if marks}
    usual = {
        officer: max(_LEAST_RATE, statistics.median([rate for name, rate in rates.items() if name != officer] or [0.0]))
        for officer in rates
    }
    tails = {officer: upper_tail([usual[officer]] * len(counted[officer]), sum(counted[officer])) for officer in rates}
    return {
        officer: Reason(
            "officer_flagged_share",
            "{flagged} dari {count} kunjungan bertanda kuat, di luar hari terburuknya; petugas lain sekitar {usual}",
            {
                "flagged": str(sum(counted[officer])),
                "count": str(len(counted[officer])),
                "usual": f"{usual[officer] * len(counted[officer]):.0f}",
            },
        )
        for officer in discoveries(tails)
        if rates[officer] - usual[officer] >= _LEAST_DIFFERENCE
    }


def undone_reasons(asked: Iterable[AskedCheck]) -> dict[str, list[Reason]]:
    """Who did not make the back-checks asked of them, and whose findings stay unchecked though a check was asked for."""
    made: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for item in asked:
        made["asked", item.asked].append(item.is_done)
        for officer in item.of:
            made["of", officer].append(item.is_done)
    told: dict[str, list[Reason]] = defaultdict(list)
    for (part, officer), done in sorted(made.items()):
        undone = done.count(False)
        if undone < _UNDONE or undone * 2 < len(done):
            continue
        values = {"undone": str(undone), "count": str(len(done))}
        told[officer].append(
            Reason(
                "officer_check_not_made",
                "{undone} dari {count} pemeriksaan ulang yang ditugaskan kepadanya tidak dilakukan",
                values,
            )
            if part == "asked"
            else Reason(
                "officer_not_checked",
                "{undone} dari {count} pemeriksaan ulang atas temuannya dijadwalkan dan tidak terlaksana",
                values,
            )
        )
    return dict(told)


# The check that each of these reasons belongs to, for the page's headings.
CHECK_OF_REASON: dict[str, Check] = {
    "officer_not_found_share": Check.NOT_FOUND_SHARE,
    "officer_flagged_share": Check.FLAGGED_SHARE,
    "officer_check_not_made": Check.BACK_CHECK_UNDONE,
    "officer_not_checked": Check.BACK_CHECK_UNDONE,
}
