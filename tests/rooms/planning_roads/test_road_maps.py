"""Roads of an extract: taken into use from the terminal, used by the next plan, said on the page; refusals in words."""

from __future__ import annotations

import importlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from telusur.cli.answer import DATA_SAYS_NO, DONE
from telusur.cli.door import main
from telusur.journal.models import JournalLine
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.planning import actions
from telusur.planning.actions import draft_plan, load_roads, prepare, publish_plan
from telusur.planning.models import Plan, RoadNetwork
from telusur.planning.queries import due_now, road_map
from telusur.planning.roads.kept import from_bytes, to_bytes
from telusur.planning.roads.osm import Box, RoadsRefused, read_roads
from telusur.planning.rules.calibration import LEAST_LEGS, Leg
from telusur.planning.rules.draft import Wishes
from telusur.planning.rules.insertion import InsertionRouter
from telusur.rounds.models import Round
from tests.rooms.planning.city import MONDAY, lay_round
from tests.rooms.planning_roads.maps import SOUTH, STEP, WEST, write_map

pytestmark = pytest.mark.django_db
SOURCE = "rekaan"


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """A grid of streets over the invented city."""
    return write_map(tmp_path / "kota.osm.pbf")


def plan_of(round_: Round, *, by_road: bool = True, legs: tuple[Leg, ...] = ()) -> Plan:
    """A published plan of two days."""
    request = prepare(round_=round_, start=MONDAY, day_count=2, wishes=Wishes(seconds=1, by_road=by_road), legs=legs)
    now = datetime.now(UTC)
    due = due_now(round_, MONDAY, now)
    made = draft_plan(round_=round_, due=due, request=request, router=InsertionRouter(), on=MONDAY, known_at=now)
    return publish_plan(drafted=made, by="dewi")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Status, output, error of `telusur areas roads`."""
    status = main(["areas", "roads", *words])
    out, error = capsys.readouterr()
    assert "Traceback" not in out + error
    return status, out, error


def test_streets_and_their_directions_are_read(extract: Path) -> None:
    network = read_roads(extract)
    assert (network.node_count, network.segment_count) == (400, 760)
    barred = (network.there == float("inf")).sum() + (network.back == float("inf")).sum()
    assert barred == 19 * 7
    assert float(network.metres[0]) == pytest.approx(STEP * 111_195, rel=0.01)


def test_only_what_lies_in_the_box_is_kept(extract: Path) -> None:
    box = Box(SOUTH - 1, WEST - 1, SOUTH + 4.5 * STEP, WEST + 1)
    assert read_roads(extract, box).node_count == 5 * 20


def test_a_network_survives_being_kept(extract: Path) -> None:
    network = read_roads(extract)
    again = from_bytes(to_bytes(network))
    assert (again.one == network.one).all() and (again.other == network.other).all()
    assert abs(again.metres - network.metres).max() <= 0.06
    assert ((again.there == float("inf")) == (network.there == float("inf"))).all()
    with pytest.raises(ValueError, match="telusur areas roads"):
        from_bytes(b"bukan peta")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tidak-ada.osm.pbf", None, "tidak ada"),
        ("rusak.osm.pbf", b"\x00\x00\x00\x0dbukan peta sama sekali", "tidak dapat dibaca"),
        ("lain.geojson", b"{}", "tidak dapat dibaca"),
        ("kosong.osm", b"<osm version='0.6'/>", "tidak memuat jalan"),
    ],
)
def test_what_is_no_map_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    pytest.importorskip("osmium")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, _, error = run(capsys, str(tmp_path / name))
    assert status == DATA_SAYS_NO and says in error and name in error and error.count("\n") == 1
    assert road_map() is None


def test_streets_that_nobody_rides_are_no_roads(tmp_path: Path) -> None:
    footways = write_map(tmp_path / "kaki.osm.pbf", 3, tags={"highway": "footway"})
    with pytest.raises(RoadsRefused, match="tidak memuat jalan"):
        read_roads(footways)


def test_a_map_of_another_city_is_refused(tmp_path: Path) -> None:
    lay_round()
    with pytest.raises(RoadsRefused, match="di sekitar wilayah register ini"):
        load_roads(write_map(tmp_path / "jauh.osm.pbf", 3, south=12.0), source=SOURCE, by="terminal")


def test_without_the_extra_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, extract: Path
) -> None:
    real = importlib.import_module

    def without(name: str, package: str | None = None) -> Any:
        if name == "osmium":
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", without)
    status, _, error = run(capsys, str(extract))
    assert status == DATA_SAYS_NO and "pip install osmium" in error and "garis lurus" in error
    # A plan is made as before.
    assert "map" not in plan_of(lay_round()).settings["travel"]


def test_roads_are_taken_into_use_once_and_journalled(capsys: pytest.CaptureFixture[str], extract: Path) -> None:
    lay_round()
    status, out, _ = run(capsys, str(extract), "--source", SOURCE, "--json")
    said = json.loads(out)
    assert status == DONE and said["segments"] == 760 and not said["unchanged"] and said["kilometres"] > 300
    assert json.loads(run(capsys, str(extract), "--json")[1])["unchanged"]
    assert RoadNetwork.objects.count() == JournalLine.objects.filter(deed="plan.roads").count() == 1
    with pytest.raises(ValueError, match="sumber"):
        load_roads(extract, source=" ", by="terminal")


@pytest.mark.long
def test_a_plan_goes_by_road_and_says_so(monkeypatch: pytest.MonkeyPatch, extract: Path) -> None:
    round_ = lay_round()
    load_roads(extract, source=SOURCE, by="terminal")
    by_road, straight = plan_of(round_), plan_of(round_, by_road=False)
    basis = by_road.settings["travel"]
    assert basis["map"] == "kota.osm.pbf" and basis["off_road"] == 0 and not basis["is_learned"]
    assert "map" not in straight.settings["travel"]
    far = [sum(day.travel_metres for day in plan.team_days.all()) for plan in (by_road, straight)]
    assert far[0] != far[1]
    monkeypatch.setattr(actions, "chosen_router", lambda name="pyvrp": InsertionRouter())
    head = Account.objects.open(username="kepala", full_name="Rekaan", role=Role.SECTION_HEAD, password=None)
    client = Client()
    client.force_login(head, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("plan"), {"versi": by_road.number}).content.decode()
    assert "peta jalan «kota.osm.pbf», rekaan" in page and "sekarang 0" in page
    client.post(reverse("plan-publish"), {"days": "1", "start": "2026-03-02", "way": "straight"})
    assert "map" not in Plan.objects.latest("number").settings["travel"]
    client.post(reverse("plan-publish"), {"days": "1", "start": "2026-03-02", "way": "road"})
    assert "map" in Plan.objects.latest("number").settings["travel"]


def test_measured_journeys_stretch_the_roads(extract: Path) -> None:
    round_ = lay_round()
    load_roads(extract, source=SOURCE, by="terminal")
    start, end = (SOUTH + STEP, WEST + STEP), (SOUTH + STEP, WEST + 6 * STEP)
    metres = 5 * STEP * 111_195
    legs = (Leg(start, end, 3 * metres / (20 / 3.6)),) * LEAST_LEGS
    plan = plan_of(round_, legs=legs)
    assert plan.settings["travel"]["is_learned"] and plan.settings["travel"]["stretch"] == pytest.approx(3, abs=0.1)
    assert plan.settings["travel"]["legs"] == LEAST_LEGS


@pytest.mark.parametrize(
    ("constraint", "changed"),
    [("road_network_has_source", {"source": ""}), ("road_network_has_roads", {"segment_count": 0})],
)
def test_no_network_without_roads_or_source(constraint: str, changed: dict[str, object]) -> None:
    kept = {
        "name": "a", "sha256": "0" * 64, "source": SOURCE, "node_count": 2, "segment_count": 1, "kilometres": 1.0,
        "graph": b"", "loaded_by": "terminal", "loaded_at": datetime.now(UTC) + timedelta(0),
    }  # fmt: skip
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RoadNetwork.objects.create(**{**kept, **changed})
