"""OGC API Features as a client meets it: links that answer, pages that join, boxes, refusals, pages for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telusur.opendata.queries import now, rows
from telusur.opendata.rules.datasets import DATASETS, Dataset
from tests.rooms.api.site import ROOT
from tests.rooms.web.city import CANARIES

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/cooperatives/items"


def asked(address: str, status: int = 200) -> Any:
    reply = Client().get(address.removeprefix(ROOT))
    assert reply.status_code == status, reply.content
    return json.loads(reply.content)


def every(address: str) -> Iterator[dict[str, Any]]:
    following: str | None = address
    while following:
        page = asked(following)
        assert page["numberReturned"] == len(page["features"])
        yield from page["features"]
        following = next((each["href"] for each in page["links"] if each["rel"] == "next"), None)


@pytest.mark.long
def test_every_link_answers_in_the_form_that_it_names(city: int) -> None:
    seen: set[str] = set()
    waiting = [{"href": f"{ROOT}/ogc/", "type": "application/json"}]
    while waiting:
        link = waiting.pop()
        if link["href"] in seen or not link["href"].startswith(ROOT):
            continue
        seen.add(link["href"])
        reply = Client(headers={"accept": "*/*"}).get(link["href"].removeprefix(ROOT))
        assert reply.status_code == 200, link
        assert reply.headers["Content-Type"].split(";")[0] == link["type"].split(";")[0], link
        if "json" in link["type"]:
            told = json.loads(reply.content)
            waiting += told.get("links", [])
            waiting += [each for held in told.get("collections", []) for each in held["links"]]
    assert len(seen) > 15
    # QGIS takes the last slash off.
    assert asked("/ogc") == asked("/ogc/")


def test_pages_join_to_the_whole(city: int) -> None:
    for dataset in Dataset:
        held = list(rows(dataset, now()))
        told = list(every(f"/ogc/collections/{dataset.value}/items?limit=5"))
        assert [each["id"] for each in told] == [row[0] for row in held]
        assert [
            each["properties"]["id" if "id" in each["properties"] else DATASETS[dataset].names[0]] for each in told
        ] == [row[0] for row in held]
        assert not [canary for canary in CANARIES if canary in json.dumps(told)]


def test_time_values_and_counts(city: int) -> None:
    assert asked(f"{ITEMS}?limit=2")["numberMatched"] == city
    assert asked(f"{ITEMS}?temuan=active")["numberMatched"] == 9
    assert asked(f"{ITEMS}?datetime=2024-12-27T00:00:00Z/..")["numberMatched"] == city
    assert asked(f"{ITEMS}?datetime=../2024-12-26")["numberMatched"] == 0
    assert asked(f"{ITEMS}?bbox=-180,-90,180,90")["numberMatched"] == 0
    one = next(rows(Dataset.COOPERATIVES, now()))
    assert asked(f"{ITEMS}/{one[0]}")["properties"]["nama"] == one[2]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/ogc/collections/people", 404, "collection_unknown"),
        (f"{ITEMS}/x", 404, "feature_unknown"),
        (f"{ITEMS}?alamat=x", 400, "parameter_unknown"),
        ("/ogc/?x=1", 400, "parameter_unknown"),
        (f"{ITEMS}?f=xml", 400, "option_value"),
        (f"{ITEMS}?bbox=1", 400, "bbox_form"),
    ],
)
def test_refusals_in_words(db: None, address: str, status: int, code: str) -> None:
    told = asked(address, status)
    assert told["code"] == code and "{" not in told["description"]


@pytest.mark.parametrize(
    ("address", "ours", "theirs"),
    [
        ("/ogc/collections/x", "koleksi ini tidak ada", "no such collection"),
        ("/odata/x", "alamat ini tidak ada", "address"),
        ("/reconcile/?queries=x", "", "JSON"),
    ],
)
def test_a_fault_is_told_in_the_language_asked_for(db: None, address: str, ours: str, theirs: str) -> None:
    told = {words: Client(headers={"accept-language": words}).get(address) for words in ("id", "en-GB,en;q=0.9", "fr")}
    plain = Client().get(address)
    said = {words: reply.content.decode() for words, reply in told.items()}
    assert ours in said["id"] == said["fr"] == plain.content.decode() and said["en-GB,en;q=0.9"] != said["id"]
    assert theirs in said["en-GB,en;q=0.9"]
    english = told["en-GB,en;q=0.9"]
    assert english.headers["Content-Language"] == "en" and "Accept-Language" in english.headers["Vary"]


def test_people_get_pages(city: int) -> None:
    browser = Client(headers={"accept": "text/html,application/xhtml+xml"})
    one = next(rows(Dataset.COOPERATIVES, now()))
    addresses = (
        "/ogc/",
        "/ogc/conformance",
        "/ogc/collections",
        "/ogc/collections/balance",
        ITEMS,
        f"{ITEMS}/{one[0]}",
    )
    for address in addresses:
        page = browser.get(address)
        assert page.headers["Content-Type"].startswith("text/html") and b'<main class="page' in page.content
        assert not [canary for canary in CANARIES if canary in page.content.decode()]
    assert "Tidak ada baris" in browser.get(f"{ITEMS}?temuan=x").content.decode()


NAMED = st.sampled_from(["bbox", "datetime", "limit", "after", "f", "nama", "temuan", "x"])
TEXTS = st.text(max_size=15) | st.sampled_from(["1,2,3,4", "html", "json", "2025-01-01/..", "active", "\0"])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["", "api", "collections", "collections/notices", "collections/balance/items",
                        "collections/cooperatives/items", "collections/cooperatives/items/x"]),
       st.dictionaries(NAMED, TEXTS, max_size=3))  # fmt: skip
@pytest.mark.long
def test_no_query_breaks_it(city: int, path: str, parameters: dict[str, str]) -> None:
    assert Client().get(f"/ogc/{path}", parameters).status_code in (200, 400, 404)
