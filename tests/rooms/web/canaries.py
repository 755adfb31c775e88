"""Two thousand canaries: names, phones, house numbers, words of witnesses, each planted once where a person's data stands.

A small register with visits, reports, objections, tips and letters. A canary is a word or a number that occurs nowhere else;
`found_in` finds any of them in a text, however its digits are spaced.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from telusur.notices import actions as notices
from telusur.notices.rules.guard import HARM_ITEMS, HarmItem, Held
from telusur.notices.rules.stages import Channel, Stage
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.register import actions as register
from telusur.register.models import Cooperative
from telusur.register.rules import NewFact, Voice
from telusur.rounds.actions import derive, hold_row, open_round
from telusur.rounds.rules.codes import Code
from telusur.selfreport import actions as reports
from telusur.selfreport.rules.fields import STEPS, Form, Step
from telusur.selfreport.writers.tips import tell
from tests.rooms.notices.city import ago, at
from tests.rooms.selfreport.office import ON as REPORTED_ON
from tests.rooms.selfreport.office import PAPERS, called, kept
from tests.rooms.web.city import edition, row
from tests.rules.selfreport.told import GOOD

__all__ = ["COUNT", "Planted", "found_in", "plant"]

COUNT = 2_000
ROWS = 40
_WORD = re.compile(r"knr[0-9]{5}z")
# Alone, or behind the 812 of a phone's number; a digest may hold the same digits.
_NUMBER = re.compile(r"(?:812|(?<![0-9a-f]))(7719[0-9]{5})(?![0-9a-f])")
_SPACED = re.compile(r"(?<=\d)[\s.\-()]+(?=\d)")


def found_in(text: str) -> set[str]:
    """The canaries that a text holds."""
    low = text.casefold()
    return set(_WORD.findall(low)) | set(_NUMBER.findall(_SPACED.sub("", low)))


@dataclass
class Planted:
    """What was planted, and where a person of the public can go with it."""

    words: int = 0
    numbers: int = 0

    @property
    def count(self) -> int:
        return self.words + self.numbers

    def person(self) -> str:
        """A person's name that occurs nowhere else."""
        self.words += 1
        return f"Bapak Knr{self.words:05d}z"

    def number(self) -> str:
        """Digits that occur nowhere else: 7719 and five more."""
        self.numbers += 1
        return f"7719{self.numbers:05d}"

    def phone(self) -> str:
        return f"0812{self.number()}"

    def house(self) -> str:
        return f"Jl. Contoh No. {self.number()} RT 05"


def _texts(planted: Planted) -> dict[str, dict[str, str]]:
    """A good report whose every private field, and every free word, is a canary."""
    found = {step: dict(given) for step, given in GOOD.items()}
    found["authority"] |= {"reporter_name": planted.person(), "reporter_phone": planted.phone()}
    found["address"] |= {"address": planted.house(), "hours": f"tanya {planted.person()}"}
    found["state"] |= {"note": f"kata {planted.person()}"}
    found["business"] |= {"what": f"toko milik {planted.person()}"}
    for field in STEPS[Step("board")].fields:
        if field.private:
            found["board"][field.name] = planted.phone() if field.name.endswith("_phone") else planted.person()
    return found


def _visit(planted: Planted, ident: uuid.UUID, days: int, officer: str, finding: str, evidence: str) -> NewFact:
    value = {
        "finding": finding,
        "officer": officer,
        "part_of_day": "morning",
        "informants": ["rt", "neighbour"],
        "note": f"menurut {planted.person()}, telepon {planted.phone()}",
        "reviewer": planted.person(),
        "business_on": ago(60).isoformat(),
        "new_address": planted.house(),
        "witness": planted.person(),
        "contact": {"name": planted.person(), "phone": planted.phone()},
    }
    seen = [{"kind": kind, "note": planted.person()} for kind in evidence.split()]
    return NewFact(ident, "visit", value, Voice.VISIT, ago(days), seen)


def _people(planted: Planted) -> None:
    for name, role in (("rani", Role.REGISTRAR), ("dewi", Role.SECTION_HEAD), ("hadi", Role.HEAD)):
        Account.objects.open(username=name, full_name=planted.person(), role=role, password=None)


