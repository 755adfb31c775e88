"""The dossier of a case: one PDF/A-3 with every condition, letter, fact, photo and proof, its hash and its article.

In: a case, a day, an instant, the papers that its board filed. Out: bytes, the same for the same case, day and knowledge.
Kept proofs and filed papers are attached byte for byte; pictures stand in it too. What came after the instant is left out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from telusur.laws.queries import current_law
from telusur.laws.rules.law import Certainty, Law
from telusur.notices.models import Notice, NoticeCase, NoticeEvent, NoticeObjection
from telusur.notices.proofs.store import proof_bytes, proof_kind, screen_image
from telusur.notices.queries import calendar, case_file, guard_case, rows_of
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
from telusur.paper.setting import noon, set_pdf
from telusur.people.models import Account
from telusur.register.models import RecordedFact
from telusur.rounds.rules.visit import EVIDENCE_LABELS, FINDING_LABELS, Evidence, Finding
from telusur.visits.photos.pictures import screen_copy
from telusur.words.months import long_day

__all__ = ["Filed", "dossier_pdf"]

_PAGE = Path(__file__).with_name("dossier.typ")
_MIMES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf"}
_HELD = {Held.NONE: "tidak ada", Held.EXISTS: "ada", Held.UNKNOWN: "belum diketahui"}
_KINDS = {
    "visit": "kunjungan",
    "withdrawal": "penarikan kunjungan",
    "conflict_decision": "putusan temuan",
    "hold": "penahanan",
    "notice_event": "langkah surat",
    "objection": "keberatan",
    "dissolution_proposal": "usulan pembubaran",
    "self_report": "laporan pengurus",
    "annual_meeting": "rapat anggota tahunan",
    "business": "bukti usaha",
    "address": "alamat",
    "board": "susunan pengurus",
    "desk_contact": "dihubungi dari kantor",
    "members": "jumlah anggota",
    "meeting_plan": "rencana rapat anggota",
    "position": "letak",
    "premises": "tempat usaha",
    "visit_request": "permintaan kunjungan",
    HARM_KIND: "pemeriksaan kerugian",
}
_VOICES = {"visit": "kunjungan", "board": "pengurus", "office": "dinas", "decree": "keputusan"}
_LONGEST = 400


class Filed(NamedTuple):
    """A paper that a board sent. content: as it came, None where it is no longer kept; picture: a photo's new JPEG."""

    sha256: str
    words: str
    ending: str
    content: bytes | None
    picture: bytes | None


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
    events = list(NoticeEvent.objects.filter(notice__case=case, at__lte=known_at).order_by("id"))
    numbers = {letter.id: letter.number for letter in file.letters}
    objected = NoticeObjection.objects.filter(case=case, received_at__lte=known_at).select_related("decision")
    facts = list(
        RecordedFact.objects.filter(cooperative_id=case.cooperative_id, recorded_at__lte=known_at).order_by("id")
    )
    names = dict(Account.objects.values_list("username", "full_name"))
    about = about_of(notices[-1].content) if notices else None
    cited = [ident for each in found for ident in each.articles]
    cited += [ident for notice in notices for ident in articles_of(Stage(notice.stage))]
    office = notices[-1].content["office"] if notices else {"name": ""}
    return {
        "title": f"Berkas perkara {about.name if about else case.cooperative}",
        "office": str(office["name"]),
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
        "facts": [_fact(fact, names) for fact in facts],
        "pictures": _pictures(facts, events, filed, root),
        "articles": _articles(cited, law),
        "files": _files(events, filed, root),
        "gone": [{"words": each.words, "sha256": each.sha256} for each in filed if each.content is None],
    }


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
        "articles": [law.article(ident).article for ident in dict.fromkeys(each.articles)],
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
    kind = _KINDS.get(row.kind, row.kind)
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


def _evidence(item: Mapping[str, str]) -> dict[str, str]:
    kind = str(item.get("kind", ""))
    words = (
        EVIDENCE_LABELS[Evidence(kind)] if kind in set(Evidence) else "bukti surat" if kind == "notice_proof" else kind
    )
    return {"words": words, "sha256": str(item.get("sha256", ""))}


def _pictures(
    facts: Iterable[RecordedFact], events: Iterable[NoticeEvent], filed: Iterable[Filed], root: Path
) -> list[dict[str, str]]:
    """Photos of visits, of proofs and of boards, as copies for paper, written beside the page."""
    found: dict[str, tuple[str, bytes]] = {}
    for fact in facts:
        for item in fact.evidence:
            sha256 = str(item.get("sha256", ""))
            copy = screen_copy(sha256, "layar") if len(sha256) == 64 and fact.kind == "visit" else None
            if copy is not None:
                found[sha256] = (f"Kunjungan {long_day(fact.valid_on)}", copy.read_bytes())
    for event in events:
        content = proof_bytes(event.proof_sha256) if event.proof_sha256 else None
        picture = screen_image(content) if content else None
        if picture is not None:
            words = f"Bukti {EVENT_LABELS[EventKind(event.kind)]} {long_day(event.on)}"
            found[event.proof_sha256] = (words, picture)
    for paper in filed:
        if paper.picture is not None:
            found.setdefault(paper.sha256, (paper.words, paper.picture))
    pictures = []
    for sha256, (words, content) in found.items():
        name = f"foto-{sha256[:16]}.jpg"
        (root / name).write_bytes(content)
        pictures.append({"file": name, "words": words, "sha256": sha256})
    return pictures


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


def _files(events: Iterable[NoticeEvent], filed: Iterable[Filed], root: Path) -> list[dict[str, str]]:
    """Kept proofs and filed papers, attached byte for byte; one whose bytes are gone is named without them elsewhere."""
    found: dict[str, dict[str, str]] = {}

    def attach(sha256: str, kind: str, words: str, content: bytes) -> None:
        name = f"bukti-{sha256[:16]}.{kind}"
        (root / name).write_bytes(content)
        found.setdefault(sha256, {"file": name, "mime": _MIMES[kind], "words": words, "sha256": sha256})

    for event in events:
        content = proof_bytes(event.proof_sha256) if event.proof_sha256 else None
        if content is None or event.proof_sha256 in found:
            continue
        words = f"Bukti {EVENT_LABELS[EventKind(event.kind)]} {long_day(event.on)}"
        attach(event.proof_sha256, proof_kind(content) or "pdf", words, content)
    for paper in filed:
        if paper.content is not None and paper.sha256 not in found:
            attach(paper.sha256, paper.ending, paper.words, paper.content)
    return list(found.values())
