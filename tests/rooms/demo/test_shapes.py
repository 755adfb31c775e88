"""The city's areas: codes that load, polygons that share borders without gaps or overlaps."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from telusur.areas.rules.places import AreaRow
from telusur.areas.rules.rows import row_faults
from telusur.demo.city import make_city, regency_at
from telusur.words.area_code import AreaLevel, CodeSystem

SEEDS = (1, 2, 7, 2025)


def _rings(area: AreaRow) -> list[list[tuple[float, float]]]:
    return [[(x, y) for x, y in ring] for ring in json.loads(area.boundary or "")["coordinates"]]


def _area(ring: list[tuple[float, float]]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def _crosses(a: tuple, b: tuple, c: tuple, d: tuple) -> bool:  # type: ignore[type-arg]
    def side(p: tuple, q: tuple, r: tuple) -> float:  # type: ignore[type-arg]
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


@cache
def _areas(seed: int) -> tuple[AreaRow, ...]:
    return make_city(seed).areas


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed {seed}")
def areas(request: pytest.FixtureRequest) -> tuple[AreaRow, ...]:
    return _areas(request.param)


def _level(areas: tuple[AreaRow, ...], level: AreaLevel) -> list[AreaRow]:
    return [area for area in areas if area.level is level]


def test_areas_can_be_loaded_as_they_are(areas: tuple[AreaRow, ...]) -> None:
    assert row_faults(areas, ()) == []
    counts = Counter(area.level for area in areas)
    assert (counts[AreaLevel.KECAMATAN], counts[AreaLevel.KELURAHAN]) == (6, 34)
    names = [area.name for area in areas if area.level is AreaLevel.KELURAHAN]
    assert len(set(names)) == 34


@pytest.mark.parametrize("level", [AreaLevel.KELURAHAN, AreaLevel.KECAMATAN])
def test_every_border_is_shared_by_two_areas_or_is_the_citys(areas: tuple[AreaRow, ...], level: AreaLevel) -> None:
    edges = Counter(edge for area in _level(areas, level) for ring in _rings(area) for edge in pairwise(ring))
    assert max(edges.values()) == 1
    alone = {(start, end) for start, end in edges if (end, start) not in edges}
    city = next(area for area in areas if area.level is AreaLevel.KABUPATEN_KOTA)
    assert alone == {edge for ring in _rings(city) for edge in pairwise(ring)}


def test_parts_fill_the_whole(areas: tuple[AreaRow, ...]) -> None:
    whole = sum(_area(ring) for ring in _rings(_level(areas, AreaLevel.KABUPATEN_KOTA)[0]))
    for level in (AreaLevel.KECAMATAN, AreaLevel.KELURAHAN):
        parts = [_area(ring) for area in _level(areas, level) for ring in _rings(area)]
        assert sum(parts) == pytest.approx(whole, rel=1e-9)
        assert min(parts) > whole / 500
    for kecamatan in _level(areas, AreaLevel.KECAMATAN):
        own = [area for area in _level(areas, AreaLevel.KELURAHAN) if area.parent == kecamatan.code]
        assert sum(_area(r) for a in own for r in _rings(a)) == pytest.approx(sum(_area(r) for r in _rings(kecamatan)))


def test_outlines_are_simple_and_counterclockwise(areas: tuple[AreaRow, ...]) -> None:
    for area in areas:
        for ring in _rings(area)[:1]:
            assert _area(ring) > 0
            assert len(set(ring)) == len(ring) - 1
            edges = list(pairwise(ring))
            assert not any(_crosses(*one, *other) for at, one in enumerate(edges) for other in edges[at + 2 :])


def test_a_coast_not_a_box(areas: tuple[AreaRow, ...]) -> None:
    """The outline holds a bay: the city fills clearly less than the box around it."""
    outline = _rings(_level(areas, AreaLevel.KABUPATEN_KOTA)[0])[0]
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    assert len(outline) > 100
    # Open water of the Java Sea: the demo must not lie over a real place.
    assert min(xs) > 111.0 and max(xs) < 111.3
    assert min(ys) > -5.1 and max(ys) < -4.8
    assert _area(outline) < 0.75 * (max(xs) - min(xs)) * (max(ys) - min(ys))


def test_the_registry_numbers_kecamatan_in_another_order() -> None:
    lines = [line for line in make_city(1).crosswalk if len(line.code) == 7]
    assert {line.system for line in lines} == {CodeSystem.ODS}
    by_ods = [line.to_code for line in sorted(lines, key=lambda line: line.code)]
    assert len(by_ods) == 6
    assert by_ods != sorted(by_ods)


def test_same_seed_same_city_another_seed_another_shape() -> None:
    assert make_city(5) == make_city(5)
    assert make_city(5).areas[2:] != make_city(6).areas[2:]


@pytest.mark.long
def test_regencies_have_codes_of_their_own() -> None:
    regencies = [regency_at(1, number) for number in range(1_000)]
    assert len({regency.ods for regency in regencies}) == 1_000
    assert all(regency.code == f"{regency.ods[:2]}.{regency.ods[2:]}" for regency in regencies)
    assert len({regency.name for regency in regencies}) > 950
    with pytest.raises(ValueError, match="1,980"):
        regency_at(1, 1_980)
