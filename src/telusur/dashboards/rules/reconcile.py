"""Whether a published figure can be right: parts against their total, shares against their base, words against each other.

Pure. A newspaper's number is a claim with a name, a count, perhaps a definition and a day. Nothing here says which of two
claims is true; it says what does not fit, what is missing, and what may not be compared. Source: methods paper of the press
figures; docs/press-figures.md works two years through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from telusur.dashboards.rules.figure import dotted
from telusur.words.reason import Reason

__all__ = ["Bound", "Claim", "Finding", "Share", "Weight", "compare_claims", "read_claim", "read_share", "reconcile"]


class Bound(StrEnum):
    """How a count is stated."""

    EXACT = "exact"
    OVER = "over"
    ABOUT = "about"


class Weight(StrEnum):
    """What a finding is."""

    FITS = "fits"
    GAP = "gap"
    CLASH = "clash"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Claim:
    """A stated count. definition, on: as the source states them, "" where it does not."""

    name: str
    count: int
    bound: Bound = Bound.EXACT
    definition: str = ""
    on: str = ""
    source: str = ""

    @property
    def least(self) -> int:
        """The smallest count that the statement allows."""
        return self.count + 1 if self.bound is Bound.OVER else self.count - _slack(self)

    @property
    def most(self) -> int | None:
        """The largest count that the statement allows; None where it has no end."""
        return None if self.bound is Bound.OVER else self.count + _slack(self)

    def words(self) -> str:
        """The count as it was said."""
        before = {Bound.EXACT: "", Bound.OVER: "lebih dari ", Bound.ABOUT: "sekitar "}[self.bound]
        return f"{before}{dotted(self.count)}"


@dataclass(frozen=True, slots=True)
class Share:
    """A stated percentage. of: the name of its base, "" where the source leaves it open."""

    name: str
    percent: int
    of: str = ""
    is_about: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says, with its ground."""

    weight: Weight
    reason: Reason


_ROUND = 50
_COUNT = re.compile(
    r"^(?P<name>.*?)[\s:=]+(?P<bound>>|lebih dari|di atas|sekitar|kira-kira|~)?\s*(?P<count>\d[\d.]*)\s*$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"^(?P<name>.*?)[\s:=]+(?P<about>sekitar|kira-kira|~)?\s*(?P<percent>\d{1,3})\s*%(?:\s*dari\s+(?P<of>.+))?$",
    re.IGNORECASE,
)
_MOST = 10_000_000


