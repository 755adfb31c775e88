"""The router of a name. PyVRP is a requirement of every installation; the plain one is there where its wheel is not."""

from __future__ import annotations

from telusur.planning.ports import Router
from telusur.planning.routers.plain import PlainRouter

__all__ = ["router"]


def router(name: str = "pyvrp") -> Router:
    """The router "pyvrp" or "plain"; the plain one also where PyVRP cannot be loaded. Raises ValueError for another name."""
    if name == "plain":
        return PlainRouter()
    if name != "pyvrp":
        raise ValueError(f"perute «{name}» tidak dikenal; pilih pyvrp atau plain")
    try:
        from telusur.planning.routers.pyvrp_router import PyvrpRouter
    except ImportError:
        return PlainRouter()
    return PyvrpRouter()
