"""What the head's page says of standings, of the RAT and, while a round runs, of the whole list: each figure with its base.

Pure. A standing is derived under the definition of "active" that the office uses on the day, which the stamp names; a rate
of the RAT cannot be made without its base; an estimate is an exact interval from the round's random order, never a point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from telusur.dashboards.rules.figure import Figure, Stamp
from telusur.laws.rules.law import UNIT_LABELS, Article
from telusur.laws.rules.policy import ActivePolicy
from telusur.rounds.rules.estimate import Estimate
from telusur.standing.rules.letters import STAGE_LABELS
from telusur.standing.rules.rates import BASE_LABELS, Base, meeting_rates
from telusur.standing.rules.verdict import STANDING_LABELS, Outcome, Standing

__all__ = [
    "DUTY",
    "ESTIMATES",
    "OUTSIDE",
    "STANDINGS",
    "Counted",
    "Tried",
    "active_by",
    "changed_by",
    "definition_figures",
    "definition_tried",
    "duty_figures",
    "estimate_figures",
    "inactive_by",
    "is_beside",
    "law_tried",
    "move_figures",
    "move_of",
    "outside_figures",
    "policy_tried",
    "running_figures",
    "standing_figures",
    "value_tried",
]

_RECORDED = "koperasi tercatat"
DUTY, OUTSIDE = "duty_letters", "outside_finds"
# (measure, its words, its definition, its codes)
_STANDINGS: Mapping[Standing, tuple[str, str, str, str]] = {
    each: (
        f"standing_{each.value}",
        f"Kedudukan: {words}",
        f"Koperasi yang kedudukannya «{words}» menurut pengertian «aktif» yang dipakai kantor pada hari itu.",
        each.value,
    )
    for each, words in STANDING_LABELS.items()
}
_RATES: Mapping[Base, tuple[str, str, str, str]] = {
    each: (
        f"meeting_{each.value}",
        f"RAT terbukti, {words}",
        f"{words[0].upper()}{words[1:]}: yang notulen RAT tahun buku terakhirnya sudah dilihat.",
        "RAT",
    )
    for each, words in BASE_LABELS.items()
}
STANDINGS: tuple[str, ...] = tuple(said[0] for said in (*_STANDINGS.values(), *_RATES.values()))
_SAYS = "Antara berapa jumlahnya bila seluruh daftar selesai ditelusuri: selang tepat 95 % dari urutan acak putaran."
ESTIMATES: Mapping[str, tuple[str, str, str]] = {
    "located": ("estimate_located", "Perkiraan ditemukan, seluruh daftar", _SAYS),
    "active": ("estimate_active", "Perkiraan usaha berjalan, seluruh daftar", _SAYS),
}


_DAILY = (
    "Antara berapa jumlahnya bila seluruh daftar selesai: selang 95 %, sah berapa kali pun dibaca, dari urutan acak."
)
_RUNNING: Mapping[str, tuple[str, str, str]] = {
    "located": ("running_located", "Perkiraan ditemukan, dibaca setiap hari", _DAILY),
    "active": ("running_active", "Perkiraan usaha berjalan, dibaca setiap hari", _DAILY),
}


@dataclass(frozen=True, slots=True)
class _Share:
    """A count of a base."""

    said: tuple[str, str, str, str]
    held: int
    whole: int
    words: str


def standing_figures(outcomes: Iterable[Outcome], stamp: Stamp) -> tuple[Figure, ...]:
    """Each standing that somebody has, in the order of `Standing`, then the RAT on each base that is not empty."""
    found = list(outcomes)
    counted = Counter(outcome.standing for outcome in found)
    shares = [
        _Share(said, counted[standing], len(found), _RECORDED)
        for standing, said in _STANDINGS.items()
        if counted[standing]
    ]
    shares += [
        _Share(_RATES[rate.base], rate.held, rate.count, f"koperasi {BASE_LABELS[rate.base].removeprefix('dari ')}")
        for rate in meeting_rates(found)
        if rate.count
    ]
    return tuple(_figure(share, stamp) for share in shares)


def estimate_figures(estimates: Sequence[Estimate], rows: int, stamp: Stamp) -> tuple[Figure, ...]:
    """The intervals of a round that runs, as far as its random order has settled any. rows: of the whole list."""
    found = []
    for each in estimates:
        said = ESTIMATES.get(each.quantity.name)
        if said is None or each.low is None or each.high is None:
            continue
        codes = f"acak 1–{each.sample.drawn}"
        share = _Share((*said, codes), each.low, rows, _RECORDED)
        found.append(_figure(share, stamp, each.high))
    return tuple(found)


def running_figures(estimates: Sequence[Estimate], rows: int, stamp: Stamp) -> tuple[Figure, ...]:
    """The intervals that may be read day by day, of a round that runs. rows: of the whole list."""
    found = []
    for each in estimates:
        if said := _RUNNING.get(each.quantity.name):
            share = _Share((*said, f"acak 1–{each.sample.drawn}"), each.running_low, rows, _RECORDED)
            found.append(_figure(share, stamp, each.running_high))
    return tuple(found)


def outside_figures(count: int, stamp: Stamp) -> tuple[Figure, ...]:
    """What was found in the field and stands on no row: beside the balance, never in it."""
    says = "Koperasi yang ditemukan di lapangan dan tidak ada di daftar (kode U): di luar neraca, daftarnya sendiri."
    figure = _figure(_Share((OUTSIDE, "Di luar daftar", says, "U"), count, 0, ""), stamp)
    return (replace(figure, denominator=None, denominator_codes=""),)


class Counted(NamedTuple):
    """The same evidence under one definition of "active"."""

    policy: ActivePolicy
    active: int
    inactive: int
    total: int


# A letter for each standing, for the name of a move.
_LETTERS: Mapping[Standing, str] = {
    Standing.ACTIVE: "a", Standing.INACTIVE: "i", Standing.UNPROVEN: "u", Standing.NOT_FOUND: "f",
    Standing.NOT_TRACED: "t", Standing.HELD: "h", Standing.WINDING_UP: "w", Standing.PROPOSED: "p",
    Standing.DISSOLVED: "d", Standing.OUTSIDE: "o",
}  # fmt: skip


class Tried(NamedTuple):
    """Who would change under what is tried. changed: also those whose code alone would.

    measure: the first part of its measures' names; name, says: what is tried, in a few words and in full.
    """

    measure: str
    name: str
    says: str
    moves: Mapping[tuple[Standing, Standing], int]
    changed: int
    total: int


def definition_tried(policy: ActivePolicy) -> tuple[str, str, str]:
    """measure, name and words (Tried) of a definition that is tried."""
    return f"move_{policy.id}", f"«{policy.name}» dipakai", f"pengertian «{policy.name}» ({policy.says}) dipakai"


def value_tried(article: Article, value: int) -> tuple[str, str, str]:
    """The same of another value for an article. The stamp names the law in use, these words the value."""
    unit = UNIT_LABELS[article.unit] if article.unit else ""
    name = f"{article.article} menjadi {value} {unit}".rstrip()
    return f"law_{article.id}={value}", name, f"{name} ({article.says}; sekarang {article.value} {unit}".rstrip() + ")"


def move_of(tried: str, one: Standing, other: Standing) -> str:
    """The measure of a move from a standing to another under what is tried (its own first part)."""
    return f"{tried}_{_LETTERS[one]}{_LETTERS[other]}"


def changed_by(tried: str) -> str:
    """The measure of all who would change under what is tried."""
    return f"{tried}_all"


def law_tried(measure: str) -> tuple[str, int] | None:
    """The article and the value that a measure tries; None for a measure of another kind."""
    kind, _, rest = measure.partition("_")
    ident, _, value = rest.rpartition("_")[0].partition("=")
    return (ident, int(value)) if kind == "law" and value.isascii() and value.isdigit() and len(value) < 8 else None


def policy_tried(measure: str) -> str:
    """The definition that a move's measure tries; "" for a measure of another kind."""
    kind, _, rest = measure.partition("_")
    return rest.rpartition("_")[0] if kind == "move" else ""


