"""Reads of a round: every row's derived disposition on any day, the balance by any dimension, the rows behind a figure."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast
from orjson import loads

from telusur.areas.queries import area_names, areas_of
from telusur.intake.models import Batch
from telusur.laws.queries import current_law
from telusur.matching.models import Judgement
from telusur.matching.queries import judged_duplicates
from telusur.register.models import Edition, Entry, RecordedFact
from telusur.register.rules import Fact, facts_known
from telusur.rounds.models import BalanceLine, Derivation, OutsideFind, Round, RowDisposition
from telusur.rounds.rules.asked import Policy, policy_under
from telusur.rounds.rules.balance import Tally, tally
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.conflicts import visits_of
from telusur.rounds.rules.disposition import Disposition, Duplicate, RowCase, dispose
from telusur.rounds.rules.draw import random_number
from telusur.rounds.rules.due import DUE_CODES, VISIT_REQUEST, DueRow, due_row, open_request
from telusur.rounds.rules.estimate import Estimate, estimate
from telusur.rounds.rules.public import PublicCount, PublicFinding, days_looked, public_finding
from telusur.words.area_code import AreaLevel

__all__ = [
    "DIMENSIONS",
    "BalanceFigure",
    "BalanceGroup",
    "DerivedRow",
    "balance_by",
    "balance_by_rederiving",
    "balance_figure",
    "current_round",
    "derive_rows",
    "due_rows",
    "estimates_of",
    "frozen_entries",
    "latest_derivation",
    "latest_disposition",
    "not_located_drawn",
    "outside_finds",
    "policy_of",
    "round_duplicates",
    "told_count",
]

DIMENSIONS: Mapping[str, str] = {
    "kelurahan": "kelurahan_code",
    "kecamatan": "kecamatan_code",
    "kind": "kind",
    "officer": "officer",
}


class DerivedRow(NamedTuple):
    """A frozen row with its code on a day."""

    entry_id: int
    cooperative_id: uuid.UUID
    kelurahan_code: str
    kecamatan_code: str
    kind: str
    disposition: Disposition


class BalanceGroup(NamedTuple):
    """The balance of one value of a dimension; `value` "" where the rows state none. `name` is for people."""

    value: str
    tally: Tally
    name: str = ""


@dataclass(frozen=True, slots=True)
class BalanceFigure:
    """A balance with all that makes it reproducible: round, edition, rule, day, knowledge, and what stays outside."""

    round_name: str
    edition_id: int
    edition_as_of_on: date
    rule: str
    on: date
    known_at: datetime
    dimension: str | None
    whole: Tally
    groups: tuple[BalanceGroup, ...]
    refused_count: int
    outside_count: int

    def as_json(self) -> dict[str, object]:
        """The contract of `telusur balance --json`."""
        return {
            "on": self.on,
            "known_at": self.known_at,
            "round": self.round_name,
            "edition": self.edition_id,
            "rule": self.rule,
            "total": self.whole.recorded,
            "unaccounted": self.whole.unaccounted,
            "located": self.whole.located,
            "codes": _codes_json(self.whole),
            "by": self.dimension,
            "groups": [
                {
                    "name": group.name,
                    "value": group.value,
                    "total": group.tally.recorded,
                    "unaccounted": group.tally.unaccounted,
                    "codes": _codes_json(group.tally),
                }
                for group in self.groups
            ],
            "refused_rows": self.refused_count,
            "outside_register": self.outside_count,
        }


def _codes_json(counted: Tally) -> dict[str, int]:
    return {str(code.value): count for code, count in counted.codes.items()}


def current_round() -> Round | None:
    """The open round; where none is open, the one closed last."""
    rounds = Round.objects.select_related("edition")
    return rounds.filter(closed_at__isnull=True).first() or rounds.order_by("-closed_at").first()


def frozen_entries(round_: Round) -> QuerySet[Entry]:
    """The rows that the round froze: those of its edition up to the last one at opening."""
    return Entry.objects.filter(edition_id=round_.edition_id, id__lte=round_.last_entry_id)


def _facts_by_cooperative(round_: Round, on: date, known_at: datetime) -> dict[uuid.UUID, tuple[Fact, ...]]:
    # By recording and not by day: a mend may move a fact's day beyond `on` and still take its forerunner away.
    recorded = RecordedFact.objects.filter(
        recorded_at__lte=known_at, cooperative__entries__edition_id=round_.edition_id
    ).distinct()
    grouped: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    for row in recorded.iterator(5000):
        grouped[row.cooperative_id].append(row.as_fact())
    return {cooperative: facts_known(facts, on, known_at) for cooperative, facts in grouped.items()}


def round_duplicates(round_: Round, known_at: datetime) -> dict[uuid.UUID, Duplicate]:
    """Cooperatives judged to be duplicates, by two people, of a survivor that the round froze too: evidence for code 420.

    A survivor outside the round would leave the row's cooperative in no line of the balance.
    """
    judged = judged_duplicates(known_at)
    kept = {pair.survivor for pair in judged.values()}
    frozen = frozen_entries(round_).filter(cooperative_id__in=kept)
    names = {
        ident: number or key
        for ident, number, key in frozen.values_list("cooperative_id", "cooperative__nik_koperasi", "cooperative__key")
    }
    return {
        ident: Duplicate(names[pair.survivor], pair.judgement_ids)
        for ident, pair in judged.items()
        if pair.survivor in names
    }


def derive_rows(round_: Round, policy: Policy, on: date, known_at: datetime) -> Iterator[DerivedRow]:
    """Every frozen row with its disposition on `on`, as known at `known_at`, in the order of the edition."""
    facts = _facts_by_cooperative(round_, on, known_at)
    duplicates = round_duplicates(round_, known_at)
    untouched = dispose(RowCase(None, ()), policy, on)
    rows = frozen_entries(round_).order_by("id")
    for entry in rows.only("id", "cooperative_id", "kelurahan_code", "kecamatan_code", "kind", "normal").iterator(5000):
        known, duplicate = facts.get(entry.cooperative_id), duplicates.get(entry.cooperative_id)
        legal_on = entry.normal.get("legal_on")
        disposition = (
            dispose(RowCase(date.fromisoformat(legal_on) if legal_on else None, known or (), duplicate), policy, on)
            if known or duplicate
            else untouched
        )
        yield DerivedRow(
            entry.pk, entry.cooperative_id, entry.kelurahan_code, entry.kecamatan_code, entry.kind, disposition
        )


def due_rows(round_: Round, on: date, known_at: datetime) -> list[DueRow]:
    """The rows that need a visit on `on`, in the edition's order, with what earlier visits say of the next one."""
    facts = _facts_by_cooperative(round_, on, known_at)
    asked = {ident for ident, known in facts.items() if any(fact.kind == VISIT_REQUEST for fact in known)}
    names = dict(frozen_entries(round_).values_list("id", "name"))
    found = []
    for row in derive_rows(round_, policy_of(round_, on, known_at), on, known_at):
        if row.disposition.code not in DUE_CODES and row.cooperative_id not in asked:
            continue
        known = facts.get(row.cooperative_id, ())
        visits = visits_of(known)
        due = due_row(
            row.entry_id,
            row.cooperative_id,
            names[row.entry_id],
            (row.kelurahan_code, row.kecamatan_code, row.kind),
            row.disposition.code,
            visits,
            round_.required_attempts,
            open_request(known, visits),
        )
        if due is not None:
            found.append(due)
    return found


