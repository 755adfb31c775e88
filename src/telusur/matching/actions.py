"""The verbs of matching: run the engine and keep what it proposes; take, judge, withdraw. Each with its journal line.

Nothing of the register is changed here: a judgement links, and taking it back puts all as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from telusur.areas.queries import area_names, every_shape
from telusur.journal import actions as journal
from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.models import Judgement, Lease, Proposal, Run
from telusur.matching.ports import Engine, LinkResult, Progress, Table
from telusur.matching.queries import PairView, pair_view, queue, standing_pairs, subject_facts
from telusur.matching.rules.decide import MatchPolicy
from telusur.matching.rules.guards import ModelRefused
from telusur.matching.rules.judgement import Look, Verdict, pair_of
from telusur.matching.rules.learned import calibration_from
from telusur.matching.rules.model import Model, model_from_json
from telusur.matching.rules.neighbours import Beside, Outline, beside, with_neighbours
from telusur.matching.rules.proposing import Rows, columns_of, inputs_mark
from telusur.matching.rules.queue import DeskPolicy, look_for
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA
from telusur.matching.rules.subjects import (
    compared_values,
    cooperative_subject,
    list_subject,
)
from telusur.matching.writers.lists import keep_list
from telusur.matching.writers.runs import Job, keep_run
from telusur.register.models import Absence, Cooperative, Edition, Entry
from telusur.register.queries import latest_edition
from telusur.words.area_code import AreaLevel

__all__ = [
    "Claim",
    "RunReport",
    "claim",
    "claim_next",
    "judge",
    "match_edition",
    "match_list",
    "release",
    "undo_last",
    "withdraw",
]

# A NIK that is equal has linked its rows at the import already; of unequal ones the registry's running numbers would be
# compared, and neighbours in them registered on one day, not one cooperative.
_WITHOUT_NUMBER = replace(
    COOPERATIVE_SCHEMA, fields=tuple(field for field in COOPERATIVE_SCHEMA.fields if field.name != "nik_koperasi")
)
# Of rows that came new into an edition, the share expected among those it lost: for sets too small to learn it from.
_RETURNING_PRIOR = 0.3
_FEWEST_TO_LEARN = 200


class RunReport(NamedTuple):
    """unchanged: the same data and judgements were matched before; `run` is that run."""

    run: Run
    unchanged: bool


def match_edition(
    *, edition: Edition, by: str, engine: Engine | None = None, progress: Progress | None = None
) -> list[RunReport]:
    """Duplicates inside the edition; and its new cooperatives against those it holds no more. Raises ValueError if held.

    The second run is left out where the edition brought none or lost none.
    """
    if not edition.is_in_use:
        raise ValueError(f"edisi {edition.pk} masih ditahan; putuskan dahulu dengan `telusur editions accept`")
    rows = _edition_rows(edition)
    within = Job("within", "within", edition, None, rows, None, replace(_WITHOUT_NUMBER, one_to_one=False, itself=True))
    reports = [_run(within, by, engine or MemoryEngine(), progress)]
    fresh = Cooperative.objects.filter(first_edition=edition, entries__edition=edition).values_list("id", flat=True)
    arrived = {subject: rows[subject] for ident in fresh.distinct() if (subject := cooperative_subject(ident)) in rows}
    gone = Absence.objects.filter(edition__as_of_on__lte=edition.as_of_on).values_list("cooperative_id", flat=True)
    held = subject_facts({cooperative_subject(ident) for ident in gone} - rows.keys())
    if edition.previous_id is not None and arrived and held:
        left = {subject: facts.values for subject, facts in held.items()}
        returning = Job("returning", "returning", edition, None, left, arrived, _WITHOUT_NUMBER)
        model = _model_for_few(reports[0].run, len(arrived))
        reports.append(_run(returning, by, engine or MemoryEngine(), progress, model))
    return reports


def _model_for_few(run: Run, row_count: int) -> Model | None:
    """The edition's own model, turned to two tables, where the new rows are too few to learn from."""
    if row_count >= _FEWEST_TO_LEARN or not run.model:
        return None
    return replace(model_from_json(run.model), schema=_WITHOUT_NUMBER, prior=_RETURNING_PRIOR, calibration=())


