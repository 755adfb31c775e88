"""Whether two engines say the same of a set."""

from __future__ import annotations

from telusur.matching.ports import Engine, LinkResult
from telusur.matching.rules.guards import ModelRefused
from tests.engines.sets import Asked

__all__ = ["answer", "assert_same"]

_APART = 1e-6


def answer(engine: Engine, asked: Asked, **options: object) -> LinkResult | str:
    """The result, or why the model was refused."""
    try:
        return engine.link(*asked, **options)  # type: ignore[arg-type]
    except ModelRefused as refused:
        return str(refused)


def assert_same(one: LinkResult | str, other: LinkResult | str) -> None:
    """The same pairs in the same order, decisions, levels, histogram and reach; probabilities and weights within 1e-6."""
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    assert [(p.left_id, p.right_id, p.levels, p.decision) for p in one.pairs] == [
        (p.left_id, p.right_id, p.levels, p.decision) for p in other.pairs
    ]
    for a, b in zip(one.pairs, other.pairs, strict=True):
        assert abs(a.probability - b.probability) <= _APART
        assert abs(a.weight - b.weight) <= _APART
        assert all(abs(x - y) <= _APART for x, y in zip(a.rarity, b.rarity, strict=True))
    assert one.warnings == other.warnings
    assert abs(one.model.sure_at - other.model.sure_at) <= _APART
    assert abs(one.model.prior - other.model.prior) <= _APART
    assert one.histogram == other.histogram
    assert one.reach.candidates_per_row == other.reach.candidates_per_row
    assert (one.reach.share is None) == (other.reach.share is None)
    assert abs((one.reach.share or 0) - (other.reach.share or 0)) <= _APART
    for a_line, b_line in zip(one.model.fields, other.model.fields, strict=True):
        assert a_line.field == b_line.field
        assert all(abs(a.m - b.m) <= _APART for a, b in zip(a_line.levels, b_line.levels, strict=True))
