"""Small tables of invented cooperatives and people, with slips, for the engines' common tests."""

from __future__ import annotations

import random
from collections.abc import Sequence

from telusur.matching.ports import Table
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, Field, FieldKind, Schema

__all__ = [
    "COOPERATIVES",
    "NAMES_ALONE",
    "NAMES_IN_PLACES",
    "NAMES_TWICE",
    "PEOPLE",
    "PEOPLE_ITSELF",
    "SCOPELESS",
    "cooperatives",
    "people",
    "table_of",
    "titles",
    "with_edges",
]

Row = dict[str, str]
COOPERATIVES = COOPERATIVE_SCHEMA
_PEOPLE = (
    Field("nama", FieldKind.NAME, "nama", "nama"),
    Field("lahir", FieldKind.DATE, "lahir", "lahir"),
    Field("kelurahan", FieldKind.PLACE, "kelurahan", "kelurahan"),
)
PEOPLE = Schema(_PEOPLE)
PEOPLE_ITSELF = Schema(_PEOPLE, one_to_one=False, itself=True)
# Cooperatives, numbers, codes and amounts without a scope, and places of which the finer is not the first.
SCOPELESS = Schema(
    (
        Field("kecamatan", FieldKind.PLACE, "kecamatan", "kecamatan"),
        Field("kelurahan", FieldKind.PLACE, "kelurahan", "kelurahan"),
        Field("nama", FieldKind.ORGANISATION, "name", "name"),
        Field("alamat", FieldKind.TEXT, "address", "address"),
        Field("nomor", FieldKind.LEGAL_NUMBER, "legal_number", "legal_number"),
        Field("modal", FieldKind.NUMBER, "capital", "capital"),
        Field("bentuk", FieldKind.CATEGORY, "form", "form"),
    )
)
NAMES_ALONE = Schema((Field("name", FieldKind.TEXT, "name", "name"),))
NAMES_TWICE = Schema(NAMES_ALONE.fields, one_to_one=False, itself=True)
NAMES_IN_PLACES = Schema(
    (
        Field("usaha", FieldKind.ORGANISATION, "usaha", "usaha"),
        Field("kelurahan", FieldKind.PLACE, "kelurahan", "kelurahan"),
    )
)
_FIRST = (
    "MAJU",
    "SINAR",
    "KARYA",
    "BINA",
    "USAHA",
    "MITRA",
    "TANI",
    "NELAYAN",
    "BAHARI",
    "RIMBA",
    "WARGA",
    "GURU",
    "MELATI",
    "PELITA",
    "BERKAH",
    "SUMBER",
)
_LAST = (
    "MANDIRI",
    "SEJAHTERA",
    "BERSAMA",
    "ABADI",
    "MAKMUR",
    "SENTOSA",
    "JAYA",
    "LESTARI",
    "UTAMA",
    "RAHAYU",
    "GEMILANG",
    "AMANAH",
    "HARAPAN",
)
_GIVEN = (
    "BUDI",
    "SITI",
    "AHMAD",
    "DEWI",
    "AGUS",
    "RINA",
    "JOKO",
    "SRI",
    "HENDRA",
    "WATI",
    "YUSUF",
    "LESTARI",
    "BAMBANG",
    "NUR",
    "EKO",
    "TINI",
    "RAHMAT",
    "INDAH",
)
_FAMILY = (
    "SANTOSO",
    "WIJAYA",
    "HARTONO",
    "LUBIS",
    "SIREGAR",
    "PRATAMA",
    "HIDAYAT",
    "SAPUTRA",
    "NASUTION",
    "SETIAWAN",
    "GINTING",
    "MANURUNG",
)
_KINDS = ("SIMPAN PINJAM ", "KONSUMEN ", "", "DESA MERAH PUTIH ")
_MONTHS = ("IV", "V", "X")
_REGENCIES = ("KOTA TERATAI", "KAB. KENANGA", "KOTA SEROJA")


