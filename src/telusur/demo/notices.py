"""The demo's letters: second officers' visits, then a case of every kind, each as old as its clock needs.

In: the demo and the day on which it is loaded. Out: the same tables and facts as an office's own, through the same actions,
each written down on its own day. A case that would begin before the second visits were made is left out, so a demo of the
first day has none.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Final

from telusur.demo.demo import Demo
from telusur.demo.sheet_rows import SheetVisit, working_days
from telusur.notices import actions
from telusur.notices.actions import Proof
from telusur.notices.models import Notice, NoticeObjection
from telusur.notices.queries import candidates
from telusur.notices.rules.guard import HARM_ITEMS, HarmItem, Held
from telusur.notices.rules.stages import Channel, Stage, Track
from telusur.register.models import Cooperative
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.visit import Finding

__all__ = ["SECOND_UNTIL", "load_notices", "second_visits"]

_CLERK, _SECTION, _HEAD = "rani", "dewi", "hadi"
_OFFICERS: Final = ("sari", "budi", "tono", "wati")
_SECOND_FROM: Final = date(2025, 11, 3)
SECOND_UNTIL: Final = date(2025, 11, 28)
_SECOND_COUNT = 36
_CODES: Final = (Code.OTHER_OCCUPANT, Code.EMPTY_OR_DEMOLISHED, Code.MOVED_UNKNOWN)
_GONE: Final = frozenset({Finding.OTHER_OCCUPANT, Finding.EMPTY_OR_DEMOLISHED, Finding.MOVED_UNKNOWN})
_BOARD: Final = Proof("foto papan pengumuman kelurahan, diambil petugas")
_POST: Final = Proof("resi pos tercatat 9900112233, ditandatangani penerima")
_PAPER: Final = Proof("Harian Contoh, halaman 7, hari itu juga")


def second_visits(demo: Demo) -> list[SheetVisit]:
    """A second officer's visit to some of those that nobody found, each with what the first saw: no code changes."""
    last: dict[str, SheetVisit] = {}
    officers: dict[str, set[str]] = {}
    for visit in demo.visits:
        officers.setdefault(visit.nik_koperasi, set()).add(visit.officer)
        if visit.finding in _GONE:
            last[visit.nik_koperasi] = visit
    wanted = [number for number, code in demo.codes.items() if code in _CODES and number in last][:_SECOND_COUNT]
    days = working_days(_SECOND_FROM, SECOND_UNTIL, ())
    found = []
    for place, number in enumerate(wanted):
        before = last[number]
        others = [name for name in _OFFICERS if name not in officers[number]]
        if others:
            again = replace(
                before, on=days[place % len(days)], officer=others[place % len(others)], attempt=before.attempt + 1
            )
            found.append(again)
    return sorted(found, key=lambda visit: visit.on)


