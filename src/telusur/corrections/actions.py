"""The verbs of corrections: propose what differs, say yes or no, make a sheet, send it, follow what became of it.

Each is one transaction with its journal line. The rules decide; this module loads, locks, saves and counts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import orjson
from django.db import transaction
from django.db.models import QuerySet

from telusur.corrections.models import Change, ChangeSheet, ChangeWord, FateRow, SheetEnd, SheetLine
from telusur.corrections.queries import (
    ChangeView,
    FoundDifference,
    change_views,
    changes_of,
    differences,
    last_national,
    outcomes,
)
from telusur.corrections.rules import refused
from telusur.corrections.rules.again import Again, Course, Earlier, again, ground_mark
from telusur.corrections.rules.approval import ChangeState, Say, objection
from telusur.corrections.rules.fate import Fate
from telusur.corrections.rules.refused import CorrectionRefused
from telusur.corrections.rules.sheet_lines import lines_hash
from telusur.corrections.writers.fates import fates_to_add
from telusur.journal import actions as journal
from telusur.register.models import Cooperative, Edition

__all__ = [
    "FollowReport",
    "Proposed",
    "approve",
    "discard_sheet",
    "follow",
    "make_sheet",
    "propose",
    "reject",
    "send_sheet",
    "withdraw",
]

_NO_LONGER = "yang dipegang kantor dan yang tercatat tidak lagi berbeda seperti ini"
_CHANGED = "nilai atau dasarnya berubah; diusulkan kembali dengan yang baru"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a comparison brought. silent: differences that wait, were refused or are on their way already."""

    edition: Edition
    new: tuple[Change, ...]
    repeats: tuple[Change, ...]
    silent: int
    lapsed: int

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that is proposed now for the first time or once more."""
        return (*self.new, *self.repeats)


@transaction.atomic
def propose(
    *, edition: Edition, on: date, by: str, known_at: datetime | None = None, at: datetime | None = None
) -> Proposed:
    """Propose what the house holds and `edition` does not say. Twice the same proposes nothing twice.

    at: when it was done, for records that are brought in later, here as in the other verbs; the journal has its own hour.
    Open proposals of the edition's scope that nothing bears any more lapse, with the reason. Raises CorrectionRefused where
    the edition is not the newest national one of its scope.
    """
    _must_be_last(edition)
    # Two comparisons at once would propose everything twice.
    Edition.objects.select_for_update().get(pk=edition.pk)
    moment = at or datetime.now(UTC)
    found = list(differences(edition, on, known_at or datetime.now(UTC)))
    earlier = changes_of({each.entry.cooperative_id for each in found})
    fresh: list[Change] = []
    confirmed: set[int] = set()
    outdated: set[int] = set()
    silent = 0
    for each in found:
        views = earlier.get((each.entry.cooperative_id, each.column.value), [])
        course = again(each.difference, [_earlier(view) for view in views])
        outdated.update(course.outdated)
        confirmed.update(view.change.pk for view in views if view.change.pk not in course.outdated)
        if course.course is Course.SILENT:
            silent += 1
        else:
            fresh.append(_change(each, course, edition, by, moment))
    lapsed = _lapse(outdated, _CHANGED, by, moment)
    lapsed += _lapse(_open_without(edition, confirmed | outdated), _NO_LONGER, by, moment)
    made = Change.objects.bulk_create(fresh)
    proposed = Proposed(
        edition,
        tuple(change for change in made if not change.repeats_count),
        tuple(change for change in made if change.repeats_count),
        silent,
        lapsed,
    )
    if made or lapsed:
        journal.write(
            "corrections.proposed",
            about=f"edition:{edition.pk}",
            by=by,
            after={
                "on": on.isoformat(),
                "new": len(proposed.new),
                "repeats": len(proposed.repeats),
                "lapsed": lapsed,
                "by_column": dict(Counter(change.column for change in made)),
            },
        )
    return proposed


def _must_be_last(edition: Edition) -> None:
    if edition.pk not in {each.pk for each in last_national()}:
        raise refused.not_last(edition.pk)


def _earlier(view: ChangeView) -> Earlier:
    change = view.change
    return Earlier(
        change.pk, change.before_key, change.after_key, change.ground, view.state, view.fate, change.repeats_count
    )


def _change(found: FoundDifference, course: Again, edition: Edition, by: str, at: datetime) -> Change:
    seen, ground = found.difference, found.difference.ground
    said = [
        found.entry.pk, seen.column.value, seen.before.key, seen.after.key, ground_mark(seen), course.repeats,
        at.isoformat(),
    ]  # fmt: skip
    return Change(
        cooperative_id=found.entry.cooperative_id,
        edition=edition,
        entry=found.entry,
        column=seen.column.value,
        before=seen.before.text,
        after=seen.after.text,
        before_key=seen.before.key,
        after_key=seen.after.key,
        voice=ground.voice.value,
        valid_on=ground.on,
        why=ground.why.as_json(),
        fact_ids=list(ground.facts),
        judgement_ids=list(ground.judgements),
        evidence=[dict(item) for item in ground.evidence],
        ground=ground_mark(seen),
        repeats_id=course.repeats,
        repeats_count=course.repeats_count,
        proposed_by=by,
        proposed_at=at,
        fingerprint=hashlib.sha256(orjson.dumps(said)).hexdigest(),
    )


def _open_without(edition: Edition, kept: Collection[int]) -> set[int]:
    """Open proposals of the edition's scope, other than those."""
    changes = Change.objects.filter(edition__source=edition.source, edition__scope=edition.scope)
    waiting = changes.filter(line__isnull=True).exclude(words__say__in=[Say.REJECTED, Say.WITHDRAWN, Say.LAPSED])
    return set(waiting.values_list("id", flat=True)) - set(kept)


