"""A small world for the guard: one cooperative, its visits, letters and people; every step goes through the rules.

`World.act(byte)` takes one step: mostly one that leads on towards a proposal, else a disturbance. What happened is also kept
in `log`, in the plainest form; the oracle of `oracle.py` reads the log alone and shares no code with the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from telusur.laws.holidays import shipped_holidays
from telusur.laws.rules.periods import calendar_of
from telusur.notices.rules.cases import CaseFile, Objection, refuse_decision, refuse_draft, refuse_objection
from telusur.notices.rules.clock import clock_of
from telusur.notices.rules.ground import may_go_out
from telusur.notices.rules.guard import GuardCase, lacking, refuse_signature
from telusur.notices.rules.letters import Letter, Phase, Step, live, refuse_step
from telusur.notices.rules.stages import STAGE_RULES, Channel, EventKind, Stage, Track
from telusur.people.rules import Role
from telusur.register.rules import Fact, Voice, facts_known
from telusur.rounds.rules.disposition import RowCase
from telusur.words.reason import Reason
from tests.rules.asked import LAW, policy

HOLIDAYS = calendar_of(shipped_holidays(), {})
POLICY = policy()
BEGIN = date(2024, 9, 2)
ROLES = {"rani": Role.REGISTRAR, "dewi": Role.SECTION_HEAD, "hadi": Role.HEAD, "hana": Role.HEAD, "sari": Role.OFFICER}
WITHIN = LAW.value("house.record_within_days")
DISTURB = 216
OFFICERS = ("sari", "budi", "tono")
GONE, HERE = ("other_occupant", "empty_or_demolished", "moved_unknown"), ("operating", "dormant_with_board", "refused")
ITEMS = ("member_savings", "liabilities", "aid", "assets")


@dataclass(frozen=True)
class Said:
    """One line of the log: what, when, by whom, about what."""

    what: str
    on: date
    by: str = ""
    about: str = ""


@dataclass
class World:
    """The state, as the actions would hold it, and the log of what was let through."""

    on: date = BEGIN
    facts: list[Fact] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    log: list[Said] = field(default_factory=list)
    proposed: int = 0
    opened_on: date | None = None
    _asked: object = None
    _forbidden: tuple[Reason, ...] = ()
    _row: tuple[object, RowCase] | None = None

    def fork(self) -> World:
        """A world that goes its own way from here."""
        return replace(
            self,
            facts=[*self.facts],
            letters=[*self.letters],
            objections=[*self.objections],
            log=[*self.log],
        )

    # --- what the rules are handed ------------------------------------------------------------------------------------

    def row(self) -> RowCase:
        state = (len(self.facts), self.on)
        if self._row is None or self._row[0] != state:
            moment = datetime.combine(self.on, time(23), UTC)
            self._row = state, RowCase(date(1999, 1, 4), facts_known(self.facts, self.on, moment))
        return self._row[1]

    def file(self) -> CaseFile:
        return CaseFile(Track.TRACE, self.opened_on or self.on, tuple(self.letters), tuple(self.objections))

    def asked(self) -> GuardCase:
        return GuardCase(self.row(), POLICY, self.file())

    def forbidden(self) -> tuple[Reason, ...]:
        """What forbids that anything leaves the house; asked once for each state of the world."""
        state = (len(self.facts), self.on, tuple(self.objections))
        if self._asked != state:
            self._asked, self._forbidden = state, may_go_out(self.file(), self.row(), POLICY, LAW, self.on)
        return self._forbidden

    def say(self, what: str, by: str = "", about: str = "", on: date | None = None) -> None:
        self.log.append(Said(what, on or self.on, by, about))

    def record(
        self,
        kind: str,
        value: dict[str, object],
        voice: Voice,
        evidence: tuple[str, ...] = (),
        replaces: int | None = None,
    ) -> int:
        ident = len(self.facts) + 1
        moment = datetime.combine(self.on, time(9), UTC) + timedelta(seconds=ident)
        seen = tuple({"kind": each} for each in evidence)
        self.facts.append(Fact(ident, kind, value, voice, self.on, moment, "terminal", seen, replaces))
        return ident

    # --- visits, holds, the board -------------------------------------------------------------------------------------

    def visit(self, officer: str, finding: str, *, proven: bool = True) -> None:
        evidence = ("photo", "geotagged_photo", "ledger", "signed_statement") if proven else ()
        value: dict[str, object] = {
            "finding": finding,
            "officer": officer,
            "part_of_day": "morning",
            "informants": ["rt", "neighbour"] if proven else [],
            "business_on": self.on.isoformat(),
        }
        ident = self.record("visit", value, Voice.VISIT, evidence)
        what = "gone" if finding in GONE else "here" if finding in HERE else "nobody"
        self.say(what, officer, f"{ident}:{'proven' if proven else 'bare'}")

    def take_back_visit(self, number: int) -> None:
        made = [fact for fact in self.facts if fact.kind == "visit" and not self._replaced(fact.id)]
        if made:
            fact = made[number % len(made)]
            self.record("withdrawal", {"withdrawn": True}, Voice.OFFICE, replaces=fact.id)
            self.say("visit_withdrawn", about=str(fact.id))

    def decide_conflict(self, number: int) -> None:
        made = [fact for fact in self.facts if fact.kind == "visit" and not self._replaced(fact.id)]
        if len(made) > 1:
            stands = made[number % len(made)]
            value: dict[str, object] = {"visits": [fact.id for fact in made], "stands": stands.id, "why": "foto"}
            self.record("conflict_decision", value, Voice.OFFICE)
            self.say("decided", about=f"{stands.id}>{','.join(str(fact.id) for fact in made)}")

    def _replaced(self, ident: int) -> bool:
        return any(fact.supersedes == ident for fact in self.facts)

    def hold(self, freezes: bool) -> None:
        ident = self.record("hold", {"freezes": freezes, "why": "perkara" if freezes else "simpanan"}, Voice.OFFICE)
        self.say("hold" if freezes else "note", about=str(ident))

    def release(self) -> None:
        held = [fact for fact in self.facts if fact.kind == "hold" and fact.value["freezes"]]
        if held:
            self.record("hold", {"freezes": False, "why": "selesai", "releases": held[-1].id}, Voice.OFFICE)
            self.say("release", about=str(held[-1].id))

    def board_speaks(self, state: str) -> None:
        before = [fact for fact in self.facts if fact.kind == "self_report" and not self._replaced(fact.id)]
        if state == "claimed" or not before:
            ident = self.record("self_report", {"says": "alive", "state": "claimed"}, Voice.BOARD)
        else:
            ident = self.record("self_report", {"says": "alive", "state": state}, Voice.BOARD, replaces=before[-1].id)
            self.say("report_replaced", about=str(before[-1].id))
        said = {"withdrawn": "report_withdrawn", "sent_back": "report_sent_back"}.get(state, "report")
        self.say(said if before else "report", about=str(ident))

    def check_harm(self, states: tuple[str, ...], note: str = "") -> None:
        value: dict[str, object] = {
            name: {"state": state, "note": note} for name, state in zip(ITEMS, states, strict=True)
        }
        self.record("liabilities", {**value, "checked_by": "rani"}, Voice.OFFICE)
        self.say("harm", about=",".join(states) + ("!" if note else ""))

    # --- letters --------------------------------------------------------------------------------------------------------

    def draft(self, stage: Stage, by: str = "rani") -> None:
        if self.file().is_ended:
            # A further case; what was ended stays ended.
            self.letters, self.objections, self.opened_on = [], [], None
            self.say("new_case")
        reasons = [
            *refuse_draft(self.file(), stage, LAW, HOLIDAYS, self.on),
            *self.forbidden(),
        ]
        if stage is Stage.PROPOSAL and not reasons:
            reasons = [lack.reason for lack in lacking(self.asked(), LAW, HOLIDAYS, self.on)]
        if not reasons:
            self.opened_on = self.opened_on or self.on
            self.letters.append(Letter(len(self.log) + 1, stage, by, self.on))
            self.say("draft", by, f"{self.letters[-1].id}:{stage.value}")

    def step(self, letter: Letter, kind: EventKind, by: str, on: date | None = None, *, channel: str = "") -> bool:
        """Take a step of a letter as the actions do; whether the rules let it through."""
        days = on or self.on
        step = Step(kind, days, by, Channel(channel) if channel else None, "tempat", True, None, 0, self.on)
        place = self.letters.index(letter)
        outward = kind in (EventKind.SIGNED, EventKind.SENT, EventKind.PUBLISHED) and not letter.is_turned
        if kind is EventKind.SIGNED and letter.stage is Stage.PROPOSAL:
            refused = bool(refuse_signature(self.asked(), letter, step, ROLES.get(by, Role.PUBLIC), LAW, HOLIDAYS))
        else:
            refused = refuse_step(letter, step, ROLES.get(by, Role.PUBLIC), WITHIN) is not None
        if refused or (outward and self.forbidden()):
            return False
        after = replace(letter, steps=(*letter.steps, step))
        clock = clock_of(after, LAW, HOLIDAYS, days)
        if clock is not None and kind in (EventKind.RECEIVED, EventKind.PUBLISHED, EventKind.RESUMED):
            step = replace(step, told_on=clock.due_on)
            after = replace(letter, steps=(*letter.steps, step))
        self.letters[place] = after
        self.say(kind.value, by, f"{letter.id}:{letter.stage.value}", days)
        if letter.stage is Stage.PROPOSAL and after.is_signed and not letter.is_signed:
            self.proposed += 1
            self.say("PROPOSED", about=str(letter.id))
        return True

    def standing(self, stage: Stage) -> Letter | None:
        return self.file().standing_letter(stage)

    def turn(self, kind: EventKind) -> None:
        for letter in live(self.letters):
            if letter.is_signed:
                self.step(letter, kind, "dewi")

    def object_to(self) -> None:
        signed = [letter for letter in self.letters if letter.is_signed]
        if signed and refuse_objection(self.file(), signed[-1], "kami ada", self.on, self.on) is None:
            self.objections.append(Objection(str(len(self.log)), self.on))
            self.say("objection", about=self.objections[-1].id)

    def answer(self, upheld: bool) -> None:
        waiting = self.file().open_objections
        signed = [letter for letter in self.letters if letter.is_signed]
        if not waiting or not signed:
            return
        each = waiting[0]
        if refuse_decision(self.file(), signed[0], each.id, "alasan", "hana", self.on) is None:
            if upheld:
                self.turn(EventKind.RETRACTED)
            self.objections[self.objections.index(each)] = replace(each, upheld=upheld, decided_on=self.on)
            self.say("upheld" if upheld else "dismissed", about=each.id)

    def force_proposal(self, drafter: str, first: str, second: str) -> None:
        """Two signatures on a proposal that nobody drafted by the rules: the guard at the signature must hold alone."""
        letter = Letter(len(self.log) + 1, Stage.PROPOSAL, drafter, self.on)
        self.letters.append(letter)
        self.say("draft", drafter, f"{letter.id}:proposal")
        for by in (first, second):
            self.step(next(each for each in self.letters if each.id == letter.id), EventKind.SIGNED, by)
        if not next(each for each in self.letters if each.id == letter.id).is_signed:
            self.letters = [each for each in self.letters if each.id != letter.id]

    # --- one step -------------------------------------------------------------------------------------------------------

    def act(self, byte: int) -> None:
        """One step: below DISTURB the next one that leads on; from there, a disturbance."""
        if byte < DISTURB:
            self.lead_on(byte)
        else:
            _DISTURBANCES[byte - DISTURB](self)

    def pass_days(self, days: int) -> None:
        self.on += timedelta(days=days)

    def lead_on(self, byte: int) -> None:
        """The next step of a clerk who wants a proposal."""
        gone = {(said.by, said.on) for said in self.log if said.what == "gone"}
        if len({by for by, _ in gone}) < 2 or len(gone) < 2:
            self.visit(OFFICERS[len(gone) % 2], GONE[byte % 3])
            self.pass_days(1 + byte % 9)
            return
        for stage in (Stage.PUBLIC_NOTICE, Stage.INTENT, Stage.PROPOSAL):
            letter = self.standing(stage)
            if stage is Stage.PROPOSAL and not any(said.what == "harm" for said in self.log):
                self.check_harm(("none",) * 4)
                return
            if letter is None:
                before = STAGE_RULES[stage].after
                earlier = self.standing(before) if before else None
                clock = clock_of(earlier, LAW, HOLIDAYS, self.on) if earlier else None
                if before and (clock is None or not clock.is_over):
                    self.pass_days(19 + byte % 40)
                elif self.forbidden() and not self.file().is_ended:
                    self.pass_days(9 + byte % 90)
                else:
                    self.draft(stage)
                return
            if self._carry(letter, byte):
                return
        self.pass_days(1 + byte % 20)

    def _carry(self, letter: Letter, byte: int) -> bool:
        """The next step of one letter; False when it is served."""
        if not letter.is_signed:
            self.step(letter, EventKind.SIGNED, "hadi" if letter.stage is Stage.INTENT or letter.signers else "dewi")
        elif letter.stage is Stage.PUBLIC_NOTICE and not letter.publications():
            self.step(letter, EventKind.PUBLISHED, "rani", channel="board")
        elif letter.stage is Stage.INTENT and not letter.made(EventKind.SENT):
            self.step(letter, EventKind.SENT, "rani", channel="post")
        elif letter.stage is Stage.INTENT and letter.phase is Phase.SENT:
            came_back = byte % 3 == 0
            self.step(letter, EventKind.RETURNED if came_back else EventKind.RECEIVED, "rani", channel="post")
        elif letter.stage is Stage.INTENT and letter.phase is Phase.RETURNED:
            self.step(letter, EventKind.PUBLISHED, "rani", channel="newspaper")
        else:
            return False
        return True


def _early(world: World, kind: EventKind, channel: str) -> None:
    """Date something back, further than may be."""
    for letter in live(world.letters):
        world.step(letter, kind, "rani", world.on - timedelta(days=60), channel=channel)


_DISTURBANCES: tuple[Callable[[World], None], ...] = (
    lambda world: world.visit("tono", "operating"),
    lambda world: world.visit("tono", "dormant_with_board"),
    lambda world: world.visit("sari", "other_occupant"),
    lambda world: world.visit("budi", "other_occupant", proven=False),
    lambda world: world.visit("budi", "nobody_present"),
    lambda world: world.take_back_visit(0),
    lambda world: world.take_back_visit(1),
    lambda world: world.decide_conflict(0),
    lambda world: world.decide_conflict(2),
    lambda world: world.hold(True),
    lambda world: world.hold(False),
    World.release,
    lambda world: world.board_speaks("claimed"),
    lambda world: world.board_speaks("accepted"),
    lambda world: world.board_speaks("withdrawn"),
    lambda world: world.check_harm(("none",) * 4),
    lambda world: world.check_harm(("none", "none", "none", "exists"), "tanah, dijaga kelurahan"),
    lambda world: world.check_harm(("exists", "none", "none", "none"), "12 juta"),
    lambda world: world.check_harm(("none", "unknown", "none", "none")),
    World.object_to,
    lambda world: world.answer(False),
    lambda world: world.answer(True),
    lambda world: world.turn(EventKind.SUSPENDED),
    lambda world: world.turn(EventKind.RESUMED),
    lambda world: world.turn(EventKind.RETRACTED),
    lambda world: world.turn(EventKind.WITHDRAWN),
    lambda world: _early(world, EventKind.PUBLISHED, "board"),
    lambda world: _early(world, EventKind.RECEIVED, "post"),
    lambda world: world.force_proposal("rani", "dewi", "hadi"),
    lambda world: world.force_proposal("rani", "dewi", "hadi"),
    lambda world: world.force_proposal("rani", "hadi", "hadi"),
    lambda world: world.force_proposal("dewi", "dewi", "hadi"),
    lambda world: world.force_proposal("rani", "sari", "hadi"),
    lambda world: world.force_proposal("rani", "dewi", "dewi"),
    lambda world: world.force_proposal("rani", "hadi", "hana"),
    lambda world: world.force_proposal("hadi", "dewi", "hadi"),
    lambda world: world.turn(EventKind.RESUMED),
    lambda world: world.answer(False),
    lambda world: world.pass_days(45),
    lambda world: world.pass_days(130),
)
