"""Reads of matching: what stands, what waits, clusters, alarms, agreement, and what a finding may rest on."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet

from telusur.matching.models import Judgement, Lease, ListRow, Proposal, Run
from telusur.matching.rules.agreement import Agreement, agreement_of
from telusur.matching.rules.clusters import Clustering, Link, cluster, links_of
from telusur.matching.rules.decide import Identity, identity_of
from telusur.matching.rules.desk_rows import (
    ClusterView,
    Edge,
    JudgedDuplicate,
    Node,
    Progress,
    SubjectFacts,
    canonical,
    duplicates,
    facts_from,
)
from telusur.matching.rules.judgement import (
    Look,
    Move,
    Pair,
    Standing,
    Verdict,
    may_carry_findings,
    moves,
    pair_key,
    pair_of,
    standings,
    surviving,
)
from telusur.matching.rules.queue import DeskPolicy, look_for, time_left
from telusur.matching.rules.subjects import cooperative_of, cooperative_subject, list_row_of
from telusur.register.models import Cooperative, Entry
from telusur.register.queries import editions_in_use

__all__ = [
    "Alarm",
    "ClusterView",
    "Dispute",
    "Edge",
    "JudgedDuplicate",
    "Node",
    "PairView",
    "Progress",
    "QueueItem",
    "SubjectFacts",
    "agreement",
    "alarms",
    "carries_findings",
    "cluster_of",
    "clustering",
    "current_proposals",
    "current_runs",
    "disputes",
    "judged_duplicates",
    "open_count",
    "pair_view",
    "pairs_of",
    "progress_of",
    "queue",
    "recent",
    "standing_pairs",
    "subject_facts",
]

# What SQLite takes in one IN list, with room to spare.
_PART = 400
_ASKED_AGAIN = 1.5
_VALUES = ("cooperative_id", "name", "normal", "cooperative__nik_koperasi")
_NEWEST_RUNS = Run.objects.order_by().values("scope").annotate(last=Max("id")).values("last")


def subject_facts(subjects: Iterable[str], known_at: datetime | None = None) -> dict[str, SubjectFacts]:
    """The newest values of each subject in the editions in use and the lists; subjects that are gone are left out."""
    asked = sorted(set(subjects))
    coops = [ident for subject in asked if (ident := cooperative_of(subject)) is not None]
    found: dict[str, SubjectFacts] = {}
    entries = Entry.objects.filter(edition__in=editions_in_use()).order_by("edition__as_of_on", "edition_id", "id")
    if known_at is not None:
        entries = entries.filter(edition__sealed_at__lte=known_at)
    for start in range(0, len(coops), _PART):
        part = entries.filter(cooperative_id__in=coops[start : start + _PART])
        for ident, name, normal, number in part.values_list(*_VALUES):
            found[cooperative_subject(ident)] = facts_from(name, normal, number or "", ident)
    rows = [row for subject in asked if (row := list_row_of(subject)) is not None]
    for start in range(0, len(rows), _PART):
        wanted = Q()
        by_list: dict[int, list[str]] = defaultdict(list)
        for list_id, key in rows[start : start + _PART]:
            by_list[list_id].append(key)
        for list_id, keys in by_list.items():
            wanted |= Q(office_list_id=list_id, key__in=keys)
        for held in ListRow.objects.filter(wanted):
            name, number = str(held.values.get("name", held.key)), str(held.values.get("nik_koperasi", ""))
            found[f"list:{held.office_list_id}:{held.key}"] = facts_from(name, held.values, number, None)
    return found


def current_runs() -> list[Run]:
    """The newest run of each scope, in the order of their scopes."""
    runs = Run.objects.filter(pk__in=_NEWEST_RUNS).select_related("edition", "office_list")
    return list(runs.order_by("kind", "scope"))


def current_proposals() -> QuerySet[Proposal]:
    """The proposals of the current runs."""
    return Proposal.objects.filter(run__in=_NEWEST_RUNS)


def standing_pairs(known_at: datetime | None = None, keys: Collection[str] | None = None) -> dict[Pair, Standing]:
    """What stands of every judged pair, or of those with these keys, as known at an instant."""
    said = Judgement.objects.all() if keys is None else Judgement.objects.filter(pair_key__in=keys)
    if known_at is not None:
        said = said.filter(judged_at__lte=known_at)
    return standings(row.as_said() for row in said.defer("seen", "why"))


def _moved(held: Mapping[Pair, Standing], known_at: datetime | None = None) -> dict[str, Judgement]:
    """Of the pairs, those whose facts are no longer what the newest word on them saw: pair key → that judgement."""
    last = {standing.words[-1].id: pair for pair, standing in held.items()}
    facts = subject_facts((subject for pair in held for subject in pair), known_at)
    found: dict[str, Judgement] = {}
    idents = sorted(last)
    for start in range(0, len(idents), _PART):
        for row in Judgement.objects.filter(pk__in=idents[start : start + _PART]).select_related("proposal"):
            left, right = facts.get(row.left_subject), facts.get(row.right_subject)
            seen = ((left, row.left_digest), (right, row.right_digest))
            if any(now is not None and now.digest != digest for now, digest in seen):
                found[row.pair_key] = row
    return found


class QueueItem(NamedTuple):
    """A pair that waits or is proposed. held_by: another clerk, "" for nobody. look: None where there is nothing to decide.
    moved: it was judged, and the facts have moved since. verdict: what stands, None where nothing does."""

    proposal: Proposal
    held_by: str
    held_until_at: datetime | None
    moved: bool
    look: Look | None
    verdict: Verdict | None = None


def _waiting(by: str) -> list[tuple[int, Look, bool, float]]:
    """Every pair that this clerk may decide, by value: proposal id, look, whether facts moved, value."""
    policy, held = DeskPolicy(), standing_pairs()
    moved = _moved(held)
    links, different = links_of(held)
    groups = cluster(links, different)
    rows = list(current_proposals().values_list("id", "pair_key", "left_subject", "right_subject", "value", "zone"))
    present = {row[1] for row in rows}
    again = [key for key in moved if key not in present]
    again += [key for pair, each in held.items() if each.disputed and (key := pair_key(*pair)) not in present]
    older = Proposal.objects.filter(pair_key__in=again).order_by("id")
    rows += {row[1]: row for row in older.values_list(
        "id", "pair_key", "left_subject", "right_subject", "value", "zone")}.values()  # fmt: skip
    found = []
    for ident, key, left, right, value, zone in rows:
        standing, has_moved = held.get(pair_of(left, right)), key in moved
        look = look_for(key, standing, by, policy, facts_moved=has_moved)
        implied = standing is None and (zone == "sure" or right in groups.group(left))
        if look is None or implied:
            continue
        asked_again = has_moved or (standing is not None and standing.disputed)
        found.append((ident, look, has_moved, value * (_ASKED_AGAIN if asked_again else 1.0)))
    return sorted(found, key=lambda item: (-item[3], item[0]))


def queue(*, by: str = "", limit: int | None = 50, offset: int = 0) -> list[QueueItem]:
    """What waits for this clerk, the most worth deciding first. A pair before another clerk is shown as held."""
    part = _waiting(by)[offset : None if limit is None else offset + limit]
    proposals = Proposal.objects.select_related("run").in_bulk([item[0] for item in part])
    leases = _leases(by)
    return [
        QueueItem(proposals[ident], *leases.get(proposals[ident].pair_key, ("", None)), has_moved, look)
        for ident, look, has_moved, _ in part
    ]


def _leases(by: str) -> dict[str, tuple[str, datetime | None]]:
    live = Lease.objects.filter(until_at__gt=datetime.now(UTC)).exclude(claimed_by=by)
    return {lease.pair_key: (lease.claimed_by, lease.until_at) for lease in live}


def open_count(by: str = "") -> int:
    """How many pairs wait for this clerk."""
    return len(_waiting(by))


def pairs_of(ident: uuid.UUID) -> list[QueueItem]:
    """All pairs proposed for a cooperative, decided ones too, the most probable first."""
    subject = cooperative_subject(ident)
    touching = current_proposals().filter(Q(left_subject=subject) | Q(right_subject=subject)).select_related("run")
    rows = list(touching.order_by("-probability", "id"))
    held, leases = (standing_pairs(keys={row.pair_key for row in rows}), _leases("")) if rows else ({}, {})
    return [
        QueueItem(each, *leases.get(each.pair_key, ("", None)), False, None, standing.verdict if standing else None)
        for each in rows
        for standing in (held.get(pair_of(each.left_subject, each.right_subject)),)
    ]


class PairView(NamedTuple):
    """One pair as it lies before a clerk. left, right: in the proposal's order, as they are now. digests: hand them back to
    `judge` as `seen`. blind: it is a second look, so nothing of the first is here."""

    proposal: Proposal
    left: SubjectFacts
    right: SubjectFacts
    lease: Lease | None
    blind: bool
    standing: Standing | None
    history: tuple[Judgement, ...]
    moves: tuple[Move, ...]

    @property
    def digests(self) -> tuple[str, str]:
        """What the clerk has seen."""
        return self.left.digest, self.right.digest


def pair_view(proposal_id: int, by: str) -> PairView | None:
    """The pair for this clerk; None where there is no such proposal."""
    proposal = Proposal.objects.select_related("run").filter(pk=proposal_id).first()
    if proposal is None:
        return None
    facts = subject_facts((proposal.left_subject, proposal.right_subject))
    left = facts.get(proposal.left_subject) or facts_from(proposal.left_name, proposal.left_values, "", None)
    right = facts.get(proposal.right_subject) or facts_from(proposal.right_name, proposal.right_values, "", None)
    lease = Lease.objects.filter(pair_key=proposal.pair_key).first()
    said = list(Judgement.objects.filter(pair_key=proposal.pair_key).select_related("withdraws"))
    pair = pair_of(proposal.left_subject, proposal.right_subject)
    standing = standings(row.as_said() for row in said).get(pair)
    blind = _is_blind(proposal.pair_key, standing, lease, by)
    moved: tuple[Move, ...] = ()
    if standing is not None and not blind:
        last = next(row for row in said if row.pk == standing.words[-1].id)
        now = {
            name: facts[subject].values
            for name, subject in zip(("left", "right"), pair, strict=True)
            if subject in facts
        }
        moved = tuple(moves({side: last.side(side) for side in now}, now))
    return PairView(
        proposal, left, right, lease, blind, None if blind else standing, () if blind else tuple(said), moved
    )


def _is_blind(key: str, standing: Standing | None, lease: Lease | None, by: str) -> bool:
    if lease is not None and lease.claimed_by == by:
        return Look(lease.look_number) is Look.SECOND
    # Who could still be drawn for the second look must not read the first one here beforehand.
    return standing is not None and look_for(key, standing, by, DeskPolicy()) is Look.SECOND


def clustering(held: Mapping[Pair, Standing]) -> Clustering:
    """Who is one with whom: people's words, and the links that the engine was sure of and nobody contradicts."""
    links, different = links_of(held)
    identities: dict[str, Identity] = {}
    for each in current_proposals().filter(zone="sure"):
        identities[each.left_subject] = identity_of(each.left_values)
        identities[each.right_subject] = identity_of(each.right_values)
        if pair_of(each.left_subject, each.right_subject) not in held:
            links.append(Link(each.left_subject, each.right_subject, False, each.weight))
    return cluster(links, different, identities)


