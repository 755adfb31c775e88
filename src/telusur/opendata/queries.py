"""Reads of the open data: the moment that is asked, and each set's rows as a stream.

Every file, feed and door takes its rows from here, in the order of their keys and through `opendata.rules`: nothing of
promise 7 can come by. In: a moment, an area, a cursor, columns. Out: tuples in the order of the set's columns.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from django.db.models import Case, CharField, Count, F, Q, QuerySet, TextField, When
from django.db.models.functions import Cast
from django.utils import timezone

from telusur.areas.models import Area
from telusur.areas.queries import area_names
from telusur.journal.models import JournalLine
from telusur.laws.queries import current_law, current_policy
from telusur.merah_putih.queries import ProgrammeRow
from telusur.merah_putih.queries import rows as programme_rows
from telusur.merah_putih.rules.members import SOURCE_LABELS, DenominatorKind
from telusur.merah_putih.rules.readiness import PART_LABELS
from telusur.merah_putih.rules.stages import STAGE_LABELS, WAY_LABELS
from telusur.notices.models import Notice
from telusur.notices.rules.content import about_of
from telusur.notices.sheets.public_rows import public_list
from telusur.opendata.rules import balance, cooperatives, notices, programme
from telusur.opendata.rules.columns import Value
from telusur.opendata.rules.cooperatives import Listed, Place
from telusur.opendata.rules.datasets import Dataset, chosen
from telusur.register.models import Edition, Entry
from telusur.register.queries import legal_number_of, written_id
from telusur.rounds.models import Derivation, RowDisposition
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.public import LEAST_DAYS, PublicFinding, days_looked, public_finding
from telusur.words.area_code import CodeSystem

__all__ = ["Basis", "Moment", "basis", "boundaries", "editions_known", "last_deed", "now", "one", "rows", "size"]

_CHUNK = 500
_NOT_LOCATED = Group.NOT_LOCATED.value * 100


class Moment(NamedTuple):
    """What a file answers: the state on a day, as known at an instant."""

    on: date
    known_at: datetime


class Basis(NamedTuple):
    """What a moment's figures stand on, for manifests. derivation: None where no round has derived anything yet."""

    editions: tuple[Edition, ...]
    derivation: Derivation | None
    law: str
    policy: str


def now() -> Moment:
    """Today, with all that is known: up to the second in which the newest deed was written down.

    The same until somebody does something or the day ends, so that two files of it are the same bytes.
    """
    newest = JournalLine.objects.order_by("-number").values_list("at", flat=True).first()
    at = newest or datetime(2024, 1, 1, tzinfo=timezone.get_default_timezone())
    return Moment(timezone.localdate(), at.replace(microsecond=0) + timedelta(seconds=1))


def last_deed() -> str:
    """The journal's last line, by number and hash: another after any deed, also within one second; "" before the first."""
    line = JournalLine.objects.order_by("-number").values_list("number", "digest").first()
    return f"{line[0]} {line[1]}" if line else ""


def editions_known(at: Moment) -> list[Edition]:
    """The editions in use on a day as known then, newest first."""
    sealed = Edition.objects.filter(sealed_at__lte=at.known_at, as_of_on__lte=at.on)
    used = sealed.filter(Q(held=False) | Q(decision__accepted=True, decision__decided_at__lte=at.known_at))
    return list(used.distinct().order_by("-as_of_on", "-id"))


def _derivations(at: Moment) -> list[Derivation]:
    """Each round's newest stored answer, the newest round first."""
    stored = Derivation.objects.filter(on__lte=at.on, derived_at__lte=at.known_at).select_related("round")
    newest: dict[int, Derivation] = {}
    for each in stored.order_by("on", "id"):
        newest[each.round_id] = each
    return sorted(newest.values(), key=lambda each: (each.on, each.pk), reverse=True)


def _balanced(at: Moment) -> Derivation | None:
    """The answer that the balance shows: that of the round opened last among those that have one."""
    return max(_derivations(at), key=lambda each: (each.round.opened_at, each.pk), default=None)


