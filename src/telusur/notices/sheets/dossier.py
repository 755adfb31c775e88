"""The dossier of a case: one PDF/A-3 with every condition, letter, fact, photo and proof, its hash and its article.

In: a case, a day, an instant, the papers that its board filed. Out: bytes, the same for the same case, day and knowledge.
Photos of visits, kept proofs and filed papers are attached byte for byte; pictures stand in it too.
What came after the instant is left out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from telusur.laws.queries import current_law
from telusur.laws.rules.law import Certainty, Law
from telusur.notices.models import Notice, NoticeCase, NoticeEvent, NoticeObjection
from telusur.notices.queries import calendar, case_file, guard_case, office, rows_of
from telusur.notices.rules.content import About, about_of, articles_of, blocks_of
from telusur.notices.rules.guard import (
    HARM_ITEMS,
    HARM_KIND,
    Condition,
    Held,
    conditions,
    harm_from,
    signatures_lacking,
)
from telusur.notices.rules.stages import CHANNEL_LABELS, EVENT_LABELS, STAGE_LABELS, Channel, EventKind, Stage
from telusur.notices.sheets.attached import Filed, attached, hashes_in
from telusur.paper.setting import noon, set_pdf
from telusur.people.models import Account
from telusur.register.models import RecordedFact
from telusur.register.rules import FACT_WORDS
from telusur.rounds.rules.visit import EVIDENCE_LABELS, FINDING_LABELS, Evidence, Finding
from telusur.words.months import long_day

__all__ = ["Filed", "dossier_pdf"]

_PAGE = Path(__file__).with_name("dossier.typ")
_HELD = {Held.NONE: "tidak ada", Held.EXISTS: "ada", Held.UNKNOWN: "belum diketahui"}
# What a fact of a kind bears on where no condition of the guard uses it.
_BEARS_ON = {
    "visit": ("house.not_found_attempts",),
    "annual_meeting": ("uu25-1992.26.meeting_months",),
    "business": ("house.business_months",),
    "premises": ("house.self_report_proves",),
    "self_report": ("house.self_report_recent_days",),
}
_VOICES = {"visit": "kunjungan", "board": "pengurus", "office": "dinas", "decree": "keputusan"}
_LONGEST = 400


def dossier_pdf(case: NoticeCase, on: date, known_at: datetime, filed: Sequence[Filed]) -> bytes:
    """The dossier as of a day, as known at an instant. Raises ValueError without fonts or without a round."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / _PAGE.name).write_bytes(_PAGE.read_bytes())
        data = _data(case, on, known_at, filed, root)
        return set_pdf(root / _PAGE.name, data, at=noon(on), standard="a-3b")


def _data(case: NoticeCase, on: date, known_at: datetime, filed: Sequence[Filed], root: Path) -> dict[str, object]:
    law, file = current_law(on, known_at), case_file(case, known_at)
    rows = rows_of([case.cooperative_id], on, known_at)
    asked = guard_case(case, file, rows, known_at)
    found = list(conditions(asked, law, calendar(), on))
    proposal = file.standing_letter(Stage.PROPOSAL)
    unsigned = signatures_lacking(proposal) if proposal is not None else None
    if proposal is not None:
        found.append(Condition("dua tanda tangan orang yang berbeda", (), (), (unsigned,) if unsigned else ()))
    lacking = sum(len(each.lacks) for each in found)
    notices = list(Notice.objects.filter(case=case, drafted_at__lte=known_at).order_by("id"))
    events = list(
        NoticeEvent.objects.filter(notice__case=case, at__lte=known_at).select_related("notice").order_by("id")
    )
    numbers = {letter.id: letter.number for letter in file.letters}
    objected = NoticeObjection.objects.filter(case=case, received_at__lte=known_at).select_related("decision")
    facts = list(
        RecordedFact.objects.filter(cooperative_id=case.cooperative_id, recorded_at__lte=known_at).order_by("id")
    )
    names = dict(Account.objects.values_list("username", "full_name"))
    about = about_of(notices[-1].content) if notices else rows.about.get(case.cooperative_id)
    cited = [ident for each in found for ident in each.articles]
    cited += [ident for notice in notices for ident in articles_of(Stage(notice.stage))]
    served = _served(found, facts)
    cited += [ident for articles in served.values() for ident in articles]
    kept = attached(facts, events, filed, _by_hash(facts, events, served, law), root)
    held_by = notices[-1].content["office"] if notices else office()._asdict()
    return {
        "title": f"Berkas perkara {about.name if about else case.cooperative}",
        "office": str(held_by["name"]),
        "on": [on.year, on.month, on.day],
        "dated": long_day(on),
        "known": f"{timezone.localtime(known_at):%d/%m/%Y %H.%M}",
        "lacking": lacking,
        "verdict": "Semua syarat usulan pembubaran terpenuhi."
        if not lacking
        else f"Belum dapat diusulkan: {lacking} syarat belum terpenuhi.",
        "about": _about_rows(case, about),
        "conditions": [_condition(each, law) for each in found],
        "letters": [
            _letter(notice, numbers[notice.pk], [each for each in events if each.notice_id == notice.pk], names)
            for notice in notices
        ],
        "objections": [_objection(each, known_at) for each in objected],
        "facts": [_fact(fact, names) | {"articles": _named(served[fact.pk], law)} for fact in facts],
        "pictures": list(kept.pictures.values()),
        "articles": _articles(cited, law),
        "files": list(kept.files.values()),
        "gone": list(kept.gone.values()),
    }


