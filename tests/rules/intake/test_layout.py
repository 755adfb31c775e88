"""Layouts are found by their header, or made from a person's mapping; what is unclear is refused with a way out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.intake.layouts import LayoutError, load_layout, shipped_layouts
from telusur.intake.rules.layout import Layout, Match, find_layout, layout_from_mapping, match_layout
from telusur.words.refusal import Refusal
from tests.rules.intake.sample import BOARD, KERAGAAN_A, KERAGAAN_B, ODS_24, ODS_29, SNAKE, layout

OFFICE = ("id_koperasi", "nama_koperasi", "nomor_bh", "alamat", "kecamatan")


def found(header: Sequence[str], layouts: Sequence[Layout] | None = None) -> Match:
    match = find_layout(header, shipped_layouts() if layouts is None else layouts)
    assert isinstance(match, Match), match
    return match


def not_found(header: Sequence[str], layouts: Sequence[Layout] | None = None) -> Refusal:
    refusal = find_layout(header, shipped_layouts() if layouts is None else layouts)
    assert isinstance(refusal, Refusal), refusal
    return refusal


@pytest.mark.parametrize(
    ("header", "name"),
    [
        pytest.param(ODS_24, "ods-24", id="24-labels"),
        pytest.param(ODS_29, "ods-29", id="29-labels"),
        pytest.param(SNAKE, "ods-24", id="snake-case"),
        pytest.param([*ODS_24, "Pola Pengelolaan"], "ods-24", id="later-page"),
        pytest.param(KERAGAAN_A, "keragaan-a", id="keragaan-a"),
        pytest.param(KERAGAAN_B, "keragaan-b", id="keragaan-b"),
        pytest.param([label.upper() for label in ODS_24], "ods-24", id="upper-case"),
        pytest.param([f"  {label.replace(' ', '_')} :" for label in ODS_24], "ods-24", id="punctuation"),
        pytest.param(["No.", *ODS_24, "", "Catatan"], "ods-24", id="with-extra-columns"),
        pytest.param(ODS_24[::-1], "ods-24", id="any-order"),
    ],
)
def test_a_layout_is_found_by_its_header(header: Sequence[str], name: str) -> None:
    assert found(header).layout.name == name


def test_every_label_of_the_public_list_is_known() -> None:
    assert found(ODS_24).extra == ()
    assert found(ODS_24).known_count == 24
    assert found(ODS_29).known_count == 29


def test_unknown_columns_are_kept_and_listed() -> None:
    assert found(["No.", *ODS_24, "", "Catatan"]).extra == ("No.", "Catatan")


def test_columns_that_name_people_are_private() -> None:
    match = found(ODS_29)
    assert tuple(match.header[at] for at in match.private) == BOARD


@pytest.mark.parametrize(
    ("label", "private"),
    [
        pytest.param("Nama Ketua", True, id="chair-alone"),
        pytest.param("No. HP Pengurus", True, id="mobile"),
        pytest.param("telp", True, id="telephone"),
        pytest.param("E-mail", True, id="mail"),
        pytest.param("No KTP", True, id="identity-card"),
        pytest.param("nik_penduduk", True, id="citizen"),
        pytest.param("Jumlah Pengurus", False, id="a-count-of-people"),
        pytest.param("Total Pengawas", False, id="another-count"),
        pytest.param("Catatan", False, id="remark"),
    ],
)
def test_unknown_columns_about_people_are_private_too(label: str, private: bool) -> None:
    assert bool(found([*ODS_24, label]).private) is private


@pytest.mark.parametrize(
    ("header", "code", "names"),
    [
        pytest.param(OFFICE, "header_unknown", "", id="an-office-list"),
        pytest.param([], "header_unknown", "", id="nothing"),
        pytest.param(ODS_24[:-4], "header_column_missing", "Nomor Induk Koperasi (NIK)", id="cut-header"),
        pytest.param(ODS_24[1:], "header_column_missing", "Koperasi", id="no-name"),
        pytest.param([*KERAGAAN_B, "shu"], "header_column_twice", "shu", id="twice-the-same-label"),
        pytest.param([*ODS_24, "nama"], "header_column_twice", "nama", id="twice-the-same-field"),
    ],
)
def test_a_header_that_fits_nothing_is_refused_with_a_way_out(header: Sequence[str], code: str, names: str) -> None:
    refusal = not_found(header)
    assert refusal.reason.code == code
    assert names in refusal.sentence()
    assert refusal.row is None
    assert "petakan" in refusal.mend or "hapus" in refusal.mend


def test_a_mapping_makes_an_office_list_readable() -> None:
    made = layout_from_mapping(
        "daftar kantor",
        {
            "name": "nama_koperasi",
            "legal_number": "nomor_bh",
            "address": "alamat",
            "kecamatan": "kecamatan",
            "grade": "",
        },
    )
    assert isinstance(made, Layout)
    match = found(OFFICE, [*shipped_layouts(), made])
    assert match.layout.name == "daftar kantor"
    assert match.extra == ("id_koperasi",)


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        pytest.param({"address": "alamat"}, "mapping_without_name", id="no-name"),
        pytest.param({"name": " "}, "mapping_without_name", id="blank-name"),
        pytest.param({"name": "nama", "telephone": "hp"}, "mapping_field_unknown", id="no-such-field"),
        pytest.param({"name": "nama", "address": "NAMA"}, "mapping_label_twice", id="one-column-for-two"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping: dict[str, str], code: str) -> None:
    made = layout_from_mapping("x", mapping)
    assert isinstance(made, Refusal)
    assert made.reason.code == code


def test_a_persons_mapping_wins_over_a_shipped_layout_that_fits_as_well() -> None:
    made = layout_from_mapping("ours", dict(zip(("nik_koperasi", "legal_number", "name"), KERAGAAN_B, strict=False)))
    assert isinstance(made, Layout)
    assert found(KERAGAAN_B[:3], [layout("keragaan-b"), made]).layout is made


def test_two_mappings_that_fit_as_well_are_named() -> None:
    first = layout_from_mapping("satu", {"name": "nama_koperasi"})
    second = layout_from_mapping("dua", {"address": "alamat", "name": "nama_koperasi"})
    third = layout_from_mapping("tiga", {"name": "nama_koperasi", "kecamatan": "kecamatan"})
    assert isinstance(first, Layout)
    assert isinstance(second, Layout)
    assert isinstance(third, Layout)
    refusal = not_found(OFFICE, [first, second, third])
    assert refusal.reason.code == "header_fits_several"
    assert "«dua», «tiga»" in refusal.sentence()


@given(st.randoms(use_true_random=False), st.sampled_from([ODS_24, ODS_29, SNAKE, KERAGAAN_A, KERAGAAN_B]))
def test_the_order_of_columns_decides_nothing(chance: random.Random, header: Sequence[str]) -> None:
    shuffled = chance.sample(list(header), len(header))
    assert found(shuffled).layout is found(header).layout


def test_the_shipped_layouts_are_sound_and_named() -> None:
    names = [each.name for each in shipped_layouts()]
    assert names == ["keragaan-a", "keragaan-b", "ods-24", "ods-29", "office-generic"]
    assert isinstance(match_layout(ODS_24, layout("ods-24")), Match)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("name = ", "Invalid value", id="no-toml"),
        pytest.param('title = "x"', "name must be a text", id="no-name"),
        pytest.param('name = "y"', "title must be a text", id="no-title"),
        pytest.param('color = 1\nname = "x"', "unknown key 'color'", id="unknown-key"),
        pytest.param('name="y"\ntitle="t"\nsource="ods"\ndate_order="dmy"', "the file says 'x'", id="other-name"),
        pytest.param('name="x"\ntitle="t"\nsource="web"\ndate_order="dmy"', "source must be one of", id="source"),
        pytest.param('name="x"\ntitle="t"\nsource="ods"\ndate_order="ymd"', "date_order must be one of", id="order"),
        pytest.param("[[column]]\nlabels=['a']\nfield='nama'", "no field 'nama'", id="unknown-field"),
        pytest.param("[[column]]\nlabels=[]", "has no label", id="no-label"),
        pytest.param("[[column]]\nlabels=['--']", "has no letter", id="empty-label"),
        pytest.param("[[column]]\nlabels=['a']\n[[column]]\nlabels=['A ']", "stands for two columns", id="label-twice"),
        pytest.param("[[column]]\nlabels=['a']\nprivate=1", "must be true or false", id="not-a-truth"),
        pytest.param(
            "[[column]]\nlabels=['a']\nfield='name'", "no required column for the field 'name'", id="name-free"
        ),
        pytest.param("[[column]]\nlabels=['a']\nfield='name'\nprivate=true", "cannot fill a field", id="private-field"),
    ],
)
def test_a_faulty_layout_names_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    head = "" if "=" in text.split("\n")[0] else 'name="x"\ntitle="t"\nsource="ods"\ndate_order="dmy"\n'
    path = tmp_path / "x.toml"
    path.write_text(head + text, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"x\.toml") as raised:
        load_layout(path)
    assert fault in str(raised.value)
