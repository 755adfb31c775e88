"""What goes with every file: its manifest, the Frictionless data package of a set of files, its Table Schema.

Pure. In: what was written, and on what it stands. Out: JSON-ready documents without any clock of their own, so that the same
state gives the same bytes. Source: Data Package 2.0 and Table Schema 2.0 (datapackage.org).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from telusur.opendata.rules.columns import Column
from telusur.opendata.rules.datasets import DATASETS, LICENCE, LICENCE_ADDRESS, Dataset
from telusur.opendata.rules.formats import MEDIA_TYPES, Form
from telusur.opendata.rules.suppression import LEAST, MANY

__all__ = ["SUPPRESSION", "Origin", "Written", "cite", "manifest", "package", "table_schema"]

SUPPRESSION = (
    f"Sel kode 1–{LEAST - 1} di antara kurang dari {MANY} koperasi, atau yang memuat semuanya, ditahan; begitu pula sel "
    "lain yang dapat membuatnya terhitung. Jumlah dan temuan tidak ditahan: keduanya ada di himpunan koperasi."
)


class Origin(NamedTuple):
    """On what a file stands. law: its version; policy: the definition of "active"; rule: of the round's codes, or ""."""

    on: date
    known_at: datetime
    law: str
    policy: str
    rule: str
    round_name: str
    editions: tuple[str, ...]
    publisher: str


class Written(NamedTuple):
    """A file that was written."""

    dataset: Dataset
    form: Form
    sha256: str
    byte_count: int
    row_count: int

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.dataset.value}.{self.form.value}"


def manifest(file: Written, origin: Origin) -> dict[str, object]:
    """The manifest of one file."""
    of = DATASETS[file.dataset]
    return {
        "file": file.name,
        "dataset": file.dataset.value,
        "title": of.title,
        "format": file.form.value,
        "media_type": MEDIA_TYPES[file.form],
        "sha256": file.sha256,
        "bytes": file.byte_count,
        "rows": file.row_count,
        "columns": len(of.columns),
        **_origin(origin),
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "suppression": SUPPRESSION,
        "cite": cite(file.dataset, origin),
    }


def _origin(origin: Origin) -> dict[str, object]:
    return {
        "on": origin.on.isoformat(),
        "known_at": origin.known_at.isoformat(),
        "law": origin.law,
        "policy": origin.policy,
        "rule": origin.rule,
        "round": origin.round_name,
        "editions": list(origin.editions),
        "publisher": origin.publisher,
    }


def cite(dataset: Dataset, origin: Origin) -> str:
    """How the set is cited."""
    known = origin.known_at.isoformat(timespec="seconds")
    return (
        f"{origin.publisher}. {DATASETS[dataset].title}, keadaan {origin.on.isoformat()}, diketahui per {known}. "
        f"Telusur, aturan {origin.rule or '—'}, hukum {origin.law}. Lisensi {LICENCE}."
    )


def table_schema(columns: Sequence[Column]) -> dict[str, object]:
    """The Table Schema of a set's columns; its first one is the key."""
    return {
        "fields": [
            {
                "name": column.name,
                "type": column.kind.value,
                "title": column.title,
                "description": column.says,
                "constraints": {
                    **({"required": True} if column.is_required else {}),
                    **({"unique": True} if place == 0 else {}),
                    **({"enum": list(column.choices)} if column.choices else {}),
                },
            }
            for place, column in enumerate(columns)
        ],
        "primaryKey": [columns[0].name],
        "missingValues": [""],
    }


def _resource(file: Written) -> dict[str, object]:
    of = DATASETS[file.dataset]
    plain: dict[str, object] = {
        "name": file.dataset.value if file.form is Form.CSV else f"{file.dataset.value}-{file.form.value}",
        "title": of.title,
        "description": of.says,
        "path": file.name,
        "format": file.form.value,
        "mediatype": MEDIA_TYPES[file.form],
        "hash": f"sha256:{file.sha256}",
        "bytes": file.byte_count,
    }
    if file.form is Form.CSV:
        plain |= {"type": "table", "encoding": "utf-8", "schema": table_schema(of.columns)}
    else:
        plain |= {"type": "file"}
    return plain


def package(files: Sequence[Written], origin: Origin) -> dict[str, object]:
    """The data package of files that lie in one folder."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "telusur",
        "title": f"Data terbuka {origin.publisher}",
        "description": SUPPRESSION,
        "created": origin.known_at.isoformat(),
        "version": origin.on.isoformat(),
        "licenses": [{"name": LICENCE, "path": LICENCE_ADDRESS, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": origin.publisher, "roles": ["publisher"]}],
        "telusur": _origin(origin),
        "resources": [_resource(file) for file in files],
    }
