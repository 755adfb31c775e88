"""The four sets that leave: their names, their columns, their keys, what they say of themselves.

Pure. One definition: files, feeds and the doors for machines take the columns from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telusur.opendata.rules import balance, cooperatives, notices, programme
from telusur.opendata.rules.columns import Column, names_of

__all__ = ["DATASETS", "LICENCE", "LICENCE_ADDRESS", "DataSet", "Dataset", "UnknownColumn", "chosen"]

LICENCE = "CC-BY-4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


class Dataset(StrEnum):
    """The sets, by the name that stands in addresses and files."""

    COOPERATIVES = "cooperatives"
    BALANCE = "balance"
    NOTICES = "notices"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set. Its first column is its key: unique, stable, and the order of every stream.

    area: the position of the column by which an area filters (a code, or a code's beginning); None where none does.
    """

    dataset: Dataset
    title: str
    says: str
    columns: tuple[Column, ...]
    area: int | None

    @property
    def is_by_area(self) -> bool:
        """Whether a row speaks of an area and not of a cooperative."""
        return self.area == 0

    @property
    def names(self) -> tuple[str, ...]:
        """The outside names of the columns."""
        return names_of(self.columns)


DATASETS: dict[Dataset, DataSet] = {
    each.dataset: each
    for each in (
        DataSet(
            Dataset.COOPERATIVES,
            "Koperasi",
            "Setiap koperasi yang pernah tercantum di daftar yang dipakai: nama, nomor, kelurahan, dan temuannya.",
            cooperatives.COLUMNS,
            5,
        ),
        DataSet(
            Dataset.BALANCE,
            "Neraca",
            "Neraca putaran menurut kelurahan, kecamatan, dan seluruhnya; setiap baris menjumlah sampai yang tercatat.",
            balance.COLUMNS,
            0,
        ),
        DataSet(
            Dataset.NOTICES,
            "Pengumuman",
            "Setiap pengumuman yang pernah dipasang, batas waktunya, dan keadaannya; yang dicabut tetap tercantum.",
            notices.COLUMNS,
            6,
        ),
        DataSet(
            Dataset.PROGRAMME,
            "Merah Putih",
            "Koperasi Kelurahan Merah Putih: satu baris sekelurahan, juga yang belum mulai; anggota dengan penyebutnya.",
            programme.COLUMNS,
            0,
        ),
    )
}


class UnknownColumn(ValueError):
    """A column was asked for that the set does not have."""


def chosen(dataset: Dataset, fields: Sequence[str]) -> tuple[int, ...]:
    """Positions of the asked columns, in the order asked; all of them for none. Raises UnknownColumn, with a sentence."""
    names = DATASETS[dataset].names
    unknown = [field for field in fields if field not in names]
    if unknown:
        raise UnknownColumn(f"kolom «{unknown[0]}» tidak ada di {dataset.value}; yang ada: {', '.join(names)}")
    return tuple(names.index(field) for field in fields) if fields else tuple(range(len(names)))