def move_figures(tried: Tried, stamp: Stamp) -> tuple[Figure, ...]:
    """All who would change, then each move. The stamp names what is in use, the words what is tried."""
    name, says = tried.name, tried.says
    said = (
        changed_by(tried.measure),
        f"Berubah bila {name}",
        f"Koperasi yang kedudukan atau kodenya akan berubah bila {says}.",
        "move",
    )
    found = [_figure(_Share(said, tried.changed, tried.total, _RECORDED), stamp)]
    for (one, other), count in tried.moves.items():
        ways = f"«{STANDING_LABELS[one]}» menjadi «{STANDING_LABELS[other]}»"
        said = (
            move_of(tried.measure, one, other),
            f"Bila {name}: {STANDING_LABELS[one]} → {STANDING_LABELS[other]}",
            f"Koperasi yang akan berubah dari {ways} bila {says}.",
            f"{one.value} → {other.value}",
        )
        found.append(_figure(_Share(said, count, tried.total, _RECORDED), stamp))
    return tuple(found)


def active_by(policy: str) -> str:
    """The measure of a definition's active."""
    return f"active_by_{policy}"


def inactive_by(policy: str) -> str:
    """The measure of a definition's inactive."""
    return f"inactive_by_{policy}"


def is_beside(measure: str) -> bool:
    """Whether a measure is none of the head's page: of one definition whichever the office uses, or read day by day."""
    return measure.startswith(("active_by_", "inactive_by_", "running_"))


