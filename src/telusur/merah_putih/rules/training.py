"""Training of boards: which module which place of a board has had, and which boards lack which.

Pure. In: attendances by a place of the board (never by a person's name), and changes of who sits there. Out: for each
board and module who attended, who holds a certificate, and the places that lack it. A training belongs to whoever
attended: when a place changed hands since, it counts no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "MODULE_LABELS",
    "MODULE_SEATS",
    "SEAT_LABELS",
    "Attendance",
    "Covered",
    "Module",
    "Seat",
    "coverage",
    "lacking_by_module",
]


class Seat(StrEnum):
    """A place of a board, or its manager's."""

    CHAIR = "chair"
    DEPUTY_BUSINESS = "deputy_business"
    DEPUTY_MEMBERS = "deputy_members"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"


SEAT_LABELS: dict[Seat, str] = {
    Seat.CHAIR: "ketua",
    Seat.DEPUTY_BUSINESS: "wakil ketua bidang usaha",
    Seat.DEPUTY_MEMBERS: "wakil ketua bidang anggota",
    Seat.SECRETARY: "sekretaris",
    Seat.TREASURER: "bendahara",
    Seat.SUPERVISOR: "pengawas",
    Seat.MANAGER: "pengelola",
}


class Module(StrEnum):
    """A module of the office's training plan. The list is the office's own."""

    GOVERNANCE = "governance"
    BOOKS = "books"
    MEETING = "meeting"
    BUSINESS = "business"
    DIGITAL = "digital"
    SUPERVISION = "supervision"


MODULE_LABELS: dict[Module, str] = {
    Module.GOVERNANCE: "kelembagaan dan AD/ART",
    Module.BOOKS: "pembukuan dan simpanan",
    Module.MEETING: "RAT dan laporannya",
    Module.BUSINESS: "usaha dan rantai pasok",
    Module.DIGITAL: "SIMKOPDES dan kasir digital",
    Module.SUPERVISION: "pengawasan",
}
# The places that must have had a module; a board has it when each of them has.
MODULE_SEATS: dict[Module, tuple[Seat, ...]] = {
    Module.GOVERNANCE: (Seat.CHAIR, Seat.SECRETARY),
    Module.BOOKS: (Seat.TREASURER,),
    Module.MEETING: (Seat.CHAIR, Seat.SECRETARY, Seat.TREASURER),
    Module.BUSINESS: (Seat.DEPUTY_BUSINESS, Seat.MANAGER),
    Module.DIGITAL: (Seat.SECRETARY,),
    Module.SUPERVISION: (Seat.SUPERVISOR,),
}


@dataclass(frozen=True, slots=True)
class Attendance:
    """A place of a board at one session."""

    kelurahan_code: str
    seat: Seat
    module: Module
    held_on: date
    is_certified: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """A board and a module. attended, certified: places that have had it. lacking: places that must have it yet.

    lapsed: places whose training went away with whoever had it.
    """

    kelurahan_code: str
    module: Module
    attended: tuple[Seat, ...]
    certified: tuple[Seat, ...]
    lacking: tuple[Seat, ...]
    lapsed: tuple[Seat, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every place that must have the module has it."""
        return not self.lacking


def coverage(
    code: str, attendances: Iterable[Attendance], changes: Mapping[Seat, date], on: date
) -> tuple[Covered, ...]:
    """One row a module for one board. changes: the day on which a place last changed hands."""
    mine = [each for each in attendances if each.kelurahan_code == code and each.held_on <= on]
    held = {seat: day for seat, day in changes.items() if day <= on}
    return tuple(_covered(code, module, [each for each in mine if each.module is module], held) for module in Module)


def _covered(code: str, module: Module, attended: list[Attendance], changes: Mapping[Seat, date]) -> Covered:
    stands = [each for each in attended if each.seat not in changes or each.held_on >= changes[each.seat]]
    seats = {each.seat for each in stands}
    return Covered(
        code,
        module,
        _ordered(seats),
        _ordered({each.seat for each in stands if each.is_certified}),
        tuple(seat for seat in MODULE_SEATS[module] if seat not in seats),
        _ordered({each.seat for each in attended} - seats),
    )


def _ordered(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    kept = set(seats)
    return tuple(seat for seat in Seat if seat in kept)


def lacking_by_module(rows: Iterable[Covered]) -> dict[Module, tuple[str, ...]]:
    """The boards that lack each module, by code: whom to invite next."""
    kept = list(rows)
    return {
        module: tuple(sorted(each.kelurahan_code for each in kept if each.module is module and not each.is_whole))
        for module in Module
    }
