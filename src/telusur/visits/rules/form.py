"""The form that goes to the phone: the findings in an official's words and what each needs before it can be finished.

Pure. The needs are not written here a second time: they are read off the rule that gives the codes, by asking it what a
finding lacks and trying what would meet it. So a phone can never finish what `dispose` would not take, nor ask for more.
Source: docs/phone-protocol.md, docs/decisions/0009.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from telusur.rounds.rules.disposition import evidence_lacking
from telusur.rounds.rules.visit import (
    EVIDENCE_LABELS,
    FINDING_LABELS,
    INFORMANT_LABELS,
    MINUTES_CONTENTS,
    Evidence,
    Finding,
    Informant,
    PartOfDay,
    Visit,
)

__all__ = [
    "FORM_VERSION",
    "KNOWN_FORMS",
    "NEXT_STEPS",
    "QUICK",
    "Need",
    "Quick",
    "form_json",
    "is_on_form",
    "needs_of",
    "with_token",
]

FORM_VERSION = 1
# Prior versions are taken for ever: a phone may have lain in a drawer.
KNOWN_FORMS = frozenset({1})

# What only a second person at a desk can complete is no finding of one officer in the field.
_DESK_ONLY = frozenset({Finding.NO_LEGAL_ENTITY})
_COMMON = frozenset(
    {
        Finding.OPERATING,
        Finding.NOBODY_PRESENT,
        Finding.OTHER_OCCUPANT,
        Finding.EMPTY_OR_DEMOLISHED,
        Finding.REFUSED,
    }
)
_GROUPS: tuple[tuple[str, frozenset[Finding]], ...] = (
    (
        "Ditemukan",
        frozenset(
            {
                Finding.OPERATING,
                Finding.DORMANT_WITH_BOARD,
                Finding.DORMANT_WITHOUT_BOARD,
                Finding.DISSOLVING_ITSELF,
                Finding.REFUSED,
                Finding.PAPERS_TO_FOLLOW,
            }
        ),
    ),
    (
        "Belum ditemukan",
        frozenset(
            {
                Finding.NOBODY_PRESENT,
                Finding.OTHER_OCCUPANT,
                Finding.EMPTY_OR_DEMOLISHED,
                Finding.MOVED_UNKNOWN,
                Finding.SAID_DISSOLVED,
                Finding.ADDRESS_UNIDENTIFIED,
                Finding.UNREACHABLE,
            }
        ),
    ),
)
NEXT_STEPS: Mapping[str, str] = {
    "revisit": "datang lagi pada waktu lain",
    "ask_lurah": "tanyakan ke kelurahan",
    "call_board": "hubungi pengurus",
    "collect_papers": "ambil berkas yang menyusul",
    "desk": "serahkan ke meja",
}


class Quick(NamedTuple):
    """A common case as one tap: the finding with what goes with it, said in its label. business_on: "today" or ""."""

    label: str
    finding: Finding
    evidence: tuple[Evidence, ...] = ()
    informants: tuple[Informant, ...] = ()
    business_on: str = ""


# Nothing is ticked for an officer in silence: each label says what it states. With a photo, three taps finish each.
QUICK: tuple[Quick, ...] = (
    Quick(
        "Usaha berjalan, ada transaksi hari ini",
        Finding.OPERATING,
        (Evidence.TRANSACTION,),
        (),
        "today",
    ),
    Quick("Ditempati pihak lain, kata penghuninya", Finding.OTHER_OCCUPANT, (), (Informant.OCCUPANT,)),
)
# Photos are counted by the photos themselves, never by a tick.
_BY_PHOTO: Mapping[Evidence, str] = {
    Evidence.PHOTO: "photo:any",
    Evidence.GEOTAGGED_PHOTO: "photo:geotagged",
    Evidence.MEETING_MINUTES: "minutes",
}
_SOME_DAY = date(2000, 1, 1)
_FIELDS: Mapping[str, Mapping[str, object]] = {
    "field:number": {"number": "1"},
    "field:note": {"note": "x"},
    "field:receipt_due_on": {"receipt_due_on": _SOME_DAY},
    # A number that both rows hold; else two people judge the pair at the desk.
    "field:survivor": {"survivor": "x", "survivor_shares_number": True},
}


class Need(NamedTuple):
    """What a finding needs: one of the tokens (docs/phone-protocol.md), and its words."""

    any: tuple[str, ...]
    label: str


# Business depends on the day and the policy and is asked by `dispose` itself; a test holds these three to it.
_OPERATING = (
    Need(("evidence:ledger", "evidence:transaction"), "buku kas atau transaksi"),
    Need(("field:business_on",), "tanggal pada buku kas atau transaksi"),
    Need(("photo:geotagged",), "foto bergeotag"),
)


def _blank(finding: Finding) -> Visit:
    return Visit(
        fact_id=0,
        on=_SOME_DAY,
        part=PartOfDay.MORNING,
        officer="",
        finding=finding,
        informants=frozenset(),
        evidence=frozenset(),
        business_on=None,
        receipt_due_on=None,
        number="",
        survivor="",
        survivor_shares_number=False,
        reviewer="",
        note="",
    )


def _tokens() -> Iterator[str]:
    for kind in Evidence:
        yield _BY_PHOTO.get(kind, f"evidence:{kind.value}")
    for role in Informant:
        yield f"informant:{role.value}"
    yield "informants:2"
    yield from _FIELDS


def with_token(visit: Visit, token: str) -> Visit:
    """The visit with one thing more that a token names. Raises KeyError or ValueError for an unknown token."""
    if token in _FIELDS:
        return replace(visit, **_FIELDS[token])  # type: ignore[arg-type]
    if token == "field:business_on":
        return replace(visit, business_on=visit.on)
    if token == "informants:2":
        return replace(visit, informants=visit.informants | {Informant.NEIGHBOUR, Informant.MEMBER})
    for kind, by_photo in _BY_PHOTO.items():
        if token == by_photo:
            return replace(visit, evidence=visit.evidence | {kind})
    prefix, _, name = token.partition(":")
    if prefix == "informant":
        return replace(visit, informants=visit.informants | {Informant(name)})
    if prefix != "evidence":
        raise KeyError(token)
    return replace(visit, evidence=visit.evidence | {Evidence(name)})


def _probed(finding: Finding) -> Iterator[Need]:
    visit = _blank(finding)
    while lacking := evidence_lacking(visit):
        word = lacking[0]
        meet = [token for token in _tokens() if word not in evidence_lacking(with_token(visit, token))]
        if not meet:
            raise ValueError(f"the form knows nothing that would give {finding} its «{word}»")
        if any(token.startswith("informant:") for token in meet):
            meet = [token for token in meet if token != "informants:2"]
        yield Need(tuple(meet), word)
        visit = with_token(visit, meet[0])


@lru_cache(maxsize=len(Finding))
def needs_of(finding: Finding) -> tuple[Need, ...]:
    """What a finding needs. Raises ValueError for one that is not on the form (`is_on_form`)."""
    if finding in _DESK_ONLY:
        raise ValueError(f"{finding} is decided at a desk")
    return _OPERATING if finding is Finding.OPERATING else tuple(_probed(finding))


def is_on_form(finding: Finding) -> bool:
    """Whether an officer in the field can state it."""
    return finding not in _DESK_ONLY


def _group(finding: Finding) -> str:
    return next((name for name, among in _GROUPS if finding in among), "Di luar cakupan")


def _asks(finding: Finding, needs: Sequence[Need]) -> list[str]:
    fields = [token.removeprefix("field:") for need in needs for token in need.any if token.startswith("field:")]
    if _group(finding) == "Ditemukan":
        fields.append("meeting")
    return fields


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def form_json(business_since: date | None = None) -> dict[str, object]:
    """The form as docs/phone-protocol.md has it, the common findings of each group first.

    business_since: the oldest day on which business still counts for the round; None where there is none.
    """
    ranks = {name: rank for rank, (name, _) in enumerate(_GROUPS)}
    shown = sorted(
        filter(is_on_form, Finding), key=lambda each: (ranks.get(_group(each), len(ranks)), each not in _COMMON)
    )
    return {
        "version": FORM_VERSION,
        "findings": [
            {
                "finding": finding.value,
                "label": _capital(FINDING_LABELS[finding]),
                "group": _group(finding),
                "is_common": finding in _COMMON,
                "needs": [{"any": list(need.any), "label": need.label} for need in needs_of(finding)],
                "asks": _asks(finding, needs_of(finding)),
            }
            for finding in shown
        ],
        "evidence": {kind.value: words for kind, words in EVIDENCE_LABELS.items() if kind not in _BY_PHOTO},
        "contents": dict(MINUTES_CONTENTS),
        "informants": {role.value: words for role, words in INFORMANT_LABELS.items()},
        "next_steps": dict(NEXT_STEPS),
        "quick": [
            {
                "label": quick.label,
                "finding": quick.finding.value,
                "evidence": [kind.value for kind in quick.evidence],
                "informants": [role.value for role in quick.informants],
                "business_on": quick.business_on,
            }
            for quick in QUICK
        ],
        "since": {"business_on": business_since.isoformat()} if business_since else {},
    }
