"""What boards write, what they attach, what the desk decides; who was named, apart and erasable.

What was submitted and decided is evidence: the database refuses to change or delete it (migration 0002). A draft is its
writer's until it is sent. Secrets are kept as digests alone.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from telusur.register.models import Cooperative, RecordedFact
from telusur.selfreport.rules.fields import Form, Proof
from telusur.selfreport.rules.flow import CallMade, CallOutcome, NumberFrom, ReportState
from telusur.selfreport.rules.limits import PortalAct
from telusur.selfreport.rules.report import AttachedFile


def _choices(values: type[Form] | type[ReportState] | type[Proof] | type[CallOutcome] | type[NumberFrom]) -> list[str]:
    return [value.value for value in values]


class Report(models.Model):
    """A board's report or objection on its way. cooperative: None while the registry lists none ("ours is not listed").

    key_hash: digest of the secret code that opens it. answers: texts by step and field as typed, no names and no telephones.
    code_hash: digest of the letter's code that was given, "" for none. number: of the receipt, None before it is sent.
    held_as: the office's own record of one that nobody lists, opened when its report is accepted.
    """

    form = models.CharField(max_length=10)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, null=True, related_name="reports")
    held_as = models.OneToOneField(Cooperative, on_delete=models.PROTECT, null=True, related_name="unlisted_report")
    unlisted_name = models.CharField(max_length=200, blank=True, default="")
    unlisted_number = models.CharField(max_length=120, blank=True, default="")
    key_hash = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=20, unique=True, null=True)
    state = models.CharField(max_length=12, default=ReportState.DRAFT.value, db_index=True)
    answers = models.JSONField(default=dict)
    code_hash = models.CharField(max_length=64, blank=True, default="")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    fact = models.OneToOneField(RecordedFact, on_delete=models.PROTECT, null=True, related_name="report")

    class Meta:
        ordering = ["submitted_at", "id"]
        constraints = [
            models.CheckConstraint(name="report_form_is_known", condition=Q(form__in=_choices(Form))),
            models.CheckConstraint(name="report_state_is_known", condition=Q(state__in=_choices(ReportState))),
            models.CheckConstraint(name="report_key_is_a_digest", condition=Exact(Length("key_hash"), 64)),
            models.CheckConstraint(
                name="report_sent_with_a_number",
                condition=Q(state=ReportState.DRAFT.value, number__isnull=True, submitted_at__isnull=True)
                | (~Q(state=ReportState.DRAFT.value) & Q(number__isnull=False, submitted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="report_of_a_cooperative_or_a_name",
                condition=Q(cooperative__isnull=False, unlisted_name="")
                | (Q(cooperative__isnull=True) & ~Q(unlisted_name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"draf {self.pk}"

    @property
    def as_form(self) -> Form:
        """What is being written."""
        return Form(self.form)

    @property
    def as_state(self) -> ReportState:
        """Where it stands."""
        return ReportState(self.state)


class ReportPeople(models.Model):
    """Names and telephones of a report, by step and field as typed. Kept apart so that they can be erased."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="people")
    cells = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"orang di {self.report_id}"


class Upload(models.Model):
    """A file of a report. name: random, on the disk; sha256: of its bytes as they came; shown_name: the sender's.

    has_copy: a copy without what the camera wrote into it stands beside. removed_at: taken back before it was sent.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="uploads")
    purpose = models.CharField(max_length=12)
    kind = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64, db_index=True)
    byte_count = models.PositiveIntegerField()
    name = models.CharField(max_length=64, unique=True)
    shown_name = models.CharField(max_length=80)
    has_copy = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="upload_purpose_is_known", condition=Q(purpose__in=_choices(Proof))),
            models.CheckConstraint(name="upload_is_image_or_pdf", condition=Q(kind__in=["image", "pdf"])),
            models.CheckConstraint(name="upload_hash_is_sha256", condition=Exact(Length("sha256"), 64)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.sha256[:8]}"

    def as_file(self) -> AttachedFile:
        """The file as rules see it."""
        return AttachedFile(Proof(self.purpose), self.sha256, self.kind)


class Submission(models.Model):
    """What was sent, as it was sent: the answers without names, the files by hash. A mended report is a further one."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    answers = models.JSONField()
    files = models.JSONField()
    submitted_on = models.DateField()
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="submission_once_a_number", fields=["report", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"

    def attached(self) -> tuple[AttachedFile, ...]:
        """Its files as rules see them."""
        return tuple(AttachedFile(Proof(item["purpose"]), item["sha256"], item["kind"]) for item in self.files)


class ReportDecision(models.Model):
    """What somebody did with a submission: accept, confirm, send_back, ask_visit, withdraw. kinds: of the facts accepted."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    move = models.CharField(max_length=10)
    kinds = models.JSONField(default=list)
    why = models.TextField(blank=True, default="")
    decided_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="decision_move_is_known",
                condition=Q(move__in=["accept", "confirm", "send_back", "ask_visit", "withdraw"]),
            ),
            models.CheckConstraint(
                name="decision_back_with_a_reason",
                condition=~Q(move__in=["send_back", "ask_visit"]) | ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.move}"


class ReportCall(models.Model):
    """An officer's call about a report: when, to a number from where, what came of it. Never the number itself."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="calls")
    called_on = models.DateField()
    number_from = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10)
    note = models.TextField(blank=True, default="")
    called_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="call_number_from_is_known", condition=Q(number_from__in=_choices(NumberFrom))),
            models.CheckConstraint(name="call_outcome_is_known", condition=Q(outcome__in=_choices(CallOutcome))),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.outcome}"

    def as_call(self) -> CallMade:
        """The call as rules see it."""
        return CallMade(self.called_on, NumberFrom(self.number_from), CallOutcome(self.outcome))


class Tip(models.Model):
    """Where somebody says that a cooperative really is. A lead and no evidence. contact: erasable, mostly empty."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="tips")
    where = models.CharField(max_length=300)
    kelurahan_code = models.CharField(max_length=13, blank=True, default="")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    relation = models.CharField(max_length=12)
    note = models.TextField(blank=True, default="")
    contact = models.CharField(max_length=120, blank=True, default="")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="tip_says_where", condition=~Q(where="")),
            models.CheckConstraint(
                name="tip_point_is_whole",
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"petunjuk {self.pk}"


class TipDecision(models.Model):
    """What became of a tip: a visit was asked for, or it was set aside with a reason."""

    tip = models.OneToOneField(Tip, on_delete=models.PROTECT, related_name="decision")
    asked_visit = models.BooleanField()
    why = models.TextField()
    decided_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="tip_decided_with_a_reason", condition=~Q(why=""))]

    def __str__(self) -> str:
        return f"{self.tip_id}: {'kunjungan' if self.asked_visit else 'disisihkan'}"


class Knock(models.Model):
    """How often an address did a thing in a window. mark: keyed digest of the address and the day; it names nobody."""

    act = models.CharField(max_length=10)
    mark = models.CharField(max_length=64)
    window_number = models.BigIntegerField()
    done_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="knock_once_a_window", fields=["act", "mark", "window_number"]),
            models.CheckConstraint(name="knock_act_is_known", condition=Q(act__in=[act.value for act in PortalAct])),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.window_number}: {self.done_count}"
