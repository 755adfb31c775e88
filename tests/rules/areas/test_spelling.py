"""The keys of a name and the readings of a typed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.areas.rules.spelling import alternates_of, keys_of, tokens_of, variants_of


@pytest.mark.parametrize(
    ("left", "right", "key"),
    [
        pytest.param("Marga Elok", "marga  ELOK", "exact", id="case"),
        pytest.param("Ra'as Kidul", "Raas-Kidul", "compact", id="marks"),
        pytest.param("Désa Élok", "Desa Elok", "compact", id="accents"),
        pytest.param("Sei Jernih", "Sungai Jernih", "expanded", id="sei"),
        pytest.param("Kembang VIII", "Kembang 8", "expanded", id="roman"),
        pytest.param("Kembang IX", "Kembang Sembilan", "expanded", id="word"),
        pytest.param("Kembang XIV", "Kembang 014", "expanded", id="leading-nought"),
        pytest.param("Soekadjadi", "Sukajadi", "folded", id="van-ophuijsen"),
        pytest.param("Bhakti", "Bakti", "folded", id="bh"),
        pytest.param("Watang", "Wattang", "folded", id="doubled"),
    ],
)
def test_two_spellings_share_a_key(left: str, right: str, key: str) -> None:
    first, second = getattr(keys_of(left), key), getattr(keys_of(right), key)
    assert first == second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Kembang II", "Kembang III", id="numbers"),
        pytest.param("22 Hilir", "2 Hilir", id="doubled-digits"),
        pytest.param("Wangi Ulu", "Wangi Ilir", id="upstream-downstream"),
    ],
)
def test_neighbours_never_share_a_key(left: str, right: str) -> None:
    assert not set(keys_of(left).folded) & set(keys_of(right).folded)
    assert keys_of(left).marks != keys_of(right).marks


def test_every_reading_of_a_short_form_is_tried() -> None:
    assert keys_of("Pd. Elok").expanded == ("padangelok", "pondokelok")


@pytest.mark.parametrize(
    ("name", "wider", "forms"),
    [
        pytest.param("Gampong Elok", (), ("Elok",), id="gampong"),
        pytest.param("Elok (Timur)", (), ("Elok",), id="brackets"),
        pytest.param("Kampung", (), (), id="nothing-left"),
        pytest.param("Elok", (), (), id="nothing-to-drop"),
    ],
)
def test_shorter_forms_of_a_kelurahan(name: str, wider: tuple[str, ...], forms: tuple[str, ...]) -> None:
    assert alternates_of(name, "kelurahan", wider) == forms


def test_a_kecamatan_is_known_without_the_citys_name() -> None:
    assert alternates_of("Tirta Utara", "kecamatan", ("Tirta",)) == ("Utara",)


def test_the_whole_text_is_read_before_any_shorter_one() -> None:
    variants = variants_of("Kampung Elok, RT 4", "kelurahan")
    assert [(variant.text, variant.dropped) for variant in variants] == [
        ("Kampung Elok, RT 4", 0),
        ("Kampung Elok", 2),
        ("Elok", 2),
    ]


@given(st.text(max_size=50), st.sampled_from(["kelurahan", "kecamatan", "kabupaten_kota"]))
def test_variants_keep_letters_and_never_repeat(text: str, level: str) -> None:
    variants = variants_of(text, level, ("Tirta",))
    texts = [variant.text for variant in variants]
    assert len(texts) == len(set(texts))
    assert all(tokens_of(part) for part in texts)
    assert not variants or variants[0].text == text.strip()


@pytest.mark.parametrize(
    ("text", "level", "expected"),
    [
        pytest.param("Elok Jaya", "kelurahan", ["Elok Jaya"], id="nothing-to-leave-out"),
        pytest.param("Desa Elok", "kelurahan", ["Desa Elok", "Elok"], id="kind-before"),
        pytest.param("Gampong Elok", "kelurahan", ["Gampong Elok", "Elok"], id="generic-before"),
        pytest.param("Elok Tirta", "kelurahan", ["Elok Tirta", "Elok"], id="wider-behind"),
        pytest.param("Elok Kec Tirta", "kelurahan", ["Elok Kec Tirta", "Elok"], id="tail"),
        pytest.param("Elok KODE POS", "kelurahan", ["Elok KODE POS", "Elok"], id="postcode"),
        pytest.param("Elok Kodepos", "kelurahan", ["Elok Kodepos", "Elok"], id="postcode-joined"),
        pytest.param("DesaElok Jaya", "kelurahan", ["DesaElok Jaya", "Elok Jaya"], id="kind-glued"),
        pytest.param("Desaelok", "kelurahan", ["Desaelok"], id="no-capital-no-kind"),
        pytest.param("Tirta Elok", "kecamatan", ["Tirta Elok", "Elok"], id="wider-before"),
    ],
)
def test_a_plain_text_has_shorter_readings_only_where_a_word_may_go(text: str, level: str, expected: list[str]) -> None:
    assert [variant.text for variant in variants_of(text, level, ("Tirta",))] == expected
