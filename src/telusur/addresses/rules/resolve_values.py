"""What the resolver is asked and what it answers. Frozen values, pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from telusur.words.reason import Reason

__all__ = ["NOTHING", "Resolved", "Stated"]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a list says beside the address, as typed; "" for what it leaves blank. regency: a kabupaten or kota."""

    kelurahan: str = ""
    kecamatan: str = ""
    regency: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The kelurahan of an address.

    code: Kemendagri's, "" when unknown; name: the official name, "" when unknown.
    kecamatan_code: the kecamatan that holds the kelurahan; without one, the kecamatan that is stated or named; "" unknown.
    confidence: 0..1 that the kelurahan is right, 0 without one.
    reasons: what was read as what, what contradicts, or why nothing was read; empty for an undisputed official name.
    scope: the code of the regency whose names were looked up, "" when none is known.
    """

    code: str = ""
    name: str = ""
    kecamatan_code: str = ""
    confidence: float = 0.0
    reasons: tuple[Reason, ...] = ()
    scope: str = ""

    def weakened(self, factor: float, *reasons: Reason) -> Resolved:
        """The same answer with less confidence and more grounds."""
        return replace(self, confidence=round(self.confidence * factor, 4), reasons=(*self.reasons, *reasons))


NOTHING = Resolved()