def duty_figures(stages: Mapping[str, int], can_owe: int, stamp: Stamp) -> tuple[Figure, ...]:
    """How many are due a letter about the RAT. stages: by the letter's kind. can_owe: who can owe one at all."""
    said = (
        DUTY,
        "RAT: jatuh tempo disurati",
        "Koperasi yang menurut kewajiban RAT-nya dan surat yang sudah terkirim jatuh tempo menerima satu surat lagi.",
        "surat RAT",
    )
    figure = _figure(_Share(said, sum(stages.values()), can_owe, "koperasi yang wajib RAT"), stamp)
    codes = tuple((stage, words, stages[stage]) for stage, words in STAGE_LABELS.items() if stages.get(stage))
    return (replace(figure, codes=codes),)


def definition_figures(counted: Iterable[Counted], stamp: Stamp) -> tuple[Figure, ...]:
    """Two figures a definition; each stands under its own definition, not under the office's."""
    found = []
    for each in counted:
        own = replace(stamp, policy=each.policy.id, policy_name=each.policy.name, policy_says=each.policy.says)
        for measure, words, held in (
            (active_by(each.policy.id), "Aktif", each.active),
            (inactive_by(each.policy.id), "Tidak aktif", each.inactive),
        ):
            says = f"{words} menurut pengertian «{each.policy.name}»: {each.policy.says}"
            said = (measure, f"{words} menurut «{each.policy.name}»", says, measure.partition("_")[0])
            found.append(_figure(_Share(said, held, each.total, _RECORDED), own))
    return tuple(found)


def _figure(share: _Share, stamp: Stamp, high: int | None = None) -> Figure:
    measure, name, definition, codes = share.said
    return Figure(
        measure=measure,
        name=name,
        definition=definition,
        area_code="",
        area_name="seluruh daftar",
        numerator=share.held,
        denominator=share.whole,
        high=high,
        numerator_codes=codes,
        denominator_codes="R" if share.words == _RECORDED else "",
        denominator_words=share.words,
        codes=(),
        stamp=stamp,
    )
