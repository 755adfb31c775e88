"""Real addresses with their kelurahan hidden, or misspelt, beside a fuzzy look-up and `lokal-id` in the same run.

    python -m bench.locating [--seed 4] [--half test|tune|both] [--peers] [--show 0]

Regencies are split into two random halves by the seed: the resolver's weights were measured on "tune", figures are
those of "test". Kinds: (a) the registry's list, column hidden; (b) Balikpapan's schools and Bogor's businesses, column
hidden; (c) the column misspelt, by a seeded fault in 20,000 names and in the registry's own rows. Prints shares of right,
wrong and unknown, confidence against the share right, and CPU seconds. Required: (a) and (b), where the text names or
nearly names the kelurahan, >= 97 % right and <= 0.5 % wrong; (c) >= 99 % right; 115,000 rows in <= 60 s CPU.

"Names" is counted twice: widely, wherever the name's letters stand or nearly stand (`locating_sets.named_kind`), and
strictly, as a reader would say it (`locating_named`: as a place, not in a street's name, no other kelurahan named); what the
strict count leaves out is told by its reason.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rapidfuzz import fuzz

from bench.locating_named import REASONS, Named
from bench.locating_peers import FuzzyLookUp, best_threshold, package_answer
from bench.locating_sets import (
    DATA,
    Case,
    country,
    halves,
    misspelt_columns,
    named_kind,
    part_cases,
    school_cases,
    umkm_cases,
)
from bench.locating_spoil import spoil
from bench.measure import machine
from telusur.addresses.rules.address import Address
from telusur.addresses.rules.parse import parse
from telusur.addresses.rules.resolve import Resolved, Stated, resolve
from telusur.areas.rules.gazetteer import Gazetteer

_ROWS: Final = 115_000
_SPOILT: Final = 20_000
_FIGURE: Final = frozenset({"named", "misspelt"})


def tell(title: str, pairs: Iterable[tuple[str, str]]) -> None:
    """One line: of (answered, true) codes, how many right, wrong and unknown."""
    counts = Counter("right" if got == code else "wrong" if got else "unknown" for got, code in pairs)
    total = counts.total() or 1
    shares = "  ".join(
        f"{name} {counts[name]:>6} {100 * counts[name] / total:6.2f} %" for name in ("right", "wrong", "unknown")
    )
    print(f"  {title:46}{counts.total():>7}  {shares}")


def hidden(gazetteer: Gazetteer, case: Case, *, kecamatan: bool = True, regency: bool = True) -> Resolved:
    """The answer to the address with the kelurahan hidden."""
    stated = Stated("", case.kecamatan if kecamatan else "", case.regency if regency else "")
    return resolve(parse(case.address), stated, gazetteer)


def by_kind(title: str, cases: Sequence[Case], answers: Sequence[str], named: Named | None = None) -> None:
    """The figure's rows first, then its two parts, those that name it strictly and those left out, then all."""
    pairs = list(zip(cases, answers, strict=True))
    print(f"\n{title}")
    tell(
        "named or misspelt in the text (the figure)", ((got, case.code) for case, got in pairs if case.kind in _FIGURE)
    )
    if named is not None:
        read = [(named.reason(case.address, case.code), got, case.code) for case, got in pairs if case.kind in _FIGURE]
        tell("named strictly, misspelt or not", ((got, code) for why, got, code in read if not why))
        for reason, words in REASONS.items():
            if any(why == reason for why, _, _ in read):
                tell(f"  left out: {reason}", ((got, code) for why, got, code in read if why == reason))
                print(f"    ({words})")
    for kind in ("named", "misspelt"):
        tell(f"  {kind}", ((got, case.code) for case, got in pairs if case.kind == kind))
    tell("all rows with an address", ((got, case.code) for case, got in pairs))


def confidence_table(cases: Sequence[Case], answers: Sequence[Resolved]) -> None:
    """Confidence as said, and the share that was right, over all rows."""
    print("\nconfidence as said, and the share right (all rows with an address)")
    for low, high in ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        right = [
            got.code == case.code for case, got in zip(cases, answers, strict=True) if low <= got.confidence < high
        ]
        if right:
            print(
                f"  {low:.2f} to {min(high, 1):.2f} {len(right):>7} rows {100 * sum(right) / len(right):6.1f} % right"
            )


def spoilt(gazetteer: Gazetteer, tune: frozenset[str], half: str, seed: int) -> tuple[list[Case], int]:
    """Names of the country with one fault; and how many were left out as the fault made them another's name."""
    draw = random.Random(seed)
    cases, undecidable = [], 0
    regencies = [area for area in gazetteer.regencies() if half == "both" or (area.code in tune) == (half == "tune")]
    for regency in regencies:
        for kecamatan in gazetteer.children(regency.code):
            siblings = gazetteer.children(kecamatan.code)
            for area in siblings:
                kind, text = spoil(area.name, draw)
                if any(other.code != area.code and named_kind(text, other.name) == "named" for other in siblings):
                    undecidable += 1
                    continue
                cases.append(Case("", text, kecamatan.name, regency.name, area.code, kind))
    return draw.sample(cases, min(_SPOILT, len(cases))), undecidable


def columns(gazetteer: Gazetteer, cases: Sequence[Case]) -> list[str]:
    """Answers to the column with its kecamatan and regency; no address."""
    return [
        resolve(Address("", ()), Stated(case.kelurahan, case.kecamatan, case.regency), gazetteer).code for case in cases
    ]