class _Desk:
    """Steps with their days, taken in the order of days: numbers of letters never go back in time."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.steps: list[tuple[date, Callable[[date], None]]] = []
        self.letters: dict[tuple[uuid.UUID, Stage], Notice] = {}

    def add(self, days_ago: int, step: Callable[[date], None]) -> None:
        """Plan a step, so many days before today."""
        self.steps.append((self.today - timedelta(days=days_ago), step))

    def run(self) -> None:
        """Take all steps."""
        for on, step in sorted(self.steps, key=lambda each: each[0]):
            step(on)

    def draft(self, who: Sequence[uuid.UUID], stage: Stage, on: date) -> None:
        batch = actions.draft(cooperatives=who, stage=stage, on=on, by=_CLERK, at=_noon(on))
        for notice in batch.done:
            self.letters[(notice.case.cooperative_id, stage)] = notice

    def sign(self, who: Iterable[uuid.UUID], stage: Stage, by: str, on: date) -> None:
        notices = [self.letters[(ident, stage)] for ident in who if (ident, stage) in self.letters]
        actions.sign(notices=notices, on=on, by=by, at=_noon(on))

    def send(self, ident: uuid.UUID, stage: Stage, on: date) -> None:
        actions.send(
            notice=self.letters[(ident, stage)],
            channel=Channel.POST,
            place="alamat terdaftar",
            proof=_POST,
            on=on,
            by=_CLERK,
            at=_noon(on),
        )

    def receive(self, ident: uuid.UUID, stage: Stage, on: date) -> None:
        actions.record_receipt(
            notice=self.letters[(ident, stage)],
            channel=Channel.POST,
            place="alamat terdaftar",
            proof=_POST,
            on=on,
            by=_CLERK,
            at=_noon(on),
        )

    def give_back(self, ident: uuid.UUID, stage: Stage, on: date) -> None:
        actions.record_return(
            notice=self.letters[(ident, stage)],
            channel=Channel.POST,
            place="alamat terdaftar",
            proof=Proof("amplop kembali bercap «pindah»"),
            on=on,
            by=_CLERK,
            at=_noon(on),
        )

    def put_up(self, ident: uuid.UUID, stage: Stage, where: tuple[Channel, str, Proof], on: date) -> None:
        channel, place, proof = where
        actions.publish(
            notice=self.letters[(ident, stage)],
            channel=channel,
            place=place,
            proof=proof,
            on=on,
            by=_CLERK,
            at=_noon(on),
        )


def _noon(on: date) -> datetime:
    """An instant of a day, the same day in every zone of the country; of today, none that is yet to come."""
    return min(datetime.combine(on, time(4), UTC), datetime.now(UTC))


_ON_BOARD: Final = (Channel.BOARD, "papan pengumuman kelurahan", _BOARD)
_IN_PAPER: Final = (Channel.NEWSPAPER, "Harian Contoh", _PAPER)


def _notice(desk: _Desk, ident: uuid.UUID, days_ago: int) -> None:
    """A public notice on the board and in the newspaper."""
    desk.add(days_ago, lambda on: desk.draft([ident], Stage.PUBLIC_NOTICE, on))
    desk.add(days_ago, lambda on: desk.sign([ident], Stage.PUBLIC_NOTICE, _SECTION, on))
    desk.add(days_ago - 1, partial(desk.put_up, ident, Stage.PUBLIC_NOTICE, _ON_BOARD))
    desk.add(days_ago - 2, partial(desk.put_up, ident, Stage.PUBLIC_NOTICE, _IN_PAPER))


def _intent(desk: _Desk, ident: uuid.UUID, days_ago: int, *, comes_back: bool) -> None:
    """A notice of intent: received, or come back and put up instead."""
    desk.add(days_ago, lambda on: desk.draft([ident], Stage.INTENT, on))
    desk.add(days_ago, lambda on: desk.sign([ident], Stage.INTENT, _HEAD, on))
    desk.add(days_ago - 1, partial(desk.send, ident, Stage.INTENT))
    if comes_back:
        desk.add(days_ago - 6, partial(desk.give_back, ident, Stage.INTENT))
        desk.add(days_ago - 7, partial(desk.put_up, ident, Stage.INTENT, _ON_BOARD))
    else:
        desk.add(days_ago - 4, partial(desk.receive, ident, Stage.INTENT))


def _harm(desk: _Desk, ident: uuid.UUID, days_ago: int) -> None:
    desk.add(days_ago, partial(_check_harm, ident))


def _check_harm(ident: uuid.UUID, on: date) -> None:
    items = dict.fromkeys(HARM_ITEMS, HarmItem(Held.NONE))
    items["assets"] = HarmItem(Held.EXISTS, "satu lemari arsip, disimpan di kelurahan")
    actions.check_harm(cooperative=ident, items=items, on=on, by=_CLERK, at=_noon(on))


def _proposal(desk: _Desk, ident: uuid.UUID, days_ago: int, signers: Sequence[str]) -> None:
    desk.add(days_ago, lambda on: desk.draft([ident], Stage.PROPOSAL, on))
    for by in signers:
        desk.add(days_ago, partial(_propose, desk, ident, by))


def _propose(desk: _Desk, ident: uuid.UUID, by: str, on: date) -> None:
    actions.propose(notice=desk.letters[(ident, Stage.PROPOSAL)], on=on, by=by, at=_noon(on))


def _object(desk: _Desk, ident: uuid.UUID, stage: Stage, receipt: str, on: date) -> None:
    actions.object(
        notice=desk.letters[(ident, stage)],
        says="Koperasi kami masih ada dan pindah tempat; akta dan daftar hadir RAT kami bawa ke loket.",
        receipt=receipt,
        on=on,
        by=_CLERK,
        at=_noon(on),
    )


def _decide(receipt: str, upheld: bool, on: date) -> None:
    actions.decide_objection(
        objection=NoticeObjection.objects.get(receipt=receipt),
        upheld=upheld,
        why="akta dan daftar hadir RAT cocok dengan register" if upheld else "tidak ada bukti yang dibawa",
        on=on,
        by=_HEAD,
        at=_noon(on),
    )


def _turn(desk: _Desk, ident: uuid.UUID, verb: str, why: str, on: date) -> None:
    case = desk.letters[(ident, Stage.PUBLIC_NOTICE)].case
    getattr(actions, verb)(case=case, why=why, on=on, by=_SECTION, at=_noon(on))


def _trace_cases(desk: _Desk, who: Iterable[uuid.UUID], since: date) -> None:
    """One case of every kind, for as many cooperatives as there are; those that would begin before `since` are left out."""
    found = iter(who)

    def take(days_ago: int) -> uuid.UUID | None:
        return next(found, None) if desk.today - timedelta(days=days_ago) > since else None

    # Proposed by two people, and sent.
    if ident := take(215):
        _notice(desk, ident, 215)
        _intent(desk, ident, 110, comes_back=True)
        _harm(desk, ident, 40)
        _proposal(desk, ident, 20, (_SECTION, _HEAD))
        desk.add(19, partial(desk.send, ident, Stage.PROPOSAL))
    # Everything is there: the draft of a proposal waits for its signatures.
    if ident := take(205):
        _notice(desk, ident, 205)
        _intent(desk, ident, 100, comes_back=False)
        _harm(desk, ident, 15)
        _proposal(desk, ident, 0, ())
    # Intent served, and an objection that nobody has decided.
    if ident := take(190):
        _notice(desk, ident, 190)
        _intent(desk, ident, 60, comes_back=False)
        desk.add(12, partial(_object, desk, ident, Stage.INTENT, "K-2025-0101"))
    # The notice has run out: an intent is due.
    if ident := take(130):
        _notice(desk, ident, 130)
    # An objection upheld: taken back, told on the board and not yet in the newspaper.
    if ident := take(75):
        _notice(desk, ident, 75)
        desk.add(30, partial(_object, desk, ident, Stage.PUBLIC_NOTICE, "K-2025-0102"))
        desk.add(12, partial(_decide, "K-2025-0102", True))
        desk.add(11, partial(desk.put_up, ident, Stage.PUBLIC_NOTICE, _ON_BOARD))
    # Suspended while its board looks for papers.
    if ident := take(50):
        _notice(desk, ident, 50)
        desk.add(10, partial(_turn, desk, ident, "suspend", "pengurus menghubungi loket dan mencari aktanya"))
        desk.add(9, partial(desk.put_up, ident, Stage.PUBLIC_NOTICE, _ON_BOARD))
        desk.add(9, partial(desk.put_up, ident, Stage.PUBLIC_NOTICE, _IN_PAPER))
    # Running.
    for days_ago in (45, 44, 43, 30, 29, 8):
        if ident := take(days_ago):
            _notice(desk, ident, days_ago)
    # Drafts that wait for a signature.
    drafts = [ident for ident in (take(1) for _ in range(5)) if ident]
    desk.add(0, lambda on: desk.draft(drafts, Stage.PUBLIC_NOTICE, on))


def _meeting_cases(desk: _Desk, who: Sequence[uuid.UUID], since: date) -> None:
    """Warnings for an overdue meeting: some received, one come to its second letter, a batch of drafts."""
    if desk.today - timedelta(days=60) <= since:
        return
    first, rest = who[:4], who[4:10]
    desk.add(55, lambda on: desk.draft(first, Stage.SP1, on))
    desk.add(55, lambda on: desk.sign(first, Stage.SP1, _SECTION, on))
    for ident in first:
        desk.add(54, partial(desk.send, ident, Stage.SP1))
    for ident in first[:3]:
        desk.add(50, partial(desk.receive, ident, Stage.SP1))
    desk.add(12, lambda on: desk.draft(first[:1], Stage.SP2, on))
    desk.add(12, lambda on: desk.sign(first[:1], Stage.SP2, _SECTION, on))
    desk.add(11, partial(desk.send, first[0], Stage.SP2))
    desk.add(0, lambda on: desk.draft(rest, Stage.SP1, on))


def load_notices(demo: Demo, *, today: date) -> int:
    """Load the cases; how many letters there are. Nothing before the second visits were made."""
    if today <= SECOND_UNTIL:
        return 0
    known = dict(Cooperative.objects.values_list("nik_koperasi", "id"))
    desk = _Desk(today)
    _trace_cases(desk, [known[visit.nik_koperasi] for visit in second_visits(demo)], SECOND_UNTIL)
    overdue = [each.cooperative_id for each in candidates(today, datetime.now(UTC)) if each.track is Track.MEETING]
    if len(overdue) >= 10:
        _meeting_cases(desk, overdue, date(2026, 7, 1))
    desk.run()
    return Notice.objects.count()
