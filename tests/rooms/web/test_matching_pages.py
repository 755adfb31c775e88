"""The clerk's desk in the browser without a script: queue, one pair at a time, leases, blind looks, alarms, agreement."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from telusur.matching import actions, queries
from telusur.matching.actions import claim, judge, match_edition
from telusur.matching.models import Judgement, Lease, Proposal
from telusur.matching.rules.queue import DeskPolicy
from telusur.people.rules import Role
from telusur.web.pages import matching_pair
from tests.rooms.matching.city import ToldEngine, edition_of, nik, proposal, rows
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db
A, B, C, D = (f"Koperasi Contoh Nomor {n}" for n in range(1, 5))
SARI, DEWI = Role.REGISTRAR, Role.SECTION_HEAD


def stated() -> list[dict[str, str | None]]:
    """Six rows, the first two with a NIK."""
    return [{**row, "nik_koperasi": row["nik_koperasi"] if number < 2 else None} for number, row in enumerate(rows(6))]


@pytest.fixture
def waiting() -> list[Proposal]:
    """A guarded pair (two NIK) and two without, by falling value."""
    told = ToldEngine((A, B, 0.99), (B, C, 0.6), (C, D, 0.2))
    match_edition(edition=edition_of(stated()), by="sari", engine=told)
    return [proposal(A, B), proposal(B, C), proposal(C, D)]


@pytest.fixture
def second_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every judged pair is drawn for a second look."""
    for module in (actions, queries, matching_pair):
        monkeypatch.setattr(module, "DeskPolicy", lambda: DeskPolicy(second_look_share=1.0))


def browser(role: Role) -> Client:
    """A signed-in browser of a role."""
    client = Client()
    client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def pair_address(found: Proposal) -> str:
    return reverse("matching-pair", kwargs={"number": found.pk})


def say(client: Client, found: Proposal, verdict: str, **more: object) -> str:
    """Send an answer; the address that it leads to, or the page that refuses it."""
    reply = client.post(reverse("matching-judge", kwargs={"number": found.pk}), {"verdict": verdict, **more})
    return reply.headers["Location"] if reply.status_code == 302 else reply.content.decode()


def test_before_the_first_run_the_page_says_what_to_do() -> None:
    assert "Impor dahulu satu edisi" in text(browser(SARI), "/pencocokan/")
    edition_of(rows(3))
    assert "Cocokkan edisi" in text(browser(SARI), "/pencocokan/")
    assert "Cocokkan edisi" not in text(browser(Role.HEAD), "/pencocokan/")


def test_the_button_runs_the_match(monkeypatch: pytest.MonkeyPatch) -> None:
    edition_of(rows(4))
    monkeypatch.setattr(actions, "MemoryEngine", lambda: ToldEngine((A, B, 0.6)))
    client = browser(SARI)
    assert "1 pasangan diusulkan" in client.post("/pencocokan/jalankan/", follow=True).content.decode()
    assert "belum berubah" in client.post("/pencocokan/jalankan/", follow=True).content.decode()


def test_the_queue_by_value_with_its_run(waiting: list[Proposal]) -> None:
    page = text(browser(SARI), "/pencocokan/")
    places = [page.index(pair_address(found)) for found in waiting]
    assert places == sorted(places)
    assert "99,0 % pasangan sejati, paling sedikit 97,0 %" in page
    assert "sesudah putusan Anda yang pertama" in page
    assert "nomor berlawanan" in page


def test_the_next_pair_comes_at_once(waiting: list[Proposal]) -> None:
    client = browser(SARI)
    assert client.post("/pencocokan/ambil/").headers["Location"] == pair_address(waiting[0])
    assert say(client, waiting[0], "different") == pair_address(waiting[1])
    page = text(client, pair_address(waiting[1]))
    assert "Terakhir dicatat <b>beda</b>" in page
    assert re.search(r'data-key="u"', page)
    assert say(client, waiting[1], "unsure", why="tunggu akta") == pair_address(waiting[2])
    assert say(client, waiting[2], "different") == "/pencocokan/"
    queue = text(client, "/pencocokan/")
    assert "Tidak ada yang menunggu Anda" in queue and "tunggu akta" in queue
    assert Judgement.objects.filter(seconds__isnull=False).count() == 3


