"""A register of any size for the public doors' benchmarks: invented cooperatives, one edition, one derivation.

In: a number of rows, a seed; an empty office. Out: the tables filled, and the names, in order.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime

import orjson

from bench.search import make_names

__all__ = ["fill", "nik_of"]

_AT = datetime(2025, 10, 24, 1, tzinfo=UTC)
_ON = date(2025, 10, 24)
_CODES = (110, 120, 210, 220, 310, 320, 330, 410, 510, 530)
_REASONS = orjson.dumps([{"code": "attempts_made", "values": {"days": "3"}}]).decode()


def nik_of(number: int) -> str:
    """The number of cooperative `number`, counted from 0."""
    return f"99{number:011d}"


def fill(rows: int, seed: int) -> list[str]:
    """Fill an empty office with `rows` cooperatives; their names."""
    from django.db import transaction

    from telusur.journal import actions as journal
    from telusur.register.searchers.choose import name_search
    from telusur.register.writers.bulk import add_rows
    from telusur.words.spelling import search_words

    names = make_names(rows, random.Random(seed))
    with transaction.atomic():
        edition, derivation = _frame(rows)
        idents = [uuid.UUID(int=number + 1).hex for number in range(rows)]
        keyed = ((ident, f"bench:{ident}", nik_of(place)) for place, ident in enumerate(idents))
        add_rows("register_cooperative", ("id", "key", "nik_koperasi"), keyed)
        columns = (
            "edition_id", "cooperative_id", "row_number", "name", "legal_key", "kelurahan_code", "kecamatan_code", "kind",
            "raw", "normal", "warnings", "digest",
        )  # fmt: skip
        add_rows("register_entry", columns, _entries(edition, idents, names))
        from telusur.register.models import Entry

        first = Entry.objects.order_by("id").values_list("id", flat=True)[0]
        columns = (
            "derivation_id", "entry_id", "cooperative_id", "code", "kelurahan_code", "kecamatan_code", "kind", "officer",
            "reasons", "fact_ids",
        )  # fmt: skip
        add_rows("rounds_rowdisposition", columns, _codes(derivation, idents, first))
        name_search().index(zip(idents, names, map(search_words, names), strict=True))
        journal.write("edition.loaded", about="edition:1", by="terminal")
    return names


def _frame(rows: int) -> tuple[int, int]:
    """An edition and a derivation over it; their keys."""
    from telusur.register.models import Edition
    from telusur.rounds.models import Derivation, Round

    edition = Edition.objects.create(
        source="ods", scope="99", layout="ods-24", file_name="rekaan.csv", file_hash="0" * 64, content_hash="0" * 64,
        header=["Nama"], as_of_on=_ON, rows_in_count=rows, accepted_count=rows, imported_by="terminal", imported_at=_AT,
        sealed_at=_AT,
    )  # fmt: skip
    round_ = Round.objects.create(
        name="Rekaan", edition=edition, required_attempts=3, last_entry_id=10**9, row_count=rows, opened_by="terminal",
        opened_at=_AT,
    )  # fmt: skip
    derivation = Derivation.objects.create(
        round=round_,
        on=_ON,
        known_at=_AT,
        rule_version="rekaan",
        codes_hash="0" * 64,
        derived_by="terminal",
        derived_at=_AT,
    )
    return edition.pk, derivation.pk


def _place(number: int) -> tuple[str, str]:
    kecamatan = f"99.{number % 20 + 1:02d}.{number % 30 + 1:02d}"
    return f"{kecamatan}.{number % 10 + 1001}", kecamatan


def _entries(edition: int, idents: list[str], names: list[str]) -> Iterator[tuple[object, ...]]:
    for number, (ident, name) in enumerate(zip(idents, names, strict=True)):
        legal = f"{number % 900 + 1:03d}/BH/XX.{number % 30}/{1980 + number % 40}"
        normal = orjson.dumps(
            [name, nik_of(number), legal, legal, "2009-04-01", None, None, None, "Jl. Rekaan 1"]
        ).decode()
        place, above = _place(number)
        yield edition, ident, number + 2, name, legal, place, above, "Konsumen", "[]", normal, "[]", f"{number:032x}"


def _codes(derivation: int, idents: list[str], first: int) -> Iterator[tuple[object, ...]]:
    for number, ident in enumerate(idents):
        code, (place, above) = _CODES[number % len(_CODES)], _place(number)
        why = _REASONS if 300 <= code < 400 else "[]"
        yield derivation, first + number, ident, code, place, above, "Konsumen", "", why, "[]"
