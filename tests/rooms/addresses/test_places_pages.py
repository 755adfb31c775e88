"""The page of addresses and one address's page: counts, filters in the address, marked parts, words set by hand."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from telusur.addresses.actions import locate_all
from telusur.people.rules import Role
from telusur.planning.queries import visiting_halves
from telusur.register.models import RecordedFact
from telusur.web.pages.places_rows import read_address_filters
from tests.rooms.addresses.city import ELOK, IN_LAMA, WANGI, cooperative, find, lay_areas, lay_city, lay_edition, stand
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db


def client(role: Role = Role.REGISTRAR) -> Client:
    """Signed in."""
    made = Client()
    made.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return made


def page(address: str = "/alamat/", role: Role = Role.REGISTRAR) -> str:
    """A page's text."""
    reply = client(role).get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def names(text: str) -> list[str]:
    """The cooperatives of the list."""
    return re.findall(r'<th scope="row"><a href="/alamat/[0-9a-f-]+/">([^<]+)</a>', text)


def test_the_page_before_anything() -> None:
    assert "Belum ada edisi" in page()
    lay_areas()
    lay_edition()
    assert "Baca semua alamat" in page()
    assert "Baca semua alamat" not in page(role=Role.OFFICER)
    reply = client().post("/alamat/jalankan/", follow=True)
    assert "4 baris berubah." in reply.content.decode()
    assert client(Role.OFFICER).post("/alamat/jalankan/").status_code == 403


def test_counts_rates_map_and_table() -> None:
    edition = lay_city()
    stand(2, IN_LAMA)
    find(0, "operating")
    locate_all(edition=edition, by="terminal")
    text = page()
    assert len(names(text)) == 4
    assert "1 dari 1; antara 3 % dan 100 %" in " ".join(text.split())
    assert "90 %" in text
    assert "anggapan, belum diukur" in text
    assert text.count('class="ground"') == 3
    assert text.count('class="dot-building"') == 1
    assert text.count('class="dot-street"') == 1
    assert text.count('class="shade"') == 1
    assert re.search(r'<text [^>]*text-anchor="middle">1</text>', text)
    assert 'style="' not in text


@pytest.mark.long
def test_filters_stand_in_the_address() -> None:
    edition = lay_city()
    stand(2, IN_LAMA)
    locate_all(edition=edition, by="terminal")
    listed = {
        "?tier=B": ["Koperasi Rekaan 1"],
        "?precision=kelurahan": ["Koperasi Rekaan 0"],
        "?area=unknown": ["Koperasi Rekaan 3"],
        f"?area={WANGI}": ["Koperasi Rekaan 0", "Koperasi Rekaan 1"],
        "?doubt=outside": ["Koperasi Rekaan 2"],
        "?tier=A&precision=building": ["Koperasi Rekaan 2"],
        "?tier=Z&precision=x&area=%00&page=99": [f"Koperasi Rekaan {index}" for index in range(4)],
        "?tier=D&precision=building": [],
    }
    for query, wanted in listed.items():
        assert names(page(f"/alamat/{query}")) == wanted, query
    assert "Tidak ada alamat yang cocok" in page("/alamat/?tier=D&precision=building")


def test_filters_read_their_own_address() -> None:
    from django.http import QueryDict

    for query in ("tier=B", "precision=street&area=unknown", f"tier=A&area={WANGI}&doubt=outside"):
        filters = read_address_filters(QueryDict(query))
        assert read_address_filters(QueryDict(filters.address().lstrip("?"))) == filters
        assert filters.narrows


def test_parts_are_marked_in_the_text_and_nothing_of_it_is_lost() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    text = page()
    marked = re.findall(r'<span class="address">(.*?)</span></?(?:span|td|p)?', text, flags=re.DOTALL)
    assert marked
    assert 'class="part part-street" title="jalan: ' in text
    assert 'class="part part-rt"' in text
    plain = [
        re.sub(r"<[^>]+>", "", cell)
        for cell in re.findall(r'<span class="address">.*?(?=<details|</td>)', text, re.DOTALL)
    ]
    assert plain[0].strip() == "Jl. Rekaan No. 12 RT 03"


