"""A cooperative's page: the code with its reasons, three voices, any past day, and nobody's name before it is asked for."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from telusur.journal.models import JournalLine
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.register.actions import record_facts
from telusur.register.models import Cooperative, Entry, RecordedFact
from telusur.register.queries import cooperative_record
from telusur.register.rules import Fact, NewFact, Voice
from telusur.rounds.rules.codes import CODE_LABELS, Code
from telusur.rounds.rules.disposition import RowCase, dispose
from telusur.web.pages import dossier
from telusur.web.pages.prospects import prospects
from tests.rooms.web.city import BOARD_CANARY, NOTE_CANARY, OFFICER_CANARY, ON, account, lay
from tests.rules.asked import policy

KNOWN = datetime(2099, 1, 1, tzinfo=UTC)


def browser(role: Role) -> Client:
    """A signed-in browser of a role."""
    client = Client()
    client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def only() -> uuid.UUID:
    """The id of the city's only cooperative."""
    return Cooperative.objects.get().pk


def page(role: Role = Role.REGISTRAR, **query: str) -> str:
    """The only cooperative's page."""
    reply = browser(role).get(reverse("cooperative", kwargs={"ident": only()}), query)
    assert reply.status_code == 200
    return reply.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code",
    [Code.ACTIVE_WITH_MEETING, Code.DORMANT_NO_BOARD, Code.OTHER_OCCUPANT, Code.ATTEMPTS_TOO_FEW, Code.NOT_ATTEMPTED],
    ids=lambda code: str(code.value),
)
def test_the_code_stands_with_its_words_and_reasons(code: Code) -> None:
    lay({code: 1})
    text = page()
    assert f"<b>{code.value}</b> · {CODE_LABELS[code]}" in text
    assert f"aturan {policy().version}" in text
    assert ("Belum ditemukan berarti keadaannya tidak diketahui" in text) is (code is Code.OTHER_OCCUPANT)


@pytest.mark.django_db
def test_what_is_missing_is_named() -> None:
    lay({Code.ATTEMPTS_TOO_FEW: 1})
    assert "Bukti belum cukup: 2 kunjungan pada hari berbeda (baru 1)" in page()


@pytest.mark.django_db
def test_a_past_day_shows_the_past() -> None:
    lay({Code.OTHER_OCCUPANT: 1})
    assert "<b>320</b>" in page(on="2025-10-24")
    assert "<b>530</b>" in page(on="2025-10-10")
    assert "<b>510</b>" in page(on="2025-09-01")
    assert "<b>510</b>" in page(on="2025-10-24", known_at="2025-10-01")


@pytest.mark.django_db
def test_without_a_day_the_page_agrees_with_the_list() -> None:
    lay({Code.ACTIVE_MEETING_OVERDUE: 1})
    client, address = browser(Role.REGISTRAR), reverse("cooperative", kwargs={"ident": only()})
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 20, "one cooperative's page asks little, whatever the size of the edition"
    listed = client.get(reverse("register")).context["listing"].rows[0].code
    assert f"<b>{listed.value}</b>" in page()


@pytest.mark.django_db
def test_voices_that_differ_are_marked() -> None:
    lay({Code.OTHER_OCCUPANT: 1})
    record = cooperative_record(only(), ON, KNOWN)
    assert record is not None
    rows = dossier.voices(record, record.entry)
    assert [bool(row.differs) for row in rows] == [True, True, False, False, False, False]


@pytest.mark.django_db
def test_voices_that_agree_are_not() -> None:
    lay({Code.ACTIVE_WITH_MEETING: 1})
    record = cooperative_record(only(), ON, KNOWN)
    assert record is not None
    rows = dossier.voices(record, record.entry)
    assert not any(row.differs for row in rows)
    assert rows[3].visit == "tahun buku 2024, notulen dilihat"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", [Role.REGISTRAR, Role.OFFICER, Role.SECTION_HEAD, Role.HEAD], ids=lambda role: role.value
)
def test_names_of_people_only_for_whom_and_when_asked(role: Role) -> None:
    lay({Code.NOT_ATTEMPTED: 1})
    assert BOARD_CANARY not in page(role)
    assert (BOARD_CANARY in page(role, pengurus="1")) is (role in (Role.REGISTRAR, Role.SECTION_HEAD))


@pytest.mark.django_db
def test_an_unknown_cooperative_is_not_there() -> None:
    lay({Code.NOT_ATTEMPTED: 1})
    reply = browser(Role.REGISTRAR).get(reverse("cooperative", kwargs={"ident": uuid.UUID(int=5)}))
    assert reply.status_code == 404


@pytest.mark.django_db
def test_the_timeline_is_in_order_and_has_every_visit() -> None:
    lay({Code.OTHER_OCCUPANT: 1})
    record = cooperative_record(only(), ON, KNOWN)
    assert record is not None
    events = dossier.timeline(record, record.entries, ON, KNOWN)
    days = [event.on for event in events]
    assert days == sorted(days, reverse=True)
    assert sum(event.tone == "mark" for event in events) == 2
    assert date(2009, 4, 1) in days and date(2024, 12, 27) in days
    # Where an officer stood belongs to the visit; what has no sentence of its own is still said in words.
    stood = Fact(98, "position", {"packet": "p"}, Voice.VISIT, ON, KNOWN, "o")
    taken_back = Fact(99, "withdrawal", {"why": "alamat lain"}, Voice.OFFICE, ON, KNOWN, "o")
    told = dossier.timeline(replace(record, facts=(*record.facts, stood, taken_back)), record.entries, ON, KNOWN)
    assert len(told) == len(events) + 1
    assert ("kunjungan ditarik", "alamat lain") in {(event.words, event.detail) for event in told}


