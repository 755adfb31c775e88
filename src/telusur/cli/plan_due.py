"""The due list that a door hands to planning: rows of the round without an answer, and the back-checks of oversight."""

from __future__ import annotations

from datetime import date, datetime

from telusur.oversight.queries import back_checks_due
from telusur.oversight.rules.protocol import same_person
from telusur.planning.queries import due_now, officers
from telusur.planning.rules.draft import Due
from telusur.planning.rules.problem import Purpose
from telusur.rounds.models import Round

__all__ = ["due_list"]


def due_list(round_: Round, on: date, known_at: datetime) -> list[Due]:
    """Everybody who needs a visit, once each: a back-check outranks a revisit, since not everybody may make it."""
    accounts = {name: {same_person(name), same_person(full)} for name, full in officers().items()}
    checks = {
        check.cooperative_id: Due(
            check.cooperative_id,
            Purpose.BACK_CHECK,
            why=check.reason.sentence(),
            due_on=check.due_on,
            not_officers=frozenset(name for name, known in accounts.items() if known & check.not_officer),
        )
        for check in back_checks_due(round_, on, known_at)
    }
    return [*checks.values(), *(due for due in due_now(round_, on, known_at) if due.cooperative_id not in checks)]
