"""Reads of corrections: the last national editions, what differs from them, where each change stands, what became of it.

In: facts that hold, places, codes, judged duplicates. Out: frozen values; nothing here writes. Links that nobody judged are
never read: a duplicate is one that two people judged, or a code of the round.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from telusur.addresses.queries import locations
from telusur.areas.queries import area_names
from telusur.corrections.models import Change, ChangeSheet, ChangeWord, FateRow, SheetEnd, SheetLine
from telusur.corrections.rules.approval import ChangeState, state_of
from telusur.corrections.rules.columns import Column, Stated
from telusur.corrections.rules.difference import Difference, difference
from telusur.corrections.rules.fate import Fate, Outcome, Seen, Sent, fate
from telusur.corrections.rules.held import HeldPlace, Trust, WayOut, held_values
from telusur.corrections.rules.rates import Followed
from telusur.intake.queries import known_layouts, open_refusals
from telusur.intake.rules.layout import match_layout
from telusur.laws.queries import current_law
from telusur.matching.queries import judged_duplicates
from telusur.register.models import Edition, Entry, RecordedFact
from telusur.register.queries import editions_in_use
from telusur.register.rules import Fact, facts_known
from telusur.rounds.queries import current_round, derive_rows, policy_of
from telusur.rounds.rules.codes import Code, Group

__all__ = [
    "NATIONAL",
    "ChangeOutcomes",
    "ChangeView",
    "EditionOutcome",
    "FoundDifference",
    "change_view",
    "change_views",
    "changes_of",
    "column_places",
    "corrections_followed",
    "differences",
    "followed_views",
    "last_national",
    "national_editions",
    "open_sheets",
    "outcomes",
    "stated_of",
]

# The source of the national registry's lists; an office's own lists and keragaan sheets are not compared.
NATIONAL = "ods"
_FACT_KINDS = ("annual_meeting", "founding_deed", "members", "address")
_PART = 400


def _parts(idents: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    for start in range(0, len(idents), _PART):
        yield idents[start : start + _PART]


def national_editions(scope: str | None = None) -> QuerySet[Edition]:
    """The national editions in use, newest first; of one scope (a city's list) or of all."""
    editions = editions_in_use().filter(source=NATIONAL)
    return editions if scope is None else editions.filter(scope=scope)


def last_national() -> list[Edition]:
    """The newest national edition of each scope."""
    newest: dict[str, Edition] = {}
    for edition in national_editions():
        newest.setdefault(edition.scope, edition)
    return list(newest.values())


def column_places(edition: Edition) -> dict[str, int]:
    """Where each field stands in the edition's rows: field → position. Empty where the layout is no longer known."""
    layout = next((each for each in known_layouts() if each.name == edition.layout), None)
    header = [str(label) for label in edition.header]
    matched = match_layout(header, layout) if layout is not None else None
    columns = getattr(matched, "columns", ())
    return {column.field: place for place, column in enumerate(columns) if column is not None and column.field}


def stated_of(entry: Entry, places: Mapping[str, int]) -> Stated:
    """What a row states, for the rules. places: of `column_places`."""
    cells = {field: str(entry.raw[place] or "") for field, place in places.items() if place < len(entry.raw)}
    return Stated(entry.normal, cells, entry.kelurahan_code, entry.kecamatan_code)


@dataclass(frozen=True, slots=True)
class FoundDifference:
    """A difference and the row that it is about."""

    entry: Entry
    difference: Difference

    @property
    def column(self) -> Column:
        """The column in which it lies."""
        return self.difference.column


def differences(edition: Edition, on: date, known_at: datetime) -> Iterator[FoundDifference]:
    """What the house holds on `on`, as known at `known_at`, that the edition does not say, row by row in its order."""
    places, facts = column_places(edition), _facts(edition, on, known_at)
    out = _ways_out(edition, on, known_at)
    located, trust = _held_places(edition), Trust.under(current_law(on, known_at))
    for entry in Entry.objects.filter(edition=edition).order_by("id").iterator(2000):
        ident = entry.cooperative_id
        known, place, way = facts.get(ident, ()), located.get(ident), out.get(ident)
        if not known and place is None and way is None:
            continue
        for each in difference(stated_of(entry, places), held_values(known, place, way, trust)):
            yield FoundDifference(entry, each)


def _facts(edition: Edition, on: date, known_at: datetime) -> dict[uuid.UUID, tuple[Fact, ...]]:
    """The facts that hold, by cooperative. All kinds that supersede are read, so that a withdrawal takes its fact away."""
    recorded = RecordedFact.objects.filter(recorded_at__lte=known_at, cooperative__entries__edition=edition)
    kept: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    for row in recorded.distinct().order_by("id").iterator(2000):
        if row.kind in _FACT_KINDS or row.supersedes_id is not None:
            kept[row.cooperative_id].append(row.as_fact())
    return {ident: facts_known(said, on, known_at) for ident, said in kept.items()}


def _held_places(edition: Edition) -> dict[uuid.UUID, HeldPlace]:
    found = {ident: place for ident, place in locations(edition=edition).items() if place.kelurahan_code}
    names = area_names({code for place in found.values() for code in (place.kelurahan_code, place.kecamatan_code)})
    return {
        ident: HeldPlace(
            place.kelurahan_code,
            names.get(place.kelurahan_code, place.kelurahan_name),
            place.kecamatan_code,
            names.get(place.kecamatan_code, ""),
            place.confidence,
            edition.as_of_on,
        )
        for ident, place in found.items()
    }


def _ways_out(edition: Edition, on: date, known_at: datetime) -> dict[uuid.UUID, WayOut]:
    """The rows that do not belong on the list: by codes of the round, and by pairs that two people judged."""
    ways = _judged_ways(edition, known_at)
    round_ = current_round()
    if round_ is None or round_.edition.source != NATIONAL or round_.edition.scope != edition.scope:
        return ways
    coded = {
        row.cooperative_id: row.disposition
        for row in derive_rows(round_, policy_of(round_, on), on, known_at)
        if row.disposition.code.group is Group.OUT_OF_SCOPE
    }
    facts = RecordedFact.objects.in_bulk([number for each in coded.values() for number in each.facts])
    for ident, disposition in coded.items():
        if ident in ways and disposition.code is Code.DUPLICATE:
            continue
        used = [facts[number] for number in disposition.facts if number in facts]
        # The finding stands first, a decision on a conflict behind it.
        value = used[0].value if used else {}
        ways[ident] = WayOut(
            disposition.code,
            used[0].valid_on if used else on,
            str(value.get("number") or ""),
            str(value.get("survivor") or ""),
            tuple(disposition.facts),
        )
    return ways


def _judged_ways(edition: Edition, known_at: datetime) -> dict[uuid.UUID, WayOut]:
    """Judged duplicates whose survivor the edition lists too: without it nothing would be left to keep."""
    judged = judged_duplicates(known_at)
    listed: dict[uuid.UUID, str] = {}
    for part in _parts([pair.survivor for pair in judged.values()]):
        rows = Entry.objects.filter(edition=edition, cooperative__in=part)
        for ident, number, key in rows.values_list("cooperative_id", "cooperative__nik_koperasi", "cooperative__key"):
            listed[ident] = number or key
    return {
        ident: WayOut(
            Code.DUPLICATE,
            timezone.localdate(pair.judged_at),
            survivor=listed[pair.survivor],
            judgements=pair.judgement_ids,
        )
        for ident, pair in judged.items()
        if pair.survivor in listed
    }


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change with where it stands. fate: of one that was sent; WAITING where no edition has come since, else None."""

    change: Change
    state: ChangeState
    words: tuple[ChangeWord, ...]
    sheet: ChangeSheet | None
    sent_on: date | None
    fate: Fate | None
    fate_row: FateRow | None

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who has said yes."""
        return tuple(word.said_by for word in self.words if word.say == "approved")

    @property
    def is_repeat(self) -> bool:
        """Whether it was sent before and has not landed."""
        return self.change.repeats_count > 0


def _viewed(changes: QuerySet[Change], known_at: datetime | None) -> QuerySet[Change]:
    lines, words = SheetLine.objects.select_related("sheet__end", "sheet__edition"), ChangeWord.objects.all()
    fates, stands = FateRow.objects.select_related("edition"), Q(superseded_by__isnull=True)
    if known_at is not None:
        changes, words = changes.filter(proposed_at__lte=known_at), words.filter(said_at__lte=known_at)
        lines = lines.filter(sheet__made_at__lte=known_at)
        fates, stands = fates.filter(followed_at__lte=known_at), stands | Q(superseded_by__followed_at__gt=known_at)
    return changes.select_related("cooperative", "entry", "edition").prefetch_related(
        Prefetch("words", queryset=words),
        Prefetch("line", queryset=lines),
        Prefetch("fates", queryset=fates.filter(stands)),
    )


def _view(change: Change, known_at: datetime | None) -> ChangeView:
    line: SheetLine | None = getattr(change, "line", None)
    sheet = line.sheet if line else None
    end: SheetEnd | None = getattr(sheet, "end", None)
    if end is not None and known_at is not None and end.ended_at > known_at:
        end = None
    sent_on = end.on if end is not None and end.is_sent else None
    is_sent = sent_on is not None
    words = tuple(change.words.all())
    rows = sorted(change.fates.all(), key=lambda row: (row.edition.as_of_on, row.edition_id))
    newest = rows[-1] if rows else None
    fate = (Fate(newest.fate) if newest else Fate.WAITING) if is_sent else None
    state = state_of([word.as_word() for word in words], on_sheet=sheet is not None, is_sent=is_sent)
    return ChangeView(change, state, words, sheet, sent_on, fate, newest)


def change_views(changes: QuerySet[Change] | None = None, known_at: datetime | None = None) -> list[ChangeView]:
    """Changes with where they stand, in the order of their numbers; all of them when none are named.

    known_at: where they stood then; None for now.
    """
    named = Change.objects.all() if changes is None else changes
    return [_view(change, known_at) for change in _viewed(named, known_at)]


def change_view(number: int) -> ChangeView | None:
    """One change; None where there is none of this number."""
    return next(iter(change_views(Change.objects.filter(pk=number))), None)


def changes_of(idents: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, str], list[ChangeView]]:
    """All changes of some cooperatives, by cooperative and column, oldest first."""
    found = defaultdict(list)
    for part in _parts(list(idents)):
        for view in change_views(Change.objects.filter(cooperative__in=part)):
            found[(view.change.cooperative_id, view.change.column)].append(view)
    return found


