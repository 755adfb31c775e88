"""What most people would write: the name of the regency's kelurahan that is most like the text (rapidfuzz); and `lokal-id`.

In: a case. Out: a code or "". `FuzzyLookUp`'s threshold is its best on the same rows (see `best_threshold`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from rapidfuzz import fuzz, process

from bench.locating_sets import Case
from telusur.areas.rules.gazetteer import Gazetteer

__all__ = ["FuzzyLookUp", "best_threshold", "package_answer"]

_STEPS: Final = range(50, 101, 2)


class FuzzyLookUp:
    """`process.extractOne` over the names of the stated kecamatan, of the regency without one."""

    def __init__(self, gazetteer: Gazetteer, scorer: Callable[..., float] = fuzz.partial_ratio) -> None:
        self._gazetteer = gazetteer
        self._scorer = scorer
        self._names: dict[str, dict[str, str]] = {}

    def __call__(self, text: str, case: Case, *, with_kecamatan: bool) -> tuple[str, float]:
        """(code, score 0..100) of the most like name."""
        regency = self._gazetteer.regency(case.regency).code or ""
        kecamatan = self._gazetteer.kecamatan(case.kecamatan, regency).code if with_kecamatan else None
        within = kecamatan or regency
        if within not in self._names:
            above = [within] if kecamatan else [area.code for area in self._gazetteer.children(within)]
            self._names[within] = {
                area.code: area.name.lower() for code in above for area in self._gazetteer.children(code)
            }
        best = process.extractOne(text.lower(), self._names[within], scorer=self._scorer)
        return ("", 0.0) if best is None else (best[2], float(best[1]))


def best_threshold(answers: Sequence[tuple[str, float]], cases: Sequence[Case]) -> int:
    """The score from which answers count that gives the most right ones less five times the wrong ones."""

    def worth(least: int) -> int:
        return sum(
            1 if code == case.code else -5 for (code, score), case in zip(answers, cases, strict=True) if score >= least
        )

    return max(_STEPS, key=worth)


def package_answer(case: Case) -> str:
    """`lokal.wilayah.parse_alamat` of the address with its kecamatan and regency written behind it."""
    from lokal.wilayah import parse_alamat

    read: Any = parse_alamat(f"{case.address}, Kec. {case.kecamatan}, {case.regency}")
    return read.kelurahan_desa.code if read.kelurahan_desa is not None else ""