def latest_derivation(round_: Round, on: date | None = None) -> Derivation | None:
    """The newest stored answer for one day; without it, for the latest day that was ever asked.

    By the day and not by when it was asked: whoever derives a past day must not move what everybody sees.
    """
    stored = Derivation.objects.filter(round=round_)
    return (stored.filter(on=on) if on else stored).order_by("-on", "-id").first()


def balance_by(derivation: Derivation, dimension: str | None) -> list[BalanceGroup]:
    """The balance of a stored derivation, counted from its rows; one group "" for the whole when `dimension` is None.

    Counted afresh and compared with the stored lines, which the database has checked: raises RuntimeError when a row was
    lost on the way.
    """
    if dimension is None:
        counts = derivation.dispositions.values_list("code").annotate(count=Count("id"))
        codes = {Code(code): count for code, count in sorted(counts)}
        return [BalanceGroup("", Tally(derivation.round.row_count, codes))]
    column = DIMENSIONS[dimension]
    grouped: dict[str, dict[Code, int]] = defaultdict(dict)
    for value, code, count in (
        derivation.dispositions.values_list(column, "code").annotate(count=Count("id")).order_by(column, "code")
    ):
        grouped[value][Code(code)] = count
    recorded = dict(
        BalanceLine.objects.filter(derivation=derivation, dimension=dimension).values_list("value", "row_count")
    )
    if {value: sum(codes.values()) for value, codes in grouped.items()} != recorded:
        raise RuntimeError(f"the rows of derivation {derivation.pk} do not add up to its balance by {dimension}")
    return [BalanceGroup(value, Tally(recorded[value], codes)) for value, codes in sorted(grouped.items())]


