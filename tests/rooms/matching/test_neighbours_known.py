"""Outlines that an office has loaded tell the matching which kelurahan lie side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from telusur.areas import actions as areas
from telusur.matching.actions import match_edition
from telusur.matching.models import Proposal
from tests.rooms.areas.city import rows as city_rows
from tests.rooms.matching.city import edition_of

pytestmark = pytest.mark.django_db


def square(x: float) -> dict[str, object]:
    ring = [[x, -1.0], [x + 0.01, -1.0], [x + 0.01, -0.99], [x, -0.99], [x, -1.0]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_loaded_outlines_are_asked_and_match_the_edition_again(tmp_path: Path) -> None:
    areas.load_areas(city_rows(), source="contoh 1", by="uji")
    kinds = ("KSU", "KSP", "Koperasi Karyawan", "Koperasi Wanita")
    words = ("Mekar", "Sumber", "Sinar", "Bina", "Karya", "Citra", "Patra", "Wira")
    names = [f"{kind} {one} {other}" for kind in kinds for one in words for other in words if one != other]
    rows = [
        {
            "name": name,
            "kelurahan": "Pasar Lama",
            "legal_number": f"{101 + at}/BH/KDK.17/V/1999",
            "address": f"Jl. Wijaya {at}",
        }
        for at, name in enumerate(names)
    ]
    edition = edition_of([*rows, {**rows[0], "kelurahan": "Gunung Wangi", "address": "Gg. Kenanga"}])
    (first,) = match_edition(edition=edition, by="sari")
    assert match_edition(edition=edition, by="sari")[0].unchanged
    assert "kelurahan:near" not in first.run.model["levels"]
    file = tmp_path / "batas.geojson"
    features = [
        {"type": "Feature", "properties": {"kode": code}, "geometry": square(x)}
        for code, x in (("99.71.01.1001", 116.0), ("99.71.02.1001", 116.01))
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert areas.import_boundaries(file, by="sari").changed_count == 2
    (second,) = match_edition(edition=edition, by="sari")
    assert not second.unchanged
    assert "kelurahan:near" in second.run.model["levels"]
    proposal = Proposal.objects.get(run=second.run, left_name=names[0], right_name=names[0])
    says = {line["field"]: line["says"]["code"] for line in proposal.lines}
    assert says["kelurahan:near"] == "pair_place_beside"