def _lapse(numbers: Iterable[int], why: str, by: str, at: datetime) -> int:
    words = [
        ChangeWord(change_id=number, say=Say.LAPSED.value, why=why, said_by=by, said_at=at)
        for number in sorted(numbers)
    ]
    return len(ChangeWord.objects.bulk_create(words))


def _locked(numbers: Collection[int]) -> list[ChangeView]:
    """The changes, locked: two people at once are each told what holds. Raises CorrectionRefused for strangers."""
    wanted = sorted(set(numbers))
    idents = Change.objects.filter(pk__in=wanted).values_list("cooperative_id", flat=True)
    list(Cooperative.objects.select_for_update().filter(pk__in=list(idents)).order_by("pk"))
    views = change_views(Change.objects.filter(pk__in=wanted))
    if missing := set(wanted) - {view.change.pk for view in views}:
        raise refused.unknown(min(missing))
    if not views:
        raise CorrectionRefused(refused.NONE_NAMED)
    return views


@transaction.atomic
def approve(*, numbers: Collection[int], by: str, at: datetime | None = None) -> list[ChangeView]:
    """One person's yes to each of the changes; the second person's makes it ready. All of them or none.

    Raises CorrectionRefused where the same person has said so already, or a change does not wait for a yes.
    """
    return _say(numbers, Say.APPROVED, "", by, at)


@transaction.atomic
def reject(*, numbers: Collection[int], why: str, by: str, at: datetime | None = None) -> list[ChangeView]:
    """End changes unsent. They stay on the record. Raises CorrectionRefused without a reason, or where they ended."""
    return _say(numbers, Say.REJECTED, why, by, at)


@transaction.atomic
def withdraw(*, numbers: Collection[int], why: str, by: str) -> list[ChangeView]:
    """Take changes back, also those that were sent: they are followed on and never asked again. Raises as `reject`."""
    return _say(numbers, Say.WITHDRAWN, why, by, None)


def _say(numbers: Collection[int], say: Say, why: str, by: str, at: datetime | None) -> list[ChangeView]:
    views, reason = _locked(numbers), " ".join(why.split())
    if say is not Say.APPROVED and not reason:
        raise CorrectionRefused(refused.WHY_MISSING)
    for view in views:
        against = objection(view.change.pk, view.state, [word.as_word() for word in view.words], say, by)
        if against is not None:
            raise CorrectionRefused(against)
    moment = at or datetime.now(UTC)
    ChangeWord.objects.bulk_create(
        ChangeWord(change=view.change, say=say.value, why=reason, said_by=by, said_at=moment) for view in views
    )
    journal.write(
        f"corrections.{say.value}",
        about=f"correction:{views[0].change.pk}" if len(views) == 1 else "corrections",
        by=by,
        after={"changes": [view.change.pk for view in views], "why": reason},
    )
    return change_views(Change.objects.filter(pk__in=[view.change.pk for view in views]))


@transaction.atomic
def make_sheet(
    *,
    edition: Edition,
    number: str,
    addressee: str,
    on: date,
    by: str,
    numbers: Collection[int] | None = None,
    at: datetime | None = None,
) -> ChangeSheet:
    """Put the ready changes of an edition's scope (or those named) on a sheet, in the order of the registry's rows.

    Raises CorrectionRefused where none is ready, one that is named is not, the number is taken, or what is held has moved
    since the changes were approved: nothing leaves the house on a ground that is gone.
    """
    _must_be_last(edition)
    Edition.objects.select_for_update().get(pk=edition.pk)
    kept_number, kept_addressee = " ".join(number.split()), " ".join(addressee.split())
    if not kept_number or not kept_addressee:
        raise CorrectionRefused(refused.SHEET_UNNUMBERED)
    if ChangeSheet.objects.filter(number=kept_number).exists():
        raise refused.number_taken(kept_number)
    moment = at or datetime.now(UTC)
    changes = _ready(edition, numbers, on, datetime.now(UTC))
    sheet = ChangeSheet.objects.create(
        edition=edition,
        number=kept_number,
        addressee=kept_addressee,
        dated_on=on,
        content_hash=lines_hash(change.as_line() for change in changes),
        made_by=by,
        made_at=moment,
    )
    SheetLine.objects.bulk_create(
        SheetLine(sheet=sheet, change=change, order=order) for order, change in enumerate(changes, start=1)
    )
    after = {"number": kept_number, "changes": len(changes), "sha256": sheet.content_hash}
    journal.write("corrections.sheet_made", about=f"sheet:{sheet.pk}", by=by, after=after)
    return sheet


