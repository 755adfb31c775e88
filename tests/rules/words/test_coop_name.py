"""Cooperatives' names: kind words in front, the proper name behind, and the key that spellings share."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.words.coop_name import CoopName, read_coop_key, read_coop_name
from tests.examples import examples

KINDS = [
    ("Koperasi Serba Usaha Rimbun Laut", "KSU", "Rimbun Laut"),
    ("KSU RIMBUN LAUT", "KSU", "RIMBUN LAUT"),
    ("Ksu. Rimbun Laut", "KSU", "Rimbun Laut"),
    ("K.S.U. RIMBUN LAUT", "KSU", "RIMBUN LAUT"),
    ("Koperasi K. S. U Rimbun Laut", "KSU", "Rimbun Laut"),
    ("k u d Rimbun Laut", "KUD", "Rimbun Laut"),
    ("Koperasi Jasa Keuangan Syariah B.M.T. Rimbun", "KJKS BMT", "Rimbun"),
    ("KP-RI Guru Rimbun", "KPRI", "Guru Rimbun"),
    ("K.S. Rimbun Laut", "", "K.S. Rimbun Laut"),
    ("Koperasi K P H Rimbun", "", "K P H Rimbun"),
    ("Koperasi Serba Usaha Syariah Rimbun", "KSUS", "Rimbun"),
    ("KSUS Rimbun", "KSUS", "Rimbun"),
    ("Koperasi Simpan Pinjam Rimbun", "KSP", "Rimbun"),
    ("Koperasi KSP Rimbun", "KSP", "Rimbun"),
    ("Kopjam Rimbun", "KSP", "Rimbun"),
    ("Koperasi Simpan Pinjam dan Pembiayaan Syariah Rimbun", "KSPPS", "Rimbun"),
    ("Koperasi Simpan Pinjam & Pembiayaan Syariah Rimbun", "KSPPS", "Rimbun"),
    ("KSPPS BMT Rimbun", "KSPPS BMT", "Rimbun"),
    ("Koperasi Jasa Keuangan Syariah Rimbun", "KJKS", "Rimbun"),
    ("KBMT Rimbun", "BMT", "Rimbun"),
    ("Koperasi Syariah Baitul Maal wat Tamwil Rimbun", "SYARIAH BMT", "Rimbun"),
    ("Baitul Maal Wa Tamwil Rimbun", "BMT", "Rimbun"),
    ("Koperasi Unit Desa Rimbun", "KUD", "Rimbun"),
    ("KUD Rimbun", "KUD", "Rimbun"),
    ("Koperasi Pegawai Negeri Rimbun", "KPRI", "Rimbun"),
    ("Koperasi Pegawai Republik Indonesia Rimbun", "KPRI", "Rimbun"),
    ("Koperasi Pegawai Negeri Republik Indonesia (KPRI) Rimbun", "KPRI", "(KPRI) Rimbun"),
    ("KPN Rimbun", "KPRI", "Rimbun"),
    ("KPRI SMP Negeri 99 Rimbun", "KPRI", "SMP Negeri 99 Rimbun"),
    ("Koperasi Pegawai PT Rimbun KOPEGRIM LAUT", "KOPEG", "PT Rimbun KOPEGRIM LAUT"),
    ("Koperasi Karyawan PT. Rimbun Sekali", "KOPKAR", "PT. Rimbun Sekali"),
    ("Kopkar Rimbun", "KOPKAR", "Rimbun"),
    ("Koperasi Konsumen Karyawan PT Rimbun", "KONSUMEN KOPKAR", "PT Rimbun"),
    ("Koperasi Guru dan Karyawan Rimbun", "KGK", "Rimbun"),
    ("Koperasi Wanita Rimbun", "KOPWAN", "Rimbun"),
    ("Kopwan Rimbun", "KOPWAN", "Rimbun"),
    ("KWPS Rimbun", "KOPWAN PEMASARAN SYARIAH", "Rimbun"),
    ("Koperasi Pondok Pesantren Ar-Rimbun", "KOPPONTREN", "Ar-Rimbun"),
    ("KOPONTREN AR RIMBUN", "KOPPONTREN", "AR RIMBUN"),
    ("Koperasi Konsumen Pondok Pesantren Ar-Rimbun", "KONSUMEN KOPPONTREN", "Ar-Rimbun"),
    ("Koperasi Produsen Nelayan Rimbun", "PRODUSEN KOPNEL", "Rimbun"),
    ("Koperasi Jasa Rimbun", "JASA", "Rimbun"),
    ("Koperasi Jasa Tenaga Kerja Bongkar Muat Rimbun", "JASA TKBM", "Rimbun"),
    ("Koperasi TKBM Rimbun", "TKBM", "Rimbun"),
    ("Koperasi Pemasaran Rimbun", "PEMASARAN", "Rimbun"),
    ("Primer Koperasi Kartika Rimbun", "PRIMKOP", "Kartika Rimbun"),
    ("Primkopti Kota Rimbun", "PRIMKOPTI", "Kota Rimbun"),
    ("PRIMKOPAD Kodim 9999", "PRIMKOPAD", "Kodim 9999"),
    ("Primer Koperasi Angkatan Darat Kodim 9999", "PRIMKOPAD", "Kodim 9999"),
    ("Primkopal Rimbun", "PRIMKOPAL", "Rimbun"),
    ("Primkopau Rimbun", "PRIMKOPAU", "Rimbun"),
    ("Primer Koperasi Kepolisian Resor Rimbun", "PRIMKOPPOL", "Resor Rimbun"),
    ("PRIMKOPPOL RESOR RIMBUN", "PRIMKOPPOL", "RESOR RIMBUN"),
    ("Primkoveri Rimbun", "PRIMKOVERI", "Rimbun"),
    ("Kopinkra Rimbun", "KOPINKRA", "Rimbun"),
    ("Koperasi Industri Kerajinan Rakyat Rimbun", "KOPINKRA", "Rimbun"),
    ("Koperasi Kredit Rimbun", "KOPDIT", "Rimbun"),
    ("CU Rimbun", "KOPDIT", "Rimbun"),
    ("Koperasi Simpan Pinjam Credit Union Rimbun", "KSP KOPDIT", "Rimbun"),
    ("Pusat Koperasi Pegawai Negeri Rimbun", "PUSKOP KPRI", "Rimbun"),
    ("PKPRI Rimbun", "PUSKOP KPRI", "Rimbun"),
    ("Pusat Koperasi Karyawan Rimbun", "PUSKOP KOPKAR", "Rimbun"),
    ("Induk Koperasi Wanita Rimbun", "INKOP KOPWAN", "Rimbun"),
    ("Gabungan Koperasi Rimbun", "GABKOP", "Rimbun"),
    ("Koperasi Desa Merah Putih Rimbun", "KDMP", "Rimbun"),
    ("Koperasi Kelurahan Merah Putih Rimbun", "KKMP", "Rimbun"),
    ("KKMP Rimbun", "KKMP", "Rimbun"),
    ("Koperasi Desa/Kelurahan Merah Putih Rimbun", "KDKMP", "Rimbun"),
    ("Koperasi Petani Tebu Rakyat Rimbun", "KPTR", "Rimbun"),
    ("Koperasi Tani Rimbun", "KOPTAN", "Rimbun"),
    ("Koperasi Pedagang Pasar Rimbun", "KOPPAS", "Rimbun"),
    ("Kopeasi Rimbun", "", "Rimbun"),
    ("Rimbun Laut Jaya", "", "Rimbun Laut Jaya"),
]


@pytest.mark.parametrize(("text", "kinds", "proper"), KINDS, ids=[row[0] for row in KINDS])
def test_kind_words_part_from_the_proper_name(text: str, kinds: str, proper: str) -> None:
    name = read_coop_name(text)
    assert (" ".join(name.kinds), name.proper, name.text) == (kinds, proper, text)


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        pytest.param('Koperasi Wanita "Rimbun"', '"Rimbun"', id="quotes-stay"),
        pytest.param('Koperasi "Wanita Rimbun"', '"Wanita Rimbun"', id="quoted-kind-is-a-name"),
        pytest.param("Koperasi Serba Usaha Wanita Tani", "Wanita Tani", id="second-kind-word-is-a-name"),
        pytest.param("Koperasi Karya Wanita", "Karya Wanita", id="kind-word-behind"),
        pytest.param("Koperasi Karyawan Jasa Laut", "Jasa Laut", id="jasa-behind-karyawan"),
        pytest.param("Wanita Rimbun", "Wanita Rimbun", id="no-koperasi-no-kind"),
        pytest.param("Koperasi Rimbun KSP", "Rimbun KSP", id="trailing-acronym"),
        pytest.param("Koperasi Merah Putih", "Merah Putih", id="merah-putih-without-desa"),
        pytest.param("Koperasi Wanitatama", "Wanitatama", id="part-of-a-word"),
        pytest.param("  KSP - Rimbun ", "Rimbun", id="hyphen-between"),
        pytest.param("Koperasi Serba Usaha", "", id="kind-alone"),
        pytest.param("", "", id="blank"),
        pytest.param("-", "-", id="dash"),
    ],
)
def test_what_stays_in_the_proper_name(text: str, proper: str) -> None:
    assert read_coop_name(text).proper == proper


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param('Koperasi Wanita "Rimbun Laut".', "rimbun laut", id="quotes-and-dot"),
        pytest.param("KSU AL-HIJAU 2", "al hijau 2", id="hyphen-is-a-blank"),
        pytest.param("KSU Ma'wa Jum’at", "mawa jumat", id="apostrophe-is-nothing"),
        pytest.param("KSP Rëmbun  Läut", "rembun laut", id="accents-and-blanks"),
        pytest.param("Koperasi Karyawan PT. Rimbun (Persero) Tbk", "pt rimbun persero tbk", id="pt"),
        pytest.param("Koperasi Serba Usaha", "", id="none"),
    ],
)
def test_the_key_is_words_only(text: str, key: str) -> None:
    assert read_coop_name(text).key == key


LEADS = [
    "Koperasi",
    "Koperasi Serba Usaha",
    "KSP",
    "Kopkar",
    "Koperasi Konsumen",
    "Primer Koperasi",
    "Pusat Koperasi",
    "",
]
WORDS = ["Rimbun", "Laut", "PT", "Al-Hijau", "Wanita", "Syariah", "KSP", "Jasa", "Résik", "II", "'Aisyiah", "99"]
NAMES = st.builds(
    lambda lead, words: " ".join([lead, *words]).strip(),
    st.sampled_from(LEADS),
    st.lists(st.sampled_from(WORDS), max_size=5),
)
ANY = st.one_of(NAMES, st.text(max_size=40))


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@settings(max_examples=examples(200))
@given(ANY)
def test_nothing_is_lost_and_nothing_added(text: str) -> None:
    name = read_coop_name(text)
    assert name.lead + name.proper == name.text == text.strip()
    assert tokens(name.lead) + tokens(name.proper) == tokens(text)
    assert len(set(name.kinds)) == len(name.kinds)
    assert name.kinds or not tokens(name.lead) or re.match(r"\W*[kK]", name.lead)


@settings(max_examples=examples(150))
@given(ANY)
def test_reading_its_own_text_again_is_stable(text: str) -> None:
    name = read_coop_name(text)
    assert read_coop_name(name.text) == name


@settings(max_examples=examples(200))
@given(
    NAMES,
    st.sampled_from([str.upper, str.lower, str.title]),
    st.integers(1, 3),
    st.sampled_from(["", ".", " ..", "..."]),
)
def test_the_key_does_not_see_case_blanks_and_trailing_dots(text: str, case: object, blanks: int, dots: str) -> None:
    assert callable(case)
    varied: str = case(text).replace(" ", " " * blanks) + dots
    one, other = read_coop_name(text), read_coop_name(varied)
    assert (one.kinds, one.key) == (other.kinds, other.key)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("KSU Maju Jaya", "maju jaya", id="plain"),
        pytest.param('KSU "Maju" (Jaya)', "maju jaya", id="quotes-and-brackets-part-words"),
        pytest.param('Koperasi "Karyawan" Jaya', "karyawan jaya", id="a-quoted-kind-is-a-name"),
        pytest.param("Koperasi Jasa Ma'arif", "maarif", id="an-apostrophe-parts-nothing"),
        pytest.param("Koperasi_Karyawan/Laut-Biru", "laut biru", id="separators"),
        pytest.param("Koperasi Résik", "resik", id="an-accent"),
        pytest.param("Koperasi Konsumen", "", id="kind-words-only"),
        pytest.param("Koperasi\x1fKaryawan Laut", "laut", id="a-strange-blank"),
        pytest.param("Koperasi Primer", "", id="ends-amid-a-phrase"),
    ],
)
def test_the_short_way_to_a_key(text: str, key: str) -> None:
    assert read_coop_key(text) == read_coop_name(text).key == key


@settings(max_examples=examples(400))
@given(st.one_of(ANY, st.text(st.sampled_from("koperasi KSU jaya'\"().,/-_&+\t\x1f\u00a0é"), max_size=40)))
def test_the_short_way_to_a_key_is_the_long_one(text: str) -> None:
    assert read_coop_key(text) == read_coop_name(text).key


@settings(max_examples=examples(150))
@given(ANY)
def test_the_key_is_its_own_key(text: str) -> None:
    key = read_coop_name(text).key
    assert CoopName(key, (), key).key == key
