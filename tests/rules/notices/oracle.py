"""What must be true of every proposal, read from the log alone, in the plainest way. Shares no code with the rules."""

from __future__ import annotations

from datetime import date, timedelta

from tests.rules.notices.world import Said

__all__ = ["faults_of"]


def _months(on: date, count: int) -> date:
    """So many months later, as people count; the end of a short month where the day is missing."""
    month = on.month - 1 + count
    year, month = on.year + month // 12, month % 12 + 1
    day = on.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def faults_of(log: list[Said]) -> list[str]:
    """Every sentence in which the log's last line, a proposal, is unlawful; empty for a lawful one."""
    assert log[-1].what == "PROPOSED"
    today, proposal = log[-1].on, log[-1].about
    newest = max((place for place, said in enumerate(log) if said.what == "new_case"), default=-1)
    case = log[newest + 1 :]
    return [
        *_visits(log),
        *_letters(case, today),
        *_signatures(case, proposal),
        *_voices(log, case, today),
        *_harm(log, case),
    ]


def _visits(log: list[Said]) -> list[str]:
    gone_back = {said.about for said in log if said.what == "visit_withdrawn"}
    visits = [
        (said.what, said.by, said.on, *said.about.split(":"))
        for said in log
        if said.what in ("gone", "here") and said.about.split(":")[0] not in gone_back
    ]
    kinds = {ident: what for what, _, _, ident, _ in visits}
    decisions = []
    for said in log:
        if said.what == "decided":
            stands, among = said.about.split(">")
            # One that was taken back, or that only says that nobody was there, settles nothing.
            if stands in kinds:
                decisions.append((stands, set(among.split(","))))
    last = {ident: stands for stands, among in decisions for ident in among}
    counting = [each for each in visits if each[3] not in last or kinds[last[each[3]]] == each[0]]
    proven = [each for each in counting if each[0] == "gone" and each[4] == "proven"]
    found = []
    if not any(one[1] != other[1] and one[2] != other[2] for one in proven for other in proven):
        found.append("not found by two officers on two days")
    for one in counting:
        for other in counting:
            together = any({one[3], other[3]} <= among for _, among in decisions)
            near = abs((one[2] - other[2]).days) <= 90
            if one[0] == "gone" and other[0] == "here" and one[1] != other[1] and near and not together:
                found.append("findings in dispute")
    return found


def _served(case: list[Said], stage: str) -> tuple[date | None, list[Said]]:
    """The day from which a standing letter of a stage counts, and what happened to that letter."""
    drafts = [said.about for said in case if said.what == "draft" and said.about.endswith(f":{stage}")]
    for about in reversed(drafts):
        steps = [said for said in case if said.about == about]
        if not any(said.what == "signed" for said in steps):
            continue
        if any(said.what in ("withdrawn", "retracted") for said in steps):
            continue
        days = [said.on for said in steps if said.what == "received"]
        if stage == "public_notice" or (not days and any(said.what == "returned" for said in steps)):
            days = [said.on for said in steps if said.what == "published"]
        return (min(days) if days else None), steps
    return None, []


def _paused(steps: list[Said], since: date, today: date) -> tuple[int, bool]:
    days, began = 0, None
    for said in steps:
        if said.what == "suspended" and began is None:
            began = max(said.on, since)
        if said.what == "resumed" and began is not None:
            days += max((said.on - began).days, 0)
            began = None
    return days, began is not None


def _letters(case: list[Said], today: date) -> list[str]:
    found = []
    for stage, months in (("public_notice", 3), ("intent", 2)):
        since, steps = _served(case, stage)
        if since is None:
            found.append(f"{stage} not served")
            continue
        pause, is_paused = _paused(steps, since, today)
        if is_paused:
            found.append(f"{stage} suspended")
        if today <= _months(since, months) + timedelta(days=pause):
            found.append(f"{stage} has not run out")
        if stage == "intent" and today > _months(since, 4):
            found.append("the four months of a decision are over")
    return found


def _signatures(case: list[Said], proposal: str) -> list[str]:
    about = f"{proposal}:proposal"
    drafter = next(said.by for said in case if said.what == "draft" and said.about == about)
    signers = {said.by for said in case if said.what == "signed" and said.about == about}
    found = []
    if len(signers) < 2:
        found.append("one signature")
    if drafter in signers:
        found.append("signed by its drafter")
    if not signers <= {"dewi", "hadi", "hana"} or not signers & {"hadi", "hana"}:
        found.append("signed by the wrong role")
    return found


def _voices(log: list[Said], case: list[Said], today: date) -> list[str]:
    found = []
    objected = {said.about for said in case if said.what == "objection"}
    dismissed = {said.about for said in case if said.what == "dismissed"}
    if objected - dismissed:
        found.append("an objection is open or upheld")
    held = {said.about for said in log if said.what == "hold"}
    if held - {said.about for said in log if said.what == "release"}:
        found.append("held")
    replaced = {said.about for said in log if said.what == "report_replaced"}
    for said in log:
        if said.what == "report" and said.about not in replaced and (today - said.on).days <= 90:
            found.append("the board spoke")
        if said.what == "report_sent_back" and said.about not in replaced and (today - said.on).days <= 14:
            found.append("the board has time to mend what it wrote")
    return found


def _harm(log: list[Said], case: list[Said]) -> list[str]:
    checks = [said for said in log if said.what == "harm"]
    if not checks:
        return ["harm not checked"]
    states = checks[-1].about.rstrip("!").split(",")
    found = []
    if set(states[:3]) != {"none"} or states[3] == "unknown" or (states[3] == "exists" and "!" not in checks[-1].about):
        found.append("harm found or unknown")
    if checks[-1].on < case[0].on and any(said.what == "draft" for said in case):
        first = next(said.on for said in case if said.what == "draft")
        if checks[-1].on < first:
            found.append("the harm check is older than the case")
    if any(said.what in ("note", "release") and said.on > checks[-1].on for said in log):
        found.append("a note is newer than the harm check")
    return found
