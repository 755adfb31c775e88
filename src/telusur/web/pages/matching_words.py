"""Words that the matching pages share: what a pair puts at stake, how long a rest takes, how two clerks agree."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext

from telusur.matching.models import Run

__all__ = ["decimal", "kappa_words", "scope_words", "stakes", "time_words"]

_STAKES: Mapping[str, str] = {
    "within": gettext_noop("dua baris satu edisi: bila sama, satu koperasi terhitung dua kali"),
    "returning": gettext_noop("baris baru dan koperasi yang hilang dari edisi: bila sama, riwayatnya bersambung"),
    "list": gettext_noop("baris daftar dan register: bila sama, isian daftar melekat pada koperasinya"),
}
_SCOPES: Mapping[str, str] = {
    "within": gettext_noop("Kembar di dalam edisi {edition}"),
    "returning": gettext_noop("Baris baru edisi {edition} terhadap yang hilang"),
    "list": gettext_noop("Daftar «{name}» terhadap register"),
}
# Landis and Koch (1977); only the words are theirs, the interval says how far to trust them.
_KAPPAS = (
    (0.8, gettext_noop("hampir sepenuhnya sepakat")),
    (0.6, gettext_noop("sepakat kuat")),
    (0.4, gettext_noop("sepakat sedang")),
    (0.2, gettext_noop("sepakat lemah")),
    (-1.1, gettext_noop("hampir tidak lebih baik daripada kebetulan")),
)


def stakes(run: Run) -> str:
    """What hangs on a pair of this run."""
    return gettext(_STAKES[run.kind])


def scope_words(run: Run) -> str:
    """What the run compared."""
    name = run.office_list.name if run.office_list else ""
    return gettext(_SCOPES[run.kind]).format(edition=run.edition_id, name=name)


def time_words(seconds: float | None) -> str:
    """A length of work in whole minutes; "" where it is not known."""
    if seconds is None:
        return ""
    minutes = round(seconds / 60)
    if minutes < 1:
        return gettext("kurang dari satu menit")
    if minutes < 60:
        return ngettext("{n} menit", "{n} menit", minutes).format(n=minutes)
    hours, rest = divmod(minutes, 60)
    words = ngettext("{n} jam", "{n} jam", hours).format(n=hours)
    return f"{words} {ngettext('{n} menit', '{n} menit', rest).format(n=rest)}" if rest else words


def decimal(value: float | None, places: int = 2) -> str:
    """A figure in the reader's way of writing; "—" where there is none."""
    return "—" if value is None else str(number_format(value, places))


def kappa_words(kappa: float | None) -> str:
    """How strong an agreement is, in words."""
    return "" if kappa is None else gettext(next(words for least, words in _KAPPAS if kappa >= least))
