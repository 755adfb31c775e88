"""What a planned day brings: expected located in 20 team-days, beside a kelurahan list and OR-tools with the same prizes.

    python -m bench.routing [--city demo|balikpapan] [--seconds 60] [--seed 11]

A city is loaded by the commands that an office types (init, import or demo, locate) into a folder of its own. Each
cooperative stands at a random point inside its kelurahan's outline (seeded; a row without one in a kelurahan drawn by size),
since most rows have no better place. The chance to be located is `planning.rules.propensity` as assumed: "expected" means by
it, for all contestants alike. Four teams, five days, 08.00-15.30 with an hour's lunch, from the middle. The contestants:

- list: kelurahan by kelurahan in the order of codes, rows in their order, until the days are full (what an office does);
- list, near: the same, inside a kelurahan always the nearest next;
- plain, pyvrp: our two routers, prize 36,000 a certain find against one a second of driving;
- pyvrp, 30 % and 35 %: the same with that share of the plan's visits given to the round's random order, counted as the
  product counts it: a short solve says how many visits there are, the first of the order up to the share are required, and
  the router chooses their day and route; the column "drawn" is the share in the plan that came out;
- OR-tools: guided local search over the same prizes, seconds and windows (`pip install -r peers.txt`); without lunch, for
  which PyVRP is run once more without it, so that both solve one problem.

PyVRP's seconds are a core's own (CPU), so a busy machine gives it as many turns as an idle one. The plain router's are by
the wall, and so are OR-tools': it gets as many as the run of PyVRP beside it took.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely

from bench import routing_peer
from bench.measure import CpuSeconds, machine
from telusur.planning.routers.plain import PlainRouter
from telusur.planning.routers.pyvrp_router import PyvrpRouter
from telusur.planning.rules import assumed
from telusur.planning.rules.orders import faults
from telusur.planning.rules.problem import Candidate, Problem, Route, TeamDay, Window
from telusur.planning.rules.propensity import ASSUMED, signs_of
from telusur.planning.rules.walking import walk

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
_LUNCH = Window(12 * 3600, 13 * 3600)
_PRIZE = 36_000
_PYVRP = PyvrpRouter(CpuSeconds)


def _telusur(folder: Path, *words: str) -> None:
    environment = {**os.environ, "TELUSUR_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "telusur", *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)


def load_city(folder: Path, city: str) -> None:
    """A data folder with a city, by the commands that an office types."""
    _telusur(folder, "init")
    if city == "demo":
        _telusur(folder, "demo")
    else:
        listed = DATA / "ods" / "ods-balikpapan-2021.csv"
        if not listed.exists():
            raise SystemExit(f"{listed} is not here: only --city demo can run")
        _telusur(folder, "import", str(listed), "--as-of", "2021-12-27")
        _telusur(folder, "areas", "import", str(DATA / "balikpapan" / "kelurahan_batas_cahyadsn.geojson"))
        _telusur(folder, "round", "open", "--name", "Penelusuran")
    _telusur(folder, "locate")


def _inside(shape: shapely.Geometry, chance: random.Random) -> tuple[float, float]:
    west, south, east, north = shape.bounds
    while True:
        point = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
        if shape.contains(point):
            return float(point.y), float(point.x)


def _rows(seed: int) -> tuple[list[tuple[float, float]], list[float], list[str]]:
    """(points, chances, kelurahan codes) of the round's rows, sorted by kelurahan and row."""
    from telusur.addresses.queries import kelurahan_shapes, locations
    from telusur.rounds.queries import current_round, frozen_entries

    round_ = current_round()
    assert round_ is not None
    entries = list(frozen_entries(round_).order_by("id"))
    places = locations([entry.cooperative_id for entry in entries], edition=round_.edition)
    regency = next(entry.kecamatan_code[:5] for entry in entries if entry.kecamatan_code)
    shapes = {code: shapely.from_geojson(text) for code, text in kelurahan_shapes({regency}).items()}
    codes, sizes = list(shapes), [shape.area for shape in shapes.values()]
    chance = random.Random(seed)
    found = []
    for number, entry in enumerate(entries):
        place = places.get(entry.cooperative_id)
        code = place.kelurahan_code if place is not None and place.kelurahan_code in shapes else ""
        code = code or chance.choices(codes, sizes)[0]
        tier = place.tier.value if place is not None else "D"
        signs = signs_of(entry.normal, tier, round_.edition.as_of_on)
        found.append((code, number, _inside(shapes[code], chance), ASSUMED.chance(signs)))
    found.sort(key=lambda row: row[:2])
    return [row[2] for row in found], [row[3] for row in found], [row[0] for row in found]


def _problem(points: list[tuple[float, float]], chances: list[float], *, has_lunch: bool) -> Problem:
    middle = (float(np.median([lat for lat, _ in points])), float(np.median([lon for _, lon in points])))
    seconds, metres = assumed.travel([middle, *points])
    candidates = tuple(
        Candidate(str(number), number, assumed.service_seconds(chance), max(1, round(_PRIZE * chance)))
        for number, chance in enumerate(chances, 1)
    )
    monday = date(2025, 11, 3)
    days = tuple(
        TeamDay(
            team,
            monday + timedelta(days=day),
            0,
            8 * 3600,
            15 * 3600 + 1800,
            _LUNCH if has_lunch else None,
            3600 if has_lunch else 0,
        )
        for day in range(5)
        for team in ("satu", "dua", "tiga", "empat")
    )
    return Problem(candidates, days, seconds, metres)


