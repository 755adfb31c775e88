"""Reads of the programme: one row for every kelurahan, on a day and as known at an instant; one kelurahan's history.

In: a day, an instant. Out: `ProgrammeRow`, exactly one a kelurahan of each regency that takes part, also where nothing has
begun. Everything is made of statements that held then; nothing here writes.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from telusur.areas.queries import area_names, areas_of
from telusur.laws.queries import current_law
from telusur.laws.rules.law import Law
from telusur.merah_putih.models import (
    CapitalReport,
    Denominator,
    Financing,
    Formation,
    GovernanceReport,
    MemberCount,
    MemberOverlap,
    Programme,
    StageCheck,
    StageRecord,
)
from telusur.merah_putih.programme.models import KINDS, Statement
from telusur.merah_putih.rules.capital import CapitalSaid
from telusur.merah_putih.rules.financing import TermsSaid
from telusur.merah_putih.rules.members import (
    DenominatorKind,
    DenominatorSaid,
    Growth,
    MembersSaid,
    TargetLine,
    growth_of,
    latest_by_kind,
    target_lines,
)
from telusur.merah_putih.rules.mentors import Profile
from telusur.merah_putih.rules.readiness import (
    GovernanceSaid,
    Known,
    Part,
    Readiness,
    capital_known,
    freshness_known,
    governance_known,
    members_known,
    readiness,
)
from telusur.merah_putih.rules.stages import Stage, StepView, Way, furthest, next_step, steps_of
from telusur.merah_putih.rules.statements import HasSaid, holding
from telusur.merah_putih.rules.trade_parts import hours_known, staples_known, supply_known
from telusur.merah_putih.trade.queries import Board, boards, profiles
from telusur.words.area_code import AreaLevel

__all__ = ["OverlapLine", "ProgrammeRow", "mentor_profiles", "overlaps", "regencies", "row_of", "rows", "statements_of"]

_Said = TypeVar("_Said", bound=HasSaid)
_Row = TypeVar("_Row", bound=Statement)


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """Where one kelurahan's cooperative stands.

    programme_id: None where the kelurahan was not taken in yet. name, way, cooperative_id: of its formation, "" or None
    before. steps: every step once, in order. members: the newest count; targets: it against each denominator, never mixed.
    newest_on: the day of the newest statement; age_days: since then.
    """

    kelurahan_code: str
    kelurahan_name: str
    kecamatan_code: str
    kecamatan_name: str
    programme_id: int | None
    name: str
    way: Way | None
    cooperative_id: uuid.UUID | None
    steps: tuple[StepView, ...]
    members: MembersSaid | None
    counts: tuple[MembersSaid, ...]
    denominators: Mapping[DenominatorKind, DenominatorSaid]
    targets: tuple[TargetLine, ...]
    capital: CapitalSaid | None
    governance: GovernanceSaid | None
    terms: TermsSaid | None
    readiness: Readiness
    newest_on: date | None
    age_days: int | None
    is_stale: bool

    @property
    def stage(self) -> Stage | None:
        """The last step that was reached and checked, None where none was."""
        return furthest(self.steps)

    @property
    def next_step(self) -> StepView | None:
        """The first step that was not reached."""
        return next_step(self.steps)

    @property
    def growth(self) -> Growth | None:
        """How the number of members moves."""
        return growth_of(self.counts)

    @property
    def is_begun(self) -> bool:
        """Whether anything was recorded."""
        return self.newest_on is not None


@dataclass(frozen=True, slots=True)
class OverlapLine:
    """How many people two lists shared that were counted together."""

    first_code: str
    second_code: str
    shared_count: int
    on: date


@dataclass(frozen=True, slots=True)
class _Statements:
    """What holds, by programme."""

    formations: Mapping[int, list[Formation]]
    claims: Mapping[int, list[StageRecord]]
    checks: Mapping[int, StageCheck]
    denominators: Mapping[int, list[Denominator]]
    counts: Mapping[int, list[MemberCount]]
    capital: Mapping[int, list[CapitalReport]]
    governance: Mapping[int, list[GovernanceReport]]
    terms: Mapping[int, list[Financing]]
    boards: Mapping[str, Board]


def regencies() -> tuple[str, ...]:
    """The regencies that take part, by code."""
    codes = Programme.objects.values_list("kelurahan_code", flat=True)
    return tuple(sorted({code[:5] for code in codes}))


def rows(on: date, known_at: datetime, regency_code: str | None = None) -> list[ProgrammeRow]:
    """One row for each kelurahan, by code."""
    known = dict(
        Programme.objects.filter(kelurahan_code__startswith=regency_code or "").values_list("kelurahan_code", "id")
    )
    places = {
        area.code: (area.name, area.parent)
        for regency in ([regency_code] if regency_code else regencies())
        for area in areas_of(regency, AreaLevel.KELURAHAN)
    }
    # A kelurahan that ended keeps its row.
    for code, name in area_names(set(known) - set(places)).items():
        places[code] = (name, code[:8])
    if not places and not known:
        return []
    kecamatan = area_names({parent for _, parent in places.values()})
    trade = {board.area.code: board for board in boards(on, known_at)}
    statements, law = _load(known.values(), trade), current_law(on, known_at)
    return [
        _row((code, places.get(code, (code, code[:8])), kecamatan), known.get(code), statements, (on, known_at, law))
        for code in sorted({*places, *known})
    ]


def row_of(kelurahan_code: str, on: date, known_at: datetime) -> ProgrammeRow | None:
    """The row of one kelurahan, None where no such kelurahan takes part."""
    found = (row for row in rows(on, known_at, kelurahan_code[:5]) if row.kelurahan_code == kelurahan_code)
    return next(found, None)


def overlaps(on: date, known_at: datetime) -> list[OverlapLine]:
    """The newest count of people on two lists, by pair; pairs that share nobody are left out."""
    found: dict[tuple[str, str], OverlapLine] = {}
    known = MemberOverlap.objects.filter(valid_on__lte=on, recorded_at__lte=known_at).order_by("valid_on", "id")
    for each in known.select_related("first", "second"):
        pair = (each.first.kelurahan_code, each.second.kelurahan_code)
        found[pair] = OverlapLine(*pair, each.shared_count, each.valid_on)
    return sorted((each for each in found.values() if each.shared_count), key=lambda each: -each.shared_count)


def statements_of(kelurahan_code: str, known_at: datetime) -> list[tuple[str, Statement]]:
    """The statements of one kelurahan that stand, with their kind, the newest first; superseded ones are gone."""
    found: list[tuple[str, Statement]] = []
    for kind, model in KINDS.items():
        known = list(model._default_manager.filter(programme__kelurahan_code=kelurahan_code, recorded_at__lte=known_at))
        replaced = {row.supersedes_id for row in known}
        found += [(kind, row) for row in known if not row.is_withdrawn and row.pk not in replaced]
    return sorted(found, key=lambda each: (each[1].valid_on, each[1].recorded_at), reverse=True)


def mentor_profiles(on: date, known_at: datetime) -> tuple[Profile, ...]:
    """Each board's strengths for mentoring: trade, training, how far its steps, how near its members are to the target."""
    found = rows(on, known_at)
    stages = {row.kelurahan_code: sum(step.is_reached for step in row.steps) for row in found}
    members = {
        row.kelurahan_code: row.members.member_count / line.wanted
        for row in found
        for line in row.targets
        if line.article == "house.kkmp_households_percent" and line.wanted and row.members is not None
    }
    return profiles(list(boards(on, known_at)), stages, members)