def peers(gazetteer: Gazetteer, cases: Sequence[Case], text: Callable[[Case], str], *, package: bool) -> None:
    """The fuzzy look-up with its best threshold on these very rows, and the package's own reader of addresses."""
    for name, scorer in (("partial_ratio", fuzz.partial_ratio), ("WRatio", fuzz.WRatio)):
        for with_kecamatan in (True, False):
            look_up = FuzzyLookUp(gazetteer, scorer)
            answers = [look_up(text(case), case, with_kecamatan=with_kecamatan) for case in cases]
            least = best_threshold(answers, cases)
            within = "kecamatan" if with_kecamatan else "regency"
            pairs = [
                (code if score >= least else "", case.code) for (code, score), case in zip(answers, cases, strict=True)
            ]
            tell(f"rapidfuzz {name} in the {within}, from {least}", pairs)
    if package:
        tell("lokal-id parse_alamat", [(package_answer(case), case.code) for case in cases])


def speed(gazetteer: Gazetteer, cases: Sequence[Case]) -> None:
    """CPU of parsing a text; CPU seconds of resolving, with the column and kecamatan stated, and hidden."""
    rows = [cases[at % len(cases)] for at in range(_ROWS)]
    began = time.process_time()
    addresses = [parse(case.address) for case in cases]
    print(f"  parse: {(time.process_time() - began) / len(cases) * 1e6:.0f} microseconds CPU a text")
    for title, shown in (("column stated", True), ("column hidden", False)):
        began = time.process_time()
        for at, case in enumerate(rows):
            stated = Stated(case.kelurahan if shown else "", case.kecamatan, case.regency)
            resolve(addresses[at % len(cases)], stated, gazetteer)
        print(f"  {_ROWS:,} rows, {title}: {time.process_time() - began:.1f} s CPU on one core (required: <= 60)")


def show(cases: Sequence[Case], answers: Sequence[Resolved], count: int, seed: int) -> None:
    """Wrong answers among the figure's rows, to be read by eye."""
    wrong = [
        (case, got)
        for case, got in zip(cases, answers, strict=True)
        if got.code not in ("", case.code) and case.kind in _FIGURE
    ]
    for case, got in random.Random(seed).sample(wrong, min(count, len(wrong))):
        print(
            f"  {case.address} ## {case.kelurahan} | {case.kecamatan} | {case.regency} -> {got.name} {got.confidence}"
        )


def main() -> None:
    """Run every kind and print its table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seed", type=int, default=4)
    asked.add_argument("--half", choices=("test", "tune", "both"), default="test")
    asked.add_argument("--peers", action="store_true", help="also the fuzzy look-ups and lokal-id (slow)")
    asked.add_argument("--show", type=int, default=0, help="print so many wrong rows")
    options = asked.parse_args()
    if not DATA.is_dir():
        raise SystemExit("The real data lies beside the project and is not here.")
    print(machine())
    gazetteer = country()
    named = Named(gazetteer)
    every = part_cases(gazetteer)
    tune = halves(gazetteer, options.seed)
    wanted = {"tune": (True,), "test": (False,), "both": (True, False)}[options.half]
    cases = [case for case in every if (case.code[:5] in tune) in wanted]
    answers = [hidden(gazetteer, case) for case in cases]
    title = f"(a) the registry's list, half “{options.half}”, kelurahan hidden"
    by_kind(title, cases, [got.code for got in answers], named)
    without = [hidden(gazetteer, case, kecamatan=False).code for case in cases]
    by_kind("(a) as above, kecamatan hidden too", cases, without)
    confidence_table(cases, answers)
    show(cases, answers, options.show, options.seed)
    figure = [case for case in cases if case.kind in _FIGURE]
    if options.peers:
        print("\npeers on the figure's rows of (a)")
        peers(gazetteer, figure, lambda case: case.address, package=True)
    schools, businesses = school_cases(gazetteer), umkm_cases(gazetteer)
    for title, some in (("(b) Balikpapan's schools", schools), ("(b) Bogor's businesses", businesses)):
        by_kind(f"{title}, kelurahan hidden", some, [hidden(gazetteer, case).code for case in some], named)
        by_kind(
            f"{title}, kecamatan hidden too", some, [hidden(gazetteer, case, kecamatan=False).code for case in some]
        )
    nowhere = [case for case in figure if named_kind(case.address, case.regency.split(" ", 1)[1]) == "named"]
    found = [hidden(gazetteer, case, kecamatan=False, regency=False).code for case in nowhere]
    by_kind("(a) nothing stated at all, rows whose text names the regency", nowhere, found)
    faulty, undecidable = spoilt(gazetteer, tune, options.half, options.seed)
    print(f"\n(c) one fault in a name ({undecidable} made another's name, left out)")
    got = columns(gazetteer, faulty)
    tell("all kinds", zip(got, (case.code for case in faulty), strict=True))
    for kind in dict.fromkeys(case.kind for case in faulty):
        tell(f"  {kind}", ((code, case.code) for code, case in zip(got, faulty, strict=True) if case.kind == kind))
    if options.peers:
        peers(gazetteer, faulty, lambda case: case.kelurahan, package=False)
    real = [case for case in misspelt_columns(gazetteer) if (case.code[:5] in tune) in wanted]
    print("\n(c) the registry's own columns against their numbers")
    for kind in ("near", "far"):
        some = [case for case in real if case.kind == kind]
        tell(kind, zip(columns(gazetteer, some), (case.code for case in some), strict=True))
    print("\nspeed")
    speed(gazetteer, cases)


if __name__ == "__main__":
    main()
