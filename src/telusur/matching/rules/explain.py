"""A score as lines that a person can check: for each field what agrees, in words, and how many bits that is worth. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from telusur.matching.rules.compare import LABELS
from telusur.matching.rules.crowd import alike_levels
from telusur.matching.rules.crowding import FEWEST_ROWS, crowded_field
from telusur.matching.rules.implied import BESIDE
from telusur.matching.rules.kinds import fold
from telusur.matching.rules.linked import LinkedPair
from telusur.matching.rules.model import FieldModel, Model
from telusur.matching.rules.score import calibrated
from telusur.words.reason import Reason

__all__ = ["EARLIER", "Line", "explain_pair", "labels_of", "level_reasons", "third_bits"]


class Line(NamedTuple):
    """field: the comparison's name ("name", "name:digits"). weight: bits for a match; negative against one."""

    field: str
    says: Reason
    weight: float


_SILENT: Final = Reason("pair_silent", "tidak dapat dibandingkan: tidak dinyatakan di kedua pihak")
_WORDS: Final = (
    Reason("pair_same", "sama: {left}"),
    Reason("pair_same_words", "kata sama, susunan atau spasi lain: {left} / {right}"),
    Reason("pair_acronym", "yang satu singkatan yang lain: {left} / {right}"),
    Reason("pair_nearly_same", "hampir sama: {left} / {right}"),
    Reason("pair_very_alike", "sangat mirip, kata yang sama: {words}"),
    Reason("pair_alike", "mirip, kata yang sama: {words}"),
    Reason("pair_rather_alike", "agak mirip, kata yang sama: {words}"),
    Reason("pair_mostly_same", "sebagian besar sama, kata yang sama: {words}"),
    Reason("pair_partly_same", "sebagian sama, kata yang sama: {words}"),
    Reason("pair_little_same", "sedikit sama, kata yang sama: {words}"),
    Reason("pair_other", "lain: {left} / {right}"),
)
_NAMES: Final = (
    *_WORDS[:3],
    Reason("pair_slip", "salah ketik: {left} / {right}"),
    Reason("pair_spelt_alike", "ejaan mirip: {left} / {right}"),
    Reason("pair_place_added", "sama, tetapi yang satu menambahkan nama tempat: {left} / {right}"),
    Reason("pair_rare_left_longer", "kata langka sama, yang kiri lebih panjang: {words}"),
    Reason("pair_rare_right_longer", "kata langka sama, yang kanan lebih panjang: {words}"),
    Reason("pair_rest_alike", "kata selebihnya mirip hurufnya: {left} / {right}"),
    Reason("pair_rare_differing", "kata langka sama, kata selebihnya lain: {words}"),
    Reason("pair_common_left_longer", "kata umum sama, yang kiri lebih panjang: {words}"),
    Reason("pair_common_right_longer", "kata umum sama, yang kanan lebih panjang: {words}"),
    Reason("pair_common_differing", "kata umum sama, kata selebihnya lain: {words}"),
    _WORDS[-1],
)
# What runs of before said, which are kept with their sentences.
EARLIER: Final = (
    Reason("pair_rare_longer", "kata langka sama, yang satu lebih panjang: {words}"),
    Reason("pair_common_longer", "kata umum sama, yang satu lebih panjang: {words}"),
    Reason("pair_letters", "tanpa kata yang sama, tetapi hurufnya mirip: {left} / {right}"),
)
_RARE: Final = Reason("pair_same_rare", "sama dan jarang dipakai: {left}")
_COMMON: Final = Reason("pair_same_common", "sama tetapi banyak dipakai: {left}")
_ALIKE_ALONE: Final = Reason("pair_alike_alone", "mirip, dan nama lain di daftar tidak semirip itu: {left} / {right}")
_ALIKE_IN_CROWD: Final = Reason(
    "pair_alike_crowd", "mirip, tetapi banyak nama lain di daftar juga mirip: {left} / {right}"
)
_BY_LABELS: Final[dict[str, tuple[Reason, ...]]] = {
    "text": _WORDS,
    **dict.fromkeys(("name", "organisation", "cooperative"), _NAMES),
    "digits": (
        Reason("pair_digits_same", "angka di dalamnya sama"),
        Reason("pair_digits_one_side", "angka hanya ada di satu pihak"),
        Reason("pair_digits_other", "angka di dalamnya lain"),
    ),
    "codes": (
        Reason("pair_codes_same", "kode model sama"),
        Reason("pair_codes_alike", "kode model yang satu awal kode yang lain"),
        Reason("pair_codes_other", "kode model lain"),
    ),
    "street": (
        Reason("pair_street_same", "jalan sama"),
        Reason("pair_street_alike", "ejaan jalan mirip"),
        Reason("pair_street_other", "jalan lain"),
    ),
    "house": (
        Reason("pair_house_same", "nomor rumah sama"),
        Reason("pair_house_overlaps", "nomor rumah beririsan, seperti 12 dan 12A"),
        Reason("pair_house_other", "nomor rumah lain"),
    ),
    "rt": (
        Reason("pair_rt_same", "RT sama"),
        Reason("pair_rt_other_rw", "RT sama, RW lain"),
        Reason("pair_rt_other", "RT lain"),
    ),
    "block": (
        Reason("pair_block_same", "blok sama"),
        Reason("pair_block_other", "blok lain"),
    ),
    "kind": (
        Reason("pair_kind_same", "jenis sama"),
        Reason("pair_kind_partly", "jenis sebagian sama"),
        Reason("pair_kind_other", "jenis lain"),
    ),
    "legal_number": (
        Reason("pair_legal_same", "nomor badan hukum sama: {left}"),
        Reason("pair_legal_serial_year", "nomor urut dan tahun sama, penulisan lain: {left} / {right}"),
        Reason("pair_legal_serial", "nomor urut sama, tahun lain atau tidak disebut: {left} / {right}"),
        Reason("pair_legal_one_digit", "satu angka beda: {left} / {right}"),
        Reason("pair_legal_acts", "yang satu pendirian, yang lain perubahan: {left} / {right}"),
        Reason("pair_legal_other", "nomor lain: {left} / {right}"),
    ),
    "series": (
        Reason("pair_series_same", "seri dan pemberi nomor sama"),
        Reason("pair_series_other_office", "seri nomor sama, pemberinya lain"),
        Reason("pair_series_other", "seri nomor lain"),
    ),
    "date": (
        Reason("pair_date_same", "tanggal sama: {left}"),
        Reason("pair_date_nearly", "tanggal hampir sama: {left} / {right}"),
        Reason("pair_date_month", "bulan dan tahun sama: {left} / {right}"),
        Reason("pair_date_year", "tahun sama: {left} / {right}"),
        Reason("pair_date_near_year", "selisih setahun: {left} / {right}"),
        Reason("pair_date_other", "tanggal lain: {left} / {right}"),
    ),
    "code": (
        Reason("pair_code_same", "kode sama: {left}"),
        Reason("pair_code_one_sign", "satu karakter beda: {left} / {right}"),
        Reason("pair_code_other", "kode lain: {left} / {right}"),
    ),
    "number": (
        Reason("pair_number_same", "angka sama: {left}"),
        Reason("pair_number_2", "selisih paling banyak 2 %: {left} / {right}"),
        Reason("pair_number_10", "selisih paling banyak 10 %: {left} / {right}"),
        Reason("pair_number_30", "selisih paling banyak 30 %: {left} / {right}"),
        Reason("pair_number_other", "angka lain: {left} / {right}"),
    ),
    "place": (
        Reason("pair_place_same", "tempat sama: {left}"),
        Reason("pair_place_alike", "ejaan tempat mirip: {left} / {right}"),
        Reason("pair_place_other", "tempat lain: {left} / {right}"),
    ),
    "near": (
        Reason("pair_place_beside", "tempat yang bertetangga: {left} / {right}"),
        Reason("pair_place_afar", "tempat yang tidak bertetangga: {left} / {right}"),
    ),
    "category": (
        Reason("pair_category_same", "golongan sama: {left}"),
        Reason("pair_category_other", "golongan lain: {left} / {right}"),
    ),
}
# Lines that are asked only where the whole leaves something open.
_ASKED_AT_TIMES: Final = frozenset(("street", "house", "rt", "block", "near", "series"))
# Bits from which a value's own rarity is worth a word.
_NOTABLE: Final = 1.5
# Probabilities are held this far from certain, and weights this low, before they are put into bits.
_NEVER: Final = 1e-6
_MOST_BITS: Final = 200.0


