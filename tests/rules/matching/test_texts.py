"""Two texts of words: a slip is told from another word in its place, and an address from what its numbers say."""

from __future__ import annotations

import pytest

from telusur.matching.rules.schema import Field, FieldKind, Schema
from tests.rules.matching.tables import labels_of, one_field

TEXT = one_field(FieldKind.TEXT)
ADDRESS = Schema((Field("alamat", FieldKind.TEXT, "alamat", "alamat"),))
PADDING = [{"x": text, "alamat": text} for text in (
    "Maharaja Darmawangsa IV", "Maharaja Kertanegara", "Stadion Utama Kota", "Stadion Kota Lama", "Pasar Rukun",
    "Sandal Kulit", "Sepatu Anak Besar", "Bola Sepak", "Kopi Bubuk Aroma", "Gudang Garam Selatan",
)]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "label"),
    [
        ("Stadion Zayyatira Kota", "Stadion Zayatira Kota", {"hampir sama", "sangat mirip"}),
        ("Stadion Patraloka", "Stadion Patralokak", {"hampir sama", "sangat mirip"}),
        ("Maharaja Darmawangsa II", "Maharaja Darmawangsa IX", {"mirip", "agak mirip", "sebagian besar sama"}),
        (
            "Uskup Agung Surakusuma Barat",
            "Uskup Agung Surakusuma Timur",
            {"mirip", "agak mirip", "sebagian besar sama"},
        ),
        ("Stadion Kota", "Pasar Rukun", {"lain"}),
        ("Stadion Kota", "Kota Stadion", {"kata sama, susunan lain"}),
        ("Stadion Kota", "Stadion Kota", {"sama"}),
    ],
)
def test_texts(left: str, right: str, label: set[str]) -> None:
    """A title that differs in a word of two letters is another king's, however alike all signs are."""
    for one, other in ((left, right), (right, left)):
        assert labels_of(TEXT, {"x": one}, {"x": other}, PADDING)["x"] in label


def test_an_address_with_another_number_is_alike() -> None:
    """Its numbers speak on lines of their own."""
    seen = labels_of(ADDRESS, {"alamat": "Jl. Merpati Kencana 12"}, {"alamat": "Jl. Merpati Kencana 14"}, PADDING)
    assert seen["alamat"] in {"hampir sama", "sangat mirip"}
