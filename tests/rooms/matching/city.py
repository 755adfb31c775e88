"""An invented register whose rows can be matched, and an engine that answers what a test tells it to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from telusur.matching.models import Proposal
from telusur.matching.ports import LinkedPair, LinkResult, Progress, Reach, Table
from telusur.matching.rules.model import FieldModel, Level, Model
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, Schema
from telusur.register import actions as register
from telusur.register.models import Edition
from telusur.register.rules import EntryValues, prepare_entry

ON = date(2025, 10, 24)
_LEVELS = (Level("sama", 0.9, 0.01), Level("lain", 0.1, 0.99))
_FIELDS = tuple(FieldModel(field.name, field.kind, _LEVELS) for field in COOPERATIVE_SCHEMA.fields if not field.scope)
MODEL = Model(COOPERATIVE_SCHEMA, _FIELDS, 0.1)


def nik(number: int) -> str:
    """The invented NIK of row `number`."""
    return f"9901{number:09}"


def edition_of(rows: Sequence[Mapping[str, Any]], *, mark: str = "a", as_of_on: date = ON) -> Edition:
    """An edition of these rows; `name` is always given, the rest by the names of EntryValues."""
    draft = register.begin_edition(
        source="ods",
        layout="ods-24",
        file_name=f"{mark}.csv",
        file_hash=mark,
        header=["Koperasi"],
        as_of_on=as_of_on,
        by="sari",
    )
    register.add_entries(
        draft,
        [
            prepare_entry(number, EntryValues(**{"kabupaten_kota": "Kota Contoh", **row}), (row["name"],))
            for number, row in enumerate(rows, 2)
        ],
    )
    return register.seal_edition(draft, scope="Kota Contoh", refused_count=0, content_extra=0, by="sari")


def rows(count: int) -> list[dict[str, Any]]:
    """`count` rows with a NIK each."""
    return [{"name": f"Koperasi Contoh Nomor {n}", "nik_koperasi": nik(n)} for n in range(1, count + 1)]


class ToldEngine:
    """Answers the pairs it was told by names, wherever both are in the tables; counts how often it was asked."""

    def __init__(self, *pairs: tuple[str, str, float]) -> None:
        self.pairs = pairs
        self.asked_count = 0

    def link(
        self,
        left: Table,
        right: Table | None,
        schema: Schema,
        *,
        model: Model | None = None,
        progress: Progress | None = None,
    ) -> LinkResult:
        """See `ports.Engine`."""
        self.asked_count += 1
        left_ids = dict(zip(left.columns["name"], left.ids, strict=True))
        right_ids = left_ids if right is None else dict(zip(right.columns["name"], right.ids, strict=True))
        found = [
            LinkedPair(left_ids[one], right_ids[other], p, 12.0, (0,) * len(_FIELDS), (0.0,) * len(_FIELDS), "review")
            for one, other, p in self.pairs
            if one in left_ids and other in right_ids
        ]
        return LinkResult(found, MODEL, Reach(0.99, 0.97, {"nama": 3.0}, 8.0), ("uji",), {12: len(found)})


def proposal(one: str, other: str) -> Proposal:
    """The newest proposal of two names."""
    found = Proposal.objects.filter(left_name=one, right_name=other).order_by("-id").first()
    assert found is not None, (one, other)
    return found
