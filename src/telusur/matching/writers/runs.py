"""Keep a run of the engine with all that it proposes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import transaction

from telusur.journal import actions as journal
from telusur.matching.models import OfficeList, Proposal, Run
from telusur.matching.ports import LinkedPair, LinkResult, Reach
from telusur.matching.rules.decide import Decision, MatchPolicy, Pairing, decide, identity_of
from telusur.matching.rules.explain import explain_pair
from telusur.matching.rules.model import Model, model_to_json
from telusur.matching.rules.proposing import Rows, proposal_fields
from telusur.matching.rules.schema import Schema
from telusur.register.models import Edition

__all__ = ["Job", "keep_run"]


class Job(NamedTuple):
    """What is matched: values by subject of one table (`right` None) or of two, and what the run is called."""

    kind: str
    scope: str
    edition: Edition
    office_list: OfficeList | None
    left: Rows
    right: Rows | None
    schema: Schema


@transaction.atomic
def keep_run(
    job: Job, linked: LinkResult | None, policy: MatchPolicy, mark: str, warnings: Sequence[str], by: str
) -> Run:
    """The stored run. linked: None where a guard refused the model. mark: of the inputs. Journalled."""
    rows = {**job.left, **(job.right or {})}
    pairs = {(pair.left_id, pair.right_id): pair for pair in linked.pairs} if linked else {}
    identities = {end: identity_of(rows[end]) for ends in pairs for end in ends}
    scored = [Pairing(pair.left_id, pair.right_id, pair.probability) for pair in pairs.values()]
    decided = decide(scored, identities, policy, one_to_one=job.schema.one_to_one)
    sure_count = sum(each.zone == "sure" for each in decided)
    reach = linked.reach if linked else Reach(None, None, {}, 0.0)
    run = Run.objects.create(
        kind=job.kind,
        scope=job.scope,
        edition=job.edition,
        office_list=job.office_list,
        inputs_hash=mark,
        rule_version=policy.version,
        model=model_to_json(linked.model) if linked else {},
        left_count=len(job.left),
        right_count=len(job.left if job.right is None else job.right),
        pair_count=len(decided),
        sure_count=sure_count,
        proposed_count=len(decided) - sure_count,
        reach={**reach._asdict(), "by_family": dict(reach.by_family)},
        warnings=list(warnings),
        histogram={str(bits): count for bits, count in linked.histogram.items()} if linked else {},
        seconds=dict(linked.seconds) if linked else {},
        run_by=by,
        run_at=datetime.now(UTC),
    )
    if linked is not None:
        Proposal.objects.bulk_create(_proposals(run, linked.model, pairs, decided, rows), batch_size=500)
    after: dict[str, object] = {"edition": job.edition.pk, "pairs": run.pair_count, "sure": sure_count}
    journal.write("matching.run", about=f"match:{run.scope}", by=by, after={**after, "rule": policy.version})
    return run


def _proposals(
    run: Run, model: Model, pairs: Mapping[tuple[str, str], LinkedPair], decided: Iterable[Decision], rows: Rows
) -> Iterator[Proposal]:
    for each in decided:
        pair = pairs[(each.left, each.right)]
        lines = explain_pair(model, pair, rows[each.left], rows[each.right])
        yield Proposal(run=run, **proposal_fields(run.kind, pair.weight, lines, each, rows))