@dataclass(frozen=True, slots=True)
class EditionOutcome:
    """What one edition shows of a change: the fate by it and all before it. shown: the cell's text, "" for nothing."""

    edition: int
    outcome: Outcome
    shown: str


@dataclass(frozen=True, slots=True)
class ChangeOutcomes:
    """A sent change's fate by each edition since, oldest first; held: the fate rows that stand, by edition."""

    change_id: int
    by_edition: tuple[EditionOutcome, ...]
    held: Mapping[int, FateRow]

    @property
    def newest(self) -> Fate:
        """The fate by the newest edition."""
        return self.by_edition[-1].outcome.fate if self.by_edition else Fate.WAITING


def outcomes(changes: QuerySet[Change]) -> list[ChangeOutcomes]:
    """What became of changes that were sent, worked out from the editions themselves; nothing is stored."""
    rows = changes.select_related("edition", "cooperative", "line__sheet__end").prefetch_related(
        Prefetch("fates", queryset=FateRow.objects.filter(superseded_by__isnull=True))
    )
    by_scope: dict[str, list[Change]] = defaultdict(list)
    for change in rows:
        by_scope[change.edition.scope].append(change)
    found = []
    for scope, kept in by_scope.items():
        first = min(change.line.sheet.end.on for change in kept)
        editions = list(national_editions(scope).filter(as_of_on__gt=first).order_by("as_of_on", "id"))
        shown = {edition.pk: _shown_by(edition, kept) for edition in editions}
        for change in kept:
            sent = Sent(Column(change.column), change.before_key, change.after_key, change.line.sheet.end.on)
            later = (shown[edition.pk].get(change.pk) for edition in editions if edition.as_of_on > sent.sent_on)
            seen = [each for each in later if each is not None]
            by_edition = tuple(
                EditionOutcome(each.edition, fate(sent, [one for one, _ in seen[: place + 1]]), text)
                for place, (each, text) in enumerate(seen)
            )
            found.append(ChangeOutcomes(change.pk, by_edition, {row.edition_id: row for row in change.fates.all()}))
    return found


