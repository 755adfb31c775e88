"""Figures of the village cooperatives: the programme's, and one kelurahan's own.

In: a day, an instant, a kelurahan. Out: figures.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from telusur.dashboards.rules.figure import Figure, Stamp
from telusur.dashboards.rules.programme import Reached, Village, kelurahan_figures, programme_figures
from telusur.laws.queries import current_law, current_policy
from telusur.merah_putih.queries import ProgrammeRow, regencies, row_of
from telusur.merah_putih.queries import rows as programme_rows
from telusur.merah_putih.rules.members import DenominatorKind

__all__ = ["plain_stamp", "programme_at", "programme_stamp"]


# A kecamatan's code is so long, a kelurahan's longer.
_KECAMATAN = 8


def _reached(row: ProgrammeRow) -> Reached:
    households = row.denominators.get(DenominatorKind.HOUSEHOLDS)
    return Reached(
        row.kelurahan_code,
        row.is_begun,
        frozenset(step.stage for step in row.steps if step.is_reached),
        row.readiness.gates_met == len(row.readiness.gates),
        row.members.member_count if row.members else None,
        households.total_count if households else None,
    )


def _village(row: ProgrammeRow) -> Village:
    households, capital = row.denominators.get(DenominatorKind.HOUSEHOLDS), row.capital
    return Village(
        row.kelurahan_code,
        row.kelurahan_name,
        row.steps,
        row.readiness,
        row.members.member_count if row.members else None,
        households.total_count if households else None,
        capital.paid_rupiah if capital else None,
        capital.due_rupiah if capital else None,
    )


def programme_at(on: date, known_at: datetime, area: str = "") -> tuple[Figure, ...]:
    """The programme's figures of a day, as known then, a kecamatan's, or one kelurahan's; () where none takes part."""
    if len(area) > _KECAMATAN:
        row = row_of(area, on, known_at) if area[:5] in regencies() else None
        return kelurahan_figures(_village(row), programme_stamp(on, known_at)) if row is not None else ()
    rows = [row for row in programme_rows(on, known_at) if not area or row.kecamatan_code == area]
    found = programme_figures([_reached(row) for row in rows], programme_stamp(on, known_at)) if rows else ()
    if not area:
        return found
    return tuple(replace(each, area_code=area, area_name=f"Kecamatan {rows[0].kecamatan_name}") for each in found)


def programme_stamp(on: date, known_at: datetime) -> Stamp:
    """What a figure of the programme stands under."""
    return plain_stamp(on, known_at, "program Koperasi Kelurahan Merah Putih", "kkmp-1")


def plain_stamp(on: date, known_at: datetime, source: str, rule: str) -> Stamp:
    """What a figure that stands on no round stands under."""
    policy = current_policy(on, known_at)
    return Stamp(
        office=settings.OFFICE_NAME,
        on=on,
        known_at=known_at.astimezone(ZoneInfo(settings.TIME_ZONE)),
        source=source,
        round_id=0,
        edition=0,
        edition_on=on,
        rule=rule,
        law=current_law(on, known_at).version,
        policy=policy.id,
        policy_name=policy.name,
        policy_says=policy.says,
    )
