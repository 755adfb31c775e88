"""How long what a board wrote is kept, by the law's own days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import amended, law_on
from telusur.selfreport.rules.keeping import kept_since

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "days", "since"),
    [
        ({}, (60, 365), ("2025-12-31", "2025-03-01")),
        ({"house.report_draft_days": 7}, (7, 365), ("2026-02-22", "2025-03-01")),
        ({"house.report_name_days": 30}, (60, 30), ("2025-12-31", "2026-01-30")),
    ],
    ids=["shipped", "shorter drafts", "shorter names"],
)
def test_what_is_kept_is_the_laws_word(changed: dict[str, int], days: tuple[int, int], since: tuple[str, str]) -> None:
    law = law_on(shipped_articles(), AT.date())
    new = [replace(law.article(ident), value=value) for ident, value in changed.items()]
    kept = kept_since(law_on(amended(shipped_articles(), new), AT.date()), AT)
    assert (kept.draft_days, kept.name_days) == days
    assert (f"{kept.drafts_before_at:%Y-%m-%d}", f"{kept.names_before_at:%Y-%m-%d}") == since
