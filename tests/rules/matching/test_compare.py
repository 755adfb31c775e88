"""Levels of agreement: one table a kind, and what agreement makes needless to count again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, FieldKind
from tests.rules.matching.tables import labels_of, numbered, one_field

PADDING = [{"x": text} for text in ("Sumber Rejeki", "Karya Bersama", "Sinar Jaya", "Mekar Sari", "Bina Usaha")]
LEVELS = [
    # kind, left, right, label
    (FieldKind.COOPERATIVE, "KSU Mekar Jaya", "Koperasi Mekar Jaya", "sama"),
    (FieldKind.COOPERATIVE, "KSU Jaya Mekar", "Koperasi Mekar Jaya", "kata sama, susunan lain"),
    (FieldKind.COOPERATIVE, "Koperasi Mekarjaya", "Koperasi Mekar Jaya", "kata sama, susunan lain"),
    (FieldKind.COOPERATIVE, "Koperasi ASRIK", "Koperasi Aneka Sarana Rakyat Indah Kencana", "singkatan"),
    (FieldKind.COOPERATIVE, "Koperasi Mellati Kencana", "Koperasi Melati Kencana", "salah ketik"),
    (FieldKind.COOPERATIVE, "Koperasi Melati Kencana", "Koperasi Melatti Kencono", "ejaan mirip"),
    (FieldKind.COOPERATIVE, "Koperasi Padmasari", "Koperasi Jasa Lontar", "lain"),
    (FieldKind.COOPERATIVE, "Koperasi Mekar", "", "-"),
    # A Merah Putih cooperative is its village's: another word is another village; a slip is a slip still.
    (FieldKind.COOPERATIVE, "KDMP Sumber Rejo", "KDMP Sumber Agung", "lain"),
    (FieldKind.COOPERATIVE, "KKMP Klandasan Ulu", "Koperasi Kelurahan Merah Putih Klandasan Ilir", "lain"),
    (FieldKind.COOPERATIVE, "KKMP Anggrek", "KKMP Anggrek Baru", "lain"),
    (FieldKind.COOPERATIVE, "KDMP Sumber Rejo", "Koperasi Desa Merah Putih Sumberejo", "salah ketik"),
    (FieldKind.COOPERATIVE, "KDMP Sumber Rejo", "Koperasi Desa Merah Putih Desa Sumber Rejo Kecamatan Contoh", "sama"),
    (FieldKind.LEGAL_NUMBER, "772/BH/DPPK.IV/IX/2006", "772/BH/DPPK IV/IX/2006", "nomor sama"),
    (FieldKind.LEGAL_NUMBER, "871/BH/DPPK.IX/IV/2013", "871/BH/KDK.44/IV/2013", "nomor urut dan tahun sama"),
    (FieldKind.LEGAL_NUMBER, "871/BH/DPPK.IX/IV/2013", "871/BH/KDK.44/IV/1999", "nomor urut sama"),
    (FieldKind.LEGAL_NUMBER, "871/BH/DPPK.IX/IV/2013", "851/BH/DPPK.IX/IV/2013", "satu angka beda"),
    (FieldKind.LEGAL_NUMBER, "871/BH/DPPK.IX/IV/2013", "12/PAD/DPPK.IX/IV/2015", "pendirian dan perubahan"),
    (FieldKind.LEGAL_NUMBER, "871/BH/DPPK.IX/IV/2013", "98/BH/KDK.44/I/1999", "nomor lain"),
    (FieldKind.DATE, "27/04/2003", "2003-04-27", "tanggal sama"),
    (FieldKind.DATE, "04/10/2003", "10/04/2003", "tanggal hampir sama"),
    (FieldKind.DATE, "27/04/2003", "27/04/2008", "tanggal hampir sama"),
    (FieldKind.DATE, "03/04/2003", "18/04/2003", "bulan dan tahun sama"),
    (FieldKind.DATE, "03/04/2003", "18/09/2003", "tahun sama"),
    (FieldKind.DATE, "03/04/2003", "18/09/2004", "selisih setahun"),
    (FieldKind.DATE, "03/04/2003", "18/09/2014", "tanggal lain"),
    (FieldKind.CODE, "9901040030180", "9901040030180", "kode sama"),
    (FieldKind.CODE, "9901040030180", "9901040030810", "satu karakter beda"),
    (FieldKind.CODE, "9901040030180", "9902010030001", "kode lain"),
    (FieldKind.PLACE, "Anggrek Ulu", "Anggrek Uluu", "ejaan tempat mirip"),
    (FieldKind.PLACE, "Puspa Sari", "Puspasari", "ejaan tempat mirip"),
    (FieldKind.PLACE, "Anggrek Ulu", "Melati", "tempat lain"),
    (FieldKind.NUMBER, "100", "101", "selisih ≤ 2 %"),
    (FieldKind.NUMBER, "100", "", "-"),
    (FieldKind.CATEGORY, "A", "b", "golongan lain"),
]


MODELS = [
    # Texts with a word of letters and digits; what they say of it.
    ("kamera LC-37D64U hitam", "LC37D64U kamera", "kode model sama"),
    ("kamera LC-37D64U hitam", "kamera LC-37D64", "kode model mirip"),
    ("kamera LC-37D64U hitam", "kamera DSC-W120", "kode model lain"),
    # Too short to begin another with.
    ("kamera A12 hitam", "kamera A123 hitam", "kode model lain"),
    ("kamera LC-37D64U hitam", "kamera hitam", "-"),
    ("kamera hitam", "kamera merah", "-"),
]


@pytest.mark.parametrize(("left", "right", "label"), MODELS)
def test_models(left: str, right: str, label: str) -> None:
    # Rows before it that have none, and one that has.
    padding = [*PADDING, {"x": "lemari ZX-900 putih"}]
    for one, other in ((left, right), (right, left)):
        assert labels_of(one_field(FieldKind.TEXT), {"x": one}, {"x": other}, padding)["x:codes"] == label


def test_a_text_begins_and_ends_with_a_model() -> None:
    columns = numbered(
        one_field(FieldKind.TEXT), [{"x": "LC-37D64U untuk DSC-W120"}, {"x": "tanpa"}], [{"x": "DSC-W120"}]
    )
    parts = columns.by_field["x"].parts
    assert parts["first_code"][0] != parts["last_code"][0] == parts["first_code"][2] == parts["last_code"][2]
    assert parts["first_code"][1] == parts["last_code"][1] == -1


@pytest.mark.parametrize(("kind", "left", "right", "label"), LEVELS)
def test_levels(kind: FieldKind, left: str, right: str, label: str) -> None:
    assert labels_of(one_field(kind), {"x": left}, {"x": right}, PADDING)["x"] == label
    assert labels_of(one_field(kind), {"x": right}, {"x": left}, PADDING)["x"] == label


def test_a_village_behind_which_something_is_told_is_a_longer_name() -> None:
    field, village, more = (
        one_field(FieldKind.COOPERATIVE),
        {"x": "KDMP Sumber Rejo"},
        {"x": "KDMP Sumber Rejo Teratai"},
    )
    assert labels_of(field, village, more, PADDING)["x"] == "kata umum sama, yang kanan lebih panjang"
    assert labels_of(field, more, village, PADDING)["x"] == "kata umum sama, yang kiri lebih panjang"


SERIES = [
    # left, right, what the line of the series says
    ("871/BH/KDK.44/IV/2013", "871/BH/KDK.44/V/2013", "seri dan pemberi sama"),
    ("871/BH/KDK.44/IV/2013", "851/BH/KDK.44/IV/2013", "seri dan pemberi sama"),
    ("871/BH/KDK.44/IV/1998", "871/BH/KDK.40/IV/1998", "seri sama, pemberi lain"),
    ("871/BH/KDK.44/IV/1998", "871/BH/KWK.18/IV/1998", "seri lain"),
    ("871/BH/KDK.44/IV/1998", "871/BH/KDK.44/IV/1999", "-"),
    ("871/BH/KDK.44/IV/2013", "871/BH/KDK.44/IV/2013", "-"),
    ("871/BH/KDK.44/IV/2013", "98/BH/KDK.44/IV/2013", "-"),
    ("871/BH/KDK.44/IV/2013", "", "-"),
]


@pytest.mark.parametrize(("left", "right", "says"), SERIES)
def test_a_number_with_one_serial_is_of_one_series_or_of_another(left: str, right: str, says: str) -> None:
    for one, other in ((left, right), (right, left)):
        assert labels_of(one_field(FieldKind.LEGAL_NUMBER), {"x": one}, {"x": other})["x:series"] == says


@given(*[st.builds(
    lambda serial, office, month, year: f"{serial}/BH/{office}/{month}/{year}",
    st.sampled_from([8, 871, 851]), st.sampled_from(["KDK.44", "KDK.40", "KWK.18", "DPPK.IX"]),
    st.sampled_from(["IV", "V"]), st.sampled_from([1998, 2013]),
)] * 2)  # fmt: skip
def test_the_series_speaks_only_where_serials_are_alike(one: str, other: str) -> None:
    seen = labels_of(one_field(FieldKind.LEGAL_NUMBER), {"x": one}, {"x": other})
    assert (seen["x:series"] == "-") == (seen["x"] not in ("nomor urut dan tahun sama", "satu angka beda"))
    assert seen == labels_of(one_field(FieldKind.LEGAL_NUMBER), {"x": other}, {"x": one})


def test_digits_and_kind_of_a_name_are_compared_apart() -> None:
    seen = labels_of(one_field(FieldKind.COOPERATIVE), {"x": "KSU Mekar 1"}, {"x": "KSP Mekar 2"}, PADDING)
    assert (seen["x"], seen["x:digits"], seen["x:kind"]) == ("sama", "angka lain", "jenis lain")


def cooperative(**values: str) -> dict[str, str]:
    return {"name": "Koperasi Mekar", "kabupaten_kota": "Kota Contoh", **values}


IMPLIED = [
    # what both rows have, the comparison that then says nothing
    ({"address": "Jl. Mawar No. 12", "kelurahan": "Anggrek"}, "kelurahan"),
    ({"address": "Jl. Mawar No. 12"}, "address:digits"),
    ({"kelurahan": "Anggrek", "kecamatan": "Contoh Utara"}, "kecamatan"),
]


@pytest.mark.parametrize(("both", "silent"), IMPLIED)
def test_what_follows_from_another_agreement_says_nothing(both: dict[str, str], silent: str) -> None:
    assert labels_of(COOPERATIVE_SCHEMA, cooperative(**both), cooperative(**both))[silent] == "-"


def test_disagreement_speaks_beside_an_agreement() -> None:
    same = {"address": "Jl. Mawar No. 12"}
    seen = labels_of(
        COOPERATIVE_SCHEMA, cooperative(**same, kelurahan="Anggrek"), cooperative(**same, kelurahan="Melati Baru")
    )
    assert seen["kelurahan"] == "tempat lain"


def test_neighbouring_numbers_of_one_day_are_two_cooperatives() -> None:
    """An office hands out consecutive numbers on one day: a digit's difference then says nothing for a match."""
    left = cooperative(legal_number="61/BH/KDK.44.6/XII/1998", legal_on="22/12/1998")
    right = cooperative(legal_number="62/BH/KDK.44.6/XII/1998", legal_on="22/12/1998")
    seen = labels_of(COOPERATIVE_SCHEMA, left, right)
    assert (seen["legal_number"], seen["legal_number:series"]) == ("-", "-")
    other_day = {**right, "legal_on": "03/11/1997"}
    assert labels_of(COOPERATIVE_SCHEMA, left, other_day)["legal_number"] == "satu angka beda"