def _slack(claim: Claim) -> int:
    """How far "about 500" may lie off: half of the step to which such a number is rounded."""
    if claim.bound is not Bound.ABOUT:
        return 0
    step = next(step for step in (100, 50, 10, 5, 1) if claim.count % step == 0)
    return min(_ROUND, step // 2)


def read_claim(text: str) -> Claim | None:
    """ "ditemukan 225", "tercatat: lebih dari 600", "terverifikasi ~500". None for another line."""
    found = _COUNT.match(" ".join(text.split()))
    if not found or not found["name"].strip(" :="):
        return None
    digits = found["count"].replace(".", "")
    if len(digits) > 8 or int(digits) > _MOST:
        return None
    said = (found["bound"] or "").lower()
    bound = Bound.OVER if said in (">", "lebih dari", "di atas") else Bound.ABOUT if said else Bound.EXACT
    return Claim(found["name"].strip(" :="), int(digits), bound)


def read_share(text: str) -> Share | None:
    """ "RAT 70 % dari usaha berjalan", "RAT sekitar 70 %". None for another line."""
    found = _SHARE.match(" ".join(text.split()))
    if not found or int(found["percent"]) > 100 or not found["name"].strip(" :="):
        return None
    return Share(found["name"].strip(" :="), int(found["percent"]), (found["of"] or "").strip(), bool(found["about"]))


def reconcile(total: Claim | None, parts: Sequence[Claim], shares: Sequence[Share] = ()) -> tuple[Finding, ...]:
    """Every check that can be made, in the order of reading."""
    found: list[Finding] = []
    if total is not None and parts:
        found.extend(_larger(total, parts))
        found.append(_filled(total, parts))
    bases = ([total] if total else []) + list(parts)
    found.extend(each for share in shares if (each := _share(share, bases)) is not None)
    return tuple(found)


def _larger(total: Claim, parts: Sequence[Claim]) -> Iterator[Finding]:
    for part in parts:
        if total.most is not None and part.least > total.most:
            values = {"part": part.name, "count": part.words(), "total": total.words()}
            says = Reason("press_part_over_total", "«{part}» {count} lebih besar daripada jumlahnya, {total}", values)
            yield Finding(Weight.CLASH, says)


def _filled(total: Claim, parts: Sequence[Claim]) -> Finding:
    """Whether the parts fill the total."""
    least, ends = sum(part.least for part in parts), [part.most for part in parts]
    most = None if None in ends else sum(end for end in ends if end is not None)
    values = {
        "sum": dotted(sum(part.count for part in parts)),
        "parts": " + ".join(part.words() for part in parts),
        "total": total.words(),
    }
    if most is not None and most < total.least:
        values["missing"] = dotted(total.least - most)
        if total.bound is Bound.EXACT and least == most:
            return Finding(
                Weight.GAP,
                Reason(
                    "press_parts_missing",
                    "{parts} = {sum}, jumlahnya {total}: {missing} tidak ada di kolom mana pun",
                    values,
                ),
            )
        return Finding(
            Weight.GAP,
            Reason(
                "press_parts_at_least_missing",
                "{parts} = {sum}, jumlahnya {total}: sedikitnya {missing} tidak ada di kolom mana pun",
                values,
            ),
        )
    if total.most is not None and least > total.most:
        values["over"] = dotted(least - total.most)
        return Finding(
            Weight.CLASH,
            Reason("press_parts_over", "{parts} = {sum}, lebih {over} daripada jumlahnya, {total}", values),
        )
    if total.bound is Bound.EXACT and least == most:
        return Finding(Weight.FITS, Reason("press_parts_fit", "{parts} = {sum}: cocok dengan jumlahnya", values))
    return Finding(
        Weight.UNCLEAR,
        Reason(
            "press_parts_cannot_tell",
            "{parts} = {sum} dapat cocok dengan {total}; angka yang tepat perlu ditanyakan",
            values,
        ),
    )


def _share(share: Share, bases: Sequence[Claim]) -> Finding | None:
    """What a percentage amounts to; of which base, where it is not said. None where there is nothing to take it of."""
    values = {"share": share.name, "said": f"{'sekitar ' if share.is_about else ''}{share.percent} %"}
    named = [base for base in bases if share.of and share.of.casefold() in base.name.casefold()]
    if named:
        base = named[0]
        values |= {"base": base.name, "count": base.words(), "amount": dotted(_of(share.percent, base.count))}
        return Finding(
            Weight.UNCLEAR,
            Reason(
                "press_share_of",
                "«{share}» {said} dari {base} ({count}) adalah kira-kira {amount}; persen yang dibulatkan bukan hitungan",
                values,
            ),
        )
    if not bases:
        return None
    values["ways"] = "; ".join(f"{dotted(_of(share.percent, base.count))} dari {base.name}" for base in bases)
    return Finding(
        Weight.UNCLEAR,
        Reason("press_share_base", "«{share}» {said}, tetapi dari apa tidak jelas: {ways}", values),
    )


def _of(percent: int, count: int) -> int:
    return (2 * percent * count + 100) // 200


def compare_claims(earlier: Claim, later: Claim) -> Finding:
    """Whether two counts of the same name may be read as a change."""
    values = {
        "name": later.name,
        "then": earlier.words(),
        "then_on": earlier.on or "tanpa tanggal",
        "now": later.words(),
        "now_on": later.on or "tanpa tanggal",
    }
    if not earlier.definition or not later.definition:
        return Finding(
            Weight.UNCLEAR,
            Reason(
                "press_without_definition",
                "«{name}» {then} ({then_on}) dan {now} ({now_on}): pengertiannya tidak disebut, jadi selisihnya bukan naik "
                "atau turun",
                values,
            ),
        )
    if earlier.definition != later.definition:
        values |= {"before": earlier.definition, "after": later.definition}
        return Finding(
            Weight.CLASH,
            Reason(
                "press_definition_changed",
                "«{name}» {then} ({then_on}: {before}) dan {now} ({now_on}: {after}): pengertiannya berubah, jadi "
                "selisihnya bukan naik atau turun",
                values,
            ),
        )
    if earlier.on == later.on and _apart(earlier, later):
        return Finding(
            Weight.CLASH,
            Reason(
                "press_sources_differ",
                "«{name}» pada {now_on} disebut {then} dan {now}: keduanya tidak dapat benar",
                values,
            ),
        )
    return Finding(
        Weight.FITS,
        Reason("press_comparable", "«{name}» {then} ({then_on}) dan {now} ({now_on}) dapat dibandingkan", values),
    )


def _apart(one: Claim, other: Claim) -> bool:
    """Whether no count satisfies both statements."""
    return (one.most is not None and one.most < other.least) or (other.most is not None and other.most < one.least)