def test_an_address_cannot_bring_markup() -> None:
    lay_areas()
    edition = lay_edition([("Jl. <script>alert(1)</script> No. 1", "Gunung Wangi", "Tirta Utara")])
    locate_all(edition=edition, by="terminal")
    for text in (page(), page(f"/alamat/{cooperative(0).pk}/")):
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


def test_one_address_set_by_hand_and_undone() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    address = f"/alamat/{cooperative(3).pk}/"
    assert "tidak diketahui" in page(address)
    # A kelurahan is chosen among those of the regency; the row without one states its regency by its kecamatan.
    assert f'value="{ELOK}"' in page(address)
    reply = client().post(
        f"{address}tetapkan/", {"kelurahan": ELOK, "lat": "-1,19", "lon": "116,83", "why": "surat lurah"}, follow=True
    )
    text = reply.content.decode()
    assert "Marga Elok" in text
    assert "surat lurah" in text
    assert "Kelurahan ditetapkan kantor" in text
    reply = client(Role.SECTION_HEAD).post(f"{address}urungkan/", {"kind": "kelurahan"}, follow=True)
    assert "Penetapan terakhir diurungkan" in reply.content.decode()
    assert RecordedFact.objects.filter(cooperative=cooperative(3)).count() == 3
    assert "kelurahan diurungkan" in page(address)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kelurahan": "", "why": "x"}, "Pilih kelurahan atau isi"),
        ({"kelurahan": ELOK, "why": ""}, "Tulis alasannya"),
        ({"lat": "utara", "lon": "1", "why": "x"}, "Lintang dan bujur ditulis dalam derajat"),
        ({"lat": "-1.2", "why": "x"}, "Lintang dan bujur ditulis dalam derajat"),
        ({"kelurahan": "zz", "why": "x"}, "tidak ada di daftar wilayah"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(given: dict[str, str], said: str) -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    reply = client().post(f"/alamat/{cooperative(0).pk}/tetapkan/", given)
    assert reply.status_code == 400
    assert said in reply.content.decode()
    assert not RecordedFact.objects.exists()
    if given.get("lat"):
        assert f'value="{given["lat"]}"' in reply.content.decode()


def test_who_may_not_does_not_see_the_form_and_nothing_to_undo_is_said() -> None:
    edition = lay_city()
    locate_all(edition=edition, by="terminal")
    address = f"/alamat/{cooperative(0).pk}/"
    assert "Tetapkan dengan tangan" not in page(address, Role.OFFICER)
    assert client(Role.OFFICER).post(f"{address}tetapkan/", {"kelurahan": ELOK, "why": "x"}).status_code == 403
    reply = client().post(f"{address}urungkan/", {"kind": "visit"}, follow=True)
    assert "tidak ada yang ditetapkan kantor" in reply.content.decode().lower()
    assert client().get("/alamat/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_visiting_hours_are_set_on_the_address_page_with_their_source() -> None:
    lay_city()
    kept = cooperative(1)
    head = client(Role.SECTION_HEAD)
    address = reverse("place-hours", args=[kept.pk])
    assert client(Role.OFFICER).post(address, {"half": "morning", "why": "pengurus"}).status_code == 403
    refused = head.post(address, {"half": "morning", "why": " "})
    assert refused.status_code == 400 and "jam kunjungan itu diketahui" in refused.content.decode()
    assert head.post(address, {"half": "malam", "why": "x"}).status_code == 400
    head.post(address, {"half": "morning", "why": "kata pengurus"})
    page = head.get(reverse("place", args=[kept.pk])).content.decode()
    assert "Hanya pagi" in page and "kata pengurus" in page
    assert visiting_halves() == {kept.pk: "morning"}
