"""The pages about programs: a token and a secret are shown once, refusals in words, revoking, ending, sending again."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.test import Client

from telusur.api.actions import try_endpoint
from telusur.api.models import ApiToken, Delivery, Endpoint
from telusur.api.rules.tokens import hash_of
from telusur.people.rules import Role
from tests.rooms.web.city import account

ISSUE: Mapping[str, object] = {
    "label": "Aplikasi aset", "account": "registrar", "scopes": ["visits:write"], "areas": "99.01.01, 99.01.02", "days": 30,
}  # fmt: skip


@pytest.fixture
def head(db: None) -> Client:
    account(Role.REGISTRAR)
    client = Client()
    client.force_login(account(Role.SECTION_HEAD), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_description_is_a_page(db: None) -> None:
    page = Client().get("/api/").content.decode()
    assert "/api/v1/exports/cooperatives.csv" in page and 'id="too_many"' in page and "temuan" in page


def test_a_token_is_shown_once_and_revoked(head: Client) -> None:
    assert "Belum ada token" in head.get("/token/").content.decode()
    page = head.post("/token/terbitkan/", ISSUE)
    text = re.search(r"tlsr_[\w-]+", page.content.decode())
    made = ApiToken.objects.get()
    assert text and made.token_hash == hash_of(text[0]) and page.headers["Cache-Control"] == "no-store"
    assert made.areas == ["99.01.01", "99.01.02"] and made.issued_by == "section_head"
    assert text[0] not in head.get("/token/").content.decode()
    said = head.post(f"/token/{made.pk}/cabut/", follow=True).content.decode()
    assert "Token Aplikasi aset dicabut." in said
    assert "sudah dicabut" in head.post(f"/token/{made.pk}/cabut/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"areas": "balikpapan"}, "bukan kode wilayah"),
        ({"account": "tidak-ada"}, "Akun itu tidak ada"),
        ({"days": 400}, "Lengkapi"),
        ({"account": "section_head", "scopes": ["lain"]}, "Lengkapi"),
    ],
)
def test_what_cannot_be_issued_is_said(head: Client, more: Mapping[str, object], says: str) -> None:
    reply = head.post("/token/terbitkan/", {**ISSUE, **more})
    assert reply.status_code == 422 and says in reply.content.decode() and not ApiToken.objects.exists()


def test_an_endpoint_is_added_tried_rotated_and_ended(head: Client) -> None:
    sent = {"label": "Portal kota", "address": "https://kabar.example/x", "kinds": ["notice.published"]}
    page = head.post("/kabar/daftarkan/", sent).content.decode()
    made = Endpoint.objects.get()
    first = re.search(r"whsec_[\w+/=]+", page)
    assert first and made.kinds == ["notice.published"]
    rotated = re.search(r"whsec_[\w+/=]+", head.post(f"/kabar/{made.pk}/", {"what": "rotate"}).content.decode())
    assert rotated and rotated[0] != first[0]
    head.post(f"/kabar/{made.pk}/", {"what": "try"})
    assert "Uji coba dari kantor" in head.get("/kabar/").content.decode()
    assert "Tulis alasannya" in head.post(f"/kabar/{made.pk}/", {"what": "end"}, follow=True).content.decode()
    head.post(f"/kabar/{made.pk}/", {"what": "end", "why": "pindah"})
    assert Delivery.objects.get().state == "given_up"
    assert head.post(f"/kabar/{made.pk}/", {"what": "lain"}).status_code == 404


def test_inner_addresses_are_refused_in_words(head: Client) -> None:
    for address in ("http://kabar.example/", "https://192.168.1.9/", "https://localhost/"):
        reply = head.post("/kabar/daftarkan/", {"label": "x", "address": address})
        assert reply.status_code == 422 and 'role="alert"' in reply.content.decode()
    assert not Endpoint.objects.exists()


def test_a_message_is_sent_again(head: Client) -> None:
    head.post("/kabar/daftarkan/", {"label": "Portal", "address": "https://kabar.example/x"})
    try_endpoint(endpoint=Endpoint.objects.get().pk, by="section_head")
    held = Delivery.objects.get()
    Delivery.objects.update(state="delivered", attempt_count=1)
    assert "Kirim lagi" in head.get("/kabar/").content.decode()
    head.post(f"/kabar/kiriman/{held.pk}/kirim-lagi/")
    held.refresh_from_db()
    assert held.state == "waiting" and held.attempt_count == 0
