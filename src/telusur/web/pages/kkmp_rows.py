"""Lines of the KKMP pages: a kelurahan's card, its steps, targets, parts of the score, in words and bars.

In: a `ProgrammeRow`. Out: frozen lines for the templates. Bars are given in a drawing of 100 by 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from telusur.laws.queries import current_law
from telusur.laws.rules.law import Certainty, Law
from telusur.merah_putih.queries import ProgrammeRow
from telusur.merah_putih.rules.financing import lacking_for_financing, terms_beyond
from telusur.merah_putih.rules.members import DENOMINATOR_LABELS, SOURCE_LABELS, DenominatorKind, TargetLine, project
from telusur.merah_putih.rules.readiness import PART_LABELS, PART_SHORT, WEIGHTS, PartLine
from telusur.merah_putih.rules.stages import (
    GATES,
    STAGE_LABELS,
    STATE_LABELS,
    WAY_LABELS,
    StageState,
    StepView,
    asked_by,
)
from telusur.web.words import say

__all__ = ["Card", "PartRow", "Sheet", "StepRow", "TargetRow", "card_of", "part_heads", "sheet_of"]

_HOUSEHOLDS = "house.kkmp_households_percent"
_GATE = "gate"


@dataclass(frozen=True, slots=True)
class Mark:
    """A step's mark in the strip: where it stands and how it is drawn."""

    x: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """A kelurahan in the list.

    share, residents: members by households and by residents, never mixed. bar: x and width of the score's interval, as text
    for a drawing 100 wide.
    """

    code: str
    name: str
    district: str
    coop: str
    way: str
    stage: str
    reached: int
    marks: Sequence[Mark]
    gates: int
    gate_count: int
    members: int | None
    share: str
    residents: str
    paid: str
    score: str
    bar_x: str
    bar_width: str
    age: int | None
    is_stale: bool
    is_begun: bool
    parts: Sequence[PartRow]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step on the kelurahan's own page. may_check: whether the reader may say what the proof is worth."""

    stage: str
    words: str
    state: str
    state_words: str
    is_gate: bool
    on: date | None
    number: str
    proof: str
    recorded_by: str
    checked_by: str
    doubt: str
    claim: int | None
    may_check: bool
    has_file: bool


@dataclass(frozen=True, slots=True)
class TargetRow:
    """Members against one denominator and one target; when it may be met."""

    words: str
    share: str
    below: str
    source: str
    wanted: int | None
    lacking: int | None
    projection: str
    percent: int | None
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the score, in points and as a bar."""

    words: str
    weight: int
    points: str
    bar_x: str
    bar_width: str
    on: date | None
    note: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of one kelurahan."""

    steps: Sequence[StepRow]
    asks: str
    to_record: str
    lacking: Sequence[str]
    targets: Sequence[TargetRow]
    growth: str
    member_source: str
    parts: Sequence[PartRow]
    beyond: Sequence[str]
    unverified: bool


def percent(share: float | None, places: int = 1) -> str:
    """A share as the reader writes it; "—" where there is none."""
    return f"{number_format(100 * share, places)} %" if share is not None else "—"


def _points(least: float, most: float) -> str:
    low, high = number_format(round(least), 0), number_format(round(most), 0)
    return low if low == high else f"{low}–{high}"


def _bar(least: float, most: float, of: float) -> tuple[str, str]:
    """x and width; a figure that is exact is still two wide, so that it can be seen."""
    x = 100 * least / of
    return f"{min(x, 98):.1f}", f"{max(2.0, 100 * (most - least) / of):.1f}"


def _step_words(step: StepView) -> str:
    return f"{gettext(STAGE_LABELS[step.stage])}: {gettext(STATE_LABELS[step.state])}"


def part_heads() -> list[tuple[str, int]]:
    """The seven parts of the score in brief, each with its weight."""
    return [(capfirst(gettext(words)), WEIGHTS[part]) for part, words in PART_SHORT.items()]


def card_of(row: ProgrammeRow) -> Card:
    """The kelurahan's line in the list."""
    main = next((line for line in row.targets if line.article == _HOUSEHOLDS), None)
    each = next((line for line in row.targets if line.kind is DenominatorKind.RESIDENTS), None)
    score = row.readiness
    x, width = _bar(score.least, score.most, 100)
    return Card(
        code=row.kelurahan_code,
        name=row.kelurahan_name,
        district=row.kecamatan_name,
        coop=row.name,
        way=gettext(WAY_LABELS[row.way]) if row.way else "",
        stage=capfirst(gettext(STAGE_LABELS[row.stage])) if row.stage else gettext("Belum ada tahap yang diperiksa"),
        reached=sum(step.is_reached for step in row.steps),
        marks=[
            Mark(
                f"{place * 10}",
                step.state.value,
                f"{gettext(STAGE_LABELS[step.stage])}: {gettext(STATE_LABELS[step.state])}",
            )
            for place, step in enumerate(row.steps)
        ],
        gates=score.gates_met,
        gate_count=len(score.gates),
        members=row.members.member_count if row.members else None,
        share=percent(main.share) if main is not None and main.share is not None else "",
        residents=percent(each.share) if each is not None and each.share is not None else "",
        paid=percent(row.capital.paid_share, 0) if row.capital else "",
        score=_points(score.least, score.most),
        bar_x=x,
        bar_width=width,
        age=row.age_days,
        is_stale=row.is_stale,
        is_begun=row.is_begun,
        parts=[_part(line) for line in row.readiness.parts],
    )


