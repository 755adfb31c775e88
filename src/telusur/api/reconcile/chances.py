"""The probability of each candidate by the newest model that matching learned from an office's list. Reads only.

In: candidates' public rows, what is wanted. Out: probabilities by id, or None where no such model was learned. A model of
duplicates inside an edition is not asked: it knows how one clerk enters a cooperative twice, not how somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Final

from telusur.api.public.pages import Row, held_rows
from telusur.api.rules.reconcile_score import Wanted
from telusur.matching.models import Run
from telusur.matching.queries import current_runs
from telusur.matching.rules.asked import asked_chances
from telusur.matching.rules.model import Model, model_from_json
from telusur.opendata.queries import now, rows, size
from telusur.opendata.rules.datasets import DATASETS, Dataset

__all__ = ["chances_of", "learned_model"]

_BESIDE: Final = 200
_NAMES: Final = {"name": "nama", "legal_number": "badan_hukum", "kelurahan": "kelurahan", "kecamatan": "kecamatan"}
_PLACE: Final = {name: place for place, name in enumerate(DATASETS[Dataset.COOPERATIVES].names)}


def learned_model() -> Model | None:
    """The model in use, None before any was learned."""
    learned = [run for run in current_runs() if run.model and run.kind == "list"]
    newest = max(learned, key=lambda run: run.pk, default=None)
    try:
        return _read(newest.pk) if newest is not None else None
    except ValueError:
        # Written by an older version; the next run of the list makes a new one.
        return None


@lru_cache(maxsize=2)
def _read(number: int) -> Model:
    model = model_from_json(Run.objects.get(pk=number).model)
    fields = tuple(field for field in model.schema.fields if field.name in _NAMES)
    return replace(model, schema=replace(model.schema, fields=fields))


def _values(row: Row) -> dict[str, str]:
    return {name: str(row[_PLACE[column]] or "") for name, column in _NAMES.items()}


def chances_of(found: Sequence[Row], wanted: Wanted, stated: Mapping[str, str]) -> Mapping[str, float] | None:
    """The probability of each row by its id. Of a question without a name the model says nothing."""
    model = learned_model() if wanted.name else None
    if model is None:
        return None
    held = held_rows(Dataset.COOPERATIVES)
    beside = held[:_BESIDE] if held is not None else list(islice(rows(Dataset.COOPERATIVES, now()), _BESIDE))
    total = len(held) if held is not None else size(Dataset.COOPERATIVES, now())
    asked = {
        "name": wanted.name,
        "legal_number": wanted.identity.legal_text,
        "kelurahan": wanted.kelurahan,
        "kecamatan": stated.get("kecamatan", ""),
    }
    try:
        told = asked_chances(model, [_values(row) for row in found], asked, [_values(row) for row in beside], total)
    except ValueError:
        return None
    return {str(row[_PLACE["id"]]): chance for row, chance in zip(found, told, strict=True)}
