"""The interface's own description: OpenAPI 3.0 of the collections, for clients of OGC API Features. Pure.

In: the sets with their columns, the address. Out: a JSON-ready document. Source: OGC 17-069r4, requirements class oas30.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from telusur.api.rules.features_query import DEFAULT_ITEMS, MOST_ITEMS
from telusur.opendata.rules.columns import Column, ColumnKind
from telusur.opendata.rules.datasets import DataSet

__all__ = ["CONFORMANCE", "openapi"]

CONFORMANCE: Final = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "oas30", "html", "geojson")
)
_SCHEMAS: Final[Mapping[ColumnKind, Mapping[str, str]]] = {
    ColumnKind.TEXT: {"type": "string"},
    ColumnKind.INTEGER: {"type": "integer"},
    ColumnKind.NUMBER: {"type": "number"},
    ColumnKind.DATE: {"type": "string", "format": "date"},
    ColumnKind.YES_NO: {"type": "boolean"},
}


def _answers(media: str, *wrong: str) -> dict[str, Any]:
    error = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/exception"}}}}
    told = {"400": "What was asked cannot be read.", "404": "There is no such thing."}
    return {
        "200": {
            "description": "The answer.",
            "content": {media: {"schema": {"type": "object"}}, "text/html": {"schema": {"type": "string"}}},
        },
        **{status: {"description": told[status], **error} for status in ("400", *wrong)},
    }


def _parameters() -> dict[str, Any]:
    numbers = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_ITEMS, "default": DEFAULT_ITEMS}

    def query(name: str, schema: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        return {"name": name, "in": "query", "required": False, "schema": dict(schema), **more}

    return {
        "f": query("f", {"type": "string", "enum": ["json", "html"]}),
        "limit": query("limit", limit, style="form", explode=False),
        "bbox": query("bbox", numbers, style="form", explode=False),
        "datetime": query("datetime", {"type": "string"}, style="form", explode=False),
        "after": query("after", {"type": "string"}),
    }


def _of_column(column: Column) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_SCHEMAS[column.kind])
    if column.choices:
        schema["enum"] = list(column.choices)
    return {
        "name": column.name, "in": "query", "required": False, "schema": schema, "description": column.says,
        "style": "form", "explode": False,
    }  # fmt: skip


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


def _paths(sets: Sequence[DataSet]) -> dict[str, Any]:
    form = [_reference("f")]

    def get(name: str, says: str, media: str, parameters: Sequence[Any], *wrong: str) -> dict[str, Any]:
        told = {"operationId": name, "summary": says, "parameters": list(parameters)}
        return {"get": {**told, "responses": _answers(media, *wrong)}}

    paths: dict[str, Any] = {
        "/": get("landing", "Landing page", "application/json", form),
        "/conformance": get("conformance", "Conformance classes", "application/json", form),
        "/collections": get("collections", "The collections", "application/json", form),
    }
    for held in sets:
        name, root = held.dataset.value, f"/collections/{held.dataset.value}"
        items = [_reference(each) for each in ("f", "limit", "bbox", "datetime", "after")]
        items += [_of_column(column) for column in held.columns]
        key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        paths[root] = get(f"{name}_collection", held.title, "application/json", form)
        paths[f"{root}/items"] = get(f"{name}_items", held.says, "application/geo+json", items)
        paths[f"{root}/items/{{id}}"] = get(f"{name}_item", held.title, "application/geo+json", [key, *form], "404")
    return paths


def openapi(sets: Sequence[DataSet], root: str, office: str) -> dict[str, Any]:
    """The description. root: the address of the landing page."""
    exception = {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string"}, "description": {"type": "string"}},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": f"Telusur · {office}", "version": "1.0.0", "license": {"name": "CC-BY-4.0"}},
        "servers": [{"url": root.rstrip("/")}],
        "paths": _paths(sets),
        "components": {"parameters": _parameters(), "schemas": {"exception": exception}},
    }
