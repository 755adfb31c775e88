"""The tables of the programme. Stages, members, capital: programme/models.py; trade, training: trade/models.py."""

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
from telusur.merah_putih.trade.models import (
    MentorEnd,
    MentorLink,
    OpeningLook,
    PartnerStatement,
    ReferencePrice,
    SeatChange,
    StockLine,
    StockPacket,
    StockPacketDecision,
    TrainingAttendance,
    TrainingSession,
    UnitStatement,
)

__all__ = [
    "CapitalReport",
    "Denominator",
    "Financing",
    "Formation",
    "GovernanceReport",
    "MemberCount",
    "MemberOverlap",
    "MentorEnd",
    "MentorLink",
    "OpeningLook",
    "PartnerStatement",
    "Programme",
    "ReferencePrice",
    "SeatChange",
    "StageCheck",
    "StageRecord",
    "StockLine",
    "StockPacket",
    "StockPacketDecision",
    "TrainingAttendance",
    "TrainingSession",
    "UnitStatement",
]
