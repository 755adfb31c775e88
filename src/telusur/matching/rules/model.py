"""A model of Fellegi and Sunter: for each field's level, how often matches and chance pairs show it. Pure.

Source: Fellegi, Sunter, A Theory for Record Linkage, JASA 64 (1969); Winkler's term frequencies; probabilities of competing
pairs as in one-to-one linkage. A model is a value: kept in a file, compared, applied to new data.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = ["MODEL_VERSION", "FieldModel", "Level", "Model", "model_from_json", "model_to_json"]

# Levels are told by their place: where a level changes its meaning, older files are of another version.
MODEL_VERSION = 3


@dataclass(frozen=True, slots=True)
class Level:
    """A degree of agreement. m, u: its share among matches and among chance pairs, where both sides state the field.

    chance: how likely, on average over matches, a random row agrees in what they agree in; rarer agreement weighs more.
    0: it weighs the same, however rare. common: the share of chance pairs at this level that agree because what they agree
    in is common; the others agree for a reason of their own: one office, one day, one word taken over.
    """

    label: str
    m: float
    u: float
    chance: float = 0.0
    common: float = 1.0

    @property
    def weight(self) -> float:
        """What seeing this level says for a match, in bits: log2(m/u)."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class FieldModel:
    """A field's levels, best first. A pair in which a side states nothing has no level and weighs 0."""

    field: str
    kind: FieldKind
    levels: Sequence[Level]


@dataclass(frozen=True, slots=True)
class Model:
    """prior: the share of right rows that have a match among the left ones (of a single table: of pairs drawn at random
    that match). calibration: knots (raw probability, calibrated), rising, () for none. sure_at, review_at: calibrated
    probabilities from which a pair is a match, and from which it is shown to a person.
    trained_on: counts that the report shows (left rows, right rows, pairs, judgements).
    """

    schema: Schema
    fields: Sequence[FieldModel]
    prior: float
    calibration: Sequence[tuple[float, float]] = ()
    sure_at: float = 0.95
    review_at: float = 0.05
    trained_on: Mapping[str, int] | None = None


def model_to_json(model: Model) -> dict[str, object]:
    """Plain values with sorted, named parts, so that two files can be compared line by line."""
    return {
        "telusur_model": MODEL_VERSION,
        "prior": model.prior,
        "sure_at": model.sure_at,
        "review_at": model.review_at,
        "one_to_one": model.schema.one_to_one,
        "itself": model.schema.itself,
        "twins": model.schema.twins,
        "trained_on": dict(model.trained_on or {}),
        "calibration": [list(knot) for knot in model.calibration],
        "fields": [_field_to_json(field) for field in model.schema.fields],
        "levels": {field.field: [_level_to_json(level) for level in field.levels] for field in model.fields},
    }


def _field_to_json(field: Field) -> dict[str, object]:
    out: dict[str, object] = {
        "name": field.name, "kind": field.kind.value, "left": field.left, "right": field.right, "scope": field.scope,
    }  # fmt: skip
    return out | {"habits": list(field.habits)} if field.habits else out


def _level_to_json(level: Level) -> dict[str, object]:
    out: dict[str, object] = {"label": level.label, "m": level.m, "u": level.u}
    return out | {"chance": level.chance, "common": level.common} if level.chance else out


# A share of 0 would weigh without end.
_LEAST_SHARE = 1e-300


def _refused(part: str, says: str) -> ValueError:
    return ValueError(f"bagian «{part}»: {says}")


def _number(data: Mapping[str, object], key: str, where: str, low: float, high: float) -> float:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise _refused(f"{where}{key}", f"harus angka dari {low:g} sampai {high:g}")
    return float(value)


def _parts(data: Mapping[str, object], key: str, where: str = "") -> list[Mapping[str, object]]:
    value = data.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(each, Mapping) for each in value):
        raise _refused(f"{where}{key}", "harus daftar yang tidak kosong")
    return value