def cluster_of(subject: str, *, hide: str = "") -> ClusterView:
    """The subject's cluster with all that touches it. hide: key of a pair whose judgement must not show (a blind look)."""
    held = {pair: standing for pair, standing in standing_pairs().items() if pair_key(*pair) != hide}
    group = set(clustering(held).group(subject))
    touching = Q(left_subject__in=group) | Q(right_subject__in=group)
    edges: dict[Pair, Edge] = {}
    for each in current_proposals().filter(touching):
        pair = pair_of(each.left_subject, each.right_subject)
        kind = "sure" if each.zone == "sure" else "proposed"
        edges[pair] = Edge(*pair, kind, each.probability, each.weight, each.pk)
    for pair, standing in held.items():
        if group.isdisjoint(pair):
            continue
        kind = standing.verdict.value if standing.verdict else "disputed"
        known = edges.get(pair)
        edges[pair] = known._replace(kind=kind) if known else Edge(*pair, kind, None, None, None)
    shown = group | {end for pair in edges for end in pair}
    facts = subject_facts(shown)
    stands_for = canonical(group, facts, held, _known_since(facts))
    nodes = [
        Node(each, facts[each].name, facts[each].nik_koperasi, facts[each].values.get("legal_number", ""),
             each == stands_for, each in group)
        for each in sorted(shown)
        if each in facts
    ]  # fmt: skip
    return ClusterView(tuple(nodes), tuple(edges[pair] for pair in sorted(edges)), stands_for)


