"""Search by name, NIK koperasi and legal number: one suite for whichever database is in use."""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection

from telusur.register.models import Cooperative, SearchName
from telusur.register.searchers.choose import name_search
from telusur.words.legal_number import read_legal_number
from telusur.words.spelling import search_words
from tests.rooms.rounds.city import ON, make_edition, nik

pytestmark = pytest.mark.django_db

NAMES = (
    "Koperasi Serba Usaha Melati Bening",
    "Koperasi Karyawan Melati Bening",
    "KSP Gunung Lestari Abadi",
    "Koperasi Wanita Srikandi Telaga",
    "Koperasi Produsen Émil Rantau",
    "KUD Sumber Pangan Tirta",
    "Koperasi Konsumen Warga",
    "Koperasi Konsumen Warga Sejahtera Bersama",
    "Koperasi Jasa PT Kelana Niaga",
    "Koperasi Unit Desa",
)
Registered = Callable[..., list[uuid.UUID]]


def index_names(*named: tuple[str, str]) -> int:
    """Make names findable, as an import does."""
    return name_search().index((ident, name, search_words(name)) for ident, name in named)


@pytest.fixture
def register() -> Registered:
    """Make a cooperative a name and index it; returns the ids in order."""

    def make(*names: str) -> list[uuid.UUID]:
        made = [Cooperative.objects.create(key=f"uji:{uuid.uuid4().hex}") for _ in names]
        index_names(*((row.pk.hex, name) for row, name in zip(made, names, strict=True)))
        return [row.pk for row in made]

    return make


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ksu melati bening", NAMES[0]),
        ("kopkar melati bening", NAMES[1]),
        ("MELATI BEINNG kopkar", NAMES[1]),
        ("gunung lestri abadi", NAMES[2]),
        ("gununglestari abadi", NAMES[2]),
        ("gn lestari abadi", NAMES[2]),
        ("abadi gunung lestari", NAMES[2]),
        ("srikndi telga", NAMES[3]),
        ("wanita srikandi", NAMES[3]),
        ("emil rantau", NAMES[4]),
        ("ÉMIL RANTAW", NAMES[4]),
        ("koprasi sumbr pangan", NAMES[5]),
        ("warga", NAMES[6]),
        ("wraga", NAMES[6]),
        ("warga sejahtera", NAMES[7]),
        ("p.t. kelana", NAMES[8]),
        ("unit desa", NAMES[9]),
        ("su", NAMES[5]),
        ("sr", NAMES[3]),
        ("g", NAMES[2]),
    ],
)
def test_finds(register: Registered, text: str, name: str) -> None:
    register(*NAMES)
    hits = name_search().find(text)
    assert hits[0].name == name
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 100 for hit in hits)


@pytest.mark.parametrize(
    "text", ["", "  ", "?!", "%", "_", "'", '"', "\x00", "^$", "xqzkwv", "3201010101900001"], ids=repr
)
def test_finds_nothing(register: Registered, text: str) -> None:
    register(*NAMES)
    assert name_search().find(text) == []


@pytest.mark.parametrize(
    "text",
    ["melati%", 'melati "OR" bening', "melati' OR 1=1 --", "melati*", "NEAR(melati)", "melati\x00bening"],
    ids=repr,
)
def test_signs_of_a_query_language_are_letters_like_any(register: Registered, text: str) -> None:
    register(*NAMES)
    assert "Melati" in name_search().find(text)[0].name


def test_a_citizens_number_finds_not_even_a_name_that_holds_it(register: Registered) -> None:
    register("Koperasi 3201010101900001")
    assert name_search().find("3201010101900001") == []
    assert name_search().find("3201 0101 0190 0001") == []


def test_very_long_text_is_answered(register: Registered) -> None:
    register(*NAMES)
    assert name_search().find("melati bening " * 5000) is not None


def test_one_hit_a_cooperative_by_its_best_name(register: Registered) -> None:
    (ident,) = register("KSU Melati Bening")
    assert index_names((ident.hex, "KSU Melati Bening Jaya")) == 1
    hits = name_search().find("melati bening jaya")
    assert [(hit.cooperative_id, hit.name, hit.score) for hit in hits] == [(ident, "KSU Melati Bening Jaya", 100)]
    assert [hit.name for hit in name_search().find("melati bening")] == ["KSU Melati Bening"]


def test_the_same_words_of_a_cooperative_are_kept_once(register: Registered) -> None:
    (ident,) = register("KSU Melati")
    assert index_names((ident.hex, "Kopkar MELATI"), (str(ident), "KSU Cempaka"), (ident.hex, "ksu cempaka")) == 1
    assert index_names((ident.hex, " - ")) == 0
    assert index_names() == 0
    assert sorted(SearchName.objects.values_list("name", "words")) == [
        ("KSU Cempaka", "cempaka"),
        ("KSU Melati", "melati"),
    ]


