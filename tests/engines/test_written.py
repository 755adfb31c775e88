"""Pairs that are written out as they are read: the same one by one, in a slice and in turn, across the edges of a page."""

from __future__ import annotations

import json

import pytest

from telusur.matching.engines import written
from telusur.matching.engines.memory import MemoryEngine
from tests.engines.sets import SETS


def test_a_pair_says_the_same_however_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "_PAGE", 7)
    result = MemoryEngine().link(*SETS["people"]())
    in_turn = list(result.pairs)
    assert len(in_turn) > 20
    assert [result.pairs[at] for at in range(len(in_turn))] == in_turn
    assert result.pairs[3:17] == in_turn[3:17]
    assert result.pairs[0:0] == []


def test_levels_and_rarity_are_plain_numbers_one_for_each_line() -> None:
    result = MemoryEngine().link(*SETS["people"]())
    for pair in result.pairs:
        assert len(pair.levels) == len(pair.rarity) == len(result.model.fields)
        json.dumps([*pair.levels, *pair.rarity])
        # What has no level says nothing, so that nothing rare is said either.
        assert all(rarity == 0.0 for level, rarity in zip(pair.levels, pair.rarity, strict=True) if level < 0)
