"""Each constraint of the programme, broken once; and the tables refuse to be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from telusur.merah_putih.models import (
    CapitalReport,
    Denominator,
    Financing,
    Formation,
    GovernanceReport,
    MemberCount,
    MemberOverlap,
    Programme,
    StageCheck,
    StageRecord,
)
from telusur.merah_putih.programme import models as tables

pytestmark = pytest.mark.django_db
_AT = datetime(2026, 3, 1, 3, tzinfo=UTC)


def _said(programme: Programme) -> dict[str, object]:
    return {
        "programme": programme, "valid_on": date(2026, 2, 1), "proof": "BA-1", "recorded_by": "rani", "recorded_at": _AT,
    }  # fmt: skip


def _rows() -> dict[str, models.Model]:
    one = Programme.objects.create(kelurahan_code="99.01.01.1001", begun_by="rani", begun_at=_AT)
    two = Programme.objects.create(kelurahan_code="99.01.01.1002", begun_by="rani", begun_at=_AT)
    said = _said(one)
    stage = StageRecord.objects.create(**said, stage="deed", number="1")
    money = {f"{kind}_{what}_rupiah": 1 for kind in ("principal", "mandatory") for what in ("due", "paid")}
    return {
        "programme": one,
        "formation": Formation.objects.create(**said, way="new", name="KKMP Bukit Sirna"),
        "stage": stage,
        "check": StageCheck.objects.create(
            record=stage, is_right=True, recorded_by="rani", checked_by="dewi", checked_at=_AT
        ),
        "financing": Financing.objects.create(
            **said,
            bank="Bank",
            amount_rupiah=9,
            operating_rupiah=1,
            rate_percent=6,
            month_count=72,
            grace_month_count=6,
        ),
        "denominator": Denominator.objects.create(**said, kind="households", total_count=900, source="BPS"),
        "members": MemberCount.objects.create(
            **said, source="list", member_count=8, listed_count=10, repeated_count=1, refused_count=1
        ),
        "overlap": MemberOverlap.objects.create(
            first=one, second=two, shared_count=1, valid_on=date(2026, 2, 1), recorded_by="rani", recorded_at=_AT
        ),
        "capital": CapitalReport.objects.create(**said, member_count=8, **money),
        "governance": GovernanceReport.objects.create(**said, keeps_books=True),
    }


def _copy(row: models.Model, **other: object) -> models.Model:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)._default_manager.create(**(kept | {"id": None} | other))


def _breaks(rows: dict[str, models.Model]) -> dict[str, Callable[[], object]]:
    taken_back = {"is_withdrawn": True, "why": ""}
    return {
        "programme_once_a_kelurahan": lambda: _copy(rows["programme"]),
        "programme_is_of_a_kelurahan": lambda: _copy(rows["programme"], kelurahan_code="99.01.01"),
        "formation_way_is_known": lambda: _copy(rows["formation"], way="bought"),
        "formation_revived_from_a_cooperative": lambda: _copy(rows["formation"], way="revived"),
        "formation_withdrawal_says_why": lambda: _copy(rows["formation"], **taken_back),
        "stage_is_known": lambda: _copy(rows["stage"], stage="party"),
        "stage_has_proof": lambda: _copy(rows["stage"], proof=""),
        "stage_file_is_sha256": lambda: _copy(rows["stage"], proof_sha256="ab"),
        "stage_withdrawal_says_why": lambda: _copy(rows["stage"], **taken_back),
        "stage_checked_by_another": lambda: _copy(rows["check"], record_id=_copy(rows["stage"]).pk, checked_by="rani"),
        "stage_doubt_has_a_reason": lambda: _copy(rows["check"], record_id=_copy(rows["stage"]).pk, is_right=False),
        "financing_operating_within_amount": lambda: _copy(rows["financing"], operating_rupiah=10),
        "financing_is_described": lambda: _copy(rows["financing"], bank=""),
        "financing_withdrawal_says_why": lambda: _copy(rows["financing"], **taken_back),
        "denominator_is_stated": lambda: _copy(rows["denominator"], total_count=0),
        "denominator_withdrawal_says_why": lambda: _copy(rows["denominator"], **taken_back),
        "member_source_is_known": lambda: _copy(rows["members"], source="rumour"),
        "member_list_adds_up": lambda: _copy(rows["members"], listed_count=11),
        "member_count_withdrawal_says_why": lambda: _copy(rows["members"], **taken_back),
        "overlap_of_two_in_order": lambda: _copy(rows["overlap"], second_id=rows["programme"].pk),
        "capital_withdrawal_says_why": lambda: _copy(rows["capital"], **taken_back),
        "governance_says_something": lambda: _copy(rows["governance"], keeps_books=None),
        "governance_withdrawal_says_why": lambda: _copy(rows["governance"], **taken_back),
    }


def test_each_constraint_refuses_by_its_name() -> None:
    breaks = _breaks(_rows())
    assert set(breaks) == {
        each.name
        for model in vars(tables).values()
        if isinstance(model, type) and issubclass(model, models.Model) and model.__module__ == tables.__name__
        for each in model._meta.constraints
    }
    for name, act in breaks.items():
        with pytest.raises(IntegrityError, match=f"{name}|UNIQUE constraint failed"), transaction.atomic():
            act()


def test_the_tables_refuse_to_be_changed() -> None:
    for row in _rows().values():
        for statement in (f"UPDATE {row._meta.db_table} SET id = id", f"DELETE FROM {row._meta.db_table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