def _known_since(facts: Mapping[str, SubjectFacts]) -> dict[uuid.UUID, date | None]:
    """The day of each cooperative's first edition."""
    idents = [each.cooperative_id for each in facts.values() if each.cooperative_id is not None]
    found: dict[uuid.UUID, date | None] = {}
    for start in range(0, len(idents), _PART):
        part = Cooperative.objects.filter(pk__in=idents[start : start + _PART])
        found.update(part.values_list("id", "first_edition__as_of_on"))
    return found


def progress_of(by: str) -> Progress:
    """How far the clerk is, and how long the rest takes at the clerk's own pace."""
    words = surviving(row.as_said() for row in Judgement.objects.defer("seen", "why"))
    paces = Judgement.objects.filter(judged_by=by, seconds__isnull=False).values_list("seconds", flat=True)
    waiting = open_count(by)
    left = time_left((each for each in paces if each is not None), waiting, DeskPolicy())
    decided = len({(word.left, word.right) for word in words})
    return Progress(decided, sum(word.by == by for word in words), waiting, *left)


def agreement() -> Agreement:
    """How well first and second looks agree, over all pairs that had both."""
    looks: dict[Pair, dict[Look, str]] = defaultdict(dict)
    for word in surviving(row.as_said() for row in Judgement.objects.defer("seen", "why")):
        looks[(word.left, word.right)][word.look] = word.verdict.value
    both = (each for each in looks.values() if Look.FIRST in each and Look.SECOND in each)
    return agreement_of((each[Look.FIRST], each[Look.SECOND]) for each in both)


