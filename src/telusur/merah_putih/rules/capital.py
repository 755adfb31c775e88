"""Paid-in capital: simpanan pokok and wajib, due and paid. Pure. Amounts in rupiah."""

from __future__ import annotations

from dataclasses import dataclass

from telusur.merah_putih.rules.statements import Said

__all__ = ["CapitalSaid"]


@dataclass(frozen=True, slots=True)
class CapitalSaid:
    """What was due and what was paid by the day of `said`, and by how many members."""

    said: Said
    member_count: int
    principal_due_rupiah: int
    principal_paid_rupiah: int
    mandatory_due_rupiah: int
    mandatory_paid_rupiah: int
    proof: str = ""

    @property
    def due_rupiah(self) -> int:
        """Both kinds due."""
        return self.principal_due_rupiah + self.mandatory_due_rupiah

    @property
    def paid_rupiah(self) -> int:
        """Both kinds paid."""
        return self.principal_paid_rupiah + self.mandatory_paid_rupiah

    @property
    def paid_share(self) -> float | None:
        """Paid by due; None where nothing was due. More than was due counts as all of it."""
        return min(1.0, self.paid_rupiah / self.due_rupiah) if self.due_rupiah else None

    @property
    def per_member_rupiah(self) -> int | None:
        """Paid a member, rounded down; None without members."""
        return self.paid_rupiah // self.member_count if self.member_count else None
