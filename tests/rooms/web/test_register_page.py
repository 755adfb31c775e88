"""The register's page: what each filter leaves, what the address keeps, what a file carries, what an empty page says."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from telusur.people.rules import Role
from telusur.register.models import Entry
from telusur.rounds.models import RowDisposition
from telusur.rounds.rules.codes import Code, Group
from telusur.web.pages.filters import SORTS, Filters, read_filters
from telusur.web.pages.listing import list_page
from tests.rooms.web.city import KELURAHAN, ON, account, lay

NOW = datetime(2026, 1, 2, 3, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Makassar")
PLAN = {Code.ACTIVE_WITH_MEETING: 4, Code.OTHER_OCCUPANT: 5, Code.NOT_ATTEMPTED: 3}


def read(text: str) -> Filters:
    """The filters of a query string, asked at a fixed instant."""
    return read_filters(QueryDict(text), asked_at=NOW, zone=ZONE)


@pytest.fixture
def desk(db: None) -> Client:
    """A registrar's browser."""
    client = Client()
    client.force_login(account(Role.REGISTRAR), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        pytest.param("code=320", lambda f: f.codes == (Code.OTHER_OCCUPANT,), id="one-code"),
        pytest.param("code=320,110&code=510", lambda f: len(f.codes) == 3, id="several-codes"),
        pytest.param("code=999&group=7", lambda f: not f.codes and f.group is None, id="unknown-codes-left-out"),
        pytest.param("group=3", lambda f: f.group is Group.NOT_LOCATED, id="group"),
        pytest.param("page=0&sort=rowid", lambda f: f.page == 1 and f.sort == "", id="nonsense"),
        pytest.param("round=99999999999999999999", lambda f: f.round_id is None, id="number-too-long"),
        pytest.param("on=2025-10-24", lambda f: f.on == ON, id="day"),
        pytest.param("on=24/10/2025", lambda f: f.on is None, id="day-unreadable"),
        pytest.param(
            "known_at=2025-10-24",
            lambda f: f.known_at == datetime(2025, 10, 24, 15, 59, 59, 999999, UTC),
            id="day-ends",
        ),
        pytest.param("warning=<script>", lambda f: f.warning == "", id="warning-unreadable"),
        pytest.param("q=%00a%20%20b", lambda f: f.text == "a b", id="text-cleaned"),
    ],
)
def test_filters_of_an_address(query: str, holds: Callable[[Filters], bool]) -> None:
    assert holds(read(query))


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "q": st.text(max_size=30),
            "kelurahan": st.text(max_size=20),
            "kind": st.text(max_size=20),
            "code": st.sampled_from([str(code.value) for code in Code]),
            "group": st.sampled_from(["1", "3", "9"]),
            "on": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
            "known_at": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
            "sort": st.sampled_from([*SORTS, "-name", "x"]),
            "page": st.integers(-3, 10**6).map(str),
            "edition": st.integers(0, 10**6).map(str),
        },
    )
)
def test_an_address_reads_back_as_it_was_written(pairs: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(pairs)
    filters = read_filters(query, asked_at=NOW, zone=ZONE)
    assert read(filters.address(page=filters.page)[1:]) == filters


FILTERS = [
    ("all", "", 12),
    ("code", "code=320", 5),
    ("codes", "code=320,110", 9),
    ("group", "group=1", 4),
    ("code-before-group", "group=1&code=510", 3),
    ("kelurahan", f"kelurahan={KELURAHAN[0]}", 4),
    ("kecamatan", f"kecamatan={KELURAHAN[0][:8]}", 8),
    ("kind-not-stated", "kind=-", 4),
    ("kind-and-code", "kind=Konsumen&code=320", 1),
    ("officer", "officer=petugas_rekaan", 9),
    ("nobody-went", "officer=-", 3),
    ("any-warning", "warning=any", 1),
    ("one-warning", "warning=members_zero", 1),
    ("not-a-part-of-a-code", "warning=members", 0),
    ("on-the-day", "on=2025-10-24&group=3", 5),
    ("before-the-second-visit", "on=2025-10-10&group=3", 0),
    ("attempts-too-few-then", "on=2025-10-10&code=530", 5),
]


@pytest.mark.django_db
def test_each_filter_leaves_its_rows(desk: Client, subtests: pytest.Subtests) -> None:
    lay(PLAN)
    warned = Entry.objects.order_by("id").first()
    assert warned is not None
    # Straight to the row: the table refuses UPDATE, and the city has no warnings of its own.
    fresh = Entry(
        **{field.attname: getattr(warned, field.attname) for field in Entry._meta.concrete_fields if field.name != "id"}
    )
    fresh.row_number, fresh.warnings = 900, [{"code": "members_zero", "says": "jumlah anggota 0", "values": {}}]
    # The warned row comes after those that it would be counted among.
    for case, query, count in sorted(FILTERS, key=lambda each: "warning" in each[1]):
        with subtests.test(case):
            if "warning" in query and fresh.pk is None:
                fresh.save()
            assert desk.get(reverse("register") + "?" + query).context["listing"].count == count


@pytest.mark.django_db
def test_every_code_of_the_balance_opens_as_many_rows(desk: Client) -> None:
    opened = lay(PLAN)
    for code, count in PLAN.items():
        listing = desk.get(reverse("register"), {"code": code.value, "round": opened.pk}).context["listing"]
        assert listing.count == count == len(listing.rows)
        assert {row.code for row in listing.rows} == {code}


@pytest.mark.django_db
def test_a_moment_that_no_derivation_answers_gives_the_same_as_the_stored_one() -> None:
    opened = lay(PLAN)
    stored = RowDisposition.objects.filter(code=320).count()
    filters = read(f"on={ON}&known_at=2099-01-01&code=320&round={opened.pk}")
    listing = list_page(filters)
    assert listing.basis.derivation is None and listing.basis.moment_codes is not None
    assert listing.count == stored


@pytest.mark.django_db
def test_search_forgives_spelling_and_takes_a_nik(desk: Client) -> None:
    lay(PLAN)
    for text in ("Contoh 320 Nomer 5", "9901000000005"):
        rows = desk.get(reverse("register"), {"q": text}).context["listing"].rows
        assert rows[0].nik_koperasi == "9901000000005", text


@pytest.mark.django_db
def test_pages_hold_every_row_once(desk: Client) -> None:
    lay({Code.NOT_ATTEMPTED: 120})
    seen = []
    for page in (1, 2, 3):
        listing = desk.get(reverse("register"), {"page": page}).context["listing"]
        assert listing.page_count == 3
        seen += [row.cooperative_id for row in listing.rows]
    assert len(seen) == len(set(seen)) == 120
    beyond = desk.get(reverse("register"), {"page": 77}).context["listing"]
    assert beyond.page == 3


@pytest.mark.django_db
def test_a_page_asks_few_questions(desk: Client, django_assert_max_num_queries: Callable[[int], object]) -> None:
    lay({Code.OTHER_OCCUPANT: 60})
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]
        desk.get(reverse("register"))


