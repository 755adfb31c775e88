"""Why a link cannot be made as it was asked: one sentence with what is wrong and how to mend it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["LinkRefused", "listed"]

_MOST_LISTED = 12


class LinkRefused(Exception):
    """What was asked of a link that its tables or files cannot give. str(): one Indonesian sentence."""

    def __init__(self, reason: Reason, mend: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        self.refusal = Refusal(row, column, value, reason, mend)
        super().__init__(self.refusal.sentence())


def listed(names: Iterable[str]) -> str:
    """Names for a sentence, the first dozen: «a», «b», …"""
    all_names = list(names)
    shown = ", ".join(f"«{name}»" for name in all_names[:_MOST_LISTED])
    return shown + (f" dan {len(all_names) - _MOST_LISTED} lagi" if len(all_names) > _MOST_LISTED else "")