def _step(step: StepView, reader: str) -> StepRow:
    claim = step.claim
    return StepRow(
        stage=step.stage.value,
        words=capfirst(gettext(STAGE_LABELS[step.stage])),
        state=step.state.value,
        state_words=gettext(STATE_LABELS[step.state]),
        is_gate=step.stage in GATES,
        on=claim.said.on if claim else None,
        number=claim.number if claim else "",
        proof=claim.proof if claim else "",
        recorded_by=claim.said.recorded_by if claim else "",
        checked_by=claim.checked_by if claim else "",
        doubt=claim.checked_why if claim and claim.is_right is False else "",
        claim=claim.said.id if claim else None,
        may_check=claim is not None and claim.is_right is None and claim.said.recorded_by != reader,
        has_file=claim is not None and bool(claim.file),
    )


def _day(on: date) -> str:
    return date_format(on, "F Y")


def _projection(row: ProgrammeRow, line: TargetLine) -> str:
    if line.wanted is None or row.members is None:
        return ""
    if line.lacking == 0:
        return gettext("tercapai")
    found = project(row.members, row.growth, line.wanted)
    if found is None:
        return gettext("belum dapat diperkirakan: perlu dua hitungan dari sumber yang sama dan anggota yang bertambah")
    if found.latest_on is None:
        said = gettext("sekitar {likely}; paling cepat {earliest}, dan mungkin tidak tercapai")
        return said.format(likely=_day(found.likely_on), earliest=_day(found.earliest_on))
    said = gettext("sekitar {likely}; antara {earliest} dan {latest}")
    return said.format(likely=_day(found.likely_on), earliest=_day(found.earliest_on), latest=_day(found.latest_on))


def _target(row: ProgrammeRow, line: TargetLine, law: Law) -> TargetRow:
    kind = gettext(DENOMINATOR_LABELS[line.kind])
    article = law.articles.get(line.article)
    below = gettext("{count} {kind} per {day}").format(
        count=number_format(line.denominator.total_count, 0, force_grouping=True),
        kind=kind,
        day=date_format(line.denominator.said.on, "j M Y"),
    )
    words = capfirst(kind) if line.percent is None else f"{line.percent} % {kind}"
    return TargetRow(
        words=words,
        share=percent(line.share),
        below=below,
        source=line.denominator.source,
        wanted=line.wanted,
        lacking=line.lacking,
        projection=_projection(row, line),
        percent=line.percent,
        is_unverified=article is not None and article.certainty is Certainty.UNVERIFIED,
    )


def _growth(row: ProgrammeRow) -> str:
    found = row.growth
    if found is None:
        return ""
    month = 30.44
    said = gettext("{rate} anggota sebulan (95 %: {least} sampai {most}), dari {count} hitungan {since}–{until}")
    return said.format(
        rate=number_format(found.rate * month, 1),
        least=number_format(found.least * month, 1),
        most=number_format(found.most * month, 1),
        count=found.count_count,
        since=date_format(found.since_on, "j M Y"),
        until=date_format(found.until_on, "j M Y"),
    )


def _part(line: PartLine) -> PartRow:
    x, width = _bar(line.least, line.most, line.weight)
    note = gettext("terlalu tua, dianggap tidak diketahui") if line.is_stale else gettext("tidak diketahui")
    least, most = number_format(line.least, 1), number_format(line.most, 1)
    return PartRow(
        words=capfirst(gettext(PART_LABELS[line.part])),
        weight=line.weight,
        points=least if least == most else f"{least}–{most}",
        bar_x=x,
        bar_width=width,
        on=line.on,
        note="" if line.is_known else note,
        is_known=line.is_known,
    )


def sheet_of(row: ProgrammeRow, on: date, reader: str) -> Sheet:
    """The kelurahan's own page."""
    law, following = current_law(on), row.next_step
    return Sheet(
        steps=[_step(step, reader) for step in row.steps],
        asks=capfirst(say(asked_by(following))) if following else "",
        to_record=next((step.stage.value for step in row.steps if step.claim is None), ""),
        lacking=_lacking(row),
        targets=[_target(row, line, law) for line in row.targets],
        growth=_growth(row),
        member_source=gettext(SOURCE_LABELS[row.members.source]) if row.members else "",
        parts=[_part(line) for line in row.readiness.parts],
        beyond=[capfirst(say(reason)) for reason in terms_beyond(row.terms, law)] if row.terms else [],
        unverified=bool(law.unverified(["pmk49-2025.6.gates"])),
    )


def _lacking(row: ProgrammeRow) -> list[str]:
    """The gates and the approval that are not reached, by their names; which of them wait for a second person."""
    named = [reason.values.get(_GATE, "") for reason in lacking_for_financing(row.steps)]
    waiting = {STAGE_LABELS[step.stage] for step in row.steps if step.state is StageState.CLAIMED}
    return [
        gettext("{step} (tercatat, belum diperiksa)").format(step=gettext(name)) if name in waiting else gettext(name)
        for name in named
    ]
