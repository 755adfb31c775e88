"""Thresholds live in the room `laws` and nowhere else; the checker sees what it must see."""

from __future__ import annotations

import pytest

from tests.repository.house import SRC, pure_files
from tests.repository.thresholds import ALLOWED, thresholds


def test_no_rule_states_a_threshold_of_its_own() -> None:
    found = {
        f"{path.relative_to(SRC)}::{what}"
        for path in pure_files()
        if not path.is_relative_to(SRC / "laws")
        for what in thresholds(path.read_text(encoding="utf-8"))
    }
    assert found == set(ALLOWED), "an article of laws/articles holds it, with its source and its certainty"


@pytest.mark.parametrize(
    "source",
    [
        "WINDOW_DAYS = 28",
        "_LEAST_MONTHS: Final = 3",
        "SERVICE_LEVEL = 0.95",
        "if (on - seen.on).days <= 14:\n    pass",
        "since = on - timedelta(days=60)",
        "due = add_months(end, 6)",
        "def within(seen, days: int = 28): ...",
    ],
)
def test_the_checker_objects(source: str) -> None:
    assert list(thresholds(source))


@pytest.mark.parametrize(
    "source", ["since = on - timedelta(days=law.value(X))", "day - timedelta(days=1)", "if left.days > 0:\n    pass"]
)
def test_the_checker_is_content(source: str) -> None:
    assert not list(thresholds(source))
