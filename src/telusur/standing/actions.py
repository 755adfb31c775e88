"""The verbs of the standing: derive all of a round and keep the answer; choose a definition; adopt an article.

Each is one transaction with its journal line. Nothing here types a standing.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.journal import actions as journal
from telusur.laws.actions import add_article, add_choice
from telusur.laws.models import OfficeArticle, PolicyChoice
from telusur.laws.queries import current_policy, policy_named
from telusur.laws.rules.law import Article
from telusur.register.writers.bulk import add_rows
from telusur.rounds.models import Round
from telusur.standing.models import StandingRun
from telusur.standing.queries import lens, lines, outcomes_of

__all__ = ["adopt_article", "choose_policy", "derive_all"]


@transaction.atomic
def derive_all(*, round_: Round, on: date, known_at: datetime, by: str) -> StandingRun:
    """Give every row of a round its standing and store the run. The same answer again is not stored twice."""
    law, policy = lens(on, known_at)
    found = outcomes_of(list(lines(round_, known_at)), on, known_at)
    said = "\n".join(f"{line.cooperative_id.hex} {out.standing} {out.code} {out.existence}" for line, out in found)
    mark = hashlib.sha256(f"{law.version} {policy.id}\n{said}".encode()).hexdigest()
    last = StandingRun.objects.filter(round=round_, on=on).order_by("-id").first()
    if last is not None and last.outcome_hash == mark:
        return last
    run = StandingRun.objects.create(
        round=round_,
        on=on,
        known_at=known_at,
        law=law.version,
        policy=policy.id,
        row_count=len(found),
        outcome_hash=mark,
        derived_by=by,
        derived_at=datetime.now(UTC),
    )
    add_rows(
        "standing_standingrow",
        ("run_id", "cooperative_id", "outcome", "code", "existence", "meeting_held"),
        (
            (run.pk, line.cooperative_id.hex, out.standing.value, int(out.code), out.existence.value, out.meeting_held)
            for line, out in found
        ),
    )
    journal.write(
        "standing.derived",
        about=f"round:{round_.pk}",
        by=by,
        after={"run": run.pk, "on": on.isoformat(), "law": law.version, "policy": policy.id, "rows": len(found)},
    )
    return run


@transaction.atomic
def choose_policy(*, policy: str, from_on: date, why: str, by: str) -> PolicyChoice:
    """Use a definition of "active" from a day on. Raises KeyError for one that is not there, ValueError without a reason."""
    before = current_policy(from_on)
    if policy_named(policy) == before:
        raise ValueError(f"pengertian «{before.name}» sudah dipakai pada hari itu")
    chosen = add_choice(policy=policy, from_on=from_on, why=why, by=by)
    journal.write(
        "policy.chosen",
        about=f"policy:{policy}",
        by=by,
        before={"policy": before.id},
        after={"policy": policy, "from_on": from_on.isoformat(), "why": chosen.why},
    )
    return chosen


@transaction.atomic
def adopt_article(*, article: Article, before: Article | None, why: str, by: str) -> OfficeArticle:
    """Lay an article over the shipped ones from its first day. before: what holds until then. Raises ValueError."""
    adopted = add_article(article=article, why=why, by=by)
    journal.write(
        "law.adopted",
        about=f"article:{article.id}",
        by=by,
        before={"value": before.value if before else None, "source": before.source if before else ""},
        after={
            "value": article.value,
            "from_on": article.valid_from_on.isoformat(),
            "source": article.source,
            "certainty": article.certainty.value,
            "why": adopted.why,
        },
    )
    return adopted
