"""Where each kelurahan's village cooperative stands: statements by day, each with its proof, none of them ever changed.

All of it is evidence: the database refuses to change or delete it. A mistake is mended by a statement that supersedes it.
No row knows a member: members are numbers here.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from telusur.merah_putih.rules.capital import CapitalSaid
from telusur.merah_putih.rules.financing import TermsSaid
from telusur.merah_putih.rules.members import (
    DENOMINATOR_LABELS,
    SOURCE_LABELS,
    DenominatorKind,
    DenominatorSaid,
    MemberSource,
    MembersSaid,
)
from telusur.merah_putih.rules.readiness import GovernanceSaid
from telusur.merah_putih.rules.stages import STAGE_LABELS, WAY_LABELS, Stage, StageClaim, Way
from telusur.merah_putih.rules.statements import Said
from telusur.register.models import Cooperative

__all__ = [
    "KINDS",
    "CapitalReport",
    "Denominator",
    "Financing",
    "Formation",
    "GovernanceReport",
    "MemberCount",
    "MemberOverlap",
    "Programme",
    "StageCheck",
    "StageRecord",
    "Statement",
]

_WAYS = [(way.value, WAY_LABELS[way]) for way in Way]
_STAGES = [(stage.value, STAGE_LABELS[stage]) for stage in Stage]
_KINDS = [(kind.value, DENOMINATOR_LABELS[kind]) for kind in DenominatorKind]
_SOURCES = [(source.value, SOURCE_LABELS[source]) for source in MemberSource]
_KELURAHAN_LENGTH = 13


def _one_of(field: str, choices: list[tuple[str, str]]) -> Q:
    return Q(**{f"{field}__in": [value for value, _ in choices]})


class Programme(models.Model):
    """The one row of a kelurahan, there before anything begins. kelurahan_code: Kemendagri's."""

    kelurahan_code = models.CharField(max_length=_KELURAHAN_LENGTH)
    begun_by = models.CharField(max_length=60)
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["kelurahan_code"]
        constraints = [
            models.UniqueConstraint(name="programme_once_a_kelurahan", fields=["kelurahan_code"]),
            models.CheckConstraint(
                name="programme_is_of_a_kelurahan", condition=Q(Exact(Length("kelurahan_code"), _KELURAHAN_LENGTH))
            ),
        ]

    def __str__(self) -> str:
        return self.kelurahan_code


