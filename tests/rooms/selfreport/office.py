"""A small office with a register, and reports at any point of their way. In: changes to a good report. Out: rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from telusur.register.models import Cooperative
from telusur.rounds.rules.codes import Code
from telusur.selfreport import actions
from telusur.selfreport.models import Report, Upload
from telusur.selfreport.rules.fields import Form, Proof, Step
from telusur.selfreport.rules.flow import CallMade, CallOutcome, NumberFrom
from telusur.selfreport.uploads.keeping import attach
from telusur.words.answer_code import AnswerCode
from telusur.words.reason import Reason
from tests.rooms.selfreport.hostile import pdf, picture
from tests.rooms.web.city import edition, lay, row
from tests.rules.selfreport.told import texts

ON = date(2025, 11, 24)
PAPERS = ((Proof.MINUTES, pdf()), (Proof.LEDGER, picture()), (Proof.PREMISES, picture("PNG")))


def listed(code: Code = Code.OTHER_OCCUPANT) -> Cooperative:
    """A cooperative of a round, with visits that give it a code."""
    lay({code: 1})
    return Cooperative.objects.get()


def alone() -> Cooperative:
    """A cooperative on a list, without a round."""
    return row(edition(1), 0, Code.NOT_ATTEMPTED)


def kept(report: Report, purpose: Proof, data: bytes, name: str = "berkas.pdf") -> Upload:
    """A file that must be taken."""
    found = attach(report=report, purpose=purpose, data=data, shown_name=name)
    assert not isinstance(found, Reason), found.sentence()
    return found


def draft(
    cooperative: Cooperative | None, form: Form = Form.REPORT, **changed: Mapping[str, str]
) -> tuple[Report, AnswerCode]:
    """A report with every step filled, its papers attached."""
    report, key = actions.begin(form=form, cooperative=cooperative, unlisted_name="Koperasi Tak Tercatat")
    for step, given in texts(**{step: dict(each) for step, each in changed.items()}).items():
        actions.save_step(report=report, step=Step(step), texts=given)
    if form is Form.REPORT:
        for purpose, data in PAPERS:
            kept(report, purpose, data)
    return Report.objects.get(pk=report.pk), key


def sent(cooperative: Cooperative | None, form: Form = Form.REPORT, **changed: Mapping[str, str]) -> Report:
    """The same, sent."""
    report, _ = draft(cooperative, form, **changed)
    return actions.submit(report=report, on=ON)


def called(report: Report, outcome: CallOutcome = CallOutcome.CONFIRMED, by: str = "rani") -> None:
    """Somebody called a number that the office knew."""
    actions.record_call(report=report, call=CallMade(ON, NumberFrom.REGISTRY, outcome), note="", by=by, on=ON)
