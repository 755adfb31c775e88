"""An office with accounts, a round in which some cooperatives were not found by two officers, and letters of any age.

Days are counted from today, since a signature is of the day on which it is given: `ago(90)` is ninety days before today,
and a step of that day is written down at that day's noon (`at`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from telusur.notices import actions
from telusur.notices.models import Notice, NoticeCase
from telusur.notices.rules.guard import HARM_ITEMS, HarmItem, Held
from telusur.notices.rules.stages import Channel, Stage
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.register import actions as register
from telusur.register.models import RecordedFact
from telusur.register.rules import NewFact, Voice
from telusur.rounds.models import Round
from tests.rooms.oversight.city import GONE, cooperative, lay_round, visited

__all__ = [
    "BOARD",
    "CLERK",
    "HEAD",
    "NO_HARM",
    "RECEIPT",
    "SECTION",
    "ago",
    "at",
    "draft",
    "fact",
    "lay_office",
    "not_found",
    "notice_of",
    "put_up",
    "ready_to_propose",
    "signed",
]

CLERK, SECTION, HEAD = "rani", "dewi", "hadi"
RECEIPT, BOARD = actions.Proof("resi 9900112233"), actions.Proof("foto papan, 1 lembar")
NO_HARM = dict.fromkeys(HARM_ITEMS, HarmItem(Held.NONE))
_PEOPLE = ((CLERK, Role.REGISTRAR), (SECTION, Role.SECTION_HEAD), (HEAD, Role.HEAD), ("sari", Role.OFFICER))


def ago(days: int) -> date:
    """The day so many days before today."""
    return timezone.localdate() - timedelta(days=days)


def at(on: date) -> datetime:
    """An instant of a day, the same day in every zone that an office can have; of today, none that is yet to come."""
    return min(datetime.combine(on, time(4), UTC), timezone.now())


def lay_office(rows: int = 6) -> Round:
    """Accounts and an open round over `rows` cooperatives."""
    for name, role in _PEOPLE:
        Account.objects.open(username=name, full_name=f"{name.title()} Contoh", role=role, password=None)
    return lay_round(rows)


def not_found(number: int, first: int = 400, second: int = 390) -> None:
    """Two officers did not find cooperative `number`, so many days ago."""
    visited(number, ago(first), "sari", GONE)
    visited(number, ago(second), "budi", GONE)


def draft(number: int, stage: Stage, on: date, by: str = CLERK) -> Notice:
    """A draft that nothing forbids."""
    batch = actions.draft(cooperatives=[cooperative(number).pk], stage=stage, on=on, by=by, at=at(on))
    assert not batch.refused, [reason.sentence() for _, reasons in batch.refused for reason in reasons]
    return batch.done[0]


def signed(number: int, stage: Stage, on: date, by: str = SECTION) -> Notice:
    """A letter drafted by the clerk and signed."""
    notice = draft(number, stage, on)
    batch = actions.sign(notices=[notice], on=on, by=by, at=at(on))
    assert not batch.refused, [reason.sentence() for _, reasons in batch.refused for reason in reasons]
    return notice


def put_up(number: int, on: date) -> Notice:
    """A public notice on the kelurahan's board."""
    notice = signed(number, Stage.PUBLIC_NOTICE, on)
    actions.publish(
        notice=notice, channel=Channel.BOARD, place="Kelurahan Contoh", proof=BOARD, on=on, by=CLERK, at=at(on)
    )
    return notice


def ready_to_propose(number: int) -> Notice:
    """Everything that a proposal needs, and the draft of it: put up 200 days ago, intent 75 days ago, harm checked."""
    not_found(number)
    put_up(number, ago(200))
    intent = signed(number, Stage.INTENT, ago(76), by=HEAD)
    sent, got = ago(76), ago(75)
    actions.send(
        notice=intent, channel=Channel.POST, place="alamat terdaftar", proof=RECEIPT, on=sent, by=CLERK, at=at(sent)
    )
    actions.record_receipt(
        notice=intent, channel=Channel.POST, place="alamat terdaftar", proof=RECEIPT, on=got, by=CLERK, at=at(got)
    )
    actions.check_harm(cooperative=cooperative(number).pk, items=NO_HARM, on=ago(10), by=CLERK, at=at(ago(10)))
    return draft(number, Stage.PROPOSAL, ago(0))


def notice_of(case: NoticeCase, stage: Stage) -> Notice:
    """The newest letter of a stage in a case."""
    return Notice.objects.filter(case=case, stage=stage.value).latest("id")


def fact(
    number: int, kind: str, value: dict[str, object], voice: Voice, on: date, evidence: Sequence[dict[str, object]] = ()
) -> RecordedFact:
    """A fact, recorded now."""
    with transaction.atomic():
        (recorded,) = register.record_facts(
            [NewFact(cooperative(number).pk, kind, value, voice, on, list(evidence))], by="terminal"
        )
    return recorded
