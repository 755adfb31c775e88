"""What the head's page and papers say of the village cooperatives: how many kelurahan have reached what, in brief.

Pure. One row a kelurahan, also where nothing has begun; a step counts once somebody has checked its proof. Members are
counted against households alone, in the kelurahan that state both, and the figure says how many those are.
A kelurahan's own figures stand below: what is not known of it has no figure, and its readiness never goes without its parts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from telusur.dashboards.rules.figure import Figure, Stamp
from telusur.merah_putih.rules.readiness import PART_LABELS, Readiness
from telusur.merah_putih.rules.stages import STAGE_LABELS, Stage, StepView

__all__ = ["KELURAHAN", "PROGRAMME", "Reached", "Village", "kelurahan_figures", "programme_figures"]

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


_OWN: Mapping[str, tuple[str, str, str]] = {
    "kkmp_own_steps": (
        "KKMP: tahap tercapai", "Tahap pembentukan yang tercapai dan buktinya sudah diperiksa orang kedua.", "tahap",
    ),
    "kkmp_own_gates": (
        "KKMP: syarat pembiayaan", "Enam syarat PMK 49/2025 yang tercapai dan buktinya sudah diperiksa.", "syarat",
    ),
    "kkmp_own_members": (
        "KKMP: anggota", "Anggota menurut hitungan terakhir, terhadap rumah tangga bila itu dicatat.", "rumah tangga",
    ),
    "kkmp_own_capital": (
        "KKMP: simpanan dibayar", "Rupiah simpanan pokok dan wajib yang sudah dibayar dari yang harus dibayar.", "rupiah",
    ),
    "kkmp_own_readiness": (
        "KKMP: kesiapan",
        "Nilai 0 sampai 100 dari tujuh bagian; batas bawah bila yang tidak diketahui kosong, batas atas bila penuh. "
        "Bukan kesehatan koperasi. Yang disebut pada tiap bagian adalah batas bawahnya.",
        "nilai",
    ),
}  # fmt: skip
KELURAHAN: tuple[str, ...] = tuple(_OWN)


@dataclass(frozen=True, slots=True)
class Village:
    """What is known of one kelurahan's cooperative. members, households, paid_rupiah, due_rupiah: None where not stated."""

    code: str
    name: str
    steps: tuple[StepView, ...]
    readiness: Readiness
    members: int | None
    households: int | None
    paid_rupiah: int | None
    due_rupiah: int | None


class _Own(NamedTuple):
    held: int
    whole: int | None
    high: int | None = None
    parts: tuple[tuple[str, str, int], ...] = ()


def _reached_parts(steps: Iterable[StepView]) -> tuple[tuple[str, str, int], ...]:
    return tuple((step.stage.value, STAGE_LABELS[step.stage], int(step.is_reached)) for step in steps)


def _points(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def kelurahan_figures(village: Village, stamp: Stamp) -> tuple[Figure, ...]:
    """The figures of KELURAHAN that are known, in its order. Readiness goes out to whole points: down below, up above."""
    ready, gates = village.readiness, village.readiness.gates
    parts = tuple(
        (
            line.part.value,
            f"{PART_LABELS[line.part]} ({_points(line.least)}–{_points(line.most)} dari {line.weight})",
            math.floor(line.least),
        )
        for line in ready.parts
    )
    held: dict[str, _Own] = {
        "kkmp_own_steps": _Own(
            sum(step.is_reached for step in village.steps), len(village.steps), parts=_reached_parts(village.steps)
        ),
        "kkmp_own_gates": _Own(ready.gates_met, len(gates), parts=_reached_parts(gates)),
        "kkmp_own_readiness": _Own(math.floor(ready.least), 100, math.ceil(ready.most), parts),
    }
    if village.members is not None:
        held["kkmp_own_members"] = _Own(village.members, village.households or None)
    if village.paid_rupiah is not None and village.due_rupiah:
        held["kkmp_own_capital"] = _Own(village.paid_rupiah, village.due_rupiah)
    return tuple(
        Figure(
            measure=name,
            name=title,
            definition=definition,
            area_code=village.code,
            area_name=f"Kelurahan {village.name}",
            numerator=held[name].held,
            denominator=held[name].whole,
            high=held[name].high,
            numerator_codes=name.removeprefix("kkmp_own_"),
            denominator_codes="" if held[name].whole is None else words,
            denominator_words="" if held[name].whole is None else words,
            codes=held[name].parts,
            stamp=stamp,
        )
        for name, (title, definition, words) in _OWN.items()
        if name in held
    )
