"""What the reconciliation service says: the manifest, candidates, properties, suggestions. Reads the open data alone.

In: read queries. Out: values that are ready to be written as JSON, after W3C Reconciliation Service API 0.2.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.utils.html import format_html

from telusur.api.public.pages import Row, row_of
from telusur.api.reconcile.chances import chances_of
from telusur.api.rules.reconcile_query import TYPE, Extension, Query
from telusur.api.rules.reconcile_score import KELURAHAN, LEGAL_NUMBER, NIK_KOPERASI, Known, Wanted, judged, wanted_of
from telusur.matching.rules.decide import identity_of
from telusur.opendata.rules.columns import Column, Value
from telusur.opendata.rules.datasets import DATASETS, Dataset
from telusur.register.searchers.choose import name_search

__all__ = [
    "SETTINGS",
    "cell",
    "cooperative",
    "described",
    "extended",
    "flyout",
    "manifest",
    "proposed",
    "results",
    "suggested",
]

_SET: Final = DATASETS[Dataset.COOPERATIVES]
_PLACE: Final = {name: place for place, name in enumerate(_SET.names)}
_TYPE: Final = {"id": TYPE, "name": "Koperasi"}
# What a spreadsheet may state beside the name; the rest can be fetched but not matched by.
_ASKED: Final = (NIK_KOPERASI, LEGAL_NUMBER, KELURAHAN)
_LOOKED_AT: Final = 25
_SUGGESTED: Final = 12
SETTINGS: Final = {"width": 430, "height": 300}


def cooperative(ident: str) -> Row | None:
    """The public row of an id; None for anything else."""
    try:
        key = str(uuid.UUID(ident)) if len(ident) <= 40 else ""
    except ValueError:
        return None
    return row_of(Dataset.COOPERATIVES, key) if key else None


def cell(row: Row, name: str) -> str:
    """A cell as text, "" where nothing is stated."""
    value = row[_PLACE[name]]
    return "" if value is None else str(value)


def described(row: Row) -> str:
    """What tells namesakes apart: numbers and place."""
    return " · ".join(
        filter(None, (cell(row, NIK_KOPERASI), cell(row, LEGAL_NUMBER), cell(row, KELURAHAN), cell(row, "kecamatan")))
    )


def manifest(root: str, site: str, office: str) -> dict[str, Any]:
    """The service's manifest. root: address of the service; site: of the pages, both with a slash at the end."""
    suggest = {
        kind: {
            "service_url": root.rstrip("/"),
            "service_path": f"/suggest/{kind}",
            "flyout_service_url": root.rstrip("/"),
            "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
        }
        for kind in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": f"Telusur · {office}",
        "identifierSpace": f"{site}cek/",
        "schemaSpace": f"{root}properties#",
        "documentation": f"{site}data/",
        "defaultTypes": [_TYPE],
        "view": {"url": f"{site}cek/{{{{id}}}}/"},
        "preview": {"url": f"{root}preview?id={{{{id}}}}", **SETTINGS},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": root.rstrip("/"), "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _candidates(wanted: Wanted, text: str) -> list[Row]:
    """By number first, then by the search of the register; each once."""
    search = name_search()
    asked = [wanted.identity.nik_koperasi, wanted.identity.legal_text, wanted.name or text]
    found: dict[uuid.UUID, None] = {}
    for each in dict.fromkeys(filter(None, asked)):
        found.update(dict.fromkeys(hit.cooperative_id for hit in search.find(each, _LOOKED_AT)))
    rows = (row_of(Dataset.COOPERATIVES, str(ident)) for ident in found)
    return [row for row in rows if row is not None]


def _known(row: Row) -> Known:
    numbers = {"nik_koperasi": cell(row, NIK_KOPERASI), "legal_number": cell(row, LEGAL_NUMBER)}
    return Known(cell(row, "id"), cell(row, "nama"), cell(row, KELURAHAN), identity_of(numbers))


def results(query: Query) -> dict[str, Any]:
    """The candidates of one query."""
    if not query.is_typed:
        return {"result": []}
    wanted = wanted_of(query.text, query.stated)
    found = {cell(row, "id"): row for row in _candidates(wanted, query.text)}
    chances = chances_of(list(found.values()), wanted, query.stated)
    fits = judged(wanted, [_known(row) for row in found.values()], query.limit, chances)
    return {
        "result": [
            {
                "id": fit.ident,
                "name": fit.name,
                "description": described(found[fit.ident]),
                "score": fit.score,
                "match": fit.match,
                "type": [_TYPE],
                "features": [{"id": name, "value": value} for name, value in fit.features.items()],
            }
            for fit in fits
        ]
    }


def _told(value: Value) -> list[dict[str, Any]]:
    """A cell as a list of one value or none."""
    if value is None:
        return []
    if isinstance(value, bool):
        return [{"str": "ya" if value else "tidak"}]
    if isinstance(value, date):
        return [{"date": f"{value.isoformat()}T00:00:00Z"}]
    if isinstance(value, int):
        return [{"int": value}]
    return [{"float": value}] if isinstance(value, float) else [{"str": value}]


def _columns(names: Iterable[str]) -> list[Column]:
    return [_SET.columns[_PLACE[name]] for name in names if name in _PLACE]


def extended(asked: Extension) -> dict[str, Any]:
    """The wanted properties of the ids; nothing for an unknown id, no column for an unknown property."""
    columns = _columns(asked.properties)
    rows: dict[str, dict[str, Any]] = {}
    for ident in asked.ids:
        row = cooperative(ident)
        rows[ident] = {column.name: _told(row[_PLACE[column.name]]) if row else [] for column in columns}
    return {"meta": [{"id": column.name, "name": column.title} for column in columns], "rows": rows}


def proposed(limit: int) -> dict[str, Any]:
    """The properties that can be fetched."""
    held = [{"id": column.name, "name": column.title} for column in _SET.columns[1:]]
    return {"type": TYPE, "limit": limit, "properties": held[:limit]}


def suggested(kind: str, prefix: str) -> list[dict[str, Any]]:
    """Entities, properties or types that begin so or are like it."""
    if kind == "entity":
        hits = name_search().find(prefix, _SUGGESTED)
        found = (row_of(Dataset.COOPERATIVES, str(hit.cooperative_id)) for hit in hits)
        return [
            {"id": cell(row, "id"), "name": cell(row, "nama"), "description": described(row), "notable": [_TYPE]}
            for row in found
            if row is not None
        ]
    folded = prefix.casefold().strip()
    if kind == "type":
        return [_TYPE] if _TYPE["name"].casefold().startswith(folded) else []
    # What one can match by stands first.
    columns: Sequence[Column] = [*_columns(_ASKED), *(each for each in _SET.columns[1:] if each.name not in _ASKED)]
    return [
        {"id": column.name, "name": column.title, "description": column.says}
        for column in columns
        if folded in column.title.casefold() or column.name.startswith(folded)
    ][:_SUGGESTED]


def flyout(kind: str, ident: str) -> str:
    """A few lines of HTML on a suggestion; "" for what is not there."""
    if kind == "entity":
        row = cooperative(ident)
        return format_html("<p><strong>{}</strong></p><p>{}</p>", cell(row, "nama"), described(row)) if row else ""
    if kind == "property":
        column = next(iter(_columns([ident])), None)
        return format_html("<p><strong>{}</strong></p><p>{}</p>", column.title, column.says) if column else ""
    return format_html("<p><strong>{}</strong></p><p>{}</p>", _TYPE["name"], _SET.says) if ident == TYPE else ""
