"""What a visit states: the finding, the evidence that was seen, who was asked. Read from a fact of kind `visit`.

Pure. People who were asked are kept as relations (`rt`, `neighbour`), never as names (UU 27/2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from telusur.register.rules import Fact

__all__ = [
    "EVIDENCE_LABELS",
    "FINDING_LABELS",
    "INFORMANT_LABELS",
    "LOCATED_FINDINGS",
    "MINUTES_CONTENTS",
    "PART_LABELS",
    "Evidence",
    "Finding",
    "Informant",
    "PartOfDay",
    "Visit",
    "part_of_day",
    "visit_from",
]


class Finding(StrEnum):
    """What the officer found, in the field's own terms. The code is derived from it and the evidence, never typed."""

    OPERATING = "operating"
    DORMANT_WITH_BOARD = "dormant_with_board"
    DORMANT_WITHOUT_BOARD = "dormant_without_board"
    DISSOLVING_ITSELF = "dissolving_itself"
    REFUSED = "refused"
    PAPERS_TO_FOLLOW = "papers_to_follow"
    ADDRESS_UNIDENTIFIED = "address_unidentified"
    OTHER_OCCUPANT = "other_occupant"
    EMPTY_OR_DEMOLISHED = "empty_or_demolished"
    NOBODY_PRESENT = "nobody_present"
    MOVED_UNKNOWN = "moved_unknown"
    UNREACHABLE = "unreachable"
    SAID_DISSOLVED = "said_dissolved"
    DISSOLVED_BY_DECREE = "dissolved_by_decree"
    DUPLICATE = "duplicate"
    MERGED_OR_SPLIT = "merged_or_split"
    SEAT_MOVED = "seat_moved"
    OTHER_SUPERVISOR = "other_supervisor"
    NO_LEGAL_ENTITY = "no_legal_entity"


class Evidence(StrEnum):
    """What the officer saw, took or was handed."""

    PHOTO = "photo"
    GEOTAGGED_PHOTO = "geotagged_photo"
    LEDGER = "ledger"
    TRANSACTION = "transaction"
    MEETING_MINUTES = "meeting_minutes"
    SIGNED_STATEMENT = "signed_statement"
    DISSOLUTION_MINUTES = "dissolution_minutes"
    DECREE = "decree"
    DEED = "deed"
    LURAH_LETTER = "lurah_letter"
    RECEIPT = "receipt"
    NEGATIVE_CHECK = "negative_check"
    SCOPE_RULE = "scope_rule"


class Informant(StrEnum):
    """The relation of a person who was asked."""

    BOARD = "board"
    MEMBER = "member"
    OCCUPANT = "occupant"
    NEIGHBOUR = "neighbour"
    RT = "rt"
    LURAH = "lurah"
    OTHER = "other"


class PartOfDay(StrEnum):
    """Attempts must fall into different parts of the day before "nobody there" means anything."""

    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"


FINDING_LABELS: dict[Finding, str] = {
    Finding.OPERATING: "usaha berjalan",
    Finding.DORMANT_WITH_BOARD: "usaha berhenti, pengurus ada",
    Finding.DORMANT_WITHOUT_BOARD: "usaha berhenti, tanpa pengurus",
    Finding.DISSOLVING_ITSELF: "sedang membubarkan diri",
    Finding.REFUSED: "menolak memberi keterangan",
    Finding.PAPERS_TO_FOLLOW: "berkas menyusul",
    Finding.ADDRESS_UNIDENTIFIED: "alamat tidak dapat dikenali",
    Finding.OTHER_OCCUPANT: "alamat ditempati pihak lain",
    Finding.EMPTY_OR_DEMOLISHED: "alamat kosong atau dibongkar",
    Finding.NOBODY_PRESENT: "tidak ada orang",
    Finding.MOVED_UNKNOWN: "pindah tanpa alamat baru",
    Finding.UNREACHABLE: "lokasi tidak dapat dimasuki",
    Finding.SAID_DISSOLVED: "kata informan sudah bubar",
    Finding.DISSOLVED_BY_DECREE: "dibubarkan dengan keputusan",
    Finding.DUPLICATE: "baris ganda",
    Finding.MERGED_OR_SPLIT: "bergabung atau dipecah",
    Finding.SEAT_MOVED: "kedudukan pindah",
    Finding.OTHER_SUPERVISOR: "dibina instansi lain",
    Finding.NO_LEGAL_ENTITY: "tanpa badan hukum",
}

