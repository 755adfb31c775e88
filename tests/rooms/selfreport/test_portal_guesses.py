"""Guesses at a report's address and at a letter's code: one answer, counted, and never in an officer's way."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from telusur.people.rules import Role
from telusur.selfreport import actions
from telusur.selfreport.models import Knock, Report
from telusur.selfreport.rules.fields import Form
from telusur.selfreport.rules.limits import LIMITS, PortalAct
from telusur.words.answer_code import answer_code_from
from tests.rooms.selfreport.office import alone
from tests.rooms.selfreport.test_portal_pages import office, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]


def _asked(client: Client, way: Callable[[Client], HttpResponse]) -> tuple[int, list[str], str]:
    """The status, the statements without their values, and the body without its token and address."""
    with CaptureQueriesContext(connection) as ran:
        reply = way(client)
    said = [re.sub(r"'[^']*'|\b\d+\b", "?", query["sql"]) for query in ran.captured_queries]
    body = re.sub(r'value="[A-Za-z0-9]{64}"|/lapor/s/[^"/]*|nonce-?[^" ]*|[?&]next=[^"]*', "", reply.content.decode())
    return reply.status_code, [each for each in said if "SAVEPOINT" not in each], body


@pytest.mark.long
def test_codes_that_open_nothing_are_one_answer_counted_and_then_wait_with_all_others(client: Client) -> None:
    """Malformed, mistyped and unknown: the same body by the same statements. The thirty-first waits, right ones alike."""
    _, key = actions.begin(form=Form.REPORT, cooperative=alone())
    slip = key.printed[:-1] + ("0" if key.printed[-1] != "0" else "1")
    wrong = (answer_code_from(b"0123456789").printed, "apa-saja", slip)
    for path in ("", "state/", "kirim/", "tanda-terima.pdf"):
        assert client.get(f"/lapor/s/{wrong[0]}/{path}").status_code == 404
    seen = [_asked(client, lambda each, code=code: each.get(f"/lapor/s/{code}/")) for code in wrong]  # type: ignore[misc]
    assert seen[0] == seen[1] == seen[2] and seen[0][0] == 404
    with CaptureQueriesContext(connection) as ran:
        assert client.get(f"/lapor/s/{key.printed}/state/").status_code == 200
    assert not [query for query in ran.captured_queries if not query["sql"].startswith("SELECT")], (
        "reading writes nothing"
    )
    knock_row = Knock.objects.get(act=PortalAct.GUESS.value)
    assert knock_row.done_count == 7
    for _ in range(LIMITS[PortalAct.GUESS].most - 7):
        assert client.get(f"/lapor/s/{wrong[0]}/").status_code == 404
    held = [_asked(client, lambda each, code=code: each.get(f"/lapor/s/{code}/")) for code in (key.printed, *wrong)]  # type: ignore[misc]
    assert {status for status, _, _ in held} == {429} and len({body for _, _, body in held}) == 1
    assert len({tuple(said) for _, said, _ in held}) == 1
    assert not any("selfreport_report" in said for _, asked, _ in held for said in asked), (
        "no code is looked up any more"
    )
    officer = office(Role.OFFICER)
    assert officer.get(f"/lapor/s/{wrong[0]}/").status_code == 404
    assert officer.get(f"/lapor/s/{key.printed}/state/").status_code == 200
    assert client.get(f"/lapor/s/{key.printed}/state/", REMOTE_ADDR="10.0.0.9").status_code == 200
    assert Knock.objects.get(act=PortalAct.GUESS.value).done_count == LIMITS[PortalAct.GUESS].most


@pytest.mark.long
def test_guesses_at_a_letters_code_are_counted_for_the_report_from_any_address(client: Client) -> None:
    report, key = actions.begin(form=Form.REPORT, cooperative=alone())
    address, most = f"/lapor/s/{key.printed}/authority/", LIMITS[PortalAct.GUESS].most
    codes = [answer_code_from(f"{number:010d}".encode()[::-1]).printed for number in range(most + 1)]

    def given(number: int, by: Client = client) -> int:
        said = {**texts("authority"), "code": codes[number]}
        return by.post(address, said, REMOTE_ADDR=f"10.0.{number % 250}.9").status_code

    assert [given(number) for number in range(most)] == [302] * most
    held = Report.objects.get(pk=report.pk).code_hash
    assert (given(most), given(most - 1)) == (429, 302), "another code waits; the one that was given may be sent again"
    assert Report.objects.get(pk=report.pk).code_hash == held
    assert given(most, office(Role.OFFICER)) == 302
