"""The room's constraints hold in the database itself, and evidence refuses change."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Model

from telusur.selfreport.models import Knock, Report, ReportCall, ReportDecision, Submission, Tip, TipDecision, Upload
from tests.rooms.selfreport.office import ON, alone

pytestmark = pytest.mark.django_db
AT = datetime(2025, 11, 24, tzinfo=UTC)
HASH = "c" * 64


def report(**changed: object) -> Report:
    values = {"form": "report", "unlisted_name": "X", "key_hash": HASH, "started_at": AT, "saved_at": AT}
    return Report.objects.create(**{**values, **changed})


def sent(**changed: object) -> Report:
    return report(**{"state": "submitted", "number": "LP-1", "submitted_at": AT, **changed})


def submission(of: Report | None = None, number: int = 1) -> Submission:
    return Submission.objects.create(
        report=of or sent(), number=number, answers={}, files=[], submitted_on=ON, submitted_at=AT
    )


def decision(**changed: object) -> ReportDecision:
    values = {"submission": submission(), "move": "accept", "decided_by": "rani", "decided_at": AT}
    return ReportDecision.objects.create(**{**values, **changed})


def upload(**changed: object) -> Upload:
    values = {
        "report": report(), "purpose": "deed", "kind": "pdf", "sha256": HASH, "byte_count": 1, "name": "a",
        "shown_name": "a", "received_at": AT,
    }  # fmt: skip
    return Upload.objects.create(**{**values, **changed})


def call(**changed: object) -> ReportCall:
    values = {
        "report": sent(), "called_on": ON, "number_from": "visit", "outcome": "denied", "called_by": "r", "recorded_at": AT,
    }  # fmt: skip
    return ReportCall.objects.create(**{**values, **changed})


def tip(**changed: object) -> Tip:
    return Tip.objects.create(**{"cooperative": alone(), "where": "Ruko", "relation": "rt", "told_at": AT, **changed})


def tip_decision(**changed: object) -> TipDecision:
    values = {"tip": tip(), "asked_visit": True, "why": "x", "decided_by": "r", "decided_at": AT}
    return TipDecision.objects.create(**{**values, **changed})


def knock(**changed: object) -> Knock:
    return Knock.objects.create(**{"act": "tip", "mark": "m", "window_number": 1, **changed})


def twice(make: Callable[[], object]) -> object:
    make()
    return make()


BREAKS: list[tuple[str, Callable[[], object]]] = [
    ("report_form_is_known", lambda: report(form="letter")),
    ("report_state_is_known", lambda: sent(state="lost")),
    ("report_key_is_a_digest", lambda: report(key_hash="rahasia")),
    ("report_sent_with_a_number", lambda: report(state="submitted")),
    ("report_sent_with_a_number", lambda: report(number="LP-1", submitted_at=AT)),
    ("report_of_a_cooperative_or_a_name", lambda: report(unlisted_name="")),
    ("report_of_a_cooperative_or_a_name", lambda: report(cooperative=alone())),
    ("upload_purpose_is_known", lambda: upload(purpose="virus")),
    ("upload_is_image_or_pdf", lambda: upload(kind="svg")),
    ("upload_hash_is_sha256", lambda: upload(sha256="abc")),
    ("decision_move_is_known", lambda: decision(move="submit")),
    ("decision_back_with_a_reason", lambda: decision(move="send_back")),
    ("decision_back_with_a_reason", lambda: decision(move="ask_visit")),
    ("call_number_from_is_known", lambda: call(number_from="dream")),
    ("call_outcome_is_known", lambda: call(outcome="maybe")),
    ("tip_says_where", lambda: tip(where="")),
    ("tip_point_is_whole", lambda: tip(lat=1.0)),
    ("tip_decided_with_a_reason", lambda: tip_decision(why="")),
    ("knock_act_is_known", lambda: knock(act="bell")),
]


@pytest.mark.parametrize(("name", "make"), BREAKS, ids=[f"{name}-{place}" for place, (name, _) in enumerate(BREAKS)])
def test_the_database_refuses(name: str, make: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("name", "columns", "make"),
    [
        ("submission_once_a_number", "report_id, selfreport_submission.number", lambda of: submission(of)),
        ("knock_once_a_window", "act, selfreport_knock.mark", lambda _: knock()),
    ],
    ids=["submission", "knock"],
)
def test_once_alone(name: str, columns: str, make: Callable[[Report], object]) -> None:
    of = sent()
    with pytest.raises(IntegrityError, match=f"{name}|{re.escape(columns)}"), transaction.atomic():
        twice(lambda: make(of))


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (submission, {"answers": {"x": 1}}),
        (decision, {"why": "lain"}),
        (call, {"outcome": "confirmed"}),
        (tip, {"where": "tempat lain"}),
        (tip, {"lat": 1.0, "lon": 2.0}),
        (tip_decision, {"asked_visit": False}),
    ],
    ids=["submission", "decision", "call", "tip", "tip's point", "tip's decision"],
)
def test_evidence_refuses_change_and_removal(make: Callable[[], Model], change: dict[str, object]) -> None:
    rows = type(made := make())._default_manager.filter(pk=made.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_a_tips_contact_can_be_erased() -> None:
    kept = tip(contact="0800")
    Tip.objects.filter(pk=kept.pk).update(contact="")
    assert Tip.objects.get(pk=kept.pk).contact == ""