def _served(found: Iterable[Condition], facts: Iterable[RecordedFact]) -> dict[int, tuple[str, ...]]:
    """The articles that each fact serves: those of the conditions that use it, else what its kind bears on."""
    used: dict[int, dict[str, None]] = {}
    for each in found:
        for ident in (*each.facts, *(fact for lack in each.lacks for fact in lack.facts)):
            used.setdefault(ident, {}).update(dict.fromkeys(each.articles))
    return {fact.pk: tuple(used[fact.pk]) if fact.pk in used else tuple(_BEARS_ON.get(fact.kind, ())) for fact in facts}


def _by_hash(
    facts: Iterable[RecordedFact], events: Iterable[NoticeEvent], served: Mapping[int, Sequence[str]], law: Law
) -> dict[str, list[str]]:
    """What each file is evidence for, by its hash."""
    found: dict[str, dict[str, None]] = {}
    for fact in facts:
        for item in (*fact.evidence, *(fact.value.get("photos") or ())):
            for sha256 in hashes_in(item):
                found.setdefault(sha256, {}).update(dict.fromkeys(served[fact.pk]))
    for event in events:
        found.setdefault(event.proof_sha256, {}).update(dict.fromkeys(articles_of(Stage(event.notice.stage))))
    return {sha256: _named(idents, law) for sha256, idents in found.items()}


def _named(idents: Iterable[str], law: Law) -> list[str]:
    return [law.article(ident).article for ident in dict.fromkeys(idents)]


def _about_rows(case: NoticeCase, about: About | None) -> list[list[str]]:
    if about is None:
        return [["Perkara", str(case.pk)]]
    name, number, legal, address, _, kelurahan, kecamatan = about
    return [
        ["Koperasi", name],
        ["NIK koperasi", number or "-"],
        ["Badan hukum", legal or "-"],
        ["Alamat terdaftar", address or "-"],
        ["Kelurahan, kecamatan", ", ".join(part for part in (kelurahan, kecamatan) if part) or "-"],
        ["Perkara", f"no. {case.pk}, dibuka {long_day(case.opened_on)} oleh {case.opened_by}"],
    ]


def _condition(each: Condition, law: Law) -> dict[str, object]:
    used = sorted({fact for fact in (*each.facts, *(fact for lack in each.lacks for fact in lack.facts)) if fact})
    return {
        "met": not each.lacks,
        "words": each.words[0].upper() + each.words[1:],
        "lacks": [lack.reason.sentence() for lack in each.lacks],
        "articles": _named(each.articles, law),
        "facts": ", ".join(map(str, used)),
    }