SPEAKING = [
    # what the right row states beside the left one's name in other words and its address; how the address is compared
    ("a kelurahan", {"kelurahan": "Anggrek"}, "sama"),
    ("a kecamatan, where no kelurahan is stated", {"kecamatan": "Contoh Utara"}, "sama"),
    ("a day", {"legal_on": "12/01/2010"}, "sama"),
    ("a legal number with one serial", {"legal_number": "871/BH/KDK.44/IV/1999"}, "sama"),
    ("the name's words", {"name": "Koperasi Lontar Padma"}, "sama"),
    ("nothing", {}, "lain"),
    ("a kecamatan, where the kelurahan is another", {"kelurahan": "Teratai", "kecamatan": "Contoh Utara"}, "lain"),
    ("another day", {"legal_on": "05/07/1990"}, "lain"),
    ("no address", {"address": ""}, "-"),
]


@pytest.mark.parametrize(("right", "label"), [case[1:] for case in SPEAKING], ids=[case[0] for case in SPEAKING])
def test_an_address_is_compared_where_something_speaks_for_the_pair(right: dict[str, str], label: str) -> None:
    left = {
        "name": "Koperasi Padma Lontar", "kelurahan": "Anggrek", "kecamatan": "Contoh Utara", "legal_on": "12/01/2010",
        "legal_number": "871/BH/KDK.44/IV/2013", "address": "Jl. Merpati 4",
    }  # fmt: skip
    told = labels_of(COOPERATIVE_SCHEMA, left, {"name": "Koperasi Wirabhakti", "address": "Jl. Merpati 4"} | right, [])
    assert told["address"] == label


def test_words_are_paired_where_something_speaks_for_the_pair() -> None:
    left = {"name": "Koperasi Padmalestari", "kelurahan": "Anggrek"}
    right = {"name": "Koperasi Padmalistari Wirabhakti Kencana Loka"}
    padding = [{"name": f"Koperasi {a}{b}rwi"} for a in "bcdfg" for b in "aeiou"]
    assert labels_of(COOPERATIVE_SCHEMA, left, right, padding)["name"] == "lain"
    told = labels_of(COOPERATIVE_SCHEMA, left, right | {"kelurahan": "Anggrek"}, padding)
    assert "yang kanan lebih panjang" in told["name"]
    alone = labels_of(one_field(FieldKind.COOPERATIVE), {"x": left["name"]}, {"x": right["name"]}, [])
    assert "yang kanan lebih panjang" in alone["x"], "beside a name alone nothing could speak"
