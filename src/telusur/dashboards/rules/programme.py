"""What the head's page and papers say of the village cooperatives: how many kelurahan have reached what, in brief.

Pure. One row a kelurahan, also where nothing has begun; a step counts once somebody has checked its proof. Members are
counted against households alone, in the kelurahan that state both, and the figure says how many those are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from telusur.dashboards.rules.figure import Figure, Stamp
from telusur.merah_putih.rules.stages import STAGE_LABELS, Stage

__all__ = ["PROGRAMME", "Reached", "programme_figures"]

_STAGES = (Stage.LEGAL_ENTITY, Stage.NIK_KOPERASI, Stage.ACCOUNT, Stage.SIMKOPDES, Stage.OUTLET, Stage.TRADING)
_NAMES: Mapping[str, tuple[str, str]] = {
    "kkmp_begun": ("KKMP sudah dimulai", "Kelurahan dengan sedikitnya satu tahap, hitungan, atau laporan tercatat."),
    **{
        f"kkmp_{stage.value}": (
            f"KKMP: {STAGE_LABELS[stage]}",
            f"Kelurahan yang tahap «{STAGE_LABELS[stage]}»-nya tercapai dan buktinya sudah diperiksa.",
        )
        for stage in _STAGES
    },
    "kkmp_gates": (
        "KKMP: enam syarat pembiayaan",
        "Kelurahan yang keenam syarat PMK 49/2025-nya tercapai dan diperiksa.",
    ),
    "kkmp_members": (
        "KKMP: anggota terhadap rumah tangga",
        "Anggota menurut hitungan terakhir, hanya di kelurahan yang menyebut anggota dan rumah tangganya.",
    ),
}
PROGRAMME: tuple[str, ...] = tuple(_NAMES)


@dataclass(frozen=True, slots=True)
class Reached:
    """One kelurahan. stages: reached and checked. members, households: None where not stated."""

    kelurahan_code: str
    is_begun: bool
    stages: frozenset[Stage]
    has_all_gates: bool
    members: int | None
    households: int | None


def programme_figures(rows: Iterable[Reached], stamp: Stamp) -> tuple[Figure, ...]:
    """Every figure of PROGRAMME, in its order."""
    held = list(rows)
    both = [row for row in held if row.members is not None and row.households]
    counts = {
        "kkmp_begun": sum(row.is_begun for row in held),
        **{f"kkmp_{stage.value}": sum(stage in row.stages for row in held) for stage in _STAGES},
        "kkmp_gates": sum(row.has_all_gates for row in held),
        "kkmp_members": sum(row.members or 0 for row in both),
    }
    wholes = dict.fromkeys(_NAMES, len(held)) | {"kkmp_members": sum(row.households or 0 for row in both)}
    words = dict.fromkeys(_NAMES, "kelurahan") | {"kkmp_members": f"rumah tangga di {len(both)} kelurahan"}
    return tuple(
        Figure(
            measure=name,
            name=title,
            definition=definition,
            area_code="",
            area_name="seluruh kota",
            numerator=counts[name],
            denominator=wholes[name],
            high=None,
            numerator_codes=name.removeprefix("kkmp_"),
            denominator_codes="rumah tangga" if name == "kkmp_members" else "kelurahan",
            denominator_words=words[name],
            codes=(),
            stamp=stamp,
        )
        for name, (title, definition) in _NAMES.items()
    )