def test_prospects_are_what_the_rule_itself_answers() -> None:
    case = RowCase(date(2009, 4, 1), ())
    found = {item.code: item.words for item in prospects(case, policy(), ON, KNOWN)}
    assert Code.ACTIVE_WITH_MEETING in found and Code.DISSOLVED_IN_LAW in found
    # One visit more never makes a row "not located" under two required attempts.
    assert Code.OTHER_OCCUPANT not in found


def test_prospects_leave_out_the_code_that_stands() -> None:
    value = {"finding": "dormant_without_board", "officer": "o", "informants": ["rt", "neighbour"]}
    case = RowCase(None, (Fact(1, "visit", value, Voice.VISIT, date(2025, 10, 1), KNOWN, "o"),))
    now = dispose(case, policy(), ON).code
    assert now is Code.DORMANT_NO_BOARD
    assert now not in {item.code for item in prospects(case, policy(), ON, KNOWN)}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        pytest.param("legal_on", "2008-02-26", "26 Februari 2008", id="day"),
        pytest.param("member_count", 1234, "1.234", id="count"),
        pytest.param("assets_rupiah", 1234567, "Rp 1.234.567", id="money"),
        pytest.param("report_year", 2020, "2020", id="year-not-grouped"),
        pytest.param("name", "", "—", id="not-stated"),
    ],
)
def test_values_are_said_the_indonesian_way(field: str, value: object, words: str) -> None:
    assert dossier.said(field, value) == words


@pytest.mark.django_db
def test_history_names_the_changed_field() -> None:
    lay({Code.NOT_ATTEMPTED: 1})
    entry = Entry.objects.select_related("edition").get()
    later = Entry(edition=entry.edition, normal={**entry.normal, "member_count": 25})
    (history,) = dossier.histories((entry, later))
    assert history.changes == (("total anggota", "—", "25"),)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("username", "is_blind"), [("sari", True), (OFFICER_CANARY, False)], ids=["has not been there", "was there"]
)
def test_who_may_be_the_second_officer_sees_no_finding(username: str, is_blind: bool) -> None:
    """Also before anybody was assigned: so long as one person alone has said what was found."""
    lay({Code.OTHER_OCCUPANT: 1})
    client = Client()
    officer = Account.objects.open(username=username, full_name="Rekaan", role=Role.OFFICER, password=None)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(reverse("cooperative", kwargs={"ident": only()})).content.decode()
    assert ("menunggu petugas kedua" in text) is is_blind
    told = [word for word in (CODE_LABELS[Code.OTHER_OCCUPANT], NOTE_CANARY, OFFICER_CANARY) if word in text]
    assert bool(told) is not is_blind, told


@pytest.mark.django_db
def test_two_officers_words_are_open_to_a_third() -> None:
    lay({Code.OTHER_OCCUPANT: 1})
    value = {"finding": "other_occupant", "officer": "budi", "part_of_day": "morning", "informants": ["rt"]}
    with transaction.atomic():
        record_facts(
            [NewFact(only(), "visit", value, Voice.VISIT, ON - timedelta(days=2), [{"kind": "photo"}])], by="terminal"
        )
    assert "menunggu petugas kedua" not in page(Role.OFFICER)


@pytest.mark.django_db
@pytest.mark.long
def test_the_section_head_holds_and_releases_with_a_paper() -> None:
    lay({Code.OTHER_OCCUPANT: 1})
    client, ident = browser(Role.SECTION_HEAD), only()
    at = {"on": "2025-10-24"}

    def told(name: str, sent: dict[str, str], **more: int) -> str:
        address = reverse(name, kwargs={"ident": ident, **more})
        return client.post(address, {**at, **sent}, follow=True).content.decode()

    assert "bukti penahanan" in told("cooperative-hold", {"why": "perkara 99 di pengadilan", "proof": " "})
    assert "Ditahan." in told("cooperative-hold", {"why": "perkara 99 di pengadilan", "proof": "99/Pdt/REKAAN"})
    standing = RecordedFact.objects.get(kind="hold")
    assert "<b>540</b>" in page() and "99/Pdt/REKAAN" in page()
    # Whoever may not hold reads it, and has no form.
    assert "Lepaskan penahanan ini" in page(Role.SECTION_HEAD) and "Lepaskan penahanan ini" not in page()
    assert "bukti pelepasan" in told("cooperative-release", {"why": "putusan inkrah"}, number=standing.pk)
    done = told("cooperative-release", {"why": "putusan inkrah", "proof": "99/PK/REKAAN"}, number=standing.pk)
    assert "dilepas" in done and "<b>320</b>" in page() and "99/PK/REKAAN" in page()
    deeds = JournalLine.objects.filter(deed__startswith="hold.").order_by("id").values_list("deed", "by")
    assert list(deeds) == [("hold.recorded", "section_head"), ("hold.released", "section_head")]
