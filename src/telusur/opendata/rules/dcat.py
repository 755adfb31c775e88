"""The catalogue for other catalogues: DCAT 3 as JSON-LD and as Turtle, from one list of statements.

Pure. In: files that were written, on what they stand, the address under which they lie. Out: the two texts, which say the
same. Source: W3C DCAT 3; media types and checksums by IANA and SPDX.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from telusur.opendata.rules.datasets import DATASETS, LICENCE_ADDRESS
from telusur.opendata.rules.formats import MEDIA_TYPES
from telusur.opendata.rules.manifest import Origin, Written

__all__ = ["as_json_ld", "as_turtle"]

_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/IND"
_IANA = "https://www.iana.org/assignments/media-types/"


class _Link(NamedTuple):
    address: str


class _Typed(NamedTuple):
    text: str
    kind: str


class _Said(NamedTuple):
    """A text in Indonesian."""

    text: str


_Object = _Link | _Typed | _Said
_Node = tuple[str, str, list[tuple[str, _Object]]]


def _nodes(files: Sequence[Written], origin: Origin, address: str) -> list[_Node]:
    """(address, class, statements) of the catalogue, its publisher, its sets, their files and the files' hashes."""
    day, instant = _Typed(origin.on.isoformat(), "xsd:date"), _Typed(origin.known_at.isoformat(), "xsd:dateTime")
    office, catalogue = f"{address}#penerbit", f"{address}#katalog"
    shared: list[tuple[str, _Object]] = [
        ("dct:publisher", _Link(office)),
        ("dct:license", _Link(LICENCE_ADDRESS)),
        ("dct:language", _Link(_LANGUAGE)),
        ("dct:modified", instant),
    ]
    sets = list(dict.fromkeys(file.dataset for file in files))
    found: list[_Node] = [
        (office, "foaf:Agent", [("foaf:name", _Said(origin.publisher))]),
        (
            catalogue,
            "dcat:Catalog",
            [
                ("dct:title", _Said(f"Data terbuka {origin.publisher}")),
                ("dct:description", _Said("Register koperasi hasil penelusuran.")),
                *shared,
                *(("dcat:dataset", _Link(f"{address}{each.value}/")) for each in sets),
            ],
        ),
    ]
    for each in sets:
        of = [file for file in files if file.dataset is each]
        found.append(
            (
                f"{address}{each.value}/",
                "dcat:Dataset",
                [
                    ("dct:title", _Said(DATASETS[each].title)),
                    ("dct:description", _Said(DATASETS[each].says)),
                    ("dct:identifier", _Typed(each.value, "xsd:string")),
                    ("dct:issued", day),
                    *shared,
                    *(("dcat:distribution", _Link(f"{address}{file.name}#berkas")) for file in of),
                ],
            )
        )
        for file in of:
            found += _distribution(file, address)
    return found


def _distribution(file: Written, address: str) -> list[_Node]:
    where, mark = f"{address}{file.name}", f"{address}{file.name}#sha256"
    says: list[tuple[str, _Object]] = [
        ("dct:title", _Said(f"{DATASETS[file.dataset].title} ({file.form.value})")),
        ("dcat:downloadURL", _Link(where)),
        ("dcat:accessURL", _Link(f"{address}{file.dataset.value}/")),
        ("dcat:mediaType", _Link(f"{_IANA}{MEDIA_TYPES[file.form]}")),
        ("dcat:byteSize", _Typed(str(file.byte_count), "xsd:nonNegativeInteger")),
        ("dct:license", _Link(LICENCE_ADDRESS)),
        ("spdx:checksum", _Link(mark)),
    ]
    checksum: list[tuple[str, _Object]] = [
        ("spdx:algorithm", _Link(f"{_PREFIXES['spdx']}checksumAlgorithm_sha256")),
        ("spdx:checksumValue", _Typed(file.sha256, "xsd:hexBinary")),
    ]
    return [(f"{where}#berkas", "dcat:Distribution", says), (mark, "spdx:Checksum", checksum)]


def _json_object(value: _Object) -> dict[str, str]:
    if isinstance(value, _Link):
        return {"@id": value.address}
    if isinstance(value, _Said):
        return {"@value": value.text, "@language": "id"}
    return {"@value": value.text, "@type": value.kind}


def as_json_ld(files: Sequence[Written], origin: Origin, address: str) -> str:
    """The catalogue as JSON-LD. address: of the folder of the files, with its last slash."""
    graph = []
    for subject, kind, statements in _nodes(files, origin, address):
        node: dict[str, object] = {"@id": subject, "@type": kind}
        for predicate, value in statements:
            held = node.setdefault(predicate, [])
            assert isinstance(held, list)
            held.append(_json_object(value))
        graph.append(node)
    return json.dumps({"@context": _PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _turtle_object(value: _Object) -> str:
    if isinstance(value, _Link):
        return f"<{value.address}>"
    text = json.dumps(value.text, ensure_ascii=False)
    return f"{text}@id" if isinstance(value, _Said) else f"{text}^^{value.kind}"


def as_turtle(files: Sequence[Written], origin: Origin, address: str) -> str:
    """The catalogue as Turtle."""
    lines = [f"@prefix {name}: <{where}> ." for name, where in _PREFIXES.items()]
    for subject, kind, statements in _nodes(files, origin, address):
        said = [f"<{subject}> a {kind}", *(f"  {name} {_turtle_object(value)}" for name, value in statements)]
        lines += ["", " ;\n".join(said) + " ."]
    return "\n".join([*lines, ""])