def _said(data: Mapping[str, object], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise _refused(f"{where}{key}", "harus teks")
    return value


def _truth(data: Mapping[str, object], key: str, where: str = "") -> bool:
    value = data.get(key)
    if not isinstance(value, bool):
        raise _refused(f"{where}{key}", "harus true atau false")
    return value


def _field_from(data: Mapping[str, object], where: str) -> Field:
    kind = _said(data, "kind", where)
    if kind not in list(FieldKind):
        raise _refused(f"{where}kind", f"jenis «{kind}» tidak dikenal; pilih salah satu: {', '.join(FieldKind)}")
    names = [_said(data, key, where) for key in ("name", "left", "right")]
    habits = data.get("habits", [])
    if not isinstance(habits, list) or not all(isinstance(word, str) and word for word in habits):
        raise _refused(f"{where}habits", "harus daftar kata")
    return Field(names[0], FieldKind(kind), names[1], names[2], _truth(data, "scope", where), habits=tuple(habits))


def _levels_from(levels: Mapping[str, object], kinds: Mapping[str, FieldKind]) -> tuple[FieldModel, ...]:
    """The lines in the file's order: a pair's levels are told by their place. "name:digits" is a part of "name"."""
    read = []
    for line in levels:
        field = line if line in kinds else line.rpartition(":")[0]
        if field not in kinds:
            raise _refused(f"levels.{line}", "tidak ada di fields, atau kolom cakupan yang tidak dibandingkan")
        shares = tuple(
            Level(
                _said(each, "label", f"levels.{line}[{place}]."),
                _number(each, "m", f"levels.{line}[{place}].", _LEAST_SHARE, 1.0),
                _number(each, "u", f"levels.{line}[{place}].", _LEAST_SHARE, 1.0),
                _number({"chance": 0.0, **each}, "chance", f"levels.{line}[{place}].", 0.0, 1.0),
                _number({"common": 1.0, **each}, "common", f"levels.{line}[{place}].", 0.0, 1.0),
            )
            for place, each in enumerate(_parts(levels, line, "levels."))
        )
        read.append(FieldModel(line, kinds[field], shares))
    for name in kinds:
        if name not in levels:
            raise _refused(f"levels.{name}", "tidak ada, padahal kolom ini dibandingkan")
    return tuple(read)


def _knots_from(data: Mapping[str, object]) -> tuple[tuple[float, float], ...]:
    knots = data.get("calibration", [])
    says = "harus daftar pasangan angka 0 sampai 1 yang menaik"
    if not isinstance(knots, list):
        raise _refused("calibration", says)
    read: list[tuple[float, float]] = []
    for knot in knots:
        if not isinstance(knot, list) or len(knot) != 2 or any(isinstance(each, bool) for each in knot):
            raise _refused("calibration", says)
        if not all(isinstance(each, int | float) and 0 <= each <= 1 for each in knot):
            raise _refused("calibration", says)
        if read and (knot[0] < read[-1][0] or knot[1] < read[-1][1]):
            raise _refused("calibration", says)
        read.append((float(knot[0]), float(knot[1])))
    return tuple(read)


def _counts_from(data: Mapping[str, object]) -> dict[str, int]:
    counts = data.get("trained_on", {})
    if not isinstance(counts, Mapping) or not all(
        isinstance(each, int) and not isinstance(each, bool) for each in counts.values()
    ):
        raise _refused("trained_on", "harus jumlah bulat per nama")
    return {str(name): count for name, count in counts.items()}


def model_from_json(data: Mapping[str, object]) -> Model:
    """The model of a file. Raises ValueError, in Indonesian and naming the part, where the file is not a model."""
    if not isinstance(data, Mapping) or data.get("telusur_model") != MODEL_VERSION:
        raise _refused("telusur_model", f"harus {MODEL_VERSION}; ini bukan berkas model, atau dari versi lain")
    fields = tuple(_field_from(each, f"fields[{place}].") for place, each in enumerate(_parts(data, "fields")))
    names = [field.name for field in fields]
    if len(set(names)) < len(names):
        raise _refused("fields", "ada nama yang dipakai dua kali")
    levels = data.get("levels")
    if not isinstance(levels, Mapping):
        raise _refused("levels", "harus bobot per kolom")
    sure_at, review_at = (_number(data, key, "", 0.0, 1.0) for key in ("sure_at", "review_at"))
    if review_at > sure_at:
        raise _refused("review_at", "tidak boleh di atas sure_at")
    return Model(
        Schema(
            fields,
            _truth(data, "one_to_one"),
            _truth(data, "itself"),
            _truth(data, "twins") if "twins" in data else False,
        ),
        _levels_from(levels, {field.name: field.kind for field in fields if not field.scope}),
        _number(data, "prior", "", _LEAST_SHARE, 1.0 - 1e-12),
        _knots_from(data),
        sure_at,
        review_at,
        _counts_from(data),
    )