def test_every_answer_is_a_button_with_its_key(waiting: list[Proposal]) -> None:
    client = browser(SARI)
    client.post("/pencocokan/ambil/")
    page = text(client, pair_address(waiting[0]))
    for value, key in (("same", "s"), ("different", "b"), ("unsure", "r")):
        assert f'value="{value}" data-key="{key}" aria-keyshortcuts="{key}"' in page
    assert "matching.js" in page and " style=" not in page


def test_a_guard_is_overridden_with_a_reason_only(waiting: list[Proposal]) -> None:
    client = browser(SARI)
    client.post("/pencocokan/ambil/")
    page = say(client, waiting[0], "same", notes=["hasil kunjungan"])
    assert "Tuliskan alasan" in page and 'aria-invalid="true"' in page
    assert re.search(r'value="hasil kunjungan" checked', page)
    assert not Judgement.objects.exists()
    wanted = {"why": "satu akta, dua nomor", "notes": ["hasil kunjungan", "<b>karangan</b>"]}
    assert say(client, waiting[0], "same", survivor=waiting[0].right_subject, **wanted) == pair_address(waiting[1])
    kept = Judgement.objects.get()
    assert (kept.why, kept.seen["notes"], kept.survivor) == (
        "satu akta, dua nomor", ["hasil kunjungan"], waiting[0].right_subject,
    )  # fmt: skip


@pytest.mark.parametrize("verdict", ["", "withdrawn", "mungkin"])
def test_no_other_answer_is_taken(waiting: list[Proposal], verdict: str) -> None:
    assert "Pilih sama, beda, atau ragu." in say(browser(SARI), waiting[1], verdict)
    assert not Judgement.objects.exists()


def test_what_changed_since_it_was_shown_is_refused(waiting: list[Proposal]) -> None:
    page = say(browser(SARI), waiting[1], "same", seen_left="lama", seen_right="lama")
    assert "berubah sejak ditampilkan" in page
    assert not Judgement.objects.exists()


def test_two_clerks_never_get_the_same_pair(waiting: list[Proposal]) -> None:
    sari, dewi = browser(SARI), browser(DEWI)
    first = sari.post("/pencocokan/ambil/").headers["Location"]
    second = dewi.post("/pencocokan/ambil/").headers["Location"]
    assert (first, second) == (pair_address(waiting[0]), pair_address(waiting[1]))
    seen = text(dewi, first)
    assert "Sedang ditangani registrar sampai" in seen
    assert 'name="verdict"' not in seen
    assert "sedang ditangani registrar" in text(dewi, "/pencocokan/")
    assert "ditangani petugas lain" in say(dewi, waiting[0], "different")
    assert (
        "ditangani petugas lain"
        in dewi.post("/pencocokan/ambil/", {"proposal": waiting[0].pk}, follow=True).content.decode()
    )
    sari.post("/pencocokan/lepas/")
    assert not Lease.objects.filter(claimed_by="registrar").exists()


def test_skipping_goes_on_behind_the_pair(waiting: list[Proposal]) -> None:
    client = browser(SARI)
    client.post("/pencocokan/ambil/")
    onward = client.post("/pencocokan/ambil/", {"after": waiting[0].pk}).headers["Location"]
    assert onward == pair_address(waiting[1])


def test_undo_lays_the_pair_on_the_desk_again(waiting: list[Proposal]) -> None:
    client = browser(SARI)
    client.post("/pencocokan/ambil/")
    say(client, waiting[0], "different")
    reply = client.post("/pencocokan/urungkan/", follow=True)
    assert reply.redirect_chain[-1][0] == pair_address(waiting[0])
    assert 'name="verdict"' in reply.content.decode()
    assert queries.standing_pairs() == {}
    assert "Tidak ada putusan Anda" in client.post("/pencocokan/urungkan/", follow=True).content.decode()