def _shown_by(edition: Edition, changes: Sequence[Change]) -> dict[int, tuple[Seen, str]]:
    """What an edition shows of each change: for the rule, and as text.

    A row that stands in the edition's file and was refused at the import says nothing: left out, it is not taken for gone.
    """
    places = column_places(edition)
    idents = {change.cooperative_id for change in changes}
    entries = {
        entry.cooperative_id: entry
        for part in _parts(list(idents))
        for entry in Entry.objects.filter(edition=edition, cooperative__in=part)
    }
    kept_numbers = {change.after_key.rpartition(":")[2] for change in changes if change.column == Column.ROW}
    survivors = set(
        Entry.objects.filter(edition=edition, cooperative__nik_koperasi__in=kept_numbers - {""}).values_list(
            "cooperative__nik_koperasi", flat=True
        )
    )
    refused = (
        {str(cell).strip() for row in open_refusals(edition) for cell in row.raw} if edition.refused_count else set()
    )
    found = {}
    for change in changes:
        if change.cooperative_id not in entries and change.cooperative.nik_koperasi in refused:
            continue
        entry, column = entries.get(change.cooperative_id), Column(change.column)
        if column is Column.ROW or entry is None:
            survivor = change.after_key.rpartition(":")[2] if column is Column.ROW else ""
            seen = Seen(
                edition.pk, edition.as_of_on, entry is not None, "", survivor in survivors if survivor else None
            )
            found[change.pk] = seen, "tercatat" if entry is not None else ""
        else:
            value = stated_of(entry, places).value(column)
            found[change.pk] = Seen(edition.pk, edition.as_of_on, True, value.key), value.text
    return found