def test_all_of_the_same_words_are_found(register: Registered) -> None:
    idents = register(*["Koperasi Melati"] * 7)
    idents += register(*["KSU Melati"] * 5)
    assert {hit.cooperative_id for hit in name_search().find("melatti")} == set(idents)
    assert len(name_search().find("melatti", limit=3)) == 3
    assert name_search().find("melati", limit=0) == []
    assert {hit.name for hit in name_search().find("ksu melati", limit=5)} == {"KSU Melati"}


def test_a_common_word_does_not_hide_the_name_that_is_it(register: Registered) -> None:
    register(*(f"Koperasi Warga {word}{number}" for word in ("Aman", "Bakti", "Citra") for number in range(300)))
    (alone,) = register("Koperasi Warga")
    for text in ("warga", "wargaa", "wraga"):
        assert name_search().find(text)[0].cooperative_id == alone


def test_a_number_comes_before_names(register: Registered) -> None:
    make_edition(3)
    register("Koperasi Angkatan 9901", "KSU Melati")
    numbered = [f"Koperasi Contoh Nomor {number}" for number in (1, 2, 3)]
    assert [hit.name for hit in name_search().find("9901")] == [*numbered, "Koperasi Angkatan 9901"]


@pytest.mark.parametrize(
    ("text", "count"),
    [(nik(2), 1), ("9901 0000 00002", 1), ("9901", 3), ("990", 0), ("9999", 0), ("99010000000021", 0)],
    ids=["whole", "blanks", "four digits", "three digits", "another city", "fourteen digits"],
)
def test_by_nik_koperasi(text: str, count: int) -> None:
    make_edition(3)
    hits = [hit for hit in name_search().find(text) if hit.score == 100]
    assert len(hits) == count
    if count == 1:
        assert hits[0].name == "Koperasi Contoh Nomor 2"


def test_nines_to_the_end_of_the_numbers() -> None:
    row = Cooperative.objects.create(key="nik:9999000000001", nik_koperasi="9999000000001")
    assert [hit.cooperative_id for hit in name_search().find("9999")] == [row.pk]


def test_by_legal_number() -> None:
    read = read_legal_number("12/BH/KDK.17/V/2001")
    assert read is not None
    edition = make_edition(1)
    entry = edition.entries.get()
    entry.pk, entry.row_number, entry.legal_key = None, 99, read.key
    entry.save()
    hits = name_search().find(" 12 / BH / KDK 17 / V / 2001 ")
    assert [(hit.cooperative_id, hit.score) for hit in hits] == [(entry.cooperative_id, 100)]
    assert name_search().find("13/BH/KDK.17/V/2001") == []


def test_a_number_shows_the_name_of_the_newest_edition() -> None:
    make_edition(1, names={1: "KSU Melati"})
    make_edition(1, mark="b", as_of_on=ON.replace(month=11), names={1: "KSU Cempaka"})
    make_edition(1, mark="c", as_of_on=ON.replace(month=12), names={1: "KSU Melati"})
    assert [hit.name for hit in name_search().find(nik(1))] == ["KSU Melati"]
    assert [hit.name for hit in name_search().find("cempaka")] == ["KSU Cempaka"]


def test_an_emptied_register_leaves_no_ghosts(register: Registered) -> None:
    register(*NAMES)
    SearchName.objects.all().delete()
    assert name_search().find("melati bening") == []
    register("KSU Cempaka Wangi")
    assert [hit.name for hit in name_search().find("cempka wangi")] == ["KSU Cempaka Wangi"]
    assert name_search().find("gunung lestari") == []


def test_the_migration_goes_back_and_forth_and_takes_in_what_is_there(register: Registered) -> None:
    register(*NAMES)
    migration = importlib.import_module("telusur.register.migrations.0003_search_index")
    connection.check_constraints()
    with connection.cursor() as cursor:
        # Django's own editor refuses to start inside a test's transaction on SQLite.
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        migration.drop(None, editor)
        migration.build(None, editor)
    assert name_search().find("srikndi telga")[0].name == NAMES[3]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 is SQLite's")
def test_the_index_holds_each_distinct_words_once(register: Registered) -> None:
    register(*NAMES, *NAMES)
    register(*NAMES)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT doc FROM register_searchname_vocabulary WHERE term IN ('^me', '^gu', 'mel') ORDER BY term"
        )
        assert cursor.fetchall() == [(1,), (1,), (1,)]
    SearchName.objects.all().delete()
    register("KSU Cempaka Wangi")
    with connection.cursor() as cursor:
        cursor.execute("SELECT doc FROM register_searchname_vocabulary WHERE term IN ('^me', '^ce')")
        assert cursor.fetchall() == [(1,)]
