"""What planning asks of a router: the routes that bring the most prize for the least travel."""

from __future__ import annotations

from typing import Protocol

from telusur.planning.rules.problem import Problem, Route

__all__ = ["Router"]


class Router(Protocol):
    """A router. The same problem and seed give a valid answer each time; not every router gives the very same one."""

    name: str

    def solve(self, problem: Problem, *, seconds: float, seed: int) -> tuple[Route, ...]:
        """At most one route a team-day. Raises ValueError when required stops cannot be served at all."""
        ...
