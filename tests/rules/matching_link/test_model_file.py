"""A model goes through its file unchanged; a damaged file is refused with the part named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from telusur.matching.rules.model import FieldModel, Level, Model, model_from_json, model_to_json
from telusur.matching.rules.schema import Field, FieldKind, Schema

MODEL = Model(
    Schema(
        (
            Field("nama", FieldKind.COOPERATIVE, "Koperasi", "nama"),
            Field("kota", FieldKind.PLACE, "kota", "kota", scope=True),
        ),
        one_to_one=True,
    ),
    (
        FieldModel("nama", FieldKind.COOPERATIVE, (Level("sama", 0.7, 1e-4, 2e-4, 0.9), Level("lain", 0.3, 0.9999))),
        FieldModel(
            "nama:digits", FieldKind.COOPERATIVE, (Level("angka sama", 0.8, 0.1), Level("angka lain", 0.2, 0.9))
        ),
    ),
    0.4,
    ((0.0, 0.0), (0.5, 0.6), (1.0, 1.0)),
    0.9,
    0.05,
    {"left_rows": 3},
)


def test_a_model_comes_back_the_same() -> None:
    data = json.loads(json.dumps(model_to_json(MODEL)))
    assert model_from_json(data) == MODEL


def _set(*path: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    def act(data: dict[str, Any]) -> None:
        inner: Any = data
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return act


def _drop(*path: Any) -> Callable[[dict[str, Any]], None]:
    def act(data: dict[str, Any]) -> None:
        inner: Any = data
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]

    return act


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        (_set("telusur_model", value=1), "telusur_model"),
        (_set("prior", value=1.0), "prior"),
        (_set("prior", value="0.4"), "prior"),
        (_set("sure_at", value=1.5), "sure_at"),
        (_set("review_at", value=0.95), "review_at"),
        (_set("one_to_one", value="ya"), "one_to_one"),
        (_set("fields", value=[]), "fields"),
        (_set("fields", 0, "kind", value="warna"), "fields[0].kind"),
        (_set("fields", 0, "left", value=""), "fields[0].left"),
        (_set("fields", 1, "name", value="nama"), "fields"),
        (_drop("fields", 0, "scope"), "fields[0].scope"),
        (_drop("levels", "nama"), "levels.nama"),
        (_set("levels", "warna", value=[{"label": "x", "m": 0.5, "u": 0.5}]), "levels.warna"),
        (_set("levels", "nama", 1, "u", value=0), "levels.nama[1].u"),
        (_set("levels", "nama", 0, "m", value=float("nan")), "levels.nama[0].m"),
        (_set("levels", "nama", value=[]), "levels.nama"),
        (_set("calibration", value=[[0, 0], [0.5, 0.7], [0.4, 0.8]]), "calibration"),
        (_set("calibration", value=[[0, True]]), "calibration"),
        (_set("trained_on", value={"rows": "3"}), "trained_on"),
    ],
)
def test_damage_is_named(damage: Callable[[dict[str, Any]], None], part: str) -> None:
    data = copy.deepcopy(model_to_json(MODEL))
    damage(data)
    with pytest.raises(ValueError, match="bagian") as refused:
        model_from_json(data)
    assert f"«{part}»" in str(refused.value)


def test_a_file_of_anything_else_is_refused() -> None:
    for data in ([], {}, None, "model"):
        with pytest.raises(ValueError, match="bukan berkas model"):
            model_from_json(data)  # type: ignore[arg-type]