def basis(at: Moment) -> Basis:
    """What a moment's figures stand on."""
    law, policy = current_law(at.on, at.known_at), current_policy(at.on, at.known_at)
    return Basis(tuple(editions_known(at)), _balanced(at), law.version, policy.id)


def rows(
    dataset: Dataset,
    at: Moment,
    *,
    area: str = "",
    after: str = "",
    fields: Sequence[str] = (),
    limit: int | None = None,
) -> Iterator[tuple[Value, ...]]:
    """The rows of a set, by its key, ascending.

    area: a code of an area; rows of it and below. after: the key of the last row that was read; rows beyond it.
    fields: outside names of columns, in the order wished; none for all. Raises UnknownColumn before the first row.
    """
    positions = chosen(dataset, fields)
    found = _STREAMS[dataset](at, area, after)
    cut = found if limit is None else islice(found, limit)
    if not fields:
        return cut
    if len(positions) == 1:
        return ((row[positions[0]],) for row in cut)
    return map(itemgetter(*positions), cut)


def size(dataset: Dataset, at: Moment, *, area: str = "") -> int:
    """How many rows `rows` gives without a cursor."""
    if dataset is Dataset.COOPERATIVES and not area:
        return _entries(at).aggregate(count=Count("cooperative_id", distinct=True))["count"] or 0
    return sum(1 for _ in rows(dataset, at, area=area))


def one(dataset: Dataset, at: Moment, key: str) -> tuple[Value, ...] | None:
    """The row of a key; None where there is none."""
    if dataset is Dataset.COOPERATIVES:
        try:
            ident = uuid.UUID(key)
        except ValueError:
            return None
        whose = Q(cooperative_id=ident)
        return next(_cooperative_rows(at, _entries(at).filter(whose), whose, ""), None)
    return next((row for row in rows(dataset, at) if row[0] == key), None)


def _below(area: str, code: object) -> bool:
    return not area or code == area or (isinstance(code, str) and code.startswith(f"{area}."))


# --- cooperatives -------------------------------------------------------------------------------------------------------


def _entries(at: Moment) -> QuerySet[Entry]:
    # + 0: read in the order of the cooperatives' index and stop where the reader stops, not sorted as a whole first.
    known = [edition.pk for edition in editions_known(at)]
    return Entry.objects.annotate(of_edition=F("edition_id") + 0).filter(of_edition__in=known)


def _cooperatives(at: Moment, area: str, after: str) -> Iterator[tuple[Value, ...]]:
    whose = Q()
    if after:
        try:
            whose = Q(cooperative_id__gt=uuid.UUID(after))
        except ValueError:
            return iter(())
    return _cooperative_rows(at, _entries(at).filter(whose), whose, area)


# (cooperative, edition, entry, name, NIK koperasi, kelurahan, kecamatan, kind, what is stated): a plain tuple, as it comes.
_Line = tuple[Any, ...]


def _newest_lines(asked: QuerySet[Entry], editions: Mapping[int, int]) -> Iterator[_Line]:
    """Each cooperative's newest row, in the order of the cooperatives. editions: place of each by newness."""
    lines = asked.annotate(stated=Cast("normal", TextField()), whose=_WHOSE).order_by("cooperative_id")
    columns = ("whose", "edition_id", "id", "name", "cooperative__nik_koperasi", "kelurahan_code", "kecamatan_code")
    held: _Line | None = None
    for line in lines.values_list(*columns, "kind", "stated").iterator(_CHUNK):
        if held is None or line[0] != held[0]:
            if held is not None:
                yield held
            held = line
        elif (editions[line[1]], -line[2]) < (editions[held[1]], -held[2]):
            held = line
    if held is not None:
        yield held


# The id as the database writes it: 200,000 objects that are made to be written out again cost as much as the rest.
_WHOSE = Cast("cooperative_id", CharField())


