"""The verbs of a round: open it on an edition, take visits from a sheet, derive every row's code, close it.

Each is one transaction with its journal line. The rules decide; this module loads, saves and counts.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import orjson
from django.db import transaction
from django.utils import timezone

from telusur.journal import actions as journal
from telusur.laws.queries import current_law
from telusur.register import actions as register
from telusur.register.models import Cooperative, Edition, Entry, RecordedFact
from telusur.register.rules import NewFact, Voice
from telusur.register.writers.bulk import add_rows
from telusur.rounds.models import BalanceLine, Derivation, OutsideFind, Round
from telusur.rounds.queries import DerivedRow, derive_rows, latest_derivation, policy_of
from telusur.rounds.rules.asked import policy_under
from telusur.rounds.rules.balance import Tally, tally
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.facts import facts_of
from telusur.rounds.rules.holds import HOLD_KIND, refuse_hold, refuse_release
from telusur.rounds.rules.sheet import VisitRow, name_fits
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["VisitReport", "close_round", "derive", "hold_row", "open_round", "record_visits", "release_hold"]


@transaction.atomic
def open_round(
    *, name: str, edition: Edition, by: str, required_attempts: int | None = None, seed: str = "", sealed_seed: str = ""
) -> Round:
    """A round over the rows that `edition` holds now. Raises ValueError when it cannot be frozen or the name is taken.

    required_attempts: the office's own rule where the round says nothing else.
    seed: what the random order of visits comes from; drawn here and published with the round when none is given. The sealed
    seed of the back-checks likewise; its SHA-256 stands in the journal until the round is closed.
    """
    if not edition.is_in_use:
        raise ValueError(f"edisi {edition.pk} masih ditahan; putuskan dahulu dengan `telusur editions accept`")
    if Round.objects.filter(name=name).exists():
        raise ValueError(f"putaran «{name}» sudah ada; pilih nama lain")
    if Round.objects.filter(closed_at__isnull=True).exists():
        raise ValueError("masih ada putaran yang terbuka; tutup dahulu dengan `telusur round close`")
    if required_attempts is None:
        required_attempts = policy_under(current_law(timezone.localdate())).required_attempts
    last = Entry.objects.filter(edition=edition).order_by("-id").values_list("id", flat=True).first()
    if last is None:
        raise ValueError(f"edisi {edition.pk} tidak berisi baris; tidak ada yang ditelusuri")
    opened = Round.objects.create(
        name=name,
        edition=edition,
        required_attempts=required_attempts,
        last_entry_id=last,
        row_count=Entry.objects.filter(edition=edition, id__lte=last).count(),
        seed=seed or secrets.token_hex(8),
        sealed_seed=sealed_seed or secrets.token_hex(16),
        opened_by=by,
        opened_at=datetime.now(UTC),
    )
    journal.write(
        "round.opened",
        about=f"round:{opened.pk}",
        by=by,
        after={
            "name": name,
            "edition": edition.pk,
            "rows": opened.row_count,
            "required_attempts": required_attempts,
            "seed": opened.seed,
            "sealed_seed_sha256": hashlib.sha256(opened.sealed_seed.encode()).hexdigest(),
        },
    )
    return opened


@transaction.atomic
def close_round(*, round_: Round, by: str) -> Round:
    """Close a round. Raises ValueError when it is closed already. Its figures stay; a new round can be opened."""
    if round_.closed_at is not None:
        raise ValueError(f"putaran «{round_.name}» sudah ditutup")
    round_.closed_by, round_.closed_at = by, datetime.now(UTC)
    round_.save(update_fields=["closed_by", "closed_at"])
    journal.write(
        "round.closed",
        about=f"round:{round_.pk}",
        by=by,
        before={"open": True},
        after={"open": False, "sealed_seed": round_.sealed_seed},
    )
    return round_


class HoldRefused(ValueError):
    """Nothing was held or released; `reason` says why. str(): the Indonesian sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence())
        self.reason = reason


@transaction.atomic
def hold_row(
    *, cooperative: Cooperative, why: str, proof: str, on: date, by: str, freezes: bool = True
) -> RecordedFact:
    """Record what stops a cooperative's code (a court case, a correction) or, not freezing, what stands beside it.

    proof: the paper's number. Raises ValueError without a reason or its paper, for a day to come, for a hold that stands.
    """
    if refused := refuse_hold(why, proof, freezes=freezes):
        raise HoldRefused(refused)
    if on > timezone.localdate():
        raise HoldRefused(Reason("hold_in_future", "tanggal {on} belum tiba", {"on": f"{on:%d/%m/%Y}"}))
    value: dict[str, object] = {"freezes": freezes, "why": why.strip()}
    return _held(cooperative, _proven(value, proof), on, by, "hold.recorded")