def balance_by_rederiving(
    round_: Round, policy: Policy, on: date, known_at: datetime, dimension: str | None
) -> list[BalanceGroup]:
    """The balance of any day as known at any instant, from the facts themselves; nothing is stored."""
    groups: dict[str, list[Code]] = defaultdict(list)
    whole: list[Code] = []
    for row in derive_rows(round_, policy, on, known_at):
        whole.append(row.disposition.code)
        if dimension is not None:
            value = row.disposition.officer if dimension == "officer" else getattr(row, DIMENSIONS[dimension])
            groups[value].append(row.disposition.code)
    if dimension is None:
        return [BalanceGroup("", tally(round_.row_count, whole))]
    return [BalanceGroup(value, tally(len(codes), codes)) for value, codes in sorted(groups.items())]


def policy_of(round_: Round, on: date, known_at: datetime | None = None) -> Policy:
    """What the round asks for, under the law of the day that is asked, as the office had adopted it by `known_at`."""
    return policy_under(current_law(on, known_at), round_.required_attempts)


def _stored_answer(round_: Round, on: date, known_at: datetime) -> Derivation | None:
    """A stored derivation that answers for this day and knowledge: made before, and nothing was learnt in between."""
    stored = Derivation.objects.filter(
        round=round_, on=on, known_at__lte=known_at, rule_version=policy_of(round_, on, known_at).version
    )
    found = stored.order_by("-known_at", "-id").first()
    if found is None:
        return None
    learnt = RecordedFact.objects.filter(recorded_at__gt=found.known_at, recorded_at__lte=known_at)
    judged = Judgement.objects.filter(judged_at__lte=known_at)
    # An edition that came in between may have moved the facts under a judgement.
    moved = Edition.objects.filter(sealed_at__gt=found.known_at, sealed_at__lte=known_at)
    if judged.filter(judged_at__gt=found.known_at).exists() or (judged.exists() and moved.exists()):
        return None
    return None if learnt.exists() else found


def _empty_places(dimension: str, groups: list[BalanceGroup]) -> list[BalanceGroup]:
    """The places of one city that no row names: a kelurahan without a cooperative is a finding too."""
    regencies = {group.value[:5] for group in groups if group.value}
    if len(regencies) != 1:
        return []
    present = {group.value for group in groups}
    areas = areas_of(regencies.pop(), AreaLevel(dimension))
    return [BalanceGroup(area.code, Tally(0, {})) for area in areas if area.code not in present]


def _named(dimension: str | None, groups: list[BalanceGroup]) -> tuple[BalanceGroup, ...]:
    if dimension in ("kelurahan", "kecamatan"):
        groups = groups + _empty_places(dimension, groups)
        names = area_names(group.value for group in groups)
    else:
        names = {group.value: group.value for group in groups}
    blank = {
        "kelurahan": "(kelurahan tidak diketahui)",
        "kecamatan": "(kecamatan tidak diketahui)",
        "kind": "(jenis tidak diisi)",
        "officer": "(belum dikunjungi)",
    }
    named = [
        group._replace(name=names.get(group.value) or blank.get(dimension or "", "seluruhnya")) for group in groups
    ]
    # The unknown stands last: it is a remainder, not a place.
    return tuple(sorted(named, key=lambda group: (not group.value, group.name)))


