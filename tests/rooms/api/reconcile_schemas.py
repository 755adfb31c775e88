"""Forms of the answers, written by us after the text of W3C Reconciliation Service API 0.2 (JSON Schema 2020-12).

Stricter than the specification where we always say more: `match`, `type` and `features` stand in every candidate.
"""

from __future__ import annotations

from typing import Any

__all__ = ["SCHEMAS"]

_TEXT = {"type": "string"}
_NAMED = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": _TEXT, "name": _TEXT, "description": _TEXT},
}
_ADDRESS = {"type": "string", "pattern": "^https?://"}
_TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
_PLACE = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {
        "service_url": {"type": "string", "pattern": "^https?://.*[^/]$"},
        "service_path": {"type": "string", "pattern": "^/"},
        "flyout_service_url": _ADDRESS,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
}
_CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type", "features"],
    "additionalProperties": False,
    "properties": {
        "id": _TEXT,
        "name": _TEXT,
        "description": _TEXT,
        "match": {"type": "boolean"},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "type": {"type": "array", "minItems": 1, "items": _NAMED},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "value"],
                "properties": {"id": _TEXT, "value": {"type": ["number", "boolean"]}},
            },
        },
    },
}


def _only(name: str, form: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": [name], "additionalProperties": False, "properties": {name: form}}


_CELL = {
    "oneOf": [
        _only("str", _TEXT),
        _only("int", {"type": "integer"}),
        _only("float", {"type": "number"}),
        _only("date", {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}),
    ]
}

SCHEMAS: dict[str, dict[str, Any]] = {
    "manifest": {
        "type": "object",
        "required": [
            "versions",
            "name",
            "identifierSpace",
            "schemaSpace",
            "view",
            "preview",
            "suggest",
            "extend",
            "defaultTypes",
        ],
        "properties": {
            "versions": {"type": "array", "items": _TEXT, "contains": {"const": "0.2"}},
            "name": _TEXT,
            "identifierSpace": _ADDRESS,
            "schemaSpace": _ADDRESS,
            "documentation": _ADDRESS,
            "view": {"type": "object", "required": ["url"], "properties": {"url": _TEMPLATE}},
            "preview": {
                "type": "object",
                "required": ["url", "width", "height"],
                "properties": {"url": _TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}},
            },
            "defaultTypes": {"type": "array", "items": _NAMED, "uniqueItems": True},
            "suggest": {
                "type": "object",
                "required": ["entity", "property", "type"],
                "properties": {"entity": _PLACE, "property": _PLACE, "type": _PLACE},
            },
            "extend": {
                "type": "object",
                "required": ["propose_properties"],
                "properties": {"propose_properties": _PLACE, "property_settings": {"type": "array"}},
            },
        },
    },
    "results": {"type": "object", "additionalProperties": _only("result", {"type": "array", "items": _CANDIDATE})},
    "extension": {
        "type": "object",
        "required": ["meta", "rows"],
        "properties": {
            "meta": {"type": "array", "items": _NAMED},
            "rows": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": _CELL}},
            },
        },
    },
    "suggestions": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": _NAMED}},
    },
}