def open_sheets() -> QuerySet[ChangeSheet]:
    """Sheets that are neither sent nor discarded."""
    return ChangeSheet.objects.filter(end__isnull=True)


def corrections_followed(views: Sequence[ChangeView] | None = None) -> list[Followed]:
    """Each correction that was sent, counted once: from its first sending to the fate of its last one."""
    return [each for _, each in followed_views(views)]


def followed_views(views: Sequence[ChangeView] | None = None) -> list[tuple[ChangeView, Followed]]:
    """The same, each beside its last sending, in the order of those."""
    sent = {view.change.pk: view for view in (change_views() if views is None else views) if view.sent_on is not None}
    repeated = {view.change.repeats_id for view in sent.values()}
    found = []
    for number, view in sent.items():
        if number in repeated or view.sent_on is None or view.fate is None:
            continue
        chain = list(_back(view, sent))
        first = chain[-1]
        rows = [row for each in chain for row in each.change.fates.all()]
        landed = [row.landed_on for row in rows if row.landed_on is not None]
        each = Followed(
            Column(view.change.column),
            view.fate,
            first.sent_on or view.sent_on,
            len(chain),
            view.fate_row.edition.as_of_on if view.fate_row else None,
            min(landed, default=None),
        )
        found.append((view, each))
    return found


def _back(view: ChangeView, sent: Mapping[int, ChangeView]) -> Iterator[ChangeView]:
    """A sending and those that it repeats, newest first."""
    each: ChangeView | None = view
    while each is not None:
        yield each
        each = sent.get(each.change.repeats_id) if each.change.repeats_id is not None else None