def _slip(text: str, rng: random.Random) -> str:
    """One letter lost, doubled, or two swapped."""
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:] if kind == 1 else text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def cooperatives(count: int, seed: int) -> tuple[list[Row], list[Row]]:
    """Left rows, and right ones of which three in five are left ones with slips and blanks."""
    rng = random.Random(seed)
    left = []
    for at in range(count):
        regency = rng.choice(_REGENCIES)
        left.append(
            {
                "name": f"KOPERASI {rng.choice(_KINDS)}{rng.choice(_FIRST)} {rng.choice(_FIRST)} {rng.choice(_LAST)}",
                "nik_koperasi": f"{6471000000000 + at * 7919}" if rng.random() < 0.5 else "",
                "legal_number": f"{rng.randrange(1, 900)}/BH/KWK.18/{rng.choice(_MONTHS)}/{rng.randrange(1990, 2012)}",
                "legal_on": f"{rng.randrange(1, 28)}-{rng.randrange(1, 13)}-{rng.randrange(1990, 2012)}",
                "kelurahan": f"{rng.choice(_LAST)} {rng.choice(('BARU', 'ILIR', 'TENGAH'))}",
                # Nearly as many as kelurahan, so that which place is the finer is told by the whole alone.
                "kecamatan": f"{rng.choice(_LAST)} {rng.choice(('KULON', 'WETAN', 'KIDUL'))}",
                "address": f"JL. {rng.choice(_FIRST)} NO. {rng.randrange(1, 99)} RT {rng.randrange(1, 20)} "
                f"BLOK A{rng.randrange(9)}B",
                "kabupaten_kota": regency if rng.random() < 0.95 else "",
                "capital": f"{rng.randrange(1, 900) * 250_000}",
                "form": rng.choice(("PRIMER", "SEKUNDER")),
            }
        )
    right = []
    for at in range(count * 3 // 4):
        row = (
            dict(left[at]) if rng.random() < 0.8 else dict(rng.choice(left), name=f"KOPERASI {rng.choice(_LAST)} {at}")
        )
        for field in ("name", "address", "kelurahan"):
            if rng.random() < 0.3:
                row[field] = _slip(row[field], rng)
        for field in ("legal_number", "nik_koperasi", "legal_on", "kelurahan", "capital"):
            if rng.random() < 0.3:
                row[field] = ""
        right.append(row)
    return left, right


def people(count: int, seed: int, twins: int) -> list[Row]:
    """People, the last `twins` of whom are earlier ones with slips."""
    rng = random.Random(seed)
    rows = [
        {
            "nama": f"{rng.choice(_GIVEN)} {rng.choice(_GIVEN)} {rng.choice(_FAMILY)}",
            "lahir": f"{rng.randrange(1, 29):02d}/{rng.randrange(1, 13):02d}/{rng.randrange(1950, 2005)}",
            "kelurahan": f"{rng.choice(_LAST)} {rng.choice(('BARU', 'ILIR', 'TENGAH', 'HULU'))}",
        }
        for _ in range(count - twins)
    ]
    for _ in range(twins):
        row = dict(rng.choice(rows))
        if rng.random() < 0.6:
            row["nama"] = _slip(row["nama"], rng)
        elif rng.random() < 0.5:
            row["lahir"] = ""
        rows.append(row)
    return rows


def with_edges(rows: Sequence[Row]) -> list[Row]:
    """The rows, and among them blank ones, identical ones, one of signs alone, one of other letters."""
    blank = dict.fromkeys(rows[0], "")
    same = dict(rows[0])
    words = next(name for name in ("nama", "name") if name in rows[0])
    return [
        blank, same, *rows[: len(rows) // 2], same, same,
        dict(rows[1], **{words: "---"}), dict(rows[2], **{words: "Żółć Ñandú"}),
        *rows[len(rows) // 2 :], blank,
    ]  # fmt: skip


def table_of(rows: Sequence[Row], begin: str, columns: Sequence[str]) -> Table:
    """A table whose ids begin with `begin`."""
    return Table([f"{begin}{at}" for at in range(len(rows))], {name: [row[name] for row in rows] for name in columns})


def titles(count: int, seed: int) -> tuple[list[Row], list[Row]]:
    """Two lists of names, one spelt anew: single things with names of their own, and seasons that differ in a year."""
    drawn = random.Random(seed)
    left, right = [], []
    for at in range(count):
        first, last, given = drawn.choice(_FIRST), drawn.choice(_LAST), drawn.choice(_GIVEN)
        name = f"LIGA {first} {1990 + at % 25}" if at % 2 else f"{first}{given} {last} {drawn.choice(_GIVEN)}{last}"
        place = f"KELURAHAN {drawn.choice(_LAST)}"
        left.append({"name": name, "usaha": f"CV {name}", "kelurahan": place})
        spelt = f"{name} MUSIM" if at % 3 else name.replace("A", "", 1)
        if at % 5:
            right.append({"name": spelt, "usaha": spelt, "kelurahan": place if at % 7 else ""})
    return left, right