def _by_list(problem: Problem, codes: list[str], *, near: bool) -> list[list[Candidate]]:
    """The days filled one after the other in the list's order; the next team-day begins where the last one stopped."""
    left, orders = list(problem.candidates), []
    for day in problem.team_days:
        order: list[Candidate] = []
        while left:
            first = codes[left[0].place - 1]
            here = [candidate for candidate in left if codes[candidate.place - 1] == first]
            at = order[-1].place if order else day.place
            pick = min(here, key=lambda each: int(problem.seconds[at, each.place])) if near else here[0]
            if walk(problem, day, [*order, pick]) is None:
                break
            order.append(pick)
            left.remove(pick)
        orders.append(order)
    return orders


def _measured(problem: Problem, orders: list[list[Candidate]], chances: list[float]) -> tuple[int, float, float]:
    """(visits, expected located, hours driven)."""
    visits = sum(map(len, orders))
    located = sum(chances[candidate.place - 1] for order in orders for candidate in order)
    driven = 0
    for day, order in zip(problem.team_days, orders, strict=True):
        places = [day.place, *(candidate.place for candidate in order), day.place]
        driven += sum(int(problem.seconds[one, other]) for one, other in pairwise(places))
    return visits, located, driven / 3600


def _orders(problem: Problem, routes: tuple[Route, ...]) -> list[list[Candidate]]:
    broken = faults(problem, routes)
    if broken:
        raise SystemExit(f"a broken route: {broken[0]}")
    by_key = {candidate.key: candidate for candidate in problem.candidates}
    orders: list[list[Candidate]] = [[] for _ in problem.team_days]
    for route in routes:
        orders[route.team_day] = [by_key[stop.key] for stop in route.stops]
    return orders


def _mixed(
    problem: Problem, share: float, *, seconds: float, seed: int, visits: int
) -> tuple[Problem, list[list[Candidate]]]:
    """(the problem with the drawn ones required, its orders): as `planning.rules.draft` does, in two solves."""
    order = sorted(problem.candidates, key=lambda each: assumed.random_number(str(seed), each.key))
    orders: list[list[Candidate]] = []
    for part in (0.3, 0.7):
        drawn = {candidate.key for candidate in order[: round(visits * share)]}
        problem = replace(
            problem, candidates=tuple(each._replace(is_required=each.key in drawn) for each in problem.candidates)
        )
        orders = _orders(problem, _PYVRP.solve(problem, seconds=seconds * part, seed=seed))
        visits = sum(map(len, orders))
    return problem, orders


def _share_drawn(orders: list[list[Candidate]]) -> float:
    stops = [candidate for order in orders for candidate in order]
    return sum(candidate.is_required for candidate in stops) / len(stops)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--city", choices=("demo", "balikpapan"), default="demo")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["TELUSUR_DATA"] = name
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telusur.web.settings")
        load_city(Path(name), asked.city)
        import django

        django.setup()
        points, chances, codes = _rows(asked.seed)
    whole, bare = _problem(points, chances, has_lunch=True), _problem(points, chances, has_lunch=False)
    rows: list[tuple[str, tuple[int, float, float]]] = []
    for label, near in (("list", False), ("list, near", True)):
        rows.append((label, _measured(whole, _by_list(whole, codes, near=near), chances)))
    for each in (PlainRouter(), _PYVRP):
        routes = each.solve(whole, seconds=asked.seconds, seed=asked.seed)
        rows.append((each.name, _measured(whole, _orders(whole, routes), chances)))
    shares = {}
    for share in (0.30, 0.35):
        label = f"pyvrp, {share:.0%}"
        drawn, orders = _mixed(whole, share, seconds=asked.seconds, seed=asked.seed, visits=rows[3][1][0])
        rows.append((label, _measured(drawn, orders, chances)))
        shares[label] = _share_drawn(orders)
    began = time.perf_counter()
    routes = _PYVRP.solve(bare, seconds=asked.seconds, seed=asked.seed)
    wall = time.perf_counter() - began
    rows.append(("pyvrp, no lunch", _measured(bare, _orders(bare, routes), chances)))
    peer = routing_peer.solve(bare, seconds=wall)
    if peer is not None:
        rows.append(("OR-tools, no lunch", _measured(bare, peer, chances)))
    base = rows[0][1][1]
    print(f"{asked.city}: {len(points)} rows, 20 team-days, {asked.seconds:.0f} s each, seed {asked.seed}; {machine()}")
    print(f"{'contestant':20} {'visits':>7} {'located':>8} {'driven h':>9} {'to list':>8} {'drawn':>6}")
    for label, (visits, located, driven) in rows:
        drawn_share = f"{shares[label]:6.1%}" if label in shares else ""
        print(f"{label:20} {visits:7} {located:8.1f} {driven:9.1f} {located / base - 1:+8.1%} {drawn_share:>6}")
    if peer is None:
        print("OR-tools is not installed: pip install --require-hashes -r peers.txt")
    if asked.json:
        print(json.dumps(dict(rows)))


if __name__ == "__main__":
    main()