@transaction.atomic
def release_hold(*, hold: int, why: str, proof: str, on: date, by: str) -> RecordedFact:
    """Release one hold by its fact id; others stand. Raises ValueError where there is none, or it was released."""
    fact = RecordedFact.objects.filter(pk=hold, kind=HOLD_KIND).first()
    if fact is None:
        raise HoldRefused(Reason("hold_unknown", "catatan {number} bukan penahanan", {"number": str(hold)}))
    standing = RecordedFact.objects.filter(
        cooperative_id=fact.cooperative_id, kind=HOLD_KIND, superseded_by__isnull=True
    )
    refused = refuse_release(hold, why, proof, [item.as_fact() for item in standing])
    if refused is not None:
        raise HoldRefused(refused)
    if on < fact.valid_on:
        raise HoldRefused(Reason("release_before_hold", "pelepasan tidak mendahului penahanannya"))
    value: dict[str, object] = {"freezes": False, "why": why.strip(), "releases": hold}
    return _held(fact.cooperative, _proven(value, proof), on, by, "hold.released")


def _proven(value: dict[str, object], proof: str) -> dict[str, object]:
    return {**value, "proof": proof.strip()} if proof.strip() else value


def _held(cooperative: Cooperative, value: dict[str, object], on: date, by: str, deed: str) -> RecordedFact:
    added = register.record_facts([NewFact(cooperative.pk, HOLD_KIND, value, Voice.OFFICE, on)], by=by)
    if not added:
        raise HoldRefused(Reason("hold_recorded_already", "catatan yang sama sudah ada"))
    journal.write(deed, about=f"cooperative:{cooperative.pk}", by=by, after={**value, "fact": added[0].pk})
    return added[0]


@dataclass(frozen=True, slots=True)
class VisitReport:
    """What a visit sheet brought. `known`: rows that said nothing new; `outside`: found but not in the register."""

    rows_in: int
    accepted: int
    known: int
    outside: int
    refused: tuple[Refusal, ...]

    @property
    def unchanged(self) -> bool:
        """Whether nothing new was recorded."""
        return self.accepted == 0 and self.outside == 0


@transaction.atomic
def record_visits(*, round_: Round, rows: Iterable[VisitRow | Refusal], by: str, file_name: str) -> VisitReport:
    """Append the facts of a sheet's rows. Rows that fit no cooperative of the round are refused, the others stand.

    Raises ValueError when the round is closed.
    """
    if round_.closed_at is not None:
        raise ValueError(f"putaran «{round_.name}» sudah ditutup; kunjungan tidak dapat ditambah")
    entries = _entries_by_nik(round_)
    refused: list[Refusal] = []
    facts: list[NewFact] = []
    outside: list[OutsideFind] = []
    rows_in = visits = 0
    for row in rows:
        rows_in += 1
        if isinstance(row, Refusal):
            refused.append(row)
        elif not row.nik_koperasi:
            outside.append(_outside(round_, row, by))
        elif (problem := _misfit(row, entries)) is not None:
            refused.append(problem)
        else:
            visits += 1
            entry = entries[row.nik_koperasi]
            survivor = entries.get(row.survivor)
            shares = survivor is not None and survivor.legal_key == entry.legal_key != ""
            facts.extend(facts_of(row, entry.cooperative_id, shares))
    added = register.record_facts(facts, by=by)
    visits_added = sum(fact.kind == "visit" for fact in added)
    outside_added = _add_outside(outside)
    if added or outside_added:
        journal.write(
            "visits.recorded",
            about=f"round:{round_.pk}",
            by=by,
            after={
                "file": file_name,
                "visits": visits_added,
                "outside": outside_added,
                "refused": len(refused),
            },
        )
    known = visits - visits_added + len(outside) - outside_added
    return VisitReport(rows_in, visits_added, known, outside_added, tuple(refused))


def _entries_by_nik(round_: Round) -> dict[str, Entry]:
    entries = (
        Entry.objects.filter(
            edition_id=round_.edition_id,
            id__lte=round_.last_entry_id,
            cooperative__nik_koperasi__isnull=False,
        )
        .select_related("cooperative")
        .only("id", "name", "legal_key", "row_number", "cooperative__nik_koperasi")
    )
    return {str(entry.cooperative.nik_koperasi): entry for entry in entries}


def _misfit(row: VisitRow, entries: dict[str, Entry]) -> Refusal | None:
    for column, value in (("NIK Koperasi", row.nik_koperasi), ("NIK yang dipertahankan", row.survivor)):
        if value and value not in entries:
            return Refusal(
                row.row,
                column,
                value,
                Reason("not_in_round", "NIK ini tidak ada dalam edisi putaran"),
                "periksa NIK-nya; bila koperasi memang tidak tercatat, kosongkan NIK",
            )
    if row.survivor and row.survivor == row.nik_koperasi:
        return Refusal(
            row.row,
            "NIK yang dipertahankan",
            row.survivor,
            Reason("survivor_is_itself", "baris ganda tidak dapat menunjuk dirinya sendiri"),
            "isi NIK koperasi lain yang dipertahankan",
        )
    registered = entries[row.nik_koperasi].name
    if not name_fits(row.name, registered):
        return Refusal(
            row.row,
            "Nama Koperasi",
            row.name,
            Reason("name_misfit", "nama tidak cocok dengan NIK; register mencatat {name}", {"name": registered}),
            "periksa NIK dan nama; satu di antaranya keliru",
        )
    return None


