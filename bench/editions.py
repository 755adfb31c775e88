"""The files that benchmarks read: generated editions and the areas that their rows lie in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from telusur.demo.edition import make_placed_rows
from telusur.demo.files import write_edition
from telusur.demo.rows import HEADER, Row

__all__ = ["write_bench_edition"]

# A seed that no test and no demo uses.
_SEED = 115
_REGENCY, _PROVINCE = HEADER.index("Kabupaten"), HEADER.index("Provinsi")


def write_bench_edition(path: Path, rows: int) -> Path:
    """Write an edition of `rows` rows (.csv or .xlsx) and, beside it, its areas as `.areas.json`; returns `path`."""
    areas: dict[str, tuple[str, str, str, str]] = {}

    def placed() -> Iterator[Row]:
        for row, village in make_placed_rows(_SEED, rows, as_of=date(2021, 12, 27)):
            province, regency, kecamatan = village.code[:2], village.code[:5], village.code[:8]
            areas.setdefault(province, (province, "provinsi", row[_PROVINCE].strip(), ""))
            areas.setdefault(regency, (regency, "kabupaten_kota", row[_REGENCY].strip(), province))
            areas.setdefault(kecamatan, (kecamatan, "kecamatan", village.kecamatan, regency))
            areas.setdefault(village.code, (village.code, "kelurahan", village.name, kecamatan))
            yield row

    write_edition(path, placed())
    path.with_suffix(".areas.json").write_text(json.dumps(sorted(areas.values())), encoding="utf-8")
    return path
