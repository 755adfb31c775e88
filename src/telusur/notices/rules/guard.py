"""The guard of a dissolution: everything that must hold before a proposal may be signed, and what is missing of it.

Pure. All of it or nothing: not found by two officers on different days, the notices served and run out, nobody objecting,
nothing in dispute or before a court, no board that has spoken, no member who would be harmed, two people's signatures.
Silence alone proves nothing (promise 3). Source: reliability.md §2 C 28, §4; UU 25/1992 art. 47; docs/decisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from telusur.laws.rules.law import Law
from telusur.laws.rules.periods import Calendar
from telusur.notices.rules.cases import RECENT_ARTICLE, CaseFile, board_spoke
from telusur.notices.rules.clock import DECISION_ARTICLE, clock_of, decision_clock
from telusur.notices.rules.letters import Letter, Step, refuse_step
from telusur.notices.rules.stages import STAGE_LABELS, STAGE_RULES, Stage
from telusur.oversight.rules.protocol import may_leave
from telusur.people.rules import Role
from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.conflicts import visits_of, weigh
from telusur.rounds.rules.disposition import Policy, RowCase
from telusur.rounds.rules.holds import frozen_holds
from telusur.words.reason import Reason

__all__ = [
    "CONDITIONS",
    "HARM_ITEMS",
    "HARM_KIND",
    "WITHIN_ARTICLE",
    "Condition",
    "GuardCase",
    "Harm",
    "HarmItem",
    "Held",
    "Lack",
    "conditions",
    "harm_from",
    "lacking",
    "refuse_signature",
    "signatures_lacking",
]

HARM_KIND = "liabilities"
WITHIN_ARTICLE = "house.record_within_days"
_ATTEMPTS, _OFFICERS = "house.not_found_attempts", "house.not_found_officers"
_OBJECTION = STAGE_RULES[Stage.INTENT].period
_HARM_ARTICLE = "uu25-1992.50.creditor_claim_months"
# What a proposal needs, in the order in which it is shown.
CONDITIONS = (
    "tidak ditemukan oleh petugas yang berbeda pada hari yang berbeda, dengan bukti",
    "tidak ada temuan bertentangan, perkara, atau pasangan yang belum dinilai",
    "pengumuman dan pemberitahuan rencana terbukti sampai, dan batas waktunya lewat",
    "tidak ada keberatan, dan pengurus tidak baru saja melapor",
    "kerugian anggota dan pihak lain sudah diperiksa",
    "perkaranya masih terbuka",
)


class Held(StrEnum):
    """Whether a cooperative still has something that a dissolution would harm."""

    NONE = "none"
    EXISTS = "exists"
    UNKNOWN = "unknown"


HARM_ITEMS: Mapping[str, str] = {
    "member_savings": "simpanan anggota",
    "liabilities": "kewajiban kepada pihak lain",
    "aid": "bantuan pemerintah yang belum selesai",
    "assets": "aset",
}


@dataclass(frozen=True, slots=True)
class HarmItem:
    """What somebody found of one thing that could be harmed."""

    state: Held
    note: str = ""


@dataclass(frozen=True, slots=True)
class Harm:
    """A harm check: one item for each of HARM_ITEMS."""

    on: date
    checked_by: str
    items: Mapping[str, HarmItem]
    fact_id: int = 0


def harm_from(fact: Fact) -> Harm:
    """The harm check that a fact of kind `liabilities` holds; what it leaves out is unknown."""
    items: dict[str, HarmItem] = {}
    for name in HARM_ITEMS:
        said = fact.value.get(name)
        state = said.get("state") if isinstance(said, Mapping) else None
        known = next((held for held in Held if held.value == state), Held.UNKNOWN)
        items[name] = HarmItem(known, str(said.get("note", "")) if isinstance(said, Mapping) else "")
    return Harm(fact.valid_on, str(fact.value.get("checked_by", "")), items, fact.id)


@dataclass(frozen=True, slots=True)
class GuardCase:
    """All that the guard looks at. row: the register's row with the facts that hold; doubles: others it may be one with."""

    row: RowCase
    policy: Policy
    file: CaseFile
    doubles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: why, by which articles (ids), seen in which facts (ids)."""

    reason: Reason
    articles: tuple[str, ...]
    facts: tuple[int, ...] = ()


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _not_found(asked: GuardCase, law: Law, on: date) -> list[Lack]:
    """What the not-found protocol still lacks, asked with the stricter of the round's and the law's attempts."""
    attempts = max(asked.policy.required_attempts, law.value(_ATTEMPTS))
    leave = may_leave(asked.row, replace(asked.policy, required_attempts=attempts), on)
    facts = tuple(visit.fact_id for visit in visits_of(asked.row.facts))
    articles = (_ATTEMPTS, _OFFICERS)
    found = [Lack(reason, articles, facts) for reason in leave.lacks]
    officers = law.value(_OFFICERS)
    if leave.may and len(leave.officers) < officers:
        said = {"count": str(officers), "have": str(len(leave.officers))}
        why = Reason("guard_officers", "perlu {count} petugas berbeda yang tidak menemukannya (baru {have})", said)
        found.append(Lack(why, articles, facts))
    if not leave.may and not found:
        found.append(Lack(Reason("guard_not_found", "temuan «tidak ditemukan» belum memenuhi syarat"), articles, facts))
    return found


def _disputes(asked: GuardCase) -> list[Lack]:
    """Findings in dispute, court cases and other holds, pairs that nobody has judged."""
    found: list[Lack] = []
    conflict = weigh(asked.row.facts, asked.policy.conflict_days).conflict
    if conflict is not None:
        why = Reason("guard_conflict", "temuan petugas bertentangan dan belum diputuskan")
        found.append(Lack(why, (_OFFICERS,), conflict.fact_ids))
    for fact in frozen_holds(asked.row.facts):
        why = Reason("guard_hold", "ditahan sejak {on}: {why}", {"on": _day(fact.valid_on), "why": _said(fact)})
        found.append(Lack(why, ("house.not_found_attempts",), (fact.id,)))
    if asked.doubles:
        why = Reason(
            "guard_pair_open", "mungkin sama dengan {other}; pasangan itu belum dinilai", {"other": asked.doubles[0]}
        )
        found.append(Lack(why, (_OFFICERS,)))
    return found


def _said(fact: Fact) -> str:
    return str(fact.value.get("why", "")) or "tanpa alasan tertulis"


def _served(stage: Stage, letter: Letter | None, law: Law, holidays: Calendar, on: date) -> list[Lack]:
    """Whether a notice was served and its period has run out."""
    words, article = {"what": STAGE_LABELS[stage]}, STAGE_RULES[stage].period
    if letter is None or not letter.is_signed:
        return [Lack(Reason("guard_notice_missing", "{what} belum terbit atau sudah dicabut", words), (article,))]
    clock = clock_of(letter, law, holidays, on)
    facts = tuple(step.fact_id for step in letter.steps if step.fact_id)
    if clock is None:
        return [Lack(Reason("guard_notice_not_served", "{what} belum terbukti sampai", words), (article,), facts)]
    if clock.is_paused:
        return [Lack(Reason("guard_notice_paused", "{what} sedang ditangguhkan", words), (article,), facts)]
    if not clock.is_over:
        said = words | {"on": _day(clock.due_on)}
        return [Lack(Reason("guard_notice_runs", "batas {what} belum lewat: {on}", said), (article,), facts)]
    return []


def _notices(asked: GuardCase, law: Law, holidays: Calendar, on: date) -> list[Lack]:
    file = asked.file
    found = _served(Stage.PUBLIC_NOTICE, file.standing_letter(Stage.PUBLIC_NOTICE), law, holidays, on)
    intent = file.standing_letter(Stage.INTENT)
    found += _served(Stage.INTENT, intent, law, holidays, on)
    limit = decision_clock(intent, law, holidays, on) if intent is not None else None
    if limit is not None and limit.is_over:
        said = {"on": _day(limit.due_on)}
        why = Reason(
            "guard_intent_stale", "batas keputusan lewat pada {on}; pemberitahuan rencana harus diterbitkan ulang", said
        )
        found.append(Lack(why, (DECISION_ARTICLE,)))
    return found


def _heard(asked: GuardCase, law: Law, on: date) -> list[Lack]:
    """Objections, and a board that has spoken."""
    found: list[Lack] = []
    for objection in asked.file.objections:
        if objection.is_open:
            why = Reason(
                "guard_objection_open", "keberatan tanggal {on} belum diputuskan", {"on": _day(objection.received_on)}
            )
            found.append(Lack(why, (_OBJECTION,), (objection.fact_id,)))
        elif objection.upheld:
            why = Reason(
                "guard_objection_upheld", "keberatan tanggal {on} diterima", {"on": _day(objection.received_on)}
            )
            found.append(Lack(why, (_OBJECTION,), (objection.fact_id,)))
    spoke = board_spoke(asked.row.facts, law, on)
    if spoke:
        said = {"on": _day(max(fact.valid_on for fact in spoke)), "days": str(law.value(RECENT_ARTICLE))}
        why = Reason("guard_board_spoke", "pengurus melapor pada {on}, dalam {days} hari terakhir", said)
        found.append(Lack(why, (RECENT_ARTICLE,), tuple(fact.id for fact in spoke)))
    return found


def _harm(asked: GuardCase) -> list[Lack]:
    """Whether somebody looked at what a dissolution would harm, and found nothing that stands in the way."""
    articles = (_HARM_ARTICLE,)
    checks = [fact for fact in asked.row.facts if fact.kind == HARM_KIND]
    if not checks:
        return [Lack(Reason("guard_harm_missing", "kerugian anggota dan pihak lain belum diperiksa"), articles)]
    harm = harm_from(checks[-1])
    found = []
    if harm.on < asked.file.opened_on:
        why = Reason(
            "guard_harm_old", "pemeriksaan kerugian tanggal {on} lebih tua daripada perkara ini", {"on": _day(harm.on)}
        )
        found.append(Lack(why, articles, (harm.fact_id,)))
    for fact in asked.row.facts:
        if fact.kind == "hold" and fact.value.get("freezes") is not True and fact.valid_on > harm.on:
            said = {"on": _day(fact.valid_on), "why": _said(fact)}
            why = Reason(
                "guard_harm_before_hold", "catatan tanggal {on} ({why}) lebih baru daripada pemeriksaan kerugian", said
            )
            found.append(Lack(why, articles, (fact.id,)))
    for name, words in HARM_ITEMS.items():
        item = harm.items[name]
        if item.state is Held.UNKNOWN:
            why = Reason("guard_harm_unknown", "{what} belum diketahui", {"what": words})
        elif item.state is Held.EXISTS and name != "assets":
            why = Reason("guard_harm_exists", "masih ada {what}: {note}", {"what": words, "note": item.note or "-"})
        elif item.state is Held.EXISTS and not item.note.strip():
            why = Reason("guard_harm_assets", "aset masih ada; tulis di mana dan siapa yang menjaganya")
        else:
            continue
        found.append(Lack(why, articles, (harm.fact_id,)))
    return found


class Condition(NamedTuple):
    """One of the things that a proposal needs: in words, by which articles (ids), seen in which facts (ids).

    lacks: what is missing of it, empty where it is met.
    """

    words: str
    articles: tuple[str, ...]
    facts: tuple[int, ...]
    lacks: tuple[Lack, ...]


def conditions(asked: GuardCase, law: Law, holidays: Calendar, on: date) -> tuple[Condition, ...]:
    """Everything that a proposal of dissolution needs on a day, signatures apart, with what is missing of each."""
    ended = [Lack(Reason("guard_case_ended", "perkara ini sudah selesai"), ())] if asked.file.is_ended else []
    notices = (STAGE_RULES[Stage.PUBLIC_NOTICE].period, _OBJECTION, DECISION_ARTICLE)
    facts = asked.row.facts
    visits = tuple(visit.fact_id for visit in visits_of(facts))
    steps = tuple(
        step.fact_id
        for letter in asked.file.letters
        if letter.stage in (Stage.PUBLIC_NOTICE, Stage.INTENT)
        for step in letter.steps
        if step.fact_id
    )
    weighed = tuple(fact.id for fact in facts if fact.kind in ("hold", "conflict_decision"))
    heard = tuple(fact.id for fact in facts if fact.kind == "objection" or fact.voice is Voice.BOARD)
    harm = tuple(fact.id for fact in facts if fact.kind == HARM_KIND)
    return (
        Condition(CONDITIONS[0], (_ATTEMPTS, _OFFICERS), visits, tuple(_not_found(asked, law, on))),
        Condition(CONDITIONS[1], (_OFFICERS,), weighed, tuple(_disputes(asked))),
        Condition(CONDITIONS[2], notices, steps, tuple(_notices(asked, law, holidays, on))),
        Condition(CONDITIONS[3], (_OBJECTION, RECENT_ARTICLE), heard, tuple(_heard(asked, law, on))),
        Condition(CONDITIONS[4], (_HARM_ARTICLE,), harm[-1:], tuple(_harm(asked))),
        Condition(CONDITIONS[5], (), (), tuple(ended)),
    )


def lacking(asked: GuardCase, law: Law, holidays: Calendar, on: date) -> tuple[Lack, ...]:
    """All that is missing for a proposal of dissolution on a day, signatures apart; empty when nothing is."""
    return tuple(lack for each in conditions(asked, law, holidays, on) for lack in each.lacks)


def refuse_signature(
    asked: GuardCase, proposal: Letter, step: Step, role: Role, law: Law, holidays: Calendar
) -> tuple[Lack, ...]:
    """Why a signature on a proposal may not be given; empty when it may. The guard is asked for the day of the signature."""
    found = list(lacking(asked, law, holidays, step.on))
    refused = refuse_step(proposal, step, role, law.value(WITHIN_ARTICLE))
    if refused is not None:
        found.append(Lack(refused, (WITHIN_ARTICLE,)))
    return tuple(found)


def signatures_lacking(proposal: Letter) -> Lack | None:
    """What a proposal still lacks in signatures: as many people as its kind asks for, none of them its drafter."""
    need, have = len(proposal.rule.signatures), len(set(proposal.signers) - {proposal.drafted_by})
    if have >= need:
        return None
    said = {"need": str(need), "have": str(have)}
    return Lack(Reason("guard_signatures", "perlu tanda tangan {need} orang berbeda (baru {have})", said), ())
