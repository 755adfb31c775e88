"""An office with tokens and endpoints, for the tests of the doors for machines."""

from __future__ import annotations

from collections.abc import Sequence

from telusur.api.actions import add_endpoint, issue_token
from telusur.api.models import ApiToken, Endpoint
from telusur.api.rules.events import EventKind
from telusur.api.rules.tokens import Scope
from telusur.people.rules import Role
from tests.rooms.web.city import account

ADDRESS = "https://penerima.example/kabar"


def token(
    role: Role = Role.REGISTRAR, scopes: Sequence[Scope] = (Scope.VISITS,), areas: Sequence[str] = (), days: int = 30
) -> tuple[ApiToken, str]:
    """A token and its text."""
    return issue_token(
        account=account(role), label="Sistem rekaan", scopes=scopes, areas=areas, days=days, by="section_head"
    )


def endpoint(
    kinds: Sequence[EventKind] = (), address: str = ADDRESS, *, localhost: bool = False
) -> tuple[Endpoint, str]:
    """An endpoint and its secret."""
    return add_endpoint(address=address, label="Penerima rekaan", kinds=kinds, by="section_head", localhost=localhost)
