"""What may be asked of a collection's items, and in which form: tables of examples, and that no text breaks it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.api.rules.features_description import openapi
from telusur.api.rules.features_query import Box, Span, asked_form, keeps_values, read_items
from telusur.api.rules.refused import AskedWrongly
from telusur.opendata.rules.datasets import DATASETS
from tests.rules.api.columns_sample import COLUMNS, ROWS


def asked(**parameters: str) -> object:
    return read_items({name: [value] for name, value in parameters.items()}, COLUMNS)


READ = [
    ("box", {"bbox": "116.5,-1.5,117,-1"}, "box", Box(116.5, -1.5, 117, -1)),
    ("box with heights", {"bbox": "1,2,0,3,4,9"}, "box", Box(1, 2, 3, 4)),
    ("box over the antimeridian", {"bbox": "170,-1,-170,1"}, "box", Box(170, -1, -170, 1)),
    ("a day", {"datetime": "2025-01-02"}, "span", Span(date(2025, 1, 2), date(2025, 1, 2))),
    ("an instant", {"datetime": "2025-01-02T10:00:00Z"}, "span", Span(date(2025, 1, 2), date(2025, 1, 2))),
    ("a span", {"datetime": "2025-01-01/2025-12-31"}, "span", Span(date(2025, 1, 1), date(2025, 12, 31))),
    ("from", {"datetime": "2025-01-01/.."}, "span", Span(date(2025, 1, 1), None)),
    ("until", {"datetime": "/2025-01-01"}, "span", Span(None, date(2025, 1, 1))),
    ("limit above the most", {"limit": "99999"}, "limit", 1000),
    ("no limit", {}, "limit", 100),
    ("values", {"nama": "x", "anggota": "3", "aktif": "true"}, "equal", ((1, "x"), (2, 3.0), (4, True))),
]


@pytest.mark.parametrize(("parameters", "name", "value"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_read(parameters: dict[str, str], name: str, value: object) -> None:
    assert getattr(asked(**parameters), name) == value


REFUSED = [
    ("unknown", {"foo": "1"}, "parameter_unknown"),
    ("three numbers", {"bbox": "1,2,3"}, "bbox_form"),
    ("no numbers", {"bbox": "a,b,c,d"}, "bbox_form"),
    ("upside down", {"bbox": "1,5,2,4"}, "bbox_form"),
    ("beyond the pole", {"bbox": "1,2,3,99"}, "bbox_form"),
    ("not finite", {"bbox": "1,2,nan,4"}, "bbox_form"),
    ("no day", {"datetime": "soon"}, "datetime_form"),
    ("no such day", {"datetime": "2025-02-30"}, "datetime_form"),
    ("both open", {"datetime": "../.."}, "datetime_form"),
    ("backwards", {"datetime": "2025-12-31/2025-01-01"}, "datetime_form"),
    ("limit nought", {"limit": "0"}, "limit_form"),
    ("limit below", {"limit": "-1"}, "limit_form"),
    ("number", {"anggota": "x"}, "option_value"),
    ("truth", {"aktif": "1"}, "option_value"),
    ("day", {"per": "x"}, "option_value"),
]


@pytest.mark.parametrize(("parameters", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(parameters: dict[str, str], code: str) -> None:
    with pytest.raises(AskedWrongly) as caught:
        asked(**parameters)
    assert caught.value.reason.code == code


@given(st.dictionaries(st.sampled_from(["bbox", "datetime", "limit", "after", "f", "nama", "per", "anggota", "z"]),
                       st.text(max_size=30) | st.sampled_from(["1,2,3,4", "2025-01-01/..", "٣", "1e400", "²"])))  # fmt: skip
def test_any_text_is_read_or_refused(parameters: dict[str, str]) -> None:
    try:
        asked(**parameters)
    except AskedWrongly as wrong:
        assert wrong.reason.sentence()


@pytest.mark.parametrize(
    ("parameters", "kept"),
    [
        ({"datetime": "2025-01-01/.."}, "a"),
        ({"datetime": "../2024-12-31"}, "b"),
        ({"nama": "KSU Mawar"}, "b"),
        ({"anggota": "3", "datetime": "2024-01-01"}, ""),
        ({}, "abc"),
    ],
    ids=str,
)
def test_kept(parameters: dict[str, str], kept: str) -> None:
    found = read_items({name: [value] for name, value in parameters.items()}, COLUMNS)
    assert "".join(str(row[0]) for row in ROWS if keeps_values(found, row, 3)) == kept
    if "datetime" in parameters and len(parameters) == 1:
        assert all(keeps_values(found, row, None) for row in ROWS)


@pytest.mark.parametrize(
    ("wished", "accept", "form"),
    [
        ("", "", "json"),
        ("", "*/*", "json"),
        ("", "text/html,application/xhtml+xml,application/xml;q=0.9", "html"),
        ("", "application/geo+json, application/json", "json"),
        ("json", "text/html", "json"),
        ("html", "application/json", "html"),
    ],
)
def test_forms(wished: str, accept: str, form: str) -> None:
    assert asked_form(wished, accept) == form


def test_the_description_names_every_collection_and_every_reference_is_there() -> None:
    told = openapi(tuple(DATASETS.values()), "https://contoh.invalid/ogc/", "Dinas")
    for held in DATASETS.values():
        operation = told["paths"][f"/collections/{held.dataset.value}/items"]["get"]
        names = {each["name"] for each in operation["parameters"] if "name" in each}
        assert names == set(held.names)
    for reference in _references(told):
        place = told
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def _references(told: object) -> list[str]:
    if isinstance(told, dict):
        own = [told["$ref"]] if isinstance(told.get("$ref"), str) else []
        return own + [each for value in told.values() for each in _references(value)]
    return [each for value in told for each in _references(value)] if isinstance(told, list) else []