def _cooperative_rows(at: Moment, asked: QuerySet[Entry], whose: Q, area: str) -> Iterator[tuple[Value, ...]]:
    """One row a cooperative, from its newest entry and its newest stored code: two streams in one order."""
    known = editions_known(at)
    editions = {edition.pk: place for place, edition in enumerate(known)}
    listed = {edition.pk: (edition.as_of_on, place == 0) for place, edition in enumerate(known)}
    names, findings = _Names(), _findings(at, whose)
    ahead, finding, found_on = next(findings, _NO_MORE)
    for ident, edition, _, name, number, kelurahan, kecamatan, kind, stated in _newest_lines(asked, editions):
        while ahead < ident:
            ahead, finding, found_on = next(findings, _NO_MORE)
        if area and not _below(area, kelurahan or kecamatan):
            continue
        listed_on, is_newest = listed[edition]
        is_found = ahead == ident
        yield cooperatives.row_for(
            written_id(ident),
            Listed(name, number or "", legal_number_of(stated), kind, listed_on, is_newest),
            Place(kelurahan, names[kelurahan], kecamatan, names[kecamatan]),
            finding if is_found else PublicFinding.NOT_VISITED,
            found_on if is_found else None,
        )


# Beyond every id.
_NO_MORE: tuple[str, PublicFinding, date | None] = ("g", PublicFinding.NOT_VISITED, None)


def _findings(at: Moment, whose: Q) -> Iterator[tuple[str, PublicFinding, date | None]]:
    """What may be published of each cooperative's newest stored code, in the order of the cooperatives."""
    answers = {each.pk: (place, each.on) for place, each in enumerate(_derivations(at))}
    if not answers:
        return
    least = {number: current_law(on, at.known_at).value(LEAST_DAYS) for number, (_, on) in answers.items()}
    not_located = Q(code__gte=_NOT_LOCATED, code__lt=_NOT_LOCATED + 100)
    # + 0: SQLite would take the index of the derivation, and sort all of its rows before the first one.
    stored = RowDisposition.objects.filter(whose).annotate(
        answer=F("derivation_id") + 0,
        whose=_WHOSE,
        why=Case(When(not_located, then=Cast("reasons", TextField())), default=None, output_field=TextField()),
    )
    asked = stored.filter(answer__in=list(answers)).order_by("cooperative_id")

    # A city's rows have few codes and reasons between them.
    @lru_cache(maxsize=4096)
    def found(answer: int, code: int, why: str | None) -> PublicFinding:
        return public_finding(_CODES[code], days_looked(orjson.loads(why)) if why else 0, least[answer])

    def said(line: tuple[Any, ...]) -> tuple[str, PublicFinding, date | None]:
        ident, answer, code, why = line
        return ident, found(answer, code, why), answers[answer][1]

    held: tuple[Any, ...] | None = None
    for line in asked.values_list("whose", "answer", "code", "why").iterator(_CHUNK):
        if held is None or line[0] != held[0]:
            if held is not None:
                yield said(held)
            held = line
        elif answers[line[1]] < answers[held[1]]:
            held = line
    if held is not None:
        yield said(held)


_CODES = {code.value: code for code in Code}


class _Names(dict[str, str]):
    """Names of areas by code, each asked once; "" for one that nobody knows."""

    def __missing__(self, code: str) -> str:
        known = area_names([code]) if code else {}
        self[code] = name = known.get(code, "")
        return name


# --- the balance ----------------------------------------------------------------------------------------------------------


def _balance(at: Moment, area: str, after: str) -> Iterator[tuple[Value, ...]]:
    derivation = _balanced(at)
    if derivation is None:
        return iter(())
    counted = _counted(derivation, current_law(derivation.on, at.known_at).value(LEAST_DAYS))
    areas = balance.areas_for(set(counted), area_names({code for pair in counted for code in pair}))
    found = balance.balance_rows(areas, {code: counts for (code, _), counts in counted.items()})
    return (row for row in found if str(row[0]) > after and _below(area, row[0]))


_Counted = dict[tuple[str, str], dict[tuple[PublicFinding, Code | None], int]]


