"""Labels as lists of both languages write them, and what each should say."""

from __future__ import annotations

import pytest

from telusur.matching.rules.column_labels import id_rank, is_truth, label_key, read_label
from telusur.matching.rules.schema import FieldKind as K

LABELS = [
    # label, concept, kind
    ("Koperasi", "name", K.COOPERATIVE),
    ("nama_koperasi", "name", K.COOPERATIVE),
    ("Nama", "name", None),
    ("name", "name", None),
    ("title", "name", K.TEXT),
    ("Nama Lengkap", "name", K.NAME),
    ("Nama Perusahaan", "name", K.ORGANISATION),
    ("company name", "name", K.ORGANISATION),
    ("first_name", "given name", K.NAME),
    ("given name", "given name", K.NAME),
    ("surname", "surname", K.NAME),
    ("fname_c1", "given name", K.NAME),
    ("lname_c1", "surname", K.NAME),
    ("First", "given name", K.NAME),
    ("MIDDLE_INIT", "middle name", K.NAME),
    ("by", "birth year", K.CODE),
    ("bm", "birth month", K.CODE),
    ("bd", "birth day", K.CODE),
    ("dob_year", "birth year", K.CODE),
    ("Bulan Lahir", "birth month", K.CODE),
    ("year_of_birth", "birth year", K.CODE),
    ("Artist_Name", "authors", K.TEXT),
    ("company_number", "code", K.CODE),
    ("recid", "code", K.CODE),
    ("lastName", "surname", K.NAME),
    ("Nama Ibu Kandung", "mother's name", K.NAME),
    ("Jenis Koperasi", "category", K.CATEGORY),
    ("Bentuk Koperasi", "form", K.CATEGORY),
    ("Kelompok Koperasi", "group", K.CATEGORY),
    ("Status NIK", "status", K.CATEGORY),
    ("Jenis Kelamin", "gender", K.CATEGORY),
    ("Tanggal Badan Hukum Pendirian", "legal date", K.DATE),
    ("Nomor Badan Hukum Pendirian", "legal number", K.LEGAL_NUMBER),
    ("no_badan_hukum", "legal number", K.LEGAL_NUMBER),
    ("nomor_bh", "legal number", K.LEGAL_NUMBER),
    ("Tanggal RAT Terakhir", "meeting date", K.DATE),
    ("Tgl. Lahir", "birth date", K.DATE),
    ("dob", "birth date", K.DATE),
    ("date_of_birth", "birth date", K.DATE),
    ("birthDate", "birth date", K.DATE),
    ("Tempat Lahir", "birth place", K.PLACE),
    ("Tempat, Tanggal Lahir", "birth place and date", K.TEXT),
    ("Nomor Induk Koperasi (NIK)", "cooperative number", K.CODE),
    ("nik", "nik", K.CODE),
    ("No. KTP", "citizen number", K.CODE),
    ("soc_sec_id", "social security number", K.CODE),
    ("Kode Pos", "postcode", K.CODE),
    ("zip", "postcode", K.CODE),
    ("No HP", "phone", K.CODE),
    ("Telp.", "phone", K.CODE),
    ("e-mail", "email", K.CODE),
    ("street_number", "house number", K.CODE),
    ("Kelurahan / Desa", "kelurahan", K.PLACE),
    ("desa_kelurahan", "kelurahan", K.PLACE),
    ("Kec.", "kecamatan", K.PLACE),
    ("Kabupaten", "regency", K.PLACE),
    ("kab_kota", "regency", K.PLACE),
    ("city", "city", K.PLACE),
    ("Alamat", "address", K.TEXT),
    ("addr", "address", K.TEXT),
    ("address_1", "address", K.TEXT),
    ("description", "description", K.TEXT),
    ("price", "price", K.NUMBER),
    ("Jumlah Anggota Pria", "count", K.NUMBER),
    ("Total Karyawan", "count", K.NUMBER),
    ("produk", "", None),
]


@pytest.mark.parametrize(("label", "concept", "kind"), LABELS)
def test_labels_are_read(label: str, concept: str, kind: K | None) -> None:
    said = read_label(label)
    assert (said.concept, said.kind) == (concept, kind)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("dateOfBirth", "date_of_birth"),
        ("idDBLP", "id dblp"),
        ("ltable_name", "name"),
        ("Kelurahan / Desa", "kelurahan desa"),
    ],
)
def test_labels_without_care_for_case_and_signs(one: str, two: str) -> None:
    assert label_key(one) == label_key(two)


def test_ids_stand_in_order() -> None:
    ordered = ["id", "rec_id", "id_koperasi", "ref", "NPSN", "nik"]
    ranks = [id_rank(label) for label in ordered]
    assert ranks == sorted(rank for rank in ranks if rank is not None)
    assert [id_rank(label) for label in ("kode pos", "telp", "nama", "cluster_id", "nomor_bh")] == [None] * 5


@pytest.mark.parametrize("label", ["cluster", "cluster_id", "gold", "label", "is_match", "entity_id"])
def test_answers_of_test_sets_are_known(label: str) -> None:
    assert is_truth(label)


@pytest.mark.parametrize("label", ["kelompok", "group name", "nama", "match day"])
def test_other_labels_are_no_answers(label: str) -> None:
    assert not is_truth(label)
