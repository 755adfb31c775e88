"""The outcomes of 200,000 cooperatives on one core, and one changed fact until it stands on its page.

    python -m bench.standing [--rows 200000] [--odd 0.02] [--runs 5]

Beside a bare loop of the same run: it asks of every fact whether it is known and true by the day, and counts; nothing less
than that can be asked. Histories are those of the golden test. `--odd` is the share with a hold, a report of a board or
visits that do not agree: those are derived one by one, the others share an outcome by their shape. Ten cooperatives have one
history each, in turn.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from tests.rules.standing.cases import NOW
from tests.rules.standing.golden import DAYS, case_of, generated, known_at

from bench.measure import machine, office
from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.standing.rules.derive import Case
from telusur.standing.rules.shapes import outcomes
from telusur.standing.rules.verdict import Standing

ON = DAYS[3]
_TIMES = 10
_PLAIN = frozenset({"visit", "annual_meeting"})


def _cases(rows: int, odd: float) -> list[Case]:
    """`rows` cases, of which a share is odd."""
    wanted = rows // _TIMES
    plain, others = [], []
    for made in generated(wanted * 6):
        case = case_of(made)
        found = {str(fact.value["finding"]) for fact in case.facts if fact.kind == "visit"}
        is_plain = len(found) < 2 and all(fact.kind in _PLAIN for fact in case.facts)
        (plain if is_plain else others).append(case)
        if len(plain) >= wanted and len(others) >= wanted * odd:
            break
    share = round(wanted * odd)
    return [case for _ in range(_TIMES) for case in (*islice(plain, wanted - share), *islice(others, share))]


def _bare(cases: list[Case]) -> int:
    at, count = known_at(ON), 0
    for case in cases:
        for fact in case.facts:
            count += fact.recorded_at <= at and fact.valid_on <= ON
    return count


def _derived(cases: list[Case]) -> Counter[Standing]:
    law = law_on(shipped_articles(), ON)
    return Counter([found.standing for found in outcomes(cases, law, NOW, ON, known_at(ON))])


class Took(NamedTuple):
    """Seconds on the wall, and of the processor: on a machine that others use too, the second is the one core's own."""

    wall: float
    processor: float


def _took(work: Callable[[], object]) -> Took:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - processor)


def _median(taken: Sequence[Took]) -> Took:
    return Took(statistics.median(each.wall for each in taken), statistics.median(each.processor for each in taken))


def _seconds(runs: int, cases: list[Case]) -> tuple[list[Took], list[Took]]:
    bare, derived = [], []
    for _ in range(runs):
        bare.append(_took(lambda: _bare(cases)))
        derived.append(_took(lambda: _derived(cases)))
    return bare, derived


def _page(runs: int) -> list[Took]:
    """From a new fact to the page that shows it, each time another cooperative of a round of 600."""
    from datetime import timedelta

    from django.db import transaction
    from django.http import HttpResponse
    from django.test import Client
    from django.utils import timezone
    from tests.rooms.web.city import account, lay

    from telusur.people.rules import Role
    from telusur.register.actions import record_facts
    from telusur.register.models import Cooperative
    from telusur.register.rules import NewFact, Voice
    from telusur.rounds.rules.codes import Code

    lay({Code.OTHER_OCCUPANT: 300, Code.ACTIVE_MEETING_OVERDUE: 300})
    client = Client()
    client.force_login(account(Role.SECTION_HEAD), backend="django.contrib.auth.backends.ModelBackend")
    taken = []
    for cooperative in Cooperative.objects.order_by("key")[: runs + 2]:
        on = timezone.localdate() - timedelta(days=1)
        value = {"finding": "refused", "officer": "tono", "part_of_day": "morning", "informants": ["board"]}
        fact, pages = NewFact(cooperative.pk, "visit", value, Voice.VISIT, on), []

        def change(fact: NewFact = fact, pages: list[HttpResponse] = pages) -> None:
            with transaction.atomic():
                record_facts([fact], by="bench")
            pages.append(client.get(f"/koperasi/{fact.cooperative_id}/"))

        taken.append(_took(change))
        assert pages[0].status_code == 200 and "tono" in pages[0].content.decode()
    # The first ones read templates and catalogues.
    return taken[2:]


def main() -> None:
    """Count, then change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--odd", type=float, default=0.02)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    cases = _cases(args.rows, args.odd)
    bare, derived = (_median(each) for each in _seconds(args.runs, cases))
    counts = {standing.value: count for standing, count in _derived(cases).items()}
    print(f"{machine()}; {len(cases)} cooperatives, {args.odd:.0%} odd: {counts}")
    print(
        f"outcomes {derived.wall:.2f} s, processor {derived.processor:.2f} s (limit 2); bare loop {bare.wall:.2f} s, "
        f"processor {bare.processor:.2f} s; ratio {derived.processor / bare.processor:.1f}; {datetime.now(UTC):%H:%M}"
    )
    with office():
        taken = _page(args.runs * 4)
    page, worst = _median(taken), max(each.processor for each in taken)
    print(
        f"one changed fact to its page: median {page.wall * 1000:.0f} ms, processor {page.processor * 1000:.0f} ms "
        f"(limit 50), worst {worst * 1000:.0f}"
    )


if __name__ == "__main__":
    main()