class Dispute(NamedTuple):
    """A pair whose two looks differ."""

    pair_key: str
    proposal: Proposal | None
    first: Judgement
    second: Judgement


def disputes() -> list[Dispute]:
    """The pairs that wait for a third person's word."""
    held = [standing for standing in standing_pairs().values() if standing.disputed]
    rows = Judgement.objects.select_related("proposal").in_bulk([word.id for each in held for word in each.words])
    looks = ((rows[each.words[0].id], rows[each.words[1].id]) for each in held)
    return [Dispute(first.pair_key, second.proposal, first, second) for first, second in looks]


class Alarm(NamedTuple):
    """A judgement that stands on facts that have moved."""

    judgement: Judgement
    proposal: Proposal | None
    moves: tuple[Move, ...]


def alarms() -> list[Alarm]:
    """The judgements under which facts have moved, with the fields that did."""
    moved = _moved(standing_pairs())
    facts = subject_facts(end for row in moved.values() for end in (row.left_subject, row.right_subject))
    found = []
    for row in moved.values():
        ends = (("left", row.left_subject), ("right", row.right_subject))
        now = {side: facts[end].values for side, end in ends if end in facts}
        found.append(Alarm(row, row.proposal, tuple(moves({side: row.side(side) for side in now}, now))))
    return found


def recent(*, by: str = "", limit: int = 20) -> list[Judgement]:
    """The newest words, those taken back too."""
    said = Judgement.objects.select_related("withdrawn_by", "withdraws", "proposal").order_by("-id")
    return list((said.filter(judged_by=by) if by else said)[:limit])


def carries_findings(left: str, right: str, known_at: datetime | None = None) -> bool:
    """Whether something against a cooperative may rest on this link: two people's "same", on facts that lie still."""
    pair = pair_of(left, right)
    standing = standing_pairs(known_at).get(pair)
    return standing is not None and may_carry_findings(standing, has_moved=bool(_moved({pair: standing}, known_at)))


def judged_duplicates(known_at: datetime | None = None) -> dict[uuid.UUID, JudgedDuplicate]:
    """The cooperatives that are duplicates as two people judged and facts still say: the evidence for code 420.

    Only cooperatives with each other: a list's row is no row of the balance.
    """
    held = standing_pairs(known_at)
    moved = _moved(held, known_at)
    firm = {
        pair: standing
        for pair, standing in held.items()
        if may_carry_findings(standing, has_moved=pair_key(*pair) in moved)
        and all(cooperative_of(end) is not None for end in pair)
    }
    facts = subject_facts((end for pair in firm for end in pair), known_at)
    return duplicates(firm, held, facts, _known_since(facts))