def test_only_ones_own_word_is_withdrawn(waiting: list[Proposal]) -> None:
    word = judge(proposal=waiting[1], verdict="same", by="registrar")
    address = reverse("matching-withdraw", kwargs={"number": word.pk})
    assert browser(DEWI).post(address).status_code == 404
    assert browser(SARI).post(address).headers["Location"] == pair_address(waiting[1])
    assert queries.standing_pairs() == {}


def test_a_second_look_is_blind(waiting: list[Proposal], second_looks: None) -> None:
    judge(proposal=waiting[1], verdict="same", by="registrar", why="rahasia pertama")
    dewi = browser(DEWI)
    for taken in (False, True):
        if taken:
            dewi.post("/pencocokan/ambil/", {"proposal": waiting[1].pk})
        page = text(dewi, pair_address(waiting[1]))
        assert "rahasia pertama" not in page and "registrar" not in page
        assert "dinilai sama" not in page and "Yang berlaku sekarang" not in page
    # A neighbour's page shows the same line as not yet judged, and the queue nobody else's words.
    assert "dinilai sama" not in text(dewi, pair_address(waiting[2]))
    assert "rahasia pertama" not in text(dewi, "/pencocokan/")
    assert "rahasia pertama" in text(browser(SARI), pair_address(waiting[1]))
    say(dewi, waiting[1], "same")
    page = text(dewi, "/pencocokan/kesepakatan/")
    assert "1 dari 1 pasangan dinilai sama" in page and "tidak dapat dihitung" in page


def test_two_looks_that_differ_are_shown_to_a_third(waiting: list[Proposal], second_looks: None) -> None:
    judge(proposal=waiting[1], verdict="same", by="registrar", why="nama sama")
    claim(proposal=waiting[1], by="section_head")
    judge(proposal=waiting[1], verdict="different", by="section_head", why="alamat lain")
    page = text(browser(Role.HEAD), "/pencocokan/peringatan/")
    assert "nama sama" in page and "alamat lain" in page
    assert "1 pasangan menunggu orang ketiga" in text(browser(DEWI), "/pencocokan/kesepakatan/")


def test_facts_that_moved_raise_an_alarm(waiting: list[Proposal]) -> None:
    judge(proposal=waiting[0], verdict="different", by="registrar")
    assert "Tidak ada peringatan" in text(browser(SARI), "/pencocokan/peringatan/")
    moved: list[dict[str, str | None]] = [{"name": "Koperasi Contoh Berganti", "nik_koperasi": nik(1)}, *stated()[1:]]
    edition_of(moved, mark="b", as_of_on=date(2025, 11, 24))
    page = text(browser(SARI), "/pencocokan/peringatan/")
    assert f"<del>{A}</del> → <ins>Koperasi Contoh Berganti</ins>" in page
    assert "1 putusan berdiri di atas fakta yang sudah berubah" in text(browser(SARI), "/pencocokan/")
    assert "Faktanya berubah sejak dinilai" in text(browser(SARI), pair_address(waiting[0]))


def test_reading_is_not_judging(waiting: list[Proposal]) -> None:
    head = browser(Role.HEAD)
    assert "Mulai menilai" not in text(head, "/pencocokan/")
    assert "Nilai pasangan ini" not in text(head, pair_address(waiting[0]))
    assert head.post("/pencocokan/ambil/").status_code == 403
    refused = browser(Role.OFFICER).get("/pencocokan/")
    assert refused.status_code == 403
    assert "Pekerjaan ini milik: Operator data, Kepala bidang, Kepala dinas." in refused.content.decode()


def test_a_pair_that_is_not_there() -> None:
    client = browser(SARI)
    assert client.get("/pencocokan/pasangan/99/").status_code == 404
    assert client.post("/pencocokan/pasangan/99/putusan/", {"verdict": "same"}).status_code == 404


def test_the_desk_reads_in_english(waiting: list[Proposal]) -> None:
    client = browser(SARI)
    client.cookies["django_language"] = "en"
    client.post("/pencocokan/ambil/")
    page = text(client, pair_address(waiting[0]))
    assert "Is this the same cooperative?" in page and "Two different NIK" in page
