"""The OData service: read by a client that is not ours, page by page, and nothing that anybody asks breaks it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from defusedxml import ElementTree
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odata import ODataService

from telusur.api.odata.csdl import json_value
from telusur.api.public import pages
from telusur.opendata.queries import now, rows
from telusur.opendata.rules.datasets import DATASETS, Dataset
from tests.rooms.api.site import ROOT, session
from tests.rooms.web.city import CANARIES

pytestmark = pytest.mark.django_db


def asked(address: str, **headers: str) -> dict[str, object]:
    reply = Client(headers=headers).get(address)
    assert reply.status_code == 200, reply.content
    assert reply.headers["OData-Version"] == "4.0"
    found: dict[str, object] = json.loads(reply.content)
    return found


def every(address: str, **headers: str) -> Iterator[dict[str, object]]:
    """All rows, along the next links."""
    link: object = address
    while link:
        page = asked(str(link).removeprefix(ROOT), **headers)
        assert isinstance(page["value"], list)
        yield from page["value"]
        link = page.get("@odata.nextLink")


def test_the_service_document_names_sets_that_answer(city: int) -> None:
    document = asked("/odata/")
    assert document["@odata.context"] == f"{ROOT}/odata/$metadata"
    sets = document["value"]
    assert isinstance(sets, list)
    assert {each["name"] for each in sets} == {each.value for each in Dataset}
    for each in sets:
        assert asked(f"/odata/{each['url']}?$top=1")["@odata.context"] == f"{ROOT}/odata/$metadata#{each['name']}"


def test_a_client_that_is_not_ours_reads_it(city: int) -> None:
    service = ODataService(f"{ROOT}/odata/", reflect_entities=True, session=session(), quiet_progress=True)
    row = service.entities["cooperatives"]
    query = service.query(row)
    found = list(query.all())
    assert len(found) == city
    assert {each.nama for each in found} == {f"Koperasi Contoh {code} Nomor {n}" for n, code in enumerate(
        [110] * 9 + [320] * 6 + [510] * 5 + [220] * 4)}  # fmt: skip
    active = list(query.filter(row.temuan == "active").order_by(row.nama.desc()).all())
    assert [each.nama for each in active] == sorted((each.nama for each in active), reverse=True)
    assert len(active) == 9
    one = query.filter(row.nama.contains("Nomor 7")).first()
    assert one.nik_koperasi == "9901000000007"


def test_pages_join_to_the_whole_in_any_order(city: int) -> None:
    whole = [row[0] for row in rows(Dataset.COOPERATIVES, now())]
    by_key = [row["id"] for row in every("/odata/cooperatives", prefer="odata.maxpagesize=5")]
    assert by_key == whole
    sorted_down = [row["nama"] for row in every("/odata/cooperatives?$orderby=nama desc", prefer="odata.maxpagesize=7")]
    assert len(sorted_down) == city and sorted_down == sorted(sorted_down, reverse=True)  # type: ignore[type-var]
    some = every("/odata/cooperatives?$skip=3&$top=11&$select=id", prefer="odata.maxpagesize=4")
    assert [row["id"] for row in some] == whole[3:14]


def test_what_was_asked_is_what_comes(city: int) -> None:
    page = asked("/odata/cooperatives?$filter=temuan eq 'active'&$count=true&$top=2&$select=nama,tercantum_per")
    assert page["@odata.count"] == 9
    assert page["@odata.context"] == f"{ROOT}/odata/$metadata#cooperatives(nama,tercantum_per)"
    value = page["value"]
    assert isinstance(value, list) and len(value) == 2
    assert set(value[0]) == {"nama", "tercantum_per"} and value[0]["tercantum_per"] == "2024-12-27"
    assert "@odata.nextLink" not in page
    count = Client().get("/odata/cooperatives/$count?$filter=temuan eq 'active'")
    assert (count.content, count.headers["Content-Type"]) == (b"9", "text/plain; charset=utf-8")


def test_one_row_by_its_key(city: int) -> None:
    first = next(rows(Dataset.COOPERATIVES, now()))
    found = asked(f"/odata/cooperatives('{first[0]}')")
    assert found["nama"] == first[2]
    assert str(found["@odata.context"]).endswith("#cooperatives/$entity")
    assert Client().get("/odata/cooperatives('x')").status_code == 404


def test_every_cell_is_that_of_the_open_data_and_none_is_a_persons(city: int) -> None:
    for dataset in Dataset:
        told = list(every(f"/odata/{dataset.value}"))
        assert [list(row.values()) for row in told] == [
            [json_value(cell) for cell in row] for row in rows(dataset, now())
        ]
        assert not [canary for canary in CANARIES if canary in json.dumps(told)]


def test_forms_that_excel_asks_for(city: int) -> None:
    wished = "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9"
    headers = {"accept": wished, "odata-maxversion": "4.0", "odata-version": "4.0"}
    reply = Client(headers=headers).get("/odata/balance?$top=1000")
    assert reply.headers["Content-Type"].startswith("application/json;odata.metadata=minimal")
    bare = asked("/odata/balance", accept="application/json;odata.metadata=none")
    assert "@odata.context" not in bare and "value" in bare
    value = asked("/odata/balance?$format=application/json;IEEE754Compatible=true")["value"]
    assert isinstance(value, list) and value[0]["tercatat"] == str(int(value[0]["tercatat"]))
    old = Client(headers={"odata-maxversion": "3.0"}).get("/odata/")
    assert old.status_code == 400 and json.loads(old.content)["error"]["code"] == "version_too_old"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/odata/people", 404, "resource_unknown"),
        ("/odata/cooperatives?$expand=x", 501, "option_not_here"),
        ("/odata/cooperatives?$filter=alamat eq 'x'", 400, "column_unknown"),
        ("/odata/cooperatives?$format=atom", 406, "format_unknown"),
        ("/odata/cooperatives?$top=%00", 400, "option_value"),
    ],
)
def test_errors_are_odatas_own_in_both_languages(db: None, address: str, status: int, code: str) -> None:
    reply = Client().get(address)
    error = json.loads(reply.content)["error"]
    assert (reply.status_code, error["code"], reply.headers["OData-Version"]) == (status, code, "4.0")
    client = Client()
    client.post("/bahasa/", {"language": "en", "next": "/odata/"})
    english = json.loads(client.get(address).content)["error"]["message"]
    assert english and english != error["message"] and "{" not in english


def test_nothing_can_be_written(db: None) -> None:
    reply = Client().post("/odata/cooperatives", b"{}", "application/json")
    assert (reply.status_code, reply.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert Client().options("/odata/").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.long
def test_a_set_too_large_to_hold_is_read_on_within_bounds(city: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [row[0] for row in rows(Dataset.COOPERATIVES, now())]
    rare = "/odata/cooperatives?$filter=endswith(nama,'Nomor 7')&$select=id"
    kept = [row["id"] for row in every(rare)]
    monkeypatch.setattr(pages, "MOST_READ", 6)
    pages.forget()
    assert [row["id"] for row in every("/odata/cooperatives", prefer="odata.maxpagesize=4")] == whole
    assert [row["id"] for row in every(rare)] == kept and len(kept) == 1
    assert [row["id"] for row in every("/odata/cooperatives?$skip=9&$top=8")] == whole[9:17]
    assert asked("/odata/cooperatives?$count=true&$top=0")["@odata.count"] == city
    assert Client().get("/odata/cooperatives?$orderby=nama").status_code == 501
    assert Client().get("/odata/cooperatives/$count?$filter=true").status_code == 501


def test_the_description_names_every_set_and_column(db: None) -> None:
    root = ElementTree.fromstring(Client().get("/odata/$metadata").content)
    assert root.attrib["Version"] == "4.0"
    space = "{http://docs.oasis-open.org/odata/ns/edm}"
    types = {kind.attrib["Name"]: kind for kind in root.iter(f"{space}EntityType")}
    for each in root.iter(f"{space}EntitySet"):
        kind = types[each.attrib["EntityType"].removeprefix("Telusur.")]
        held = next(found for found in DATASETS.values() if found.dataset.value == each.attrib["Name"])
        assert tuple(part.attrib["Name"] for part in kind.iter(f"{space}Property")) == held.names
        assert [part.attrib["Name"] for part in kind.iter(f"{space}PropertyRef")] == [held.names[0]]
    assert len(types) == len(DATASETS)


OPTIONS = st.sampled_from(
    ["$filter", "$select", "$orderby", "$top", "$skip", "$count", "$skiptoken", "$format", "$x", "y"]
)
TEXTS = st.one_of(
    st.text(max_size=20), st.sampled_from(["nama", "nama eq 'x'", "1", "true", "json", "*", "WyIiLDMsbnVsbF0"])
)


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["", "$metadata", "cooperatives", "balance/$count", "notices('x')", "\0", "a/b"]),
       st.lists(st.tuples(OPTIONS, TEXTS), max_size=4))  # fmt: skip
def test_no_query_breaks_it(city: int, path: str, options: list[tuple[str, str]]) -> None:
    reply = Client(raise_request_exception=True).get(f"/odata/{path}", options)
    assert reply.status_code in (200, 400, 404, 406, 501)
