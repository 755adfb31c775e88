"""The report as a whole: what is in it, what it still lacks before it can be sent, what it leaves unproven.

Pure. In: texts by step, what files are attached, the day. Out: a frozen report, and reasons. Source: domain: RAT contents,
letters and deeds as authority; decision 0016.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from telusur.selfreport.rules.answers import Texts, Value, is_begun, read_step
from telusur.selfreport.rules.fields import KIND_STEPS, STEPS, Form, Proof, Says, Step
from telusur.words.reason import Reason

__all__ = ["AttachedFile", "Progress", "Told", "check_report", "progress_of", "read_report", "unproven"]


class Progress(StrEnum):
    """How far a step is."""

    EMPTY = "empty"
    FAULTY = "faulty"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of a report as rules see it: what it proves, its SHA-256, its kind (`pdf`, `image`)."""

    purpose: Proof
    sha256: str
    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """A report or an objection as read. values: of every step that reads, by step; a step with faults keeps what reads."""

    form: Form
    values: Mapping[Step, Mapping[str, Value]]
    files: tuple[AttachedFile, ...]

    def value(self, step: Step, field: str) -> Value | None:
        """One answer; None where it was not given."""
        return self.values.get(step, {}).get(field)

    @property
    def says(self) -> Says:
        """What the board says of the whole; an objection says that the cooperative is not to be taken for dead."""
        if self.form is Form.OBJECTION:
            return Says.ALIVE
        return Says(str(self.value(Step.STATE, "says") or Says.OTHER.value))

    def proofs(self, *purposes: Proof) -> tuple[AttachedFile, ...]:
        """The files of these purposes."""
        return tuple(file for file in self.files if file.purpose in purposes)


def read_report(form: Form, texts: Mapping[str, Texts], files: Collection[AttachedFile], on: date) -> Told:
    """The report that these texts make on a day."""
    values = {step: read_step(step, texts.get(step.value, {}), on).values for step in KIND_STEPS[form]}
    return Told(form, {step: found for step, found in values.items() if found}, tuple(files))


def progress_of(step: Step, texts: Texts, on: date) -> Progress:
    """How far a step is, by its texts."""
    if not is_begun(step, texts):
        return Progress.EMPTY
    return Progress.FAULTY if read_step(step, texts, on).faults else Progress.DONE


def _needed(form: Form) -> tuple[Step, ...]:
    return (Step.STATE, Step.AUTHORITY, Step.ADDRESS) if form is Form.REPORT else (Step.GROUNDS, Step.AUTHORITY)


def check_report(
    form: Form, texts: Mapping[str, Texts], on: date, *, has_code: bool = False
) -> tuple[tuple[Step, Reason], ...]:
    """What keeps it from being sent, in the order of the steps; empty when it can go.

    has_code: a letter's code was given (it is kept as a digest and stands in no text).
    """
    lacks: list[tuple[Step, Reason]] = []
    for step in KIND_STEPS[form]:
        given = texts.get(step.value, {})
        if step in _needed(form) and not is_begun(step, given):
            title = STEPS[step].title
            lacks.append((step, Reason("report_step_missing", "bagian «{step}» belum diisi", {"step": title})))
        lacks += [(step, fault.reason) for fault in read_step(step, given, on).faults]
    authority = read_step(Step.AUTHORITY, texts.get(Step.AUTHORITY.value, {}), on).values
    stated = "deed_number" in authority and "decree_number" in authority
    # Anybody may object: who it was is looked into afterwards.
    if form is Form.REPORT and not has_code and not stated:
        says = "isi kode jawaban dari surat, atau nomor akta beserta nomor keputusan pengurus"
        lacks.append((Step.AUTHORITY, Reason("report_authority_missing", says)))
    order = KIND_STEPS[form]
    return tuple(sorted(lacks, key=lambda lack: order.index(lack[0])))


def unproven(report: Told) -> tuple[Reason, ...]:
    """What the report states without the proof that would let it count. It can be sent so; the board is told beforehand."""
    said: list[Reason] = []
    if report.form is Form.OBJECTION or report.says is not Says.ALIVE:
        return ()
    if Step.BUSINESS not in report.values:
        said.append(Reason("report_no_business", "usaha tidak diisi; kedudukan tidak dapat berubah menjadi aktif"))
    elif not report.proofs(Proof.LEDGER, Proof.TRANSACTION):
        said.append(Reason("report_business_unproven", "usaha tanpa halaman buku kas atau nota belum terbukti"))
    if Step.MEETING in report.values and not report.proofs(Proof.MINUTES):
        said.append(Reason("report_meeting_unproven", "RAT tanpa notulen belum terbukti"))
    if not report.proofs(Proof.PREMISES):
        said.append(Reason("report_premises_unproven", "tanpa foto tempatnya, petugas mungkin datang dahulu"))
    return tuple(said)