def _letters(planted: Planted, gone: list[Cooperative]) -> None:
    """Public notices, each put up; the first objected to, others suspended, retracted."""
    since = ago(200)
    batch = notices.draft(
        cooperatives=[each.pk for each in gone], stage=Stage.PUBLIC_NOTICE, on=since, by="rani", at=at(since)
    )
    assert not batch.refused
    assert not notices.sign(notices=batch.done, on=since, by="dewi", at=at(since)).refused
    for place, notice in enumerate(batch.done):
        proof = notices.Proof(f"foto oleh {planted.person()}, {planted.house()}")
        notices.publish(
            notice=notice, channel=Channel.BOARD, place="Kelurahan Contoh", proof=proof, on=since, by="rani",
            at=at(since),
        )  # fmt: skip
        if place == 0:
            notices.suspend(case=notice.case, why=planted.person(), on=ago(100), by="dewi", at=at(ago(100)))
        elif place == 1:
            notices.retract(case=notice.case, why=planted.person(), on=ago(100), by="dewi", at=at(ago(100)))
        elif place < 6:
            said = f"kami ada di {planted.house()}, hubungi {planted.person()} {planted.phone()}"
            notices.object(notice=notice, says=said, receipt=f"K-{place}", on=ago(50), by="publik", at=at(ago(50)))


def _reports(planted: Planted, cooperatives: list[Cooperative]) -> None:
    for place, cooperative in enumerate(cooperatives):
        report, _ = reports.begin(form=Form.REPORT, cooperative=cooperative, unlisted_name="")
        for step, given in _texts(planted).items():
            reports.save_step(report=report, step=Step(step), texts=given)
        if place % 2:
            for purpose, data in PAPERS:
                kept(report, purpose, data, f"{planted.person()}.pdf")
            report = reports.submit(report=type(report).objects.get(pk=report.pk), on=REPORTED_ON)
        if place % 4 == 1:
            called(report)
        if place % 4 == 3:
            reports.send_back(report=report, seen=1, why=planted.person(), by="rani", on=REPORTED_ON)


@transaction.atomic
def plant() -> Planted:
    """The register with its canaries: at least COUNT of them, each said once."""
    planted = Planted()
    _people(planted)
    made = edition(ROWS)
    rows = [
        row(
            made,
            index,
            Code.OTHER_OCCUPANT if index < ROWS // 2 else Code.ACTIVE_MEETING_OVERDUE,
            address=planted.house(),
            phone=planted.phone(),
            people=[text() for _ in range(14) for text in (planted.person, planted.phone)],
        )
        for index in range(ROWS)
    ]
    opened = open_round(name="Putaran Kenari", edition=made, by="dewi")
    gone, here = rows[: ROWS // 2], rows[ROWS // 2 :]
    facts = [
        _visit(planted, each.pk, days, officer, "other_occupant", "photo")
        for each in gone
        for days, officer in ((400, "sari"), (390, "budi"))
    ]
    facts += [_visit(planted, each.pk, 30, "sari", "operating", "ledger geotagged_photo") for each in here]
    register.record_facts(facts, by="terminal", at=at(ago(390)) + timedelta(hours=1))
    derive(round_=opened, on=ago(0), known_at=datetime.now(UTC), by="terminal")
    _letters(planted, gone[:12])
    _reports(planted, gone[10:14] + here[:12])
    for each in rows:
        told = {"where": planted.house(), "relation": "neighbour", "note": planted.person(), "contact": planted.phone()}
        tell(cooperative=each, texts=told, point=None)
    for each in gone[14:]:
        items = dict.fromkeys(HARM_ITEMS, HarmItem(Held.NONE, planted.person()))
        notices.check_harm(cooperative=each.pk, items=items, on=ago(9), by="rani")
        hold_row(cooperative=each, why=f"perkara {planted.person()}", on=ago(8), proof="surat 99/REKAAN", by="dewi")
    derive(round_=opened, on=ago(0), known_at=datetime.now(UTC), by="terminal")
    return planted
