"""What a report tells the other rooms: the register that the board spoke, the room of letters that somebody objects.

In: a report that is held by its verb's transaction. Out: a fact, an objection. Whoever writes from the portal is `PUBLIC`.
"""

from __future__ import annotations

from datetime import date

from telusur.journal import actions as journal
from telusur.notices import actions as notices
from telusur.register import actions as register
from telusur.register.models import RecordedFact
from telusur.selfreport.models import Report, Submission
from telusur.selfreport.queries import letter_of
from telusur.selfreport.rules.answers import clean_text
from telusur.selfreport.rules.facts import self_report_fact
from telusur.selfreport.rules.fields import Form, Step
from telusur.selfreport.rules.flow import Authority
from telusur.selfreport.rules.report import read_report

__all__ = ["LONGEST_WHY", "PUBLIC", "hand_over", "say_state", "written_why"]

PUBLIC = "publik"
LONGEST_WHY = 2000


def hand_over(report: Report, submission: Submission, on: date) -> None:
    """Hand an objection to the room of letters, which decides it. Without a letter to object to, the desk has it alone."""
    letter = letter_of(report)
    if letter is None or submission.number > 1:
        return
    evidence = [{"kind": "document", "sha256": item["sha256"]} for item in submission.files]
    says = str(submission.answers[Step.GROUNDS.value]["grounds"])
    try:
        notices.object(notice=letter, says=says, receipt=str(report.number), on=on, by=PUBLIC, evidence=evidence)
    except notices.Refused as refused:
        # A case that has ended: nothing stands against the cooperative, and what was said is kept all the same.
        why = "; ".join(reason.sentence() for reason in refused.reasons)
        journal.write("report.objection_kept", about=f"report:{report.number}", by=PUBLIC, after={"why": why})


def say_state(
    report: Report, state: str, on: date, *, authority: Authority, by: str, teller: str = ""
) -> RecordedFact | None:
    """The fact that the board reported, in its newest state; it supersedes the last. None for one that nobody lists."""
    about = report.cooperative_id or report.held_as_id
    if about is None or report.as_form is Form.OBJECTION:
        return None
    told = read_report(report.as_form, report.answers, (), on)
    fact = self_report_fact(
        about,
        str(report.number),
        told.says,
        state,
        on,
        authority=authority,
        by=teller,
        supersedes=report.fact_id,
    )
    (recorded,) = register.record_facts([fact], by=by)
    report.fact = recorded
    return recorded


def written_why(text: str) -> str:
    """A reason as it is stored. Raises ValueError for none."""
    why = clean_text(text, LONGEST_WHY, lines=True)
    if not why:
        raise ValueError("tulis alasannya; pelapor membacanya")
    return why
