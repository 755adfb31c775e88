"""A row becomes values: what is read, what is doubted aloud, and what stays as it came."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from telusur.intake.rules.cells import Cell
from telusur.intake.rules.layout import Layout, layout_from_mapping
from telusur.intake.rules.row import RowRead, compile_reader
from tests.rules.intake.sample import AS_OF, KERAGAAN_A, KERAGAAN_B, ODS_24, ODS_29, layout, read, reader, sound_row


def test_a_sound_row_is_read_whole_and_nobody_doubts_it() -> None:
    found = read()
    assert found.row == 7
    assert found.warnings == ()
    assert found.private == ()
    assert found.raw == tuple(sound_row())
    values = found.values
    assert values.name == "Koperasi Konsumen Rimba Sentosa"
    assert values.nik_koperasi == "9971010010002"
    assert values.legal_number == "012345/BH/M.KUKM.2/X/2018"
    assert values.legal_key
    assert (values.legal_on, values.amendment_on) == (date(2018, 10, 15), None)
    assert (values.annual_meeting_on, values.certificate_until_on) == (date(2021, 3, 20), date(2023, 3, 20))
    assert (values.kelurahan, values.kecamatan) == ("Contoh Hilir", "Contoh Barat")
    assert (values.kabupaten_kota, values.provinsi) == ("Kota Contoh", "Provinsi Contoh")
    assert (values.form, values.kind, values.group) == ("Primer Kabupaten/Kota", "Konsumen", "Kop. Lainnya")
    assert (values.male_member_count, values.female_member_count, values.member_count) == (12, 13, 25)
    assert (values.manager_count, values.employee_count) == (1, 2)
    assert (values.certificate_state, values.grade) == ("Sudah Bersertifikat", "A")
    assert values.assets_rupiah is None


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        pytest.param({"Koperasi": "  Kopkar \u00a0 Maju\u200b  Jaya "}, "name", "Kopkar Maju Jaya", id="padded-name"),
        pytest.param({"Alamat": " "}, "address", "", id="single-space"),
        pytest.param({"Alamat": "-"}, "address", "", id="dash"),
        pytest.param({"Kelurahan": "0"}, "kelurahan", "", id="zero-for-a-place"),
        pytest.param({"Bentuk": "PRIMER KABUPATEN/KOTA"}, "form", "Primer Kabupaten/Kota", id="official-spelling"),
        pytest.param({"Status_Grade": "c1"}, "grade", "C1", id="small-grade"),
        pytest.param({"Tanggal_RAT": "01/01/1900"}, "annual_meeting_on", None, id="sentinel"),
        pytest.param({"Tanggal_RAT": date(2021, 3, 1)}, "annual_meeting_on", date(2021, 3, 1), id="date-cell"),
        pytest.param({"Tanggal_RAT": 44256.0}, "annual_meeting_on", date(2021, 3, 1), id="serial-cell"),
        pytest.param({"Tanggal_RAT": datetime(2021, 3, 1, 9)}, "annual_meeting_on", date(2021, 3, 1), id="instant"),  # noqa: DTZ001
        pytest.param({"Total_Karyawan": "1,234"}, "employee_count", 1234, id="comma-thousand"),
        pytest.param({"Total_Karyawan": 12.0}, "employee_count", 12, id="float-cell"),
        pytest.param({"Total_Karyawan": ""}, "employee_count", None, id="blank-count"),
        pytest.param({"Nomor_Induk": 9971010010002.0}, "nik_koperasi", "9971010010002", id="nik-in-a-number-cell"),
        pytest.param({"Nomor_Induk": "'9971010010002"}, "nik_koperasi", "9971010010002", id="nik-with-quote"),
        pytest.param({"Nomor_Induk": " 9971010010002 "}, "nik_koperasi", "9971010010002", id="nik-padded"),
        pytest.param({"Nomor_Induk": "997101 001 0002"}, "nik_koperasi", "9971010010002", id="nik-spaced"),
        pytest.param({"Nomor_Badan": "-"}, "legal_key", "", id="no-legal-number"),
        pytest.param({"Koperasi": "Total Karya Mandiri"}, "name", "Total Karya Mandiri", id="a-name-like-a-total"),
    ],
)
def test_cells_are_read(changes: dict[str, Cell], field: str, value: object) -> None:
    found = read(**changes)
    assert getattr(found.values, field) == value
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"Nomor_Induk": ""}, "nik_blank", id="no-nik"),
        pytest.param({"Nomor_Induk": "-"}, "nik_blank", id="nik-dash"),
        pytest.param({"Tanggal_RAT": "31/02/2021"}, "date_impossible", id="no-such-day"),
        pytest.param({"Tanggal_RAT": "2021"}, "date_only_year", id="only-a-year"),
        pytest.param({"Tanggal_RAT": "belum"}, "date_unread", id="no-date"),
        pytest.param({"Tanggal_RAT": "20/03/2017"}, "meeting_before_deed", id="rat-before-deed"),
        pytest.param({"Tanggal_RAT": "01/01/2021"}, "meeting_on_new_year", id="rat-on-new-year"),
        pytest.param({"Tanggal_RAT": "28/12/2021"}, "meeting_in_future", id="rat-after-the-file"),
        pytest.param({"Tanggal_Berlaku": "19/03/2021"}, "certificate_before_meeting", id="certificate-before-rat"),
        pytest.param({"Tanggal_Badan": "05/06/1881", "Tanggal_RAT": ""}, "deed_too_early", id="founded-1881"),
        pytest.param({"Tanggal_Badan": "17/08/1945"}, "deed_default_year", id="founded-1945"),
        pytest.param({"Tanggal_Badan": "01/02/2022", "Tanggal_RAT": ""}, "deed_in_future", id="founded-tomorrow"),
        pytest.param({"Tanggal_Badan": "15/06/1899"}, "date_stands_for_none", id="founded-1899"),
        pytest.param({"Tanggal_Perubahan": "01/02/2010"}, "amendment_before_deed", id="amended-before-deed"),
        pytest.param({"Tanggal_Perubahan": "01/02/2022"}, "amendment_in_future", id="amended-tomorrow"),
        pytest.param({"Total_Anggota": "0"}, "members_zero", id="no-members"),
        pytest.param({"Total_Anggota": "26"}, "members_do_not_add_up", id="members-do-not-add-up"),
        pytest.param({"Total_Karyawan": "12,5"}, "count_impossible", id="half-a-person"),
        pytest.param({"Total_Karyawan": "dua"}, "number_unread", id="a-number-in-words"),
        pytest.param({"Status_Grade": "E"}, "word_unknown", id="unknown-grade"),
        pytest.param({"Bentuk": "Primer Kota"}, "word_unknown", id="unknown-form"),
        pytest.param({"Jenis": "Serba Usaha"}, "word_unknown", id="unknown-kind"),
        pytest.param({"Jenis": "x" * 70}, "text_cut", id="kind-without-end"),
        pytest.param({"Kelurahan": "9971010010"}, "kelurahan_is_code", id="kelurahan-code"),
        pytest.param({"Kelurahan": "99.71.01.1001"}, "kelurahan_is_code", id="kelurahan-code-dotted"),
        pytest.param({"Nomor_Badan": "belum ada nomornya"}, "legal_unread", id="legal-unread"),
        pytest.param({"Nomor_Badan": "12/BH/PAD/KWK.17/V/1998"}, "legal_is_amendment", id="amendment-as-founding"),
        pytest.param({"Alamat": "Jl. A, KTP 9971010101900001"}, "citizen_number_masked", id="citizen-in-the-address"),
    ],
)
def test_doubtful_values_are_accepted_with_a_warning(changes: dict[str, Cell], code: str) -> None:
    found = read(**changes)
    assert [warning.code for warning in found.warnings] == [code]
    assert "{" not in found.warnings[0].sentence()


def test_a_warning_names_its_column_and_its_value() -> None:
    sentence = read(Tanggal_RAT="31/02/2021").warnings[0].sentence()
    assert "«Tanggal RAT Terakhir»" in sentence
    assert "31/02/2021" in sentence


def test_a_doubt_belongs_to_its_column_and_not_to_the_same_text_elsewhere() -> None:
    compiled = reader()
    compiled(2, sound_row(Kelurahan="2020", Tanggal_RAT="20/03/2021"))
    found = compiled(3, sound_row(Alamat="2020", Total_Karyawan="2020"))
    assert isinstance(found, RowRead)
    assert found.warnings == ()


def test_several_doubts_stand_together() -> None:
    found = read(Nomor_Induk="", Total_Anggota="0", Status_Grade="E")
    assert {warning.code for warning in found.warnings} == {"nik_blank", "members_zero", "word_unknown"}


def test_citizens_numbers_are_masked_wherever_they_stand() -> None:
    found = read(Alamat="Jl. A, KTP 9971010101900001", Sektor="9971010101900001")
    kept = repr(found)
    assert "9971010101900001" not in kept
    assert "9971********0001" in found.values.address


def test_private_cells_stand_apart_from_the_row() -> None:
    row = [*sound_row()[:15], "Ibu Rekaan", "Pak Karangan", " ", "", "9971010101900001", *sound_row()[15:]]
    found = reader(ODS_29, "ods-29")(2, row)
    assert isinstance(found, RowRead)
    assert found.private == ("Ibu Rekaan", "Pak Karangan", " ", "", "9971********0001")
    assert found.raw[15:20] == ("", "", "", "", "")
    assert found.raw[:15] + found.raw[20:] == tuple(sound_row())
    assert "Rekaan" not in repr(found._replace(private=()))


def test_an_unknown_column_about_people_stands_apart_too() -> None:
    found = reader([*ODS_24, "No. HP Ketua"])(2, [*sound_row(), "0812000111"])
    assert isinstance(found, RowRead)
    assert (found.raw[24], found.private) == ("", ("0812000111",))


def test_cells_beyond_the_header_are_kept_and_doubted() -> None:
    found = reader()(2, [*sound_row(), "", "lebih"])
    assert isinstance(found, RowRead)
    assert found.raw[-1] == "lebih"
    assert [warning.code for warning in found.warnings] == ["row_too_wide"]


def test_blank_cells_beyond_the_header_are_nothing() -> None:
    found = reader()(2, [*sound_row(), "", " "])
    assert isinstance(found, RowRead)
    assert found.raw == tuple(sound_row())
    assert found.warnings == ()


def test_a_row_that_ends_early_but_behind_its_nik_is_read() -> None:
    found = reader()(2, sound_row()[:22])
    assert isinstance(found, RowRead)
    assert len(found.raw) == 24
    assert found.values.grade == ""


def test_keragaan_by_sex_adds_up() -> None:
    row = ["9971010010002", "Kopkar Rekaan", "-", 10, 15, 1, 2, 1, "", "1.000.000", "", "2.500.000", "-50.000", "0"]
    found = reader(KERAGAAN_A, "keragaan-a")(2, [*row, "30/12/1899", 2025.0])
    assert isinstance(found, RowRead)
    values = found.values
    assert (values.male_member_count, values.female_member_count, values.member_count) == (10, 15, 25)
    assert values.employee_count == 3
    assert values.manager_count is None
    assert (values.own_capital_rupiah, values.outside_capital_rupiah) == (1_000_000, None)
    assert (values.volume_rupiah, values.surplus_rupiah, values.assets_rupiah) == (2_500_000, -50_000, 0)
    assert (values.annual_meeting_on, values.report_year) == (None, 2025)
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("idkop", "nik", "codes"),
    [
        pytest.param("9971010010002", "9971010010002", [], id="a-nik"),
        pytest.param("4711", "", ["nik_other_id"], id="another-number"),
        pytest.param("", "", ["nik_blank"], id="nothing"),
    ],
)
def test_idkop_is_a_nik_only_when_it_has_its_shape(idkop: str, nik: str, codes: list[str]) -> None:
    row = [idkop, "-", "Kopkar Rekaan", "25", "2", "1", "1.234.567", "100.000", "5.000.000", "900.000", "-"]
    found = reader(KERAGAAN_B, "keragaan-b")(3, row)
    assert isinstance(found, RowRead)
    assert found.values.nik_koperasi == nik
    assert [warning.code for warning in found.warnings] == codes
    assert found.values.assets_rupiah == 1_234_567


def test_a_report_year_that_is_none_is_doubted() -> None:
    row = ["9971010010002", "Kopkar Rekaan", "-", *["1"] * 11, "", "20255"]
    found = reader(KERAGAAN_A, "keragaan-a")(2, row)
    assert isinstance(found, RowRead)
    assert found.values.report_year is None
    assert [warning.code for warning in found.warnings] == ["year_impossible"]


def test_a_mapped_list_without_a_nik_column_does_not_doubt_every_row() -> None:
    made = layout_from_mapping("kantor", {"name": "nama", "legal_number": "bh"})
    assert isinstance(made, Layout)
    found = compile_reader(made, ["id", "nama", "bh"], as_of_on=AS_OF)(2, ["1", "Kopkar Rekaan", ""])
    assert isinstance(found, RowRead)
    assert found.warnings == ()
    assert found.raw == ("1", "Kopkar Rekaan", "")


def test_a_header_that_the_layout_does_not_know_cannot_be_compiled() -> None:
    with pytest.raises(ValueError, match="kolom wajib"):
        compile_reader(layout("ods-29"), ODS_24, as_of_on=AS_OF)