def _counted(derivation: Derivation, least: int) -> _Counted:
    """By (kelurahan, kecamatan): rows of the round by what the public may know of them."""
    counted: _Counted = {}

    def add(kelurahan: str, kecamatan: str, code: Code, days: int, count: int) -> None:
        above = kelurahan[:8] if kelurahan else kecamatan
        key = (kelurahan or (f"{kecamatan}.{balance.NOWHERE}" if kecamatan else balance.NOWHERE), above)
        finding = public_finding(code, days, least)
        cell = (finding, code if finding in balance.DETAILED else None)
        line = counted.setdefault(key, {})
        line[cell] = line.get(cell, 0) + count

    not_located = Q(code__gte=_NOT_LOCATED, code__lt=_NOT_LOCATED + 100)
    stored = RowDisposition.objects.filter(derivation=derivation)
    grouped = stored.exclude(not_located).values_list("kelurahan_code", "kecamatan_code", "code")
    for kelurahan, kecamatan, code, count in grouped.annotate(count=Count("id")).order_by():
        add(kelurahan, kecamatan, Code(code), 0, count)
    looked = stored.filter(not_located).values_list("kelurahan_code", "kecamatan_code", "code", "reasons")
    for kelurahan, kecamatan, code, reasons in looked.iterator(_CHUNK):
        add(kelurahan, kecamatan, Code(code), days_looked(reasons), 1)
    return counted


# --- notices --------------------------------------------------------------------------------------------------------------


def _notices(at: Moment, area: str, after: str) -> Iterator[tuple[Value, ...]]:
    """By token."""
    published = public_list(at.on, at.known_at)
    letters = Notice.objects.filter(token__in=[each.token for each in published]).values_list("token", "content")
    places = {token: about_of(content).kelurahan_code for token, content in letters}
    found = sorted(notices.row_for(each, places.get(each.token, "")) for each in published)
    return (row for row in found if row.ident > after and _below(area, row.kelurahan_code))


# --- the programme --------------------------------------------------------------------------------------------------------


def _programme(at: Moment, area: str, after: str) -> Iterator[tuple[Value, ...]]:
    found = (programme.row_for(_stood(row)) for row in programme_rows(at.on, at.known_at))
    return (row for row in found if row.kelurahan_code > after and _below(area, row.kelurahan_code))


def _stood(row: ProgrammeRow) -> programme.Stood:
    def base(kind: DenominatorKind) -> programme.Base | None:
        held = row.denominators.get(kind)
        return programme.Base(held.total_count, held.said.on, held.source) if held else None

    members, following = row.members, row.next_step
    return programme.Stood(
        row.kelurahan_code,
        row.kelurahan_name,
        row.kecamatan_code,
        row.kecamatan_name,
        row.name,
        WAY_LABELS[row.way] if row.way else "",
        STAGE_LABELS[row.stage] if row.stage else "",
        STAGE_LABELS[following.stage] if following else "",
        sum(step.is_reached for step in row.steps),
        row.readiness.gates_met,
        programme.Base(members.member_count, members.said.on, SOURCE_LABELS[members.source]) if members else None,
        base(DenominatorKind.RESIDENTS),
        base(DenominatorKind.ADULTS),
        base(DenominatorKind.HOUSEHOLDS),
        (row.readiness.least, row.readiness.most),
        row.newest_on,
        row.age_days,
        tuple(STAGE_LABELS[step.stage] for step in row.readiness.gates if not step.is_reached),
        tuple(
            programme.ReadinessPart(PART_LABELS[each.part], each.weight, each.is_known, each.is_stale)
            for each in row.readiness.parts
        ),
    )


def boundaries(codes: Collection[str]) -> dict[str, str]:
    """The boundaries that hold now of areas by Kemendagri codes, as GeoJSON text; none where none is known."""
    known = Area.objects.filter(system=CodeSystem.KEMENDAGRI.value, code__in=codes, valid_to__isnull=True)
    return {code: boundary for code, boundary in known.values_list("code", "boundary") if boundary}


_STREAMS = {
    Dataset.COOPERATIVES: _cooperatives,
    Dataset.BALANCE: _balance,
    Dataset.NOTICES: _notices,
    Dataset.PROGRAMME: _programme,
}
