"""The service's own description: CSDL 4.0 as XML, the service document and an entity's JSON as OData wants them.

In: the sets of the open data with their columns. Source: OData CSDL 4.0 (OASIS), JSON format 4.0. No annotations: what a
column says stands in the data package, and Excel reads plain descriptions best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from telusur.opendata.rules.columns import Column, ColumnKind, Value
from telusur.opendata.rules.datasets import DataSet

__all__ = ["CONTAINER", "NAMESPACE", "edm_type", "entity_type", "json_value", "metadata", "quoted"]

NAMESPACE: Final = "Telusur"
CONTAINER: Final = "Data"
_EDMX: Final = "http://docs.oasis-open.org/odata/ns/edmx"
_EDM: Final = "http://docs.oasis-open.org/odata/ns/edm"
_TYPES: Final[Mapping[ColumnKind, str]] = {
    ColumnKind.TEXT: "Edm.String",
    ColumnKind.INTEGER: "Edm.Int64",
    ColumnKind.NUMBER: "Edm.Double",
    ColumnKind.DATE: "Edm.Date",
    ColumnKind.YES_NO: "Edm.Boolean",
}


def edm_type(column: Column) -> str:
    """The type of a column."""
    return _TYPES[column.kind]


def entity_type(held: DataSet) -> str:
    """The name of a set's rows."""
    return held.dataset.value.title().replace("-", "").replace("_", "") + "Row"


def metadata(sets: Sequence[DataSet]) -> bytes:
    """The `$metadata` document."""
    ET.register_namespace("edmx", _EDMX)
    ET.register_namespace("", _EDM)
    root = ET.Element(f"{{{_EDMX}}}Edmx", {"Version": "4.0"})
    schema = ET.SubElement(
        ET.SubElement(root, f"{{{_EDMX}}}DataServices"), f"{{{_EDM}}}Schema", {"Namespace": NAMESPACE}
    )
    for held in sets:
        kind = ET.SubElement(schema, f"{{{_EDM}}}EntityType", {"Name": entity_type(held)})
        key = ET.SubElement(kind, f"{{{_EDM}}}Key")
        ET.SubElement(key, f"{{{_EDM}}}PropertyRef", {"Name": held.columns[0].name})
        for place, column in enumerate(held.columns):
            stated = {"Name": column.name, "Type": edm_type(column)}
            if place == 0 or column.is_required:
                stated["Nullable"] = "false"
            ET.SubElement(kind, f"{{{_EDM}}}Property", stated)
    container = ET.SubElement(schema, f"{{{_EDM}}}EntityContainer", {"Name": CONTAINER})
    for held in sets:
        ET.SubElement(
            container,
            f"{{{_EDM}}}EntitySet",
            {"Name": held.dataset.value, "EntityType": f"{NAMESPACE}.{entity_type(held)}"},
        )
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def json_value(value: Value) -> str | int | float | bool | None:
    """A cell as JSON: days by ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value


def quoted(key: str) -> str:
    """A key as it stands in an address' brackets, before percent-encoding."""
    return "'" + key.replace("'", "''") + "'"