class Statement(models.Model):
    """What every statement says of itself. is_withdrawn: it takes back what it supersedes and says nothing more."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="%(class)ss")
    valid_on = models.DateField()
    proof = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    supersedes_id: int | None
    is_withdrawn = models.BooleanField(default=False)
    why = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["valid_on", "id"]

    def as_said(self) -> Said:
        """Who said it and when."""
        return Said(self.pk, self.valid_on, self.recorded_at, self.recorded_by, self.supersedes_id, self.is_withdrawn)


def _withdrawal(name: str) -> models.CheckConstraint:
    """A withdrawal says what it takes back and why."""
    return models.CheckConstraint(
        name=f"{name}_withdrawal_says_why", condition=Q(is_withdrawn=False) | (Q(supersedes__isnull=False) & ~Q(why=""))
    )


class Formation(Statement):
    """How the cooperative came into being, under which name; cooperative: the traced one that it goes on from."""

    way = models.CharField(max_length=10, choices=_WAYS)
    name = models.CharField(max_length=174)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Statement.Meta):
        constraints = [
            models.CheckConstraint(name="formation_way_is_known", condition=_one_of("way", _WAYS) & ~Q(name="")),
            models.CheckConstraint(
                name="formation_revived_from_a_cooperative",
                condition=~Q(way=Way.REVIVED.value) | Q(cooperative__isnull=False),
            ),
            _withdrawal("formation"),
        ]

    def __str__(self) -> str:
        return self.name


class StageRecord(Statement):
    """That a step was reached on a day, with its proof; number: of the deed, the decision, the letter, "" without one.

    proof_sha256: a photo or PDF of the proof, kept by its content; "" without one.
    """

    stage = models.CharField(max_length=20, choices=_STAGES)
    number = models.CharField(max_length=80, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta(Statement.Meta):
        constraints = [
            models.CheckConstraint(name="stage_is_known", condition=_one_of("stage", _STAGES)),
            models.CheckConstraint(name="stage_has_proof", condition=Q(is_withdrawn=True) | ~Q(proof="")),
            models.CheckConstraint(
                name="stage_file_is_sha256", condition=Q(proof_sha256="") | Q(Exact(Length("proof_sha256"), 64))
            ),
            _withdrawal("stage"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.stage} {self.valid_on:%d/%m/%Y}"

    def as_claim(self, check: StageCheck | None) -> StageClaim:
        """The frozen value for the rules, with the check that was known."""
        return StageClaim(
            self.as_said(),
            Stage(self.stage),
            self.proof,
            self.number,
            check.is_right if check else None,
            check.checked_by if check else "",
            check.why if check else "",
            self.proof_sha256,
        )


class StageCheck(models.Model):
    """What another person found when looking at the proof. recorded_by: who had recorded the step, never the checker."""

    record = models.OneToOneField(StageRecord, on_delete=models.PROTECT, related_name="check_row")
    is_right = models.BooleanField()
    why = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=60)
    checked_by = models.CharField(max_length=60)
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="stage_checked_by_another", condition=~Q(checked_by=F("recorded_by"))),
            models.CheckConstraint(name="stage_doubt_has_a_reason", condition=Q(is_right=True) | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {'benar' if self.is_right else 'tidak benar'}"


class Financing(Statement):
    """The terms of a loan, as agreed or applied for. Amounts in rupiah, the rate in percent a year."""

    bank = models.CharField(max_length=80)
    amount_rupiah = models.PositiveBigIntegerField()
    operating_rupiah = models.PositiveBigIntegerField()
    rate_percent = models.DecimalField(max_digits=5, decimal_places=2)
    month_count = models.PositiveSmallIntegerField()
    grace_month_count = models.PositiveSmallIntegerField()

    class Meta(Statement.Meta):
        constraints = [
            models.CheckConstraint(
                name="financing_operating_within_amount", condition=Q(operating_rupiah__lte=F("amount_rupiah"))
            ),
            models.CheckConstraint(
                name="financing_is_described", condition=~Q(bank="") & Q(amount_rupiah__gt=0, month_count__gt=0)
            ),
            _withdrawal("financing"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.bank} {self.amount_rupiah}"

    def as_terms(self) -> TermsSaid:
        """The frozen value for the rules."""
        return TermsSaid(
            self.as_said(), self.bank, self.amount_rupiah, self.operating_rupiah, float(self.rate_percent),
            self.month_count, self.grace_month_count, self.proof,
        )  # fmt: skip


class Denominator(Statement):
    """How many households, residents or adults the kelurahan has on a day, by a source."""

    kind = models.CharField(max_length=12, choices=_KINDS)
    total_count = models.PositiveIntegerField()
    source = models.CharField(max_length=160)

    class Meta(Statement.Meta):
        constraints = [
            models.CheckConstraint(
                name="denominator_is_stated",
                condition=_one_of("kind", _KINDS) & Q(total_count__gt=0) & ~Q(source=""),
            ),
            _withdrawal("denominator"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.kind} {self.total_count}"

    def as_denominator(self) -> DenominatorSaid:
        """The frozen value for the rules."""
        return DenominatorSaid(self.as_said(), DenominatorKind(self.kind), self.total_count, self.source)


class MemberCount(Statement):
    """How many members there were on a day, by a source. Of a list also: its rows, those counted twice, those refused."""

    source = models.CharField(max_length=10, choices=_SOURCES)
    member_count = models.PositiveIntegerField()
    listed_count = models.PositiveIntegerField(null=True)
    repeated_count = models.PositiveIntegerField(null=True)
    refused_count = models.PositiveIntegerField(null=True)

    class Meta(Statement.Meta):
        constraints = [
            models.CheckConstraint(name="member_source_is_known", condition=_one_of("source", _SOURCES)),
            models.CheckConstraint(
                name="member_list_adds_up",
                condition=Q(listed_count__isnull=True, repeated_count__isnull=True, refused_count__isnull=True)
                | Q(listed_count=F("member_count") + F("repeated_count") + F("refused_count")),
            ),
            _withdrawal("member_count"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.member_count} {self.valid_on:%d/%m/%Y}"

    def as_members(self) -> MembersSaid:
        """The frozen value for the rules."""
        return MembersSaid(self.as_said(), self.member_count, MemberSource(self.source), self.proof)


class MemberOverlap(models.Model):
    """How many people stood on the lists of two cooperatives that were counted together; who, nobody kept."""

    first = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    shared_count = models.PositiveIntegerField()
    valid_on = models.DateField()
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="overlap_of_two_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}: {self.shared_count}"


class CapitalReport(Statement):
    """Simpanan pokok and wajib, due and paid by a day. Rupiah."""

    member_count = models.PositiveIntegerField()
    principal_due_rupiah = models.PositiveBigIntegerField()
    principal_paid_rupiah = models.PositiveBigIntegerField()
    mandatory_due_rupiah = models.PositiveBigIntegerField()
    mandatory_paid_rupiah = models.PositiveBigIntegerField()

    class Meta(Statement.Meta):
        constraints = [_withdrawal("capital")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.valid_on:%d/%m/%Y}"

    def as_capital(self) -> CapitalSaid:
        """The frozen value for the rules."""
        return CapitalSaid(
            self.as_said(), self.member_count, self.principal_due_rupiah, self.principal_paid_rupiah,
            self.mandatory_due_rupiah, self.mandatory_paid_rupiah, self.proof,
        )  # fmt: skip


class GovernanceReport(Statement):
    """Books, the members' meeting of the last book year, supervisors: seen or not, null where nobody looked."""

    keeps_books = models.BooleanField(null=True)
    held_meeting = models.BooleanField(null=True)
    has_supervisor = models.BooleanField(null=True)

    class Meta(Statement.Meta):
        constraints = [
            models.CheckConstraint(
                name="governance_says_something",
                condition=Q(is_withdrawn=True)
                | Q(keeps_books__isnull=False)
                | Q(held_meeting__isnull=False)
                | Q(has_supervisor__isnull=False),
            ),
            _withdrawal("governance"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.valid_on:%d/%m/%Y}"

    def as_governance(self) -> GovernanceSaid:
        """The frozen value for the rules."""
        return GovernanceSaid(self.as_said(), self.keeps_books, self.held_meeting, self.has_supervisor, self.proof)


# Every kind of statement that can be mended and taken back.
KINDS: Mapping[str, type[Statement]] = {
    "formation": Formation,
    "stage": StageRecord,
    "financing": Financing,
    "denominator": Denominator,
    "members": MemberCount,
    "capital": CapitalReport,
    "governance": GovernanceReport,
}
