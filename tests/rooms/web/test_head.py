"""The head's window: each figure opens its rows and is pinned with one button; map, places, papers; the check."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from telusur.areas.models import Area
from telusur.dashboards.models import PinnedFigure
from telusur.people.rules import Role
from telusur.rounds.models import Round
from telusur.rounds.rules.codes import Code
from tests.rooms.web.city import CANARIES, KELURAHAN, ON, account, lay

PLAN = {
    Code.ACTIVE_WITH_MEETING: 4,
    Code.ACTIVE_MEETING_OVERDUE: 2,
    Code.DORMANT_WANTS_REVIVAL: 3,
    Code.OTHER_OCCUPANT: 5,
    Code.NOT_ATTEMPTED: 4,
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client: Client) -> Client:
    client.force_login(account(Role.HEAD), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def shaped() -> None:
    """Outlines for the first two kelurahan, side by side."""
    for at, code in enumerate(KELURAHAN[:2]):
        ring = [[at, 0], [at + 1, 0], [at + 1, 1], [at, 1], [at, 0]]
        Area.objects.create(
            system="kemendagri",
            code=code,
            level="kelurahan",
            name=f"Rekaan {at}",
            parent=code[:8],
            source="rekaan",
            boundary='{"type":"Polygon","coordinates":[' + str(ring) + "]}",
            boundary_source="rekaan",
        )


def test_an_empty_house_says_what_comes_first(head: Client) -> None:
    page = page_of(head, "/kepala/")
    assert "Belum ada neraca" in page and "Tidak ada yang menunggu" in page
    assert "Belum ada angka yang disematkan" in page_of(head, "/angka/")


@pytest.mark.long
def test_every_figure_opens_as_many_rows_and_is_pinned_with_one_button(head: Client) -> None:
    lay(PLAN)
    page = page_of(head, "/kepala/")
    rows = re.findall(r"<tr><th scope=\"row\">(?:(?!</tr>).)*?class=\"n big\">(?:(?!</tr>).)*?</tr>", page, re.DOTALL)
    assert len(rows) >= 10
    opened = 0
    for row in rows:
        door = re.search(r'class="n big"><a href="([^"]+)">([\d.]+)</a>', row)
        if door:
            found = re.search(r"<strong>([\d.]+) koperasi</strong>", page_of(head, html.unescape(door[1])))
            assert found and found[1] == door[2]
            opened += 1
    assert opened >= 6
    buttons = [html.unescape(each) for each in re.findall(r'name="figure" value="([^"]+)"', page)]
    assert len(buttons) == len(set(buttons)) >= 12
    for button in buttons:
        reply = head.post("/angka/sematkan/", {"figure": button})
        assert reply.status_code == 302, button
        assert head.get(reply.headers["Location"]).status_code == 200
    assert PinnedFigure.objects.count() == len(buttons)
    # Those that are pinned show their link instead of the button.
    assert page_of(head, "/kepala/").count("tautan tetap<span") == len(rows)


NEVER = [
    "",
    "active",
    "active||1|2025-10-24",
    "active||x|2025-10-24|{k}",
    "no||{r}|2025-10-24|{k}",
    "active|99.99.99.9999|{r}|2025-10-24|{k}",
    "active||{r}|2999-01-01|{k}",
    "active||{r}|2025-10-24|2999-01-01T00:00:00+00:00",
    "active||{r}|2025-10-24|2025-10-24T00:00:00",
]


def test_what_no_button_says_is_refused(head: Client, subtests: pytest.Subtests) -> None:
    round_ = lay(PLAN)
    for said in NEVER:
        with subtests.test(said):
            text = said.format(r=round_.pk, k="2025-11-01T00:00:00+00:00")
            assert head.post("/angka/sematkan/", {"figure": text}).status_code == 404
            assert PinnedFigure.objects.count() == 0


def test_a_figure_is_open_to_all_and_tells_nobody(head: Client, client: Client) -> None:
    lay(PLAN)
    button = html.unescape(re.findall(r'name="figure" value="([^"]+)"', page_of(head, "/kepala/"))[0])
    address = head.post("/angka/sematkan/", {"figure": button}).headers["Location"]
    public = Client()
    page = page_of(public, address)
    assert "Salin kutipan" in page and not any(canary in page for canary in CANARIES)
    picture = public.get(f"{address}angka.png")
    assert picture["Content-Type"] == "image/png" and "immutable" in picture["Cache-Control"]
    again = public.get(f"{address}angka.png", headers={"If-None-Match": picture["ETag"]})
    assert again.status_code == 304
    assert public.get("/angka/tidakada22/").status_code == 404
    assert public.post("/angka/sematkan/", {"figure": button}).status_code == 302
    assert "sign" not in address and PinnedFigure.objects.count() == 1


def test_the_city_is_drawn_where_outlines_are_and_tiled_where_none_are(head: Client) -> None:
    lay(PLAN)
    tiled = page_of(head, "/kepala/")
    assert '<ul class="tiles"' in tiled and "city-map" not in tiled
    shaped()
    drawn = page_of(head, "/kepala/")
    assert "city-map" in drawn and '<ul class="tiles"' not in drawn
    assert drawn.count('class="area shade-') == 2
    assert "Untuk kantor saja" in page_of(head, "/kepala/?peta=titik")


def test_other_views_open(head: Client, subtests: pytest.Subtests) -> None:
    lay(PLAN)
    for query in ("?banding=active", "?banding=zzz&urut=bagian&peta=titik", "?on=2025-10-01", "?on=x&known_at=y"):
        with subtests.test(query):
            assert "Berdampingan" in page_of(head, f"/kepala/{query}") or "on=2025" in query


@pytest.mark.long
def test_papers_come_as_files(head: Client) -> None:
    round_: Round = lay(PLAN)
    page = page_of(head, "/kepala/")
    sent = dict(re.findall(r'<input type="hidden" name="(round|on|known_at)" value="([^"]+)"', page))
    sent = {name: html.unescape(value) for name, value in sent.items()}
    # Whoever named no moment is told today's letters.
    assert 'name="asked"' not in page and 'name="asked"' in page_of(head, f"/kepala/?on={ON.isoformat()}")
    assert sent["on"] == ON.isoformat() and sent["round"] == str(round_.pk)
    for kind, name in (("press", "lembar-pers"), ("monthly", "laporan-bulanan")):
        reply = head.post("/kepala/berkas/", {**sent, "paper": kind})
        assert reply["Content-Type"] == "application/pdf" and name in reply["Content-Disposition"]
    assert head.post("/kepala/berkas/", {**sent, "paper": "no"}).status_code == 404


def test_a_published_figure_is_checked_by_everyone() -> None:
    page = page_of(
        Client(), "/angka/periksa/?jumlah=tercatat+lebih+dari+600&bagian=ditemukan+225%0Atidak+ditemukan+338%0Axx"
    )
    assert "sedikitnya 38 tidak ada di kolom mana pun" in page
    assert "<q>xx</q>" in page
    assert "perlu jumlah" in page_of(Client(), "/angka/periksa/?jumlah=tercatat+600")
    escaped = page_of(Client(), "/angka/periksa/?jumlah=%3Cscript%3E+5&bagian=%3Cb%3E+5")
    assert "<script>" not in escaped.split("<main")[1]
