"""What the balance can be asked for: every measure with its definition, the codes it counts and those it is a share of.

Pure. Words are those of the office's own announcements, so that a figure can be held beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from telusur.dashboards.rules.figure import Figure, Stamp
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import CODE_LABELS, Code, Group

__all__ = ["HEADLINE", "MEASURES", "PART_MEASURES", "TREND", "Measure", "Place", "measured", "recounted"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A question to the balance. holds: whether a row of a code counts; may_hold: whether it may turn out to count.

    whole: whether a row of a code stands in the denominator; None for all rows recorded.
    """

    name: str
    words: str
    definition: str
    codes: str
    holds: Callable[[Code], bool]
    whole: Callable[[Code], bool] | None = None
    whole_codes: str = "R"
    whole_words: str = "koperasi tercatat"
    may_hold: Callable[[Code], bool] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure counts; `code` "" for the whole list."""

    code: str = ""
    name: str = "seluruh daftar"


def _in(*groups: Group) -> Callable[[Code], bool]:
    return lambda code: code.group in groups


_ACTIVE = _in(Group.LOCATED_ACTIVE)
_UNKNOWN = frozenset({Code.WITHHELD, Code.PAPERS_PENDING})


def _may_be_active(code: Code) -> bool:
    return code.group in (Group.LOCATED_ACTIVE, Group.NOT_LOCATED, Group.NOT_FINAL) or code in _UNKNOWN


_ALL = (
    Measure("recorded", "Tercatat", "Baris daftar nasional yang dibekukan saat putaran dibuka.", "R", lambda code: True),
    Measure(
        "located", "Ditemukan", "Koperasi yang didatangi dan ada di tempatnya, usahanya berjalan atau tidak.", "1xx+2xx",
        _in(Group.LOCATED_ACTIVE, Group.LOCATED_OTHER),
    ),
    Measure(
        "active", "Usaha berjalan",
        "Koperasi yang ditemukan dengan bukti usaha paling lama 12 bulan, RAT terlaksana atau belum.", "1xx", _ACTIVE,
    ),
    Measure(
        "meeting", "RAT terlaksana",
        "Koperasi yang usahanya berjalan dan notulen RAT tahun buku terakhirnya sudah dilihat.", "110",
        lambda code: code is Code.ACTIVE_WITH_MEETING, _ACTIVE, "1xx", "koperasi yang usahanya berjalan",
    ),
    Measure(
        "located_other", "Ditemukan, tidak terbukti aktif",
        "Koperasi yang ditemukan tanpa bukti usaha paling lama 12 bulan.", "2xx", _in(Group.LOCATED_OTHER),
    ),
    Measure(
        "not_located", "Belum ditemukan",
        "Koperasi yang tidak ditemukan sesudah kunjungan yang disyaratkan; keadaannya tidak diketahui, bukan bubar.", "3xx",
        _in(Group.NOT_LOCATED),
    ),
    Measure(
        "out_of_scope", "Di luar cakupan",
        "Baris yang menurut dokumen sudah bubar, ganda, bergabung, pindah, atau dibina instansi lain.", "4xx",
        _in(Group.OUT_OF_SCOPE),
    ),
    Measure(
        "not_final", "Belum selesai",
        "Baris yang belum dikunjungi, kunjungannya belum cukup, atau ditahan pada putaran ini.", "5xx",
        _in(Group.NOT_FINAL),
    ),
    Measure(
        "resolution", "Keadaan sudah diketahui", "Baris yang ditemukan atau terbukti di luar cakupan.", "1xx+2xx+4xx",
        _in(Group.LOCATED_ACTIVE, Group.LOCATED_OTHER, Group.OUT_OF_SCOPE),
    ),
    Measure(
        "active_bounds", "Koperasi aktif, batas pasti",
        "Paling sedikit: yang usahanya berjalan. Paling banyak: itu ditambah semua yang keadaannya belum diketahui.",
        "1xx … 1xx+240+250+3xx+5xx", _ACTIVE, may_hold=_may_be_active,
    ),
)  # fmt: skip
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL} | {
    f"code_{code.value}": Measure(
        f"code_{code.value}",
        CODE_LABELS[code][0].upper() + CODE_LABELS[code][1:],
        f"Baris dengan kode akhir {code.value}.",
        str(code.value),
        lambda each, only=code: each is only,  # type: ignore[misc]
    )
    for code in Code
}
# What a press sheet and the head's page lead with, in the order of the flow.
HEADLINE = ("recorded", "located", "active", "meeting", "located_other", "not_located", "out_of_scope", "not_final")

# The measure of every group of codes.
PART_MEASURES: Mapping[Group, str] = {
    Group.LOCATED_ACTIVE: "active",
    Group.LOCATED_OTHER: "located_other",
    Group.NOT_LOCATED: "not_located",
    Group.OUT_OF_SCOPE: "out_of_scope",
    Group.NOT_FINAL: "not_final",
}

# What is followed from day to day, with the tone of its line.
TREND = (("located", "1"), ("active", "all"), ("not_located", "3"), ("not_final", "5"))


def measured(measure: Measure, counted: Tally, place: Place, stamp: Stamp) -> Figure:
    """The measure's figure from a balance."""
    low, high, whole = _counted(measure, counted)
    is_list = measure.name == "recorded"
    return Figure(
        measure=measure.name,
        name=measure.words,
        definition=measure.definition,
        area_code=place.code,
        area_name=place.name,
        numerator=low,
        denominator=None if is_list else whole,
        high=high,
        numerator_codes=measure.codes,
        denominator_codes="" if is_list else measure.whole_codes,
        denominator_words="" if is_list else measure.whole_words,
        codes=tuple(
            (str(code.value), CODE_LABELS[code], count)
            for code, count in sorted(counted.codes.items())
            if count and measure.holds(code)
        ),
        stamp=stamp,
    )


def _counted(measure: Measure, counted: Tally) -> tuple[int, int | None, int]:
    held = counted.codes.items()
    low = counted.recorded if measure.name == "recorded" else sum(n for code, n in held if measure.holds(code))
    high = None if measure.may_hold is None else sum(n for code, n in held if measure.may_hold(code))
    whole = counted.recorded if measure.whole is None else sum(n for code, n in held if measure.whole(code))
    return low, high, whole


def recounted(figure: Figure, counted: Tally) -> Figure:
    """The kept figure's question, asked of another balance. Raises KeyError for a measure that is no longer known."""
    return measured(MEASURES[figure.measure], counted, Place(figure.area_code, figure.area_name), figure.stamp)