def _reason(labels: str, level: int, rarity: float, left: str, right: str, *, in_crowd: bool) -> Reason:
    if level < 0:
        return _SILENT
    said = _BY_LABELS[labels][level]
    if abs(rarity) >= _NOTABLE:
        if said.code == "pair_same":
            said = _RARE if rarity > 0 else _COMMON
        elif in_crowd and level in alike_levels(len(_BY_LABELS[labels])):
            said = _ALIKE_ALONE if rarity > 0 else _ALIKE_IN_CROWD
    of_left = set(fold(left).split())
    shared = [word for word in fold(right).split() if word in of_left]
    values = {"left": left.strip(), "right": right.strip(), "words": ", ".join(dict.fromkeys(shared)) or "-"}
    return Reason(said.code, said.says, {key: value for key, value in values.items() if "{" + key + "}" in said.says})


def explain_pair(model: Model, pair: LinkedPair, left: Mapping[str, str], right: Mapping[str, str]) -> tuple[Line, ...]:
    """The lines whose weights sum to the pair's weight. left, right: the rows' values by column label."""
    columns = {field.name: field for field in model.schema.fields}
    alone = _matched_alone(model)
    lines = []
    told = {
        line.field.partition(":")[0]
        for line, level in zip(model.fields, pair.levels, strict=True)
        if _beside(line) and level >= 0
    }
    for line, level, rarity in zip(model.fields, pair.levels, pair.rarity, strict=True):
        # A place speaks on one of its lines, or its plain one says that it is silent; what was not asked is not missing.
        if level < 0 and (_beside(line) or line.field in told or labels_of(line) in _ASKED_AT_TIMES):
            continue
        field = columns[line.field.partition(":")[0]]
        texts = left.get(field.left, ""), right.get(field.right, "")
        says = _reason(labels_of(line), level, rarity, *texts, in_crowd=line.field == alone)
        weight = 0.0 if level < 0 else line.levels[level].weight + rarity
        lines.append(Line(line.field, says, round(weight, 3)))
    return tuple(lines)