@pytest.mark.django_db
def test_files_carry_the_filtered_rows_and_no_formula(desk: Client) -> None:
    lay(PLAN)
    source = Entry.objects.order_by("id").first()
    assert source is not None
    evil = Entry(
        **{field.attname: getattr(source, field.attname) for field in Entry._meta.concrete_fields if field.name != "id"}
    )
    evil.row_number, evil.name = 901, '=HYPERLINK("http://contoh.invalid")'
    evil.save()
    text = b"".join(desk.get(reverse("register-download"), {"format": "csv"}).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert len(lines) == 1 + 13
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)
    reply = desk.get(reverse("register-download"), {"code": "320"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(reply.streaming_content))).active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    assert len(cells) == 1 + 5
    assert {str(line[5]) for line in cells[1:]} == {"320"}
    assert all(isinstance(line[0], str) and len(line[0]) == 13 for line in cells[1:])
    # A day is a date and no text, so that a spreadsheet sorts and filters by it.
    assert {line[7] for line in cells[1:]} == {datetime.combine(ON - timedelta(days=5), time())}


@pytest.mark.django_db
def test_the_form_keeps_what_its_boxes_cannot_show(desk: Client) -> None:
    lay(PLAN)
    text = desk.get(reverse("register"), {"code": "110,320", "kecamatan": "99.77.77"}).content.decode()
    assert '<input type="hidden" name="code" value="110,320">' in text
    assert '<option value="99.77.77" selected>' in text


@pytest.mark.django_db
def test_an_empty_register_says_what_to_do_first(desk: Client) -> None:
    page = desk.get(reverse("register")).content.decode()
    assert "Impor daftar pertama" in page and "<table" not in page


@pytest.mark.django_db
def test_nothing_found_says_what_to_try(desk: Client) -> None:
    lay(PLAN)
    page = desk.get(reverse("register"), {"q": "zzqqxx"}).content.decode()
    assert "Tidak ada yang cocok" in page and "Coba satu kata saja" in page
