"""A run's inputs as a table and as one mark, and what is kept of a pair that it found. Pure."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence

from telusur.matching.rules.decide import Decision
from telusur.matching.rules.explain import Line
from telusur.matching.rules.judgement import Pair, Standing, pair_key, values_digest
from telusur.matching.rules.queue import consequence_of, pair_value
from telusur.matching.rules.subjects import COMPARED_FIELDS

__all__ = ["Rows", "columns_of", "inputs_mark", "proposal_fields"]

# Compared values by subject.
Rows = Mapping[str, Mapping[str, str]]


def columns_of(rows: Rows) -> dict[str, list[str]]:
    """The compared fields as columns, in the rows' order."""
    return {name: [row.get(name, "") for row in rows.values()] for name in COMPARED_FIELDS}


def inputs_mark(said: Sequence[str], tables: Sequence[Rows], standing: Mapping[Pair, Standing]) -> str:
    """BLAKE2b, 128 bits, of all that a run depends on: what was asked, both tables, and what stands between people."""
    lines = list(said)
    for number, rows in enumerate(tables):
        lines += [f"{number} {subject} {values_digest(rows[subject])}" for subject in sorted(rows)]
    lines += [f"{pair} {standing[pair].verdict}" for pair in sorted(standing)]
    return hashlib.blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def proposal_fields(
    kind: str, weight: float, lines: Sequence[Line], decision: Decision, rows: Rows
) -> dict[str, object]:
    """A proposal's fields but its run. kind: the run's. weight: bits over all fields."""
    left, right = rows[decision.left], rows[decision.right]
    chance = min(max(decision.probability, 1e-6), 1.0 - 1e-6)
    consequence = consequence_of(kind)
    return {
        "pair_key": pair_key(decision.left, decision.right),
        "left_subject": decision.left,
        "right_subject": decision.right,
        "left_name": left.get("name", "")[:300],
        "right_name": right.get("name", "")[:300],
        "probability": decision.probability,
        "weight": weight,
        "prior_bits": round(math.log2(chance / (1.0 - chance)) - weight, 4),
        "lines": [{"field": line.field, "weight": line.weight, "says": line.says.as_json()} for line in lines],
        "left_values": dict(left),
        "right_values": dict(right),
        "left_digest": values_digest(left),
        "right_digest": values_digest(right),
        "guards": [guard.as_json() for guard in decision.guards],
        "zone": decision.zone,
        "consequence": consequence,
        "value": pair_value(decision.probability, consequence, guarded=bool(decision.guards)),
    }
