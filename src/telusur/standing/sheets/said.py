"""A verdict as a JSON document: what doors hand to machines. In: a verdict. Out: a mapping that orjson writes."""

from __future__ import annotations

from telusur.standing.rules.verdict import Verdict

__all__ = ["as_json"]


def as_json(verdict: Verdict) -> dict[str, object]:
    """Everything a verdict says; reasons with their sentence in Indonesian, facts and articles by id."""
    return {
        "on": verdict.on,
        "known_at": verdict.known_at,
        "law": verdict.law,
        "policy": verdict.policy,
        "standing": verdict.standing.value,
        "code": verdict.code.value,
        "existence": verdict.existence.value,
        "meets_policy": verdict.met.value,
        "institution": {
            "board": verdict.institution.board.value,
            "meetings": [
                {
                    "for_book_year": duty.year,
                    "state": duty.state.value,
                    "reminder_on": duty.reminder_on,
                    "due_on": duty.due_on,
                    "overdue_on": duty.overdue_on,
                    "held_on": duty.held_on,
                    "fact": duty.fact_id,
                }
                for duty in verdict.institution.years
            ],
        },
        "business": {
            "proven_on": verdict.business.proven_on,
            "dormant": verdict.business.dormant,
            "fact": verdict.business.fact_id,
        },
        "holds": [
            {"why": hold.why, "on": hold.on, "freezes": hold.freezes, "fact": hold.fact_id} for hold in verdict.holds
        ],
        "reasons": [
            {
                "code": ground.reason.code,
                "says": ground.reason.sentence(),
                "facts": list(ground.facts),
                "articles": list(ground.articles),
            }
            for ground in verdict.reasons
        ],
        "target": verdict.target.value if verdict.target else None,
        "missing": [
            {"says": lack.reason.sentence(), "articles": list(lack.articles), "either": lack.either}
            for lack in verdict.missing
        ],
        "next_steps": [
            {"on": step.on, "says": step.reason.sentence(), "articles": list(step.articles)}
            for step in verdict.next_steps
        ],
        "facts": list(verdict.facts),
        "articles": list(verdict.articles),
        "unverified": list(verdict.unverified),
    }
