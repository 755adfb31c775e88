"""The tables of the programme. Stages, members, capital: programme/models.py."""

from __future__ import annotations

from telusur.merah_putih.programme.models import (
    CapitalReport,
    Denominator,
    Financing,
    Formation,
    GovernanceReport,
    MemberCount,
    MemberOverlap,
    Programme,
    StageCheck,
    StageRecord,
)

__all__ = [
    "CapitalReport",
    "Denominator",
    "Financing",
    "Formation",
    "GovernanceReport",
    "MemberCount",
    "MemberOverlap",
    "Programme",
    "StageCheck",
    "StageRecord",
]
