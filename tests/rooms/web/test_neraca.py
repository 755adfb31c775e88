"""The Neraca's page: its numbers are the figure's, and each of them opens exactly as many rows."""

from __future__ import annotations

import dataclasses
import html
import io
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.test import Client

from telusur.dashboards.kept.queries import recount
from telusur.people.rules import Role
from telusur.register import actions as register
from telusur.register.models import Cooperative
from telusur.register.rules import NewFact, Voice
from telusur.rounds.models import Round
from telusur.rounds.queries import balance_figure, latest_derivation
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code, Group
from telusur.web.pages import neraca
from tests.rooms.web.city import KELURAHAN, ON, account, edition, lay

PLAN = {
    Code.ACTIVE_WITH_MEETING: 4,
    Code.ACTIVE_MEETING_OVERDUE: 2,
    Code.DORMANT_WANTS_REVIVAL: 3,
    Code.WITHHELD: 1,
    Code.OTHER_OCCUPANT: 5,
    Code.ADDRESS_UNIDENTIFIED: 2,
    Code.DISSOLVED_IN_LAW: 1,
    Code.NOT_ATTEMPTED: 3,
    Code.ATTEMPTS_TOO_FEW: 1,
}
DOOR = re.compile(r'<a href="(/register/\?[^"]*)"[^>]*>\s*(?:<text[^>]*>)?([\d.]+)<')

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client: Client) -> Client:
    client.force_login(account(Role.SECTION_HEAD), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def doors(page: str) -> list[tuple[str, int]]:
    """Every figure that opens the register: its address and the number that stands on it."""
    return [(html.unescape(address), int(number.replace(".", ""))) for address, number in DOOR.findall(page)]


def rows_behind(client: Client, address: str) -> int:
    found = re.search(r"<strong>([\d.]+) koperasi</strong>", page_of(client, address))
    return int(found[1].replace(".", "")) if found else 0


def test_the_table_holds_the_figures_numbers(head: Client) -> None:
    round_ = lay(PLAN)
    derived = latest_derivation(round_)
    assert derived is not None
    whole = balance_figure(round_, derived.on, derived.known_at, None).whole
    assert dict(whole.codes) == PLAN
    page = page_of(head, "/neraca/")
    by_code = {parse_qs(urlsplit(address).query)["code"][0]: n for address, n in doors(page) if "code=" in address}
    assert {str(code.value): count for code, count in PLAN.items()}.items() <= by_code.items()
    assert "Dari 22 koperasi tercatat, 10 ditemukan, 7 belum ditemukan, 1 di luar cakupan, dan 4 belum selesai" in page
    assert "Tak terhitung 0." in page
    assert "antara 27,3 % dan 81,8 %" in page
    assert "66,7 % dari yang usahanya berjalan" in page


@pytest.mark.parametrize("by", ["", "kelurahan", "kecamatan", "kind", "officer"])
@pytest.mark.long
def test_every_figure_opens_as_many_rows(head: Client, by: str) -> None:
    lay(PLAN)
    found = {door for door in doors(page_of(head, f"/neraca/?by={by}")) if not by or f"&{by}=" in door[0]}
    assert len(found) >= 6
    assert {(address, rows_behind(head, address)) for address, _ in found} == found


@pytest.mark.parametrize("by", ["kelurahan", "kecamatan", "kind", "officer"])
def test_each_line_and_column_adds_up(head: Client, by: str) -> None:
    lay(PLAN)
    page = page_of(head, f"/neraca/?by={by}")
    table = re.search(r'<table class="breakdown">.*?</table>', page, re.DOTALL)
    assert table
    rows = [
        [int(re.sub(r"<[^>]*>|\.", "", cell)) for cell in re.findall(r'<td class="n[^"]*">(.*?)</td>', row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)[1:]
    ]
    assert len(rows) > 1
    for recorded, *groups, unaccounted in rows:
        assert recorded == sum(groups) + unaccounted and unaccounted == 0
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]


def test_an_unaccounted_row_is_red(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(PLAN)

    def lossy(*arguments: object) -> object:
        figure = balance_figure(*arguments)  # type: ignore[arg-type]
        return dataclasses.replace(figure, whole=Tally(figure.whole.recorded + 2, figure.whole.codes))

    monkeypatch.setattr(neraca, "balance_figure", lossy)
    page = page_of(head, "/neraca/")
    assert 'class="red">Tak terhitung 2' in page
    assert "tone-lost" in page


@pytest.mark.long
def test_an_earlier_day_knows_less(head: Client) -> None:
    lay(PLAN)
    before = ON - timedelta(days=60)
    page = page_of(head, f"/neraca/?on={before.isoformat()}")
    assert "0 ditemukan, 0 belum ditemukan, 0 di luar cakupan, dan 22 belum selesai" in page
    for address, number in doors(page):
        assert rows_behind(head, address) == number


NO_MOMENT = [
    ("no day", "on=besok", "«besok» bukan tanggal"),
    ("no instant", "known_at=24%2F10", "«24/10» bukan tanggal"),
    ("future day", "on=2999-01-01", "Hari itu belum tiba"),
    ("future instant", "known_at=2999-01-01", "Waktu itu belum tiba"),
]


def test_a_moment_that_cannot_be_answered_is_said(head: Client, subtests: pytest.Subtests) -> None:
    lay(PLAN)
    for case, query, says in NO_MOMENT:
        with subtests.test(case):
            page = page_of(head, f"/neraca/?{query}")
            assert says in page
            assert "10 ditemukan" in page


def test_newer_facts_are_announced_and_the_permanent_link_stays(head: Client) -> None:
    lay(PLAN)
    page = page_of(head, "/neraca/")
    assert "fakta baru" not in page
    link = re.search(r'href="(/neraca/\?[^"]*)">tautan tetap', page)
    assert link
    untouched = Cooperative.objects.order_by("key").last()
    assert untouched is not None
    told = NewFact(untouched.pk, "hold", {"freezes": True, "why": "perkara"}, Voice.OFFICE, ON - timedelta(days=1), ())
    register.record_facts([told], by="terminal")
    assert "Sesudah itu masuk 1 fakta baru" in page_of(head, "/neraca/")
    kept = page_of(head, html.unescape(link[1]))
    assert doors(kept) == doors(page)
    fresh = page_of(head, f"/neraca/?on={ON.isoformat()}")
    assert "540 · ditahan" in fresh and "540 · ditahan" not in kept


def test_the_sheet_holds_the_same_numbers(head: Client) -> None:
    lay(PLAN)
    reply = head.get("/neraca/lembar/?by=kelurahan")
    assert reply.headers["Content-Disposition"] == f'attachment; filename="neraca-penelusuran-rekaan-{ON}.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(reply.content)).active
    assert sheet is not None
    total = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Jumlah")
    assert total[1:8] == (22, 6, 4, 7, 1, 4, 0)


def test_what_to_do_first_without_anything(client: Client) -> None:
    client.force_login(account(Role.REGISTRAR), backend="django.contrib.auth.backends.ModelBackend")
    page = page_of(client, "/neraca/")
    assert "Belum ada data" in page and 'href="/impor/"' in page
    assert client.get("/neraca/lembar/").status_code == 404


def test_what_to_do_first_without_a_round(head: Client) -> None:
    edition(3)
    page = page_of(head, "/neraca/")
    assert "Belum ada putaran penelusuran" in page and "27 Desember 2024" in page
    assert "Buka putaran" in page


def test_a_round_that_was_never_derived(head: Client) -> None:
    round_ = lay(PLAN)
    second = Round.objects.create(
        name="Kedua", edition=round_.edition, last_entry_id=round_.last_entry_id, row_count=round_.row_count,
        required_attempts=2,
        opened_by="terminal", opened_at=datetime.now(UTC), closed_by="terminal", closed_at=datetime.now(UTC),
    )  # fmt: skip
    page = page_of(head, f"/neraca/?round={second.pk}")
    assert "Neraca Kedua" in page
    assert "10 ditemukan" in page


@pytest.mark.parametrize("number", ["999", "x", "9" * 40], ids=["none", "word", "too long"])
def test_a_round_that_is_not_there(head: Client, number: str) -> None:
    lay(PLAN)
    assert head.get(f"/neraca/?round={number}").status_code == 404


def test_group_three_is_never_called_dead(head: Client) -> None:
    lay(PLAN)
    page = page_of(head, "/neraca/")
    assert page.count("bukan bubar") >= 2
    assert Group.NOT_LOCATED.value == 3


PIN = re.compile(r'<button class="pin" name="figure" value="([^"]*)">([^<]*)<')


def pins(page: str) -> dict[str, str]:
    """Every figure of a page that has become a button: what it sends, what stands on it."""
    return {html.unescape(value): number for value, number in PIN.findall(page)}


@pytest.mark.long
@pytest.mark.parametrize("by", ["kelurahan", "kecamatan", "kind"])
def test_every_cell_can_be_pinned_and_keeps_its_number(head: Client, by: str) -> None:
    lay(PLAN)
    found = pins(page_of(head, f"/neraca/?by={by}&sematkan=1"))
    cells = {value: number for value, number in found.items() if value.split("|")[1]}
    assert len(cells) >= 6 and len(found) - len(cells) >= 8, found
    some = [
        *list(cells.items())[:8],
        *[each for each in found.items() if each[0] not in cells][:: 3 if by == "kind" else 9],
    ]
    for value, number in some:
        reply = head.post("/angka/sematkan/", {"figure": value}, follow=True)
        assert reply.status_code == 200, value
        shown = reply.context["figure"]
        assert number in (str(shown.numerator), "Sematkan"), value
        assert shown.area_code == value.split("|")[1]
        assert recount(shown).is_same, value


def test_an_officers_figure_is_read_by_the_office_alone(head: Client) -> None:
    lay(PLAN)
    found = pins(page_of(head, "/neraca/?by=officer&sematkan=1"))
    button = next(value for value in found if re.match(r"active\|officer:[^|]", value))
    name = button.split("|")[1].removeprefix("officer:")
    reply = head.post("/angka/sematkan/", {"figure": button}, follow=True)
    shown, address = reply.context["figure"], reply.redirect_chain[-1][0]
    assert str(shown.numerator) == found[button] and recount(shown).is_same
    anybody = Client()
    assert anybody.get(address).headers["Location"] == f"/masuk/?next={address}"
    assert [anybody.get(f"{address}angka.{kind}").status_code for kind in ("png", "csv")] == [404, 404]
    listed = f"Petugas {name}"
    assert listed in page_of(head, "/angka/") and listed not in page_of(anybody, "/angka/")
    kept = head.get(f"{address}angka.png")
    assert kept.headers["Cache-Control"] == "private, no-store" and "Access-Control-Allow-Origin" not in kept.headers
    value = next(iter(found)).split("|", 2)[2]
    for cell in ("officer:tiada", "kelurahan:99.01.01.1001", "kind:Tidak Ada", f"kind:{'x' * 200}"):
        assert head.post("/angka/sematkan/", {"figure": f"active|{cell}|{value}"}).status_code == 404, cell
    officer = Client()
    officer.force_login(account(Role.OFFICER), backend="django.contrib.auth.backends.ModelBackend")
    assert not pins(page_of(officer, "/neraca/?sematkan=1"))


def test_a_refusal_leads_back_to_the_page_whose_button_was_pressed(head: Client) -> None:
    lay(PLAN)
    page = page_of(head, "/neraca/?by=kelurahan&sematkan=1")
    value = next(iter(pins(page))).split("|", 2)[2]
    refused = {"figure": f"code_110|{KELURAHAN[0]}|{value}"}
    for came, leads in (
        ("http://testserver/kepala/?on=2026-01-02#x", "/kepala/?on=2026-01-02"),
        ("http://elsewhere.example/x", "/neraca/"),
        ("", "/neraca/"),
    ):
        reply = head.post("/angka/sematkan/", refused, headers={"Referer": came} if came else {})
        assert reply.headers["Location"] == leads


@pytest.mark.long
@pytest.mark.parametrize("address", ["/keadaan/?", "/keadaan/rat/?", "/keadaan/?coba=institution&"])
def test_standings_under_every_definition_can_be_pinned(head: Client, address: str) -> None:
    lay(PLAN)
    found = pins(page_of(head, f"{address}sematkan=1"))
    assert len(found) >= 2, found
    for value, number in found.items():
        shown = head.post("/angka/sematkan/", {"figure": value}, follow=True).context["figure"]
        assert str(shown.numerator) == number, value
        assert recount(shown).is_same
        if "_by_" in shown.measure:
            assert shown.stamp.policy == shown.measure.rpartition("_by_")[2]
