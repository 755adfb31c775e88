"""The pages of the standing: counts, definitions side by side, who would change, the RAT duty, the law."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from telusur.laws.models import OfficeArticle, PolicyChoice
from telusur.notices.models import NumberScheme
from telusur.people.rules import Role
from telusur.rounds import actions as rounds
from telusur.rounds.models import Round
from tests.rooms.rounds.city import make_edition, sheet_row
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
    text = Client().get("/hukum/?coba=house.business_months&nilai=1").content.decode()
    assert "UU 25/1992 pasal 47 ayat (3)" in text and "belum diperiksa" in text and "berlaku sejak" in text
    # What this office asks of itself says so, and nobody but who may switch it on sees whom it would move.
    assert "ketentuan dinas ini" in text and "empat belas hari" in text and 'id="coba"' not in text


@pytest.mark.long
def test_another_value_is_tried_before_it_is_adopted_with_source_and_reason() -> None:
    opened()
    head = as_("section_head")
    # Proof of business of 30 August 2025 is older than twelve months today; with ten years it is none too old.
    tried = head.get("/hukum/?coba=house.business_months&nilai=120").content.decode()
    assert "1 koperasi berubah" in tried and "Koperasi" in tried and not OfficeArticle.objects.exists()
    assert "bilangan bulat" in head.get("/hukum/?coba=house.business_months&nilai=nol").content.decode()
    form = {"article": "house.business_months", "value": "120", "from_on": "2026-01-01", "source": "rapat", "why": ""}
    refused = head.post("/hukum/pakai/", form)
    assert refused.status_code == 400 and "perlu alasan" in refused.content.decode()
    for wrong in ({"source": " "}, {"value": "0"}, {"from_on": ""}, {"article": "house.colour"}):
        assert head.post("/hukum/pakai/", form | {"why": "uji"} | wrong).status_code == 400
    assert not OfficeArticle.objects.exists()
    assert head.post("/hukum/pakai/", form | {"why": "uji"}).status_code == 302
    assert OfficeArticle.objects.get().certainty == "unverified"


def test_the_two_pages_count_the_rate_of_all_alike() -> None:
    opened()
    gone = sheet_row(2, FINDING="dibubarkan dengan keputusan", NUMBER="114/2020",
                     DOCUMENT="surat keputusan atau kutipan AHU")  # fmt: skip
    rounds.record_visits(round_=Round.objects.get(), rows=[gone], by="sari", file_name="t.xlsx")
    head = as_("section_head")
    for address in ("/keadaan/?on=2025-10-24", "/keadaan/rat/?on=2025-10-24"):
        assert "<b>0</b> / 3 dari semua yang tercatat" in head.get(address).content.decode(), address


def test_the_pattern_of_numbers_is_seen_before_it_is_used() -> None:
    registrar = as_("registrar")
    form = {"pattern": "{kode}-{urut:4}/{tahun}", "per_stage": "1"}
    seen = registrar.post("/surat/teks/sp1/", form | {"deed": "number"}).content.decode()
    assert f"SP1-0002/{timezone.localdate().year}" in seen and not NumberScheme.objects.exists()
    refused = registrar.post("/surat/teks/sp1/", {"pattern": "{urut}", "deed": "number-keep"})
    assert refused.status_code == 400 and "dua surat dapat bernomor sama" in refused.content.decode()
    assert registrar.post("/surat/teks/sp1/", form | {"deed": "number-keep"}).status_code == 302
    assert NumberScheme.objects.get().per_stage
