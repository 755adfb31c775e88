"""Finds a span of time or a share that a rule states by itself: it belongs to the room `laws`, as an article.

In: a rules file's source. Out: one line for each. What is none of law or office stands in ALLOWED, with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["ALLOWED", "thresholds"]

_NAMED = re.compile(
    r"^\s*(_?[A-Z][A-Z_]*(?:DAYS|MONTHS|YEARS|WEEKS|PERCENT|LEVEL)[A-Z_]*)\s*(?::[^=]*)?=\s*[(\[{]?\s*-?\d",
    re.MULTILINE,
)
_SPANS = (
    re.compile(r"timedelta\(\s*(?:days=|weeks=)?(?!1\s*\))\d+"),
    re.compile(r"\.days\s*[<>]=?\s*(?!0\b)\d+"),
    re.compile(r"add_months\([^()\n]*,\s*-?\d+"),
    re.compile(r"(?:days|months|percent|level)\s*:\s*(?:int|float)\s*=\s*[\d.]+"),
)
# Room/file::name → why it is none of law's or the office's.
ALLOWED = {
    "corrections/rules/rates.py::WITHIN_DAYS": "columns of a table: shown side by side, decides nothing",
    "api/rules/tokens.py::LONGEST_DAYS": "how long a machine's key may live",
    "dashboards/rules/compare.py::FUNNEL_LEVEL": "a method of statistics: how wide a funnel is drawn",
    "oversight/rules/backchecks.py::days: int = 14": "part of a sample's design, sealed with the seed of its round",
    "oversight/rules/trust_copies.py::_QUICK_PERCENTILE": "a method of statistics: what counts as quick among others",
    "selfreport/rules/answers.py::timedelta(days=3660": "a day typed further ahead is a slip of the finger",
}


def thresholds(source: str) -> Iterator[str]:
    """Names of constants that state a span or a share, and spans written into the code, in the order of the text."""
    yield from (found[1] for found in _NAMED.finditer(source))
    yield from (found[0] for pattern in _SPANS for found in pattern.finditer(source))
