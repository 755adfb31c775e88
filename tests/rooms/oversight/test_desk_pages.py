"""The section head's desk: its lists, its decisions, and who may not see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.register.models import RecordedFact
from telusur.visits.actions import revoke_device
from telusur.visits.models import Packet, PacketState
from tests.rooms.oversight.city import BUSINESS, GONE, cooperative, lay_round, visited
from tests.rooms.oversight.phones import Phone

pytestmark = pytest.mark.django_db


def browser(role: Role, name: str = "") -> Client:
    """A signed-in browser of a role."""
    name = name or role.value
    account = Account.objects.filter(username=name).first() or Account.objects.open(
        username=name, full_name=f"Rekaan {name}", role=role, password="kata-sandi-rekaan-17"
    )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    reply = client.get(address)
    assert reply.status_code == status, reply.content.decode()[:500]
    return reply.content.decode()


def dispute() -> tuple[RecordedFact, RecordedFact]:
    today = timezone.localdate()
    photos = [{"sha256": "ab" * 32, "of": "place"}]
    one = visited(1, today - timedelta(days=9), "sari", BUSINESS, photos=photos)
    return one, visited(1, today - timedelta(days=5), "budi", GONE)


def test_before_any_round_the_desk_says_what_to_do() -> None:
    assert "Belum ada putaran" in text(browser(Role.SECTION_HEAD), reverse("oversight"))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.REGISTRAR])
@pytest.mark.parametrize("name", ["oversight", "oversight-officer", "oversight-conflict"])
def test_officers_never_see_the_desk(role: Role, name: str) -> None:
    lay_round(2)
    arguments = {"oversight-officer": ["sari"], "oversight-conflict": [cooperative(1).pk]}.get(name, [])
    text(browser(role), reverse(name, args=arguments), 403)


def test_every_list_says_something_when_it_is_empty() -> None:
    lay_round(2)
    client = browser(Role.SECTION_HEAD)
    for key in ("selisih", "karantina", "ulang", "terlewat", "tanda", "petugas", "tidak-ada"):
        assert 'class="notice empty"' in text(client, f"{reverse('oversight')}?daftar={key}")


def test_a_conflict_from_the_list_to_the_decision() -> None:
    lay_round(3)
    one, two = dispute()
    client = browser(Role.SECTION_HEAD)
    assert "Koperasi Contoh Nomor 1" in text(client, reverse("oversight"))
    address = reverse("oversight-conflict", args=[cooperative(1).pk])
    page = text(client, address)
    assert "<b>120</b>" in page and "<b>530</b>" in page and "buku kas" in page
    assert reverse("photo", args=["ab" * 32, "kecil"]) in page, "photos stand beside the finding that they prove"
    decide = reverse("oversight-decide", args=[cooperative(1).pk])
    refused = client.post(decide, {"seen": [one.pk, two.pk], "stands": str(one.pk), "why": ""})
    assert refused.status_code == 400 and "Keputusan perlu alasan." in refused.content.decode()
    refused = client.post(decide, {"seen": [one.pk], "stands": str(one.pk), "why": "buku kas asli"})
    assert refused.status_code == 400 and "temuan baru" in refused.content.decode()
    assert "buku kas asli" in refused.content.decode(), "what was written is kept"
    for stands in ("", "abc", "9" * 30):
        assert client.post(decide, {"seen": [one.pk, two.pk], "stands": stands, "why": "x"}).status_code == 400
    taken = client.post(decide, {"seen": [one.pk, two.pk], "stands": str(one.pk), "why": "buku kas asli"})
    assert taken.status_code == 302
    page = text(client, address)
    assert "Tidak ada temuan yang bertentangan" in page and "buku kas asli" in page
    assert client.post(decide, {"seen": [], "stands": "revisit", "why": "x"}).status_code == 400


def test_the_head_looks_and_does_not_decide() -> None:
    lay_round(2)
    one, two = dispute()
    client = browser(Role.HEAD)
    page = text(client, reverse("oversight-conflict", args=[cooperative(1).pk]))
    assert "Usaha berjalan" in page and "Catat keputusan" not in page
    sent = client.post(reverse("oversight-decide", args=[cooperative(1).pk]), {"seen": [one.pk, two.pk]})
    assert sent.status_code == 403


def test_a_packet_in_quarantine_is_taken_or_refused() -> None:
    round_ = lay_round(3)
    phone, client = Phone("sari"), browser(Role.SECTION_HEAD)
    today = timezone.localdate() - timedelta(days=1)
    bodies = [phone.body(number, today, "10:00", round=round_.pk) for number in (1, 2)]
    revoke_device(device=phone.id, why="hilang", by="dewi")
    phone.device.refresh_from_db()
    packets = [phone.send(body)[1] for body in bodies]
    assert {packet.state for packet in packets} == {PacketState.QUARANTINED}
    page = text(client, f"{reverse('oversight')}?daftar=karantina")
    assert "Koperasi Contoh Nomor 1" in page and "ponsel ini sudah dicabut" in page.lower()
    one, two = (reverse("oversight-packet", args=[packet.pk]) for packet in packets)
    client.post(one, {"verdict": "release", "why": "petugas dikenal"})
    assert Packet.objects.get(pk=packets[0].pk).state == PacketState.RECORDED
    reply = client.post(two, {"verdict": "reject", "why": ""}, follow=True)
    assert "Penolakan perlu alasan." in reply.content.decode()
    client.post(two, {"verdict": "reject", "why": "bukan petugas kami"})
    assert Packet.objects.get(pk=packets[1].pk).state == PacketState.REJECTED
    assert browser(Role.HEAD).post(two, {"verdict": "release"}).status_code == 403


def test_an_officers_page_opens_after_twenty_visits() -> None:
    round_ = lay_round(24)
    today = timezone.localdate()
    for number in range(1, 20):
        visited(
            number, today - timedelta(days=number), "sari", GONE, note="sudah didatangi dan tidak ada orang sama sekali"
        )
    client = browser(Role.SECTION_HEAD)
    address = reverse("oversight-officer", args=["sari"])
    assert "Belum ada yang dapat dikatakan" in text(client, address)
    visited(20, today, "sari", GONE)
    page = text(client, address)
    assert "catatan sama persis" in page.lower() and "skor" not in page.lower() and round_.name
    assert "tidak dibandingkan" in page
    text(client, reverse("oversight-officer", args=["tidak-ada"]), 404)
    assert "19 kunjungan petugas ini" in text(client, f"{reverse('oversight')}?daftar=tanda")


def test_the_page_of_a_cooperative_outside_the_round_is_missing() -> None:
    lay_round(1)
    address = reverse("oversight-conflict", args=["00000000-0000-4000-8000-000000000000"])
    text(browser(Role.SECTION_HEAD), address, 404)
