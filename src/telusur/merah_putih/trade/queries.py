"""What is known of trade, stock, training and mentoring, by kelurahan, on a day and as known at an instant.

In: a day, an instant. Out: one `Board` a kelurahan, also where nothing is known; offers between them; sessions;
mentors.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from telusur.areas.queries import kelurahan_tree
from telusur.laws.queries import current_law
from telusur.laws.rules.law import Law
from telusur.merah_putih.rules.demand import outlook
from telusur.merah_putih.rules.mentors import Profile, Topic
from telusur.merah_putih.rules.partners import Agreement, AgreementState, lead_days_for, state_of
from telusur.merah_putih.rules.prices import Compared, Reference, compare_price
from telusur.merah_putih.rules.staples import (
    Availability,
    Seen,
    Staple,
    StockOut,
    availability,
    newest,
    stock_outs,
    within,
)
from telusur.merah_putih.rules.surplus import Shelf
from telusur.merah_putih.rules.training import Attendance, Covered, Seat, coverage
from telusur.merah_putih.rules.units import Kept, Look, UnitKind, hours_kept
from telusur.merah_putih.trade.models import (
    MentorLink,
    OpeningLook,
    PartnerStatement,
    ReferencePrice,
    SeatChange,
    StockLine,
    StockPacket,
    TrainingAttendance,
    TrainingSession,
    UnitStatement,
)
from telusur.register.queries import latest_edition
from telusur.visits.queries import missing_sequences
from telusur.words.reason import Reason

__all__ = [
    "Board",
    "Kelurahan",
    "PartnerRow",
    "StapleRow",
    "UnitRow",
    "boards",
    "kelurahan_of_city",
    "mentor_links",
    "missing_checks",
    "profiles",
    "reference_prices",
    "sessions",
    "stock_waiting",
]

# Looks and checks that make a share worth calling a strength or a weakness.
_LEAST_LOOKS, _LEAST_CHECKS = 5, 8
# Demand and stock-outs look this far back.
_HISTORY_ARTICLE = "house.kkmp_stock_history_days"
_Row = TypeVar("_Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """A kelurahan of the city."""

    code: str
    name: str
    kecamatan_code: str
    kecamatan: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as last stated, with its hours against what was seen in the window."""

    kind: UnitKind
    label: str
    is_running: bool
    hours: str
    since_on: date
    kept: Kept


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """An agreement as last stated, with its state on the day."""

    agreement: Agreement
    state: AgreementState
    why: Reason
    source: str


