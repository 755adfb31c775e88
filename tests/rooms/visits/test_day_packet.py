"""What a phone carries out of the house: its officer's own stops, and nothing of another's finding."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from telusur.intake.actions import load_batch, save_mapping
from telusur.journal.models import JournalLine
from telusur.planning.models import Plan, PlanStop, PlanTeamDay
from telusur.planning.queries import next_route_on
from telusur.rounds.actions import open_round
from telusur.rounds.models import Round
from tests.rooms.visits.office import account, cooperative, lay_round, phone, planned, send, sent
from tests.rooms.visits.test_field_door import Speaker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]


@pytest.fixture
def round_() -> Round:
    """An open round of six rows."""
    return lay_round()


@pytest.fixture
def sari(round_: Round) -> Speaker:
    """Sari's phone."""
    return Speaker(*phone("sari"))


def test_officers_get_their_own_stops_and_back_checks_are_blind(sari: Speaker, round_: Round) -> None:
    budi, token = phone("budi")
    send(budi, sent(budi, number=1, finding="nobody_present"))
    send(budi, sent(budi, number=2, finding="nobody_present", sequence=2))
    # A claim of one person alone awaits a second: whoever is sent is blind, whatever the plan calls the stop.
    send(budi, sent(budi, number=5, finding="other_occupant", informants=["occupant"], sequence=3))
    planned(round_, "sari", [(1, "value", False), (2, "back_check", False), (3, "random", True), (5, "value", False)])
    planned(round_, "budi", [(4, "value", False)])
    told = sari.get("hari-ini/").json()
    stops = {stop["cooperative"]: stop for stop in told["stops"]}
    assert list(stops) == [str(cooperative(number).pk) for number in (1, 2, 3, 5)]
    first, second, third, fourth = told["stops"]
    assert fourth["attempts"] == [] and "budi" not in json.dumps(fourth)
    assert [attempt["officer"] for attempt in first["attempts"]] == ["budi"]
    assert second["purpose"] == "back_check" and second["attempts"] == []
    assert "budi" not in json.dumps(second)
    assert (first["arrives"], third["arrives"], third["is_backup"]) == ("08:20", "", True)
    assert told["shift"] == {"starts": "08:00", "ends": "15:30"}
    assert first["registry"] and first["nik_koperasi"] == cooperative(1).nik_koperasi
    others = Speaker(budi, token).get("hari-ini/").json()["stops"]
    assert [stop["cooperative"] for stop in others] == [str(cooperative(4).pk)]


def test_the_next_day_with_a_route_is_named(sari: Speaker, round_: Round) -> None:
    assert sari.get("hari-ini/").json()["next_on"] == ""
    planned(round_, "sari", [(1, "value", False)])
    planned(round_, "sari", [(2, "value", False)], ahead=3)
    planned(round_, "budi", [(3, "value", False)], ahead=1)
    today = timezone.localdate()
    assert next_route_on("sari", today) == today + timedelta(days=3)
    told = sari.get("hari-ini/").json()
    assert told["next_on"] == (today + timedelta(days=3)).isoformat()
    then = sari.get(f"hari-ini/?on={told['next_on']}").json()
    assert [stop["cooperative"] for stop in then["stops"]] == [str(cooperative(2).pk)] and then["next_on"] == ""


def test_the_form_says_since_when_business_counts(sari: Speaker) -> None:
    told = sari.get("hari-ini/?on=2026-02-28").json()
    assert told["form"]["since"] == {"business_on": "2025-02-28"}


def test_the_app_is_indonesian_whatever_the_pages_are_switched_to(sari: Speaker) -> None:
    sari.client.cookies["django_language"] = "en"
    assert sari.get("hari-ini/?on=kapan").json()["error"].startswith("«kapan» bukan tanggal")


def _list_with_numbers(folder: Path) -> Round:
    rows = [
        ["Nama", "Alamat", "No. Telp", "No HP Ketua", "Ketua"],
        ["Koperasi Bertelepon", "Jl. Contoh 1 RT 07", "0542-700001", "081200000001", "Orang Rekaan"],
        ["Koperasi Tanpa Telepon", "Jl. Contoh 2", "-", "081200000002", "Orang Lain"],
    ]
    path = folder / "daftar.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    save_mapping(name="daftar-rekaan", mapping={"name": "Nama", "address": "Alamat"}, by="kepala")
    edition = load_batch(path, by="kepala", as_of_on=date(2025, 10, 24), layout="daftar-rekaan").edition
    return open_round(name="Bertelepon", edition=edition, by="kepala", seed="x")


def test_a_number_goes_along_where_somebody_is_sent_and_nowhere_else(tmp_path: Path) -> None:
    """The cooperative's own number on a planned stop, once in the journal; a person's number and a search bring none."""
    round_ = _list_with_numbers(tmp_path)
    today = timezone.localdate()
    plan = Plan.objects.create(
        round=round_, number=1, starts_on=today, ends_on=today, weights={}, random_share=0.3, seed="x", router="plain",
        speed_kmh=20, detour=1.3, settings={}, due_count=1, expected_located=1, made_by="kepala",
        made_at=datetime.now(UTC),
    )  # fmt: skip
    day = PlanTeamDay.objects.create(
        plan=plan, officer="sari", on=today, starts=28_800, back_at=55_800, travel_seconds=0, travel_metres=0
    )
    for order, entry in enumerate(round_.edition.entries.order_by("row_number"), start=1):
        PlanStop.objects.create(
            team_day=day, order=order, cooperative=entry.cooperative, arrives=30_000, begins=30_000, leaves=31_000,
            travel_seconds=0, travel_metres=0, purpose="value", value_parts={}, tier="B", precision="none", lat=-1.2,
            lon=116.8,
        )  # fmt: skip
    sari = Speaker(*phone("sari"))
    for _ in range(2):
        told = sari.get("hari-ini/").json()["stops"]
    assert [stop["phone"] for stop in told] == ["+62542700001", ""]
    assert "8120000" not in json.dumps(told) and "Orang" not in json.dumps(told)
    assert "ketua RT 7" in told[0]["ask"]
    assert JournalLine.objects.filter(deed="numbers.carried").count() == 1
    found = sari.get("cari/?q=Bertelepon").json()["stops"]
    assert found and {stop["phone"] for stop in found} == {""}


def test_who_leaves_takes_the_session_along() -> None:
    account("sari")
    client = Client(enforce_csrf_checks=True)
    assert client.post("/lapangan/api/keluar/").status_code == 401
    client.force_login(account("sari"))
    client.get("/lapangan/")
    token = client.cookies["csrftoken"].value
    assert client.post("/lapangan/api/keluar/").status_code == 403, "without the forms' own check"
    assert client.post("/lapangan/api/keluar/", headers={"x-csrftoken": token}).json()["telusur"] == 1
    assert client.get("/lapangan/").status_code == 302
