"""The set of the balance: what of the counts by area may leave. It always adds up: R = the six findings, in every line.

Pure. In: for every kelurahan, how many rows of the round hold each code after what the public may know (`published_code`).
Out: one line an area (kelurahan, kecamatan, whole), small cells suppressed (`suppression`). A row that nobody looked for on
enough days counts as being traced, with its cooperative's own row: no difference between the two sets names anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from telusur.opendata.rules.columns import Column, ColumnKind, Value
from telusur.opendata.rules.suppression import WHOLE, Leaf, publishable
from telusur.rounds.rules.codes import CODE_LABELS, Code, Group
from telusur.rounds.rules.public import PublicFinding

__all__ = ["COLUMNS", "DETAILED", "NOWHERE", "Area", "areas_for", "balance_rows", "row_for"]

# Stands for the kelurahan of rows whose list names none.
NOWHERE = "tanpa"

# The findings whose codes are published, and which codes those are; the others are one thing each to the public.
DETAILED: Mapping[PublicFinding, tuple[Code, ...]] = {
    finding: tuple(code for code in Code if code.group is group)
    for finding, group in (
        (PublicFinding.ACTIVE, Group.LOCATED_ACTIVE),
        (PublicFinding.FOUND, Group.LOCATED_OTHER),
        (PublicFinding.NOT_FOUND, Group.NOT_LOCATED),
        (PublicFinding.OUT_OF_SCOPE, Group.OUT_OF_SCOPE),
    )
}
_FINDINGS: tuple[tuple[PublicFinding, str, str], ...] = (
    (PublicFinding.ACTIVE, "ditemukan_aktif", "Ditemukan; usahanya berjalan."),
    (PublicFinding.FOUND, "ditemukan_lain", "Ditemukan; kegiatan usahanya belum terbukti."),
    (
        PublicFinding.NOT_FOUND,
        "belum_ditemukan",
        "Belum ditemukan setelah dicari pada cukup banyak hari; keadaannya tidak diketahui. "
        "Yang baru dicari sekali dihitung sebagai sedang ditelusuri.",
    ),
    (PublicFinding.OUT_OF_SCOPE, "di_luar_cakupan", "Di luar cakupan penelusuran."),
    (
        PublicFinding.BEING_TRACED,
        "sedang_ditelusuri",
        "Sedang ditelusuri; termasuk yang belum dicari pada cukup banyak hari.",
    ),
    (PublicFinding.NOT_VISITED, "belum_dikunjungi", "Belum dikunjungi."),
)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


_SMALL = "Kosong: ditahan, agar tidak menunjuk satu koperasi."

COLUMNS: tuple[Column, ...] = (
    Column(
        "kode_wilayah",
        "Kode wilayah",
        "Kode Kemendagri; «semua» untuk seluruh daftar, «tanpa» bila daftar tidak menyebut wilayah.",
        is_required=True,
    ),
    Column(
        "tingkat",
        "Tingkat",
        "Baris «semua» dan «kecamatan» adalah jumlah dari baris «kelurahan»: jangan dijumlahkan bersama.",
        is_required=True,
        choices=("semua", "kecamatan", "kelurahan"),
    ),
    Column("wilayah", "Wilayah", "Nama wilayah.", is_required=True),
    Column("kode_kecamatan", "Kode kecamatan", "Kecamatan yang memuat baris kelurahan ini."),
    Column(
        "tercatat",
        "Tercatat",
        "Koperasi di daftar yang dibekukan putaran ini; sama dengan jumlah keenam temuan.",
        ColumnKind.INTEGER,
        is_required=True,
    ),
    *(
        Column(name, name.replace("_", " ").capitalize(), says, ColumnKind.INTEGER, is_required=True)
        for _, name, says in _FINDINGS
    ),
    *(
        Column(
            f"kode_{int(code)}",
            f"Kode {int(code)}",
            f"{_sentence(CODE_LABELS[code])} {_SMALL}",
            ColumnKind.INTEGER,
        )
        for codes in DETAILED.values()
        for code in codes
    ),
    Column(
        "sel_ditahan", "Sel ditahan", "Berapa sel kode di baris ini yang ditahan.", ColumnKind.INTEGER, is_required=True
    ),
)

Counts = Mapping[tuple[PublicFinding, Code | None], int]


class Area(NamedTuple):
    """A line's place. level: semua | kecamatan | kelurahan; kecamatan_code: of a kelurahan, else ""."""

    code: str
    level: str
    name: str
    kecamatan_code: str = ""


def areas_for(pairs: Iterable[tuple[str, str]], names: Mapping[str, str]) -> list[Area]:
    """Every line that there must be: the whole, the kecamatan, the kelurahan. pairs: (kelurahan, its kecamatan or "")."""
    leaves = sorted(pairs)
    return [
        Area("semua", "semua", "Seluruh daftar"),
        *(Area(code, "kecamatan", names.get(code, code)) for code in sorted({above for _, above in leaves if above})),
        *(
            Area(
                code,
                "kelurahan",
                "(tidak disebut di daftar)" if code.endswith(NOWHERE) else names.get(code, code),
                above,
            )
            for code, above in leaves
        ),
    ]


def row_for(area: Area, findings: Mapping[PublicFinding, int], codes: Sequence[int | None]) -> tuple[Value, ...]:
    """One line, in the order of COLUMNS. codes: those of DETAILED in its order, None where suppressed."""
    counts = [findings.get(finding, 0) for finding, _, _ in _FINDINGS]
    hidden = sum(code is None for code in codes)
    return (area.code, area.level, area.name, area.kecamatan_code or None, sum(counts), *counts, *codes, hidden)


def balance_rows(areas: Sequence[Area], counted: Mapping[str, Counts]) -> list[tuple[Value, ...]]:
    """Every line, by code of area. areas: each of the three levels, the whole as `semua`; counted: by kelurahan's code."""
    leaves = [area for area in areas if area.level == "kelurahan"]
    blocks = {
        finding: publishable(
            [
                Leaf(
                    area.code,
                    area.kecamatan_code,
                    tuple(counted.get(area.code, {}).get((finding, code), 0) for code in codes),
                )
                for area in leaves
            ]
        )
        for finding, codes in DETAILED.items()
    }
    sums: dict[str, dict[PublicFinding, int]] = {}
    for leaf in leaves:
        for (finding, _), count in counted.get(leaf.code, {}).items():
            for code in {leaf.code, leaf.kecamatan_code, WHOLE}:
                line = sums.setdefault(code, {})
                line[finding] = line.get(finding, 0) + count
    rows = []
    for area in areas:
        key = WHOLE if area.level == "semua" else area.code
        codes = [cell for block in blocks.values() for cell in block.get(key, ())]
        rows.append(row_for(area, sums.get(key, {}), codes))
    return sorted(rows, key=lambda row: str(row[0]))