EVIDENCE_LABELS: dict[Evidence, str] = {
    Evidence.PHOTO: "foto lokasi",
    Evidence.GEOTAGGED_PHOTO: "foto bergeotag",
    Evidence.LEDGER: "buku kas",
    Evidence.TRANSACTION: "bukti transaksi",
    Evidence.MEETING_MINUTES: "notulen RAT",
    Evidence.SIGNED_STATEMENT: "surat pernyataan bertanda tangan",
    Evidence.DISSOLUTION_MINUTES: "berita acara rapat pembubaran",
    Evidence.DECREE: "surat keputusan atau kutipan AHU",
    Evidence.DEED: "akta",
    Evidence.LURAH_LETTER: "surat keterangan lurah",
    Evidence.RECEIPT: "tanda terima berkas",
    Evidence.NEGATIVE_CHECK: "hasil pemeriksaan nihil",
    Evidence.SCOPE_RULE: "dasar kewenangan",
}
INFORMANT_LABELS: dict[Informant, str] = {
    Informant.BOARD: "pengurus",
    Informant.MEMBER: "anggota",
    Informant.OCCUPANT: "penghuni",
    Informant.NEIGHBOUR: "tetangga",
    Informant.RT: "ketua RT/RW",
    Informant.LURAH: "lurah atau staf kelurahan",
    Informant.OTHER: "lainnya",
}
# What UU 25/1992 art. 35 asks of the yearly report; key in an `annual_meeting` fact's `contents` | words.
MINUTES_CONTENTS: dict[str, str] = {
    "balance_sheet": "neraca",
    "result": "perhitungan hasil usaha",
    "state": "keadaan dan usaha koperasi",
}
PART_LABELS: dict[PartOfDay, str] = {
    PartOfDay.MORNING: "pagi",
    PartOfDay.MIDDAY: "siang",
    PartOfDay.AFTERNOON: "sore",
    PartOfDay.EVENING: "malam",
}


# The cooperative was met at the place, whatever it showed.
LOCATED_FINDINGS = frozenset(
    {
        Finding.OPERATING,
        Finding.DORMANT_WITH_BOARD,
        Finding.DORMANT_WITHOUT_BOARD,
        Finding.DISSOLVING_ITSELF,
        Finding.REFUSED,
        Finding.PAPERS_TO_FOLLOW,
    }
)


def part_of_day(at: time) -> PartOfDay:
    """The part of the day by local clock: before 11, before 15, before 18, and after."""
    for limit, part in ((11, PartOfDay.MORNING), (15, PartOfDay.MIDDAY), (18, PartOfDay.AFTERNOON)):
        if at.hour < limit:
            return part
    return PartOfDay.EVENING


@dataclass(frozen=True, slots=True)
class Visit:
    """One attempt. `business_on`: date on the newest ledger line or transaction seen. `number`: of a decree or deed."""

    fact_id: int
    on: date
    part: PartOfDay
    officer: str
    finding: Finding
    informants: frozenset[Informant]
    evidence: frozenset[Evidence]
    business_on: date | None
    receipt_due_on: date | None
    number: str
    survivor: str
    survivor_shares_number: bool
    reviewer: str
    note: str


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def visit_from(fact: Fact) -> Visit:
    """The visit that a fact of kind `visit` holds. Raises ValueError when the fact is of another kind."""
    if fact.kind != "visit":
        raise ValueError(f"fact {fact.id} is a {fact.kind}, not a visit")
    value = fact.value
    informants = value.get("informants") or ()
    if not isinstance(informants, list | tuple):
        raise ValueError(f"fact {fact.id}: informants must be a list")
    return Visit(
        fact_id=fact.id,
        on=fact.valid_on,
        part=PartOfDay(_text(value.get("part_of_day")) or PartOfDay.MORNING),
        officer=_text(value.get("officer")),
        finding=Finding(_text(value.get("finding"))),
        informants=frozenset(Informant(_text(role)) for role in informants),
        evidence=frozenset(Evidence(_text(item.get("kind"))) for item in fact.evidence),
        business_on=_day(value.get("business_on")),
        receipt_due_on=_day(value.get("receipt_due_on")),
        number=_text(value.get("number")),
        survivor=_text(value.get("survivor")),
        survivor_shares_number=value.get("survivor_shares_number") is True,
        reviewer=_text(value.get("reviewer")),
        note=_text(value.get("note")),
    )
