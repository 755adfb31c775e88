"""A stranger's tool asks what the description allows, and what it does not: no 5xx, no answer that is not described."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis import openapi as openapi
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from telusur.api.rules.tokens import Scope
from telusur.people.rules import Role
from telusur.rounds.rules.codes import Code
from telusur.web.wsgi import application
from tests.rooms.api.office import token
from tests.rooms.web.city import KELURAHAN, lay

pytestmark = pytest.mark.slow
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# The rights of a token; None: without one.
WHO: dict[str, tuple[Role, tuple[Scope, ...], tuple[str, ...]] | None] = {
    "public": None,
    "registrar": (Role.REGISTRAR, (Scope.VISITS, Scope.PLACES, Scope.PROGRAMME, Scope.CHECKS, Scope.TRADE), ()),
    "registrar of one kelurahan": (Role.REGISTRAR, (Scope.PLACES, Scope.PROGRAMME, Scope.TRADE), (KELURAHAN[0],)),
    "officer": (Role.OFFICER, (Scope.VISITS, Scope.PROGRAMME), ()),
    "section head": (Role.SECTION_HEAD, tuple(Scope), ()),
    "head": (Role.HEAD, (), ()),
}
EXAMPLES = 6


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_every_answer_is_described(who: str) -> None:
    cache.clear()
    lay({Code.ACTIVE_WITH_MEETING: 3, Code.OTHER_OCCUPANT: 3, Code.NOT_ATTEMPTED: 2})
    rights = WHO[who]
    headers = {"Authorization": f"Bearer {token(*rights)[1]}"} if rights else {}
    schema = openapi.from_wsgi("/api/v1/openapi.json", application)
    answers: dict[int, int] = {}
    for found in schema.get_all_operations():
        for mode in GenerationMode:
            _ask(found.ok(), mode, headers, answers)
    assert sum(answers.values()) > 100 and 200 in answers and 422 in answers, answers
    assert rights is not None or 401 in answers, answers


def _ask(operation: Any, mode: GenerationMode, headers: dict[str, str], answers: dict[int, int]) -> None:
    # Of the same seed in every run.
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        reply = case.call(headers=headers)
        answers[reply.status_code] = answers.get(reply.status_code, 0) + 1
        case.validate_response(reply, checks=CHECKS)

    ask()
