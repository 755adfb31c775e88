"""The fate of a change: a readable table of editions, then properties that hold for every sequence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.corrections.rules.columns import Column
from telusur.corrections.rules.fate import ASKED_AGAIN, FATE_LABELS, Fate, Outcome, Seen, Sent, fate

SENT_ON = date(2026, 3, 1)
GONE = None
ADDRESS = Sent(Column.ADDRESS, "lama", "baru", SENT_ON)
MEETING = Sent(Column.MEETING_ON, "2024-03-01", "2026-03-14", SENT_ON)
OUT = Sent(Column.ROW, "listed", "out:410:", SENT_ON)
DOUBLE = Sent(Column.ROW, "listed", "out:420:9901000000001", SENT_ON)


def seen(*keys: str | None, sent: Sent = ADDRESS) -> list[Seen]:
    """One edition a month after the sending: the key that it shows, None where the row is gone."""
    return [
        Seen(number, SENT_ON + timedelta(30 * number), key is not GONE, key or "")
        for number, key in enumerate(keys, start=1)
    ]


CASES = [
    ("no edition yet", ADDRESS, seen(), Fate.WAITING),
    ("it stands as proposed", ADDRESS, seen("baru"), Fate.LANDED),
    ("nothing moved", ADDRESS, seen("lama"), Fate.IGNORED),
    ("a third value", ADDRESS, seen("lain"), Fate.LANDED_DIFFERENTLY),
    ("erased instead", ADDRESS, seen(""), Fate.LANDED_DIFFERENTLY),
    ("the row is gone", ADDRESS, seen(GONE), Fate.VANISHED),
    ("ignored first, then landed", ADDRESS, seen("lama", "lama", "baru"), Fate.LANDED),
    ("landed, then turned back", ADDRESS, seen("baru", "lama"), Fate.REVERTED),
    ("landed, turned back, stays back", ADDRESS, seen("baru", "lama", "lama"), Fate.REVERTED),
    ("landed, turned back, landed again", ADDRESS, seen("baru", "lama", "baru"), Fate.LANDED),
    ("landed, then erased", ADDRESS, seen("baru", ""), Fate.REVERTED),
    ("landed, then moved on to a third value", ADDRESS, seen("baru", "lain"), Fate.LANDED_DIFFERENTLY),
    ("landed, then the row is gone", ADDRESS, seen("baru", GONE), Fate.VANISHED),
    ("gone for an edition, back as proposed", ADDRESS, seen(GONE, "baru"), Fate.LANDED),
    ("gone for an edition, back as it was", ADDRESS, seen(GONE, "lama"), Fate.IGNORED),
    ("a later meeting before ours ever landed", MEETING, seen("2026-05-01"), Fate.LANDED_DIFFERENTLY),
    ("ours landed, next year's meeting follows", MEETING, seen("2026-03-14", "2027-03-02"), Fate.LANDED),
    ("ours landed, an older meeting follows", MEETING, seen("2026-03-14", "2025-01-01"), Fate.LANDED_DIFFERENTLY),
    ("taken off the list", OUT, seen(GONE), Fate.LANDED),
    ("still on the list", OUT, seen(""), Fate.IGNORED),
    ("taken off, then back", OUT, seen(GONE, ""), Fate.REVERTED),
    ("an edition of the day of sending says nothing", ADDRESS, [Seen(1, SENT_ON, True, "lama")], Fate.WAITING),
    ("an edition before the sending says nothing", ADDRESS, [Seen(1, date(2026, 1, 1), True, "baru")], Fate.WAITING),
    ("of two duplicates the wrong one was taken off", DOUBLE,
     [Seen(1, date(2026, 4, 1), True, "", survivor_listed=False)], Fate.LANDED_DIFFERENTLY),
    ("both duplicates are still there", DOUBLE, [Seen(1, date(2026, 4, 1), True, "", survivor_listed=True)], Fate.IGNORED),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "shown", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_table(sent: Sent, shown: list[Seen], expected: Fate) -> None:
    assert fate(sent, shown).fate is expected


def test_the_day_on_which_it_first_landed_is_kept() -> None:
    shown = seen("lama", "baru", "lama", "baru")
    assert fate(ADDRESS, shown) == Outcome(Fate.LANDED, 4, shown[3].as_of_on, shown[1].as_of_on)


def test_every_fate_has_words() -> None:
    assert set(FATE_LABELS) == set(Fate)
    assert {Fate.LANDED, Fate.WAITING}.isdisjoint(ASKED_AGAIN)


KEYS = st.sampled_from(["lama", "baru", "lain", "", GONE])
SENTS = st.sampled_from([ADDRESS, Sent(Column.KELURAHAN, "lama", "baru", SENT_ON)])


@given(st.lists(KEYS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_editions_come_in_changes_nothing(keys: list[str | None], rng: object) -> None:
    shown = seen(*keys)
    mixed = list(shown)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    assert fate(ADDRESS, mixed) == fate(ADDRESS, shown)


@given(SENTS, st.lists(KEYS, max_size=8))
def test_a_landed_change_that_turns_back_is_reverted(sent: Sent, keys: list[str | None]) -> None:
    assert fate(sent, seen(*keys, "baru", "lama")).fate is Fate.REVERTED


@given(SENTS, st.lists(KEYS, max_size=8))
def test_ignored_means_that_it_never_landed(sent: Sent, keys: list[str | None]) -> None:
    outcome = fate(sent, seen(*keys))
    if outcome.fate is Fate.IGNORED:
        assert "baru" not in keys and keys[-1] == "lama"
    if outcome.fate is Fate.REVERTED:
        assert "baru" in keys and outcome.landed_on is not None


@given(SENTS, st.lists(st.just("lama"), min_size=1, max_size=6))
def test_unchanged_never_counts_as_landed_differently(sent: Sent, keys: list[str | None]) -> None:
    assert fate(sent, seen(*keys)).fate is Fate.IGNORED


@given(SENTS, st.lists(KEYS, min_size=1, max_size=8))
def test_the_newest_edition_decides_but_for_the_memory_of_landing(sent: Sent, keys: list[str | None]) -> None:
    """A table over (what the newest shows, whether it had landed): each pair has one fate."""
    landed = "baru" in keys[:-1]
    expected = {
        (GONE, True): Fate.VANISHED, (GONE, False): Fate.VANISHED,
        ("baru", True): Fate.LANDED, ("baru", False): Fate.LANDED,
        ("lama", True): Fate.REVERTED, ("lama", False): Fate.IGNORED,
        ("", True): Fate.REVERTED, ("", False): Fate.LANDED_DIFFERENTLY,
        ("lain", True): Fate.LANDED_DIFFERENTLY, ("lain", False): Fate.LANDED_DIFFERENTLY,
    }  # fmt: skip
    assert fate(sent, seen(*keys)).fate is expected[(keys[-1], landed)]


@given(SENTS, st.lists(KEYS, max_size=8), st.integers(0, 400))
def test_editions_up_to_the_sending_are_not_read(sent: Sent, keys: list[str | None], before: int) -> None:
    old = Seen(99, SENT_ON - timedelta(before), True, "baru")
    assert fate(sent, [*seen(*keys), old]) == fate(sent, seen(*keys))


@given(st.lists(st.sampled_from([GONE, "x"]), min_size=1, max_size=8))
def test_a_row_taken_off_is_landed_and_one_that_comes_back_reverted(keys: list[str | None]) -> None:
    outcome = fate(OUT, seen(*keys))
    if keys[-1] is GONE:
        assert outcome.fate is Fate.LANDED
    else:
        assert outcome.fate is (Fate.REVERTED if GONE in keys else Fate.IGNORED)
    assert (outcome.landed_on is not None) is (GONE in keys)
