"""Who must not yet know what was found: the officer who may be sent second to a "not found" or a drawn active.

In: an account and cooperatives. Out: those of which this account sees no finding. Every page, list, file, photo and card
that tells an officer of visits asks here; whether somebody is still awaited is oversight's rule.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone

from telusur.oversight.rules.backchecks import may_be_drawn
from telusur.oversight.rules.protocol import awaits_another, same_person
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.planning.queries import current_plan, plan_stops
from telusur.planning.rules.problem import Purpose
from telusur.register.models import RecordedFact
from telusur.register.rules import Fact, facts_known
from telusur.rounds.models import Round
from telusur.rounds.queries import current_round, policy_of
from telusur.rounds.rules.conflicts import DECISION_KIND

__all__ = ["blind_of", "is_blind"]

_KINDS = ("visit", DECISION_KIND)
_PART = 1000
_KEEP_SECONDS = 900


class _Looker(NamedTuple):
    """An officer and the day. checks: own back-checks of the plan that holds; planned_on: the day it was made."""

    officer: str
    round: Round
    on: date
    checks: frozenset[uuid.UUID]
    planned_on: date


def is_blind(account: object, cooperative: uuid.UUID) -> bool:
    """Whether this account must not know what was found at this cooperative."""
    return bool(blind_of(account, [cooperative]))


def blind_of(account: object, among: Collection[uuid.UUID] | None = None) -> frozenset[uuid.UUID]:
    """The cooperatives, of `among` or of all, whose earlier findings an officer must not know; none for other roles."""
    if not isinstance(account, Account) or account.as_role is not Role.OFFICER:
        return frozenset()
    round_ = current_round()
    if round_ is None:
        return frozenset()
    looker, plan_id = _looker(account.username, round_)
    if among is not None:
        return frozenset(_blind(looker, list(among)))
    last = RecordedFact.objects.aggregate(last=Max("id"))["last"]
    key = f"blind:{account.pk}:{round_.pk}:{round_.closed_at is None}:{plan_id}:{last}:{looker.on}"
    kept: frozenset[uuid.UUID] | None = cache.get(key)
    if kept is None:
        visited = RecordedFact.objects.filter(kind="visit").order_by().values_list("cooperative_id", flat=True)
        kept = frozenset(_blind(looker, list(visited.distinct())))
        cache.set(key, kept, _KEEP_SECONDS)
    return kept


def _looker(officer: str, round_: Round) -> tuple[_Looker, int]:
    today, plan = timezone.localdate(), current_plan(round_)
    if plan is None:
        return _Looker(officer, round_, today, frozenset(), today), 0
    own = plan_stops(plan).filter(team_day__officer=officer, purpose=Purpose.BACK_CHECK.value).order_by()
    checks = frozenset(own.values_list("cooperative_id", flat=True))
    return _Looker(officer, round_, today, checks, timezone.localdate(plan.made_at)), plan.pk


def _blind(looker: _Looker, among: list[uuid.UUID]) -> Iterator[uuid.UUID]:
    """Those that wait for a second person, and those where the officer's own back-check is still to come."""
    days, now = policy_of(looker.round, looker.on).conflict_days, datetime.now(UTC)
    for start in range(0, len(among), _PART):
        part = among[start : start + _PART]
        facts: dict[uuid.UUID, list[Fact]] = defaultdict(list)
        for row in RecordedFact.objects.filter(cooperative_id__in=part, kind__in=_KINDS):
            facts[row.cooperative_id].append(row.as_fact())
        for ident in part:
            known = facts_known(facts.get(ident, ()), looker.on, now)
            drawn = may_be_drawn(looker.round.sealed_seed, str(ident))
            waits = looker.round.closed_at is None and awaits_another(known, looker.officer, days, may_be_drawn=drawn)
            if waits or (ident in looker.checks and not _been(looker, known)):
                yield ident


def _been(looker: _Looker, known: Collection[Fact]) -> bool:
    """Whether the officer was there since the plan was made."""
    return any(
        same_person(str(fact.value.get("officer", ""))) == same_person(looker.officer)
        and fact.valid_on >= looker.planned_on
        for fact in known
        if fact.kind == "visit"
    )
