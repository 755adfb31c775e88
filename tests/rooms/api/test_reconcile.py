"""The reconciliation service as a client meets it: every answer keeps its form, only what is sure is a match."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from telusur.matching.models import Run
from telusur.matching.rules.model import model_to_json
from telusur.opendata.queries import now, rows
from telusur.opendata.rules.datasets import DATASETS, Dataset
from telusur.register.models import Edition
from tests.rooms.api.reconcile_schemas import SCHEMAS
from tests.rooms.web.city import CANARIES
from tests.rules.matching.test_asked import MODEL

pytestmark = pytest.mark.django_db
NAMES = DATASETS[Dataset.COOPERATIVES].names


def valid(form: str, content: bytes) -> Any:
    """The answer, which keeps the form of the specification."""
    found = json.loads(content)
    Draft202012Validator(SCHEMAS[form]).validate(found)
    return found


def asked(queries: dict[str, Any], method: str = "post") -> Any:
    reply = getattr(Client(enforce_csrf_checks=True), method)("/reconcile/", {"queries": json.dumps(queries)})
    assert reply.status_code == 200, reply.content
    return valid("results", reply.content)


def first_row() -> dict[str, Any]:
    return dict(zip(NAMES, next(rows(Dataset.COOPERATIVES, now())), strict=True))


def test_the_manifest(db: None) -> None:
    reply = Client().get("/reconcile/", headers={"origin": "https://lain.invalid"})
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    told = valid("manifest", reply.content)
    assert told["view"]["url"] == "http://testserver/cek/{{id}}/"
    called = Client().get("/reconcile/?callback=jQuery17_1.done")
    assert called.headers["Content-Type"].startswith("application/javascript")
    assert called.content.startswith(b"/**/jQuery17_1.done({") and called.content.endswith(b");")
    assert Client().get("/reconcile/?callback=alert(1)//").status_code == 400
    allowed = Client().options("/reconcile/").headers["Access-Control-Allow-Methods"]
    assert allowed == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["get", "post"])
def test_queries(city: int, method: str) -> None:
    row = first_row()
    told = asked(
        {
            "sure": {"query": row["nama"], "properties": [{"pid": "nik_koperasi", "v": row["nik_koperasi"]}]},
            "number": {"query": row["nik_koperasi"], "type": "koperasi", "limit": 1},
            "place": {"query": row["nama"], "properties": [{"pid": "kelurahan", "v": "Lain"}]},
            "nobody": {"query": "Perkumpulan Zzyzx"},
            "person": {"query": row["nama"], "type": "orang"},
        },
        method,
    )
    assert (told["sure"]["result"][0]["id"], told["sure"]["result"][0]["match"]) == (row["id"], True)
    assert [each["match"] for each in told["number"]["result"]] == [True]
    assert not any(each["match"] for each in told["place"]["result"])
    assert told["nobody"]["result"] == told["person"]["result"] == []
    for each in told.values():
        assert sum(found["match"] for found in each["result"]) <= 1


def test_data_extension_tells_what_the_open_data_tells(city: int) -> None:
    row = first_row()
    wanted = {"ids": [row["id"], "tidak-ada"], "properties": [{"id": name} for name in (*NAMES, "alamat", "ketua")]}
    reply = Client().post("/reconcile/", {"extend": json.dumps(wanted)})
    told = valid("extension", reply.content)
    assert [each["id"] for each in told["meta"]] == list(NAMES)
    assert told["rows"][row["id"]]["nama"] == [{"str": row["nama"]}]
    assert told["rows"][row["id"]]["tercantum_per"] == [{"date": f"{row['tercantum_per']}T00:00:00Z"}]
    assert set(map(str, told["rows"]["tidak-ada"].values())) == {"[]"}
    assert not [canary for canary in CANARIES if canary in reply.content.decode()]
    proposed = json.loads(Client().get("/reconcile/properties?type=koperasi&limit=3").content)
    assert proposed["type"] == "koperasi" and len(proposed["properties"]) == 3


@pytest.mark.parametrize(
    ("kind", "prefix", "wanted"),
    [("entity", "Contoh 110", None), ("property", "NIK", "nik_koperasi"), ("type", "kop", "koperasi")],
)
def test_suggestions_and_flyouts(city: int, kind: str, prefix: str, wanted: str | None) -> None:
    told = valid("suggestions", Client().get(f"/reconcile/suggest/{kind}", {"prefix": prefix}).content)
    assert told["result"]
    ident = told["result"][0]["id"]
    assert wanted in (None, ident)
    flyout = json.loads(Client().get(f"/reconcile/flyout/{kind}", {"id": ident}).content)
    assert flyout["id"] == ident and told["result"][0]["name"] in flyout["html"]
    assert json.loads(Client().get(f"/reconcile/flyout/{kind}?id=<b>").content)["html"] == ""
    assert json.loads(Client().get(f"/reconcile/suggest/{kind}?prefix=zzyzx").content)["result"] == []


def test_the_preview_may_stand_in_a_frame_and_names_no_person(city: int) -> None:
    row = first_row()
    reply = Client().get("/reconcile/preview", {"id": row["id"]})
    page = reply.content.decode()
    assert row["nama"] in page and row["nik_koperasi"] in page
    assert "X-Frame-Options" not in reply.headers
    assert "frame-ancestors *" in reply.headers["Content-Security-Policy"]
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
    assert not [canary for canary in CANARIES if canary in page]
    assert Client().get("/reconcile/preview?id=x").status_code == 404


WRITTEN = ['{"q0":{"query":"contoh"}}', '{"ids":["x"],"properties":[{"id":"nama"}]}', "9", "[]"]
SENT = st.dictionaries(
    st.sampled_from(["queries", "extend", "callback", "id", "prefix", "cursor", "limit", "type"]),
    st.text(max_size=15) | st.sampled_from(WRITTEN),
    max_size=3,
)
PATHS = st.sampled_from(["", "suggest/entity", "suggest/property", "suggest/type", "flyout/entity", "flyout/property", "flyout/type", "preview", "properties"])  # noqa: E501  # fmt: skip


@pytest.mark.long
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PATHS, SENT)
def test_nothing_that_is_sent_breaks_it(city: int, path: str, sent: dict[str, str]) -> None:
    assert Client().get(f"/reconcile/{path}", sent).status_code in (200, 400, 404)
    if not path:
        assert Client().post("/reconcile/", sent).status_code in (200, 400)


def test_only_a_model_learned_from_a_list_gives_the_score(city: int) -> None:
    row = first_row()
    query = {"q": {"query": row["nama"]}}
    counts = dict.fromkeys(("left_count", "right_count", "pair_count", "sure_count", "proposed_count"), 0)
    for kind, told in (("within", False), ("list", True)):
        Run.objects.create(
            kind=kind, scope=kind, edition=Edition.objects.get(), inputs_hash="x", rule_version="x",
            model=model_to_json(MODEL), reach={}, warnings=[], histogram={}, seconds={}, run_by="rani",
            run_at=datetime.now(UTC), **counts,
        )  # fmt: skip
        found = asked(query)["q"]["result"][0]
        chances = [each["value"] for each in found["features"] if each["id"] == "peluang"]
        assert bool(chances) is told
        assert not told or found["score"] == pytest.approx(100 * chances[0], abs=0.01)
