"""Reads of intake: the rows that are still refused, warnings by kind, layouts and mappings that can be named."""

from __future__ import annotations

from collections import Counter

from django.db.models import Exists, OuterRef

from telusur.intake.layouts import shipped_layouts
from telusur.intake.models import Batch, RefusedRow, SavedMapping
from telusur.intake.rules.layout import Layout, layout_from_mapping
from telusur.register.models import Edition, Entry

__all__ = ["first_batch", "known_layouts", "open_refusals", "warning_counts"]


def first_batch(edition: Edition) -> Batch | None:
    """The batch that made the edition."""
    return Batch.objects.filter(edition=edition, corrects__isnull=True).first()


def known_layouts() -> tuple[Layout, ...]:
    """The shipped layouts, then the mappings that people saved and that still make one."""
    saved = (layout_from_mapping(row.name, row.mapping) for row in SavedMapping.objects.order_by("name"))
    return (*shipped_layouts(), *(layout for layout in saved if isinstance(layout, Layout)))


def open_refusals(edition: Edition) -> list[RefusedRow]:
    """The newest refusal of each row that no corrected file has mended yet, by row."""
    mended = Entry.objects.filter(edition=edition, row_number=OuterRef("row_number"))
    rows = RefusedRow.objects.filter(batch__edition=edition).exclude(Exists(mended)).order_by("row_number", "batch_id")
    return list({row.row_number: row for row in rows}.values())


def warning_counts(edition: Edition) -> list[tuple[str, str, int]]:
    """(code, the sentence's first form, rows) of each kind of warning on the edition's rows, most first."""
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for warnings in Entry.objects.filter(edition=edition).exclude(warnings=[]).values_list("warnings", flat=True):
        for warning in warnings:
            counts[warning["code"]] += 1
            words.setdefault(warning["code"], warning["says"])
    return [(code, words[code], count) for code, count in counts.most_common()]
