"""Checks of what was copied or hurried: photos seen before, texts that repeat, forms filled too fast.

Pure. Photos of places are compared by a 64-bit perceptual hash, all photos by SHA-256; an officer is measured against the
others, never against himself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from telusur.oversight.rules.trace import Check, Flag, VisitTrace
from telusur.rounds.rules.conflicts import Family, family_of
from telusur.words.reason import Reason

__all__ = ["ALIKE_BITS", "copy_flags"]

# Of 64 bits. To be tuned on an office's own photos: no figure from elsewhere holds (reliability §3.2, check 6).
ALIKE_BITS = 6
_BLOCK = 2048
_LEAST_TEXT = 20
_TEXT_VISITS = 3
_LEAST_DURATIONS = 20
_QUICK_PERCENTILE = 5


def _order(trace: VisitTrace) -> tuple[str, str, str]:
    return trace.on.isoformat(), trace.finished_at.isoformat() if trace.finished_at else "", trace.key


def _exact(traces: Sequence[VisitTrace]) -> Iterator[Flag]:
    """The later of two visits that hold one and the same file."""
    first: dict[str, VisitTrace] = {}
    for trace in traces:
        again = [first[mark] for photo in trace.photos for mark in photo.originals if mark in first]
        before = next((each for each in again if each.key != trace.key), None)
        for photo in trace.photos:
            for mark in photo.originals:
                first.setdefault(mark, trace)
        if before is not None:
            why = Reason(
                "flag_photo_again",
                "foto ini sudah ada pada kunjungan {on} oleh {officer}",
                {"on": f"{before.on:%d/%m/%Y}", "officer": before.officer},
            )
            yield Flag(Check.PHOTO_AGAIN, trace.key, why, 3.0)


def _nearest(marks: NDArray[np.uint64], owners: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """(photo, earlier photo, bits) of each photo that is like an earlier one of another cooperative; the nearest one."""
    count = len(marks)
    for start in range(0, count, _BLOCK):
        rows = slice(start, min(start + _BLOCK, count))
        bits = np.bitwise_count(marks[rows, None] ^ marks[None, : rows.stop]).astype(np.int16)
        later = np.arange(rows.start, rows.stop)[:, None] <= np.arange(rows.stop)[None, :]
        bits[later | (owners[rows, None] == owners[None, : rows.stop])] = 99
        best = bits.argmin(axis=1)
        for row, column in enumerate(best):
            if bits[row, column] <= ALIKE_BITS:
                yield rows.start + row, int(column), int(bits[row, column])


def _alike(traces: Sequence[VisitTrace]) -> Iterator[Flag]:
    """The later of two visits to different cooperatives whose photos of the place are almost one picture."""
    kept = [(trace, photo) for trace in traces for photo in trace.photos if photo.is_place and photo.alike is not None]
    if len(kept) < 2:
        return
    numbers = {name: number for number, name in enumerate(sorted({trace.cooperative for trace, _ in kept}))}
    marks = np.array([photo.alike for _, photo in kept], dtype=np.uint64)
    owners = np.array([numbers[trace.cooperative] for trace, _ in kept], dtype=np.int64)
    told: set[str] = set()
    for late, early, bits in _nearest(marks, owners):
        trace, before = kept[late][0], kept[early][0]
        if trace.key in told or kept[late][1].originals & kept[early][1].originals:
            continue
        told.add(trace.key)
        why = Reason(
            "flag_photo_alike",
            "foto lokasi hampir sama dengan foto koperasi lain, kunjungan {on} oleh {officer} (beda {bits} dari 64 bit)",
            {"on": f"{before.on:%d/%m/%Y}", "officer": before.officer, "bits": str(bits)},
        )
        yield Flag(Check.PHOTO_ALIKE, trace.key, why, 2.0)


def _texts(traces: Sequence[VisitTrace]) -> Iterator[Flag]:
    """One officer's note, word for word on several cooperatives. What two officers write alike is the office's phrase."""
    users: dict[str, dict[str, list[VisitTrace]]] = defaultdict(lambda: defaultdict(list))
    for trace in traces:
        text = " ".join(trace.note.casefold().split())
        if len(text) >= _LEAST_TEXT:
            users[text][trace.officer].append(trace)
    for by in users.values():
        (visits,) = by.values() if len(by) == 1 else ([],)
        if len({trace.cooperative for trace in visits}) >= _TEXT_VISITS:
            count = str(len(visits))
            why = Reason(
                "flag_same_text", "catatan ini sama persis pada {count} kunjungan petugas ini", {"count": count}
            )
            yield from (Flag(Check.SAME_TEXT, trace.key, why, 1.0) for trace in visits)


def _kind(trace: VisitTrace) -> str:
    """Forms of unlike findings take unlike time: located, not there, and what claims nothing."""
    family = family_of(trace.finding)
    if family is None or family is Family.NOT_THERE:
        return str(family)
    return "found"


def _durations(traces: Sequence[VisitTrace]) -> Iterator[Flag]:
    """Shorter than all but a twentieth of the others' forms of such findings."""
    kinds: dict[str, list[tuple[float, VisitTrace]]] = defaultdict(list)
    for trace in traces:
        if trace.duration is not None:
            kinds[_kind(trace)].append((trace.duration, trace))
    for timed in kinds.values():
        for officer in sorted({trace.officer for _, trace in timed}):
            others = [seconds for seconds, trace in timed if trace.officer != officer]
            if len(others) < _LEAST_DURATIONS:
                continue
            least = float(np.percentile(others, _QUICK_PERCENTILE))
            for seconds, trace in timed:
                if trace.officer == officer and seconds < least:
                    why = Reason(
                        "flag_duration",
                        "formulir terbuka {seconds} detik; 95 dari 100 kunjungan serupa petugas lain di atas {least} detik",
                        {"seconds": f"{seconds:.0f}", "least": f"{least:.0f}"},
                    )
                    # Half the time of the quickest twentieth is no longer haste.
                    yield Flag(Check.DURATION, trace.key, why, 1.5 if seconds < least / 2 else 0.5)


def copy_flags(traces: Sequence[VisitTrace]) -> list[Flag]:
    """Every flag on photos, texts and durations."""
    ordered = sorted(traces, key=_order)
    return [flag for check in (_exact, _alike, _texts, _durations) for flag in check(ordered)]