def _letter(notice: Notice, number: str, events: Sequence[NoticeEvent], names: Mapping[str, str]) -> dict[str, object]:
    words = STAGE_LABELS[Stage(notice.stage)]
    return {
        "head": f"{words[0].upper()}{words[1:]} {number or '(belum bernomor)'}",
        "drafted": f"disusun {long_day(notice.drafted_on)} oleh {names.get(notice.drafted_by, notice.drafted_by)}",
        "mark": notice.content_sha256,
        "blocks": [list(block) for block in blocks_of(notice.content)],
        "events": [_event(event, names) for event in events],
    }


def _event(event: NoticeEvent, names: Mapping[str, str]) -> dict[str, object]:
    says = [long_day(event.on)]
    if event.channel:
        says.append(CHANNEL_LABELS[Channel(event.channel)] + (f", {event.place}" if event.place else ""))
    says.append(f"dicatat {names.get(event.by, event.by)}, {timezone.localtime(event.at):%d/%m/%Y %H.%M}")
    if event.due_on:
        says.append(f"batas {long_day(event.due_on)}")
    if event.why:
        says.append(f"alasan: {event.why}")
    return {
        "what": EVENT_LABELS[EventKind(event.kind)].capitalize(),
        "says": " · ".join(says),
        "working": [str(said["says"]).format_map(said["values"]) for said in event.working],
        "proof": event.proof,
        "sha256": event.proof_sha256,
    }


def _objection(row: NoticeObjection, known_at: datetime) -> dict[str, str]:
    decision = getattr(row, "decision", None)
    told = ""
    if decision is not None and decision.decided_at <= known_at:
        word = "diterima" if decision.upheld else "ditolak"
        told = f"Putusan {long_day(decision.decided_on)}: {word}. {decision.why}"
    return {"head": f"{row.receipt}, diterima {long_day(row.received_on)}", "says": row.says, "decision": told}


def _fact(row: RecordedFact, names: Mapping[str, str]) -> dict[str, object]:
    kind = FACT_WORDS[row.kind]
    recorded = (
        f"dicatat {names.get(row.recorded_by, row.recorded_by)}, {timezone.localtime(row.recorded_at):%d/%m/%Y %H.%M}"
    )
    if row.supersedes_id:
        recorded += f"; menggantikan no. {row.supersedes_id}"
    return {
        "id": str(row.pk),
        "head": f"{kind.capitalize()}, {long_day(row.valid_on)}, suara {_VOICES.get(row.voice, row.voice)}",
        "says": _says(row),
        "evidence": [_evidence(item) for item in row.evidence],
        "recorded": recorded,
        "mark": row.fingerprint,
    }


def _says(row: RecordedFact) -> str:
    value = row.value
    if row.kind == "visit" and value.get("finding") in set(Finding):
        return f"{FINDING_LABELS[Finding(value['finding'])]}; petugas {value.get('officer', '')}"
    if row.kind == HARM_KIND:
        harm = harm_from(row.as_fact())
        return "; ".join(
            f"{words}: {_HELD[harm.items[name].state]}"
            + (f" ({harm.items[name].note})" if harm.items[name].note else "")
            for name, words in HARM_ITEMS.items()
        )
    if row.kind == "notice_event" and value.get("event") in set(EventKind) and value.get("stage") in set(Stage):
        said = (
            f"{STAGE_LABELS[Stage(value['stage'])]} {value.get('number', '')} {EVENT_LABELS[EventKind(value['event'])]}"
        )
        return said + (f"; batas {value['due_on']}" if value.get("due_on") else "")
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _evidence(item: Mapping[str, object]) -> dict[str, str]:
    kind = str(item.get("kind", ""))
    words = (
        EVIDENCE_LABELS[Evidence(kind)] if kind in set(Evidence) else "bukti surat" if kind == "notice_proof" else kind
    )
    return {"words": words, "sha256": " ".join(hashes_in(item))}


def _articles(idents: Iterable[str], law: Law) -> list[dict[str, str]]:
    found = []
    for ident in dict.fromkeys(idents):
        article = law.article(ident)
        found.append(
            {
                "id": article.id,
                "article": article.article,
                "says": article.says,
                "source": article.source,
                "doubt": "(belum diperiksa)" if article.certainty is Certainty.UNVERIFIED else "",
            }
        )
    return found
