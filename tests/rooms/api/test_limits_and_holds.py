"""Holds read by machines; every public door counts how often; what is wrong with a value is said in two languages."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from telusur.api.rest.holds import HoldsOut
from telusur.api.rest.invalid import sentence_of
from telusur.api.rules.limits import PUBLIC_A_MINUTE, RECONCILE_A_MINUTE, TOKEN_A_MINUTE
from telusur.api.rules.tokens import Scope
from telusur.people.rules import Role
from telusur.register.models import Cooperative
from telusur.rounds.actions import hold_row, release_hold
from telusur.rounds.rules.codes import Code
from tests.rooms.api.office import token
from tests.rooms.web.city import KELURAHAN, lay

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 20)


def read(text: str, query: str = "") -> tuple[int, Any]:
    reply = Client(headers={"Authorization": f"Bearer {text}"}).get(f"/api/v1/holds{query}")
    return reply.status_code, reply.json()


def test_holds_are_read_by_whoever_may_record_them() -> None:
    lay({Code.NOT_ATTEMPTED: 4})
    first, second, third = Cooperative.objects.order_by("nik_koperasi")[:3]
    held = [hold_row(cooperative=each, why=f"perkara {n}", proof=f"{n}/2025", on=DAY, by="dewi").pk
            for n, each in enumerate((first, second, third))]  # fmt: skip
    release_hold(hold=held[1], why="selesai", proof="putusan 1", on=DAY, by="dewi")
    _, text = token(Role.SECTION_HEAD, [Scope.HOLDS])
    status, said = read(text)
    assert status == 200 and HoldsOut.model_validate(said)
    assert [each["nomor"] for each in said["data"]] == [held[0], held[2]] and said["next"] is None
    assert said["data"][0] | {"dicatat_pada": ""} == {
        "nomor": held[0], "koperasi": str(first.pk), "nama": first.entries.get().name,
        "kode_kelurahan": first.entries.get().kelurahan_code, "membekukan": True, "alasan": "perkara 0",
        "bukti": "0/2025", "tanggal": "2025-10-20", "dicatat_oleh": "dewi", "dicatat_pada": "", "dilepas": None,
    }  # fmt: skip
    every = read(text, "?berlaku=false&limit=2")[1]
    assert every["data"][1]["dilepas"]["bukti"] == "putusan 1"
    assert [each["nomor"] for each in read(text, every["next"].partition("holds")[2])[1]["data"]] == [held[2]]
    assert [each["nomor"] for each in read(text, f"?koperasi={third.pk}")[1]["data"]] == [held[2]]
    assert read(text, f"?koperasi={uuid.uuid4()}")[0] == 404 and read(text, "?sejak=1")[0] == 422
    assert read(text, f"?koperasi={'-' * 36}")[0] == 404
    code = said["data"][0]["kode_kelurahan"]
    _, near = token(Role.SECTION_HEAD, [Scope.HOLDS], [code])
    assert {each["kode_kelurahan"] for each in read(near)[1]["data"]} == {code}
    other = next(each for each in KELURAHAN if each != code)
    _, far = token(Role.SECTION_HEAD, [Scope.HOLDS], [other])
    assert read(far, f"?koperasi={first.pk}")[0] == 403
    assert read(token(scopes=[Scope.PROGRAMME])[1])[0] == 403
    assert Client().get("/api/v1/holds").status_code == 401


DOORS = {
    "odata": ("/odata/", lambda said: said["error"]["code"]),
    "features": ("/ogc/conformance", lambda said: said["code"]),
    "reconcile": ("/reconcile/", lambda said: said["code"]),
}


@pytest.mark.parametrize("door", DOORS)
def test_every_public_door_says_when_it_is_asked_too_often(door: str, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.API_REQUESTS_A_MINUTE = 2
    path, code = DOORS[door]
    client = Client(REMOTE_ADDR=f"198.51.100.{len(door)}")
    late = next(reply for reply in (client.get(path) for _ in range(8)) if reply.status_code == 429)
    assert code(late.json()) == "too_many" and 0 < int(late.headers["Retry-After"]) <= 60
    assert "paling banyak 2 permintaan semenit" in str(late.json())
    assert late.headers["Access-Control-Allow-Origin"] == "*"
    assert Client(REMOTE_ADDR="198.51.100.99").get(path).status_code == 200, "another caller goes on"
    _, text = token(Role.SECTION_HEAD, [Scope.HOLDS])
    ours = Client(REMOTE_ADDR=f"198.51.100.{len(door)}", headers={"Authorization": f"Bearer {text}"})
    assert ours.get(path).status_code == 200, "a token counts for itself"
    wrong = Client(REMOTE_ADDR="198.51.100.98", headers={"Authorization": "Bearer nobody"})
    assert wrong.get(path).status_code == 200, "these doors ask for no token"


def test_a_long_sheet_is_matched_without_a_pause() -> None:
    assert PUBLIC_A_MINUTE < TOKEN_A_MINUTE <= RECONCILE_A_MINUTE


def test_what_is_wrong_with_a_value_is_said_in_two_languages() -> None:
    for language, says in (("id", "harus bilangan bulat"), ("en", "must be a whole number")):
        reply = Client(headers={"Accept-Language": language}).get("/api/v1/cooperatives?limit=x")
        assert reply.json()["errors"] == [{"where": "query/limit", "says": says}]
    assert sentence_of({"type": "less_than_equal", "ctx": {"le": 500}}) == "paling besar 500"
    assert sentence_of({"type": "less_than_equal"}) == "paling besar —"
    assert sentence_of({"type": "of another version", "msg": "Input"}).startswith("nilai ini tidak sesuai")
