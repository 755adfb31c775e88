"""What the house holds of one cooperative that the registry could be told: a value a column, with who says so and why.

Pure. In: the facts that hold, the place as resolved, the row's way out of scope. Out: `HeldValue`s. What is uncertain is
held by nobody here: a meeting without minutes, a place below `Trust`, a link that two people have not judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from telusur.corrections.rules.columns import Column, Value, count_value, date_value, place_value, text_value
from telusur.laws.rules.law import Law
from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.codes import Code, Group, label
from telusur.rounds.rules.visit import Evidence
from telusur.words.reason import Reason

__all__ = ["Ground", "HeldPlace", "HeldValue", "Trust", "WayOut", "held_values"]


@dataclass(frozen=True, slots=True)
class Trust:
    """What a value must have before the ministry is told. least_confidence: of a kelurahan, 0..1."""

    least_confidence: float

    @classmethod
    def under(cls, law: Law) -> Trust:
        """As the law of a day asks."""
        return cls(law.value(_PLACE_ARTICLE) / 100)


_PLACE_ARTICLE = "house.correction_place_percent"


@dataclass(frozen=True, slots=True)
class Ground:
    """On what a value rests. facts, judgements: ids of the register's facts and of people's words on a pair.

    on: the day for which it was true. evidence: kinds of papers seen, with their hash where one is kept.
    """

    voice: Voice
    on: date
    why: Reason
    facts: tuple[int, ...] = ()
    judgements: tuple[int, ...] = ()
    evidence: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class HeldValue:
    """One column's value as the house holds it."""

    column: Column
    value: Value
    ground: Ground


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """Where the cooperative lies by its own address, points taken and what the office set. confidence: 0..1."""

    kelurahan_code: str
    kelurahan_name: str
    kecamatan_code: str
    kecamatan_name: str
    confidence: float
    on: date


@dataclass(frozen=True, slots=True)
class WayOut:
    """Why a row does not belong on the list (codes 410-460). survivor: of a duplicate, its NIK koperasi or key.

    judgements: ids of two people's words where a judged pair is the evidence. number: of the decree or deed, "" for none.
    """

    code: Code
    on: date
    number: str = ""
    survivor: str = ""
    facts: tuple[int, ...] = ()
    judgements: tuple[int, ...] = ()


def held_values(
    facts: Sequence[Fact], place: HeldPlace | None, out: WayOut | None, trust: Trust
) -> tuple[HeldValue, ...]:
    """All that the registry could be told, one value a column at most, in the registry's order.

    facts: those of `facts_known`, in its order. A row that does not belong on the list is told nothing else.
    """
    if out is not None and out.code.group is Group.OUT_OF_SCOPE:
        return (_way_out(out),)
    held = {
        value.column: value
        for value in (
            *_founding(facts),
            *_meeting(facts),
            *_place(place, trust),
            # What a board stated and an officer accepted outranks what was resolved from the registry's own text.
            *_address(facts),
            *_members(facts),
        )
    }
    return tuple(held[column] for column in Column if column in held)


def _newest(facts: Sequence[Fact], kind: str) -> Fact | None:
    return next((fact for fact in reversed(facts) if fact.kind == kind and not fact.value.get("withdrawn")), None)


def _ground(fact: Fact, why: Reason) -> Ground:
    return Ground(fact.voice, fact.valid_on, why, (fact.id,), (), fact.evidence)


def _founding(facts: Sequence[Fact]) -> list[HeldValue]:
    fact = _newest(facts, "founding_deed")
    if fact is None:
        return []
    ground = _ground(fact, Reason("correction_founding_deed", "akta pendirian yang diperlihatkan"))
    held = [HeldValue(Column.LEGAL_ON, date_value(fact.valid_on), ground)]
    number = fact.value.get("number")
    if isinstance(number, str) and number.strip():
        held.append(HeldValue(Column.LEGAL_NUMBER, text_value(Column.LEGAL_NUMBER, number), ground))
    return held


def _meeting(facts: Sequence[Fact]) -> list[HeldValue]:
    """The latest meeting whose minutes somebody saw; one that was only told of proves nothing."""
    best: tuple[date, Fact] | None = None
    for fact in facts:
        held_on = _day(fact.value.get("held_on"))
        seen = any(item.get("kind") == Evidence.MEETING_MINUTES for item in fact.evidence)
        if fact.kind == "annual_meeting" and seen and held_on is not None and (best is None or held_on >= best[0]):
            best = held_on, fact
    if best is None:
        return []
    year = str(best[1].value.get("for_book_year", ""))
    why = Reason("correction_meeting", "notulen RAT tahun buku {year} telah dilihat", {"year": year})
    return [HeldValue(Column.MEETING_ON, date_value(best[0]), _ground(best[1], why))]


def _members(facts: Sequence[Fact]) -> list[HeldValue]:
    fact = _newest(facts, "members")
    count = fact.value.get("count") if fact else None
    if fact is None or isinstance(count, bool) or not isinstance(count, int) or count <= 0:
        return []
    why = Reason("correction_members", "jumlah anggota menurut laporan pengurus yang telah diterima")
    return [HeldValue(Column.MEMBERS, count_value(count), _ground(fact, why))]


def _address(facts: Sequence[Fact]) -> list[HeldValue]:
    fact = _newest(facts, "address")
    if fact is None:
        return []
    why = Reason("correction_address", "alamat menurut laporan pengurus yang telah diterima")
    held = []
    for column, key, code in (
        (Column.ADDRESS, "address", ""),
        (Column.KELURAHAN, "kelurahan", str(fact.value.get("kelurahan_code") or "")),
    ):
        text = str(fact.value.get(key) or "").strip()
        if text:
            value = place_value(code, text) if column is Column.KELURAHAN else text_value(column, text)
            held.append(HeldValue(column, value, _ground(fact, why)))
    return held


def _place(place: HeldPlace | None, trust: Trust) -> list[HeldValue]:
    if place is None or not place.kelurahan_code or place.confidence < trust.least_confidence:
        return []
    why = Reason(
        "correction_place",
        "kelurahan dikenali dengan keyakinan {percent} %",
        {"percent": str(int(100 * place.confidence))},
    )
    ground = Ground(Voice.OFFICE, place.on, why)
    held = [HeldValue(Column.KELURAHAN, place_value(place.kelurahan_code, place.kelurahan_name), ground)]
    if place.kecamatan_code and place.kecamatan_name:
        held.append(HeldValue(Column.KECAMATAN, place_value(place.kecamatan_code, place.kecamatan_name), ground))
    return held


def _way_out(out: WayOut) -> HeldValue:
    said = label(out.code)
    if out.survivor:
        said += f"; yang dipertahankan {out.survivor}"
    if out.number:
        said += f"; nomor {out.number}"
    by_two = bool(out.judgements)
    why = (
        Reason("correction_judged", "dinilai baris ganda oleh dua orang")
        if by_two
        else Reason("correction_out_of_scope", "bukti lapangan untuk «{code}»", {"code": label(out.code)})
    )
    ground = Ground(Voice.OFFICE if by_two else Voice.VISIT, out.on, why, out.facts, out.judgements)
    return HeldValue(Column.ROW, Value(said, f"out:{out.code.value}:{out.survivor}"), ground)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