def _outside(round_: Round, row: VisitRow, by: str) -> OutsideFind:
    said = "|".join((str(round_.pk), row.name.casefold(), row.address.casefold(), row.visited_on.isoformat()))
    return OutsideFind(
        round=round_,
        name=row.name[:300],
        address=row.address[:300],
        kelurahan=row.kelurahan[:120],
        found_on=row.visited_on,
        officer=row.officer[:60],
        note=row.note,
        recorded_by=by,
        recorded_at=datetime.now(UTC),
        fingerprint=hashlib.sha256(said.encode()).hexdigest(),
    )


def _add_outside(finds: Sequence[OutsideFind]) -> int:
    fresh = {find.fingerprint: find for find in finds}
    standing = OutsideFind.objects.filter(fingerprint__in=fresh).values_list("fingerprint", flat=True)
    for mark in list(standing):
        fresh.pop(mark)
    OutsideFind.objects.bulk_create(fresh.values())
    return len(fresh)


@transaction.atomic
def derive(*, round_: Round, on: date, known_at: datetime, by: str) -> Derivation:
    """Give every row its one code and store the balance. The same answer again is not stored twice."""
    policy = policy_of(round_, on, known_at)
    rows = list(derive_rows(round_, policy, on, known_at))
    marks = "\n".join(f"{row.entry_id} {row.disposition.code}" for row in rows)
    codes_hash = hashlib.sha256(f"{policy}\n{marks}".encode()).hexdigest()
    last = latest_derivation(round_, on)
    if last is not None and last.codes_hash == codes_hash and last.rule_version == policy.version:
        return last
    derivation = Derivation.objects.create(
        round=round_,
        on=on,
        known_at=known_at,
        rule_version=policy.version,
        codes_hash=codes_hash,
        derived_by=by,
        derived_at=datetime.now(UTC),
    )
    add_rows(
        "rounds_rowdisposition",
        (
            "derivation_id",
            "entry_id",
            "cooperative_id",
            "code",
            "kelurahan_code",
            "kecamatan_code",
            "kind",
            "officer",
            "reasons",
            "fact_ids",
        ),
        _disposition_rows(derivation.pk, rows),
    )
    BalanceLine.objects.bulk_create(_balance_lines(derivation, round_.row_count, rows), batch_size=200)
    counted = tally(round_.row_count, (row.disposition.code for row in rows))
    journal.write(
        "round.derived",
        about=f"round:{round_.pk}",
        by=by,
        after={
            "derivation": derivation.pk,
            "on": on.isoformat(),
            "rule": policy.version,
            "codes": {str(code.value): count for code, count in counted.codes.items()},
        },
    )
    return derivation


def _disposition_rows(derivation_id: int, rows: Iterable[DerivedRow]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield (
            derivation_id,
            row.entry_id,
            row.cooperative_id.hex,
            int(row.disposition.code),
            row.kelurahan_code,
            row.kecamatan_code,
            row.kind,
            row.disposition.officer,
            orjson.dumps([reason.as_json() for reason in row.disposition.reasons]).decode(),
            orjson.dumps(row.disposition.facts).decode(),
        )


def _balance_lines(derivation: Derivation, recorded: int, rows: Sequence[DerivedRow]) -> Iterator[BalanceLine]:
    """One line a value of each dimension. The whole's count is the frozen edition's, so a lost row breaks the constraint."""
    groups: dict[tuple[str, str], list[Code]] = defaultdict(list)
    for row in rows:
        code = row.disposition.code
        groups[("kelurahan", row.kelurahan_code)].append(code)
        groups[("kecamatan", row.kecamatan_code)].append(code)
        groups[("kind", row.kind)].append(code)
        groups[("officer", row.disposition.officer)].append(code)
    yield _line(derivation, "whole", "", tally(recorded, (row.disposition.code for row in rows)))
    for (dimension, value), codes in groups.items():
        yield _line(derivation, dimension, value, tally(len(codes), codes))


def _line(derivation: Derivation, dimension: str, value: str, counted: Tally) -> BalanceLine:
    return BalanceLine(
        derivation=derivation,
        dimension=dimension,
        value=value,
        row_count=counted.recorded,
        located_active_count=counted.group(Group.LOCATED_ACTIVE),
        located_other_count=counted.group(Group.LOCATED_OTHER),
        not_located_count=counted.group(Group.NOT_LOCATED),
        out_of_scope_count=counted.group(Group.OUT_OF_SCOPE),
        not_final_count=counted.group(Group.NOT_FINAL),
        codes={str(code.value): count for code, count in counted.codes.items()},
    )
