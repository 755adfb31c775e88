"""Kinds, pairs and ids chosen from columns whose content is seen; nothing is chosen where nothing speaks for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.guess import (
    Wanted,
    guess_id,
    guess_kind,
    guess_schema,
    is_of_people,
    pair_columns,
    partner,
    repeated_share,
)
from telusur.matching.rules.schema import FieldKind as K

COOPS = [f"Koperasi Serba Usaha Tani {name}" for name in ("Makmur", "Jaya", "Abadi", "Sentosa", "Mulya")]
PEOPLE = ["Budi Santoso", "Siti Aminah", "Agus Salim", "Dewi Lestari", "Rina Wati"]
FIRMS = ["PT Sinar Jaya", "CV Karya Abadi", "PT Bumi Raya Tbk", "UD Makmur", "PT Samudra Biru"]
GOODS = [
    "Sony Turntable PSLX350H",
    "Linksys Switch EZXS88W",
    "Canon Camera SD1100",
    "Bose Speaker AM53BK",
    "LG TV 42LG30",
]
GIVEN = ["budi", "siti", "agus", "dewi", "rina", "joko", "tuti", "hadi"]
FAMILY = ["santoso", "aminah", "salim", "lestari", "wati", "siregar", "lubis"]
DAYS = ["30/03/1998", "26/02/2008", "2010-10-24", "1/12/2001", "05-06-2015"]
NUMBERS = [
    "008412/BH/M.KUKM.2/V/2018",
    "151/BH/KWK.17.6/III/98",
    "AHU-0001234.AH.01.26.TAHUN 2020",
    "12/BH/XIII/2009",
]


@pytest.mark.parametrize(
    ("labels", "values", "kind"),
    [
        (["nama"], COOPS, K.COOPERATIVE),
        (["nama"], PEOPLE, K.NAME),
        (["nama"], FIRMS, K.ORGANISATION),
        (["name"], GOODS, K.TEXT),
        (["Koperasi"], FIRMS, K.ORGANISATION),
        (["tanggal berdiri"], DAYS, K.DATE),
        (["tanggal"], ["tahun lalu", "belum", "lama sekali", "x", "y"], K.NAME),
        (["sesuatu"], DAYS, K.DATE),
        (["sesuatu"], NUMBERS, K.LEGAL_NUMBER),
        (["nomor_bh"], NUMBERS, K.LEGAL_NUMBER),
        (["nomor_bh"], ["12345", "12346", "99871", "12111", "77123"], K.CODE),
        (["dob"], ["19560409", "19080419", "19391212", "20010101", "19990909"], K.DATE),
        (["x"], ["9901010030001", "9901010050001", "9901010050003", "9901010050004", "9901010050005"], K.CODE),
        (["x"], ["12.50", "1,399.00", "7", "88.10", "1200"], K.NUMBER),
        (["x"], ["a@b.id", "c@d.com", "e@f.org", "g@h.net", "i@j.id"], K.CODE),
        (["kota"], ["3271", "3272", "6471", "6472", "1101"], K.CODE),
        (["x"], [], K.TEXT),
        (["tanggal"], ["", "-", ""], K.DATE),
    ],
)
def test_kinds(labels: list[str], values: list[str], kind: K) -> None:
    assert guess_kind(labels, values) is kind


def test_few_repeating_values_are_a_category_or_a_place() -> None:
    assert guess_kind(["x"], ["merah", "biru"] * 200) is K.CATEGORY
    assert guess_kind(["x"], [f"kampung {chr(97 + at % 26)}x" for at in range(400)]) is K.PLACE


def test_a_persons_table_has_persons_names() -> None:
    """A name with a trade's word is a person's all the same where people have birth dates."""
    values = ["Toko Santoso", "Bar Lestari", "Siti Klinik", "Agus", "Rina"]
    assert guess_kind(["nama"], values) is K.ORGANISATION
    assert guess_kind(["nama"], values, of_people=True) is K.NAME


def test_who_wrote_a_row_is_no_birth_year() -> None:
    assert guess_kind(["by"], PEOPLE) is K.NAME
    assert guess_kind(["by"], ["1967", "1988", "1990", "1967", "1955"]) is K.CODE
    assert not is_of_people(["nama", "by"])
    assert is_of_people(["nama", "by", "bm"])


def test_ids() -> None:
    assert guess_id({"nama": ["a", "b"], "id": ["1", "2"]}) == "id"
    assert guess_id({"id": ["1", "1"], "ref": ["x", "y"]}) == "ref"
    assert guess_id({"id": ["1", ""], "nama": ["a", "b"]}) == ""
    assert guess_id({"nik": ["1", "2"], "id_koperasi": ["8", "9"]}) == "id_koperasi"
    assert guess_id({"nik": ["1", "2"], "nama": ["a", "b"]}) == "nik"
    assert guess_id({"kolom 1": ["A-1", "A-2"], "nama": ["a", "b"]}) == "kolom 1"
    assert guess_id({"cluster": ["1", "2"], "nama": ["a", "b"]}) == ""


def test_columns_are_paired_by_label_then_meaning_then_values() -> None:
    goods = [f"barang {at}" for at in range(40)]
    left = {"id": ["1"] * 40, "nama_koperasi": COOPS * 8, "Alamat": ["Jl. Mawar"] * 40, "p": goods, "q": ["x"] * 40}
    right = {"nik": ["1"] * 40, "nama": COOPS * 8, "alamat": ["Jl. Mawar"] * 40, "z": goods, "jumlah": ["3"] * 40}
    assert pair_columns(left, right) == (
        Wanted("nama_koperasi", "nama"),
        Wanted("Alamat", "alamat"),
        Wanted("p", "z"),
    )


def test_a_partner_needs_a_meaning() -> None:
    left = {"nama": PEOPLE, "tanggal": DAYS}
    assert partner("nama", left, {"nama_lengkap": PEOPLE, "x": FIRMS}) == "nama_lengkap"
    assert partner("tanggal", left, {"tgl_akta": DAYS}) == ""


def test_free_choice_leaves_out_ids_answers_counts_and_constants() -> None:
    rows = 50
    table = {
        "id": [str(at) for at in range(rows)],
        "nama": [f"{PEOPLE[at % 5]} {chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(rows)],
        "dob": [f"{at % 28 + 1:02}/01/19{at % 90 + 10}" for at in range(rows)],
        "cluster": [f"orang {at // 2}" for at in range(rows)],
        "jumlah anggota": [str(at) for at in range(rows)],
        "provinsi": ["Jawa Barat"] * rows,
        "kosong": [""] * rows,
    }
    schema = guess_schema(table, None, ids=["id"])
    assert [(field.name, field.kind) for field in schema.fields] == [("nama", K.NAME), ("dob", K.DATE)]
    assert (schema.itself, schema.one_to_one) == (True, False)


def test_what_a_person_names_is_taken_as_named() -> None:
    table = {"cluster": ["1", "2"], "nama": ["a", "b"]}
    schema = guess_schema(
        table, table, wanted=[Wanted("cluster", "cluster", K.CODE), Wanted("nama", "nama")], kinds={"nama": K.TEXT}
    )
    assert [(field.left, field.kind) for field in schema.fields] == [("cluster", K.CODE), ("nama", K.TEXT)]


def test_a_name_without_the_sign_of_parts() -> None:
    table = {"rt:rw": ["1:2", "3:4"], "rt rw": ["1", "2"]}
    schema = guess_schema(table, table, wanted=[Wanted("rt:rw", "rt:rw"), Wanted("rt rw", "rt rw")])
    assert [field.name for field in schema.fields] == ["rt rw", "rt rw 2"]


def test_categories_and_own_numbers_are_left_out_where_more_is_told() -> None:
    count = 60
    table = {
        "nik": [f"99010100{at:05}" for at in range(count)],
        "nama": [f"Koperasi Tani {chr(65 + at % 26)}{at}" for at in range(count)],
        "nomor_bh": [f"{at + 1}/BH/XIII/2009" for at in range(count)],
        "alamat": [f"Jl. Mawar No. {at}" for at in range(count)],
        "jenis": ["Jasa", "Produsen"] * 30,
    }
    assert [field.name for field in guess_schema(table, None, ids=["nik"]).fields] == ["nama", "nomor_bh", "alamat"]
    assert [field.name for field in guess_schema(table, table, ids=["nik"]).fields] == [
        "nik",
        "nama",
        "nomor_bh",
        "alamat",
    ]
    short = {"nama": table["nama"], "jenis": table["jenis"]}
    assert [field.name for field in guess_schema(short, short).fields] == ["nama", "jenis"]


def test_a_shared_number_is_evidence_though_it_is_the_id() -> None:
    numbers = [f"32710100{at:05}" for at in range(30)]
    left = {"nik": numbers, "nama": COOPS * 6}
    right = {"nik_koperasi": numbers, "nama": COOPS * 6}
    schema = guess_schema(left, right, ids=["nik", "nik_koperasi"])
    assert [(field.left, field.right) for field in schema.fields] == [("nik", "nik_koperasi"), ("nama", "nama")]


def test_rows_that_repeat_are_not_matched_one_to_one() -> None:
    many = {"nama": PEOPLE * 10, "kota": [f"kota {at % 5}" for at in range(50)]}
    single = {"nama": [f"{name} {at}" for at, name in enumerate(PEOPLE * 10)], "kota": many["kota"]}
    named = [Wanted("nama", "nama"), Wanted("kota", "kota")]
    assert guess_schema(single, single, wanted=named).one_to_one
    assert not guess_schema(many, single, wanted=named).one_to_one
    assert guess_schema(many, single, wanted=named, one_to_one=True).one_to_one
    assert repeated_share([["a"] * 9, [""] * 9]) == 0.0, "one stated column does not tell rows apart"


ROWS = 120


def spread(*values: str) -> list[str]:
    return [values[at * 11 % len(values)] for at in range(ROWS)]


@pytest.mark.parametrize(
    ("columns", "kinds"),
    [
        pytest.param(
            {"fname_c1": spread(*GIVEN), "lname_c1": spread(*FAMILY), "by": spread(*map(str, range(1940, 1999))),
             "bm": spread(*map(str, range(1, 13))), "bd": spread(*map(str, range(1, 29)))},
            {"fname_c1": K.NAME, "lname_c1": K.NAME, "by": K.CODE, "bm": K.CODE, "bd": K.CODE},
            id="short-labels",
        ),
        pytest.param(
            {"a": spread(*GIVEN), "b": spread(*FAMILY), "c": spread(*map(str, range(1940, 1999)))},
            {"a": K.NAME, "b": K.NAME, "c": K.CODE},
            id="labels-that-say-nothing",
        ),
        pytest.param(
            {"full_name": [f"{GIVEN[at % 8]} {FAMILY[at % 7]}" for at in range(ROWS)],
             "first_name": [GIVEN[at % 8] for at in range(ROWS)], "surname": [FAMILY[at % 7] for at in range(ROWS)],
             "dob": [f"{at % 28 + 1} Januari 19{at % 60 + 30}" for at in range(ROWS)]},
            {"first_name": K.NAME, "surname": K.NAME, "dob": K.DATE},
            id="a-name-and-its-parts",
        ),
        pytest.param(
            {"name": [f"{GIVEN[at % 8]} ale {FAMILY[at % 7]}" for at in range(ROWS)],
             "ABV": [f"{4 + at * 13 % 60 / 10}%" for at in range(ROWS)],
             "stok": [str(at * 13 % 1000) for at in range(ROWS)]},
            {"name": K.NAME, "ABV": K.NUMBER},
            id="a-measure-and-a-stock",
        ),
    ],
)  # fmt: skip
def test_columns_of_lists_as_they_come(columns: dict[str, list[str]], kinds: dict[str, K]) -> None:
    assert {field.left: field.kind for field in guess_schema(columns, None).fields} == kinds


@pytest.mark.parametrize(
    ("left", "right", "compared"),
    [
        pytest.param("company_number", "company_number", True, id="one-office"),
        pytest.param("company_number", "own", False, id="another-numbering"),
        pytest.param("count", "count", False, id="rows-counted"),
        pytest.param("company_number", "none", False, id="nothing-shared"),
    ],
)
def test_a_number_of_both_tables(left: str, right: str, compared: bool) -> None:
    """Both tables' numbers are evidence where rows with one number have one name; rows that each table counts are not, even
    where the tables begin with the same rows."""
    numbers = {
        "company_number": [f"{at * 7919 + 100_000:08}" for at in range(ROWS)],
        "own": [f"{(ROWS - at) * 7919 + 100_000:08}" for at in range(ROWS)],
        "count": [str(at + 1) for at in range(ROWS)],
        "none": [f"{at * 7919 + 100_001:08}" for at in range(ROWS)],
    }
    names = [f"PT {GIVEN[at % 8]} {FAMILY[at // 8 % 7]} {chr(97 + at % 23)}" for at in range(ROWS)]
    tables = [{"company_number": numbers[which], "company_name": names} for which in (left, right)]
    for ids in ((), ("company_number",)):
        schema = guess_schema(tables[0], tables[1], ids=ids)
        assert [field.left for field in schema.fields] == ["company_name", *["company_number"] * compared]


def test_the_answers_of_a_test_set_are_no_number_of_both_tables() -> None:
    numbers = [f"{at * 7919 + 100_000:08}" for at in range(ROWS)]
    table = {
        "cluster id": numbers,
        "entity": numbers,
        "kode": numbers,
        "name": [f"PT Usaha {at} Raya" for at in range(ROWS)],
    }
    assert [field.left for field in guess_schema(table, table, leave_out=["kode"]).fields] == ["name"]
    assert [field.left for field in guess_schema(table, table).fields] == ["name", "kode"]


@given(
    st.dictionaries(
        st.text(max_size=12), st.lists(st.text(max_size=12), min_size=3, max_size=3), min_size=1, max_size=5
    )
)
def test_any_table_gets_a_schema_of_its_own_columns(columns: dict[str, list[str]]) -> None:
    schema = guess_schema(columns, columns)
    assert {field.left for field in schema.fields} <= set(columns)
    assert len({field.name for field in schema.fields}) == len(schema.fields)
    assert guess_id(columns) in {"", *columns}