def balance_figure(round_: Round, on: date, known_at: datetime, dimension: str | None) -> BalanceFigure:
    """The balance for a day as known at an instant, by `dimension` (a key of DIMENSIONS) or whole.

    Reads the stored derivation where one answers the question; derives afresh, storing nothing, for any other moment.
    """
    policy = policy_of(round_, on, known_at)
    stored = _stored_answer(round_, on, known_at)
    if stored is not None:
        groups = balance_by(stored, dimension)
        whole = groups[0].tally if dimension is None else balance_by(stored, None)[0].tally
    else:
        groups = balance_by_rederiving(round_, policy, on, known_at, dimension)
        codes: dict[Code, int] = defaultdict(int)
        for group in groups:
            for code, count in group.tally.codes.items():
                codes[code] += count
        whole = Tally(round_.row_count, dict(sorted(codes.items())))
    taken = sum(Batch.objects.filter(edition_id=round_.edition_id).values_list("accepted_count", flat=True))
    return BalanceFigure(
        round_name=round_.name,
        edition_id=round_.edition_id,
        edition_as_of_on=round_.edition.as_of_on,
        rule=policy.version,
        on=on,
        known_at=known_at,
        dimension=dimension,
        whole=whole,
        groups=_named(dimension, groups),
        refused_count=round_.edition.rows_in_count - taken,
        outside_count=OutsideFind.objects.filter(round=round_, found_on__lte=on, recorded_at__lte=known_at).count(),
    )


def outside_finds(round_: Round) -> QuerySet[OutsideFind]:
    """What was found in the field and stands in no row (code U)."""
    return OutsideFind.objects.filter(round=round_).order_by("found_on", "name")


def latest_disposition(cooperative_id: uuid.UUID) -> RowDisposition | None:
    """The stored code of a cooperative for the latest day, in whichever round."""
    stored = RowDisposition.objects.filter(cooperative_id=cooperative_id).select_related("derivation__round", "entry")
    return stored.order_by("-derivation__on", "-derivation_id").first()


def _drawn_order(round_: Round, on: date, known_at: datetime) -> list[tuple[uuid.UUID, int, Code]]:
    """Every frozen row's cooperative, entry and code, in the round's random order."""
    stored = _stored_answer(round_, on, known_at)
    rows: list[tuple[uuid.UUID, int, Code]]
    if stored is not None:
        listed = stored.dispositions.values_list("cooperative_id", "entry_id", "code")
        rows = [(cooperative, entry, Code(code)) for cooperative, entry, code in listed]
    else:
        derived = derive_rows(round_, policy_of(round_, on, known_at), on, known_at)
        rows = [(row.cooperative_id, row.entry_id, row.disposition.code) for row in derived]
    return sorted(rows, key=lambda row: (random_number(round_.seed, str(row[0])), row[1]))


def estimates_of(round_: Round, on: date, known_at: datetime) -> tuple[Estimate, ...]:
    """What the round says on a day, as known then, about its whole list (rules.estimate)."""
    return estimate([code for _, _, code in _drawn_order(round_, on, known_at)])


def not_located_drawn(round_: Round, count: int, on: date, known_at: datetime) -> list[Entry]:
    """The first `count` rows of group 3 in the random order: whom to trace hard, to learn how many of them live."""
    order = _drawn_order(round_, on, known_at)
    drawn = [entry for _, entry, code in order if code.group is Group.NOT_LOCATED][:count]
    found = Entry.objects.select_related("cooperative").in_bulk(drawn)
    return [found[entry] for entry in drawn]


def told_count(derivation: int, least: int) -> PublicCount:
    """How many of a stored derivation's group 3 may be published as not found: those looked for on `least` days."""
    # Few texts for many rows.
    found = RowDisposition.objects.filter(derivation_id=derivation, code__gte=300, code__lt=400)
    counted = found.annotate(why=Cast("reasons", TextField())).values_list("code", "why").annotate(count=Count("id"))
    missing = told = 0
    for code, why, count in counted.order_by():
        missing += count
        told += count * (public_finding(Code(code), days_looked(loads(why)), least) is PublicFinding.NOT_FOUND)
    return PublicCount(missing, told, least)
