"""Small cells: which counts of a table by area are withheld, so that no single named cooperative can be read from them.

Pure. In: for every kelurahan, how many cooperatives of one finding fall under each code. Out: for every line (kelurahan,
kecamatan, whole) the counts that may be published, None where one is suppressed. The findings themselves are published row
by row and are never suppressed; their sums by area are what an attacker knows.

The rule. A block (the codes of one finding in one area) is withheld when a count in it is 1 or 2 of fewer than 30
cooperatives, or is all of them (primary). Where what is withheld could be reckoned from the sums that stay, the area with
the fewest cooperatives beside it is withheld too, or the sum itself (complementary). What then still follows from the
published sums alone is published: it hides nothing. So a suppressed count always has at least two possible values: the
withheld areas under a published sum are a two-way table of known margins, whose bounds are exact (Fréchet).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

__all__ = ["LEAST", "MANY", "WHOLE", "Leaf", "Published", "is_sensitive", "publishable"]

LEAST = 3
MANY = 30
WHOLE = ""


class Leaf(NamedTuple):
    """A kelurahan's block: `group` is its kecamatan, "" for one directly under the whole."""

    key: str
    group: str
    counts: tuple[int, ...]

    @property
    def base(self) -> int:
        """The published number of cooperatives that the counts divide."""
        return sum(self.counts)


Published = Mapping[str, tuple[int | None, ...]]


def is_sensitive(counts: Sequence[int]) -> bool:
    """Whether a block points at somebody: a count of 1 or 2 among few, or one that is everybody."""
    base = sum(counts)
    return any(count and (count == base or (count < LEAST and base < MANY)) for count in counts)


def _total(leaves: Iterable[Leaf], width: int) -> tuple[int, ...]:
    sums = [0] * width
    for leaf in leaves:
        for column, count in enumerate(leaf.counts):
            sums[column] += count
    return tuple(sums)


class _Board:
    """Which lines are withheld, while it is being decided."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = sorted(leaves)
        self.width = len(self.leaves[0].counts)
        self.groups: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            if leaf.group:
                self.groups.setdefault(leaf.group, []).append(leaf)
        self.sums = {WHOLE: _total(self.leaves, self.width)}
        self.sums |= {name: _total(members, self.width) for name, members in self.groups.items()}
        self.hidden = {leaf.key for leaf in self.leaves if is_sensitive(leaf.counts)}
        for name in self.groups:
            if is_sensitive(self.sums[name]):
                self.hide_group(name)
        if is_sensitive(self.sums[WHOLE]):
            self.hidden.add(WHOLE)

    def hide_group(self, name: str) -> None:
        """A kecamatan, and whatever in it holds anybody: else its counts would be the sum of theirs."""
        self.hidden.add(name)
        self.hidden |= {leaf.key for leaf in self.groups[name] if leaf.base}

    def pool(self, top: str) -> list[Leaf]:
        """The withheld leaves of which the published line `top` gives the sum, when all published lines are taken off."""
        if top != WHOLE:
            return [leaf for leaf in self.groups[top] if leaf.key in self.hidden]
        return [
            leaf for leaf in self.leaves if leaf.key in self.hidden and (not leaf.group or leaf.group in self.hidden)
        ]

    def gives_away(self, top: str) -> bool:
        """Whether a sensitive line follows from the published sum above it."""
        pool = [leaf for leaf in self.pool(top) if leaf.base]
        rest = _total(pool, self.width)
        size = sum(rest)
        lines = [leaf.counts for leaf in pool]
        if top == WHOLE:
            lines += [self.sums[name] for name in self.groups if name in self.hidden]
        return any(is_sensitive(line) and _follows(line, rest, size) for line in lines)

    def hide_more(self, top: str) -> None:
        """Withhold the smallest line beside those withheld under `top`; `top` itself where there is none left."""
        beside = [leaf for leaf in (self.leaves if top == WHOLE else self.groups[top]) if leaf.base]
        if top != WHOLE:
            open_leaves = [(leaf.base, leaf.key) for leaf in beside if leaf.key not in self.hidden]
            self.hidden.add(min(open_leaves)[1] if open_leaves else top)
            return
        choices: list[tuple[int, str]] = [
            (leaf.base, leaf.key) for leaf in beside if not leaf.group and leaf.key not in self.hidden
        ]
        choices += [
            (sum(self.sums[name]), name) for name in self.groups if name not in self.hidden and any(self.sums[name])
        ]
        if not choices:
            self.hidden.add(WHOLE)
        elif (name := min(choices)[1]) in self.groups:
            self.hide_group(name)
        else:
            self.hidden.add(name)

    def settle(self) -> None:
        """Withhold until nothing sensitive follows from what stays."""
        for top in (*self.groups, WHOLE):
            while top not in self.hidden and self.gives_away(top):
                self.hide_more(top)

    def shown(self, line: Sequence[int], top: str) -> tuple[int | None, ...]:
        """A withheld line without what it must not say; `top`: the published line above it, "" and withheld for none."""
        pool = [leaf for leaf in self.pool(top) if leaf.base]
        rest = _total(pool, self.width)
        if top in self.hidden:
            return tuple(None if sum(line) else 0 for _ in line)
        size = sum(rest)
        return tuple(None if _ranges(sum(line), left, size) else count for count, left in zip(line, rest, strict=True))


def _ranges(base: int, left: int, size: int) -> bool:
    """Whether a count of a line of `base` among `size`, of whom `left` are under its code, has two possible values."""
    return max(0, base + left - size) < min(base, left)


def _follows(line: Sequence[int], rest: Sequence[int], size: int) -> bool:
    """Whether a sensitive count of a line is certain."""
    base = sum(line)
    return any(
        count and (count == base or (count < LEAST and base < MANY)) and not _ranges(base, left, size)
        for count, left in zip(line, rest, strict=True)
    )


def publishable(leaves: Sequence[Leaf]) -> Published:
    """What may be published of every leaf, every group, and the whole (WHOLE). Keys of leaves and groups must differ.

    Blocks of one column say no more than their finding, and are published as they are.
    """
    if not leaves:
        return {}
    board = _Board(leaves)
    if board.width > 1:
        board.settle()
    else:
        board.hidden.clear()
    found: dict[str, tuple[int | None, ...]] = {}
    for leaf in board.leaves:
        top = leaf.group if leaf.group and leaf.group not in board.hidden else WHOLE
        found[leaf.key] = board.shown(leaf.counts, top) if leaf.key in board.hidden else leaf.counts
    for name in board.groups:
        found[name] = board.shown(board.sums[name], WHOLE) if name in board.hidden else board.sums[name]
    found[WHOLE] = board.sums[WHOLE]
    if WHOLE in board.hidden:
        found[WHOLE] = tuple(None for _ in board.sums[WHOLE])
    return found
