"""The least evidence of each finding: which code it gives, and what a visit must show before it counts.

Pure. A need answers with the words of what is missing, or None where it is met. Evidence a code: docs/decisions/0009.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.visit import Evidence, Finding, Informant, Visit

__all__ = ["LOCATED_OTHER", "NOT_LOCATED", "OUT_OF_SCOPE", "Need", "evidence_lacking", "lacking"]

Need = Callable[[Visit], str | None]
_PHOTOS = frozenset({Evidence.PHOTO, Evidence.GEOTAGGED_PHOTO})
_OFFICIALS = frozenset({Informant.RT, Informant.LURAH})


def _has(kind: Evidence, words: str) -> Need:
    return lambda visit: None if kind in visit.evidence else words


def _photo(visit: Visit) -> str | None:
    return None if visit.evidence & _PHOTOS else "foto lokasi"


def _official(visit: Visit) -> str | None:
    asked = visit.informants & _OFFICIALS or Evidence.LURAH_LETTER in visit.evidence
    return None if asked else "jawaban lurah atau RT"


def _occupant(visit: Visit) -> str | None:
    asked = visit.informants & (_OFFICIALS | {Informant.OCCUPANT}) or Evidence.LURAH_LETTER in visit.evidence
    return None if asked else "keterangan penghuni atau RT"


def _informant(visit: Visit) -> str | None:
    return None if visit.informants else "seorang informan"


def _two_informants(visit: Visit) -> str | None:
    return None if len(visit.informants) >= 2 else "dua informan"


def _note(visit: Visit) -> str | None:
    return None if visit.note else "alasan tertulis"


def _number(visit: Visit) -> str | None:
    return None if visit.number else "nomor dokumen"


def _reviewer(visit: Visit) -> str | None:
    return None if visit.reviewer and visit.reviewer != visit.officer else "penelaah kedua"


def _survivor(visit: Visit) -> str | None:
    if not visit.survivor:
        return "NIK koperasi yang dipertahankan"
    return None if visit.survivor_shares_number else _reviewer(visit)


def _receipt(visit: Visit) -> str | None:
    if Evidence.RECEIPT not in visit.evidence:
        return "tanda terima"
    return None if visit.receipt_due_on else "batas waktu berkas"


OUT_OF_SCOPE: dict[Finding, tuple[Code, tuple[Need, ...]]] = {
    Finding.DISSOLVED_BY_DECREE: (
        Code.DISSOLVED_IN_LAW,
        (_has(Evidence.DECREE, "surat keputusan atau kutipan AHU"), _number),
    ),
    Finding.DUPLICATE: (Code.DUPLICATE, (_survivor,)),
    Finding.MERGED_OR_SPLIT: (Code.MERGED_OR_SPLIT, (_has(Evidence.DEED, "akta"), _number)),
    Finding.SEAT_MOVED: (Code.SEAT_MOVED, (_has(Evidence.DEED, "akta"), _number)),
    Finding.OTHER_SUPERVISOR: (Code.OTHER_SUPERVISOR, (_has(Evidence.SCOPE_RULE, "dasar kewenangan"), _note)),
    Finding.NO_LEGAL_ENTITY: (
        Code.NO_LEGAL_ENTITY,
        (_has(Evidence.NEGATIVE_CHECK, "hasil pemeriksaan nihil"), _reviewer),
    ),
}
LOCATED_OTHER: dict[Finding, tuple[Code, tuple[Need, ...]]] = {
    Finding.DORMANT_WITH_BOARD: (
        Code.DORMANT_WANTS_REVIVAL,
        (_has(Evidence.SIGNED_STATEMENT, "surat pernyataan bertanda tangan"),),
    ),
    Finding.DORMANT_WITHOUT_BOARD: (Code.DORMANT_NO_BOARD, (_two_informants,)),
    Finding.DISSOLVING_ITSELF: (
        Code.OWN_DISSOLUTION,
        (_has(Evidence.DISSOLUTION_MINUTES, "berita acara rapat pembubaran"),),
    ),
    Finding.REFUSED: (Code.WITHHELD, ()),
    Finding.PAPERS_TO_FOLLOW: (Code.PAPERS_PENDING, (_receipt,)),
}
NOT_LOCATED: dict[Finding, tuple[Code, tuple[Need, ...]]] = {
    Finding.ADDRESS_UNIDENTIFIED: (Code.ADDRESS_UNIDENTIFIED, (_official,)),
    Finding.OTHER_OCCUPANT: (Code.OTHER_OCCUPANT, (_photo, _occupant)),
    Finding.EMPTY_OR_DEMOLISHED: (Code.EMPTY_OR_DEMOLISHED, (_photo,)),
    Finding.NOBODY_PRESENT: (Code.NOBODY_PRESENT, ()),
    Finding.MOVED_UNKNOWN: (Code.MOVED_UNKNOWN, (_informant,)),
    Finding.UNREACHABLE: (Code.UNREACHABLE, (_note,)),
    Finding.SAID_DISSOLVED: (Code.SAID_DISSOLVED, (_informant,)),
}


def lacking(visit: Visit, needs: Sequence[Need]) -> tuple[str, ...]:
    """Which of the needs a visit does not meet, in words."""
    return tuple(word for need in needs if (word := need(visit)))


def evidence_lacking(visit: Visit) -> tuple[str, ...]:
    """What a finding still lacks of its least evidence, in words; empty where it suffices.

    Business (`operating`) depends on the policy and the day and is not asked here; attempts are counted over visits.
    """
    found = {**OUT_OF_SCOPE, **LOCATED_OTHER, **NOT_LOCATED}.get(visit.finding)
    return lacking(visit, found[1]) if found else ()