def match_list(
    *,
    name: str,
    file_name: str,
    rows: Iterable[Mapping[str, str]],
    by: str,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Link an office's list to the register: all cooperatives of the edition in use and those that older ones held.

    rows: compared fields by name, in the file's order. Raises ValueError without an edition, rows or a name.
    """
    edition = latest_edition()
    if edition is None:
        raise ValueError("belum ada edisi yang dapat dipakai; jalankan `telusur import FILE`")
    read = [compared_values(row) for row in rows]
    if not read or not name.strip():
        raise ValueError("daftar ini tidak berisi baris bernama" if not read else "sebutkan nama daftar dengan --name")
    left = _edition_rows(edition)
    _fill_regency(read, left)
    office_list, keys = keep_list(name.strip(), file_name, read, by)
    gone = Absence.objects.values_list("cooperative_id", flat=True)
    left |= {
        subject: facts.values
        for subject, facts in subject_facts({cooperative_subject(ident) for ident in gone} - left.keys()).items()
    }
    right = {list_subject(office_list.pk, key): values for key, values in zip(keys, read, strict=True)}
    job = Job("list", f"list:{office_list.pk}", edition, office_list, left, right, COOPERATIVE_SCHEMA)
    return _run(job, by, engine or MemoryEngine(), progress)


def _fill_regency(read: Sequence[dict[str, str]], register: Rows) -> None:
    """An office's list that names no regency speaks of the office's own, where the register holds only one."""
    regencies = {row["kabupaten_kota"] for row in register.values() if row.get("kabupaten_kota")}
    if len(regencies) == 1 and not any(row.get("kabupaten_kota") for row in read):
        (own,) = regencies
        for row in read:
            row["kabupaten_kota"] = own


def _edition_rows(edition: Edition) -> dict[str, dict[str, str]]:
    """The compared values of an edition's rows by subject; of a cooperative that stands twice, the first row."""
    rows: dict[str, dict[str, str]] = {}
    entries = Entry.objects.filter(edition=edition).order_by("id").values_list("cooperative_id", "normal")
    for ident, normal in entries.iterator(5000):
        rows.setdefault(cooperative_subject(ident), compared_values(normal))
    return rows


def _known_neighbours() -> Beside:
    """Who lies beside whom, of the kelurahan whose outlines are loaded."""
    shapes = every_shape(AreaLevel.KELURAHAN)
    if not shapes:
        return Beside()
    named = area_names({shape.code[:8] for shape in shapes})
    return beside((Outline(shape.code, shape.name, shape.geometry) for shape in shapes), named)


def _run(job: Job, by: str, engine: Engine, progress: Progress | None, model: Model | None = None) -> RunReport:
    policy = MatchPolicy()
    standing = standing_pairs()
    job = job._replace(schema=with_neighbours(job.schema, _known_neighbours()))
    told = [f"{field.name} {field.neighbours}" for field in job.schema.fields if field.neighbours]
    mark = inputs_mark((job.kind, policy.version, *told), (job.left, job.right or {}), standing)
    last = Run.objects.filter(scope=job.scope).order_by("-id").first()
    if last is not None and last.inputs_hash == mark and last.edition_id == job.edition.pk:
        return RunReport(last, True)
    warnings: list[str] = []
    linked: LinkResult | None = None
    try:
        right = None if job.right is None else Table(list(job.right), columns_of(job.right))
        left = Table(list(job.left), columns_of(job.left))
        linked = engine.link(left, right, job.schema, model=model, progress=progress)
        knots = calibration_from(linked.pairs, standing)
        if knots:
            taught = replace(linked.model, calibration=knots)
            linked = engine.link(left, right, job.schema, model=taught, progress=progress)
        warnings += linked.warnings
    except ModelRefused as refused:
        warnings += [reason.sentence() for reason in refused.reasons]
    return RunReport(keep_run(job, linked, policy, mark, warnings, by), False)


class Claim(NamedTuple):
    """A pair that a clerk has before them. look: never shown to the clerk where it is the second."""

    proposal: Proposal
    look: Look
    until_at: datetime


@transaction.atomic
def claim_next(*, by: str, after: Proposal | None = None) -> Claim | None:
    """The clerk's pair again where one is still theirs, else the one most worth deciding that nobody has; None when done.

    after: put this pair back and go on behind it.
    """
    waiting = queue(by=by, limit=None)
    if after is None:
        mine = {lease.pair_key for lease in Lease.objects.filter(claimed_by=by, until_at__gt=datetime.now(UTC))}
        waiting = sorted(waiting, key=lambda item: item.proposal.pair_key not in mine)
    else:
        place = next((at for at, item in enumerate(waiting) if item.proposal.pair_key == after.pair_key), -1)
        waiting = waiting[place + 1 :] + waiting[: max(place, 0)]
    for item in waiting:
        if not item.held_by and item.look is not None:
            taken = _take(item.proposal, item.look, by)
            if taken is not None:
                return taken
    release(by=by)
    return None


@transaction.atomic
def claim(*, proposal: Proposal, by: str) -> Claim:
    """A chosen pair. Raises ValueError where another clerk has it."""
    held = standing_pairs().get(pair_of(proposal.left_subject, proposal.right_subject))
    look = look_for(proposal.pair_key, held, by, DeskPolicy()) or Look.FIRST
    taken = _take(proposal, look, by)
    if taken is None:
        raise ValueError("pasangan ini sedang ditangani petugas lain; ambil pasangan berikutnya")
    return taken


def _take(proposal: Proposal, look: Look, by: str) -> Claim | None:
    now = datetime.now(UTC)
    until_at = now + timedelta(minutes=DeskPolicy().lease_minutes)
    Lease.objects.filter(pair_key=proposal.pair_key, until_at__lte=now).delete()
    Lease.objects.filter(claimed_by=by).exclude(pair_key=proposal.pair_key).delete()
    held = Lease.objects.filter(pair_key=proposal.pair_key).first()
    if held is not None:
        if held.claimed_by != by:
            return None
        Lease.objects.filter(pk=held.pk).update(until_at=until_at, look_number=look.value)
        return Claim(proposal, look, until_at)
    try:
        with transaction.atomic():
            Lease.objects.create(
                pair_key=proposal.pair_key,
                proposal=proposal,
                look_number=look.value,
                claimed_by=by,
                claimed_at=now,
                until_at=until_at,
            )
    except IntegrityError:  # another clerk was faster
        return None
    return Claim(proposal, look, until_at)


def release(*, by: str) -> int:
    """Put the clerk's pair back; how many there were."""
    return Lease.objects.filter(claimed_by=by).delete()[0]


@transaction.atomic
def judge(
    *,
    proposal: Proposal,
    verdict: Verdict | str,
    by: str,
    why: str = "",
    notes: Sequence[str] = (),
    survivor: str = "",
    seen: tuple[str, str] | None = None,
) -> Judgement:
    """Say of a pair that it is one cooperative, two, or that it cannot be said. Raises ValueError, one sentence for people.

    seen: digests of what lay before the person (`PairView.digests`), refused where the facts have changed since.
    Which look it is comes from the lease: without one it is the first, or settles two looks that differ.
    """
    said = Verdict(verdict)
    view = pair_view(proposal.pk, by)
    if view is None or said is Verdict.WITHDRAWN:
        raise ValueError("pilih sama, beda, atau ragu")
    now = datetime.now(UTC)
    lease = view.lease
    if lease is not None and lease.claimed_by != by and lease.until_at > now:
        raise ValueError("pasangan ini sedang ditangani petugas lain; ambil pasangan berikutnya")
    if said is Verdict.SAME and proposal.guards and not why.strip():
        held_back = "; ".join(reason.sentence() for reason in proposal.guard_reasons())
        raise ValueError(f"{held_back}: tuliskan alasan mengapa tetap satu koperasi")
    if survivor and survivor not in (proposal.left_subject, proposal.right_subject):
        raise ValueError("yang dipertahankan harus salah satu dari pasangan ini")
    if seen is not None and seen != view.digests:
        raise ValueError("data pasangan ini berubah sejak ditampilkan; lihat lagi sebelum menilai")
    row = _said_row(proposal, view) | {
        "verdict": said.value,
        "look_number": _look_now(proposal, lease, by).value,
        "why": why.strip(),
        "survivor": survivor if said is Verdict.SAME else "",
        "seconds": (now - lease.claimed_at).total_seconds() if lease is not None and lease.claimed_by == by else None,
    }
    row["seen"] |= {"notes": list(notes)}
    kept = Judgement.objects.create(**row, judged_by=by, judged_at=now)
    Lease.objects.filter(pair_key=proposal.pair_key).delete()
    after = {"verdict": said.value, "why": kept.why, "survivor": kept.survivor, "judgement": kept.pk}
    journal.write("matching.judged", about=f"pair:{kept.pair_key}", by=by, after=after, at=now)
    return kept


def _look_now(proposal: Proposal, lease: Lease | None, by: str) -> Look:
    """The lease's look, unless the first word was taken back meanwhile; without a lease the first, or the settling one."""
    standing = standing_pairs().get(pair_of(proposal.left_subject, proposal.right_subject))
    if standing is None:
        return Look.FIRST
    if lease is not None and lease.claimed_by == by:
        return Look(lease.look_number)
    return Look.SETTLING if standing.disputed else Look.FIRST


def _said_row(proposal: Proposal, view: PairView) -> dict[str, Any]:
    """The columns of a judgement that say what lay before the person, its sides in the pair's own order."""
    sides = {proposal.left_subject: view.left, proposal.right_subject: view.right}
    left, right = pair_of(proposal.left_subject, proposal.right_subject)
    return {
        "proposal": proposal,
        "pair_key": proposal.pair_key,
        "left_subject": left,
        "right_subject": right,
        "left_digest": sides[left].digest,
        "right_digest": sides[right].digest,
        "seen": {
            "left": sides[left].values,
            "right": sides[right].values,
            "probability": proposal.probability,
            "weight": proposal.weight,
            "lines": proposal.lines,
            "guards": proposal.guards,
        },
    }


@transaction.atomic
def withdraw(*, judgement: Judgement, by: str, why: str = "") -> Judgement:
    """Take a word back: a new row; what it had linked comes apart. Raises ValueError where that was done already."""
    if judgement.verdict == Verdict.WITHDRAWN.value or Judgement.objects.filter(withdraws=judgement).exists():
        raise ValueError("penilaian ini sudah ditarik")
    now = datetime.now(UTC)
    row = Judgement.objects.create(
        pair_key=judgement.pair_key,
        left_subject=judgement.left_subject,
        right_subject=judgement.right_subject,
        verdict=Verdict.WITHDRAWN.value,
        look_number=judgement.look_number,
        why=why.strip(),
        seen={},
        left_digest=judgement.left_digest,
        right_digest=judgement.right_digest,
        proposal=judgement.proposal,
        judged_by=by,
        judged_at=now,
        withdraws=judgement,
    )
    journal.write(
        "matching.withdrawn",
        about=f"pair:{judgement.pair_key}",
        by=by,
        before={"verdict": judgement.verdict, "judgement": judgement.pk, "judged_by": judgement.judged_by},
        after={"why": row.why},
        at=now,
    )
    return row


@transaction.atomic
def undo_last(*, by: str) -> Judgement | None:
    """Take back this clerk's newest surviving word; None where there is none."""
    said = Judgement.objects.filter(judged_by=by, withdrawn_by__isnull=True).exclude(verdict=Verdict.WITHDRAWN.value)
    last = said.order_by("-id").first()
    return None if last is None else withdraw(judgement=last, by=by)