def _matched_alone(model: Model) -> str:
    """The line on which a name's neighbours in its list were counted; "" where none were."""
    field = crowded_field(model.schema, FEWEST_ROWS)
    return "" if field is None else field.name


def _beside(line: FieldModel) -> bool:
    return line.field.rpartition(":")[2] in BESIDE


def third_bits(model: Model, weight: float, probability: float) -> float:
    """Bits that a third row adds to a pair of one table: its probability's above those that the pair has alone; 0 for none.

    weight: the pair's own bits, summed over its fields.
    """
    if not model.schema.itself:
        return 0.0
    odds = 2.0 ** min(weight, _MOST_BITS) * model.prior / (1.0 - model.prior)
    alone = float(calibrated(np.array([odds / (1.0 + odds)]), model.calibration)[0])
    return max(0.0, _bits(probability) - _bits(alone))


def _bits(probability: float) -> float:
    held = min(max(probability, _NEVER), 1.0 - _NEVER)
    return math.log2(held / (1.0 - held))


def level_reasons(labels: str) -> tuple[Reason, ...]:
    """The words of each level of a set in `LABELS`, best first."""
    return _BY_LABELS[labels]


def labels_of(line: FieldModel) -> str:
    """The name of the line's set of levels in `LABELS`."""
    _, _, part = line.field.partition(":")
    return part if part in LABELS else line.kind.value