def _ready(edition: Edition, numbers: Collection[int] | None, on: date, at: datetime) -> list[Change]:
    """The changes for a sheet, in the order of the edition's rows and columns, each of which still differs."""
    if numbers is None:
        scope = Change.objects.filter(edition__source=edition.source, edition__scope=edition.scope)
        views = [view for view in change_views(scope) if view.state is ChangeState.READY]
    else:
        views = _locked(numbers)
    if not views:
        raise CorrectionRefused(refused.SHEET_EMPTY)
    # In the order of the edition, as `differences` gives them.
    still = {
        (each.entry.cooperative_id, each.column.value, each.difference.before.key, each.difference.after.key): place
        for place, each in enumerate(differences(edition, on, at))
    }
    placed: list[tuple[int, Change]] = []
    for view in views:
        change = view.change
        if view.state is not ChangeState.READY:
            raise refused.not_ready(change.pk, view.state)
        place = still.get((change.cooperative_id, change.column, change.before_key, change.after_key))
        if place is None:
            raise refused.ground_gone(change.pk)
        placed.append((place, change))
    return [change for _, change in sorted(placed, key=lambda each: each[0])]


def _waiting_sheet(number: str) -> ChangeSheet:
    sheet = ChangeSheet.objects.select_for_update().filter(number=number).first()
    if sheet is None:
        raise refused.sheet_unknown(number)
    end = SheetEnd.objects.filter(sheet=sheet).first()
    if end is not None:
        raise refused.sheet_ended(number, end.on, end.ended_by, is_sent=end.is_sent)
    return sheet


@transaction.atomic
def send_sheet(*, number: str, on: date, channel: str, proof: str, by: str, today: date) -> SheetEnd:
    """Record that a sheet was sent: on which day, by whom, how, and what proves it. Sent once, it cannot be sent again.

    Raises CorrectionRefused where there is no such sheet, it has ended, the day lies ahead or before the sheet's own, or no
    way is named. What became of its changes is followed at once: the record of a sending may come after the next edition.
    """
    sheet, kept = _waiting_sheet(number), " ".join(channel.split())
    if not sheet.dated_on <= on <= today:
        raise refused.impossible_day(sheet.dated_on)
    if not kept:
        raise CorrectionRefused(refused.NO_WAY)
    end = SheetEnd.objects.create(
        sheet=sheet,
        is_sent=True,
        on=on,
        channel=kept[:60],
        proof=proof.strip(),
        ended_by=by,
        ended_at=datetime.now(UTC),
    )
    after = {"number": number, "on": on.isoformat(), "channel": kept, "changes": sheet.lines.count()}
    journal.write("corrections.sent", about=f"sheet:{sheet.pk}", by=by, after=after)
    follow(by=by, changes=Change.objects.filter(line__sheet=sheet))
    return end


@transaction.atomic
def discard_sheet(*, number: str, why: str, by: str, on: date) -> SheetEnd:
    """Give up an unsent sheet; its changes lapse and may be proposed anew. Raises CorrectionRefused as `send_sheet`."""
    sheet, reason = _waiting_sheet(number), " ".join(why.split())
    if not reason:
        raise CorrectionRefused(refused.WHY_MISSING)
    moment = datetime.now(UTC)
    end = SheetEnd.objects.create(sheet=sheet, is_sent=False, on=on, why=reason, ended_by=by, ended_at=moment)
    lapsed = _lapse(
        sheet.lines.values_list("change_id", flat=True), f"lembar {number} dibatalkan: {reason}", by, moment
    )
    after = {"number": number, "why": reason, "changes": lapsed}
    journal.write("corrections.discarded", about=f"sheet:{sheet.pk}", by=by, after=after)
    return end


@dataclass(frozen=True, slots=True)
class FollowReport:
    """What a following found. followed: changes sent so far; written: fates that are new or other than before."""

    followed: int
    written: int
    counts: Mapping[Fate, int]


@transaction.atomic
def follow(*, by: str, changes: QuerySet[Change] | None = None) -> FollowReport:
    """Look up in every later edition what became of each change that was sent. Asked twice, it writes nothing twice.

    A door calls this whenever a national edition has come in use, in whatever order editions come.
    """
    sent = (Change.objects.all() if changes is None else changes).filter(line__sheet__end__is_sent=True)
    # Locked: two followings at once would write each fate twice.
    holding = ChangeSheet.objects.filter(lines__change__in=sent).values("pk")
    list(ChangeSheet.objects.select_for_update().filter(pk__in=holding).order_by("pk"))
    moment, found = datetime.now(UTC), outcomes(sent)
    counts = Counter(each.newest for each in found)
    rows = [row for each in found for row in fates_to_add(each, by=by, at=moment)]
    FateRow.objects.bulk_create(rows, batch_size=500)
    if rows:
        after = {"written": len(rows), "fates": {kind.value: counts[kind] for kind in Fate if counts[kind]}}
        journal.write("corrections.followed", about="corrections", by=by, after=after)
    return FollowReport(sum(counts.values()), len(rows), {kind: counts[kind] for kind in Fate})
