"""The pages of the standing: counts, definitions side by side, who would change, the RAT duty, the law."""

from __future__ import annotations

import pytest
from django.test import Client

from telusur.laws.models import PolicyChoice
from telusur.people.rules import Role
from telusur.register.models import Cooperative
from telusur.rounds import actions as rounds
from tests.rooms.rounds.city import make_edition, nik, sheet_row
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db


def as_(role: str) -> Client:
    client = Client()
    client.force_login(account(Role(role)), backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened() -> None:
    item = rounds.open_round(name="Penelusuran 2025", edition=make_edition(3), by="dewi")
    row = sheet_row(1, FINDING="usaha berjalan", BUSINESS="buku kas", BUSINESS_ON="30/08/2025", PHOTO="foto bergeotag")
    rounds.record_visits(round_=item, rows=[row], by="sari", file_name="s.xlsx")


def test_before_any_round_the_pages_say_what_to_do() -> None:
    client = as_("section_head")
    for address in ("/keadaan/", "/keadaan/rat/"):
        assert "Belum ada putaran" in client.get(address).content.decode()


def test_counts_side_by_side_and_who_would_change() -> None:
    opened()
    client = as_("section_head")
    text = client.get("/keadaan/?on=2025-10-24").content.decode()
    assert "Balikpapan 2024" in text and "belum diperiksa" in text
    tried = client.get("/keadaan/?on=2025-10-24&coba=office-business-meeting").content.decode()
    assert "aktif → tidak aktif" in tried and not PolicyChoice.objects.exists()


def test_a_definition_is_chosen_with_a_reason_by_whoever_may() -> None:
    opened()
    head = as_("section_head")
    form = {"policy": "balikpapan-2024", "why": ""}
    assert head.post("/keadaan/pilih/", form).status_code == 400
    assert as_("registrar").post("/keadaan/pilih/", form | {"why": "uji"}).status_code == 403
    assert not PolicyChoice.objects.exists()
    assert head.post("/keadaan/pilih/", form | {"why": "uji"}).status_code == 302
    assert PolicyChoice.objects.get().policy == "balikpapan-2024"
    assert head.get("/keadaan/pilih/").status_code == 405


def test_the_law_is_open_to_everyone() -> None:
    text = Client().get("/hukum/").content.decode()
    assert "UU 25/1992 pasal 47 ayat (3)" in text and "belum diperiksa" in text


def test_a_cooperative_shows_its_grounds_before_anyone_asks() -> None:
    opened()
    ident = Cooperative.objects.get(nik_koperasi=nik(1)).pk
    client = as_("registrar")
    text = client.get(f"/koperasi/{ident}/?on=2025-10-24").content.decode()
    assert "Yang kurang untuk" in text and "RAT tahun buku 2024" in text
    assert "Koperasi Contoh Nomor 1" in client.get("/keadaan/rat/?on=2025-10-24").content.decode()