def _by_programme(model: type[_Row], idents: Iterable[int]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in model._default_manager.filter(programme_id__in=list(idents)).order_by("valid_on", "id"):
        found[row.programme_id].append(row)
    return found


def _load(idents: Iterable[int], trade: Mapping[str, Board]) -> _Statements:
    wanted = list(idents)
    checks = StageCheck.objects.filter(record__programme_id__in=wanted)
    return _Statements(
        _by_programme(Formation, wanted),
        _by_programme(StageRecord, wanted),
        {check.record_id: check for check in checks},
        _by_programme(Denominator, wanted),
        _by_programme(MemberCount, wanted),
        _by_programme(CapitalReport, wanted),
        _by_programme(GovernanceReport, wanted),
        _by_programme(Financing, wanted),
        trade,
    )


def _row(
    place: tuple[str, tuple[str, str], Mapping[str, str]],
    ident: int | None,
    all_of: _Statements,
    when: tuple[date, datetime, Law],
) -> ProgrammeRow:
    code, (name, parent), kecamatan = place
    on, known_at, law = when

    def held(values: Iterable[_Said]) -> tuple[_Said, ...]:
        return holding(values, on, known_at)

    key = ident or 0
    formation = _formation(all_of.formations.get(key, []), on, known_at)
    steps = steps_of(
        held(row.as_claim(_known(all_of.checks.get(row.pk), known_at)) for row in all_of.claims.get(key, []))
    )
    counts = held(row.as_members() for row in all_of.counts.get(key, []))
    members = counts[-1] if counts else None
    denominators = latest_by_kind(held(row.as_denominator() for row in all_of.denominators.get(key, [])))
    capital = held(row.as_capital() for row in all_of.capital.get(key, []))
    governance = held(row.as_governance() for row in all_of.governance.get(key, []))
    terms = held(row.as_terms() for row in all_of.terms.get(key, []))
    targets = target_lines(members, denominators, law)
    board = all_of.boards.get(code)
    newest = _newest([*counts, *capital, *governance, *terms], steps, board)
    age = (on - newest).days if newest is not None else None
    known: dict[Part, Known | None] = {
        Part.MEMBERS: members_known(targets),
        Part.CAPITAL: capital_known(capital[-1] if capital else None, law),
        Part.GOVERNANCE: governance_known(governance[-1] if governance else None),
        Part.FRESHNESS: freshness_known(newest, on, law),
        **_trade_known(board),
    }
    return ProgrammeRow(
        kelurahan_code=code,
        kelurahan_name=name,
        kecamatan_code=parent,
        kecamatan_name=kecamatan.get(parent, parent),
        programme_id=ident,
        name=formation.name if formation else "",
        way=Way(formation.way) if formation else None,
        cooperative_id=formation.cooperative_id if formation else None,
        steps=steps,
        members=members,
        counts=counts,
        denominators=denominators,
        targets=targets,
        capital=capital[-1] if capital else None,
        governance=governance[-1] if governance else None,
        terms=terms[-1] if terms else None,
        readiness=readiness(steps, known, on, law),
        newest_on=newest,
        age_days=age,
        is_stale=age is None or age > law.value("house.kkmp_stale_days"),
    )


def _newest(said: Iterable[HasSaid], steps: Iterable[StepView], board: Board | None) -> date | None:
    """The day of the newest thing known, a stock check among them."""
    days = [each.said.on for each in said] + [step.claim.said.on for step in steps if step.claim is not None]
    if board is not None and board.checked_on is not None:
        days.append(board.checked_on)
    return max(days, default=None)


def _trade_known(board: Board | None) -> dict[Part, Known | None]:
    """What trade knows of its three parts."""
    if board is None:
        return {}
    return {
        Part.HOURS: hours_known(unit.kept for unit in board.running),
        Part.SUPPLY: supply_known(board.supplied, len(board.partners)),
        Part.STAPLES: staples_known(board.availability, board.checked_on),
    }


def _known(check: StageCheck | None, known_at: datetime) -> StageCheck | None:
    return check if check is not None and check.checked_at <= known_at else None


def _formation(found: list[Formation], on: date, known_at: datetime) -> Formation | None:
    """The formation that holds, the newest of them."""
    known = [row for row in found if row.recorded_at <= known_at]
    replaced = {row.supersedes_id for row in known}
    held = [row for row in known if row.pk not in replaced and not row.is_withdrawn and row.valid_on <= on]
    return held[-1] if held else None