@dataclass(frozen=True, slots=True)
class StapleRow:
    """A staple in one outlet. shelf: None where nobody checked within the history."""

    staple: Staple
    last: Seen | None
    shelf: Shelf | None
    lead_day_count: int | None
    availability: Availability
    price: Compared | None
    gaps: tuple[StockOut, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """All that is known of one kelurahan's trade. checked_on: of the newest stock check, None without any."""

    area: Kelurahan
    units: tuple[UnitRow, ...]
    partners: tuple[PartnerRow, ...]
    staples: tuple[StapleRow, ...]
    availability: Availability
    checked_on: date | None
    training: tuple[Covered, ...]

    @property
    def shelves(self) -> dict[Staple, Shelf]:
        """What lies where, for offers."""
        return {row.staple: row.shelf for row in self.staples if row.shelf is not None}

    @property
    def modules_whole(self) -> int:
        """How many modules the board has whole."""
        return sum(each.is_whole for each in self.training)

    @property
    def supplied(self) -> int:
        """For how many of the eight staples a written agreement with a lead time holds."""
        return sum(row.lead_day_count is not None for row in self.staples)

    @property
    def running(self) -> tuple[UnitRow, ...]:
        """Units that run."""
        return tuple(row for row in self.units if row.is_running)

    def looks(self) -> tuple[int, int]:
        """(kept, looked) over all running units."""
        return sum(row.kept.kept for row in self.running), sum(row.kept.looked for row in self.running)


def kelurahan_of_city() -> tuple[Kelurahan, ...]:
    """The kelurahan of the city whose edition is the newest, by code; empty before any edition."""
    edition = latest_edition()
    if edition is None:
        return ()
    # In the order of the rows: by the ids SQLite would sort the whole edition for its first row.
    placed = edition.entries.exclude(kelurahan_code="").order_by("row_number")
    code = placed.values_list("kelurahan_code", flat=True).first() or ""
    return tuple(
        Kelurahan(area.code, area.name, branch.kecamatan.code, branch.kecamatan.name)
        for branch in (kelurahan_tree(code[:5]) if code else ())
        for area in branch.kelurahan
    )


def _by_code(rows: Iterable[_Row], field: str = "kelurahan_code") -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found


def boards(on: date, known_at: datetime, only: Sequence[str] | None = None) -> tuple[Board, ...]:
    """One board a kelurahan, by code. only: these kelurahan alone."""
    wanted = {"valid_on__lte": on, "recorded_at__lte": known_at}
    known = {"recorded_at__lte": known_at}
    scope = {} if only is None else {"kelurahan_code__in": list(only)}
    zone = ZoneInfo(settings.TIME_ZONE)
    law = current_law(on, known_at)
    first = date.fromordinal(on.toordinal() - law.value(_HISTORY_ARTICLE))
    units = _by_code(UnitStatement.objects.filter(**wanted, **scope))
    looks = _by_code(OpeningLook.objects.filter(**known, **scope, seen_at__date__gte=first, seen_at__date__lte=on))
    partners = _by_code(PartnerStatement.objects.filter(**wanted, **scope))
    lines = _by_code(StockLine.objects.filter(**known, **scope, checked_on__gte=first, checked_on__lte=on))
    attended = _by_code(
        TrainingAttendance.objects.filter(
            **scope, session__held_on__lte=on, session__recorded_at__lte=known_at
        ).select_related("session")
    )
    changes = _by_code(SeatChange.objects.filter(**known, **scope, changed_on__lte=on))
    references = reference_prices(on, known_at)
    found = []
    for area in kelurahan_of_city():
        if only is not None and area.code not in only:
            continue
        agreed = _partner_rows(partners.get(area.code, []), on, law)
        seen = [line.as_seen() for line in lines.get(area.code, [])]
        found.append(
            Board(
                area,
                _unit_rows(units.get(area.code, []), looks.get(area.code, []), zone, on),
                agreed,
                _staple_rows(area.code, seen, [row.agreement for row in agreed], references, law),
                availability(within(seen, on, law)),
                max((each.on for each in seen), default=None),
                _training_rows(area.code, attended.get(area.code, []), changes.get(area.code, []), on),
            )
        )
    return tuple(found)


def _unit_rows(
    stated: Sequence[UnitStatement], looks: Sequence[OpeningLook], zone: ZoneInfo, on: date
) -> tuple[UnitRow, ...]:
    last = {(each.kind, each.label if each.kind == UnitKind.OTHER else ""): each for each in stated}
    seen: dict[str, list[Look]] = defaultdict(list)
    for look in looks:
        seen[look.kind].append(look.as_look(zone))
    rows = []
    for each in last.values():
        since = [look for look in seen[each.kind] if each.valid_on <= look.at.date() <= on]
        kept = hours_kept(each.as_hours(), since)
        rows.append(UnitRow(UnitKind(each.kind), each.label, each.is_running, each.hours, each.valid_on, kept))
    return tuple(sorted(rows, key=lambda row: (list(UnitKind).index(row.kind), row.label)))


def _partner_rows(stated: Sequence[PartnerStatement], on: date, law: Law) -> tuple[PartnerRow, ...]:
    last = {(each.partner.casefold(), each.product): each for each in stated}
    rows = []
    for each in last.values():
        agreement = each.as_agreement()
        state, why = state_of(agreement, on, law)
        rows.append(PartnerRow(agreement, state, why, each.source))
    return tuple(sorted(rows, key=lambda row: (row.agreement.kind.value, row.agreement.partner, row.agreement.product)))


def _staple_rows(
    code: str, seen: Sequence[Seen], agreements: Sequence[Agreement], references: Sequence[Reference], law: Law
) -> tuple[StapleRow, ...]:
    """The staples on the day of `law`."""
    last, gaps, on = newest(seen), stock_outs(seen), law.on
    rows = []
    for staple in Staple:
        mine = [each for each in seen if each.staple is staple]
        lead = lead_days_for(staple.value, agreements, on, law)
        ahead, at = outlook(mine, lead, law), last.get(staple)
        shelf = Shelf(code, staple, at.on, ahead) if at is not None and ahead is not None else None
        price = compare_price(staple, at.price_rupiah, at.on, references, law) if at is not None else None
        rows.append(
            StapleRow(
                staple, at, shelf, lead, availability(within(mine, on, law)), price,
                tuple(gap for gap in gaps if gap.staple is staple),
            )
        )  # fmt: skip
    return tuple(rows)


def _training_rows(
    code: str, attended: Sequence[TrainingAttendance], changed: Sequence[SeatChange], on: date
) -> tuple[Covered, ...]:
    changes = {Seat(each.seat): each.changed_on for each in changed}
    kept: list[Attendance] = [each.as_attendance() for each in attended]
    return coverage(code, kept, changes, on)


def reference_prices(on: date, known_at: datetime) -> list[Reference]:
    """All reference prices up to a day."""
    rows = ReferencePrice.objects.filter(valid_on__lte=on, recorded_at__lte=known_at)
    return [row.as_reference() for row in rows]


def sessions(on: date, known_at: datetime) -> list[TrainingSession]:
    """Sessions held, the newest first, each with `attended_count` and `certified_count`."""
    rows = TrainingSession.objects.filter(held_on__lte=on, recorded_at__lte=known_at)
    certified = models.Q(attendances__is_certified=True)
    return list(
        rows.annotate(
            attended_count=models.Count("attendances"), certified_count=models.Count("attendances", filter=certified)
        ).order_by("-held_on", "-id")
    )


def mentor_links(on: date, known_at: datetime) -> list[MentorLink]:
    """The mentorings that stand on a day."""
    rows = MentorLink.objects.filter(begun_on__lte=on, recorded_at__lte=known_at)
    ended = models.Q(end__ended_on__lte=on, end__recorded_at__lte=known_at)
    return list(rows.exclude(ended).order_by("mentor_code", "mentee_code"))


def profiles(
    found: Sequence[Board], stages: Mapping[str, int] | None = None, members: Mapping[str, float] | None = None
) -> tuple[Profile, ...]:
    """Each board's strengths for mentoring; what too few looks or checks can tell is left out.

    stages: how far, by kelurahan; members: the share of the office's target that is reached. Both are the core's.
    """
    made = []
    for board in found:
        strengths: dict[Topic, float] = {}
        kept, looked = board.looks()
        if looked >= _LEAST_LOOKS:
            strengths[Topic.HOURS] = kept / looked
        if board.availability.checked >= _LEAST_CHECKS and board.availability.share is not None:
            strengths[Topic.STAPLES] = board.availability.share
        if board.running:
            strengths[Topic.SUPPLY] = board.supplied / len(board.staples)
        strengths[Topic.TRAINING] = board.modules_whole / len(board.training)
        if members and board.area.code in members:
            strengths[Topic.MEMBERS] = min(1.0, members[board.area.code])
        stage = (stages or {}).get(board.area.code, 0)
        made.append(Profile(board.area.code, board.area.kecamatan_code, stage, strengths))
    return tuple(made)


def stock_waiting() -> list[StockPacket]:
    """Stock checks that wait for a person, the oldest first."""
    return list(StockPacket.objects.filter(is_standing=False, decision__isnull=True).order_by("id"))


def missing_checks(phone: uuid.UUID, officer: str) -> list[int]:
    """Numbers of this officer's stock checks from a phone that never arrived; another officer's from it are no gaps."""
    numbers = StockPacket.objects.filter(device__device=phone, sequence_number__isnull=False)
    own = numbers.filter(officer=officer).aggregate(most=models.Max("sequence_number"))["most"] or 0
    missing, _ = missing_sequences(number or 0 for number in numbers.values_list("sequence_number", flat=True))
    return [number for number in missing if number <= own]
