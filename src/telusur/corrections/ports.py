"""What is asked of the national registry where an office may ask it by machine, and how a refusal reads.

One adapter: `registries/http_registry`. Read only: the registry is not known to take a change by machine; changes go up as
sheets and letters. An office that has no access loses nothing: files come in through intake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["Fetched", "NationalRegistry", "Profile", "RegistryRefused", "refuse_registry"]

# One cooperative as the registry's interface gives it: the registry's own labels → text, "" where nothing is stated.
Profile = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer of the registry. data_on: the day that the registry itself names for its data, as text, "" for none.

    rows: profiles, or one row a recap. from_cache: nothing was asked just now, to spare the quota.
    """

    rows: Sequence[Profile]
    fetched_at: datetime
    data_on: str = ""
    from_cache: bool = False


class RegistryRefused(Exception):
    """The registry did not give what was asked; `refusal` says why and what to do."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence())
        self.refusal = refusal


def refuse_registry(reason: Reason, mend: str) -> RegistryRefused:
    """A refusal of the registry in one sentence."""
    return RegistryRefused(Refusal(None, "", "", reason, mend))


class NationalRegistry(Protocol):
    """The registry's reading interface. Every call may raise RegistryRefused; none leaves anything half-kept."""

    def profiles(self) -> Fetched:
        """All cooperatives that the office's account may see."""

    def recap(self, year: int) -> Fetched:
        """The registry's own counts of a year, as one row."""
